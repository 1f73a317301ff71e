"""Bundles for everybody in one go: what was written, each with its number to read out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.ui.errors import ErrorReport
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.pages.exchange.take_in import spaced
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import column, row, rule
from desk_app.ui.widgets.digits import spoken
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.exchange_overview import Written


class AllPanel(QWidget):
    """One row a partner. `left` is how many were not written because the person stopped."""

    def __init__(self, look: Look, written: Sequence[Written], left: int, errors: ErrorReport) -> None:
        super().__init__()
        self._look = look
        tr = look.tr
        good = [one.made for one in written if one.made is not None]
        lines = column(self, gap=Measure.BETWEEN)
        size = file_size(sum(one.size for one in good), tr)
        lines.addWidget(
            label(
                tr.plural(
                    "{count} bundle was written, {size}.", "{count} bundles were written, {size}.", len(good), size=size
                )
            )
        )
        if good:
            lines.addWidget(muted(str(good[0].file.parent)))
            lines.addWidget(muted(tr.text("Read each number to its desk by phone; it sees the same one.")))
        if left:
            words = tr.plural(
                "You stopped: {count} bundle was not written.", "You stopped: {count} bundles were not written.", left
            )
            lines.addWidget(label(words, tone=Tone.ATTENTION))
        for place, one in enumerate(sorted(written, key=lambda one: (one.made is not None, one.to))):
            if place:
                lines.addWidget(rule())
            lines.addWidget(self._row(one, errors))
        lines.addStretch(1)

    def _row(self, one: Written, errors: ErrorReport) -> QWidget:
        look, tr = self._look, self._look.tr
        made = QWidget()
        line = row(made)
        words = column(gap=0)
        words.addWidget(label(desk_name(one.to, tr), Text.STRONG))
        if one.made is None:
            line.addWidget(picture(look, Icon.NOTICE, Tone.ATTENTION.ink), 0, Qt.AlignmentFlag.AlignTop)
            words.addWidget(label(errors.words(one.trouble) if one.trouble else "", Text.CAPTION))
        else:
            words.addWidget(
                label(
                    tr.text("No. {number}, {file}", number=str(one.made.number), file=one.made.file.name), Text.CAPTION
                )
            )
        line.addLayout(words, 1)
        if one.made is not None:
            digits = label(spaced(one.made.digits), Text.SECTION, wrap=False)
            digits.setAccessibleName(spoken(one.made.digits))
            line.addWidget(digits, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

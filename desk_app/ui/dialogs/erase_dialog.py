"""The question before something is erased: what goes, what cannot be reached, why, and the number typed once more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.erasure import REASON
from desk_app.i18n import formats, labels
from desk_app.i18n.erasure_words import linked_too, out_of_reach, what_goes
from desk_app.i18n.places import desk_name
from desk_app.ui.handbook.window import bind_help
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Measure, Text, Tone
from desk_app.ui.widgets.boxes import ScrollColumn, column, row
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.lines import LineField
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases.erasure import Consequences


class EraseDialog(QDialog):
    """`erase_asked(reason)` once a reason was chosen and the number typed; a reason that is known is not asked."""

    erase_asked = Signal(str)

    def __init__(self, look: Look, found: Consequences, registry: Registry, parent: QWidget, reason: str = "") -> None:
        super().__init__(parent)
        tr = look.tr
        self._look, self._number, self._known = look, found.number, reason
        title = tr.text("Erase this person") if found.kind == "client" else tr.text("Erase this record")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind_help(self, look, "erasures#erase")
        lines = column(self, margin=Measure.EDGE, gap=Measure.BETWEEN)
        lines.addWidget(label(title, Text.SECTION))
        lines.addWidget(label(tr.text("What is erased never comes back, from no backup and from no bundle.")))
        scroll = ScrollColumn(look, margin=0, gap=Measure.INSIDE)
        self._tell(scroll, found, registry)
        lines.addWidget(scroll, 1)
        self.reason = ChoiceField(look, dict(labels.choices(REASON, tr)))
        self.reason_row = FieldRow(look, tr.text("Reason"), self.reason, required=True)
        self.reason_row.setVisible(not reason)
        lines.addWidget(self.reason_row)
        self.number = LineField(look, limit=40)
        words = tr.text("Type {number} to confirm", number=found.number)
        self.number_row = FieldRow(look, words, self.number, required=True)
        lines.addWidget(self.number_row)
        actions = row()
        self.erase_button = button(look, tr.text("Erase for good"), Icon.DELETE, Weight.DANGER)
        self.erase_button.clicked.connect(self._erase)
        self.keep_button = button(look, tr.text("Keep"), weight=Weight.PLAIN)
        self.keep_button.clicked.connect(self.reject)
        self.keep_button.setDefault(True)
        actions.addWidget(self.keep_button)
        actions.addStretch(1)
        actions.addWidget(self.erase_button)
        lines.addLayout(actions)
        width = min(look.theme.px(520), parent.window().width() - 2 * Measure.EDGE)
        self.setMinimumWidth(width)
        self.resize(width, min(look.theme.px(600), parent.window().height() - 2 * Measure.EDGE))
        self.keep_button.setFocus()

    def _tell(self, scroll: ScrollColumn, found: Consequences, registry: Registry) -> None:
        tr = self._look.tr
        scroll.body.addWidget(label(tr.text("This goes"), Text.SECTION))
        if found.name:
            scroll.body.addWidget(label(found.name))
        if found.linked:
            scroll.body.addWidget(label(linked_too(found.linked, tr), tone=Tone.ATTENTION))
        for words, count in what_goes(found.counts, found.drafts, registry, tr):
            told = tr.text("{label}: {value}", label=words, value=formats.number(count, tr.language))
            scroll.body.addWidget(label(told))
        if found.partners:
            desks = ", ".join(desk_name(code, tr) for code in found.partners)
            told = tr.text("It goes there too, as soon as a bundle has been taken in: {desks}", desks=desks)
            scroll.body.addWidget(label(told))
        scroll.body.addSpacing(Measure.INSIDE)
        scroll.body.addWidget(label(tr.text("This cannot be reached"), Text.SECTION, tone=Tone.ATTENTION))
        for words in out_of_reach(tr):
            scroll.body.addWidget(muted(words))

    def _erase(self) -> None:
        reason = self._known or str(self.reason.value() or "")
        if not reason:
            self.reason_row.show_error(self._look.tr.text("Choose a reason."))
        elif self.number.typed().strip() != self._number:
            self.number_row.show_error(self._look.tr.text("That is not the number. Nothing was erased."))
        else:
            self.accept()
            self.erase_asked.emit(reason)

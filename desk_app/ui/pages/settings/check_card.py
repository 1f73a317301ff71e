"""Whether the data is sound: asked by a button, answered in words."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from desk_app.domain.rules.soundness import ADVICE, FINDING
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.boxes import Card, column, empty_layout, row
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.text import label, muted, picture
from desk_app.usecases.checking import CheckResult


class CheckCard(Card):
    """`asked(bool)`: true to read every page of the file as well."""

    asked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.tr.text("The data"))
        self._look = look
        tr = look.tr
        self.body.addWidget(
            muted(
                tr.text(
                    "The check reads every change that was ever written and compares it with what is shown. "
                    "It changes nothing."
                )
            )
        )
        self.deep = QCheckBox(tr.text("Read every page of the file too; this takes longer"))
        self.body.addWidget(self.deep)
        line = row()
        self.start = button(look, tr.text("Check the data"), Icon.SAFE)
        self.start.clicked.connect(lambda: self.asked.emit(self.deep.isChecked()))
        line.addWidget(self.start)
        line.addStretch(1)
        self.body.addLayout(line)
        self._answer = column()
        self.body.addLayout(self._answer)

    def begin(self) -> None:
        """The check runs."""
        self.start.setEnabled(False)
        empty_layout(self._answer)

    def end(self) -> None:
        """The check is over without an answer."""
        self.start.setEnabled(True)

    def show_result(self, result: CheckResult) -> None:
        """Say what was found."""
        self.end()
        empty_layout(self._answer)
        tr = self._look.tr
        if result.stopped:
            self._say(tr.text("The check was stopped. Nothing was changed."), Icon.INFO, Tone.PLAIN)
        elif result.ok:
            words = tr.text("Everything is sound: every change is whole, and what is shown is what was written.")
            self._say(words, Icon.DONE, Tone.DONE)
        else:
            self._say_problems(result)

    def _say_problems(self, result: CheckResult) -> None:
        tr = self._look.tr
        for code, count in Counter(one.code for one in result.problems).items():
            words = tr.text("{words} ({count})", words=tr.choice(FINDING, code), count=count)
            self._say(words, Icon.WARNING, Tone.DANGER)
            self._answer.addWidget(label(tr.choice(ADVICE, code)))
        self._answer.addWidget(label(tr.text("Tell the coordinator what stands here. Do not delete anything.")))

    def _say(self, words: str, icon: Icon, tone: Tone) -> None:
        line = row()
        line.addWidget(picture(self._look, icon, tone.ink))
        line.addWidget(label(words, tone=tone), 1)
        self._answer.addLayout(line)

"""Asking for consent, and taking it back, in the side panel of a person."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.records.client import SPOKEN
from desk_app.domain.records.consent import PURPOSE
from desk_app.i18n import labels
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.look import Look
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.consent_questions import ConsentQuestions
from desk_app.ui.pages.consent_words import PURPOSES, WITHDRAWAL, spoken_translator
from desk_app.ui.pages.targets import OpenPerson
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choices import SegmentField
from desk_app.ui.widgets.field import FieldRow
from desk_app.ui.widgets.panel import SidePanel
from desk_app.ui.widgets.text import label
from desk_app.usecases import people


class ConsentPanels:
    """Opens the questions, or the withdrawal of one purpose, and saves the answers."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        self._around = around
        self._session = session
        self._panel = panel
        self._saving = False

    def ask(self, client: Record, purpose: str = "") -> ConsentQuestions:
        """Put one question, or all of them, and save what was answered."""
        look = self._around.look
        questions = ConsentQuestions(look, client.text("language"), (purpose,) if purpose else PURPOSES)
        save = button(look, look.tr.text("Save"), Icon.SAVE, Weight.MAIN)
        save.clicked.connect(lambda: self._save(client, questions))
        questions.save_asked.connect(lambda: self._save(client, questions))
        self._panel.hold(
            look.tr.text("Ask for consent"),
            questions,
            [save],
            lambda page: page.arrive(OpenPerson(client.id, f"ask:{purpose}")),
        )
        return questions

    def withdraw(self, client: Record, purpose: str) -> None:
        """Say what it means to take the consent back, then do it."""
        look = self._around.look
        meaning = _Withdrawal(look, client.text("language"), purpose)
        act = button(look, look.tr.text("Withdraw the consent"), Icon.WITHDRAWN, Weight.DANGER)
        act.clicked.connect(lambda: self._withdraw(client, purpose))
        self._panel.hold(
            look.tr.text("Withdraw a consent"),
            meaning,
            [act, self._keep()],
            lambda page: page.arrive(OpenPerson(client.id, f"withdraw:{purpose}")),
        )

    def _keep(self) -> QPushButton:
        keep = button(self._around.look, self._around.look.tr.text("Leave it as it is"), weight=Weight.QUIET)
        keep.clicked.connect(self._panel.let_go)
        return keep

    def _save(self, client: Record, questions: ConsentQuestions) -> None:
        answers, facts, tr = questions.answers, questions.facts, self._around.look.tr
        if not answers:
            self._around.shell.say(tr.text("Choose an answer first."))
            return

        def action(vault: Vault) -> None:
            for purpose, state in answers.items():
                people.record_consent(vault, client.id, purpose, state, facts)

        self._act(action, tr.text("Saved."))

    def _withdraw(self, client: Record, purpose: str) -> None:
        words = self._around.look.tr.text("The consent was withdrawn.")
        self._act(lambda vault: people.withdraw_consent(vault, client.id, purpose), words)

    def _act(self, action: Callable[[Vault], None], words: str) -> None:
        def done(_none: None) -> None:
            self._saving = False
            self._panel.let_go()
            self._around.shell.say(words)

        def refused(error: BaseException) -> None:
            self._saving = False
            self._around.errors.show(error)

        if not self._saving:  # A second click must not write the answers twice.
            self._saving = True
            self._session.act(action, done, "consent", owner=self._panel, on_error=refused)


class _Withdrawal(QWidget):
    """What taking back one consent means, to be read aloud."""

    def __init__(self, look: Look, spoken: str, purpose: str) -> None:
        super().__init__()
        self._look = look
        self._purpose = purpose
        lines = column(self, gap=Measure.BETWEEN)
        self._language = SegmentField(look, labels.offered(SPOKEN, look.tr), lambda code: look.tr.choice(SPOKEN, code))
        self._language.set_typed(spoken)
        self._language.edited.connect(self._speak)
        lines.addWidget(FieldRow(look, look.tr.text("Read aloud in"), self._language))
        lines.addWidget(label(look.tr.choice(PURPOSE, purpose), Text.STRONG))
        self._sentence = label("")
        lines.addWidget(self._sentence)
        self._speak()
        self.setFocusProxy(self._language)

    def _speak(self) -> None:
        spoken = spoken_translator(self._language.typed(), self._look.tr)
        self._sentence.setText(spoken.text(WITHDRAWAL[self._purpose]))

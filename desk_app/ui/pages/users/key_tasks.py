"""What is done with the keys beyond passphrases: a new recovery code, the emergency key, a new key for the data."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.domain.rules.roles import Role
from desk_app.domain.vocabulary import N_
from desk_app.storage.vault import Vault
from desk_app.ui.background import Job
from desk_app.ui.icons import Icon
from desk_app.ui.page import Surroundings
from desk_app.ui.pages.users.panels import DigitsPanel
from desk_app.ui.pages.users.papers import CodePanel, groups, paper_buttons, put_on_paper
from desk_app.ui.session import Session
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.choose_files import choose_file, choose_new_file
from desk_app.ui.widgets.panel import Again, SidePanel
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import escrow, keys
from desk_app.usecases.escrow import EscrowShown, NewEscrow

TOLD = "user"
ENDING = ".rohcard"
SEALING = N_("Sealing everything with a new key, step {done} of {total}")
_LARGEST_CARD = 64 * 1024


class KeyTasks(QObject):
    """Each asks before it does what cannot be undone."""

    def __init__(self, around: Surroundings, session: Session, panel: SidePanel) -> None:
        super().__init__(panel)
        self._around = around
        self._session = session
        self._panel = panel

    # The recovery code

    def new_code(self) -> None:
        """Ask, make it, show it once."""
        tr = self._around.look.tr
        words = tr.text("The old paper opens the desk no more once the new code is made.")
        verb = tr.text("Make a new recovery code")
        self._ask(tr.text("A new recovery code"), words, verb, self._make_code, lambda page: page.keys.new_code())

    def _make_code(self) -> None:
        def made(vault: Vault) -> tuple[str, tuple[Role, ...]]:
            return keys.new_recovery_code(vault), keys.not_on_paper(vault)

        self._session.act(made, lambda found: self._show_code(*found), TOLD, owner=self._panel)

    def _show_code(self, code: str, still_on_old: tuple[Role, ...]) -> None:
        shown = CodePanel(self._around.look, code, still_on_old)
        shown.print_asked.connect(partial(self._code_on_paper, code, None))
        shown.save_asked.connect(lambda: self._save_paper(partial(self._code_on_paper, code)))
        self._panel.hold(
            self._around.look.tr.text("The recovery code"),
            shown,
            again=lambda page: page.keys._show_code(code, still_on_old),
        )

    def _code_on_paper(self, code: str, path: Path | None) -> None:
        tr = self._around.look.tr

        def drawn(vault: Vault) -> bytes:
            from desk_app.usecases import key_papers  # the paper engine is the worker's to load

            return key_papers.recovery_paper(code, vault.desk, vault.surroundings, tr)

        self._session.ask(drawn, partial(self._give_out, path), owner=self._panel)

    # The emergency key

    def make_emergency(self) -> None:
        """Ask, make it, show its three papers once."""
        tr = self._around.look.tr
        words = tr.text(
            "Three papers are made; give them to three people who live apart. Any two of them open every desk that "
            "took the card. Papers of an earlier key open no desk that takes the new card."
        )
        verb = tr.text("Make the emergency key")
        self._ask(
            tr.text("The emergency key"), words, verb, self._make_emergency, lambda page: page.keys.make_emergency()
        )

    def save_emergency_card(self) -> None:
        """The public card again, for a desk that came later."""
        self._session.ask(escrow.card_of_escrow, self._offer_card, owner=self._panel)

    def take_emergency(self) -> None:
        """Choose the card's file and compare its digits."""
        tr = self._around.look.tr
        kinds = tr.text("Cards ({pattern})", pattern=f"*{ENDING}")
        path = choose_file(self._panel.window(), tr.text("Choose the card of the emergency key"), kinds)
        if path is None:
            return

        def opened(_vault: Vault) -> tuple[bytes, EscrowShown]:
            from desk_app.storage import files

            data = files.read(path, _LARGEST_CARD)
            return data, escrow.read_escrow_card(data)

        self._session.ask(opened, lambda found: self._compare(*found), owner=self._panel)

    def _make_emergency(self) -> None:
        self._session.act(escrow.make_escrow, self._show_papers, TOLD, owner=self._panel)

    def _show_papers(self, made: NewEscrow) -> None:
        look, tr = self._around.look, self._around.look.tr
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        words = tr.text("Shown only now and kept nowhere. Key number {number}.", number=made.number)
        lines.addWidget(label(words))
        for place, share in enumerate(made.shares):
            lines.addWidget(label(tr.text("Paper {place}", place=place + 1), Text.STRONG))
            lines.addWidget(groups(look, share))
            lines.addWidget(
                paper_buttons(
                    look,
                    partial(self._share_on_paper, made, place, None),
                    partial(self._save_paper, partial(self._share_on_paper, made, place)),
                )
            )
        card = button(look, tr.text("Save its card"), Icon.SAVE)
        card.clicked.connect(lambda: self._offer_card(made.card))
        lines.addWidget(label(tr.text("The card goes to every desk. Compare these digits by phone:")))
        for row in made.digits:
            lines.addWidget(label(row, Text.SECTION))
        lines.addWidget(card)
        self._panel.hold(tr.text("The emergency key"), content, again=lambda page: page.keys._show_papers(made))

    def _share_on_paper(self, made: NewEscrow, place: int, path: Path | None) -> None:
        tr = self._around.look.tr

        def drawn(vault: Vault) -> bytes:
            from desk_app.usecases import key_papers

            return key_papers.share_papers(made, vault.surroundings, tr)[place]

        self._session.ask(drawn, partial(self._give_out, path), owner=self._panel)

    def _offer_card(self, card: bytes | None) -> None:
        tr = self._around.look.tr
        if card is None:
            self._around.shell.warn(tr.text("No emergency key was made yet."))
            return
        kinds = tr.text("Cards ({pattern})", pattern=f"*{ENDING}")
        path = choose_new_file(self._panel.window(), tr.text("Save the card"), f"emergency{ENDING}", kinds)
        if path is not None:
            self._write(path, card, tr.text("The card was saved."))

    def _compare(self, data: bytes, shown: EscrowShown) -> None:
        look, tr = self._around.look, self._around.look.tr
        content = DigitsPanel(look, shown.number, shown.digits)
        take = button(look, tr.text("Take the card"), Icon.CHECK, Weight.MAIN)
        take.setEnabled(False)
        content.compared.toggled.connect(take.setEnabled)
        take.clicked.connect(lambda: self._adopt(data, "".join(shown.digits)))
        leave = button(look, tr.text("Cancel"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        self._panel.hold(
            tr.text("The emergency key"), content, [take, leave], lambda page: page.keys._compare(data, shown)
        )

    def _adopt(self, data: bytes, digits: str) -> None:
        def done(_shown: EscrowShown) -> None:
            self._panel.let_go()
            self._around.shell.say(self._around.look.tr.text("The programme's papers open this desk in an emergency."))

        self._session.act(lambda vault: escrow.adopt_escrow(vault, data, digits), done, TOLD, owner=self._panel)

    # The data key

    def rotate(self) -> None:
        """Ask, then seal everything anew with progress."""
        tr = self._around.look.tr
        words = tr.text("Backups made before stay readable with the passphrases of their day: destroy them afterwards.")
        verb = tr.text("Seal everything with a new key")
        self._ask(tr.text("A new key for the data"), words, verb, self._rotate, lambda page: page.keys.rotate())

    def _rotate(self) -> None:
        self._panel.let_go()
        tr = self._around.look.tr

        def action(vault: Vault, job: Job) -> None:
            keys.rotate_data_key(vault, lambda done, total: job.report(done, total, SEALING))

        def done(_nothing: None) -> None:
            self._around.changes.tell(TOLD)
            self._around.shell.say(tr.text("Everything is sealed with a new key."))

        self._around.shell.work(tr.text("Sealing everything with a new key"), self._session.work(action), done)

    # Both

    def _ask(self, title: str, words: str, verb: str, then: Callable[[], object], again: Again) -> None:
        look = self._around.look
        content = QWidget()
        lines = column(content, gap=Measure.BETWEEN)
        lines.addWidget(muted(words))
        lines.addStretch(1)
        main = button(look, verb, weight=Weight.MAIN)
        main.clicked.connect(lambda: then())
        leave = button(look, look.tr.text("Cancel"), weight=Weight.QUIET)
        leave.clicked.connect(self._panel.let_go)
        self._panel.hold(title, content, [main, leave], again)

    def _save_paper(self, then: Callable[[Path], object]) -> None:
        tr = self._around.look.tr
        path = choose_new_file(self._panel.window(), tr.text("Save the paper as a PDF file"), "roh.pdf", "PDF (*.pdf)")
        if path is not None:
            then(path)

    def _give_out(self, path: Path | None, pdf: bytes) -> None:
        tr = self._around.look.tr
        if path is None:
            put_on_paper(self._around, self._panel, pdf)
        else:
            words = tr.text(
                "The paper was saved. Print it elsewhere and delete the file: whoever has it opens the desk."
            )
            self._write(path, pdf, words)

    def _write(self, path: Path, data: bytes, said: str) -> None:
        def write(_vault: Vault) -> None:
            from desk_app.storage import files

            files.write(path, data)

        self._session.ask(write, lambda _none: self._around.shell.say(said), owner=self._panel)

"""The page of referrals."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.storage.referrals import Line
from desk_app.storage.rows import Record
from desk_app.ui.dialogs.letter_printing import LetterPrinting, Paper
from desk_app.ui.dialogs.paper import SYSTEM, Outlets
from desk_app.ui.icons import Icon
from desk_app.ui.page import Page, Surroundings
from desk_app.ui.pages.referrals import questions
from desk_app.ui.pages.referrals.listing import ReferralList
from desk_app.ui.pages.referrals.past_letter import PastLetter
from desk_app.ui.pages.referrals.questions import Opened, Subject
from desk_app.ui.pages.referrals.view import ReferralView
from desk_app.ui.pages.referrals.whom import WhomSearch
from desk_app.ui.pages.referrals.writing import ReferralWriting
from desk_app.ui.pages.targets import PERSON, NewReferral, OpenLetter, OpenPerson, OpenReferral
from desk_app.ui.session import Session
from desk_app.ui.shortcuts import Key
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.buttons import Weight, button
from desk_app.ui.widgets.head import PageHead
from desk_app.ui.widgets.panel import WithPanel
from desk_app.usecases import records, referral_list


class ReferralsPage(Page):
    """The list with its panel; over it one referral being written, or a letter that was printed."""

    kinds = frozenset({"referral", "letter", "client", "organisation", "consent", "need"})

    def __init__(self, around: Surroundings, session: Session, outlets: Outlets = SYSTEM) -> None:
        super().__init__(around)
        self._session = session
        self.printing = LetterPrinting(around, session, self, outlets)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        tr = self.look.tr
        new = button(self.look, tr.text("New referral"), Icon.ADD, Weight.MAIN)
        new.clicked.connect(self.ask_whom)
        self.list = ReferralList(self.look, session.desk)
        self.list.opened.connect(lambda referral: self.open(RecordId(referral)))
        self.list.new_asked.connect(self.ask_whom)
        self._with_panel = WithPanel(self.look, self.list, least=560)
        self.panel = self._with_panel.panel
        self.panel.closed.connect(self.flush)
        self._home = QWidget()
        lines = column(self._home, gap=0)
        lines.addWidget(PageHead(self.look, tr.text("Referrals"), actions=[new]))
        lines.addWidget(self._with_panel, 1)
        self._stack.addWidget(self._home)

    # What is open

    @property
    def view(self) -> ReferralView | None:
        """The referral in the open panel."""
        content = self.panel.content
        return content if isinstance(content, ReferralView) and not self.panel.isHidden() else None

    @property
    def writing(self) -> ReferralWriting | None:
        """The referral being written."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, ReferralWriting) else None

    @property
    def past_letter(self) -> PastLetter | None:
        """The printed letter that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, PastLetter) else None

    # What the window asks

    def reload(self) -> None:
        """Read the list, and what is open, again."""
        self._session.ask(referral_list.overview, self._show_lines, owner=self)
        if self.view is not None:
            self.open(self.view.shown.referral.id, self._refresh)
        writing = self.writing
        if writing is not None:
            self._ask_subject(_about(writing.subject), self._refresh_writing)

    def arrive(self, target: object) -> None:
        """A referral's id, or one of the targets."""
        match target:
            case NewReferral():
                self.write(target.client)
            case OpenReferral(edit=True):
                self.write(target.referral)
            case OpenReferral():
                self.open(target.referral)
            case OpenLetter():
                self.open_letter(target.letter)
            case str() if is_record_id(target):
                self.open(RecordId(target))
            case _:
                pass

    def kept(self) -> object:
        """The chosen filter and what is open; what was typed goes into drafts."""
        self.flush()
        return self.list.chosen, self._open_target()

    def take_back(self, kept: object) -> None:
        """The same as before."""
        if isinstance(kept, tuple):
            chosen, target = kept
            if chosen:
                self.list.choose(chosen)
            self.arrive(target)

    def flush(self) -> None:
        """Keep every draft now."""
        if self.writing is not None:
            self.writing.flush()
        if isinstance(self.panel.content, ReferralView):
            self.panel.content.flush()

    def help_place(self) -> str:
        """How a letter is written, or answered, while one is open."""
        if self.writing is not None:
            return "referrals#write"
        return "referrals#answer" if self.view is not None else ""

    def enter(self) -> None:
        """Into the table."""
        self.list.pick_first()

    def back(self) -> bool:
        """From a referral or letter to the list, then out of the panel."""
        past = self.past_letter
        if past is not None:
            self.open(past.referral.id)
        elif self.writing is not None:
            self._leave_writing()
        elif not self.panel.isHidden():
            self.panel.put_away()
            self.list.pick_first()
        else:
            return False
        return True

    def print_page(self) -> None:
        """Ctrl+P: the letter of what is open."""
        if self.past_letter is not None:
            self.printing.ask(self.past_letter.paper)
        elif self.writing is not None:
            self.writing.save(for_printer=True)
        elif self.view is not None and self.view.shown.printable:
            self._print(self.view.shown)

    # What the person asks

    def ask_whom(self) -> None:
        """A new referral starts with its person."""
        self._go_home()
        search = WhomSearch(self.look, self._session)
        search.chosen.connect(lambda client: self.write(RecordId(client)))
        self.flush()
        self.panel.hold(self.look.tr.text("Who is referred?"), search, again=lambda page: page.ask_whom())

    def open(self, referral: RecordId, then: Callable[[Opened], None] | None = None) -> None:
        """Show a referral in the panel."""
        self.flush()
        self._session.ask(lambda vault: questions.opened(vault, referral), then or self._show, owner=self)

    def write(self, about: RecordId) -> None:
        """Write a new referral about a client, or go on with the referral of that id."""
        self.flush()
        self._ask_subject(about, self._show_writing)

    def open_letter(self, letter: RecordId) -> None:
        """Show a letter as it was printed."""
        self._session.ask(lambda vault: questions.letter_of(vault, letter), self._show_letter, owner=self)

    # Inside

    def _show_lines(self, lines: list[Line]) -> None:
        self.list.show_lines(lines, today(self._session.now()))
        if self.view is not None:
            self.list.pick(self.view.shown.referral.id)

    def _show(self, shown: Opened) -> None:
        self.flush()
        self._go_home()
        look, tr = self.look, self.look.tr
        view = ReferralView(self.around, self._session, shown)
        view.person_asked.connect(lambda: self.around.shell.go(PERSON, OpenPerson(shown.client.id)))
        view.letter_opened.connect(lambda letter: self.open_letter(RecordId(letter)))
        actions = []
        if shown.printable:
            paper = button(look, tr.text("Print the letter"), Icon.PRINT, Weight.PLAIN, Key.PRINT)
            paper.clicked.connect(lambda: self._print(shown))
            edit = button(look, tr.text("Edit"), Icon.EDIT)
            edit.clicked.connect(lambda: self.write(shown.referral.id))
            actions += [paper, edit]
        if shown.referral.text("state") == "draft":
            remove = button(look, tr.text("Remove"), Icon.DELETE, Weight.QUIET)
            remove.clicked.connect(lambda: self._remove(shown.referral))
            actions.append(remove)
        self.panel.hold(tr.text("Referral {number}", number=shown.referral.text("number")), view, actions)
        self.list.pick(shown.referral.id)

    def _refresh(self, shown: Opened) -> None:
        if self.view is not None and self.view.shown != shown and self.view.shown.referral.id == shown.referral.id:
            self._show(shown)

    def _ask_subject(self, about: RecordId, then: Callable[[Subject], None]) -> None:
        self._session.ask(lambda vault: questions.subject(vault, about), then, owner=self)

    def _show_writing(self, subject: Subject) -> None:
        writing = ReferralWriting(self.around, self._session, subject)
        writing.left.connect(self._leave_writing)
        writing.saved.connect(lambda referral: self.open(RecordId(referral)))
        writing.print_asked.connect(self._print_saved)
        self._stand(writing)
        writing.letter.draw()

    def _refresh_writing(self, subject: Subject) -> None:
        writing = self.writing
        if writing is None or _about(writing.subject) != _about(subject):
            return
        if (writing.subject.sharable, writing.subject.organisations) != (subject.sharable, subject.organisations):
            self.write(_about(subject))
        else:
            writing.letter.touch()

    def _show_letter(self, found: tuple[Record, Record]) -> None:
        past = PastLetter(self.around, self._session, *found)
        past.left.connect(lambda: self.open(past.referral.id))
        past.again_asked.connect(lambda: self.printing.ask(past.paper))
        self._stand(past)
        past.draw()

    def _print_saved(self, referral: str, language: str) -> None:
        def ask(shown: Opened) -> None:
            self._show(shown)
            self._print(shown, language)

        self.open(RecordId(referral), ask)

    def _print(self, shown: Opened, language: str = "") -> None:
        printed = [letter.text("language") for letter in shown.letters]
        window = self.look.tr.language.code
        known = [code for code in (language, *printed, window) if code in LETTER_LANGUAGE]
        self.printing.ask(Paper(shown.referral.id, shown.referral.text("number"), [*known, "tg"][0]))

    def _remove(self, referral: Record) -> None:
        def removed(_done: object) -> None:
            self.panel.let_go()
            words = self.look.tr.text("{number} was removed.", number=referral.text("number"))
            self.around.shell.say(words, put_back)

        def put_back() -> None:
            self._session.act(lambda vault: records.restore(vault, referral.id), lambda _done: None, "referral")

        self._session.act(lambda vault: records.remove(vault, referral.id), removed, "referral", owner=self)

    def _leave_writing(self) -> None:
        writing = self.writing
        if writing is not None:
            writing.flush()
            referral = writing.subject.referral
            self._go_home()
            if referral is not None:
                self.open(referral.id)
            else:
                self.list.pick_first()

    def _stand(self, widget: QWidget) -> None:
        self._go_home()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        widget.setFocus()

    def _go_home(self) -> None:
        while (over := self._stack.widget(1)) is not None:
            self._stack.removeWidget(over)
            over.deleteLater()
        self._stack.setCurrentWidget(self._home)

    def _open_target(self) -> object:
        if self.past_letter is not None:
            return OpenLetter(self.past_letter.letter.id)
        if self.writing is not None:
            subject = self.writing.subject
            if subject.referral is not None:
                return OpenReferral(subject.referral.id, edit=True)
            return NewReferral(subject.client.id)
        return OpenReferral(self.view.shown.referral.id) if self.view is not None else None


def _about(subject: Subject) -> RecordId:
    return subject.referral.id if subject.referral is not None else subject.client.id

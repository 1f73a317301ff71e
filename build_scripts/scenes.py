"""What the window is photographed at: every page and panel, each reached as a person reaches it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QThread
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desk_app.domain.carriers import Kind
from desk_app.domain.desks import COORDINATOR as COORDINATOR_CODE
from desk_app.domain.ids import RecordId
from desk_app.i18n.places import desk_name
from desk_app.storage.outbox import Told, Waiting
from desk_app.sync.carriers.sticks import Stick
from desk_app.ui.appearance import Appearance
from desk_app.ui.dialogs.entrance import Entrance
from desk_app.ui.dialogs.unlock_card import UnlockCard
from desk_app.ui.main_window import MainWindow
from desk_app.ui.page import Page, Search
from desk_app.ui.pages.courses.page import CoursesPage
from desk_app.ui.pages.directory import DirectoryPage
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.exchange.send_panel import Choices, SendPanel
from desk_app.ui.pages.exchange.way_panels import WaysPanel
from desk_app.ui.pages.figures.page import FiguresPage
from desk_app.ui.pages.figures.questions import TILES, Behind
from desk_app.ui.pages.intake import WRITING, IntakePage
from desk_app.ui.pages.people import PeoplePage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.person_linking import SearchPanel
from desk_app.ui.pages.referrals.page import ReferralsPage
from desk_app.ui.pages.review.page import ReviewPage
from desk_app.ui.pages.settings.page import SettingsPage
from desk_app.ui.pages.targets import REVIEW, NewPerson, NewReferral, OpenPerson, OpenReferral
from desk_app.usecases.carriers import WayShown

PATIENCE = 30.0
"""Seconds that the worker may take for what one scene shows."""
QUIET = 0.45
"""Seconds without work after which a scene stands: longer than the pauses before a search and a drawing."""
TURNS = 4
"""Turns of the event loop in which layouts within layouts come to rest."""
CODE = "K7QF 2M9D XW4H B6RT 8NPC V3JY 5GLS AE2Z"

P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Known:
    """What the scenes speak of in a vault."""

    client: RecordId | None = None
    surname: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """The client's names and birth date, to be typed into an intake."""
    referral: RecordId | None = None
    organisation: RecordId | None = None
    course: RecordId | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A window on a vault; `files` are what somebody brought on a stick."""

    window: MainWindow
    known: Known
    files: tuple[Path, ...] = ()
    quiet: float = QUIET

    def page(self, kind: type[P], key: str, target: object = None) -> P:
        """Open a page and wait until it stands."""
        self.window.go(key, target)
        self.settle()
        page = self.window.pages.current_page
        assert isinstance(page, kind), page
        return page

    def settle(self) -> None:
        """Wait until the worker has had nothing to do for a moment."""
        background = self.window.pages.current_page.around.background
        end, quiet_since, turns = monotonic() + PATIENCE, monotonic(), 0
        while (monotonic() - quiet_since < self.quiet or turns < TURNS) and monotonic() < end:
            turn()
            turns += 1
            if background.busy:
                QThread.msleep(2)  # The worker needs the interpreter more than we do.
                quiet_since, turns = monotonic(), 0


Scene = Callable[[Stage], None]


def turn() -> None:
    """One turn of the event loop, what is to be deleted included."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _pause() -> None:
    for _ in range(TURNS):
        turn()


def picture(window: QWidget) -> QPixmap:
    """The window, with an open dialog over its middle."""
    shown = window.grab()
    for dialog in window.findChildren(QDialog):
        if shiboken6.isValid(dialog) and dialog.isVisible():
            over = dialog.grab()
            middle = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
            with_dialog = QPainter(shown)
            with_dialog.drawPixmap(middle, over)
            with_dialog.end()
            dialog.reject()
    return shown


def entrances(appearance: Appearance, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """The window before the window: unlock, a wrong passphrase, create, recovery, forgotten."""
    made = Entrance(appearance, folder)
    made.show_users(("Ёров Холмурод Зубайдулло", "Назарова Зулфия"))
    made.show()
    _pause()
    yield "unlock", made
    assert isinstance(made.card, UnlockCard)
    made.card.refuse(appearance.look.tr.text("The passphrase is not right."))
    _pause()
    yield "unlock-refused", made
    made.show_create()
    _pause()
    yield "create", made
    made.show_recovery(CODE, 3, True)
    _pause()
    yield "recovery", made
    made.show_forgotten()
    _pause()
    yield "forgotten", made
    made.hide()
    made.deleteLater()


def _go(key: str) -> Scene:
    return lambda stage: _only(stage.page(Page, key))


def _only(_page: Page) -> None:
    """A page without anything opened on it."""


def _hit(stage: Stage) -> None:
    page = stage.page(PeoplePage, "people")
    page.search.setFocus()
    page.arrive(Search(stage.known.surname[:5]))


def _nobody(stage: Stage) -> None:
    stage.page(PeoplePage, "people", Search("ъъъъ"))


def _client(stage: Stage) -> RecordId:
    assert stage.known.client is not None
    return stage.known.client


def _person(stage: Stage, panel: str = "") -> PersonPage:
    return stage.page(PersonPage, "person", OpenPerson(_client(stage), panel))


def _tab(place: int) -> Scene:
    return lambda stage: _person(stage).tabs.setCurrentIndex(place)


def _panel(what: str) -> Scene:
    def scene(stage: Stage) -> None:
        _person(stage, what)

    return scene


def _pair(stage: Stage) -> None:
    page = _person(stage, "link")
    content = page.panel.content
    assert isinstance(content, SearchPanel)
    content.typed.emit("а")
    stage.settle()
    content.rows.pick_first()
    if content.rows.current_key:  # In a small vault there is nobody else.
        content.chosen.emit(content.rows.current_key)


def _alike(stage: Stage) -> None:
    page = stage.page(IntakePage, "intake", NewPerson())
    page.form.set_typed(stage.known.values)
    page.steps.setCurrentIndex(WRITING)
    page.save()


def _refused_consent(stage: Stage) -> None:
    page = stage.page(IntakePage, "intake", NewPerson())
    who = {"surname": "Њайдаров", "given_name": "Гулнора", "birth_date": "31.02.1990", "phone": "2-24-55"}
    page.form.set_typed({**who, "service": "refused"})
    page.steps.setCurrentIndex(WRITING)
    page.form.fields.check()


def _referral(stage: Stage) -> None:
    stage.page(ReferralsPage, "referrals", OpenReferral(stage.known.referral) if stage.known.referral else None)


def _whom(stage: Stage) -> None:
    stage.page(ReferralsPage, "referrals").ask_whom()


def _writing(stage: Stage) -> None:
    page = stage.page(ReferralsPage, "referrals", NewReferral(_client(stage)))
    assert page.writing is not None
    words = "Барои барқарор кардани шиноснома ва гирифтани ёрии ҳуқуқӣ."
    page.writing.form.set_typed({"organisation": str(stage.known.organisation), "reason": words})
    page.writing.form.input("reason").edited.emit()
    page.writing.letter.draw()


def _printing(stage: Stage) -> None:
    _referral(stage)
    stage.window.pages.current_page.print_page()


def _organisation(stage: Stage) -> None:
    stage.page(DirectoryPage, "directory").open(str(stage.known.organisation))


def _new_organisation(stage: Stage) -> None:
    stage.page(DirectoryPage, "directory").edit(None)


def _no_organisation(stage: Stage) -> None:
    page = stage.page(DirectoryPage, "directory")
    page.search.setText("ъъъъ")
    page.search.searched.emit("ъъъъ")


def _plan(stage: Stage) -> None:
    stage.page(ExchangePage, "exchange").plan(stage.files)


def _card(stage: Stage) -> None:
    stage.page(ExchangePage, "exchange").cards.show_own()


def _send(stage: Stage) -> None:
    page = stage.page(ExchangePage, "exchange")
    stick = Stick("KINGSTON", Path("/media/KINGSTON"), "vfat", 3 * 2**30, read_only=False)
    locked = Stick("TRANSCEND", Path("/media/TRANSCEND"), "vfat", 2**30, read_only=True)
    shown = SendPanel(page.look, Choices(_WAYS, (stick, locked), ()), COORDINATOR_CODE)
    page.panel.hold(page.look.tr.text("Send to {partner}", partner=desk_name(COORDINATOR_CODE, page.look.tr)), shown)


def _ways(stage: Stage) -> None:
    page = stage.page(ExchangePage, "exchange")
    page.panel.hold(page.look.tr.text("Ways of sending"), WaysPanel(page.look, _WAYS))


def _way_form(stage: Stage) -> None:
    stage.page(ExchangePage, "exchange").ways._form(Kind.SFTP, None)


def _outbox(stage: Stage) -> None:
    page = stage.page(ExchangePage, "exchange")
    at = 1_772_700_000_000
    first = Waiting("a.roh", "Nextcloud", COORDINATOR_CODE, 5, "123456", 40_000, at, sent=at)
    silent, wrong = Told("NoConnection", {"server": "cloud.example"}), Told("LoginRefused", _LOGIN)
    second = Waiting("b.roh", "Nextcloud", COORDINATOR_CODE, 6, "654321", 40_000, at, next_try=at, trouble=silent)
    third = Waiting("c.roh", "Почта", COORDINATOR_CODE, 7, "112233", 40_000, at, next_try=None, trouble=wrong)
    assert page._seen is not None
    page._show(replace(page._seen, has_ways=True, outbox=(third, second, first)))


_LOGIN = {"server": "mail.example", "user": "khorugh"}
_WAYS = (
    WayShown("Nextcloud", Kind.WEBDAV, {}, "", {}),
    WayShown("Душанбе", Kind.SFTP, {}, f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{'x' * 43} roh", {}),
    WayShown("Почта", Kind.MAIL, {}, "", {COORDINATOR_CODE: "coordinator@example.org"}),
)


def _behind(stage: Stage) -> None:
    stage.page(FiguresPage, "figures").open_behind(Behind(TILES[0]).key)


def _report(stage: Stage) -> None:
    stage.page(FiguresPage, "figures").print_page()


def _course(stage: Stage) -> None:
    stage.page(CoursesPage, "courses", stage.known.course)


def _new_course(stage: Stage) -> None:
    stage.page(CoursesPage, "courses").add_course()


def _letterhead(stage: Stage) -> None:
    stage.page(SettingsPage, "settings").edit_profile()


def _promises(stage: Stage) -> None:
    page = stage.page(Page, "help")
    page.take_back("promises")


_PAGES = ("today", "people", "referrals", "courses", "directory", "figures", "exchange", "settings", "intake", "help")
EMPTY: Mapping[str, Scene] = {f"empty-{key}": _go(key) for key in _PAGES}
"""A new desk, where nothing was recorded yet."""


def _review(what: str) -> Scene:
    def scene(stage: Stage) -> None:
        page = stage.page(ReviewPage, REVIEW)
        page.ask() if what == "ask" else page.settle(what)

    return scene


DESK: Mapping[str, Scene] = {
    **{key: _go(key) for key in _PAGES},
    "people-hit": _hit,
    "people-nobody": _nobody,
    **{
        f"person-{name}": _tab(place)
        for place, name in enumerate(("overview", "needs", "consultations", "referrals", "papers", "consent"))
    },
    "person-consultation": _panel("service.legal"),
    "person-follow-up": _panel("followup"),
    "person-need": _panel("need"),
    "person-edit": _panel("edit_client"),
    "person-ask": _panel("ask:"),
    "person-withdraw": _panel("withdraw:service"),
    "person-link": _panel("link"),
    "person-link-pair": _pair,
    "intake-alike": _alike,
    "intake-refused": _refused_consent,
    "referral": _referral,
    "referral-whom": _whom,
    "referral-new": _writing,
    "referral-print": _printing,
    "directory-one": _organisation,
    "directory-new": _new_organisation,
    "directory-nothing": _no_organisation,
    "exchange-plan": _plan,
    "exchange-card": _card,
    "exchange-send": _send,
    "exchange-ways": _ways,
    "exchange-way": _way_form,
    "exchange-outbox": _outbox,
    "figures-behind": _behind,
    "figures-report": _report,
    "courses-new": _new_course,
    "settings-letterhead": _letterhead,
    "help-promises": _promises,
}
"""A desk at work."""
COORDINATOR: Mapping[str, Scene] = {
    **{f"coordinator-{key}": _go(key) for key in ("today", "courses", "figures", "exchange", "review")},
    "coordinator-course": _course,
    "coordinator-review-other": _review("other"),
    "coordinator-review-ask": _review("ask"),
}
"""The coordinator's programme."""

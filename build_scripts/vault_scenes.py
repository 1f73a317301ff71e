"""Scenes of what keeps the vault: people and keys, private notes, scans, erasing, the record of access."""

from collections.abc import Callable, Mapping

from scenes import CODE, Scene, Stage

from desk_app.i18n.catalogue.checks import Complaint, Fault
from desk_app.i18n.catalogue.entry import Entry
from desk_app.i18n.catalogue.taking import Refused, Taken
from desk_app.i18n.languages import TAJIK
from desk_app.ui.page import Page
from desk_app.ui.pages.languages.page import LanguagesPage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import AUDIT, ERASURES, LANGUAGES, PERSON, USERS, OpenPerson
from desk_app.ui.pages.users.page import UsersPage
from desk_app.usecases.escrow import EscrowShown, NewEscrow

SHARE = " ".join([CODE] * 2)
DIGITS = ("12345 67890 12345 67890 12345 67890", "09876 54321 09876 54321 09876 54321")


def _go(key: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.page(Page, key)

    return scene


def _users(act: Callable[[UsersPage], object]) -> Scene:
    def scene(stage: Stage) -> None:
        page = stage.page(UsersPage, USERS)
        page.panel.let_go()
        act(page)

    return scene


def _one(page: UsersPage) -> None:
    page.list.pick_first()
    page.list.opened.emit(page.list.current_key)


def _person(stage: Stage, panel: str = "") -> PersonPage:
    assert stage.known.client is not None
    return stage.page(PersonPage, PERSON, OpenPerson(stage.known.client, panel))


def _tab(widget: Callable[[PersonPage], object]) -> Scene:
    def scene(stage: Stage) -> None:
        page = _person(stage)
        shown = widget(page)
        page.tabs.setCurrentIndex(next(at for at in range(page.tabs.count()) if page.tabs.widget(at) is shown))

    return scene


def _erase(stage: Stage) -> None:
    _person(stage).open_panel("erase")


def _refused(stage: Stage) -> None:
    reasons = (Complaint(Fault.GLOSSARY, "мизоҷ"), Complaint(Fault.PLACEHOLDERS))
    entry = Entry("{name} came to the desk.", forms=("Муштарӣ омад.",))
    stage.page(LanguagesPage, LANGUAGES).take_back(
        Taken(TAJIK, (entry,) * 12, 2400, 37, (Refused(entry, reasons),) * 2)
    )


VAULT: Mapping[str, Scene] = {
    "users": _go(USERS),
    "users-one": _users(_one),
    "users-add": _users(lambda page: page.people.add()),
    "users-own": _users(lambda page: page.people.change_own()),
    "users-new-code": _users(lambda page: page.keys.new_code()),
    "users-code": _users(lambda page: page.keys._show_code(CODE, ())),
    "users-papers": _users(lambda page: page.keys._show_papers(NewEscrow("1234", DIGITS, b"", (SHARE,) * 3))),
    "users-emergency": _users(lambda page: page.keys._compare(b"", EscrowShown("1234", DIGITS))),
    "users-rotate": _users(lambda page: page.keys.rotate()),
    "person-notes": _tab(lambda page: page.notes),
    "person-scans": _tab(lambda page: page.attachments),
    "person-erase": _erase,
    "audit": _go(AUDIT),
    "erasures": _go(ERASURES),
    "languages": _go(LANGUAGES),
    "languages-refused": _refused,
}
"""At the desk of `scenes.DESK`."""

"""Scenes of duplicates: pairs to look at, judged ones, what is empty, comparing, and the doors that lead there."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scenes import Scene, Stage

from desk_app.domain.ids import RecordId
from desk_app.domain.names import FactReason, NameReason
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.storage.rows import Record
from desk_app.ui.background import Progress
from desk_app.ui.pages.duplicates.comparing import WORDS
from desk_app.ui.pages.duplicates.page import DuplicatesPage
from desk_app.ui.pages.duplicates.read import Listed, Opened
from desk_app.ui.pages.exchange.page import ExchangePage
from desk_app.ui.pages.people import PeoplePage
from desk_app.ui.pages.person import PersonPage
from desk_app.ui.pages.targets import DUPLICATES, EXCHANGE, PERSON, OpenDuplicates, OpenPerson
from desk_app.usecases import people
from desk_app.usecases.duplicates import Arrivals, Counts, Pair, Side
from desk_app.usecases.records import find_all

AT = 1_772_700_000_000
NOTHING = Counts(0, 0, 0, 0, 0)
WHY = (
    (FactReason.BIRTH_SAME, NameReason.CLOSE_SPELLING, FactReason.PHONE_SAME),
    (FactReason.PAPER_SAME, NameReason.SUFFIX_DIFFERS, FactReason.FATHER_SAME, FactReason.BIRTH_SWAPPED),
    (NameReason.SAME, FactReason.BIRTH_YEAR),
    (NameReason.CLOSE_SPELLING, NameReason.PART_MISSING, FactReason.RELEASE_SAME),
)
OTHERWISE: tuple[dict[str, str], ...] = (
    {"surname": "Исмаилова", "given_name": "Зухра", "father_name": "Давлатовна"},
    {"surname": "Абдураҳмонзода", "given_name": "Муҳаммадҷон", "father_name": "Ғуломҳайдариён", "sex": "male"},
    {},
    {"father_name": "", "birth_date": "1991"},
)


def _side(client: Record) -> Side:
    found = client.text
    return Side(client.id, found("number"), people.display_name(client), found("desk"), found("birth_date"))


def _pairs(clients: list[Record], state: str) -> list[tuple[Pair, Record, Record]]:
    """Real people, each beside somebody who is written a little otherwise."""
    found = []
    for place, (reasons, otherwise) in enumerate(zip(WHY, OTHERWISE, strict=True)):
        one, near = clients[2 * place % len(clients)], clients[(2 * place + 1) % len(clients)]
        same = {name: one.values.get(name) for name in ("surname", "given_name", "father_name", "birth_date", "sex")}
        other = replace(near, id=RecordId(f"{place:032x}"), values={**near.values, **same, **otherwise})
        why = tuple(reason.value for reason in reasons)
        found.append((Pair(_side(one), _side(other), 15.0 - place, place < 3, why, state), one, other))
    return found


def _page(stage: Stage) -> DuplicatesPage:
    return stage.page(DuplicatesPage, DUPLICATES, OpenDuplicates())


def _pair(state: str, place: int = 0, waiting: int = 0) -> Scene:
    def scene(stage: Stage) -> None:
        page = _page(stage)
        page._state = state
        vars(page)["_read_marked"] = lambda: None  # Half of these people are invented: the vault has them not.

        def show(clients: list[Record]) -> None:
            pairs = _pairs(clients, state)
            counts = Counts(len(pairs), 3, 5, 2, waiting)
            page._show(Listed(state, tuple(pair for pair, _, _ in pairs), counts, len(clients)))
            pair, one, other = pairs[place]
            page.list.pick(page.list._rows.rows[place].key)
            by = ("Назарова Зулфия", AT) if state != OPEN else ("", 0)
            page._open(Opened(pair, one, other, *by))

        page._session.ask(lambda vault: find_all(vault, "client", limit=24), show, owner=page)

    return scene


def _none(counts: Counts, people_on_record: int, state: str = OPEN) -> Scene:
    def scene(stage: Stage) -> None:
        page = _page(stage)
        page._state = state
        page._show(Listed(state, (), counts, people_on_record))

    return scene


def _comparing(stage: Stage) -> None:
    _pair(OPEN)(stage)
    stage.settle()
    strip = stage.page(DuplicatesPage, DUPLICATES).comparing._strip
    strip.follow(Progress(312, 1312, WORDS, {}))
    strip.show()


def _found(stage: Stage) -> DuplicatesPage:
    """What the programme left, compared."""
    page = _page(stage)
    page.compare()
    stage.settle()
    return page


def _at_the_coordinator(stage: Stage) -> None:
    _found(stage)


def _today(stage: Stage) -> None:
    _found(stage)
    stage.window.go("today")


def _person(stage: Stage) -> None:
    stage.page(PersonPage, PERSON, OpenPerson(_found(stage)._pairs()[0].one.id))


def _came(stage: Stage) -> None:
    first = _found(stage)._pairs()[0].one.id
    stage.page(ExchangePage, EXCHANGE).arrivals._show(Arrivals(213, 1, (first,)))


def _edited(stage: Stage) -> None:
    """Another client is renamed like the one with the most to show."""
    people_page = stage.page(PeoplePage, "people")
    keys = [row.key for row in people_page.list._rows.rows]
    other = next((RecordId(key) for key in keys if key != stage.known.client), stage.known.client)
    assert other is not None
    form = stage.page(PersonPage, PERSON, OpenPerson(other, "edit_client")).records.form
    assert form is not None
    form.set_values({**form.values(), **stage.known.values})
    form.edited.emit()


_PAGE: Mapping[str, Callable[[Stage], None]] = {
    "": _pair(OPEN, waiting=37),
    "-long": _pair(OPEN, 1),
    "-different": _pair(DIFFERENT, 2),
    "-linked": _pair(SAME, 3),
    "-comparing": _comparing,
    "-none": _none(NOTHING, 120),
    "-waiting": _none(replace(NOTHING, waiting=120), 120),
    "-nobody": _none(NOTHING, 0),
    "-none-linked": _none(NOTHING, 120, SAME),
}
DESK: Mapping[str, Scene] = {**{f"duplicates{name}": made for name, made in _PAGE.items()}, "duplicates-edit": _edited}
"""At a desk."""
COORDINATOR: Mapping[str, Scene] = {
    "coordinator-duplicates": _at_the_coordinator,
    "coordinator-duplicates-today": _today,
    "coordinator-duplicates-person": _person,
    "coordinator-duplicates-came": _came,
}
"""At the coordinator, as the programme left it."""

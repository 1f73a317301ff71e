"""Courses in the two prisons: groups of two dozen, one after the other, some people in two of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.usecases import records
from desk_app.usecases.demonstration.content import CourseWords, PrisonWords
from desk_app.usecases.demonstration.invention import Person, invent
from desk_app.usecases.demonstration.office import Office
from desk_app.usecases.demonstration.schedule import Work, moment

_GROUP = 24


def courses(office: Office, prison: PrisonWords, people: int, first: date, last: date) -> Work:
    """So many people in courses of that prison between two days."""
    groups = max(len(prison.courses), -(-people // _GROUP))
    spacing = (last - first).days / groups
    earlier: list[Person] = []
    for number in range(groups):
        begins = first + timedelta(days=int(number * spacing))
        ends = begins + timedelta(days=min(45, max(1, int(spacing))))
        yield moment(ends, 16)
        size = people * (number + 1) // groups - people * number // groups
        group = [invent(office.chance, "tg", prison.sex) for _ in range(size)]
        _hold(office, prison, prison.courses[number % len(prison.courses)], (begins, ends), [*group, *earlier[:1]])
        earlier = group


def _hold(
    office: Office, prison: PrisonWords, words: CourseWords, days: tuple[date, date], group: Sequence[Person]
) -> None:
    values: Values = {
        "title": words.title,
        "course_kind": words.course_kind,
        "place": prison.place,
        "trainer": invent(office.chance, "tg").whole_name(),
        "started_on": days[0].isoformat(),
        "ended_on": days[1].isoformat(),
        "hours": words.hours,
        "in_prison": True,
    }
    course = records.add(office.vault, "course", values).id
    for number, person in enumerate(group, start=1):
        about: Values = {"name": person.whole_name(), "sex": person.sex, "birth_year": person.born.year}
        _take_part(office, course, number, about)
    # Who takes a course inside and is known to the desk is one and the same person.
    for client in office.inside[:1]:
        _take_part(office, course, len(group) + 1, {"client": client})
        office.inside.remove(client)


def _take_part(office: Office, course: RecordId, number: int, about: Values) -> None:
    completed = office.chance.random() < 0.88
    state = {"state": "completed", "certificate": f"№ {number}"} if completed else {"state": "dropped_out"}
    records.add(office.vault, "participant", {"course": course, **about, **state})

"""What the coordinator keeps for all: the directory of organisations, the targets, trainings and events."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from desk_app.domain.desks import DESKS
from desk_app.domain.records.declaration import Values
from desk_app.usecases import directory as usecase
from desk_app.usecases import records, vaults
from desk_app.usecases.demonstration.content import GatheringWords, content
from desk_app.usecases.demonstration.invention import invent
from desk_app.usecases.demonstration.office import Office, place_of
from desk_app.usecases.demonstration.schedule import Work, moment

WHOLE = 1100
"""The people served by the programme that the targets are written for."""
_LATELY, _LONG_AGO = 150, 400
"""How many days ago the calls to organisations began, and when one of ten was called for the last time."""


def fill(coordinator: Office, people: int) -> None:
    """Writes the directory and the targets."""
    with vaults.together(coordinator.vault):
        for desk in DESKS:
            _add_organisations(coordinator, place_of(desk.code))
        for code, target in content().targets.items():
            share = min(1.0, people / WHOLE) if target.grows else 1.0
            values: Values = {"indicator": code, "baseline": target.baseline, "value": math.ceil(target.value * share)}
            records.add(coordinator.vault, "target", values)


def _add_organisations(coordinator: Office, place: Mapping[str, str]) -> None:
    for words in content().offices:
        head = invent(coordinator.chance, "tg")
        values = {
            "name_tg": words.name_tg.format(place=place["tg"]),
            "name_ru": words.name_ru.format(place=place["ru"]),
            "name_uz": words.name_uz.format(place=place["uz"]),
            "category": words.category,
            "head_name": head.whole_name(),
            "address": words.street,
            "phone": head.phone,
            "place": place["tg"],
        }
        records.add(coordinator.vault, "organisation", values)


def calls(coordinator: Office, on: date) -> Work:
    """The coordinator calls eight of ten organisations in the last months, one long ago, and one never."""
    known = [one.id for one in records.find_all(coordinator.vault, "organisation", order="made")]
    yield moment(on - timedelta(days=_LONG_AGO), 15)
    for organisation in known[8::10]:
        usecase.checked(coordinator.vault, organisation)
    for number, organisation in enumerate(known):
        if number % 10 < 8:
            yield moment(on - timedelta(days=3 + (_LATELY - 3) * (len(known) - number) // len(known)), 15)
            usecase.checked(coordinator.vault, organisation)


def gatherings(coordinator: Office, start: date) -> Work:
    """Staff trainings, a study tour and a closing event, one after the other."""
    day = start + timedelta(days=180)
    for words in content().gatherings:
        yield moment(day, 17)
        _hold(coordinator, words, day)
        day += timedelta(days=200)


def _hold(coordinator: Office, words: GatheringWords, day: date) -> None:
    last = day if words.course_kind == "event" else day + timedelta(days=4)
    values: Values = {
        "title": words.title,
        "course_kind": words.course_kind,
        "place": words.place,
        "started_on": day.isoformat(),
        "ended_on": last.isoformat(),
        "in_prison": False,
    }
    course = records.add(coordinator.vault, "course", values).id
    for _ in range(words.people):
        person = invent(coordinator.chance, "tg")
        about: Values = {"name": person.whole_name(), "sex": person.sex, "birth_year": person.born.year}
        records.add(coordinator.vault, "participant", {"course": course, "state": "completed", **about})

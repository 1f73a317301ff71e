"""What the page of courses asks of the vault: courses, who takes part, and whom one may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.names import sort_key
from desk_app.domain.records.course import COURSE, COURSE_KIND, PARTICIPANT, PARTICIPANT_STATE
from desk_app.i18n import formats, labels
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import people, records

_STATES = {
    "enrolled": (Icon.WAITING, Tone.PRIMARY),
    "completed": (Icon.DONE, Tone.DONE),
    "dropped_out": (Icon.WITHDRAWN, Tone.ATTENTION),
}


@dataclass(frozen=True, slots=True)
class Courses:
    """All courses, newest first; who takes part in each, by name; the clients of the vault with their words."""

    courses: tuple[Record, ...]
    participants: Mapping[str, tuple[Record, ...]]
    clients: tuple[tuple[str, str], ...]
    names: Mapping[str, str]

    def course(self, record: str) -> Record | None:
        """The course of that id."""
        return next((one for one in self.courses if one.id == record), None)

    def participant(self, record: str) -> Record | None:
        """The participant of that id."""
        return next((one for those in self.participants.values() for one in those if one.id == record), None)

    def name_of(self, participant: Record) -> str:
        """Who it is: the name that was written, else the client's."""
        return _called(participant, self.names)


def read_courses(vault: Vault, language: str) -> Courses:
    """Asked in the worker; clients and participants by name in the order of the language."""
    clients = records.find_all(vault, "client", order=people.BY_NAME, language=language)
    names: dict[str, str] = {one.id: people.display_name(one) for one in clients}
    apart = people.passed_by(vault)
    choices = [(one.id, _choice(names[one.id], one.text("number"))) for one in clients if one.id not in apart]
    taking_part = records.find_all(vault, "participant", order="made")
    taking_part.sort(key=lambda one: sort_key(_called(one, names), language))
    found: dict[str, list[Record]] = {}
    for one in taking_part:
        found.setdefault(one.text("course"), []).append(one)
    return Courses(
        tuple(records.find_all(vault, "course", order="-started_on")),
        {course: tuple(those) for course, those in found.items()},
        tuple(choices),
        names,
    )


def _called(participant: Record, names: Mapping[str, str]) -> str:
    return participant.text("name") or names.get(participant.text("client"), "")


def course_row(course: Record, taking_part: int, tr: Translator) -> Row:
    """One line of the list."""
    parts = [tr.choice(COURSE_KIND, course.text("course_kind")), course.text("place"), dates_of(course)]
    return Row(
        course.id,
        course.text("title") or "—",
        " · ".join(part for part in parts if part),
        tail=tr.plural("{count} participant", "{count} participants", taking_part),
        icon=Icon.COURSES,
    )


def dates_of(course: Record) -> str:
    """01.03.2026 – 30.04.2026, or what is known of it."""
    first, last = (course.text(name) for name in ("started_on", "ended_on"))
    shown = [formats.partial_date(one) for one in (first, last) if one and formats.is_stored_date(one)]
    return "\u00a0– ".join(shown)


def participant_row(one: Record, name: str, tr: Translator) -> Row:
    """One participant: name, sex and year of birth, how it stands."""
    state = one.text("state")
    icon, tone = _STATES.get(state, (Icon.UNKNOWN, Tone.PLAIN))
    year = one.values.get("birth_year")
    parts = [
        labels.value(PARTICIPANT.field("sex"), one.text("sex"), tr),
        str(year) if year else "",
        one.text("certificate"),
    ]
    words = tr.choice(PARTICIPANT_STATE, state) if state else tr.text("Not specified")
    return Row(one.id, name or "—", " · ".join(part for part in parts if part), tail=words, icon=icon, tone=tone)


def facts_of(course: Record, tr: Translator) -> list[tuple[str, str]]:
    """What is known of a course, as words and value."""
    shown = [(field, labels.value(field, course.values.get(field.name), tr)) for field in COURSE.own_fields]
    return [(labels.field(field, tr), words) for field, words in shown if words and field.name != "title"]


def _choice(name: str, number: str) -> str:
    return f"{name} · {number}" if number else name

"""The records behind a number, each as a line that opens its page."""

from dataclasses import dataclass

from desk_app.domain.ids import RecordId
from desk_app.domain.records.course import COURSE_KIND
from desk_app.domain.records.need import PATHWAY
from desk_app.domain.records.service import TYPE
from desk_app.domain.rules.indicators import Period
from desk_app.i18n import formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.pages.figures.questions import Behind
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import figures, people, records

_ICONS = {
    "client": Icon.PERSON,
    "service": Icon.NOTE,
    "referral": Icon.REFERRALS,
    "need": Icon.HOUSING,
    "course": Icon.COURSES,
    "participant": Icon.COURSES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its row, and where opening it leads."""

    row: Row
    client: str
    course: str


def lines_behind(vault: Vault, asked: Behind, period: Period, tr: Translator) -> list[Line]:
    """Asked in the worker: the records and the names of the people they are about."""
    found = figures.records_behind(vault, asked.code, period, asked.desk or None, asked.sex or None)
    names: dict[str, str] = {}
    return [_line(vault, one, names, tr) for one in found]


def _line(vault: Vault, one: Record, names: dict[str, str], tr: Translator) -> Line:
    client = one.id if one.kind == "client" else one.text("client")
    course = one.id if one.kind == "course" else one.text("course")
    title, detail, day = _words(vault, one, names, tr)
    tail = formats.partial_date(day) if day and formats.is_stored_date(day) else ""
    return Line(Row(one.id, title or "—", detail, tail=tail, icon=_ICONS[one.kind]), client, course)


def _words(vault: Vault, one: Record, names: dict[str, str], tr: Translator) -> tuple[str, str, str]:
    desk = desk_name(one.text("desk"), tr)
    match one.kind:
        case "client":
            return people.display_name(one), _joined(one.text("number"), desk), ""
        case "service":
            return _name(vault, one, names), _joined(tr.choice(TYPE, one.text("type")), desk), one.text("delivered_on")
        case "referral":
            return _name(vault, one, names), _joined(one.text("number"), one.text("service_asked")), one.text("made_on")
        case "need":
            return (
                _name(vault, one, names),
                _joined(tr.choice(PATHWAY, one.text("pathway")), desk),
                one.text("noted_on"),
            )
        case "course":
            kind = tr.choice(COURSE_KIND, one.text("course_kind"))
            return one.text("title"), _joined(kind, one.text("place")), one.text("started_on")
    who = one.text("name") or _name(vault, one, names)
    return who, _title_of(vault, one.text("course"), names), ""


def _name(vault: Vault, one: Record, names: dict[str, str]) -> str:
    client = one.text("client")
    if client and client not in names:
        names[client] = people.display_name(records.show(vault, client))
    return names.get(client, "")


def _title_of(vault: Vault, course: str, names: dict[str, str]) -> str:
    if course and course not in names:
        names[course] = records.show(vault, RecordId(course)).text("title")
    return names.get(course, "")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)

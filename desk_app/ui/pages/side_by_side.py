"""Two clients side by side: which fields, in which words, and whether they speak for one person or for two."""

from desk_app.domain import names
from desk_app.domain.names import PersonName
from desk_app.domain.names.numbers import paper_number, phone_end
from desk_app.domain.records.declaration import Kind
from desk_app.i18n import labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.ui.widgets.pair_grid import PairLine

COMPARED = (
    "surname",
    "given_name",
    "father_name",
    "paper_name",
    "other_names",
    "birth_date",
    "sex",
    "phone",
    "other_phone",
    "paper_number",
    "address",
    "institution",
    "release_date",
)
_SILENT = frozenset({"other_names", "paper_name", "address"})
"""What says nothing about whether two are one: there are many ways to write it, or it always differs."""
_SAME_NAME = 0.97
"""So alike are the parts of one name in two spellings: the bound from which whole names give the most points."""


def client_lines(one: Record, other: Record, kind: Kind, tr: Translator) -> list[PairLine]:
    """Every field that either of them has."""
    found = []
    for name in COMPARED:
        sides = [_said(client, kind, name, tr) for client in (one, other)]
        if any(sides):
            differ = _differ(name, one.text(name), other.text(name))
            found.append(PairLine(labels.field(kind.field(name), tr), sides[0], sides[1], differ))
    return found


def calm_about_linking(tr: Translator) -> str:
    """What is to be known before two are linked."""
    return tr.text(
        "Nothing is lost by linking: both records stay and are shown on one page. It can be taken back at any time."
    )


def _differ(name: str, one: str, other: str) -> bool | None:
    """Whether two values speak against one person; the same name in other letters does not."""
    if not one or not other or name in _SILENT:
        return None
    match name:
        case "surname" | "given_name":
            return names.compare(PersonName(one), PersonName(other)).score < _SAME_NAME
        case "father_name":
            return names.compare(PersonName(father_name=one), PersonName(father_name=other)).score < _SAME_NAME
        case "birth_date" | "release_date":
            return not (one.startswith(other) or other.startswith(one))
        case "phone" | "other_phone":
            return phone_end(one) != phone_end(other)
        case "paper_number":
            return paper_number(one) != paper_number(other)
        case "sex":
            return None if "unknown" in (one, other) else one != other
        case _:
            return one != other


def head_of(client: Record, tr: Translator) -> str:
    """Which record stands at a side: its number and its desk."""
    return " · ".join(part for part in (client.text("number"), desk_name(client.text("desk"), tr)) if part)


def _said(client: Record, kind: Kind, name: str, tr: Translator) -> str:
    return labels.value(kind.field(name), client.values.get(name), tr)

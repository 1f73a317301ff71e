"""A person and what happened with him or her, in the window's words."""

from collections.abc import Mapping, Sequence

from desk_app.domain.records.client import SAFETY
from desk_app.domain.records.consent import PURPOSE, STATE
from desk_app.domain.records.declaration import Kind, Registry
from desk_app.i18n import formats, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.review_words import version_words
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.ui.icons import Icon
from desk_app.ui.pages.consent_words import SHORT
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.person import Agreement, ConsentMark, PersonFacts
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.people import Entry, Found, Person, display_name
from desk_app.usecases.review import Disagreement

_SERVICE_ICONS = {
    "legal": Icon.LEGAL,
    "psychological": Icon.PSYCHOLOGICAL,
    "social": Icon.SOCIAL,
    "documents": Icon.ID_CARD,
    "work": Icon.WORK,
    "material_aid": Icon.MONEY,
    "accompaniment": Icon.HELP_GIVEN,
}
_ICONS = {
    "consent": Icon.DONE,
    "need": Icon.FLAG,
    "referral": Icon.REFERRALS,
    "followup": Icon.REMINDER,
    "letter": Icon.PAPER,
}
_ANSWER_ICONS = {"refused": Icon.REFUSED, "withdrawn": Icon.WITHDRAWN}
_TONES = {
    "met": Tone.DONE,
    "done": Tone.DONE,
    "completed": Tone.DONE,
    "closed": Tone.DONE,
    "given": Tone.DONE,
    "pending": Tone.ATTENTION,
    "sent": Tone.ATTENTION,
    "refused": Tone.DANGER,
    "withdrawn": Tone.DANGER,
    "declined": Tone.DANGER,
}
MARKED = ("service", "sharing", "health")
"""The consents that the header shows; counting is of no use while somebody sits across the desk."""


def birth(client_birth: str, tr: Translator) -> str:
    """The date of birth as a header or a list says it; empty when it is not known."""
    return tr.text("b. {birth}", birth=formats.partial_date(client_birth)) if client_birth else ""


def header_facts(person: Person, tr: Translator) -> PersonFacts:
    """What the header shows."""
    client = person.client
    flags: set[str] = set()
    for one in (client, *person.others):  # A warning noted about any of them is about this person.
        said = one.values.get("safety")
        flags |= said if isinstance(said, frozenset) else frozenset()
    safety = [words for code, words in labels.choices(SAFETY, tr) if code in flags]
    return PersonFacts(
        name=display_name(client),
        number=client.text("number"),
        birth=birth(client.text("birth_date"), tr),
        desk=desk_name(client.text("desk"), tr),
        safety=safety,
        consents=[consent_mark(purpose, person.consents, tr) for purpose in MARKED],
        disputed=[disputed(one, tr) for one in person.disputes],
        linked=_linked(person.others, tr),
    )


def disputed(one: Disagreement, tr: Translator) -> str:
    """A field of which there are several versions, with all of them."""
    said = " / ".join(version_words(one, version, tr) for version in one.values)
    return tr.text("{label}: {value}", label=labels.field(one.field, tr), value=said)


def _linked(others: Sequence[Record], tr: Translator) -> str:
    """Who else on record is this person."""
    names = [f"{display_name(one)} {one.text('number')}".strip() for one in others]
    return tr.text("Also on record as: {names}", names=", ".join(names)) if names else ""


def consent_mark(purpose: str, consents: Mapping[str, str], tr: Translator) -> ConsentMark:
    """Where one consent stands."""
    state = consents.get(purpose, "")
    answer = consent_state(state, tr)
    sentence = tr.text("{purpose}: {answer}", purpose=tr.choice(PURPOSE, purpose), answer=answer)
    known = state in [one.value for one in Agreement]
    return ConsentMark(tr.text(SHORT[purpose]), Agreement(state) if known else Agreement.NOT_ASKED, sentence)


def consent_state(state: str, tr: Translator) -> str:
    """The answer about one purpose; empty means nobody asked."""
    return tr.choice(STATE, state) if state else tr.text("Not asked")


def found_row(found: Found, why: str, tr: Translator) -> Row:
    """One person of a list; `why` says in words why he or she was found where that is not obvious."""
    desk = desk_name(found.moved_to or found.desk, tr)
    where = tr.text("moved to {desk}", desk=desk) if found.moved_to else desk
    known = [birth(found.birth_date, tr), where, why]
    return Row(found.id, found.name, " · ".join(part for part in known if part), tail=found.number)


def client_row(client: Record, tr: Translator) -> Row:
    """One person of a list that was not searched for."""
    known = [birth(client.text("birth_date"), tr), desk_name(client.text("desk"), tr)]
    return Row(client.id, display_name(client), " · ".join(part for part in known if part), tail=client.text("number"))


def record_row(record: Record, on: str, registry: Registry, tr: Translator) -> Row:
    """One record as an entry of the time line or of a list."""
    title, detail = _title(record, registry[record.kind], tr)
    state = record.text("state")
    field = next((one for one in registry[record.kind].own_fields if one.name == "state"), None)
    tail = labels.value(field, state, tr) if field is not None and state else ""
    icon = _SERVICE_ICONS.get(record.text("type")) if record.kind == "service" else None
    if record.kind == "consent":
        icon = _ANSWER_ICONS.get(state)
    lead = formats.partial_date(on) if on and formats.is_stored_date(on) else ""
    tone = _TONES.get(state, Tone.PLAIN)
    return Row(record.id, title, detail, lead, tail, icon or _ICONS.get(record.kind, Icon.NOTE), tone)


def timeline_rows(entries: Sequence[Entry], registry: Registry, tr: Translator) -> list[Row]:
    """The time line, newest first."""
    return [record_row(entry.record, entry.on, registry, tr) for entry in entries]


def _title(record: Record, kind: Kind, tr: Translator) -> tuple[str, str]:
    name = labels.kind(kind, tr)
    match record.kind:
        case "service":
            said = [record.text("subject") or record.text("what_was_done")]
            return _choice(record, kind, "type", tr), _joined(said)
        case "need":
            return tr.text("{kind}: {words}", kind=name, words=_choice(record, kind, "pathway", tr)), _joined(
                [record.text("description")]
            )
        case "consent":
            return tr.text("{kind}: {words}", kind=name, words=_choice(record, kind, "purpose", tr)), _choice(
                record, kind, "method", tr
            )
        case "followup":
            return tr.text("{kind}: {words}", kind=name, words=_choice(record, kind, "type", tr)), _joined(
                [record.text("at"), record.text("note")]
            )
        case "referral":
            return f"{name} {record.text('number')}".strip(), _joined([record.text("service_asked")])
        case _:
            return name, _choice(record, kind, "language", tr)


def _choice(record: Record, kind: Kind, field: str, tr: Translator) -> str:
    return labels.value(kind.field(field), record.values.get(field), tr)


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(" ".join(part.split())[:300] for part in parts if part)

"""The lines of today, in the window's words."""

from dataclasses import dataclass
from datetime import date, datetime

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.ids import RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.course import COURSE, PARTICIPANT
from desk_app.domain.records.note import NOTE
from desk_app.domain.records.organisation import ORGANISATION
from desk_app.domain.records.referral import FOLLOWUP_TYPE, REFERRAL, STATE
from desk_app.domain.records.service import SERVICE, TYPE
from desk_app.domain.vocabulary import N_
from desk_app.i18n import exchange_words, formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.referrals import Line
from desk_app.storage.today import Due
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.exchange_overview import Concern
from desk_app.usecases.today import Today

_DRAFTS = {
    "intake": N_("Intake"),
    "need": N_("Need"),
    "followup": N_("Follow-up"),
    "edit_client": CLIENT.label,
    "edit_need": N_("Need"),
    "edit_followup": N_("Follow-up"),
    "correct_service": N_("Correct the consultation"),
    "referral": REFERRAL.label,
    "edit_referral": REFERRAL.label,
    "answer_referral": N_("Answer to a referral"),
    "organisation": ORGANISATION.label,
    "course": COURSE.label,
    "participant": PARTICIPANT.label,
    "desk_profile": N_("Letterhead"),
    "service": SERVICE.label,
    "note": NOTE.label,
    "correct_note": N_("Correct the private note"),
    "transfer": N_("Transfer to another desk"),
    "transfer_request": N_("Request for a transfer"),
}


@dataclass(frozen=True, slots=True)
class DraftOf:
    """A draft with the person it is about, where that is known; `saved` in Unix milliseconds."""

    key: str
    kind: str
    client: RecordId | None
    name: str
    saved: int


def due_row(due: Due, tr: Translator, on: date) -> Row:
    """An appointment or a follow-up."""
    late = _days_since(due.on, on)
    words = [tr.choice(FOLLOWUP_TYPE, due.code), _one_line(due.text)]
    tail = tr.plural("{count} day late", "{count} days late", late) if late > 0 else due.client_number
    return Row(
        due.id,
        due.client_name,
        " · ".join(word for word in words if word),
        due.at or formats.partial_date(due.on),
        tail,
        Icon.APPOINTMENT if due.code in ("appointment", "court_date") else Icon.REMINDER,
        Tone.ATTENTION if late > 0 else Tone.PLAIN,
    )


def unanswered_row(due: Due, tr: Translator, on: date) -> Row:
    """A referral whose answer is late."""
    late = _days_since(due.on, on)
    words = [due.number, _one_line(due.text), tr.choice(STATE, due.code)]
    return Row(
        due.id,
        due.client_name,
        " · ".join(word for word in words if word),
        tail=tr.plural("{count} day late", "{count} days late", late) if late > 0 else tr.text("due today"),
        icon=Icon.REFERRALS,
        tone=Tone.ATTENTION,
    )


def referred_row(line: Line, tr: Translator) -> Row:
    """A referral of another desk that waits for an answer of this one."""
    said = tr.text("{desk} refers this person to you", desk=desk_name(line.desk, tr))
    lead = formats.partial_date(line.made_on) if line.made_on else ""
    detail = f"{said} · {line.number}" if line.number else said
    return Row(f"referral:{line.id}", line.client_name, detail, lead, "", Icon.REFERRALS, Tone.ATTENTION)


def release_row(due: Due, tr: Translator) -> Row:
    """Somebody who leaves prison soon."""
    return Row(due.id, due.client_name, due.text, formats.partial_date(due.on), due.client_number, Icon.CALENDAR)


def draft_row(draft: DraftOf, tr: Translator) -> Row:
    """Something that was begun."""
    kind, _, type_code = draft.kind.partition(".")
    words = tr.choice(TYPE, type_code) if type_code else tr.text(_DRAFTS.get(kind, N_("Draft")))
    saved = datetime.fromtimestamp(draft.saved / 1000, DUSHANBE)
    return Row(
        draft.key, draft.name or tr.text("Without a name yet"), words, tail=formats.moment(saved), icon=Icon.DRAFT
    )


def _days_since(stored: str, on: date) -> int:
    return (on - date.fromisoformat(stored)).days if len(stored) == 10 else 0


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def exchange_troubles(shown: Today, tr: Translator) -> list[str]:
    """What is the matter with the exchange, each a sentence; a coordinator has more of it than a desk."""
    said = []
    if shown.clock_before is not None:
        said.append(exchange_words.clock_before(shown.clock_before, tr))
    if shown.alarms:
        said.append(
            tr.plural("{count} computer may have been copied.", "{count} computers may have been copied.", shown.alarms)
        )
    if count := shown.troubles.get(Concern.HELD, 0):
        said.append(tr.plural("{count} bundle is held.", "{count} bundles are held.", count))
    if count := shown.troubles.get(Concern.SILENT, 0):
        said.append(
            tr.plural("{count} desk sent nothing for two weeks.", "{count} desks sent nothing for two weeks.", count)
        )
    if count := shown.troubles.get(Concern.GAPS, 0):
        said.append(tr.plural("{count} bundle is missing.", "{count} bundles are missing.", count))
    return said

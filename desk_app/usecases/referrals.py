"""Referrals: made as drafts, sent with their letter, followed until the organisation's answer is known."""

from datetime import date

from desk_app.domain.clock import today
from desk_app.domain.desks import desk_code, is_coordinator
from desk_app.domain.errors import ConsentMissing, FieldMissing, StepNotAllowed, ThereAlready
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.domain.rules.consent import Purpose, Withheld, needs_to_mention, withheld
from desk_app.domain.rules.referral_states import (
    UNANSWERED,
    NextAction,
    allowed_after,
    answer_due,
    facts_needed,
    is_answer,
    next_action,
)
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import followups, linking, people, records
from desk_app.usecases.records import Saved

SHARED_FIELDS = ("birth_date", "phone", "address", "paper_number")


def refer(vault: Vault, values: Values) -> Saved:
    """Makes a referral as a draft with its number, to an organisation or to another desk (`to_desk`).

    Raises what `records.add` raises, `DeskCodeWrong`, and `ThereAlready` for this very desk.
    """
    to_desk = values.get("to_desk")
    if isinstance(to_desk, str) and (desk_code(to_desk) == vault.desk or is_coordinator(to_desk)):
        client = records.show(vault, str(values.get("client")))
        raise ThereAlready(client.text("number") or client.id, to_desk)
    on = values.get("made_on") or today(vault.now()).isoformat()
    return records.add(vault, "referral", {**values, "made_on": on, "state": "draft"})


def change_state(vault: Vault, referral: RecordId, state: str, facts: Values | None = None) -> Saved:
    """Takes a referral to its next state with what is known about the step, all or nothing.

    `facts` are fields of the referral; for an appointment also `due` and `at`, from which a follow-up is planned.
    Raises `StepNotAllowed`, `FieldMissing` for a fact the step needs, `ConsentMissing`, and what `records.edit` raises.
    """
    before = records.show(vault, referral)
    said = dict(facts or {})
    if state not in allowed_after(before.text("state")):
        raise StepNotAllowed(before.text("state"), state)
    for name in facts_needed(state):
        if not (said.get(name) or before.values.get(name)):
            raise FieldMissing("followup" if name == "due" else "referral", name)
    visit: dict[str, FieldValue] = {name: said.pop(name) for name in ("due", "at") if name in said}
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if state == "appointment":
            about = {"client": before.values["client"], "type": "appointment", "note": before.text("number")}
            followups.plan(vault, {**about, **visit})
        return records.edit(vault, before.id, {**_dates(vault, before, state), **said, "state": state})


def steps(vault: Vault, referral: RecordId) -> tuple[str, ...]:
    """The states the referral may go to now; only who referred takes it back. Raises `RecordNotFound`."""
    found = records.show(vault, referral)
    after = allowed_after(found.text("state"))
    return tuple(one for one in after if one != "withdrawn") if is_incoming(vault, found) else after


def is_incoming(vault: Vault, referral: Record) -> bool:
    """Whether another desk referred a person to this one: it answers, and prints no letter."""
    return referral.text("to_desk") == vault.desk != referral.text("desk")


def next_step(referral: Record, at_desk: str = "") -> NextAction | None:
    """What a desk does next about a referral, and by when: who referred waits, and the desk referred to answers."""
    due = referral.text("answer_due")
    day = date.fromisoformat(due) if due else None
    if at_desk and referral.text("to_desk") == at_desk != referral.text("desk"):
        return NextAction("answer", day) if referral.text("state") in UNANSWERED else None
    return next_action(referral.text("state"), day)


def sharable(vault: Vault, client: RecordId) -> dict[str, Withheld | None]:
    """For each detail that a letter can share: None if it may, else why not. Raises `RecordNotFound`."""
    found = records.show(vault, client)
    answers = people.consents_of(vault, found.id)
    reasons: dict[str, Withheld | None] = {}
    closed = withheld(Purpose.SHARING, answers)
    for name in SHARED_FIELDS:
        reasons[name] = closed or (None if found.text(name) else Withheld.NOT_ON_RECORD)
    if reasons["phone"] is None and found.values.get("phone_safe") is False:
        reasons["phone"] = Withheld.NOT_SAFE
    reasons["needs"] = closed or _needs_withheld(vault, found.id)
    return reasons


def open_needs(vault: Vault, client: RecordId) -> list[Record]:
    """The needs that a letter may mention: open or in progress, and agreed to."""
    answers = people.consents_of(vault, client)
    found = linking.about_person(vault, "need", linking.members(vault, client))
    needs = [need for need in found if _is_open(need)]
    open_pathways = needs_to_mention({need.text("pathway") for need in needs}, answers)
    return [need for need in needs if need.text("pathway") in open_pathways]


def require_consent(vault: Vault, client: RecordId) -> None:
    """Raises `ConsentMissing` where the client's answers do not let the desk name him to an organisation."""
    answers = people.consents_of(vault, client)
    if answers.get("service") in ("refused", "withdrawn"):
        raise ConsentMissing("service")
    if answers.get("sharing") != "given":
        raise ConsentMissing("sharing")


def dates_of_sending(referral: Values, on: date) -> dict[str, FieldValue]:
    """The dates of a referral whose letter goes out on that day."""
    priority = referral.get("priority")
    due = referral.get("answer_due") or answer_due(str(priority or ""), on).isoformat()
    return {"made_on": on.isoformat(), "answer_due": due}


def _dates(vault: Vault, before: Record, state: str) -> dict[str, FieldValue]:
    on = today(vault.now())
    if state == "sent":
        require_consent(vault, RecordId(before.text("client")))
        return dates_of_sending(before.values, on)
    if is_answer(state) and not before.text("answered_on"):
        return {"answered_on": on.isoformat()}
    return {}


def _needs_withheld(vault: Vault, client: RecordId) -> Withheld | None:
    if open_needs(vault, client):
        return None
    if not any(_is_open(need) for need in linking.about_person(vault, "need", linking.members(vault, client))):
        return Withheld.NOT_ON_RECORD
    return withheld(Purpose.HEALTH, people.consents_of(vault, client))


def _is_open(need: Record) -> bool:
    return need.text("state") not in ("met", "declined")

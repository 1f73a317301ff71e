"""People: finding them in any script, registering them with consent, seeing everything about one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain import names
from desk_app.domain.clock import today
from desk_app.domain.errors import ClientNameMissing
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.consent import Answer, standing
from desk_app.domain.rules.ranking import Why, rank
from desk_app.storage import rows, search
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, records
from desk_app.usecases.records import Saved

NAME_FIELDS = ("surname", "given_name", "father_name", "paper_name", "other_names")


@dataclass(frozen=True, slots=True)
class Found:
    """A person found; `score` 0..1, `why` is a code of `ranking.Why`."""

    id: RecordId
    number: str
    name: str
    desk: str
    birth_date: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A person on record who may be the one being registered; `reasons` are codes, `likely` above the bound."""

    id: RecordId
    number: str
    name: str
    desk: str
    birth_date: str
    points: float
    likely: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a person's time line; `on` is an ISO date."""

    on: str
    record: Record


@dataclass(frozen=True, slots=True)
class Person:
    """Everything about one client, newest first in every list."""

    client: Record
    consents: Mapping[str, str]
    """Purpose -> given, refused or withdrawn; a purpose nobody asked about is absent."""
    consent_records: tuple[Record, ...]
    needs: tuple[Record, ...]
    services: tuple[Record, ...]
    referrals: tuple[Record, ...]
    followups: tuple[Record, ...]
    letters: tuple[Record, ...]
    timeline: tuple[Entry, ...]


def display_name(client: Record) -> str:
    """How a client is called on screen: surname, given name, patronymic, whichever are known."""
    whole = " ".join(client.text(name) for name in NAME_FIELDS[:3] if client.text(name))
    return whole or client.text("paper_name") or client.text("other_names")


def find(vault: Vault, text: str, limit: int = 50) -> list[Found]:
    """People whose names or numbers match what was typed in any script, the best first."""
    with as_trouble(vault.folder / DATABASE):
        found = [_ranked(hit, text) for hit in search.matching(vault.db, vault.registry["client"], text)]
    found.sort(key=lambda one: (-one.score, one.name, one.id))
    return found[:limit]


def look_alikes(vault: Vault, values: Values) -> list[LookAlike]:
    """People on record who may be the one whose fields are being typed, the likeliest first."""
    wanted = search.facts(values)
    kind = vault.registry["client"]
    found = []
    for hit in search.candidates(vault.db, kind, wanted):
        record = rows.get(vault.db, kind, hit.id)
        if record is None:
            continue
        judged = names.score(wanted, search.facts(record.values))
        if judged.verdict is not names.Verdict.NONE:
            found.append(
                LookAlike(
                    hit.id,
                    hit.number,
                    hit.name,
                    hit.desk,
                    hit.birth_date,
                    judged.points,
                    judged.verdict is names.Verdict.LIKELY,
                    judged.reasons,
                )
            )
    return sorted(found, key=lambda one: (-one.points, one.id))


def register(vault: Vault, client: Values, consents: Mapping[str, str], consent_facts: Values) -> Saved:
    """Makes a client with the answers about consent, all or nothing.

    `consents` maps purposes to given or refused; `consent_facts` holds what is the same for all (method, language).
    Raises `ClientNameMissing` and what `records.add` raises.
    """
    if not any(isinstance(client.get(name), str) and str(client[name]).strip() for name in NAME_FIELDS):
        raise ClientNameMissing
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        saved = records.add(vault, "client", client)
        for purpose, state in consents.items():
            record_consent(vault, saved.id, purpose, state, consent_facts)
    return saved


def record_consent(vault: Vault, client: RecordId, purpose: str, state: str, facts: Values) -> Saved:
    """Keeps an answer about one purpose, dated today. Raises what `records.add` raises."""
    on = today(vault.now()).isoformat()
    values = {"given_on": on, **facts, "client": client, "purpose": purpose, "state": state}
    return records.add(vault, "consent", values)


def withdraw_consent(vault: Vault, client: RecordId, purpose: str) -> None:
    """Marks every consent of that purpose withdrawn; a later answer is a new record."""
    on = today(vault.now()).isoformat()
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        for consent in records.find_all(vault, "consent", {"client": client, "purpose": purpose, "state": "given"}):
            records.edit(vault, consent.id, {"state": "withdrawn", "withdrawn_on": on})


def consents_of(vault: Vault, client: RecordId) -> dict[str, str]:
    """The answer that counts for each purpose; a purpose nobody asked about is absent."""
    found = records.find_all(vault, "consent", {"client": client}, order="made")
    return standing(Answer(one.text("purpose"), one.text("state"), one.made, one.changed) for one in found)


def person(vault: Vault, client: RecordId) -> Person:
    """Everything about one client; the record of access tells who looked. Raises `RecordNotFound`."""
    found = records.show(vault, client)
    audit.note_seen(vault, found.kind, found.id)
    about = {"client": found.id}
    consents = records.find_all(vault, "consent", about, order="-made")
    needs = records.find_all(vault, "need", about, order="-made")
    services = records.find_all(vault, "service", about, order="-delivered_on")
    referrals = records.find_all(vault, "referral", about, order="-made_on")
    followups = records.find_all(vault, "followup", about, order="-due")
    letters = records.find_all(vault, "letter", about, order="-made")
    dated = [
        *((one.text("given_on"), one) for one in consents),
        *((one.text("noted_on"), one) for one in needs),
        *((one.text("delivered_on"), one) for one in services),
        *((one.text("made_on"), one) for one in referrals),
        *((one.text("due"), one) for one in followups),
        *((one.text("printed_at")[:10], one) for one in letters),
    ]
    timeline = sorted((Entry(on, one) for on, one in dated), key=lambda e: (e.on, e.record.made), reverse=True)
    return Person(
        found,
        consents_of(vault, found.id),
        tuple(consents),
        tuple(needs),
        tuple(services),
        tuple(referrals),
        tuple(followups),
        tuple(letters),
        tuple(timeline),
    )


def _ranked(hit: search.Hit, text: str) -> Found:
    if hit.guessed:
        readings = (text, *names.layout_variants(text))
        score, why = max(rank(reading, hit.spellings, hit.numbers)[0] for reading in readings), Why.OTHER_LAYOUT
    else:
        score, why = rank(text, hit.spellings, hit.numbers)
    return Found(hit.id, hit.number, hit.name, hit.desk, hit.birth_date, round(score, 3), why)

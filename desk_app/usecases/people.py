"""People: finding them in any script, registering them with consent, seeing everything about one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain import names
from desk_app.domain.clock import today
from desk_app.domain.errors import ClientNameMissing
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.consent import Answer, standing
from desk_app.i18n.languages import TAJIK
from desk_app.storage import alias, beside, comparing, duplicates, rows, search, transfers
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, linking, records, review, searching, serving
from desk_app.usecases.linking import Link
from desk_app.usecases.records import Saved
from desk_app.usecases.review import Disagreement

_MOST_ALIKE = 50
NAME_FIELDS = ("surname", "given_name", "father_name", "paper_name", "other_names")
BY_NAME = ",".join(NAME_FIELDS)
"""The order of people by what they are called, for `records.find_all` with a language."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person found; `score` 0..1, `why` is a code of `ranking.Why`. `moved_to` is the desk that took her over from
    this one, empty for everybody else."""

    id: RecordId
    number: str
    name: str
    desk: str
    birth_date: str
    score: float
    why: str
    moved_to: str = ""


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
    """Of several who were linked as one person, the one whose page it is."""
    others: tuple[Record, ...]
    """The clients linked with it, by id."""
    links: tuple[Link, ...]
    disputes: tuple[Disagreement, ...]
    """The fields of these clients of which there are two versions."""
    consents: Mapping[str, str]
    """Purpose -> given, refused or withdrawn; a purpose nobody asked about is absent."""
    consent_records: tuple[Record, ...]
    needs: tuple[Record, ...]
    services: tuple[Record, ...]
    referrals: tuple[Record, ...]
    followups: tuple[Record, ...]
    letters: tuple[Record, ...]
    timeline: tuple[Entry, ...]
    moved_to: str = ""
    """The desk that took her over from this one: what stands here is as old as that day."""
    offered_by: str = ""
    """The desk that offers her to this one, which has not accepted yet and only reads."""

    @property
    def is_written_here(self) -> bool:
        """Whether new work about her is written at this desk."""
        return not (self.moved_to or self.offered_by)


def display_name(client: Record) -> str:
    """How a client is called on screen: surname, given name, patronymic, whichever are known."""
    whole = " ".join(client.text(name) for name in NAME_FIELDS[:3] if client.text(name))
    return whole or client.text("paper_name") or client.text("other_names")


def find(vault: Vault, text: str, limit: int = 50, language: str = TAJIK.code) -> list[Found]:
    """People whose names or numbers match what was typed in any script, the best first; equally good ones in the order
    of the language's alphabet."""
    with as_trouble(vault.folder / DATABASE):
        found = searching.ranked(vault, text, limit, language, passed_by(vault))
        elsewhere = [one.seen.page for one in found if one.seen.page != one.seen.id]
        pages = {one.id: one for one in rows.many(vault.db, vault.registry["client"], elsewhere)} if elsewhere else {}
        gone = moved_to(vault) if found else {}
    return [_found(one, pages.get(one.seen.page), gone.get(one.seen.page, "")) for one in found]


def latest(vault: Vault, limit: int) -> list[Record]:
    """The people who were changed last, each once."""
    with as_trouble(vault.folder / DATABASE):
        kind = vault.registry["client"]
        listed = rows.where(vault.db, kind, {}, "-changed", limit)
        leads = alias.leads(vault.db, [one.id for one in listed])
        apart = passed_by(vault)
        shown = dict.fromkeys(leads.get(one.id, one.id) for one in listed)
        return rows.many(vault.db, kind, [one for one in shown if one not in apart])


def moved_to(vault: Vault) -> dict[RecordId, str]:
    """The people whom this desk gave away, by the clients whose pages they stand on -> the desk that took them over.

    Of several linked clients all must be gone. Nobody moves away from the coordinator's view.
    """
    with as_trouble(vault.folder / DATABASE):
        gone = {} if vault.is_coordinator else transfers.gone(vault.db, vault.desk)
        leads = alias.leads(vault.db, sorted(gone))
        found = {leads.get(client, client): str(desk) for client, desk in gone.items()}
        return {lead: desk for lead, desk in found.items() if gone.keys() >= set(alias.members(vault.db, lead))}


def passed_by(vault: Vault) -> frozenset[RecordId]:
    """The people, by the clients whose pages they stand on, who were offered to this desk and did not come to it: what
    came with the offer is in no list and is not found. Nobody passes by at the coordinator's."""
    with as_trouble(vault.folder / DATABASE):
        apart = set() if vault.is_coordinator else transfers.passed_by(vault.db, vault.desk)
        leads = alias.leads(vault.db, sorted(apart))
        found = {leads.get(client, client) for client in apart}
        return frozenset(lead for lead in found if apart >= set(alias.members(vault.db, lead)))


def count(vault: Vault) -> int:
    """How many people are on record: of several clients who are one person, one counts."""
    with as_trouble(vault.folder / DATABASE):
        return rows.count(vault.db, vault.registry["client"]) - alias.doubled(vault.db)


def look_alikes(vault: Vault, values: Values) -> list[LookAlike]:
    """People on record who may be the one whose fields are being typed, the likeliest first."""
    wanted = search.facts(values)
    own = names.ready(wanted)
    with as_trouble(vault.folder / DATABASE):
        facts = comparing.facts(vault.db, sorted(beside.worth_comparing(vault.db, wanted)))
        judged = {rid: names.score_ready(own, names.ready(theirs)) for rid, theirs in facts}
        alike = [rid for rid, one in judged.items() if one.verdict is not names.Verdict.NONE]
        best = sorted(alike, key=lambda rid: (-judged[rid].points, rid))[:_MOST_ALIKE]
        ids = duplicates.ids(vault.db, best)
        clients = {one.id: one for one in rows.many(vault.db, vault.registry["client"], list(ids.values()))}
        leads = alias.leads(vault.db, list(ids.values()))
        apart = passed_by(vault) if best else frozenset()
    found: dict[RecordId, LookAlike] = {}
    for rid in best:
        client, score = clients[ids[rid]], judged[rid]
        lead = leads.get(client.id, client.id)
        if lead not in apart:
            found.setdefault(lead, _look_alike(lead, client, score))
    return list(found.values())


def _look_alike(lead: RecordId, client: Record, score: names.PairScore) -> LookAlike:
    return LookAlike(
        lead,
        client.text("number"),
        display_name(client),
        client.text("desk"),
        client.text("birth_date"),
        score.points,
        score.verdict is names.Verdict.LIKELY,
        score.reasons,
    )


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
        given = {"purpose": purpose, "state": "given"}
        for consent in linking.about_person(vault, "consent", linking.members(vault, client), given):
            records.edit(vault, consent.id, {"state": "withdrawn", "withdrawn_on": on})


def consents_of(vault: Vault, client: RecordId) -> dict[str, str]:
    """The answer that counts for each purpose; a purpose nobody asked about is absent."""
    found = linking.about_person(vault, "consent", linking.members(vault, client))
    found.sort(key=lambda one: (one.made, one.id))
    return standing(Answer(one.text("purpose"), one.text("state"), one.made, one.changed) for one in found)


def person(vault: Vault, client: RecordId) -> Person:
    """Everything about one person, by whichever client; the record of access tells who looked.

    Raises `RecordNotFound`.
    """
    together = [records.show(vault, one) for one in linking.members(vault, records.show(vault, client).id)]
    found = together[0]
    for one in together:
        audit.note_seen(vault, one.kind, one.id)
    ids = [one.id for one in together]
    consents = linking.about_person(vault, "consent", ids, order="-made")
    needs = linking.about_person(vault, "need", ids, order="-made")
    services = linking.about_person(vault, "service", ids, order="-delivered_on")
    referrals = linking.about_person(vault, "referral", ids, order="-made_on")
    followups = linking.about_person(vault, "followup", ids, order="-due")
    letters = linking.about_person(vault, "letter", ids, order="-made")
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
        tuple(together[1:]),
        tuple(linking.links_of(vault, ids)),
        tuple(dispute for one in ids for dispute in review.of_record(vault, one)),
        consents_of(vault, found.id),
        tuple(consents),
        tuple(needs),
        tuple(services),
        tuple(referrals),
        tuple(followups),
        tuple(letters),
        tuple(timeline),
        moved_to(vault).get(found.id, ""),
        serving.offered_by(vault, [found.id]).get(found.id, ""),
    )


def _found(one: searching.Ranked, page: Record | None, moved: str) -> Found:
    """A person as found, under the name and number of the client whose page it is."""
    seen, said = one.seen, (round(one.points, 3), one.why, moved)
    if page is None:
        return Found(seen.id, seen.number, searching.called(seen), seen.desk, seen.birth_date, *said)
    of_page = (page.text("number"), display_name(page), page.text("desk"), page.text("birth_date"))
    return Found(page.id, *of_page, *said)

"""What the windows about transfers ask the vault: each runs in the worker and gives values back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from desk_app.domain import clock
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.rules.transfers import consent_lacking, is_open
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import assigning, people, records, transfers
from desk_app.usecases.assigning import Contested
from desk_app.usecases.people import Found, Person
from desk_app.usecases.transfers import Request, Transfer

Waiting = Transfer | Request | Contested
"""What waits for an answer."""
MOST_ANSWERED = 50
RECENT = timedelta(days=30)
"""So long a person's page says that another desk declined."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything of the page: what waits for us, what we wait for, what was answered, newest first."""

    for_us: tuple[Waiting, ...]
    for_others: tuple[Transfer | Request, ...]
    answered: tuple[Transfer | Request, ...]


@dataclass(frozen=True, slots=True)
class OpenedTransfer:
    """One transfer; `person` where this vault has records of the person that it shows."""

    transfer: Transfer
    person: Record | None


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """One request with the people who may be meant, the likeliest first, and the desks it may be sent on to."""

    request: Request
    meant: tuple[Record, ...]
    desks: tuple[DeskCode, ...]


@dataclass(frozen=True, slots=True)
class OpenedContested:
    """A person whom more than one desk took over."""

    contested: Contested


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person with the transfers, newest first; `since` is the ISO date from which a refusal is news; `contested`
    names all desks that claim the person, where the coordinator has to say whose it is."""

    person: Person
    transfers: tuple[Transfer, ...]
    since: str
    contested: Contested | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """What an offer is written with: the desks, and the consent that stands in the way, empty where none does."""

    desks: tuple[DeskCode, ...]
    lacking: str
    sharing: str


def waiting_for_us(vault: Vault) -> tuple[Waiting, ...]:
    """Offers and requests that this desk answers; at the coordinator the requests whose desk nobody knows, and the
    people whom more than one desk took over."""
    found = transfers.open_for(vault)
    asked = (one for one in found.asked_of_us if one.to_desk in ("", vault.desk))
    return (*assigning.contested(vault), *found.offered_to_us, *asked)


def listed(vault: Vault) -> Listed:
    """Everything that is open, and what was answered last."""
    found = transfers.open_for(vault)
    for_us = waiting_for_us(vault)
    seen = {one.id for one in for_us if not isinstance(one, Contested)}
    theirs: list[Transfer | Request] = [*found.offered_by_us, *found.asked_by_us, *found.asked_of_us]
    others = {one.id: one for one in theirs}
    known: list[Transfer | Request] = [*transfers.all_transfers(vault), *transfers.all_requests(vault)]
    closed = [one for one in known if not is_open(one.state)]
    closed.sort(key=lambda one: (one.answered_on, one.id), reverse=True)
    return Listed(for_us, tuple(one for key, one in others.items() if key not in seen), tuple(closed[:MOST_ANSWERED]))


def opened(vault: Vault, wanted: RecordId) -> OpenedTransfer | OpenedRequest | OpenedContested | None:
    """One transfer or request, or a client whom more than one desk took over; None where it is not here any more."""
    contested = next((one for one in assigning.contested(vault) if one.client == wanted), None)
    if contested is not None:
        return OpenedContested(contested)
    transfer = next((one for one in transfers.all_transfers(vault) if one.id == wanted), None)
    if transfer is not None:
        here = transfer.client_number or transfer.client_name
        known = here and transfer.client not in people.passed_by(vault)
        return OpenedTransfer(transfer, records.show(vault, transfer.client) if known else None)
    request = next((one for one in transfers.all_requests(vault) if one.id == wanted), None)
    if request is None:
        return None
    answers = is_open(request.state) and (vault.is_coordinator or request.to_desk == vault.desk)
    meant: Sequence[Found] = transfers.meant_by(vault, request.id) if answers else ()
    desks = transfers.other_desks(vault) if answers and vault.is_coordinator else []
    return OpenedRequest(
        request,
        tuple(records.show(vault, one.id) for one in meant[:12]),
        tuple(code for code in desks if code not in (request.desk, request.to_desk)),
    )


def person_seen(vault: Vault, client: RecordId) -> PersonSeen:
    """A person with what transfers say of where the person is. Raises `RecordNotFound`."""
    since = (clock.today(vault.now()) - RECENT).isoformat()
    moves, contested = tuple(transfers.of_person(vault, client)), assigning.claims(vault, client)
    return PersonSeen(people.person(vault, client), moves, since, contested)


def offering(vault: Vault, client: RecordId) -> Offering:
    """What is needed to offer a person. Raises `RecordNotFound`."""
    here = records.show(vault, client).text("desk")
    answers = people.consents_of(vault, client)
    desks = tuple(code for code in transfers.other_desks(vault) if code != here)
    return Offering(desks, consent_lacking(answers, asked_anew=False), answers.get("sharing", ""))

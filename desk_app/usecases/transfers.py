"""People who move: a desk offers a person to another, which accepts or declines; a desk asks for a person who came.

From the moment she is offered the other desk gets her whole history with the coordinator's next bundle. She stays at
her desk until the other one accepts; then her old desk keeps what it has and hears no more of her.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain.clock import today
from desk_app.domain.desks import DESKS, desk_code, is_coordinator
from desk_app.domain.errors import (
    AnsweredAlready,
    ConsentMissing,
    FieldMissing,
    OfferedAlready,
    OthersAnswer,
    RecordNotFound,
    ThereAlready,
    WithAnotherDesk,
)
from desk_app.domain.ids import DeskCode, RecordId, uuid7
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import FieldValue, Kind, Values
from desk_app.domain.records.transfer import (
    ACCEPTED,
    ASKED,
    DECLINED,
    OFFERED,
    REFUSED,
    TRANSFER,
    TRANSFER_REQUEST,
    WITHDRAWN,
)
from desk_app.domain.records.validation import checked
from desk_app.domain.rules import transfers as rules
from desk_app.domain.rules.auditing import Action
from desk_app.storage import contested, rows
from desk_app.storage import transfers as storage
from desk_app.storage.journal import Write
from desk_app.storage.rows import Record
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit, letting_go, linking, people, records, tidying


@dataclass(frozen=True, slots=True)
class Transfer:
    """A person offered by one desk to another. `client` names her record; her number and name are empty where this
    vault has nothing of her yet. Dates are ISO, empty where there is none; `state` and `reason` are codes."""

    id: RecordId
    client: RecordId
    client_number: str
    client_name: str
    from_desk: str
    to_desk: str
    state: str
    reason: str
    note: str
    offered_on: str
    answered_on: str
    answer: str


@dataclass(frozen=True, slots=True)
class Request:
    """A desk asks for a person by what it knows of her. `to_desk` is the desk that is thought to have her, empty until
    somebody knows; `client` her record once somebody found it."""

    id: RecordId
    desk: str
    to_desk: str
    client: str
    client_number: str
    client_name: str
    birth_date: str
    state: str
    reason: str
    note: str
    asked_on: str
    answered_on: str
    answer: str


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for an answer. At the coordinator everything stands in `offered_by_us` and `asked_of_us`: it may
    withdraw any offer and answer any request."""

    offered_to_us: tuple[Transfer, ...]
    offered_by_us: tuple[Transfer, ...]
    asked_of_us: tuple[Request, ...]
    asked_by_us: tuple[Request, ...]


def offer(
    vault: Vault, wanted: str, to_desk: str = "", reason: str = "", note: str = "", request: RecordId | None = None
) -> tuple[RecordId, ...]:
    """Offers a person, named by id or number, to another desk, with all her linked records that are at the same desk;
    returns the transfers. With a request she goes to the desk that asked, which answers it.

    Raises `RecordNotFound`, `DeskCodeWrong`, `WithAnotherDesk`, `ThereAlready`, `OfferedAlready`, `ConsentMissing`,
    `AnsweredAlready`, `OthersAnswer`, `InvalidValue`, and `FieldMissing` where nothing tells whose she is.
    """
    client = _client(vault, wanted)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        asked = _answerable(vault, TRANSFER_REQUEST, request, OFFERED) if request else None
        target = desk_code(asked.text("desk") if asked else to_desk)
        lacking = rules.consent_lacking(people.consents_of(vault, client.id), asked_anew=asked is not None)
        if lacking:
            raise ConsentMissing(lacking)
        _check_can_go(vault, client, target)
        values: Values = {"to_desk": target, "reason": reason or None, "note": note or None, "request": request}
        made = [_offered(vault, one, values) for one in _same_person_there(vault, client)]
        if asked is not None:
            _answer(vault, TRANSFER_REQUEST, asked, OFFERED, {"client": client.id})
    return tuple(made)


def accept(vault: Vault, transfer: RecordId) -> tuple[RecordId, ...]:
    """Takes a person over from the desk that offered her: from now on she is this desk's. Returns her records.

    Raises `RecordNotFound`, also where nothing of her has come yet, `AnsweredAlready`, `OthersAnswer`.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = _answerable(vault, TRANSFER, transfer, ACCEPTED)
        taken = []
        for one in _offered_together(vault, found):
            client = _client(vault, one.text("client"))
            _answer(vault, TRANSFER, one, ACCEPTED, {})
            # Whatever else was said of where she is gives way to this.
            replaced = {"desk": contested.claims(vault.db, client.id)}
            vault.journal.write([Write(vault.registry["client"], client.id, {"desk": vault.desk}, replaced)])
            audit.note(vault, Action.TRANSFER_ACCEPTED, "client", client.id, one.text("from_desk"))
            taken.append(client.id)
    return tuple(taken)


def decline(vault: Vault, transfer: RecordId, answer: str = "") -> None:
    """Says no to an offer; the person stays where she is, and what came of her goes from here. Raises
    `RecordNotFound`, `AnsweredAlready`, `OthersAnswer`, `InvalidValue`."""
    _close(vault, transfer, DECLINED, answer, Action.TRANSFER_DECLINED)
    tidying.catch_up(vault)


def withdraw(vault: Vault, transfer: RecordId, answer: str = "") -> None:
    """Takes an offer back, as the desk that made it or as the coordinator. If the other desk has accepted meanwhile,
    that counts. Raises `RecordNotFound`, `AnsweredAlready`, `OthersAnswer`, `InvalidValue`."""
    _close(vault, transfer, WITHDRAWN, answer, Action.TRANSFER_WITHDRAWN)


def ask(vault: Vault, person: Values, *, agreed: bool, to_desk: str = "") -> RecordId:
    """Asks for a person who came here and is another desk's. `person` holds what is known: `client_number`,
    `client_name`, `birth_date`, `reason`, `note`. Without a desk the coordinator finds who has her.

    Raises `FieldMissing` where neither number nor name is said, `ConsentMissing` unless she agreed, `DeskCodeWrong`,
    `ThereAlready` for this very desk, `InvalidValue`.
    """
    if not (person.get("client_number") or person.get("client_name")):
        raise FieldMissing(TRANSFER_REQUEST.name, "client_name")
    if not agreed:
        raise ConsentMissing("sharing")
    if to_desk and desk_code(to_desk) == vault.desk:
        raise ThereAlready(str(person.get("client_number") or person.get("client_name")), vault.desk)
    values: Values = {**person, "agreed": True, "to_desk": to_desk or None, "state": ASKED, "asked_on": _on(vault)}
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        made = _write(vault, TRANSFER_REQUEST, values)
        audit.note(vault, Action.TRANSFER_ASKED, TRANSFER_REQUEST.name, made)
    return made


def route(vault: Vault, request: RecordId, to_desk: str) -> None:
    """Sends a request on to the desk that has the person; the coordinator alone does so.

    Raises `RecordNotFound`, `AnsweredAlready`, `OthersAnswer`, `DeskCodeWrong`, and `ThereAlready` for the desk that
    asks and for a coordinator.
    """
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = _answerable(vault, TRANSFER_REQUEST, request, REFUSED)
        if not vault.is_coordinator:
            raise OthersAnswer(found.text("to_desk"))
        target = desk_code(to_desk)
        if target == found.text("desk") or is_coordinator(target):
            raise ThereAlready(found.text("client_number") or found.text("client_name"), target)
        values = checked(TRANSFER_REQUEST, {"to_desk": target})
        vault.journal.write([Write(_kind(vault, TRANSFER_REQUEST), found.id, values)])


def refuse(vault: Vault, request: RecordId, answer: str = "") -> None:
    """Says no to a request. Raises `RecordNotFound`, `AnsweredAlready`, `OthersAnswer`, `InvalidValue`."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = _answerable(vault, TRANSFER_REQUEST, request, REFUSED)
        _answer(vault, TRANSFER_REQUEST, found, REFUSED, {"answer": answer or None})
        audit.note(vault, Action.TRANSFER_REFUSED, TRANSFER_REQUEST.name, found.id)


def open_for(vault: Vault) -> Open:
    """What waits for this vault's answer, and what it waits for, the oldest first."""
    offers = _transfers(vault, {"state": OFFERED}, "id")
    requests = [_asked(one) for one in _found(vault, TRANSFER_REQUEST, {"state": ASKED}, "id")]
    leads, own = vault.is_coordinator, vault.desk
    return Open(
        tuple(one for one in offers if one.to_desk == own),
        tuple(one for one in offers if leads or one.from_desk == own),
        tuple(one for one in requests if leads or one.to_desk == own),
        tuple(one for one in requests if one.desk == own),
    )


def all_transfers(vault: Vault) -> list[Transfer]:
    """Every transfer that this vault knows, the newest first; not those of people whom it let go."""
    return _transfers(vault, {}, "-id")


def all_requests(vault: Vault) -> list[Request]:
    """Every request that this vault knows, the newest first."""
    return [_asked(one) for one in _found(vault, TRANSFER_REQUEST, {}, "-id")]


def of_person(vault: Vault, client: RecordId) -> list[Transfer]:
    """The transfers of one person, the newest first."""
    found = linking.about_person(vault, TRANSFER.name, linking.members(vault, client), order="-id")
    return [_shown(vault, one) for one in found]


def moved(vault: Vault) -> Mapping[RecordId, DeskCode]:
    """Client whom this desk gave away -> the desk that took her over. Nobody moves away from the coordinator's view."""
    with as_trouble(vault.folder / DATABASE):
        return {} if vault.is_coordinator else storage.gone(vault.db, vault.desk)


def other_desks(vault: Vault) -> list[DeskCode]:
    """The desks that a person can be given or referred to, by code: those of the programme, and those that opened
    later and have written who they are."""
    later = [DeskCode(one.text("desk")) for one in records.find_all(vault, "desk_profile")]
    known = {*(desk.code for desk in DESKS), *later}
    return sorted(code for code in known if code and code != vault.desk and not is_coordinator(code))


def meant_by(vault: Vault, request: RecordId) -> list[people.Found]:
    """The people on record who may be the one a request asks for, the likeliest first. Raises `RecordNotFound`."""
    asked = _record(vault, TRANSFER_REQUEST, request)
    texts = (asked.text("client_number"), asked.text("client_name"))
    found = [one for text in texts if text for one in people.find(vault, text)]
    born = asked.text("birth_date")
    found.sort(key=lambda one: (not _could_be(born, one.birth_date), -one.score))
    return list({one.id: one for one in reversed(found)}.values())[::-1]


def _could_be(said: str, known: str) -> bool:
    shorter = min(len(said), len(known))
    return said[:shorter] == known[:shorter]


def _client(vault: Vault, wanted: str) -> Record:
    found = records.show(vault, wanted)
    if found.kind != CLIENT.name:
        raise RecordNotFound(wanted)
    return found


def _check_can_go(vault: Vault, client: Record, target: DeskCode) -> None:
    here, number = client.text("desk"), client.text("number") or client.id
    if not here:
        # A coordinator that lost how she was registered has to hear of it first: nobody would believe such an offer.
        raise FieldMissing(CLIENT.name, "desk")
    left_for = moved(vault).get(client.id)
    if not vault.is_coordinator and (here != vault.desk or left_for):
        raise WithAnotherDesk(number, left_for or here)
    if target == here or is_coordinator(target):
        raise ThereAlready(number, target)
    waits = storage.offered_to(vault.db, client.id)
    if waits is not None:
        raise OfferedAlready(number, waits)


def _same_person_there(vault: Vault, client: Record) -> Sequence[Record]:
    """Her records at the desk that has this one; those that are offered already aside."""
    found = [client]
    for one in linking.members(vault, client.id):
        other = records.show(vault, one)
        is_free = storage.offered_to(vault.db, one) is None and one not in moved(vault)
        if one != client.id and other.text("desk") == client.text("desk") and is_free:
            found.append(other)
    return found


def _offered(vault: Vault, client: Record, values: Values) -> RecordId:
    said: Values = {
        **values,
        "client": client.id,
        "from_desk": client.text("desk"),
        "state": OFFERED,
        "offered_on": _on(vault),
        "turn": storage.last_turn(vault.db, client.id) + 1,
    }
    made = _write(vault, TRANSFER, said)
    audit.note(vault, Action.TRANSFER_OFFERED, CLIENT.name, client.id, str(values["to_desk"]))
    return made


def _offered_together(vault: Vault, transfer: Record) -> list[Record]:
    """The transfer, and those of the same person that the same desk offered."""
    same = linking.members(vault, RecordId(transfer.text("client")))
    wanted = {"state": OFFERED, "from_desk": transfer.text("from_desk"), "to_desk": transfer.text("to_desk")}
    others = [one for one in _found(vault, TRANSFER, wanted, "id") if one.text("client") in same]
    return [transfer, *(one for one in others if one.id != transfer.id)]


def _close(vault: Vault, transfer: RecordId, state: str, answer: str, action: Action) -> None:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        found = _answerable(vault, TRANSFER, transfer, state)
        for one in _offered_together(vault, found):
            _answer(vault, TRANSFER, one, state, {"answer": answer or None})
            other = "to_desk" if one.text("from_desk") == vault.desk else "from_desk"
            audit.note(vault, action, CLIENT.name, one.text("client"), one.text(other))
        letting_go.heed(vault)


def _answerable(vault: Vault, kind: Kind, wanted: RecordId, state: str) -> Record:
    """The transfer or request, if this vault may take it to that state."""
    try:
        found = _record(vault, kind, wanted)
    except RecordNotFound:
        if wanted in letting_go.records(vault):
            raise AnsweredAlready from None  # It was withdrawn, and what came with it went.
        raise
    if not rules.follows(found.text("state"), state):
        raise AnsweredAlready
    ours = (found.text("from_desk") or found.text("desk")) == vault.desk
    to_us = found.text("to_desk") == vault.desk
    if not rules.allowed(found.text("state"), state, ours=ours, to_us=to_us, leads=vault.is_coordinator):
        others = "from_desk" if state == WITHDRAWN else "to_desk"
        raise OthersAnswer(found.text(others) or "coordinator")
    return found


def _answer(vault: Vault, kind: Kind, record: Record, state: str, values: Values) -> None:
    said = checked(kind, {**values, "state": state, "answered_on": _on(vault)})
    vault.journal.write([Write(_kind(vault, kind), record.id, said)])


def _write(vault: Vault, kind: Kind, values: Values) -> RecordId:
    made = uuid7(vault.now(), vault.surroundings.random)
    said: dict[str, FieldValue] = {"desk": vault.desk, **checked(kind, values)}
    vault.journal.write([Write(_kind(vault, kind), made, said)])
    return made


def _kind(vault: Vault, kind: Kind) -> Kind:
    return vault.registry[kind.name]


def _record(vault: Vault, kind: Kind, wanted: RecordId) -> Record:
    with as_trouble(vault.folder / DATABASE):
        found = rows.get(vault.db, _kind(vault, kind), wanted)
    if found is None:
        raise RecordNotFound(wanted)
    return found


def _found(vault: Vault, kind: Kind, equal: Values, order: str) -> list[Record]:
    with as_trouble(vault.folder / DATABASE):
        return rows.where(vault.db, _kind(vault, kind), equal, order)


def _transfers(vault: Vault, equal: Values, order: str) -> list[Transfer]:
    return [_shown(vault, one) for one in _found(vault, TRANSFER, equal, order) if one.text("client")]


def _on(vault: Vault) -> str:
    return today(vault.now()).isoformat()


def _shown(vault: Vault, one: Record) -> Transfer:
    client = RecordId(one.text("client"))
    with as_trouble(vault.folder / DATABASE):
        person = rows.get(vault.db, vault.registry[CLIENT.name], client)
    return Transfer(
        one.id,
        client,
        person.text("number") if person else "",
        people.display_name(person) if person else "",
        *(one.text(name) for name in ("from_desk", "to_desk", "state", "reason", "note")),
        *(one.text(name) for name in ("offered_on", "answered_on", "answer")),
    )


def _asked(one: Record) -> Request:
    names = ("desk", "to_desk", "client", "client_number", "client_name", "birth_date", "state", "reason", "note")
    return Request(one.id, *(one.text(name) for name in (*names, "asked_on", "answered_on", "answer")))

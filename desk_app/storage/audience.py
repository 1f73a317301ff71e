"""Whose business a record is: to which desks a coordinator sends it.

Records about a person go where the person goes: to her desk, and to a desk that she is offered to. A desk that she is
referred to gets the referral, the person and her consents. What is about nobody goes to its own desk; the directory
and the like go to all. One list of rules says so, and is asked in two ways: what is one desk's, and whose some records
are. Every rule begins at an index, so neither walks through what concerns nobody who was asked about.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
from sqlite_utils import Database

from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.consent import CONSENT
from desk_app.domain.records.course import COURSE
from desk_app.domain.records.declaration import Kind, Registry
from desk_app.domain.records.desk import DESK
from desk_app.domain.records.erasure import ERASURE
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.sameness import SAMENESS
from desk_app.domain.records.transfer import TRANSFER, TRANSFER_REQUEST
from desk_app.domain.records.user import USER
from desk_app.domain.rules.transfers import KNOWN_TO_BOTH, REFERRED
from desk_app.storage.meta import BEGUN_ANEW
from desk_app.storage.sqlcipher import Row

ALL_DESKS = DeskCode("*")
"""In place of a desk: whoever is admitted. No desk has such a code."""
ERASED = "~"
"""In `shared`, before the id of an erasure: the partner was sent what was erased, so it has to hear of it."""
REFERRED_HERE = ">"
"""In `shared`, before the id of a client: in which bundle the partner got her because of a referral."""


def _codes(states: Collection[str]) -> str:
    return "(" + ", ".join(f"'{state}'" for state in states) + ")"


_LIVE = f"live.state IN {_codes(REFERRED)} AND live.deleted IS NOT 1"
_OFFER = "{name}.state = 'offered' AND {name}.deleted IS NOT 1"


@dataclass(frozen=True, slots=True)
class _Rule:
    """Records of a kind, named `own` in `tables`, go to the desk that an expression names; empty for all desks.

    `clients` are expressions for the people whose history the record is part of. `late` says that a desk may come to
    such a record long after it was written, so that it must be told apart whether it has the record's past.
    """

    kind: Kind
    tables: str
    desk: str
    condition: str = "1"
    clients: tuple[str, ...] = ()
    late: bool = False


@cache
def _rules(registry: Registry) -> tuple[_Rule, ...]:
    return tuple(rule for kind in registry for rule in _rules_of(kind, registry))


def of_desk(db: Database, registry: Registry, desk: DeskCode) -> set[RecordId]:
    """Everything that is the desk's business, with what goes to all."""
    return _of_desk(db, _rules(registry), desk, "1", {})


def about(db: Database, registry: Registry, desk: DeskCode, clients: Collection[RecordId]) -> set[RecordId]:
    """What is the desk's business of these clients' history."""
    rules = [rule for rule in _rules(registry) if rule.clients]
    return _of_desk(db, rules, desk, "", {"clients": _listed(clients)}) if clients else set()


def late(db: Database, registry: Registry, desk: DeskCode) -> set[RecordId]:
    """The records of the desk that it may have come to after they were written; clients stand for their history."""
    return _of_desk(db, [rule for rule in _rules(registry) if rule.late], desk, "1", {})


def fresh(db: Database, registry: Registry, desk: DeskCode, confirmed: int) -> set[RecordId]:
    """Those of `late` that no bundle up to the confirmed one carried."""
    unknown = """NOT EXISTS (SELECT 1 FROM shared WHERE shared.partner = :desk AND shared.record = own.id
        AND shared.number BETWEEN 1 AND :confirmed)"""
    return _of_desk(db, [rule for rule in _rules(registry) if rule.late], desk, unknown, {"confirmed": confirmed})


def among(
    db: Database, registry: Registry, desk: DeskCode, records: Mapping[int, Collection[RecordId]]
) -> set[RecordId]:
    """Those of the records, given by the numbers of their kinds, that are the desk's business."""
    found: set[RecordId] = set()
    for rule in _rules(registry):
        if listed := records.get(rule.kind.number):
            found |= _of_desk(db, [rule], desk, _ONE_OF, {"records": _listed(listed)})
    return found


def desks_of(
    db: Database, registry: Registry, records: Mapping[int, Collection[RecordId]]
) -> Mapping[RecordId, set[DeskCode]]:
    """For each record that is any desk's business, whose; `ALL_DESKS` for what goes to all."""
    found: defaultdict[RecordId, set[DeskCode]] = defaultdict(set)
    for rule in _rules(registry):
        if listed := records.get(rule.kind.number):
            desk = rule.desk or f"'{ALL_DESKS}'"
            sql = f"SELECT own.id, {desk} FROM {rule.tables} WHERE {rule.condition} AND {_ONE_OF}"
            for record, code in db.execute(sql, {"records": _listed(listed)}):
                if code:
                    found[RecordId(record)].add(DeskCode(code))
    return found


def newly_referred(db: Database, desk: DeskCode, confirmed: int) -> set[RecordId]:
    """Those of `referred` whom no bundle up to the confirmed one carried since they are."""
    question = "SELECT record FROM shared WHERE partner = ? AND number BETWEEN 1 AND ?"
    known = {row[0] for row in db.execute(question, [desk, confirmed])}
    return {client for client in referred(db, desk) if REFERRED_HERE + client not in known}


def referred(db: Database, desk: DeskCode) -> set[RecordId]:
    """The clients who are referred to the desk at the moment."""
    rows = db.execute(f"SELECT live.client FROM referral AS live WHERE live.to_desk = ? AND {_LIVE}", [desk])
    return {RecordId(row[0]) for row in rows if row[0]}


def clients_sql(desk: str) -> str:
    """A selection of the ids of the clients whose history is a desk's; `desk` names the parameter with its code."""
    return f"""SELECT id FROM client WHERE desk = {desk}
        UNION SELECT client FROM transfer WHERE to_desk = {desk} AND {_OFFER.format(name="transfer")}"""


_ONE_OF = "own.id IN (SELECT value FROM json_each(:records))"


def _of_desk(
    db: Database, rules: Collection[_Rule], desk: DeskCode, condition: str, parameters: dict[str, str | int]
) -> set[RecordId]:
    found: set[RecordId] = set()
    for rule in rules:
        within = condition or " OR ".join(f"{one} IN (SELECT value FROM json_each(:clients))" for one in rule.clients)
        # Where records are given, the sign before the desk keeps the database from beginning with all that is its own.
        for_desk = f"{'+' if condition == _ONE_OF else ''}{rule.desk} = :desk" if rule.desk else "1"
        sql = f"SELECT own.id FROM {rule.tables} WHERE {for_desk} AND {rule.condition} AND ({within})"
        rows: list[Row] = db.execute(sql, {"desk": desk, **parameters}).fetchall()
        found.update(RecordId(row[0]) for row in rows)
    return found


def _listed(records: Collection[RecordId]) -> str:
    return msgspec.json.encode(sorted(records)).decode()


def _rules_of(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    own = f'"{kind.name}" AS own'
    if kind.number in _BY_KIND:
        yield from _BY_KIND[kind.number](kind, registry)
    elif kind.travels:
        yield _Rule(kind, own, "")
    elif any(field.name == "client" and field.refers_to == CLIENT.name for field in kind.own_fields):
        yield from _about_client(kind, registry)
    else:
        yield _Rule(kind, own, "own.desk")
        if kind.travels_from_coordinator:
            yield _Rule(kind, own, "", "(own.desk = 'coordinator' OR own.desk GLOB 'coordinator_[2-9]')")


def _holders(reference: str, name: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """How the desks of the client that an expression names are joined, and the expression for the desk."""
    yield f"JOIN client AS {name} ON {name}.id = {reference}", f"{name}.desk"
    if registry.numbered(TRANSFER.number):
        offer = f"JOIN transfer AS {name} ON {name}.client = {reference} AND {_OFFER.format(name=name)}"
        yield offer, f"{name}.to_desk"


def _client(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    yield _Rule(kind, "client AS own", "own.desk", clients=("own.id",), late=True)
    if registry.numbered(TRANSFER.number):
        offer = f"client AS own JOIN transfer AS one ON one.client = own.id AND {_OFFER.format(name='one')}"
        yield _Rule(kind, offer, "one.to_desk", clients=("own.id",), late=True)
    referred = f"client AS own JOIN referral AS live ON live.client = own.id AND {_LIVE}"
    yield _Rule(kind, referred, "live.to_desk", clients=("own.id",))


def _about_client(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    own = f'"{kind.name}" AS own'
    for join, desk in _holders("own.client", "one", registry):
        yield _Rule(kind, f"{own} {join}", desk, clients=("own.client",))
    yield _Rule(kind, own, "own.desk", "own.client IS NULL")
    # What a desk writes about a person who is referred to it stays its own as long as she is.
    referred = f"JOIN referral AS live ON live.client = own.client AND live.to_desk = own.desk AND {_LIVE}"
    yield _Rule(kind, f"{own} {referred}", "own.desk", clients=("own.client",))


def _consent(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    yield from _about_client(kind, registry)
    referred = f"consent AS own JOIN referral AS live ON live.client = own.client AND {_LIVE}"
    yield _Rule(kind, referred, "live.to_desk", clients=("own.client",))


def _referral(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    yield from _about_client(kind, registry)
    live = f"own.state IN {_codes(REFERRED)} AND own.deleted IS NOT 1"
    yield _Rule(kind, "referral AS own", "own.to_desk", live, late=True)
    # Its end goes to whom its beginning went to.
    known = "referral AS own JOIN shared ON shared.record = own.id AND shared.partner = own.to_desk"
    yield _Rule(kind, known, "shared.partner", late=True)


def _transfer(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    yield from _about_client(kind, registry)
    yield _Rule(kind, "transfer AS own", "own.from_desk")
    yield _Rule(kind, "transfer AS own", "own.to_desk", f"own.state IN {_codes(KNOWN_TO_BOTH)}", late=True)
    known = "transfer AS own JOIN shared ON shared.record = own.id AND shared.partner = own.to_desk"
    yield _Rule(kind, known, "shared.partner", late=True)
    # Whoever was put back cannot tell any more which offers had gone out before they were withdrawn.
    forgot = f"EXISTS (SELECT 1 FROM meta WHERE key = '{BEGUN_ANEW}')"
    yield _Rule(kind, "transfer AS own", "own.to_desk", f"own.state = 'withdrawn' AND {forgot}", late=True)


def _request(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    yield _Rule(kind, "transfer_request AS own", "own.desk")
    yield _Rule(kind, "transfer_request AS own", "own.to_desk", late=True)


def _sameness(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    """No desk learns of another desk's people through a link."""
    for one, desk in _holders("own.one", "a", registry):
        for other, same in _holders("own.other", "b", registry):
            tables = f"sameness AS own {one} {other}"
            yield _Rule(kind, tables, desk, f"{same} = {desk}", clients=("own.one", "own.other"))


def _course(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    """A course goes to its desk, and to those whose people take part in it."""
    yield _Rule(kind, "course AS own", "own.desk")
    for join, desk in _holders("took.client", "one", registry):
        tables = f"course AS own JOIN participant AS took ON took.course = own.id {join}"
        yield _Rule(kind, tables, desk, f"{desk} IS NOT own.desk", late=True)


def _user(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    """Who works at a desk is known where people go that she knows: else nobody could tell who wrote their history."""
    yield _Rule(kind, '"user" AS own', "own.desk")
    if registry.numbered(TRANSFER.number):
        gave = "JOIN transfer AS one ON one.from_desk = own.desk AND one.state IN ('offered', 'accepted')"
        yield _Rule(kind, f'"user" AS own {gave}', "one.to_desk", late=True)


def _erasure(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    """An erasure goes to everybody who may hold what was erased: by its own word, and by what was sent from here."""
    yield _Rule(kind, "erasure AS own", "own.desk")
    told = "json_each(CASE WHEN json_valid(own.desks) THEN own.desks ELSE '[]' END) AS told"
    yield _Rule(kind, f"erasure AS own JOIN {told}", "told.value")
    for name in ("id", "part_of"):
        sent = f"own.{name} = substr(shared.record, 2) AND shared.record >= '{ERASED}'"
        yield _Rule(kind, f"erasure AS own JOIN shared ON {sent}", "shared.partner", late=True)


def _desk(kind: Kind, registry: Registry) -> Iterator[_Rule]:
    """Every desk's letterhead goes to all. It did not always: whoever was admitted before may lack an old one."""
    yield _Rule(kind, "desk_profile AS own", "", late=True)


_BY_KIND = {
    CLIENT.number: _client,
    SAMENESS.number: _sameness,
    COURSE.number: _course,
    USER.number: _user,
    ERASURE.number: _erasure,
    DESK.number: _desk,
    REFERRAL.number: _referral,
    TRANSFER.number: _transfer,
    TRANSFER_REQUEST.number: _request,
    CONSENT.number: _consent,
}

"""People whom more than one desk took over, as a coordinator sees it."""

from collections.abc import Mapping

from sqlite_utils import Database

from desk_app.domain import custody
from desk_app.domain.change import Version, fields_in
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.transfer import ACCEPTED, TRANSFER
from desk_app.domain.records.validation import MAX_NUMBER
from desk_app.storage import believing, log_table, meta, transfers


def contested(db: Database, desks: Mapping[DeviceId, DeskCode]) -> dict[RecordId, list[DeskCode]]:
    """Client whom several desks took over -> these desks, the one that has her here first.

    `desks` are whose devices are, coordinators' aside. A desk took her over, in its own eyes, if its last accepted
    transfer of hers was one to it; the offer, and what the desk said, may not be believed here. Where this vault was
    put back, the offer may be one that it made and lost.
    """
    found: dict[RecordId, list[DeskCode]] = {}
    for client, here, other in [*_believed(db), *_disbelieved(db, desks)]:
        listed = found.setdefault(client, [here])
        if other not in listed:
            listed.append(other)
    return found


def claims(db: Database, client: RecordId) -> list[Version]:
    """Every change that says whose she is, also those that are not believed here or that do not count for the moment:
    at the desks that wrote them they stand."""
    changes = log_table.of_records(db, [client], whole=True).get(client, [])
    return [one.version for one in changes if one.kind == CLIENT.number and custody.DESK in fields_in(one.body)]


def next_turn(db: Database, client: RecordId) -> int:
    """A turn above that of every transfer of hers, those aside too that are not believed, and those that were lost."""
    changes = (one for of_record in believing.about(db, client).values() for one in of_record)
    turns = 1 + max((custody.turn(one) for one in changes), default=0) + transfers.lost_turns(db)
    return min(turns, MAX_NUMBER)


def _believed(db: Database) -> list[tuple[RecordId, DeskCode, DeskCode]]:
    # The sign keeps the database from walking through all transfers of a desk for each.
    question = """SELECT came.client, client.desk, came.to_desk FROM transfer AS came
        JOIN client ON client.id = came.client AND client.deleted IS NOT 1 AND client.desk != came.to_desk
        WHERE came.state = 'accepted' AND came.deleted IS NOT 1 AND NOT EXISTS (
            SELECT 1 FROM transfer AS later WHERE later.client = came.client AND +later.from_desk = came.to_desk
            AND later.state = 'accepted' AND later.deleted IS NOT 1
            AND (coalesce(later.turn, 0), later.id) > (coalesce(came.turn, 0), came.id)
        ) ORDER BY came.client, came.to_desk"""
    return [(RecordId(client), DeskCode(here), DeskCode(other)) for client, here, other in db.execute(question)]


def _disbelieved(db: Database, desks: Mapping[DeviceId, DeskCode]) -> list[tuple[RecordId, DeskCode, DeskCode]]:
    question = """SELECT id, desk FROM client WHERE deleted IS NOT 1 AND id IN (
        SELECT client FROM disbelieved WHERE kind = ?) ORDER BY id"""
    rows = db.execute(question, [CLIENT.number]).fetchall()
    aside = log_table.disbelieved(db) if rows else set()
    forgot = meta.get(db, meta.BEGUN_ANEW) is not None
    found = []
    for client, here in rows:
        changes = [one for of_record in believing.about(db, RecordId(client)).values() for one in of_record]
        others = custody.taken_over(RecordId(client), changes, desks, aside)
        if forgot:
            others |= {
                desks[one.device]
                for one in custody.claims_aside(changes, desks, aside)
                if _accepts_what_is_lost(db, Version(one.chain, one.seq - 1))
            }
        found += [(RecordId(client), DeskCode(here), other) for other in sorted(others - {here})]
    return found


def _accepts_what_is_lost(db: Database, version: Version) -> bool:
    """Whether a change, the one with which a desk wrote its claim in one transaction, accepts an offer of which nothing
    else is here."""
    for answer in log_table.of_versions(db, [version]):
        if answer.kind == TRANSFER.number and custody.said(answer, custody.STATE) == ACCEPTED:
            known = log_table.of_records(db, [answer.record], whole=True)[answer.record]
            return not any(custody.said(one, custody.CLIENT_OF) for one in known)
    return False

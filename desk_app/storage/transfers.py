"""Transfers in the tables: who moved away from a desk, and what is open about a person."""

from collections.abc import Collection, Sequence

import msgspec
from sqlite_utils import Database

from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.validation import MAX_NUMBER
from desk_app.domain.rules.transfers import REFERRED
from desk_app.storage import meta
from desk_app.storage.parts import marks, parts

_LOST = 100
GONE = """SELECT gone.client, gone.to_desk FROM transfer AS gone
    WHERE gone.from_desk = :desk AND gone.state = 'accepted' AND gone.deleted IS NOT 1 AND NOT EXISTS (
        SELECT 1 FROM transfer AS later WHERE later.client = gone.client AND later.state = 'accepted'
        AND (later.to_desk = :desk OR later.from_desk = :desk) AND later.deleted IS NOT 1
        AND (coalesce(later.turn, 0), later.id) > (coalesce(gone.turn, 0), gone.id)
    )"""
"""The clients whom the desk `:desk` gave away and has not got back, and to which desk."""

_OVER = "({name}.state = 'offered' AND {name}.id IN (SELECT value FROM json_each(:over)))"
_LIVES = f"({{name}}.state IN ('offered', 'accepted') AND NOT {_OVER})"


def gone(db: Database, desk: DeskCode) -> dict[RecordId, DeskCode]:
    """Client whom the desk gave away -> the desk that took her."""
    rows = db.execute(GONE, {"desk": desk})
    return {RecordId(client): DeskCode(to_desk) for client, to_desk in rows}


def passed_by(db: Database, desk: DeskCode, over: Collection[RecordId] = ()) -> set[RecordId]:
    """The clients of whom the desk has records by offers alone, none of which it accepted or can still accept; of one
    whose offer was withdrawn on the way perhaps nothing but the offer. Those in `over` look open, and are not."""
    question = f"""SELECT one.client FROM transfer AS one LEFT JOIN client ON client.id = one.client
        WHERE one.to_desk = :desk AND (one.state IN ('declined', 'withdrawn') OR {_OVER.format(name="one")})
        AND one.client IS NOT NULL AND client.desk IS NOT :desk AND NOT EXISTS (
            SELECT 1 FROM transfer AS other WHERE other.client = one.client AND other.deleted IS NOT 1
            AND (other.from_desk = :desk OR (other.to_desk = :desk AND {_LIVES.format(name="other")}))
        ) AND NOT EXISTS (SELECT 1 FROM referral WHERE referral.client = one.client AND +referral.to_desk = :desk
            AND referral.state IS NOT 'draft')"""
    return {RecordId(row[0]) for row in db.execute(question, {"desk": desk, "over": _listed(over)})}


def at_hand(db: Database, desk: DeskCode, over: Collection[RecordId] = ()) -> set[RecordId]:
    """The clients who are offered to the desk, came to it, were given away by it, or were referred to it. Offers in
    `over` look open, and are not."""
    question = f"""SELECT client FROM transfer AS one WHERE deleted IS NOT 1
            AND (from_desk = :desk OR (to_desk = :desk AND {_LIVES.format(name="one")}))
        UNION SELECT client FROM referral WHERE to_desk = :desk AND state IS NOT 'draft'"""
    rows = db.execute(question, {"desk": desk, "over": _listed(over)})
    return {RecordId(row[0]) for row in rows if row[0]}


def only_offered(db: Database, desk: DeskCode, clients: Sequence[RecordId]) -> dict[RecordId, DeskCode]:
    """Those of the clients whom another desk offers to this one and who are not referred to it, each with the desk
    that offers."""
    live = ", ".join(f"'{state}'" for state in REFERRED)
    found: dict[RecordId, DeskCode] = {}
    for part in parts(clients):
        question = f"""SELECT client.id, one.from_desk FROM client JOIN transfer AS one ON one.client = client.id
            WHERE client.id IN ({marks(part)}) AND client.desk IS NOT ? AND +one.to_desk = ? AND one.state = 'offered'
            AND one.deleted IS NOT 1 AND NOT EXISTS (
                SELECT 1 FROM referral AS live WHERE live.client = client.id AND +live.to_desk = ?
                AND live.state IN ({live}) AND live.deleted IS NOT 1
            )"""
        rows = db.execute(question, [*part, desk, desk, desk])
        found.update((RecordId(client), DeskCode(giver)) for client, giver in rows)
    return found


def last_turn(db: Database, client: RecordId) -> int:
    """The highest turn of the person's transfers that are known here, and above it as many as may have been lost; 0
    before the first. The next is one that a record can hold, however high somebody set one: then the ids decide."""
    row = db.execute("SELECT coalesce(max(turn), 0) FROM transfer WHERE client = ?", [client]).fetchone()
    return min(int(row[0]) + lost_turns(db), MAX_NUMBER - 1)


def lost_turns(db: Database) -> int:
    """How many turns are left out, for this vault may have lost so many when it was put back: desks go by them."""
    return _LOST if meta.get(db, meta.BEGUN_ANEW) else 0


def offered_to(db: Database, client: RecordId) -> DeskCode | None:
    """The desk that a person is offered to at the moment."""
    question = "SELECT to_desk FROM transfer WHERE client = ? AND state = 'offered' AND deleted IS NOT 1 ORDER BY id"
    row = db.execute(question, [client]).fetchone()
    return DeskCode(row[0]) if row else None


def desks_ever(db: Database, client: RecordId) -> set[DeskCode]:
    """Every desk that may hold something of a person by transfers and referrals, whatever became of them."""
    question = """SELECT desk FROM client WHERE id = :client
        UNION SELECT from_desk FROM transfer WHERE client = :client
        UNION SELECT to_desk FROM transfer WHERE client = :client
        UNION SELECT to_desk FROM referral WHERE client = :client AND state != 'draft'"""
    return {DeskCode(row[0]) for row in db.execute(question, {"client": client}) if row[0]}


def _listed(records: Collection[RecordId]) -> str:
    return msgspec.json.encode(sorted(records)).decode()

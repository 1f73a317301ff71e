"""Exchange keys in the tables: this device's private halves, what devices announced, and what cards said.

FORMAT.md, "Exchange keys", says how long each is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlite_utils import Database

from desk_app.crypto import exchange_keys
from desk_app.crypto.sealing import (
    ExchangeIdentity,
    ExchangeKeyError,
    Recipient,
    check_recipient,
    new_exchange_identity,
)
from desk_app.domain.change import ChainId, Change
from desk_app.domain.clock import Stamp
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeviceId
from desk_app.domain.records.exchange_key import EXCHANGE_KEY
from desk_app.storage import log_table, meta

SINGLE_DAYS = 365
"""Days for which the one key of a vault of schema 2 is kept after its migration: cards of format 1 name it."""
_SINGLE, _SINGLE_SINCE = "exchange_key", "exchange_key_since"
_LOOKED, _LEAPT = "exchange_keys_day", "exchange_keys_leapt"
_DEVICE_DIGITS = 32


class Announced(NamedTuple):
    """A key that a device announced, and its stamp: of two for one period in one series of changes the later counts."""

    stamp: Stamp
    recipient: Recipient


def settle(db: Database, day: int) -> bool:
    """Makes the pairs that are wanted on that day and lacking, and destroys the private halves whose time is over.

    Returns whether any was destroyed: its bytes may still stand in the write-ahead log.
    """
    held = recipients(db)
    for first_day in exchange_keys.wanted_on(day):
        if first_day not in held:
            made = new_exchange_identity()
            db.execute("INSERT INTO exchange_private VALUES(?, ?, ?)", [first_day, made.recipient, made.private])
    if not _is_believed(db, day):
        return False
    over = [first_day for first_day in held if exchange_keys.is_over(first_day, day)]
    for first_day in over:
        db.execute("DELETE FROM exchange_private WHERE first_day = ?", [first_day])
    return _end_single(db, day) or bool(over)


def recipients(db: Database) -> dict[int, Recipient]:
    """The public halves of this device's own keys, by the first day of their period."""
    rows = db.execute("SELECT first_day, recipient FROM exchange_private ORDER BY first_day")
    return {first_day: Recipient(recipient) for first_day, recipient in rows}


def identities(db: Database) -> list[ExchangeIdentity]:
    """Every private half that is left."""
    rows = db.execute("SELECT private FROM exchange_private ORDER BY first_day DESC").fetchall()
    single = meta.get(db, _SINGLE)
    return [ExchangeIdentity(private) for private in (*(row[0] for row in rows), *([single] if single else []))]


def announced(db: Database, device: DeviceId) -> dict[int, tuple[Announced, ...]]:
    """The keys that a device announced itself, by the first day of their period, the newest first; what another wrote
    says nothing. A device that was copied or put back has one in each of its series."""
    found: defaultdict[int, dict[ChainId, Announced]] = defaultdict(dict)
    for changes in _announcements(db, device).values():
        said = fold(EXCHANGE_KEY, changes)
        if said is None or said.values["device"] != device:
            continue
        first_day, recipient = said.values["first_day"], _recipient(said.values["recipient"])
        if recipient is None or not isinstance(first_day, int) or first_day != exchange_keys.first_day_of(first_day):
            continue
        one, chain = Announced(said.made, recipient), min(changes, key=lambda change: change.hlc).chain
        found[first_day][chain] = max(one, found[first_day].get(chain, one))
    return {first_day: tuple(sorted(said.values(), reverse=True)) for first_day, said in found.items()}


def known(db: Database, device: DeviceId) -> dict[int, tuple[Recipient, ...]]:
    """The keys of a partner's device, the newest first: those of its card, and what it announced since."""
    announcements = announced(db, device)
    found = {first_day: [one.recipient for one in said] for first_day, said in announcements.items()}
    for first_day, recipient, since in _of_card(db, device):
        later = [one.recipient for one in announcements.get(first_day, ()) if one.stamp > since]
        found[first_day] = [*later, recipient]
    return {first_day: tuple(dict.fromkeys(keys)) for first_day, keys in found.items()}


def put_card(db: Database, device: DeviceId, keys: Iterable[tuple[int, Recipient]]) -> None:
    """Keeps the keys of a card that was admitted: they count over what the device announced before."""
    since = max((one.stamp for said in announced(db, device).values() for one in said), default=0)
    db.execute("DELETE FROM partner_key WHERE device = ?", [device])
    rows = [(device, first_day, recipient, since) for first_day, recipient in keys]
    db.conn.executemany("INSERT INTO partner_key VALUES(?, ?, ?, ?)", rows)


def keep_known(db: Database, before: Database) -> None:
    """Keeps, in a vault that was emptied, what partners announced in the log that is gone."""
    for (device,) in before.execute("SELECT device FROM partner").fetchall():
        newest = {first_day: keys[0] for first_day, keys in known(before, DeviceId(device)).items()}
        put_card(db, DeviceId(device), newest.items())


def _announcements(db: Database, device: DeviceId) -> Mapping[str, list[Change]]:
    """The device's own changes of the kind, by record."""
    sql = f"""SELECT DISTINCT record FROM change INDEXED BY change_of_keys WHERE kind = 18
        AND version >> {log_table.SEQ_BITS} IN (SELECT id FROM chain WHERE substr(name, 1, {_DEVICE_DIGITS}) = ?)"""
    records = [row[0] for row in db.execute(sql, [device])]
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for record, changes in log_table.of_records(db, records).items():
        found[record] += [change for change in changes if change.device == device]
    return found


def _of_card(db: Database, device: DeviceId) -> list[tuple[int, Recipient, int]]:
    rows = db.execute("SELECT first_day, recipient, since FROM partner_key WHERE device = ?", [device])
    return [(first_day, Recipient(recipient), since) for first_day, recipient, since in rows]


def _recipient(said: object) -> Recipient | None:
    try:
        return check_recipient(said) if isinstance(said, str) else None
    except ExchangeKeyError:
        return None


def _is_believed(db: Database, day: int) -> bool:
    """Whether keys may be destroyed on this day's word. A clock that leapt further ahead than keys are announced is
    believed only when it has said so for a week: an old laptop wakes up in 2060, and is put right."""
    looked, leapt = (int(meta.get(db, key) or day) for key in (_LOOKED, _LEAPT))
    if day - looked > exchange_keys.LEAP_DAYS:
        if meta.get(db, _LEAPT) is None or day < leapt:
            meta.put(db, _LEAPT, str(day))
            return False
        if day - leapt < exchange_keys.LEAP_BELIEVED_DAYS:
            return False
    if day != looked or meta.get(db, _LOOKED) is None:
        meta.put(db, _LOOKED, str(day))
    meta.drop(db, _LEAPT)
    return True


def _end_single(db: Database, day: int) -> bool:
    if meta.get(db, _SINGLE) is None:
        return False
    since = meta.get(db, _SINGLE_SINCE)
    if since is None:
        meta.put(db, _SINGLE_SINCE, str(day))
        return False
    if day - int(since) < SINGLE_DAYS:
        return False
    meta.drop(db, _SINGLE)
    meta.drop(db, _SINGLE_SINCE)
    return True

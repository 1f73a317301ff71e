"""Exchange keys by the month: made, announced, used and destroyed (FORMAT.md of storage, "Exchange keys")."""

from collections.abc import Container, Sequence

from desk_app.crypto import exchange_keys
from desk_app.crypto.sealing import Recipient
from desk_app.domain.clock import milliseconds_of
from desk_app.domain.ids import uuid7
from desk_app.domain.records.exchange_key import EXCHANGE_KEY
from desk_app.storage import exchange_keys as storage
from desk_app.storage.journal import Write
from desk_app.storage.partner_table import Partner
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault

MOST_SERIES = 8
"""A bundle is sealed for so many copies of one computer, those that announced their keys last."""


def ensure(vault: Vault) -> tuple[tuple[int, Recipient], ...]:
    """Makes the keys of the present period and of those ahead, and destroys those whose time is over: at each unlock,
    and before anything is said of them.

    Returns those to be announced: the first day of the period, counted from 1970, and the public half. Raises
    `DiskFull`.
    """
    day = exchange_keys.day_of(vault.now())
    with as_trouble(vault.folder / DATABASE):
        with atomic(vault.db):
            destroyed = storage.settle(vault.db, day)
            held = storage.recipients(vault.db)
        if destroyed and not vault.db.conn.in_transaction:
            # Frames written before hold the page as it was. Whoever reads at this moment puts it off to the lock.
            vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return tuple((first_day, held[first_day]) for first_day in exchange_keys.wanted_on(day))


def announce(vault: Vault) -> None:
    """Writes down for the partners which keys this device has now and ahead, as far as it has not. Raises
    `DiskFull`."""
    keys = ensure(vault)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        said = storage.announced(vault.db, vault.device)
        # What another series of this device says is left alone: a copy cannot open what is sealed for the other one.
        lacking = [key for key in keys if key[1] not in {one.recipient for one in said.get(key[0], ())}]
        vault.journal.write([_word(vault, *key) for key in lacking])


def recipients_of(vault: Vault, partner: Partner) -> Sequence[Recipient]:
    """What is sealed for a partner now is sealed with these keys: of the present period, else the newest announced,
    else the one of the partner's card of format 1. More than one: the partner's computer was copied or put back, or
    a clock was more than a year off."""
    with as_trouble(vault.folder / DATABASE):
        known = storage.known(vault.db, partner.device)
    found = [(exchange_keys.chosen(known, day) or ())[:MOST_SERIES] for day in _present_days(vault, known)]
    keys = tuple(dict.fromkeys(key for one in found for key in one))
    return keys or (Recipient(partner.recipient),)


def _word(vault: Vault, first_day: int, recipient: Recipient) -> Write:
    record = uuid7(vault.now(), vault.surroundings.random)
    said = {"desk": vault.desk, "device": vault.device, "recipient": recipient}
    return Write(EXCHANGE_KEY, record, {**said, "first_day": first_day})


def _present_days(vault: Vault, known: Container[int]) -> tuple[int, ...]:
    """A clock that stands before what was already written would choose keys that are gone at the other side. But what
    was written in a period that nobody announced was written by a clock that ran ahead, and it stands right again.
    Between two days that lie further apart than keys are announced nothing decides: a partner whose clock ran ahead
    too, and who was put back, has lost the keys of the later one and never announces them again."""
    written = exchange_keys.day_of(milliseconds_of(vault.journal.clock.last))
    today = exchange_keys.day_of(vault.now())
    if written <= today or exchange_keys.first_day_of(written) not in known:
        return (today,)
    is_far = written - today > exchange_keys.LEAP_DAYS and exchange_keys.first_day_of(today) in known
    return (written, today) if is_far else (written,)

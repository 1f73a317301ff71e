"""Partners: the devices of other vaults that were admitted, and what each says to hold of its own chains."""

from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from desk_app.domain.change import ChainId
from desk_app.domain.holdings import Holdings, Span
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.storage import exchange, meta
from desk_app.storage.sqlcipher import Row, can_be_stored

_PARTNER = "code, device, name, sign_key, recipient, admitted, revoked"


_BEYOND = "beyond "
"""With the partner's code after it: what it holds of its own chains over holes."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another vault's device that was admitted. Times are Unix milliseconds."""

    code: DeskCode
    device: DeviceId
    name: str
    sign_key: bytes
    recipient: str
    admitted: int
    revoked: int | None


def admit(db: Database, partner: Partner) -> None:
    """Admits a partner, over an older device of the same code; a new device has nothing of what that one confirmed."""
    if db.execute("SELECT 1 FROM partner WHERE code = ? AND device != ?", [partner.code, partner.device]).fetchone():
        exchange.forget_receipts(db, partner.code)
    db.execute(
        f"INSERT OR REPLACE INTO partner({_PARTNER}) VALUES(?, ?, ?, ?, ?, ?, ?)",
        [
            partner.code,
            partner.device,
            partner.name,
            partner.sign_key,
            partner.recipient,
            partner.admitted,
            partner.revoked,
        ],
    )


def note_revoked(db: Database, device: DeviceId, at: int | None) -> None:
    """Keeps when a partner's device was shut out; None: it is admitted again."""
    db.execute("UPDATE partner SET revoked = ? WHERE device = ?", [at, device])


def partners(db: Database) -> list[Partner]:
    """Everybody admitted, by code."""
    return [_partner(row) for row in db.execute(f"SELECT {_PARTNER} FROM partner ORDER BY code")]


def partner(db: Database, code: str) -> Partner | None:
    """The partner of that code."""
    if not can_be_stored(code):
        return None
    row = db.execute(f"SELECT {_PARTNER} FROM partner WHERE code = ?", [code]).fetchone()
    return _partner(row) if row else None


def note_has_of_own(db: Database, code: DeskCode, device: DeviceId, has: Holdings) -> None:
    """Keeps what a partner says it holds of its own chains: less than we do after it was restored."""
    own = {chain: seq for chain, seq in has.upto.items() if chain.startswith(device)}
    beyond = {chain: spans for chain, spans in has.beyond.items() if chain.startswith(device)}
    db.execute("UPDATE partner SET has = ? WHERE code = ?", [msgspec.json.encode(own).decode(), code])
    if beyond:
        meta.put(db, _BEYOND + code, msgspec.json.encode(beyond).decode())
    else:
        meta.drop(db, _BEYOND + code)


def has_of_own(db: Database, code: DeskCode) -> Holdings:
    """What a partner said, in its newest bundle, that it holds of its own chains."""
    row = db.execute("SELECT has FROM partner WHERE code = ?", [code]).fetchone()
    beyond = meta.get(db, _BEYOND + code) or "{}"
    return Holdings(
        msgspec.json.decode(row[0], type=dict[ChainId, int]) if row else {},
        msgspec.json.decode(beyond, type=dict[ChainId, list[Span]]),
    )


def _partner(row: Row) -> Partner:
    return Partner(*row)

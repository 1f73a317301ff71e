"""Who unlocked signs the record of access as it then stands, so that nobody else makes it anew up to there.

The detail of an unlock is the base64 of the user's public key (32 bytes) and her Ed25519 signature, domain `audit`,
over the hash that the entry would have without it. That hash covers every entry before.
"""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from desk_app.crypto.signing import KEY_BYTES, PublicKey, SigningKey, sign, verify
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import Action
from desk_app.storage import audit
from desk_app.storage.audit import Act

_DOMAIN = "audit"
_RESETS = frozenset((Action.USER_RESET, Action.RECOVERY_USED, Action.ESCROW_USED))
"""With her id for a detail: from then on a user may sign with another key."""


def append_unlock(db: Database, at: int, user: UserId, key: SigningKey) -> None:
    """Writes down, signed, that a user unlocked. `at` in Unix milliseconds."""
    audit.append(
        db,
        Act(at, user, Action.UNLOCKED),
        seal=lambda hashed: b64encode(key.public + sign(key, _DOMAIN, hashed)).decode(),
    )


@dataclass(slots=True)
class _Signer:
    """The keys that a user signed with, the newest last; the number of the entry where she last did; and whether she
    was reset since she began with the newest."""

    keys: list[PublicKey] = field(default_factory=list)
    number: int = 0
    reset: bool = False

    def signs(self, number: int, key: PublicKey) -> bool:
        """Whether that key may be hers at this entry: the one she had, or after a reset one that she never had."""
        self.number = number
        if self.keys and key == self.keys[-1]:
            return True
        believed = key not in self.keys and (self.reset or not self.keys)
        self.keys.append(key)
        self.reset = False
        return believed


def wrong(db: Database, known: Mapping[UserId, PublicKey]) -> Iterator[int]:
    """The numbers of unlocks that their user did not sign as the record of access stands. `known` are the users' keys
    of today: whoever was not reset since has made her last signature with hers."""
    signers: defaultdict[UserId, _Signer] = defaultdict(_Signer)
    before = audit.BEFORE_FIRST
    rows = db.execute("SELECT number, at, user, action, kind, record, detail, hash FROM audit ORDER BY number")
    for *row, linked in rows:
        number, _, user, action, _, _, detail = row
        if action == Action.UNLOCKED:
            key = _signing_key(detail, audit.entry_hash(before, (*row[:-1], "")))
            if key is None or not signers[UserId(user)].signs(number, key):
                yield number
        elif action in _RESETS:
            signers[UserId(detail)].reset = True
        before = linked
    for user, signer in signers.items():
        if signer.keys and not signer.reset and signer.keys[-1] != known.get(user):
            yield signer.number


def keys_had(db: Database) -> dict[UserId, frozenset[PublicKey]]:
    """The keys with which each user signed unlocks, that of today among them."""
    found: defaultdict[UserId, set[PublicKey]] = defaultdict(set)
    before = audit.BEFORE_FIRST
    rows = db.execute("SELECT number, at, user, action, kind, record, detail, hash FROM audit ORDER BY number")
    for *row, linked in rows:
        if row[3] == Action.UNLOCKED:
            key = _signing_key(row[6], audit.entry_hash(before, (*row[:-1], "")))
            if key is not None:
                found[UserId(row[2])].add(key)
        before = linked
    return {user: frozenset(keys) for user, keys in found.items()}


def _signing_key(detail: str, hashed: bytes) -> PublicKey | None:
    """With which key that hash was signed, None where it was not."""
    try:
        sealed = b64decode(detail, validate=True)
    except ValueError:
        return None
    key = PublicKey(sealed[:KEY_BYTES])
    return key if verify(key, _DOMAIN, hashed, sealed[KEY_BYTES:]) else None

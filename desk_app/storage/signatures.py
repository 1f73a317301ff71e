"""Who wrote what on this device: each transaction's last change is signed by the user who made it.

The hash of a change covers its author and, through the hash before it, everything earlier in its chain, so one
signature stands for all changes of a transaction. Signatures do not travel: bundles are signed by the device.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from sqlite_utils import Database

from desk_app.crypto.signing import PublicKey, SigningKey, sign, verify
from desk_app.domain.change import ChainId, hash_change
from desk_app.domain.errors import ShutOut
from desk_app.domain.ids import UserId
from desk_app.storage import log_table, meta
from desk_app.storage.check import PAGE, Finding

_DOMAIN = "change"
_BEFORE_SIGNATURES = "unsigned "
"""With the chain's name after it: how far a chain had come when the vault learnt to sign."""


def sign_last(db: Database, chain: ChainId, user: UserId, key: SigningKey) -> None:
    """Signs the chain's last change, unless there is none or it is signed already.

    Raises `ShutOut` for a user who was removed or given other keys since she opened the vault: that signature would
    look forged.
    """
    known = db.execute("SELECT sign_key, gone FROM member WHERE user = ?", [user]).fetchone()
    if known and (known[1] is not None or (known[0] and known[0] != key.public)):
        raise ShutOut
    seq, last_hash = log_table.last_of(db, chain)
    if not seq:
        return
    version = log_table.local_chain(db, chain) << log_table.SEQ_BITS | seq
    if db.execute("SELECT 1 FROM signature WHERE version = ?", [version]).fetchone() is None:
        row = [version, user, key.public, sign(key, _DOMAIN, last_hash)]
        db.execute("INSERT INTO signature VALUES(?, ?, ?, ?)", row)


class Authors:
    """Checks who signed the chains of this device, oldest chain first. `known` are the users' keys of today, `had`
    those that they unlocked with, before they were reset too.
    """

    def __init__(
        self, db: Database, known: Mapping[UserId, PublicKey], had: Mapping[UserId, Collection[PublicKey]]
    ) -> None:
        self._db = db
        self._known = known
        self._had = had
        self._keys: dict[UserId, list[PublicKey]] = {}
        self._last: dict[UserId, tuple[ChainId, int]] = {}

    def chain(self, chain: ChainId, whole: bool) -> Iterator[Finding]:
        """Whether each change was signed by the user it names; `whole` when the last must be signed as well.

        Nobody signed in a vault of the first schema, which had one user. In an older chain a damaged file may have left
        holes: who wrote what stands before one cannot be told from what comes after it.
        """
        unsigned = int(meta.get(self._db, _BEFORE_SIGNATURES + chain) or 0)
        signed = self._signed(chain)
        authors: set[UserId] = set()
        done = 0
        while changes := log_table.of_chain(self._db, chain, done, PAGE):
            for change in changes:
                if change.seq != done + 1:
                    authors = set()
                done = change.seq
                authors.add(change.user)
                if done in signed:
                    believed = self._is_by(chain, done, authors, hash_change(change), signed.pop(done))
                elif done == unsigned:
                    believed = len(authors) == 1
                else:
                    continue
                authors = set()
                if not believed:
                    yield Finding("author", chain, done)
        if whole and (signed or authors):
            yield Finding("author", chain, done)

    def keys(self) -> Iterator[Finding]:
        """Whether everybody's last signature is by the key that he has today, or had until he was reset if he wrote
        nothing since, and none came back to an earlier one.
        """
        for user, keys in self._keys.items():
            turns = [keys[0], *(after for before, after in pairwise(keys) if before != after)]
            his = turns[-1] == self._known.get(user) or turns[-1] in self._had.get(user, ())
            if len(set(turns)) < len(turns) or not his:
                yield Finding("author", *self._last[user])

    def _is_by(
        self, chain: ChainId, seq: int, authors: set[UserId], hashed: bytes, row: tuple[UserId, PublicKey, bytes]
    ) -> bool:
        user, key, signature = row
        self._keys.setdefault(user, []).append(key)
        self._last[user] = chain, seq
        return authors <= {user} and verify(key, _DOMAIN, hashed, signature)

    def _signed(self, chain: ChainId) -> dict[int, tuple[UserId, PublicKey, bytes]]:
        local = log_table.local_chain(self._db, chain)
        rows = self._db.execute(
            "SELECT version, user, sign_key, signature FROM signature WHERE version > ? AND version < ?",
            [local << log_table.SEQ_BITS, (local + 1) << log_table.SEQ_BITS],
        )
        return {row[0] & log_table.SEQ_MASK: (UserId(row[1]), PublicKey(row[2]), row[3]) for row in rows}

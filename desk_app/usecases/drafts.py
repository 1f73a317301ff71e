"""Drafts: what is being typed, kept in the vault every few seconds, so that a power cut costs no sentence.

Each is sealed with a key that only its author's passphrase leads to: a colleague neither lists nor opens it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from desk_app.crypto.sealed_text import DraftNotOursError, draft_key, open_draft, seal_draft
from desk_app.domain.errors import InvalidValue, Problem
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.storage import drafts as storage
from desk_app.storage import erasure
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault

LARGEST = 512 * 1024
"""Bytes of one draft; every field of the longest form filled to its limit stays below."""

_logger = logging.getLogger(__name__)
_decoder = msgspec.json.Decoder(dict[str, str | int | bool | list[str] | None])


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form. `key` is its kind, after a colon whom it is about; `saved` in Unix milliseconds."""

    key: str
    saved: int
    values: Mapping[str, FieldValue]

    @property
    def kind(self) -> str:
        """What is being written: the part of the key before the colon."""
        return self.key.partition(":")[0]

    @property
    def about(self) -> str:
        """The id of the record it is about; empty for something new."""
        return self.key.partition(":")[2]


def keep(vault: Vault, key: str, values: Values) -> None:
    """Keeps what is typed, unchecked, over the draft's older state. Nothing typed at all is no draft.

    Raises `InvalidValue` for the longest field when there is more than a form can hold, `DiskFull`.
    """
    typed = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
    if not any(value not in (None, "", []) for value in typed.values()):
        drop(vault, key)
        return
    body = msgspec.json.encode(typed)
    if len(body) > LARGEST:
        longest = max(typed, key=lambda name: len(str(typed[name])))
        raise InvalidValue(key.partition(":")[0], longest, Problem.TOO_LONG, LARGEST // 4)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if erasure.is_about_erased(vault.db, key):
            return  # A form that was still open brings nothing of it back.
        storage.put(vault.db, vault.user, _sealed(vault, key, vault.now(), body))


def find(vault: Vault, key: str) -> Draft | None:
    """The user's draft of that key, or None."""
    with as_trouble(vault.folder / DATABASE):
        kept = storage.get(vault.db, vault.user, key)
    return _opened(vault, kept) if kept else None


def drop(vault: Vault, key: str) -> None:
    """Forgets a draft: it was saved, or given up."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        storage.drop(vault.db, vault.user, key)


def all_drafts(vault: Vault) -> list[Draft]:
    """Every draft of the user, newest first."""
    with as_trouble(vault.folder / DATABASE):
        kept = storage.of_user(vault.db, vault.user)
    return [draft for one in kept if (draft := _opened(vault, one)) is not None]


def take_over(vault: Vault) -> None:
    """Seals the drafts of schema 1, which were everybody's, for who opens the vault first. Raises `DiskFull`."""
    with as_trouble(vault.folder / DATABASE):
        shared = storage.shared(vault.db)
        if not shared:
            return
        with atomic(vault.db):
            for one in shared:
                storage.put(vault.db, vault.user, _sealed(vault, one.key, one.saved, one.body))
            storage.wipe_shared(vault.db)


def _sealed(vault: Vault, key: str, saved: int, body: bytes) -> storage.Draft:
    own = draft_key(vault.keys.identity, vault.id)
    return storage.Draft(key, saved, seal_draft(body, own, vault.user, key, vault.surroundings.random))


def _opened(vault: Vault, kept: storage.Draft) -> Draft | None:
    """A draft from before its author lost her passphrase opens for nobody any more: it is dropped."""
    try:
        body = open_draft(kept.body, draft_key(vault.keys.identity, vault.id), vault.user, kept.key)
        typed = _decoder.decode(body)
    except (DraftNotOursError, msgspec.DecodeError):
        _logger.warning("draft_not_opened")
        drop(vault, kept.key)
        return None
    values = {name: frozenset(value) if isinstance(value, list) else value for name, value in typed.items()}
    return Draft(kept.key, kept.saved, values)

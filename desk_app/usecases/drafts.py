"""Drafts: what is being typed, kept in the vault every few seconds, so that a power cut costs no sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from desk_app.domain.errors import InvalidValue, Problem
from desk_app.domain.records.declaration import FieldValue, Values
from desk_app.storage import drafts as storage
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault

LARGEST = 512 * 1024
"""Bytes of one draft; every field of the longest form filled to its limit stays below."""

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
        storage.put(vault.db, storage.Draft(key, vault.now(), body))


def find(vault: Vault, key: str) -> Draft | None:
    """The draft of that key, or None."""
    with as_trouble(vault.folder / DATABASE):
        kept = storage.get(vault.db, key)
    return _draft(kept) if kept else None


def drop(vault: Vault, key: str) -> None:
    """Forgets a draft: it was saved, or given up."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        storage.drop(vault.db, key)


def all_drafts(vault: Vault) -> list[Draft]:
    """Every draft, newest first."""
    with as_trouble(vault.folder / DATABASE):
        return [_draft(kept) for kept in storage.everything(vault.db)]


def _draft(kept: storage.Draft) -> Draft:
    typed = _decoder.decode(kept.body)
    values = {name: frozenset(value) if isinstance(value, list) else value for name, value in typed.items()}
    return Draft(kept.key, kept.saved, values)

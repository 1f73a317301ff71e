"""The lease: how a vault that was copied is told from the one it was copied from, so that no number is given twice.

The vault's folder and the system's user each keep a token, renewed at every unlock. Where they differ, this folder is
not the one that this user had open last: it is a copy, was put back, or came to another computer. Then the changes made
here are a series of their own, a new incarnation. FORMAT.md, "The lease", has both files.
"""

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta
from sqlite_utils import Database

from desk_app.domain.change import chain_id
from desk_app.domain.errors import DiskFull, FileTooLarge, FileUnreadable, FileUnwritable, NoAccess
from desk_app.domain.holdings import Holdings
from desk_app.domain.ids import Incarnation, RandomBytes
from desk_app.storage import files, log_table, meta
from desk_app.storage.sqlcipher import atomic
from desk_app.storage.vault import Vault

FILE = "lease"
MOST_PROFILES = 200
"""Beyond it the one that came first is forgotten."""
_SIZE_CAP = 64 * 1024
_NAME_DOMAIN = b"roh lease v1\0"
_INCARNATION, _OF_PROFILES = "incarnation", "incarnations"

_Profile = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
_Token = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
_Read = TypeVar("_Read")


class _Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the system's user keeps of a vault. `coming` is the token that is written to the vault's folder next: a
    power cut between the two writings must not look like a copy."""

    profile: _Profile
    token: _Token
    coming: _Token


def renew(vault: Vault) -> bool:
    """Renews the token of this user of the system and takes up her incarnation; True where it is a new one because the
    vault is a copy or she never had it open.

    Nothing is looked for where her place cannot be written. Raises `DiskFull`, `NoAccess`, `FileUnwritable` for the
    vault's folder.
    """
    place = vault.surroundings.profile
    if place is None:
        return False
    path = place / _name(vault)
    with atomic(vault.db):
        seen, leases = _read(path, _Seen), _read(vault.folder / FILE, dict[_Profile, _Token]) or {}
        token = vault.surroundings.random(16).hex()
        profile = seen.profile if seen else vault.surroundings.random(8).hex()
        former = leases.get(profile, token)
        if not _kept(path, _Seen(profile, former, token)):
            return False
        fits = seen is not None and former in (seen.token, seen.coming)
        is_copy = _take_up(vault, profile, fits)
        leases = {**{other: leases[other] for other in leases if other != profile}, profile: token}
        files.write(vault.folder / FILE, msgspec.json.encode(dict(list(leases.items())[-MOST_PROFILES:])))
        _kept(path, _Seen(profile, token, token))
    return is_copy


def heed(vault: Vault, has: Holdings) -> bool:
    """Looks at what a partner says it has of this device. More than was written here: this vault was put back to an
    earlier day, and the present series went on elsewhere. Then a new one begins, and True is returned."""
    with atomic(vault.db):
        known = _of_profiles(vault.db)
        held = {incarnation: chain_id(vault.device, incarnation) for incarnation in known.values()}
        overtaken = {one for one, chain in held.items() if has.last(chain) > log_table.last_of(vault.db, chain)[0]}
        if has.last(vault.chain) > log_table.last_of(vault.db, vault.chain)[0]:
            incarnation = begin_anew(vault.db, vault.surroundings.random, vault.profile)
            vault.journal.chain = chain_id(vault.device, incarnation)
            return True
        if overtaken:
            _put(vault.db, {profile: one for profile, one in known.items() if one not in overtaken})
    return False


def begin_anew(db: Database, random: RandomBytes, profile: str = "") -> Incarnation:
    """A new incarnation for a vault whose series may all have gone on elsewhere; only this profile is known now."""
    incarnation = Incarnation(random(4).hex())
    meta.put(db, _INCARNATION, incarnation)
    meta.put(db, meta.BEGUN_ANEW, "1")
    _put(db, {profile: incarnation} if profile else {})
    return incarnation


def incarnations(db: Database) -> set[Incarnation]:
    """Every incarnation that may still be written in."""
    present = meta.get(db, _INCARNATION)
    return {*_of_profiles(db).values(), *([Incarnation(present)] if present else [])}


def _take_up(vault: Vault, profile: str, fits: bool) -> bool:
    """Sets the series that is written here; True where it is a new one. The first profile of all goes on with the
    vault's own."""
    known = _of_profiles(vault.db)
    is_new = bool(known) and not (fits and profile in known)
    if is_new:
        known[profile] = Incarnation(vault.surroundings.random(4).hex())
    elif not known:
        known[profile] = Incarnation(meta.get(vault.db, _INCARNATION) or "")
    # The one that came last stands last: the first is the first to be forgotten.
    _put(vault.db, {**{other: one for other, one in known.items() if other != profile}, profile: known[profile]})
    vault.profile = profile
    vault.journal.chain = chain_id(vault.device, known[profile])
    return is_new


def _of_profiles(db: Database) -> dict[str, Incarnation]:
    said = meta.get(db, _OF_PROFILES)
    return msgspec.json.decode(said, type=dict[str, Incarnation]) if said else {}


def _put(db: Database, known: Mapping[str, Incarnation]) -> None:
    if not known:
        meta.drop(db, _OF_PROFILES)
        return
    newest = dict(list(known.items())[-MOST_PROFILES:])
    meta.put(db, _OF_PROFILES, msgspec.json.encode(newest).decode())


def _name(vault: Vault) -> str:
    """A name that says nothing to whoever does not hold the vault's keys."""
    return hmac.digest(vault.device_key.private, _NAME_DOMAIN + vault.id.encode(), hashlib.sha256)[:16].hex()


def _read(path: Path, form: type[_Read]) -> _Read | None:
    """What a file holds; None where it is not there, or is not as this program writes it."""
    try:
        return msgspec.json.decode(files.read(path, _SIZE_CAP), type=form)
    except (FileUnreadable, FileTooLarge, NoAccess, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _kept(path: Path, seen: _Seen) -> bool:
    """Writes the user's side; False where her place cannot be written."""
    try:
        with files.as_trouble(path, FileUnwritable):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(path, msgspec.json.encode(seen))
    except (NoAccess, DiskFull, FileUnwritable):
        return False
    return True

"""The way from key files to an opened database: which copy is asked, which key fits, and what is swept away."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from desk_app.crypto import key_acts
from desk_app.crypto.keyfile import KeyFile
from desk_app.crypto.keyring import Unsealed
from desk_app.domain.errors import (
    EscrowWrong,
    KeyFileAltered,
    NoAccess,
    RecoveryCodeWrong,
    Trouble,
    UnknownUser,
    UserNotChosen,
    VaultDamaged,
    VaultInUse,
    WrongPassphrase,
)
from desk_app.storage import files, key_files, sqlcipher
from desk_app.storage.key_files import DATABASE
from desk_app.storage.sqlcipher import VaultDatabase

NEXT = "core.next"
"""The database under its next key, while a rotation is under way."""

_logger = logging.getLogger(__name__)
Result = TypeVar("Result")
Keys = TypeVar("Keys", bound=Unsealed)


def first_to_open(folder: Path, attempt: Callable[[KeyFile], Result]) -> Result:
    """What the attempt makes of the first key file that opens the database.

    Of a vault's two copies the second is asked only where the first was altered or opens another database: a copy that
    stayed behind must not bring back an old passphrase. Whether the first was altered so that a paper fits no slot of
    it, the second alone can tell: then it is asked too, and `attempt` sees to it with `refuse_behind`.
    """
    found = key_files.read_all(folder)
    try:
        return _first_of(found, attempt)
    except (VaultDamaged, NoAccess) as trouble:
        # A rotation that ended meanwhile put another database in the place of the one that these keys open.
        if key_files.read_all(folder) != found:
            raise VaultInUse(str(folder)) from trouble
        raise


def _first_of(found: Sequence[KeyFile], attempt: Callable[[KeyFile], Result]) -> Result:
    refused: list[Trouble] = []
    answered: set[str] = set()
    unfitting: set[str] = set()
    for key_file in found:
        if key_file.vault in answered:
            continue
        try:
            opened = attempt(key_file)
        except (VaultDamaged, KeyFileAltered) as trouble:
            if key_file.vault not in unfitting:
                refused.append(trouble)
        except (RecoveryCodeWrong, EscrowWrong) as trouble:
            refused.append(trouble)
            unfitting.add(key_file.vault)
        except (UnknownUser, UserNotChosen, WrongPassphrase) as trouble:
            refused.append(trouble)
            answered.add(key_file.vault)
        else:
            if key_file.vault in unfitting or any(isinstance(trouble, KeyFileAltered) for trouble in refused):
                _logger.warning("altered_copy_of_keys_replaced")
            return opened
    raise min(refused, key=lambda trouble: not isinstance(trouble, VaultDamaged))


def refuse_behind(folder: Path, key_file: KeyFile, keys: Unsealed) -> None:
    """A copy that stayed behind must not bring back an old paper: where one before it is as a holder of the vault's
    key wrote it, that one counts. Raises `KeyFileAltered`, which stands for the copy that is not asked."""
    copies = key_files.read_all(folder)
    if any(key_acts.is_ours(one, key_file.vault, keys) for one in copies[: copies.index(key_file)]):
        raise KeyFileAltered


def connected(folder: Path, keys: Sequence[Keys]) -> tuple[VaultDatabase, Keys]:
    """The database, and those of the keys that open it: a rotation that was cut short leaves two to try."""
    path = folder / DATABASE
    with files.as_trouble(folder):
        # SQLite would take a file without one whole page for a new database, and write it.
        if not path.is_file() or path.stat().st_size < sqlcipher.PAGE:
            raise VaultDamaged(str(folder))
    for one in keys[:-1]:
        try:
            return sqlcipher.connect(path, one.data_key.key, one.data_key.salt), one
        except VaultDamaged:
            continue
    return sqlcipher.connect(path, keys[-1].data_key.key, keys[-1].data_key.salt), keys[-1]


def sweep(folder: Path) -> None:
    """Removes what a program that was cut short left beside the database. It is sealed, so failing is no trouble."""
    try:
        for left in (*folder.glob(f"{NEXT}*"), *folder.glob(".*.part")):
            left.unlink(missing_ok=True)
    except OSError:
        _logger.warning("vault_not_swept")

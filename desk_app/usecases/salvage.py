"""Saving what can be read of a damaged vault into a new one, which asks the coordinator for the rest."""

from pathlib import Path

import msgspec

from desk_app.crypto import keyring
from desk_app.crypto.keyfile import DataKey, KeyFile
from desk_app.domain import names
from desk_app.domain.clock import today
from desk_app.domain.errors import FileUnreadable, NothingSalvaged, UserNotChosen
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.domain.rules.auditing import Action
from desk_app.storage import (
    blob_table,
    blobs,
    check,
    erasure,
    key_files,
    log_table,
    opening,
    partner_table,
    restoring,
    unlocking,
)
from desk_app.storage import salvage as storage
from desk_app.storage.backup import nobody_asks
from desk_app.storage.journal import Write
from desk_app.storage.salvage import Progress, Salvaged
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Surroundings, Vault
from desk_app.usecases import audit, lost_roster


def salvage(
    folder: Path,
    new_folder: Path,
    user: str | None,
    passphrase: str,
    surroundings: Surroundings,
    progress: Progress = nobody_asks,
) -> Salvaged:
    """Makes a new vault, with the same keys, of every row that can be read; the damaged one is not touched.

    Where both folders are the same, the damaged vault is set aside under another name and stays whole.
    Raises `NothingSalvaged`, `WrongPassphrase`, `UnknownUser`, `UserNotChosen`, `KeyFileDamaged`, `VaultMissing`,
    `VaultExists`, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    folder, new_folder = folder.absolute(), new_folder.absolute()
    if folder != new_folder:
        restoring.refuse_taken(new_folder)
    wanted = None if user is None else names.clean(user).strip()
    key_file, data_key = _keys(folder, wanted, passphrase, surroundings)
    with restoring.beside(new_folder, surroundings.random) as part:
        found = storage.salvage(folder / DATABASE, part / DATABASE, data_key, surroundings.random, progress)
        key_files.write(part, key_file)
        made = opening.open_vault(part, wanted, passphrase, surroundings)
        try:
            if found.pages_lost:
                _erase_anew(made)
                with as_trouble(made.folder / DATABASE), atomic(made.db):
                    lost_roster.say_anew(made)
                    blob_table.note_unnamed(made.db)
            # Attachments' files are sealed each by itself: they go along as they are.
            restoring.copy_blobs(folder / blobs.FOLDER, part, blob_table.to_keep(made.db))
            audit.note(made, Action.SALVAGED, detail=f"{found.changes} {found.missing + found.nameless}")
        finally:
            made.close()
        restoring.put_in_place(part, new_folder, today(surroundings.milliseconds()))
    return found


def _erase_anew(vault: Vault) -> None:
    """What is empty and of which no erasure tells any more was erased all the same: it is said anew, to all, for nobody
    knows any longer who may still hold it. At a desk what others wrote may be empty because it was let go; where it was
    not, the coordinator sends the erasure again."""
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        empty = [RecordId(one.record) for one in check.erasures(vault.db, vault.registry) if one.code == "emptied"]
        changes = log_table.of_records(vault.db, empty, whole=True)
        gone = [
            record
            for record, said in changes.items()
            if vault.is_coordinator or any(not one.body and one.device == vault.device for one in said)
        ]
        desks = sorted({vault.desk, *(one.code for one in partner_table.partners(vault.db))})
        values = {"desk": vault.desk, "desks": msgspec.json.encode(desks).decode(), "reason": "asked"}
        on = today(vault.now()).isoformat()
        vault.journal.write([Write(ERASURE, erasure_of(one), {**values, "erased_on": on}) for one in gone])
        erasure.empty(vault.db, vault.registry, gone)


def _keys(folder: Path, user: str | None, passphrase: str, surroundings: Surroundings) -> tuple[KeyFile, DataKey]:
    """The key file that opens, and that of its data keys with which the damaged pages were sealed."""

    def opened(key_file: KeyFile) -> tuple[KeyFile, DataKey]:
        if user is None and len(key_file.users) > 1:
            raise UserNotChosen
        slot = key_file.users[0] if user is None else key_file.named(user)
        key_file = keyring.renewed(key_file, slot.name, passphrase, surroundings.random)
        for keys in keyring.open_slot(key_file, slot.name, passphrase):
            if storage.fits(folder / DATABASE, keys.data_key):
                return key_file, keys.data_key
        raise NothingSalvaged(str(folder))

    try:
        return unlocking.first_to_open(folder, opened)
    except FileUnreadable as error:
        raise NothingSalvaged(str(folder)) from error

"""A backup as a vault again: one that never reuses a number, and in which what was erased since stays erased."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk_app.domain.change import Change, Version
from desk_app.domain.clock import today
from desk_app.domain.errors import BackupDamaged, Trouble, VaultDamaged, VaultInUse
from desk_app.domain.fold import fold
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import ERASURE
from desk_app.domain.rules.auditing import Action
from desk_app.storage import (
    backup,
    backup_file,
    blob_table,
    blobs,
    erasure,
    exchange,
    files,
    key_files,
    log_table,
    opening,
    restoring,
    rotation,
    schema,
    unlocking,
)
from desk_app.storage.backup import Progress, nobody_asks
from desk_app.storage.backup_file import Facts
from desk_app.storage.journal import Write
from desk_app.storage.restoring import Left
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Surroundings, Vault
from desk_app.sync.plan import compare
from desk_app.usecases import audit

_MINUTES_A_NUMBER = 20
"""No desk makes records of a kind faster for long. Only the clock tells two restores of one backup apart, so each must
begin above what was given after the one before, on the same day too."""
_NUMBERS_AT_ONCE = 20
_MOST_SKIPPED = 365 * 24 * 3
_NOTHING = Left((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored vault. `made` is the backup's time in Unix milliseconds; `aside` where the replaced vault lies now;
    `erasures` how many erasures that one still knew of, None where it could not be opened.
    """

    folder: Path
    made: int
    aside: Path | None
    erasures: int | None


def restore(
    file: Path,
    folder: Path,
    user: str | None,
    passphrase: str,
    surroundings: Surroundings,
    *,
    replace: bool = False,
    progress: Progress = nobody_asks,
) -> Restored:
    """Makes a vault of a backup, with the passphrase that was good when it was made; all checks come first.

    With `replace` the vault that lies in the folder is set aside and never removed; as far as it opens, its erasures
    and numbers hold in the new one. A restored vault has a new incarnation, and asks the coordinator for what is lost.
    Raises `BackupDamaged`, `BackupNewer`, `WrongPassphrase`, `UnknownUser`, `VaultExists`, `VaultInUse`, `DiskFull`,
    `NoAccess`.
    """
    folder = folder.absolute()
    restoring.finish(folder)
    if not replace:
        restoring.refuse_taken(folder)
    with files.as_trouble(file):
        size = file.stat().st_size if file.is_file() else 0
    told = backup.Counted(progress, 0, size)
    with restoring.beside(folder, surroundings.random) as part:
        facts = backup_file.unpack(file, part, key_files.KEY_FILES, told, with_blobs=True)
        restored = _opened(part, user, passphrase, surroundings)
        try:
            left = _left(folder, restored, user, passphrase) if replace else None
            _hand_over(restored, left, facts)
            wanted = blob_table.to_keep(restored.db)
            for place in (file.parent / backup_file.BLOBS, folder / blobs.FOLDER):
                restoring.copy_blobs(place, part, wanted)
        finally:
            restored.close()
        aside = restoring.put_in_place(part, folder, today(surroundings.milliseconds()))
    return Restored(folder, facts.made, aside, None if left is None else len(left.erasures))


def _left(folder: Path, restored: Vault, user: str | None, passphrase: str) -> Left | None:
    """What the vault that is replaced leaves, None where it does not open any more; another vault than the one that is
    `restored` leaves nothing. Raises `VaultInUse` where another program has it open, which would go on writing into
    what is set aside."""
    vault = None
    try:
        vault = _replaced(folder, restored, user, passphrase)
        rotation.lock_out(vault)
        return restoring.left_by(vault) if vault.id == restored.id else _NOTHING
    except VaultInUse:
        raise
    except Trouble:
        return None
    finally:
        if vault is not None:
            vault.close()


def _replaced(folder: Path, restored: Vault, user: str | None, passphrase: str) -> Vault:
    """The vault that lies there. The backup's data key opens it unless that was changed since, whatever became of the
    passphrase; else the passphrase may. Raises what opening raises."""
    try:
        db, _ = unlocking.connected(folder, (restored.keys,))
    except VaultDamaged:
        return opening.open_vault(folder, user, passphrase, restored.surroundings)
    if schema.version(db) != schema.VERSION:
        db.conn.close()
        return opening.open_vault(folder, user, passphrase, restored.surroundings)
    return dataclasses.replace(restored, folder=folder, db=db)


def _opened(part: Path, user: str | None, passphrase: str, surroundings: Surroundings) -> Vault:
    """The unpacked vault, opened and checked. Raises `BackupDamaged` and what a wrong passphrase raises."""
    try:
        vault = opening.open_vault(part, user, passphrase, surroundings)
    except VaultDamaged as error:
        raise BackupDamaged from error
    if not backup.holds(vault.db, part / DATABASE):
        vault.db.conn.close()
        raise BackupDamaged
    return vault


def _hand_over(restored: Vault, left: Left | None, facts: Facts) -> None:
    with as_trouble(restored.folder / DATABASE), atomic(restored.db):
        restoring.begin_anew(restored)
        if left is None or left == _NOTHING:
            minutes = max(0, restored.now() - facts.made) // 60_000
            skipped = _NUMBERS_AT_ONCE + minutes // _MINUTES_A_NUMBER
            restoring.skip_numbers(restored, min(skipped, _MOST_SKIPPED))
        else:
            restoring.take_over(restored, left)
            _erase_again(restored, left.erasures)
        audit.note(restored, Action.RESTORED, detail=today(facts.made).isoformat())


def _erase_again(restored: Vault, erasures: Sequence[Change]) -> None:
    """What was erased since the backup was made is erased in it too, before anybody sees it."""
    fate = erasure.fate(restored.db, restored.registry, erasures)
    alone = _over_a_hole(restored, erasures)
    restored.journal.write(_said_anew(alone))
    others = [one for one in erasures if one.version not in alone]
    held = log_table.of_records(restored.db, list({change.record for change in others}))
    found = compare(restored.registry, others, held, fate)
    exchange.take_back_filled(restored.db, found.arrived)
    restored.journal.take(found.arrived, found.fresh, found.changed, found.filled, found.fate)


def _over_a_hole(restored: Vault, erasures: Sequence[Change]) -> dict[Version, Change]:
    """Those of this device that the backup does not lead up to. What lies before them may be lost for good, and with an
    older version no partner would ever count what lies above a hole as received."""
    reached = log_table.held(restored.db)
    found: dict[Version, Change] = {}
    for one in sorted(erasures, key=lambda change: change.version):
        if one.device == restored.device:
            if one.seq > reached.get(one.chain, 0) + 1:
                found[one.version] = one
            else:
                reached[one.chain] = max(one.seq, reached.get(one.chain, 0))
    return found


def _said_anew(erasures: Mapping[Version, Change]) -> list[Write]:
    """The same erasures in the restored vault's own series."""
    by_record: dict[RecordId, list[Change]] = {}
    for one in erasures.values():
        by_record.setdefault(one.record, []).append(one)
    folded = (fold(ERASURE, changes) for changes in by_record.values())
    return [
        Write(ERASURE, state.record, {name: value for name, value in state.values.items() if value is not None})
        for state in folded
        if state is not None
    ]

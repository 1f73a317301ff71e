"""Backups: made daily and by hand, and opened again before they count."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk_app.crypto import keyfile
from desk_app.domain.clock import today
from desk_app.domain.errors import FileUnwritable, Trouble
from desk_app.domain.rules.auditing import Action
from desk_app.storage import (
    backup,
    backup_file,
    blob_table,
    blobs,
    files,
    meta,
    restoring,
    schema,
)
from desk_app.storage.backup import Progress, Source, nobody_asks
from desk_app.storage.backup_file import Facts
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import audit

OVERDUE_DAYS = 7
"""After so many days without a backup the window says so."""

_LAST, _DAY = "backup_last", "backup_day"
_SECOND, _SECOND_LAST, _SECOND_DAY = "backup_folder", "backup_second_last", "backup_second_day"
_SECOND_STALE = "backup_second_stale"
"""Which files of attachments were erased while the second folder was away; its older backups hold what was erased."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that counts. `at` in Unix milliseconds, `size` in bytes."""

    file: Path
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the backups stand. Times are Unix milliseconds, None before the first; `second` is the folder beside."""

    last: int | None
    second: Path | None
    second_there: bool
    second_last: int | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Daily:
    """What was made today: here, and in the second folder, or what was in the way there."""

    made: Made | None
    second: Made | None
    trouble: Trouble | None


def back_up(vault: Vault, target: Path | None = None, progress: Progress = nobody_asks) -> Made:
    """Makes a backup: into the vault's own folder, without attachments' files, or with them to a file that is not there
    yet or into a folder.

    Raises `BackupUnsound`, `FileExists`, `VaultDamaged`, `VaultInUse`, `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    path = vault.folder / backup.FOLDER if target is None else target
    if target is None or files.is_folder(path):
        path = path / backup_file.new_name(today(vault.now()), vault.surroundings.random)
    files.refuse_taken(path)
    made = _make(vault, path, {} if target is None else _blobs(vault), progress)
    _note(vault, {_LAST: str(made.at)})
    return made


def is_due(vault: Vault) -> bool:
    """Whether today's backup is still to be made, here or in the second folder where that is within reach."""
    day = today(vault.now()).isoformat()
    with as_trouble(vault.folder / DATABASE):
        here, there = meta.get(vault.db, _DAY), meta.get(vault.db, _SECOND_DAY)
        second = _second(vault)
    return here != day or (second is not None and there != day and files.is_folder(second))


def daily(vault: Vault, progress: Progress = nobody_asks, *, once_more: bool = False) -> Daily:
    """Makes today's backup unless it is made, and thins out the older ones: seven days and four weeks stay. It is made
    `once_more` where somebody asks for it now.

    What is in the way at the second folder is told and stops nobody. Raises what `back_up` raises.
    """
    now, day = vault.now(), today(vault.now())
    with as_trouble(vault.folder / DATABASE):
        here, there, second = meta.get(vault.db, _DAY), meta.get(vault.db, _SECOND_DAY), _second(vault)
    made = None
    if once_more or here != day.isoformat():
        made = back_up(vault, None, progress)
        _note(vault, {_DAY: day.isoformat()})
        backup.thin_out(vault.folder / backup.FOLDER, vault.id, day)
    is_made = there == day.isoformat() and not once_more
    if second is None or is_made or not files.is_folder(second):
        return Daily(made, None, None)
    try:
        beside = _make(vault, second / backup_file.new_name(day, vault.surroundings.random), {}, progress)
        with as_trouble(vault.folder / DATABASE):
            wanted = blob_table.to_keep(vault.db)
        restoring.copy_blobs(vault.folder / blobs.FOLDER, second, wanted)
        _forget_erased(vault, second, beside.file)
        backup.thin_out(second, vault.id, day)
    except Trouble as trouble:
        return Daily(made, None, trouble)
    _note(vault, {_SECOND_DAY: day.isoformat(), _SECOND_LAST: str(now), _LAST: str(now)})
    return Daily(made, beside, None)


def within_reach(vault: Vault) -> tuple[str, ...]:
    """The names of this vault's backups in its own folder, and in the second one where that is there."""
    return tuple(path.name for place in _places(vault) for path in backup.of_vault(place, vault.id))


def renew(vault: Vault, older: Collection[str], erased_files: Sequence[str]) -> None:
    """After an erasure: wherever backups of these names lie, a fresh one comes and they go, for they hold what was
    erased; so do the erased attachments' files beside them. In a second folder that is away that is done with its next
    backup. Raises what `back_up` raises.
    """
    for place in _places(vault):
        found = [path for path in backup.present(place) if path.name in older]
        if found:
            day = today(vault.now())
            _make(vault, place / backup_file.new_name(day, vault.surroundings.random), {}, nobody_asks)
            backup.discard(found)
        blobs.forget(place, erased_files)
    with as_trouble(vault.folder / DATABASE):
        second, stale = _second(vault), meta.get(vault.db, _SECOND_STALE)
    if second is not None and not files.is_folder(second):
        _note(vault, {_SECOND_STALE: " ".join((stale or "stale", *erased_files)), _SECOND_DAY: ""})


def choose_second_folder(vault: Vault, folder: Path | None) -> None:
    """Keeps where backups go beside the vault's own folder; None for nowhere.

    Raises `FileUnwritable` for what is no folder and for one inside the vault.
    """
    if folder is not None:
        folder = folder.absolute()
        if not files.is_folder(folder) or vault.folder.absolute() in (folder, *folder.parents):
            raise FileUnwritable(str(folder))
    _note(vault, {_SECOND: str(folder or ""), _SECOND_DAY: "", _SECOND_LAST: "", _SECOND_STALE: ""})


def last_backup(vault: Vault) -> int | None:
    """When the newest backup was made that counts, in Unix milliseconds."""
    with as_trouble(vault.folder / DATABASE):
        return int(meta.get(vault.db, _LAST) or 0) or None


def standing(vault: Vault) -> Standing:
    """When the last backups were made, and whether the second folder is within reach."""
    last = last_backup(vault)
    with as_trouble(vault.folder / DATABASE):
        second = _second(vault)
        second_last = int(meta.get(vault.db, _SECOND_LAST) or 0) or None
    # What claims to be of days to come was made while the clock was wrong, and says nothing of how old it is.
    late = last is None or not -1 <= (today(vault.now()) - today(last)).days <= OVERDUE_DAYS
    return Standing(last, second, second is not None and files.is_folder(second), second_last, late)


def _make(vault: Vault, path: Path, held: Mapping[str, Path], progress: Progress) -> Made:
    key_file = vault.key_file()
    source = Source(vault.db, vault.folder / DATABASE, vault.keys.data_key, keyfile.encode_key_file(key_file), held)
    now = vault.now()
    size = backup.make(source, path, Facts(backup_file.FORMAT, now, schema.VERSION), progress)
    audit.note(vault, Action.BACKED_UP)
    return Made(path, now, size)


def _blobs(vault: Vault) -> dict[str, Path]:
    with as_trouble(vault.folder / DATABASE):
        names = blob_table.to_keep(vault.db)
    places = {name: vault.folder / blobs.FOLDER / name for name in names}
    return {name: path for name, path in places.items() if path.is_file()}


def _places(vault: Vault) -> list[Path]:
    """The folders within reach where backups lie."""
    with as_trouble(vault.folder / DATABASE):
        places = (vault.folder / backup.FOLDER, _second(vault))
    return [place for place in places if place is not None and files.is_folder(place)]


def _second(vault: Vault) -> Path | None:
    said = meta.get(vault.db, _SECOND)
    return Path(said) if said else None


def _forget_erased(vault: Vault, second: Path, fresh: Path) -> None:
    """What `renew` could not do while the second folder was away."""
    with as_trouble(vault.folder / DATABASE):
        stale = meta.get(vault.db, _SECOND_STALE)
    if stale:
        backup.discard(path for path in backup.of_vault(second, vault.id) if path != fresh)
        blobs.forget(second, stale.split())
        _note(vault, {_SECOND_STALE: ""})


def _note(vault: Vault, facts: Mapping[str, str]) -> None:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        for key, value in facts.items():
            meta.put(vault.db, key, value)

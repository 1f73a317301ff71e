"""Backups restored, and backups that somebody altered."""

import zipfile
from pathlib import Path

from desk_app.storage.vault import Vault
from desk_app.usecases import restoring
from tests.fakes import PASSPHRASE, USER, FakeClock, open_vault, surroundings


def restored(file: Path, folder: Path, clock: FakeClock | None = None, *, replace: bool = False) -> Vault:
    around = surroundings("restored", clock)
    restoring.restore(file, folder, USER, PASSPHRASE, around, replace=replace)
    return open_vault(folder, surroundings("restored and opened", clock))


def altered(file: Path, members: dict[str, bytes | None]) -> Path:
    """The backup with other members, None for one that is left out."""
    with zipfile.ZipFile(file) as archive:
        held: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    made = file.with_name("altered.roh-backup")
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in {**held, **members}.items():
            if data is not None:
                archive.writestr(name, data)
    return made


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

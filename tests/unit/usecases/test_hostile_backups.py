"""What is no backup of ours, or no longer as it was made, is refused whole and does no harm."""

import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from desk_app.domain.errors import BackupDamaged, BackupNewer, FileUnreadable
from desk_app.storage.vault import Vault
from desk_app.usecases import backups, restoring
from tests.fakes import PASSPHRASE, USER, surroundings
from tests.unit.usecases.backup_files import altered, flipped, restored


@pytest.mark.parametrize("seed", range(8))
def test_an_altered_backup_is_refused_whole(vault: Vault, tmp_path: Path, seed: int) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    data = made.file.read_bytes()
    made.file.write_bytes(flipped(data, len(data) * (2 * seed + 1) // 16))
    with pytest.raises(BackupDamaged):
        restored(made.file, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("keep", [0, 10, 5000, -1])
def test_a_cut_backup_is_refused(vault: Vault, tmp_path: Path, keep: int) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    made.file.write_bytes(made.file.read_bytes()[:keep])
    with pytest.raises(BackupDamaged):
        restored(made.file, tmp_path / "restored")


@pytest.mark.parametrize(
    "members",
    [
        {"../outside.txt": b"x"},
        {"blobs/../../outside": b"x"},
        {"more.txt": b"x"},
        {"core.db": None},
        {"keys.json": b"{}"},
        {"facts.json": b"no json"},
        {"facts.json": b" " * 5000},
        {"facts.json": b'{"format": 1, "made": 1000000000000000000, "schema": 2}'},
        {"facts.json": b'{"format": 1, "made": -1000000000000000000, "schema": 2}'},
        {"core.db": b"too short"},
        {"core.db": bytes(8192)},
    ],
)
def test_a_strange_zip_is_no_backup(vault: Vault, tmp_path: Path, members: dict[str, bytes | None]) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    with pytest.raises(BackupDamaged):
        restored(altered(made.file, members), tmp_path / "restored")
    assert not (tmp_path / "outside.txt").exists()


def test_compressed_members_are_refused(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    bomb = tmp_path / "bomb.roh-backup"
    with zipfile.ZipFile(made.file) as archive, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name) if name != "core.db" else bytes(50_000_000))
    with pytest.raises(BackupDamaged):
        restored(bomb, tmp_path / "restored")


def nested(file: Path, count: int) -> Path:
    """The backup with more members, each of which lies over all that come after it."""
    data = file.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    inside, listed = bytes(1_000_000), b""
    for number in range(count):
        name = f"blobs/{number:064x}".encode()
        facts = struct.pack("<IIIHH", zlib.crc32(inside), len(inside), len(inside), len(name), 0)
        inside = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 0, 0, 33) + facts + name + inside
        listed = struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 0, 0, 33) + facts + bytes(10) + b"%4d" + name + listed
    each = 30 + len("blobs/") + 64
    for number in range(count):
        listed = listed.replace(b"%4d", struct.pack("<I", start + number * each), 1)
    listed = data[start:end] + listed
    members = data[end + 8 : end + 10]
    total = struct.pack("<H", int.from_bytes(members, "little") + count)
    tail = b"PK\x05\x06" + bytes(4) + total + total + struct.pack("<IIH", len(listed), start + len(inside), 0)
    made = file.with_name("nested.roh-backup")
    made.write_bytes(data[:start] + inside + listed + tail)
    return made


def test_members_that_lie_over_each_other_are_refused_before_they_are_unpacked(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    one, many = nested(made.file, 1), tmp_path / "many"
    restored(one, tmp_path / "restored").close()  # By itself the member is as it should be.
    with pytest.raises(BackupDamaged):
        restored(nested(made.file, 20), many)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in a folder")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.roh-backup")
    with pytest.raises(FileUnreadable):
        restoring.restore(tmp_path / "pipe.roh-backup", tmp_path / "restored", USER, PASSPHRASE, surroundings())


def test_a_backup_of_a_newer_version_says_so(vault: Vault, tmp_path: Path) -> None:
    made = backups.back_up(vault, tmp_path / "a.roh-backup")
    newer = altered(made.file, {"facts.json": b'{"format": 2, "made": 1, "schema": 9}'})
    with pytest.raises(BackupNewer):
        restored(newer, tmp_path / "restored")

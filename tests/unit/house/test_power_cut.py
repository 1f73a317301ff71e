"""The simulated disk keeps what was flushed, and of the rest what a power cut may leave."""

import random
from pathlib import Path

from campaigns._disk import SECTOR, Disk, File, Folder

TRIES = 200


def found(disk: Disk, tmp_path: Path) -> list[dict[str, bytes]]:
    """What many power cuts at this moment leave in the folder."""
    left = []
    for number in range(TRIES):
        target = tmp_path / str(number)
        disk.after_power_cut(target, random.Random(number))
        left.append({path.name: path.read_bytes() for path in target.iterdir()})
    return left


def test_what_was_flushed_stands(tmp_path: Path) -> None:
    disk, file = Disk(Folder()), File()
    disk.change((disk.root, "core", file))
    file.write(0, b"kept")
    file.flush()
    disk.flush(disk.root)
    assert found(disk, tmp_path) == [{"core": b"kept"}] * TRIES


def test_a_name_without_a_flush_of_its_folder_may_be_lost(tmp_path: Path) -> None:
    disk, file = Disk(Folder()), File()
    disk.change((disk.root, "core", file))
    file.write(0, b"kept")
    file.flush()
    left = found(disk, tmp_path)
    assert {} in left
    assert {"core": b"kept"} in left


def test_a_renaming_happens_whole_or_not(tmp_path: Path) -> None:
    disk, old, new = Disk(Folder()), File(bytearray(b"old"), b"old"), File(bytearray(b"new"), b"new")
    disk.change((disk.root, "core", old))
    disk.change((disk.root, "part", new))
    disk.flush(disk.root)
    disk.change((disk.root, "part", None), (disk.root, "core", new))
    left = found(disk, tmp_path)
    assert {"core": b"new"} in left
    assert all(one in ({"core": b"new"}, {"core": b"old", "part": b"new"}) for one in left)


def test_writes_that_were_not_flushed_come_in_any_part_and_order(tmp_path: Path) -> None:
    disk, file = Disk(Folder()), File(bytearray(3 * SECTOR), bytes(3 * SECTOR))
    disk.root.now["core"] = disk.root.sure["core"] = file
    for letter in (b"a", b"b"):
        file.write(0, letter * 3 * SECTOR)
    seen = {bytes(one["core"][place] for place in (0, SECTOR, 2 * SECTOR)) for one in found(disk, tmp_path)}
    assert {b"\0\0\0", b"aaa", b"bbb"} < seen, "none, the first alone, or both"
    assert any(len(set(one)) > 1 for one in seen), "torn at a sector"
    assert bytes(file.now) == b"b" * 3 * SECTOR, "the program itself sees all it wrote"


def test_a_file_that_was_cut_may_still_be_long(tmp_path: Path) -> None:
    disk, file = Disk(Folder()), File(bytearray(b"log"), b"log")
    disk.root.now["log"] = disk.root.sure["log"] = file
    file.write(0, None)
    assert {one["log"] for one in found(disk, tmp_path)} == {b"", b"log"}

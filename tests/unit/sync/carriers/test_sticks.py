"""Sticks are found as each system tells of them, and folders of this computer do what stores do."""

import ctypes
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain.errors import (
    DiskFull,
    FileTooLarge,
    FileUnreadable,
    StickMissing,
    StickNotOpened,
    StickUnclear,
    StorePlaceMissing,
)
from desk_app.sync.carriers import folder as folders
from desk_app.sync.carriers import sticks
from desk_app.sync.carriers.carrier import Addressee
from desk_app.sync.carriers.folder import FolderCarrier
from desk_app.sync.carriers.sticks import Machine

NAME = "3f9a0c11d2e4b567.roh"
NOBODY = Addressee("")


class Linux:
    """Files that look like a machine's `/proc/mounts` and `/sys/block`."""

    def __init__(self, folder: Path) -> None:
        self.machine = Machine(folder / "mounts", folder / "sys" / "block")
        self.machine.blocks.mkdir(parents=True)
        self.machine.mounts.write_text("proc /proc proc rw 0 0\n")
        self._folder = folder

    def disk(self, name: str, *, removable: bool = False, bus: str = "pci0000:00", size: int = 1000) -> None:
        real = self._folder / "sys" / "devices" / bus / name
        (real / f"{name}1").mkdir(parents=True)
        (real / "removable").write_text(f"{int(removable)}\n")
        (real / "size").write_text(f"{size}\n")
        (self.machine.blocks / name).symlink_to(real)

    def mount(self, device: str, called: str, system: str = "vfat", options: str = "rw,relatime") -> Path:
        path = self._folder / "media" / called
        path.mkdir(parents=True)
        shown = str(path).replace("\\", "\\134").replace(" ", "\\040")
        raw = "".join(sign if sign.isascii() else "".join(f"\\{byte:03o}" for byte in sign.encode()) for sign in shown)
        with self.machine.mounts.open("a") as file:
            file.write(f"/dev/{device} {raw} {system} {options} 0 0\n")
        return path


@pytest.fixture
def linux(tmp_path: Path) -> Linux:
    return Linux(tmp_path)


def test_sticks_are_told_from_the_disks_of_the_computer(linux: Linux) -> None:
    linux.disk("nvme0n1")
    linux.mount("nvme0n1p1", "home", "ext4")
    linux.disk("sda", removable=True)
    linux.disk("sdb", bus="pci0000:00/usb2/2-1")
    linux.disk("sr0", removable=True)
    linux.mount("sr0", "film", "iso9660")
    stick = linux.mount("sda1", "МОЁ ФЛЕШКА")
    linux.mount("sdb1", "drive", "exfat", "ro,nosuid")
    found = {one.name: one for one in sticks.sticks(linux.machine)}
    assert set(found) == {"МОЁ ФЛЕШКА", "drive"}
    assert found["МОЁ ФЛЕШКА"].path == stick
    assert found["МОЁ ФЛЕШКА"].system == "vfat"
    assert found["МОЁ ФЛЕШКА"].free > 0
    assert not found["МОЁ ФЛЕШКА"].read_only
    assert found["drive"].read_only
    there = sticks.at(stick / "bundles", linux.machine)
    assert there is not None
    # Others write on the disk meanwhile: how much is free may differ between two looks.
    assert replace(there, free=0) == replace(found["МОЁ ФЛЕШКА"], free=0)
    assert sticks.at(Path("/"), linux.machine) is None


def test_what_is_wrong_with_the_sticks_is_said(linux: Linux) -> None:
    with pytest.raises(StickMissing):
        sticks.named("", linux.machine)
    linux.disk("sdc", removable=True, size=0)  # A card reader without a card.
    with pytest.raises(StickMissing):
        sticks.named("", linux.machine)
    linux.disk("sda", removable=True)
    with pytest.raises(StickNotOpened):
        sticks.named("", linux.machine)
    one = linux.mount("sda1", "one")
    assert sticks.named("", linux.machine).path == sticks.named("one", linux.machine).path == one
    with pytest.raises(StickMissing):
        sticks.named("two", linux.machine)
    linux.disk("sdb", removable=True)
    linux.mount("sdb", "two")
    with pytest.raises(StickUnclear):
        sticks.named("", linux.machine)
    assert sticks.named("two", linux.machine).name == "two"


def test_a_stick_that_went_since_the_list_was_made_is_none(linux: Linux) -> None:
    linux.disk("sda", removable=True)
    linux.mount("sda1", "one").rmdir()
    assert sticks.sticks(linux.machine) == []
    linux.machine.mounts.unlink()
    assert sticks.sticks(linux.machine) == []


class Kernel:
    """What Windows answers: drive C is a disk, E a stick, F a stick that is locked, G a reader without a card."""

    def GetLogicalDrives(self) -> int:
        return 0b1110100

    def GetDriveTypeW(self, root: str) -> int:
        return 3 if root.startswith("C") else 2

    def GetVolumeInformationW(
        self, root: str, name: Any, _size: int, _a: Any, _b: Any, flags: Any, system: Any, _c: int
    ) -> int:
        name.value = "ROH" if root == "E:\\" else ""
        system.value = "FAT32"
        ctypes.cast(flags, ctypes.POINTER(ctypes.c_ulong)).contents.value = 0x80000 if root == "F:\\" else 0
        return int(root != "G:\\")

    def GetDiskFreeSpaceExW(self, root: str, free: Any, _all: Any, _total: Any) -> int:
        ctypes.cast(free, ctypes.POINTER(ctypes.c_ulonglong)).contents.value = 5_000_000_000
        return 1


def test_windows_tells_its_sticks() -> None:
    first, second = sticks.windows_sticks(Kernel())
    assert (first.name, str(first.path), first.system) == ("ROH (E:)", "E:\\", "FAT32")
    assert (first.free, first.read_only) == (5_000_000_000, False)
    assert (second.name, second.read_only) == ("F:", True)


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(DiskFull):
        FolderCarrier(tmp_path).put(NAME, b"data", NOBODY)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_does_not_read_as_it_was_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders.Path, "read_bytes", lambda _path: b"something else")
    with pytest.raises(folders.FileUnwritable):
        FolderCarrier(tmp_path).put(NAME, b"data", NOBODY)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_goes_away_is_said(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path / "gone")
    with pytest.raises(StorePlaceMissing):
        carrier.put(NAME, b"data", NOBODY)
    with pytest.raises(StorePlaceMissing):
        carrier.check()


def test_hostile_names_and_things_that_are_no_files(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    (tmp_path / "folder.roh").mkdir()
    os.mkfifo(tmp_path / "pipe.roh")
    (tmp_path / "loop.roh").symlink_to("loop.roh")
    (tmp_path / "gone.roh").symlink_to("nowhere")
    assert carrier.list_files() == []
    (tmp_path / "secret").write_bytes(b"secret")
    for name in ("secret", "../secret", "folder.roh"):
        with pytest.raises(FileUnreadable):
            carrier.get(name, 100)
    (tmp_path / NAME).write_bytes(b"12345")
    with pytest.raises(FileTooLarge):
        carrier.get(NAME, 4)

"""Finding USB sticks and memory cards, and saying exactly what is wrong with one."""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk_app.domain.errors import StickMissing, StickNotOpened, StickUnclear

_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOVABLE, _READ_ONLY = 2, 0x00080000
"""Of Windows: `DRIVE_REMOVABLE` and `FILE_READ_ONLY_VOLUME`."""


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick that is there. `name` is what the system calls it, `system` its file system, `free` in bytes."""

    name: str
    path: Path
    system: str
    free: int
    read_only: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """Where Linux tells of its disks; tests lay others."""

    mounts: Path = Path("/proc/mounts")
    blocks: Path = Path("/sys/block")


def sticks(machine: Machine | None = None) -> list[Stick]:
    """The sticks that can be read, by name; empty on systems that this program does not know."""
    if machine is None and sys.platform == "win32":
        import ctypes

        return windows_sticks(ctypes.windll.kernel32)
    found = _linux_sticks(machine or Machine())
    return sorted(found, key=lambda one: (one.name, str(one.path)))


def at(path: Path, machine: Machine | None = None) -> Stick | None:
    """The stick that a folder lies on, or None."""
    return next((one for one in sticks(machine) if path == one.path or one.path in path.parents), None)


def named(name: str, machine: Machine | None = None) -> Stick:
    """The stick of that name or folder; without a name, the only one.

    Raises `StickMissing`, `StickNotOpened`, `StickUnclear`.
    """
    found = sticks(machine)
    if name:
        found = [one for one in found if name in (one.name, str(one.path))]
    if len(found) > 1:
        raise StickUnclear(tuple(str(one.path) for one in found))
    if found:
        return found[0]
    closed = unopened(machine)
    if closed and not name:
        raise StickNotOpened(closed[0])
    raise StickMissing


def unopened(machine: Machine | None = None) -> list[str]:
    """The devices of sticks that are plugged in while the system shows no folder of them; Linux alone knows."""
    if machine is None and sys.platform == "win32":
        return []
    machine = machine or Machine()
    mounted = {_disk_of(machine, device) for device, *_ in _mounts(machine)}
    return [
        disk.name
        for disk in _disks(machine)
        if _is_stick(disk) and _word(disk / "size") not in ("", "0") and disk.name not in mounted
    ]


def _linux_sticks(machine: Machine) -> Iterator[Stick]:
    for device, folder, system, options in _mounts(machine):
        disk = _disk_of(machine, device)
        if not disk or not _is_stick(machine.blocks / disk):
            continue
        path = Path(folder)
        try:
            free = shutil.disk_usage(path).free
        except OSError:
            continue  # Pulled out since the list was made.
        locked = "ro" in options or not os.access(path, os.W_OK)
        yield Stick(path.name or folder, path, system, free, locked)


def _mounts(machine: Machine) -> list[tuple[str, str, str, Sequence[str]]]:
    """Device, folder, file system and options of every mounted disk."""
    try:
        lines = machine.mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = [line.split(" ") for line in lines if line.startswith("/dev/")]
    return [
        (_plain(one[0]).removeprefix("/dev/"), _plain(one[1]), one[2], one[3].split(","))
        for one in fields
        if len(one) >= 4
    ]


def _plain(word: str) -> str:
    """A name in that list has its spaces and other signs as octal bytes."""
    raw = _OCTAL.sub(lambda found: chr(int(found[1], 8)), word)
    return raw.encode("latin-1", "surrogateescape").decode("utf-8", "surrogateescape") if raw != word else word


def _disks(machine: Machine) -> list[Path]:
    try:
        return sorted(machine.blocks.iterdir())
    except OSError:
        return []


def _disk_of(machine: Machine, device: str) -> str:
    """The disk that a device is a part of, or is; empty where it is none."""
    for disk in _disks(machine):
        if disk.name == device or (device.startswith(disk.name) and (disk / device).is_dir()):
            return disk.name
    return ""


def _is_stick(disk: Path) -> bool:
    """Removable, on the USB, or a memory card in its slot."""
    if _word(disk / "removable") == "1" or _word(disk / "device" / "type") == "SD":
        return not disk.name.startswith(("sr", "fd", "loop"))
    try:
        return any(part.startswith("usb") for part in disk.resolve().parts)
    except OSError:
        return False


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def windows_sticks(kernel: Any) -> list[Stick]:
    """The same on Windows, asked of its `kernel32`."""
    import ctypes

    letters = kernel.GetLogicalDrives()
    found = []
    for place in range(26):
        root = f"{chr(ord('A') + place)}:\\"
        if not letters >> place & 1 or kernel.GetDriveTypeW(root) != _REMOVABLE:
            continue
        name, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        flags, free = ctypes.c_ulong(), ctypes.c_ulonglong()
        # A card reader without a card answers neither.
        if not kernel.GetVolumeInformationW(
            root, name, 261, None, None, ctypes.byref(flags), system, 261
        ) or not kernel.GetDiskFreeSpaceExW(root, ctypes.byref(free), None, None):
            continue
        called = f"{name.value} ({root[:2]})" if name.value else root[:2]
        found.append(Stick(called, Path(root), system.value, free.value, bool(flags.value & _READ_ONLY)))
    return found

"""A disk as a power cut leaves it: what was flushed stands, of the rest any part, in any order and torn at sectors.

The rules are the weakest that a file system may keep: a file's bytes are sure after an fsync of the file, its name
after one of its folder, and a write that is not sure may be there, or not, or in part, whatever came after it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that were written; `data` None cuts the file, or makes it longer, to `start`."""

    start: int
    data: bytes | None

    def apply(self, content: bytearray) -> None:
        """Changes the content as the write did."""
        if self.data is None:
            del content[self.start :]
            content.extend(bytes(self.start - len(content)))
            return
        content.extend(bytes(max(0, self.start - len(content))))
        content[self.start : self.start + len(self.data)] = self.data

    def pieces(self) -> Iterator["Write"]:
        """The sectors that it consists of."""
        if self.data is None:
            yield self
            return
        at = 0
        while at < len(self.data):
            length = SECTOR - (self.start + at) % SECTOR
            yield Write(self.start + at, self.data[at : at + length])
            at += length


@dataclass(eq=False, slots=True)
class File:
    """A file: what a program sees now, what is sure, and what was written since."""

    now: bytearray = field(default_factory=bytearray)
    sure: bytes = b""
    pending: list[Write] = field(default_factory=list)

    def write(self, start: int, data: bytes | None) -> None:
        """Writes, or cuts when there is no data."""
        one = Write(start, data)
        one.apply(self.now)
        self.pending.append(one)

    def flush(self) -> None:
        """What an fsync does."""
        self.sure = bytes(self.now)
        self.pending.clear()

    def after_power_cut(self, chance: random.Random) -> bytes:
        """The bytes that somebody finds."""
        content = bytearray(self.sure)
        kept: list[Write] = []
        share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for one in self.pending:
            fate = chance.random()
            if fate < share:
                kept.append(one)
            elif fate < share + 0.1:
                kept += [piece for piece in one.pieces() if chance.random() < 0.5]
        if chance.random() < 0.3:
            chance.shuffle(kept)
        for one in kept:
            one.apply(content)
        return bytes(content)


@dataclass(eq=False, slots=True)
class Folder:
    """A folder: its names now, and those that are sure."""

    now: dict[str, "Node"] = field(default_factory=dict)
    sure: dict[str, "Node"] = field(default_factory=dict)


Node = File | Folder
Entry = tuple[Folder, str, Node | None]


class Disk:
    """The folders and files below one folder, as a program changes them."""

    def __init__(self, root: Folder) -> None:
        self.root = root
        self._pending: list[tuple[Entry, ...]] = []
        """Changes of names that are not sure; each happens whole or not, a renaming too."""

    @classmethod
    def read(cls, path: Path) -> "Disk":
        """A disk with everything below a folder, all of it sure."""
        return cls(_read(path))

    def change(self, *entries: Entry) -> None:
        """Gives names to files and folders, or takes them away, all at once."""
        for folder, name, node in entries:
            _set(folder.now, name, node)
        self._pending.append(entries)

    def flush(self, folder: Folder) -> None:
        """What an fsync of a folder does."""
        left = []
        for change in self._pending:
            if any(touched is folder for touched, _, _ in change):
                _make_sure(change)
            else:
                left.append(change)
        self._pending = left

    def after_power_cut(self, target: Path, chance: random.Random) -> None:
        """Writes what somebody finds into a folder that is not there yet. The disk itself stays as it is."""
        names: dict[Folder, dict[str, Node]] = {}
        for change in self._chosen(chance):
            for folder, name, node in change:
                _set(names.setdefault(folder, dict(folder.sure)), name, node)
        _restore(self.root, names, target, chance)

    def _chosen(self, chance: random.Random) -> list[tuple[Entry, ...]]:
        """As a journal keeps them, the first so many; or any of them."""
        if chance.random() < 0.5:
            return self._pending[: chance.randrange(len(self._pending) + 1)]
        share = chance.random()
        return [change for change in self._pending if chance.random() < share]


def _read(path: Path) -> Folder:
    folder = Folder()
    for one in path.iterdir():
        node: Node = _read(one) if one.is_dir() else _sure_file(one.read_bytes())
        folder.now[one.name] = folder.sure[one.name] = node
    return folder


def _sure_file(data: bytes) -> File:
    return File(bytearray(data), data)


def _make_sure(change: tuple[Entry, ...]) -> None:
    for folder, name, node in change:
        _set(folder.sure, name, node)


def _set(names: dict[str, Node], name: str, node: Node | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def _restore(folder: Folder, names: dict[Folder, dict[str, Node]], target: Path, chance: random.Random) -> None:
    target.mkdir()
    for name, node in sorted(names.get(folder, folder.sure).items()):
        if isinstance(node, Folder):
            _restore(node, names, target / name, chance)
        elif not name.endswith("-shm"):  # SQLite makes it anew.
            (target / name).write_bytes(node.after_power_cut(chance))

"""What a process did to its files, as strace writes it down, played onto a simulated disk."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from _disk import Disk, File, Folder, Node

CALLS = (
    "openat open creat close lseek dup dup2 dup3 write pwrite64 writev pwritev ftruncate truncate fallocate fsync "
    "fdatasync sync_file_range sendfile copy_file_range rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir "
    "link linkat symlink symlinkat"
).split()
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_ARGUMENT = re.compile(r'"(?:\\x[0-9a-f]{2})*"|[^,"]+')


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the system that succeeded."""

    name: str
    arguments: tuple[str, ...]
    result: int

    def number(self, place: int) -> int:
        """An argument that is a number."""
        return int(self.arguments[place], 0)

    def data(self, place: int) -> bytes:
        """An argument that is text or bytes, as strace -xx writes them."""
        return bytes.fromhex(self.arguments[place].strip('"').replace("\\x", ""))

    def path(self, place: int) -> PurePosixPath:
        """An argument that is a path."""
        return PurePosixPath(self.data(place).decode())


@dataclass(slots=True)
class _Opened:
    node: Node
    at: int = 0
    appends: bool = False


def calls(path: Path) -> Iterator[Call]:
    """The calls that succeeded, in their order."""
    begun: dict[str, str] = {}
    with path.open(encoding="ascii") as file:
        for line in file:
            line = line.rstrip("\n")
            if cut := _UNFINISHED.match(line):
                begun[cut[1]] = f"{cut[1]} {cut[2]}"
                continue
            if rest := _RESUMED.match(line):
                line = begun.pop(rest[1]) + rest[2]
            found = _LINE.match(line)
            if found and int(found[4]) >= 0:
                arguments = tuple(one.strip() for one in _ARGUMENT.findall(found[3]) if one.strip())
                yield Call(found[2], arguments, int(found[4]))


class Player:
    """Plays calls onto a disk that stands for everything below `root`; what lies elsewhere is left out."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self.disk = disk
        self._root = PurePosixPath(root)
        self._opened: dict[int, _Opened] = {}
        self._plays: dict[str, Callable[[Call], None]] = {
            "openat": lambda call: self._open(call, call.path(1), call.arguments[2], call.arguments[0]),
            "close": lambda call: _forget(self._opened, call.number(0)),
            "lseek": self._seek,
            "write": lambda call: self._write(call, None),
            "pwrite64": lambda call: self._write(call, call.number(3)),
            "ftruncate": self._cut,
            "fsync": self._flush,
            "fdatasync": self._flush,
            "sendfile": lambda call: self._copy(call, 1, 0, call.arguments[2]),
            "copy_file_range": lambda call: self._copy(call, 0, 2, call.arguments[1]),
            "rename": lambda call: self._rename("AT_FDCWD", call.path(0), "AT_FDCWD", call.path(1)),
            "renameat": lambda call: self._rename(call.arguments[0], call.path(1), call.arguments[2], call.path(3)),
            "renameat2": lambda call: self._rename(call.arguments[0], call.path(1), call.arguments[2], call.path(3)),
            "unlink": lambda call: self._remove("AT_FDCWD", call.path(0)),
            "rmdir": lambda call: self._remove("AT_FDCWD", call.path(0)),
            "unlinkat": lambda call: self._remove(call.arguments[0], call.path(1)),
            "mkdir": lambda call: self._make("AT_FDCWD", call.path(0)),
            "mkdirat": lambda call: self._make(call.arguments[0], call.path(1)),
        }

    def play(self, call: Call) -> None:
        """Does to the disk what the call did. Raises `NotImplementedError` for a call on its files it cannot play."""
        known = self._plays.get(call.name)
        if known is not None:
            known(call)
        elif self._is_ours(call):
            raise NotImplementedError(f"{call.name}{call.arguments}")

    def opened(self, handle: int) -> Node | None:
        """What a handle stands for now."""
        found = self._opened.get(handle)
        return found.node if found else None

    def _is_ours(self, call: Call) -> bool:
        first = call.arguments[0]
        if first.isdigit():
            return int(first) in self._opened
        texts = [call.data(place) for place, one in enumerate(call.arguments) if one.startswith('"')]
        return any(self._root.as_posix().encode() in text for text in texts)

    def _place(self, path: PurePosixPath, start: str = "AT_FDCWD") -> tuple[Folder, str] | None:
        """The folder that a path leads to and the name in it; None for a path outside."""
        if path.is_absolute():
            if not path.is_relative_to(self._root) or path == self._root:
                return None
            folder, parts = self.disk.root, path.relative_to(self._root).parts
        else:
            node = self.opened(int(start)) if start.isdigit() else None
            if not isinstance(node, Folder):
                return None
            folder, parts = node, path.parts
        for part in parts[:-1]:
            inner = folder.now.get(part)
            if not isinstance(inner, Folder):
                return None
            folder = inner
        return folder, parts[-1]

    def _open(self, call: Call, path: PurePosixPath, flags: str, start: str) -> None:
        self._opened.pop(call.result, None)
        if path == self._root:
            self._opened[call.result] = _Opened(self.disk.root)
            return
        place = self._place(path, start)
        if place is None:
            return
        folder, name = place
        node = folder.now.get(name)
        if node is None:
            node = File()
            self.disk.change((folder, name, node))
        elif isinstance(node, File) and "O_TRUNC" in flags and node.now:
            node.write(0, None)
        self._opened[call.result] = _Opened(node, appends="O_APPEND" in flags)

    def _seek(self, call: Call) -> None:
        if found := self._opened.get(call.number(0)):
            found.at = call.result

    def _write(self, call: Call, start: int | None) -> None:
        self._put(call.number(0), call.data(1)[: call.result], start)

    def _put(self, handle: int, data: bytes, start: int | None) -> None:
        found = self._opened.get(handle)
        if found is None or not isinstance(found.node, File):
            return
        if start is None:
            start = len(found.node.now) if found.appends else found.at
            found.at = start + len(data)
        found.node.write(start, data)

    def _cut(self, call: Call) -> None:
        node = self.opened(call.number(0))
        if isinstance(node, File):
            node.write(call.number(1), None)

    def _copy(self, call: Call, source: int, target: int, start: str) -> None:
        found = self._opened.get(call.number(source))
        if found is None or not isinstance(found.node, File):
            if call.number(target) in self._opened:
                raise NotImplementedError(f"{call.name} from outside")
            return
        at = found.at if start == "NULL" else int(start.strip("[]").split("]")[0])
        if start == "NULL":
            found.at += call.result
        self._put(call.number(target), bytes(found.node.now[at : at + call.result]), None)

    def _flush(self, call: Call) -> None:
        node = self.opened(call.number(0))
        if isinstance(node, File):
            node.flush()
        elif node is not None:
            self.disk.flush(node)

    def _rename(self, start: str, old: PurePosixPath, to: str, new: PurePosixPath) -> None:
        source, target = self._place(old, start), self._place(new, to)
        if source is None and target is None:
            return
        if source is None or target is None:
            raise NotImplementedError(f"a renaming over the border: {old} {new}")
        node = source[0].now[source[1]]
        self.disk.change((*source, None), (*target, node))

    def _remove(self, start: str, path: PurePosixPath) -> None:
        if place := self._place(path, start):
            self.disk.change((*place, None))

    def _make(self, start: str, path: PurePosixPath) -> None:
        if place := self._place(path, start):
            self.disk.change((*place, Folder()))


def _forget(opened: dict[int, _Opened], handle: int) -> None:
    opened.pop(handle, None)

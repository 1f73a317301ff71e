"""Room on the disk: how many writes go through before the next is refused, as on a full disk."""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("full_disk.c")
PAGE = 4096

LARGEST_FILE = 300
"""Pages of the largest file of a young vault."""


@dataclass(frozen=True, slots=True)
class Room:
    """How the disk is filled here: `limit` with a number of writes, None makes room; `made` counts those since then."""

    words: str
    limit: Callable[[int | None], None]
    made: Callable[[], int]


def start_again_with_a_disk_that_fills(folder: Path, seed: int) -> None:
    """Starts this program anew with `full_disk.c` in front of the system's library, where a compiler is."""
    compiler = shutil.which("cc")
    if os.environ.get("LD_PRELOAD") or compiler is None:
        return
    library = folder / "full_disk.so"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE], capture_output=True, check=False
    )
    if done.returncode == 0:
        sys.stdout.flush()
        variables = {**os.environ, "LD_PRELOAD": str(library)}
        os.execve(sys.executable, [sys.executable, *sys.argv, "--folder", str(folder), "--seed", str(seed)], variables)


def room() -> Room:
    """The means that there are here."""
    library = os.environ.get("LD_PRELOAD", "")
    if library.endswith("full_disk.so"):
        disk = ctypes.CDLL(library)
        return Room("every write counted", lambda writes: disk.disk_room(_number(writes)), disk.disk_writes)
    return Room("the size of files limited, for there is no compiler", _limit_size, lambda: LARGEST_FILE)


def _number(writes: int | None) -> int:
    return -1 if writes is None else writes


def _limit_size(pages: int | None) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if pages is None else pages * PAGE, most))

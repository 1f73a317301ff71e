"""A trace of a program's calls, played onto the simulated disk, ends with the files that the program left."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[3] / "build_scripts" / "campaigns"))

from _disk import Disk, File, Folder, Node
from _trace import CALLS, Player, calls

WORK = """
import os, shutil, sys, zipfile
from pathlib import Path

root = Path(sys.argv[1])
(root / "log").write_bytes(b"one")
with (root / "log").open("ab") as file:
    file.write(b"two")
handle = os.open(root / "core", os.O_RDWR)
os.pwrite(handle, b"XY", 3)
os.ftruncate(handle, 6)
os.fsync(handle)
(root / "folder").mkdir()
shutil.copyfile(root / "core", root / "folder" / "copy")
(root / "folder" / "copy").replace(root / "moved")
with zipfile.ZipFile(root / "zip", "w") as archive:
    archive.writestr("a", b"b" * 9000)
(root / "gone").mkdir()
(root / "gone" / "file").touch()
shutil.rmtree(root / "gone")
"""


def content(node: Node) -> dict[str, object] | bytes:
    """What a program sees in a simulated file or folder."""
    if isinstance(node, File):
        return bytes(node.now)
    return {name: content(inner) for name, inner in node.now.items()}


def lying(folder: Path) -> dict[str, object]:
    """What really lies in a folder."""
    return {path.name: lying(path) if path.is_dir() else path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="strace, which the set-up brings, is there on Linux alone")
def test_played_calls_leave_what_the_program_left(tmp_path: Path) -> None:
    root, trace = tmp_path / "root", tmp_path / "trace"
    root.mkdir()
    (root / "core").write_bytes(b"0123456789")
    disk = Disk.read(root)
    strace = ["strace", "-f", "-xx", "-s", "100000", "-e", "signal=none", "-e", f"trace={','.join(CALLS)}", "-o", trace]
    done = subprocess.run([*strace, sys.executable, "-c", WORK, root], capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr.lower():
        pytest.skip("strace is not permitted")
    assert done.returncode == 0, done.stderr
    player = Player(root, disk)
    for call in calls(trace):
        player.play(call)
    assert content(disk.root) == lying(root)
    assert isinstance(disk.root, Folder)
    core = disk.root.now["core"]
    assert isinstance(core, File)
    assert core.sure == b"012XY5", "flushed"
    log = disk.root.now["log"]
    assert isinstance(log, File)
    assert log.sure == b"", "never flushed"

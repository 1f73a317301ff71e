"""Nothing personal outside the vault: while a window works, is locked, is killed, and after it is closed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.outside_words import WORDS, found_in
from tests.fakes import make_vault

DRIVER = Path(__file__).with_name("driven_window.py")
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows which files a process has open")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Everything that the process may write to: its home, the folder of temporary files, the vault."""
    for name in ("home", "tmp", "run", "vaults"):
        (tmp_path / name).mkdir(mode=0o700)
    make_vault(tmp_path / "vaults", "khorugh", _now).close()
    return tmp_path


def _now() -> int:
    from desk_app.domain.clock import system_milliseconds

    return system_milliseconds()


@contextmanager
def window(place: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """A window that works by itself."""
    around = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_", "DESK_APP"))},
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        "XDG_RUNTIME_DIR": str(place / "run"),
        "DESK_APP_LANGUAGE": "en",
    }
    started = subprocess.Popen(
        [sys.executable, str(DRIVER), str(place / "vaults" / "khorugh"), how],
        cwd=place,
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()
        assert started.stdout is not None
        started.stdout.close()


def outside(place: Path) -> dict[str, set[str]]:
    """The words in every file below."""
    read = {str(one.relative_to(place)): found_in(one.read_bytes()) for one in place.rglob("*") if one.is_file()}
    return {name: words for name, words in read.items() if words}


def looked(lines: list[str]) -> list[list[str]]:
    """What the process saw in its own open files: how many there were, and what stood in them."""
    return [line.split()[1:] for line in lines if line.startswith(("file ", "title "))]


def test_a_killed_window_leaves_nothing_behind(place: Path) -> None:
    with window(place, "killed") as process:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if line == "ready\n":
                break
        assert lines[-1:] == ["ready\n"], "".join(lines)
        assert outside(place) == {}
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert {words[0] for words in looked(lines)} >= {"saved", "printing", "printed", "working"}
    assert not [line for line in lines if found_in(line.encode())]
    assert (place / "vaults" / "khorugh" / "core.db-wal").stat().st_size > 0
    assert outside(place) == {}


def test_a_window_that_was_locked_and_closed_leaves_nothing_behind(place: Path) -> None:
    with window(place, "closed") as process:
        said, _ = process.communicate(timeout=150)
    lines = said.splitlines()
    assert lines[-1:] == ["closed"], said
    assert process.returncode == 0
    assert not [line for line in lines if found_in(line.encode())]
    assert outside(place) == {}


def test_the_words_would_be_found(place: Path) -> None:
    for number, word in enumerate(WORDS):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            (place / "tmp" / f"{number}-{coding}").write_bytes(b"x" + word.lower().encode(coding) + b"y")
    (place / "home" / "url").write_text(
        "file:///home/%D2%92%D1%83%D0%BB%D0%BE%D0%BC%D2%B3%D0%B0%D0%B9%D0%B4%D0%B0%D1%80%D0%B7%D0%BE%D0%B4%D0%B0"
    )
    assert set.union(*outside(place).values()) == set(WORDS)
    assert len(outside(place)) == 3 * len(WORDS) + 1

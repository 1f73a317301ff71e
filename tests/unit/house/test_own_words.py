"""The project speaks of itself alone: no package index's address, no path or word of the place it was written in."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NOT_OURS = {"__pycache__", "build", "dist"}
BINARY = {".roh", ".ttf", ".png", ".ico", ".mo", ".pdf", ".xlsx", ".age", ".db", ".pyc", ".zst"}

# Written in two halves, so that this file may stand in the project it looks at.
HOSTS = ["py" + "pi.org", "python" + "hosted", "npm" + "js.org", "deb" + ".debian", "crates" + ".io"]
PLACES = ["/wo" + "rk/", "sha" + "red/data", "/tmp/" + "brief", "DESKTOP" + ".md", "DESIGN" + ".md", "EXCHANGE" + ".md"]
PLACES += ["RECORDS" + ".md", "LANGUAGES" + ".md", "LOOK" + ".md", "DOMAIN" + ".md", "ANCHORS" + ".md"]
WORDS = [r"\bA" + r"I\b", r"\bL" + r"LM\b", r"\bissue " + r"\d", r"\bcha" + r"tbot", r"\bco" + r"pilot\b"]
FORBIDDEN = re.compile("|".join([*map(re.escape, HOSTS), *map(re.escape, PLACES), *WORDS]))


def written_files(root: Path) -> Iterator[Path]:
    """Every text file of the project."""
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if name == ".ci" or not (name in NOT_OURS or name.startswith("."))]
        for name in names:
            if Path(name).suffix not in BINARY:
                yield Path(folder, name)


def foreign_words(root: Path) -> list[str]:
    """Where a word stands that has no business in the project."""
    found = []
    for file in written_files(root):
        text = file.read_text(encoding="utf-8", errors="replace")
        found += [f"{file.relative_to(root).as_posix()}: {match.group()}" for match in FORBIDDEN.finditer(text)]
    return found


def test_the_project_speaks_of_itself_alone() -> None:
    assert foreign_words(ROOT) == []


@pytest.mark.parametrize("word", ["https://py" + "pi.org/simple", "see /wo" + "rk/notes", "an A" + "I wrote it"])
def test_a_planted_word_is_seen(tmp_path: Path, word: str) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "lock.txt").write_text(word, encoding="utf-8")
    assert foreign_words(tmp_path) == []
    (tmp_path / "notes.txt").write_text(word, encoding="utf-8")
    assert len(foreign_words(tmp_path)) == 1

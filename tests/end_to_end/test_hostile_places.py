"""Broken vaults, wrong files and closed doors on the command line: one sentence, and nothing lost."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.usecases.demonstration import PASSPHRASE
from tests.end_to_end.conftest import Answer, Typed

NOT_TEXT = "\udcff\udcfe"
"""What the system hands over for bytes that are no letters."""


@pytest.fixture
def copied(demonstration: Path, tmp_path: Path) -> Path:
    """A desk's vault to break."""
    return shutil.copytree(demonstration / "vose", tmp_path / "vose")


def is_one_sentence(told: Answer) -> bool:
    return told.code == 1 and len(told.err.splitlines()) == 1 and "inside the program" not in told.err


@pytest.mark.long
def test_any_flipped_page_is_damage_and_no_fault_of_ours(
    demonstration: Path, copied: Path, typed: Typed, tmp_path: Path
) -> None:
    whole = (copied / "core.db").read_bytes()
    refused = 0
    for number, place in enumerate(range(3 * 4096 + 7, len(whole), 11 * 4096)):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        (copied / "core.db").write_bytes(flipped)
        for command in (
            ["find", "а", "--json"],
            ["partners", "--json"],
            ["merge", demonstration / "bundles", "--preview", "--json"],
            ["export", "--to", "coordinator", "--output", tmp_path / f"{number}.roh", "--json"],
        ):
            told = typed("--vault", copied, *command)
            assert told.code == 0 or told.out or is_one_sentence(told), (command, told)
            refused += told.code
    assert refused


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", NOT_TEXT],
        ["edit", NOT_TEXT, "sex=male"],
        ["add", "need", f"client={NOT_TEXT}", "pathway=housing"],
        ["letter", NOT_TEXT, "--language", "tg", "--output", "letter.pdf"],
        ["export", "--to", NOT_TEXT, "--output", "a.roh"],
        ["export", "--to", "coordinator", "--output", "x" * 300],
        ["card", "--output", ""],
        ["card", "--output", "/"],
        ["enrol", "/dev/zero"],
        ["enrol", "x" * 5000],
        ["restore", "x" * 300, "anywhere"],
        ["add", "service", "type=legal", "delivered_on=2026-03-05", "minutes=" + "9" * 5000],
        ["add", "client", "given_name=Карим", "number=VOS-1"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40].encode("ascii", "replace").decode(),
)
def test_what_cannot_be_is_one_sentence(khorugh: Typed, arguments: list[str]) -> None:
    before = khorugh("check", "--json").json
    assert is_one_sentence(khorugh(*arguments))
    assert khorugh("check", "--json").json == before


def test_what_no_record_can_hold_is_in_no_list(khorugh: Typed) -> None:
    assert khorugh("list", "client", f"surname={NOT_TEXT}", "--json").json == {"records": []}


def test_a_field_said_twice_is_wrong_usage(khorugh: Typed) -> None:
    before = khorugh("check", "--json").json
    assert khorugh("add", "client", "given_name=Карим", "given_name=Салим").code == 2
    assert khorugh("check", "--json").json == before


def test_another_users_name_does_not_open_as_the_first(khorugh: Typed, demonstration: Path, typed: Typed) -> None:
    assert is_one_sentence(typed("--vault", demonstration / "khorugh", "--user", NOT_TEXT, "status"))


def test_nothing_is_written_over_unasked(khorugh: Typed, demonstration: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    database = demonstration / "khorugh" / "core.db"
    before = khorugh("check", "--json").json
    for taken in (mine, database):
        assert is_one_sentence(khorugh("export", "--to", "coordinator", "--output", taken))
        assert is_one_sentence(khorugh("card", "--output", taken))
        assert is_one_sentence(khorugh("catalogue", "export", "tg", taken))
        assert khorugh("letter", "Д-1/2026", "--language", "tg", "--output", taken).code == 2
    assert mine.read_text() == "mine"
    assert khorugh("check", "--json").json == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names only on POSIX systems")
def test_a_stick_full_of_traps(khorugh: Typed, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    os.mkfifo(stick / "pipe.roh")
    (stick / "loop.roh").symlink_to("loop.roh")
    (stick / "endless.roh").symlink_to("/dev/zero")
    (stick / "again").symlink_to(stick)
    (stick / "файл\nс пробелом.roh").write_bytes(b"\x89PNG")
    (stick / "\x1b[2J\u202ehor.roh").write_bytes(b"\x89PNG")
    before = khorugh("check", "--json").json
    told = khorugh("merge", stick, stick / "pipe.roh", stick / "endless.roh", "x" * 5000, "--json")
    assert (told.code, {one["outcome"] for one in told.json["files"]}) == (1, {"damaged"})
    assert len(told.json["files"]) == 5
    in_words = khorugh("merge", stick)
    assert "\\x1b[2J\\u202ehor.roh" in in_words.out
    assert "\x1b" not in in_words.out
    assert is_one_sentence(khorugh("enrol", stick / "файл\nс пробелом.roh"))
    os.mkfifo(tmp_path / "pipe.pdf")
    report = ["report", "indicators", "--from", "2026-01-01", "--to", "2026-01-31", "--output", tmp_path / "pipe.pdf"]
    assert is_one_sentence(khorugh(*report))
    assert (tmp_path / "pipe.pdf").is_fifo()
    assert khorugh("check", "--json").json == before


COMMAND = [sys.executable, "-m", "desk_app"]
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_without_room_is_one_sentence(demonstration: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [*COMMAND, "--vault", str(demonstration / "vose"), "list", "client", "--json"],
            env={**os.environ, "DESK_APP_PASSPHRASE": PASSPHRASE, "DESK_APP_LANGUAGE": "en"},
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert is_one_sentence(Answer(told.returncode, "", told.stderr))


@pytest.mark.skipif(os.name == "nt", reason="closes them as a POSIX shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_stop_no_work(demonstration: Path, closed: str) -> None:
    told = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *COMMAND, "--vault", str(demonstration / "vose"), "status"],
        env={**os.environ, "DESK_APP_PASSPHRASE": PASSPHRASE, "DESK_APP_LANGUAGE": "en"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")

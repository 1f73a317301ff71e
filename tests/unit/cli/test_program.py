"""The command line's own manners: who is asked for what, in which language, and what happens to a bug."""

import io
import os
import sys
from pathlib import Path

import pytest

import desk_app.__main__ as program
from desk_app import bootstrap
from desk_app.cli import name_commands
from desk_app.cli.program import COMMANDS, parser, run
from desk_app.cli.session import Command, columns
from desk_app.i18n.languages import ENGLISH, RUSSIAN, TAJIK, UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.translator import Translator
from desk_app.usecases import vaults


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, ENGLISH),
        ({"DESK_APP_LANGUAGE": "tg", "LANG": "ru_RU.UTF-8"}, TAJIK),
        ({"DESK_APP_LANGUAGE": "xx", "LANG": "ru_RU.UTF-8"}, RUSSIAN),
        ({"LANG": "ru_RU.UTF-8"}, RUSSIAN),
        ({"LC_ALL": "tg_TJ", "LANG": "ru_RU.UTF-8"}, TAJIK),
        ({"LC_ALL": "", "LC_MESSAGES": "uz_UZ@cyrillic"}, UZBEK_CYRILLIC),
        ({"LANG": "uz_Latn_UZ.UTF-8"}, UZBEK_LATIN),
        ({"LANG": "C.UTF-8"}, ENGLISH),
        ({"LANG": "de_DE.UTF-8"}, ENGLISH),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked otherwise")
def test_the_language_is_the_one_asked_for_or_the_systems(environment: dict[str, str], language: Language) -> None:
    assert bootstrap.spoken_language(environment) is language


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ([], (True, None)),
        (["--vault", "x"], (True, Path("x"))),
        (["--vault=x"], (True, Path("x"))),
        (["--vault"], (False, None)),
        (["--vault", "x", "status"], (False, None)),
        (["--help"], (False, None)),
        (["status"], (False, None)),
    ],
)
def test_without_a_command_the_window_opens(said: list[str], window: tuple[bool, Path | None]) -> None:
    assert program._window(said) == window


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run([command.name, "--help"])
    assert left.value.code == 0
    assert f"usage: desk-app {command.name}" in capsys.readouterr().out


def test_a_folder_that_was_pulled_away_under_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stick").mkdir()
    monkeypatch.chdir(tmp_path / "stick")
    (tmp_path / "stick").rmdir()
    monkeypatch.setenv("DESK_APP_PASSPHRASE", "no matter which")
    assert program.main(["restore", "a.roh-backup", "vault"]) == 1
    said = capsys.readouterr()
    assert "a.roh-backup" in said.err
    assert len(said.err.splitlines()) == 1
    assert Path.cwd() == Path(os.sep)


def test_names_of_commands_are_unique() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_wrong_usage_is_said_in_the_persons_language(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        parser(Translator(ENGLISH), ["find"]).parse_args(["find"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "TEXT" in said
    assert said.endswith("Run it with --help to see what it takes.\n")


@pytest.mark.expects_log("command_failed")
def test_a_bug_is_one_sentence_and_a_line_in_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def broken(_a: str, _b: str) -> float:
        raise ZeroDivisionError("Исмоилов")

    monkeypatch.setattr(name_commands.names, "similarity", broken)
    assert program.main(["name-match", "a", "b"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "Traceback" not in said.err
    (log,) = own_home.rglob("roh.log")
    written = log.read_text(encoding="utf-8")
    assert "command_failed error=ZeroDivisionError" in written
    assert "Исмоилов" not in written


def test_an_interrupted_command_leaves_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_a: str, _b: str) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr(name_commands.names, "similarity", interrupted)
    assert run(["name-match", "a", "b"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("lines", [1, 20_000])
@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with pipes that break")
def test_a_reader_that_has_enough_is_no_trouble(tmp_path: Path, lines: int) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("name_a,name_b\n" + "Карим,Karim\n" * lines, encoding="utf-8")
    command = f"{sys.executable} -m desk_app name-match --pairs {pairs} 2>{tmp_path / 'said'} | true"
    assert os.system(command) == 0
    assert (tmp_path / "said").read_text() == ""


def test_a_typed_passphrase_is_typed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter(["one long passphrase", "another passphrase", "the right passphrase", "the right passphrase"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    folder = tmp_path / "vault"
    assert run(["--vault", str(folder), "--user", "Зарина", "create", "--kind", "desk", "--desk", "vose"]) == 0
    assert vaults.users(folder) == ("Зарина",)
    vault = vaults.unlock(folder, "Зарина", "the right passphrase", vaults.real_surroundings())
    vaults.lock(vault)


def test_columns_are_as_wide_as_their_longest_cell() -> None:
    assert columns([["a", "bb"], ["ccc", "d"]]) == ["a    bb", "ccc  d"]
    assert columns([]) == []

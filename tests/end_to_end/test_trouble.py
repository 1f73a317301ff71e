"""Whatever is typed wrongly: one sentence, code 1 or 2, and nothing changed."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Typed

REFUSED = {
    "long": "а" * 10_000,
    "nul": "Ка\0рим",
    "right-to-left": "Ка\u202eрим",
    "zero-width": "Ка\u200bрим",
    "half a letter": "Ка\udcffрим",
    "lines": "Ка\nрим",
}
TAKEN_AS_THEY_ARE = ("<b>Карим</b>", "Карим & Саид", "{{ 7 * 7 }}", "=1+1", "{name}", "%s", "'; DROP TABLE client; --")


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["surname", "birth_date", "sex", "phone"])
def test_a_hostile_value_is_refused_and_nothing_changes(khorugh: Typed, field: str, value: str) -> None:
    before = khorugh("check", "--json").json
    told = khorugh("add", "client", "given_name=Карим", f"{field}={value}")
    assert told.code == 1
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert khorugh("check", "--json").json == before


@pytest.mark.parametrize("value", TAKEN_AS_THEY_ARE)
def test_what_only_looks_like_a_command_is_a_name(khorugh: Typed, tmp_path: Path, value: str) -> None:
    made = khorugh("add", "client", "given_name=Карим", f"other_names={value}", "--json").json
    assert khorugh("show", made["id"], "--json").json["record"]["other_names"] == value
    assert value in khorugh("show", made["id"]).out
    for field in ("birth_date", "sex", "phone", "language"):
        assert khorugh("edit", made["id"], f"{field}={value}").code == 1


@pytest.mark.parametrize("text", ['"', "*", "a AND", "NEAR(", "<b>", "\0", "\udcff", "а" * 10_000, "", "   ", "٣"])
def test_any_text_may_be_searched(khorugh: Typed, text: str) -> None:
    found = khorugh("find", text, "--json")
    assert found.code == 0
    assert isinstance(found.json["people"], list)


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "nothing", "a=b"],
        ["add", "client", "nothing=b"],
        ["add", "client", "sex=male"],
        ["add", "service", "type=legal", "delivered_on=2026-03-05"],
        ["add", "service", "client=KHG-1999-1", "type=legal", "delivered_on=2026-03-05"],
        ["show", "KHG-1999-1"],
        ["show", "0" * 32],
        ["edit", "KHG-1999-1", "sex=male"],
        ["list", "nothing"],
        ["list", "client", "nothing=1"],
        ["letter", "Д-0/1999", "--language", "tg", "--output", "letter.pdf"],
        ["export", "--to", "coordinator", "--output", "/nowhere/at/all.roh"],
        ["enrol", "/nowhere/at/all.card"],
        ["card", "--output", "/nowhere/at/all.card"],
        ["report", "indicators", "--from", "2026-01-01", "--to", "2026-12-31", "--output", "/nowhere/at/all.pdf"],
        ["name-match", "--pairs", "/nowhere/at/all.csv"],
    ],
    ids=" ".join,
)
def test_trouble_is_one_sentence_and_changes_nothing(khorugh: Typed, arguments: list[str]) -> None:
    before = khorugh("check", "--json").json
    told = khorugh(*arguments)
    assert told.code == 1
    assert told.err
    assert khorugh("check", "--json").json == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--vault"],
        ["find"],
        ["find", "a", "--limit", "0"],
        ["find", "a", "--limit", "many"],
        ["add", "client", "surname"],
        ["create", "--kind", "castle"],
        ["letter", "1", "--language", "fr", "--output", "letter.pdf"],
        ["report"],
        ["report", "nothing", "--from", "2026-01-01", "--to", "2026-12-31"],
        ["report", "indicators", "--from", "2026-12-31", "--to", "2026-01-01", "--json"],
        ["report", "indicators", "--from", "yesterday", "--to", "2026-01-01", "--json"],
        ["report", "indicators", "--from", "2026-01-01", "--to", "2026-12-31"],
        ["report", "indicators", "--from", "2026-01-01", "--to", "2026-12-31", "--output", "report.doc"],
        ["name-match", "alone"],
        ["name-match", "a", "b", "--pairs", "file.csv"],
        ["demo", "folder", "--people", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_two(typed: Typed, arguments: list[str]) -> None:
    told = typed(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("usage: desk-app")


def test_the_wrong_passphrase_opens_nothing(khorugh: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", "another passphrase")
    told = khorugh("status")
    assert (told.code, told.out) == (1, "")
    assert "passphrase" in told.err


def test_nobody_can_be_asked_for_the_passphrase(khorugh: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_APP_PASSPHRASE")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    told = khorugh("status")
    assert (told.code, told.out) == (1, "")
    assert "DESK_APP_PASSPHRASE" in told.err


def test_there_is_no_vault(typed: Typed, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        told = typed("--vault", folder, "status")
        assert told.code == 1
        assert str(folder) in told.err


def test_a_file_where_a_folder_should_be(typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    for folder in (file, file / "inside"):
        assert typed("--vault", folder, "status").code == 1
        assert typed("--vault", folder, "create", "--kind", "desk", "--desk", "vose").code == 1
        assert typed("demo", folder).code == 1
    assert file.read_text() == "not a folder"


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a place that nobody may write to, root included")
def test_a_place_where_nobody_may_write(typed: Typed) -> None:
    assert typed("--vault", "/sys/kernel/roh", "create", "--kind", "desk", "--desk", "vose").code == 1
    assert typed("demo", "/sys/kernel/roh").code == 1


def test_a_vault_is_never_written_over(demonstration: Path, typed: Typed) -> None:
    assert typed("--vault", demonstration / "vose", "create", "--kind", "desk", "--desk", "vose").code == 1
    assert typed("demo", demonstration).code == 1
    assert typed("--vault", demonstration / "vose", "status").code == 0


@pytest.mark.parametrize("kind_and_desk", [("desk", "coordinator"), ("coordinator", "vose"), ("desk", "Хоруғ")])
def test_a_desk_is_no_coordinator(typed: Typed, tmp_path: Path, kind_and_desk: tuple[str, str]) -> None:
    kind, desk = kind_and_desk
    assert typed("--vault", tmp_path / "new", "create", "--kind", kind, "--desk", desk).code == 1
    assert not (tmp_path / "new").exists()


def test_a_short_passphrase_makes_no_vault(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", "short")
    assert typed("--vault", tmp_path / "new", "create", "--kind", "coordinator").code == 1
    assert typed("demo", tmp_path / "demo").code == 1


def test_a_database_that_was_cut_off(demonstration: Path, typed: Typed, tmp_path: Path) -> None:
    copy = shutil.copytree(demonstration / "devashtich", tmp_path / "copy")
    for size in (0, 100, 5000):
        with (copy / "core.db").open("r+b") as file:
            file.truncate(size)
        told = typed("--vault", copy, "status")
        assert told.code == 1
        assert len(told.err.splitlines()) == 1

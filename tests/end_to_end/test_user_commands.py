"""Users and keys on the command line, as a person types it. Vaults cost the least that the program allows."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.ids import DeskCode
from desk_app.storage.key_files import read_all
from desk_app.usecases import vaults
from tests.end_to_end.conftest import Answer, Typed
from tests.fakes import surroundings

HEAD, FIRUZA = "Зарина", "Фирӯза"
OLD, NEW, NEWER = "roh demonstration only", "дарахти сабзи баланд", "оби соф аз кӯҳ"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """No measuring of the machine, and nothing said by variables of whoever runs the tests."""
    monkeypatch.setattr(vaults, "measured_cost", lambda: FLOOR_PARAMETERS)
    for name in ("DESK_APP_NEW_PASSPHRASE", "DESK_APP_RECOVERY_CODE", "DESK_APP_ESCROW_SHARES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one user."""
    vaults.create_vault(tmp_path / "vose", DeskCode("vose"), HEAD, OLD, surroundings("vose"), FLOOR_PARAMETERS)
    return tmp_path / "vose"


def is_trouble(answer: Answer) -> bool:
    """One sentence and a next step, and nothing else."""
    return answer.code == 1 and not answer.out and len(answer.err.strip().splitlines()) == 1


def page(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_users_come_get_roles_and_passphrases_and_go(
    folder: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_head(*words: str) -> Answer:
        return typed("--vault", folder, "--user", HEAD, *words)

    assert is_trouble(as_head("add-user", FIRUZA, "--role", "psychologist"))
    assert "DESK_APP_NEW_PASSPHRASE" in as_head("add-user", FIRUZA, "--role", "psychologist").err
    assert as_head("add-user", FIRUZA).code == 2
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEW)
    made = as_head("add-user", FIRUZA, "--role", "psychologist", "--role", "head", "--json").json
    assert (made["name"], made["roles"], made["waits_for"]) == (FIRUZA, ["psychologist", "head"], [])
    assert is_trouble(typed("--vault", folder, "users"))
    assert is_trouble(as_head("remove-user", FIRUZA))
    waiting = as_head("reset-user", FIRUZA)
    assert (waiting.code, "hand it over: Psychologist" in waiting.out) == (0, True)
    assert as_head("set-roles", FIRUZA, "--role", "lawyer", "--json").json["holds"] == ["lawyer"]
    monkeypatch.setenv("DESK_APP_PASSPHRASE", NEW)
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEWER)
    assert typed("--vault", folder, "--user", FIRUZA, "change-passphrase").code == 0
    assert is_trouble(typed("--vault", folder, "--user", FIRUZA, "users"))
    monkeypatch.setenv("DESK_APP_PASSPHRASE", NEWER)
    assert is_trouble(typed("--vault", folder, "--user", FIRUZA, "remove-user", HEAD))
    monkeypatch.setenv("DESK_APP_PASSPHRASE", OLD)
    assert as_head("remove-user", FIRUZA, "--confirmed").code == 0
    found = as_head("users", "--json").json["users"]
    assert [(one["name"], one["gone"] is None) for one in found] == [(HEAD, True), (FIRUZA, False)]
    lines = as_head("users").out.splitlines()
    assert lines[1].split()[:4] == [HEAD, "Head", "of", "the"]
    assert "removed on" in lines[2]


def test_the_recovery_sheet_opens_the_desk_once(
    folder: Path, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = typed("--vault", folder, "recovery-code", "--output", sheet, "--language", "tg", "--json")
    assert made.json == {"desk": "vose", "file": str(sheet), "not_on_paper": []}
    code = " ".join(word for word in page(sheet).split() if len(word) == 6 and word.isdigit())
    assert is_trouble(typed("--vault", folder, "recovery-code", "--output", sheet))
    monkeypatch.setenv("DESK_APP_RECOVERY_CODE", code)
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEW)
    monkeypatch.delenv("DESK_APP_PASSPHRASE")
    reset = typed("--vault", folder, "unlock-with-recovery", "--user", HEAD.lower(), "--json").json
    assert len(reset["recovery_code"].split()) == 8
    again = typed("--vault", folder, "unlock-with-recovery", "--user", HEAD)
    assert is_trouble(again)
    assert "recovery code" in again.err
    monkeypatch.setenv("DESK_APP_PASSPHRASE", NEW)
    assert typed("--vault", folder, "status", "--json").json["user"] == HEAD


def test_two_papers_of_the_emergency_key_open_a_desk_that_took_it(
    folder: Path, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, out = tmp_path / "office", tmp_path / "out"
    out.mkdir()
    code = DeskCode("coordinator")
    vaults.create_vault(office, code, HEAD, OLD, surroundings("office"), FLOOR_PARAMETERS)
    assert is_trouble(typed("--vault", folder, "make-escrow", out))
    made = typed("--vault", office, "make-escrow", out, "--json").json
    assert sorted(made["files"]) == sorted(path.name for path in out.iterdir())
    assert is_trouble(typed("--vault", office, "make-escrow", out))
    card = out / "emergency-key.json"
    assert is_trouble(typed("--vault", folder, "adopt-escrow", card))
    assert is_trouble(typed("--vault", folder, "adopt-escrow", card, "--digits", "1"))
    taken = typed("--vault", folder, "adopt-escrow", card, "--digits", made["digits"], "--json")
    assert taken.json["number"] == made["number"]
    papers = [page(out / f"part-{part}.pdf") for part in (1, 3)]
    assert all(made["number"] in paper for paper in papers)
    shares = [" ".join(word for word in paper.split() if len(word) == 6 and word.isdigit()) for paper in papers]
    assert [len(share.split()) for share in shares] == [16, 16]
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEW)
    monkeypatch.setenv("DESK_APP_ESCROW_SHARES", shares[0])
    assert is_trouble(typed("--vault", folder, "unlock-with-escrow"))
    monkeypatch.setenv("DESK_APP_ESCROW_SHARES", ",".join(shares))
    assert typed("--vault", folder, "unlock-with-escrow").code == 0
    monkeypatch.setenv("DESK_APP_PASSPHRASE", NEW)
    assert typed("--vault", folder, "rotate-key", "--json").json == {"rotated": True}
    assert typed("--vault", folder, "check", "--json").json["ok"]


def test_a_desk_is_made_with_a_first_user_of_several_roles(typed: Typed, tmp_path: Path) -> None:
    roles = ("--role", "psychologist", "--role", "social_worker")
    made = typed("--vault", tmp_path / "new", "create", "--kind", "desk", "--desk", "vose", *roles, "--json")
    assert json.loads(made.out)["desk"] == "vose"
    (first,) = typed("--vault", tmp_path / "new", "users", "--json").json["users"]
    assert first["roles"] == ["social_worker", "psychologist", "head"]
    assert first["holds"] == ["psychologist"]


@contextmanager
def unheard(way: str) -> Iterator[None]:
    """Nobody can see what the program prints: it is closed, its reader has gone, or the disk under it is full."""
    with pytest.MonkeyPatch.context() as patch:
        if way == "closed":
            patch.setattr(sys, "stdout", None)
            yield
            assert sys.stdout is not None
            sys.stdout.close()
            return
        if way == "full":
            into = os.open("/dev/full", os.O_WRONLY)
        else:
            reading, into = os.pipe()
            os.close(reading)
        with os.fdopen(into, "w") as stream:
            patch.setattr(sys, "stdout", stream)
            yield


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("way", ["closed", "gone", "full"])
@pytest.mark.parametrize("json_asked", [[], ["--json"]])
def test_a_new_recovery_code_that_nobody_could_see_does_not_count(
    folder: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch, way: str, json_asked: list[str]
) -> None:
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEW)
    code = typed("--vault", folder, "recovery-code", "--json").json["recovery_code"]
    monkeypatch.setenv("DESK_APP_RECOVERY_CODE", code)
    before = read_all(folder)[0]
    for command in ("recovery-code", "unlock-with-recovery"):
        with unheard(way):
            assert typed("--vault", folder, command, *json_asked).code == 1
    assert read_all(folder)[0] == before
    told = typed("--vault", folder, "unlock-with-recovery")
    assert told.code == 0
    assert [line.split(":")[0] for line in told.out.splitlines()] == [
        "Recovery code",
        "Write it on paper now and keep it away from this computer. It will not be shown again.",
        f"“{HEAD}” has a new passphrase.",
        "The old recovery code does not open the desk any more.",
    ]


def test_where_several_can_open_the_vault_the_way_to_say_who_is_named(
    folder: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_APP_NEW_PASSPHRASE", NEW)
    monkeypatch.setenv("DESK_APP_RECOVERY_CODE", "1")
    assert typed("--vault", folder, "add-user", FIRUZA, "--role", "psychologist").code == 0
    saved = folder.with_name("saved")
    for command in (["users"], ["unlock-with-recovery"], ["salvage", folder, saved]):
        told = typed("--vault", folder, *command)
        assert is_trouble(told)
        assert "Several users" in told.err
        assert "--user" in told.err
    assert not saved.exists()

"""backup, restore, salvage, travel and the words of check, through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.cli import program
from desk_app.cli.session import PASSPHRASE_VARIABLE
from desk_app.domain.rules.soundness import ADVICE, FINDING
from tests.fakes import PASSPHRASE, make_client, make_vault


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    vault = make_vault(tmp_path)
    make_client(vault)
    vault.close()
    return vault.folder


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = program.run([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def document(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, Any]:
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def state(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    return str(document(capsys, "--vault", folder, "check", "--deep", "--json")["state"])


def test_a_vault_is_backed_up_and_restored(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stick.roh-backup"
    assert document(capsys, "--vault", made, "status", "--json")["last_backup"] is None
    assert document(capsys, "--vault", made, "backup", file, "--json")["file"] == str(file)
    assert document(capsys, "--vault", made, "status", "--json")["last_backup"] is not None
    assert run(capsys, "--vault", made, "backup", file)[0] == 1
    found = document(capsys, "restore", file, tmp_path / "again", "--json")
    assert found["set_aside"] is None
    assert state(capsys, tmp_path / "again") == state(capsys, made)
    assert run(capsys, "restore", file, made)[0] == 1
    found = document(capsys, "restore", file, made, "--replace", "--json")
    assert Path(str(found["set_aside"])).is_dir()
    assert found["erasures"] == 0


def test_a_damaged_vault_says_what_to_do_and_is_salvaged(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(capsys, made)
    data = bytearray((made / "core.db").read_bytes())
    data[:4096] = bytes(4096)
    (made / "core.db").write_bytes(data)
    assert run(capsys, "--vault", made, "check")[0] == 1
    found = document(capsys, "salvage", made, tmp_path / "saved", "--json")
    assert (found["pages_lost"], found["changes_lost"], found["own_keys"]) == (1, 0, True)
    assert state(capsys, tmp_path / "saved") == before
    assert (made / "core.db").read_bytes() == data


def test_a_wrong_passphrase_salvages_nothing(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "another one")
    code, _, err = run(capsys, "salvage", made, tmp_path / "saved")
    assert (code, (tmp_path / "saved").exists()) == (1, False)
    assert err


def test_check_tells_what_to_do(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(FINDING.words) == set(ADVICE.words)
    (made / "keys-2.json").write_bytes((made / "keys-2.json").read_bytes() + b" ")
    code, out, _ = run(capsys, "--vault", made, "check", "--deep")
    assert (code, "The vault is whole." in out) == (0, True)  # It was mended when it was opened.
    data = bytearray((made / "core.db").read_bytes())
    data[20 * 4096 + 100] ^= 1  # The index of refused values, which nobody reads on the way in.
    (made / "core.db").write_bytes(data)
    code, out, _ = run(capsys, "--vault", made, "check", "--deep")
    assert code == 1
    assert ADVICE.words["pages"] in out or ADVICE.words["unreadable"] in out


def test_travel_says_its_steps(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--vault", made, "travel", "status")
    assert code == 1
    assert "coordinator" in err
    with pytest.raises(SystemExit):
        run(capsys, "--vault", made, "travel", "wipe")
    card = tmp_path / "coordinator.card"
    coordinator = tmp_path / "coordinator"
    make_vault(tmp_path, "coordinator").close()
    run(capsys, "--vault", coordinator, "card", "--output", card)
    run(capsys, "--vault", made, "card", "--output", tmp_path / "desk.card")
    run(capsys, "--vault", made, "enrol", card)
    run(capsys, "--vault", coordinator, "enrol", tmp_path / "desk.card")
    assert document(capsys, "--vault", made, "travel", "status", "--json")["stage"] == "nothing_sent"
    sent = document(capsys, "--vault", made, "travel", "send", tmp_path / "a.roh", "--json")
    assert document(capsys, "--vault", made, "travel", "status", "--json")["stage"] == "waiting"
    assert run(capsys, "--vault", made, "travel", "wipe", "--yes")[0] == 1
    run(capsys, "--vault", coordinator, "merge", str(sent["file"]))
    run(capsys, "--vault", coordinator, "export", "--to", "khorugh", "--output", tmp_path / "b.roh")
    run(capsys, "--vault", made, "merge", tmp_path / "b.roh")
    before = state(capsys, made)
    assert document(capsys, "--vault", made, "travel", "wipe", "--yes", "--json") == {"stage": "empty"}
    assert document(capsys, "--vault", made, "list", "client", "--json") == {"records": []}
    run(capsys, "--vault", coordinator, "export", "--to", "khorugh", "--full", "--output", tmp_path / "c.roh")
    assert run(capsys, "--vault", made, "merge", tmp_path / "c.roh")[0] == 0
    assert state(capsys, made) == before

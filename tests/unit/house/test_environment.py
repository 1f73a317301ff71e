"""The stamp tells a finished environment from one that has to be made again; the locks are whole."""

import re
import tomllib
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.txt"
    file.write_text("one==1\n", encoding="utf-8")
    return file


def test_the_stamp_holds_while_nothing_changes(tmp_path: Path, lock: Path) -> None:
    stamp = tmp_path / "stamp"
    expected = environment.fingerprint([lock], "3.11", tmp_path)
    assert not environment.is_current(stamp, expected)
    stamp.write_text(expected + "\n", encoding="utf-8")
    assert environment.is_current(stamp, environment.fingerprint([lock], "3.11", tmp_path))


def test_another_lock_python_or_place_breaks_the_stamp(tmp_path: Path, lock: Path) -> None:
    before = environment.fingerprint([lock], "3.11", tmp_path)
    assert environment.fingerprint([lock], "3.12", tmp_path) != before
    assert environment.fingerprint([lock], "3.11", tmp_path / "elsewhere") != before
    lock.write_text("one==2\n", encoding="utf-8")
    assert environment.fingerprint([lock], "3.11", tmp_path) != before


def test_a_finished_environment_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(environment.current_fingerprint(), encoding="utf-8")
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment.system_packages, "ensure", lambda say: None)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "call", lambda *command: pytest.fail(f"ran {command}"))
    monkeypatch.setattr(environment, "current_fingerprint", lambda: stamp.read_text(encoding="utf-8"))
    environment.set_up()


def test_a_step_that_fails_ends_with_what_it_printed() -> None:
    with pytest.raises(SystemExit, match=r"(?s)cannot reach it.*If it was the network"):
        environment.call(environment.program("python"), "-c", "import sys; sys.exit('cannot reach it')")


def test_a_program_that_is_not_there_answers_nothing(tmp_path: Path) -> None:
    assert environment.asked(tmp_path / "nothing", "--version") == ""


def test_catalogues_are_compiled_when_older_than_their_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[object] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "call", lambda *command: ran.append(command[-1]))
    (tmp_path / "build_scripts").mkdir()
    (tmp_path / "build_scripts" / "catalogues.py").touch()
    source = tmp_path / "translations" / "tg" / "roh.po"
    source.parent.mkdir(parents=True)
    source.touch()
    environment.compile_catalogues()
    assert ran == ["compile"]
    source.with_suffix(".mo").touch()
    environment.compile_catalogues()
    assert ran == ["compile"]


def test_the_installer_is_pinned() -> None:
    assert re.fullmatch(r"[0-9.]+", environment.pinned_uv(environment.UV_LOCK))


def test_every_lock_carries_versions_and_hashes_and_no_address() -> None:
    for lock in (environment.RUNTIME_LOCK, environment.DEVELOPMENT_LOCK, environment.UV_LOCK):
        text = lock.read_text(encoding="utf-8")
        names = re.findall(r"^[a-z0-9][a-z0-9._-]*(?===)", text, re.MULTILINE)
        assert names
        assert "://" not in text
        assert len(re.findall(r"==[^\\]+\\\n    --hash=sha256:", text)) == len(names)


def test_the_locks_hold_what_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    declared, dev, bench = (
        {re.split(r"[^A-Za-z0-9-]", name)[0].lower() for name in names}
        for names in (project["project"]["dependencies"], groups["dev"], groups["bench"])
    )
    runtime = environment.RUNTIME_LOCK.read_text(encoding="utf-8")
    development = environment.DEVELOPMENT_LOCK.read_text(encoding="utf-8")
    assert [name for name in declared if f"\n{name}==" not in "\n" + runtime] == []
    assert [name for name in declared | dev | bench if f"\n{name}==" not in "\n" + development] == []
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", development, re.MULTILINE))
    assert [
        line for line in re.findall(r"^([a-z0-9-]+)==(\S+)", runtime, re.MULTILINE) if pins[line[0]] != line[1]
    ] == []

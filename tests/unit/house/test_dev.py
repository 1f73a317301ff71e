"""The developer's script does what its words say, seen through a fake that runs nothing."""

from pathlib import Path

import dev
import pytest


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Every command the script would have run, without the interpreter in front; the project folder is a new one."""
    commands: list[list[str]] = []

    def remember(command: list[str | Path], **variables: str) -> int:
        commands.append([Path(command[0]).name, *map(str, command[1:])])
        return 0

    monkeypatch.setattr(dev, "child", remember)
    monkeypatch.setattr(dev.environment, "set_up", lambda: commands.append(["set up"]))
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "DEMONSTRATION", tmp_path / ".demo")
    return commands


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_screen", lambda: True)


def test_words_after_test_go_to_pytest(ran: list[list[str]]) -> None:
    assert dev.main(["test", "-k", "name", "--maxfail=1", "tests/unit"]) == 0
    assert ran == [["set up"], ["python", "-m", "pytest", "-k", "name", "--maxfail=1", "tests/unit"]]


def test_without_a_screen_the_demonstration_runs_alone(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    assert dev.main(["run"]) == 0
    (_, demo) = ran
    assert demo[:4] == ["python", "-m", "desk_app", "demo"]
    assert demo[5:] == ["--people", "60"]
    assert capsys.readouterr().out == "No screen here, so the demonstration runs without a window.\n"


@pytest.mark.usefixtures("screen")
def test_the_demonstration_is_made_once_and_the_passphrase_told(
    ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".demo").mkdir()
    (tmp_path / ".demo" / "half").touch()
    remember = dev.child

    def making(command: list[str | Path], **variables: str) -> int:
        if "demo" in command:
            assert not (tmp_path / ".demo").exists(), "one that was cut short has to go first"
            (tmp_path / ".demo").mkdir()
        return remember(command, **variables)

    monkeypatch.setattr(dev, "child", making)
    assert dev.main(["run"]) == 0
    assert dev.main(["run"]) == 0
    window = ["python", "-m", "desk_app", "--vault", str(tmp_path / ".demo" / "khorugh")]
    demo = ["python", "-m", "desk_app", "demo", str(tmp_path / ".demo"), "--people", "60"]
    assert ran == [["set up"], demo, window, ["set up"], window]
    assert "The passphrase is: roh demonstration only\n" in capsys.readouterr().out


@pytest.mark.usefixtures("screen")
def test_a_demonstration_that_fails_opens_no_window(ran: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "child", lambda command, **variables: 3)
    assert dev.main(["run"]) == 3


def test_static_runs_every_check_and_names_what_failed(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "child", lambda command, **variables: 1 if Path(command[0]).name == "mypy" else 0)
    assert dev.main(["check"]) == 1
    assert capsys.readouterr().out.endswith("To mend: types, types of campaigns.\n")
    assert ran == [["set up"]]


def test_check_ends_with_the_tests(ran: list[list[str]]) -> None:
    assert dev.main(["check"]) == 0
    tools = [command[0] for command in ran if command != ["set up"]]
    assert tools == ["ruff", "ruff", "mypy", "mypy", "lint-imports", "python", "python"]
    spread = ["--numprocesses", "auto", "--dist", "loadfile"]
    assert ["python", "-m", "pytest", "-m", "not long", *spread] in ran
    assert ran[-1] == ["python", "-m", "pytest", "-m", "long", *dev.PATIENCE, *spread]


def test_a_bench_that_is_not_there_is_named(ran: list[list[str]], tmp_path: Path) -> None:
    folder = tmp_path / "build_scripts" / "benches"
    folder.mkdir(parents=True)
    (folder / "search.py").touch()
    (folder / "start.py").touch()
    assert dev.main(["bench", "serach"]) == 2
    assert dev.main(["bench", "start"]) == 0
    assert dev.main(["bench"]) == 0
    benches = [Path(command[1]).stem for command in ran if command != ["set up"]]
    assert benches == ["start", "search", "start"]


def test_an_unknown_word_is_wrong_usage(ran: list[list[str]]) -> None:
    with pytest.raises(SystemExit, match="2"):
        dev.main(["run", "quickly"])
    assert ran == []


def test_children_get_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", "roh demonstration only")
    question = (
        "import os, sys; sys.exit('DESK_APP_PASSPHRASE' in os.environ or os.environ['UV_PYTHON_DOWNLOADS'] != 'never')"
    )
    assert dev.python("-c", question) == 0


def test_a_campaign_has_a_name_and_words_of_its_own(ran: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["campaign"]) == 2
    assert dev.main(["campaign", "_life"]) == 2
    for said in capsys.readouterr().out.splitlines():
        assert said.startswith("Which campaign? There are: crash")
    assert dev.main(["campaign", "crash", "--kills", "5"]) == 0
    assert ran == [["set up"], ["python", "build_scripts/campaigns/crash.py", "--kills", "5"]]

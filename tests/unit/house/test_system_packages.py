"""Missing system packages are found and asked for, without touching the machine."""

import subprocess
from collections.abc import Sequence

import pytest
import system_packages


class FakeMachine:
    """Answers commands from a set of installed packages and remembers what was run."""

    def __init__(self, installed: set[str], failing: str = "") -> None:
        self.installed = installed
        self.failing = failing
        self.ran: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        self.ran.append(list(command))
        if self.failing and self.failing in command:
            return subprocess.CompletedProcess(command, 1, "", "E: no such luck")
        if command[0] == "dpkg-query":
            lines = [f"{name} installed\n" for name in command if name in self.installed]
            lines.append("sqlcipher config-files\n")
            return subprocess.CompletedProcess(command, 1, "".join(lines), "")
        if "install" in command:
            self.installed |= set(command[command.index("--no-install-recommends") + 1 :])
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.fixture(autouse=True)
def as_root_on_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")


def test_what_dpkg_does_not_know_is_missing() -> None:
    machine = FakeMachine({"age", "libcups2t64"})
    assert system_packages.missing(["age", "libcups2", "sqlcipher", "xvfb"], machine) == ["sqlcipher", "xvfb"]


def test_nothing_missing_asks_nothing_of_apt() -> None:
    machine = FakeMachine(set(system_packages.wanted()))
    said: list[str] = []
    system_packages.ensure(said.append, machine)
    assert [command[0] for command in machine.ran] == ["dpkg-query"]
    assert said == []


def test_the_missing_alone_are_installed_after_an_update() -> None:
    machine = FakeMachine(set(system_packages.wanted()) - {"xvfb", "libegl1"})
    said: list[str] = []
    system_packages.ensure(said.append, machine)
    _, update, install = machine.ran
    assert update[-1] == "update"
    assert install[-3:] == ["--no-install-recommends", "libegl1", "xvfb"]
    assert len(said) == 1


def test_a_list_that_cannot_be_read_does_not_stop_the_install() -> None:
    machine = FakeMachine(set(), failing="update")
    assert system_packages.install(["xvfb"], machine) is None
    assert "xvfb" in machine.installed


def test_without_rights_one_sentence_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    machine = FakeMachine(set())
    sentence = system_packages.install(["xvfb", "age"], machine)
    assert sentence == "Please install these system packages, then start again: xvfb age"
    assert machine.ran == []


def test_a_sudo_that_asks_is_not_waited_for_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_packages.sys.stdin, "isatty", lambda: False, raising=False)
    assert system_packages.as_root(FakeMachine(set(), failing="sudo")) is None
    assert system_packages.as_root(FakeMachine(set())) == ["sudo", "-n"]


def test_without_venv_the_set_up_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.importlib.util, "find_spec", lambda name: None)
    machine = FakeMachine(set(), failing="install")
    with pytest.raises(SystemExit, match="no such luck\nPlease install these system packages"):
        system_packages.ensure(lambda line: None, machine)


def test_where_dpkg_does_not_rule_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    machine = FakeMachine(set())
    system_packages.ensure(lambda line: None, machine)
    assert machine.ran == []

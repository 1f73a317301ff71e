"""A command typed at a vault, in this process, with an invented clock and repeating randomness."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app import bootstrap
from desk_app.cli.program import run
from tests.fakes import PASSPHRASE, FakeClock, surroundings

TypedAt = Callable[..., tuple[int, str]]


@pytest.fixture
def typed_at(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> TypedAt:
    """Runs a command at the vault in a folder; the exit code, and all that it said."""
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)

    def type_it(folder: Path, *words: str, clock: FakeClock | None = None) -> tuple[int, str]:
        monkeypatch.setattr(bootstrap, "surroundings", lambda: surroundings((folder, words), clock))
        capsys.readouterr()
        code = run(["--vault", str(folder), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return type_it

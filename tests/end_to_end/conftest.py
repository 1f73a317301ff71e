"""One small demonstration for the whole run, and the command line as a person types it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk_app.__main__ import main
from desk_app.usecases.demonstration import PASSPHRASE


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


Typed = Callable[..., Answer]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration with 40 people."""
    folder = tmp_path_factory.mktemp("demonstration") / "made"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DESK_APP_PASSPHRASE", raising=False)
        assert main(["demo", str(folder), "--people", "40"]) == 0
    return folder


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs a command in this process; wrong usage leaves with its code too."""
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def coordinator(demonstration: Path, typed: Typed) -> Typed:
    """Runs a command in the coordinator's vault."""
    return lambda *arguments: typed("--vault", demonstration / "coordinator", *arguments)


@pytest.fixture
def khorugh(demonstration: Path, typed: Typed) -> Typed:
    """Runs a command in a desk's vault."""
    return lambda *arguments: typed("--vault", demonstration / "khorugh", *arguments)

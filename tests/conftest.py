"""What every test stands on: no screen, a home of its own, and no warning that nobody asked for."""

import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import argon2.low_level
import hypothesis
import pytest

if TYPE_CHECKING:
    from desk_app.storage.vault import Vault

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("DESK_APP_PASSPHRASE", None)

# Nothing is timed in tests, and a run leaves nothing behind in the project folder.
hypothesis.settings.register_profile("house", deadline=None, database=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for the whole run, so that no test reads or writes the developer's own vault, log or settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home / variable.lower()))
        yield home


@pytest.fixture(scope="session", autouse=True)
def hashed_once() -> Iterator[None]:
    """Argon2id is slow on purpose and a pure function: in a run each passphrase, salt and cost is hashed once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2.low_level, "hash_secret_raw", cache(argon2.low_level.hash_secret_raw))
        yield


class WarningKeeper(logging.Handler):
    """Keeps every record of a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the record."""
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that logged a warning it did not mean to; `expects_log("event")` names the ones it means.

    An expected event that never came fails the test as well.
    """
    expected = {str(event) for mark in request.node.iter_markers("expects_log") for event in mark.args}
    keeper = WarningKeeper()
    root = logging.getLogger()
    root.addHandler(keeper)
    try:
        yield
    finally:
        root.removeHandler(keeper)
    logged = {str(record.msg) for record in keeper.records}
    surprises = [f"{r.levelname} {r.name}: {r.msg}" for r in keeper.records if str(r.msg) not in expected]
    if surprises:
        pytest.fail("Logged without being expected: " + "; ".join(surprises), pytrace=False)
    if expected - logged:
        pytest.fail(f"Expected in the log and never came: {sorted(expected - logged)}", pytrace=False)


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of every language's catalogue, as text and compiled now, so that no stale one speaks."""
    from catalogue_files import read

    from desk_app.i18n.catalogue.writing import compiled, written
    from desk_app.i18n.languages import TRANSLATED
    from desk_app.i18n.translator import DOMAIN

    folder = tmp_path_factory.mktemp("translations")
    for language in TRANSLATED:
        file = folder / language.code / "LC_MESSAGES" / f"{DOMAIN}.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(compiled(read(language)))
        file.with_suffix(".po").write_text(written(read(language)), encoding="utf-8")
    return folder


@pytest.fixture
def vault(tmp_path: Path) -> Iterator["Vault"]:
    """An opened vault of the desk in Khorugh with nothing in it; more of them come from `tests.fakes.make_vault`."""
    from tests.fakes import make_vault  # Only tests with a vault pay for its imports.

    opened = make_vault(tmp_path)
    yield opened
    opened.close()

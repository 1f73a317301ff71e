"""The words of letters, compiled afresh so that no stale catalogue speaks; a coordinator and a desk that know each
other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app import paths
from desk_app.storage.vault import Vault
from tests.fakes import FakeClock, acquaint, make_vault


@pytest.fixture(scope="module", autouse=True)
def fresh_words(catalogues: Path) -> Iterator[None]:
    """Those catalogues in place of the ones compiled at some time, for the tests of this folder alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "translations", lambda: catalogues)
        yield


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Vault]:
    """The coordinator's vault."""
    vault = make_vault(tmp_path, "coordinator", FakeClock())
    yield vault
    vault.close()


@pytest.fixture
def desk(tmp_path: Path, coordinator: Vault) -> Iterator[Vault]:
    """A desk's vault; it and the coordinator have admitted each other."""
    vault = make_vault(tmp_path, "khorugh", FakeClock())
    acquaint(coordinator, vault, tmp_path)
    yield vault
    vault.close()

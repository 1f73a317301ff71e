"""The words of letters, compiled afresh so that no stale catalogue speaks; a coordinator and desks that know each
other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_app import paths
from desk_app.domain.ids import DeskCode
from desk_app.storage import exchange
from desk_app.storage.vault import Vault
from desk_app.usecases import partners
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


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    """A coordinator and a desk on one clock, who have admitted each other."""
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    yield coordinator, desk
    coordinator.close()
    desk.close()


@dataclass
class Programme:
    """A coordinator and two desks that know each other, and the folder their sticks are in."""

    coordinator: Vault
    khorugh: Vault
    vose: Vault
    stick: Path


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    """The three, on one clock."""
    clock = FakeClock()
    coordinator, khorugh, vose = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "vose"))
    for desk in (khorugh, vose):
        acquaint(coordinator, desk, tmp_path)
    (tmp_path / "stick").mkdir()
    yield Programme(coordinator, khorugh, vose, tmp_path / "stick")
    for vault in (coordinator, khorugh, vose):
        vault.close()


def exchange_state(vault: Vault) -> object:
    """Everything of the exchange that a way might change."""
    numbers = [(one.code, one.sent, one.acknowledged, one.received, one.gaps) for one in partners.partners(vault)]
    return numbers, [exchange.last_sent(vault.db, DeskCode(code)) for code, *_ in numbers]

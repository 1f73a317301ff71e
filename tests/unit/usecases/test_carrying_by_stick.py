"""Bundles on a stick: what is wrong with it is said exactly, and nothing that fails changes the exchange."""

import errno
import shutil
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain import errors
from desk_app.domain.errors import NotEnoughRoom, StickCrowded, StickFull, StickPulled, StickReadOnly, Trouble
from desk_app.storage import files
from desk_app.storage.vault import Vault
from desk_app.sync.carriers import sticks
from desk_app.sync.carriers.sticks import Stick
from desk_app.usecases import carrying
from tests.fakes import make_client
from tests.unit.usecases.conftest import exchange_state

Room = namedtuple("Room", ("total", "used", "free"))


class Sticks:
    """What the system says of its sticks, as it changes under the program's hands."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: Stick | None = Stick("KINGSTON", path, "vfat", 10**9, False)
        monkeypatch.setattr(sticks, "at", lambda _path, _machine=None: self.now)

    def fails(self, monkeypatch: pytest.MonkeyPatch, error: int, then: Stick | None) -> None:
        """The next write to it fails so; afterwards it is as `then`."""

        def write(path: Path, _data: bytes) -> None:
            self.now = then
            with files.as_trouble(path, errors.FileUnwritable):
                raise OSError(error, "gone")

        monkeypatch.setattr(files, "write", write)


@pytest.fixture
def plugged(desk: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sticks:
    """A stick at a desk that has something to send."""
    make_client(desk)
    (tmp_path / "stick").mkdir()
    return Sticks(tmp_path / "stick", monkeypatch)


def test_a_stick_takes_a_bundle(desk: Vault, plugged: Sticks, tmp_path: Path) -> None:
    made = carrying.send_to_stick(desk, "coordinator", tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == [made.file]


@pytest.mark.parametrize(
    ("error", "then", "trouble"),
    [
        (errno.ENOSPC, {"free": 1000}, StickFull),
        (errno.ENOSPC, {"free": 3 * 10**9}, StickCrowded),
        (errno.EROFS, {"read_only": True}, StickReadOnly),
        (errno.EIO, None, StickPulled),
        (errno.ENOENT, None, StickPulled),
        (errno.EIO, {}, errors.FileUnwritable),
    ],
)
def test_what_is_wrong_with_a_stick_is_said_exactly(
    desk: Vault,
    plugged: Sticks,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: int,
    then: dict[str, Any] | None,
    trouble: type[Trouble],
) -> None:
    before = exchange_state(desk)
    left = None if then is None else replace(Stick("KINGSTON", tmp_path / "stick", "vfat", 10**9, False), **then)
    plugged.fails(monkeypatch, error, left)
    with pytest.raises(trouble):
        carrying.send_to_stick(desk, "coordinator", tmp_path / "stick")
    assert exchange_state(desk) == before
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_locked_stick_one_that_is_too_small_and_one_that_is_gone_are_known_before(
    desk: Vault, plugged: Sticks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Room(10**9, 10**9, 100))
    with pytest.raises(NotEnoughRoom) as told:
        carrying.send_to_stick(desk, "coordinator", tmp_path / "stick")
    assert (told.value.path, told.value.free, told.value.needed > 100) == ("KINGSTON", 100, True)
    plugged.now = Stick("KINGSTON", tmp_path / "stick", "vfat", 10**9, True)
    with pytest.raises(StickReadOnly):
        carrying.send_to_stick(desk, "coordinator", tmp_path / "stick")
    plugged.now = None
    with pytest.raises(StickPulled):
        carrying.send_to_stick(desk, "coordinator", tmp_path / "stick")

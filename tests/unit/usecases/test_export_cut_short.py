"""A program that ends between writing a bundle and counting it: the file on the stick may still be carried."""

from pathlib import Path

import pytest

from desk_app.storage import files
from desk_app.usecases import exchange, merging
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import acquaint, make_client, make_vault


class PowerCut(BaseException):
    """Nothing after it happens."""


def test_a_bundle_that_was_never_counted_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    khorugh, coordinator = make_vault(tmp_path), make_vault(tmp_path, "coordinator")
    acquaint(khorugh, coordinator, tmp_path)
    orphan = tmp_path / "orphan.roh"

    def written_and_gone(path: Path, data: bytes) -> None:
        orphan.write_bytes(data)
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_new", written_and_gone)
        with pytest.raises(PowerCut):
            exchange.export(khorugh, "coordinator", tmp_path)
    make_client(khorugh)
    counted = exchange.export(khorugh, "coordinator", tmp_path).file
    outcomes = [one.outcome for path in (orphan, counted) for one in merging.merge_files(coordinator, [path])]
    assert outcomes == [Outcome.MERGED, Outcome.MERGED]
    khorugh.close()
    coordinator.close()

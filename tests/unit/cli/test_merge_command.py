"""merge as a person types it: each file is compared once, and a large change still stops before anything happens."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk_app.storage.vault import Vault
from desk_app.sync.plan import Comparison, compare
from desk_app.usecases import exchange, merging, records
from tests.fakes import FakeClock, acquaint, make_client, make_vault, open_vault
from tests.unit.cli.conftest import TypedAt


def people(folder: Path) -> int:
    vault: Vault = open_vault(folder)
    try:
        return len(records.find_all(vault, "client"))
    finally:
        vault.close()


def test_a_file_is_compared_once_and_a_large_change_stops(
    typed_at: TypedAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    coordinator.close()
    clients = [make_client(desk, name, consents="") for name in ("Як", "Ду", "Се")]
    first = str(exchange.export(desk, "coordinator", tmp_path / "first.roh").file)
    for one in clients[:2]:
        records.remove(desk, one)
    second = str(exchange.export(desk, "coordinator", tmp_path / "second.roh").file)
    desk.close()
    compared: list[int] = []
    plainly: Callable[..., Comparison] = compare

    def counted(*given: Any) -> Comparison:
        compared.append(1)
        return plainly(*given)

    monkeypatch.setattr(merging, "compare", counted)
    code, said = typed_at(coordinator.folder, "merge", "--preview", first, "--json", clock=clock)
    (shown,) = json.loads(said)["files"]
    assert (code, shown["kinds"]["client"]["new"], len(compared), people(coordinator.folder)) == (0, 3, 1, 0)

    code, said = typed_at(coordinator.folder, "merge", first, "--json", clock=clock)
    (done,) = json.loads(said)["files"]
    assert (code, done["outcome"], done["kinds"]["client"]["new"], len(compared)) == (0, "merged", 3, 2)

    code, said = typed_at(coordinator.folder, "merge", second, clock=clock)
    assert (code, people(coordinator.folder)) == (1, 3)
    code, said = typed_at(coordinator.folder, "merge", second, first, "--confirmed", "--json", clock=clock)
    assert {one["outcome"] for one in json.loads(said)["files"]} == {"known", "merged"}
    assert (code, people(coordinator.folder)) == (0, 1)

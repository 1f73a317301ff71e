"""Everybody at a glance, what would go, and bundles for all in one go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import FileUnwritable, UnknownPartner
from desk_app.storage.vault import Vault
from desk_app.usecases import exchange, exchange_overview, merging, partners, records
from desk_app.usecases.exchange_overview import Concern
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, make_client, make_vault


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[tuple[FakeClock, dict[str, Vault]]]:
    clock = FakeClock()
    made = {code: make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "vose")}
    for desk in ("khorugh", "vose"):
        for one, other in (("coordinator", desk), (desk, "coordinator")):
            partners.write_card(made[one], tmp_path / f"{one}.card")
            partners.enrol(made[other], tmp_path / f"{one}.card")
    yield clock, made
    for vault in made.values():
        vault.close()


def test_the_exchange_at_a_glance(programme: tuple[FakeClock, dict[str, Vault]], tmp_path: Path) -> None:
    clock, vaults = programme
    coordinator, khorugh, vose = vaults.values()
    client = make_client(khorugh)
    records.add(khorugh, "need", {"client": client, "pathway": "housing"})
    going = exchange_overview.would_go(khorugh, "coordinator")
    assert (going.kinds["client"], going.kinds["need"], going.people, going.since) == (1, 1, 1, None)
    assert "user" not in going.kinds
    with pytest.raises(UnknownPartner):
        exchange_overview.would_go(khorugh, "vose")

    exchange.export(khorugh, "coordinator", tmp_path).file.unlink()
    merging.merge_files(coordinator, [exchange.export(khorugh, "coordinator", tmp_path).file])
    first, second = exchange_overview.standings(coordinator)
    assert (first.status.code, first.silent, first.concerns[0]) == ("vose", None, Concern.NEVER)
    assert (second.status.code, second.silent, second.status.gaps) == ("khorugh", 0, (1,))
    assert Concern.GAPS in second.concerns
    assert exchange_overview.troubles(coordinator) == {Concern.SILENT: 1, Concern.GAPS: 1}
    assert exchange_overview.troubles(khorugh) == {}
    clock.forward(days=15)
    assert exchange_overview.standings(coordinator)[1].concerns[0] is Concern.SILENT
    assert exchange_overview.troubles(coordinator)[Concern.SILENT] == 2
    assert Concern.GAPS in exchange_overview.troubles(coordinator)
    clock.forward(days=75)  # No key is left that opens the bundle, whoever found it.
    assert exchange_overview.troubles(coordinator) == {Concern.SILENT: 2}

    made = exchange_overview.write_all(coordinator, tmp_path)
    assert [one.to for one in made] == ["khorugh", "vose"]
    for one, vault in zip(made, (khorugh, vose), strict=True):
        assert one.made is not None
        assert merging.merge_files(vault, [one.made.file])[0].outcome is Outcome.MERGED
    assert [one.to for one in exchange_overview.write_all(coordinator, tmp_path, lambda done, _all: done < 1)] == [
        "khorugh"
    ]

    pulled = tmp_path / "pulled"
    (stopped,) = exchange_overview.write_all(coordinator, pulled)
    assert isinstance(stopped.trouble, FileUnwritable)
    assert not pulled.exists()

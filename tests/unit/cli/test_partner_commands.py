"""revoke, readmit, roster, held and alarms as a person types them; a second coordinator is made."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desk_app.cli.program import run
from desk_app.domain.change import ChainId, chain_id
from desk_app.domain.ids import Incarnation
from desk_app.storage import alarms as alarm_storage
from desk_app.storage.alarms import Alarm
from desk_app.usecases import exchange, merging, partners
from tests.fakes import FakeClock, make_client, make_vault
from tests.unit.cli.conftest import TypedAt

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(tmp_path: Path, typed_at: TypedAt) -> Typed:
    """A coordinator who knows one desk, has heard of a copy of it, and was sent a bundle by a desk it does not know."""
    clock = FakeClock()
    coordinator, khorugh, vose = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "vose"))
    for one, other in ((coordinator, khorugh), (khorugh, coordinator), (coordinator, vose)):
        partners.write_card(one, tmp_path / "card")
        partners.enrol(other, tmp_path / "card")
    partners.write_card(vose, tmp_path / "vose.card")
    for desk, name in ((khorugh, "Исмоил"), (vose, "Зуҳро")):
        make_client(desk, name)
        merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path / f"{name}.roh").file])
    make_client(khorugh, "Карим", consents="")
    merging.merge_files(coordinator, [exchange.export(khorugh, "coordinator", tmp_path / "second.roh").file])
    chain: ChainId = chain_id(khorugh.device, Incarnation("0000000a"))
    alarm_storage.put(coordinator.db, Alarm(chain, 7, b"a", b"b", "0" * 64, clock()))
    for vault in (coordinator, khorugh, vose):
        vault.close()
    return partial(typed_at, coordinator.folder)


def test_shutting_out_and_admitting_again(typed: Typed) -> None:
    code, said = typed("revoke", "khorugh", "--last-good", "1")
    assert (code, "Khorugh is shut out." in said, "1 change was set aside" in said) == (0, True, True)
    shown = json.loads(typed("roster", "--json")[1])
    assert [(one["code"], one["revoked_by"]) for one in shown["members"]] == [("khorugh", ["coordinator"])]
    assert (shown["versions"], shown["set_aside"][0]["changes"], shown["troubles"]) == ({"coordinator": 2}, 1, [])
    assert "shut out by Coordinator" in typed("roster")[1]
    assert typed("revoke", "khorugh", "--last-good", "9")[0] == 1
    assert typed("readmit", "khorugh") == (0, "Khorugh is admitted again.\n")
    assert typed("readmit", "khorugh")[0] == 1
    assert "admitted" in typed("roster")[1]


def test_what_is_kept_aside_and_alarms(typed: Typed, tmp_path: Path) -> None:
    assert "The sender is not admitted" in typed("held")[1]
    (kept,) = json.loads(typed("held", "--json")[1])["held"]
    assert (kept["desk"], kept["number"], kept["why"]) == ("vose", 1, "unknown")
    assert typed("held", "--take-in") == typed("held")
    assert typed("enrol", str(tmp_path / "vose.card"))[0] == 0
    code, said = typed("held", "--take-in", "--json")
    assert (code, [one["outcome"] for one in json.loads(said)["files"]]) == (0, ["merged"])
    assert typed("held") == (0, "No bundle is kept aside.\n")
    assert typed("held", "--throw-away", "abc")[0] == 1

    (alarm,) = json.loads(typed("alarms", "--json")[1])["alarms"]
    code, said = typed("alarms")
    assert (code, "The computer of Khorugh may have been copied." in said, alarm["id"] in said) == (0, True, True)
    with pytest.raises(SystemExit):
        typed("alarms", "--settle", alarm["id"])
    assert typed("alarms", "--settle", alarm["id"], "--keep-going") == (0, "There is no alarm.\n")


def test_a_second_coordinator_is_made(typed: Typed, tmp_path: Path) -> None:
    for desk, code in (("coordinator_2", 0), ("coordinator_10", 1), ("khorugh", 1)):
        words = ("--vault", str(tmp_path / desk / "new"), "create", "--kind", "coordinator", "--desk", desk)
        assert run([*words, "--json"]) == code
    assert run(["--vault", str(tmp_path / "x"), "create", "--kind", "desk", "--desk", "coordinator_3"]) == 1
    words = ("--vault", str(tmp_path / "coordinator_2" / "new"), "status", "--json")
    assert run(list(words)) == 0

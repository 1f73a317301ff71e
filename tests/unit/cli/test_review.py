"""disagreements, settle, link, unlink, not-same and merge --confirmed as a person types them."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain.ids import RecordId
from desk_app.usecases import exchange, merging, records
from tests.fakes import FakeClock, acquaint, make_client, make_vault, open_vault, surroundings
from tests.unit.cli.conftest import TypedAt

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(tmp_path: Path, typed_at: TypedAt) -> Typed:
    """A coordinator who calls the first of three people otherwise than the desk does."""
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    clients = [make_client(desk, name, consents="") for name in ("Исмоил", "Исмаил", "Зуҳро")]
    (tmp_path / "stick").mkdir()
    merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path / "stick").file])
    records.edit(desk, clients[0], {"surname": "Исмоилов"})
    records.edit(coordinator, clients[0], {"surname": "Исмаилов"})
    merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path / "stick").file])
    for client in clients[1:]:
        records.remove(desk, client)
    exchange.export(desk, "coordinator", tmp_path / "last.roh")
    for vault in (coordinator, desk):
        vault.close()
    return partial(typed_at, coordinator.folder)


def waiting(typed: Typed) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(typed("disagreements", "--json")[1])["disagreements"]
    return found


def surname(typed: Typed, record: RecordId) -> str:
    return str(json.loads(typed("show", record, "--json")[1])["record"]["surname"])


def test_a_disagreement_is_settled_by_its_id(typed: Typed) -> None:
    (one,) = waiting(typed)
    assert [value["value"] for value in one["values"]] == ["Исмаилов", "Исмоилов"]
    assert set(one["values"][0]) == {"value", "author", "desk", "recorded", "imported"}
    assert "1. Исмаилов (Coordinator); 2. Исмоилов (Khorugh)" in typed("disagreements")[1]
    code, said = typed("settle", one["id"], "--keep", "2", "--json")
    assert (code, json.loads(said)["value"]) == (0, "Исмоилов")
    assert waiting(typed) == []
    code, said = typed("settle", one["id"], "--keep", "1")
    assert (code, "settled it" in said) == (1, True)


def test_a_third_value_both_or_the_desk(typed: Typed) -> None:
    (one,) = waiting(typed)
    assert typed("settle", one["id"], "--ask")[0] == 0
    assert waiting(typed)[0]["asked"] == "2026-03-05"
    (asked,) = json.loads(typed("list", "followup", "--json")[1])["records"]
    assert (asked["desk"], asked["note"]) == (
        "khorugh",
        "Which is right? Surname: Исмаилов (Coordinator); Исмоилов (Khorugh)",
    )
    assert typed("settle", one["id"], "--both")[0] == 0
    assert json.loads(typed("show", one["record"], "--json")[1])["record"]["other_names"] == "Исмоилов"


def test_another_value_is_checked_like_any(typed: Typed) -> None:
    (one,) = waiting(typed)
    assert typed("settle", one["id"], "--value", "Исмоилзода")[0] == 0
    assert surname(typed, one["record"]) == "Исмоилзода"
    assert typed("settle", "nothing", "--value", "Исмоилзода")[0] == 1
    with pytest.raises(SystemExit):
        typed("settle", one["id"])


def test_two_clients_are_linked_parted_and_kept_apart(typed: Typed) -> None:
    code, said = typed("link", "KHG-2026-1", "KHG-2026-2", "--json")
    assert (code, len(json.loads(said)["person"])) == (0, 2)
    assert json.loads(typed("status", "--json")[1])["people"] == 2
    assert len(json.loads(typed("find", "Исмаил", "--json")[1])["people"]) == 1
    assert typed("unlink", "KHG-2026-2", "KHG-2026-1")[0] == 0
    assert typed("unlink", "KHG-2026-2", "KHG-2026-1")[0] == 1
    assert typed("not-same", "KHG-2026-2", "KHG-2026-1")[1].strip() == "They are kept as two people."
    assert json.loads(typed("status", "--json")[1])["people"] == 3


def test_a_bundle_that_removes_much_is_taken_in_when_confirmed(typed: Typed, tmp_path: Path) -> None:
    file = str(tmp_path / "last.roh")
    assert json.loads(typed("merge", file, "--preview", "--json")[1])["files"][0]["would_hide"] == 2
    code, said = typed("merge", file)
    assert (code, "2 of 3 people" in said) == (1, True)
    assert typed("merge", file, "--confirmed")[0] == 0
    assert json.loads(typed("status", "--json")[1])["people"] == 1


def test_taking_in_tells_what_became_of_each_record_and_why(typed: Typed, tmp_path: Path) -> None:
    code, said = typed("merge", "--preview", str(tmp_path / "last.roh"), "--json")
    assert code == 0
    (file,) = json.loads(said)["files"]
    assert file["kinds"] == {"client": {"new": 0, "updated": 2}}
    removed = [one for one in file["records"] if one["outcome"] == "removed"]
    assert sorted(one["name"] for one in removed) == ["Зуҳро", "Исмаил"]
    assert {one["reason"] for one in removed} == {
        "It was removed there. It is hidden here, and can be shown again.",
    }
    assert "Зуҳро (Client): It was removed there." in typed("merge", "--preview", str(tmp_path / "last.roh"))[1]


def test_what_is_missing_is_said_in_a_sentence(typed: Typed, tmp_path: Path) -> None:
    desk = open_vault(tmp_path / "khorugh", surroundings("later"))
    exchange.export(desk, "coordinator", tmp_path / "lost.roh").file.unlink()
    file = exchange.export(desk, "coordinator", tmp_path / "after.roh").file
    desk.close()
    typed("merge", str(file), "--confirmed")
    assert "Khorugh 3–4 are missing; ask for them." in typed("status")[1]

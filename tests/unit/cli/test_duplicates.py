"""duplicates, and what merge says of new people, as a person types them."""

import json
from pathlib import Path

from desk_app.usecases import exchange
from tests.fakes import FakeClock, acquaint, make_client, make_vault
from tests.unit.cli.conftest import TypedAt


def test_who_came_twice_is_told_after_the_merge_and_listed(tmp_path: Path, typed_at: TypedAt) -> None:
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    first = make_client(coordinator, "Ҷамшед", surname="Раҳимов", birth_date="1985-03-05")
    second = make_client(desk, "Джамшед", surname="Рахимов", birth_date="1985-05-03")
    make_client(desk, "Зуҳро", surname="Назарова")
    bundle = exchange.export(desk, "coordinator", tmp_path / "one.roh").file
    for vault in (coordinator, desk):
        vault.close()
    folder = coordinator.folder
    assert json.loads(typed_at(folder, "merge", str(bundle), "--preview", "--json")[1])["new_people"]["new"] == 0
    code, said = typed_at(folder, "merge", str(bundle))
    assert code == 0
    assert "1 new person looks like somebody on record: see “duplicates”" in said
    code, said = typed_at(folder, "duplicates", "--json")
    (pair,) = json.loads(said)["duplicates"]
    assert {pair["one"]["id"], pair["other"]["id"]} == {first, second}
    assert set(pair["one"]) == {"id", "number", "name", "desk", "birth"}
    assert (pair["points"], pair["likely"], pair["state"]) == (9.0, True, "open")
    assert pair["reasons"] == ["birth_swapped", "same", "russian_spelling"]
    assert json.loads(said)["counts"] == {"open": 1, "likely": 1, "different": 0, "same": 0, "waiting": 0}
    said = typed_at(folder, "duplicates", "--everybody")[1]
    assert "day and month of birth exchanged, same name, name in Russian letters" in said
    assert "(Khorugh)" in said
    typed_at(folder, "link", first, second)
    assert json.loads(typed_at(folder, "duplicates", "--json")[1])["duplicates"] == []
    assert (
        json.loads(typed_at(folder, "duplicates", "--state", "same", "--json")[1])["duplicates"][0]["state"] == "same"
    )
    assert typed_at(folder, "duplicates", "--state", "different") == (0, "There are no such pairs.\n")

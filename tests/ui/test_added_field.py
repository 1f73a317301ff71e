"""A field that is added to a kind's declaration, in one line and in no other place, is everywhere."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_app import bootstrap
from desk_app.__main__ import main
from desk_app.domain.records import ALL
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Field, FieldType, Registry, Search
from desk_app.storage import log_table
from desk_app.storage.vault import Surroundings
from desk_app.ui.forms.record_form import RecordForm
from desk_app.ui.look import Look
from desk_app.usecases import checking, exchange, merging, partners, records, vaults
from tests.fakes import PASSPHRASE, FakeClock, make_vault, open_vault, surroundings

ADDED = Field(90, "nickname_of_village", "Nickname of the village", FieldType.NAME, search=Search.NAME)
GROWN = dataclasses.replace(CLIENT, own_fields=(*CLIENT.own_fields, ADDED))
REGISTRY = Registry(tuple(GROWN if kind is CLIENT else kind for kind in ALL))

Typed = Callable[..., Any]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs a command at the desk, in a program that has the added field, and gives its one JSON document."""
    make_vault(tmp_path, registry=REGISTRY).close()
    clock = FakeClock()
    made = 0

    def around() -> Surroundings:
        nonlocal made
        made += 1
        return surroundings(f"command {made}", clock, REGISTRY)

    monkeypatch.setattr(bootstrap, "surroundings", around)
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")

    def run(*arguments: object) -> Any:
        capsys.readouterr()
        assert main(["--vault", str(tmp_path / "khorugh"), *map(str, arguments), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_a_field_is_added_in_one_line(tmp_path: Path, typed: Typed, qtbot: QtBot, look: Look) -> None:
    form = RecordForm(look, GROWN)
    qtbot.addWidget(form)
    form.set_typed({"surname": "Назаров", ADDED.name: "Шамшер"})
    assert form.check()
    assert ADDED.label in [words.text() for words in form.row(ADDED.name).findChildren(QLabel)]
    values = {name: value for name, value in form.changed_values().items() if isinstance(value, str)}
    assert values == {"surname": "Назаров", ADDED.name: "Шамшер"}

    client = typed("add", "client", *(f"{name}={value}" for name, value in values.items()))["id"]
    assert typed("show", client)["record"][ADDED.name] == "Шамшер"
    assert [one[ADDED.name] for one in typed("list", "client", f"{ADDED.name}=Шамшер")["records"]] == ["Шамшер"]
    assert [one["id"] for one in typed("find", "shamsher")["people"]] == [client]
    typed("edit", client, f"{ADDED.name}=Шамшерон")

    desk = open_vault(tmp_path / "khorugh", surroundings("desk", registry=REGISTRY))
    assert desk.db.execute(f"SELECT {ADDED.name} FROM client").fetchall() == [("Шамшерон",)]
    written = [msgspec.json.decode(one.body)["f"] for one in log_table.of_chain(desk.db, desk.chain, 0)]
    assert [body[str(ADDED.number)][0] for body in written if str(ADDED.number) in body] == ["Шамшер", "Шамшерон"]
    assert checking.check(desk).ok

    coordinator = make_vault(tmp_path, "coordinator", registry=REGISTRY)
    for here, there in ((desk, coordinator), (coordinator, desk)):
        digits = partners.write_card(here, tmp_path / f"{here.desk}.card").digits
        partners.enrol(there, tmp_path / f"{here.desk}.card", " ".join(digits))
    bundle = exchange.export(desk, "coordinator", tmp_path / "one.roh").file
    assert [one.outcome.value for one in merging.merge_files(coordinator, [bundle])] == ["merged"]
    assert records.show(coordinator, client).text(ADDED.name) == "Шамшерон"
    for vault in (desk, coordinator):
        vaults.lock(vault)

"""transfer, ask-transfer and transfers as a person types them, and find at the desk that somebody left."""

import json
from pathlib import Path

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.transfer import ACCEPTED, TRANSFER
from desk_app.storage.journal import Write
from desk_app.usecases import transfers
from tests.fakes import make_client
from tests.unit.cli.conftest import TypedAt
from tests.unit.usecases.moving import programme


def test_people_are_offered_asked_for_and_taken_over(typed_at: TypedAt, tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        coordinator = moving["coordinator"]
        old, new = moving["vahdat"], moving["khorugh"]
        client = make_client(old, "Исмоил")
        (accepted,) = transfers.offer(old, client, "khorugh", "moved")
        moving.round()
        transfers.accept(new, accepted)
        moving.round()
        twice: Values = {"client": client, "from_desk": "vahdat", "to_desk": "vose", "state": ACCEPTED, "turn": 2}
        coordinator.journal.write([Write(TRANSFER, RecordId("1" * 32), {"desk": "vahdat", **twice})])
        staying = make_client(old, "Зуҳро")
    _, said = typed_at(old.folder, "find", "исмоил")
    assert "moved to Khorugh" in said
    assert json.loads(typed_at(old.folder, "find", "исмоил", "--json")[1])["people"][0]["moved_to"] == "khorugh"
    code, said = typed_at(old.folder, "transfer", client, "--to", "khorugh")
    assert (code, "is with the desk Khorugh" in said) == (1, True)
    code, said = typed_at(old.folder, "transfer", staying, "--to", "khorugh", "--reason", "asked", "--json")
    (offered,) = json.loads(said)["transfers"]
    _, said = typed_at(old.folder, "transfers")
    assert "Vahdat offers the person to Khorugh since 05.03.2026. Reason: The person asks for it." in said
    document = json.loads(typed_at(old.folder, "transfers", "--withdraw", offered, "--json")[1])
    assert document["offered_by_us"] == []
    everything = json.loads(typed_at(old.folder, "transfers", "--all", "--json")[1])["transfers"]
    assert {one["id"]: one["state"] for one in everything} == {accepted: "accepted", offered: "withdrawn"}
    code, said = typed_at(new.folder, "ask-transfer", "--name", "Зуҳро", "--from", "vahdat")
    assert (code, "consent" in said) == (1, True)
    code, said = typed_at(new.folder, "ask-transfer", "--name", "Зуҳро", "--from", "vahdat", "--agreed", "--json")
    document = json.loads(typed_at(new.folder, "transfers", "--json")[1])
    assert [one["id"] for one in document["asked_by_us"]] == [json.loads(said)["id"]]
    assert typed_at(new.folder, "transfers", "--refuse", json.loads(said)["id"])[0] == 1
    said = typed_at(coordinator.folder, "transfers")[1]
    assert "More than one desk took this person over: Khorugh, Vose." in said
    assert typed_at(coordinator.folder, "transfers", "--assign", client, "--to", "vahdat")[0] == 1
    document = json.loads(typed_at(coordinator.folder, "transfers", "--assign", client, "--to", "vose", "--json")[1])
    assert document["contested"] == []

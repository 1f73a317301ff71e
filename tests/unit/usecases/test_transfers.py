"""People move from desk to desk, with their whole history and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import (
    AnsweredAlready,
    ConsentMissing,
    FieldMissing,
    OfferedAlready,
    OthersAnswer,
    RecordNotFound,
    ThereAlready,
    WithAnotherDesk,
)
from desk_app.storage.vault import Vault
from desk_app.usecases import audit, linking, people, records, transfers
from tests.fakes import make_client
from tests.unit.usecases.moving import Moving, programme


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as made:
        yield made


def helped(vault: Vault, client: str) -> str:
    said = {"client": client, "type": "legal", "delivered_on": "2026-03-05"}
    return records.add(vault, "service", said).id


def holds(vault: Vault, record: str) -> bool:
    try:
        return bool(records.show(vault, record))
    except RecordNotFound:
        return False


def test_a_person_moves_with_all_of_her_history_and_the_old_desk_hears_no_more(moving: Moving) -> None:
    vahdat, khorugh, vose = moving["vahdat"], moving["khorugh"], moving["vose"]
    client, other = make_client(vahdat, "Исмоил", surname="Исмаилов"), make_client(vahdat, "Зуҳро")
    first = helped(vahdat, client)
    moving.round()
    with pytest.raises(ThereAlready):
        transfers.offer(vahdat, client, "vahdat")
    (offered,) = transfers.offer(vahdat, client, "khorugh", "moved", "came on foot")
    with pytest.raises(OfferedAlready):
        transfers.offer(vahdat, client, "vose")
    with pytest.raises(OthersAnswer):
        transfers.accept(vahdat, offered)
    moving.round()

    (shown,) = transfers.open_for(khorugh).offered_to_us
    assert (shown.client_name, shown.from_desk, shown.reason, shown.note) == (
        "Исмаилов Исмоил",
        "vahdat",
        "moved",
        "came on foot",
    )
    assert holds(khorugh, first) and not holds(khorugh, other)
    assert not any(holds(vose, one) for one in (client, first, offered))
    assert people.person(khorugh, client).consents == people.person(vahdat, client).consents
    assert transfers.moved(vahdat) == {}

    assert transfers.accept(khorugh, offered) == (client,)
    number = records.show(khorugh, client).text("number")
    assert number == records.show(vahdat, client).text("number") and number.startswith("VHD")
    assert people.register(khorugh, {"given_name": "Нав"}, {}, {}).number == "KHG-2026-1"
    moving.round()
    second = helped(khorugh, client)
    records.edit(khorugh, client, {"phone": "+992935001122"})
    moving.round()
    moving.round()

    assert holds(moving["coordinator"], second) and not holds(vahdat, second)
    assert records.show(vahdat, client).text("phone") == ""
    assert transfers.moved(vahdat) == {client: "khorugh"}
    (found,) = people.find(vahdat, "исмаилов")
    assert (found.moved_to, people.person(vahdat, client).moved_to) == ("khorugh", "khorugh")
    (here,) = people.find(khorugh, "исмаилов")
    assert (here.desk, here.moved_to) == ("khorugh", "")
    with pytest.raises(WithAnotherDesk):
        transfers.offer(vahdat, client, "vose")
    with pytest.raises(AnsweredAlready):
        transfers.withdraw(vahdat, offered)
    assert {one.action for one in audit.entries(khorugh)} >= {"transfer_accepted"}
    assert moving.knows("khorugh", [client, first, second])  # type: ignore[list-item]

"""Desks have a newer version before their coordinator has it: what only they can read arrives all the same."""

from pathlib import Path

from desk_app.domain.ids import RecordId
from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Field, Kind, Registry
from desk_app.storage import partner_table
from desk_app.storage.journal import Write
from desk_app.usecases import exchange, records, waiting
from tests.fakes import FakeClock, acquaint, carry, make_organisation, make_vault, open_vault, surroundings

NOTICE = Kind(900, "notice", "Notice", "Notices", (Field(10, "said", "Said"),), travels=True)
NEWER = Registry((*ALL, NOTICE))


def test_what_a_coordinator_could_not_read_goes_on_after_its_upgrade(tmp_path: Path) -> None:
    clock, stick = FakeClock(), tmp_path / "stick"
    coordinator = make_vault(tmp_path, "coordinator", clock)
    khorugh, vose = (make_vault(tmp_path, code, clock, NEWER) for code in ("khorugh", "vose"))
    for desk in (khorugh, vose):
        acquaint(coordinator, desk, tmp_path)
        carry(desk, coordinator, stick)
        carry(coordinator, desk, stick)
    notice = RecordId("e" * 32)
    khorugh.journal.write([Write(NOTICE, notice, {"desk": "khorugh", "said": "Марказ баста аст"})])
    organisation = make_organisation(khorugh)
    carry(khorugh, coordinator, stick)
    carry(coordinator, vose, stick)  # It counts from now on as sent.
    carry(vose, coordinator, stick)
    assert [one.id for one in records.find_all(vose, "organisation")] == [organisation]
    assert records.find_all(vose, "notice") == []
    coordinator.close()
    coordinator = open_vault(coordinator.folder, surroundings("newer", clock, NEWER))
    partner = partner_table.partner(coordinator.db, "vose")
    assert partner
    told = exchange.waiting_for(coordinator, partner)
    assert notice in {one.record for one in told}
    assert waiting.changes(coordinator, [partner])[partner.code] == len(told)
    carry(coordinator, vose, stick)
    assert records.show(vose, notice).text("said") == "Марказ баста аст"
    carry(vose, coordinator, stick)
    assert exchange.waiting_for(coordinator, partner) == []
    for vault in (coordinator, khorugh, vose):
        vault.close()

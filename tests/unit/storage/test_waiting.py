"""What waits is counted without being read: the same number as of the changes that a bundle would hold."""

from pathlib import Path

from desk_app.storage import partner_table
from desk_app.usecases import exchange, merging, partners, records, waiting
from tests.fakes import FakeClock, acquaint, make_client, make_organisation, make_vault


def test_the_count_is_of_what_would_go(tmp_path: Path) -> None:
    clock = FakeClock()
    vaults = {code: make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "vose")}
    coordinator, khorugh, vose = vaults.values()
    for desk in (khorugh, vose):
        acquaint(coordinator, desk, tmp_path)

    def counted() -> list[int]:
        found = []
        for vault in vaults.values():
            known = partner_table.partners(vault.db)
            counts = waiting.changes(vault, known)
            assert counts == {one.code: len(exchange.waiting_for(vault, one)) for one in known}
            found += counts.values()
        return found

    client = make_client(khorugh)
    other = make_client(vose)
    need = records.add(khorugh, "need", {"client": client, "pathway": "housing"}).id
    make_organisation(coordinator)
    before = counted()
    for desk in (khorugh, vose):
        merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    records.edit(coordinator, client, {"phone": "+992935001122"})
    middle = counted()
    for desk in (khorugh, vose):
        merging.merge_files(desk, [exchange.export(coordinator, desk.desk, tmp_path).file])
        merging.merge_files(coordinator, [exchange.export(desk, "coordinator", tmp_path).file])
    after = counted()
    assert before != middle != after
    assert [one.waiting for one in partners.partners(coordinator)] == after[:2]
    # Of a record that is given to another person the desk has no past: that goes, and waits, too.
    records.edit(coordinator, need, {"client": other})
    assert counted()[1] == after[1] + 2
    for vault in vaults.values():
        vault.close()

"""Two desks and a coordinator exchange bundles: lost, doubled, late, foreign and tampered ones included."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import (
    DigitsDiffer,
    FileExists,
    FileUnreadable,
    FileUnwritable,
    NotForOurselves,
    NothingToRead,
    UnknownPartner,
)
from desk_app.storage import files, rows
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.usecases import exchange, merging, partners, people, records, review, users
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import make_client, make_organisation, make_vault
from tests.unit.usecases.conftest import Programme


def send(vault: Vault, to: str, stick: Path, full: bool = False) -> Path:
    return exchange.export(vault, to, stick, full).file


def take(vault: Vault, *files: Path) -> tuple[FilePlan, ...]:
    return merging.apply_plan(vault, merging.plan_files(vault, files))


def seen(vault: Vault) -> dict[str, Any]:
    """All that is visible in a vault, local row numbers aside."""
    return {
        record.id: (kind.name, dict(record.values), record.made, record.made_by, record.changed, record.changed_by)
        for kind in vault.registry
        if not kind.silent
        for record in rows.where(vault.db, kind, {})
    }


def test_a_desks_week_reaches_the_coordinator(programme: Programme) -> None:
    make_client(programme.khorugh, "Исмоил")
    make_client(programme.vose, "Зуҳро", sex="female")

    done = take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    done += take(programme.coordinator, send(programme.vose, "coordinator", programme.stick))

    assert [(one.outcome, one.sender, one.new, one.updated) for one in done] == [
        (Outcome.MERGED, "khorugh", 4, 0),
        (Outcome.MERGED, "vose", 4, 0),
    ]
    assert seen(programme.coordinator) == {**seen(programme.khorugh), **seen(programme.vose)}
    assert [found.name for found in people.find(programme.coordinator, "zuhro")] == ["Зуҳро"]


def test_the_plan_changes_nothing(programme: Programme) -> None:
    make_client(programme.khorugh)
    file = send(programme.khorugh, "coordinator", programme.stick)
    plan = merging.plan_files(programme.coordinator, [file])
    assert [(one.outcome, one.new) for one in plan.files] == [(Outcome.MERGED, 4)]
    assert seen(programme.coordinator) == {}
    assert partners.partners(programme.coordinator)[0].received == 0


def test_taking_in_twice_is_taking_in_once(programme: Programme) -> None:
    make_client(programme.khorugh)
    file = send(programme.khorugh, "coordinator", programme.stick)
    take(programme.coordinator, file)
    before = seen(programme.coordinator)
    again = take(programme.coordinator, file)
    assert [one.outcome for one in again] == [Outcome.KNOWN]
    assert seen(programme.coordinator) == before


def test_a_copy_under_another_name_is_known_in_the_plan_already(programme: Programme) -> None:
    make_client(programme.khorugh)
    file = send(programme.khorugh, "coordinator", programme.stick)
    (programme.stick / "copy of it.roh").write_bytes(file.read_bytes())
    plan = merging.plan_files(programme.coordinator, [programme.stick])
    assert sorted(one.outcome for one in plan.files) == [Outcome.KNOWN, Outcome.MERGED]
    done = merging.apply_plan(programme.coordinator, plan)
    assert sorted(one.outcome for one in done) == [Outcome.KNOWN, Outcome.MERGED]
    assert seen(programme.coordinator) == seen(programme.khorugh)


def test_a_lost_stick_heals_itself(programme: Programme) -> None:
    make_client(programme.khorugh, "Аввал")
    send(programme.khorugh, "coordinator", programme.stick).unlink()
    make_client(programme.khorugh, "Дуюм")
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    assert seen(programme.coordinator) == seen(programme.khorugh)
    (status, _) = partners.partners(programme.coordinator)
    assert (status.code, status.received, status.gaps, status.came_since) == ("khorugh", 2, (1,), (1,))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (2, 1, 0), (1, 2, 0, 1)])
def test_the_order_of_bundles_does_not_matter(programme: Programme, order: tuple[int, ...]) -> None:
    client = make_client(programme.khorugh, "Аввал")
    files = [send(programme.khorugh, "coordinator", programme.stick)]
    records.edit(programme.khorugh, client, {"phone": "+992 900 11 22 33", "safety": frozenset({"at_risk"})})
    files.append(send(programme.khorugh, "coordinator", programme.stick))
    records.edit(programme.khorugh, client, {"safety": frozenset({"violence"}), "surname": "Исмоилов"})
    files.append(send(programme.khorugh, "coordinator", programme.stick))
    for number in order:
        (done,) = take(programme.coordinator, files[number])
        assert done.outcome in (Outcome.MERGED, Outcome.KNOWN)
    assert seen(programme.coordinator) == seen(programme.khorugh)


def test_after_a_receipt_only_what_is_new_travels(programme: Programme) -> None:
    make_client(programme.khorugh)
    first = exchange.export(programme.khorugh, "coordinator", programme.stick)
    assert partners.data_safe_until(programme.khorugh) is None
    take(programme.coordinator, first.file)
    take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert partners.data_safe_until(programme.khorugh) is not None

    make_client(programme.khorugh, "Дуюм", consents="")
    second = exchange.export(programme.khorugh, "coordinator", programme.stick)
    full = exchange.export(programme.khorugh, "coordinator", programme.stick, full=True)
    assert (first.changes, second.changes, full.changes) == (4, 1, 5)
    take(programme.coordinator, second.file)
    assert seen(programme.coordinator) == seen(programme.khorugh)


def test_the_directory_goes_to_every_desk_and_people_to_their_own_alone(programme: Programme) -> None:
    make_client(programme.khorugh, "Исмоил")
    make_client(programme.vose, "Зуҳро")
    for desk in (programme.khorugh, programme.vose):
        take(programme.coordinator, send(desk, "coordinator", programme.stick))
    office = make_organisation(programme.coordinator)
    for desk in (programme.khorugh, programme.vose):
        take(desk, send(programme.coordinator, desk.desk, programme.stick))
    assert records.show(programme.khorugh, office) == records.show(programme.coordinator, office)
    assert {one.text("desk") for one in records.find_all(programme.khorugh, "client")} == {"khorugh"}
    assert programme.vose.chain not in {change.chain for change in logged(programme.khorugh)}


def logged(vault: Vault) -> list[Any]:
    from desk_app.storage import log_table

    return [change for chain in log_table.chains(vault.db) for change in log_table.of_chain(vault.db, chain, 0)]


def test_what_the_coordinator_mends_comes_back_to_the_desk(programme: Programme) -> None:
    client = make_client(programme.khorugh, "Исмоил")
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    records.edit(programme.coordinator, client, {"surname": "Исмоилов"})
    (done,) = take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert (done.outcome, done.updated, done.disagreements) == (Outcome.MERGED, 1, 0)
    assert records.show(programme.khorugh, client).text("surname") == "Исмоилов"


def test_two_edits_that_did_not_know_of_each_other_are_a_disagreement_on_both_sides(programme: Programme) -> None:
    client = make_client(programme.khorugh, "Исмоил")
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    records.edit(programme.coordinator, client, {"surname": "Исмоилов"})
    records.edit(programme.khorugh, client, {"surname": "Исмаилов"})
    (there,) = take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    (here,) = take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert (there.disagreements, here.disagreements) == (1, 1)
    assert seen(programme.coordinator) == seen(programme.khorugh)


def test_a_bundle_after_a_gap_is_held_until_the_gap_is_filled(programme: Programme) -> None:
    make_client(programme.khorugh, "Аввал")
    first = send(programme.khorugh, "coordinator", programme.stick)
    take(programme.coordinator, first)
    take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    make_client(programme.khorugh, "Дуюм")
    second = send(programme.khorugh, "coordinator", programme.stick)

    # A coordinator who lost everything has no receipt to go back on, so the desk still sends from where it was.
    empty = make_vault(programme.stick.parent / "new", "coordinator", seed="new coordinator")
    try:
        empty.db.execute("DELETE FROM exchange_private")
        rows = programme.coordinator.db.execute("SELECT * FROM exchange_private").fetchall()
        empty.db.conn.executemany("INSERT INTO exchange_private VALUES(?, ?, ?)", rows)
        card = programme.stick.parent / "khorugh.card"
        partners.enrol(empty, card)
        (held,) = take(empty, second)
        assert held.outcome is Outcome.HELD
        assert seen(empty) == {}
        both = take(empty, second, first)
        assert [one.outcome for one in both] == [Outcome.MERGED, Outcome.MERGED]
        assert seen(empty) == seen(programme.khorugh)
    finally:
        empty.close()


def test_refused_files_name_their_reason_and_stop_nobody_else(programme: Programme, tmp_path: Path) -> None:
    make_client(programme.khorugh)
    good = send(programme.khorugh, "coordinator", programme.stick)
    stranger = make_vault(tmp_path / "elsewhere", "jaihun")
    partners.write_card(programme.coordinator, tmp_path / "c.card")
    partners.enrol(stranger, tmp_path / "c.card")
    make_client(stranger)
    unknown = send(stranger, "coordinator", programme.stick)
    stranger.close()
    make_organisation(programme.coordinator)
    foreign = send(programme.coordinator, "vose", programme.stick)
    cut = programme.stick / "cut.roh"
    cut.write_bytes(good.read_bytes()[:-100])
    flipped = bytearray(good.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    bent = programme.stick / "bent.roh"
    bent.write_bytes(flipped)
    picture = programme.stick / "picture.roh"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    missing = programme.stick / "missing.roh"

    done = {one.file: one for one in take(programme.coordinator, unknown, cut, bent, picture, missing, good)}
    done |= {one.file: one for one in take(programme.khorugh, foreign)}

    assert done[unknown].outcome is Outcome.UNKNOWN_SENDER
    assert done[foreign].outcome is Outcome.FOREIGN
    assert {done[file].outcome for file in (cut, bent, picture, missing)} == {Outcome.DAMAGED}
    assert all(done[file].trouble for file in (unknown, foreign, cut, bent, picture, missing))
    assert done[good].outcome is Outcome.MERGED
    assert seen(programme.coordinator).keys() - seen(programme.khorugh).keys() == {
        one.id for one in records.find_all(programme.coordinator, "organisation")
    }


def test_a_desk_cannot_send_what_another_device_wrote(programme: Programme) -> None:
    make_client(programme.khorugh)
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    stolen = logged(programme.khorugh)
    programme.vose.journal.take(stolen, {}, {})
    programme.vose.device, before = programme.khorugh.device, programme.vose.device
    forged = None
    try:
        forged = exchange.waiting_for(programme.vose, _partner(programme.vose))
    finally:
        programme.vose.device = before
    assert forged
    make_client(programme.vose)
    file = _bundle_of(
        programme.vose, forged + exchange.waiting_for(programme.vose, _partner(programme.vose)), programme
    )
    (done,) = take(programme.coordinator, file)
    assert done.outcome is Outcome.DAMAGED
    assert {one.text("desk") for one in records.find_all(programme.coordinator, "client")} == {"khorugh"}


def _partner(vault: Vault) -> Any:
    from desk_app.storage import partner_table

    return partner_table.partner(vault.db, COORDINATOR)


def _bundle_of(vault: Vault, changes: list[Any], programme: Programme) -> Path:
    from desk_app.crypto.sealing import Recipient
    from desk_app.sync import bundle

    facts = exchange._facts(vault, _partner(vault), changes)
    recipient = Recipient(_partner(vault).recipient)
    data = bundle.write_bundle(facts, changes, vault.device_key, [recipient], vault.surroundings.random)
    file = programme.stick / "forged.roh"
    file.write_bytes(data)
    return file


def test_a_desk_that_lost_its_vault_gets_its_people_back(programme: Programme) -> None:
    client = make_client(programme.khorugh)
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    back = exchange.export(programme.coordinator, "khorugh", programme.stick, full=True)
    assert back.changes == 4
    (done,) = take(programme.khorugh, back.file)
    assert (done.outcome, done.same) == (Outcome.MERGED, 4)
    assert records.show(programme.khorugh, client)


def test_a_whole_stick_is_taken_in_at_once(programme: Programme) -> None:
    make_client(programme.khorugh)
    make_client(programme.vose)
    send(programme.khorugh, "coordinator", programme.stick)
    send(programme.vose, "coordinator", programme.stick)
    (programme.stick / "holiday.jpg").write_bytes(b"not ours")
    done = take(programme.coordinator, programme.stick)
    assert sorted((one.sender, one.outcome) for one in done) == [("khorugh", "merged"), ("vose", "merged")]


def test_an_empty_stick_says_so(programme: Programme) -> None:
    with pytest.raises(NothingToRead):
        merging.plan_files(programme.coordinator, [programme.stick])


def test_work_stops_between_files_when_asked(programme: Programme) -> None:
    make_client(programme.khorugh)
    files = [send(programme.khorugh, "coordinator", programme.stick)]
    make_client(programme.khorugh)
    files.append(send(programme.khorugh, "coordinator", programme.stick))
    plan = merging.plan_files(programme.coordinator, files)
    done = merging.apply_plan(programme.coordinator, plan, lambda done, total: done < 1)
    assert [one.outcome for one in done] == [Outcome.MERGED]


def test_cards_are_compared_by_digits(programme: Programme, tmp_path: Path) -> None:
    card = tmp_path / "own.card"
    shown = partners.write_card(programme.khorugh, card)
    assert partners.read_card(card) == shown == partners.own_code(programme.khorugh).card
    with pytest.raises(DigitsDiffer):
        partners.enrol(programme.coordinator, card, "000 000")
    assert partners.enrol(programme.coordinator, card, " ".join(shown.digits)) == shown
    with pytest.raises(NotForOurselves):
        partners.enrol(programme.khorugh, card)


def test_nothing_is_sealed_for_a_stranger(programme: Programme) -> None:
    with pytest.raises(UnknownPartner):
        exchange.export(programme.khorugh, "vose", programme.stick)
    assert list(programme.stick.iterdir()) == []


def test_a_bundle_is_counted_only_when_it_is_on_the_stick(programme: Programme) -> None:
    make_client(programme.khorugh)
    missing = programme.stick / "no such folder" / "week.roh"
    with pytest.raises(FileUnwritable):
        exchange.export(programme.khorugh, "coordinator", missing)
    taken = programme.stick / "taken.roh"
    taken.write_bytes(b"somebody's")
    with pytest.raises(FileExists):
        exchange.export(programme.khorugh, "coordinator", taken)
    assert taken.read_bytes() == b"somebody's"
    (status,) = partners.partners(programme.khorugh)
    # And who works here, and thirteen keys, which are kept before it goes out.
    assert (status.sent, status.waiting) == (0, 17)


def test_the_coordinator_learns_who_works_at_a_desk(programme: Programme) -> None:
    desk, coordinator = programme.khorugh, programme.coordinator
    client = make_client(desk, birth_date="1980")
    take(coordinator, send(desk, "coordinator", programme.stick))
    records.edit(coordinator, client, {"birth_date": "1981"})
    records.edit(desk, client, {"birth_date": "1982"})
    desk.keys = replace(desk.keys, user_name="Зарина Назарова")
    (done,) = take(coordinator, send(desk, "coordinator", programme.stick))
    assert (done.new, done.updated) == (0, 2)
    assert users.names(coordinator)[desk.user] == "Зарина Назарова"
    assert users.names(programme.vose).keys() == {programme.vose.user}
    (found,) = review.disagreements(coordinator)
    assert {one.author for one in found.values} == {"Зарина Назарова", coordinator.user_name}
    assert len(records.find_all(coordinator, "user")) == 1


def test_nobody_names_somebody_else(programme: Programme) -> None:
    vose, khorugh = programme.vose, programme.khorugh
    kind = vose.registry["user"]
    vose.journal.write([Write(kind, users.record_of(khorugh.user), {"desk": "khorugh", "name": "Somebody"})])
    take(programme.coordinator, send(vose, "coordinator", programme.stick))
    assert khorugh.user not in users.names(programme.coordinator)


def test_a_bundle_that_was_not_counted_does_not_stay_on_the_stick(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled_out(path: Path, _cap: int) -> bytes:
        raise FileUnreadable(str(path))

    make_client(programme.khorugh)
    with monkeypatch.context() as patch:
        patch.setattr(files, "read", pulled_out)
        with pytest.raises(FileUnreadable):
            exchange.export(programme.khorugh, "coordinator", programme.stick)
    assert list(programme.stick.iterdir()) == []
    assert exchange.export(programme.khorugh, "coordinator", programme.stick).number == 1

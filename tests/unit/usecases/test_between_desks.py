"""Referrals from desk to desk, and what follows a person from desk to desk: files, erasures, courses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import (
    BlobDamaged,
    ConsentMissing,
    DeskCodeWrong,
    FieldMissing,
    ThereAlready,
    WithAnotherDesk,
)
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import erasure_of
from desk_app.storage import log_table, partner_table
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.sync.bundle import unseal
from desk_app.sync.bundle_files import decode_files
from desk_app.sync.framing import take_apart
from desk_app.usecases import (
    attachments,
    erasure,
    exchange,
    letters,
    linking,
    merging,
    partners,
    people,
    records,
    referral_list,
    referrals,
    today,
    transfers,
    users,
)
from desk_app.usecases.attachments import Where
from tests.fakes import acquaint, make_client, make_organisation
from tests.unit.usecases.moving import Moving, programme
from tests.unit.usecases.scans import added, file_of
from tests.unit.usecases.test_transfers import helped, holds


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as made:
        yield made


def silent(vault: Vault, record: str) -> bool:
    """Whether no word of a record is left, though its changes may be."""
    return not any(one.body for one in log_table.of_records(vault.db, [RecordId(record)]).get(RecordId(record), ()))


def test_a_referral_to_a_desk_brings_the_person_and_her_consents_alone(moving: Moving) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    records.add(khorugh, "desk_profile", {"name_tg": "Дафтари Хоруғ", "address": "ш. Хоруғ", "signatory_name": "Раҳим"})
    client = make_client(vahdat, "Исмоил")
    need = records.add(vahdat, "need", {"client": client, "pathway": "housing", "state": "open"}).id
    asked = {"client": client, "to_desk": "khorugh", "service_asked": "Меҳмонхона"}
    with pytest.raises(ThereAlready):
        referrals.refer(vahdat, {**asked, "to_desk": "vahdat"})
    with pytest.raises(DeskCodeWrong):
        referrals.refer(vahdat, {**asked, "to_desk": "Хоруғ"})
    with pytest.raises(FieldMissing):
        referrals.refer(vahdat, {"client": client, "service_asked": "Меҳмонхона"})
    draft = referrals.refer(vahdat, asked).id
    moving.round()
    assert not holds(khorugh, client)

    printed = letters.print_letter(vahdat, draft, "tg")
    letter = letters.compose(vahdat, draft, "tg")
    assert "Дафтари Хоруғ" in " ".join(letter.addressee)
    assert "Xorug" in " ".join(letters.compose(vahdat, draft, "uz_Latn").addressee)
    moving.round()
    assert [holds(khorugh, one) for one in (draft, client, need, printed.letter.id)] == [True, True, False, False]
    assert people.consents_of(khorugh, client) == {"service": "given", "sharing": "given"}
    assert not holds(moving["vose"], client)
    (line,) = referral_list.overview(khorugh)
    assert (line.to_desk, line.desk, line.client) == ("khorugh", "vahdat", client)
    assert referrals.steps(khorugh, draft)[0] == "received"
    assert "withdrawn" not in referrals.steps(khorugh, draft)
    step = referrals.next_step(records.show(khorugh, draft), khorugh.desk)
    assert step is not None
    assert step.code == "answer"
    with pytest.raises(WithAnotherDesk):
        transfers.offer(khorugh, client, "vose")

    given = helped(khorugh, client)
    referrals.change_state(khorugh, draft, "completed", {"result": "Ҷой ёфт"})
    moving.round()
    assert records.show(vahdat, draft).text("result") == "Ҷой ёфт"
    assert holds(vahdat, given)
    records.edit(vahdat, client, {"phone": "+992935001122"})
    referrals.change_state(vahdat, draft, "closed")
    moving.round()
    assert records.show(khorugh, client).text("phone") == ""
    assert records.show(khorugh, draft).text("state") == "closed"
    assert moving.knows("vahdat", [client, draft, RecordId(need), RecordId(given)])
    people.withdraw_consent(vahdat, client, "sharing")
    with pytest.raises(ConsentMissing):
        referrals.change_state(vahdat, referrals.refer(vahdat, asked).id, "sent")
    assert records.show(coordinator, draft).text("desk") == "vahdat"


def test_scans_names_and_todays_work_go_along_and_an_erasure_reaches_everybody(moving: Moving, tmp_path: Path) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    scan = added(vahdat, tmp_path)
    client = RecordId(records.show(vahdat, scan).text("client"))
    due = {"client": client, "type": "contact", "due": "2026-03-04"}
    followup = records.add(vahdat, "followup", due).id
    course = records.add(vahdat, "course", {"title": "Дӯзандагӣ", "course_kind": "vocational"}).id
    took = records.add(vahdat, "participant", {"course": course, "client": client, "state": "enrolled"}).id
    people.record_consent(vahdat, client, "sharing", "given", {})
    referred = {"client": client, "to_desk": "vose", "service_asked": "Кор"}
    referrals.change_state(vahdat, referrals.refer(vahdat, referred).id, "sent")
    moving.round()
    (offered,) = transfers.offer(vahdat, client, "khorugh")
    moving.round()
    assert attachments.content(khorugh, scan) == attachments.content(vahdat, scan)
    assert [holds(khorugh, one) for one in (course, took)] == [True, True]
    assert vahdat.user in users.names(khorugh)
    assert [one.id for one in today.today(vahdat).overdue] == [followup]
    assert today.today(khorugh).overdue == ()
    transfers.accept(khorugh, offered)
    moving.round()
    assert today.today(vahdat).overdue == ()
    assert [one.id for one in today.today(khorugh).overdue] == [followup]
    with pytest.raises(WithAnotherDesk):
        erasure.erase(vahdat, client, "asked")
    assert attachments.place(moving["coordinator"], scan).where is Where.HERE
    # Whose she was gets the file of her scan no more, though it added it; whose she is gets back what it lost.
    for vault in (vahdat, khorugh):
        path = file_of(vault, scan)
        path.write_bytes(bytes(path.stat().st_size))
        with pytest.raises(BlobDamaged):
            attachments.content(vault, scan)
    for _ in range(2):
        moving.round()
    places = [attachments.place(vault, scan).where for vault in (vahdat, khorugh)]
    assert places == [Where.ELSEWHERE, Where.HERE]

    assert set(erasure.consequences(coordinator, client).partners) == {"vahdat", "khorugh", "vose"}
    erasure.erase(khorugh, client, "asked")
    moving.round()
    for vault in moving.vaults.values():
        assert all(silent(vault, one) for one in (client, scan, followup, took, offered)), vault.desk
    moving.round()
    (shown,) = [one for one in erasure.state(coordinator) if one.reason == "asked"]
    assert set(shown.acknowledged) == {"vahdat", "khorugh", "vose"}


def test_what_was_sent_from_here_tells_who_has_to_hear_of_an_erasure(moving: Moving) -> None:
    """The desk erases while the coordinator offers: its word knows nothing of the other desk."""
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    client = make_client(vahdat, "Исмоил")
    moving.round()
    erasure.erase(vahdat, client, "mistake")
    transfers.offer(coordinator, client, "khorugh")
    moving.carry("coordinator", "khorugh")
    assert not silent(khorugh, client)
    moving.round()
    moving.round()
    assert all(silent(vault, client) for vault in moving.vaults.values())


def test_who_was_sent_a_link_hears_at_once_that_one_of_the_two_was_erased(moving: Moving) -> None:
    """The desk that erases knows of no other: nothing but what was sent tells whom it concerns."""
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    one, other = make_client(vahdat, "Як"), make_client(vahdat, "Якӣ")
    moving.carry("vahdat", "coordinator")
    link = linking.link(coordinator, one, other)
    made = transfers.offer(coordinator, one, "khorugh")
    moving.round("khorugh")
    assert holds(khorugh, link.id)
    transfers.withdraw(coordinator, made[0])
    moving.round("khorugh")
    moving.carry("khorugh", "coordinator")
    erasure.erase(vahdat, one, "mistake")
    moving.carry("vahdat", "coordinator")
    (partner,) = [known for known in partner_table.partners(coordinator.db) if known.code == "khorugh"]
    waits = {change.record for change in exchange.waiting_for(coordinator, partner)}
    assert {erasure_of(one), erasure_of(link.id)} <= waits
    moving.carry("coordinator", "khorugh")
    assert silent(khorugh, one)
    assert silent(khorugh, link.id)


def test_who_is_referred_again_comes_with_what_was_written_meanwhile(moving: Moving) -> None:
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    client = make_client(vahdat, "Исмоил")
    asked = {"client": client, "to_desk": "khorugh", "service_asked": "Меҳмонхона"}
    referral = referrals.refer(vahdat, asked).id
    referrals.change_state(vahdat, referral, "sent")
    moving.round()
    moving.round()
    referrals.change_state(vahdat, referral, "withdrawn", {"result": "Дигар лозим нест"})
    moving.round()
    records.edit(vahdat, client, {"phone": "+992935001122"})
    moving.round()
    moving.round()
    assert records.show(khorugh, client).text("phone") == ""
    # As when a disagreement about its state is settled.
    vahdat.journal.write([Write(vahdat.registry["referral"], referral, {"state": "sent"})])
    moving.round()
    assert records.show(khorugh, client).text("phone") == "+992935001122"


def test_desks_that_admitted_each_other_give_each_other_nothing(moving: Moving, tmp_path: Path) -> None:
    """What one has for another goes by the coordinator, who alone knows whose everybody is."""
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    acquaint(vahdat, khorugh, tmp_path)
    make_client(vahdat, "Исмоил")
    make_organisation(vahdat)
    made = exchange.export(vahdat, "khorugh", moving.stick, full=True)
    assert (made.changes, list(moving.in_bundle(made.file, "khorugh"))) == (0, [])
    moving.take("khorugh", made.file)
    assert khorugh.db.execute("SELECT count(*) FROM change WHERE kind IN (1, 8)").fetchone()[0] == 0
    assert {one.code: one.waiting for one in partners.partners(vahdat)}["khorugh"] == 0


def test_the_coordinator_asks_each_desk_for_the_files_of_its_own_people_alone(moving: Moving, tmp_path: Path) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    scan = added(vahdat, tmp_path, side=40)
    merging.merge_files(coordinator, [exchange.export(vahdat, "coordinator", moving.stick, files_budget=0).file])
    asked = {}
    for desk, vault in (("vahdat", vahdat), ("khorugh", khorugh)):
        plain = unseal(exchange.export(coordinator, desk, moving.stick).file.read_bytes(), vault.exchange_identities)
        files = take_apart(plain).files
        asked[desk] = set(decode_files(files).lacks) if files else set()
    assert asked == {"vahdat": {file_of(vahdat, scan).name}, "khorugh": set()}

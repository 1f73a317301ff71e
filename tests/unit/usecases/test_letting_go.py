"""A desk keeps nobody whom it does not serve: what came with an offer that came to nothing goes, on the bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import AnsweredAlready, RecordNotFound
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.storage import blobs, log_table
from desk_app.storage import erasure as erasure_storage
from desk_app.storage import exchange as exchange_storage
from desk_app.storage import letting_go as storage
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    attachments,
    backups,
    checking,
    drafts,
    exchange,
    letting_go,
    linking,
    people,
    records,
    referrals,
    roster,
    transfers,
    vaults,
)
from desk_app.usecases.attachments import Where
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import PASSPHRASE, USER, make_client
from tests.plain_bytes import everything_in, spellings
from tests.unit.usecases.moving import Moving, programme
from tests.unit.usecases.test_erasure import PROBES, WORDS, found_in, with_all
from tests.unit.usecases.test_transfers import holds

EVERYTHING = len(PROBES) + len(WORDS)
NOTE = "пиёда аз Поршинев омад"


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with programme(tmp_path, "vahdat", "khorugh") as made:
        yield made


def offered(moving: Moving, client: RecordId) -> RecordId:
    (made,) = transfers.offer(moving["vahdat"], client, "khorugh", "moved", NOTE)
    moving.round()
    return made


def words_of(vault: Vault, record: RecordId) -> list[bytes]:
    return sorted(one.body for one in log_table.of_records(vault.db, [record], whole=True).get(record, []))


def is_clean(vault: Vault) -> bool:
    """No word of her anywhere, no file of hers, and nothing amiss."""
    files = [*(vault.folder / blobs.FOLDER).glob("*")]
    noted = any(form in everything_in(vault) for form in spellings(NOTE))
    return not (found_in(vault) or files or noted) and checking.check(vault, deep=True).ok


def test_nothing_of_whom_a_desk_declined_is_left_there_and_another_offer_brings_all_again(
    moving: Moving, tmp_path: Path
) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    client, own = with_all(vahdat, tmp_path), make_client(khorugh, "Зебо")
    transfer = offered(moving, client)
    link = linking.link(coordinator, client, own)
    moving.round()
    assert len(found_in(khorugh)) == EVERYTHING
    assert len(people.person(khorugh, own).others) == 1
    drafts.keep(khorugh, f"service:{client}", {"what_was_done": WORDS[1]})
    older = backups.back_up(khorugh).file
    # A bundle that was under way meanwhile.
    records.edit(vahdat, client, {"phone": "+992935001122"})
    moving.carry("vahdat", "coordinator")
    late = exchange.export(coordinator, "khorugh", moving.stick, full=True).file

    transfers.decline(khorugh, transfer, "аз они мо нест")

    assert is_clean(khorugh)
    assert not any(holds(khorugh, one) for one in (client, link.id))
    assert (older.exists(), drafts.all_drafts(khorugh), people.count(khorugh)) == (False, [], 1)
    assert transfers.all_transfers(khorugh) == []
    assert people.person(khorugh, own).others == ()
    moving.take("khorugh", late)
    assert is_clean(khorugh)
    with pytest.raises(RecordNotFound):
        people.person(khorugh, client)
    records.edit(vahdat, client, {"phone": "+992935003344"})
    moving.carry("vahdat", "coordinator")
    moving.carry("coordinator", "khorugh")
    assert is_clean(khorugh)
    # The answer is the desk's own word: it stays, and comes where it belongs.
    assert any("аз они мо нест".encode() in body for body in words_of(khorugh, transfer))
    moving.round()
    (told,) = transfers.all_transfers(vahdat)
    assert (told.state, told.answer) == ("declined", "аз они мо нест")
    transfers.withdraw(vahdat, offered(moving, client))
    moving.round()
    assert is_clean(khorugh)

    again = offered(moving, client)

    assert len(found_in(khorugh)) == EVERYTHING
    assert moving.knows("khorugh", [client, link.id])
    assert all(words_of(khorugh, one) == words_of(vahdat, one) for one in (client, again, transfer))
    (scan,) = attachments.of_client(khorugh, client)
    moving.round()
    assert attachments.place(khorugh, scan.record.id).where is Where.HERE
    assert transfers.accept(khorugh, again) == (client,)
    moving.round()
    assert (storage.records(khorugh.db), records.show(coordinator, client).text("desk")) == ({}, "khorugh")
    here, there = (people.person(one, client) for one in (khorugh, coordinator))
    assert [one.record.id for one in here.timeline] == [one.record.id for one in there.timeline]
    assert checking.check(khorugh, deep=True).ok


def test_an_offer_that_comes_after_its_end_does_not_stand_open_again(moving: Moving) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    client = make_client(vahdat, "Як")
    moving.round()
    (first,) = transfers.offer(vahdat, client, "khorugh", "moved", NOTE)
    moving.carry("vahdat", "coordinator")
    late = [exchange.export(coordinator, "khorugh", moving.stick).file for _ in range(2)]
    good = exchange_storage.received_from(coordinator.db, DeskCode("vahdat"))[-1].number
    transfers.withdraw(vahdat, first)
    moving.round()
    # Of a person of whom nothing was here, and of one who was let go.
    for file in late:
        assert moving.take("khorugh", file).outcome is Outcome.MERGED
        assert not transfers.all_transfers(khorugh)
        assert not holds(khorugh, client)
        assert is_clean(khorugh)
    with pytest.raises(AnsweredAlready):
        transfers.accept(khorugh, first)

    # Its end was said by who had been shut out: it did not end, until that counts again.
    roster.revoke(coordinator, "vahdat", good)
    moving.round("khorugh")
    assert [one.id for one in transfers.open_for(khorugh).offered_to_us] == [first]
    roster.readmit(coordinator, "vahdat")
    moving.round("khorugh")
    assert not transfers.all_transfers(khorugh)
    assert is_clean(khorugh)
    again = offered(moving, client)
    assert [words_of(khorugh, one) for one in (client, again)] == [words_of(vahdat, one) for one in (client, again)]
    assert transfers.accept(khorugh, again) == (client,)
    moving.round()
    assert (storage.records(khorugh.db), records.show(coordinator, client).text("desk")) == ({}, "khorugh")


def test_what_an_earlier_version_kept_goes_at_the_next_unlock_and_a_kill_between_only_puts_it_off(
    moving: Moving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    khorugh = moving["khorugh"]
    client = with_all(moving["vahdat"], tmp_path)
    transfer = offered(moving, client)
    with monkeypatch.context() as patch:
        patch.setattr(letting_go, "heed", lambda _vault: None)
        transfers.decline(khorugh, transfer)
    assert len(found_in(khorugh)) == EVERYTHING
    killed = pytest.raises(KeyboardInterrupt)
    with monkeypatch.context() as patch, killed:
        patch.setattr(erasure_storage, "drop_drafts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        letting_go.heed(khorugh)
    assert holds(khorugh, client)
    khorugh.close()
    moving.vaults["khorugh"] = vaults.unlock(khorugh.folder, USER, PASSPHRASE, khorugh.surroundings)
    assert is_clean(moving["khorugh"])


def test_a_desk_that_wrote_about_her_or_to_which_she_is_referred_keeps_what_it_has(moving: Moving) -> None:
    vahdat, khorugh = moving["vahdat"], moving["khorugh"]
    written, referred, drafted = (make_client(vahdat, name) for name in ("Як", "Ду", "Се"))
    asked = {"to_desk": "khorugh", "service_asked": "Кор"}
    referrals.refer(vahdat, {**asked, "client": drafted})
    offers = [offered(moving, one) for one in (written, referred, drafted)]
    # An earlier version let a desk write before it accepted.
    khorugh.journal.write([Write(CLIENT, written, {"phone": "+992935001122"})])
    sent = referrals.refer(vahdat, {**asked, "client": referred}).id
    referrals.change_state(vahdat, sent, "sent")
    moving.round()
    for one in offers:
        transfers.decline(khorugh, one)
    moving.round()
    assert [holds(khorugh, one) for one in (written, referred, drafted)] == [True, True, False]
    assert all(words_of(khorugh, written))
    assert {one.id for one in people.find(khorugh, "Ду Се Як")} <= {referred}


def test_an_offer_of_a_desk_that_is_shut_out_counts_for_nothing_until_it_is_admitted_again(moving: Moving) -> None:
    vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
    quick, slow = make_client(vahdat, "Як"), make_client(vahdat, "Ду")
    moving.round()
    good = exchange_storage.received_from(coordinator.db, DeskCode("vahdat"))[-1].number
    offers = [transfers.offer(vahdat, one, "khorugh")[0] for one in (quick, slow)]
    moving.round()
    roster.revoke(coordinator, "vahdat", good)
    # One is accepted before the desk hears of it.
    transfers.accept(khorugh, offers[0])
    moving.round("khorugh")
    assert records.show(coordinator, quick).text("desk") == "vahdat"
    assert [holds(khorugh, one) for one in (quick, slow, offers[1])] == [True, False, False]
    with pytest.raises(AnsweredAlready):
        transfers.accept(khorugh, offers[1])
    roster.readmit(coordinator, "vahdat")
    assert records.show(coordinator, quick).text("desk") == "khorugh"
    moving.round("khorugh")
    assert words_of(khorugh, slow) == words_of(vahdat, slow)
    transfers.accept(khorugh, offers[1])
    moving.round("khorugh")
    assert records.show(coordinator, slow).text("desk") == "khorugh"
    # The order in which all this is heard makes no difference.
    roster.revoke(coordinator, "vahdat", good)
    assert {records.show(coordinator, one).text("desk") for one in (quick, slow)} == {"vahdat"}
    roster.readmit(coordinator, "vahdat")
    assert {records.show(coordinator, one).text("desk") for one in (quick, slow)} == {"khorugh"}
    assert checking.check(coordinator).ok

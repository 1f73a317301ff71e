"""Scans are carried between vaults: in pieces, lost, doubled and in any order."""

import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import (
    BlobDamaged,
    BlobElsewhere,
)
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.storage import blob_table
from desk_app.storage.vault import Vault
from desk_app.sync.bundle import unseal
from desk_app.sync.bundle_files import PIECE, Files, Piece
from desk_app.usecases import (
    attachment_exchange,
    attachments,
    backups,
    checking,
    erasure,
    exchange,
    merging,
    partners,
    roster,
)
from desk_app.usecases.attachments import Where
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_vault, open_vault, surroundings
from tests.unit.usecases.scans import ABOUT, COORDINATOR_CODE, added, file_of, noisy, written


@dataclass
class Programme:
    """A coordinator and a desk that know each other, and the folder their sticks are in."""

    coordinator: Vault
    desk: Vault
    stick: Path
    clock: FakeClock

    def send(self, budget: int = attachment_exchange.BUDGET, full: bool = False) -> Path:
        return exchange.export(self.desk, COORDINATOR, self.stick, full, budget).file

    def answer(self, budget: int = attachment_exchange.BUDGET) -> Path:
        return exchange.export(self.coordinator, self.desk.desk, self.stick, False, budget).file

    def round(self, budget: int = attachment_exchange.BUDGET) -> None:
        take(self.coordinator, self.send(budget))
        take(self.desk, self.answer(budget))

    @property
    def waits(self) -> tuple[int, int]:
        return attachments.waiting_for(self.desk, COORDINATOR_CODE)


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    clock = FakeClock()
    coordinator, desk = (make_vault(tmp_path, code, clock) for code in (COORDINATOR, "khorugh"))
    acquaint(coordinator, desk, tmp_path)
    (tmp_path / "stick").mkdir()
    made = Programme(coordinator, desk, tmp_path / "stick", clock)
    yield made
    for vault in (made.coordinator, made.desk):
        vault.close()


def take(vault: Vault, *files: Path) -> list[FilePlan]:
    done = [one for file in files for one in merging.apply_plan(vault, merging.plan_files(vault, [file]))]
    assert all(one.outcome in (Outcome.MERGED, Outcome.KNOWN) for one in done), done
    return done


def same(programme: Programme, record: RecordId) -> bool:
    there = attachments.content(programme.coordinator, record)
    return there == attachments.content(programme.desk, record)


def test_a_scan_reaches_the_coordinator_and_counts_when_it_is_confirmed(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    size = file_of(programme.desk, record).stat().st_size
    assert programme.waits == (1, size)
    (done,) = take(programme.coordinator, programme.send())
    assert (done.files, done.pieces_dropped) == (1, 0)
    assert same(programme, record)
    assert programme.waits == (1, size)
    take(programme.desk, programme.answer())
    assert programme.waits == (0, 0)
    status = partners.partners(programme.desk)[0]
    assert (status.files_waiting, status.bytes_waiting) == (0, 0)
    assert programme.send().stat().st_size < 20_000


def test_pieces_travel_within_a_budget_and_say_how_far_they_are(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    size = file_of(programme.desk, record).stat().st_size
    assert size > 3 * PIECE
    take(programme.coordinator, programme.send(2 * PIECE + 5))
    place = attachments.place(programme.coordinator, record)
    assert (place.where, place.came, place.size) == (Where.COMING, 2 * PIECE, size)
    with pytest.raises(BlobElsewhere) as missing:
        attachments.content(programme.coordinator, record)
    assert missing.value.desk == "khorugh"
    take(programme.desk, programme.answer())
    assert programme.waits == (1, size - 2 * PIECE)
    programme.round()
    assert same(programme, record)
    assert programme.waits == (0, 0)


def three(programme: Programme, tmp_path: Path) -> tuple[RecordId, list[Path]]:
    """A file in three bundles made before any was confirmed, and a fourth that holds the rest."""
    record = added(programme.desk, tmp_path, side=850)
    return record, [programme.send(2 * PIECE) for _ in range(3)] + [programme.send()]


@pytest.mark.parametrize(
    "order", [*itertools.islice(itertools.permutations(range(4)), 0, None, 3), (0, 0, 1, 2, 1, 3, 2)]
)
def test_the_order_of_bundles_does_not_matter(programme: Programme, tmp_path: Path, order: tuple[int, ...]) -> None:
    record, files = three(programme, tmp_path)
    take(programme.coordinator, *(files[number] for number in order))
    assert same(programme, record)
    assert not blob_table.pieces(programme.coordinator.db, file_of(programme.desk, record).name)
    take(programme.desk, programme.answer())
    assert programme.waits == (0, 0)


@pytest.mark.parametrize("lost", range(3))
def test_a_lost_bundles_pieces_go_again(programme: Programme, tmp_path: Path, lost: int) -> None:
    record, files = three(programme, tmp_path)
    take(programme.coordinator, *(file for number, file in enumerate(files) if number != lost))
    assert attachments.place(programme.coordinator, record).where is Where.COMING
    take(programme.desk, programme.answer())
    assert programme.waits[0] == 1
    programme.round()
    assert same(programme, record)
    assert programme.waits == (0, 0)


def test_until_a_word_comes_the_next_bundle_goes_on_where_the_last_ended(programme: Programme, tmp_path: Path) -> None:
    added(programme.desk, tmp_path)
    programme.send()
    assert programme.send().stat().st_size < 20_000
    assert programme.send(full=True).stat().st_size > 3 * PIECE


def test_several_files_travel_in_the_order_they_were_added(programme: Programme, tmp_path: Path) -> None:
    made = [added(programme.desk, tmp_path, seed, 400) for seed in range(4)]
    for count in range(1, 5):
        for _ in range(2):
            programme.round(PIECE)
        while attachments.place(programme.coordinator, made[count - 1]).where is not Where.HERE:
            programme.round(PIECE)
        places = [attachments.place(programme.coordinator, one).where for one in made]
        assert places[:count] == [Where.HERE] * count
    assert programme.waits == (0, 0)


def test_a_late_receipt_of_an_older_bundle_confirms_nothing_more(programme: Programme, tmp_path: Path) -> None:
    take(programme.coordinator, programme.send())
    early = programme.answer()
    record = added(programme.desk, tmp_path)
    programme.send().unlink()
    take(programme.desk, early)
    assert programme.waits[0] == 1
    programme.round()
    programme.round()
    assert same(programme, record)
    assert programme.waits == (0, 0)


def test_a_bundle_without_files_is_as_every_version_reads_it(programme: Programme, tmp_path: Path) -> None:
    plain = unseal(programme.send().read_bytes(), programme.coordinator.exchange_identities)
    assert plain.startswith(b"roh bundle 1\n")
    added(programme.desk, tmp_path)
    plain = unseal(programme.send(0).read_bytes(), programme.coordinator.exchange_identities)
    assert plain.startswith(b"roh bundle 1\n")
    plain = unseal(programme.send().read_bytes(), programme.coordinator.exchange_identities)
    assert plain.startswith(b"roh bundle 2\n")


def test_silence_about_files_confirms_none(programme: Programme, tmp_path: Path) -> None:
    """An answer of frame 1 says nothing of files: a lost bundle's file must not count as there."""
    added(programme.desk, tmp_path)
    programme.send().unlink()
    take(programme.coordinator, programme.send(0))
    take(programme.desk, programme.answer(0))
    assert programme.waits[0] == 1


def test_a_desk_gets_back_the_files_it_lost(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    programme.round()
    file_of(programme.desk, record).unlink()
    place = attachments.place(programme.desk, record)
    assert (place.where, place.desk) == (Where.ELSEWHERE, COORDINATOR)
    take(programme.coordinator, programme.send())
    assert attachments.waiting_for(programme.coordinator, programme.desk.desk)[0] == 1
    (done,) = take(programme.desk, programme.answer())
    assert done.files == 1
    assert same(programme, record)
    programme.round()
    assert attachments.waiting_for(programme.coordinator, programme.desk.desk) == (0, 0)


def test_rot_in_a_file_is_mended_from_the_coordinator(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    programme.round()
    path = file_of(programme.desk, record)
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(BlobDamaged):
        attachments.content(programme.desk, record)
    programme.round()
    assert same(programme, record)


def test_a_damaged_file_is_not_sent(programme: Programme, tmp_path: Path) -> None:
    record, good = added(programme.desk, tmp_path), added(programme.desk, tmp_path, 2)
    path = file_of(programme.desk, record)
    path.write_bytes(bytes(path.stat().st_size))
    take(programme.coordinator, programme.send())
    assert same(programme, good)
    assert attachments.place(programme.coordinator, record).where is Where.ELSEWHERE


def piece_of(vault: Vault, record: RecordId, number: int = 0) -> Piece:
    data = file_of(vault, record).read_bytes()
    name, start = file_of(vault, record).name, number * PIECE
    return Piece(name, len(data), start, data[start : start + PIECE])


def test_bad_pieces_harm_nothing_but_themselves(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    take(programme.coordinator, programme.send(0))
    good = [piece_of(programme.desk, record, number) for number in range(4)]
    good = [piece for piece in good if piece.data]
    bad = [
        replace(good[0], name="ab" * 32),
        replace(good[0], start=1),
        replace(good[1], size=good[1].size + 1),
        replace(good[1], size=2**52),
        replace(good[1], start=2**40 * PIECE),
        replace(good[1], data=good[1].data[:-1]),
        replace(good[0], data=bytes(PIECE)),
    ]
    files = Files({}, (good[0], *bad, good[0]))
    arrival = attachment_exchange.take(programme.coordinator, programme.desk.desk, files, True)
    assert arrival.dropped == len(bad)
    assert attachments.place(programme.coordinator, record).came == PIECE
    programme.round()
    programme.round()
    assert same(programme, record)


def test_pieces_that_do_not_make_the_file_are_let_go_and_asked_for_again(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    take(programme.coordinator, programme.send(0))
    false = replace(piece_of(programme.desk, record), data=bytes(PIECE))
    attachment_exchange.take(programme.coordinator, programme.desk.desk, Files({}, (false,)), True)
    (done,) = take(programme.coordinator, programme.send())
    assert (done.files, done.pieces_dropped) == (0, 1)
    assert attachments.place(programme.coordinator, record).where is Where.ELSEWHERE
    take(programme.desk, programme.answer())
    assert programme.waits[0] == 1
    programme.round()
    assert same(programme, record)


def test_another_desk_cannot_send_pieces_of_a_file_that_is_not_its_own(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    take(programme.coordinator, programme.send(0))
    files = Files({}, (piece_of(programme.desk, record),))
    assert attachment_exchange.take(programme.coordinator, DeskCode("vose"), files, True).dropped == 1


def test_a_coordinator_that_was_restored_gets_the_files_again(programme: Programme, tmp_path: Path) -> None:
    programme.round()
    folder = programme.coordinator.folder
    programme.coordinator.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = (folder / "core.db").read_bytes()
    record = added(programme.desk, tmp_path)
    programme.round()
    assert programme.waits == (0, 0)
    programme.coordinator.close()
    (folder / "core.db").write_bytes(kept)
    programme.coordinator = open_vault(folder, surroundings("restored", programme.clock))
    attachments.sweep(programme.coordinator)
    take(programme.desk, programme.answer())
    assert programme.waits[0] == 1
    programme.round()
    assert same(programme, record)
    assert programme.waits == (0, 0)


def test_what_a_desk_sent_before_it_was_shut_out_stays_until_it_is_erased(programme: Programme, tmp_path: Path) -> None:
    client, coordinator = make_client(programme.desk), programme.coordinator
    programme.round()
    record = attachments.add(programme.desk, client, written(tmp_path, noisy(1, 60)), ABOUT).id
    programme.round()
    file = file_of(coordinator, record)
    roster.revoke(coordinator, programme.desk.desk, last_good=1)
    attachments.sweep(coordinator)
    assert attachments.of_client(coordinator, client) == []
    with zipfile.ZipFile(backups.back_up(coordinator, programme.stick).file) as backup:
        assert f"blobs/{file.name}" in backup.namelist()
    roster.readmit(coordinator, programme.desk.device)
    assert same(programme, record)
    assert checking.check(coordinator, deep=True).ok
    roster.revoke(coordinator, programme.desk.desk, last_good=1)
    erasure.erase(coordinator, client, "asked")
    assert not file.exists()
    assert file.name not in blob_table.whole(coordinator.db)


def test_a_removed_attachment_does_not_travel(programme: Programme, tmp_path: Path) -> None:
    record = added(programme.desk, tmp_path)
    attachments.remove(programme.desk, record)
    assert programme.waits == (0, 0)
    assert programme.send().stat().st_size < 20_000

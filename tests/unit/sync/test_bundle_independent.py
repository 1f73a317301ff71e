"""The format's page is true: a reader written from it alone finds what the program wrote."""

import ast
import random
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from desk_app.crypto.blobs import check_sum, name_of, seal_blob
from desk_app.crypto.sealing import new_exchange_identity
from desk_app.domain.change import ChainId, Change
from desk_app.domain.ids import DeviceId, RecordId
from desk_app.domain.records.erasure import erasure_of
from desk_app.domain.records.roster import roster_of
from desk_app.sync.bundle import digits, write_bundle
from desk_app.sync.bundle_files import PIECE, Files, Piece
from desk_app.sync.carriers.carrier import box_of
from tests.unit.crypto import independent_key_file
from tests.unit.sync import hostile, hostile_files, independent_reader, independent_roster

pytestmark = pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")


def as_rows(changes: tuple[Change, ...]) -> list[independent_reader.Row]:
    fields = ("seq", "hlc", "record", "kind", "user", "body", "salt", "body_hash", "prev_hash")
    return [{"chain": change.chain, **{name: getattr(change, name) for name in fields}} for change in changes]


def is_read(file: Path) -> bool:
    return file.with_suffix(".txt").read_text("utf-8").startswith("outcome: changes ")


@pytest.mark.parametrize("file", [file for file in sorted(hostile.FOLDER.glob("*.roh")) if is_read(file)])
def test_whatever_kept_sample_is_taken_reads_the_same(file: Path) -> None:
    ours = hostile.read_bundle(file.read_bytes(), [hostile.reader()])
    header, rows, lacks, pieces = independent_reader.read_whole(file, hostile.KEY_FILE, hostile.SENDER_KEY.public)
    assert rows == as_rows(ours.changes)
    assert header["sender"]["desk"] == ours.header.sender.desk
    assert header["counts"]["chunks"] == ours.header.counts.chunks
    assert lacks == (ours.files and ours.files.lacks)
    assert [one["data"] for one in pieces] == [one.data for one in (ours.files.pieces if ours.files else ())]
    assert independent_reader.phone_digits(file.read_bytes()) == digits(file.read_bytes())


def test_the_kept_scan_opens() -> None:
    file = hostile.FOLDER / "files.roh"
    _, _, _, pieces = independent_reader.read_whole(file, hostile.KEY_FILE, hostile.SENDER_KEY.public)
    sealed = seal_blob(hostile_files.CONTENT, hostile_files.KEY)
    size, key = len(hostile_files.CONTENT), bytes.fromhex(hostile_files.KEY)
    assert independent_reader.open_file(pieces, key, size, check_sum(sealed)) == hostile_files.CONTENT


def test_a_fresh_bundle_for_two_reads_the_same_for_each(tmp_path: Path) -> None:
    changes = hostile.make_changes(random.Random(5), 120)
    readers = [new_exchange_identity(), new_exchange_identity()]
    data = write_bundle(
        hostile.facts(changes),
        changes,
        hostile.SENDER_KEY,
        [identity.recipient for identity in readers],
        random.Random(6).randbytes,
    )
    file, key_file = tmp_path / "a.roh", tmp_path / "a.key"
    file.write_bytes(data)
    for identity in readers:
        key_file.write_text(identity.private)
        _, rows = independent_reader.read(file, key_file, hostile.SENDER_KEY.public)
        assert rows == as_rows(hostile.read_bundle(data, [identity]).changes)
        assert len(rows) == len(changes)


def test_files_read_the_same_and_open(tmp_path: Path) -> None:
    changes = hostile.make_changes(random.Random(5), 20)
    reader = new_exchange_identity()
    key, content = "5c" * 32, random.Random(7).randbytes(150_000)
    name, sealed = name_of(key), seal_blob(content, key)
    starts = range(0, len(sealed), PIECE)
    pieces = [Piece(name, len(sealed), at, sealed[at : at + PIECE]) for at in starts]
    files = Files({"ab" * 32: 65536, "0c" * 32: 0}, tuple(pieces))
    data = write_bundle(
        hostile.facts(changes), changes, hostile.SENDER_KEY, [reader.recipient], random.Random(6).randbytes, files
    )
    file, key_file = tmp_path / "a.roh", tmp_path / "a.key"
    file.write_bytes(data)
    key_file.write_text(reader.private)
    _, rows, lacks, read = independent_reader.read_whole(file, key_file, hostile.SENDER_KEY.public)
    ours = hostile.read_bundle(data, [reader])
    assert rows == as_rows(ours.changes)
    assert ours.files == files
    assert lacks == files.lacks
    assert independent_reader.open_file(read, bytes.fromhex(key), len(content), check_sum(sealed)) == content


def test_names_and_ids_that_follow_from_others() -> None:
    device, record, chain = "ab" * 16, RecordId("cd" * 16), ChainId(f"{'ab' * 16}.00000001")
    assert independent_reader.box(device) == box_of(DeviceId(device))
    assert independent_reader.erasure_id(record) == erasure_of(record)
    assert independent_reader.roster_id(chain, 17) == roster_of(chain, 17)


@pytest.mark.parametrize("reader", [independent_reader, independent_roster, independent_key_file])
def test_the_readers_are_independent(reader: ModuleType) -> None:
    tree = ast.parse(Path(str(reader.__file__)).read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "hashlib" in imported
    assert not any(name.startswith("desk_app") for name in imported)

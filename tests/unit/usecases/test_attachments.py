"""Scans are added, shown, saved and removed: whole or not at all."""

import io
import random
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desk_app.crypto.blobs import name_of, open_blob, seal_blob, sealed_size
from desk_app.domain.errors import (
    BlobDamaged,
    BlobElsewhere,
    FieldMissing,
    FileUnwritable,
    PictureTooLarge,
    PictureUnreadable,
    RecordNotFound,
)
from desk_app.domain.ids import RecordId
from desk_app.storage import blobs
from desk_app.storage.vault import Vault
from desk_app.usecases import attachments, audit, checking, records
from desk_app.usecases.attachments import Where
from tests.fakes import make_client, make_vault, open_vault
from tests.unit.documents.test_pictures import written_pdf
from tests.unit.usecases.scans import ABOUT, added, file_of, noisy, written


def test_a_scan_is_added_and_shown_again(vault: Vault, tmp_path: Path) -> None:
    client = make_client(vault)
    saved = attachments.add(vault, client, written(tmp_path, noisy(1)), {**ABOUT, "dated": "2026-03"})
    (listed,) = attachments.of_client(vault, client)
    assert listed.record.id == saved.id
    assert (listed.record.text("title"), listed.record.text("media"), listed.record.text("dated")) == (
        "Шаҳодатнома",
        "jpeg",
        "2026-03",
    )
    assert listed.place.where is Where.HERE
    content = attachments.content(vault, saved.id)
    assert content.media == "jpeg"
    assert len(content.data) == listed.record.values["size"]
    assert Image.open(io.BytesIO(content.data)).size == (700, 700)


def test_nothing_of_the_scan_stands_on_the_disk_in_the_clear(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    content = attachments.content(vault, record).data
    key = records.show(vault, record).text("key")
    vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in [path for path in vault.folder.rglob("*") if path.is_file()]:
        data = path.read_bytes()
        # A trace of fewer bytes would be found by chance in what is sealed.
        for trace in (content[:12], content[2000:2032], "Шаҳодатнома".encode(), key.encode()):
            assert trace not in data, path
        assert "scan" not in path.name
    assert bytes.fromhex(key) not in file_of(vault, record).read_bytes()


def test_opening_and_saving_are_written_down(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    attachments.content(vault, record)
    attachments.save_as(vault, record, tmp_path / "copy.jpg")
    acts = [(one.action, one.kind, one.record, one.detail) for one in audit.entries(vault)]
    assert ("seen", "attachment", record, "") in acts
    assert ("saved_as", "attachment", record, ".jpg") in acts
    assert (tmp_path / "copy.jpg").read_bytes() == attachments.content(vault, record).data


def test_a_copy_that_cannot_be_written_is_not_written_down(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    with pytest.raises(FileUnwritable):
        attachments.save_as(vault, record, tmp_path / "no such folder" / "copy.jpg")
    assert "saved_as" not in [one.action for one in audit.entries(vault)]


@pytest.mark.parametrize(
    ("data", "trouble"),
    [(b"Dear colleague", PictureUnreadable), (b"", PictureUnreadable), (bytes(40 * 2**20 + 1), PictureTooLarge)],
)
def test_what_is_no_scan_leaves_nothing_behind(
    vault: Vault, tmp_path: Path, data: bytes, trouble: type[Exception]
) -> None:
    client = make_client(vault)
    with pytest.raises(trouble):
        attachments.add(vault, client, written(tmp_path, data), ABOUT)
    assert attachments.of_client(vault, client) == []
    assert not (vault.folder / blobs.FOLDER).exists()


def test_a_record_that_is_refused_leaves_no_file(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(FieldMissing):
        attachments.add(vault, make_client(vault), written(tmp_path, noisy(1)), {"type": "paper"})
    with pytest.raises(RecordNotFound):
        attachments.add(vault, added(vault, tmp_path), written(tmp_path, noisy(1)), ABOUT)
    assert len(list((vault.folder / blobs.FOLDER).iterdir())) == 1


@pytest.mark.parametrize("spoil", ["cut", "flip", "longer", "swapped"])
def test_a_file_that_was_cut_or_altered_is_damaged_or_gone(vault: Vault, tmp_path: Path, spoil: str) -> None:
    record, other = added(vault, tmp_path), added(vault, tmp_path, 2)
    path = file_of(vault, record)
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[:-1],
            "flip": data[:70000] + bytes([data[70000] ^ 1]) + data[70001:],
            "longer": data + b"\0",
            "swapped": (file_of(vault, other).read_bytes() + bytes(len(data)))[: len(data)],
        }[spoil]
    )
    with pytest.raises(BlobElsewhere if spoil in ("cut", "longer") else BlobDamaged):
        attachments.content(vault, record)
    assert attachments.place(vault, record).where is Where.ELSEWHERE
    assert attachments.content(vault, other).media == "jpeg"


def test_segments_cannot_change_places(vault: Vault) -> None:
    key, content = "ab" * 32, random.Random(1).randbytes(3 * 65536)
    sealed = seal_blob(content, key)
    assert len(sealed) == sealed_size(len(content))
    assert open_blob(sealed, key, len(content)) == content
    step = 65536 + 16
    with pytest.raises(BlobDamaged):
        open_blob(sealed[step : 2 * step] + sealed[:step] + sealed[2 * step :], key, len(content))
    with pytest.raises(BlobDamaged):
        open_blob(sealed[: 2 * step], key, 2 * 65536)
    with pytest.raises(BlobDamaged):
        open_blob(sealed, "cd" * 32, len(content))


def test_removing_hides_and_restoring_shows_it_with_its_file(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    client = RecordId(records.show(vault, record).text("client"))
    attachments.remove(vault, record)
    assert attachments.of_client(vault, client) == []
    attachments.sweep(vault)
    records.restore(vault, record)
    assert attachments.of_client(vault, client)[0].place.where is Where.HERE


def test_a_kill_between_file_and_record_leaves_an_orphan_that_is_swept(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    blobs.put(vault.folder, name_of("cd" * 32), b"sealed, and its record never came")
    (vault.folder / blobs.FOLDER / ".xyz.part").write_bytes(b"half")
    (vault.folder / blobs.FOLDER / "somebody's.txt").write_bytes(b"not ours")
    attachments.sweep(vault)
    left = {path.name for path in (vault.folder / blobs.FOLDER).iterdir()}
    assert left == {file_of(vault, record).name, "somebody's.txt"}


def test_forgetting_overwrites_and_takes_away(vault: Vault, tmp_path: Path) -> None:
    record = added(vault, tmp_path)
    path = file_of(vault, record)
    twin = tmp_path / "twin"
    twin.hardlink_to(path)
    blobs.forget(vault.folder, [path.name, "ab" * 32, "../keys.json"])
    assert not path.exists()
    assert set(twin.read_bytes()) == {0}
    assert (vault.folder / "keys.json").exists()


# In bundles


KILLED = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from desk_app.storage import blob_table
from desk_app.usecases import attachments
from tests.fakes import open_vault
vault = open_vault(Path({folder!r}))
blob_table.note_held = lambda *facts: os.kill(os.getpid(), 9)
attachments.add(vault, {client!r}, Path({file!r}), {{"type": "paper", "title": "x"}})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_between_file_and_commit_nothing_is_half_there(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    client = make_client(vault)
    folder = vault.folder
    vault.close()
    script = KILLED.format(
        root=str(Path(__file__).parents[3]), folder=str(folder), client=client, file=str(written(tmp_path, noisy(1)))
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert len(list((folder / blobs.FOLDER).iterdir())) == 1
    vault = open_vault(folder)
    try:
        assert attachments.of_client(vault, client) == []
        attachments.sweep(vault)
        assert list((folder / blobs.FOLDER).iterdir()) == []
    finally:
        vault.close()


def test_a_pdf_travels_as_pictures_of_its_pages(vault: Vault, tmp_path: Path) -> None:
    client = make_client(vault)
    record = attachments.add(vault, client, written(tmp_path, written_pdf(2), "a.pdf"), ABOUT).id
    content = attachments.content(vault, record)
    assert content.media == "pdf"
    document = pypdfium2.PdfDocument(content.data)
    assert len(document) == 2
    document.close()


def test_unlocking_sweeps_and_a_deep_check_finds_what_is_gone_or_altered(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    gone, altered, good = (added(vault, tmp_path, seed, 60) for seed in range(3))
    assert checking.check(vault, deep=True).ok
    file_of(vault, gone).unlink()
    path = file_of(vault, altered)
    path.write_bytes(bytes(path.stat().st_size))
    blobs.put(vault.folder, name_of("cd" * 32), b"an orphan")
    vault.close()
    again = open_vault(vault.folder)
    try:
        assert {one.name for one in (vault.folder / blobs.FOLDER).iterdir()} == {path.name, file_of(again, good).name}
        assert checking.check(again).ok
        found = checking.check(again, deep=True).problems
        assert {(one.code, one.record) for one in found} == {("file", gone), ("file", altered)}
    finally:
        again.close()

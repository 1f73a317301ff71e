"""A write-ahead log that lies beside a database: our own is taken up, another's is kept away from it."""

import shutil
from pathlib import Path

import pytest

from desk_app.domain.errors import VaultDamaged
from desk_app.storage import sqlcipher, wal

KEY, SALT = b"k" * 32, b"s" * 16


def left_behind(folder: Path, key: bytes, salt: bytes) -> Path:
    """A database as a power cut leaves it: the last rows only in the log beside it."""
    folder.mkdir()
    db = sqlcipher.connect(folder / "live.db", key, salt)
    db.execute("CREATE TABLE paper(name TEXT)")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(50):
        db.execute("INSERT INTO paper VALUES(?)", [f"{number}" * 500])
    for end in ("", "-wal"):
        shutil.copy(folder / f"live.db{end}", folder / f"core.db{end}")
    db.conn.close()
    return folder / "core.db"


def rows(path: Path) -> int:
    db = sqlcipher.connect(path, KEY, SALT)
    try:
        return int(db.execute("SELECT count(*) FROM paper").fetchone()[0])
    finally:
        db.conn.close()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return left_behind(tmp_path / "ours", KEY, SALT)


def test_our_own_log_is_taken_up(ours: Path) -> None:
    assert not wal.is_foreign(ours, KEY, SALT)
    assert rows(ours) == 50


@pytest.mark.parametrize(("key", "salt"), [(b"x" * 32, SALT), (KEY, b"x" * 16)])
def test_the_log_of_another_database_never_reaches_ours(ours: Path, tmp_path: Path, key: bytes, salt: bytes) -> None:
    theirs = left_behind(tmp_path / "theirs", key, salt)
    log = ours.with_name("core.db-wal")
    own_log = log.read_bytes()
    shutil.copy(theirs.with_name("core.db-wal"), log)
    before = {path.name: path.read_bytes() for path in ours.parent.iterdir()}
    with pytest.raises(VaultDamaged):
        rows(ours)
    assert {path.name: path.read_bytes() for path in ours.parent.iterdir()} == before
    log.write_bytes(own_log)
    assert rows(ours) == 50


@pytest.mark.parametrize("keep", [0, 10, 32, 56, 2000, 4151])
def test_a_log_torn_in_its_first_page_keeps_nobody_out(ours: Path, keep: int) -> None:
    log = ours.with_name("core.db-wal")
    log.write_bytes(log.read_bytes()[:keep])
    assert rows(ours) == 0


@pytest.mark.parametrize("place", [0, 8, 17, 25, 33, 41, 49, 57, 3000])
def test_a_damaged_first_page_of_the_log_is_as_if_it_never_was(ours: Path, place: int) -> None:
    log = ours.with_name("core.db-wal")
    data = bytearray(log.read_bytes())
    data[place] ^= 0x10
    log.write_bytes(data)
    assert not wal.is_foreign(ours, KEY, SALT)
    assert rows(ours) == 0


def test_a_log_cut_anywhere_keeps_what_was_whole_before_the_cut(ours: Path) -> None:
    log, data = ours.with_name("core.db-wal"), ours.with_name("core.db-wal").read_bytes()
    whole, kept = ours.read_bytes(), []
    for cut in range(0, len(data), 3 * 4120 + 1):
        ours.with_name("core.db-shm").unlink(missing_ok=True)
        ours.write_bytes(whole)
        log.write_bytes(data[:cut])
        kept.append(rows(ours))
    assert kept == sorted(kept)
    assert kept[0] == 0 < kept[len(kept) // 2] < kept[-1] < 50


def test_anything_else_by_that_name_is_no_log(ours: Path) -> None:
    ours.with_name("core.db-wal").write_bytes(bytes(range(256)) * 100)
    assert rows(ours) == 0

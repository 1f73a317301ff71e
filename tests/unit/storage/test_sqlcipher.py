"""Transactions that hold all or nothing, and errors of the database in a person's terms."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3
from sqlite_utils import Database

from desk_app.domain.errors import DiskFull, FileTooLarge, FileUnreadable, NoAccess, VaultDamaged, VaultInUse
from desk_app.storage import files, sqlcipher
from desk_app.storage.sqlcipher import atomic


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An encrypted database with one empty table."""
    opened = sqlcipher.connect(tmp_path / "a.db", b"k" * 32, b"s" * 16)
    opened.execute("CREATE TABLE paper(name TEXT UNIQUE)")
    yield opened
    opened.conn.close()


def names(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM paper ORDER BY name")]


def put(db: Database, *wanted: str) -> None:
    with atomic(db):
        for name in wanted:
            db.execute("INSERT INTO paper VALUES(?)", [name])


def test_all_or_nothing(db: Database) -> None:
    put(db, "a")
    with pytest.raises(sqlcipher3.IntegrityError):
        put(db, "b", "a")
    assert names(db) == ["a"]
    assert not db.conn.in_transaction


def test_an_inner_failure_that_is_caught_undoes_only_itself(db: Database) -> None:
    with atomic(db):
        put(db, "a")
        with pytest.raises(sqlcipher3.IntegrityError):
            put(db, "b", "a")
        put(db, "c")
    assert names(db) == ["a", "c"]


def test_a_commit_that_fails_leaves_no_transaction_behind(db: Database) -> None:
    db.execute("CREATE TABLE slip(name TEXT REFERENCES paper(name) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlcipher3.IntegrityError), atomic(db):
        db.execute("INSERT INTO slip VALUES('nobody')")
    assert not db.conn.in_transaction
    put(db, "a")
    assert db.execute("SELECT count(*) FROM slip").fetchone()[0] == 0


def test_a_second_writer_is_told_to_wait(db: Database, tmp_path: Path) -> None:
    other = sqlcipher.connect(tmp_path / "a.db", b"k" * 32, b"s" * 16)
    other.execute("PRAGMA busy_timeout = 1")
    with atomic(db), pytest.raises(VaultInUse), sqlcipher.as_trouble(tmp_path / "a.db"):
        put(other, "a")
    other.conn.close()


def test_another_key_opens_nothing(db: Database, tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged):
        sqlcipher.connect(tmp_path / "a.db", b"x" * 32, b"s" * 16)


def test_a_fault_of_ours_is_no_trouble(db: Database, tmp_path: Path) -> None:
    with pytest.raises(sqlcipher3.OperationalError, match="no such table"), sqlcipher.as_trouble(tmp_path):
        db.execute("SELECT * FROM nowhere")


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, NoAccess), (errno.EROFS, NoAccess), (errno.EIO, FileUnreadable)],
)
def test_errors_of_the_system_in_a_persons_terms(tmp_path: Path, number: int, trouble: type[Exception]) -> None:
    with pytest.raises(trouble), files.as_trouble(tmp_path):
        raise OSError(number, "said the system")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    files.write(path, b"old")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DiskFull):
        files.write(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


def test_a_file_that_is_too_large_or_gone(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(bytes(11))
    assert files.read(path, 11) == bytes(11)
    with pytest.raises(FileTooLarge):
        files.read(path, 10)
    with pytest.raises(FileUnreadable):
        files.read(tmp_path / "gone", 10)

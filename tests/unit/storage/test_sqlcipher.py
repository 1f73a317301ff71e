"""Transactions that hold all or nothing, and errors of the database in a person's terms."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3
from sqlite_utils import Database

from desk_app.domain.errors import (
    DiskFull,
    FileExists,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    NoAccess,
    VaultDamaged,
    VaultInUse,
)
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


def test_another_writer_is_waited_for_seconds_and_no_longer(db: Database) -> None:
    (milliseconds,) = db.execute("PRAGMA busy_timeout").fetchone()
    assert milliseconds == 5000


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names only on POSIX systems")
def test_a_pipe_or_a_device_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null"), tmp_path):
        with pytest.raises(FileUnreadable):
            files.read(path, 10)


IMPOSSIBLE = ("", ".", "/", "a\0b", "half a letter \ud800", "x" * 300, "no/such/folder")


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_path_that_cannot_be_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileUnreadable):
        files.read(Path(name), 10)
    for write in (files.write, files.write_new):
        with pytest.raises(FileUnwritable):
            write(Path(name), b"new")
    assert not list(tmp_path.iterdir())


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("mine", "link"):
        with pytest.raises(FileExists):
            files.write_new(tmp_path / name, b"new")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    files.write_new(tmp_path / "new", b"new")
    assert (tmp_path / "new").read_bytes() == b"new"


def test_writing_touches_no_neighbour(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf.part").write_bytes(b"mine")
    files.write(tmp_path / "letter.pdf", b"new")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        "letter.pdf": b"new",
        "letter.pdf.part": b"mine",
    }


def test_the_library_says_nothing_by_itself(tmp_path: Path, db: Database, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(VaultDamaged):
        sqlcipher.connect(tmp_path / "a.db", b"x" * 32, b"s" * 16)
    assert capfd.readouterr() == ("", "")


def test_a_name_that_looks_like_an_address_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sqlcipher.connect(Path("file:a?mode=memory"), b"k" * 32, b"s" * 16).conn.close()
    assert [one.name for one in tmp_path.iterdir()] == ["file:a?mode=memory"]

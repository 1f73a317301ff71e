"""A damaged database gives back every row whose page is whole."""

import random
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from desk_app.crypto.keyfile import DataKey
from desk_app.crypto.pages import PAGE, PageKeys
from desk_app.domain.errors import DiskFull, NothingSalvaged
from desk_app.storage import meta, row_forms, salvage, schema, sqlcipher
from desk_app.storage.vault import DATABASE
from tests.fakes import make_client, make_vault, seeded

Rows = set[tuple[Any, ...]]


def nobody_asks(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, DataKey]:
    """The database of a desk with clients, and with rows that go on over several pages."""
    vault = make_vault(tmp_path)
    for _ in range(12):
        make_client(vault, "Исмоил")
    vault.db.execute("INSERT INTO draft VALUES('long', 1, ?)", [bytes(30_000)])
    vault.db.execute("INSERT INTO user_draft VALUES('aaaaaaaa', 'long', 1, ?)", [bytes(20_000)])
    for number in range(300):
        vault.db.execute("INSERT INTO user_draft VALUES('bbbbbbbb', ?, 1, ?)", [f"{number:03}", bytes(number)])
    key = vault.keys.data_key
    vault.close()
    return vault.folder / DATABASE, key


def salvaged(damaged: Path, key: DataKey) -> tuple[salvage.Salvaged, Path]:
    made = damaged.with_name("made.db")
    return salvage.salvage(damaged, made, key, seeded("salvaged"), nobody_asks), made


@cache
def names() -> tuple[str, ...]:
    """The tables that are not made again from the log."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlcipher.connect(Path(folder) / "a.db", bytes(32), bytes(16))
        schema.migrate(db)
        found = tuple(table for table, _ in row_forms.shapes(db).values())
        db.conn.close()
    return found


def tables(path: Path, key: DataKey) -> dict[str, Rows]:
    """All rows of the tables that cannot be made again, but for what a salvage sets anew."""
    db = sqlcipher.connect(path, key.key, key.salt)
    try:
        found = {table: {tuple(row) for row in db.execute(f"SELECT * FROM {table}")} for table in names()}
        found["meta"] = {
            row for row in found["meta"] if row[0] not in ("incarnation", "begun_anew", "projection", "emptied_up_to")
        }
        found["chain"] = {row[:2] for row in found["chain"]}
        return found
    finally:
        db.conn.close()


def pages_of(path: Path, key: DataKey, rows: Rows) -> dict[int, Rows]:
    """On which page each change stands, found by its hash, which stands nowhere else."""
    data, keys = path.read_bytes(), PageKeys(key.key, key.salt)
    found: dict[int, Rows] = {}
    for number in range(2, len(data) // PAGE + 1):
        content = keys.opened(data[(number - 1) * PAGE : number * PAGE], number)
        assert content is not None
        on_it = {row for row in rows if bytes(row[7]) in content}
        if on_it:
            found[number] = on_it
    return found


def flip(path: Path, page: int, byte: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + byte)
        (old,) = file.read(1)
        file.seek((page - 1) * PAGE + byte)
        file.write(bytes([old ^ 0x10]))


def test_a_whole_database_comes_back_as_it_was(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    found, made = salvaged(path, key)
    assert found.is_whole
    assert tables(made, key) == tables(path, key)


def test_it_writes_on_in_a_new_incarnation(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    _, made = salvaged(path, key)
    facts = []
    for one in (path, made):
        db = sqlcipher.connect(one, key.key, key.salt)
        facts.append((meta.get(db, "device_key"), meta.get(db, "incarnation")))
        db.conn.close()
    assert facts[0][0] == facts[1][0]
    assert facts[0][1] != facts[1][1]


def test_without_the_first_page_nothing_is_lost(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    before = tables(path, key)
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    found, made = salvaged(path, key)
    assert (found.pages_lost, found.missing, found.own_keys) == (1, 0, True)
    assert tables(made, key) == before


@pytest.mark.parametrize("seed", range(12))
def test_every_change_on_a_whole_page_is_there(filled: tuple[Path, DataKey], seed: int) -> None:
    path, key = filled
    chosen = random.Random(seed)
    before = tables(path, key)["change"]
    where = pages_of(path, key, before)
    last = path.stat().st_size // PAGE
    damaged = set(chosen.sample(range(1, last + 1), chosen.randrange(1, last // 2)))
    for page in damaged:
        flip(path, page, chosen.randrange(16, PAGE))
    kept = {row for page, rows in where.items() if page not in damaged for row in rows}
    try:
        found, made = salvaged(path, key)
    except NothingSalvaged:
        assert not kept
        return
    assert found.pages_lost == len(damaged)
    assert len(kept) == found.changes + found.nameless
    assert tables(made, key)["change"] == (set() if found.nameless else kept)
    assert found.nameless in (0, len(kept))


def test_a_file_that_was_cut_gives_the_rows_before_the_cut(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    where = pages_of(path, key, tables(path, key)["change"])
    cut = sorted(where)[len(where) // 2]
    path.write_bytes(path.read_bytes()[: cut * PAGE + 100])
    _, made = salvaged(path, key)
    there = {row for page, rows in where.items() if page <= cut for row in rows}
    assert 0 < len(there) < sum(map(len, where.values()))
    assert tables(made, key)["change"] == there


def test_changes_get_the_name_of_their_series_back_by_their_hashes(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    before = tables(path, key)["change"]
    db = sqlcipher.connect(path, key.key, key.salt)
    sql = "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'chain'"
    pages = [int(row[0]) for row in db.execute(sql)]
    db.conn.close()
    assert len(pages) == 2
    for page in pages:
        flip(path, page, 50)
    found, made = salvaged(path, key)
    assert found.nameless == 0
    assert tables(made, key)["change"] == before


def test_what_waits_in_the_log_of_a_killed_run_is_read_too(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    make_client(vault, "Исмоил")
    key, path = vault.keys.data_key, tmp_path / "killed.db"
    path.write_bytes((vault.folder / DATABASE).read_bytes())
    waiting = (vault.folder / f"{DATABASE}-wal").read_bytes()
    path.with_name("killed.db-wal").write_bytes(waiting)
    changes = {tuple(row) for row in vault.db.execute("SELECT * FROM change")}
    vault.close()
    assert waiting
    assert changes
    _, made = salvaged(path, key)
    assert tables(made, key)["change"] == changes


def test_nothing_to_read_is_said(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(NothingSalvaged):
        salvaged(path, key)


def test_a_full_disk_is_said(filled: tuple[Path, DataKey], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_db: object) -> None:
        raise sqlcipher3.OperationalError("database or disk is full")

    monkeypatch.setattr(schema, "migrate", full)
    with pytest.raises(DiskFull):
        salvaged(*filled)


def test_only_the_right_key_fits(filled: tuple[Path, DataKey]) -> None:
    path, key = filled
    assert salvage.fits(path, key)
    assert not salvage.fits(path, DataKey(bytes(32), key.salt))


def test_no_row_of_one_table_can_be_taken_for_anothers(tmp_path: Path) -> None:
    """A row without its empty cells' types must still fit one table alone: a new table has to keep to that."""
    db = sqlcipher.connect(tmp_path / "a.db", bytes(32), bytes(16))
    schema.migrate(db)
    shapes = row_forms.shapes(db)
    db.conn.close()
    for (form, columns), (table, _) in shapes.items():
        for (other_form, others), (other, _) in shapes.items():
            if table != other and form == other_form and len(columns) == len(others):
                overlap = [set(one) & set(two) for one, two in zip(columns, others, strict=True)]
                assert not all(overlap), f"{table} {other}"

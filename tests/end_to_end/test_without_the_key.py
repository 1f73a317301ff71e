"""Whoever has the folder and not the key sees nothing: no name, no word, no table, in no file, with no tool."""

import json
import math
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desk_app.domain.ids import RecordId
from desk_app.domain.rules.roles import Role
from desk_app.storage import backup_file, sqlcipher
from desk_app.storage.key_files import KEY_FILES
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import attachments, backups, drafts, exchange, notes, partners, people, records, users, vaults
from tests.fakes import PASSPHRASE, USER, make_vault, open_vault

SHORTEST = 6
"""Letters of a word that random bytes do not spell by chance."""

CLIENT = {
    "surname": "Қурбонзодаи",
    "given_name": "Шаҳрибонуи",
    "other_names": "Zebunisobonu",
    "paper_number": "XQ99887766",
    "phone": "+992 93 777 12 34",
    "address": "кӯчаи Ноаёнхонӣ",
}
SERVICE_TEXT = "маслиҳати пинҳонӣ оиди ҳуҷҷатҳо"
NOTE_TEXT = "Сирри табибу вакил Gulandomxonim"
DRAFT_TEXT = "нимнавиштаи Ятимчашма"
TITLE = "Шиносномаи Дилафрӯзшоҳ"
TEXTS = (*CLIENT.values(), SERVICE_TEXT, NOTE_TEXT, DRAFT_TEXT, TITLE, PASSPHRASE)
PERSONAL = sorted({*TEXTS, CLIENT["phone"].replace(" ", ""), *(word for text in TEXTS for word in text.split())})
PERSONAL = [word for word in PERSONAL if len(word) >= SHORTEST]
KNOWN_NAMES = re.compile(
    r"core\.db(-wal|-shm)?|keys(-2)?\.json|backup|blobs|[0-9a-f]{64}|roh-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.roh-backup"
)
WRAPPING = re.compile(r"[0-9a-f]*|[A-Za-z0-9+/=]*|age1[0-9a-z]{58}")
"""Ids, check sums and public keys; sealed bytes in base64, and the plain codes of what a slot is."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """An opened vault with something of everything, a backup in it and a bundle beside it."""
    folder = tmp_path_factory.mktemp("seized")
    vault, coordinator = make_vault(folder), make_vault(folder, "coordinator")
    partners.write_card(coordinator, folder / "card")
    partners.enrol(vault, folder / "card")
    coordinator.close()
    users.set_roles(vault, vault.user, {Role.HEAD, Role.LAWYER})
    client = people.register(vault, CLIENT, {"service": "given", "sharing": "given"}, {"method": "signed"}).id
    records.add(
        vault,
        "service",
        {"client": client, "type": "legal", "delivered_on": "2026-03-05", "what_was_done": SERVICE_TEXT},
    )
    notes.write(vault, client, {"profession": "lawyer", "text": NOTE_TEXT})
    drafts.keep(vault, "need", {"description": DRAFT_TEXT})
    add_scan(vault, client, folder)
    backups.back_up(vault)
    backups.back_up(vault, folder / "all.roh-backup")
    exchange.export(vault, "coordinator", folder / "week.roh")
    yield vault
    vault.close()


def add_scan(vault: Vault, client: RecordId, folder: Path) -> None:
    picture = Image.effect_noise((300, 200), 90)
    exif = Image.Exif()
    exif[0x013B] = CLIENT["other_names"]
    picture.save(folder / "scan.jpg", exif=exif)
    attachments.add(vault, client, folder / "scan.jpg", {"type": "paper", "title": TITLE})


@pytest.fixture(params=["opened", "locked"])
def seized(filled: Vault, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the vault's folder: as it lies while somebody works, with its log; and as it lies once locked."""
    if request.param == "opened":
        people.register(filled, {**CLIENT, "paper_number": "XQ11223344"}, {}, {})
        assert (filled.folder / f"{DATABASE}-wal").stat().st_size > 0
    copy = tmp_path / "seized"
    shutil.copytree(filled.folder, copy)
    if request.param == "locked":
        (copy / f"{DATABASE}-shm").unlink()
        vaults.lock(open_vault(copy))
        assert not (copy / f"{DATABASE}-wal").exists()
    return copy


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file by its name in the folder, and what lies in each backup."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield name, path.read_bytes()
            if path.suffix == backup_file.SUFFIX:
                with zipfile.ZipFile(path) as backup:
                    yield from ((f"{name}/{member}", backup.read(member)) for member in backup.namelist())


def found_in(data: bytes, words: list[str]) -> set[str]:
    """Which of the words stand there, in capitals or not, in 8 or in 16 bits, wherever they begin."""
    texts = [data.decode("utf-8", "replace")]
    texts += [data[start:].decode(code, "replace") for code in ("utf-16-le", "utf-16-be") for start in (0, 1)]
    folded = [text.casefold() for text in texts]
    return {word for word in words if any(word.casefold() in text for text in folded)}


def words_of_the_form(vault: Vault) -> list[str]:
    """What the database calls its tables and columns, and what it is made with."""
    names = {"CREATE TABLE", "SQLite format"}
    for (table,) in vault.db.execute("SELECT name FROM sqlite_master"):
        names.add(table)
        names |= {row[1] for row in vault.db.execute(f'PRAGMA table_info("{table}")')}
    return sorted(name for name in names if len(name) >= SHORTEST)


def entropy(data: bytes) -> float:
    """Bits per byte."""
    return -sum(count / len(data) * math.log2(count / len(data)) for count in Counter(data).values())


def test_no_file_of_the_folder_holds_a_word_of_anybody(filled: Vault, seized: Path) -> None:
    said = {name: found_in(data, PERSONAL) for name, data in pieces(seized)}
    assert {name: words for name, words in said.items() if words} == {}
    assert len(said) >= 6
    for outside in ("week.roh", "all.roh-backup"):
        assert found_in((filled.folder.parent / outside).read_bytes(), PERSONAL) == set()


def test_no_file_but_the_key_file_shows_how_anything_is_called(filled: Vault, seized: Path) -> None:
    words = words_of_the_form(filled)
    assert {"client", "surname", "person_search"} <= set(words)
    keys_and_facts = (*KEY_FILES, "facts.json", backup_file.SUFFIX)
    for name, data in pieces(seized):
        if not name.endswith(keys_and_facts):
            assert found_in(data, words) == set(), name
    assert found_in((filled.folder.parent / "week.roh").read_bytes(), words) == set()


def test_the_same_search_finds_all_of_it_where_it_lies_open(filled: Vault, tmp_path: Path) -> None:
    filled.db.execute("ATTACH DATABASE ? AS plain KEY ''", [str(tmp_path / "plain.db")])
    filled.db.execute("SELECT sqlcipher_export('plain')")
    filled.db.execute("DETACH DATABASE plain")
    data = (tmp_path / "plain.db").read_bytes()
    hidden = f"{NOTE_TEXT} {DRAFT_TEXT} {PASSPHRASE}"  # Sealed once more, or never kept.
    kept = {word for word in PERSONAL if word not in hidden and word != CLIENT["phone"].replace(" ", "")}
    assert found_in(data, PERSONAL) >= kept
    assert len(kept) > 10
    assert found_in(data, words_of_the_form(filled)) >= {"client", "surname", "CREATE TABLE"}
    assert found_in("ҚурбонЗодаИ".encode("utf-16-be"), PERSONAL) == {"Қурбонзодаи"}
    assert entropy(data) < 7


def test_the_files_look_like_noise_and_their_names_say_nothing(seized: Path) -> None:
    for name, data in pieces(seized):
        if not name.endswith((*KEY_FILES, "facts.json", "-shm")):
            assert entropy(data) > 7.9 - 200 / len(data), name
    names = [part for path in seized.rglob("*") for part in path.relative_to(seized).parts]
    assert [name for name in names if not KNOWN_NAMES.fullmatch(name)] == []


def test_the_key_file_names_its_users_and_nothing_else(seized: Path) -> None:
    for name in KEY_FILES:
        texts = set(strings_in(json.loads((seized / name).read_bytes())))
        assert {text for text in texts if not WRAPPING.fullmatch(text)} == {USER}


def strings_in(value: object) -> Iterator[str]:
    """Every text among the values of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in strings_in(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in strings_in(inner))


def test_without_encryption_it_is_no_database(seized: Path) -> None:
    connection = sqlite3.connect(seized / DATABASE)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()


def asked(path: Path, key: str) -> str:
    """What the `sqlcipher` command answers, with a key as its PRAGMA takes it, or without one."""
    lines = [f"PRAGMA key = {key};"] if key else []
    lines += [".tables", ".schema", "SELECT * FROM client;", "SELECT * FROM sqlite_master;", ".dump"]
    command = ["sqlcipher", "-batch", str(path)]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def test_the_sqlcipher_command_opens_it_with_the_key_alone(filled: Vault, seized: Path, tmp_path: Path) -> None:
    words = [*PERSONAL, "CREATE TABLE", "surname", "given_name", "person_search", "sqlcipher_export"]
    wrong = [b"\1" * 48, filled.keys.data_key.salt * 3, bytes(48)]
    keys = ["", f"'{PASSPHRASE}'", "''", *(f"\"x'{key.hex()}'\"" for key in wrong)]
    for database in (seized / DATABASE, older_form(filled, tmp_path / "older.db")):
        for key in keys:
            answer = asked(database, key)
            assert "not a database" in answer
            assert found_in(answer.encode(), words) == set(), (database, key)
    assert CLIENT["surname"] in asked(openable(filled, seized, tmp_path), right_key(filled))


def right_key(vault: Vault) -> str:
    return f"\"x'{(vault.keys.data_key.key + vault.keys.data_key.salt).hex()}'\""


def openable(filled: Vault, seized: Path, tmp_path: Path) -> Path:
    """The database itself where the command reads its form, which version 4 does; else the copy in the older form."""
    asked_for = subprocess.run(
        ["sqlcipher", "-batch", ":memory:"], input="PRAGMA cipher_version;", capture_output=True, text=True, check=True
    )
    if int(asked_for.stdout.split(".")[0]) >= 4:
        return seized / DATABASE
    return tmp_path / "older.db"


def older_form(vault: Vault, path: Path) -> Path:
    """The clients under the vault's own key, in the form that version 3 of the command writes and reads."""
    key = vault.keys.data_key
    db = sqlcipher.sqlcipher3.connect(str(path))
    db.execute("PRAGMA cipher_log_level = NONE")
    db.execute(f"PRAGMA key = {right_key(vault)}")
    db.execute("PRAGMA cipher_compatibility = 3")
    db.execute("CREATE TABLE client(surname TEXT, given_name TEXT)")
    rows = [(one.text("surname"), one.text("given_name")) for one in records.find_all(vault, "client")]
    db.executemany("INSERT INTO client VALUES(?, ?)", rows)
    db.commit()
    db.close()
    assert key.key not in path.read_bytes()
    return path

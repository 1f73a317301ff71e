"""Private notes: their profession reads them; a colleague, the coordinator and plain SQL see only that they exist."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.__main__ import main
from desk_app.crypto.keyfile import UserSlot
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.crypto.sealing import new_exchange_identity
from desk_app.crypto.wrapping import with_macs, wrap
from desk_app.domain.errors import (
    FieldMissing,
    InvalidValue,
    NoteAltered,
    NoteSealed,
    NotYourProfession,
    ProfessionKeyChanged,
)
from desk_app.domain.ids import RecordId
from desk_app.domain.rules.roles import Role
from desk_app.storage import key_files
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    audit,
    checking,
    drafts,
    exchange,
    merging,
    notes,
    people,
    records,
    review,
    users,
    vaults,
)
from tests.fakes import PASSPHRASE, USER, FakeClock, acquaint, make_client, make_vault, open_vault, surroundings
from tests.plain_bytes import everything_in, spellings

TEXT = "Мизоҷ аз бародараш метарсад ва шабҳо бедор мемонад."
FORMER = "Мизоҷ дар бораи қарзҳои калонаш нақл кард."
UNFINISHED = "Дафъаи оянда дар бораи хоболудагиаш мепурсам."
WORDS = ("бародараш", "метарсад", "қарзҳои", "хоболудагиаш", "мепурсам")
LAWYER, PSYCHOLOGIST, SOCIAL_WORKER = "Далер", "Гулчеҳра", "Манижа"
Open = Callable[[str], Vault]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a head, a lawyer, a psychologist and a social worker, one client, and the psychologist's note."""
    vault = make_vault(tmp_path_factory.mktemp("desk"), "khorugh", FakeClock())
    for name, role in (
        (LAWYER, Role.LAWYER),
        (PSYCHOLOGIST, Role.PSYCHOLOGIST),
        (SOCIAL_WORKER, Role.SOCIAL_WORKER),
    ):
        users.add_user(vault, name, PASSPHRASE, {role}, FLOOR_PARAMETERS)
    client = make_client(vault, "Исмоил")
    vault.close()
    with closing(unlocked(vault.folder, PSYCHOLOGIST)) as hers:
        written = notes.write(hers, client, {"profession": "psychologist", "text": FORMER})
        notes.correct(hers, written.id, TEXT)
        drafts.keep(hers, f"note:{client}", {"text": UNFINISHED})
    return vault.folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens a copy of that desk for one of its users."""
    folder, opened = tmp_path / "khorugh", []
    shutil.copytree(made, folder)

    def open_for(name: str) -> Vault:
        for vault in opened:
            vault.close()
        opened[:] = [unlocked(folder, name)]
        return opened[0]

    yield open_for
    for vault in opened:
        vault.close()


def unlocked(folder: Path, name: str) -> Vault:
    return vaults.unlock(folder, name, PASSPHRASE, surroundings(name, FakeClock()))


def the_client(vault: Vault) -> RecordId:
    return records.find_all(vault, "client")[0].id


def the_note(vault: Vault) -> notes.Noted:
    found = notes.of_client(vault, the_client(vault))
    assert len(found) == 1, "the corrected one stands aside"
    return found[0]


def readers(vault: Vault, note: RecordId) -> list[str]:
    """Who opened the note, as the record of access has it."""
    names = users.names(vault)
    rows = vault.db.execute("SELECT user, kind, detail FROM audit WHERE record = ? AND action = 'seen'", [note])
    found = rows.fetchall()
    assert {(kind, detail) for _user, kind, detail in found} <= {("note", "")}
    return [names[user] for user, _kind, _detail in found]


def leaks(told: object) -> list[str]:
    """The words of the texts that are found in what was told."""
    data = told if isinstance(told, bytes) else repr(told).encode() + str(told).encode()
    return [word for word in (*WORDS, TEXT, FORMER, UNFINISHED) for form in spellings(word) if form in data]


def test_the_author_reads_what_she_wrote_and_that_is_written_down(desk: Open) -> None:
    hers = desk(PSYCHOLOGIST)
    noted = the_note(hers)
    assert (noted.author, noted.profession, noted.written_on) == (PSYCHOLOGIST, "psychologist", "2026-03-05")
    assert noted.opens
    assert readers(hers, noted.record.id) == []
    assert notes.read(hers, noted.record.id) == TEXT
    assert readers(hers, noted.record.id) == [PSYCHOLOGIST]
    corrected = RecordId(noted.record.text("corrects"))
    assert notes.read(hers, corrected) == FORMER
    assert checking.check(hers).ok


def test_nothing_is_sealed_with_a_key_that_a_colleague_put_in_the_professions_place(desk: Open) -> None:
    colleague, own = desk(SOCIAL_WORKER), new_exchange_identity()
    key_file = colleague.key_file()
    entry = key_file.key_for(Role.PSYCHOLOGIST)
    assert entry is not None
    wraps = {
        slot.slot: wrap(key_file.vault, Role.PSYCHOLOGIST, own.private.encode(), slot.recipient)
        for slot in key_file.slots
        if isinstance(slot, UserSlot) and slot.slot in entry.wraps
    }
    swapped = replace(entry, recipient=own.recipient, wraps=wraps)
    keys = tuple(swapped if key is entry else key for key in key_file.keys)
    key_files.write(colleague.folder, with_macs(replace(key_file, keys=keys), colleague.keys.data_key))
    hers = desk(PSYCHOLOGIST)
    with pytest.raises(NoteSealed):
        notes.correct(hers, the_note(hers).record.id, TEXT)
    with pytest.raises(ProfessionKeyChanged):
        notes.write(hers, the_client(hers), {"profession": "psychologist", "text": TEXT})
    assert len(records.find_all(hers, "note")) == 1


@pytest.mark.parametrize("name", [USER, LAWYER, SOCIAL_WORKER])
def test_a_colleague_sees_that_it_exists_its_author_and_date_and_no_word(desk: Open, name: str) -> None:
    vault = desk(name)
    noted = the_note(vault)
    assert (noted.author, noted.profession, noted.written_on) == (PSYCHOLOGIST, "psychologist", "2026-03-05")
    assert not noted.opens
    assert (noted.record.values["text"], noted.record.sealed) == (None, {"text"})
    for refused in (
        lambda: notes.read(vault, noted.record.id),
        lambda: notes.correct(vault, noted.record.id, "Ман инро иваз мекунам."),
        lambda: records.edit(vault, noted.record.id, {"written_on": "2026-03-06"}),
    ):
        with pytest.raises(NoteSealed) as told:
            refused()
        assert (told.value.role, leaks(told.value.__dict__)) == ("psychologist", [])
    assert readers(vault, noted.record.id) == []
    assert drafts.all_drafts(vault) == []
    for word in WORDS:
        assert people.find(vault, word) == []
    everything = [records.find_all(vault, kind.name) for kind in vault.registry]
    told_elsewhere = (people.person(vault, the_client(vault)), review.disagreements(vault), checking.check(vault))
    assert leaks((everything, told_elsewhere)) == []
    if name == USER:
        assert leaks(audit.entries(vault)) == []


def test_no_word_stands_in_any_page_or_value_of_the_database(desk: Open) -> None:
    vault = desk(SOCIAL_WORKER)
    assert leaks(everything_in(vault)) == []
    assert "Исмоил".encode() in everything_in(vault), "the pages were read"
    assert vault.db.execute("SELECT count(*) FROM note").fetchone() == (2,)
    assert vault.db.execute("SELECT count(*) FROM user_draft").fetchone() == (1,)


def test_who_has_no_such_profession_writes_none(desk: Open) -> None:
    vault = desk(LAWYER)
    client, before = the_client(vault), checking.check(vault).state
    values = {"profession": "psychologist", "text": "Ман равоншинос нестам."}
    with pytest.raises(NotYourProfession) as told:
        notes.write(vault, client, values)
    assert told.value.role == "psychologist"
    with pytest.raises(NotYourProfession):
        notes.write(desk(USER), client, {**values, "profession": "lawyer"})
    assert checking.check(desk(USER)).state == before


def test_the_same_checks_as_for_any_text(desk: Open) -> None:
    vault = desk(LAWYER)
    client = the_client(vault)
    for wrong, error in (("", FieldMissing), ("  \n ", FieldMissing), ("\u202eабв", InvalidValue)):
        with pytest.raises(error):
            notes.write(vault, client, {"profession": "lawyer", "text": wrong})
    written = notes.write(vault, client, {"profession": "lawyer", "text": "  YWdl  "})
    assert notes.read(vault, written.id) == "YWdl"
    again = notes.correct(vault, written.id, "YWdl")
    assert again.id == written.id, "nothing changed"
    corrected = notes.correct(vault, written.id, "Ариза навишта шуд.")
    assert corrected.id != written.id
    shown = records.show(vault, corrected.id)
    assert (shown.text("corrects"), shown.text("client"), shown.text("profession")) == (written.id, client, "lawyer")
    assert notes.read(vault, corrected.id) == "Ариза навишта шуд."


def test_a_colleague_of_the_same_profession_reads_it(desk: Open) -> None:
    vault = desk(USER)
    role = Role.PSYCHOLOGIST
    another = users.add_user(vault, "Парвиз", PASSPHRASE, {role}, FLOOR_PARAMETERS)
    assert not the_note(desk("Парвиз")).opens
    users.hand_over(desk(PSYCHOLOGIST), role, another.user)
    vault = desk("Парвиз")
    assert notes.read(vault, the_note(vault).record.id) == TEXT
    assert readers(vault, the_note(vault).record.id) == ["Парвиз"]


def test_a_sealed_text_put_into_another_persons_note_is_found_out(desk: Open) -> None:
    vault = desk(PSYCHOLOGIST)
    other = make_client(vault, "Зуҳро")
    hers = notes.write(vault, other, {"profession": "psychologist", "text": "Ҳамааш хуб."}).id
    vault.db.execute("UPDATE note SET text = (SELECT text FROM note WHERE id = ?)", [the_note_of(vault, "Исмоил")])
    with pytest.raises(NoteAltered):
        notes.read(vault, hers)
    assert notes.read(vault, the_note_of(vault, "Исмоил")) == TEXT
    vault.db.execute("UPDATE note SET client = ?", [other])
    with pytest.raises(NoteAltered):
        notes.read(vault, the_note_of(vault, "Зуҳро"))


def the_note_of(vault: Vault, given_name: str) -> RecordId:
    client = next(one.id for one in records.find_all(vault, "client") if one.text("given_name") == given_name)
    return min(one.record.id for one in notes.of_client(vault, client))


# The command line


def test_the_command_line_seals_what_is_typed_and_prints_no_text(
    desk: Open, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = desk(PSYCHOLOGIST)
    folder, client = vault.folder, records.show(vault, the_client(vault)).text("number")
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")

    def typed(name: str, *said: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["--vault", str(folder), "--user", name, *said])
        told = capsys.readouterr()
        assert leaks(told.out + told.err) == []
        assert "YWdlLWVu" not in told.out
        return code, told.out + told.err

    facts = ("note", f"client={client}", "profession=psychologist", "written_on=2026-03-07", f"text={UNFINISHED}")
    code, told = typed(SOCIAL_WORKER, "add", *facts)
    assert (code, "Psychologist" in told) == (1, True)
    code, told = typed(PSYCHOLOGIST, "add", *facts, "--json")
    assert code == 0
    written = json.loads(told)["id"]
    for name in (PSYCHOLOGIST, SOCIAL_WORKER):
        listed = json.loads(typed(name, "list", "note", "--json")[1])["records"]
        assert [(one["text"], one["sealed"]) for one in listed] == [(None, True)] * 2
        shown = json.loads(typed(name, "show", written, "--json")[1])["record"]
        assert (shown["text"], shown["sealed"], shown["profession"]) == (None, True, "psychologist")
        assert "Sealed" in typed(name, "show", written)[1]
        assert "Sealed" in typed(name, "list", "note")[1]
        assert "0 records" in typed(name, "list", "note", f"text={UNFINISHED}")[1]
    assert typed(SOCIAL_WORKER, "edit", written, "text=На ин тавр.")[0] == 1
    assert typed(PSYCHOLOGIST, "edit", written, f"text={TEXT}")[0] == 0
    again = unlocked(folder, PSYCHOLOGIST)
    with closing(again):
        texts = {notes.read(again, one.record.id) for one in notes.of_client(again, the_client(again))}
        assert texts == {TEXT}
        assert leaks(everything_in(again)) == []


# The coordinator


def test_a_note_travels_sealed_and_the_coordinator_sees_author_and_date(desk: Open, tmp_path: Path) -> None:
    hers = desk(PSYCHOLOGIST)
    longest = "𝄞ӯҷҳ" * 5000
    wide = notes.write(
        hers, the_client(hers), {"profession": "psychologist", "text": longest, "written_on": "2026-01-02"}
    )
    coordinator = make_vault(tmp_path, "coordinator", FakeClock())
    users.set_roles(coordinator, coordinator.user, {Role.COORDINATOR, Role.PSYCHOLOGIST})
    coordinator.close()
    coordinator = open_vault(coordinator.folder)
    assert set(coordinator.keys.professions) == {Role.PSYCHOLOGIST}
    acquaint(hers, coordinator, tmp_path)
    users.introduce(hers)
    bundle = exchange.export(hers, "coordinator", tmp_path / "stick.roh").file
    merging.apply_plan(coordinator, merging.plan_files(coordinator, [bundle]))
    with closing(coordinator):
        found = notes.of_client(coordinator, the_client(coordinator))
        assert [(one.author, one.written_on, one.profession, one.opens) for one in found] == [
            (PSYCHOLOGIST, "2026-03-05", "psychologist", False),
            (PSYCHOLOGIST, "2026-01-02", "psychologist", False),
        ]
        for one in found:
            with pytest.raises(NoteSealed):
                notes.read(coordinator, one.record.id)
        assert leaks(everything_in(coordinator)) == []
        assert checking.check(coordinator).ok
    assert leaks(bundle.read_bytes()) == []
    assert notes.read(hers, wide.id) == longest

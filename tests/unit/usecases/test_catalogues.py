"""A catalogue goes out to a reader and comes back: what is good is shown, what is not is said; all can be undone."""

import shutil
from pathlib import Path

import pytest

from desk_app import paths
from desk_app.cli.program import run
from desk_app.domain.errors import CatalogueDamaged, CatalogueLanguageUnknown
from desk_app.i18n.catalogue import reading
from desk_app.i18n.catalogue.checks import Fault
from desk_app.i18n.catalogue.entry import Catalogue, Signature, digest
from desk_app.i18n.catalogue.writing import compiled, written
from desk_app.i18n.languages import ENGLISH, RUSSIAN, TAJIK, TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, Language
from desk_app.i18n.translator import DOMAIN, Translator
from desk_app.usecases import catalogues

USED = {
    "Close",
    "Collate",
    "Print range",
    "Registered: {number}.",
    "Surname",
    "Client",
    "Consent to share",
    "{count} entry",
}
SENTENCES = 50


@pytest.fixture(scope="module")
def shipped(catalogues: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sentences of each catalogue and those that the tests speak of: the whole ones take seconds."""
    folder = tmp_path_factory.mktemp("shipped")
    for language in TRANSLATED:
        whole = reading.read((catalogues / language.code / "LC_MESSAGES" / f"{DOMAIN}.po").read_bytes())
        first = {entry.id for entry in whole.entries[:SENTENCES]}
        entries = tuple(entry for entry in whole.entries if entry.id in first or entry.one in USED)
        ship(folder, Catalogue(language, entries))
    return folder


def ship(folder: Path, catalogue: Catalogue) -> None:
    """As the program comes with it."""
    file = folder / catalogue.language.code / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(catalogue), encoding="utf-8")
    file.with_suffix(".mo").write_bytes(compiled(catalogue))


@pytest.fixture(autouse=True)
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: Path) -> Path:
    """A place of its own for corrections."""
    folder = tmp_path / "data" / "words"
    monkeypatch.setattr(paths, "corrections", lambda: folder)
    monkeypatch.setattr(paths, "translations", lambda: shipped)
    return folder


def exported(tmp_path: Path, language: Language, *changes: tuple[str, str]) -> Path:
    """A language's catalogue as a reader sends it back."""
    file = tmp_path / f"{language.code}.po"
    catalogues.export(language, file)
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert f"\n{old}\n" in text, old
        text = text.replace(f"\n{old}\n", f"\n{new}\n")
    file.write_text(text, encoding="utf-8")
    return file


def test_an_exported_catalogue_helps_its_reader_and_changes_nothing_untouched(tmp_path: Path, words: Path) -> None:
    file = exported(tmp_path, TAJIK)
    text = file.read_text(encoding="utf-8")
    assert "#. client: мизоҷ" in text
    assert "#: desk_app/" in text
    taken = catalogues.take(file)
    assert (taken.changed, taken.refused, taken.empty) == ((), (), 0)
    assert taken.same == len(reading.read(file.read_bytes()).entries) > SENTENCES
    assert not words.exists()


def test_good_sentences_are_shown_at_once_and_bad_ones_stay_as_they_were(tmp_path: Path, words: Path) -> None:
    before = Translator(RUSSIAN)
    was, close = before.text("Print range"), before.text("Close")
    file = exported(
        tmp_path,
        RUSSIAN,
        (f'msgid "Print range"\nmsgstr "{was}"', 'msgid "Print range"\nmsgstr "Какие листы"'),
        (f'msgid "Close"\nmsgstr "{close}"', 'msgid "Close"\nmsgstr "Свернуть"'),
        ('msgstr[2] "{count} строк"', 'msgstr[2] ""'),
        ('msgid "New passphrase:"', '#, fuzzy\nmsgid "New passphrase:"'),
        ('msgid "Recovery code:"', 'msgid "Recovery codes:"'),
    )
    taken = catalogues.take(file)
    assert [entry.one for entry in taken.changed] == ["Print range"]
    reasons = {one.entry.one: [reason.fault for reason in one.reasons] for one in taken.refused}
    assert reasons == {
        "Close": [Fault.GLOSSARY],
        "{count} entry": [Fault.UNTRANSLATED],
        "New passphrase:": [Fault.UNSURE],
        "Recovery codes:": [Fault.UNKNOWN],
    }
    assert Translator(RUSSIAN).text("Print range") == "Какие листы"
    assert Translator(RUSSIAN).plural("{count} entry", "{count} entries", 5) == "5 строк"
    kept = (words / "ru.po").read_text(encoding="utf-8")
    assert kept.count("msgid") == 2, "the head and the one sentence"
    catalogues.put_back(RUSSIAN)
    assert Translator(RUSSIAN).text("Print range") == was


def test_corrections_add_up_and_one_that_says_what_is_shipped_goes(tmp_path: Path, words: Path) -> None:
    was = Translator(TAJIK).text("Collate")
    for one, said in (("Collate", "Тартиб додан"), ("Print range", "Ҳудуди чоп"), ("Collate", was)):
        shown = Translator(TAJIK).text(one)
        catalogues.take(
            exported(tmp_path, TAJIK, (f'msgid "{one}"\nmsgstr "{shown}"', f'msgid "{one}"\nmsgstr "{said}"'))
        )
    assert (Translator(TAJIK).text("Collate"), Translator(TAJIK).text("Print range")) == (was, "Ҳудуди чоп")
    assert 'msgid "Collate"' not in (words / "tg.po").read_text(encoding="utf-8")
    assert {one.language.code: one.corrected for one in catalogues.covered()} == {
        "tg": 1, "ru": 0, "uz_Cyrl": 0, "uz_Latn": 0, "en": 0,
    }  # fmt: skip


def test_cyrillic_uzbek_follows_latin_uzbek_until_it_is_corrected_itself(tmp_path: Path) -> None:
    def correct(language: Language, said: str) -> None:
        shown = Translator(language).text("Print range")
        change = (f'msgid "Print range"\nmsgstr "{shown}"', f'msgid "Print range"\nmsgstr "{said}"')
        assert catalogues.take(exported(tmp_path, language, change)).changed

    shipped_words = Translator(UZBEK_CYRILLIC).text("Print range")
    correct(UZBEK_LATIN, "Chop etish doirasi")
    assert Translator(UZBEK_CYRILLIC).text("Print range") == "Чоп этиш доираси"
    correct(UZBEK_CYRILLIC, "Нима чоп этилади")
    correct(UZBEK_LATIN, "Chop sohasi")
    assert Translator(UZBEK_CYRILLIC).text("Print range") == "Нима чоп этилади"
    correct(UZBEK_CYRILLIC, shipped_words)
    assert Translator(UZBEK_CYRILLIC).text("Print range") == shipped_words
    catalogues.put_back(UZBEK_CYRILLIC)
    assert Translator(UZBEK_CYRILLIC).text("Print range") == "Чоп соҳаси"


@pytest.mark.expects_log("corrections_unreadable")
def test_kept_words_that_were_spoiled_harm_nothing(words: Path) -> None:
    words.mkdir(parents=True)
    (words / "tg.po").write_bytes(b"\xff\xfe")
    assert Translator(TAJIK).text("Surname") == "Насаб"
    head = 'msgid ""\nmsgstr "Language: tg\\n"\n\n'
    missing = 'msgid "Registered: {number}."\nmsgstr "Сабт шуд: {name}."\n'
    (words / "tg.po").write_text(head + missing, encoding="utf-8")
    assert "{" not in Translator(TAJIK).text("Registered: {number}.", number="1")


def test_what_is_no_catalogue_is_trouble(tmp_path: Path, words: Path) -> None:
    file = tmp_path / "letter.po"
    file.write_text('msgid ""\nmsgstr "Language: de\\n"\n', encoding="utf-8")
    with pytest.raises(CatalogueLanguageUnknown):
        catalogues.take(file)
    file.write_text("PK\n", encoding="utf-8")
    with pytest.raises(CatalogueDamaged) as caught:
        catalogues.take(file)
    assert caught.value.line == 1
    assert not words.exists()


def test_it_is_counted_what_is_translated_and_who_signed(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {one.language: one for one in catalogues.covered()}
    assert found[ENGLISH].sentences == found[TAJIK].sentences == found[TAJIK].translated > SENTENCES
    assert not any(one.signature for one in found.values()), "no native reader has signed one yet"
    folder = tmp_path / "translations"
    shutil.copytree(shipped, folder)
    monkeypatch.setattr(paths, "translations", lambda: folder)
    plain = reading.read((folder / "tg" / "LC_MESSAGES" / f"{DOMAIN}.po").read_bytes())
    signature = Signature("Гулнора Назарова", "2026-03-05", digest(plain.entries))
    ship(folder, Catalogue(TAJIK, plain.entries, signature))
    assert {one.language: (one.signature, one.stands) for one in catalogues.covered()}[TAJIK] == (signature, True)
    shown = Translator(TAJIK).text("Print range")
    change = (f'msgid "Print range"\nmsgstr "{shown}"', 'msgid "Print range"\nmsgstr "Ҳудуди чоп"')
    catalogues.take(exported(tmp_path, TAJIK, change))
    assert {one.language: (one.signature, one.stands) for one in catalogues.covered()}[TAJIK] == (signature, False)


def test_the_command_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DESK_APP_LANGUAGE", "en")
    file = tmp_path / "tg.po"
    assert run(["catalogue", "export", "tg", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('msgid "Print range"\nmsgstr "', 'msgid "Print range"\nmsgstr "Print '), encoding="utf-8"
    )
    capsys.readouterr()
    assert run(["catalogue", "take", str(file)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("0 sentences were taken. 1 sentence was refused.\n\nPrint range\n  Print ")
    assert "A word has letters of another alphabet: Print" in said
    assert run(["catalogue", "list"]) == 0
    assert "No native reader has signed it yet." in capsys.readouterr().out
    assert run(["catalogue", "put-back", "tg"]) == 0
    for wrong in (["export", "tg"], ["export", "en", "x"], ["take"], ["put-back", ""]):
        with pytest.raises(SystemExit) as left:
            run(["catalogue", *wrong])
        assert left.value.code == 2

"""The catalogues are whole, and each thing that could be wrong with one is seen."""

from dataclasses import replace
from pathlib import Path

import catalogue_checks
import catalogue_files
import catalogues
import pytest
from catalogue_checks import complaints
from catalogue_files import extracted, in_cyrillic, merged, path_of, read, template_text

from desk_app.i18n.catalogue import checks
from desk_app.i18n.catalogue.checks import Fault
from desk_app.i18n.catalogue.entry import Entry, digest
from desk_app.i18n.catalogue.glossary import Glossary, read_glossary
from desk_app.i18n.catalogue.writing import written
from desk_app.i18n.languages import RUSSIAN, TAJIK, TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, Language

GLOSSARY: Glossary = {"client": {"tg": {"мизоҷ"}}, "undo": {"tg": {"ботил сохтан"}}}


def test_the_catalogues_are_whole(template: tuple[Entry, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_checks, "extracted", lambda: template)
    assert complaints() == []


@pytest.fixture(scope="module")
def template() -> tuple[Entry, ...]:
    """What the code says now; to collect it takes seconds."""
    return extracted()


def faults(language: Language, entry: Entry) -> list[Fault]:
    return [one.fault for one in checks.complaints(entry, language, GLOSSARY)]


@pytest.mark.parametrize(
    ("language", "source", "words", "fault"),
    [
        (TAJIK, "Dear client", "", Fault.UNTRANSLATED),
        (TAJIK, "{name} came", "{nom} омад", Fault.PLACEHOLDERS),
        (TAJIK, "Page %1", "Саҳифа", Fault.PLACEHOLDERS),
        (TAJIK, "<b>Page</b>", "Саҳифа", Fault.PLACEHOLDERS),
        (TAJIK, "Page", "Саҳифа <img src=//far.example/seen>", Fault.PLACEHOLDERS),
        (TAJIK, "He came.", "Омад", Fault.ENDS),
        (TAJIK, "He came", " Омад", Fault.SPACES),
        (TAJIK, "He came", "Омад!", Fault.EXCLAMATION),
        (TAJIK, "A note", "Эзоҳ и\u0304", Fault.ACCENTS),
        (TAJIK, "A note", "Эз\u202eоҳ", Fault.UNSEEN),
        (TAJIK, "A note", "Эзоҳ ва эзоҳ " * 5, Fault.LONG),
        (TAJIK, "“Roh”", "“Роҳ”", Fault.QUOTES),
        (UZBEK_LATIN, "“Roh”", "«Roh»", Fault.QUOTES),
        (UZBEK_LATIN, "No", "Yo'q", Fault.APOSTROPHE),
        (TAJIK, "Client", "Муштарӣ", Fault.GLOSSARY),
        (TAJIK, "Undo", "Бекор кардан", Fault.GLOSSARY),
        (TAJIK, "He came", "Oмaд", Fault.SCRIPTS),
        (TAJIK, "He came", "Came", Fault.ALPHABET),
        (TAJIK, "A cry", "Ылды", Fault.ALPHABET),
        (UZBEK_CYRILLIC, "A cry", "Щыл", Fault.ALPHABET),
        (UZBEK_LATIN, "He came", "Келди", Fault.ALPHABET),
    ],
)
def test_a_wrong_translation_is_seen(language: Language, source: str, words: str, fault: Fault) -> None:
    assert fault in faults(language, Entry(source, forms=(words,)))


def test_of_a_page_of_words_not_each_one_is_told() -> None:
    assert faults(TAJIK, Entry("A note", forms=("Came",))) == [Fault.ALPHABET]
    assert faults(TAJIK, Entry("A note", forms=(" ".join(f"Came{'e' * place}" for place in range(90)),))) == [
        Fault.LONG
    ]


@pytest.mark.parametrize(
    ("language", "source", "words"),
    [
        (TAJIK, "Client", "Мизоҷ"),
        (TAJIK, "Client:", "мизоҷ:"),
        (TAJIK, "client", "нафар"),
        (TAJIK, "Save as PDF", "Ҳамчун PDF захира кардан"),
        (RUSSIAN, "Roh opens {file}.", "Роҳ открывает {file}."),
        (UZBEK_LATIN, "No", "Yoʻq"),
    ],
)
def test_a_right_translation_passes(language: Language, source: str, words: str) -> None:
    assert faults(language, Entry(source, forms=(words,))) == []


def test_every_plural_form_must_be_filled() -> None:
    def of(*forms: str) -> list[Fault]:
        return faults(RUSSIAN, Entry("{count} day", "{count} days", forms))

    assert of("{count} день", "{count} дня") == [Fault.UNTRANSLATED]
    assert of("{count} день", "", "{count} дней") == [Fault.UNTRANSLATED]
    assert of("{count} день", "{count} дня", "{count} дней") == []


def test_a_fuzzy_translation_is_seen() -> None:
    assert faults(TAJIK, Entry("Day", forms=("Рӯз",), fuzzy=True)) == [Fault.UNSURE]


def test_the_glossary_gives_terms_with_and_without_their_aside(tmp_path: Path) -> None:
    file = tmp_path / "glossary.csv"
    file.write_text(
        "en,tg,ru,uz_Latn,uz_Cyrl,note,confidence\n"
        "Lawyer (adviser),Ҳуқуқшинос,Юрист (консультант),Huquqshunos,Ҳуқуқшунос,,A\n",
        encoding="utf-8",
    )
    glossary = read_glossary(file)
    assert glossary["lawyer"]["ru"] == {"юрист", "юрист (консультант)"}
    assert glossary["lawyer (adviser)"]["tg"] == {"ҳуқуқшинос"}


def test_taking_over_keeps_words_and_drops_what_is_gone(template: tuple[Entry, ...]) -> None:
    old = read(TAJIK)
    gone = Entry("Gone from the code", forms=("Нест",))
    new = merged(template, replace(old, entries=(*old.entries, gone)))
    assert [one.id for one in new.entries] == [one.id for one in template]
    assert new.by_id()["Surname"].forms == ("Насаб",)


def test_the_same_words_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: tuple[Entry, ...]
) -> None:
    first = written(merged(template, read(RUSSIAN)))
    (tmp_path / "ru" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "ru" / "LC_MESSAGES" / "desk_app.po").write_text(first, encoding="utf-8")
    monkeypatch.setattr(catalogue_files, "TRANSLATIONS", tmp_path)
    assert written(merged(template, read(RUSSIAN))) == first
    assert "nplurals=3" in first
    assert not any(word in first for word in ("Creation-Date", "Revision-Date", "Last-Translator", "Generated-By"))


def test_cyrillic_uzbek_is_made_from_latin_uzbek() -> None:
    cyrillic = in_cyrillic(read(UZBEK_LATIN), UZBEK_CYRILLIC).by_id()
    assert cyrillic["Surname"].forms == ("Фамилия",)
    assert cyrillic["No"].forms == ("Йўқ",)


def test_a_signature_stands_in_the_head_and_outlives_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(read(TAJIK))
    monkeypatch.setattr(catalogue_files, "TRANSLATIONS", tmp_path)
    path_of(TAJIK).parent.mkdir(parents=True)
    path_of(TAJIK).write_text(text, encoding="utf-8")
    assert catalogues.main(["sign", "tg", "Гулнора Назарова"]) == 0
    signed = read(TAJIK)
    assert signed.signature is not None
    assert (signed.signature.by, signed.signature.words) == ("Гулнора Назарова", digest(signed.entries))
    assert merged(signed.entries[:5], signed).signature == signed.signature
    with pytest.raises(SystemExit):
        catalogues.main(["sign", "tg"])


def test_the_commands_write_and_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: tuple[Entry, ...]
) -> None:
    for module in (catalogues, catalogue_checks):
        monkeypatch.setattr(module, "extracted", lambda: template)
    for module in (catalogue_files, catalogues):
        for name in ("TRANSLATIONS", "TEMPLATE"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, tmp_path / "desk_app.pot" if name == "TEMPLATE" else tmp_path)
    assert catalogues.main(["extract"]) == 0
    assert (tmp_path / "desk_app.pot").read_text(encoding="utf-8") == template_text(template)
    assert catalogues.main(["update"]) == 0
    assert catalogues.main(["compile"]) == 0
    assert sorted(file.parent.parent.name for file in tmp_path.rglob("*.mo")) == sorted(
        language.code for language in TRANSLATED
    )
    assert catalogues.main(["check"]) == 1


def test_a_records_field_is_not_taken_for_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_files, "ROOT", tmp_path)
    code = (
        'a = tr.text("today")\n'
        'b = self._tr.text("Letter {number}", number=letter.text("number"))\n'
        'c = record.text("due")\n'
        'd = tr.text(\n    "tomorrow"\n)\n'
        'e = N_("people")\n'
        'f = tr.plural("{count} day", "{count} days", 3)\n'
    )
    (tmp_path / "desk_app").mkdir()
    (tmp_path / "desk_app" / "page.py").write_text(code, encoding="utf-8")
    found = [entry.id for entry in extracted()]
    assert found == ["today", "Letter {number}", "tomorrow", "people", ("{count} day", "{count} days")]

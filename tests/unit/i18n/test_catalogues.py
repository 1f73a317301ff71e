"""The catalogues are whole, and each thing that could be wrong with one is seen."""

from pathlib import Path

import catalogue_files
import catalogues
import pytest
from babel.messages.catalog import Message
from catalogue_checks import Glossary, complaints, in_message, read_glossary
from catalogue_files import extracted, in_cyrillic, merged, message_id, messages_of, read, written

from desk_app.i18n.languages import (
    ENGLISH,
    RUSSIAN,
    TAJIK,
    TRANSLATED,
    UZBEK_CYRILLIC,
    UZBEK_LATIN,
    Language,
)

GLOSSARY: Glossary = {"client": {"tg": {"мизоҷ"}}, "undo": {"tg": {"ботил сохтан"}}}


def test_the_catalogues_are_whole() -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    ("language", "source", "words", "complaint"),
    [
        (TAJIK, "Dear client", "", "not translated"),
        (TAJIK, "{name} came", "{nom} омад", "other placeholders"),
        (TAJIK, "Page %1", "Саҳифа", "other placeholders"),
        (TAJIK, "<b>Page</b>", "Саҳифа", "other placeholders"),
        (TAJIK, "He came.", "Омад", "ends otherwise"),
        (TAJIK, "He came", " Омад", "other spaces"),
        (TAJIK, "He came", "Омад!", "exclamation"),
        (TAJIK, "A note", "Эзоҳ и\u0304", "not composed"),
        (TAJIK, "“Roh”", "“Роҳ”", "quotation marks"),
        (UZBEK_LATIN, "“Roh”", "«Roh»", "quotation marks"),
        (UZBEK_LATIN, "No", "Yo'q", "apostrophe"),
        (TAJIK, "Client", "Муштарӣ", "glossary"),
        (TAJIK, "Undo", "Бекор кардан", "glossary"),
        (TAJIK, "He came", "Oмaд", "two scripts"),
        (TAJIK, "He came", "Came", "another alphabet"),
        (TAJIK, "A cry", "Ылды", "another alphabet"),
        (UZBEK_CYRILLIC, "A cry", "Щыл", "another alphabet"),
        (UZBEK_LATIN, "He came", "Келди", "another alphabet"),
    ],
)
def test_a_wrong_translation_is_seen(language: Language, source: str, words: str, complaint: str) -> None:
    found = in_message(language, Message(source, words), GLOSSARY)
    assert [what for what in found if complaint in what]


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
    assert in_message(language, Message(source, words), GLOSSARY) == []


def test_every_plural_form_must_be_filled() -> None:
    source = ("{count} day", "{count} days")
    assert in_message(RUSSIAN, Message(source, ("{count} день", "{count} дня")), GLOSSARY) == ["not translated"]
    assert in_message(RUSSIAN, Message(source, ("{count} день", "", "{count} дней")), GLOSSARY) == ["not translated"]
    assert in_message(RUSSIAN, Message(source, ("{count} день", "{count} дня", "{count} дней")), GLOSSARY) == []


def test_a_fuzzy_translation_is_seen() -> None:
    assert in_message(TAJIK, Message("Day", "Рӯз", flags={"fuzzy"}), GLOSSARY) == ["marked fuzzy"]


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


def test_taking_over_keeps_words_and_drops_what_is_gone() -> None:
    template, old = extracted(), read(TAJIK)
    old.add("Gone from the code", "Нест")
    new = merged(template, old, TAJIK)
    assert [message_id(one) for one in messages_of(new)] == [message_id(one) for one in messages_of(template)]
    assert new.get("Surname").string == "Насаб"


def test_the_same_words_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = extracted()
    first = written(merged(template, read(RUSSIAN), RUSSIAN), RUSSIAN)
    (tmp_path / "ru" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "ru" / "LC_MESSAGES" / "desk_app.po").write_text(first, encoding="utf-8")
    monkeypatch.setattr(catalogue_files, "TRANSLATIONS", tmp_path)
    assert written(merged(template, read(RUSSIAN), RUSSIAN), RUSSIAN) == first
    assert "nplurals=3" in first
    assert not any(word in first for word in ("Creation-Date", "Revision-Date", "Last-Translator", "Generated-By"))


def test_cyrillic_uzbek_is_made_from_latin_uzbek() -> None:
    cyrillic = in_cyrillic(read(UZBEK_LATIN), UZBEK_CYRILLIC)
    assert cyrillic.get("Surname").string == "Фамилия"
    assert cyrillic.get("No").string == "Йўқ"


def test_the_commands_write_and_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (catalogue_files, catalogues):
        for name in ("TRANSLATIONS", "TEMPLATE"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, tmp_path / "desk_app.pot" if name == "TEMPLATE" else tmp_path)
    assert catalogues.main(["extract"]) == 0
    assert (tmp_path / "desk_app.pot").read_text(encoding="utf-8") == written(extracted(), ENGLISH)
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
    found = [message_id(message) for message in messages_of(extracted())]
    assert found == ["today", "Letter {number}", "tomorrow", "people", ("{count} day", "{count} days")]

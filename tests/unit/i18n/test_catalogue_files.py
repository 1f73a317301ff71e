"""A catalogue's file is read strictly and written so that it comes back as it was."""

import gettext
import io

import pytest
from catalogue_files import path_of, read
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.i18n.catalogue import reading
from desk_app.i18n.catalogue.entry import Catalogue, Entry, Signature, digest
from desk_app.i18n.catalogue.reading import NoLanguage, NotACatalogue
from desk_app.i18n.catalogue.writing import compiled, written
from desk_app.i18n.languages import RUSSIAN, TAJIK, TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, Language

HEAD = 'msgid ""\nmsgstr "Language: tg\\n"\n\n'
ONE = 'msgid "No"\nmsgstr "Не"\n'
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"\\'), min_size=1, max_size=12)


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_the_shipped_catalogues_come_back_byte_for_byte(language: Language) -> None:
    assert written(read(language)).encode("utf-8") == path_of(language).read_bytes()


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=4), st.booleans())
def test_any_words_come_back(pairs: list[tuple[str, str]], fuzzy: bool) -> None:
    entries = tuple(Entry(one, forms=(words,), fuzzy=fuzzy) for one, words in dict(pairs).items())
    again = reading.read(written(Catalogue(TAJIK, entries)).encode("utf-8"))
    composed = reading.read(written(again).encode("utf-8"))  # What comes in is composed, so from there it stays.
    assert again == composed
    assert [one.fuzzy for one in again.entries] == [fuzzy] * len(entries)


def test_comments_plurals_and_a_signature_come_back() -> None:
    entry = Entry("{n} day", "{n} days", ("{n} рӯз", "{n} рӯз"), ("Of a delay.",), ("Read aloud.",), ("a.py", "b.py"))
    made = Catalogue(TAJIK, (entry,), Signature("Гулнора", "2026-03-05", digest([entry])))
    assert reading.read(written(made).encode("utf-8")) == made


def test_what_an_editor_makes_of_it_is_read() -> None:
    text = (
        "# Reader\r\n" + HEAD.replace("\n", "\r\n") + '#, fuzzy\r\n#| msgid "Nope"\r\nmsgid ""\r\n"N"\r\n"o"\r\n'
        'msgstr "Не"\r\n\r\n#~ msgid "Old"\r\n#~ msgstr "Кӯҳна"\r\n'
    )
    found = reading.read(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert found.entries == (Entry("No", forms=("Не",), fuzzy=True),)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("ru_RU", RUSSIAN),
        ("uz_Latn", UZBEK_LATIN),
        ("uz@latin", UZBEK_LATIN),
        ("uz-UZ-Cyrl", UZBEK_CYRILLIC),
        ("uz@cyrillic", UZBEK_CYRILLIC),
    ],
)
def test_a_language_is_known_however_an_editor_writes_it(said: str, language: Language) -> None:
    assert reading.read((HEAD.replace("tg", said) + ONE).encode("utf-8")).language is language


@pytest.mark.parametrize("said", ["uz", "de", "", "../tg", "uz_Arab"])
def test_another_language_is_none(said: str) -> None:
    with pytest.raises(NoLanguage):
        reading.read((HEAD.replace("tg", said) + ONE).encode("utf-8"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("<html>", 1),
        (HEAD + 'msgid "No\nmsgstr "Не"\n', 4),
        (HEAD + 'msgid "N"o"\nmsgstr "Не"\n', 4),
        (HEAD + 'msgid "\\x4eo"\nmsgstr "Не"\n', 4),
        (HEAD + 'msgid "No"\nmsgstr "Не\x9b2J"\n', 5),
        (HEAD + 'msgctxt "menu"\n' + ONE, 4),
        (HEAD + 'msgstr "Не"\n', 4),
        (HEAD + 'msgid "No"\nmsgid "No"\nmsgstr "Не"\n', 5),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 6),
        (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 6),
        (HEAD + 'msgid "a"\nmsgstr[0] "c"\n', 5),
        (HEAD + 'msgid "No"\n', 5),
        (HEAD + f'msgid "No"\nmsgstr "{"а" * 9000}"\n', 6),
        (HEAD + "msgid " + '""\n' * 50_000, 0),
        (HEAD + "# " + "а" * 40_000 + "\n" + ONE, 4),
    ],
)
def test_what_is_no_catalogue_is_refused_at_its_line(text: str, line: int) -> None:
    with pytest.raises(NotACatalogue) as caught:
        reading.read(text.encode("utf-8"))
    assert line in (0, caught.value.line)


def test_bytes_that_are_no_text_or_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotACatalogue) as caught:
        reading.read((HEAD + ONE).encode("utf-8") + b"# \xff\n")
    assert caught.value.line == 6
    monkeypatch.setattr(reading, "LARGEST", 40)
    with pytest.raises(NotACatalogue):
        reading.read((HEAD + ONE).encode("utf-8"))
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_ENTRIES", 1)
    with pytest.raises(NotACatalogue):
        reading.read((HEAD + ONE).encode("utf-8"))


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.text('msgidtr_plu[]0123# "\\\n,', max_size=120).map(str.encode))
def test_nothing_that_comes_in_breaks_the_reader(data: bytes) -> None:
    try:
        reading.read(HEAD.encode("utf-8") + data)
    except (NotACatalogue, NoLanguage):
        return


@pytest.mark.parametrize("on", ["2026-13-01", "05.03.2026", "2026-3-5", ""])
def test_a_signature_without_a_day_is_none(on: str) -> None:
    made = Catalogue(TAJIK, (Entry("No", forms=("Не",)),), Signature("Гулнора", on, "0" * 64))
    assert reading.read(written(made).encode("utf-8")).signature is None


def test_gettext_loads_what_is_translated_and_nothing_else() -> None:
    entries = (
        Entry("No", forms=("Не",)),
        Entry("Day", forms=("Рӯз",), fuzzy=True),
        Entry("Yes"),
        Entry("{n} day", "{n} days", ("{n} рӯз", "{n} рӯзҳо")),
    )
    loaded = gettext.GNUTranslations(io.BytesIO(compiled(Catalogue(TAJIK, entries))))
    assert [loaded.gettext(words) for words in ("No", "Day", "Yes")] == ["Не", "Day", "Yes"]
    assert [loaded.ngettext("{n} day", "{n} days", count) for count in (1, 5)] == ["{n} рӯз", "{n} рӯзҳо"]

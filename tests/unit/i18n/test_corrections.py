"""What was corrected is read once, and again as soon as its file is another."""

import os
from pathlib import Path

from desk_app.i18n.catalogue.corrections import corrected, kept, path_of
from desk_app.i18n.languages import RUSSIAN, UZBEK_CYRILLIC, UZBEK_LATIN, Language


def correct(folder: Path, language: Language, said: str) -> None:
    """Surname is said otherwise."""
    folder.mkdir(exist_ok=True)
    head = f'msgid ""\nmsgstr "Language: {language.code}\\n"\n'
    path_of(folder, language).write_text(f'{head}\nmsgid "Surname"\nmsgstr "{said}"\n', encoding="utf-8")


def said(folder: Path, language: Language) -> list[str]:
    """How Surname is said."""
    return [entry.forms[0] for entry in corrected(language, folder).entries]


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    correct(here, RUSSIAN, "Фамилия")
    correct(there, RUSSIAN, "Прозвище")
    first = kept(RUSSIAN, here)
    assert kept(RUSSIAN, here) is first
    assert said(there, RUSSIAN) == ["Прозвище"]
    assert said(here, RUSSIAN) == ["Фамилия"]
    correct(here, RUSSIAN, "Фамилии")  # As long as before: only the time tells.
    os.utime(path_of(here, RUSSIAN), ns=(1, 1))
    assert said(here, RUSSIAN) == ["Фамилии"]
    path_of(here, RUSSIAN).unlink()
    assert said(here, RUSSIAN) == []


def test_cyrillic_uzbek_follows_a_changed_file_in_latin_letters(tmp_path: Path) -> None:
    correct(tmp_path, UZBEK_LATIN, "Nasab")
    assert said(tmp_path, UZBEK_CYRILLIC) == said(tmp_path, UZBEK_CYRILLIC) == ["Насаб"]
    correct(tmp_path, UZBEK_LATIN, "Familiya")
    assert said(tmp_path, UZBEK_CYRILLIC) == ["Фамилия"]
    path_of(tmp_path, UZBEK_LATIN).unlink()
    assert said(tmp_path, UZBEK_CYRILLIC) == []

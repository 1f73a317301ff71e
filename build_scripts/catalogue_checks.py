"""What must be true of the catalogues before they ship; every complaint names the language and the English words."""

from collections.abc import Sequence
from pathlib import Path

from catalogue_files import ROOT, TEMPLATE, extracted, in_cyrillic, path_of, read, template_text

from desk_app.i18n.catalogue import checks
from desk_app.i18n.catalogue.entry import Catalogue, Entry
from desk_app.i18n.catalogue.glossary import Glossary, read_glossary
from desk_app.i18n.catalogue.writing import written
from desk_app.i18n.catalogue_words import told
from desk_app.i18n.languages import ENGLISH, TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN
from desk_app.i18n.translator import Translator

GLOSSARY = ROOT / "resources" / "glossary.csv"


def complaints() -> list[str]:
    """Everything that is wrong, in the order of languages and sentences."""
    template = extracted()
    found = []
    if not _same(TEMPLATE, template_text(template)):
        found.append("desk_app.pot is not what the code says: run extract")
    glossary = read_glossary(GLOSSARY)
    for language in TRANSLATED:
        found += in_catalogue(read(language), template, glossary)
    kept = read(UZBEK_CYRILLIC)
    if not _same(path_of(UZBEK_CYRILLIC), written(in_cyrillic(read(UZBEK_LATIN), UZBEK_CYRILLIC, kept.signature))):
        found.append("uz_Cyrl is not what uz_Latn makes: run update")
    return found


def in_catalogue(catalogue: Catalogue, template: Sequence[Entry], glossary: Glossary) -> list[str]:
    """What is wrong with one language's words."""
    code, tr = catalogue.language.code, Translator(ENGLISH)
    changed = {entry.id for entry in template} ^ {entry.id for entry in catalogue.entries}
    found = [f"{code}: not taken over, run update: {one!r}" for one in sorted(changed, key=str)]
    for entry in catalogue.entries:
        about = checks.complaints(entry, catalogue.language, glossary)
        found += [f"{code}: {told(one, tr)} {entry.id!r} {entry.forms!r}" for one in about]
    return found


def _same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text

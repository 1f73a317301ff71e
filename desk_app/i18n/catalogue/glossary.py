"""The programme's glossary: which words a term may be given in a language."""

import csv
import re
from collections import defaultdict
from pathlib import Path

from desk_app.i18n.languages import TRANSLATED, Language

ENDS = ".…:?"
"""Signs after a term that do not belong to it."""

Glossary = dict[str, dict[str, set[str]]]
"""English term in small letters -> language code -> the words it may be given."""

_ASIDE = re.compile(r"\s*\([^()]*\)")


def read_glossary(file: Path) -> Glossary:
    """The glossary, each term also without what it says in brackets. Raises OSError."""
    glossary: Glossary = defaultdict(lambda: defaultdict(set))
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    full = {term(row["en"]) for row in rows}
    for row in rows:
        for one in {term(row["en"])} | ({_bare(row["en"])} - full):
            for language in TRANSLATED:
                words = row[language.code]
                glossary[one][language.code] |= {term(words), _bare(words)}
    return glossary


def allowed(glossary: Glossary, source: str, language: Language) -> frozenset[str]:
    """What the glossary lets an English heading be called; empty where it is no term or only a part of a sentence,
    which bends a term's form."""
    is_heading = source == source.strip() and source[:1].isupper()
    return frozenset(glossary.get(term(source), {}).get(language.code, ())) if is_heading else frozenset()


def term(words: str) -> str:
    """Words as the glossary looks them up."""
    return words.strip().rstrip(ENDS).casefold()


def _bare(words: str) -> str:
    return term(_ASIDE.sub("", words))

"""No sentence for people stands in the code without being marked for the catalogues."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from catalogue_files import KEYWORDS, ROOT, TEMPLATE

from desk_app.i18n.catalogue.reading import read_entries

PLACES = ("ui", "cli", "usecases", "documents", "domain", "i18n")
FONTS = ("Noto Sans", "Noto Sans SemiBold")
_SENTENCE = re.compile(r"[A-Z][a-z]+ (?:[a-zA-Z]+[ .:?,]?)+")


@cache
def parsed(file: Path) -> ast.Module:
    """A module's tree, for the tests of this file together."""
    return ast.parse(file.read_text(encoding="utf-8"))


def unmarked(tree: ast.Module) -> Iterator[str]:
    """English sentences that are neither marked, nor docstrings, nor what a bug says of itself."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if (isinstance(node, ast.Call) and _name(node.func) in KEYWORDS) or isinstance(node, ast.Raise):
            passed |= {id(inner) for inner in ast.walk(node)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield from (words for words in [node.value] if _SENTENCE.fullmatch(words))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("place", PLACES)
def test_every_sentence_is_marked(place: str) -> None:
    found = {
        f"{file.relative_to(ROOT)}: {words}"
        for file in sorted((ROOT / "desk_app" / place).rglob("*.py"))
        for words in unmarked(parsed(file))
    }
    # The names of days and months are data of their language, not messages; the handbook names buttons by the words
    # they have where they stand (its own test looks for each of them there).
    words = {one for one in found if not {"languages.py", "chapters"}.intersection(Path(one.partition(":")[0]).parts)}
    assert {one for one in words if not one.endswith(FONTS)} == set()


def inside_strings(tree: ast.Module) -> Iterator[str]:
    """What is said inside an f-string, where the extractor of Python 3.11 sees no call."""
    for string in ast.walk(tree):
        for node in ast.walk(string) if isinstance(string, ast.JoinedStr) else ():
            if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS and node.args:
                words = node.args[0]
                if isinstance(words, ast.Constant) and isinstance(words.value, str) and words.value[:1].isupper():
                    yield words.value


def test_no_sentence_is_said_inside_an_f_string_alone() -> None:
    collected = {entry.one for entry in read_entries(TEMPLATE.read_bytes())}
    said = {words for file in sorted((ROOT / "desk_app").rglob("*.py")) for words in inside_strings(parsed(file))}
    assert said - collected == set()
    assert list(inside_strings(ast.parse("f'{tr.text(\"Alone\")}'"))) == ["Alone"]


def test_an_unmarked_sentence_is_seen() -> None:
    code = '''
"""The docstring stays."""
title = QLabel("Nothing was found.")
good = QLabel(tr.text("Nothing was found here."))
also = N_("Open the file")
raise ValueError("Not a stored date")
'''
    assert list(unmarked(ast.parse(code))) == ["Nothing was found."]


def test_the_places_exist() -> None:
    assert all((ROOT / "desk_app" / place).is_dir() for place in PLACES)

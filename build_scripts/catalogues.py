"""The words of the program: extract | update | compile | check (no word does all four), and sign.

extract   collects the English words of the code in translations/desk_app.pot
update    takes them over into every catalogue; Cyrillic Uzbek is made from Latin Uzbek
compile   writes the .mo files that the program loads
check     says what is missing or wrong, one line each; exit 1 when there is anything
sign      sign LANGUAGE NAME writes into the head of a catalogue that a native reader answers for its words as they are

A translator runs update, fills the empty msgstr of tg, ru and uz_Latn with any editor, and runs update and check.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalogue_checks import complaints
from catalogue_files import TEMPLATE, extracted, in_cyrillic, merged, path_of, read, template_text

from desk_app.i18n.catalogue.entry import Signature, digest
from desk_app.i18n.catalogue.writing import compiled, written
from desk_app.i18n.languages import TRANSLATED, UZBEK_CYRILLIC, UZBEK_LATIN, by_code


def extract() -> int:
    """Writes the template."""
    _write(TEMPLATE, template_text(extracted()).encode("utf-8"))
    return 0


def update() -> int:
    """Writes every catalogue anew from the code's words and the words it has."""
    template = extracted()
    for language in TRANSLATED:
        if language is not UZBEK_CYRILLIC:
            _write(path_of(language), written(merged(template, read(language))).encode("utf-8"))
    cyrillic = in_cyrillic(read(UZBEK_LATIN), UZBEK_CYRILLIC, read(UZBEK_CYRILLIC).signature)
    _write(path_of(UZBEK_CYRILLIC), written(cyrillic).encode("utf-8"))
    return 0


def compile_all() -> int:
    """Writes the .mo file beside every catalogue."""
    for language in TRANSLATED:
        _write(path_of(language).with_suffix(".mo"), compiled(read(language)))
    return 0


def check() -> int:
    """Prints every complaint; 1 when there is one."""
    found = complaints()
    for complaint in found:
        print(complaint)
    return 1 if found else 0


def sign(code: str, name: str, day: date) -> int:
    """Writes down who answers for a language's words from this day on; raises LookupError for an unknown language."""
    catalogue = read(by_code(code))
    signature = Signature(name.strip(), day.isoformat(), digest(catalogue.entries))
    _write(path_of(catalogue.language), written(replace(catalogue, signature=signature)).encode("utf-8"))
    return 0


COMMANDS = {"extract": extract, "update": update, "compile": compile_all, "check": check}


def main(arguments: Sequence[str]) -> int:
    """Runs one command, or all in their order."""
    parser = argparse.ArgumentParser(prog="catalogues.py", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("command", nargs="?", choices=[*COMMANDS, "sign"])
    parser.add_argument("language", nargs="?", choices=[language.code for language in TRANSLATED])
    parser.add_argument("name", nargs="?")
    said = parser.parse_args(arguments)
    if (said.command == "sign") != bool(said.name):
        parser.error("sign LANGUAGE NAME")
    if said.command == "sign":
        return sign(said.language, said.name, date.today())
    return max(COMMANDS[name]() for name in ([said.command] if said.command else COMMANDS))


def _write(file: Path, content: bytes) -> None:
    # Whole or not at all: the program may be reading it.
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_bytes(content)
    os.replace(partial, file)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

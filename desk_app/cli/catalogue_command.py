"""catalogue: how far the languages are translated, one given out for Poedit and taken back with checks. No vault."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from desk_app.cli.session import Command, Document, Session, columns
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, by_code, catalogue_words
from desk_app.i18n.catalogue.coverage import Coverage
from desk_app.i18n.catalogue.taking import Refused, Taken
from desk_app.i18n.languages import ENGLISH, TRANSLATED, Language
from desk_app.storage import files
from desk_app.usecases import catalogues

OK, WRONG = 0, 1


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "act", metavar="list|export|take|put-back", choices=tuple(_ACTS), help=tr.text("what to do with the words")
    )
    parser.add_argument("words", metavar="LANGUAGE FILE", nargs="*", help=tr.text("which language, and which file"))
    parser.set_defaults(parser=parser)


def _catalogue(session: Session) -> int:
    act, count = _ACTS[session.options.act]
    if len(session.options.words) != count:
        session.options.parser.error("list; export LANGUAGE FILE; take FILE; put-back LANGUAGE")
    return act(session)


def _list(session: Session) -> int:
    found = catalogues.covered()
    session.answer({"languages": [_document(one) for one in found]}, columns(_row(one, session.tr) for one in found))
    return OK


def _document(one: Coverage) -> Document:
    return {
        "language": one.language.code,
        "sentences": one.sentences,
        "translated": one.translated,
        "corrected": one.corrected,
        "signed_by": one.signature.by if one.signature else None,
        "signed_on": one.signature.on if one.signature else None,
        "signature_stands": one.stands,
    }


def _row(one: Coverage, tr: Translator) -> list[str]:
    signed = "" if one.language is ENGLISH else catalogue_words.signed(one, tr)
    return [one.language.code, catalogue_words.translated(one, tr), signed]


def _export(session: Session) -> int:
    code, path = session.options.words
    language = _language(session, code)
    files.refuse_taken(Path(path))
    count = catalogues.export(language, Path(path))
    document = {"language": language.code, "file": path, "sentences": count}
    session.answer(document, [session.tr.text("The words are in {file}.", file=path)])
    return OK


def _take(session: Session) -> int:
    taken = catalogues.take(Path(session.options.words[0]))
    session.answer(_taken_document(taken), _taken_lines(taken, session.tr))
    return WRONG if taken.refused else OK


def _taken_document(taken: Taken) -> Document:
    return {
        "language": taken.language.code,
        "taken": len(taken.changed),
        "same": taken.same,
        "empty": taken.empty,
        "refused": [
            {"sentence": one.entry.source, "translation": list(one.entry.forms), "reasons": _codes(one)}
            for one in taken.refused
        ],
    }


def _codes(refused: Refused) -> list[Document]:
    return [{"reason": one.fault.value, "about": one.about} for one in refused.reasons]


def _taken_lines(taken: Taken, tr: Translator) -> list[str]:
    lines = [catalogue_words.result(taken, tr)]
    for one in taken.refused:
        lines += ["", one.entry.source, *(f"  {form}" for form in one.entry.forms)]
        lines += [f"  - {catalogue_words.told(reason, tr)}" for reason in one.reasons]
    return lines


def _put_back(session: Session) -> int:
    language = _language(session, session.options.words[0])
    catalogues.put_back(language)
    words = session.tr.text("The words are those the program came with.")
    session.answer({"language": language.code}, [words])
    return OK


def _language(session: Session, code: str) -> Language:
    if code not in [language.code for language in TRANSLATED]:
        session.options.parser.error(code)
    return by_code(code)


_ACTS: Mapping[str, tuple[Callable[[Session], int], int]] = {
    "list": (_list, 0),
    "export": (_export, 2),
    "take": (_take, 1),
    "put-back": (_put_back, 1),
}
"""What each word does, and how many words follow it."""

COMMANDS = (
    Command(
        "catalogue", N_("say how far the languages are translated, give one out and take it back"), _takes, _catalogue
    ),
)

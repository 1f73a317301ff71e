"""How far a language is translated, and whether a native reader answers for its words."""

from dataclasses import dataclass

from desk_app.i18n.catalogue.entry import Catalogue, Signature, digest
from desk_app.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Coverage:
    """`corrected` sentences show other words on this computer than the program came with.

    `stands` is false where a word was changed after the signature.
    """

    language: Language
    sentences: int
    translated: int
    corrected: int = 0
    signature: Signature | None = None
    stands: bool = False


def coverage(shown: Catalogue, corrected: int) -> Coverage:
    """What is to be said of a language's words as they are shown."""
    signature = shown.signature
    return Coverage(
        shown.language,
        len(shown.entries),
        sum(entry.is_translated and not entry.fuzzy for entry in shown.entries),
        corrected,
        signature,
        signature is not None and signature.words == digest(shown.entries),
    )

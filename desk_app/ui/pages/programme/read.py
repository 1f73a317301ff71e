"""What the page of the programme asks of the vault, and its lines in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.errors import LetterTemplateBroken, Trouble
from desk_app.domain.records.choice import WORDS
from desk_app.domain.vocabulary import Vocabulary
from desk_app.i18n import labels
from desk_app.i18n.translator import Translator
from desk_app.i18n.trouble_words.files import OF_PARTS
from desk_app.storage.vault import Vault
from desk_app.ui.errors import ErrorReport
from desk_app.ui.pages.draft_keeper import kept_draft
from desk_app.usecases import choices, leading
from desk_app.usecases.choices import OpenList

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage
    from desk_app.documents.templates import Parts
    from desk_app.usecases.letter_texts import Standing

LETTER_DRAFT = "letter_text"


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the two cards show."""

    may_change: bool
    lists: tuple[OpenList, ...]
    standings: "tuple[Standing, ...]"


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One choice of a list; `lacks` names the languages of which an own one has no words."""

    code: str
    words: str
    is_own: bool
    is_off: bool
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A wording to be changed: its parts, those of the shipped one, and what was typed and not saved yet."""

    language: str
    may_change: bool
    parts: "Parts"
    shipped: "Parts"
    draft: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is wrong part by part, and where nothing is, the letter in this wording."""

    troubles: Mapping[str, Trouble]
    pages: "tuple[PageImage, ...]" = ()


def read(vault: Vault) -> Seen:
    """Everything at once; asked in the worker."""
    from desk_app.usecases import letter_texts  # the paper engine is the worker's to load

    return Seen(
        leading.may_lead(vault),
        tuple(choices.open_lists(vault.registry)),
        tuple(letter_texts.standings(vault)),
    )


def written(vault: Vault, language: str) -> Written:
    """One wording; asked in the worker."""
    from desk_app.usecases import letter_texts

    return Written(
        language,
        leading.may_lead(vault),
        letter_texts.parts(vault, language),
        letter_texts.shipped_parts(language),
        kept_draft(vault, f"{LETTER_DRAFT}:{language}"),
    )


def drawn(language: str, parts: "Parts", dots_per_inch: float) -> Drawn:
    """The letter to nobody in this wording, or what is wrong with it; asked in the worker."""
    from desk_app.documents import preview
    from desk_app.usecases import letter_texts

    if found := letter_texts.troubles(language, parts):
        return Drawn(found)
    return Drawn({}, tuple(preview.page_images(letter_texts.example(language, parts), dots_per_inch)))


def list_words(listed: OpenList, tr: Translator) -> str:
    """What a list is called: the field it fills, and of what."""
    return tr.text("{kind}: {words}", kind=labels.kinds(listed.kind, tr), words=labels.field(listed.field, tr))


def lines_of(vocabulary: Vocabulary, tr: Translator) -> list[ChoiceLine]:
    """The choices of a list in the order they are offered, those that are switched off where they stood."""
    offered = tr.own.offered(vocabulary)
    return [
        ChoiceLine(
            code,
            words,
            code not in vocabulary.words,
            code not in offered,
            () if code in vocabulary.words else _lacking(vocabulary, code, tr),
        )
        for code, words in labels.choices(vocabulary, tr)
    ]


def part_trouble(trouble: Trouble, errors: ErrorReport, tr: Translator) -> str:
    """What is wrong in one part, to stand beside it."""
    return tr.text(OF_PARTS[trouble.problem]) if isinstance(trouble, LetterTemplateBroken) else errors.words(trouble)


def _lacking(vocabulary: Vocabulary, code: str, tr: Translator) -> tuple[str, ...]:
    return tuple(field for field, language in WORDS.items() if not tr.own.words(vocabulary, code, (language,)))

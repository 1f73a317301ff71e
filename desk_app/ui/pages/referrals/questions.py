"""What the page asks the vault: each runs in the worker and gives values back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.domain.rules.consent import Withheld
from desk_app.domain.rules.referral_states import PRINTABLE, NextAction
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.pages.draft_keeper import kept_draft
from desk_app.usecases import audit, directory, people, records, referrals, transfers
from desk_app.usecases.directory import Organisation

if TYPE_CHECKING:
    from desk_app.documents.preview import PageImage


@dataclass(frozen=True, slots=True)
class Opened:
    """One referral with everything its panel shows."""

    referral: Record
    client: Record
    organisation: Record | None
    letters: tuple[Record, ...]
    steps: tuple[str, ...]
    next: NextAction | None
    printable: bool
    answer: Mapping[str, str] = field(compare=False)
    """What was typed about its answer and not saved yet."""
    incoming: bool
    """Whether another desk referred the person to this one, which answers."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a referral is written with: for whom, what may be told, where it can go, what was typed before."""

    client: Record
    referral: Record | None
    sharable: Mapping[str, Withheld | None]
    organisations: tuple[Organisation, ...]
    desks: tuple[str, ...]
    """The other desks of the programme."""
    draft: Mapping[str, str]
    languages: tuple[str, ...]
    """The languages its letters were printed in, the newest first."""

    @property
    def draft_key(self) -> str:
        """Under which key the draft of this form is kept."""
        return _draft_key(self.client, self.referral)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter to be drawn: a saved referral with what is typed over it, or one still being typed."""

    referral: RecordId | None
    values: Values
    language: str
    dots_per_inch: float


def answer_key(referral: RecordId) -> str:
    """Under which key the draft of an answer is kept."""
    return f"answer_referral:{referral}"


def opened(vault: Vault, referral: RecordId) -> Opened:
    """One referral. Raises `RecordNotFound`."""
    from desk_app.usecases import letters  # the paper engine is the worker's to load

    found = _of_kind(vault, referral, "referral")
    audit.note_seen(vault, found.kind, found.id)
    organisation = found.text("organisation")
    return Opened(
        found,
        records.show(vault, found.text("client")),
        records.show(vault, organisation) if organisation else None,
        tuple(letters.letters_of(vault, found.id)),
        referrals.steps(vault, found.id),
        referrals.next_step(found, vault.desk),
        found.text("state") in PRINTABLE and not referrals.is_incoming(vault, found),
        kept_draft(vault, answer_key(found.id)),
        referrals.is_incoming(vault, found),
    )


def subject(vault: Vault, about: RecordId) -> Subject:
    """What to write with: about a client a new referral, about a referral that one. Raises `RecordNotFound`."""
    from desk_app.usecases import letters

    found = records.show(vault, about)
    referral = found if found.kind == "referral" else None
    client = _of_kind(vault, referral.text("client") if referral is not None else about, "client")
    printed = letters.letters_of(vault, referral.id) if referral is not None else []
    return Subject(
        client,
        referral,
        referrals.sharable(vault, client.id),
        tuple(directory.organisations(vault)),
        tuple(transfers.other_desks(vault)),
        kept_draft(vault, _draft_key(client, referral)),
        tuple(letter.text("language") for letter in printed if letter.text("language") in LETTER_LANGUAGE),
    )


def drawn(vault: Vault, wanted: Wanted) -> "list[PageImage]":
    """The pages of the letter as it would print now. Raises what `letters.compose` raises."""
    from desk_app.documents import letter_pdf, preview
    from desk_app.usecases import letters

    letter = letters.compose(vault, wanted.referral, wanted.language, unsaved=wanted.values)
    return preview.page_images(letter_pdf.render_letter(letter), wanted.dots_per_inch)


def printed_pages(vault: Vault, letter: RecordId, dots_per_inch: float) -> "list[PageImage]":
    """The pages of a letter as it was printed. Raises `RecordNotFound`."""
    from desk_app.documents import preview
    from desk_app.usecases import letters

    return preview.page_images(letters.print_again(vault, letter), dots_per_inch)


def letter_of(vault: Vault, letter: RecordId) -> tuple[Record, Record]:
    """A printed letter and its referral. Raises `RecordNotFound`."""
    found = _of_kind(vault, letter, "letter")
    audit.note_seen(vault, found.kind, found.id)
    return found, records.show(vault, found.text("referral"))


def found_people(vault: Vault, text: str, language: str) -> list[people.Found]:
    """People by what was typed, in any script; equally good ones in the order of the language."""
    return people.find(vault, text, 20, language) if text else []


def _draft_key(client: Record, referral: Record | None) -> str:
    return f"edit_referral:{referral.id}" if referral is not None else f"referral:{client.id}"


def _of_kind(vault: Vault, record: str, kind: str) -> Record:
    found = records.show(vault, record)
    if found.kind != kind:
        raise RecordNotFound(record)
    return found

"""Trouble with records: values, references, events, consents, versions, erasing."""

from dataclasses import dataclass
from enum import Enum

from desk_app.domain.errors.root import Trouble


class Problem(Enum):
    """Why a field refuses a value."""

    TOO_LONG = "too_long"
    INVISIBLE = "invisible"
    ONE_LINE = "one_line"
    NOT_TEXT = "not_text"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_REFERENCE = "not_a_reference"
    NOT_YES_NO = "not_yes_no"


@dataclass(eq=False)
class InvalidValue(Trouble):
    """A field refuses a value; `limit` counts characters."""

    kind: str
    field: str
    problem: Problem
    limit: int


class InvalidBody(Trouble):
    """The body of a received change is not of the form that storage/FORMAT.md 2 gives."""


@dataclass(eq=False)
class FieldMissing(Trouble):
    """A new record lacks a field it cannot do without."""

    kind: str
    field: str


@dataclass(eq=False)
class UnknownKind(Trouble):
    """The command line named a kind of record that does not exist."""

    name: str


@dataclass(eq=False)
class UnknownField(Trouble):
    """The command line named a field that the kind does not have."""

    kind: str
    field: str


@dataclass(eq=False)
class FieldFixed(Trouble):
    """Somebody tried to say a field that the program alone sets: whose a record is, its number, what it corrects."""

    kind: str
    field: str


@dataclass(eq=False)
class RecordNotFound(Trouble):
    """No record has this id or number."""

    wanted: str


@dataclass(eq=False)
class EventNotEditable(Trouble):
    """An event is corrected by a new record, never changed."""

    kind: str


@dataclass(eq=False)
class ConsentMissing(Trouble):
    """What was asked for needs a consent that the client has not given, has refused or has withdrawn."""

    purpose: str


@dataclass(eq=False)
class StepNotAllowed(Trouble):
    """A referral in `state` does not go to the state `step`."""

    state: str
    step: str


@dataclass(eq=False)
class LetterNotOpen(Trouble):
    """A referral in `state` is over: no letter is printed for it any more."""

    state: str


@dataclass(eq=False)
class ClientNameMissing(Trouble):
    """A client needs at least one name: a first name alone is enough."""


@dataclass(eq=False)
class NotYourProfession(Trouble):
    """Only whoever has this role, and the key that goes with it, writes such a note; `role` is a code of `ROLE`."""

    role: str


@dataclass(eq=False)
class NoteSealed(Trouble):
    """The text of a private note is sealed to a key that this user does not hold; `role` is a code of `ROLE`."""

    role: str


@dataclass(eq=False)
class NoteAltered(Trouble):
    """A sealed text that was not written for the record it stands in, or is cut; `record` is that record's id."""

    record: str


class NeverErased(Trouble):
    """Only what was recorded about people is erased: not the directory, courses, targets, users."""


@dataclass(eq=False)
class KindFixed(Trouble):
    """Records of this kind are made by the program alone."""

    kind: str


@dataclass(eq=False)
class NothingToSettle(Trouble):
    """No disagreement has this id: it was settled meanwhile, or there never was one."""

    disagreement: str


class VersionsChanged(Trouble):
    """Since the versions were shown another one came, or somebody settled: what was not seen is not replaced."""


@dataclass(eq=False)
class BothNotPossible(Trouble):
    """A field without a place for a second true value, or whose place holds something else."""

    kind: str
    field: str


class NobodyToAsk(Trouble):
    """The record is of no desk that could be asked, or about no client."""


@dataclass(eq=False)
class SameClient(Trouble):
    """A client cannot be linked to himself."""

    number: str


@dataclass(eq=False)
class NotLinked(Trouble):
    """No link between these two clients was made, so none can be taken back."""

    one: str
    other: str


@dataclass(eq=False)
class LinkedThroughOthers(Trouble):
    """Two clients are one person because both are linked to somebody else."""

    one: str
    other: str


@dataclass(eq=False)
class KnownDifferent(Trouble):
    """A link would make one person of two clients who are known to be different people."""

    one: str
    other: str


@dataclass(eq=False)
class ListClosed(Trouble):
    """Choices can be added to the lists that no rule depends on; this one is no such list, or does not exist."""

    name: str


@dataclass(eq=False)
class ChoiceUnknown(Trouble):
    """The list has no choice with this code, or nobody has sent its words yet."""

    choice: str


@dataclass(eq=False)
class ChoiceFixed(Trouble):
    """A choice that came with the program can be switched off but not worded anew; no choice gets another code."""

    choice: str


@dataclass(eq=False)
class ChoiceCodeWrong(Trouble):
    """A code for a new choice is taken, or is not written as codes of own choices are."""

    choice: str


class LastChoice(Trouble):
    """Without this one there would be nothing left to choose from."""

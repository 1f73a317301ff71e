"""How a kind of record is declared. Table, change log, form, list, search index and export all come from it.

Adding a field is one line in its kind's module and its words in the catalogues. Numbers are permanent: a field that
is renamed keeps its number and one that goes leaves its number unused, because old and new versions of the program
share their data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from desk_app.domain.change import Value
from desk_app.domain.vocabulary import N_, Vocabulary

FieldValue = Value | frozenset[str]
Values = Mapping[str, FieldValue]
"""Field name -> value; None means nobody said. Sets are frozensets of codes, everything else as in the change body."""


class FieldType(Enum):
    """What a field holds and how it is typed, checked and shown."""

    TEXT = auto()
    LONG_TEXT = auto()
    SEALED_TEXT = auto()
    """Long text that only one profession reads: stored as base64 of an age file to that profession's key."""
    NAME = auto()
    PHONE = auto()
    CHOICE = auto()
    SET = auto()
    DATE = auto()
    PARTIAL_DATE = auto()
    NUMBER = auto()
    MONEY = auto()
    """Whole dirams, a hundredth of a somoni."""
    REFERENCE = auto()
    YES_NO = auto()


class MergeClass(Enum):
    """What two concurrent values of a field become (storage/FORMAT.md 3)."""

    EVENT = auto()
    IDENTITY = auto()
    MINOR = auto()
    SET = auto()
    MONOTONE = auto()
    LONG_TEXT = auto()


class Search(Enum):
    """How the search box finds a record by this field."""

    NAME = auto()
    NUMBER = auto()


_LIMITS = {FieldType.LONG_TEXT: 20_000, FieldType.SEALED_TEXT: 120_000}
"""Characters; Cyrillic letters are two bytes each and base64 makes them a third longer."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of a kind. `longest` limits text in characters, 0 as its type usually is; `refers_to` names the kind
    a reference points at; `reader` names the field of the same record that says which profession reads this one, and is
    empty for what everybody at the desk reads.
    """

    number: int
    name: str
    label: str
    type: FieldType = FieldType.TEXT
    merge: MergeClass = MergeClass.IDENTITY
    section: str = ""
    help: str = ""
    vocabulary: Vocabulary | None = None
    refers_to: str = ""
    search: Search | None = None
    required: bool = False
    longest: int = 0
    reader: str = ""
    inner: bool = False
    """For the program alone: in no form, list or export."""
    instead: str = ""
    """The field of the same record that may be said in place of this required one."""
    beside: str = ""
    """The field of the same record that keeps a second true value: a former surname, another phone; empty for none."""

    @property
    def limit(self) -> int:
        """The most characters a text may have."""
        if self.longest:
            return self.longest
        return _LIMITS.get(self.type, 300)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of record: its permanent number, its table's name, its words and its fields. A kind is only itself."""

    number: int
    name: str
    label: str
    plural: str
    own_fields: tuple[Field, ...]
    event: bool = False
    """An event never changes: a correction is a new record that points at the old one."""
    number_form: str = ""
    """How its human numbers are written from `desk` (letters), `year` and `count`; empty where it has none."""
    travels: bool = False
    """Goes to every desk (directory, targets); other kinds stay between their desk and the coordinator."""
    travels_from_coordinator: bool = False
    """A coordinator's records of it go to every desk, those of a desk to nobody but the coordinator."""
    inner: bool = False
    """Records that the program alone makes: nobody adds, edits or removes one."""
    silent: bool = False
    """What programs tell each other: it is not counted among what came or was sent."""
    looked_up: tuple[str, ...] = ()
    """The fields, beside references and numbers, by which its records are looked for: each has an index."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """System fields first, then the kind's own."""
        return SYSTEM_FIELDS + self.own_fields

    @property
    def shown_fields(self) -> tuple[Field, ...]:
        """The kind's own fields without those that are for the program alone."""
        return tuple(field for field in self.own_fields if not field.inner)

    @property
    def sealed_fields(self) -> tuple[Field, ...]:
        """The fields whose text lies in the vault only as one profession's sealed file."""
        return tuple(field for field in self.own_fields if field.type is FieldType.SEALED_TEXT)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@cache
def as_typed(field: Field) -> Field:
    """The field as a person types it: sealed text is written in the clear, and sealed when it is saved."""
    return replace(field, type=FieldType.LONG_TEXT) if field.type is FieldType.SEALED_TEXT else field


SYSTEM_FIELDS = (
    Field(1, "desk", N_("Desk"), merge=MergeClass.EVENT),
    Field(2, "number", N_("Record number"), merge=MergeClass.EVENT, search=Search.NUMBER),
    Field(3, "deleted", N_("Removed"), FieldType.YES_NO),
    Field(4, "corrects", N_("Corrects"), FieldType.REFERENCE, merge=MergeClass.EVENT),
)
REMOVED = 3
"""The number of the field that hides a record."""
FIRST_OWN_NUMBER = 10


class Registry:
    """All kinds that this version of the program knows. Passed in, so a test can add a field and follow it."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.kinds = kinds
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_number = {kind.number: kind for kind in kinds}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def numbered(self, number: int) -> Kind | None:
        """The kind with that number, or None when a newer version of the program declared it."""
        return self._by_number.get(number)

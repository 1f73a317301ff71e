"""The words of a record declaration: kinds, fields, sections, choices, and a stored value as a person reads it."""

from collections.abc import Callable, Collection

from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind
from desk_app.domain.rules.indicators import Indicator
from desk_app.domain.vocabulary import Vocabulary
from desk_app.i18n import formats
from desk_app.i18n.translator import Translator


def kind(declared: Kind, tr: Translator) -> str:
    """The kind's name for one record."""
    return tr.text(declared.label)


def kinds(declared: Kind, tr: Translator) -> str:
    """The kind's name for many records."""
    return tr.text(declared.plural)


def field(declared: Field, tr: Translator) -> str:
    """The words beside a field."""
    return tr.text(declared.label)


def choices(vocabulary: Vocabulary, tr: Translator) -> list[tuple[str, str]]:
    """Codes and their words, in the order they are shown, also those that are switched off."""
    return [(code, tr.choice(vocabulary, code)) for code in tr.own.codes(vocabulary)]


def offered(vocabulary: Vocabulary, tr: Translator) -> dict[str, str]:
    """Code -> words of what may be chosen, in the order it is shown."""
    return {code: tr.choice(vocabulary, code) for code in tr.own.offered(vocabulary)}


def in_use(vocabulary: Vocabulary, codes: Collection[str], tr: Translator) -> dict[str, str]:
    """Code -> words of those that occur among the codes, in the order they are shown; unknown ones at the end."""
    order = (*tr.own.codes(vocabulary), *sorted(code for code in codes if code in vocabulary))
    return {code: tr.choice(vocabulary, code) for code in order if code in codes}


def indicator(counted: Indicator, tr: Translator) -> str:
    """What a figure is called: one of an own choice as that choice is."""
    if counted.vocabulary is None:
        return tr.text(counted.name)
    return ", ".join(tr.choice(counted.vocabulary, code) for code in sorted(counted.codes))


def value(declared: Field, stored: FieldValue, tr: Translator, name_of: Callable[[str], str] = str) -> str:
    """A stored value as a person reads it; empty for nothing said. `name_of` turns a record's id into its name.

    A value that does not fit its field, as a newer version may write, is shown as it stands.
    """
    if stored is None or stored == "":
        return ""
    if isinstance(stored, frozenset):
        return ", ".join(_choices_of(declared, stored, tr))
    if isinstance(stored, bool):
        return tr.text("Yes") if stored else tr.text("No")
    if isinstance(stored, int):
        return _number(declared, stored, tr)
    return _text(declared, stored, tr, name_of)


def _choices_of(declared: Field, codes: frozenset[str], tr: Translator) -> list[str]:
    if declared.vocabulary is None:
        return sorted(codes)
    known = dict(choices(declared.vocabulary, tr))
    shown = [words for code, words in known.items() if code in codes]
    return shown + [tr.choice(declared.vocabulary, code) for code in sorted(codes - known.keys())]


def _number(declared: Field, stored: int, tr: Translator) -> str:
    if declared.type is FieldType.MONEY:
        return formats.money(stored, tr.language)
    return str(stored) if declared.name.endswith("_year") else formats.number(stored, tr.language)


def _text(declared: Field, stored: str, tr: Translator, name_of: Callable[[str], str]) -> str:
    match declared.type:
        case FieldType.CHOICE if declared.vocabulary is not None:
            return tr.choice(declared.vocabulary, stored)
        case FieldType.DATE | FieldType.PARTIAL_DATE if formats.is_stored_date(stored):
            return formats.partial_date(stored)
        case FieldType.PHONE:
            return formats.phone(stored)
        case FieldType.REFERENCE:
            return name_of(stored)
        case _:
            return stored

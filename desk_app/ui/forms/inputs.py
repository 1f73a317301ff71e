"""The input for each type of field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desk_app.domain.records.declaration import Field, FieldType, as_typed
from desk_app.domain.rules.doubts import DOUBT, PAPER_NUMBER, doubt
from desk_app.i18n import labels
from desk_app.ui.look import Look
from desk_app.ui.widgets.choices import SEGMENTS, ChoiceField, ReferenceField, SegmentField, SetField, YesNoField
from desk_app.ui.widgets.dates import DateField
from desk_app.ui.widgets.field import Doubts, FieldInput, FieldValue
from desk_app.ui.widgets.letters import LetterField, NameField
from desk_app.ui.widgets.lines import LongTextField, MoneyField, NumberField, PhoneField
from desk_app.ui.widgets.paper_number import PaperNumberField

Options = Mapping[str, Sequence[tuple[str, str]]]
"""Field name -> the records it may point at, as (id, words)."""
SHORT_WORDS = 34
"""Choices whose words together are no longer than so many characters stand side by side."""


def make_input(look: Look, field: Field, options: Options, today: Callable[[], date]) -> FieldInput:
    """The input for a field. Raises KeyError for a reference without options: the form's maker forgot them."""
    match field.type:
        case FieldType.NAME:
            return NameField(look, field.limit)
        case FieldType.LONG_TEXT | FieldType.SEALED_TEXT:
            return LongTextField(look, as_typed(field).limit)
        case FieldType.PHONE:
            return PhoneField(look)
        case FieldType.DATE | FieldType.PARTIAL_DATE:
            return DateField(look, today, partial=field.type is FieldType.PARTIAL_DATE)
        case FieldType.NUMBER:
            return NumberField(look, grouped=not field.name.endswith("_year"))
        case FieldType.MONEY:
            return MoneyField(look)
        case FieldType.YES_NO:
            return YesNoField(look)
        case FieldType.REFERENCE:
            return ReferenceField(look, options[field.name])
        case FieldType.CHOICE | FieldType.SET:
            return _choice(look, field)
        case FieldType.TEXT if field.name == PAPER_NUMBER:
            return PaperNumberField(look, field.limit)
        case FieldType.TEXT:
            return LetterField(look, field.limit)


def make_doubts(look: Look, field: Field, today: Callable[[], date]) -> Doubts:
    """What is said about unlikely values of a field."""

    def doubts(value: FieldValue) -> str:
        found = doubt(field, value, today())
        return look.tr.choice(DOUBT, found) if found is not None else ""

    return doubts


def _choice(look: Look, field: Field) -> FieldInput:
    vocabulary = field.vocabulary
    assert vocabulary is not None
    words = labels.offered(vocabulary, look.tr)

    def others(code: str) -> str:
        return look.tr.choice(vocabulary, code)

    if field.type is FieldType.SET:
        return SetField(look, words, others)
    if len(words) <= SEGMENTS and sum(map(len, words.values())) <= SHORT_WORDS:
        return SegmentField(look, words, others)
    return ChoiceField(look, words, others=others)

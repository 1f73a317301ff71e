"""Bodies as most are: single values, nothing replaced. Decoding and checking them is one step, in msgspec's own code.

What is read here is exactly what the checks of `validation` would leave of it. A body with anything else is not read
here: a set, a sealed text, an escaped sign, a text that would be stored in another form, a field that the kind lacks,
a value that its field refuses.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from desk_app.domain.change import Value
from desk_app.domain.records.declaration import Field, FieldType, Kind
from desk_app.domain.records.validation import MAX_NUMBER

Said = tuple[tuple[Value], ...]
"""One value for each of the kind's fields, in their order; `NOT_SAID` itself where the body does not name the field."""

NOT_SAID = (None,)
"""Known by its identity: somebody may also say None."""

_NOTHING = Literal["\n"]
"""A text that no plain body has: what sets and sealed texts say is not read here."""
_YEAR = "18[89][0-9]|19[0-9]{2}|2[01][0-9]{2}"
_MONTH = "0[1-9]|1[0-2]"
_DAY = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
"""With its month. The 29th of February is left to who knows the years."""

_PATTERNS = {
    FieldType.DATE: f"^({_YEAR})-({_DAY})\\Z",
    FieldType.PARTIAL_DATE: f"^({_YEAR})(-({_MONTH}|{_DAY}))?\\Z",
    FieldType.PHONE: r"^\+?[0-9 ()./-]{3,40}\Z",
    FieldType.REFERENCE: r"^[0-9a-f]{32}\Z",
}


def read(kind: Kind, body: bytes) -> Said | None:
    """What a plain body of this kind says; None for any other."""
    try:
        if not _is_stored_so(body.decode()):
            return None
        said: Said = msgspec.structs.astuple(_decoder(kind)(body).f)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return said


def _is_stored_so(text: str) -> bool:
    """Whether every text in it is in NFC, not empty, without outer spaces and unseen signs, and stands there as it is.

    A part of a text in NFC is in NFC. What is printable has no unseen sign and no space but the plain one.
    """
    return (
        text.isprintable()
        and "\\" not in text
        and '""' not in text
        and '" ' not in text
        and ' "' not in text
        and unicodedata.is_normalized("NFC", text)
    )


@cache
def _decoder(kind: Kind) -> Callable[[bytes], Any]:
    fields = [(field.name, GenericAlias(tuple, _type_of(field)), NOT_SAID) for field in kind.fields]
    numbers = {field.name: str(field.number) for field in kind.fields}
    said = msgspec.defstruct(kind.name, fields, rename=numbers, forbid_unknown_fields=True, gc=False)
    body = msgspec.defstruct("PlainBody", [("f", said)], forbid_unknown_fields=True, gc=False)
    return msgspec.json.Decoder(body).decode


def _type_of(field: Field) -> Any:
    match field.type:
        case FieldType.TEXT | FieldType.NAME | FieldType.LONG_TEXT:
            return Annotated[str, Meta(max_length=field.limit)] | None
        case FieldType.CHOICE if field.vocabulary and field.vocabulary.words:
            return Literal[tuple(field.vocabulary.words)] | None
        case FieldType.NUMBER | FieldType.MONEY:
            return Annotated[int, Meta(ge=0, le=MAX_NUMBER)] | None
        case FieldType.YES_NO:
            return bool | None
        case FieldType.DATE | FieldType.PARTIAL_DATE | FieldType.PHONE | FieldType.REFERENCE:
            return Annotated[str, Meta(pattern=_PATTERNS[field.type])] | None
        case _:
            return _NOTHING

"""Choices that a coordinator added to an open vocabulary, or switched off in it. They go to every desk.

One record for each choice: its id follows from vocabulary and code, so two coordinators who say something of the same
choice write about the same record. An own choice lives by its code alone (`vocabulary.OWN_CODE`): whoever has not
received this record yet keeps and passes on the value, and shows its code.
"""

import hashlib

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_

LONGEST_WORDS = 80
WORDS = {"tg": "tg", "ru": "ru", "uz": "uz_Latn", "en": "en"}
"""The fields with the words, each with the language it is written in; Uzbek Cyrillic follows from Uzbek Latin."""
_ID_DOMAIN = b"roh choice\0"

CHOICE = Kind(
    22,
    "choice",
    N_("Choice"),
    N_("Choices"),
    travels=True,
    inner=True,
    own_fields=(
        Field(10, "vocabulary", N_("List of choices"), FieldType.TEXT, MergeClass.EVENT, required=True, longest=40),
        Field(11, "code", N_("Code"), FieldType.TEXT, MergeClass.EVENT, required=True, longest=40),
        Field(12, "off", N_("Switched off"), FieldType.YES_NO, MergeClass.MINOR),
        Field(13, "tg", N_("In Tajik"), FieldType.TEXT, MergeClass.MINOR, longest=LONGEST_WORDS),
        Field(14, "ru", N_("In Russian"), FieldType.TEXT, MergeClass.MINOR, longest=LONGEST_WORDS),
        Field(
            15,
            "uz",
            N_("In Uzbek, Latin script"),
            FieldType.TEXT,
            MergeClass.MINOR,
            longest=LONGEST_WORDS,
            help=N_("The Cyrillic letters follow by themselves."),
        ),
        Field(16, "en", N_("In English"), FieldType.TEXT, MergeClass.MINOR, longest=LONGEST_WORDS),
    ),
)


def choice_of(vocabulary: str, code: str) -> RecordId:
    """The id of the record about a choice."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + vocabulary.encode() + b"\0" + code.encode()).hexdigest()[:32])

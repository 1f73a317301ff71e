"""The programme's own wording of the referral letter, one record for each language. It goes to every desk.

The wording is a whole TOML text (`documents/templates.py`); an empty one means the wording that came with the program.
"""

import hashlib

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.domain.vocabulary import N_

LARGEST_WORDING = 64 * 1024
"""Characters."""
_ID_DOMAIN = b"roh letter text\0"

LETTER_TEXT = Kind(
    23,
    "letter_text",
    N_("Letter wording"),
    N_("Letter wordings"),
    travels=True,
    inner=True,
    own_fields=(
        Field(
            10,
            "language",
            N_("Language"),
            FieldType.CHOICE,
            MergeClass.EVENT,
            vocabulary=LETTER_LANGUAGE,
            required=True,
        ),
        Field(
            11,
            "wording",
            N_("Letter wording"),
            FieldType.LONG_TEXT,
            MergeClass.LONG_TEXT,
            longest=LARGEST_WORDING,
        ),
    ),
)


def letter_text_of(language: str) -> RecordId:
    """The id of the record with the wording in a language."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + language.encode()).hexdigest()[:32])

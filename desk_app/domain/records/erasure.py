"""Erasures: one record for each record that was erased, so that no old bundle and no restore brings it back.

The id of an erasure follows from the id of what was erased and does not lead back to it. Its `desk` is the desk whose
the erased record was. Two devices may erase the same record on different days: the last counts.
"""

import hashlib

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

REASON = Vocabulary(
    "erasure_reason",
    {
        "asked": N_("The person asked for it"),
        "retention": N_("The time for keeping it is over"),
        "mistake": N_("It was recorded by mistake"),
    },
)
_ID_DOMAIN = b"roh erasure\0"

ERASURE = Kind(
    16,
    "erasure",
    N_("Erasure"),
    N_("Erasures"),
    inner=True,
    own_fields=(
        Field(10, "reason", N_("Reason"), FieldType.CHOICE, MergeClass.MONOTONE, vocabulary=REASON, required=True),
        Field(11, "erased_on", N_("Erased on"), FieldType.DATE, MergeClass.MONOTONE, required=True),
        Field(12, "part_of", N_("Part of"), FieldType.TEXT, MergeClass.MONOTONE, longest=32, inner=True),
        # Every desk that may hold it, its own too, as a JSON list: whoever moved, or was referred, is at several.
        Field(13, "desks", N_("Desks"), FieldType.TEXT, MergeClass.MONOTONE, longest=4_000, inner=True),
    ),
)


def erasure_of(record: RecordId) -> RecordId:
    """The id of the erasure of a record: whether a record was erased is one look for this id."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + record.encode()).hexdigest()[:32])

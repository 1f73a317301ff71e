"""Whether two clients on record are the same person: one record for each pair that somebody judged.

Nothing of the two clients is changed by it, so taking it back restores exactly what was. The id of the record follows
from the pair, so two vaults that judge the same pair write about the same record. Its `desk` is the desk of both
clients, or that of the vault which judged where theirs differ: so it goes to a desk only if both people are its own.
"""

import hashlib

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

SAME, DIFFERENT, OPEN = "same", "different", "open"
STATE = Vocabulary(
    "sameness_state",
    {
        SAME: N_("The same person"),
        DIFFERENT: N_("Two different people"),
        OPEN: N_("Not decided"),
    },
)
_ID_DOMAIN = b"roh sameness\0"

SAMENESS = Kind(
    17,
    "sameness",
    N_("Same person"),
    N_("Same people"),
    inner=True,
    own_fields=(
        Field(10, "one", N_("Client"), FieldType.REFERENCE, MergeClass.EVENT, refers_to="client", required=True),
        Field(
            11, "other", N_("Other client"), FieldType.REFERENCE, MergeClass.EVENT, refers_to="client", required=True
        ),
        Field(12, "state", N_("Same person or not"), FieldType.CHOICE, vocabulary=STATE, required=True),
    ),
)


def pair_of(a: RecordId, b: RecordId) -> tuple[RecordId, RecordId]:
    """The two in the order in which their record names them."""
    return (a, b) if a <= b else (b, a)


def sameness_of(a: RecordId, b: RecordId) -> RecordId:
    """The id of the record about two clients, in whatever order they are given."""
    one, other = pair_of(a, b)
    return RecordId(hashlib.sha256(_ID_DOMAIN + one.encode() + b"\0" + other.encode()).hexdigest()[:32])

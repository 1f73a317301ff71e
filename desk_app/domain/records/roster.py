"""Versions of the roster: whom a coordinator has admitted to the programme, and whom it has shut out.

One counts only as its coordinator's device wrote and signed it (`sync.roster`); nobody else's word about it does.
"""

import hashlib

from desk_app.domain.change import ChainId
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_

_ID_DOMAIN = b"roh roster\0"
LONGEST = 500_000
"""Characters of a version's content; `sync.signed_roster.MOST_ENTRIES` entries always fit."""

ROSTER = Kind(
    21,
    "roster",
    N_("Version of the roster"),
    N_("Versions of the roster"),
    event=True,
    travels=True,
    inner=True,
    silent=True,
    own_fields=(
        Field(10, "version", N_("Version"), FieldType.NUMBER, MergeClass.EVENT, required=True),
        Field(11, "previous", N_("The version before"), merge=MergeClass.EVENT, longest=64, required=True),
        Field(12, "content", N_("Content"), FieldType.LONG_TEXT, MergeClass.EVENT, longest=LONGEST, required=True),
        Field(13, "signature", N_("Signature"), merge=MergeClass.EVENT, longest=100, required=True),
    ),
)


def roster_of(chain: ChainId, version: int) -> RecordId:
    """The id of the record that holds this version."""
    return RecordId(hashlib.sha256(_ID_DOMAIN + f"{chain}\0{version}".encode()).hexdigest()[:32])

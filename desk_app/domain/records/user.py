"""Who works at a desk: with it the coordinator sees a name, not a number, behind a change. Its author is its user."""

from desk_app.domain.records.declaration import Field, FieldType, Kind
from desk_app.domain.vocabulary import N_

USER = Kind(
    13,
    "user",
    N_("User"),
    N_("Users"),
    own_fields=(Field(10, "name", N_("Name"), FieldType.NAME, required=True),),
    inner=True,
)

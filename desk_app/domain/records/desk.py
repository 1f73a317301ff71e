"""The desk itself: what a letterhead and a signature need. It goes to every desk, as letters and people do."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_

DESK = Kind(
    12,
    "desk_profile",
    N_("Desk"),
    N_("Desks"),
    travels=True,
    own_fields=(
        Field(10, "name_tg", N_("Name in Tajik"), FieldType.TEXT),
        Field(11, "name_ru", N_("Name in Russian"), FieldType.TEXT),
        Field(12, "address", N_("Address"), FieldType.TEXT, MergeClass.MINOR),
        Field(13, "phone", N_("Phone number"), FieldType.PHONE, MergeClass.MINOR),
        Field(14, "signatory_post", N_("Post of who signs"), FieldType.TEXT, MergeClass.MINOR),
        Field(15, "signatory_name", N_("Name of who signs"), FieldType.NAME, MergeClass.MINOR),
    ),
)

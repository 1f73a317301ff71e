"""The directory: organisations that a client can be referred to (after Open Referral HSDS 3). It goes to every desk."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

CATEGORY = Vocabulary(
    "organisation_category",
    {
        "legal_aid": N_("Legal aid"),
        "employment": N_("Employment"),
        "training": N_("Vocational training"),
        "treatment": N_("Treatment"),
        "health": N_("Health"),
        "housing": N_("Housing"),
        "papers": N_("Papers"),
        "social": N_("Social protection"),
        "other": N_("Other"),
    },
    open=True,
)

ORGANISATION = Kind(
    8,
    "organisation",
    N_("Organisation"),
    N_("Organisations"),
    travels=True,
    own_fields=(
        Field(10, "name_tg", N_("Name in Tajik"), FieldType.TEXT),
        Field(11, "name_ru", N_("Name in Russian"), FieldType.TEXT),
        Field(12, "name_uz", N_("Name in Uzbek"), FieldType.TEXT),
        Field(13, "category", N_("Category"), FieldType.CHOICE, vocabulary=CATEGORY),
        Field(14, "head_post", N_("Post of the head"), FieldType.TEXT, MergeClass.MINOR),
        Field(15, "head_name", N_("Name of the head"), FieldType.NAME, MergeClass.MINOR),
        Field(16, "address", N_("Address"), FieldType.TEXT, MergeClass.MINOR),
        Field(17, "phone", N_("Phone number"), FieldType.PHONE, MergeClass.MINOR),
        Field(18, "place", N_("City"), FieldType.TEXT, MergeClass.MINOR),
        Field(19, "checked_on", N_("Last checked on"), FieldType.DATE, MergeClass.MINOR),
    ),
)

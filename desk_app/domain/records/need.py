"""Needs: what stands between the client and a steady life, along the seven pathways of resettlement work."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

PATHWAY = Vocabulary(
    "pathway",
    {
        "housing": N_("Housing"),
        "attitudes": N_("Feelings and attitudes"),
        "family": N_("Family and community"),
        "drugs_alcohol": N_("Drugs and alcohol"),
        "education_work": N_("Education and work"),
        "money_papers": N_("Money and papers"),
        "health": N_("Health"),
    },
    open=True,
)
STATE = Vocabulary(
    "need_state",
    {
        "open": N_("Not started"),
        "in_progress": N_("In progress"),
        "met": N_("Met"),
        "declined": N_("Declined"),
    },
)
SEVERITY = Vocabulary("severity", {"1": N_("Low"), "2": N_("Medium"), "3": N_("High")})

NEED = Kind(
    3,
    "need",
    N_("Need"),
    N_("Needs"),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, refers_to="client", required=True),
        Field(
            11,
            "pathway",
            N_("Area of life"),
            FieldType.CHOICE,
            vocabulary=PATHWAY,
            required=True,
        ),
        Field(12, "description", N_("What is needed"), FieldType.LONG_TEXT, MergeClass.LONG_TEXT),
        Field(13, "severity", N_("How urgent"), FieldType.CHOICE, vocabulary=SEVERITY),
        Field(14, "state", N_("Status"), FieldType.CHOICE, vocabulary=STATE),
        Field(15, "noted_on", N_("Date"), FieldType.DATE),
    ),
)

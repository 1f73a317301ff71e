"""Consent: what the client agreed to, in which words, and whether he took it back."""

from desk_app.domain.records.client import SPOKEN
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

PURPOSE = Vocabulary(
    "consent_purpose",
    {
        "service": N_("Keeping a record and giving help"),
        "sharing": N_("Naming the client to an organisation in a letter"),
        "health": N_("Mentioning health in a letter"),
        "statistics": N_("Counting without a name in reports"),
    },
)
STATE = Vocabulary(
    "consent_state",
    {"given": N_("Given"), "refused": N_("Refused"), "withdrawn": N_("Withdrawn")},
)
METHOD = Vocabulary(
    "consent_method",
    {"signed": N_("Signed"), "thumb": N_("Thumb print"), "spoken": N_("Spoken, with a witness")},
)

CONSENT = Kind(
    2,
    "consent",
    N_("Consent"),
    N_("Consents"),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, refers_to="client", required=True),
        Field(11, "purpose", N_("Purpose"), FieldType.CHOICE, vocabulary=PURPOSE, required=True),
        Field(
            12,
            "state",
            N_("Answer"),
            FieldType.CHOICE,
            MergeClass.MONOTONE,
            vocabulary=STATE,
            required=True,
        ),
        Field(13, "given_on", N_("Date"), FieldType.DATE),
        Field(14, "method", N_("How it was given"), FieldType.CHOICE, vocabulary=METHOD),
        Field(15, "language", N_("Language it was explained in"), FieldType.CHOICE, vocabulary=SPOKEN),
        Field(16, "withdrawn_on", N_("Withdrawn on"), FieldType.DATE),
    ),
)

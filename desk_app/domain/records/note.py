"""Private notes of a lawyer or a psychologist: sealed to their profession's key at their desk, as events.

That a note exists, its author and its date everybody at the desk sees; its text only whoever holds the key.
"""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

PROFESSION = Vocabulary("profession", {"lawyer": N_("Lawyer"), "psychologist": N_("Psychologist")})
E = MergeClass.EVENT

NOTE = Kind(
    14,
    "note",
    N_("Private note"),
    N_("Private notes"),
    event=True,
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, E, refers_to="client", required=True),
        Field(11, "profession", N_("Who can read it"), FieldType.CHOICE, E, vocabulary=PROFESSION, required=True),
        Field(12, "written_on", N_("Date"), FieldType.DATE, E, required=True),
        Field(
            13,
            "text",
            N_("Private note"),
            FieldType.SEALED_TEXT,
            E,
            help=N_("Colleagues of your profession at this desk can read it. All others see only that it exists."),
            required=True,
            reader="profession",
        ),
    ),
)

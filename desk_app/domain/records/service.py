"""Services: every consultation, visit and piece of help, as events that are corrected but never changed."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

TYPE = Vocabulary(
    "service_type",
    {
        "legal": N_("Legal consultation"),
        "psychological": N_("Psychological consultation"),
        "social": N_("Social consultation"),
        "documents": N_("Help with papers"),
        "work": N_("Help with finding work"),
        "material_aid": N_("Material aid"),
        "accompaniment": N_("Accompaniment"),
    },
    open=True,
)
MODE = Vocabulary(
    "service_mode",
    {
        "desk": N_("At the desk"),
        "visit": N_("Visit"),
        "phone": N_("Phone call"),
        "prison": N_("In prison"),
    },
    open=True,
)
E = MergeClass.EVENT

SERVICE = Kind(
    4,
    "service",
    N_("Consultation"),
    N_("Consultations"),
    event=True,
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, E, refers_to="client", required=True),
        Field(11, "type", N_("Type"), FieldType.CHOICE, E, vocabulary=TYPE, required=True),
        Field(12, "delivered_on", N_("Date"), FieldType.DATE, E, required=True),
        Field(13, "mode", N_("Where"), FieldType.CHOICE, E, vocabulary=MODE),
        Field(14, "minutes", N_("Minutes"), FieldType.NUMBER, E),
        Field(15, "subject", N_("Subject"), FieldType.TEXT, E),
        Field(16, "what_was_done", N_("What was done"), FieldType.LONG_TEXT, E),
        Field(17, "next_steps", N_("Agreed next steps"), FieldType.LONG_TEXT, E),
        Field(18, "authority", N_("Authority"), FieldType.TEXT, E, section=N_("Legal help")),
        Field(19, "deadline", N_("Deadline"), FieldType.DATE, E, section=N_("Legal help")),
    ),
)

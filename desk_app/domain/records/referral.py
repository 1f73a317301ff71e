"""Referrals, the letters printed for them, and follow-ups."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

STATE = Vocabulary(
    "referral_state",
    {
        "draft": N_("Draft"),
        "sent": N_("Sent"),
        "received": N_("Received"),
        "accepted": N_("Accepted"),
        "declined": N_("Declined"),
        "appointment": N_("Appointment made"),
        "in_service": N_("In service"),
        "completed": N_("Service completed"),
        "no_show": N_("Did not come"),
        "withdrawn": N_("Withdrawn"),
        "closed": N_("Closed"),
    },
)
PRIORITY = Vocabulary(
    "priority",
    {"24h": N_("Within 24 hours"), "72h": N_("Within 72 hours"), "2w": N_("Within two weeks")},
)
SHARED = Vocabulary(
    "shared_data",
    {
        "birth_date": N_("Date of birth"),
        "phone": N_("Phone number"),
        "address": N_("Address"),
        "paper_number": N_("Passport number"),
        "needs": N_("Needs"),
    },
)
LETTER_LANGUAGE = Vocabulary(
    "letter_language",
    {
        "tg": N_("Tajik"),
        "ru": N_("Russian"),
        "uz_Latn": N_("Uzbek (Latin script)"),
        "uz_Cyrl": N_("Uzbek (Cyrillic script)"),
    },
)

REFERRAL = Kind(
    5,
    "referral",
    N_("Referral"),
    N_("Referrals"),
    number_form="Д-{count}/{year}",
    looked_up=("to_desk",),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, refers_to="client", required=True),
        Field(
            11,
            "organisation",
            N_("Receiving organisation"),
            FieldType.REFERENCE,
            refers_to="organisation",
            required=True,
            instead="to_desk",
        ),
        Field(12, "service_asked", N_("What we ask for"), help=N_("It is printed in the letter."), required=True),
        Field(
            13,
            "reason",
            N_("Reason"),
            FieldType.LONG_TEXT,
            MergeClass.LONG_TEXT,
            help=N_("It is printed in the letter. Write nothing the client did not agree to."),
        ),
        Field(14, "priority", N_("Priority"), FieldType.CHOICE, vocabulary=PRIORITY),
        Field(
            15,
            "shared",
            N_("Details to share"),
            FieldType.SET,
            MergeClass.SET,
            vocabulary=SHARED,
        ),
        Field(16, "state", N_("Status"), FieldType.CHOICE, vocabulary=STATE),
        Field(17, "made_on", N_("Date"), FieldType.DATE),
        Field(18, "answer_due", N_("Answer expected by"), FieldType.DATE, MergeClass.MINOR),
        Field(19, "answered_on", N_("Answered on"), FieldType.DATE),
        Field(20, "result", N_("Result of the referral"), FieldType.LONG_TEXT, MergeClass.LONG_TEXT),
        Field(21, "escorted", N_("Accompaniment"), FieldType.YES_NO, MergeClass.MINOR),
        Field(22, "answered_by", N_("Who answered"), FieldType.NAME, MergeClass.MINOR),
        Field(
            23, "to_desk", N_("Receiving desk"), help=N_("In place of an organisation: another desk of the programme.")
        ),
    ),
)

LETTER = Kind(
    6,
    "letter",
    N_("Referral letter"),
    N_("Referral letters"),
    event=True,
    own_fields=(
        Field(
            10,
            "referral",
            N_("Referral"),
            FieldType.REFERENCE,
            MergeClass.EVENT,
            refers_to="referral",
            required=True,
        ),
        Field(11, "client", N_("Client"), FieldType.REFERENCE, MergeClass.EVENT, refers_to="client", required=True),
        Field(12, "language", N_("Language"), FieldType.CHOICE, MergeClass.EVENT, vocabulary=LETTER_LANGUAGE),
        Field(13, "printed_at", N_("Printed on"), FieldType.TEXT, MergeClass.EVENT),
        Field(14, "content", N_("Letter"), FieldType.LONG_TEXT, MergeClass.EVENT, longest=200_000),
        Field(15, "slip_code", N_("Reply slip code"), FieldType.TEXT, MergeClass.EVENT),
    ),
)

FOLLOWUP_STATE = Vocabulary(
    "followup_state",
    {"pending": N_("Pending"), "done": N_("Done"), "not_possible": N_("Not possible")},
)
FOLLOWUP_TYPE = Vocabulary(
    "followup_type",
    {
        "contact": N_("Contact the client"),
        "appointment": N_("Appointment"),
        "referral_answer": N_("Ask for the referral's answer"),
        "document": N_("Document"),
        "court_date": N_("Court date"),
        "release": N_("Release (from prison)"),
        "question": N_("Question of the coordinator"),
    },
    open=True,
)

FOLLOWUP = Kind(
    7,
    "followup",
    N_("Follow-up"),
    N_("Follow-ups"),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, refers_to="client", required=True),
        Field(11, "type", N_("Type"), FieldType.CHOICE, vocabulary=FOLLOWUP_TYPE, required=True),
        Field(12, "due", N_("Due date"), FieldType.DATE, required=True),
        Field(13, "state", N_("Status"), FieldType.CHOICE, vocabulary=FOLLOWUP_STATE),
        Field(14, "note", N_("Note"), FieldType.LONG_TEXT, MergeClass.LONG_TEXT),
        Field(15, "done_on", N_("Done on"), FieldType.DATE),
        Field(16, "at", N_("Time"), FieldType.TEXT, MergeClass.MINOR, help=N_("Hours and minutes, as 10:30.")),
    ),
)

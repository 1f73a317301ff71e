"""Education in prison and at the desks: courses and who took part."""

from desk_app.domain.records.client import SEX
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

COURSE_KIND = Vocabulary(
    "course_kind",
    {
        "vocational": N_("Vocational training"),
        "civic": N_("Civic education"),
        "personal": N_("Personal development"),
        "staff": N_("Staff training"),
        "study_tour": N_("Study tour"),
        "event": N_("Activity (event)"),
    },
    open=True,
)
PARTICIPANT_STATE = Vocabulary(
    "participant_state",
    {"enrolled": N_("Enrolled"), "completed": N_("Completed"), "dropped_out": N_("Dropped out")},
)

COURSE = Kind(
    9,
    "course",
    N_("Course"),
    N_("Courses"),
    own_fields=(
        Field(10, "title", N_("Title"), FieldType.TEXT, required=True),
        Field(
            11,
            "course_kind",
            N_("Type"),
            FieldType.CHOICE,
            vocabulary=COURSE_KIND,
            required=True,
        ),
        Field(12, "place", N_("Place"), FieldType.TEXT),
        Field(13, "trainer", N_("Trainer"), FieldType.NAME, MergeClass.MINOR),
        Field(14, "started_on", N_("Start date"), FieldType.DATE),
        Field(15, "ended_on", N_("End date"), FieldType.DATE),
        Field(16, "hours", N_("Hours"), FieldType.NUMBER),
        Field(17, "in_prison", N_("In prison"), FieldType.YES_NO),
    ),
)

PARTICIPANT = Kind(
    10,
    "participant",
    N_("Participant"),
    N_("Participants"),
    own_fields=(
        Field(10, "course", N_("Course"), FieldType.REFERENCE, refers_to="course", required=True),
        Field(11, "client", N_("Client"), FieldType.REFERENCE, refers_to="client"),
        Field(12, "name", N_("Full name"), FieldType.NAME),
        Field(13, "sex", N_("Sex"), FieldType.CHOICE, vocabulary=SEX),
        Field(14, "birth_year", N_("Year of birth"), FieldType.NUMBER),
        Field(15, "state", N_("Status"), FieldType.CHOICE, vocabulary=PARTICIPANT_STATE),
        Field(16, "certificate", N_("Certificate"), FieldType.TEXT, MergeClass.MINOR),
    ),
)

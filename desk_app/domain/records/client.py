"""The client: the person who comes to the desk, and where he stands between prison and home."""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass, Purpose, Search
from desk_app.domain.vocabulary import N_, Vocabulary

SEX = Vocabulary("sex", {"female": N_("Female"), "male": N_("Male"), "unknown": N_("Unknown")})
SPOKEN = Vocabulary(
    "spoken_language",
    {"tg": N_("Tajik"), "ru": N_("Russian"), "uz": N_("Uzbek"), "other": N_("Other")},
)
STAGE = Vocabulary(
    "stage",
    {
        "in_custody": N_("Before release"),
        "released": N_("Released"),
        "probation": N_("Probation"),
        "family": N_("Family member"),
    },
)
RELEASE_TYPE = Vocabulary(
    "release_type",
    {
        "end_of_term": N_("End of term"),
        "parole": N_("Conditional early release"),
        "amnesty": N_("Amnesty"),
        "pardon": N_("Pardon"),
        "other": N_("Other"),
    },
)
FIRST_CONTACT = Vocabulary(
    "first_contact",
    {
        "self": N_("Came by himself or herself"),
        "family": N_("Family"),
        "prison": N_("Prison staff"),
        "police": N_("Police"),
        "ngo": N_("Public organisation (NGO)"),
        "desk": N_("Another desk"),
        "course": N_("A course in prison"),
        "other": N_("Other"),
    },
)
SAFETY = Vocabulary(
    "safety",
    {
        "at_risk": N_("At risk from others"),
        "threat": N_("May threaten others"),
        "violence": N_("Violence at home"),
        "self_harm": N_("Risk of self-harm"),
        "overdose": N_("Risk of overdose"),
    },
)

CLIENT = Kind(
    1,
    "client",
    N_("Client"),
    N_("Clients"),
    number_form="{desk}-{year}-{count}",
    own_fields=(
        Field(10, "surname", N_("Surname"), FieldType.NAME, section=N_("Who"), search=Search.NAME),
        Field(11, "given_name", N_("Given name"), FieldType.NAME, section=N_("Who"), search=Search.NAME),
        Field(
            12,
            "father_name",
            N_("Patronymic"),
            FieldType.NAME,
            section=N_("Who"),
            search=Search.NAME,
        ),
        Field(
            13,
            "paper_name",
            N_("Name as in the identity document"),
            FieldType.NAME,
            section=N_("Who"),
            search=Search.NAME,
            help=N_("Copy it letter by letter, also when it is written wrongly there."),
        ),
        Field(
            14,
            "other_names",
            N_("Other names"),
            FieldType.NAME,
            section=N_("Who"),
            search=Search.NAME,
            help=N_("Former surname, nickname, another spelling; separated by commas."),
        ),
        Field(15, "sex", N_("Sex"), FieldType.CHOICE, section=N_("Who"), vocabulary=SEX, statistics=True),
        Field(
            16,
            "birth_date",
            N_("Date of birth"),
            FieldType.PARTIAL_DATE,
            section=N_("Who"),
            purpose=Purpose.SHARING,
            help=N_("The year alone is enough."),
        ),
        Field(
            17,
            "phone",
            N_("Phone number"),
            FieldType.PHONE,
            MergeClass.MINOR,
            section=N_("Contact"),
            purpose=Purpose.SHARING,
            search=Search.NUMBER,
        ),
        Field(
            18,
            "phone_safe",
            N_("Safe to call"),
            FieldType.YES_NO,
            MergeClass.MINOR,
            section=N_("Contact"),
            help=N_("Would a call put the person in danger or reveal the past?"),
        ),
        Field(
            19,
            "address",
            N_("Address"),
            merge=MergeClass.MINOR,
            section=N_("Contact"),
            purpose=Purpose.SHARING,
        ),
        Field(
            20,
            "language",
            N_("Language of contact"),
            FieldType.CHOICE,
            MergeClass.MINOR,
            section=N_("Contact"),
            vocabulary=SPOKEN,
        ),
        Field(
            21,
            "paper_number",
            N_("Passport number"),
            section=N_("Who"),
            purpose=Purpose.SHARING,
            search=Search.NUMBER,
        ),
        Field(22, "safety", N_("Safety"), FieldType.SET, MergeClass.SET, section=N_("Safety"), vocabulary=SAFETY),
        Field(
            23,
            "stage",
            N_("Stage"),
            FieldType.CHOICE,
            section=N_("Release"),
            vocabulary=STAGE,
            statistics=True,
        ),
        Field(24, "institution", N_("Penal institution"), section=N_("Release")),
        Field(25, "release_date", N_("Date of release"), FieldType.PARTIAL_DATE, section=N_("Release")),
        Field(
            26,
            "release_type",
            N_("Grounds for release"),
            FieldType.CHOICE,
            section=N_("Release"),
            vocabulary=RELEASE_TYPE,
        ),
        Field(
            27,
            "first_contact",
            N_("How the person came to the desk"),
            FieldType.CHOICE,
            MergeClass.MINOR,
            section=N_("Release"),
            vocabulary=FIRST_CONTACT,
            statistics=True,
        ),
    ),
)

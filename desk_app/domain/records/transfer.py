"""People who move from desk to desk: the transfer that one desk offers to another, and the request for one.

The desk that has a person offers her; from then on the other desk gets her whole history, and accepts or declines. Who
accepts writes the person's desk with it. The states of both kinds only rise: what two vaults say at the same time ends
the same everywhere, and an acceptance never loses, for then the other desk already works with the person.
"""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_, Vocabulary

OFFERED, DECLINED, WITHDRAWN, ACCEPTED = "offered", "declined", "withdrawn", "accepted"
STATE = Vocabulary(
    "transfer_state",
    {
        OFFERED: N_("Offered"),
        DECLINED: N_("Declined"),
        WITHDRAWN: N_("Withdrawn"),
        ACCEPTED: N_("Accepted"),
    },
)
ASKED, REFUSED = "asked", "refused"
REQUEST_STATE = Vocabulary(
    "transfer_request_state",
    {ASKED: N_("Asked for"), REFUSED: N_("Refused"), OFFERED: N_("Offered")},
)
REASON = Vocabulary(
    "transfer_reason",
    {
        "moved": N_("The person moved"),
        "asked": N_("The person asks for it"),
        "safety": N_("For the person's safety"),
        "service": N_("The other desk can help better"),
        "desk_closed": N_("The desk closes"),
        "mistake": N_("Registered at the wrong desk"),
    },
)
E = MergeClass.EVENT

TRANSFER = Kind(
    19,
    "transfer",
    N_("Transfer"),
    N_("Transfers"),
    inner=True,
    looked_up=("to_desk", "from_desk"),
    own_fields=(
        Field(10, "client", N_("Client"), FieldType.REFERENCE, E, refers_to="client", required=True),
        Field(11, "from_desk", N_("From desk"), merge=E, required=True),
        Field(12, "to_desk", N_("To desk"), merge=E, required=True),
        Field(13, "state", N_("Status"), FieldType.CHOICE, MergeClass.MONOTONE, vocabulary=STATE, required=True),
        Field(14, "reason", N_("Reason"), FieldType.CHOICE, E, vocabulary=REASON),
        Field(15, "note", N_("Note"), FieldType.LONG_TEXT, E),
        Field(16, "offered_on", N_("Offered on"), FieldType.DATE, E),
        Field(17, "answered_on", N_("Answered on"), FieldType.DATE, MergeClass.MONOTONE),
        Field(18, "answer", N_("Answer"), FieldType.LONG_TEXT, MergeClass.MINOR),
        Field(19, "request", N_("Request for a transfer"), FieldType.REFERENCE, E, refers_to="transfer_request"),
        # Above that of every transfer of the person that its author knew: the last one tells, whatever the clocks.
        Field(20, "turn", N_("Turn"), FieldType.NUMBER, E, inner=True),
    ),
)

TRANSFER_REQUEST = Kind(
    20,
    "transfer_request",
    N_("Request for a transfer"),
    N_("Requests for a transfer"),
    inner=True,
    looked_up=("to_desk",),
    own_fields=(
        Field(10, "client_number", N_("Record number"), merge=E),
        Field(11, "client_name", N_("Name"), FieldType.NAME, E),
        Field(12, "birth_date", N_("Date of birth"), FieldType.PARTIAL_DATE, E),
        Field(13, "reason", N_("Reason"), FieldType.CHOICE, E, vocabulary=REASON),
        Field(14, "note", N_("Note"), FieldType.LONG_TEXT, E),
        Field(15, "agreed", N_("The person agrees"), FieldType.YES_NO, E, required=True),
        # The desk that is thought to have the person; the coordinator may say another.
        Field(16, "to_desk", N_("To desk")),
        # Set where somebody found the person: then what is erased of her takes the request along.
        Field(17, "client", N_("Client"), FieldType.REFERENCE, refers_to="client"),
        Field(
            18, "state", N_("Status"), FieldType.CHOICE, MergeClass.MONOTONE, vocabulary=REQUEST_STATE, required=True
        ),
        Field(19, "asked_on", N_("Asked on"), FieldType.DATE, E),
        Field(20, "answered_on", N_("Answered on"), FieldType.DATE, MergeClass.MONOTONE),
        Field(21, "answer", N_("Answer"), FieldType.LONG_TEXT, MergeClass.MINOR),
    ),
)

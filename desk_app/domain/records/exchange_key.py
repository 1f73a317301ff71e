"""Exchange keys that devices announce: what is sealed for a device in a period is sealed with its key of that period.

One counts only as far as the device that it names wrote it. Days are counted from 1 January 1970.
"""

from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import N_

EXCHANGE_KEY = Kind(
    18,
    "exchange_key",
    N_("Exchange key"),
    N_("Exchange keys"),
    event=True,
    travels_from_coordinator=True,
    inner=True,
    silent=True,
    own_fields=(
        Field(10, "device", N_("Device"), merge=MergeClass.EVENT, longest=32, required=True),
        Field(11, "first_day", N_("First day"), FieldType.NUMBER, MergeClass.EVENT, required=True),
        Field(12, "recipient", N_("Public key"), merge=MergeClass.EVENT, longest=100, required=True),
    ),
)

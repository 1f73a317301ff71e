"""Targets: what the programme set out to reach; they belong to the coordinator and go to every desk."""

from desk_app.domain.records.declaration import Field, FieldType, Kind
from desk_app.domain.vocabulary import N_

TARGET = Kind(
    11,
    "target",
    N_("Target"),
    N_("Targets"),
    travels=True,
    own_fields=(
        Field(10, "indicator", N_("Indicator"), FieldType.TEXT, required=True),
        Field(11, "baseline", N_("Baseline"), FieldType.NUMBER),
        Field(12, "value", N_("Target"), FieldType.NUMBER, required=True),
    ),
)

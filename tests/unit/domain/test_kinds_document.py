"""The document of kinds and fields says what is declared: who reads bundles without the program needs it."""

from pathlib import Path

from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import SYSTEM_FIELDS, Field, FieldType, Kind

DOCUMENT = Path(__file__).parents[3] / "desk_app" / "domain" / "records" / "FORMAT.md"


def line(field: Field) -> str:
    """A row of a kind's table."""
    more = [field.vocabulary.name if field.vocabulary else field.refers_to]
    more += [f"{field.longest} characters" if field.longest else "", "required" if field.required else ""]
    told = (str(field.number), field.name, field.type.name, field.merge.name, ", ".join(filter(None, more)))
    return f"| {' | '.join(one.lower().replace('_', ' ') if at in (2, 3) else one for at, one in enumerate(told))} |"


def head(kind: Kind) -> str:
    """The heading of a kind, with where it goes if that is not as FORMAT.md of sync says of most."""
    told = ["event"] * kind.event + ["goes to all"] * kind.travels
    told += ["a coordinator's go to all"] * kind.travels_from_coordinator
    return f"### {kind.number} `{kind.name}`" + (f": {', '.join(told)}" if told else "")


def tables() -> str:
    """Every kind with its fields, and the codes of every vocabulary."""
    columns = "| number | field | type | merge | |\n|---|---|---|---|---|"
    parts = ["\n".join(["### Of every kind", "", columns, *map(line, SYSTEM_FIELDS)])]
    parts += ["\n".join([head(kind), "", columns, *map(line, kind.own_fields)]) for kind in ALL]
    known = {one.vocabulary.name: one.vocabulary for kind in ALL for one in kind.fields if one.vocabulary}
    codes = [f"| {name} | {' '.join(one.words)}{' and own ones' * one.open} |" for name, one in sorted(known.items())]
    parts.append("\n".join(["### Codes", "", "| vocabulary | codes, in their order |", "|---|---|", *codes]))
    return "\n\n".join(parts) + "\n"


def test_every_kind_field_and_code_stands_in_the_document() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert text[text.index("### Of every kind") :] == tables()
    assert {one.name.lower().replace("_", " ") for one in FieldType} <= {
        name.strip() for row in text.splitlines() if row.count("|") == 3 for name in row.split("|")[1].split(",")
    }

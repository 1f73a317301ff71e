"""Rows of any kind, as the declarations say: one record, a filtered list, a count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Field, FieldType, FieldValue, Kind
from desk_app.storage import meta
from desk_app.storage.parts import marks, parts
from desk_app.storage.projection import as_stored, as_value
from desk_app.storage.sqlcipher import Row, can_be_stored

_SKIPPED = "numbers_skipped"


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is visible now. Times are Unix milliseconds.

    A sealed text never stands in `values`; `sealed` names the fields that hold one (`sealed_texts` reads it).
    """

    id: RecordId
    kind: str
    values: Mapping[str, FieldValue]
    made: int
    made_by: str
    changed: int
    changed_by: str
    sealed: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """A field as text, empty when nobody said."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


def get(db: Database, kind: Kind, record: RecordId) -> Record | None:
    """One record, hidden ones too."""
    found = _select(db, kind, "id = ?", [record], "")
    return found[0] if found else None


def many(db: Database, kind: Kind, records: Sequence[RecordId]) -> list[Record]:
    """Those of the records that exist, in the order given."""
    selected = (_select(db, kind, f"id IN ({marks(part)})", part, "") for part in parts(records))
    found = {one.id: one for some in selected for one in some}
    return [found[record] for record in records if record in found]


def where(
    db: Database,
    kind: Kind,
    equal: Mapping[str, FieldValue],
    order: str = "id",
    limit: int = -1,
    language: str = "",
) -> list[Record]:
    """Visible records whose fields equal these values; `order` is a field, after a minus sign descending. With a
    `language` it may be several, parted by commas, whose words together stand in the order of its alphabet.

    Events that a later record corrects are left out. Raises ValueError for several fields without a language.
    """
    conditions = [_not_hidden(kind)]
    parameters: list[str | int | None] = []
    for name, value in equal.items():
        kind.field(name)
        conditions.append(f'"{name}" IS ?')
        parameters.append(as_stored(value))
    columns = order.lstrip("-").split(",")
    if len(columns) > 1 and not language:
        raise ValueError(f"several fields need a language to be ordered by: {order}")
    for column in columns:
        if column not in ("id", "made", "changed"):
            kind.field(column)
    direction = "DESC" if order.startswith("-") else "ASC"
    by = f'"{columns[0]}"'
    if language:
        by = "sort_key(" + " || ' ' || ".join(f"coalesce(\"{column}\", '')" for column in columns) + ", ?)"
        parameters.append(language)
    tail = f"ORDER BY {by} {direction}, id {direction} LIMIT {int(limit)}"
    return _select(db, kind, " AND ".join(conditions), parameters, tail)


def sealed_texts(db: Database, kind: Kind, record: RecordId) -> dict[str, str]:
    """The sealed texts of one record as they are stored: field name -> base64 of an age file."""
    names = [field.name for field in kind.sealed_fields]
    if not names:
        return {}
    columns = ", ".join(f'"{name}"' for name in names)
    row = db.execute(f'SELECT {columns} FROM "{kind.name}" WHERE id = ?', [record]).fetchone()
    return {name: stored for name, stored in zip(names, row or (), strict=bool(row)) if stored is not None}


def by_number(db: Database, kind: Kind, number: str) -> Record | None:
    """The record with that human number."""
    found = _select(db, kind, "number = ?", [number], "LIMIT 1")
    return found[0] if found else None


def count(db: Database, kind: Kind) -> int:
    """How many visible records of a kind there are."""
    return int(db.execute(f'SELECT count(*) FROM "{kind.name}" WHERE {_not_hidden(kind)}').fetchone()[0])


def next_number(db: Database, kind: Kind, series: str) -> int:
    """The next number of a series such as `referral khorugh 2026`; counted in the vault, so none is given twice."""
    row = db.execute(
        "INSERT INTO counter VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value",
        [f"{kind.name} {series}", 1 + _skipped(db, series)],
    ).fetchone()
    return int(row[0])


def skip_numbers(db: Database, count: int, year: int) -> None:
    """Leaves out so many numbers in every series up to that year, also in those that nothing is known of yet."""
    db.execute("UPDATE counter SET value = value + ?", [count])
    meta.put(db, _SKIPPED, f"{count + _skipped(db, str(year))} {year}")


def _skipped(db: Database, series: str) -> int:
    """How many numbers a new series leaves out: one of a year in which a vault lay here that was lost."""
    count, year = (meta.get(db, _SKIPPED) or "0 0").split()
    return int(count) if int(series.split()[-1]) <= int(year) else 0


def _not_hidden(kind: Kind) -> str:
    condition = f'"{kind.name}".deleted IS NOT 1'
    if kind.event:
        later = f'SELECT 1 FROM "{kind.name}" AS later WHERE later.corrects = "{kind.name}".id'
        condition += f" AND NOT EXISTS ({later} AND later.deleted IS NOT 1)"
    return condition


def _select(
    db: Database, kind: Kind, condition: str, parameters: Sequence[str | int | None], tail: str
) -> list[Record]:
    if not all(map(can_be_stored, parameters)):
        return []
    columns = [f'"{name}"' for name in ("id", "made", "made_by", "changed", "changed_by")]
    columns += [_column(field) for field in kind.fields]
    rows = db.execute(f'SELECT {", ".join(columns)} FROM "{kind.name}" WHERE {condition} {tail}', list(parameters))
    names = [field.name for field in kind.fields]
    sealed = frozenset(field.name for field in kind.sealed_fields)
    return [_record(kind, names, sealed, row) for row in rows]


def _column(field: Field) -> str:
    return f'"{field.name}" IS NOT NULL' if field.type is FieldType.SEALED_TEXT else f'"{field.name}"'


def _record(kind: Kind, names: Sequence[str], sealed: frozenset[str], row: Row) -> Record:
    made, made_by, changed, changed_by = row[1:5]
    stored = dict(zip(names, row[5:], strict=True))
    values = {name: None if name in sealed else as_value(kind, name, stored[name]) for name in names}
    held = frozenset(name for name in sealed if stored[name])
    return Record(RecordId(row[0]), kind.name, values, made, made_by, changed, changed_by, held)

"""Which table a row belongs to, told by its form alone: the number and the types of its cells differ in all tables that
cannot be made again from the log."""

from collections import defaultdict

from sqlite_utils import Database

from desk_app.storage.page_rows import Row

DERIVED = (
    *("disagreement", "refused", "person_key", "person_entry", "person_search", "alias", "look_alike", "compared"),
    "shared",
)
"""Made again from the log, as are the tables of the kinds. Without `shared`, whose rows look like an index of these,
a desk is sent once more what it knows.
"""
Shape = tuple[bool, tuple[tuple[type, ...], ...]]
"""Of a table: whether its rows stand in an index, and which types each cell may have."""


def shapes(db: Database) -> dict[Shape, tuple[str, int]]:
    """The tables that are salvaged, with the number of their columns, by the form of their rows."""
    found: dict[Shape, tuple[str, int]] = {}
    listed = db.execute(
        "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND strict ORDER BY name"
    ).fetchall()
    for name, in_index in listed:
        if name not in DERIVED:
            shape = bool(in_index), _columns(db, name, bool(in_index))
            if shape in found:
                raise ValueError(f"the rows of {name} look like those of {found[shape][0]}")
            found[shape] = name, len(shape[1])
    return found


def _columns(db: Database, table: str, in_index: bool) -> tuple[tuple[type, ...], ...]:
    """In an index the columns of its key come first; a table's own number stands beside its row, not in it."""
    described = db.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', [table]).fetchall()
    keys = [one for one in described if one[3]]
    numbered = not in_index and len(keys) == 1 and keys[0][1] == "INTEGER"
    if in_index:
        described = sorted(keys, key=lambda one: int(one[3])) + [one for one in described if not one[3]]
    types = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
    columns: list[tuple[type, ...]] = []
    for _, declared, not_null, key in described:
        if key and numbered:
            columns.append((type(None),))
        else:
            columns.append((types[declared],) if not_null or key else (types[declared], type(None)))
    return tuple(columns)


class Sorter:
    """Knows a row's table by its form."""

    def __init__(self, db: Database) -> None:
        self._by_length: defaultdict[tuple[bool, int], list[tuple[str, tuple[tuple[type, ...], ...]]]]
        self._by_length = defaultdict(list)
        for (in_index, columns), (table, length) in shapes(db).items():
            self._by_length[in_index, length].append((table, columns))

    def table_of(self, row: Row) -> str | None:
        """The table, None for a row that is made again from the log or leads to others."""
        for table, columns in self._by_length.get((row.rowid is None, len(row.cells)), ()):
            if all(type(cell) in allowed for cell, allowed in zip(row.cells, columns, strict=True)):
                return table
        return None

"""Finding people as one types: who answers what was typed, and in which reading of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sqlite_utils import Database

from desk_app.domain import names
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldType, Kind, Search
from desk_app.domain.rules.ranking import Written
from desk_app.storage.sqlcipher import Row

MOST = 200
"""People read for one question: enough to put the best first."""
_MOST_COUNTS = 2000
"""People with one count who are looked at: one of each desk and year."""
_MAIN_NAMES = 3
_PART = 3
"""Digits from which a number beside names may be a beginning; fewer are a whole number, or not typed to the end yet."""
_ENDING = 4
"""Digits from which a telephone is found by its last ones."""
_BEGUN_KEYS = (names.BEGUN, names.PAPER_KEY, names.PHONE_KEY)
"""Keys of numbers: those made for the search, a paper's, a telephone's last seven digits."""

Groups = Sequence[Sequence[str]]
"""For each word typed, the keys of which any will do."""
Condition = tuple[str, Sequence[str]]
"""A query of rows of people, with its values."""
Range = tuple[str, str]
"""The lowest key of some, and the first behind them."""


class Way(StrEnum):
    """How what was typed was read."""

    TYPED = "typed"
    LAYOUT = "layout"
    SLIP = "slip"


class Seen(NamedTuple):
    """A person who was found. `page` is the client on whose page she stands: another one where two were linked."""

    id: RecordId
    page: RecordId
    number: str
    desk: str
    birth_date: str
    written: Written


@dataclass(frozen=True, slots=True)
class Answer:
    """The people found, in no order, and the texts that they answer: what was typed, or what it was read as."""

    people: Sequence[Seen]
    readings: tuple[str, ...]
    way: Way = Way.TYPED


def matching(db: Database, kind: Kind, text: str) -> Answer:
    """Up to `MOST` people who answer everything typed, in no order of the words.

    Only when there is nobody, the text is taken for one typed in the other keyboard layout, and then for one with a
    slip of the finger in a word.
    """
    asked = names.asked(text)
    found: dict[int, None] = dict.fromkeys(_of_number(db, asked.whole))
    readings = [text]
    _fill(found, _of_words(db, names.query_tokens(asked.words, other_layout=False), asked.numbers))
    if not found and asked.numbers:
        _fill(found, _of_count(db, kind, asked.whole))
    for reading in names.other_readings(asked.words):
        before = len(found)
        if before < MOST:
            _fill(found, _of_words(db, names.query_tokens(reading, other_layout=False), asked.numbers))
        readings += [reading] if len(found) > before else []
    if found or not asked.words:
        return Answer(_read(db, kind, list(found)), tuple(readings))
    return _guessed(db, kind, text, asked)


def _guessed(db: Database, kind: Kind, text: str, asked: names.Asked) -> Answer:
    """Who answers what was probably meant."""
    if found := _of_words(db, names.query_tokens(asked.words), asked.numbers):
        return Answer(_read(db, kind, found), (text, *names.layout_variants(text)), Way.LAYOUT)
    found = _with_slips(db, asked)
    return Answer(_read(db, kind, found), (text,), Way.SLIP if found else Way.TYPED)


def _with_slips(db: Database, asked: names.Asked) -> list[int]:
    """People with all words of which somebody has one, and with one that is a slip away from each of the others."""
    kept: list[Sequence[str]] = []
    conditions = [_in(_parts(number)) for number in asked.numbers]
    for word in names.typed_words(asked.words):
        groups = names.query_tokens(word, other_layout=False)
        if not groups or _ask(db, _question(groups, _begun), (), 1):
            kept += groups
        elif keys := names.slip_keys(word):
            conditions.append((f"SELECT rid FROM person_key WHERE key IN ({', '.join('?' * len(keys))})", keys))
        else:
            return []
    return _ask(db, _question(kept, _begun), conditions) if len(conditions) > len(asked.numbers) else []


def _fill(found: dict[int, None], more: Iterable[int]) -> None:
    for rid in more:
        if len(found) < MOST:
            found.setdefault(rid)


def _of_words(db: Database, groups: Groups, numbers: Groups) -> list[int]:
    """People with all these words and numbers: the words themselves first, for thousands begin alike after three
    letters or share a stem, and the one fully typed must be among those who are read; then the last word begun, as one
    types; then other endings, then all words begun."""
    if not groups:
        return _of_number(db, numbers[0]) if numbers else []
    alone = [either[:1] for either in groups]
    before, last = _question(alone[:-1], _whole), _question(groups[-1:], _begun)
    typing = f"{before} AND {last}" if before else ""
    ways = (_question(alone, _whole), typing, _question(groups, _whole), _question(groups, _begun))
    questions = dict.fromkeys(filter(None, ways))
    parts = [_in(_parts(number)) for number in numbers if len(number[0]) >= _PART]
    shorter = [_in(_wholes(number)) for number in numbers if len(number[0]) < _PART]
    found: dict[int, None] = {}
    for conditions in [[*parts, *shorter], parts] if shorter else [parts]:
        for question in questions if not found else ():
            if len(found) < MOST:
                _fill(found, _ask(db, question, conditions))
    return list(found)


def _ask(db: Database, question: str, conditions: Sequence[Condition], most: int = MOST) -> list[int]:
    """People whose names answer the question, if there is one, and who are among those of each condition."""
    match: Condition = ("SELECT rowid FROM person_search WHERE person_search MATCH ?", [question])
    (sql, values), *others = [match, *conditions] if question else conditions
    # The plus sign keeps the names in the lead: led by thousands of rows, each would be asked for its names anew.
    row = "+rowid" if question else "rid"
    sql += "".join(f" AND {row} IN ({other})" for other, _ in others)
    values = [*values, *(value for _, more in others for value in more)]
    return list(dict.fromkeys(row[0] for row in db.execute(f"{sql} LIMIT ?", [*values, most]).fetchall()))


def _in(ranges: Sequence[Range]) -> Condition:
    one_of = "SELECT rid FROM person_key WHERE key >= ? AND key < ?"
    return " UNION ALL ".join([one_of] * len(ranges)), [bound for each in ranges for bound in each]


def _question(groups: Groups, form: Callable[[str], str]) -> str:
    return " AND ".join("(" + " OR ".join(map(form, either)) + ")" for either in groups)


def _whole(word: str) -> str:
    return f'"{word}"'


def _begun(word: str) -> str:
    return f'"{word}"' if word.endswith(names.STEM_END) else f'"{word}" *'


def _parts(readings: Sequence[str]) -> list[Range]:
    """The keys of every number that begins so, and of telephones that end so."""
    found = [(key + reading, key + reading + "~") for reading in readings for key in _BEGUN_KEYS]
    last = readings[-1]
    if last.isdigit() and len(last) >= _ENDING:
        found.append((names.ENDING + last[::-1], names.ENDING + last[::-1] + "~"))
    return found


def _wholes(readings: Sequence[str]) -> list[Range]:
    """The keys of every number that is just this."""
    return [(key + reading, key + reading + "!") for reading in readings for key in _BEGUN_KEYS]


def _of_number(db: Database, readings: Sequence[str]) -> list[int]:
    """People with this number: whole ones first, then those that begin so, then telephones that end so."""
    found: dict[int, None] = {}
    for low, behind in (*_wholes(readings), *_parts(readings)) if readings else ():
        if len(found) < MOST:
            sql = "SELECT DISTINCT rid FROM person_key WHERE key >= ? AND key < ? LIMIT ?"
            _fill(found, (row[0] for row in db.execute(sql, [low, behind, MOST]).fetchall()))
    return list(found)


def _of_count(db: Database, kind: Kind, readings: Sequence[str]) -> list[int]:
    """People whose client's number begins with these letters and ends with this count: the year is seldom said."""
    found: dict[int, None] = {}
    for reading in readings:
        letters = reading.rstrip("0123456789")
        if letters:
            sql = f"""SELECT rid, number FROM "{kind.name}"
                WHERE rid IN (SELECT rid FROM person_key WHERE key = ?) AND number IS NOT NULL LIMIT ?"""
            rows = db.execute(sql, [names.BEGUN + reading[len(letters) :], _MOST_COUNTS]).fetchall()
            _fill(found, (rid for rid, number in rows if names.compact(number).startswith(letters)))
    return list(found)


def _read(db: Database, kind: Kind, rids: Sequence[int]) -> list[Seen]:
    """The people behind row numbers."""
    fields = _fields(kind)
    columns = ", ".join(f'client."{name}"' for name in fields.columns)
    sql = f"""SELECT client.id, coalesce(alias.person, client.id), {columns}
        FROM "{kind.name}" AS client LEFT JOIN alias ON alias.client = client.id
        WHERE client.rid IN ({", ".join("?" * len(rids))})"""
    return [fields.seen(row) for row in db.execute(sql, list(rids)).fetchall()]


class _Fields:
    """The columns that are read, in order, and where each sort ends."""

    def __init__(self, kind: Kind) -> None:
        named = [field.name for field in kind.own_fields if field.search is Search.NAME]
        numbers = [field for field in kind.own_fields if field.search is Search.NUMBER]
        phones = [field.name for field in numbers if field.type is FieldType.PHONE]
        papers = [field.name for field in numbers if field.type is not FieldType.PHONE]
        self.columns = ("number", "desk", "birth_date", *named, *phones, *papers)
        first = 2 + 3
        self._names = slice(first, first + _MAIN_NAMES)
        self._others = slice(first + _MAIN_NAMES, first + len(named))
        self._phones = slice(first + len(named), first + len(named) + len(phones))
        self._papers = slice(first + len(named) + len(phones), None)

    def seen(self, row: Row) -> Seen:
        """A row as a person."""
        record, page, number, desk, birth, *_ = said = tuple(row)
        named, others = tuple(filter(None, said[self._names])), tuple(filter(None, said[self._others]))
        phones, papers = tuple(filter(None, said[self._phones])), tuple(filter(None, said[self._papers]))
        written = Written(named, others, (number,) if number else (), phones, papers)
        return Seen(record, page, number or "", desk or "", birth or "", written)


@cache
def _fields(kind: Kind) -> _Fields:
    return _Fields(kind)

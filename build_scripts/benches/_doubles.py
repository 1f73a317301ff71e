"""Invented people for the bench of duplicates: some on record twice, the second time as another clerk typed them.

Names are as unequally common as names are: by Zipf's law over the list that the program ships.
"""

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from _people import phone

from tests.unit.domain.names import labelled_pairs as clerks
from tests.unit.domain.names.labelled_pairs import Person, Row

Values = Mapping[str, str]
STYLES = ("tg", "tg", "ru", "ru", "passport", "uz_Cyrl", "uz_Latn", "passport_old")
ENDINGS = ("ov", "ov", "zoda", "i", "none")


class Common:
    """Rows of the list, the first of them common."""

    def __init__(self, rows: Sequence[Row], chance: random.Random) -> None:
        self._rows = list(rows)
        chance.shuffle(self._rows)
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(len(rows))))
        self._chance = chance

    def __call__(self) -> Row:
        """Anybody's."""
        return self._chance.choices(self._rows, cum_weights=self._weights)[0]


class Someone(NamedTuple):
    """A person as she is, whatever is written of her."""

    names: Person
    birth: str
    phone: str
    paper: str
    institution: str
    release: str


class Clerk:
    """Writes people down."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        rows = clerks.rows()
        self._surnames = Common([row for row in rows if row["kind"] == "surname"], self.chance)
        self._given = {
            sex: Common([row for row in rows if row["kind"] == "given" and row["sex"] == sex], self.chance)
            for sex in "mf"
        }

    def someone(self) -> Someone:
        """A new person."""
        chance = self.chance
        sex = chance.choice("mmmf")
        day = "01-01" if chance.random() < 0.12 else f"{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return Someone(
            Person(self._surnames(), self._given[sex](), self._given["m"]()),
            f"{chance.randint(1955, 2005)}-{day}",
            phone(chance),
            f"A{chance.randint(0, 99_999_999):08}",
            f"{chance.randint(1, 15)}",
            f"{chance.randint(2019, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        )

    def written(self, one: Someone, again: bool = False) -> Values:
        """The fields of a record of hers; `again` by somebody who heard and saw less and makes slips."""
        chance = self.chance
        style = chance.choice(STYLES) if again else chance.choices(("tg", "ru"), (3, 1))[0]
        names = one.names
        surname = clerks.surname(names, style, chance.choice(ENDINGS) if again else "ov")
        given = clerks.given(names, style)
        father = clerks.father(names, style, chance.choice(("ovich", "ovich", "bare", "zoda", "ugli", "left out")))
        if again and chance.random() < 0.15:
            surname = clerks.slip(surname, chance)
        if again and chance.random() < 0.1:
            given = clerks.slip(given, chance)
        if again and chance.random() < 0.03:
            surname, given = given, surname
        values = {
            "surname": surname,
            "given_name": given,
            "father_name": father,
            "sex": "female" if names.female else "male",
            "birth_date": self._heard(one.birth) if again else self._known(one.birth),
            "phone": one.phone if chance.random() < (0.4 if again else 0.6) else "",
            "paper_number": one.paper if chance.random() < (0.3 if again else 0.5) else "",
        }
        if chance.random() < 0.4:
            values |= {"institution": one.institution, "release_date": one.release}
        return {name: value for name, value in values.items() if value}

    def _known(self, birth: str) -> str:
        return self.chance.choices((birth, birth[:4], ""), (86, 8, 6))[0]

    def _heard(self, birth: str) -> str:
        year, month, day = birth.split("-")
        swapped = f"{year}-{day}-{month}" if int(day) <= 12 else birth
        near = f"{int(year) + self.chance.choice((-1, 1))}-{month}-{day}"
        slip = f"{year}-{month}-{day[0]}{self.chance.randint(1, 8)}"
        first = f"{year}-01-01"
        return self.chance.choices((birth, swapped, near, slip, first, year, ""), (68, 4, 5, 5, 3, 8, 7))[0]


def population(count: int, twice: int, seed: int = 1) -> list[tuple[int, Values]]:
    """So many records of people, `twice` of them second ones, each with the number of the person."""
    clerk = Clerk(seed)
    people = [clerk.someone() for _ in range(count - twice)]
    records = [(number, clerk.written(one)) for number, one in enumerate(people)]
    for number in clerk.chance.sample(range(len(people)), twice):
        records.append((number, clerk.written(people[number], again=True)))
    clerk.chance.shuffle(records)
    return records

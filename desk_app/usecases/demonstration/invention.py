"""Invented people: names in the spelling of whoever writes them down, and the facts a client record holds."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from desk_app.domain.records.declaration import FieldValue
from desk_app.usecases.demonstration.content import NameRow, content, names

SPELLINGS = ("tg", "ru", "uz_Cyrl", "uz_Latn")
_OTHER_SPELLINGS = ("ru", "ru_alt", "uz_Latn", "passport_latn")
_FEMALE_SHARE = 0.3
_VOWELS = "аеёиоуэюяӣӯaeiouʻʼйь"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `spelling` is how the desk writes him."""

    surname: NameRow
    given: NameRow
    father: NameRow
    female: bool
    modern: bool
    spelling: str
    born: date
    phone: str
    paper: str

    @property
    def sex(self) -> str:
        """The code of the client's field."""
        return "female" if self.female else "male"

    def spelled_otherwise(self, chance: Random) -> "Person":
        """The same person as another desk writes him down."""
        other = chance.choice([one for one in _OTHER_SPELLINGS if one != self.spelling])
        return replace(self, spelling=other, modern=False)

    def names(self) -> dict[str, FieldValue]:
        """The three fields of the name."""
        return {
            "surname": self._surname(),
            "given_name": _spelled(self.given, self.spelling),
            "father_name": self._father(),
        }

    def whole_name(self) -> str:
        """The name in one line."""
        return " ".join(str(part) for part in self.names().values())

    def paper_name(self) -> str:
        """The name as a passport has it."""
        given = _spelled(self.given, "passport_latn")
        return f"{replace(self, spelling='passport_latn', modern=False)._surname()} {given}"

    def _surname(self) -> str:
        row = self.surname
        if self.modern and row.tg_zoda and self.spelling == "tg":
            return row.tg_zoda
        if not self.female:
            return _spelled(row, self.spelling)
        known = {"tg": row.tg_fem, "ru": row.ru_fem}.get(self.spelling)
        plain = _spelled(row, self.spelling)
        return known or (plain + ("a" if plain.isascii() or "ʻ" in plain else "а") if plain[-1] in "вv" else plain)

    def _father(self) -> str:
        plain = _spelled(self.father, self.spelling)
        if self.modern or plain[-1].lower() in _VOWELS:
            return plain
        latin = self.spelling in ("uz_Latn", "passport_latn")
        ending = ("ovna" if latin else "овна") if self.female else ("ovich" if latin else "ович")
        return plain + ending


def invent(chance: Random, spelling: str, sex: str | None = None) -> Person:
    """Somebody new; three in ten are women, as in the programme."""
    female = chance.random() < _FEMALE_SHARE if sex is None else sex == "female"
    surnames, women, men = _rows()
    return Person(
        surname=chance.choice(surnames),
        given=chance.choice(women if female else men),
        father=chance.choice(men),
        female=female,
        modern=chance.random() < 0.15,
        spelling=spelling,
        born=date(1958, 1, 1) + timedelta(days=chance.randrange(46 * 365)),
        phone=f"+992 90 0{chance.randrange(10**2):02} {chance.randrange(10**4):04}",
        paper=f"A{chance.randrange(10**8):08}",
    )


def named(chance: Random, spelling: str, surname: str, given: str, father: str) -> Person:
    """A man of these Tajik names, of names.csv; all else about him is invented."""
    surnames, _, men = _rows()
    found = invent(chance, spelling, "male")
    return replace(
        found,
        surname=next(row for row in surnames if row.tg == surname),
        given=next(row for row in men if row.tg == given),
        father=next(row for row in men if row.tg == father),
        modern=False,
    )


def client_values(person: Person, chance: Random, arrival: date, place: str) -> dict[str, FieldValue]:
    """What a desk writes down about him on the first day; some of it nobody knows."""
    freed = arrival - timedelta(days=chance.randrange(3, 400))
    values: dict[str, FieldValue] = {
        **person.names(),
        "sex": person.sex if chance.random() < 0.99 else None,
        "birth_date": chance.choices([person.born.isoformat(), str(person.born.year), None], [80, 15, 5])[0],
        "language": {"ru": "ru", "ru_alt": "ru", "uz_Cyrl": "uz", "uz_Latn": "uz"}.get(person.spelling, "tg"),
        "address": f"{place}, кӯчаи {chance.choice(content().streets)}, {chance.randrange(1, 120)}",
        "stage": chance.choices(["released", "probation"], [85, 15])[0],
        "institution": next(prison.place for prison in content().prisons if prison.sex == person.sex),
        "release_date": freed.isoformat(),
        "release_type": chance.choice(["end_of_term", "end_of_term", "parole", "amnesty"]),
        "first_contact": chance.choice(["self", "family", "prison", "police", "ngo", "course"]),
    }
    if chance.random() < 0.75:
        values |= {"phone": person.phone, "phone_safe": chance.random() < 0.8}
    if chance.random() < 0.5:
        values |= {"paper_name": person.paper_name(), "paper_number": person.paper}
    if chance.random() < 0.05:
        values["safety"] = frozenset({chance.choice(["at_risk", "violence", "self_harm"])})
    return values


@lru_cache(maxsize=1)
def _rows() -> tuple[list[NameRow], list[NameRow], list[NameRow]]:
    surnames = [row for row in names() if row.kind == "surname"]
    women = [row for row in names() if row.kind == "given" and row.sex == "f"]
    men = [row for row in names() if row.kind == "given" and row.sex == "m"]
    return surnames, women, men


def _spelled(row: NameRow, spelling: str) -> str:
    found: str = getattr(row, spelling.lower())
    return found or row.ru

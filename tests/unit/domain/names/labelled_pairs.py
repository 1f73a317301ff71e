"""Pairs of whole names with the answer known, made from `resources/names.csv` by a seed.

The same person as typing habits, scripts, laws and slips change her name; and different people who are hard to tell
apart: fathers and sons, brothers and sisters, neighbours in the list of names.
"""

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

RESOURCES = Path(__file__).parents[4] / "resources"

Row = dict[str, str]

_KEYBOARD = str.maketrans("қҳғӯӣҷҚҲҒӮӢҶ", "кхгуичКХГУИЧ")
_SHORT = str.maketrans("", "", "ъЪьЬ")
_LATIN = {
    **dict(zip("абвгғдеёжзиӣйкқлмноп", "a b v g gh d e yo zh z i i y k q l m n o p".split(), strict=True)),
    **dict(zip("рстуӯфхҳчҷшъэюяцыь", "r s t u u f kh h ch j sh _ e yu ya ts y _".split(), strict=True)),
}
_RUSSIAN_LATIN = {**_LATIN, "қ": "k", "ғ": "g", "ҳ": "kh", "ҷ": "dzh"}
_OLD_A = str.maketrans("ҷҳқӣғӯҶҲҚӢҒӮ", "љњќїѓўЉЊЌЇЃЎ")
_OLD_B = str.maketrans("ҷҳқғӣҶҲҚҒӢ", "їіѕљњЇІЅЉЊ")
_KAZAKH = str.maketrans("ҳҲ", "һҺ")
_LOOKALIKES = str.maketrans("асеорхАСЕОРХКМТН", "aceopxACEOPXKMTH")


@dataclass(frozen=True)
class Pair:
    """Two names as typed, whether one person bears both, and what makes the pair hard."""

    a: str
    b: str
    same: bool
    kind: str


@dataclass(frozen=True)
class Person:
    """Rows of the list a person's three names come from."""

    surname: Row
    given: Row
    father: Row

    @property
    def female(self) -> bool:
        """By the given name."""
        return self.given["sex"] == "f"


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the list of names."""
    with (RESOURCES / "names.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _latin(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c).replace("_", "") for c in text.lower()).title()


def _russian(text: str) -> str:
    return text.replace("ҷ", "дж").replace("Ҷ", "Дж").translate(_KEYBOARD)


STYLES: dict[str, tuple[str, Callable[[str], str]]] = {
    # column of the list, and how a Tajik form without a column of its own is written in this style
    "tg": ("tg", str),
    "ru": ("ru", _russian),
    "ru_alt": ("ru_alt", _russian),
    "uz_Latn": ("uz_Latn", lambda t: _latin(t, _LATIN)),
    "uz_Cyrl": ("uz_Cyrl", lambda t: t.replace("ҷ", "ж").replace("Ҷ", "Ж").replace("ӯ", "ў").replace("ӣ", "ий")),
    "passport": ("passport_latn", lambda t: _latin(t, _LATIN)),
    "passport_old": ("passport_latn_old", lambda t: _latin(t, _RUSSIAN_LATIN)),
}


OTHER_ENDINGS = {"zod": "зод", "zoda apart": " зода", "iyon": "иён", "pur": "пур", "far": "фар", "duht": "духт"}
"""By the law of 2016, after a stem as it stands in the list."""


def _written(row: Row, style: str) -> str:
    column, _ = STYLES[style]
    return row[column] or row["ru" if style.startswith("ru") else "tg"]


def given(person: Person, style: str) -> str:
    """A given name."""
    return _written(person.given, style)


def surname(person: Person, style: str, ending: str) -> str:
    """A surname with one of its endings: ov, zoda, i, none, or another of the law's."""
    row = person.surname
    convert = STYLES[style][1]
    if ending in OTHER_ENDINGS:
        return convert(row["surname_stem"] + OTHER_ENDINGS[ending])
    if ending == "ov":
        base = _written(row, style)
        return base + ("a" if base.isascii() or "ʻ" in base or "ʼ" in base else "а") if person.female else base
    if ending == "none":
        return convert(row["surname_stem"])
    return convert(row["tg_zoda" if ending == "zoda" else "tg_i"] or row["surname_stem"])


def father(person: Person, style: str, ending: str) -> str:
    """A father's name: -ович, -зода, bare, with ўғли, or left out."""
    name = _written(person.father, style)
    cyrillic = any("а" <= c <= "я" for c in name)
    if ending == "ovich":
        soft = name[-1].lower() in "аоеёиӣуӯяaeiouyʻ"
        stem_ = name[:-1] if name[-1].lower() in "ӣиi" else name
        stem_ += ("и" if cyrillic else "i") if stem_ != name else ""
        tail = {True: ("евич", "евна"), False: ("ович", "овна")}[soft][person.female]
        return stem_ + (tail if cyrillic else _latin(tail, _LATIN).lower())
    if ending == "zoda":
        return name + ("зода" if cyrillic else "zoda")
    if ending == "ugli":
        return name + " " + (("қизи" if cyrillic else "qizi") if person.female else ("ўғли" if cyrillic else "oʻgʻli"))
    return "" if ending == "left out" else name


def slip(text: str, rng: random.Random) -> str:
    """One slip of the finger in a word of five letters or more."""
    places = [i for i, c in enumerate(text) if c.isalpha() and 0 < i < len(text) - 1 and text[i - 1].isalpha()]
    if len(places) < 4:
        return text
    i = rng.choice(places)
    letters = "абвгдезиклмнопрстуф" if any("а" <= c <= "я" for c in text) else "abdefgiklmnoprstuv"
    kind = rng.randrange(4)
    if kind == 0:
        return text[:i] + text[i + 1 :]
    if kind == 1:
        return text[:i] + rng.choice(letters) + text[i:]
    if kind == 2:
        return text[:i] + rng.choice(letters) + text[i + 1 :]
    return text[: i - 1] + text[i] + text[i - 1] + text[i + 1 :]


def _typed(text: str, rng: random.Random) -> tuple[str, str]:
    """A Tajik text through one of the habits of typing; what the habit is called."""
    habit = rng.choice(["keyboard", "old font A", "old font B", "kazakh", "look-alikes", "no hard sign", "capitals"])
    changed = {
        "keyboard": text.translate(_KEYBOARD),
        "old font A": text.translate(_OLD_A),
        "old font B": text.translate(_OLD_B),
        "kazakh": text.translate(_KAZAKH),
        "look-alikes": "".join(c.translate(_LOOKALIKES) if rng.random() < 0.25 else c for c in text),
        "no hard sign": text.translate(_SHORT),
        "capitals": text.upper(),
    }[habit]
    return changed, habit


def _split(given: str) -> str:
    """A long given name in two words, as clerks write it."""
    for start in ("Абду", "Abdu", "Саид", "Said", "Маҳмад", "Mahmad", "Махмад", "Гул", "Gul", "Шоҳ", "Шо"):
        if given.startswith(start) and len(given) >= len(start) + 4:
            rest = given[len(start) :]
            return f"{start} {rest[0].upper()}{rest[1:]}"
    return given


def written(person: Person, rng: random.Random, style: str | None = None, plain: bool = False) -> str:
    """The whole name as one clerk would type it."""
    style = style or rng.choice(list(STYLES))
    ending = rng.choice(["ov", "ov", "ov", "zoda", "i", "none"])
    fathers = rng.choice(["ovich", "ovich", "bare", "zoda", "ugli", "left out", "left out"])
    if plain:
        ending, fathers = "ov", rng.choice(["ovich", "ovich", "left out"])
    elif rng.random() < 0.15:
        ending = rng.choice([one for one in OTHER_ENDINGS if one != ("pur" if person.female else "duht")])
    name = _written(person.given, style)
    if not plain and rng.random() < 0.1:
        name = _split(name)
    elif not plain and rng.random() < 0.03:
        name = name[0] + "."
    parts = [surname(person, style, ending), name, father(person, style, fathers)]
    if rng.random() < 0.3:
        parts = [parts[1], parts[2], parts[0]] if rng.random() < 0.3 else [parts[1], parts[0], parts[2]]
    return " ".join(p for p in parts if p)


def same_person(person: Person, rng: random.Random) -> Pair:
    """Two writings of one person's name."""
    a, b, kind = written(person, rng), written(person, rng), "spelling"
    choice = rng.random()
    if choice < 0.35:
        a, kind = _typed(written(person, rng, "tg"), rng)
    elif choice < 0.6:
        words = b.split()
        long = [i for i, w in enumerate(words) if len(w) >= 5]
        if long:
            i = rng.choice(long)
            words[i] = slip(words[i], rng)
            b, kind = " ".join(words), "slip"
    return Pair(a, b, True, kind)


class Population:
    """People drawn from some rows of the list."""

    def __init__(self, chosen: Sequence[Row], rng: random.Random) -> None:
        self.rng = rng
        self.surnames = [r for r in chosen if r["kind"] == "surname"]
        self.given = {sex: [r for r in chosen if r["kind"] == "given" and r["sex"] == sex] for sex in "mf"}
        both = self.given["m"] + self.given["f"]
        self._near_given = _neighbours(both, "tg")
        self._near_surnames = _neighbours(self.surnames, "surname_stem")

    def person(self, sex: str | None = None) -> Person:
        """Anybody."""
        sex = sex or self.rng.choice("mmmf")
        return Person(
            self.rng.choice(self.surnames), self.rng.choice(self.given[sex]), self.rng.choice(self.given["m"])
        )

    def different_people(self) -> Pair:
        """Two writings of two people's names."""
        rng, a = self.rng, self.person()
        kind = rng.choice(
            [
                "strangers",
                "strangers",
                "relatives",
                "brothers",
                "fathers",
                "near given",
                "near surname",
                "son",
                "crossed",
            ]
        )
        if kind == "strangers":
            b = self.person()
        elif kind == "relatives":
            b = Person(a.surname, self._other(self.given["m"], a.given), self._other(self.given["m"], a.father))
        elif kind == "brothers":
            b = Person(a.surname, self._other(self.given[a.given["sex"]], a.given), a.father)
        elif kind == "fathers":
            b = Person(a.surname, a.given, self._other(self.given["m"], a.father))
            return Pair(_with_father(a, rng), _with_father(b, rng), False, kind)
        elif kind == "near given":
            b = Person(a.surname, rng.choice(self._near_given[a.given["tg"]]), a.father)
        elif kind == "near surname":
            b = Person(rng.choice(self._near_surnames[a.surname["surname_stem"]]), a.given, a.father)
        elif kind == "son":
            a = self.person("m")
            b = Person(a.surname, self._other(self.given["m"], a.given), a.given)
        else:
            return self._crossed()
        return Pair(written(a, rng, plain=rng.random() < 0.7), written(b, rng, plain=rng.random() < 0.7), False, kind)

    def _crossed(self) -> Pair:
        """Саидов Карим and Каримов Саид."""
        pairs = [(s, g) for s in self.surnames for g in self.given["m"] if s["surname_stem"] == g["tg"]]
        if len(pairs) < 2:
            return Pair("Саидов Карим", "Каримов Саид", False, "crossed")
        (s1, g1), (s2, g2) = self.rng.sample(pairs, 2)
        a, b = Person(s1, g2, g2), Person(s2, g1, g1)
        s = [self.rng.choice(list(STYLES)) for _ in range(2)]
        texts = [f"{surname(p, x, 'ov')} {_written(p.given, x)}" for p, x in zip((a, b), s, strict=True)]
        return Pair(texts[0], texts[1], False, "crossed")

    def _other(self, among: Sequence[Row], than: Row) -> Row:
        return self.rng.choice([r for r in among if not _one_name(r["tg"], than["tg"])])


def _with_father(person: Person, rng: random.Random) -> str:
    style = rng.choice(list(STYLES))
    parts = [surname(person, style, "ov"), _written(person.given, style)]
    return " ".join([*parts, father(person, style, rng.choice(["ovich", "ovich", "bare"]))])


@cache
def _simple(name: str) -> str:
    return _russian(name).lower().replace("ъ", "").replace("дж", "ч").replace("о", "а")


def _one_name(a: str, b: str) -> bool:
    """Whether two rows of the list are spellings of one name."""
    return _simple(a) == _simple(b)


def _neighbours(among: Sequence[Row], column: str) -> dict[str, list[Row]]:
    """For each name the five most alike of the others."""
    found: dict[str, list[Row]] = {}
    for row in among:
        others = [r for r in among if not _one_name(r[column], row[column])]
        others.sort(key=lambda r: -JaroWinkler.similarity(_simple(r[column]), _simple(row[column])))
        found[row[column]] = others[:5]
    return found


def labelled_pairs(chosen: Sequence[Row], count: int, seed: int) -> list[Pair]:
    """`count` pairs of one person and as many of two, from some rows of the list."""
    population = Population(chosen, random.Random(seed))
    same = [same_person(population.person(), population.rng) for _ in range(count)]
    return same + [population.different_people() for _ in range(count)]


def recall_at(pairs: Sequence[Pair], scores: Sequence[float], false_share: float) -> tuple[float, float]:
    """(recall, threshold) at a share of different people taken for one."""
    different = sorted((s for p, s in zip(pairs, scores, strict=True) if not p.same), reverse=True)
    threshold = different[int(len(different) * false_share)]
    same = [s for p, s in zip(pairs, scores, strict=True) if p.same]
    return sum(s > threshold for s in same) / len(same), threshold

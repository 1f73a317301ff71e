"""Stems: a name without the ending that makes it a surname or a father's name.

Surnames lost and changed their endings by the laws of 2016 and 2020, and people working abroad took the old ones back:
Раҳмонов, Раҳмонзода, Раҳмонӣ and Раҳмон are one family.
"""

import enum
from dataclasses import dataclass
from functools import lru_cache

from desk_app.domain.names.folding import neutral


class Sex(enum.StrEnum):
    """What an ending says about the person."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Stem:
    """A token cut to its stem, with what its ending said.

    `child` marks Tajik endings that make a surname as well as a father's name (-зода); `other` is a second reading
    where an ending may also belong to the name itself (Каримӣ, Шерзод), else empty.
    """

    text: str
    suffixed: bool = False
    female: bool = False
    male: bool = False
    patronymic: bool = False
    child: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class _Ending:
    """A folded ending, how many letters must stand before it, and what it says."""

    text: str
    rest: int
    sex: Sex | None = None
    patronymic: bool = False
    child: bool = False


_ENDINGS = (
    _Ending("ovic", 2, Sex.MALE, patronymic=True),  # Russian patronymics: -ович, -евич, -овна, -евна
    _Ending("evic", 2, Sex.MALE, patronymic=True),
    _Ending("ovna", 2, Sex.FEMALE, patronymic=True),
    _Ending("evna", 2, Sex.FEMALE, patronymic=True),
    _Ending("ugli", 3, Sex.MALE, patronymic=True),  # Uzbek patronymics written together
    _Ending("ogli", 3, Sex.MALE, patronymic=True),
    _Ending("kizi", 3, Sex.FEMALE, patronymic=True),
    _Ending("zoda", 3, child=True),  # Tajik: child of
    _Ending("zade", 3, child=True),
    _Ending("zada", 3, child=True),
    _Ending("zod", 4, child=True),
    _Ending("iion", 3, child=True),  # -иён
    _Ending("duht", 3, Sex.FEMALE, child=True),  # daughter of
    _Ending("pur", 4, Sex.MALE, child=True),  # son of
    _Ending("ova", 2, Sex.FEMALE),  # Russian surnames
    _Ending("eva", 2, Sex.FEMALE),
    _Ending("off", 3, Sex.MALE),
    _Ending("ov", 2, Sex.MALE),
    _Ending("ev", 2, Sex.MALE),
)

_DOUBTFUL_ENDINGS = (
    # Also the end of plain given names, so both readings are kept.
    _Ending("zod", 3),
    _Ending("pur", 3),
    _Ending("far", 4),
    _Ending("ii", 3),  # -ӣ as Uzbek writes it
    _Ending("i", 3),  # -ӣ
)

_PLAIN_NAMES = frozenset(
    neutral(name)
    for name in (
        "Шаҳзода Шоҳзода Шаҳзод Беҳзод Фарзод Шерзод Меҳрзод Навзод Озод Озода Одамзод Паризод Паризода "
        "Зафар Сафар Ҷафар Ҷаъфар Музаффар Муззафар Ғазанфар Ҷаҳонфар Шоҳпур Шопур"
    ).split()
)
"""Given names that only look as if they had an ending."""

PATRONYMIC_WORDS = {
    # Uzbek words after the father's name, as typed on the keyboards at hand, with the sex they tell.
    **dict.fromkeys(("ugli", "ogli", "uli", "oglu"), Sex.MALE),
    **dict.fromkeys(("kizi", "kiz", "gizi"), Sex.FEMALE),
    **dict.fromkeys(("ibn", "bin"), Sex.MALE),
    **dict.fromkeys(("bint", "binti"), Sex.FEMALE),
}


@lru_cache(maxsize=8192)
def stem(token: str) -> Stem:
    """The stem of one word in any script. Cutting is by table; flags say what was cut."""
    return stem_of_folded(neutral(token))


def stem_of_folded(word: str) -> Stem:
    """The stem of a word already in neutral letters."""
    plain = word in _PLAIN_NAMES
    for ending in _ENDINGS:
        if word.endswith(ending.text) and len(word) - len(ending.text) >= ending.rest:
            rest = word[: -len(ending.text)]
            if plain:
                return Stem(word, other=rest)
            return Stem(
                rest,
                suffixed=not ending.patronymic,
                female=ending.sex is Sex.FEMALE,
                male=ending.sex is Sex.MALE,
                patronymic=ending.patronymic,
                child=ending.child,
            )
    for ending in _DOUBTFUL_ENDINGS:
        if word.endswith(ending.text) and len(word) - len(ending.text) >= ending.rest and not plain:
            return Stem(word, other=word[: -len(ending.text)])
    return Stem(word)

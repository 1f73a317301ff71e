"""How alike two words of names are, before their places in the names are looked at."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from desk_app.domain.names.tokens import Token

SAME_STEM = 1.0
SAME_LOOSE_KEY = 0.97
SAME_KNOWN_NAME = 0.96
SAME_BY_OTHER_ENDING = 0.96
SAME_SKELETON = 0.93
TWO_KNOWN_NAMES = 0.60
"""Most for two different common names, however close: Зуҳро and Заҳро are two people."""
SAME_INITIAL = 0.90
"""For a name and its first letter, or for two first letters; `likeness` takes from the whole name for it."""
FEMALE_ENDING_APART = 0.55
"""Most for a name and the same with -а: Карим and Карима."""
OTHER_SEX = 0.70
"""Factor where one ending says male and the other female."""
ENDING_MISSPELT = 0.88
"""For a stem met by the same with something that begins like an ending: Нозим and Нозимовзич."""
MOST_BY_DISTANCE = 0.92
"""No misspelling counts as much as a known habit of spelling."""

_ONE_INITIAL = frozenset(
    pair for one, other in ("jc", "jd", "kh", "sw", "ie", "ao", "ou") for pair in (one + other, other + one)
)
"""First letters that stand for each other: on keyboards without Ҷ, in spellings with О, and Д. for Дж, K. for Kh."""
_ENDING_BEGINS = re.compile("(?:[ai]?v|z).{1,4}$|.?.?ada$")


@lru_cache(maxsize=65536)
def word_similarity(a: Token, b: Token) -> float:
    """0..1 for two words, endings aside except where they tell the sexes apart."""
    value = _by_stem(a, b)
    if a.sex is not None and b.sex is not None and a.sex is not b.sex:
        return value * OTHER_SEX
    return value


def _by_stem(a: Token, b: Token) -> float:
    if a.initial or b.initial:
        short, long = (a.folded, b.folded) if len(a.folded) <= len(b.folded) else (b.folded, a.folded)
        return SAME_INITIAL if long.startswith(short) or long[:1] + short[:1] in _ONE_INITIAL else 0.0
    if a.stem == b.stem:
        return SAME_STEM
    if a.key == b.key:
        return SAME_LOOSE_KEY
    if a.known & b.known:
        return SAME_KNOWN_NAME
    if b.key == a.other_key or a.key == b.other_key:
        return SAME_BY_OTHER_ENDING
    if a.key + "a" == b.key or b.key + "a" == a.key:
        return FEMALE_ENDING_APART
    both_known = bool(a.known and b.known)
    if a.skeleton == b.skeleton and not both_known:
        return SAME_SKELETON
    by_distance = _by_distance(a.key, b.key)
    if both_known:
        return min(by_distance, TWO_KNOWN_NAMES)
    if a.other_key or b.other_key:
        by_distance = max(by_distance, _by_distance(a.other_key or a.key, b.other_key or b.key))
    if _ENDING_BEGINS.match(_rest(a.key, b.key)):
        return max(by_distance, ENDING_MISSPELT)
    return by_distance


def is_habit(a: Token, b: Token) -> bool:
    """Whether two words of different stems are one name by a known habit of spelling, and not by a slip."""
    if a.key == b.key or b.key == a.other_key or a.key == b.other_key:
        return True
    return bool(a.known & b.known) or (a.skeleton == b.skeleton and not (a.known and b.known))


def _rest(a: str, b: str) -> str:
    """What one key has after the whole of the other, if the other is long enough to be a stem."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return long[len(short) :] if len(short) >= 4 and long.startswith(short) else ""


def _by_distance(a: str, b: str) -> float:
    """Jaro-Winkler, held down by the number of slips: one in a word of five letters may be a slip, two seldom are."""
    longest = max(len(a), len(b))
    if min(len(a), len(b)) < 2:
        return 0.0
    slips = OSA.distance(a, b, score_cutoff=3)
    alike = JaroWinkler.similarity(a, b)
    if slips == 1 and longest >= 4:
        return min(MOST_BY_DISTANCE, max(alike, 0.86 + 0.01 * min(longest, 6)))
    if slips == 2 and longest >= 7:
        return min(alike, 0.86)
    return float(min(alike, 0.80 if slips <= 3 and longest >= 9 else 0.72) ** 1.5)


def forget_pairs() -> None:
    """Empties what was remembered of pairs."""
    word_similarity.cache_clear()

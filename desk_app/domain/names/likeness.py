"""How alike two people's names are: best assignment of their words in any order, with what endings say about places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from desk_app.domain.names.token_pairs import word_similarity
from desk_app.domain.names.tokens import Role, Token, joined, tokens

OTHER_PLACE = 0.50
"""Factor for a surname or father's name met by a bare word that has its own: Саидов Карим is not Каримов Саид."""
FATHER_AS_SURNAME = 0.97
"""Factor for Раҳимов against Раҳимович where no other father's name contradicts."""
MISSING = {Role.FATHER: 0.985, Role.CHILD: 0.985, Role.BARE: 0.96, Role.SURNAME: 0.94}
"""Factor for each word the other name lacks, by what the word is: father's names are left out most often."""
GIVEN_NAME_LEFT = 0.62
"""Factor where the given name met nothing: the family met, not the person (Каримов Саид, Каримов Рустам Саидович)."""
ONE_WORD_ONLY = 0.86
"""Factor where a single word meets a longer name: it is little to go by."""
INITIAL = 0.90
"""Factor where of a given name the first letter alone is known (Каримов С.): one in fifteen begins so."""
MORE_INITIALS = 0.98
"""The same for each further name, and for a father's name, which is left out most often."""
ORDER_DIFFERS = 0.995
ENDING_DIFFERS = 0.99
WEIGHT_OF_WORST = 0.5
"""Share of the least alike pair of words; the rest is the mean: one strange word is enough to be somebody else."""

_SMALL = 4
_OF_SURNAMES = (Role.SURNAME, Role.CHILD)


@dataclass(frozen=True, slots=True)
class Match:
    """An assignment of words: which pairs, what score."""

    score: float
    pairs: tuple[tuple[int, int], ...] = ()
    a: tuple[Token, ...] = ()
    b: tuple[Token, ...] = ()


def similarity(a: str, b: str) -> float:
    """0..1 for two whole names as typed, in any script and order. Symmetric; never raises; 0 for an empty name."""
    return match(tokens(a), tokens(b)).score


@lru_cache(maxsize=4096)
def match(a: tuple[Token, ...], b: tuple[Token, ...]) -> Match:
    """The best assignment of the words of two names."""
    if not a or not b:
        return Match(0.0)
    a, b = _with_neighbours_joined(a, b), _with_neighbours_joined(b, a)
    turned = len(a) > len(b)
    few, many = (b, a) if turned else (a, b)
    best = _best(few, many)
    if turned:
        best = Match(best.score, tuple((j, i) for i, j in best.pairs))
    return Match(best.score, best.pairs, a, b)


def highest(a: tuple[Token, ...], b: tuple[Token, ...]) -> float:
    """What the score of two names of two words each cannot exceed: places and what is missing only take from it."""
    (first, second), (third, fourth) = a, b
    straight = _mixed(word_similarity(first, third), word_similarity(second, fourth))
    return max(straight, _mixed(word_similarity(first, fourth), word_similarity(second, third)))


def _mixed(one: float, other: float) -> float:
    return (1 - WEIGHT_OF_WORST) * (one + other) / 2 + WEIGHT_OF_WORST * min(one, other)


def _best(few: tuple[Token, ...], many: tuple[Token, ...]) -> Match:
    """The best assignment: the most alike looked at first, until no other can be better."""
    raw = [[word_similarity(x, y) for y in many] for x in few]
    places = _Places(few, many)
    if len(many) > _SMALL:
        return places.judge(raw, _greedy(raw))
    ranked = sorted([(_total(raw, way), way) for way in _ways(len(many), len(few))])
    best = Match(-1.0)
    while ranked:
        total, way = ranked.pop()
        if total <= best.score * len(few):
            break
        found = places.judge(raw, way)
        if found.score > best.score:
            best = found
    return best


def _total(raw: list[list[float]], way: tuple[int, ...]) -> float:
    total = 0.0
    for row, j in zip(raw, way, strict=True):
        total += row[j]
    return total


@lru_cache(maxsize=64)
def _ways(many: int, few: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(many), few))


def _greedy(raw: list[list[float]]) -> tuple[int, ...]:
    """Most alike first; for names of more words than people have."""
    order = sorted(((s, -i, -j) for i, row in enumerate(raw) for j, s in enumerate(row)), reverse=True)
    taken: dict[int, int] = {}
    for _, i, j in order:
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    return tuple(taken[i] for i in range(len(raw)))


class _Places:
    """Judges one assignment by what the endings say about the places of the words."""

    def __init__(self, few: tuple[Token, ...], many: tuple[Token, ...]) -> None:
        self._few, self._many = few, many
        self._roles_few = [word.role for word in few]
        self._roles_many = [word.role for word in many]
        self._initials = any(word.initial for word in (*few, *many))

    def judge(self, raw: list[list[float]], way: tuple[int, ...]) -> Match:
        """The score of an assignment: mean and worst of the pairs, less for what is missing or out of place."""
        given = self._given_place(way)
        left = [j for j in range(len(self._many)) if j not in way] if len(way) < len(self._many) else []
        values = [raw[i][j] * self._place_factor(self._few[i], self._many[j]) for i, j in enumerate(way)]
        short = [i for i, j in enumerate(way) if raw[i][j] and self._is_short(i, j)] if self._initials else []
        spelt = [value for n, value in enumerate(values) if n not in short] or values
        score = (1 - WEIGHT_OF_WORST) * sum(spelt) / len(spelt) + WEIGHT_OF_WORST * min(spelt)
        if short:
            score *= self._shortened(short, way)
        for j in left:
            score *= GIVEN_NAME_LEFT if j == given and len(way) > 1 else MISSING[self._many[j].role]
        if left and len(way) == 1:
            score *= ONE_WORD_ONLY
        if list(way) != sorted(way):
            score *= ORDER_DIFFERS
        return Match(min(score, 1.0), tuple(enumerate(way)))

    def _is_short(self, i: int, j: int) -> bool:
        return self._few[i].initial or self._many[j].initial

    def _shortened(self, short: Sequence[int], way: tuple[int, ...]) -> float:
        """Factor for names of which one has the first letters alone: one for the given name, and a little for each."""
        fathers = sum(Role.FATHER in (self._few[i].role, self._many[way[i]].role) for i in short)
        return (INITIAL if fathers < len(short) else 1.0) * MORE_INITIALS ** (len(short) - (fathers < len(short)))

    def _given_place(self, way: tuple[int, ...]) -> int | None:
        """Where the given name of the longer name stands: the first bare word that is not known for a surname."""
        if len(way) == len(self._many):
            return None
        surnames = {j for i, j in enumerate(way) if self._few[i].role in _OF_SURNAMES}
        bare = [j for j, word in enumerate(self._many) if word.role is Role.BARE]
        told = [j for j in bare if j not in surnames]
        if not told or len(told) == len(self._many):
            return None
        own = Role.SURNAME in self._roles_many or self._roles_many[0] is Role.CHILD
        return told[0] if own or len(told) < len(bare) or len(told) == 1 else None

    def _place_factor(self, x: Token, y: Token) -> float:
        if x.role is y.role:
            return 1.0 if x.folded == y.folded or x.stem != y.stem else ENDING_DIFFERS
        if x.role is Role.CHILD or y.role is Role.CHILD:
            return ENDING_DIFFERS
        here, there = self._roles_few, self._roles_many
        if x.role is Role.BARE or (y.role is Role.SURNAME and x.role is Role.FATHER):
            x, y, here, there = y, x, there, here
        if y.role is Role.BARE:
            return OTHER_PLACE if x.role in there and there.count(x.role) >= here.count(x.role) else ENDING_DIFFERS
        # Раҳимов as the father's name has another surname beside it and no father's name.
        another = here.count(Role.SURNAME) > there.count(Role.SURNAME)
        return FATHER_AS_SURNAME if another and Role.FATHER not in here else OTHER_PLACE


def _with_neighbours_joined(name: tuple[Token, ...], other: tuple[Token, ...]) -> tuple[Token, ...]:
    """The name with two neighbours made one where the other name has them as one word."""
    if len(name) < 2:
        return name
    keys = {t.key for t in other}
    for i in range(len(name) - 1):
        first, second = name[i], name[i + 1]
        if first.role is not Role.BARE or (first.key in keys and second.key in keys):
            continue
        one = joined(first, second)
        if one.key in keys:
            return _with_neighbours_joined((*name[:i], one, *name[i + 2 :]), other)
    return name


def forget_matches() -> None:
    """Empties what was remembered of names."""
    match.cache_clear()

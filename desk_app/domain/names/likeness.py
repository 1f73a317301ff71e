"""How alike two people's names are: best assignment of their words in any order, with what endings say about places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, permutations

from desk_app.domain.names.token_pairs import SAME_LOOSE_KEY, word_similarity
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


def _best(few: tuple[Token, ...], many: tuple[Token, ...]) -> Match:
    """The best of the assignments that are worth looking at closely."""
    raw = [[word_similarity(x, y) for y in many] for x in few]
    places = _Places(few, many)
    if len(many) <= _SMALL:
        ways: Sequence[tuple[int, ...]] = _ways(len(many), len(few))
        ranked = sorted(((sum(raw[i][j] for i, j in enumerate(way)), way) for way in ways), reverse=True)
        top = ranked[0][0]
        chosen = [way for total, way in ranked[:4] if total > top - 0.75]
    else:
        chosen = [_greedy(raw)]
    return max((places.judge(raw, way) for way in chosen), key=lambda found: found.score)


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
        self._count_few = {role: sum(t.role is role for t in few) for role in Role}
        self._count_many = {role: sum(t.role is role for t in many) for role in Role}

    def judge(self, raw: list[list[float]], way: tuple[int, ...]) -> Match:
        """The score of an assignment: mean and worst of the pairs, less for what is missing or out of place."""
        given = self._given_place(way)
        left = [j for j in range(len(self._many)) if j not in way]
        values = [raw[i][j] * self._place_factor(self._few[i], self._many[j]) for i, j in enumerate(way)]
        score = (1 - WEIGHT_OF_WORST) * sum(values) / len(values) + WEIGHT_OF_WORST * min(values)
        for j in left:
            score *= GIVEN_NAME_LEFT if j == given and len(way) > 1 else MISSING[self._many[j].role]
        if left and len(way) == 1:
            score *= ONE_WORD_ONLY
        if any(later < earlier for earlier, later in pairwise(way)):
            score *= ORDER_DIFFERS
        return Match(min(score, 1.0), tuple(enumerate(way)))

    def _given_place(self, way: tuple[int, ...]) -> int | None:
        """Where the given name of the longer name stands: the first bare word that is not known for a surname."""
        if len(way) == len(self._many):
            return None
        surnames = {j for i, j in enumerate(way) if self._few[i].role in _OF_SURNAMES}
        bare = [j for j, word in enumerate(self._many) if word.role is Role.BARE]
        told = [j for j in bare if j not in surnames]
        if not told or len(told) == len(self._many):
            return None
        own = any(word.role is Role.SURNAME for word in self._many) or self._many[0].role is Role.CHILD
        return told[0] if own or len(told) < len(bare) or len(told) == 1 else None

    def _place_factor(self, x: Token, y: Token) -> float:
        if x.role is y.role:
            return 1.0 if x.folded == y.folded or x.stem != y.stem else ENDING_DIFFERS
        if Role.CHILD in (x.role, y.role):
            return ENDING_DIFFERS
        here, there = self._count_few, self._count_many
        if x.role is Role.BARE or (y.role is Role.SURNAME and x.role is Role.FATHER):
            x, y, here, there = y, x, there, here
        if y.role is Role.BARE:
            return OTHER_PLACE if there[x.role] and there[x.role] >= here[x.role] else ENDING_DIFFERS
        # Раҳимов as the father's name has another surname beside it and no father's name.
        return FATHER_AS_SURNAME if here[Role.SURNAME] > there[Role.SURNAME] and not here[Role.FATHER] else OTHER_PLACE


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
        if any(word_similarity(one, t) >= SAME_LOOSE_KEY for t in other):
            return _with_neighbours_joined((*name[:i], one, *name[i + 2 :]), other)
    return name


def forget_matches() -> None:
    """Empties what was remembered of names."""
    match.cache_clear()

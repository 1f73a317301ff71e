"""How much of each series of changes somebody holds, where some may be lost for good.

A damaged file or an old backup may leave a hole that nobody can fill any more. One number for a series would stop below
it for ever, and all above it would be sent again with every bundle. So what lies beyond is said too, as spans. Nobody
declares a hole lost: it is only told what is there, and whoever has what is missing sends it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desk_app.domain.change import MAX_SEQ, ChainId

Span = tuple[int, int]
"""The first and the last of consecutive numbers."""
MOST_SPANS = 1000
"""So many are told; what is not told counts as not there, and comes again."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Per chain the number `upto` which it is held whole, and the spans `beyond` holes, rising and apart."""

    upto: Mapping[ChainId, int] = field(default_factory=dict)
    beyond: Mapping[ChainId, Sequence[Span]] = field(default_factory=dict)

    def hold(self, chain: ChainId, seq: int) -> bool:
        """Whether that change is there."""
        if seq <= self.upto.get(chain, 0):
            return True
        spans = self.beyond.get(chain, ())
        at = bisect_right(spans, (seq, MAX_SEQ))
        return at > 0 and seq <= spans[at - 1][1]

    def last(self, chain: ChainId) -> int:
        """The highest number that is there, 0 for none."""
        spans = self.beyond.get(chain)
        return spans[-1][1] if spans else self.upto.get(chain, 0)

    def first_lacking(self, chain: ChainId, other: "Holdings") -> int | None:
        """The lowest number that is here and that the other does not hold."""
        for first, last in self._spans(chain):
            seq = first
            for begin, end in other._spans(chain):
                if begin <= seq <= end:
                    seq = end + 1
            if seq <= last:
                return seq
        return None

    def _spans(self, chain: ChainId) -> Iterator[Span]:
        if upto := self.upto.get(chain, 0):
            yield 1, upto
        yield from self.beyond.get(chain, ())


def are_apart(upto: int, spans: Sequence[Span]) -> bool:
    """Whether spans rise, each with a hole before it: after the number up to which all is held, too."""
    reached = upto
    for first, last in spans:
        if not reached + 1 < first <= last:
            return False
        reached = last
    return True

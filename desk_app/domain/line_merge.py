"""Long texts that were changed at several places at once, joined by lines (storage/FORMAT.md 3).

Of each version one stretch counts as changed: from the first to the last line in which it differs from what it
replaced. So two programs always join alike, and what was written close together is left to a person.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class _Stretch(NamedTuple):
    """These lines stand in the place of those from `first` up to, without it, `last`."""

    first: int
    last: int
    lines: tuple[str, ...]


def joined(base: str, versions: Iterable[str]) -> str | None:
    """The text with what every version changed of it; None where two changed the same lines, or lines with none
    between them that both left alone, or where one changed nothing.
    """
    lines = base.split("\n")
    stretches = sorted({_changed(lines, version.split("\n")) for version in versions})
    nothing = any(one.first == one.last and not one.lines for one in stretches)
    if nothing or any(after.first <= before.last for before, after in pairwise(stretches)):
        return None
    for first, last, instead in reversed(stretches):
        lines[first:last] = instead
    return "\n".join(lines)


def _changed(base: Sequence[str], version: Sequence[str]) -> _Stretch:
    shorter = min(len(base), len(version))
    first = next((at for at in range(shorter) if base[at] != version[at]), shorter)
    after = next((at for at in range(shorter - first) if base[-1 - at] != version[-1 - at]), shorter - first)
    return _Stretch(first, len(base) - after, tuple(version[first : len(version) - after]))

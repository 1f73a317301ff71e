"""Long lists in parts, as a statement with a question mark for each value can take them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

_MANY = 500
_Value = TypeVar("_Value")


def parts(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """The values in their order, some hundred at a time."""
    listed = list(values)
    return (listed[start : start + _MANY] for start in range(0, len(listed), _MANY))


def marks(part: Sequence[object]) -> str:
    """As many question marks."""
    return ", ".join("?" * len(part))

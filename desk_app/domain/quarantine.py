"""What a device wrote after it was shut out: it stays in the log and is part of no fold until it is readmitted.

An erasure is final and counts whoever wrote it: what it emptied nobody brings back.
"""

from collections.abc import Mapping

from desk_app.domain.change import ChainId, Change
from desk_app.domain.records.erasure import ERASURE

Limits = Mapping[ChainId, int]
"""Chain of a device that was shut out -> the number of its last change that counts; 0 where none does."""


UNLIMITED: Limits = {}


def counts(change: Change, limits: Limits) -> bool:
    """Whether a change takes part in what its record says."""
    limit = limits.get(change.chain)
    return limit is None or change.seq <= limit or change.kind == ERASURE.number

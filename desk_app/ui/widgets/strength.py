"""How good a new passphrase is, in words. A hint, no lock: only the length is demanded."""

from enum import StrEnum

SHORTEST = 12
"""Characters; the same bound as in `usecases.vaults`, which is not loaded before the unlock window stands."""
_LONG = 20
_FEW = 6
_WORDS = 3


class Strength(StrEnum):
    """From refused to good."""

    TOO_SHORT = "too_short"
    REPEATS = "repeats"
    FAIR = "fair"
    GOOD = "good"


def strength_of(passphrase: str) -> Strength:
    """Length, repeated signs and words are all that is looked at."""
    if len(passphrase) < SHORTEST:
        return Strength.TOO_SHORT
    if len(set(passphrase.lower())) < _FEW:
        return Strength.REPEATS
    long_enough = len(passphrase) >= _LONG and len(set(passphrase.lower().split())) >= _WORDS
    return Strength.GOOD if long_enough else Strength.FAIR

"""From a passphrase to a key: Argon2id over the NFKC form, with costs that fit the machine."""

import unicodedata
from collections.abc import Callable
from typing import Annotated

import argon2.low_level
import msgspec
from argon2.exceptions import HashingError

from desk_app.domain.errors import KeyFileDamaged, KeyMemoryShort, KeyParametersWeak

FLOOR_KIB = 64 * 1024
"""RFC 9106, 4: the second recommended option uses 64 MiB; below that a key file is refused."""
CEILING_KIB = 2 * 1024 * 1024
SALT_BYTES = 16
KEY_BYTES = 32
WAIT_SECONDS = 1.0
"""How long a person waits at unlock before a lower cost is chosen for her machine."""

Timer = Callable[[], float]
"""Seconds from any fixed moment, such as `time.perf_counter`."""


class Argon2Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of one guess: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: Annotated[int, msgspec.Meta(ge=1, le=64)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)]

    def check(self) -> None:
        """Raises `KeyParametersWeak` below the floor, `KeyFileDamaged` where no machine could follow."""
        if self.memory_kib < FLOOR_KIB:
            raise KeyParametersWeak
        if self.memory_kib > CEILING_KIB:
            raise KeyFileDamaged


DEFAULT_PARAMETERS = Argon2Parameters(256 * 1024, 3, 4)
FLOOR_PARAMETERS = Argon2Parameters(FLOOR_KIB, 1, 1)
_LADDER_KIB = (256 * 1024, 192 * 1024, 128 * 1024, 96 * 1024)


def stretch(passphrase: str, salt: bytes, parameters: Argon2Parameters) -> bytes:
    """The 32-byte key of a passphrase; the same for its composed and decomposed spelling.

    Raises `KeyMemoryShort` when the machine cannot give the memory.
    """
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return argon2.low_level.hash_secret_raw(
            secret,
            salt,
            time_cost=parameters.passes,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.lanes,
            hash_len=KEY_BYTES,
            type=argon2.low_level.Type.ID,
        )
    except HashingError as error:
        raise KeyMemoryShort(parameters.memory_kib) from error


def calibrate(timer: Timer, processors: int) -> Argon2Parameters:
    """The strongest parameters that keep the wait at unlock under a second, and never below 64 MiB with 3 passes.

    One pass over 64 MiB is timed; the cost grows in proportion to memory times passes.
    """
    lanes = max(1, min(DEFAULT_PARAMETERS.lanes, processors))
    start = timer()
    stretch("", bytes(SALT_BYTES), Argon2Parameters(FLOOR_KIB, 1, lanes))
    seconds_per_kib = (timer() - start) / FLOOR_KIB
    for memory in _LADDER_KIB:
        if seconds_per_kib * memory * DEFAULT_PARAMETERS.passes <= WAIT_SECONDS:
            return Argon2Parameters(memory, DEFAULT_PARAMETERS.passes, lanes)
    return Argon2Parameters(FLOOR_KIB, DEFAULT_PARAMETERS.passes, lanes)

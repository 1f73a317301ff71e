from collections.abc import Iterator

import pytest

from desk_app.crypto.passphrase import FLOOR_KIB, Argon2Parameters, calibrate, stretch
from desk_app.domain.errors import KeyMemoryShort


def machine(seconds: float) -> Iterator[float]:
    """A clock between whose two readings one pass over 64 MiB took so long."""
    yield 0.0
    yield seconds


@pytest.mark.parametrize(
    ("seconds", "memory"),
    [
        (0.001, 256 * 1024),
        (0.08, 256 * 1024),
        (0.1, 192 * 1024),
        (0.15, 128 * 1024),
        (0.2, 96 * 1024),
        (9.0, 64 * 1024),
    ],
)
def test_a_slow_machine_gets_less_memory_and_never_under_the_floor(seconds: float, memory: int) -> None:
    readings = machine(seconds)
    assert calibrate(lambda: next(readings), 2) == Argon2Parameters(memory, 3, 2)


@pytest.mark.parametrize(("processors", "lanes"), [(0, 1), (1, 1), (4, 4), (64, 4)])
def test_lanes_follow_the_processors(processors: int, lanes: int) -> None:
    readings = machine(0.0)
    assert calibrate(lambda: next(readings), processors).lanes == lanes


def test_a_machine_without_the_memory_says_so() -> None:
    with pytest.raises(KeyMemoryShort):
        stretch("x", bytes(16), Argon2Parameters((1 << 32) - 1, 1, 1))


def test_the_key_depends_on_every_input() -> None:
    made = {
        stretch("a", bytes(16), Argon2Parameters(FLOOR_KIB, 1, 1)),
        stretch("b", bytes(16), Argon2Parameters(FLOOR_KIB, 1, 1)),
        stretch("a", bytes(15) + b"1", Argon2Parameters(FLOOR_KIB, 1, 1)),
        stretch("a", bytes(16), Argon2Parameters(FLOOR_KIB, 1, 2)),
    }
    assert len(made) == 4

"""Edits of valid samples, drawn from a seed: of bytes, of big-endian numbers in them, of JSON along its structure."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

Vary = Callable[[bytes, Random], bytes]

_NUMBERS = (0, 1, -1, 2, 127, 255, 256, 4096, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**47, 2**53, 2**53 + 1)
_WIDE = (*_NUMBERS, 2**63 - 1, 2**63, 2**64, -(2**53), -(2**63), 10**40)
_TEXTS = (
    "",
    "\0",
    "a",
    "0" * 32,
    "ab" * 16 + ".0badcafe",
    "ҷ" * 301,
    "\ud800",
    "\u202e",
    "1987-13-45",
    "AAAA",
    "=",
    "\n",
)
_ODD: tuple[Any, ...] = (None, True, False, 0.5, 1e308, [], {}, [[]], {"": 1}, [None], *_WIDE, *_TEXTS)
_DEEP = 2000


def vary_bytes(data: bytes, chance: Random) -> bytes:
    """One to four edits of stretches of bytes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(data))
        size = min(chance.choice((1, 1, 2, 4, 16, 64)), len(data) - at)
        match chance.randrange(6):
            case 0:
                data = data[:at] + data[at + size :]
            case 1:
                data = data[:at] + chance.randbytes(size) + data[at + size :]
            case 2:
                data = data[:at] + chance.randbytes(size) + data[at:]
            case 3:
                data = data[:at] + data[at : at + size] * chance.randint(2, 5) + data[at + size :]
            case 4 if at < len(data):
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            case _:
                other = chance.randint(0, len(data))
                data = data[:at] + data[other : other + size] + data[at + size :]
    return data


def vary_frames(data: bytes, chance: Random) -> bytes:
    """Overwrites a big-endian number somewhere, or edits bytes."""
    if chance.random() < 0.5:
        return vary_bytes(data, chance)
    width = chance.choice((4, 8))
    at = chance.randint(0, len(data))
    number = chance.choice(_NUMBERS) + chance.choice((-1, 0, 0, 1))
    told: bytes = (number % 256**width).to_bytes(width)
    return data[:at] + told + data[at + width :]


def vary_json(data: bytes, chance: Random) -> bytes:
    """One to three edits along the structure; of the bytes where they are no JSON, and now and then where they are."""
    if chance.random() < 0.15:
        return vary_bytes(data, chance)
    if chance.random() < 0.01:
        return (b"[" if chance.random() < 0.5 else b'{"f":') * _DEEP
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return vary_bytes(data, chance)
    for _ in range(chance.randint(1, 3)):
        value = _edited(value, chance)
    spelt = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=chance.random() < 0.2)
    return spelt.encode("utf-8", "surrogatepass")


def vary_lines(data: bytes, chance: Random) -> bytes:
    """Edits one line as JSON, or drops, doubles or swaps lines."""
    lines = data.split(b"\n")
    at = 0 if chance.random() < 0.5 else chance.randrange(len(lines))
    match chance.randrange(12):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at] = vary_json(lines[at], chance)
    return b"\n".join(lines)


def with_words(words: Sequence[bytes]) -> Vary:
    """Edits of bytes that know the words of a language."""

    def vary(data: bytes, chance: Random) -> bytes:
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(data))
            data = data[:at] + chance.choice(words) + data[at + chance.choice((0, 0, 1, 8)) :]
        return vary_bytes(data, chance) if chance.random() < 0.4 else data

    return vary


def _edited(value: Any, chance: Random) -> Any:
    """The value with one edit somewhere in it."""
    if isinstance(value, list | dict) and value and chance.random() < 0.85:
        return _edited_inside(value, chance)
    match value:
        case bool():
            return chance.choice((not value, *_ODD))
        case int() if chance.random() < 0.6:
            return value + chance.choice((-1, 1, 2, -value, 60_000, *_NUMBERS))
        case str() if value and chance.random() < 0.6:
            at = chance.randrange(len(value))
            return value[:at] + chance.choice(("", "0", "a", "A", "ҳ", " ", value)) + value[at + 1 :]
        case _:
            return chance.choice(_ODD)


def _edited_inside(value: Any, chance: Random) -> Any:
    """A list or an object with one of its members edited, gone, doubled, moved or renamed."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = chance.choice(keys)
    act = chance.randrange(10)
    if isinstance(value, dict):
        made = dict(value)
        if act == 0:
            del made[key]
        elif act == 1:
            made[str(chance.choice((*keys, *_TEXTS, *range(1, 60))))] = made[key]
        else:
            made[key] = _edited(made[key], chance)
        return made
    items = list(value)
    if act == 0:
        del items[key]
    elif act == 1:
        items.insert(chance.choice(keys), items[key])
    elif act == 2:
        other = chance.choice(keys)
        items[key], items[other] = items[other], items[key]
    elif act == 3:
        items.insert(key, chance.choice(_ODD))
    else:
        items[key] = _edited(items[key], chance)
    return items

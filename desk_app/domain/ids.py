"""Distinct types for ids, and how new ones are made."""

import secrets
from collections.abc import Callable
from typing import NewType

RecordId = NewType("RecordId", str)
"""A record's permanent id: UUIDv7 (RFC 9562, 5.7) as 32 lower-case hex digits, so ids sort by time of making."""

DeviceId = NewType("DeviceId", str)
"""First 16 bytes of SHA-256 over the device's raw Ed25519 public key, as 32 hex digits: the id proves its key."""

Incarnation = NewType("Incarnation", str)
"""Eight random hex digits, new after a restore or a copy, so that no change number is ever used twice."""

DeskCode = NewType("DeskCode", str)
"""A desk's permanent code (`khorugh`); the coordinator's is `coordinator`."""

UserId = NewType("UserId", str)
"""A user's permanent id within the programme: eight random hex digits."""

RandomBytes = Callable[[int], bytes]


def uuid7(milliseconds: int, random: RandomBytes = secrets.token_bytes) -> RecordId:
    """A new record id from Unix milliseconds and ten random bytes."""
    noise = int.from_bytes(random(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | noise & (1 << 62) - 1
    return RecordId(f"{value:032x}")


def is_record_id(text: str) -> bool:
    """Whether text has the form of a record id."""
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)

"""Small pictures of noise, made once and used again: what is on them does not matter."""

import functools
import io
import random
from pathlib import Path

from PIL import Image


def write_scan(folder: Path, chance: random.Random) -> Path:
    """Writes a scan of a few KB, now and then one of several pieces."""
    path = folder / "scan.png"
    path.write_bytes(_scan(chance.randrange(4), 420 if chance.random() < 0.1 else 60))
    return path


@functools.cache
def _scan(seed: int, side: int) -> bytes:
    file = io.BytesIO()
    Image.frombytes("L", (side, side), random.Random(seed).randbytes(side * side)).save(file, "PNG")
    return file.getvalue()

"""A disk that goes bad: pages of a vault that nobody can open any more."""

from collections.abc import Iterable
from pathlib import Path

from desk_app.crypto.keyfile import DataKey
from desk_app.crypto.pages import PAGE, PageKeys


def damage(path: Path, data_key: DataKey, hashes: Iterable[bytes]) -> int:
    """Turns a bit over on each page that holds one of these hashes of changes. Returns how many pages."""
    keys, data, hit = PageKeys(data_key.key, data_key.salt), bytearray(path.read_bytes()), 0
    for number in range(2, len(data) // PAGE + 1):
        content = keys.opened(bytes(data[(number - 1) * PAGE : number * PAGE]), number)
        if content is not None and any(one in content for one in hashes):
            data[number * PAGE - 2000] ^= 1
            hit += 1
    path.write_bytes(data)
    return hit

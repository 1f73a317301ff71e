"""The two copies of the key file in a vault's folder, and who was refused at its door."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from desk_app.crypto import keyfile
from desk_app.crypto.keyfile import KeyFile
from desk_app.domain.errors import (
    DiskFull,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    KeyFileDamaged,
    NoAccess,
    VaultMissing,
)
from desk_app.domain.ids import UserId
from desk_app.storage import files

KEY_FILES = ("keys.json", "keys-2.json")
DATABASE = "core.db"
REFUSED = "refused"
MOST_REFUSED = 1000
"""Lines kept of refused passphrases: the newest."""
_REFUSED_CAP = 64 * 1024
_REFUSED_LINE = re.compile(r"([0-9]{1,15}) ([0-9a-f]{8})")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wrong passphrase: when, in Unix milliseconds, and whose slot it was tried on."""

    at: int
    user: UserId


def read_all(folder: Path) -> list[KeyFile]:
    """What the copies that are whole say, the first copy first, each content once.

    Raises `VaultMissing`, `KeyFileDamaged`, `KeyFileNewer`, `NoAccess`.
    """
    with files.as_trouble(folder):
        present = [name for name in KEY_FILES if (folder / name).is_file()]
        if not present:
            raise KeyFileDamaged if (folder / DATABASE).is_file() else VaultMissing(str(folder))
    found: list[KeyFile] = []
    for name in present:
        try:
            key_file = keyfile.decode_key_file(files.read(folder / name, keyfile.SIZE_CAP))
        except (KeyFileDamaged, FileTooLarge, FileUnreadable):
            continue
        if key_file not in found:
            found.append(key_file)
    if not found:
        raise KeyFileDamaged
    return found


def users(folder: Path) -> tuple[str, ...]:
    """The names of those who can open the vault: of every vault whose keys lie here, where copies were mixed up.

    Raises what `read_all` raises.
    """
    spoken: dict[str, KeyFile] = {}
    for key_file in read_all(folder):
        spoken.setdefault(key_file.vault, key_file)
    return tuple(dict.fromkeys(slot.name for key_file in spoken.values() for slot in key_file.users))


def write(folder: Path, key_file: KeyFile) -> None:
    """Writes both copies, durable; where the second cannot be written, the first is put back as it was.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable`.
    """
    data = keyfile.encode_key_file(key_file)
    first, second = (folder / name for name in KEY_FILES)
    before = _held(first)
    files.write(first, data)
    try:
        files.write(second, data)
    except (DiskFull, FileUnwritable, NoAccess):
        if before is not None:
            files.write(first, before)
        raise


def mend(folder: Path, key_file: KeyFile) -> None:
    """Writes the copies that are not as they should be. One that cannot be written keeps nobody from her work."""
    data = keyfile.encode_key_file(key_file)
    for name in KEY_FILES:
        path = folder / name
        try:
            if _held(path) != data:
                files.write(path, data)
        except (DiskFull, FileUnwritable, NoAccess):
            _logger.warning("key_file_not_mended")


def note_refused(folder: Path, refusal: Refusal) -> None:
    """Remembers a refused passphrase, for the record of access at the next unlock; never more trouble than there is."""
    kept = [*_refused_lines(folder), f"{refusal.at} {refusal.user}"][-MOST_REFUSED:]
    try:
        files.write(folder / REFUSED, "".join(f"{line}\n" for line in kept).encode())
    except (DiskFull, FileUnwritable, NoAccess):
        _logger.warning("refusal_not_noted")


def take_refused(folder: Path) -> tuple[Refusal, ...]:
    """The refused passphrases since they were last taken, oldest first; they are kept here no longer."""
    found = [_REFUSED_LINE.fullmatch(line) for line in _refused_lines(folder)]
    try:
        (folder / REFUSED).unlink(missing_ok=True)
    except OSError:
        _logger.warning("refusals_not_removed")
    return tuple(Refusal(int(line[1]), UserId(line[2])) for line in found if line)


def _refused_lines(folder: Path) -> list[str]:
    """What anybody may have written into that file is read line by line; a file too large says nothing."""
    try:
        return files.read(folder / REFUSED, _REFUSED_CAP).decode("ascii", "replace").splitlines()
    except (FileTooLarge, FileUnreadable, NoAccess):
        return []


def _held(path: Path) -> bytes | None:
    try:
        return files.read(path, keyfile.SIZE_CAP)
    except (FileTooLarge, FileUnreadable):
        return None

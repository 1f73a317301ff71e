"""Files on a stick: those with a certain ending, in whatever folder of it they lie."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from desk_app.storage import files

_NOT_OURS = frozenset({"system volume information", "$recycle.bin", "lost+found"})


def inside(folder: Path, endings: Collection[str]) -> list[Path]:
    """The files in a folder and the folders in it whose names end so, in small letters or capitals; sorted.

    Links are not followed, and what is hidden stays aside: waste bins, and the shadows another system makes of files.
    Raises `NoAccess`, `FileUnreadable` for the folder itself; one inside that cannot be read is not ours.
    """
    with files.as_trouble(folder):
        os.scandir(folder).close()
    return sorted(path for path in _walk(folder) if path.suffix.lower() in endings and path.is_file())


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name.lower() not in _NOT_OURS]
        yield from (
            Path(root, name) for name in names if not name.startswith(".") and not Path(root, name).is_symlink()
        )

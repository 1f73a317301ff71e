"""Trouble with a vault as a whole: opening, backups, salvage, a journey."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class DeskCodeWrong(Trouble):
    """A desk's code is small Latin letters, digits and underscores."""

    code: str


@dataclass(eq=False)
class VaultMissing(Trouble):
    """The folder holds no vault."""

    folder: str


@dataclass(eq=False)
class VaultExists(Trouble):
    """A new vault would overwrite one that is there, or a folder with other files in it."""

    folder: str


@dataclass(eq=False)
class VaultDamaged(Trouble):
    """The database cannot be read: half copied, cut off or overwritten."""

    folder: str


@dataclass(eq=False)
class VaultNewer(Trouble):
    """A newer version of the program wrote this vault."""

    folder: str
    version: int


@dataclass(eq=False)
class VaultInUse(Trouble):
    """Another program holds the vault's database."""

    folder: str


@dataclass(eq=False)
class NotACoordinator(Trouble):
    """Only the coordinator's vault does this."""


class BackupDamaged(Trouble):
    """The file is no backup, or is cut or altered."""


@dataclass(eq=False)
class BackupNewer(Trouble):
    """A newer version of the program made the backup."""

    version: int


@dataclass(eq=False)
class BackupUnsound(Trouble):
    """A backup that was just made did not open again, so it does not count; the older ones stay."""

    path: str


@dataclass(eq=False)
class NothingSalvaged(Trouble):
    """Not one row of a damaged database could be read."""

    folder: str


@dataclass(eq=False)
class StillWaiting(Trouble):
    """Not everything has arrived at the coordinator, so nothing is wiped; `count` counts changes and files."""

    count: int


class NoCoordinator(Trouble):
    """No coordinator has been admitted, so there is nobody who keeps the data meanwhile."""

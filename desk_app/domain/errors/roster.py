"""Trouble with the roster of the programme, with senders who wait, and with computers that were copied."""

from dataclasses import dataclass

from desk_app.domain.errors.exchange import BundleRefused
from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class RosterForged(Trouble):
    """A version of the roster came that the coordinator did not make, or another desk wrote one. It is not used."""

    desk: str


@dataclass(eq=False)
class RosterNewer(Trouble):
    """A newer version of the program is needed to read a coordinator's roster. What was known of it stays in use."""

    desk: str


@dataclass(eq=False)
class RosterForked(Trouble):
    """Two different versions of a coordinator's roster follow the same one. Neither is used."""

    desk: str
    version: int


@dataclass(eq=False)
class RosterRolledBack(Trouble):
    """A coordinator speaks of an older version of its roster than was known already. The known one stays."""

    desk: str
    version: int
    known: int


@dataclass(eq=False)
class RosterBehind(Trouble):
    """A partner knows a newer version of this coordinator's own roster than lies here: it was restored since."""

    version: int
    known: int


@dataclass(eq=False)
class RevokedElsewhere(Trouble):
    """Another coordinator shut the partner out, and only that one can admit it again."""

    desk: str
    by: str


@dataclass(eq=False)
class NotRevoked(Trouble):
    """Who is to be admitted again was not shut out."""

    desk: str


@dataclass(eq=False)
class UnknownBundle(Trouble):
    """No bundle with that number came from the partner."""

    desk: str
    number: int


@dataclass(eq=False)
class AlarmOpen(BundleRefused):
    """The sender's computer seems to have been copied, and nobody has said yet what is to happen with what it sends."""

    desk: str


@dataclass(eq=False)
class NothingHeld(Trouble):
    """No bundle of that name is kept aside."""

    name: str


@dataclass(eq=False)
class NoAlarm(Trouble):
    """No open alarm has that name."""

    name: str

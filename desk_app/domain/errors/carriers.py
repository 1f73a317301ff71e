"""Trouble on the way of a bundle: servers, mail, sticks."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


class CarrierTrouble(Trouble):
    """A bundle did not travel. What was sealed waits where it was, and nothing of the exchange was changed."""


@dataclass(eq=False)
class CarrierUnknown(CarrierTrouble):
    """No way of sending has that name."""

    name: str


@dataclass(eq=False)
class CarrierNameTaken(CarrierTrouble):
    """Another way of sending has that name."""

    name: str


@dataclass(eq=False)
class CarrierSettingWrong(CarrierTrouble):
    """Something that a way is told is missing or cannot be; `setting` is a code of `carriers.SETTING`."""

    setting: str


@dataclass(eq=False)
class NoConnection(CarrierTrouble):
    """The server does not answer, or went away in the middle."""

    server: str


@dataclass(eq=False)
class ServerNotTrusted(CarrierTrouble):
    """The server does not prove who it is by a certificate that this computer trusts, or offers no encryption."""

    server: str


@dataclass(eq=False)
class ServerKeyUnknown(CarrierTrouble):
    """The fingerprint of a server's key has not been compared yet."""

    server: str
    fingerprint: str


@dataclass(eq=False)
class ServerKeyChanged(CarrierTrouble):
    """A server shows another key than the one whose fingerprint was compared."""

    server: str
    fingerprint: str


@dataclass(eq=False)
class LoginRefused(CarrierTrouble):
    """The server does not take this user with this password or key."""

    server: str
    user: str


@dataclass(eq=False)
class StoreRefused(CarrierTrouble):
    """The server lets this user in, but not read or write there."""

    server: str


@dataclass(eq=False)
class StorePlaceMissing(CarrierTrouble):
    """The folder, bucket or mail box is not there."""

    place: str


@dataclass(eq=False)
class StoreFull(CarrierTrouble):
    """No room is left where the bundle should go."""

    server: str


@dataclass(eq=False)
class StoreCrowded(CarrierTrouble):
    """More files lie there than can be looked through."""

    server: str


@dataclass(eq=False)
class NameTaken(CarrierTrouble):
    """A file of that name lies there already; it was not touched."""

    name: str


@dataclass(eq=False)
class TooLargeToCarry(CarrierTrouble):
    """The server takes no file of that size."""

    server: str


@dataclass(eq=False)
class AddressRefused(CarrierTrouble):
    """The mail server does not deliver to that address."""

    address: str


@dataclass(eq=False)
class ServerFailed(CarrierTrouble):
    """The server answered with an error of its own; `answer` is its number."""

    server: str
    answer: str


class StickMissing(CarrierTrouble):
    """No stick is there."""


@dataclass(eq=False)
class StickNotOpened(CarrierTrouble):
    """A stick is plugged in, but the system shows no folder of it; `stick` is the name of its device."""

    stick: str


@dataclass(eq=False)
class StickUnclear(CarrierTrouble):
    """Several sticks are there and none was named."""

    sticks: tuple[str, ...]


@dataclass(eq=False)
class StickReadOnly(CarrierTrouble):
    """The stick takes no files: its switch is set, or the system mounted it for reading."""

    stick: str


@dataclass(eq=False)
class StickFull(CarrierTrouble):
    """No room is left on the stick."""

    stick: str


@dataclass(eq=False)
class StickCrowded(CarrierTrouble):
    """There is room on the stick, but its list of files is full: a FAT folder holds so many names and no more."""

    stick: str


@dataclass(eq=False)
class StickPulled(CarrierTrouble):
    """The stick went away in the middle."""

    stick: str


@dataclass(eq=False)
class StillOnItsWay(CarrierTrouble):
    """A way is not removed while bundles wait for it."""

    name: str

"""Trouble with partners, cards and bundles."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class UnknownPartner(Trouble):
    """No partner of that code has been admitted."""

    code: str


class BundleRefused(Trouble):
    """A file taken for a bundle was refused whole; nothing of it was merged."""


@dataclass(eq=False)
class Damaged(BundleRefused):
    """The file is no bundle, or not as its sender made it. `where` names the part, for the log and support."""

    where: str


@dataclass(eq=False)
class Foreign(BundleRefused):
    """The bundle is for somebody else, or for a key of ours that is gone."""


@dataclass(eq=False)
class UnknownSender(BundleRefused):
    """The roster has no such device. The desk is what the bundle claims, unproved."""

    device: str
    desk: str


@dataclass(eq=False)
class Revoked(BundleRefused):
    """The sender's device has been shut out of the programme."""

    desk: str


@dataclass(eq=False)
class NewerFormat(BundleRefused):
    """A newer version of the program is needed to read this file."""

    version: int


@dataclass(eq=False)
class TooLarge(BundleRefused):
    """The file, or what it unpacks to, is larger than a bundle may be. In bytes."""

    size: int


@dataclass(eq=False)
class CardDamaged(Trouble):
    """The file is no card of public keys, or was altered."""


@dataclass(eq=False)
class CardNewer(Trouble):
    """A newer version of the program wrote the card."""

    version: int


@dataclass(eq=False)
class CodeUnreadable(Trouble):
    """A picture shows no QR code of a card, or those of several."""

    path: str


@dataclass(eq=False)
class Equivocation(Trouble):
    """One number of a device's chain came with two contents: the device was copied, or somebody forges.

    `ours` and `theirs` are the hashes of the two changes.
    """

    device: str
    chain: str = ""
    number: int = 0
    ours: bytes = b""
    theirs: bytes = b""


@dataclass(eq=False)
class GapBefore(Trouble):
    """A bundle begins after changes that this vault never received; `missing` are the sender's bundle numbers."""

    sender: str
    missing: tuple[int, ...]


@dataclass(eq=False)
class ForeignChanges(Trouble):
    """A desk's bundle holds changes that another device wrote."""

    sender: str


@dataclass(eq=False)
class DigitsDiffer(Trouble):
    """The digits read out do not belong to this card; `code` is the desk it claims."""

    code: str


@dataclass(eq=False)
class NothingToRead(Trouble):
    """None of the named places holds a bundle."""

    path: str


@dataclass(eq=False)
class NotForOurselves(Trouble):
    """The card is this vault's own; a vault exchanges with others."""


@dataclass(eq=False)
class LargeChange(Trouble):
    """Taking something in would remove or erase unusually much: so many records, so many of all people."""

    records: int
    people: int
    all_people: int

"""Setting up the ways by which bundles travel. The program does everything without one, too."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from desk_app.crypto import login_key
from desk_app.domain.carriers import SECRET, Kind
from desk_app.domain.clock import Milliseconds
from desk_app.domain.errors import (
    CarrierNameTaken,
    CarrierSettingWrong,
    CarrierUnknown,
    NoConnection,
    StillOnItsWay,
)
from desk_app.storage import carriers as storage
from desk_app.storage import outbox
from desk_app.storage.carriers import Way
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync.carriers.carrier import Carrier, box_of
from desk_app.sync.carriers.opening import checked, open_carrier
from desk_app.sync.carriers.pace import Pace, Seconds, wait_for

LONGEST_NAME = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way as it may be shown: without its password. `signs_in_with` is the public line of the program's own key."""

    name: str
    kind: Kind
    told: Mapping[str, str]
    signs_in_with: str
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opener:
    """Everything that opening a way takes, so that it can be done on another thread, without the vault."""

    name: str
    kind: Kind
    own_box: str
    milliseconds: Milliseconds
    _way: Way = field(repr=False)
    seconds: Seconds = time.monotonic

    def open(self, pace: Pace) -> Carrier:
        """Opens it. Raises a `CarrierTrouble` where it cannot be reached. The caller closes it."""
        way = self._way
        return open_carrier(way.kind, way.told, way.password, way.key, self.own_box, self.milliseconds, pace)


def ways(vault: Vault) -> list[WayShown]:
    """The ways that were set up."""
    with as_trouble(vault.folder / DATABASE):
        return [_shown(way) for way in storage.ways(vault.db)]


def way(vault: Vault, name: str) -> WayShown:
    """The way of that name. Raises `CarrierUnknown`."""
    return _shown(_way(vault, name))


def add(vault: Vault, name: str, kind: Kind, values: Mapping[str, str], password: str = "") -> WayShown:
    """Sets a way up. Nothing is asked of its server. Raises `CarrierNameTaken`, `CarrierSettingWrong`."""
    name = _checked_name(name)
    key = "" if password or kind is not Kind.SFTP else login_key.new_login_key(vault.surroundings.random)
    made = Way(name, kind, _checked(vault, kind, values), password, key)
    _check_password(made)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        known = storage.ways(vault.db)
        if any(one.name.casefold() == name.casefold() for one in known):
            raise CarrierNameTaken(name)
        storage.keep(vault.db, [*known, made])
    return _shown(made)


def change(vault: Vault, name: str, values: Mapping[str, str], password: str | None = None) -> WayShown:
    """Changes what a way is told; without a password the old one stays. What waited for that is tried again.

    Raises `CarrierUnknown`, `CarrierSettingWrong`.
    """
    old = _way(vault, name)
    told = _checked(vault, old.kind, values)
    made = msgspec.structs.replace(old, told=told, password=old.password if password is None else password)
    _check_password(made)
    _keep(vault, made)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        waits = [
            msgspec.structs.replace(one, next_try=0) if one.way == name and one.sent is None else one
            for one in outbox.entries(vault.db)
        ]
        outbox.keep(vault.db, waits)
    return _shown(made)


def remove(vault: Vault, name: str) -> None:
    """Forgets a way and its password. Raises `CarrierUnknown`, `StillOnItsWay`."""
    _way(vault, name)
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if any(one.way == name and one.sent is None for one in outbox.entries(vault.db)):
            raise StillOnItsWay(name)
        storage.keep(vault.db, [one for one in storage.ways(vault.db) if one.name != name])


def remember_address(vault: Vault, name: str, partner: str, address: str) -> None:
    """Keeps the e-mail address of a partner. Raises `CarrierUnknown`."""
    old = _way(vault, name)
    _keep(vault, msgspec.structs.replace(old, addresses={**old.addresses, partner: address}))


def opener(vault: Vault, name: str) -> Opener:
    """What opening the way takes. Raises `CarrierUnknown`."""
    found = _way(vault, name)
    return Opener(found.name, found.kind, box_of(vault.device), vault.surroundings.milliseconds, found)


def try_out(opener: Opener) -> None:
    """Signs in and looks, without putting a file. Raises what stands in the way. Needs no vault."""
    using(opener, lambda carrier: carrier.check())


def using(opener: Opener, act: Callable[[Carrier], T], wanted: Callable[[], bool] = lambda: True) -> T:
    """Opens a way for one act and closes it again. A way that brings next to nothing for minutes is let go; and at once
    what is `wanted` no more: what `act` is at ends by itself then, and nobody hears of it.

    Raises `NotWanted`, `NoConnection`, and what `act` raises.
    """
    pace = Pace(opener.seconds)

    def go() -> T:
        carrier = opener.open(pace)
        try:
            return act(carrier)
        finally:
            carrier.close()

    try:
        return wait_for(go, wanted, pace)
    except ConnectionAbortedError as error:
        raise NoConnection(opener.name) from error


def _way(vault: Vault, name: str) -> Way:
    with as_trouble(vault.folder / DATABASE):
        for one in storage.ways(vault.db):
            if one.name == name:
                return one
    raise CarrierUnknown(name)


def _keep(vault: Vault, made: Way) -> None:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        storage.keep(vault.db, [made if one.name == made.name else one for one in storage.ways(vault.db)])


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CarrierSettingWrong("name")
    return name


def _checked(vault: Vault, kind: Kind, values: Mapping[str, str]) -> dict[str, str]:
    told = checked(kind, values)
    if kind is Kind.FOLDER:
        path = Path(told["path"]).absolute()
        if vault.folder.absolute() in (path, *path.parents):
            raise CarrierSettingWrong("path")
        told["path"] = str(path)
    return told


def _check_password(way: Way) -> None:
    if way.kind in SECRET and not way.password and not way.key:
        raise CarrierSettingWrong("password")
    if way.kind is Kind.MAIL and not way.password.isascii():
        raise CarrierSettingWrong("password")  # Mail servers know no letters but Latin ones.


def _shown(way: Way) -> WayShown:
    line = login_key.public_line(way.key) if way.key and not way.password else ""
    return WayShown(way.name, way.kind, dict(way.told), line, dict(way.addresses))

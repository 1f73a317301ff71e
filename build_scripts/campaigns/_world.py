"""A world of vaults: desks and their coordinators, each with a clock and a chance of its own, and a post between."""

import functools
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import argon2.low_level
from _book import Book, Violation, overheard, versions_in
from _business import EverMeant
from _post import Post
from _steps import FailingConnection, Killed

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.change import ChainId, Version, split_chain
from desk_app.domain.clock import DUSHANBE, Stamp
from desk_app.domain.desks import COORDINATOR, DESKS
from desk_app.domain.ids import DeskCode
from desk_app.domain.records import ALL
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass, Registry
from desk_app.domain.rules.roles import Role
from desk_app.storage import log_table
from desk_app.storage.vault import Surroundings, Vault
from desk_app.usecases import partners, users, vaults
from desk_app.usecases.settling import Settled

PASSPHRASE = "кадом калид дар бораи об"
HEAD, COLLEAGUE = "Зарина", "Фирӯз"
"""Who leads a vault and is its lawyer, and its psychologist."""
START = int(datetime(2026, 3, 5, 9, 30, tzinfo=DUSHANBE).timestamp() * 1000)
DAY = 24 * 3600 * 1000
YEARS = 40 * 365 * DAY
MORE_DESKS = (
    "rasht",
    "kulob",
    "isfara",
    "konibodom",
    "tursunzoda",
    "hisor",
    "farkhor",
    "danghara",
    "roshtqala",
    "murghob",
)

SECOND = DeskCode("coordinator_2")
OLDER = ALL
NEWER = Registry(
    (
        *(kind for kind in ALL if kind is not CLIENT),
        Kind(
            CLIENT.number,
            CLIENT.name,
            CLIENT.label,
            CLIENT.plural,
            (*CLIENT.own_fields, Field(90, "nickname", "Nickname", FieldType.NAME, MergeClass.MINOR)),
            number_form=CLIENT.number_form,
        ),
        Kind(
            900,
            "visit",
            "Visit",
            "Visits",
            (
                Field(10, "client", "Client", FieldType.REFERENCE, refers_to="client", required=True),
                Field(11, "told", "Told", FieldType.LONG_TEXT, MergeClass.LONG_TEXT),
            ),
        ),
    )
)
"""What the next version of the program will know: one more kind, one more field."""


class VirtualClock:
    """A machine's clock: it goes with the world's time, but may be years off, or stand still."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.off = 0
        self.frozen: int | None = None
        self.furthest = 0
        """The latest moment that it ever showed: on its word keys may be gone."""
        self._read = 0

    def __call__(self) -> int:
        """Unix milliseconds."""
        if self.frozen is not None:
            return self.frozen
        self._read += 1
        shown = self._world.now + self.off + self._read % 1000
        self.furthest = max(shown, self.furthest)
        return shown


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup: what its log holds, and when it was made, in the world's time and by the computer's own clock."""

    file: Path
    holds: set[Version]
    now: int
    shown: int


@dataclass(slots=True)
class Station:
    """One computer with one vault."""

    name: str
    code: DeskCode
    folder: Path
    clock: VirtualClock
    chance: random.Random
    vault: Vault
    registry: Registry = OLDER
    written: dict[ChainId, int] = field(default_factory=dict)
    """How far its own changes stand in the book."""
    received: set[str] = field(default_factory=set)
    """The bundles that it took in, by hash."""
    confirmed: dict[str, str] = field(default_factory=dict)
    """The last bundle of which it was looked at whether who confirmed it has it, by code."""
    backups: list[Kept] = field(default_factory=list)
    """Files in a drawer."""
    fell_back: int = 0
    """When it was last put back to an earlier state, in the world's time."""
    lost_keys: set[str] = field(default_factory=set)
    """Keys that it had announced, and lost when it was put back: what is sealed with them it cannot open."""
    ran_ahead: bool = False
    """Its clock was years ahead, or years behind as it showed its card: it may have destroyed keys that others still
    seal with."""
    settled: list[Settled] = field(default_factory=list)
    """What may still be taken back."""
    from_nothing_at: int | None = None
    """When a backup last took the place of a vault that was gone, by the computer's own clock."""
    may_double: bool = False
    """Its clock stood or fell back between a backup and a lost vault, so what numbers were given is guessed wrongly."""

    @property
    def is_coordinator(self) -> bool:
        """Whether it merges the desks."""
        return self.vault.is_coordinator

    def surroundings(self) -> Surroundings:
        """What the program is given on this computer."""
        profile = self.folder.with_name(f"{self.folder.name} profile")
        return Surroundings(self.registry, self.clock, self.chance.randbytes, profile)

    def last_stamp(self) -> Stamp:
        """What it wrote or heard last."""
        return self.vault.journal.clock.last

    def own_chains(self) -> list[ChainId]:
        """The chains that its device ever wrote."""
        return [chain for chain in log_table.chains(self.vault.db) if split_chain(chain)[0] == self.vault.device]


class World:
    """All computers of one seed. `trace` says what happened, the latest last."""

    def __init__(self, seed: int, folder: Path, templates: "Templates", desks: int | None = None) -> None:
        self.seed = seed
        self._templates = templates
        self.folder = folder
        self.chance = random.Random(f"world {seed}")
        self.now = START
        self.book = Book()
        self.ever = EverMeant(self.book.changes)
        self.trace: list[str] = []
        self.counts: Counter[str] = Counter()
        self.post = Post(self.chance)
        self.stations: list[Station] = []
        count = desks or self.chance.choices((2, 3, 4, 5, 6, 10, 20), (20, 25, 20, 15, 10, 5, 2))[0]
        codes = [desk.code for desk in DESKS] + [DeskCode(code) for code in MORE_DESKS]
        leading = (COORDINATOR, SECOND) if self.chance.random() < 0.3 else (COORDINATOR,)
        for code in (*leading, *codes[:count]):
            self.add(code)
        if len(leading) > 1:
            self.acquaint(*self.coordinators)
        share = self.chance.choice((0.0, 0.3, 1.0))
        for station in self.stations:
            if self.chance.random() < share:
                station.registry = NEWER
                self.reopen(station)
        for desk in self.desks:
            if self.chance.random() < 0.85:
                self.introduce(desk)

    @property
    def coordinators(self) -> list[Station]:
        """Those that merge."""
        return [one for one in self.stations if one.is_coordinator]

    @property
    def desks(self) -> list[Station]:
        """Those that do not."""
        return [one for one in self.stations if not one.is_coordinator]

    def of_code(self, code: str) -> list[Station]:
        """The computers of a desk."""
        return [one for one in self.stations if one.code == code]

    def add(self, code: DeskCode) -> Station:
        """A computer with a new vault: the files of one that was made before."""
        self._templates.copy(code, self.folder / code)
        return self._started(code, code, OLDER)

    def clone(self, station: Station) -> Station:
        """The vault's folder is copied to another computer, and both go on."""
        name = f"{station.code}~{len(self.of_code(station.code)) + 1}"
        station.vault.close()
        shutil.copytree(station.folder, self.folder / name)
        self.unlock(station)
        copy = self._started(name, station.code, station.registry)
        copy.fell_back = self.now
        copy.written = {chain: log_table.last_of(copy.vault.db, chain)[0] for chain in copy.own_chains()}
        copy.received = {row[0] for row in copy.vault.db.execute("SELECT hash FROM bundle_received")}
        return copy

    def _started(self, name: str, code: DeskCode, registry: Registry) -> Station:
        folder = self.folder / name
        self.stick_of(name).mkdir()
        clock, chance = VirtualClock(self), random.Random(f"{self.seed} {name}")
        profile = folder.with_name(f"{name} profile")
        vault = vaults.unlock(folder, HEAD, PASSPHRASE, Surroundings(registry, clock, chance.randbytes, profile))
        station = Station(name, code, folder, clock, chance, vault, registry)
        self.stations.append(station)
        return station

    def stick_of(self, name: str) -> Path:
        """The folder that a computer of that name writes its bundles to."""
        return self.folder / f"{name} stick"

    def stick(self, station: Station) -> Path:
        """The folder that a computer writes its bundles to."""
        return self.stick_of(station.name)

    def introduce(self, desk: Station) -> None:
        """The desk and the first coordinator admit each other; the roster tells the others."""
        self.acquaint(desk, self.coordinators[0])

    def acquaint(self, one: Station, other: Station) -> None:
        """Two computers' people compare their digits, and each admits the other."""
        for shown, taken in ((one, other), (other, one)):
            card = self.folder / "card"
            shown.ran_ahead |= shown.clock() < START - YEARS // 2
            digits = partners.write_card(shown.vault, card).digits
            partners.enrol(taken.vault, card, "".join(digits))

    def reopen(self, station: Station, user: str = HEAD) -> None:
        """Lock and unlock."""
        station.vault.close()
        self.unlock(station, user)

    def unlock(self, station: Station, user: str = HEAD) -> None:
        """Opens a vault whose files lie in their place."""
        station.vault = vaults.unlock(station.folder, user, PASSPHRASE, station.surroundings())

    def say(self, words: str) -> None:
        """One more line of the trace."""
        self.trace.append(f"{(self.now - START) / DAY:7.2f} {words}")

    @contextmanager
    def failing(self, station: Station, step: int, kills: bool) -> Iterator[FailingConnection]:
        """Inside, the vault's connection fails at that step. After a kill the vault is opened again as it was left."""
        db: Any = station.vault.db
        stick, real = self.stick(station), db.conn
        left: dict[str, bytes] = {}

        def keep() -> None:
            left.update({path.name: path.read_bytes() for path in stick.glob("*.roh")})

        failing = FailingConnection(real, step, kills, keep)
        db.conn = failing
        try:
            yield failing
        except Killed:
            db.conn = real
            self._after_kill(station)
            for name, data in left.items():
                (stick / name).write_bytes(data)
            raise
        finally:
            db.conn = real

    def _after_kill(self, station: Station) -> None:
        """The files as they lie there at this moment, without anything that closing would still do to them."""
        image = station.folder.with_name(f"{station.folder.name}.image")
        shutil.copytree(station.folder, image)
        station.vault.db.conn.close()
        shutil.rmtree(station.folder)
        image.rename(station.folder)
        self.unlock(station)
        here = versions_in(station.vault)
        for chain, seq in station.written.items():
            if seq and Version(chain, seq) not in here:
                raise Violation(f"{station.name} lost {chain} {seq} with a kill, though it was committed")

    def close(self) -> None:
        """Lets all files go."""
        for station in self.stations:
            station.vault.db.conn.close()


@contextmanager
def opened(seed: int, folder: Path, templates: "Templates", desks: int | None = None) -> Iterator[World]:
    """A world in this folder; at the end nothing of it is left."""
    argon2.low_level.hash_secret_raw = _stretched
    world = World(seed, folder, templates, desks)
    try:
        with overheard(world.book):
            yield world
    finally:
        world.close()
        shutil.rmtree(folder)


_stretched: Callable[..., bytes] = functools.cache(argon2.low_level.hash_secret_raw)
"""Slow on purpose, and the same for the same passphrase and salt: each is asked for once in a run."""


class Templates:
    """Vaults that every world copies: making one takes a second, copying none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, code: DeskCode, folder: Path) -> None:
        """A new vault of that desk; in every world the same."""
        template = self._folder / code
        if not template.exists():
            self._make(code, template)
        shutil.copytree(template, folder)

    def _make(self, code: DeskCode, folder: Path) -> None:
        chance = random.Random(f"template {code}")
        around = Surroundings(ALL, lambda: START - DAY, chance.randbytes)
        vaults.create_vault(folder, code, HEAD, PASSPHRASE, around, FLOOR_PARAMETERS, roles=(Role.LAWYER,))
        vault = vaults.unlock(folder, HEAD, PASSPHRASE, around)
        users.add_user(vault, COLLEAGUE, PASSPHRASE, (Role.PSYCHOLOGIST,), FLOOR_PARAMETERS)
        vault.close()

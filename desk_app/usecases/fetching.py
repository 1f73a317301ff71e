"""Fetching what ways brought, as the plan that is shown before anything is taken in.

Fetching changes nothing anywhere. What was taken in, or can never be, is remembered afterwards, so that it is not
fetched again; a file that changes is fetched anew. Whatever comes is a sealed bundle or is not looked at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from desk_app.domain.errors import (
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
    NoAccess,
    NothingToRead,
    ServerFailed,
    StorePlaceMissing,
    StoreRefused,
    Trouble,
)
from desk_app.storage import carriers as storage
from desk_app.storage import files, found_files
from desk_app.storage.sqlcipher import as_trouble, atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.sync import bundle
from desk_app.sync.carriers import line_ends, message
from desk_app.sync.carriers.carrier import Carrier, Found
from desk_app.sync.carriers.pace import NotWanted, wait_for
from desk_app.usecases import carriers, exchange, merging
from desk_app.usecases.carriers import Opener
from desk_app.usecases.merge_plan import FilePlan, Outcome, Plan

FOLDER = "incoming"
"""Of the vault: where sealed files lie while a plan is made of them."""
MOST_BYTES = 256 * 1024 * 1024
"""Fetched in one go; the rest waits for the next."""

FINAL = frozenset({Outcome.MERGED, Outcome.KNOWN, Outcome.FOREIGN, Outcome.DAMAGED, Outcome.REVOKED})
"""After these a file is not fetched again. The others may be taken in later: once its sender is admitted, once what is
missing arrived, with a newer version of the program."""

_OF_ONE_FILE = (FileUnreadable, NoAccess, ServerFailed, StorePlaceMissing, StoreRefused)
"""What may be wrong with one file while others can be got: it is told, and keeps nobody else's bundle back."""
_MOST_MISSED = 100
"""After so many it is the way itself."""

Told = Callable[[int, int], bool]
"""Called with files fetched and files in all, several times a second; False stops at once, in the middle of one too."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A way to ask, and what need not be fetched from it any more; for any thread, without the vault."""

    opener: Opener
    seen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A file that came: by which way, its key there, what it is called, its bytes as they were sealed."""

    way: str
    key: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one way brought. `there` are the keys of all its files, `done` those that hold nothing for anybody."""

    way: str
    items: tuple[Item, ...] = ()
    there: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A plan of what came, and where each of its files came from. `troubles` are by the names of ways."""

    plan: Plan
    origins: Mapping[Path, Item]
    there: Mapping[str, tuple[str, ...]]
    troubles: Mapping[str, Trouble]


def errands(vault: Vault, way: str | None = None) -> list[Errand]:
    """Whom to ask: one way, or all. Raises `CarrierUnknown`."""
    names = [one.name for one in carriers.ways(vault)] if way is None else [way]
    with as_trouble(vault.folder / DATABASE):
        return [Errand(carriers.opener(vault, name), storage.seen(vault.db, name)) for name in names]


def fetch(errand: Errand, told: Told | None = None) -> Fetched:
    """Gets what is new from a way. Trouble in the middle is told with what came before it. Needs no vault."""
    got = _Got(errand.opener.name, told)
    try:
        carriers.using(errand.opener, lambda carrier: got.collect(carrier, errand.seen), got.is_wanted)
    except NotWanted:
        pass
    except Trouble as trouble:
        got.trouble = trouble
    return Fetched(got.way, tuple(got.items), tuple(got.there), tuple(got.done), got.trouble)


@dataclass(slots=True)
class _Got:
    way: str
    told: Told | None
    at: tuple[int, int] = (0, 0)
    items: list[Item] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    trouble: Trouble | None = None

    def is_wanted(self) -> bool:
        """Whether the person still waits for more."""
        return self.told is None or self.told(*self.at)

    def collect(self, carrier: Carrier, seen: frozenset[str]) -> None:
        found = {_key(one): one for one in carrier.list_files()}
        self.there = list(found)
        new = [(key, one) for key, one in found.items() if key not in seen]
        room, missed = MOST_BYTES, 0
        for number, (key, one) in enumerate(new):
            self.at = number, len(new)
            if room <= 0 or not self.is_wanted():
                return
            try:
                if one.size > bundle.FILE_CAP * message.LARGER:
                    raise FileTooLarge(one.name, one.size)
                data = carrier.get(one.name, bundle.FILE_CAP)
            except FileTooLarge as trouble:
                self.trouble = FileTooLarge(one.name, trouble.size)
                continue
            except _OF_ONE_FILE as trouble:
                self.trouble = trouble
                missed += 1
                if missed >= _MOST_MISSED:
                    return
                continue
            room -= len(data)
            held = message.bundles_in(one.name.rpartition("/")[2], data)
            self.items += [Item(self.way, key, name, sealed) for name, sealed in held]
            if not held:
                self.done.append(key)


def plan(
    vault: Vault, fetched: Sequence[Fetched], progress: merging.Progress | None = None, *, is_shown: bool = True
) -> Arrived:
    """What taking in all that came would do. Of this only files that can never be taken in are remembered. `is_shown`
    as of `merging.plan_files`.

    Raises `DiskFull`, `NoAccess`, `FileUnwritable` where the vault's folder takes no files.
    """
    for one in fetched:
        if one.done:
            _note(vault, one.way, one.there, one.done)
    items = [item for one in fetched for item in one.items]
    made, origins = _planned(vault, items, [], progress, is_shown=is_shown)
    # Where not even the list came, what was fetched before stays known.
    there = {one.way: one.there for one in fetched if one.there}
    arrived = Arrived(made, origins, there, {one.way: one.trouble for one in fetched if one.trouble})
    _note_final(vault, arrived, made.files, FINAL - {Outcome.MERGED})
    return arrived


def note_taken(vault: Vault, arrived: Arrived, done: Sequence[FilePlan]) -> None:
    """Remembers which files need not be fetched again, after their plan was carried out."""
    _note_final(vault, arrived, done, FINAL)


def _note_final(vault: Vault, arrived: Arrived, done: Sequence[FilePlan], final: frozenset[Outcome]) -> None:
    """A file is done with when all bundles in it are: a message may hold several."""
    open_now = {(item.way, item.key) for item in arrived.origins.values()}
    outcomes = {one.file: one.outcome for one in done}
    open_now -= {(item.way, item.key) for path, item in arrived.origins.items() if outcomes.get(path) not in final}
    for way, there in arrived.there.items():
        _note(vault, way, there, [key for of, key in open_now if of == way])


def plan_paths(
    vault: Vault, paths: Sequence[Path], progress: merging.Progress | None = None, *, is_shown: bool = True
) -> Plan:
    """As `merging.plan_files`, and finds bundles in saved messages (`.eml`) and mends what mail did to a bundle.

    Of a stick or folder, and the folders in it, bundles are taken and messages that hold some; the rest stays aside.
    `progress` is asked in the middle of a file too: a stick may take its time.
    Raises what `merging.plan_files` raises.
    """
    plain: list[Path] = []
    items: list[Item] = []
    looked_at = list(_looked_through(paths))
    for number, (path, is_chosen) in enumerate(looked_at):
        try:
            found = wait_for(partial(_mended, path), partial(progress or _go_on, number, len(looked_at)))
        except NotWanted:
            return merging.plan_files(vault, [], progress, is_shown=is_shown)
        if found is None:
            if is_chosen or path.suffix.lower() == exchange.SUFFIX:
                plain.append(path)
        else:
            items += [Item("", str(path), name, data) for name, data in found]
    if paths and not plain and not items:
        raise NothingToRead(str(paths[0]))
    return _planned(vault, items, plain, progress, is_shown=is_shown)[0]


def _go_on(_done: int, _total: int) -> bool:
    return True


def _looked_through(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """The files there are, each with whether a person chose that very file. Raises `NothingToRead`."""
    for path in paths:
        if not files.is_folder(path):
            yield path, True
            continue
        inside = found_files.inside(path, {exchange.SUFFIX, message.SUFFIX})
        if not inside:
            raise NothingToRead(str(path))
        yield from ((one, False) for one in inside)


def _mended(path: Path) -> list[tuple[str, bytes]] | None:
    """The bundles in a saved message, or in a file that mail hurt; None for every other file, which stays as it is."""
    try:
        data = files.read(path, int(bundle.FILE_CAP * message.LARGER))
    except Trouble:
        return None  # Its plan says why.
    if path.name.lower().endswith(message.SUFFIX) or line_ends.mended(data) is not data:
        return message.bundles_in(path.name, data) or None
    return None


def _planned(
    vault: Vault,
    items: Sequence[Item],
    plain: Sequence[Path],
    progress: merging.Progress | None,
    *,
    is_shown: bool,
) -> tuple[Plan, dict[Path, Item]]:
    if not items:
        return merging.plan_files(vault, plain, progress, is_shown=is_shown), {}
    with _laid(vault, items) as laid:
        made = merging.plan_files(vault, [*laid, *plain], progress, is_shown=is_shown)
    called = {path: Path(str(number)) / item.name for number, (path, item) in enumerate(laid.items())}
    shown = tuple(replace(one, file=called.get(one.file, one.file)) for one in made.files)
    return replace(made, files=shown), {called[path]: item for path, item in laid.items()}


@contextmanager
def _laid(vault: Vault, items: Sequence[Item]) -> Iterator[dict[Path, Item]]:
    """The files in the vault's folder, sealed as they are, until the plan stands."""
    place = vault.folder / FOLDER
    laid: dict[Path, Item] = {}
    try:
        with files.as_trouble(place, FileUnwritable):
            place.mkdir(mode=0o700, exist_ok=True)
        for item in items:
            path = place / f"{vault.surroundings.random(8).hex()}{exchange.SUFFIX}"
            files.write(path, item.data)
            laid[path] = item
        yield laid
    finally:
        with files.as_trouble(place, FileUnwritable):
            for path in place.iterdir() if place.is_dir() else ():
                path.unlink(missing_ok=True)


def _note(vault: Vault, way: str, there: Sequence[str], taken: Sequence[str]) -> None:
    with as_trouble(vault.folder / DATABASE), atomic(vault.db):
        if any(one.name == way for one in storage.ways(vault.db)):
            storage.note_seen(vault.db, way, there, taken)


def _key(found: Found) -> str:
    said = f"{found.name}|{found.size}|{found.mark}"
    # A file may be called by bytes that are no letters, which the database does not take.
    return said.encode("utf-8", "backslashreplace").decode("utf-8")

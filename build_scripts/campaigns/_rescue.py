"""A disk goes bad: pages of a vault that hold changes are lost, what can be read is saved, and the vault goes on."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from _book import versions_in
from _damage import damage
from _exchanges import can_come_back, fell_back
from _world import HEAD, PASSPHRASE, Station, World

from desk_app.domain.change import Version, split_chain
from desk_app.storage.vault import DATABASE
from desk_app.usecases import salvage

MOST_PAGES = 3


def rescue(world: World, station: Station) -> str | None:
    """Some pages with changes are lost, whoever wrote these. What only a desk would still have of what others wrote may
    not be among them: it returns nothing of it."""
    before = versions_in(station.vault)
    hashes = [bytes(row[0]) for row in station.vault.db.execute("SELECT body_hash FROM change")]
    data_key = station.vault.keys.data_key
    station.vault.close()
    with _kept(station) as put_back:
        count = world.chance.randrange(1, MOST_PAGES + 1)
        pages = damage(station.folder / DATABASE, data_key, world.chance.sample(hashes, min(len(hashes), count)))
        salvage.salvage(station.folder, station.folder, HEAD, PASSPHRASE, station.surroundings())
        world.unlock(station)
        lost = before - versions_in(station.vault)
        if not can_come_back(world, station, lost):
            station.vault.close()
            put_back()
            world.unlock(station)
            return None
    fell_back(world, station, before)
    world.counts["own changes that nobody had any more"] += len(_own(station, lost) & world.book.at_risk)
    return f"{pages} pages lost, {len(lost)} changes"


def _own(station: Station, versions: set[Version]) -> set[Version]:
    return {one for one in versions if split_chain(one.chain)[0] == station.vault.device}


@contextmanager
def _kept(station: Station) -> Iterator[Callable[[], None]]:
    """What lies in the vault's place and in that of the computer's user, to be put back or let go."""
    places = (station.folder, station.surroundings().profile)
    there = [place for place in places if place is not None and place.exists()]
    for place in there:
        shutil.copytree(place, _beside(place))

    def put_back() -> None:
        for place in there:
            shutil.rmtree(place)
            shutil.copytree(_beside(place), place)

    try:
        yield put_back
    finally:
        for place in there:
            shutil.rmtree(_beside(place))
        for aside in station.folder.parent.glob(f"{station.folder.name}.before-*"):
            shutil.rmtree(aside)


def _beside(place: Path) -> Path:
    return place.with_name(f"{place.name} kept")

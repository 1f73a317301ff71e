"""What keeps bundles of partners from being taken in, counted: alarms that nobody settled, bundles that are held."""

from collections import Counter

from sqlite_utils import Database

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.ids import DeskCode, DeviceId


def open_alarms(db: Database) -> Counter[DeviceId]:
    """Device -> how many of its alarms wait for a person."""
    rows = db.execute("SELECT chain FROM alarm WHERE settled IS NULL")
    return Counter(split_chain(ChainId(row[0]))[0] for row in rows)


def held(db: Database) -> Counter[DeskCode]:
    """Desk -> how many bundles that say they are its own are held."""
    return Counter(DeskCode(row[0]) for row in db.execute("SELECT desk FROM held_bundle"))

"""Numbers of a chain that came with two contents: its device was copied, or somebody forges."""

from dataclasses import dataclass

from sqlite_utils import Database

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.ids import DeviceId

_COLUMNS = "chain, seq, ours, theirs, bundle, raised, settled"


@dataclass(frozen=True, slots=True)
class Alarm:
    """From the number `seq` on a chain parted in two: `ours` and `theirs` are the hashes of the two changes, `bundle`
    that of the file which brought the other one. Times in Unix milliseconds; `settled` None while it is open."""

    chain: ChainId
    seq: int
    ours: bytes
    theirs: bytes
    bundle: str
    raised: int
    settled: int | None = None

    @property
    def device(self) -> DeviceId:
        """The device that seems to be there twice."""
        return split_chain(self.chain)[0]


def put(db: Database, alarm: Alarm) -> None:
    """Keeps an alarm; one about the same number stays as it is."""
    row = [alarm.chain, alarm.seq, alarm.ours, alarm.theirs, alarm.bundle, alarm.raised, alarm.settled]
    db.execute("INSERT OR IGNORE INTO alarm VALUES(?, ?, ?, ?, ?, ?, ?)", row)


def everything(db: Database) -> list[Alarm]:
    """All alarms there ever were, by the time they were raised."""
    return [Alarm(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM alarm ORDER BY raised, chain, seq")]


def settle(db: Database, chain: ChainId, at: int) -> None:
    """Closes every open alarm about a chain."""
    db.execute("UPDATE alarm SET settled = ? WHERE chain = ? AND settled IS NULL", [at, chain])

"""What a coordinator takes in over a season: many desks' bundles, and a desk's week into a large vault.

Desks are chains written by hand and sealed with the program's own code; no desk has a database, for only the taking in
is measured. `write` makes the coordinator's vault and the files, `take` takes files in, in a process of its own that
does nothing else, so that its memory is the program's.
"""

import json
import random
import resource
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from _engines import Spent, timed
from _ours import PASSPHRASE, Chain, new_vault
from _people import FIELDS, people, phone

from desk_app.crypto.signing import SigningKey, device_id
from desk_app.domain.change import Body, Change
from desk_app.domain.ids import DeskCode, RecordId, uuid7
from desk_app.domain.records import ALL
from desk_app.storage import log_table, partner_table, rows
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.sync.bundle import write_bundle
from desk_app.sync.bundle_header import Facts, Sender, ranges_of
from desk_app.usecases import merging, vaults
from desk_app.usecases.exchange import PROGRAMME
from desk_app.usecases.merge_plan import FilePlan

_STARTED = 1_770_000_000_000
_TICK = 0.005
CLIENT, SERVICE = ALL["client"], ALL["service"]
_NUMBERS = [str(CLIENT.field(name).number) for name in FIELDS]
_PHONE = str(CLIENT.field("phone").number)


class Waits(NamedTuple):
    """Milliseconds at most by which a thread slept longer than it wanted while another one worked; and the most of it
    in which the other worked and no processor was lacking: on a machine that others use, only that is the program's."""

    longest: float
    held: float


class Desk:
    """One desk's device: its key, its chain and its clients."""

    def __init__(self, place: int) -> None:
        self.code = DeskCode(f"desk{place}")
        self.chance = random.Random(place)
        self.key = SigningKey(self.chance.randbytes(32))
        self.chain = Chain(device_id(self.key.public), "0000000a", f"{place:08x}", place, _STARTED)
        self.clients: list[Change] = []
        self.number = 0

    def admit(self, vault: Vault) -> None:
        """Lets the vault know this desk."""
        name = f"Desk {self.code}"
        known = Partner(self.code, self.chain.device, name, self.key.public, "age1nobody", _STARTED, None)
        partner_table.admit(vault.db, known)

    def meet(self, count: int) -> Iterator[Change]:
        """New clients."""
        for person in people(count, self.chance.randrange(1 << 30)):
            said: dict[str, Any] = {
                "1": [self.code],
                **{number: [value] for number, value in zip(_NUMBERS, person, strict=True)},
            }
            self.clients.append(self.chain.write(self._new(), Body(said), CLIENT.number))
            yield self.clients[-1]

    def serve(self, count: int) -> Iterator[Change]:
        """Consultations of clients."""
        for _ in range(count):
            client = self.chance.choice(self.clients).record
            day = f"2026-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
            said: dict[str, Any] = {
                "1": [self.code],
                "10": [client],
                "11": ["legal"],
                "12": [day],
                "15": ["Кӯмак дар ҳуҷҷатҳо"],
            }
            yield self.chain.write(self._new(), Body(said), SERVICE.number)

    def edit(self, count: int) -> Iterator[Change]:
        """New phone numbers of clients."""
        for before in self.chance.sample(self.clients, count):
            base = before.version
            said = Body({_PHONE: [phone(self.chance), 0]}, [(base.chain, base.seq)])
            yield self.chain.write(before.record, said, CLIENT.number)

    def send(self, vault: Vault, changes: list[Change], file: Path) -> None:
        """Seals a bundle for the vault."""
        self.number += 1
        facts = Facts(
            programme=PROGRAMME,
            number=self.number,
            sender=Sender(self.chain.device, self.chain.incarnation, self.code),
            previous=None,
            ranges=ranges_of(changes),
            have={},
            acknowledges=None,
            roster=0,
            made_on=self.chain.at,
            app="bench",
        )
        recipient = vault.exchange_identities[0].recipient
        file.write_bytes(write_bundle(facts, changes, self.key, [recipient], self.chance.randbytes))

    def _new(self) -> RecordId:
        return uuid7(self.chain.at, self.chance.randbytes)


def write(folder: Path, desks: int, each: int) -> None:
    """A coordinator's vault; a season's file for each desk (a tenth clients, a tenth edits, the rest consultations), a
    week's of the first (2,000 changes), and one of another desk with 50,000 clients."""
    vault = new_vault(folder, "coordinator")
    for place in range(desks):
        desk = Desk(place)
        desk.admit(vault)
        changes = [*desk.meet(each // 10), *desk.serve(each - each // 10 * 2), *desk.edit(each // 10)]
        desk.send(vault, changes, folder / f"season-{place:03}.roh")
        if place == 0:
            week = [*desk.meet(200), *desk.serve(1800 - min(600, each // 10)), *desk.edit(min(600, each // 10))]
            desk.send(vault, week, folder / "week.roh")
    large = Desk(desks)
    large.admit(vault)
    large.send(vault, list(large.meet(50_000)), folder / "large.roh")
    vault.close()


def take(folder: Path, pattern: str) -> dict[str, float]:
    """Seconds, changes, the largest memory in MB, and the longest time in milliseconds that another thread waited."""
    vault = vaults.unlock(folder / "coordinator", None, PASSPHRASE, vaults.real_surroundings())
    spent: list[Spent] = []
    files = sorted(folder.glob(pattern))
    before = log_table.count(vault.db)
    idle = _waits(threading.Thread(target=time.sleep, args=(1,)))

    def work() -> None:
        spent.append(timed(lambda: done.extend(merging.merge_files(vault, files))))

    done: list[FilePlan] = []
    busy = _waits(threading.Thread(target=work))
    assert len(done) == len(files), done
    assert all(one.outcome == "merged" for one in done), done
    took, there = log_table.count(vault.db) - before, rows.count(vault.db, CLIENT)
    vault.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": spent[0].wall,
        "cpu": spent[0].cpu,
        "took": took,
        "people": there,
        "rss_mb": memory,
        "wait_ms": busy.longest,
        "held_ms": busy.held,
        "idle_ms": idle.longest,
    }


def _waits(thread: threading.Thread) -> Waits:
    """What this thread, as the window's would, waited for while the other one ran."""
    longest = held = 0.0
    thread.start()
    clock = time.pthread_getcpuclockid(thread.ident or 0)
    with suppress(OSError):  # The clock stops with its thread.
        while thread.is_alive():
            start, queued, busy = time.perf_counter(), _queued(), time.clock_gettime(clock)
            time.sleep(_TICK)
            late = time.perf_counter() - start - _TICK
            longest = max(longest, late)
            held = max(held, min(late - _queued() + queued, time.clock_gettime(clock) - busy))
    return Waits(longest * 1000, held * 1000)


def _queued() -> float:
    """For how many seconds so far this thread was ready to run and others had the processors."""
    return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


if __name__ == "__main__":
    act, name, *rest = sys.argv[1:]
    if act == "write":
        write(Path(name), int(rest[0]), int(rest[1]))
    else:
        print(json.dumps(take(Path(name), rest[0])))

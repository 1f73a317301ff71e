"""The program's own part of the exchange bench. Changes are made by hand, as one device's chain, because making them
through the use cases is not what is measured; from the bundle on everything is the program."""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from _engines import EDITS, PEOPLE, Figures, edits, ids, timed
from _people import FIELDS, people

from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.change import (
    FIRST_HASH,
    SALT_BYTES,
    Body,
    Change,
    Version,
    encode_body,
    hash_body,
    hash_change,
    split_chain,
)
from desk_app.domain.clock import stamp_of
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation, RecordId, UserId
from desk_app.storage import log_table
from desk_app.storage.vault import Vault
from desk_app.sync.plan import compare
from desk_app.usecases import exchange, merging, partners, vaults

PASSPHRASE = "bench passphrase"


class Chain:
    """Writes a device's chain without its database."""

    def __init__(self, device: str, incarnation: str, user: str, seed: int, at: int) -> None:
        self.device, self.incarnation, self.user = DeviceId(device), Incarnation(incarnation), UserId(user)
        self.chance = random.Random(seed)
        self.seq, self.last = 0, FIRST_HASH
        self.at = at

    def write(self, record: str, body: Body, kind: int) -> Change:
        """The next change of the chain."""
        self.seq += 1
        self.at += self.chance.randint(1, 40)
        salt, data = self.chance.randbytes(SALT_BYTES), encode_body(body)
        made = Change(
            self.device,
            self.incarnation,
            self.seq,
            stamp_of(self.at),
            RecordId(record),
            kind,
            self.user,
            data,
            salt,
            hash_body(salt, data),
            self.last,
        )
        self.last = hash_change(made)
        return made


class Writer(Chain):
    """Goes on with the chain of a vault, with changes of clients."""

    def __init__(self, vault: Vault, seed: int) -> None:
        super().__init__(*split_chain(vault.chain), vault.user, seed, vault.now())
        self.seq, self.last = log_table.last_of(vault.db, vault.chain)
        self.client = vault.registry["client"].number

    def write(self, record: str, body: Body, kind: int = 0) -> Change:
        """The next change of the chain."""
        return super().write(record, body, kind or self.client)


def measure() -> Figures:
    """W1, W2, W3 in seconds, the bundles in megabytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a, b = new_vault(folder, "khorugh"), new_vault(folder, "coordinator")
        for one, other in ((a, b), (b, a)):
            partners.write_card(one, folder / "card")
            partners.enrol(other, folder / "card")
        keys = ids(PEOPLE)
        kind = a.registry["client"]
        numbers = [str(kind.field(name).number) for name in FIELDS]
        writer = Writer(a, 11)
        made = [
            writer.write(key, Body({"1": ["khorugh"], **{n: [v] for n, v in zip(numbers, person, strict=True)}}))
            for key, person in zip(keys, people(PEOPLE), strict=True)
        ]
        take(a, made)
        first = exchange.export(a, "coordinator", folder).file
        w1 = timed(lambda: _merge(b, first))
        # The receipt goes back, so that only what is new travels next.
        _merge(a, exchange.export(b, "khorugh", folder).file)
        phone = str(kind.field("phone").number)
        take(a, _edited(a, made, phone, 2, 0))
        take(b, _edited(b, made, phone, 3, EDITS // 2))
        second = exchange.export(a, "coordinator", folder).file
        w2 = timed(lambda: _merge(b, second))
        w3 = timed(lambda: merging.plan_files(b, [second]))
        assert len(list(b.db.query("SELECT 1 FROM disagreement"))) == EDITS // 2
        figures: Figures = {"w1": w1, "w2": w2, "w3": w3}
        figures |= {"w1_mb": first.stat().st_size / 1e6, "w2_mb": second.stat().st_size / 1e6}
        a.close()
        b.close()
        return figures


def _edited(vault: Vault, made: Sequence[Change], field: str, seed: int, start: int) -> list[Change]:
    writer = Writer(vault, seed)
    changes = []
    for at, new in edits(seed, start):
        base: Version = made[at].version
        changes.append(writer.write(made[at].record, Body({field: [new, 0]}, [(base.chain, base.seq)])))
    return changes


def take(vault: Vault, changes: Sequence[Change]) -> None:
    """Puts changes into the log and the tables as a merge does."""
    held = log_table.of_records(vault.db, [change.record for change in changes])
    found = compare(vault.registry, changes, held)
    vault.journal.take(found.arrived, found.fresh, found.changed)


def _merge(vault: Vault, file: Path) -> None:
    (done,) = merging.merge_files(vault, [file])
    assert done.outcome == "merged", done


def new_vault(folder: Path, desk: str) -> Vault:
    """An empty vault with the cheapest passphrase allowed, opened."""
    around = vaults.real_surroundings()
    vaults.create_vault(folder / desk, DeskCode(desk), "bench", PASSPHRASE, around, FLOOR_PARAMETERS)
    return vaults.unlock(folder / desk, None, PASSPHRASE, around)

"""A programme in which people move: a coordinator, desks that know it, and the stick between them."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desk_app.crypto.signing import PublicKey
from desk_app.domain.change import Change
from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import RecordId
from desk_app.storage import log_table, partner_table, restoring
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.sync.bundle import KnownSender
from desk_app.usecases import exchange, merging, partners
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import FakeClock, make_vault, open_vault, surroundings
from tests.unit.usecases.backup_files import restored


@dataclass
class Moving:
    """Vaults by their desks' codes."""

    vaults: dict[str, Vault]
    stick: Path
    clock: FakeClock

    def __getitem__(self, desk: str) -> Vault:
        return self.vaults[desk]

    @property
    def desks(self) -> list[str]:
        """The codes of the desks, coordinators and copies aside."""
        return [code for code in self.vaults if not is_coordinator(code) and code != "copy"]

    def carry(self, sender: str, receiver: str) -> FilePlan:
        """One bundle, made and taken in."""
        file = exchange.export(self[sender], receiver, self.stick).file
        done = self.take(receiver, file)
        file.unlink()
        assert done.outcome is Outcome.MERGED, done
        return done

    def take(self, receiver: str, file: Path) -> FilePlan:
        """Takes a bundle in, however much it erases: a few people are soon a large part of all."""
        plan = merging.plan_files(self[receiver], [file])
        (done,) = merging.apply_plan(self[receiver], plan, confirmed=True)
        assert plan.files[0].quarantined == done.quarantined, "the plan foresees what is set aside"
        return done

    def round(self, *desks: str) -> None:
        """Each desk sends to the coordinator, then each gets its answer."""
        for desk in desks or self.desks:
            self.carry(desk, "coordinator")
        for desk in desks or self.desks:
            self.carry("coordinator", desk)

    def put_back(self, backup: Path, place: Path | None = None) -> None:
        """The coordinator is as it was when that backup was made, on a new computer or in the place of the vault that
        lies there; of the desks each hears of it first."""
        self["coordinator"].close()
        folder = place or backup.with_suffix(".vault")
        self.vaults["coordinator"] = restored(backup, folder, self.clock, replace=place is not None)
        for desk in self.desks:
            self.carry("coordinator", desk)

    def add_second(self, folder: Path) -> Vault:
        """A second coordinator: it and the first one know each other."""
        second = self.vaults["coordinator_2"] = make_vault(folder, "coordinator_2", self.clock)
        for one, to in (("coordinator", second), ("coordinator_2", self["coordinator"])):
            partners.write_card(self[one], folder / f"{one}.card")
            partners.enrol(to, folder / f"{one}.card")
        return second

    def in_bundle(self, file: Path, receiver: str) -> Sequence[Change]:
        """What a bundle of the coordinator holds, as its recipient reads it."""
        vault = self[receiver]
        known = {
            one.device: KnownSender(PublicKey(one.sign_key), one.code, revoked=False)
            for one in partner_table.partners(vault.db)
        }
        return bundle.open_bundle(file.read_bytes(), vault.exchange_identities, known).changes

    def knows(self, desk: str, records: Iterable[RecordId]) -> bool:
        """Whether a vault has every change of these records that the coordinator has."""
        wanted = list(records)
        ours, theirs = (log_table.of_records(self[code].db, wanted) for code in (desk, "coordinator"))
        return all(
            {one.version for one in theirs[record]} <= {one.version for one in ours[record]} for record in theirs
        )


@contextmanager
def programme(folder: Path, *desks: str) -> Iterator[Moving]:
    """A coordinator and these desks, acquainted; closed at the end."""
    clock = FakeClock()
    vaults = {code: make_vault(folder, code, clock) for code in ("coordinator", *desks)}
    for desk in desks:
        for one, other in (("coordinator", desk), (desk, "coordinator")):
            partners.write_card(vaults[one], folder / f"{one}.card")
            partners.enrol(vaults[other], folder / f"{one}.card")
    stick = folder / "stick"
    stick.mkdir()
    try:
        yield Moving(vaults, stick, clock)
    finally:
        for vault in vaults.values():
            vault.close()


@contextmanager
def copied(moving: Moving, desk: str) -> Iterator[Vault]:
    """The desk's folder on a second computer, which is named "copy" from then on; closed at the end."""
    folder = moving.stick.with_name("copy")
    shutil.copytree(moving[desk].folder, folder)
    copy = moving.vaults["copy"] = open_vault(folder, surroundings("copy", moving.clock))
    restoring.begin_anew(copy)
    try:
        yield copy
    finally:
        del moving.vaults["copy"]
        copy.close()

"""Bundles that wait: of senders whom nobody has admitted, and of computers that were copied."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desk_app.domain.change import Change, hash_body
from desk_app.domain.clock import Stamp
from desk_app.domain.errors import AlarmOpen, Equivocation, NoAlarm, NotAllowed, NothingHeld, UnknownSender
from desk_app.domain.ids import DeskCode, DeviceId, RecordId, UserId
from desk_app.storage import held as storage
from desk_app.storage.held import HeldBundle, Why
from desk_app.storage.vault import Vault
from desk_app.sync.bundle_changes import decode_chunk, encode_chunk
from desk_app.usecases import alarms, checking, exchange, held, merging, partners, records, roster
from desk_app.usecases.alarms import Settlement
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import FakeClock, make_client, make_vault, open_vault, surroundings
from tests.unit.usecases.bent_bundles import rewritten


class Desks:
    """A coordinator and a desk that know each other; their copies and others are closed with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.all: list[Vault] = []
        self.coordinator, self.khorugh = self.made("coordinator"), self.made("khorugh")
        for shown, taking in ((self.coordinator, self.khorugh), (self.khorugh, self.coordinator)):
            self.enrol(taking, shown)

    def made(self, code: str) -> Vault:
        self.all.append(make_vault(self.folder, code, self.clock))
        return self.all[-1]

    def copied(self, vault: Vault) -> Vault:
        """Another computer with the same vault, as if its folder had been copied."""
        vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copytree(vault.folder, self.folder / "copy")
        self.all.append(open_vault(self.folder / "copy", surroundings("copy", self.clock)))
        return self.all[-1]

    def enrol(self, vault: Vault, other: Vault) -> None:
        partners.write_card(other, self.folder / "card")
        partners.enrol(vault, self.folder / "card")

    def send(self, vault: Vault, to: str = "coordinator") -> Path:
        (self.folder / "stick").mkdir(exist_ok=True)
        return exchange.export(vault, to, self.folder / "stick").file


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    found = Desks(tmp_path)
    yield found
    for vault in found.all:
        vault.close()


def take(vault: Vault, *files: Path) -> list[FilePlan]:
    return list(merging.apply_plan(vault, merging.plan_files(vault, files)))


def names(vault: Vault) -> list[str]:
    return sorted(one.text("given_name") for one in records.find_all(vault, "client"))


def test_a_bundle_of_an_unknown_sender_waits_until_it_is_admitted(desks: Desks) -> None:
    vose, coordinator = desks.made("vose"), desks.coordinator
    desks.enrol(vose, coordinator)
    make_client(vose, "Зуҳро")
    file = desks.send(vose)
    other = desks.folder / "other.roh"
    other.write_bytes(rewritten(file, vose, coordinator, header=lambda told: told.update(programme="other")))
    assert [one.outcome for one in take(coordinator, other)] == [Outcome.FOREIGN]
    planned = merging.plan_files(coordinator, [file])
    assert held.bundles(coordinator) == ()  # A plan changes nothing, and another programme's stranger is nobody's.
    (told,) = merging.apply_plan(coordinator, planned)
    assert (told.outcome, told.sender, told.number, type(told.trouble)) == (
        Outcome.UNKNOWN_SENDER,
        "vose",
        1,
        UnknownSender,
    )
    file.unlink()
    (kept,) = held.bundles(coordinator)
    assert (kept.device, kept.desk, kept.number, kept.why) == (vose.device, "vose", 1, Why.UNKNOWN)
    assert (held.ready(coordinator), names(coordinator)) == (0, [])
    make_client(desks.khorugh, "Исмоил")
    assert [one.outcome for one in take(coordinator, desks.send(desks.khorugh))] == [Outcome.MERGED]

    desks.enrol(coordinator, vose)
    assert held.ready(coordinator) == 1
    make_client(desks.khorugh, "Карим")
    plan = merging.plan_files(coordinator, [desks.send(desks.khorugh)])
    assert [(one.sender, one.outcome) for one in plan.files] == [
        ("khorugh", Outcome.MERGED),
        ("vose", Outcome.MERGED),
    ]
    merging.apply_plan(coordinator, plan)
    assert names(coordinator) == ["Зуҳро", "Исмоил", "Карим"]
    assert held.bundles(coordinator) == ()
    assert held.plan(coordinator).files == ()


def test_what_waits_has_an_end_and_can_be_thrown_away(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = desks.coordinator
    for number in range(storage.MOST + 2):
        one = HeldBundle(f"{number:064x}", DeviceId("d"), DeskCode("vose"), number, Why.UNKNOWN, number, 10)
        storage.put(vault.db, one, bytes(10))
    assert [one.number for one in held.bundles(vault)] == list(range(2, storage.MOST + 2))
    monkeypatch.setattr(storage, "MOST_BYTES", 25)
    storage.put(vault.db, HeldBundle("f" * 64, DeviceId("d"), DeskCode("vose"), 99, Why.UNKNOWN, 99, 10), bytes(10))
    assert [one.number for one in held.bundles(vault)] == [storage.MOST + 1, 99]
    with pytest.raises(NothingHeld):
        held.throw_away(vault, "")
    held.throw_away(vault, "ffff")
    assert [one.number for one in held.bundles(vault)] == [storage.MOST + 1]


def _parted(desks: Desks) -> Vault:
    """Both computers write under the same numbers; the original's bundle comes first."""
    make_client(desks.khorugh, "Исмоил")
    take(desks.coordinator, desks.send(desks.khorugh))
    copy = desks.copied(desks.khorugh)
    make_client(desks.khorugh, "Аслӣ")
    for _ in range(4):
        make_client(copy, "Нусха")
    take(desks.coordinator, desks.send(desks.khorugh))
    return copy


def test_a_copied_computer_raises_an_alarm_and_goes_on_with_a_series_of_its_own(desks: Desks) -> None:
    coordinator, original = desks.coordinator, desks.khorugh
    copy = _parted(desks)
    chain = original.chain
    before = checking.check(coordinator).state
    (told,) = take(coordinator, desks.send(copy))
    assert (told.outcome, type(told.trouble)) == (Outcome.HELD, Equivocation)
    (alarm,) = alarms.open_alarms(coordinator)
    assert (alarm.code, alarm.device, alarm.id, alarm.is_own, alarm.held) == (
        "khorugh",
        original.device,
        chain,
        False,
        1,
    )
    assert checking.check(coordinator).state == before

    # Nothing more is taken in of either until somebody has said what is to happen.
    make_client(original, "Баъд")
    (told,) = take(coordinator, desks.send(original))
    assert (told.outcome, type(told.trouble)) == (Outcome.HELD, AlarmOpen)
    assert (len(held.bundles(coordinator)), held.ready(coordinator)) == (2, 0)
    with pytest.raises(NoAlarm):
        alarms.settle(coordinator, "another", Settlement.KEEP_GOING)
    alarms.settle(coordinator, alarm.id, Settlement.KEEP_GOING)
    assert alarms.open_alarms(coordinator) == ()
    assert held.ready(coordinator) == 2
    done = merging.apply_plan(coordinator, held.plan(coordinator))
    assert [one.outcome for one in done] == [Outcome.MERGED, Outcome.MERGED]
    assert names(coordinator) == ["Аслӣ", "Баъд", "Исмоил"]
    # The other content is kept: nothing of it is lost.
    (kept,) = held.bundles(coordinator)
    assert (kept.why, held.ready(coordinator)) == (Why.EVIDENCE, 0)
    assert checking.check(coordinator).problems == ()

    # The copy hears in the next bundle which numbers are whose, and writes on in a new series.
    (told,) = take(copy, desks.send(coordinator, "khorugh"))
    assert told.outcome is Outcome.MERGED
    (own,) = alarms.open_alarms(copy)
    assert (own.is_own, own.id) == (True, chain)
    assert copy.chain != chain
    make_client(copy, "Нав", consents="")
    (told,) = take(coordinator, desks.send(copy))
    assert told.outcome is Outcome.MERGED
    assert "Нав" in names(coordinator)
    assert checking.check(coordinator).problems == ()
    alarms.settle(copy, own.id, Settlement.KEEP_GOING)
    # The original is in order: what it wrote is what the coordinator has.
    take(original, desks.send(coordinator, "khorugh"))
    assert (original.chain, alarms.open_alarms(original)) == (chain, ())


OTHERWISE: dict[str, Callable[[Change], Change]] = {
    "at another time": lambda one: one._replace(hlc=Stamp(one.hlc + 1)),
    "by somebody else": lambda one: one._replace(user=UserId("0badf00d")),
    "of another kind": lambda one: one._replace(kind=one.kind + 1),
    "of another record": lambda one: one._replace(record=RecordId("0" * 32)),
    "after another change": lambda one: one._replace(prev_hash=bytes(range(32))),
    "with another body": lambda one: one._replace(body=b"{}", body_hash=hash_body(one.salt, b"{}")),
}


def test_a_number_that_comes_twice_is_an_alarm_whatever_of_its_change_differs(desks: Desks) -> None:
    client = make_client(desks.khorugh, "Исмоил")
    take(desks.coordinator, desks.send(desks.khorugh))
    again = desks.send(desks.khorugh)

    def texts(raw: list[bytes], spoil: Callable[[Change], Change]) -> list[bytes]:
        changes = [change for text in raw for change in decode_chunk(text)]
        return [encode_chunk([spoil(one) if one.record == client else one for one in changes])]

    (same,) = merging.plan_files(desks.coordinator, [again]).files
    assert same.outcome is Outcome.MERGED
    for name, spoil in OTHERWISE.items():
        bent = desks.folder / "bent.roh"
        bent.write_bytes(rewritten(again, desks.khorugh, desks.coordinator, texts=partial(texts, spoil=spoil)))
        (plan,) = merging.plan_files(desks.coordinator, [bent]).files
        assert (plan.outcome, type(plan.trouble)) == (Outcome.HELD, Equivocation), name


def test_a_copied_computer_is_shut_out_from_the_number_that_came_twice(desks: Desks) -> None:
    coordinator = desks.coordinator
    copy = _parted(desks)
    take(coordinator, desks.send(copy))
    (alarm,) = alarms.open_alarms(coordinator)
    with pytest.raises(NoAlarm):
        alarms.settle(desks.khorugh, alarm.id, Settlement.REVOKE)
    coordinator.db.execute("UPDATE member SET roles = '[\"lawyer\"]'")
    with pytest.raises(NotAllowed):
        alarms.settle(coordinator, alarm.id, Settlement.REVOKE)
    coordinator.db.execute("UPDATE member SET roles = '[\"coordinator\"]'")
    alarms.settle(coordinator, alarm.id, Settlement.REVOKE)
    assert names(coordinator) == ["Исмоил"]
    (aside,) = roster.set_aside(coordinator)
    assert aside.good == alarm.number - 1
    (told,) = merging.apply_plan(coordinator, held.plan(coordinator))
    assert told.outcome is Outcome.REVOKED
    make_client(desks.khorugh, "Баъд")
    (told,) = take(coordinator, desks.send(desks.khorugh))
    assert told.outcome is Outcome.REVOKED
    assert checking.check(coordinator).problems == ()

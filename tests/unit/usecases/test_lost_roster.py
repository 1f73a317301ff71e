"""What a coordinator said with its roster and lost with a backup: its desks remember it and give it back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from desk_app.domain.change import chain_id
from desk_app.domain.ids import Incarnation
from desk_app.storage import partner_table
from desk_app.storage.vault import Vault
from desk_app.sync import signed_roster
from desk_app.sync.bundle_header import GivenBack, Header
from desk_app.usecases import backups, lost_roster, roster, roster_versions
from tests.fakes import FakeClock, acquaint, carry, make_vault
from tests.unit.usecases.backup_files import restored


@dataclass
class Programme:
    """A coordinator that is put back to its backup, khorugh which remembers, and murghob."""

    folder: Path
    clock: FakeClock
    coordinator: Vault
    khorugh: Vault
    murghob: Vault
    lives: int = 0
    backup: Path = field(default_factory=Path)

    def put_back(self) -> None:
        self.coordinator.close()
        self.lives += 1
        self.coordinator = restored(self.backup, self.folder / f"life {self.lives}", self.clock)

    def meet(self) -> None:
        for sender, receiver in (self.coordinator, self.khorugh), (self.khorugh, self.coordinator):
            carry(sender, receiver, self.folder)
        carry(self.coordinator, self.khorugh, self.folder)

    def shut_out(self, vault: Vault) -> set[str]:
        return {one.code for one in roster.current(vault).members if one.revoked_by}


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    clock = FakeClock()
    coordinator, khorugh, murghob = (
        make_vault(tmp_path, code, clock) for code in ("coordinator", "khorugh", "murghob")
    )
    for desk in (khorugh, murghob):
        acquaint(desk, coordinator, tmp_path)
    made = Programme(tmp_path, clock, coordinator, khorugh, murghob)
    made.meet()
    made.backup = backups.back_up(coordinator, tmp_path / "c.roh-backup").file
    yield made
    for vault in (made.coordinator, khorugh, murghob):
        vault.close()


def test_whom_a_coordinator_shut_out_stays_out_though_it_is_put_back_twice_to_a_day_before(
    programme: Programme,
) -> None:
    """Of the first life it hears nothing but from its desks: the second begins again before that life."""
    programme.put_back()
    roster.revoke(programme.coordinator, "murghob")
    programme.meet()
    programme.put_back()
    assert programme.shut_out(programme.coordinator) == set()
    programme.meet()
    assert programme.shut_out(programme.coordinator) == {"murghob"} == programme.shut_out(programme.khorugh)
    assert roster.current(programme.coordinator).troubles == ()
    programme.meet()
    assert lost_roster.given_back(programme.khorugh, leader(programme)) == ()


def test_whom_a_coordinator_admitted_since_its_backup_it_knows_again(programme: Programme) -> None:
    vose = make_vault(programme.folder, "vose", programme.clock)
    acquaint(vose, programme.coordinator, programme.folder)
    vose.close()
    programme.meet()
    programme.put_back()
    assert partner_table.partner(programme.coordinator.db, "vose") is None
    programme.meet()
    known = partner_table.partner(programme.coordinator.db, "vose")
    assert known is not None
    assert known.revoked is None


def test_what_was_said_after_the_backup_stands_against_what_comes_back(programme: Programme) -> None:
    roster.revoke(programme.coordinator, "murghob")
    programme.meet()
    programme.put_back()
    programme.clock.forward(hours=1)
    roster.revoke(programme.coordinator, "murghob")
    roster.readmit(programme.coordinator, "murghob")
    programme.meet()
    assert programme.shut_out(programme.coordinator) == set() == programme.shut_out(programme.khorugh)


def test_what_was_said_again_once_is_not_said_a_third_time_whatever_the_clock(programme: Programme) -> None:
    """It was said under a clock that ran years ahead, and what takes it back has an earlier time."""
    programme.clock.forward(days=9000)
    roster.revoke(programme.coordinator, "murghob")
    programme.meet()
    (lost,) = lost_of(programme)
    programme.clock.forward(days=-9000)
    programme.put_back()
    lost_roster.take_back(programme.coordinator, header_with(lost))
    assert programme.shut_out(programme.coordinator) == {"murghob"}
    roster.readmit(programme.coordinator, "murghob")
    lost_roster.take_back(programme.coordinator, header_with(lost))
    assert programme.shut_out(programme.coordinator) == set()


def test_a_later_word_is_said_again_above_a_lost_version_that_is_numbered_as_high(programme: Programme) -> None:
    """Salvaged and then put back, a coordinator may have said twice whom it shut out, and admitted her in between."""
    coordinator = programme.coordinator
    roster.revoke(coordinator, "murghob")
    programme.meet()
    (out,) = lost_of(programme)
    roster.readmit(coordinator, "murghob")
    newest = roster_versions.version_for(coordinator, leader(programme))
    for number, said in ((newest - 1, newest), (newest, newest + 1)):
        chain = chain_id(coordinator.device, Incarnation("0" * 8))
        entries = signed_roster.decode(out.content) or ()
        made = signed_roster.make(chain, number, signed_roster.FIRST, entries, coordinator.device_key)
        lost = GivenBack(chain, number, made.previous, made.content, made.signature)
        lost_roster.take_back(coordinator, header_with(lost))
        assert roster_versions.version_for(coordinator, leader(programme)) == said
        assert programme.shut_out(coordinator) == set()


def test_nobody_else_says_what_a_coordinator_lost(programme: Programme) -> None:
    roster.revoke(programme.coordinator, "murghob")
    programme.meet()
    (lost,) = lost_of(programme)
    programme.put_back()
    other = make_vault(programme.folder, "coordinator_2", programme.clock)
    content = lost.content
    signed = signed_roster.make(
        other.chain, lost.version, lost.previous, signed_roster.decode(content) or (), other.device_key
    )
    forged = [
        msgspec.structs.replace(lost, version=lost.version + 1),
        msgspec.structs.replace(lost, content=content.replace("revoked", "active")),
        msgspec.structs.replace(lost, signature="no signature"),
        msgspec.structs.replace(lost, signature=signed.signature),
        GivenBack(other.chain, lost.version, lost.previous, content, signed.signature),
    ]
    for one in forged:
        lost_roster.take_back(programme.coordinator, header_with(one))
    assert programme.shut_out(programme.coordinator) == set()
    lost_roster.take_back(programme.murghob, header_with(lost))
    assert programme.shut_out(programme.murghob) == set()
    lost_roster.take_back(programme.coordinator, header_with(lost))
    assert programme.shut_out(programme.coordinator) == {"murghob"}
    other.close()


def leader(programme: Programme) -> partner_table.Partner:
    found = partner_table.partner(programme.khorugh.db, "coordinator")
    assert found is not None
    return found


def lost_of(programme: Programme) -> tuple[GivenBack, ...]:
    """As if the coordinator held nothing: of what khorugh knows, the version that shuts murghob out."""
    programme.khorugh.db.execute("UPDATE partner SET has = '{}' WHERE code = 'coordinator'")
    given = lost_roster.given_back(programme.khorugh, leader(programme))
    return tuple(one for one in given if "revoked" in one.content)


def header_with(*given_back: GivenBack) -> Header:
    return msgspec.structs.replace(HEADER, given_back=given_back)


HEADER = msgspec.json.decode(
    b'{"acknowledges":null,"app":"1","bundle":"00000000000000000000000000000000","counts":{"changes":0,"chunks":0,'
    b'"raw_bytes":0},"format":3,"have":{},"made_on":0,"minimum_reader":1,"number":1,"previous":null,"programme":"p",'
    b'"ranges":{},"recipients":["00000000000000000000000000000000"],"roster":0,"sender":{"desk":"khorugh","device":'
    b'"00000000000000000000000000000000","incarnation":"00000000"}}',
    type=Header,
)

"""Two coordinators and desks: who is admitted by whom, who is shut out, and what then counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec import structs

from desk_app.domain.errors import (
    CardDamaged,
    NotAllowed,
    NotRevoked,
    Revoked,
    RevokedElsewhere,
    RosterBehind,
    RosterForged,
    RosterForked,
    RosterRolledBack,
    UnknownBundle,
    UnknownPartner,
)
from desk_app.domain.records.erasure import erasure_of
from desk_app.domain.records.roster import ROSTER, roster_of
from desk_app.domain.roster import Version
from desk_app.domain.rules.roles import Role
from desk_app.storage import partner_table
from desk_app.storage import roster as roster_storage
from desk_app.storage.journal import Write
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.sync import signed_roster
from desk_app.sync.bundle import read_header, unseal
from desk_app.usecases import (
    checking,
    erasure,
    exchange,
    merging,
    partners,
    people,
    records,
    roster,
    roster_versions,
    users,
)
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_organisation, make_vault


@dataclass
class Programme:
    """Vaults by their codes, all on one clock, and the folder of their cards and bundles."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    made: list[Vault] = field(default_factory=list)

    def vault(self, code: str, seed: object = None) -> Vault:
        place = self.folder / f"{len(self.made)}"
        place.mkdir()
        self.made.append(make_vault(place, code, self.clock, seed=seed))
        return self.made[-1]

    def acquaint(self, one: Vault, other: Vault) -> None:
        acquaint(one, other, self.folder)

    def carry(self, sender: Vault, to: Vault, full: bool = False) -> FilePlan:
        file = self.send(sender, to, full)
        return self.take(to, file)

    def settle(self, one: Vault, other: Vault) -> None:
        """Two bundles each way: afterwards both hold everything."""
        for _ in range(2):
            self.carry(one, other)
            self.carry(other, one)

    def send(self, sender: Vault, to: Vault, full: bool = False) -> Path:
        (self.folder / "stick").mkdir(exist_ok=True)
        return exchange.export(sender, to.desk, self.folder / "stick", full).file

    def take(self, vault: Vault, file: Path) -> FilePlan:
        return merging.apply_plan(vault, merging.plan_files(vault, [file]), confirmed=True)[-1]


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    made = Programme(tmp_path)
    yield made
    for vault in made.made:
        vault.close()


def state(vault: Vault) -> str:
    found = checking.check(vault)
    assert found.problems == ()
    return found.state


def names(vault: Vault) -> list[str]:
    return sorted(one.text("given_name") for one in records.find_all(vault, "client"))


def revoked(vault: Vault) -> list[str]:
    return [one.code for one in partner_table.partners(vault.db) if one.revoked is not None]


def codes(vault: Vault) -> list[str]:
    return [one.code for one in partner_table.partners(vault.db)]


def test_a_desk_admits_the_second_coordinator_by_the_roster_and_two_coordinators_converge(programme: Programme) -> None:
    first, second = programme.vault("coordinator"), programme.vault("coordinator_2")
    khorugh, vose = programme.vault("khorugh"), programme.vault("vose")
    programme.acquaint(first, second)
    programme.acquaint(first, khorugh)
    programme.acquaint(second, vose)
    assert (first.is_coordinator, second.is_coordinator, khorugh.is_coordinator) == (True, True, False)
    assert users.members(second)[0].roles == (Role.COORDINATOR,)
    assert codes(khorugh) == ["coordinator"]
    make_client(khorugh, "Исмоил")
    make_client(vose, "Зуҳро")
    programme.carry(khorugh, first)
    programme.carry(vose, second)

    # Without comparing digits a second time: desks know both coordinators, coordinators all desks.
    assert programme.carry(first, second).outcome is Outcome.MERGED
    assert programme.carry(second, first).outcome is Outcome.MERGED
    programme.carry(first, khorugh)
    assert codes(khorugh) == ["coordinator", "coordinator_2"]
    assert codes(first) == ["coordinator_2", "khorugh", "vose"]
    assert codes(second) == ["coordinator", "khorugh", "vose"]
    assert state(first) == state(second)
    assert names(second) == ["Зуҳро", "Исмоил"]
    assert names(khorugh) == ["Исмоил"]

    # What goes to the second alone reaches the first, and the other way round.
    make_client(khorugh, "Карим")
    programme.carry(khorugh, second)
    programme.carry(second, first)
    programme.carry(first, second)
    assert names(first) == ["Зуҳро", "Исмоил", "Карим"]
    assert state(first) == state(second)
    known = roster.current(second)
    assert known.versions == {"coordinator": 2, "coordinator_2": 2}
    assert [(one.code, one.kind) for one in known.members] == [
        ("coordinator", "coordinator"),
        ("coordinator_2", "coordinator"),
        ("khorugh", "desk"),
        ("vose", "desk"),
    ]
    assert known.troubles == ()

    # Shut out at one of the two, a desk is out at both, and only that one takes it back.
    roster.revoke(first, "vose")
    programme.carry(first, second)
    out = partner_table.partner(second.db, "vose")
    assert out is not None
    assert out.revoked is not None
    with pytest.raises(RevokedElsewhere):
        roster.readmit(second, "vose")
    make_client(vose, "Дер")
    late = programme.send(vose, second)
    assert programme.take(second, late).outcome is Outcome.REVOKED
    roster.readmit(first, "vose")
    programme.carry(first, second)
    assert programme.take(second, late).outcome is Outcome.MERGED
    programme.carry(second, first)
    assert state(first) == state(second)


def test_two_coordinators_who_shut_out_each_other_are_never_out_for_good(programme: Programme) -> None:
    first, second, third = (programme.vault(code) for code in ("coordinator", "coordinator_2", "coordinator_3"))
    khorugh = programme.vault("khorugh")
    for one, other in ((first, second), (first, third), (second, third), (first, khorugh)):
        programme.acquaint(one, other)
    for one, other in ((first, second), (first, third), (first, khorugh)):
        programme.settle(one, other)
    roster.revoke(second, "coordinator")
    roster.revoke(first, "coordinator_2")
    roster.revoke(second, "khorugh")
    for one in (third, khorugh):
        assert programme.carry(first, one).outcome is Outcome.MERGED
        assert revoked(one) == ["coordinator_2"]
    late = programme.send(second, third)
    assert programme.take(third, late).outcome is Outcome.REVOKED

    # Taken back by the first, the second one's words count, and the first is out until they are taken back as well.
    roster.readmit(first, "coordinator_2")
    early = programme.send(first, second)
    assert programme.take(second, early).outcome is Outcome.REVOKED
    programme.carry(first, third)
    assert programme.take(third, late).outcome is Outcome.MERGED
    assert revoked(third) == ["coordinator", "khorugh"]
    roster.readmit(second, "coordinator")
    assert programme.take(second, early).outcome is Outcome.MERGED
    for one, other in ((second, third), (second, first), (first, third), (first, second)):
        assert programme.carry(one, other).outcome is Outcome.MERGED
    assert revoked(first) == revoked(second) == revoked(third) == ["khorugh"]

    # Whom two shut out each of them takes back as far as it goes: neither waits for the other.
    roster.shut_out(first, roster_versions.entry_of_device(first, khorugh.device) or pytest.fail("unknown"), {})
    programme.settle(first, second)
    with pytest.raises(RevokedElsewhere):
        roster.readmit(first, "khorugh")
    programme.carry(first, second)
    assert roster.readmit(second, "khorugh").revoked_by == ()
    programme.carry(second, first)
    assert revoked(first) == revoked(second) == []
    assert [roster.current(one).troubles for one in (first, second, third, khorugh)] == [(), (), (), ()]
    assert state(first) == state(second)


def test_shut_out_from_an_earlier_bundle_on_and_admitted_again_everything_is_as_before(programme: Programme) -> None:
    first, second, khorugh = (programme.vault(code) for code in ("coordinator", "coordinator_2", "khorugh"))
    programme.acquaint(first, second)
    programme.acquaint(first, khorugh)
    client = make_client(khorugh, "Исмоил", surname="Исмоилов")
    programme.carry(khorugh, first)
    stolen = make_client(khorugh, "Ғалат")
    records.edit(khorugh, client, {"surname": "Ғалатов", "safety": frozenset({"at_risk"})})
    programme.carry(khorugh, first)
    records.edit(first, client, {"phone": "+992 900 11 22 33"})
    programme.settle(first, second)
    before = state(first)
    assert before == state(second)

    member = roster.revoke(first, "khorugh", last_good=1)
    assert member.revoked_by == ("coordinator",)
    assert names(first) == ["Исмоил"]
    shown = records.show(first, client)
    assert (shown.text("surname"), shown.values["safety"], shown.text("phone")) == (
        "Исмоилов",
        None,
        "+992 900 11 22 33",
    )
    assert people.find(first, "Ғалат") == []
    (aside,) = roster.set_aside(first)
    assert (aside.code, aside.changes, aside.records) == ("khorugh", 4, 4)
    with pytest.raises(Revoked):
        exchange.export(first, "khorugh", programme.folder)
    # What lies beyond its last good change goes with the log and counts nowhere.
    programme.carry(first, second)
    assert state(second) == state(first) != before
    make_client(khorugh, "Дер")
    late = programme.send(khorugh, first)
    refused = programme.take(first, late)
    assert (refused.outcome, type(refused.trouble)) == (Outcome.REVOKED, Revoked)

    roster.readmit(first, "khorugh")
    programme.carry(first, second)
    assert roster.set_aside(first) == ()
    assert names(first) == ["Исмоил", "Ғалат"]
    assert records.show(first, stolen).text("given_name") == "Ғалат"
    assert [one.name for one in people.find(first, "Ғалат")] == ["Ғалат", "Ғалатов Исмоил"]
    assert state(first) == state(second)
    # The same as before but for the versions of the roster, which are records too.
    again = _state_without_roster(first)
    roster.revoke(first, "khorugh")
    assert _state_without_roster(first) == again
    roster.readmit(first, "khorugh")
    assert programme.take(first, late).outcome is Outcome.MERGED
    with pytest.raises(NotRevoked):
        roster.readmit(first, "khorugh")


def test_no_desk_is_sent_what_was_written_after_the_last_good_number(programme: Programme) -> None:
    first, khorugh, vose = (programme.vault(code) for code in ("coordinator", "khorugh", "vose"))
    for desk in (khorugh, vose):
        programme.acquaint(first, desk)
    office = make_organisation(khorugh)
    programme.carry(khorugh, first)
    records.edit(khorugh, office, {"address": "ҷои дигар"})
    added = make_organisation(khorugh, name_tg="Ҷои бегона")
    programme.carry(khorugh, first)
    roster.revoke(first, "khorugh", last_good=1)

    def texts() -> list[bytes]:
        rows = vose.db.execute("SELECT body FROM change WHERE record IN (?, ?) ORDER BY hlc", [office, added])
        return [row[0] for row in rows]

    programme.carry(first, vose, full=True)
    assert len(texts()) == 1
    roster.readmit(first, "khorugh")
    programme.carry(vose, first)
    programme.carry(first, vose)
    assert len(texts()) == 3
    assert records.show(vose, office).text("address") == "ҷои дигар"
    programme.carry(vose, first)
    heads = read_header(unseal(programme.send(first, vose).read_bytes(), vose.exchange_identities)).heads
    assert heads
    assert all(chain.startswith(vose.device) for chain in heads)


def test_of_two_coordinators_who_shut_out_one_desk_the_lower_number_counts(programme: Programme) -> None:
    first, second, khorugh = (programme.vault(code) for code in ("coordinator", "coordinator_2", "khorugh"))
    for one, other in ((first, second), (first, khorugh), (second, khorugh)):
        programme.acquaint(one, other)
    for name in ("Исмоил", "Карим"):
        make_client(khorugh, name)
        programme.carry(khorugh, first)
        programme.carry(khorugh, second)
    roster.revoke(first, "khorugh", last_good=1)
    roster.revoke(second, "khorugh")
    assert (names(first), names(second)) == (["Исмоил"], ["Исмоил", "Карим"])
    programme.settle(first, second)
    assert names(first) == names(second) == ["Исмоил"]
    with pytest.raises(RevokedElsewhere):
        roster.readmit(first, "khorugh")
    assert names(first) == ["Исмоил", "Карим"]


def _state_without_roster(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    return {
        kind.name: [tuple(row)[1:] for row in vault.db.execute(f'SELECT * FROM "{kind.name}" ORDER BY id')]
        for kind in vault.registry
        if kind is not ROSTER
    }


def test_what_was_set_aside_is_erased_with_its_person(programme: Programme) -> None:
    first, khorugh = programme.vault("coordinator"), programme.vault("khorugh")
    programme.acquaint(first, khorugh)
    client = make_client(khorugh, "Исмоил")
    programme.carry(khorugh, first)
    need = records.add(khorugh, "need", {"client": client, "pathway": "housing"}).id
    programme.carry(khorugh, first)
    roster.revoke(first, "khorugh", last_good=1)
    erasure.erase(first, client, "asked")
    sql = "SELECT count(*) FROM change WHERE record = ? AND body != x''"
    assert first.db.execute(sql, [need]).fetchone()[0] == 0
    roster.readmit(first, "khorugh")
    assert records.find_all(first, "need") == []
    assert state(first)


def test_an_erasure_counts_though_its_device_was_shut_out_before(programme: Programme) -> None:
    first, second, khorugh = (programme.vault(code) for code in ("coordinator", "coordinator_2", "khorugh"))
    for one, other in ((first, second), (first, khorugh), (second, khorugh)):
        programme.acquaint(one, other)
    client, other = make_client(khorugh, "Исмоил"), make_client(khorugh, "Карим")
    for leader in (first, second):
        programme.carry(khorugh, leader)
    programme.settle(first, second)
    roster.revoke(first, "khorugh")
    # The second coordinator has not heard of it yet.
    erasure.erase(khorugh, client, "asked")
    records.edit(khorugh, other, {"phone": "+992 900 11 22 33"})
    assert programme.carry(khorugh, second).outcome is Outcome.MERGED
    for _ in range(2):
        programme.carry(second, first)
        programme.carry(first, second)
    for leader in (first, second):
        assert names(leader) == ["Карим"]
        assert records.show(leader, other).text("phone") == ""
        assert leader.db.execute("SELECT count(*) FROM erasure WHERE id = ?", [erasure_of(client)]).fetchone()[0] == 1
    assert state(first) == state(second)


def test_who_was_admitted_before_there_was_a_roster_is_shown_and_can_be_shut_out(programme: Programme) -> None:
    first, khorugh = programme.vault("coordinator"), programme.vault("khorugh")
    recipient = partners._own(khorugh).keys[0][1]
    partner_table.admit(
        first.db,
        Partner("khorugh", khorugh.device, "Хоруғ", khorugh.device_key.public, recipient, first.now(), revoked=None),
    )
    (shown,) = roster.current(first).members
    assert (shown.device, shown.name, shown.is_current, shown.revoked_by) == (khorugh.device, "Хоруғ", True, ())
    assert roster.current(first).versions == {}
    # The window names whom it shuts out by the computer.
    assert roster.revoke(first, khorugh.device).revoked_by == ("coordinator",)
    (shown,) = roster.current(first).members
    assert (shown.revoked_by, roster.current(first).versions) == (("coordinator",), {"coordinator": 1})
    assert roster.readmit(first, khorugh.device).revoked_by == ()


def test_who_may_and_whom(programme: Programme) -> None:
    first, khorugh, stranger = programme.vault("coordinator"), programme.vault("khorugh"), programme.vault("vose")
    programme.acquaint(first, khorugh)
    with pytest.raises(NotAllowed):
        roster.revoke(khorugh, "coordinator")
    with pytest.raises(UnknownPartner):
        roster.revoke(first, stranger.desk)
    with pytest.raises(UnknownBundle):
        roster.revoke(first, "khorugh", last_good=3)
    first.db.execute("UPDATE member SET roles = '[\"lawyer\"]'")
    with pytest.raises(NotAllowed):
        roster.revoke(first, "khorugh")
    first.db.execute("UPDATE member SET roles = '[\"coordinator\"]'")
    # A desk that calls itself a coordinator shows no card that anybody takes.
    partners.write_card(stranger, programme.folder / "card")
    stranger.desk = khorugh.desk.__class__("coordinator_2")
    forged = partners._own(stranger)
    assert forged.kind == "coordinator"

    from desk_app.sync import card

    odd = structs.replace(forged, kind="desk")
    (programme.folder / "odd").write_bytes(card.write_card(odd, stranger.device_key))
    with pytest.raises(CardDamaged):
        partners.enrol(first, programme.folder / "odd")
    # A new computer of the desk takes the place of the old one, which can still be shut out by its device.
    old = khorugh.device
    newer = programme.vault("khorugh", seed="newer")
    programme.acquaint(first, newer)
    assert [(one.device, one.is_current) for one in roster.current(first).members] == [
        (old, False),
        (newer.device, True),
    ]
    assert roster.revoke(first, old).device == old
    make_client(khorugh)
    assert programme.carry(khorugh, first).outcome is Outcome.REVOKED
    assert programme.carry(newer, first).outcome is Outcome.MERGED


def test_a_forged_a_forked_and_a_roster_that_goes_back_are_told_and_not_taken(programme: Programme) -> None:
    first, khorugh = programme.vault("coordinator"), programme.vault("khorugh")
    vose = programme.vault("vose")
    for desk in (khorugh, vose):
        programme.acquaint(first, desk)
    roster.revoke(first, "vose")
    (entry,) = [one for one in roster_versions.effective(first).latest[first.device].values() if one.desk == "vose"]
    friendly = signed_roster.make(
        khorugh.chain,
        9,
        signed_roster.FIRST,
        [signed_roster.Entry(**{**_fields(entry), "state": "active", "good": {}})],
        khorugh.device_key,
    )
    # A desk that writes a version of its own is believed by nobody, nor if it writes over the coordinator's.
    for record in (roster_of(khorugh.chain, 9), roster_of(first.chain, 3)):
        khorugh.journal.write([Write(ROSTER, record, _values(friendly))])
    programme.carry(khorugh, first)
    shown = roster.current(first)
    assert [type(one) for one in shown.troubles] == [RosterForged]
    assert [one.revoked_by for one in shown.members if one.code == "vose"] == [("coordinator",)]

    # The coordinator's own key signs another version 3 on the version before: neither of the two is used.
    versions = {one.number: one for one in roster_storage.versions(first.db) if one.device == first.device}
    other = signed_roster.make(
        first.chain, 3, versions[3].previous, [structs.replace(entry, name="Another")], first.device_key
    )
    first.journal.write([Write(ROSTER, roster_of(first.chain, 77), _values(other))])
    programme.carry(first, khorugh)
    told = roster.current(khorugh)
    assert RosterForked in {type(one) for one in told.troubles}
    assert told.versions == {"coordinator": 2}


def _fields(entry: signed_roster.Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}


def _values(version: Version) -> dict[str, str | int | bool | frozenset[str] | None]:
    return {
        "desk": "khorugh",
        "version": version.number,
        "previous": version.previous,
        "content": version.content,
        "signature": version.signature,
    }


def test_a_coordinator_that_was_put_back_counts_on_and_is_told(programme: Programme) -> None:
    first, khorugh = programme.vault("coordinator"), programme.vault("khorugh")
    programme.acquaint(first, khorugh)
    programme.carry(first, khorugh)
    roster.revoke(first, "khorugh")
    roster.readmit(first, "khorugh")
    assert programme.carry(first, khorugh).outcome is Outcome.MERGED
    make_client(khorugh)
    said = programme.send(khorugh, first)

    # As if restored: the known number goes back, the desks know better.
    known = roster_storage.known(first.db)
    roster_storage.put_known(first.db, structs.replace(known, numbers={first.device: 1}))
    assert known.numbers == {first.device: 3}
    programme.take(first, said)
    (behind,) = roster.current(first).troubles
    assert isinstance(behind, RosterBehind)
    assert (behind.version, behind.known) == (1, 3)
    programme.carry(first, khorugh)
    (back,) = roster.current(khorugh).troubles
    assert isinstance(back, RosterRolledBack)
    assert (back.desk, back.version, back.known) == ("coordinator", 1, 3)

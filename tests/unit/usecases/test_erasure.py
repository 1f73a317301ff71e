"""Erasing a person: what goes, on the bytes, at every device that hears of it, and through a restore."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desk_app.domain.errors import DiskFull, InvalidValue, KindFixed, NeverErased, NotAllowed, RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.domain.rules.auditing import Action
from desk_app.domain.rules.roles import Role
from desk_app.storage import erasure as storage
from desk_app.storage import members
from desk_app.storage.journal import Write
from desk_app.storage.sqlcipher import atomic
from desk_app.storage.vault import DATABASE, Vault
from desk_app.usecases import (
    attachments,
    audit,
    backups,
    checking,
    drafts,
    erasure,
    exchange,
    letters,
    linking,
    merging,
    people,
    records,
    referrals,
    restoring,
    tidying,
    transfers,
)
from desk_app.usecases.merge_plan import FilePlan, Outcome
from tests.fakes import (
    PASSPHRASE,
    USER,
    FakeClock,
    acquaint,
    make_client,
    make_organisation,
    make_vault,
    open_vault,
    surroundings,
)
from tests.plain_bytes import everything_in, spellings
from tests.unit.usecases.conftest import Programme

NAMES = {"surname": "Фаррухшоев", "given_name": "Шоҳинбек", "father_name": "Одилбекович", "paper_name": "Farrukhshoev"}
PROBES = {
    **NAMES,
    "phone": "+992 93 517 24 68",
    "paper_number": "A04417733",
    "address": "кӯчаи Ленинобод, 18, ҳуҷраи 7",
    "other_names": "Шерхони Ванҷ",
}
HERS = 8
"""Records of `with_all`."""
WORDS = ("хонаро дар Поршинев меҷӯяд", "суҳбат дар бораи алимент", "номаи зиндони Ёвон")


def send(vault: Vault, to: str, stick: Path) -> Path:
    return exchange.export(vault, to, stick).file


def take(vault: Vault, *files: Path) -> tuple[FilePlan, ...]:
    plan = merging.plan_files(vault, files)
    done = merging.apply_plan(vault, plan)
    assert [one.erased for one in plan.files] == [one.erased for one in done]
    return done


def is_gone(vault: Vault, record: RecordId) -> bool:
    try:
        records.show(vault, record)
    except RecordNotFound:
        return True
    return False


def is_sound(vault: Vault) -> bool:
    return checking.check(vault, deep=True).ok


def with_all(vault: Vault, folder: Path) -> RecordId:
    """A person with something of everything that can be recorded about one."""
    organisation = make_organisation(vault)
    client = make_client(vault, PROBES["given_name"], **{k: v for k, v in PROBES.items() if k != "given_name"})
    records.add(vault, "need", {"client": client, "pathway": "housing", "description": WORDS[0]})
    said = {"client": client, "type": "legal", "delivered_on": "2026-03-05", "what_was_done": WORDS[1]}
    records.add(vault, "service", said)
    referral = referrals.refer(
        vault, {"client": client, "organisation": organisation, "service_asked": "ҷой", "reason": WORDS[2]}
    )
    letters.print_letter(vault, referral.id, "tg")
    Image.new("RGB", (40, 40), "red").save(folder / "scan.png")
    attachments.add(vault, client, folder / "scan.png", {"type": "paper", "title": NAMES["surname"]})
    records.edit(vault, client, {"phone": "+992 93 000 00 00"})
    drafts.keep(vault, f"need:{client}", {"description": WORDS[0]})
    return client


def found_in(vault: Vault) -> list[str]:
    """Which of the probes stand anywhere in the vault's files, its key in hand."""
    everything = everything_in(vault)
    wal = vault.folder / (DATABASE + "-wal")
    everything += wal.read_bytes() if wal.exists() else b""
    return [probe for probe in (*PROBES.values(), *WORDS) if any(form in everything for form in spellings(probe))]


def test_nothing_of_her_is_left_in_any_byte(vault: Vault, tmp_path: Path) -> None:
    other = make_client(vault, "Карим")
    client = with_all(vault, tmp_path)
    assert len(found_in(vault)) == len(PROBES) + len(WORDS)
    assert len(list((vault.folder / "blobs").iterdir())) == 1

    done = erasure.erase(vault, client, "asked")

    assert done is not None
    assert (done.records, done.trouble) == (HERS, None)
    assert found_in(vault) == []
    assert (vault.folder / (DATABASE + "-wal")).stat().st_size == 0
    assert list((vault.folder / "blobs").iterdir()) == []
    assert drafts.all_drafts(vault) == []
    assert people.find(vault, NAMES["surname"]) == []
    assert [one.id for one in people.find(vault, "Карим")] == [other]
    assert is_sound(vault)


def test_the_consequences_say_what_goes_and_change_nothing(vault: Vault, tmp_path: Path) -> None:
    client = with_all(vault, tmp_path)
    before = checking.check(vault).state
    found = erasure.consequences(vault, client)
    assert (found.record, found.kind, found.number) == (client, "client", records.show(vault, client).text("number"))
    assert found.name == "Фаррухшоев Шоҳинбек Одилбекович"
    others = {"need": 1, "service": 1, "referral": 1, "letter": 1, "attachment": 1}
    assert dict(found.counts) == {"client": 1, "consent": 2, **others}
    assert (found.drafts, found.partners) == (1, ())
    assert checking.check(vault).state == before


def test_only_who_leads_erases(vault: Vault) -> None:
    client = make_client(vault)
    (own,) = members.everybody(vault.db)
    members.put(vault.db, replace(own, roles=frozenset({Role.LAWYER})))
    with pytest.raises(NotAllowed):
        erasure.erase(vault, client, "asked")
    assert not is_gone(vault, client)


def test_whoever_was_linked_and_lost_with_a_damaged_file_goes_too(vault: Vault) -> None:
    one, other = make_client(vault, NAMES["given_name"]), make_client(vault, NAMES["given_name"])
    linking.link(vault, one, other)
    vault.db.execute("DELETE FROM change WHERE record = ?", [other])
    vault.db.execute("DELETE FROM client WHERE id = ?", [other])
    assert erasure.consequences(vault, one).linked == (other,)
    erasure.erase(vault, one, "asked")
    assert {erasure_of(one), erasure_of(other)} <= storage.ledger(vault.db)


def test_what_is_not_about_people_stays(vault: Vault) -> None:
    organisation = make_organisation(vault)
    with pytest.raises(NeverErased):
        erasure.erase(vault, organisation, "asked")
    with pytest.raises(RecordNotFound):
        erasure.erase(vault, "0" * 32, "asked")


def test_a_wrong_reason_erases_nobody(vault: Vault) -> None:
    client = make_client(vault)
    with pytest.raises(InvalidValue):
        erasure.erase(vault, client, "because")
    assert not is_gone(vault, client)


@pytest.mark.parametrize("steps", [0, 1])
def test_whoever_stops_in_time_loses_nothing(vault: Vault, steps: int) -> None:
    client = make_client(vault)
    assert erasure.erase(vault, client, "asked", lambda done, _all: done < steps) is None
    assert not is_gone(vault, client)
    assert erasure.state(vault) == []


def test_later_nobody_can_stop_and_every_step_is_told(vault: Vault) -> None:
    client = make_client(vault)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 2

    assert erasure.erase(vault, client, "asked", progress) is not None
    assert told == [(step, erasure.STEPS) for step in range(erasure.STEPS + 1) if step != 2]
    assert is_gone(vault, client)


def test_it_is_written_down_without_a_name(vault: Vault) -> None:
    client = make_client(vault, "Карим")
    erasure.erase(vault, client, "mistake")
    (entry,) = audit.entries(vault, action=Action.ERASED)
    assert (entry.kind, entry.record, entry.detail, entry.name) == ("client", client, "mistake 3", vault.user_name)


def test_nobody_writes_or_edits_an_erasure_from_outside(vault: Vault) -> None:
    client = make_client(vault)
    said = {"reason": "asked", "erased_on": "2026-03-05"}
    with pytest.raises(KindFixed):
        records.add(vault, "erasure", said)
    erasure.erase(vault, client, "asked")
    for act in (records.remove, records.restore, lambda v, r: records.edit(v, r, {"reason": "mistake"})):
        with pytest.raises(KindFixed):
            act(vault, erasure_of(client))


def test_a_full_disk_puts_the_cleaning_off_until_the_next_unlock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(tmp_path)
    client = with_all(vault, tmp_path)

    def full(_db: object) -> None:
        raise DiskFull(str(vault.folder))

    with monkeypatch.context() as patched:
        patched.setattr(storage, "clean_file", full)
        done = erasure.erase(vault, client, "asked")
    assert done is not None
    assert isinstance(done.trouble, DiskFull)
    assert is_gone(vault, client)
    vault.close()
    again = open_vault(vault.folder)
    try:
        assert storage.left(again.db) is None
        assert found_in(again) == []
        tidying.tidy(again)
    finally:
        again.close()


def test_backups_are_made_anew_without_her(vault: Vault, tmp_path: Path) -> None:
    client = with_all(vault, tmp_path)
    stick = tmp_path / "second"
    stick.mkdir()
    backups.choose_second_folder(vault, stick)
    backups.daily(vault)
    places = (vault.folder / "backup", stick)
    before = [path for place in places for path in place.glob("*.roh-backup")]
    assert len(before) == 2
    assert len(list((stick / "blobs").iterdir())) == 1
    erasure.erase(vault, client, "asked")
    after = [path for place in places for path in place.glob("*.roh-backup")]
    assert len(after) == 2
    assert not set(before) & set(after)
    assert list((stick / "blobs").iterdir()) == []
    for number, path in enumerate(after):
        restored = tmp_path / f"restored {number}"
        restoring.restore(path, restored, USER, PASSPHRASE, surroundings("restoring"))
        again = open_vault(restored)
        try:
            assert found_in(again) == []
            assert is_gone(again, client)
        finally:
            again.close()


# Other devices


def test_a_coordinators_erasure_goes_to_the_persons_desk_and_to_no_other(programme: Programme, tmp_path: Path) -> None:
    client = with_all(programme.khorugh, tmp_path)
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    take(programme.vose, send(programme.coordinator, "vose", programme.stick))

    erasure.erase(programme.coordinator, client, "asked")

    assert found_in(programme.coordinator) == []
    (shown,) = erasure.state(programme.coordinator)
    assert (shown.id, shown.reason, shown.desk, shown.records) == (erasure_of(client), "asked", "khorugh", HERS)
    assert (shown.acknowledged, shown.waiting) == ((), ("khorugh",))
    (done,) = take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert (done.outcome, done.new, done.updated, done.erased) == (Outcome.MERGED, 0, 0, HERS)
    assert found_in(programme.khorugh) == []
    assert list((programme.khorugh.folder / "blobs").iterdir()) == []
    assert is_sound(programme.khorugh)
    (shown,) = erasure.state(programme.coordinator)
    assert shown.waiting == ("khorugh",)
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    (shown,) = erasure.state(programme.coordinator)
    assert (shown.acknowledged, shown.waiting) == (("khorugh",), ())
    (seen,) = erasure.state(programme.khorugh)
    assert (seen.acknowledged, seen.waiting, seen.by) == (("coordinator",), (), "")
    take(programme.vose, send(programme.coordinator, "vose", programme.stick))
    assert erasure.state(programme.vose) == []


def test_a_desks_erasure_reaches_the_coordinator_and_old_bundles_bring_nothing_back(
    programme: Programme, tmp_path: Path
) -> None:
    client = with_all(programme.khorugh, tmp_path)
    first = send(programme.khorugh, "coordinator", programme.stick)
    records.edit(programme.khorugh, client, {"address": "деҳаи Ванҷ"})
    second = send(programme.khorugh, "coordinator", programme.stick)
    take(programme.coordinator, first)
    assert len(found_in(programme.coordinator)) > 5
    erasure.erase(programme.khorugh, client, "asked")
    gone = send(programme.khorugh, "coordinator", programme.stick)

    (done,) = take(programme.coordinator, gone)
    assert (done.erased, done.new, done.updated, done.quarantined) == (HERS, 0, 0, 0)
    assert found_in(programme.coordinator) == []
    (again,) = take(programme.coordinator, second)
    assert (again.outcome, again.new, again.updated) == (Outcome.MERGED, 0, 0)
    assert found_in(programme.coordinator) == []
    assert is_gone(programme.coordinator, client)
    assert is_sound(programme.coordinator)


def test_whoever_was_erased_before_she_was_sent_never_arrives(programme: Programme, tmp_path: Path) -> None:
    client = with_all(programme.khorugh, tmp_path)
    erasure.erase(programme.khorugh, client, "mistake")
    (done,) = take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    assert (done.outcome, done.erased, done.quarantined) == (Outcome.MERGED, HERS, 0)
    assert found_in(programme.coordinator) == []
    assert is_sound(programme.coordinator)
    (shown,) = erasure.state(programme.coordinator)
    assert shown.waiting == ()


def test_what_a_desk_wrote_offline_for_an_erased_person_stays_out_everywhere(programme: Programme) -> None:
    client = make_client(programme.khorugh, NAMES["given_name"])
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    erasure.erase(programme.coordinator, client, "asked")
    late = {"client": client, "type": "legal", "delivered_on": "2026-03-05", "what_was_done": WORDS[1]}
    service = records.add(programme.khorugh, "service", late).id
    corrected = records.edit(programme.khorugh, service, {"what_was_done": WORDS[0]}).id

    (done,) = take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    assert (done.new, done.erased) == (0, 2)
    assert found_in(programme.coordinator) == []
    take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert is_gone(programme.khorugh, service)
    assert is_gone(programme.khorugh, corrected)
    assert found_in(programme.khorugh) == []
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert checking.check(programme.khorugh).ok
    (shown,) = erasure.state(programme.coordinator)
    assert (shown.records, shown.waiting) == (5, ())


def test_a_plan_counts_over_several_files_as_taking_them_in_does(programme: Programme) -> None:
    client = make_client(programme.khorugh, NAMES["given_name"])
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    records.edit(programme.khorugh, client, {"surname": NAMES["surname"]})
    first = send(programme.khorugh, "coordinator", programme.stick)
    erasure.erase(programme.khorugh, client, "asked")
    second = send(programme.khorugh, "coordinator", programme.stick)
    plan = merging.plan_files(programme.coordinator, [second, first])
    done = merging.apply_plan(programme.coordinator, plan)
    assert [one.erased for one in plan.files] == [one.erased for one in done] == [0, 3]


def test_a_restored_vault_forgets_her_again(programme: Programme, tmp_path: Path) -> None:
    client = with_all(programme.khorugh, tmp_path)
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    programme.coordinator.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(programme.coordinator.folder, tmp_path / "old")
    erasure.erase(programme.khorugh, client, "asked")
    gone = send(programme.khorugh, "coordinator", programme.stick)
    take(programme.coordinator, gone)
    old = open_vault(tmp_path / "old")
    try:
        assert not is_gone(old, client)
        (done,) = take(old, gone)
        assert (done.outcome, done.erased) == (Outcome.MERGED, HERS)
        assert is_gone(old, client)
        assert found_in(old) == []
        assert is_sound(old)
    finally:
        old.close()


def erased_without_a_desk(second: Vault, record: RecordId) -> None:
    """As who lost most of the log with a damaged file erases: without knowing who has something of it."""
    told = {"reason": "asked", "erased_on": "2026-03-05", "part_of": erasure_of(record)}
    with atomic(second.db):
        values = {**told, "desk": second.desk, "desks": "[]"}
        second.journal.write([Write(ERASURE, erasure_of(record), values)])


@pytest.fixture
def second(programme: Programme) -> Iterator[Vault]:
    """Another coordinator, who holds nothing."""
    made = make_vault(programme.stick.parent, "coordinator_2", FakeClock(programme.coordinator.now()))
    acquaint(made, programme.coordinator, programme.stick)
    yield made
    made.close()


@pytest.mark.parametrize("was_here", [False, True])
def test_an_erasure_that_names_no_desk_reaches_whoever_wrote_of_her(
    programme: Programme, second: Vault, was_here: bool
) -> None:
    client = make_client(programme.khorugh, NAMES["given_name"])
    if was_here:
        take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    erased_without_a_desk(second, client)
    take(programme.coordinator, send(second, "coordinator", programme.stick))
    if not was_here:
        take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    assert found_in(programme.coordinator) == []
    take(programme.vose, send(programme.coordinator, "vose", programme.stick))
    take(programme.khorugh, send(programme.coordinator, "khorugh", programme.stick))
    assert is_gone(programme.khorugh, client)
    assert erasure_of(client) in storage.ledger(programme.khorugh.db)
    assert storage.ledger(programme.vose.db) == set()


def test_an_erasure_that_names_no_desk_reaches_every_desk_at_which_she_was(programme: Programme, second: Vault) -> None:
    client = make_client(programme.khorugh, NAMES["given_name"])
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    need = records.add(programme.coordinator, "need", {"client": client, "pathway": "health"}).id
    records.add(programme.khorugh, "consent", {"client": client, "purpose": "sharing", "state": "given"})
    (offered,) = transfers.offer(programme.khorugh, client, "vose")
    take(programme.coordinator, send(programme.khorugh, "coordinator", programme.stick))
    take(programme.vose, send(programme.coordinator, "vose", programme.stick))
    transfers.accept(programme.vose, offered)
    assert not is_gone(programme.vose, need)
    erased_without_a_desk(second, need)
    take(programme.coordinator, send(second, "coordinator", programme.stick))
    for desk in (programme.khorugh, programme.vose):
        take(desk, send(programme.coordinator, desk.desk, programme.stick))
        assert is_gone(desk, need)

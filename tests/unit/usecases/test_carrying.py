"""Bundles on their way: the outbox and its tries, setting ways up; nothing that fails changes the exchange."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.crypto import exchange_keys
from desk_app.crypto.sealing import new_exchange_identity
from desk_app.crypto.signing import new_signing_key
from desk_app.domain import errors
from desk_app.domain.carriers import Kind
from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import (
    CarrierNameTaken,
    CarrierSettingWrong,
    CarrierTrouble,
    CarrierUnknown,
    FileExists,
    LoginRefused,
    NoAccess,
    NoConnection,
    StillOnItsWay,
    StorePlaceMissing,
)
from desk_app.storage import files, meta, outbox
from desk_app.storage.outbox import Told
from desk_app.storage.vault import Vault
from desk_app.sync import card
from desk_app.sync.carriers.folder import FolderCarrier
from desk_app.usecases import carriers, carrying, exchange, fetching, merging, partners
from desk_app.usecases.carrying import MINUTE, PAUSES
from desk_app.usecases.merge_plan import Outcome
from tests import servers
from tests.fakes import FakeClock, acquaint, make_client, make_vault, seeded
from tests.unit.usecases.conftest import exchange_state


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Vault]:
    made = make_vault(tmp_path, "khorugh", clock)
    make_client(made)
    yield made
    made.close()


@pytest.fixture
def coordinator(tmp_path: Path, desk: Vault, clock: FakeClock) -> Iterator[Vault]:
    made = make_vault(tmp_path, "coordinator", clock)
    acquaint(made, desk, tmp_path)
    yield made
    made.close()


@pytest.fixture
def partner(tmp_path: Path, desk: Vault) -> None:
    """A coordinator who is known, and whose own vault the test does not need."""
    key = new_signing_key(seeded("key"))
    days = exchange_keys.wanted_on(exchange_keys.day_of(desk.now()))
    keys = tuple((first_day, new_exchange_identity().recipient) for first_day in days)
    known = card.Card(desk=COORDINATOR, name="Душанбе", kind="coordinator", key=key.public, keys=keys)
    (tmp_path / "known.card").write_bytes(card.write_card(known, key))
    partners.enrol(desk, tmp_path / "known.card")


@pytest.fixture
def way(tmp_path: Path, desk: Vault, partner: None) -> Path:
    """The folder by which the desk sends."""
    made = tmp_path / "shared"
    made.mkdir()
    carriers.add(desk, "shared", Kind.FOLDER, {"path": str(made)})
    return made


@pytest.fixture
def shared(tmp_path: Path, desk: Vault, coordinator: Vault) -> Path:
    """A folder that both sides have."""
    made = tmp_path / "shared"
    made.mkdir()
    for one in (desk, coordinator):
        carriers.add(one, "shared", Kind.FOLDER, {"path": str(made)})
    return made


# The outbox


def test_a_bundle_goes_over_a_shared_folder_and_comes_back_confirmed(
    desk: Vault, coordinator: Vault, shared: Path
) -> None:
    entry = carrying.send(desk, "coordinator", "shared")
    assert list(shared.iterdir()) == []
    (sent,) = carrying.carry_all(desk)
    assert sent.sent is not None
    assert [path.name for path in shared.iterdir()] == [entry.name]
    assert list((desk.folder / outbox.FOLDER).iterdir()) == []

    arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
    (shown,) = arrived.plan.files
    assert (shown.outcome, shown.sender, shown.digits, shown.file.name) == (
        Outcome.MERGED,
        "khorugh",
        entry.digits,
        entry.name,
    )
    assert list((coordinator.folder / fetching.FOLDER).iterdir()) == []
    done = merging.apply_plan(coordinator, arrived.plan)
    fetching.note_taken(coordinator, arrived, done)

    carrying.send(coordinator, "khorugh", "shared")
    carrying.carry_all(coordinator)
    back = fetching.plan(desk, [fetching.fetch(one) for one in fetching.errands(desk)])
    fetching.note_taken(desk, back, merging.apply_plan(desk, back.plan))
    assert partners.partners(desk)[0].acknowledged == 1
    away = shared.rename(shared.with_name("away"))
    assert "shared" in fetching.plan(desk, [fetching.fetch(one) for one in fetching.errands(desk)]).troubles
    away.rename(shared)
    assert [fetching.fetch(one).items for one in fetching.errands(desk)] == [()]  # It is not all fetched again.


def test_a_way_that_fails_is_tried_again_with_growing_pauses(
    desk: Vault, way: Path, clock: FakeClock, tmp_path: Path
) -> None:
    way.rename(tmp_path / "away")
    carrying.send(desk, "coordinator", "shared")
    before = exchange_state(desk)
    pauses = []
    for _ in range(len(PAUSES) + 1):
        (tried,) = carrying.carry_all(desk)
        assert tried.next_try is not None
        assert isinstance(outbox.trouble_of(tried.trouble), StorePlaceMissing)
        assert carrying.carry_all(desk) == []
        pauses.append(round((tried.next_try - clock.at) / MINUTE))
        clock.at = tried.next_try
    assert pauses == [*PAUSES, PAUSES[-1]]
    assert exchange_state(desk) == before
    (tmp_path / "away").rename(way)
    (sent,) = carrying.carry_all(desk, now=True)
    assert (sent.sent is not None, sent.trouble, sent.tries) == (True, None, len(PAUSES) + 2)
    assert len(list(way.iterdir())) == 1


def test_what_only_a_person_can_mend_waits_for_her(desk: Vault, partner: None, clock: FakeClock) -> None:
    url = f"https://localhost:{servers.free_port()}/"
    carriers.add(desk, "cloud", Kind.WEBDAV, {"url": url, "user": "desk"}, "secret")
    entry = carrying.send(desk, "coordinator", "cloud")
    waits = carrying.note(desk, entry, LoginRefused("localhost", "desk"))
    assert waits.next_try is None
    clock.forward(days=30)
    assert carrying.due(desk) == []
    carriers.change(desk, "cloud", {"url": url, "user": "desk"}, "right")
    (errand,) = carrying.due(desk)
    assert isinstance(carrying.carry(errand), NoConnection)
    assert "secret" not in repr(errand)
    assert "right" not in repr(errand)


def test_a_silent_server_is_asked_once_in_a_round(desk: Vault, partner: None) -> None:
    url = f"https://localhost:{servers.free_port()}/"
    carriers.add(desk, "cloud", Kind.WEBDAV, {"url": url, "user": "desk"}, "secret")
    for _ in range(2):
        carrying.send(desk, "coordinator", "cloud")
    first, second = carrying.carry_all(desk)
    assert first.trouble == second.trouble == Told("NoConnection", {"server": "localhost"})


def test_an_answer_that_was_lost_is_no_second_bundle(desk: Vault, way: Path) -> None:
    entry = carrying.send(desk, "coordinator", "shared")
    (way / entry.name).write_bytes((desk.folder / outbox.FOLDER / entry.name).read_bytes())
    assert carrying.carry_all(desk)[0].sent is not None
    assert len(list(way.iterdir())) == 1


def test_a_name_that_somebody_else_has_taken_is_left_to_him(desk: Vault, way: Path) -> None:
    entry = carrying.send(desk, "coordinator", "shared")
    (way / entry.name).write_bytes(b"somebody else's")
    (tried,) = carrying.carry_all(desk)
    assert tried.trouble == Told("NameTaken", {"name": entry.name})
    assert (way / entry.name).read_bytes() == b"somebody else's"


def test_what_waits_can_be_taken_off_the_list(desk: Vault, way: Path) -> None:
    entry = carrying.send(desk, "coordinator", "shared")
    with pytest.raises(StillOnItsWay):
        carriers.remove(desk, "shared")
    carrying.take_out(desk, entry.name)
    assert carrying.waiting(desk) == []
    assert list((desk.folder / outbox.FOLDER).iterdir()) == []
    carriers.remove(desk, "shared")
    assert carriers.ways(desk) == []


def test_what_waits_without_its_file_is_forgotten(desk: Vault, way: Path) -> None:
    """As after a restore: backups hold no outbox, and the next bundle holds what was in it."""
    entry = carrying.send(desk, "coordinator", "shared")
    (desk.folder / outbox.FOLDER / entry.name).unlink()
    assert carrying.carry_all(desk) == []
    assert carrying.waiting(desk) == []


def test_a_full_disk_while_sealing_leaves_nothing(desk: Vault, way: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exchange_state(desk)

    def no_room(path: Path, _data: bytes) -> None:
        raise errors.DiskFull(str(path))

    monkeypatch.setattr(files, "write_new", no_room)
    with pytest.raises(errors.DiskFull):
        carrying.send(desk, "coordinator", "shared")
    assert exchange_state(desk) == before
    assert carrying.waiting(desk) == []


def test_every_trouble_of_a_way_is_kept_and_said_again() -> None:
    kinds = CarrierTrouble.__subclasses__()
    assert len(kinds) > 20
    for kind in kinds:
        names = getattr(kind, "__match_args__", ())
        if kind is errors.StickUnclear:
            continue  # Said at once, never kept: it holds several names.
        trouble = kind(**dict.fromkeys(names, "x"))
        again = outbox.trouble_of(outbox.told(trouble))
        assert type(again) is kind
        assert [getattr(again, name) for name in names] == ["x"] * len(names)
    for strange in (Told("NoSuchTrouble"), Told("Enum"), Told("NoConnection", {"port": "1"}), Told("FileTooLarge")):
        assert type(outbox.trouble_of(strange)) is CarrierTrouble


# Setting ways up


def test_passwords_stay_in_the_vault_and_are_never_shown(desk: Vault) -> None:
    shown = carriers.add(desk, "cloud", Kind.WEBDAV, {"url": "https://cloud.example/", "user": "desk"}, "s3cret!")
    assert "s3cret!" not in repr(shown)
    assert "s3cret!" not in repr(carriers.opener(desk, "cloud"))
    assert "s3cret!" in (meta.get(desk.db, "carriers") or "")
    kept = carriers.change(desk, "cloud", {"url": "https://cloud.example/roh", "user": "desk"})
    assert kept.told["url"] == "https://cloud.example/roh"
    assert "s3cret!" in (meta.get(desk.db, "carriers") or "")


def test_a_way_without_a_password_signs_in_with_a_key_of_its_own(desk: Vault) -> None:
    told = {"server": "host.example", "user": "desk"}
    shown = carriers.add(desk, "box", Kind.SFTP, told)
    assert shown.signs_in_with.startswith("ssh-ed25519 ")
    assert "PRIVATE" not in repr(shown)
    assert carriers.add(desk, "other", Kind.SFTP, told, "password").signs_in_with == ""


def test_what_cannot_be_is_refused(desk: Vault, tmp_path: Path) -> None:
    folder = {"path": str(tmp_path)}
    carriers.add(desk, "one", Kind.FOLDER, folder)
    with pytest.raises(CarrierNameTaken):
        carriers.add(desk, "ONE", Kind.FOLDER, folder)
    for name in ("", "x" * 61, "two\nlines"):
        with pytest.raises(CarrierSettingWrong):
            carriers.add(desk, name, Kind.FOLDER, folder)
    with pytest.raises(CarrierSettingWrong):
        carriers.add(desk, "inside", Kind.FOLDER, {"path": str(desk.folder / "blobs")})
    with pytest.raises(CarrierSettingWrong):
        carriers.add(desk, "cloud", Kind.WEBDAV, {"url": "https://cloud.example/", "user": "desk"})
    for unknown in (carriers.way, carriers.remove, carriers.opener):
        with pytest.raises(CarrierUnknown):
            unknown(desk, "nobody")


def test_a_mail_box_needs_the_partners_address_once(desk: Vault, partner: None) -> None:
    told = {"address": "a@example.org", "smtp_server": "s.example", "imap_server": "i.example", "user": "a"}
    with pytest.raises(CarrierSettingWrong):
        carriers.add(desk, "mail", Kind.MAIL, told, "махфӣ")
    carriers.add(desk, "mail", Kind.MAIL, told, "secret")
    for wrong in ("", "nobody", "a b@example.org", "a@example.org\nBcc: x@example.org"):
        with pytest.raises(CarrierSettingWrong):
            carrying.send(desk, "coordinator", "mail", wrong)
    assert partners.partners(desk)[0].sent == 0
    carrying.send(desk, "coordinator", "mail", "c@example.org")
    assert carrying.send(desk, "coordinator", "mail").address == "c@example.org"


def test_trying_a_way_out_puts_no_file(desk: Vault, way: Path) -> None:
    carriers.try_out(carriers.opener(desk, "shared"))
    assert list(way.iterdir()) == []


# Fetching


def test_copies_that_a_synchronised_folder_makes_are_taken_once(desk: Vault, coordinator: Vault, shared: Path) -> None:
    entry = carrying.send(desk, "coordinator", "shared")
    carrying.carry_all(desk)
    held = (shared / entry.name).read_bytes()
    stem = entry.name.removesuffix(".roh")
    (shared / f"{stem} (1).roh").write_bytes(held)
    (shared / f"{stem}-DESKTOP-ABC.roh").write_bytes(held)
    (shared / "half.roh").write_bytes(held[: len(held) // 2])
    arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
    outcomes = sorted(one.outcome for one in arrived.plan.files)
    assert outcomes == [Outcome.DAMAGED, Outcome.KNOWN, Outcome.KNOWN, Outcome.MERGED]
    fetching.note_taken(coordinator, arrived, merging.apply_plan(coordinator, arrived.plan))
    assert partners.partners(coordinator)[0].received == 1
    again = [fetching.fetch(one) for one in fetching.errands(coordinator)]
    assert [one.items for one in again] == [()]
    (shared / "half.roh").write_bytes(held + b"x")  # The copy went on: it is another file now.
    assert [len(fetching.fetch(one).items) for one in fetching.errands(coordinator)] == [1]


def test_a_plan_that_is_left_is_fetched_again_and_what_is_not_for_us_is_not(
    desk: Vault, coordinator: Vault, shared: Path
) -> None:
    carrying.send(desk, "coordinator", "shared")
    carrying.carry_all(desk)
    before = exchange_state(coordinator)
    for _ in range(2):
        arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
        assert [one.outcome for one in arrived.plan.files] == [Outcome.MERGED]
    assert exchange_state(coordinator) == before
    # The sender finds its own bundle there, which it cannot open.
    own = fetching.plan(desk, [fetching.fetch(one) for one in fetching.errands(desk)])
    assert [one.outcome for one in own.plan.files] == [Outcome.FOREIGN]
    assert [fetching.fetch(one).items for one in fetching.errands(desk)] == [()]


def test_a_sender_who_is_not_admitted_yet_is_looked_at_again(
    desk: Vault, coordinator: Vault, shared: Path, tmp_path: Path, clock: FakeClock
) -> None:
    stranger = make_vault(tmp_path, "vose", clock)
    partners.enrol(stranger, tmp_path / "coordinator.card")
    exchange.export(stranger, "coordinator", shared)
    for _ in range(2):
        arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
        assert [one.outcome for one in arrived.plan.files] == [Outcome.UNKNOWN_SENDER]
        fetching.note_taken(coordinator, arrived, merging.apply_plan(coordinator, arrived.plan))
    stranger.close()


def test_a_way_that_fails_while_fetching_changes_nothing_and_is_told(
    desk: Vault, coordinator: Vault, shared: Path
) -> None:
    url = f"https://localhost:{servers.free_port()}/"
    carriers.add(coordinator, "cloud", Kind.WEBDAV, {"url": url, "user": "desk"}, "secret")
    carrying.send(desk, "coordinator", "shared")
    carrying.carry_all(desk)
    before = exchange_state(coordinator)
    arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
    assert isinstance(arrived.troubles["cloud"], NoConnection)
    assert [one.outcome for one in arrived.plan.files] == [Outcome.MERGED]
    assert exchange_state(coordinator) == before


def test_a_file_that_nobody_can_name_or_read_keeps_no_bundle_back(
    desk: Vault, coordinator: Vault, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("aa.roh", "zz.roh"):
        (shared / name).write_bytes(b"age-encryption.org/v1\nunreadable")
    Path(os.fsdecode(os.fsencode(shared) + b"/\xf0\xee\xf5.roh")).write_bytes(b"no bundle")
    carrying.send(desk, "coordinator", "shared")
    carrying.carry_all(desk)
    read = FolderCarrier.get

    def refused(self: FolderCarrier, name: str, cap: int) -> bytes:
        if name in ("aa.roh", "zz.roh"):
            raise NoAccess(name)
        return read(self, name, cap)

    monkeypatch.setattr(FolderCarrier, "get", refused)
    arrived = fetching.plan(coordinator, [fetching.fetch(one) for one in fetching.errands(coordinator)])
    assert isinstance(arrived.troubles["shared"], NoAccess)
    done = merging.apply_plan(coordinator, arrived.plan)
    assert sorted(one.outcome for one in done) == [Outcome.DAMAGED, Outcome.MERGED]
    fetching.note_taken(coordinator, arrived, done)
    assert [one.items for one in map(fetching.fetch, fetching.errands(coordinator))] == [()]
    monkeypatch.undo()
    assert [len(one.items) for one in map(fetching.fetch, fetching.errands(coordinator))] == [2]


def test_fetching_stops_when_it_is_told_to(desk: Vault, coordinator: Vault, shared: Path) -> None:
    for _ in range(3):
        exchange.export(desk, "coordinator", shared)
    (errand,) = fetching.errands(coordinator)
    fetched = fetching.fetch(errand, lambda done, _all: done < 2)
    assert len(fetched.items) == 2
    assert len(fetched.there) == 3


def test_saved_messages_and_files_that_mail_hurt_are_planned_like_others(
    desk: Vault, coordinator: Vault, tmp_path: Path
) -> None:
    made = exchange.export(desk, "coordinator", tmp_path / "a.roh")
    saved, hurt, plain = tmp_path / "a.eml", tmp_path / "hurt.roh", tmp_path / "lunch.eml"
    by_mail = carrying.export_message(desk, "coordinator", saved)
    with pytest.raises(FileExists):
        carrying.export_message(desk, "coordinator", saved)
    assert (by_mail.file, partners.partners(desk)[0].sent) == (saved, 2)
    assert list((desk.folder / outbox.FOLDER).iterdir()) == []
    hurt.write_bytes(made.file.read_bytes().replace(b"\n", b"\r\n"))
    plain.write_bytes(b"Subject: lunch\r\n\r\nAt one.\r\n")
    outcomes = {
        path.name: [one.outcome for one in fetching.plan_paths(coordinator, [path]).files]
        for path in (made.file, saved, hurt, plain)
    }
    assert outcomes == {
        "a.roh": [Outcome.MERGED],
        "a.eml": [Outcome.MERGED],
        "hurt.roh": [Outcome.MERGED],
        "lunch.eml": [Outcome.DAMAGED],
    }
    together = fetching.plan_paths(coordinator, [saved, made.file, hurt])
    assert [(one.number, one.outcome) for one in together.files] == [
        (1, Outcome.MERGED),
        (1, Outcome.KNOWN),
        (2, Outcome.MERGED),
    ]
    assert next(one.digits for one in together.files if one.number == 2) == by_mail.digits
    assert list((coordinator.folder / fetching.FOLDER).iterdir()) == []


def test_the_program_works_the_same_with_no_way(desk: Vault, coordinator: Vault, tmp_path: Path) -> None:
    assert carriers.ways(desk) == []
    assert carrying.carry_all(desk) == []
    assert fetching.plan(desk, [fetching.fetch(one) for one in fetching.errands(desk)]).plan.files == ()
    made = exchange.export(desk, "coordinator", tmp_path)
    assert [one.outcome for one in merging.merge_files(coordinator, [made.file])] == [Outcome.MERGED]
    assert not (desk.folder / outbox.FOLDER).exists()

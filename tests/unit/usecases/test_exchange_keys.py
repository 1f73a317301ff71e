"""Exchange keys by the month: made ahead, announced, used, and gone when a bundle is old."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_app.crypto import exchange_keys as periods
from desk_app.crypto.sealing import (
    ExchangeIdentity,
    NotForUsError,
    Recipient,
    fingerprint,
    new_exchange_identity,
    open_sealed,
    seal,
)
from desk_app.domain.errors import Foreign
from desk_app.domain.ids import RecordId
from desk_app.domain.records.exchange_key import EXCHANGE_KEY
from desk_app.domain.rules.auditing import Action
from desk_app.storage import exchange_keys as storage
from desk_app.storage import meta, partner_table, restoring
from desk_app.storage.journal import Write
from desk_app.storage.partner_table import Partner
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.usecases import audit, backups, checking, exchange, exchange_keys, merging, partners, records, vaults
from desk_app.usecases.merge_plan import Outcome
from tests.fakes import FakeClock, acquaint, make_client, make_vault, open_vault, surroundings
from tests.plain_bytes import everything_in, log_frames
from tests.unit.usecases.backup_files import restored

OLD_VAULT = Path(__file__).resolve().parents[2] / "data" / "vaults" / "2"


@dataclass
class Pair:
    """A coordinator and its desk, whose clocks are one, and a folder for what goes between them."""

    clock: FakeClock
    coordinator: Vault
    desk: Vault
    stick: Path

    def swap_cards(self) -> None:
        acquaint(self.coordinator, self.desk, self.stick)

    def send(self, sender: Vault, receiver: Vault) -> Outcome:
        (done,) = merging.merge_files(receiver, [exchange.export(sender, receiver.desk, self.stick).file])
        return done.outcome

    def both_ways(self) -> list[Outcome]:
        return [self.send(self.desk, self.coordinator), self.send(self.coordinator, self.desk)]

    def reopen_desk(self) -> None:
        vaults.lock(self.desk)
        self.desk = open_vault(self.desk.folder, surroundings("again", self.clock))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    clock = FakeClock()
    made = Pair(clock, make_vault(tmp_path, "coordinator", clock), make_vault(tmp_path, "khorugh", clock), tmp_path)
    made.swap_cards()
    yield made
    made.coordinator.close()
    made.desk.close()


def partner_of(vault: Vault) -> Partner:
    (found,) = partner_table.partners(vault.db)
    return found


def today(pair: Pair) -> int:
    return periods.day_of(pair.clock())


def private_halves(vault: Vault, until: int) -> list[bytes]:
    """Those of the periods that began by that day."""
    rows = vault.db.execute("SELECT private FROM exchange_private WHERE first_day <= ?", [until]).fetchall()
    return [row[0].encode() for row in rows]


def test_thirteen_periods_have_keys_and_a_new_one_comes_each_month(pair: Pair) -> None:
    first = exchange_keys.ensure(pair.desk)
    assert [day for day, _ in first] == list(periods.wanted_on(today(pair)))
    assert exchange_keys.ensure(pair.desk) == first
    pair.clock.forward(days=30)
    assert exchange_keys.ensure(pair.desk)[:12] == first[1:]
    assert len(pair.desk.exchange_identities) == 14


@pytest.mark.parametrize("locked_meanwhile", [True, False])
def test_a_bundle_sealed_more_than_90_days_ago_stays_shut_with_all_the_device_now_holds(
    pair: Pair, locked_meanwhile: bool
) -> None:
    sealed = exchange.export(pair.coordinator, "khorugh", pair.stick).file.read_bytes()
    secret = private_halves(pair.desk, today(pair))
    assert secret
    assert all(one in everything_in(pair.desk) for one in secret)
    assert bundle.unseal(sealed, pair.desk.exchange_identities)
    pair.clock.forward(days=91)
    if locked_meanwhile:
        pair.reopen_desk()
    else:
        exchange_keys.ensure(pair.desk)
    with pytest.raises(Foreign):
        bundle.unseal(sealed, pair.desk.exchange_identities)
    lying_about = log_frames(pair.desk) + everything_in(pair.desk)
    assert [one for one in secret if one in lying_about] == []


def test_what_was_sealed_within_60_days_still_opens(pair: Pair) -> None:
    sealed = exchange.export(pair.coordinator, "khorugh", pair.stick).file.read_bytes()
    pair.clock.forward(days=59)
    exchange_keys.ensure(pair.desk)
    assert bundle.unseal(sealed, pair.desk.exchange_identities)


def test_a_partner_silent_for_a_year_opens_what_is_sealed_for_him_today(pair: Pair) -> None:
    make_client(pair.desk)
    assert pair.send(pair.desk, pair.coordinator) is Outcome.MERGED
    pair.clock.forward(days=365)
    exchange_keys.ensure(pair.desk)
    (chosen,) = exchange_keys.recipients_of(pair.coordinator, partner_of(pair.coordinator))
    assert chosen in storage.recipients(pair.desk.db).values()
    assert pair.send(pair.coordinator, pair.desk) is Outcome.MERGED


def test_after_more_than_a_year_of_silence_on_both_sides_new_cards_help(pair: Pair) -> None:
    for _ in range(17):
        pair.clock.forward(days=30)
        exchange_keys.ensure(pair.desk)
        exchange_keys.ensure(pair.coordinator)
    assert pair.both_ways() == [Outcome.FOREIGN, Outcome.FOREIGN]
    pair.swap_cards()
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]


def test_announced_keys_reach_the_partner_and_are_used(pair: Pair, tmp_path: Path) -> None:
    vose = make_vault(tmp_path, "vose", pair.clock)
    partners.write_card(vose, tmp_path / "vose.json")
    partners.enrol(pair.coordinator, tmp_path / "vose.json")
    partners.write_card(pair.coordinator, tmp_path / "c.json")
    partners.enrol(vose, tmp_path / "c.json")
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    for _ in range(14):  # Nothing that stood on the cards is left.
        pair.clock.forward(days=30)
        assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    day = periods.first_day_of(today(pair))
    for sender, receiver in ((pair.desk, pair.coordinator), (pair.coordinator, pair.desk)):
        reader = dict(exchange_keys.ensure(receiver))[day]
        known = next(one for one in partner_table.partners(sender.db) if one.device == receiver.device)
        assert exchange_keys.recipients_of(sender, known) == (reader,)
        sealed = exchange.export(sender, receiver.desk, pair.stick).file.read_bytes()
        header = bundle.read_header(bundle.unseal(sealed, receiver.exchange_identities))
        assert header.recipients == (fingerprint(reader),)
    # Another desk learns the coordinator's keys alone.
    assert pair.send(pair.coordinator, vose) is Outcome.MERGED
    assert {one.text("device") for one in records.find_all(vose, "exchange_key")} == {pair.coordinator.device}
    vose.close()


def test_what_another_device_announces_is_ignored(pair: Pair) -> None:
    """In a record of its own, and in the record that the device itself wrote."""
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    day = periods.first_day_of(today(pair))
    forged = new_exchange_identity().recipient
    said = {"desk": "khorugh", "device": pair.desk.device, "first_day": day, "recipient": forged}
    true = storage.known(pair.coordinator.db, pair.desk.device)
    (record,) = (
        one.id for one in records.find_all(pair.coordinator, "exchange_key") if one.text("recipient") == true[day][0]
    )
    pair.coordinator.journal.write([Write(EXCHANGE_KEY, RecordId("f" * 32), said)])
    replaced = {"recipient": (pair.coordinator.journal.state(EXCHANGE_KEY, record).heads[12][0].version,)}
    pair.coordinator.journal.write([Write(EXCHANGE_KEY, record, {"recipient": forged}, replaced)])
    assert records.show(pair.coordinator, record).text("recipient") == forged
    assert storage.known(pair.coordinator.db, pair.desk.device) == true
    assert exchange_keys.recipients_of(pair.coordinator, partner_of(pair.coordinator)) == true[day]


def test_senseless_announcements_count_for_nothing(pair: Pair) -> None:
    before = storage.known(pair.desk.db, pair.desk.device)
    for number, (day, recipient) in enumerate([(31, new_exchange_identity().recipient), (30, "age1x"), (60, "")]):
        said = {"desk": "khorugh", "device": pair.desk.device, "first_day": day, "recipient": recipient}
        pair.desk.journal.write([Write(EXCHANGE_KEY, RecordId(f"{number:032x}"), said)])
    assert storage.known(pair.desk.db, pair.desk.device) == before


@pytest.mark.parametrize("years", [-46, 40])
def test_a_clock_decades_off_costs_no_key_once_it_is_put_right(pair: Pair, years: int) -> None:
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    held = storage.recipients(pair.desk.db)
    right = pair.clock.at
    pair.clock.forward(days=years * 365)
    pair.reopen_desk()
    pair.clock.forward(days=1)
    exchange_keys.announce(pair.desk)
    pair.clock.at = right
    pair.reopen_desk()
    assert held.items() <= storage.recipients(pair.desk.db).items()
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]


def test_who_knows_only_the_keys_of_a_clock_that_stood_decades_behind_still_reaches_its_device(pair: Pair) -> None:
    pair.clock.forward(days=-40 * 365)
    pair.swap_cards()
    pair.clock.forward(days=40 * 365)
    for _ in range(2):
        pair.reopen_desk()
        pair.clock.forward(days=14)
    pair.reopen_desk()
    present = periods.first_day_of(today(pair))
    assert present not in storage.known(pair.coordinator.db, pair.desk.device)
    assert pair.send(pair.coordinator, pair.desk) is Outcome.MERGED
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    assert present in storage.known(pair.coordinator.db, pair.desk.device)


def test_whoever_seals_with_a_clock_that_fell_back_takes_no_key_that_is_gone(pair: Pair) -> None:
    for _ in range(5):
        pair.clock.forward(days=30)
        assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    pair.clock.forward(days=-140)
    (old,) = periods.chosen(storage.known(pair.coordinator.db, pair.desk.device), today(pair)) or ()
    (chosen,) = exchange_keys.recipients_of(pair.coordinator, partner_of(pair.coordinator))
    assert old not in storage.recipients(pair.desk.db).values()
    assert chosen in storage.recipients(pair.desk.db).values()


def test_whoever_once_wrote_with_a_clock_that_ran_ahead_takes_the_key_of_the_present_period_again(pair: Pair) -> None:
    pair.clock.forward(days=40 * 365)
    records.add(pair.coordinator, "organisation", {"name_tg": "Марказ", "category": "legal_aid"})
    pair.clock.forward(days=-40 * 365)
    present = storage.known(pair.coordinator.db, pair.desk.device)[periods.first_day_of(today(pair))]
    assert exchange_keys.recipients_of(pair.coordinator, partner_of(pair.coordinator)) == present


def test_a_partner_put_back_after_both_clocks_ran_ahead_is_reached_with_the_key_of_the_present_period(
    pair: Pair, tmp_path: Path
) -> None:
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    backup = backups.back_up(pair.desk, tmp_path).file
    pair.clock.forward(days=40 * 365)
    make_client(pair.desk)
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    records.add(pair.coordinator, "organisation", {"name_tg": "Марказ", "category": "legal_aid"})
    pair.clock.forward(days=-40 * 365)
    pair.desk.close()
    pair.desk = restored(backup, pair.desk.folder, pair.clock, replace=True)
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]


def test_a_computer_that_stood_still_for_two_years_destroys_its_keys_after_90_days(pair: Pair) -> None:
    before = set(storage.recipients(pair.desk.db))
    pair.clock.forward(days=730)
    exchange_keys.ensure(pair.desk)
    assert before < set(storage.recipients(pair.desk.db))
    pair.clock.forward(days=89)
    exchange_keys.ensure(pair.desk)
    assert before < set(storage.recipients(pair.desk.db))
    pair.clock.forward(days=1)
    exchange_keys.ensure(pair.desk)
    assert before.isdisjoint(storage.recipients(pair.desk.db))


def test_a_bundle_that_waits_tells_its_senders_new_keys_so_that_the_sender_hears_what_is_missing(
    pair: Pair, tmp_path: Path
) -> None:
    backup = backups.back_up(pair.coordinator, tmp_path).file
    for _ in range(2):
        make_client(pair.desk)
        assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    for days in (730, 90):
        pair.clock.forward(days=days)
        exchange_keys.ensure(pair.desk)
    pair.clock.forward(days=-820)
    make_client(pair.desk)
    pair.coordinator.close()
    pair.coordinator = restored(backup, pair.coordinator.folder, pair.clock, replace=True)
    assert pair.send(pair.coordinator, pair.desk) is Outcome.FOREIGN
    assert pair.both_ways() == [Outcome.HELD, Outcome.MERGED]
    assert not records.find_all(pair.coordinator, "client")
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    assert len(records.find_all(pair.coordinator, "client")) == 3
    assert not checking.check(pair.coordinator).problems


def test_a_card_counts_over_what_was_announced_before_it_and_later_words_over_the_card(pair: Pair) -> None:
    assert pair.send(pair.desk, pair.coordinator) is Outcome.MERGED
    db, device = pair.coordinator.db, pair.desk.device
    day = max(storage.announced(db, device))
    card: Recipient = new_exchange_identity().recipient
    storage.put_card(db, device, [(day, card)])
    assert storage.known(db, device)[day] == (card,)
    pair.desk.db.execute("DELETE FROM exchange_private WHERE first_day = ?", [day])
    assert pair.send(pair.desk, pair.coordinator) is Outcome.MERGED
    assert storage.known(db, device)[day] == (storage.recipients(pair.desk.db)[day], card)


def test_two_copies_of_a_computer_announce_each_its_own_keys_once_and_both_open_what_comes(pair: Pair) -> None:
    """Neither speaks against the other without end, and of the months to come each has keys of its own."""
    assert pair.both_ways() == [Outcome.MERGED, Outcome.MERGED]
    shutil.copytree(pair.desk.folder, pair.stick / "copy")
    copy = open_vault(pair.stick / "copy", surroundings("copy", pair.clock))
    restoring.begin_anew(copy)
    pair.clock.forward(days=31)
    for _ in range(3):
        assert [pair.send(one, pair.coordinator) for one in (pair.desk, copy)] == [Outcome.MERGED, Outcome.MERGED]
        file = exchange.export(pair.coordinator, "khorugh", pair.stick).file
        assert [merging.merge_files(one, [file])[0].outcome for one in (pair.desk, copy)] == [Outcome.MERGED] * 2
    newest = max(storage.recipients(pair.desk.db))
    mine, theirs = storage.recipients(pair.desk.db)[newest], storage.recipients(copy.db)[newest]
    assert mine != theirs
    assert storage.known(pair.coordinator.db, pair.desk.device)[newest] == (theirs, mine)
    pair.clock.forward(days=30 * 12)
    file = exchange.export(pair.coordinator, "khorugh", pair.stick).file
    assert [merging.merge_files(one, [file])[0].outcome for one in (pair.desk, copy)] == [Outcome.MERGED] * 2
    copy.close()


def test_a_vault_that_was_emptied_knows_its_partners_keys(pair: Pair, tmp_path: Path) -> None:
    assert pair.send(pair.desk, pair.coordinator) is Outcome.MERGED
    emptied = make_vault(tmp_path / "emptied", "coordinator", pair.clock)
    partner_table.admit(emptied.db, partner_of(pair.coordinator))
    storage.keep_known(emptied.db, pair.coordinator.db)
    assert len(storage.known(emptied.db, pair.desk.device)) == 13
    assert storage.known(emptied.db, pair.desk.device) == storage.known(pair.coordinator.db, pair.desk.device)
    emptied.close()


def test_the_one_key_of_a_vault_of_schema_2_is_kept_for_a_year_and_destroyed(tmp_path: Path) -> None:
    folder, clock = Path(shutil.copytree(OLD_VAULT, tmp_path / "2")), FakeClock()
    vault = open_vault(folder, surroundings("first", clock))
    single = meta.get(vault.db, "exchange_key")
    assert single
    assert len(vault.exchange_identities) == 14
    sealed = seal(b"a bundle", [ExchangeIdentity(single).recipient])
    for _ in range(12):
        clock.forward(days=30)
        exchange_keys.ensure(vault)
    assert open_sealed(sealed, vault.exchange_identities) == b"a bundle"
    clock.forward(days=6)
    exchange_keys.ensure(vault)
    with pytest.raises(NotForUsError):
        open_sealed(sealed, vault.exchange_identities)
    assert single.encode() not in log_frames(vault) + everything_in(vault)
    vault.close()


def test_nobody_is_said_to_have_made_what_programs_tell_each_other(pair: Pair) -> None:
    make_client(pair.desk, consents="")
    made = exchange.export(pair.desk, "coordinator", pair.stick)
    assert made.changes == 2  # The client, and who works here.
    assert {one.kind for one in audit.entries(pair.desk, action=Action.MADE)} == {"client", "user"}
    (done,) = merging.merge_files(pair.coordinator, [made.file])
    assert (done.new, done.updated, done.same) == (2, 0, 0)

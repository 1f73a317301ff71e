"""What two vaults say differently: listed with who said it, settled by a word, taken back, asked about."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_app.domain.errors import BothNotPossible, NobodyToAsk, NothingToSettle, VersionsChanged
from desk_app.domain.ids import RecordId
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, exchange, merging, records, review, settling, today
from desk_app.usecases.merge_plan import Outcome
from desk_app.usecases.review import Disagreement
from desk_app.usecases.settling import Both, Keep, Say
from tests.fakes import FakeClock, acquaint, make_client, make_vault


@dataclass
class Two:
    """A coordinator and a desk that hold the same person, and the stick between them."""

    coordinator: Vault
    desk: Vault
    stick: Path
    client: RecordId

    def carry(self) -> None:
        """One bundle each way, and a last one back, so that both hold everything."""
        self.send(self.desk, self.coordinator)
        self.send(self.coordinator, self.desk)
        self.send(self.desk, self.coordinator)

    def send(self, sender: Vault, receiver: Vault) -> None:
        """One bundle."""
        (done,) = merging.merge_files(receiver, [exchange.export(sender, receiver.desk, self.stick).file])
        assert done.outcome == Outcome.MERGED

    def split(self, here: dict[str, str], there: dict[str, str]) -> Disagreement:
        """The desk says one thing, the coordinator later another; what the coordinator has to settle."""
        records.edit(self.desk, self.client, here)
        records.edit(self.coordinator, self.client, there)
        self.carry()
        (found,) = review.disagreements(self.coordinator)
        return found

    def same(self) -> bool:
        """Whether both show the same, and all of it is as the log says."""
        results = [checking.check(vault) for vault in (self.coordinator, self.desk)]
        assert [one.problems for one in results] == [(), ()]
        return results[0].state == results[1].state


@pytest.fixture(scope="module")
def vaults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vault, Vault, Path]]:
    """Made once: what a test leaves to settle is settled after it."""
    folder, clock = tmp_path_factory.mktemp("review"), FakeClock()
    coordinator, desk = (make_vault(folder, code, clock) for code in ("coordinator", "khorugh"))
    acquaint(coordinator, desk, folder)
    stick = folder / "stick"
    stick.mkdir()
    yield coordinator, desk, stick
    for vault in (coordinator, desk):
        vault.close()


@pytest.fixture
def two(vaults: tuple[Vault, Vault, Path]) -> Iterator[Two]:
    """A person whom both hold, and nothing to settle."""
    made = Two(*vaults, make_client(vaults[1], "Исмоил"))
    made.carry()
    yield made
    made.carry()
    for one in review.disagreements(made.coordinator):
        settling.settle(made.coordinator, one, Keep(0))
    made.carry()


def surname(vault: Vault, client: RecordId) -> str:
    return records.show(vault, client).text("surname")


def test_both_versions_are_shown_with_who_where_and_when(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    assert (found.record, found.field.name) == (two.client, "surname")
    assert [(one.value, one.desk) for one in found.values] == [("Исмаилов", "coordinator"), ("Исмоилов", "khorugh")]
    assert found.values[0].imported is None
    assert found.values[1].imported is not None
    assert found.values[1].imported > found.values[1].recorded


def test_what_somebody_chose_stands_everywhere_and_nothing_is_left_to_settle(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.settle(two.coordinator, found, Keep(1))
    assert surname(two.coordinator, two.client) == "Исмоилов"
    two.carry()
    assert [surname(vault, two.client) for vault in (two.coordinator, two.desk)] == ["Исмоилов"] * 2
    assert review.disagreements(two.desk) == review.disagreements(two.coordinator) == []
    assert two.same()


def test_a_third_value_takes_the_place_of_all(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.settle(two.desk, review.find(two.desk, found.id), Say("Исмоилзода"))
    two.carry()
    assert surname(two.coordinator, two.client) == "Исмоилзода"
    assert two.same()


def test_keeping_the_one_displayed_is_said_too(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.settle(two.coordinator, found, Keep(0))
    assert surname(two.coordinator, two.client) == "Исмаилов"
    assert review.count(two.coordinator) == 0


def test_a_settling_taken_back_waits_again_with_those_who_said_it(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settled = settling.settle(two.coordinator, found, Keep(1))
    settling.undo(two.coordinator, settled)
    (again,) = review.disagreements(two.coordinator)
    shown = [(one.value, one.author, one.desk, one.recorded, one.imported) for one in again.values]
    assert shown == [(one.value, one.author, one.desk, one.recorded, one.imported) for one in found.values]
    assert surname(two.coordinator, two.client) == "Исмаилов"
    two.carry()
    assert two.same()
    settling.settle(two.coordinator, again, Keep(0))
    assert review.count(two.coordinator) == 0


def test_long_texts_are_joined_unless_they_were_settled_and_that_was_taken_back(two: Two) -> None:
    said = {"client": two.client, "pathway": "housing", "state": "open", "description": "як\nду\nсе"}
    need = RecordId(records.add(two.desk, "need", said).id)
    two.carry()
    records.edit(two.desk, need, {"description": "ЯК\nду\nсе"})
    records.edit(two.coordinator, need, {"description": "як\nду\nСЕ"})
    two.carry()
    for vault in (two.coordinator, two.desk):
        assert records.show(vault, need).text("description") == "ЯК\nду\nСЕ"
    assert review.count(two.coordinator) == 0
    assert two.same()
    records.edit(two.desk, need, {"description": "ин ҷо\nду\nСЕ"})
    records.edit(two.coordinator, need, {"description": "он ҷо\nду\nсе"})
    two.carry()
    (found,) = review.disagreements(two.coordinator)
    settled = settling.settle(two.coordinator, found, Say("ин ҷо\nду\nсе"))
    settling.undo(two.coordinator, settled)
    (again,) = review.disagreements(two.coordinator)
    assert [one.value for one in again.values] == [one.value for one in found.values]
    two.carry()
    assert two.same()
    assert review.count(two.desk) == 1


def test_a_settling_that_was_written_over_is_not_taken_back(two: Two) -> None:
    settled = settling.settle(two.coordinator, two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"}), Keep(1))
    records.edit(two.coordinator, two.client, {"surname": "Раҳимов"})
    with pytest.raises(VersionsChanged):
        settling.undo(two.coordinator, settled)
    assert surname(two.coordinator, two.client) == "Раҳимов"


def test_a_version_that_was_not_seen_is_not_replaced(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    records.edit(two.coordinator, two.client, {"surname": "Раҳимов"})
    with pytest.raises(VersionsChanged):
        settling.settle(two.coordinator, found, Keep(1))
    with pytest.raises(NothingToSettle):
        review.find(two.coordinator, f"{two.client}.11")
    with pytest.raises(NothingToSettle):
        review.find(two.coordinator, "nothing")


def test_settled_twice_is_refused(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.settle(two.coordinator, found, Keep(1))
    with pytest.raises(NothingToSettle):
        settling.settle(two.coordinator, found, Keep(0))


def test_two_settlings_that_did_not_know_of_each_other_disagree(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.settle(two.coordinator, found, Keep(0))
    settling.settle(two.desk, review.find(two.desk, found.id), Keep(1))
    two.carry()
    assert review.count(two.coordinator) == review.count(two.desk) == 1
    assert two.same()


def test_both_names_are_true(two: Two) -> None:
    records.edit(two.desk, two.client, {"other_names": "Исмо"})
    two.carry()
    settled = settling.settle(two.coordinator, two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"}), Both.BOTH)
    two.carry()
    client = records.show(two.desk, two.client)
    assert (client.text("surname"), client.text("other_names")) == ("Исмаилов", "Исмо, Исмоилов")
    assert review.count(two.desk) == 0
    settling.undo(two.coordinator, settled)
    assert records.show(two.coordinator, two.client).text("other_names") == "Исмо"


def test_both_phones_are_true_where_there_is_room(two: Two) -> None:
    settling.settle(two.coordinator, two.split({"phone": "900"}, {"phone": "911"}), Both.BOTH)
    client = records.show(two.coordinator, two.client)
    assert (client.text("phone"), client.text("other_phone")) == ("911", "900")
    two.carry()
    with pytest.raises(BothNotPossible):
        settling.settle(two.coordinator, two.split({"phone": "933"}, {"phone": "944"}), Both.BOTH)


def test_a_birth_date_has_one_place(two: Two) -> None:
    found = two.split({"birth_date": "1973"}, {"birth_date": "1974"})
    assert not found.can_keep_both
    with pytest.raises(BothNotPossible):
        settling.settle(two.coordinator, found, Both.BOTH)
    assert review.count(two.coordinator) == 1


def test_who_somebody_is_comes_before_his_phone(two: Two) -> None:
    records.edit(two.desk, two.client, {"phone": "900", "birth_date": "1973"})
    records.edit(two.coordinator, two.client, {"phone": "911", "birth_date": "1974"})
    two.carry()
    assert [one.field.name for one in review.disagreements(two.coordinator)] == ["birth_date", "phone"]
    assert [one.field.name for one in review.disagreements(two.coordinator, limit=1)] == ["birth_date"]


def test_the_desk_is_asked_and_sees_it_among_what_is_due(two: Two) -> None:
    found = two.split({"surname": "Исмоилов"}, {"surname": "Исмаилов"})
    settling.ask(two.coordinator, found, "Исмоилов ё Исмаилов?")
    assert review.find(two.coordinator, found.id).asked == "2026-03-05"
    two.carry()
    (due,) = today.today(two.desk).due_soon
    assert (due.client, due.code, due.text) == (two.client, "question", "Исмоилов ё Исмаилов?")
    with pytest.raises(NobodyToAsk):
        settling.ask(two.desk, review.find(two.desk, found.id), "?")


def test_removed_here_and_changed_there_is_shown_to_a_person(two: Two) -> None:
    records.remove(two.coordinator, two.client)
    records.edit(two.desk, two.client, {"phone": "900", "safety": frozenset({"at_risk"})})
    two.carry()
    for vault in (two.coordinator, two.desk):
        (found,) = review.disagreements(vault)
        assert (found.field.name, [(one.value, one.desk) for one in found.values]) == (
            "deleted",
            [(True, "coordinator"), (False, "khorugh")],
        )
        assert [field.name for field in found.changed] == ["phone", "safety"]
    assert two.same()


@pytest.mark.parametrize(("place", "hidden"), [(0, True), (1, False)])
def test_a_removal_against_a_change_is_settled_either_way_and_taken_back(two: Two, place: int, hidden: bool) -> None:
    records.remove(two.coordinator, two.client)
    records.edit(two.desk, two.client, {"phone": "900"})
    two.carry()
    (found,) = review.disagreements(two.coordinator)
    settled = settling.settle(two.coordinator, found, Keep(place))
    two.carry()
    assert [bool(records.show(vault, two.client).values["deleted"]) for vault in (two.coordinator, two.desk)] == [
        hidden
    ] * 2
    assert review.count(two.desk) == review.count(two.coordinator) == 0
    assert two.same()
    settling.undo(two.coordinator, settled)
    (again,) = review.disagreements(two.coordinator)
    assert [one.value for one in again.values] == [True, False]
    assert records.show(two.coordinator, two.client).values["deleted"] is True
    two.carry()
    assert two.same()


def test_who_removes_what_she_has_seen_disagrees_with_nobody(two: Two) -> None:
    records.edit(two.desk, two.client, {"phone": "900"})
    two.carry()
    records.remove(two.coordinator, two.client)
    two.carry()
    assert review.count(two.desk) == review.count(two.coordinator) == 0
    records.restore(two.desk, two.client)
    two.carry()
    assert records.show(two.coordinator, two.client).values["deleted"] is False

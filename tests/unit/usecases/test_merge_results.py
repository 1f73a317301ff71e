"""What bundles did to single records: told while a plan is shown, kept, and told again later."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from desk_app.domain.errors import NothingToRead
from desk_app.domain.ids import RecordId
from desk_app.storage import journal
from desk_app.storage import results as storage
from desk_app.storage.vault import Vault
from desk_app.sync.plan import Comparison, Happening, Odd
from desk_app.usecases import erasure, exchange, fetching, merge_results, merging, people, records
from desk_app.usecases.merge_plan import Outcome
from desk_app.usecases.merge_results import MOST, Became, Named
from tests.fakes import make_client


def sent(vault: Vault, to: str, folder: Path) -> Path:
    return exchange.export(vault, to, folder).file


def took(vault: Vault, file: Path) -> tuple[Named, ...]:
    """Take a file in; what is told of its records, which is what was kept where that is worth it."""
    (done,) = merging.merge_files(vault, [file])
    assert done.outcome is Outcome.MERGED
    (newest, *_) = merge_results.received(vault, done.sender)
    assert newest.number == done.number
    kept = merge_results.of_bundle(vault, newest.hash)
    assert as_dict(kept) == {
        record: one
        for record, one in as_dict(done.told.records).items()
        if one.became in merge_results.NEEDS_A_LOOK
        or (one.kind and one.kind.name == "client" and one.became != Became.SAME)
    }
    return done.told.records


def as_dict(named: Iterable[Named]) -> dict[str, Named]:
    return {one.record: one for one in named}


def test_every_record_says_what_became_of_it_and_why(
    pair: tuple[Vault, Vault], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, desk = pair
    first = make_client(desk, "Исмоил", surname="Назаров")
    second = make_client(desk, "Зуҳро")
    need = records.add(desk, "need", {"client": first, "pathway": "housing"}).id
    file = sent(desk, "coordinator", tmp_path)

    (plan,) = fetching.plan_paths(coordinator, [file]).files
    planned = as_dict(plan.told.records)
    assert planned[first].became is Became.NEW
    assert (planned[first].title, planned[first].client) == ("Назаров Исмоил", first)
    assert (planned[need].title, planned[need].client) == ("Назаров Исмоил", first)
    assert plan.told.kinds is not None
    assert plan.told.kinds["client"] == (2, 0)
    assert "user" not in plan.told.kinds
    assert merge_results.received(coordinator, "khorugh") == []

    assert as_dict(took(coordinator, file)) == planned
    (bundle,) = merge_results.received(coordinator, "khorugh")
    assert merge_results.per_kind(bundle) == plan.told.kinds

    records.edit(desk, first, {"surname": "Назарӣ"})
    records.edit(coordinator, first, {"surname": "Назарова"})
    records.remove(desk, need)
    third = make_client(desk, "Сеюм")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "checked", lambda _kind, values: values)
        desk.journal.write([journal.Write(desk.registry["client"], second, {"birth_date": "31.02.1990"})])
    named = as_dict(took(coordinator, sent(desk, "coordinator", tmp_path)))
    surname, birth = (coordinator.registry["client"].field(name) for name in ("surname", "birth_date"))
    assert (named[first].became, named[first].fields) == (Became.DISAGREEMENT, ((surname, ""),))
    assert (named[second].became, named[second].fields) == (Became.QUARANTINED, ((birth, "not_a_date"),))
    assert named[need].became is Became.REMOVED
    assert named[third].became is Became.NEW
    assert [one.became for one in named.values()][:2] == [Became.QUARANTINED, Became.DISAGREEMENT]

    erasure.erase(desk, third, "asked")
    named = as_dict(took(coordinator, sent(desk, "coordinator", tmp_path)))
    assert (named[third].became, named[third].title, named[third].client) == (Became.ERASED, "", None)
    assert people.count(coordinator) == 2


def test_of_many_new_people_the_first_are_named_and_all_are_counted(pair: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = pair
    kind = desk.registry["client"]
    clients = [
        journal.Write(kind, records.uuid7(n, desk.surroundings.random), {"surname": "А"}) for n in range(MOST + 3)
    ]
    desk.journal.write(clients)
    (done,) = merging.merge_files(coordinator, [sent(desk, "coordinator", tmp_path)])
    assert done.told.kinds == {"client": (MOST + 3, 0)}
    assert len(done.told.records) == MOST
    (bundle,) = merge_results.received(coordinator, "khorugh")
    assert len(storage.of_bundle(coordinator.db, bundle.hash)) == MOST
    assert bundle.counts["new.client"] == MOST + 3


def test_a_whole_stick_is_looked_through(pair: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = pair
    stick = tmp_path / "stick"
    week = stick / "week" / "Friday"
    week.mkdir(parents=True)
    (stick / "photo.jpg").write_bytes(b"no bundle")
    (stick / "letter.eml").write_bytes(b"Subject: hello\r\n\r\nNothing is attached.\r\n")
    with pytest.raises(NothingToRead):
        fetching.plan_paths(coordinator, [stick])
    make_client(desk)
    good = sent(desk, "coordinator", week)
    (week / f"._{good.name}").write_bytes(b"a shadow")
    (stick / ".Trash-1000").mkdir()
    (stick / ".Trash-1000" / "old.roh").write_bytes(b"thrown away")
    (stick / "LOUD.ROH").write_bytes(b"damaged")
    (stick / "link").symlink_to(tmp_path)
    found = {one.file.name: one.outcome for one in fetching.plan_paths(coordinator, [stick]).files}
    assert found == {good.name: Outcome.MERGED, "LOUD.ROH": Outcome.DAMAGED}


def test_reading_can_be_stopped_between_two_files(pair: tuple[Vault, Vault], tmp_path: Path) -> None:
    coordinator, desk = pair
    make_client(desk)
    for _ in range(3):
        sent(desk, "coordinator", tmp_path)
    asked: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        asked.append((done, total))
        return done < 1

    assert fetching.plan_paths(coordinator, [tmp_path], stop).files == ()
    assert asked[:2] == [(0, 3), (1, 3)]


def test_the_gravest_is_told_of_a_record_and_what_nobody_knows_has_no_kind(pair: tuple[Vault, Vault]) -> None:
    coordinator, desk = pair
    client = make_client(coordinator, "Исмоил")
    number = desk.registry["client"].number
    unknown = RecordId("0" * 32)
    found = [
        Happening(Odd.SAME, client, number),
        Happening(Odd.REMOVED, client, number),
        Happening(Odd.SHUT_OUT, client, number),
        Happening(Odd.WAITING, unknown, 4000),
    ]
    first, second = merge_results.told(coordinator, Comparison(happenings=found)).records
    assert (first.title, first.became, first.fields) == ("Исмоил", Became.QUARANTINED, ((None, "shut_out"),))
    assert (second.record, second.kind, second.became, second.title) == (unknown, None, Became.WAITING, "")

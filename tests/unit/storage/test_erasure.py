"""Erasures in the log and the tables: whatever arrives first, the same is left, and nothing of what was erased."""

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.change import Change, hash_body, hash_change
from desk_app.domain.erasing import can_be_erased, emptied, named
from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId
from desk_app.domain.records import ALL
from desk_app.domain.records.erasure import ERASURE, erasure_of
from desk_app.storage import erasure, log_table, projection
from desk_app.storage.journal import Write
from tests.unit.storage.stores import Store, new_store

NAME = "Фаррухшоҳ"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    made = new_store(tmp_path, 1), new_store(tmp_path, 2)
    yield made
    for store in made:
        store.db.conn.close()


def erase(store: Store, record: RecordId, desk: str = "khorugh") -> set[RecordId]:
    """As the use case does it."""
    gone = erasure.reached(store.db, store.registry, record)
    whole = {"desk": desk, "reason": "asked", "erased_on": "2026-03-05", "part_of": erasure_of(record)}
    store.journal.write([Write(ERASURE, erasure_of(one), whole) for one in sorted(gone)])
    erasure.empty(store.db, store.registry, gone)
    return gone


def tell(store: Store) -> dict[str, RecordId]:
    """A person with everything that leads to her."""
    client = store.write("client", given_name=NAME, desk="khorugh")
    referral = store.write("referral", client=client, reason=f"{NAME} ҷӯёи ҷой", desk="khorugh")
    return {
        "client": client,
        "referral": referral,
        "letter": store.write("letter", referral=referral, client=client, language="tg", desk="khorugh"),
        "consent": store.write("consent", client=client, state="given", desk="khorugh"),
        "participant": store.write("participant", client=client, name=NAME, desk="khorugh"),
    }


def rows_of(store: Store, record: RecordId) -> list[str]:
    tables = [kind.name for kind in store.registry]
    return [name for name in tables if store.db.execute(f'SELECT 1 FROM "{name}" WHERE id = ?', [record]).fetchone()]


def bodies(store: Store) -> bytes:
    return b"".join(one.body for one in store.changes())


def test_an_erasure_takes_the_person_and_all_that_refers_to_her(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    other = store.write("client", given_name="Карим")
    hers = tell(store)
    assert erase(store, hers["client"]) == set(hers.values())
    assert [rows_of(store, record) for record in hers.values()] == [[]] * 5
    assert rows_of(store, other) == ["client"]
    assert NAME.encode() not in bodies(store)
    for table in ("person_search", "person_key"):
        assert store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0
    (rid,) = store.db.execute("SELECT rid FROM client").fetchone()
    assert {row[0] for row in store.db.execute("SELECT DISTINCT rid FROM person_key")} == {rid}
    assert store.checked()[1] == []


def test_lists_about_what_was_erased_are_emptied(stores: tuple[Store, Store]) -> None:
    one, two = stores
    hers = tell(one)
    two.take(one.changes())
    one.write("client", hers["client"], sex="female")
    two.write("client", hers["client"], sex="male")
    wrong = b'{"f":{"15":["no sex"]}}'
    last = two.changes()[-1]
    one.take([last])
    bad = last._replace(
        seq=last.seq + 1, body=wrong, body_hash=hash_body(last.salt, wrong), prev_hash=hash_change(last)
    )
    one.take([bad])
    for key in ("service.legal:" + hers["client"], "answer:" + hers["referral"], "intake"):
        one.db.execute("INSERT INTO draft VALUES(?, 0, ?)", [key, NAME.encode()])
        one.db.execute("INSERT INTO user_draft VALUES('u', ?, 0, ?)", [key, NAME.encode()])
    lists = ("disagreement", "refused")
    assert all(one.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 1 for table in lists)
    erase(one, hers["client"])
    assert all(one.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0 for table in lists)
    for table in ("draft", "user_draft"):
        assert one.db.execute(f"SELECT key FROM {table}").fetchall() == [("intake",)]
    assert one.checked()[1] == []


@pytest.mark.parametrize("erasure_first", [True, False])
def test_erasure_and_old_changes_in_either_order(stores: tuple[Store, Store], erasure_first: bool) -> None:
    one, two = stores
    hers = tell(one)
    old = one.changes()
    gone = erase(one, hers["client"])
    after = [change for change in one.changes() if change.kind == ERASURE.number]
    for part in (after, old) if erasure_first else (old, after):
        two.take(part)
    two.take(old)
    assert all(rows_of(two, record) == [] for record in gone)
    assert NAME.encode() not in bodies(two)
    assert two.checked() == one.checked()


def test_what_an_offline_desk_wrote_for_an_erased_person_goes_when_it_comes(stores: tuple[Store, Store]) -> None:
    one, two = stores
    hers = tell(one)
    two.take(one.changes())
    erase(one, hers["client"])
    late = two.write("service", client=hers["client"], type="legal", what_was_done=NAME)
    reason = two.write("referral", hers["referral"], reason=NAME)
    came = [change for change in two.changes() if change.device != one.changes()[0].device]
    one.take(came)
    assert (rows_of(one, late), rows_of(one, reason)) == ([], [])
    assert NAME.encode() not in bodies(one)
    (values,) = one.db.execute("SELECT reason, desk, part_of FROM erasure WHERE id = ?", [erasure_of(late)])
    assert values == ("asked", "khorugh", erasure_of(hers["client"]))
    two.take(one.changes())
    assert NAME.encode() not in bodies(two)
    one.take(two.changes())
    assert one.checked() == two.checked()
    assert one.checked()[1] == []


def test_an_edit_that_comes_before_what_it_edits_goes_too(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name="Карим")
    service = one.write("need", client=client, description="хона")
    one.write("need", service, description=NAME)
    made, need, edit = one.changes()
    gone = Store(one.db, one.registry, one.journal, one.clock, one.random)
    erase(gone, client)
    two.take([change for change in one.changes() if change.record == erasure_of(client)])
    two.take([edit])
    assert two.value("need", service, "description") == NAME
    two.take([need])
    assert rows_of(two, service) == []
    assert NAME.encode() not in bodies(two)
    two.take([made])
    assert two.checked()[1] == []


def test_a_letter_that_came_before_its_referral_goes_with_it(stores: tuple[Store, Store]) -> None:
    one, two = stores
    hers = tell(one)
    changes = {change.record: change for change in one.changes()}
    erase(one, hers["client"])
    two.take([changes[hers["letter"]]])
    two.take([change for change in one.changes() if change.record == erasure_of(hers["referral"])])
    assert rows_of(two, hers["letter"]) == []


def test_a_record_that_once_named_her_goes_too(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client, other = store.write("client", given_name=NAME), store.write("client", given_name="Карим")
    need = store.write("need", client=client, description=NAME)
    store.write("need", need, client=other)
    assert erase(store, client) == {client, need}


def test_nobody_erases_the_directory(stores: tuple[Store, Store]) -> None:
    one, two = stores
    organisation = two.write("organisation", name_tg="Марказ")
    one.journal.write([Write(ERASURE, erasure_of(organisation), {"reason": "asked", "erased_on": "2026-03-05"})])
    two.take(one.changes())
    assert rows_of(two, organisation) == ["organisation"]
    assert two.value("organisation", organisation, "name_tg") == "Марказ"
    one.take(two.changes())
    assert rows_of(one, organisation) == ["organisation"]


def test_a_forger_empties_no_body_that_stands_and_a_real_one_fills_it(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name=NAME)
    (made,) = one.changes()
    one.take([emptied(made)])
    assert one.value("client", client, "given_name") == NAME
    two.take([emptied(made)])
    assert two.changes() == [emptied(made)]
    assert rows_of(two, client) == []
    assert [found.code for found in two.checked()[1]] == ["emptied"]
    two.take([made])
    assert two.checked() == one.checked()
    assert two.value("client", client, "given_name") == NAME


def test_nothing_is_written_to_an_erased_record(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name=NAME)
    erase(store, client)
    with pytest.raises(RecordNotFound):
        store.write("client", client, given_name="Карим")


def test_a_rebuild_erases_what_a_newer_kind_led_to(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name=NAME)
    need = store.write("need", client=client, description=NAME)
    # As a version without needs left it: the person alone.
    store.journal.write([Write(ERASURE, erasure_of(client), {"reason": "asked", "erased_on": "2026-03-05"})])
    erasure.empty(store.db, store.registry, [client])
    for kind in store.registry:
        store.db.execute(f'DELETE FROM "{kind.name}"')
    store.journal.rebuild()
    assert rows_of(store, need) == []
    assert NAME.encode() not in bodies(store)
    assert store.checked()[1] == []


# The set of changes decides, in whatever order it comes.

RECORDS = {
    "client": [RecordId(f"{1:031x}{at}") for at in range(3)],
    "referral": [RecordId(f"{2:031x}{at}") for at in range(3)],
    "letter": [RecordId(f"{3:031x}{at}") for at in range(2)],
    "need": [RecordId(f"{4:031x}{at}") for at in range(3)],
}
CLIENTS = st.sampled_from(RECORDS["client"])
VALUES = {
    "client": st.fixed_dictionaries({"given_name": st.sampled_from(["Карим", "Раҳим", NAME])}),
    "referral": st.fixed_dictionaries({}, optional={"client": CLIENTS, "reason": st.sampled_from(["хона", "кор"])}),
    "letter": st.fixed_dictionaries({"referral": st.sampled_from(RECORDS["referral"]), "client": CLIENTS}),
    "need": st.fixed_dictionaries({}, optional={"client": CLIENTS, "description": st.sampled_from(["хона", "кор"])}),
}
WRITES = st.one_of(
    *(
        st.tuples(st.just("write"), st.integers(0, 2), st.just(kind), st.sampled_from(RECORDS[kind]), values)
        for kind, values in VALUES.items()
    )
)
ERASES = st.tuples(st.just("erase"), st.integers(0, 2), st.one_of(*(map(st.sampled_from, RECORDS.values()))))
CARRIES = st.tuples(st.just("carry"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 99))
STEPS = st.lists(WRITES | WRITES | CARRIES | ERASES, max_size=25)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(STEPS, st.integers(0, 99))
def test_any_order_of_writes_and_erasures_leaves_the_same(steps: list[tuple[object, ...]], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desks = [new_store(Path(folder), number) for number in range(3)]
        readers = [new_store(Path(folder), number) for number in (7, 8)]
        ever: dict[tuple[str, int], Change] = {}
        try:
            for step in steps:
                _do(desks, step, ever)
                ever.update({(one.chain, one.seq): one for desk in desks for one in desk.changes() if one.body})
            everything = list(ever.values())
            gone = _erased(everything)
            for number, reader in enumerate(readers):
                chance = random.Random(seed + number)
                chance.shuffle(everything)
                while lacking := _lacking(reader, everything)[: chance.randint(1, 9)]:
                    reader.take(_some_emptied(lacking, gone, chance))
                    reader.take(lacking)
                assert {one.record for one in reader.changes() if not one.body} == gone & {o.record for o in everything}
            _exchange_all([*desks, *readers])
            results = [store.checked() for store in (*desks, *readers)]
            assert results[0][1] == []
            assert results == [results[0]] * 5
            assert all(not one.body for store in desks for one in store.changes() if one.record in gone)
        finally:
            for store in (*desks, *readers):
                store.db.conn.close()


def _lacking(store: Store, changes: Sequence[Change]) -> list[Change]:
    """Those that the store has not heard of."""
    held = {one.version for one in store.changes()}
    return [one for one in changes if one.version not in held]


def _some_emptied(changes: Sequence[Change], gone: set[RecordId], chance: random.Random) -> list[Change]:
    """What partners who erased already send; and now and then a forger."""
    return [emptied(one) if chance.random() < (0.5 if one.record in gone else 0.1) else one for one in changes]


def _erased(changes: Iterable[Change]) -> set[RecordId]:
    """The rule, said once more without any table."""
    ledger = {one.record for one in changes if one.kind == ERASURE.number}
    mortal = [one for one in changes if can_be_erased(ALL, one.kind)]
    gone = {one.record for one in mortal if erasure_of(one.record) in ledger}
    while more := {
        one.record
        for one in mortal
        if one.record not in gone and any(target in gone or erasure_of(target) in ledger for target in named(ALL, one))
    }:
        gone |= more
    return gone


def _exchange_all(stores: list[Store]) -> None:
    """Until everybody has everything, what the taking itself wrote included."""
    while True:
        before = [log_table.count(store.db) for store in stores]
        for source in stores:
            for target in stores:
                target.take(source.changes())
        if before == [log_table.count(store.db) for store in stores]:
            return


def _do(stores: list[Store], step: tuple[object, ...], ever: dict[tuple[str, int], Change]) -> None:
    match step:
        case ("write", int(desk), str(kind), str(record), dict(values)):
            store = stores[desk]
            refers = {target for name, target in values.items() if name in ("client", "referral")}
            if all(erasure_of(RecordId(one)) not in erasure.ledger(store.db) for one in (record, *refers)):
                store.write(kind, RecordId(record), **values) if kind != "letter" else _letter(store, record, values)
        case ("erase", int(desk), str(record)):
            ever.update({(one.chain, one.seq): one for one in stores[desk].changes() if one.body})
            if erasure_of(RecordId(record)) not in erasure.ledger(stores[desk].db):
                erase(stores[desk], RecordId(record))
        case ("carry", int(source), int(target), int(seed)):
            chance = random.Random(seed)
            some = [one for one in stores[source].changes() if chance.random() < 0.6]
            chance.shuffle(some)
            stores[target].take(some)


def _letter(store: Store, record: str, values: dict[str, RecordId]) -> None:
    """An event is written once."""
    if not rows_of(store, RecordId(record)):
        store.write("letter", RecordId(record), **values)


def test_the_tables_of_a_kind_are_cleared_with_their_lists(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name=NAME)
    projection.remove(store.db, store.registry["client"], [client])
    assert store.db.execute("SELECT count(*) FROM person_search").fetchone()[0] == 0
    assert rows_of(store, client) == []


def test_a_check_finds_what_an_erasure_left(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name=NAME)
    store.journal.write([Write(ERASURE, erasure_of(client), {"reason": "asked", "erased_on": "2026-03-05"})])
    assert [found.code for found in store.checked()[1]] == ["not_erased"]

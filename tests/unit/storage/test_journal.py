"""The one door for writing: each save is one change with its bases, and every desk comes to the same state."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.change import FIRST_HASH, hash_body, hash_change
from desk_app.domain.errors import EventNotEditable, InvalidValue
from desk_app.domain.ids import RecordId
from desk_app.storage import log_table
from desk_app.storage.journal import Write
from tests.unit.storage.stores import Store, new_store


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two devices' databases."""
    two = new_store(tmp_path, 1), new_store(tmp_path, 2)
    yield two
    for store in two:
        store.db.conn.close()


def test_a_save_is_one_change_that_continues_the_chain(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name="Карим", sex="male")
    store.write("client", client, given_name="Раҳим")
    first, second = store.changes()
    assert (first.seq, first.prev_hash, second.seq, second.prev_hash) == (1, FIRST_HASH, 2, hash_change(first))
    assert first.body_hash == hash_body(first.salt, first.body)
    assert msgspec.json.decode(first.body) == {"f": {"11": ["Карим"], "15": ["male"]}}
    assert msgspec.json.decode(second.body) == {"b": [[first.chain, 1]], "f": {"11": ["Раҳим", 0]}}
    assert first.salt != second.salt


def test_a_save_that_changes_nothing_writes_nothing(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name="Карим", safety=frozenset({"at_risk"}))
    store.write("client", client, given_name=" Карим ", safety=frozenset({"at_risk"}), phone=None)
    store.write("client", client, safety=frozenset({"at_risk"}))
    empty = store.write("client", given_name="Салим")
    store.write("client", empty, safety=frozenset())
    assert len(store.changes()) == 2


def test_a_set_says_only_what_was_added_and_removed(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", safety=frozenset({"at_risk", "threat"}))
    store.write("client", client, safety=frozenset({"threat", "overdose"}))
    chain = store.journal.chain
    assert msgspec.json.decode(store.changes()[-1].body) == {
        "b": [[chain, 1]],
        "f": {"22": {"at_risk": [False, 0], "overdose": [True]}},
    }
    assert store.value("client", client, "safety") == frozenset({"threat", "overdose"})


def test_an_edit_replaces_every_head_that_said_the_same(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name="Карим")
    two.take(one.changes())
    for store in stores:
        store.write("client", client, phone="900")
    one.take(two.changes())
    one.write("client", client, phone="911")
    state = one.journal.state(one.registry["client"], client)
    assert state.values["phone"] == "911"
    assert state.disagreements(one.registry["client"]) == {}


def test_an_edit_of_a_disagreement_replaces_only_what_was_shown(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name="Карим")
    two.take(one.changes())
    one.write("client", client, given_name="Раҳим")
    two.clock.forward(hours=1)
    two.write("client", client, given_name="Салим")
    one.take(two.changes())
    assert one.value("client", client, "given_name") == "Салим"
    one.write("client", client, given_name="Салимҷон")
    state = one.journal.state(one.registry["client"], client)
    assert {head.value for head in state.heads[11]} == {"Салимҷон", "Раҳим"}
    assert one.db.execute("SELECT record, field FROM disagreement").fetchall() == [(client, 11)]


def test_whoever_edits_a_text_that_was_joined_was_shown_all_of_it(stores: tuple[Store, Store]) -> None:
    here, there = stores
    need = here.write("need", description="як\nду\nсе")
    there.take(here.changes())
    here.write("need", need, description="ЯК\nду\nсе")
    there.write("need", need, description="як\nду\nСЕ")
    for one, other in ((here, there), (there, here)):
        one.take(other.changes())
        assert one.value("need", need, "description") == "ЯК\nду\nСЕ"
        assert one.journal.state(one.registry["need"], need).disagreements(one.registry["need"]) == {}
        # Saved as it is shown, it is as it was.
        before = len(one.changes())
        one.write("need", need, description="ЯК\nду\nСЕ")
        assert len(one.changes()) == before
    here.write("need", need, description="ЯК\nду\nСЕ\nчор")
    there.take(here.changes())
    assert there.value("need", need, "description") == "ЯК\nду\nСЕ\nчор"
    assert len(there.journal.state(there.registry["need"], need).heads[12]) == 1
    assert here.checked() == there.checked()
    assert here.checked()[1] == []


def test_an_event_is_never_changed_only_hidden(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name="Карим")
    service = store.write("service", client=client, type="legal", delivered_on="2026-03-05")
    with pytest.raises(EventNotEditable):
        store.write("service", service, type="social")
    store.write("service", service, deleted=True)
    assert store.value("service", service, "type") == "legal"


def test_a_refused_save_leaves_no_trace(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name="Карим")
    kind = store.registry["client"]
    good, bad = Write(kind, client, {"given_name": "Раҳим"}), Write(kind, client, {"sex": "nobody"})
    with pytest.raises(InvalidValue):
        store.journal.write([good, bad])
    assert store.value("client", client, "given_name") == "Карим"
    assert len(store.changes()) == 1
    assert store.checked()[1] == []


def test_a_clock_that_goes_back_never_hides_the_later_save(stores: tuple[Store, Store]) -> None:
    store, _ = stores
    client = store.write("client", given_name="Карим")
    store.clock.forward(days=-15_000)
    store.write("client", client, given_name="Раҳим")
    first, second = store.changes()
    assert second.hlc > first.hlc
    assert store.value("client", client, "given_name") == "Раҳим"


def test_a_chain_with_a_gap_is_held_up_to_the_gap_and_then_further(stores: tuple[Store, Store]) -> None:
    one, two = stores
    for name in ("Карим", "Раҳим", "Салим"):
        one.write("client", given_name=name)
    first, second, third = one.changes()
    two.take([first, third])
    assert log_table.held(two.db) == {one.journal.chain: 1}
    two.take([second])
    assert log_table.held(two.db) == {one.journal.chain: 3}
    assert two.checked() == one.checked()


def test_a_kind_of_a_newer_version_is_kept_and_passed_on(stores: tuple[Store, Store]) -> None:
    one, two = stores
    one.write("client", given_name="Карим")
    newer = one.changes()[0]._replace(kind=999, record=RecordId("f" * 32))
    two.take([newer])
    assert two.changes() == [newer]
    assert two.checked()[1] == []


def test_fields_of_a_newer_version_survive_an_edit_here(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name="Карим")
    made = one.changes()[0]
    body = b'{"f":{"11":["\xd0\x9a"],"999":{"new":[1,2]}},"z":1}'
    newer = made._replace(body=body, body_hash=hash_body(made.salt, body))
    two.take([newer])
    two.write("client", client, given_name="Раҳим")
    assert two.changes()[0].body == body
    assert two.value("client", client, "given_name") == "Раҳим"
    assert two.checked()[1] == []


def test_a_forged_kind_of_a_known_record_leaves_the_record_alone(stores: tuple[Store, Store]) -> None:
    one, two = stores
    client = one.write("client", given_name="Карим")
    two.take(one.changes())
    made = one.changes()[0]
    body = b'{"f":{"10":["' + client.encode() + b'"],"11":["housing"]}}'
    forged = made._replace(seq=2, kind=3, body=body, body_hash=hash_body(made.salt, body), prev_hash=hash_change(made))
    one.write("client", client, given_name="Раҳим")
    two.take([forged, one.changes()[1]._replace(seq=3)])
    assert two.value("client", client, "given_name") == "Раҳим"
    assert two.value("need", client, "pathway") == "housing"
    _, findings = two.checked()
    assert [found.code for found in findings] == ["link"]


VALUES = {
    "client": st.fixed_dictionaries(
        {},
        optional={
            "given_name": st.sampled_from(["Карим", "Раҳим", None]),
            "phone": st.sampled_from(["900", "911", None]),
            "safety": st.frozensets(st.sampled_from(["at_risk", "threat", "overdose"])),
            "phone_safe": st.booleans() | st.none(),
            "deleted": st.booleans(),
        },
    ),
    "consent": st.fixed_dictionaries({}, optional={"state": st.sampled_from(["given", "refused", "withdrawn"])}),
    "need": st.fixed_dictionaries({}, optional={"description": st.sampled_from(["хона", "кор\nва нон", None])}),
}
WRITES = st.one_of(
    *(st.tuples(st.just("write"), st.integers(0, 2), st.just(kind), values) for kind, values in VALUES.items())
)
CARRIES = st.tuples(st.just("carry"), st.integers(0, 2), st.integers(0, 2), st.integers(0, 99))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(WRITES | CARRIES | st.tuples(st.just("clock"), st.integers(0, 2), st.integers(-9, 9)), max_size=25))
def test_desks_that_exchange_everything_in_any_order_come_to_the_same_state(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = [new_store(Path(folder), number) for number in range(3)]
        try:
            for step in steps:
                _do(stores, step)
            for store in stores:
                assert store.checked()[1] == []
            everything = [one for store in stores for one in store.changes()]
            for number, store in enumerate(stores):
                random.Random(number).shuffle(everything)
                for start in range(0, len(everything), 5):
                    store.take(everything[start : start + 5])
            results = [store.checked() for store in stores]
            assert results[0][1] == []
            assert results[0] == results[1] == results[2]
        finally:
            for store in stores:
                store.db.conn.close()


def _do(stores: list[Store], step: tuple[object, ...]) -> None:
    match step:
        case ("write", int(desk), str(kind), dict(values)):
            stores[desk].write(kind, RecordId(f"{kind:0<32.6}".replace(" ", "0").encode().hex()[:32]), **values)
        case ("clock", int(desk), int(years)):
            stores[desk].clock.forward(days=365 * years)
        case ("carry", int(source), int(target), int(seed)):
            chance = random.Random(seed)
            some = [one for one in stores[source].changes() if chance.random() < 0.6]
            chance.shuffle(some)
            stores[target].take([*some, *some[:2]])

"""Settling, taking back, removing, linking and parting: any order, split or doubling ends the same at every device."""

import random
import tempfile
from itertools import permutations
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.change import Version
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import FieldValue
from desk_app.domain.records.sameness import SAMENESS, pair_of, sameness_of
from desk_app.domain.sameness import people
from desk_app.storage import alias
from desk_app.storage.journal import Write
from tests.unit.storage.stores import Store, new_store

NEED = RecordId("f" * 32)
CLIENTS = [RecordId(f"{number:032x}") for number in range(1, 5)]
DEVICES = range(3)

DEVICE = st.sampled_from(DEVICES)
CLIENT = st.sampled_from(CLIENTS)
STEPS = st.one_of(
    st.tuples(st.just("edit"), DEVICE, CLIENT, st.sampled_from(["Карим", "Раҳим", "Салим"])),
    st.tuples(st.just("edit"), DEVICE, CLIENT, st.sampled_from(["Карим", "Раҳим", "Салим"])),
    st.tuples(st.just("settle"), DEVICE, CLIENT, st.integers(0, 2)),
    st.tuples(st.just("undo"), DEVICE, CLIENT),
    st.tuples(st.just("remove"), DEVICE, CLIENT, st.booleans()),
    st.tuples(st.just("judge"), DEVICE, CLIENT, CLIENT, st.sampled_from(["same", "same", "different", "open"])),
    st.tuples(st.just("carry"), DEVICE, DEVICE, st.integers(0, 99)),
    st.tuples(st.just("clock"), DEVICE, st.integers(-9, 9)),
    st.tuples(st.just("line"), DEVICE, st.integers(0, 7), st.sampled_from(["", "нав", "нав\nва боз"])),
)


class Devices:
    """Three devices, and what each settled last of a client."""

    def __init__(self, folder: str) -> None:
        self.stores = [new_store(Path(folder), number) for number in DEVICES]
        self.settled: dict[tuple[int, RecordId], tuple[Version, str, list[FieldValue]]] = {}
        for client in CLIENTS:
            self.stores[0].write("client", client, surname="Исмоилов")
        self.stores[0].write("need", NEED, description="\n".join("абвгдежз"))
        for store in self.stores[1:]:
            store.take(self.stores[0].changes())

    def do(self, step: tuple[object, ...]) -> None:
        """One act of one device."""
        match step:
            case ("edit", int(at), str(client), str(name)):
                self.stores[at].write("client", RecordId(client), given_name=name)
            case ("settle", int(at), str(client), int(place)):
                self.settle(at, RecordId(client), place)
            case ("undo", int(at), str(client)):
                self.undo(at, RecordId(client))
            case ("remove", int(at), str(client), bool(removed)):
                self.stores[at].write("client", RecordId(client), deleted=removed)
            case ("judge", int(at), str(a), str(b), str(state)) if a != b:
                one, other = pair_of(RecordId(a), RecordId(b))
                self.stores[at].write("sameness", sameness_of(one, other), one=one, other=other, state=state)
            case ("carry", int(here), int(there), int(seed)):
                changes = self.stores[here].changes()
                random.Random(seed).shuffle(changes)
                self.stores[there].take(changes[: len(changes) * seed // 99])
            case ("line", int(at), int(place), str(words)):
                lines = str(self.stores[at].value("need", NEED, "description")).split("\n")
                lines[place % len(lines)] = words
                self.stores[at].write("need", NEED, description="\n".join(lines))
            case ("clock", int(at), int(years)):
                self.stores[at].clock.forward(days=365 * years)

    def settle(self, at: int, client: RecordId, place: int) -> None:
        """One of the versions, in the place of all that this device holds."""
        store, kind = self.stores[at], self.stores[at].registry["client"]
        for number, heads in store.journal.state(kind, client).disagreements(kind).items():
            field = next(one for one in kind.fields if one.number == number)
            value = heads[place % len(heads)].value
            versions = [head.version for head in store.journal.state(kind, client).heads[number]]
            store.journal.write([Write(kind, client, {field.name: value}, {field.name: versions})])
            assert number not in store.journal.state(kind, client).disagreements(kind)
            self.settled[at, client] = store.journal.last_version, field.name, [head.value for head in heads]

    def undo(self, at: int, client: RecordId) -> None:
        """Puts back what was settled last, if it still stands."""
        store, kind = self.stores[at], self.stores[at].registry["client"]
        if (at, client) not in self.settled:
            return
        version, name, values = self.settled.pop((at, client))
        heads = store.journal.state(kind, client).heads
        if [head.version for head in heads[kind.field(name).number]] != [version]:
            return
        for value in reversed(dict.fromkeys(values)):
            store.journal.write([Write(kind, client, {name: value}, {name: [version]})])
        assert store.journal.state(kind, client).values[name] == values[0]

    def close(self) -> None:
        """Lets the files go."""
        for store in self.stores:
            store.db.conn.close()


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(STEPS, min_size=4, max_size=25))
def test_whoever_holds_the_same_changes_shows_the_same(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        devices = Devices(folder)
        try:
            for step in steps:
                devices.do(step)
            everything = [one for store in devices.stores for one in store.changes()]
            for number, store in enumerate(devices.stores):
                random.Random(number).shuffle(everything)
                for start in range(0, len(everything), 7):
                    store.take(everything[start : start + 7])
            results = [store.checked() for store in devices.stores]
            assert results[0][1] == []
            assert results[0] == results[1] == results[2]
            assert len({tuple(alias.held(store.db).items()) for store in devices.stores}) == 1
        finally:
            devices.close()


@given(st.lists(st.tuples(CLIENT, CLIENT), max_size=6), st.randoms())
def test_who_is_one_person_does_not_depend_on_the_order_of_links(
    links: list[tuple[RecordId, RecordId]], chance: random.Random
) -> None:
    found = people(links)
    shuffled = [pair if chance.random() < 0.5 else (pair[1], pair[0]) for pair in links]
    chance.shuffle(shuffled)
    assert people(shuffled + shuffled) == found
    for one, other in links:
        assert found[one] == found[other]
        assert {one, other} <= set(found[one])
    for client, group in found.items():
        assert client in group
        assert all(found[member] == group for member in group)


def linked(store: Store, a: RecordId, b: RecordId, state: str = "same") -> None:
    one, other = pair_of(a, b)
    store.write("sameness", sameness_of(a, b), one=one, other=other, state=state)


def test_a_link_may_come_before_the_people_it_links(tmp_path: Path) -> None:
    made = new_store(tmp_path, 9)
    for client in CLIENTS[:2]:
        made.write("client", client, surname="Исмоилов")
    linked(made, *CLIENTS[:2])
    for number, order in enumerate(permutations(made.changes())):
        store = new_store(tmp_path, number)
        for change in order:
            store.take([change])
        assert alias.held(store.db) == dict.fromkeys(CLIENTS[:2], CLIENTS[0])
        assert store.checked() == made.checked()
        store.db.conn.close()
    made.db.conn.close()


def test_a_record_that_names_another_pair_than_its_own_links_nobody(tmp_path: Path) -> None:
    store = new_store(tmp_path, 1)
    for client in CLIENTS[:2]:
        store.write("client", client, surname="Исмоилов")
    store.write("sameness", RecordId("f" * 32), one=CLIENTS[0], other=CLIENTS[1], state="same")
    assert alias.held(store.db) == {}
    assert store.checked()[1] == []
    store.db.conn.close()


def test_the_table_is_made_again_with_everything_else_and_its_loss_is_found(tmp_path: Path) -> None:
    store = new_store(tmp_path, 1)
    for client in CLIENTS[:3]:
        store.write("client", client, surname="Исмоилов")
    linked(store, CLIENTS[1], CLIENTS[2])
    linked(store, CLIENTS[0], CLIENTS[2])
    assert alias.members(store.db, CLIENTS[2]) == tuple(CLIENTS[:3])
    held = alias.held(store.db)
    store.db.execute("UPDATE alias SET person = ? WHERE client = ?", [CLIENTS[1], CLIENTS[2]])
    assert [(one.code, one.record) for one in store.checked()[1]] == [("alias", CLIENTS[2])]
    for kind in store.registry:
        store.db.execute(f'DELETE FROM "{kind.name}"')
    store.journal.rebuild()
    assert alias.held(store.db) == held
    assert store.checked()[1] == []
    store.db.conn.close()


def test_the_declared_kind_is_the_programs_alone() -> None:
    assert SAMENESS.inner
    assert SAMENESS.number == 17

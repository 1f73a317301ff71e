"""One colleague cannot write as another: the check tells whose signature a change lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.crypto.signing import SigningKey
from desk_app.domain.change import ChainId, chain_id, split_chain
from desk_app.domain.clock import Clock
from desk_app.domain.ids import Incarnation, UserId
from desk_app.storage import log_table, sqlcipher
from desk_app.storage.journal import Journal
from desk_app.storage.signatures import Authors
from tests.fakes import seeded
from tests.unit.storage.stores import Store, new_store

SECOND = UserId("0000beef")
SECOND_KEY = SigningKey(bytes(31) + b"2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path, 7)
    yield made
    made.db.close()


def other(store: Store, user: UserId, key: SigningKey, chain: ChainId | None = None) -> Journal:
    """Another user's journal at the same device."""
    clock = Clock(store.clock, store.journal.clock.last)
    return Journal(store.db, store.registry, clock, chain or store.journal.chain, user, seeded(user), key)


def write(store: Store, journal: Journal, *, signed: bool = True) -> None:
    """Saves a client; unsigned as somebody does who has the vault's key only."""
    before, store.journal = store.journal, journal
    store.write("client", given_name="Салим")
    store.journal = before
    if not signed:
        store.db.execute("DELETE FROM signature WHERE version = (SELECT max(version) FROM signature)")


def found(store: Store) -> set[int]:
    known = {store.journal.user: store.journal._key.public, SECOND: SECOND_KEY.public}
    authors = Authors(store.db, known, {})
    own = log_table.chains(store.db)
    told = [one for chain in own for one in authors.chain(chain, whole=chain == store.journal.chain)]
    told += authors.keys()
    assert {one.code for one in told} <= {"author"}
    return {one.number for one in told}


def count(store: Store) -> int:
    return int(store.db.execute("SELECT count(*) FROM signature").fetchone()[0])


def test_colleagues_who_write_in_turns_are_all_believed(store: Store) -> None:
    for _ in range(2):
        write(store, store.journal)
        write(store, other(store, SECOND, SECOND_KEY))
    assert (found(store), count(store)) == (set(), 4)


def test_a_transaction_is_signed_once_whatever_it_writes(store: Store) -> None:
    with sqlcipher.atomic(store.db):
        for _ in range(20):
            store.write("client", given_name="Салим")
    assert (found(store), count(store)) == (set(), 1)


def test_nothing_is_signed_for_a_transaction_that_came_to_nothing(store: Store) -> None:
    def fails() -> None:
        with sqlcipher.atomic(store.db):
            store.write("client", given_name="Салим")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert count(store) == 0
    with sqlcipher.atomic(store.db), pytest.raises(KeyError):
        fails()
    store.write("client", given_name="Карим")
    assert (found(store), count(store)) == (set(), 1)


def test_writing_in_the_name_of_a_colleague_is_found(store: Store) -> None:
    write(store, store.journal)
    write(store, other(store, SECOND, SECOND_KEY))
    write(store, other(store, store.journal.user, SECOND_KEY))
    assert found(store) == {3}
    write(store, store.journal)
    assert found(store) == {4}


def test_changes_slipped_in_before_a_colleague_signs_are_found(store: Store) -> None:
    write(store, other(store, SECOND, SECOND_KEY), signed=False)
    assert found(store) == {1}
    write(store, store.journal)
    assert found(store) == {2}


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM signature WHERE version & 0xff = 4",
        "UPDATE signature SET signature = zeroblob(64) WHERE version & 0xff = 2",
        "UPDATE signature SET user = '0000beef' WHERE version & 0xff = 2",
        "UPDATE signature SET sign_key = zeroblob(32) WHERE version & 0xff = 2",
        "UPDATE signature SET version = version + 1 WHERE version & 0xff = 4",
        "UPDATE change SET user = '0000beef' WHERE version & 0xff = 2",
        "UPDATE change SET body_hash = zeroblob(32) WHERE version & 0xff = 3",
    ],
)
def test_harm_to_signatures_is_found(store: Store, harm: str) -> None:
    for _ in range(4):
        write(store, store.journal)
    assert found(store) == set()
    assert store.db.conn.execute(harm).rowcount == 1
    assert found(store)


def test_a_user_who_got_a_new_passphrase_signs_on_with_a_new_key(store: Store) -> None:
    former = SigningKey(bytes(31) + b"9")
    write(store, other(store, SECOND, former))
    write(store, store.journal)
    assert found(store) == {1}, "the key of today is another"
    write(store, other(store, SECOND, SECOND_KEY))
    assert found(store) == set()
    write(store, other(store, SECOND, former))
    assert found(store) == {4}, "and the former one is good no more"


def test_what_came_back_from_the_coordinator_after_a_restore_needs_no_signature(store: Store) -> None:
    write(store, store.journal)
    device, _ = split_chain(store.journal.chain)
    former = chain_id(device, Incarnation("00000001"))
    write(store, other(store, SECOND, SECOND_KEY, former))
    write(store, other(store, SECOND, SECOND_KEY, former), signed=False)
    assert found(store) == set()


def test_what_ends_with_a_transaction_is_asked_for_inside_one(store: Store) -> None:
    with pytest.raises(TypeError):
        sqlcipher.at_end(store.db, lambda: None)

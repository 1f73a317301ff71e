"""People on record twice: found by comparing, listed until somebody judged, and gone with whoever goes."""

import pytest

from desk_app.domain.ids import RecordId
from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, duplicates, erasure, linking, records
from desk_app.usecases.duplicates import Counts
from tests.fakes import make_client

FACTS = {"surname": "Исмоилов", "birth_date": "1973-02-03", "sex": "male"}


def together(vault: Vault, state: str = OPEN) -> list[set[RecordId]]:
    return [{one.one.id, one.other.id} for one in duplicates.listed(vault, state)]


@pytest.fixture
def three(vault: Vault) -> tuple[RecordId, RecordId, RecordId]:
    """One person twice, a year apart once more, and two who are like nobody."""
    first = make_client(vault, "Исмоил", **FACTS)
    second = make_client(vault, "Ismail", surname="Ismailov", birth_date="1973-02-03")
    third = make_client(vault, "Исмоил", **{**FACTS, "birth_date": "1974-02-03"})
    make_client(vault, "Зуҳро", surname="Назарова", sex="female", birth_date="1973-02-03")
    make_client(vault, "Исмоил", surname="Каримов", sex="male", birth_date="1990")
    return first, second, third


def test_pairs_are_found_listed_best_first_and_judged(vault: Vault, three: tuple[RecordId, RecordId, RecordId]) -> None:
    first, second, third = three
    assert duplicates.counts(vault) == Counts(0, 0, 0, 0, 5)
    found = duplicates.compare(vault)
    assert (found.people, found.pairs, found.likely, found.stopped) == (5, 3, 1, False)
    assert duplicates.counts(vault) == Counts(3, 1, 0, 0, 0)
    best, *others = duplicates.listed(vault)
    assert {best.one.id, best.other.id} == {first, second}
    assert best.likely
    assert not any(one.likely for one in others)
    assert best.reasons[:2] == ("birth_same", "other_script")
    assert best.one.name == "Исмоилов Исмоил"
    assert best.other.name == "Ismailov Ismail"
    assert duplicates.listed(vault, limit=1, offset=1) == others[:1]
    assert [{one.one.id, one.other.id} for one in duplicates.of(vault, third)] == together(vault)[1:]

    said = linking.link(vault, first, second)
    # Of the two pairs of the third with the same person only one is left.
    assert duplicates.counts(vault) == Counts(1, 0, 0, 1, 0)
    assert together(vault, SAME) == [{first, second}]
    linking.differ(vault, first, third)
    assert together(vault) == []
    assert together(vault, DIFFERENT) == [{first, third}]
    assert duplicates.counts(vault) == Counts(0, 0, 1, 1, 0)
    linking.undo(vault, said)
    assert sorted(map(sorted, together(vault))) == sorted(map(sorted, [{first, second}, {second, third}]))
    assert checking.check(vault).ok


def test_whoever_is_new_or_was_changed_waits_and_is_compared_anew(
    vault: Vault, three: tuple[RecordId, RecordId, RecordId]
) -> None:
    first, second, third = three
    duplicates.compare(vault)
    records.edit(vault, second, {"birth_date": "1999-09-09", "given_name": "Рустам"})
    assert duplicates.counts(vault).waiting == 1
    assert duplicates.compare(vault).people == 1
    assert together(vault) == [{first, third}]
    records.remove(vault, third)
    assert together(vault) == []
    records.restore(vault, third)
    fourth = make_client(vault, "Исмоил", **FACTS)
    assert {first, fourth} in [{one.one.id, one.other.id} for one in duplicates.of(vault, fourth)]
    assert duplicates.counts(vault).waiting == 1
    assert duplicates.compare(vault).people == 1
    assert {frozenset(pair) for pair in together(vault)} == {
        frozenset(pair) for pair in ((first, third), (first, fourth), (third, fourth))
    }
    assert duplicates.compare(vault).people == 0
    everybody = duplicates.compare(vault, everybody=True)
    assert (everybody.people, everybody.pairs) == (6, 3)


def test_an_erasure_leaves_no_pair_and_no_key(vault: Vault, three: tuple[RecordId, RecordId, RecordId]) -> None:
    first, second, _ = three
    duplicates.compare(vault, lambda done, total: done < total)
    duplicates.compare(vault)
    erasure.erase(vault, first, "asked")
    assert all(first not in pair for pair in together(vault))
    rows = vault.db.execute(
        "SELECT one FROM look_alike UNION SELECT other FROM look_alike UNION SELECT rid FROM compared"
    )
    on_record = {row[0] for row in vault.db.execute("SELECT rid FROM client")}
    assert {row[0] for row in rows} <= on_record
    assert "1973" not in vault.db.execute("SELECT value FROM meta WHERE key = 'comparing'").fetchone()[0]
    assert duplicates.of(vault, second)

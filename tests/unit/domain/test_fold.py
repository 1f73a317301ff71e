"""Folding: the state is a function of the set of changes, nothing anybody saw comes back, nothing said is lost."""

import sys
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.change import FIRST_HASH, Body, Change, Version, encode_body, hash_body
from desk_app.domain.clock import Stamp
from desk_app.domain.fold import fold
from desk_app.domain.ids import DeviceId, Incarnation, RecordId, UserId
from desk_app.domain.record_state import RecordState
from desk_app.domain.records.declaration import Field, FieldType, Kind, MergeClass
from desk_app.domain.vocabulary import Vocabulary

sys.path.append(str(Path(__file__).parents[3] / "build_scripts" / "campaigns"))

from _reckoning import reckon

LANGUAGES = Vocabulary("language", {"tg": "Tajik", "ru": "Russian", "uz": "Uzbek"})
ANSWER = Vocabulary("answer", {"given": "Given", "refused": "Refused", "withdrawn": "Withdrawn"})
KIND = Kind(
    50,
    "paper",
    "Paper",
    "Papers",
    (
        Field(10, "name", "Name"),
        Field(11, "phone", "Phone", merge=MergeClass.MINOR),
        Field(12, "answer", "Answer", FieldType.CHOICE, MergeClass.MONOTONE, vocabulary=ANSWER),
        Field(13, "languages", "Languages", FieldType.SET, MergeClass.SET, vocabulary=LANGUAGES),
        Field(14, "sheets", "Sheets", FieldType.NUMBER),
        Field(15, "story", "Story", FieldType.LONG_TEXT, MergeClass.LONG_TEXT, longest=40),
    ),
)
NAME, PHONE, ANSWERED, SPOKEN, SHEETS, STORY = "10", "11", "12", "13", "14", "15"
RECORD = RecordId("0" * 32)


def change(
    device: int,
    seq: int,
    said: dict[str, Any],
    saw: Sequence[Version] = (),
    *,
    at: int = 0,
    body: bytes | None = None,
    kind: int = 50,
) -> Change:
    """A change that replaces, in each field it sets, the versions its author saw."""
    places = list(range(len(saw)))
    fields = {
        number: {code: [one, *places] for code, one in value.items()} if isinstance(value, dict) else [value, *places]
        for number, value in said.items()
    }
    data = encode_body(Body(fields, list(saw))) if body is None else body
    name = DeviceId(f"{device:032x}")
    salt = bytes(12)
    return Change(
        name,
        Incarnation("00000001"),
        seq,
        Stamp(at),
        RECORD,
        kind,
        UserId(f"{device:08x}"),
        data,
        salt,
        hash_body(salt, data),
        FIRST_HASH,
    )


def folded(*changes: Change) -> RecordState:
    state = fold(KIND, changes)
    assert state is not None
    return state


WORDS = st.sampled_from(["Карим", "Раҳим", "Салим"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        NAME: WORDS | st.none(),
        PHONE: WORDS,
        ANSWERED: st.sampled_from(sorted(ANSWER.words)),
        SPOKEN: st.dictionaries(st.sampled_from(sorted(LANGUAGES.words)), st.booleans(), min_size=1),
        SHEETS: st.integers(0, 3),
        STORY: st.lists(st.sampled_from("абв"), min_size=1, max_size=5).map("\n".join) | st.none(),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """What up to three desks with wrong clocks write, each having seen any of what was written before."""
    made: list[Change] = []
    last = [0, 0, 0]
    for _ in range(draw(st.integers(1, 9))):
        device = draw(st.integers(0, 2))
        last[device] += 1
        saw = [one.version for one in made if draw(st.booleans())]
        made.append(change(device, last[device], draw(VALUES), saw, at=draw(st.integers(0, 5))))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_any_double_gives_the_same_state(history: list[Change], chance: Any) -> None:
    doubled = [*history, *(one for one in history if chance.random() < 0.5)]
    chance.shuffle(doubled)
    assert fold(KIND, doubled) == fold(KIND, history)


@given(histories())
def test_a_lone_change_is_folded_like_one_of_many(history: list[Change]) -> None:
    for one in history:
        assert fold(KIND, [one]) == fold(KIND, [one, one])


@given(histories())
def test_whoever_saw_a_version_is_never_hidden_by_it(history: list[Change]) -> None:
    state = folded(*history)
    for number, heads in state.heads.items():
        alive = {head.version for head in heads}
        versions = {one.version for one in history if str(number) in bodies(one)}
        replaced = {base for one in history if str(number) in bodies(one) for base in seen(one) if base in versions}
        assert alive == versions - replaced


@given(histories())
def test_what_is_shown_is_a_head_and_every_clash_is_listed(history: list[Change]) -> None:
    state = folded(*history)
    for field in (KIND.field("name"), KIND.field("phone"), KIND.field("sheets")):
        heads = state.heads.get(field.number, ())
        assert state.values[field.name] in ({head.value for head in heads} or {None})
        assert (field.number in state.disagreements(KIND)) == (len({head.value for head in heads}) > 1)


@given(histories())
def test_an_element_is_there_while_anybody_who_added_it_was_not_answered(history: list[Change]) -> None:
    spoken = folded(*history).values["languages"] or frozenset()
    assert isinstance(spoken, frozenset)
    for code in LANGUAGES.words:
        touching = [one for one in history if code in bodies(one).get(SPOKEN, {})]
        replaced = {base for one in touching for base in seen(one)}
        adds = [one for one in touching if bodies(one)[SPOKEN][code][0] and one.version not in replaced]
        assert (code in spoken) == bool(adds)


@given(histories())
def test_a_withdrawn_consent_stays_withdrawn(history: list[Change]) -> None:
    order = list(ANSWER.words)
    said = [bodies(one)[ANSWERED][0] for one in history if ANSWERED in bodies(one)]
    assert folded(*history).values["answer"] == (max(said, key=order.index) if said else None)
    assert KIND.field("answer").number not in folded(*history).disagreements(KIND)


@given(histories(), st.sampled_from([NAME, PHONE, SHEETS, ANSWERED]), st.sampled_from([[], {}, 1.5, "a\u202eb", -1]))
def test_a_bad_value_is_refused_and_the_rest_kept(history: list[Change], number: str, bad: Any) -> None:
    before = folded(*history)
    spoilt = change(9, 1, {}, at=99, body=msgspec.json.encode({"f": {number: [bad, 7], "3": [True]}}))
    after = folded(*history, spoilt)
    assert [(one.version, one.field) for one in after.refused] == [(spoilt.version, int(number))]
    assert after.deleted
    assert {**after.values, "deleted": None} == {**before.values}


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_body_whatever_stops_the_others(body: bytes) -> None:
    good = change(1, 1, {NAME: "Карим"})
    assert folded(good, change(2, 1, {}, body=body or b"{")).values["name"] == "Карим"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["tg", "x", "0"]), inner, max_size=2),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([NAME, SPOKEN, SHEETS, ANSWERED, "3", "010", "-1", "999", "x"]), JSON), JSON)
def test_no_shape_whatever_stops_the_others(fields: Any, bases: Any) -> None:
    good = change(1, 1, {NAME: "Карим"})
    odd = change(2, 1, {}, at=-1, body=msgspec.json.encode({"f": fields, "b": bases}))
    state = folded(good, odd)
    assert "Карим" in {head.value for head in state.heads[10]}


def test_one_bad_element_leaves_the_other_elements() -> None:
    state = folded(change(1, 1, {SPOKEN: {"fr": True, "ru": True, "tg": True}}))
    assert state.values["languages"] == frozenset({"ru", "tg"})
    assert [one.field for one in state.refused] == [13]


def test_fields_of_a_newer_version_are_passed_over() -> None:
    state = folded(change(1, 1, {NAME: "Карим", "999": {"new": ["shape"]}, "010": "Раҳим"}))
    assert state.values["name"] == "Карим"
    assert state.refused == ()


def test_the_same_value_from_two_desks_is_no_disagreement() -> None:
    state = folded(change(1, 1, {NAME: "Карим"}), change(2, 1, {NAME: "Карим"}))
    assert len(state.heads[10]) == 2
    assert state.disagreements(KIND) == {}


def test_of_several_versions_the_latest_is_shown_and_of_one_moment_that_of_the_highest_series() -> None:
    early, late = change(2, 1, {NAME: "Карим", PHONE: "900"}, at=1), change(1, 9, {NAME: "Раҳим", PHONE: "901"}, at=2)
    same = change(2, 2, {NAME: "Салим", PHONE: "902"}, at=2)
    for come in ((early, late), (late, early)):
        assert (folded(*come).values["name"], folded(*come).values["phone"]) == ("Раҳим", "901")
    for come in ((early, late, same), (same, late, early)):
        assert folded(*come).values["name"] == "Салим"
        assert [head.version for head in folded(*come).heads[10]] == [same.version, late.version, early.version]
        assert [head.value for head in folded(*come).disagreements(KIND)[11]] == ["902", "901", "900"]


def test_long_texts_that_were_changed_in_other_lines_are_shown_as_one() -> None:
    made = change(1, 1, {STORY: "як\nду\nсе"}, at=1)
    one = change(1, 2, {STORY: "ЯК\nду\nсе"}, [made.version], at=2)
    other = change(2, 1, {STORY: "як\nду\nСЕ"}, [made.version], at=3)
    for come in permutations((made, one, other)):
        assert folded(*come).values["story"] == "ЯК\nду\nСЕ"
        assert folded(*come).disagreements(KIND) == {}
    # Whoever saw both says it for both; who saw one of them says nothing of the other.
    both = change(2, 2, {STORY: "ЯК!\nду\nСЕ"}, [one.version, other.version], at=4)
    assert folded(made, one, other, both).values["story"] == "ЯК!\nду\nСЕ"
    assert len(folded(made, one, other, both).heads[15]) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("ЯК\nду\nсе", "як!\nду\nсе"),
        ("ЯК\nду\nсе", "як\nДУ\nсе"),
        ("ЯК\nду\nсе", None),
        ("ЯК\nду\nсе", "як\nду\nсе"),
        (f"{'я' * 30}\nду\nсе", f"як\nду\n{'с' * 30}"),
    ],
)
def test_long_texts_that_cannot_be_joined_disagree(texts: tuple[str, str | None]) -> None:
    made = change(1, 1, {STORY: "як\nду\nсе"}, at=1)
    one, other = (change(at, 2, {STORY: text}, [made.version], at=at + 1) for at, text in enumerate(texts, 1))
    state = folded(made, one, other)
    assert [head.value for head in state.disagreements(KIND)[15]] == [texts[1], texts[0]]
    assert state.values["story"] == texts[1]


def test_long_texts_are_joined_only_over_one_text_that_is_here() -> None:
    made = change(1, 1, {STORY: "як\nду\nсе"}, at=1)
    first, second = "ЯК\nду\nсе", "як\nду\nСЕ"
    one = change(1, 2, {STORY: first}, [made.version], at=2)
    blind = change(2, 1, {STORY: second}, at=3)
    later = change(2, 2, {STORY: second}, [made.version, Version(made.chain, 9)], at=3)
    other = change(2, 3, {STORY: second}, [made.version], at=3)
    # A settling replaced several: taken back, what disagreed is said again.
    settled = change(3, 1, {STORY: "як\nду\nсе"}, [made.version, one.version], at=2)
    again = [change(4, at, {STORY: text}, [settled.version], at=3) for at, text in enumerate((first, second), 1)]
    for come in ((made, one, blind), (made, one, later), (one, other), (made, one, settled, *again)):
        assert folded(*come).values["story"] == second
        assert 15 in folded(*come).disagreements(KIND)


@given(histories())
def test_a_second_reckoning_finds_the_same(history: list[Change]) -> None:
    state, second = folded(*history), reckon(KIND, history)
    assert second is not None
    for field in (KIND.field(name) for name in ("name", "phone", "answer", "sheets", "story")):
        assert state.values[field.name] == second.row[field.name], field.name
    assert state.disagreements(KIND).keys() == second.disagreements


def test_a_value_arrives_before_the_one_it_replaces() -> None:
    old = change(1, 1, {NAME: "Карим"}, at=99)
    new = change(2, 1, {NAME: "Раҳим"}, [old.version], at=1)
    assert folded(new).values["name"] == "Раҳим"
    assert folded(new, old).values["name"] == "Раҳим"
    assert folded(new, old).disagreements(KIND) == {}


def test_text_is_kept_composed_and_trimmed_whoever_wrote_it() -> None:
    assert folded(change(1, 1, {NAME: "  и\u0306ӯ "})).values["name"] == "йӯ"


@pytest.mark.parametrize("at", [(1, 2), (2, 1)])
def test_changes_that_name_each_other_hide_neither(at: tuple[int, int]) -> None:
    one = Version(change(1, 1, {}).chain, 1)
    two = Version(change(2, 1, {}).chain, 1)
    forged = (change(1, 1, {NAME: "Карим"}, [two], at=at[0]), change(2, 1, {NAME: "Раҳим"}, [one], at=at[1]))
    assert {head.value for head in folded(*forged).heads[10]} == {"Карим", "Раҳим"}


def test_no_desk_replaces_what_it_has_not_written_yet() -> None:
    first = change(1, 1, {NAME: "Карим"}, [Version(change(1, 1, {}).chain, 2), change(1, 1, {}).version])
    second = change(1, 2, {NAME: "Раҳим"}, [first.version])
    assert folded(first, second).values["name"] == "Раҳим"
    eager = change(1, 1, {NAME: "Карим"}, [Version(first.chain, 2)])
    assert [head.value for head in folded(eager, change(1, 2, {NAME: "Салим"})).heads[10]] == ["Салим", "Карим"]


def test_who_removed_a_record_is_in_no_dispute_with_what_the_same_series_says_of_it() -> None:
    made = change(1, 1, {NAME: "Карим"}, at=1)
    removal = change(1, 2, {"3": True}, [made.version], at=2)
    own, other = change(1, 3, {PHONE: "900"}, at=3), change(2, 1, {PHONE: "901"}, at=3)
    assert folded(made, removal, own).disagreements(KIND) == {}
    assert [head.value for head in folded(made, removal, other).disagreements(KIND)[3]] == [True, False]


def test_a_change_of_another_kind_is_not_this_records() -> None:
    other = change(2, 1, {NAME: "Раҳим"}, at=9, kind=51)
    assert folded(change(1, 1, {NAME: "Карим"}), other).values["name"] == "Карим"
    assert fold(KIND, [other]) is None


def test_an_erased_record_has_no_state() -> None:
    assert fold(KIND, [change(1, 1, {NAME: "Карим"})._replace(body=b"", salt=b"")]) is None
    assert fold(KIND, []) is None


def bodies(one: Change) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(one.body)["f"]
    return found


def seen(one: Change) -> list[Version]:
    return [Version(*base) for base in msgspec.json.decode(one.body).get("b", [])]

"""Whose a person is, in whatever order it comes and whatever clocks say."""

import random
from collections.abc import Sequence
from typing import Any

from desk_app.domain.change import FIRST_HASH, Body, Change, Version, encode_body
from desk_app.domain.clock import Stamp
from desk_app.domain.custody import disbelieved, misnamed
from desk_app.domain.ids import DeskCode, DeviceId, Incarnation, RecordId, UserId

HER, OFFER = RecordId("a" * 32), RecordId("b" * 32)
DESKS = {DeviceId(one): DeskCode(one) for one in ("vahdat", "khorugh", "vose")}


def change(
    author: str, seq: int, at: int, fields: dict[str, Any], kind: int = 1, bases: Sequence[Version] = ()
) -> Change:
    said = {number: [value, *range(len(bases))] for number, value in fields.items()}
    body = encode_body(Body(said, [(one.chain, one.seq) for one in bases]))
    record = OFFER if kind == 19 else HER
    salt = bytes(12)
    return Change(
        DeviceId(author), Incarnation("1"), seq, Stamp(at), record, kind, UserId(""), body, salt, FIRST_HASH, FIRST_HASH
    )


MADE = change("vahdat", 1, 100, {"1": "vahdat", "10": "Исмоил"})
OFFERED = change("vahdat", 2, 200, {"10": HER, "11": "vahdat", "12": "khorugh", "13": "offered"}, 19)
SAID_YES = change("khorugh", 1, 300, {"13": "accepted"}, 19)
TAKEN = change("khorugh", 2, 300, {"1": "khorugh"}, bases=[MADE.version])
HONEST = (MADE, OFFERED, SAID_YES, TAKEN)


def test_an_honest_journey_is_believed_in_every_order_and_only_as_far_as_its_reasons_came() -> None:
    chance = random.Random(0)
    for _ in range(20):
        assert disbelieved(HER, chance.sample(HONEST, len(HONEST)), DESKS) == set()
    assert disbelieved(HER, [MADE, TAKEN], DESKS) == {TAKEN.version}
    led = change("coordinator", 1, 400, {"1": "vose"})
    assert disbelieved(HER, [*HONEST, led], DESKS) == set()
    assert disbelieved(HER, [led, change("vose", 1, 500, {"1": "vose"})], DESKS) == set()


def test_no_clock_makes_a_desk_the_first_or_lets_it_replace_what_came_later() -> None:
    earlier = change("vose", 1, 50, {"1": "vose"})
    before = {one.version for one in HONEST}
    assert disbelieved(HER, [*HONEST, earlier], DESKS, before) == {earlier.version}
    # The desk that had her writes of a time when it had her, over what the other desk wrote.
    again = change("vahdat", 3, 250, {"1": "vahdat"}, bases=[TAKEN.version])
    assert disbelieved(HER, [*HONEST, again], DESKS, before) == {again.version}
    other = change("vahdat", 3, 250, {"12": "vahdat"}, 19)
    assert disbelieved(HER, [*HONEST, other], DESKS, before) == {other.version}
    for nonsense in (b"", b"[]", b'{"f":{"1":7}}', b'{"b":[],"f":{"1":["vose",4]}}'):
        forged = earlier._replace(body=nonsense)
        assert disbelieved(HER, [*HONEST, forged], DESKS, before) <= {forged.version}


def test_a_clock_that_ran_decades_ahead_takes_nothing_from_who_answers_it() -> None:
    ahead = OFFERED._replace(hlc=Stamp(9_000))
    yes = change("khorugh", 1, 300, {"13": "accepted"}, 19, bases=[ahead.version])
    taken = change("khorugh", 2, 301, {"1": "khorugh"}, bases=[MADE.version])
    chance = random.Random(1)
    for _ in range(20):
        assert disbelieved(HER, chance.sample((MADE, ahead, yes, taken), 4), DESKS) == set()
    withdrawn = change("vahdat", 3, 250, {"13": "withdrawn"}, 19, bases=[ahead.version])
    assert disbelieved(HER, (MADE, ahead, withdrawn), DESKS) == set()


def test_changes_that_name_each_other_are_weighed_as_they_stand() -> None:
    one = change("vose", 1, 50, {"1": "vose"}, bases=[Version(MADE.chain, 9)])
    other = change("vahdat", 9, 60, {"1": "vose"}, bases=[one.version])
    before = {change.version for change in HONEST}
    assert disbelieved(HER, [*HONEST, one, other], DESKS, before) == {one.version, other.version}


def test_a_record_stays_about_whom_its_making_said_unless_a_coordinator_says_otherwise() -> None:
    fields = ("1", "10")
    made = change("vahdat", 1, 100, {"1": "vahdat", "10": HER, "12": "open"}, 2)
    later = change("khorugh", 1, 200, {"12": "closed"}, 2, [made.version])
    renamed = change("khorugh", 2, 50, {"10": "c" * 32}, 2, [made.version])
    taken = change("khorugh", 3, 50, {"1": "khorugh"}, 2)
    led = change("coordinator", 1, 300, {"10": "c" * 32}, 2, [made.version])
    changes = [made, later, renamed, taken, led]
    for _ in range(6):
        random.Random(0).shuffle(changes)
        assert misnamed(changes, fields, DESKS, {made.version}) == {renamed.version, taken.version}
    # A desk's own too; and what names a version that has not come yet made nothing.
    own = change("vahdat", 2, 400, {"10": "c" * 32}, 2, [made.version])
    assert misnamed([made, own], fields, DESKS) == {own.version}
    assert misnamed([renamed], fields, DESKS) == {renamed.version}
    # What counted before there was this rule goes on counting.
    assert misnamed([made, own], fields, DESKS, {made.version, own.version}) == set()

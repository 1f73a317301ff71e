"""Full disks: an act runs out of room at any of its writes, fails in words, and work goes on once there is room."""

import os
from typing import Any

from _acts import LIGHT, ON_TRIAL, Session, choose, register
from _facts import Loss, difference, seen
from _kills import Heard, Say, forked, heard_whole, perform
from _life import Life, passphrase_that_opens, states
from _room import Room

from desk_app.domain.errors import Trouble

FEW_WRITES = 8


def fill_once(life: Life, name: str, room: Room, usual: dict[str, int]) -> Heard:
    """Lets the disk fill up in an act of that name and returns what was said about it.

    How many writes such an act makes is guessed, and known once one fitted.
    """
    guessed = usual.get(name, FEW_WRITES)
    writes = int(life.chance.uniform(0, 1.1) * guessed)
    child, reading = forked(life, lambda say: _work(life, name, writes, room, say))
    heard = Heard(life.facts)
    try:
        heard_whole(heard, reading)
    finally:
        os.close(reading)
        _, code = os.waitpid(child, 0)
    if code != 0:
        heard.trouble = f"at write {writes}: {heard.trouble or code}"
    usual[name] = int(1.5 * guessed) if heard.refused else heard.made
    return heard


def _work(life: Life, name: str, writes: int, room: Room, say: Say) -> None:
    session = Session(life, life.unlock())
    for _ in range(life.chance.randrange(3)):
        perform(session, choose(life, LIGHT), say)
    act = choose(life, ON_TRIAL[name])
    say({"begin": act.name, "stages": act.stages})
    said: dict[str, Any]
    room.limit(writes)
    try:
        said = {"done": act.name, "files": dict(act.do(session)), "made": room.made()}
    except Trouble as trouble:
        said = {"refused": type(trouble).__name__}
    finally:
        room.limit(None)
    if act.closes and "refused" in said:
        session.vault = life.unlock()
    allowed = states(life.facts, list(act.stages))
    found = {**seen(session.vault), "passphrase": passphrase_that_opens(life, allowed)}
    if found not in (allowed if "refused" in said else allowed[-1:]):
        raise Loss(f"{said}: " + " or ".join(difference(facts, found) for facts in allowed))
    life.facts = found
    say({**said, "facts": found})
    perform(session, register(life), say)
    session.vault.close()

"""A world lives: somebody does something, time passes, now and then a process is killed or a disk is full."""

import math

from _claims import after_a_move
from _exchanges import EXCHANGES, copy_laptop, fetch, post, restore, send
from _moves import WEIGHTS, Move, change_hands, directory_entry, register, set_target, settle, touch_clock
from _post import DAY
from _rescue import rescue
from _steps import Killed
from _world import Station, World

from desk_app.domain.errors import DiskFull, Trouble

MOVES = {**WEIGHTS, **EXCHANGES, rescue: 3}
UNHARMED = (restore, rescue, copy_laptop, change_hands, touch_clock)
"""These close the vault themselves; the campaign against crashes cuts them short."""
MOST_STEPS = 400
TRIES = 5
"""Moves that are looked for until there is one that can be done."""


def live(world: World, acts: int) -> None:
    """So many acts, of anybody."""
    names, weights = list(MOVES), list(MOVES.values())
    _begin(world)
    busy = world.chance.sample(world.desks, min(2, len(world.desks))) + world.coordinators
    for _ in range(acts):
        world.now += int(world.chance.expovariate(1 / (DAY / 3)))
        for _ in range(TRIES):
            station = world.chance.choice(busy if world.chance.random() < 0.7 else world.stations)
            move = world.chance.choices(names, weights)[0]
            try:
                said = _done(world, station, move)
            except BaseException:
                world.say(f"{station.name} {move.__name__}: and here it went wrong")
                raise
            if said:
                world.say(f"{station.name} {move.__name__}: {said}")
                break


def _begin(world: World) -> None:
    """Everybody has a little to do with, and in most worlds the coordinator knows of it."""
    for station in world.stations:
        moves = (directory_entry, set_target) if station.is_coordinator else (register, register)
        for move in moves:
            world.say(f"{station.name} {move.__name__}: {_done(world, station, move)}")
    if world.chance.random() < 0.7:
        for station in [*world.desks, *world.coordinators, *world.coordinators]:
            for move in (send, fetch):
                world.say(f"{station.name} {move.__name__}: {_done(world, station, move)}")


def _done(world: World, station: Station, move: Move) -> str | None:
    """Does it and judges it. Returns what came of it."""
    harmed = world.chance.random() < (0.15 if move in (fetch, send) else 0.04) and move not in UNHARMED
    step = int(math.exp(world.chance.random() * math.log(MOST_STEPS))) if harmed else 0
    kills = world.chance.random() < 0.6
    try:
        if harmed:
            with world.failing(station, step, kills) as failing:
                said = move(world, station)
            if failing.failed:
                said = f"{said}, though the disk was full at step {step}"
        else:
            said = move(world, station)
        if said is not None:
            world.counts[f"{move.__name__}: done"] += 1
    except Killed:
        said = f"killed at step {step}; {post(world, station)}"
        world.counts[f"{move.__name__}: killed"] += 1
    except DiskFull:
        if not harmed:
            raise
        said = f"the disk was full at step {step}"
        world.counts[f"{move.__name__}: full disk"] += 1
    except Trouble as trouble:
        said = type(trouble).__name__
        world.counts[f"{move.__name__}: {said}"] += 1
    after_a_move(world, station, took_back=move is settle)
    return said

"""Kills: a process works on a vault and says what it begins and what is done, until SIGKILL ends it in the middle."""

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from _acts import LIGHT, NEEDED, ON_TRIAL, Act, Session, choose
from _facts import Facts, Loss
from _life import Life, is_inside, states, verify, verify_backups, verify_files

from desk_app.storage import backup_file

Say = Callable[[dict[str, Any]], None]
"""Where a worker says what it begins and what is done."""

LONGEST_WAIT = 60.0
"""Seconds after which a worker that says nothing any more counts as stuck."""


@dataclass(slots=True)
class Heard:
    """What a worker had said when it ended."""

    facts: Facts
    history: list[Facts] = field(default_factory=list)
    """What was there before, since it began to speak."""
    begun: str = ""
    stages: list[Facts] = field(default_factory=list)
    """Of the act that was begun and not done; with `begun` empty there was none."""
    written: dict[str, str] = field(default_factory=dict)
    outdated: set[str] = field(default_factory=set)
    """Backups that hold what was erased since, and must be gone."""
    finished: list[str] = field(default_factory=list)
    trouble: str = ""
    refused: str = ""
    """The trouble that an act ended with where that was meant to happen."""
    made: int = 0
    """Writes to files that an act made."""

    def move_away(self, to_be_gone: bool) -> None:
        """The backups in the vault's own folder: a restore sets them aside with it, an erasure removes them."""
        inside = {name for name in self.written if is_inside(name)}
        self.outdated |= inside if to_be_gone else set()
        self.written = {name: one for name, one in self.written.items() if name not in inside}

    def take(self, message: dict[str, Any]) -> None:
        """Takes one message."""
        if "begin" in message:
            self.begun, self.stages = message["begin"], message["stages"]
        elif "done" in message:
            self.history.append(self.facts)
            self.facts = states(self.facts, self.stages)[-1]
            if message["done"] in ("restore", "erasure"):
                self.move_away(to_be_gone=message["done"] == "erasure")
            self.written.update(message["files"])
            self.begun, self.stages = "", []
            self.finished.append(message["done"])
            self.made = message.get("made", self.made)
        elif "refused" in message:
            self.history.append(self.facts)
            self.facts, self.refused = message["facts"], message["refused"]
            self.begun, self.stages = "", []
        else:
            self.trouble = message["trouble"]


def perform(session: Session, act: Act, say: Say, trial: bool = False) -> None:
    """Does one act, says so before and after, and knows what the vault must hold from then on."""
    say({"begin": act.name, "stages": act.stages, "trial": trial})
    files = act.do(session)
    say({"done": act.name, "files": dict(files), "trial": trial})
    session.life.facts = states(session.life.facts, list(act.stages))[-1]
    if act.name == "restore":
        session.life.backups.clear()
    session.life.backups.update({name: session.life.facts for name in files if name.endswith(backup_file.SUFFIX)})


def work(life: Life, name: str, say: Say) -> None:
    """Opens the vault, does an act on trial among others, and goes on until somebody ends it."""
    say({"begin": "open", "stages": [], "trial": name == "open"})
    session = Session(life, life.unlock())
    say({"done": "open", "files": {}, "trial": name == "open"})
    for _ in range(life.chance.randrange(3)):
        perform(session, choose(life, LIGHT), say)
    if name in NEEDED and not any(make(life) for make in ON_TRIAL[name]):
        perform(session, choose(life, (NEEDED[name],)), say)
    if name != "open":
        perform(session, choose(life, ON_TRIAL[name]), say, trial=True)
    while True:
        perform(session, choose(life, LIGHT), say)


def forked(life: Life, run: Callable[[Say], None]) -> tuple[int, int]:
    """Runs something in a process of its own; returns its id and where to read what it says."""
    reading, writing = os.pipe()
    seed = life.chance.random()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        life.chance.seed(seed)  # The next worker must not do the same again.
        run(lambda message: _send(writing, message))
        code = 0
    except BaseException:
        _send(writing, {"trouble": traceback.format_exc()})
    finally:
        os._exit(code)


def kill_once(life: Life, name: str, usual: dict[str, float]) -> Heard:
    """Lets a worker come to an act of that name, kills it somewhere within, and returns what it had said."""
    child, reading = forked(life, lambda say: work(life, name, say))
    heard, ended = Heard(life.facts), _Timer(life, name, usual)
    rest = b""
    try:
        while not heard.trouble and (left := ended.left()) > 0:
            if not select.select([reading], [], [], left)[0]:
                break
            rest = _taken(heard, rest + os.read(reading, 1 << 20), ended)
        os.kill(child, signal.SIGKILL)
        heard_whole(heard, reading, rest)
    finally:
        os.close(reading)
        os.waitpid(child, 0)
    return heard


def heard_whole(heard: Heard, reading: int, rest: bytes = b"") -> None:
    """Takes everything that is still said, until the worker has ended."""
    while data := os.read(reading, 1 << 20):
        rest = _taken(heard, rest + data, None)


def judge(life: Life, heard: Heard) -> str:
    """Opens the vault after a kill and says how the act that was cut short was found. Raises `Loss`."""
    if heard.trouble:
        raise Loss(f"the worker failed: {heard.trouble}")
    allowed = states(heard.facts, heard.stages)
    found = verify(life, allowed)
    if found > 0 and heard.begun == "restore":
        heard.move_away(to_be_gone=False)
    if "restore" in heard.finished or (found > 0 and heard.begun == "restore"):
        life.backups.clear()
    if "erasure" in heard.finished:
        heard.outdated |= {name for name in life.tried if is_inside(name)}
    verify_files(life, heard.written, heard.outdated, may_have_gone=heard.begun in ("erasure", "restore"))
    verify_backups(life, [*heard.history, *allowed])
    if not heard.begun:
        return "between"
    return "nothing" if found == 0 and heard.stages else "whole"


class _Timer:
    """When to kill: a random part of the time that the act usually takes, after it began; now and then, and the first
    time, right after it was done, which is how that time is learned.
    """

    def __init__(self, life: Life, name: str, usual: dict[str, float]) -> None:
        self._name = name
        self._usual = usual
        self._part = life.chance.random()
        self._learns = name not in usual or life.chance.random() < 0.05
        self._begun: float | None = None
        self._end = time.monotonic() + LONGEST_WAIT

    def left(self) -> float:
        """Seconds until the kill."""
        return self._end - time.monotonic()

    def hear(self, message: dict[str, Any]) -> None:
        """Sets the moment when the act begins or, to learn, when it is done."""
        now = time.monotonic()
        if not message.get("trial"):
            return
        if "begin" in message:
            self._begun = now
            if not self._learns:
                self._end = now + self._part * self._usual[self._name]
        elif self._begun is not None and self._learns:
            self._learns = False
            took = now - self._begun
            self._usual[self._name] = min(took, 1.2 * self._usual.get(self._name, took))
            self._end = now + self._part * 0.01


def _taken(heard: Heard, data: bytes, timer: _Timer | None) -> bytes:
    """Takes the whole lines and returns what is left of a cut one."""
    *lines, rest = data.split(b"\n")
    for line in lines:
        message = json.loads(line)
        if timer:
            timer.hear(message)
        heard.take(message)
    return rest


def _send(handle: int, message: dict[str, Any]) -> None:
    data = json.dumps(message, ensure_ascii=False).encode() + b"\n"
    while data:
        data = data[os.write(handle, data) :]

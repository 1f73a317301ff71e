"""Works on a vault for a while, under strace: what it begins and what is done stands in the file `marks`."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _acts import LIGHT, NEEDED, ON_TRIAL, Session, choose
from _kills import perform
from _life import life_at

MARKS = "marks"


def main(template: Path, folder: Path, seed: str, acts: Sequence[str]) -> int:
    """Every act on trial once, in any order, with others between."""
    life = life_at(template, folder, seed)
    marks = os.open(folder / MARKS, os.O_WRONLY | os.O_CREAT)

    def say(message: dict[str, Any]) -> None:
        os.write(marks, json.dumps(message).encode() + b"\n")

    say({"begin": "open", "stages": []})
    session = Session(life, life.unlock())
    say({"done": "open", "files": {}})
    names = [*acts]
    life.chance.shuffle(names)
    for name in names:
        for _ in range(life.chance.randrange(3)):
            perform(session, choose(life, LIGHT), say)
        if name in NEEDED and not any(make(life) for make in ON_TRIAL[name]):
            perform(session, choose(life, (NEEDED[name],)), say)
        perform(session, choose(life, ON_TRIAL[name]), say)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:]))

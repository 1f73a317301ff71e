"""The post of a world: sticks, mail and shared folders, which lose, double, delay, cut and confuse what they carry."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

DAY = 24 * 3600 * 1000
LONGEST = 90
"""Days that a bundle may be under way."""


class Harm(StrEnum):
    """What became of a file on its way."""

    NONE = "whole"
    CUT = "cut"
    FLIPPED = "flipped"
    LONGER = "longer"
    ASTRAY = "astray"
    """It is whole, and lies in somebody else's folder."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A file on its way to a desk, and when it will lie there. `hash` is of the bundle as it was sealed."""

    to: str
    sender: str
    name: str
    data: bytes
    hash: str
    due: int
    made: int
    harm: Harm = Harm.NONE


class Post:
    """Everything that is under way or lies in somebody's folder."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.letters: list[Letter] = []

    def send(self, letter: Letter, others: Sequence[str]) -> str:
        """Takes a bundle. It may be lost, come late, come twice, or come as something else beside. Says what."""
        chance, said = self._chance, []
        if chance.random() < 0.12:
            return "lost"
        if chance.random() < 0.25:
            days = chance.randrange(1, LONGEST)
            letter = replace(letter, due=letter.due + days * DAY)
            said.append(f"{days} days late")
        self.letters.append(letter)
        if chance.random() < 0.15:
            name = letter.name.replace(".roh", " (conflicted copy).roh")
            self.letters.append(replace(letter, name=name, due=letter.due + chance.randrange(3 * DAY)))
            said.append("twice")
        if chance.random() < 0.15:
            harm = chance.choice((Harm.CUT, Harm.FLIPPED, Harm.LONGER))
            harmed = replace(letter, name=f"{harm} {letter.name}", data=self._harmed(letter.data, harm), harm=harm)
            self.letters.append(harmed)
            if chance.random() < 0.5:
                self.letters.remove(letter)
            said.append(str(harm))
        if others and chance.random() < 0.08:
            astray = chance.choice(others)
            self.letters.append(replace(letter, to=astray, name=f"astray {letter.name}", harm=Harm.ASTRAY))
            said.append(f"astray at {astray}")
        return ", ".join(said) or "whole"

    def arrived(self, to: str, now: int) -> list[Letter]:
        """What lies in a desk's folder by now."""
        return [one for one in self.letters if one.to == to and one.due <= now]

    def take(self, letters: list[Letter]) -> None:
        """What was taken in or thrown away lies there no more."""
        self.letters = [one for one in self.letters if one not in letters]

    def _harmed(self, data: bytes, harm: Harm) -> bytes:
        # Sizes differ a little from run to run, for seals are random: that may not change what chance does next.
        at, more = int(self._chance.random() * len(data)), self._chance.randbytes(200)
        if harm is Harm.CUT:
            return data[:at]
        if harm is Harm.LONGER:
            return data + more[: 1 + more[0] % 100]
        return data[:at] + bytes([data[at] ^ 1 << more[0] % 8]) + data[at + 1 :]

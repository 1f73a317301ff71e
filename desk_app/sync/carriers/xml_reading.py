"""Reading what a server answers in XML. It is hostile like everything from outside: no entities, nothing looked up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from xml.parsers import expat

_DEEPEST = 32
MOST_ELEMENTS = 400_000
"""A list of as many files as are looked through has fewer."""


class NotXml(ValueError):
    """It is no XML, or more than a list of files is."""


class TooManyElements(NotXml):
    """It is a longer list than is looked through."""


@dataclass(slots=True)
class Element:
    """An element: its name without the namespace, the text in it, and what it holds."""

    name: str
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def first(self, *names: str) -> "Element | None":
        """The first element along these names, or None."""
        here: Element | None = self
        for name in names:
            here = next((one for one in here.inside if one.name == name), None) if here else None
        return here

    def all(self, name: str) -> Iterator["Element"]:
        """Every element of that name, however deep."""
        for one in self.inside:
            if one.name == name:
                yield one
            yield from one.all(name)

    def word(self, *names: str) -> str:
        """The text of the first element along these names; empty where there is none."""
        found = self.first(*names)
        return found.text.strip() if found else ""


def read(data: bytes) -> Element:
    """The document. Raises `NotXml`, `TooManyElements`."""
    top = Element("")
    open_now, made_so_far = [top], count(1)

    def start(name: str, _attributes: object) -> None:
        if len(open_now) > _DEEPEST:
            raise NotXml
        if next(made_so_far) > MOST_ELEMENTS:
            raise TooManyElements
        made = Element(name.rpartition(" ")[2])
        open_now[-1].inside.append(made)
        open_now.append(made)

    def text(words: str) -> None:
        open_now[-1].text += words

    def refuse(*_declared: object) -> None:
        raise NotXml

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_now.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except NotXml:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # The last two for an encoding that Python lacks.
        raise NotXml from error
    return top

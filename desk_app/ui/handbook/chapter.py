"""What the handbook is made of: chapters of sections of paragraphs, in English msgids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Named = Mapping[str, str]
"""Placeholder of a sentence -> the msgid of what stands on the screen, `As` words, a key or a chapter."""


class Form(StrEnum):
    """How a paragraph stands on the page."""

    PLAIN = "plain"
    STEP = "step"
    NOTE = "note"
    PAIR = "pair"
    KEPT = "kept"
    LIMIT = "limit"


class As(str):
    """Words that stand as they are in every language."""

    __slots__ = ()


class To(str):
    """A place of the handbook: a chapter's key, or `chapter#section`. Its title is shown and leads there."""

    __slots__ = ()

    @property
    def chapter(self) -> str:
        """The chapter's key."""
        return self.partition("#")[0]

    @property
    def section(self) -> str:
        """The section's key; empty for the beginning."""
        return self.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or two whole sentences. A pair has what it explains before it: `term`. What is not `As` is translated."""

    words: str
    form: Form = Form.PLAIN
    named: Named = field(default_factory=dict)
    term: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs under a title; the first one of a chapter may have none. The key is unique in its chapter."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told about one page or one task."""

    key: str
    title: str
    sections: tuple[Section, ...]
    see: tuple[To, ...] = ()
    """Where to read on."""


def say(words: str, **named: str) -> Paragraph:
    """A sentence."""
    return Paragraph(words, named=named)


def step(words: str, **named: str) -> Paragraph:
    """One of numbered steps."""
    return Paragraph(words, Form.STEP, named)


def note(words: str, **named: str) -> Paragraph:
    """What is good to know beside."""
    return Paragraph(words, Form.NOTE, named)


def pair(term: str, words: str, **named: str) -> Paragraph:
    """A word or a key, and what it means."""
    return Paragraph(words, Form.PAIR, named, term)


def section(key: str, title: str, *paragraphs: Paragraph) -> Section:
    """Paragraphs under a title."""
    return Section(key, title, paragraphs)


def chapter(key: str, title: str, *parts: Paragraph | Section, see: tuple[str, ...] = ()) -> Chapter:
    """A chapter: first its own paragraphs, then its sections."""
    own = tuple(part for part in parts if isinstance(part, Paragraph))
    sections = tuple(part for part in parts if isinstance(part, Section))
    first = (Section("", "", own),) if own else ()
    return Chapter(key, title, (*first, *sections), tuple(To(place) for place in see))


def promise(key: str, event: str, kept: str, limit: str) -> Section:
    """What may happen, what holds then, and what nobody can promise."""
    return Section(key, event, (Paragraph(kept, Form.KEPT), Paragraph(limit, Form.LIMIT)))

"""Trouble: what a person at the desk can act on. Carries facts, never sentences.

`desk_app.i18n.messages` turns each class into a sentence and a next step in her language. Everything that is not
a `Trouble` is a bug of ours and is kept, without personal data, in the log.
"""

from dataclasses import dataclass


class Trouble(Exception):
    """The root of everything a person can act on."""


@dataclass(eq=False)
class GlyphMissing(Trouble):
    """The printed font lacks signs of the program's own words: a template or a catalogue needs mending."""

    characters: tuple[str, ...]


@dataclass(eq=False)
class LetterTemplateBroken(Trouble):
    """The wording of a letter cannot be used; `place` is the part of the template, `problem` a code:

    unreadable (not TOML), too_large, missing (a part is not there), unknown (a part or a placeholder that does not
    exist), syntax (braces that do not close), forbidden (more than placeholders and conditions).
    """

    language: str
    place: str
    problem: str

"""Trouble: what a person at the desk can act on. Carries facts, never sentences.

`desk_app.i18n.messages` turns each class into a sentence and a next step in her language. Everything that is not
a `Trouble` is a bug of ours and is kept, without personal data, in the log.
"""

from dataclasses import dataclass


class Trouble(Exception):
    """The root of everything a person can act on."""

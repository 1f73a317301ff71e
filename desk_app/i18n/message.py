"""What is said about an error."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence that says what happened and what is safe, one that says what to do."""

    sentence: str
    next_step: str

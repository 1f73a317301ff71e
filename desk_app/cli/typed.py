"""What is typed behind an option, as argparse asks for it: each raises what argparse says as wrong usage."""

import argparse
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """A whole number within these bounds."""
    allowed = f"N >= {least}" if most is None else f"{least} to {most}"

    def typed(said: str) -> int:
        try:
            found = int(said)
        except ValueError as error:
            raise argparse.ArgumentTypeError(allowed) from error
        if found < least or (most is not None and found > most):
            raise argparse.ArgumentTypeError(allowed)
        return found

    return typed


def day(said: str) -> date:
    """A day as 2026-01-01, and in no other of the forms that ISO allows."""
    if len(said) != len("2026-01-01"):
        raise argparse.ArgumentTypeError(said)
    return date.fromisoformat(said)


def file(endings: Collection[str]) -> Callable[[str], Path]:
    """A file whose name has one of these endings."""

    def typed(said: str) -> Path:
        path = Path(said)
        if path.suffix.lower() not in endings:
            raise argparse.ArgumentTypeError(said)
        return path

    return typed

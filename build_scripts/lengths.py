"""Keeps the code readable in one look: how long modules and functions may be."""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("desk_app", "build_scripts", "tests")
LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
MOST_FUNCTIONS = 30
"""Nine functions in ten are shorter than this."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A module or a function and its length in lines, docstring and all."""

    where: str
    lines: int


def modules(root: Path, folders: Iterable[str] = FOLDERS) -> list[Path]:
    """Every Python file of the project."""
    return sorted(file for folder in folders for file in (root / folder).rglob("*.py"))


def functions(source: str, where: str) -> Iterator[Piece]:
    """The functions and methods of a module, inner ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Piece(f"{where}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)


def breaches(root: Path) -> list[str]:
    """One sentence for each thing that grew too long."""
    found = []
    lengths = []
    for file in modules(root):
        where = file.relative_to(root).as_posix()
        source = file.read_text(encoding="utf-8")
        lines = source.count("\n")
        if lines > LONGEST_MODULE:
            found.append(f"{where} has {lines} lines, more than {LONGEST_MODULE}: split it by subject.")
        for piece in functions(source, where):
            lengths.append(piece.lines)
            if piece.lines > LONGEST_FUNCTION:
                found.append(f"{piece.where} has {piece.lines} lines, more than {LONGEST_FUNCTION}.")
    usual = sorted(lengths)[len(lengths) * 9 // 10] if lengths else 0
    if usual >= MOST_FUNCTIONS:
        found.append(f"One function in ten has {usual} lines or more; nine in ten should be under {MOST_FUNCTIONS}.")
    return found


if __name__ == "__main__":
    sentences = breaches(ROOT)
    print("\n".join(sentences) or "Every module and function is short enough.")
    sys.exit(1 if sentences else 0)

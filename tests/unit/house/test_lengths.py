"""Modules and functions stay short, and the guard sees one that does not."""

from pathlib import Path

import lengths

ROOT = Path(__file__).resolve().parents[3]


def planted(root: Path, source: str) -> list[str]:
    (root / "desk_app").mkdir()
    (root / "desk_app" / "planted.py").write_text(source, encoding="utf-8")
    return lengths.breaches(root)


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def test_the_project_keeps_its_lengths() -> None:
    assert lengths.breaches(ROOT) == []


def test_a_long_module_is_seen(tmp_path: Path) -> None:
    assert planted(tmp_path, "X = 1\n" * 501) == [
        "desk_app/planted.py has 501 lines, more than 500: split it by subject."
    ]


def test_a_long_method_is_seen(tmp_path: Path) -> None:
    short = "".join(function(f"short_{n}", 5) for n in range(20))
    assert planted(tmp_path, short + function("long", 61)) == [
        "desk_app/planted.py:101 long has 61 lines, more than 60."
    ]


def test_a_habit_of_long_functions_is_seen(tmp_path: Path) -> None:
    (sentence,) = planted(tmp_path, "".join(function(f"f{n}", 30) for n in range(4)) + function("g", 2))
    assert sentence.startswith("One function in ten has 30 lines or more")


def test_short_code_passes(tmp_path: Path) -> None:
    assert planted(tmp_path, function("f", 29)) == []

"""The house stands as pyproject.toml draws it, and a breach is seen."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desk_app"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the import checker on the package found in the folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to be spoiled."""
    shutil.copytree(PACKAGE, tmp_path / "desk_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_contracts() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/planted.py", "import PySide6.QtCore", "Qt only in ui"),
        ("cli/planted.py", "from PySide6 import QtWidgets", "Qt only in ui"),
        ("usecases/planted.py", "import sqlite3", "SQL only in storage"),
        ("ui/planted.py", "import sqlcipher3", "SQL only in storage"),
        ("ui/planted.py", "from reportlab import platypus", "Paper and tables only in documents"),
        ("sync/planted.py", "import pyrage", "Sealing, signing and keys only in crypto"),
        ("storage/planted.py", "import desk_app.usecases", "Each layer knows only those below it"),
        ("sync/planted.py", "import desk_app.storage", "Each layer knows only those below it"),
        ("cli/planted.py", "import desk_app.ui", "Each layer knows only those below it"),
        ("homeless.py", "import json", "Each layer knows only those below it"),
    ],
)
def test_a_planted_breach_is_seen(house: Path, module: str, line: str, contract: str) -> None:
    (house / "desk_app" / module).write_text(line + "\n", encoding="utf-8")
    answer = lint_imports(house)
    assert answer.returncode == 1
    broken = [said for said in answer.stdout.splitlines() if said.endswith("BROKEN")]
    assert [said for said in broken if said.startswith(contract)], answer.stdout + answer.stderr


def test_a_circle_between_neighbours_is_seen(house: Path) -> None:
    sync = house / "desk_app" / "sync"
    (sync / "chicken.py").write_text("import desk_app.sync.egg\n", encoding="utf-8")
    (sync / "egg.py").write_text("import desk_app.sync.chicken\n", encoding="utf-8")
    answer = lint_imports(house)
    assert answer.returncode == 1
    assert "No two neighbours in a package know each other BROKEN" in answer.stdout


def imported(file: Path) -> set[str]:
    """The top-level names a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports by dots"
            names.add((node.module or "").partition(".")[0])
    return names


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    """Only the names' similarity may use rapidfuzz; only the change, its fold and plain bodies msgspec: hot paths."""
    outsiders = {}
    for file in (PACKAGE / "domain").rglob("*.py"):
        place = file.relative_to(PACKAGE / "domain").as_posix()
        allowed = {"rapidfuzz"} if place.startswith("names/") else set()
        allowed |= {"msgspec"} if place in ("change.py", "field_versions.py", "plain_bodies.py") else set()
        foreign = imported(file) - sys.stdlib_module_names - {"desk_app"} - allowed
        if foreign:
            outsiders[file.relative_to(ROOT).as_posix()] = foreign
    assert outsiders == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "common", "helpers", "helper", "manager", "base", "misc", "tools"}
    files = [file for folder in ("desk_app", "build_scripts", "tests") for file in (ROOT / folder).rglob("*.py")]
    assert [file for file in files if file.stem in empty or file.parent.name in empty] == []

"""The net under every test holds: what should fail a test does fail it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

LOGS_A_WARNING = """
import logging
def test_it():
    logging.getLogger("desk_app.sync").warning("bundle_refused")
"""
EXPECTS_IT = """
import logging, pytest
@pytest.mark.expects_log("bundle_refused")
def test_it():
    logging.getLogger("desk_app.sync").warning("bundle_refused")
"""
EXPECTS_IN_VAIN = """
import pytest
@pytest.mark.expects_log("bundle_refused")
def test_it():
    pass
"""
WARNS = """
import warnings
def test_it():
    warnings.warn("old way", DeprecationWarning)
"""
QT_WARNS = """
from PySide6.QtCore import qWarning
def test_it():
    qWarning("QObject::connect: no such signal")
"""
QT_SAYS_THE_HARMLESS = """
from PySide6.QtCore import qWarning
def test_it():
    qWarning("This plugin does not support propagateSizeHints()")
"""
SEES_NO_PASSPHRASE = """
import os
def test_it():
    assert "DESK_APP_PASSPHRASE" not in os.environ
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
"""


PLANTED = {
    "logs": (LOGS_A_WARNING, ("PASSED", "ERROR"), "without being expected: WARNING desk_app.sync: bundle_refused"),
    "expects": (EXPECTS_IT, ("PASSED",), ""),
    "vain": (EXPECTS_IN_VAIN, ("PASSED", "ERROR"), "never came: ['bundle_refused']"),
    "warns": (WARNS, ("FAILED",), "DeprecationWarning: old way"),
    "qt": (QT_WARNS, ("FAILED",), "no such signal"),
    "harmless": (QT_SAYS_THE_HARMLESS, ("PASSED",), ""),
    "environment": (SEES_NO_PASSPHRASE, ("PASSED",), ""),
}


def test_the_net_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests").mkdir()
    for name, (source, _, _) in PLANTED.items():
        (tmp_path / "tests" / f"test_{name}.py").write_text(source, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setenv("DESK_APP_PASSPHRASE", "roh demonstration only")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = answer.stdout.splitlines()
    outcomes = {
        name: tuple(line.split()[0] for line in lines if f" tests/test_{name}.py::test_it" in line) for name in PLANTED
    }
    assert outcomes == {name: expected for name, (_, expected, _) in PLANTED.items()}, answer.stdout
    for _, _, words in PLANTED.values():
        assert words in answer.stdout

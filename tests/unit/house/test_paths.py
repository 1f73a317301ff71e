"""Files are found from source and frozen."""

import sys
from pathlib import Path

import pytest

from desk_app import paths

ROOT = Path(__file__).resolve().parents[3]


def test_from_source_the_project_folder_is_used() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.translations() == ROOT / "translations"
    assert paths.resources().is_dir()


def test_frozen_the_unpacked_bundle_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.translations() == tmp_path / "translations"


def test_a_persons_data_lies_in_her_home_and_is_not_made_by_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    for folder in (paths.default_vault(), paths.log_folder()):
        assert folder.is_relative_to(tmp_path)
        assert "roh" in folder.parts
        assert not folder.exists()

"""A scan through the command line: added, listed without its key, copied out, carried within a budget."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.conftest import Typed
from tests.fakes import PASSPHRASE, make_client, make_vault


def test_a_scan_is_attached_listed_and_copied_out(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    vault = make_vault(tmp_path)
    client, folder = make_client(vault), vault.folder
    vault.close()
    scan, copy = tmp_path / "scan.png", tmp_path / "copy.jpg"
    Image.new("RGB", (80, 60), "red").save(scan)

    added = typed("--vault", folder, "attach", client, scan, "--title", "Шаҳодатнома", "--dated", "2026-03", "--json")
    assert added.code == 0
    record = added.json["id"]
    listed = typed("--vault", folder, "list", "attachment", "--json")
    assert [one["title"] for one in listed.json["records"]] == ["Шаҳодатнома"]
    assert "key" not in listed.json["records"][0]
    assert typed("--vault", folder, "save-attachment", record, copy).code == 0
    assert Image.open(io.BytesIO(copy.read_bytes())).format == "JPEG"
    again = typed("--vault", folder, "save-attachment", record, copy)
    assert again.code == 1
    assert typed("--vault", folder, "save-attachment", client, tmp_path / "other.jpg").code == 1
    (tmp_path / "letter.txt").write_text("Dear colleague")
    refused = typed("--vault", folder, "attach", client, tmp_path / "letter.txt", "--title", "x")
    assert refused.code == 1
    assert "no picture or PDF" in refused.err
    assert typed("--vault", folder, "export", "--to", "coordinator", "--output", tmp_path, "--files", "201").code == 2

"""Ways of sending through the command line: set up, tried, sent by, fetched from, on a real server over TLS."""

import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.sync.carriers import sticks
from desk_app.sync.carriers.sticks import Stick
from tests import servers
from tests.end_to_end.conftest import Typed
from tests.fakes import PASSPHRASE, acquaint, make_client, make_vault


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The folders of a desk with a client and of its coordinator, who know each other."""
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    desk, coordinator = make_vault(tmp_path), make_vault(tmp_path, "coordinator")
    acquaint(desk, coordinator, tmp_path)
    make_client(desk)
    for vault in (desk, coordinator):
        vault.close()
    return desk.folder, coordinator.folder


def test_a_bundle_goes_over_a_server_that_was_set_up(
    typed: Typed, both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    by = servers.authority(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(by.root))
    desk, coordinator = both
    with servers.webdav(tmp_path / "dav", by) as dav:
        for vault in both:
            monkeypatch.setenv("DESK_APP_CARRIER_PASSWORD", "wrong")
            told = ("kind=webdav", f"url={dav.url}", f"user={servers.USER}")
            assert typed("--vault", vault, "carrier", "add", "cloud", *told).code == 0
        refused = typed("--vault", desk, "send", "--to", "coordinator", "--by", "cloud", "--json")
        assert refused.code == 1
        assert [one["trouble"] for one in refused.json["outbox"]] == ["LoginRefused"]
        monkeypatch.setenv("DESK_APP_CARRIER_PASSWORD", servers.PASSWORD)
        for vault in both:
            assert typed("--vault", vault, "carrier", "change", "cloud").code == 0
            assert "It works." in typed("--vault", vault, "carrier", "try", "cloud").out
        sent = typed("--vault", desk, "send", "--json")
        assert sent.code == 0
        status = typed("--vault", desk, "carriers", "--json")
        assert [(one["to"], one["number"], one["trouble"]) for one in status.json["outbox"]] == [
            ("coordinator", 1, None)
        ]
        assert status.json["outbox"][0]["sent"] > 0
        assert servers.PASSWORD not in status.out

        looked = typed("--vault", coordinator, "fetch", "--preview", "--json")
        assert [one["outcome"] for one in looked.json["files"]] == ["merged"]
        taken = typed("--vault", coordinator, "fetch", "--by", "cloud", "--json")
        assert [(one["outcome"], one["sender"]) for one in taken.json["files"]] == [("merged", "khorugh")]
        assert taken.code == 0
        assert "Nothing new has come." in typed("--vault", coordinator, "fetch").out
    gone = typed("--vault", coordinator, "fetch")
    assert gone.code == 1
    assert "does not answer" in gone.out
    assert typed("--vault", desk, "carrier", "remove", "cloud").code == 0
    assert typed("--vault", desk, "carriers", "--json").json["carriers"] == []


def test_a_stick_is_named_or_the_only_one(
    typed: Typed, both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    desk, coordinator = both
    monkeypatch.setattr(sticks, "sticks", lambda _machine=None: [])
    monkeypatch.setattr(sticks, "unopened", lambda _machine=None: [])
    none = typed("--vault", desk, "send", "--to", "coordinator", "--by", "stick")
    assert none.code == 1
    assert "No stick is there." in none.err
    (tmp_path / "stick").mkdir()
    there = Stick("KINGSTON", tmp_path / "stick", "vfat", 10**10, False)
    monkeypatch.setattr(sticks, "sticks", lambda _machine=None: [there])
    assert "“KINGSTON”: 9 GB free" in typed("--vault", desk, "carriers").out.replace("\u00a0", " ")
    sent = typed("--vault", desk, "send", "--to", "coordinator", "--by", "stick:KINGSTON", "--json")
    assert sent.code == 0
    assert Path(sent.json["file"]).parent == tmp_path / "stick"
    fetched = typed("--vault", coordinator, "fetch", "--by", "stick", "--json")
    assert [one["outcome"] for one in fetched.json["files"]] == ["merged"]


def test_what_was_mistyped_is_said(typed: Typed, both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DESK_APP_CARRIER_PASSWORD", "x")
    desk, _ = both
    kinds = typed("--vault", desk, "carrier", "add", "cloud", "--json")
    assert kinds.code == 1
    assert kinds.json["kinds"]["webdav"] == ["url", "user"]
    for url in ((), ("url=http://cloud.example",)):
        wrong = typed("--vault", desk, "carrier", "add", "cloud", "kind=webdav", *url, "user=x")
        assert wrong.code == 1
        assert "Address of the folder" in wrong.err
    assert "“cloud”" in typed("--vault", desk, "carrier", "try", "cloud").err
    assert typed("--vault", desk, "send", "--to", "coordinator").code == 2
    assert "“nowhere”" in typed("--vault", desk, "send", "--to", "coordinator", "--by", "nowhere").err


def test_nothing_of_the_network_is_loaded_before_it_is_needed() -> None:
    heavy = "{'paramiko', 'urllib3', 'truststore', 'smtplib', 'imaplib'}"
    asked = f"import sys, desk_app.ui.pages.exchange, desk_app.cli.program; print({heavy} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_who_sends_by_one_way_asks_no_other_again(
    typed: Typed, both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_APP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DESK_APP_CARRIER_PASSWORD", "secret")
    desk, _coordinator = both
    away = f"url=https://localhost:{servers.free_port()}/"
    typed("--vault", desk, "carrier", "add", "away", "kind=webdav", away, "user=desk")
    typed("--vault", desk, "carrier", "add", "shared", "kind=folder", f"path={tmp_path}")
    (waits,) = typed("--vault", desk, "send", "--to", "coordinator", "--by", "away", "--json").json["outbox"]
    told = typed("--vault", desk, "send", "--to", "coordinator", "--by", "shared", "--json")
    assert told.code == 1
    assert [(one["by"], one["next_try"], one["sent"] is None) for one in told.json["outbox"]] == [
        ("away", waits["next_try"], True),
        ("shared", None, False),
    ]

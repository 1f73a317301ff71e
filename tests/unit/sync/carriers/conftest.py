"""Servers that every test of the ways shares, and the authority whose certificates they have."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.crypto.login_key import new_login_key, public_line
from tests import servers
from tests.fakes import seeded


@pytest.fixture(scope="session")
def by(tmp_path_factory: pytest.TempPathFactory) -> servers.Authority:
    """The authority."""
    return servers.authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def trusting(by: servers.Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts the authority, as it would one that its system came with."""
    monkeypatch.setenv("SSL_CERT_FILE", str(by.root))


@pytest.fixture(scope="session")
def dav(by: servers.Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Dav]:
    """A WebDAV server."""
    with servers.webdav(tmp_path_factory.mktemp("dav") / "files", by) as running:
        yield running


@pytest.fixture(scope="session")
def login_key() -> str:
    """The program's own key for signing in."""
    return new_login_key(seeded("login"))


@pytest.fixture(scope="session")
def ssh(login_key: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Ssh]:
    """An OpenSSH server."""
    with servers.sftp(tmp_path_factory.mktemp("ssh"), public_line(login_key)) as running:
        yield running


@pytest.fixture(scope="session")
def signing_s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 store that verifies signatures."""
    with servers.signing_s3(tmp_path_factory.mktemp("s3") / "data") as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def conditional_s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 store that knows conditions."""
    with servers.conditional_s3(tmp_path_factory.mktemp("s3") / "data") as endpoint:
        yield endpoint


@pytest.fixture
def stranger(tmp_path: Path) -> servers.Authority:
    """An authority that this computer does not trust."""
    return servers.authority(tmp_path / "stranger")


@pytest.fixture
def fresh(request: pytest.FixtureRequest) -> str:
    """A name for this test's own folder in a store that tests share."""
    return "".join(sign if sign.isalnum() else "-" for sign in request.node.name)

"""Real servers on this computer alone, with certificates of an authority that lives as long as the test.

Each is a package that others use in earnest; none of them knows anything of the program. `cut_after` and `slow_after`
stand between the program and any of them: one breaks the connection after so many bytes, the other lets them trickle.
"""

import getpass
import logging
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme

HERE = "localhost"
USER, PASSWORD = "desk", "ҷойи нигоҳдорӣ 7:"
PLAIN_PASSWORD = "place of keeping 7:"
"""For servers that know no letters but Latin ones."""

_PATIENCE = 20.0


@dataclass(frozen=True)
class Authority:
    """Certificates for `localhost`, and the file that makes them trusted."""

    root: Path
    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """What a server speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def authority(folder: Path, name: str = HERE) -> Authority:
    """An authority that nobody trusts yet."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Authority(folder / "root.pem", folder / "server.pem", folder / "server.key")
    root = trustme.CA(key_type=trustme.KeyType.ECDSA)
    issued = root.issue_cert(name, key_type=trustme.KeyType.ECDSA)
    root.cert_pem.write_to_path(made.root)
    made.certificate.write_bytes(b"".join(one.bytes() for one in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(made.key)
    return made


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Dav:
    """A WebDAV server on a folder. `answer` is what it says to every PUT, if anything; `seen` is what it was asked."""

    url: str
    folder: Path
    port: int
    answer: str = ""
    seen: list[str] = field(default_factory=list)


@contextmanager
def webdav(folder: Path, by: Authority) -> Iterator[Dav]:
    """WsgiDAV on cheroot, over TLS, with a password."""
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server
    from wsgidav.fs_dav_provider import FilesystemProvider
    from wsgidav.wsgidav_app import WsgiDAVApp

    folder.mkdir(exist_ok=True)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/dav": FilesystemProvider(str(folder))},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_digest": False, "default_to_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    told = Dav("", folder, 0)

    def watched(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        told.seen.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        if told.answer and environ["REQUEST_METHOD"] == "PUT":
            # A connection closed over unread bytes is reset, and the answer with it: servers read what they refuse.
            environ["wsgi.input"].read()
            start_response(told.answer, [("Content-Length", "0")])
            return []
        return app(environ, start_response)

    server = Server(("127.0.0.1", 0), watched, numthreads=2)
    server.ssl_adapter = BuiltinSSLAdapter(str(by.certificate), str(by.key))
    server.error_log = lambda *_words, **_facts: None
    server.prepare()
    serving = threading.Thread(target=server.serve, daemon=True)
    serving.start()
    told.port = server.bind_addr[1]
    told.url = f"https://{HERE}:{told.port}/dav"
    try:
        yield told
    finally:
        server.stop()
        serving.join()


@dataclass
class Ssh:
    """An OpenSSH server of the current user. `fingerprint` as its own tools print it."""

    port: int
    user: str
    fingerprint: str


@contextmanager
def sftp(folder: Path, authorised: str, speaks: str = "/usr/lib/openssh/sftp-server") -> Iterator[Ssh]:
    """OpenSSH's sshd, for the current user, letting in whoever holds one key; `speaks` is the program for files."""
    folder.mkdir(parents=True, exist_ok=True)
    host_key, users = folder / "host", folder / "authorised"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(host_key)], check=True)
    shown = subprocess.run(["ssh-keygen", "-l", "-f", str(host_key)], check=True, capture_output=True, text=True)
    users.write_text(authorised + "\n")
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {host_key}\nAuthorizedKeysFile {users}\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication yes\n"
        f"Subsystem sftp {speaks}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    with _running([program, "-D", "-e", "-f", str(config)], port):
        yield Ssh(port, getpass.getuser(), shown.stdout.split()[1])


@contextmanager
def signing_s3(folder: Path) -> Iterator[str]:
    """An S3 store that verifies signatures; the bucket is `exchange`. Its endpoint."""
    (folder / "exchange").mkdir(parents=True)
    port = free_port()
    keys = {"NANIO_ACCESS_KEY": USER, "NANIO_SECRET_KEY": PLAIN_PASSWORD}
    where = ["--host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder)]
    with _running([sys.executable, "-m", "nanio", "serve", *where], port, keys):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def conditional_s3(folder: Path) -> Iterator[str]:
    """An S3 store that knows `If-None-Match` and looks at no signature. Its endpoint."""
    (folder / "exchange").mkdir(parents=True)
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port)]
    with _running([sys.executable, "-m", "localbucket", *where, str(folder)], port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def imap(by: Authority) -> Iterator[int]:
    """An IMAP server with one empty inbox, over STARTTLS. Its port."""
    port = free_port()
    tls = ["--cert", str(by.certificate), "--key", str(by.key)]
    user = ["--demo-user", USER, "--demo-password", PLAIN_PASSWORD]
    program = [sys.executable, "-c", "from pymap.main import main; main()"]
    command = [*program, "--host", "127.0.0.1", "--port", str(port), "--no-service", "admin"]
    with _running([*command, *tls, "dict", "--demo-data", *user], port):
        yield port


@dataclass
class Post:
    """An SMTP server and the messages it took. `refuses` are addresses it does not deliver to."""

    port: int
    messages: list[bytes] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    answer: str = "250 OK"


@contextmanager
def smtp(by: Authority, *, size: int = 10_000_000, at_once: bool = False) -> Iterator[Post]:
    """aiosmtpd with a password, over STARTTLS or TLS `at_once`."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword

    post = Post(free_port())

    class Handler:
        async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
            if address in post.refuses:
                return "550 no such user"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
            if address in post.refuses:
                return "553 not your address"
            envelope.mail_from = address
            envelope.mail_options.extend(options)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            if post.answer.startswith("250"):
                post.messages.append(envelope.content)
            return post.answer

    def knows(server: Any, session: Any, envelope: Any, mechanism: str, said: Any) -> Any:
        good = isinstance(said, LoginPassword) and said == LoginPassword(USER.encode(), PLAIN_PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    tls: dict[str, Any] = {"ssl_context": by.context()} if at_once else {"tls_context": by.context()}
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # It warns of its own past.
    server = Controller(
        Handler(),
        hostname="127.0.0.1",
        port=post.port,
        authenticator=knows,
        auth_required=not at_once,
        auth_require_tls=not at_once,
        require_starttls=not at_once,
        data_size_limit=size,
        server_hostname=HERE,
        **tls,
    )
    server.start()
    try:
        yield post
    finally:
        server.stop()


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A port at which everybody hears the same, whatever he asks, and is hung up on."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                here, _ = listening.accept()
                with here:
                    here.recv(65_536)
                    here.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


@contextmanager
def cut_after(port: int, sent: int) -> Iterator[int]:
    """A port that passes everything on to another one, and breaks off after the program sent so many bytes."""
    with _between(port, lambda here, there: (_pass_on(there, here, None), _pass_on(here, there, sent))) as made:
        yield made


@contextmanager
def slow_after(port: int, received: int, each: Callable[[], object]) -> Iterator[int]:
    """A port that passes everything on to another one, and once the program got so many bytes lets the rest come byte
    by byte, with `each` called before."""
    with _between(
        port, lambda here, there: (_trickle(there, here, received, each), _pass_on(here, there, None))
    ) as made:
        yield made


Passing = Callable[[], None]


@contextmanager
def _between(port: int, ways: Callable[[socket.socket, socket.socket], tuple[Passing, Passing]]) -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    with ExitStack() as open_now:
        open_now.callback(listening.close)

        def serve() -> None:
            while True:
                try:
                    here, _ = listening.accept()
                except OSError:
                    return
                there = socket.create_connection(("127.0.0.1", port))
                open_now.callback(_end, here, there)
                for passing in ways(here, there):
                    threading.Thread(target=passing, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield int(listening.getsockname()[1])
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _trickle(source: socket.socket, target: socket.socket, freely: int, each: Callable[[], object]) -> Passing:
    def passing() -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(65_536 if passed < freely else 1):
                if passed >= freely:
                    each()
                    time.sleep(0.01)
                target.sendall(data)
                passed += len(data)
        _end(source, target)

    return passing


def _pass_on(source: socket.socket, target: socket.socket, most: int | None) -> Passing:
    def passing() -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data if most is None else data[: max(0, most - passed)])
                passed += len(data)
                if most is not None and passed >= most:
                    break
        _end(source, target)

    return passing


def _end(*both: socket.socket) -> None:
    for one in both:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def _running(command: list[str], port: int, variables: dict[str, str] | None = None) -> Iterator[None]:
    """A server in a process of its own, until it answers at its port, and to its end."""
    environment = {**os.environ, **(variables or {})}
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait_for(process, port)
        yield
    finally:
        process.terminate()
        process.communicate()


def _wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                assert process.stderr is not None
                process.kill()
                raise AssertionError(f"no server: {process.communicate()[1].decode(errors='replace')}") from None
            time.sleep(0.02)

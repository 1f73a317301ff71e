"""The Debian packages the program and its tests stand on, and how the missing ones get in."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

QT_LIBRARIES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
PRINTING = ("libcups2",)
NETWORK = ("ca-certificates",)
TEST_TOOLS = ("age", "dbus-daemon", "openssh-server", "poppler-utils", "sqlcipher", "strace", "xauth", "xvfb")
PYTHON_VENV = "python3-venv"

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def captured(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Runs a command with nothing on standard input and keeps what it prints."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def wanted() -> list[str]:
    """Every package this machine needs; python3-venv only where Python came without ensurepip."""
    names = [*NETWORK, *QT_LIBRARIES, *PRINTING, *TEST_TOOLS]
    if importlib.util.find_spec("ensurepip") is None:
        names.append(PYTHON_VENV)
    return names


def missing(names: Sequence[str], run: Run = captured) -> list[str]:
    """Which of the packages dpkg does not have installed.

    Newer Debian and Ubuntu releases carry some libraries under a name ending in t64; those count.
    """
    asked = [name + suffix for name in names for suffix in ("", "t64")]
    answer = run(["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *asked])
    installed = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if not installed & {name, name + "t64"}]


def as_root(run: Run = captured) -> list[str] | None:
    """What to put before a command so that it runs with the rights apt needs; None when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    return ["sudo", "-n"] if run(["sudo", "-n", "true"]).returncode == 0 else None


def install(names: Sequence[str], run: Run = captured) -> str | None:
    """Installs packages by apt. Returns None when they are in, otherwise a sentence saying what to do."""
    by_hand = f"Please install these system packages, then start again: {' '.join(names)}"
    prefix = as_root(run)
    if prefix is None or shutil.which("apt-get") is None:
        return by_hand
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    # A third-party list that cannot be read does not stop Debian's own packages, so only the install counts.
    run([*apt, "update"])
    answer = run([*apt, "install", "--yes", "--no-install-recommends", *names])
    if answer.returncode == 0:
        return None
    return f"{(answer.stderr or answer.stdout).strip()}\n{by_hand}"


def ensure(say: Callable[[str], None], run: Run = captured) -> None:
    """Brings in what is missing where dpkg rules; elsewhere the libraries are the machine's own matter."""
    if shutil.which("dpkg-query") is None:
        return
    lacking = missing(wanted(), run)
    if not lacking:
        return
    say(f"Installing {len(lacking)} system packages (a minute or two) ...")
    trouble = install(lacking, run)
    if trouble is None:
        return
    if PYTHON_VENV in lacking:
        raise SystemExit(trouble)
    say(trouble)

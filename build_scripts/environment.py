"""The locked Python environment in .venv: made once, checked by a stamp, the same on every machine."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build_scripts"
VENV = ROOT / ".venv"
RUNTIME_LOCK = LOCKS / "requirements.txt"
DEVELOPMENT_LOCK = LOCKS / "requirements-dev.txt"
UV_LOCK = LOCKS / "requirements-uv.txt"
STAMP = VENV / "set-up.stamp"
WINDOWS = sys.platform == "win32"

Say = Callable[[str], None]


def say(line: str) -> None:
    """One plain line about a step that takes a while."""
    print(line, flush=True)


def program(name: str, folder: Path = VENV) -> Path:
    """Where an environment keeps a program."""
    return folder / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))


def uv() -> Path:
    """The installer, in a corner of .venv that synchronising leaves alone."""
    return VENV / "tools" / "bin" / ("uv.exe" if WINDOWS else "uv")


def child_environment() -> dict[str, str]:
    """The variables a child gets: no other virtual environment, no downloaded Python, this machine's certificates."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    rules = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**kept, **rules}


def fingerprint(locks: Sequence[Path], python: str, root: Path) -> str:
    """What the environment was made from: the locks' bytes, the interpreter, and where the project lies."""
    digest = hashlib.sha256()
    for lock in locks:
        digest.update(lock.read_bytes() + b"\0")
    digest.update(f"{python}\0{root}".encode())
    return digest.hexdigest()


def current_fingerprint() -> str:
    """The fingerprint a fresh set-up would leave behind now."""
    locks = [DEVELOPMENT_LOCK, UV_LOCK, Path(__file__).resolve()]
    return fingerprint(locks, sys.version, ROOT)


def is_current(stamp: Path, expected: str) -> bool:
    """Whether the last set-up ended well and nothing it was made from has changed."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == expected


def pinned_uv(lock: Path) -> str:
    """The one version of uv the lock allows."""
    found = re.search(r"^uv==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{lock.name} does not pin uv. Run dev.py lock.")
    return found.group(1)


def call(*command: str | Path) -> None:
    """Runs one step of the set-up; when it fails, ends with what it printed."""
    answer = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise SystemExit(
            f"{answer.stdout}{answer.stderr}\nSetting up stopped at this step. If it was the network, start again."
        )


def asked(*command: str | Path) -> str:
    """What a small question to another program answers; empty when it cannot be asked."""
    try:
        answer = system_packages.captured([str(part) for part in command])
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def make_venv() -> None:
    """A .venv of this very interpreter with pip in it, kept when it already is one."""
    python = program("python")
    if asked(python, "-c", "import pip, sys; print(sys.version)") == sys.version.strip():
        return
    say(f"Making the Python environment in {VENV.name} ...")
    call(sys.executable, "-m", "venv", "--clear", VENV)


def install_uv() -> None:
    """uv itself, by pip, hash-checked."""
    if asked(uv(), "--version").split()[1:2] == [pinned_uv(UV_LOCK)]:
        return
    say("Installing uv ...")
    tools = uv().parent.parent
    pip = (program("python"), "-m", "pip", "install", "--quiet", "--no-user", "--upgrade")
    call(*pip, "--target", tools, "--no-deps", "--require-hashes", "-r", UV_LOCK)


def install_locked() -> None:
    """Exactly the packages of the lock, compiled so that every later start is quick."""
    say("Installing the locked packages (about 120 MB the first time) ...")
    sync = (uv(), "pip", "sync", "--quiet", "--python", program("python"))
    call(*sync, "--require-hashes", "--compile-bytecode", DEVELOPMENT_LOCK)


def install_project() -> None:
    """Makes the project importable and gives it its command, with no build step in between."""
    packages = asked(program("python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    (Path(packages) / "desk_app.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    python = program("python")
    command = python.with_name("desk-app.cmd" if WINDOWS else "desk-app")
    words = f'@"{python}" -m desk_app %*\n' if WINDOWS else f'#!/bin/sh\nexec "{python}" -m desk_app "$@"\n'
    command.write_text(words, encoding="utf-8")
    command.chmod(0o755)


def compile_catalogues() -> None:
    """Compiles the catalogues when one was written after it was last compiled."""
    script = ROOT / "build_scripts" / "catalogues.py"
    if not script.is_file():
        return
    for source in (ROOT / "translations").rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
            call(program("python"), script, "compile")
            return


def set_up() -> None:
    """Everything between a bare machine and a working program; next to nothing when it is already there."""
    system_packages.ensure(say)
    expected = current_fingerprint()
    if not is_current(STAMP, expected):
        make_venv()
        STAMP.unlink(missing_ok=True)
        install_uv()
        install_locked()
        install_project()
        STAMP.write_text(expected + "\n", encoding="utf-8")
    compile_catalogues()


def lock() -> None:
    """Re-makes the three locks: versions and hashes for every platform, no index address."""
    options = ["--quiet", "--upgrade", "--universal", "--generate-hashes", "--python-version", "3.11"]
    options += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    for target, sources in (
        (RUNTIME_LOCK, ("pyproject.toml",)),
        (DEVELOPMENT_LOCK, ("pyproject.toml", "--group", "dev", "--group", "bench", "--constraints", RUNTIME_LOCK)),
        (UV_LOCK, ("--group", "setup")),
    ):
        say(f"Locking {target.name} ...")
        call(uv(), "pip", "compile", *options, *sources, "-o", target)

"""Everything a developer types: python3 build_scripts/dev.py run | test | check | bench | campaign | lock |
catalogues | screens.

Needs only Python's standard library; the rest is set up on the first call.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

if sys.version_info < (3, 11):
    raise SystemExit("Python 3.11 or newer is needed: python3 --version says which one this is.")

import environment
from environment import ROOT, program, say

CAMPAIGNS = ROOT / "build_scripts" / "campaigns"
DEMONSTRATION = ROOT / ".demo"
DEMONSTRATION_DESK = "khorugh"
DEMONSTRATION_PASSPHRASE = "roh demonstration only"
EVERY_PROCESSOR = ("--numprocesses", "auto", "--dist", "loadfile")
PATIENCE = ("--override-ini", "faulthandler_timeout=900")
"""A long test runs whole campaigns: on a slow machine it is no sign of a window that waits for somebody."""
STATIC_CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    # A bench and a campaign may have one name, and mypy takes no name twice in a run.
    ("types", ("mypy", "desk_app", "build_scripts", "--exclude", "build_scripts/campaigns/")),
    ("types of campaigns", ("mypy", "build_scripts/campaigns")),
    ("import direction", ("lint-imports",)),
    ("lengths", ("python", "build_scripts/lengths.py")),
    ("catalogues", ("python", "build_scripts/catalogues.py", "check")),
)


def child(command: Sequence[str | Path], **variables: str) -> int:
    """Runs a command of the environment in the project folder, in sight, and returns its exit code."""
    variables = {**environment.child_environment(), **variables}
    variables.pop("DESK_APP_PASSPHRASE", None)
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=variables, check=False).returncode


def python(*arguments: str | Path) -> int:
    """Runs the environment's Python."""
    return child([program("python"), *arguments])


def has_screen() -> bool:
    """Whether a window could be shown here."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def make_demonstration() -> int:
    """The demonstration programme in .demo, made once; one that was cut short is made anew."""
    finished = DEMONSTRATION / "finished"
    if finished.is_file():
        return 0
    if DEMONSTRATION.exists():
        shutil.rmtree(DEMONSTRATION)
    say("Making a demonstration programme in .demo ...")
    code = python("-m", "desk_app", "demo", DEMONSTRATION, "--people", "60")
    if code == 0:
        finished.touch()
    return code


def run() -> int:
    """The window on a demonstration desk; without a screen, the demonstration alone."""
    environment.set_up()
    if not has_screen():
        say("No screen here, so the demonstration runs without a window.")
        with tempfile.TemporaryDirectory() as folder:
            return python("-m", "desk_app", "demo", Path(folder) / "demo", "--people", "60")
    code = make_demonstration()
    if code != 0:
        return code
    say(f"The window opens. The passphrase is: {DEMONSTRATION_PASSPHRASE}")
    return python("-m", "desk_app", "--vault", DEMONSTRATION / DEMONSTRATION_DESK)


def test(arguments: Sequence[str]) -> int:
    """The tests but the long ones, on every processor; `long` alone runs those; anything else goes to pytest."""
    environment.set_up()
    long = ("-m", "long", *PATIENCE, *EVERY_PROCESSOR)
    chosen = {(): ("-m", "not long", *EVERY_PROCESSOR), ("long",): long}
    return python("-m", "pytest", *chosen.get(tuple(arguments), arguments))


def static() -> int:
    """Every check but the tests; all of them run, so that one look shows all there is to mend."""
    environment.set_up()
    failed = []
    for name, (tool, *arguments) in STATIC_CHECKS:
        if tool == "python" and not (ROOT / arguments[0]).is_file():
            continue
        say(f"Checking {name} ...")
        if child([program(tool), *arguments]) != 0:
            failed.append(name)
    if failed:
        say(f"To mend: {', '.join(failed)}.")
    return 1 if failed else 0


def check() -> int:
    """Format, lint, types, import direction, lengths, catalogues, then the tests, the long ones last."""
    return static() or test([]) or test(["long"])


def bench(names: Sequence[str]) -> int:
    """Runs the named benches, or all; each prints its ratios and limits and writes JSON."""
    environment.set_up()
    folder = ROOT / "build_scripts" / "benches"
    known = sorted(path.stem for path in folder.glob("[a-z]*.py"))
    unknown = [name for name in names if name not in known]
    if unknown:
        say(f"No bench is called {', '.join(unknown)}. There are: {', '.join(known)}")
        return 2
    return max((python(folder / f"{name}.py") for name in names or known), default=0)


def campaign(arguments: Sequence[str]) -> int:
    """Runs a campaign by its name. What follows the name is its own matter."""
    known = sorted(path.stem for path in CAMPAIGNS.glob("[a-z]*.py"))
    if not arguments or arguments[0] not in known:
        say(f"Which campaign? There are: {', '.join(known)}")
        return 2
    return script(f"campaigns/{arguments[0]}", arguments[1:])


def lock() -> int:
    """Re-makes the locks from pyproject.toml with the newest versions it allows."""
    environment.set_up()
    environment.lock()
    return 0


def script(name: str, arguments: Sequence[str]) -> int:
    """Hands over to another script of this folder."""
    environment.set_up()
    return python(f"build_scripts/{name}.py", *arguments)


def main(arguments: Sequence[str]) -> int:
    """Reads the command and runs it."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, test, check and measure Roh.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (
        ("run", "start the window on a demonstration desk"),
        ("test", "set up and run the tests; more words go to pytest"),
        ("check", "format, lint, types, import direction, lengths, catalogues, tests"),
        ("static", "check without the tests"),
        ("bench", "measure; a name runs one bench"),
        ("campaign", "search for faults by the hundred; a name runs one campaign"),
        ("lock", "re-make the locks"),
        ("catalogues", "extract, update, compile or check the words"),
        ("screens", "pictures of every page"),
    ):
        commands.add_parser(name, help=words, add_help=name not in ("test", "campaign", "catalogues", "screens"))
    known, rest = parser.parse_known_args(arguments)
    if known.command in ("test", "bench", "campaign"):
        return {"test": test, "bench": bench, "campaign": campaign}[known.command](rest)
    if known.command in ("catalogues", "screens"):
        return script(known.command, rest)
    if rest:
        parser.error(f"unknown words: {' '.join(rest)}")
    return {"run": run, "check": check, "static": static, "lock": lock}[known.command]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Bench: from nothing to the painted unlock window, against an empty PySide6 window in the same run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _people import ROOT

RUNS = 15

EMPTY = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QApplication.processEvents()
os._exit(0)
"""

OURS = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from PySide6.QtWidgets import QApplication
def painted():
    QApplication.processEvents()
    os._exit(0 if QApplication.topLevelWidgets() else 1)
QApplication.exec = staticmethod(painted)
from desk_app.__main__ import main
main(["--vault", sys.argv[2]])
"""


def once(script: str, *arguments: str) -> tuple[float, float]:
    """Milliseconds and megabytes of one start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", script, *arguments], env=environment, cwd=ROOT)
    _, status, used = os.wait4(child.pid, 0)
    milliseconds = (time.perf_counter() - start) * 1000
    if status:
        raise SystemExit("the window did not start")
    return milliseconds, used.ru_maxrss / 1024


def main() -> int:
    """Prints the medians and their ratio, and writes build/bench-start.json."""
    with tempfile.TemporaryDirectory() as folder:
        vault = str(Path(folder) / "khorugh")
        _make(vault)
        empty, ours = [], []
        for _ in range(RUNS):
            empty.append(once(EMPTY))
            ours.append(once(OURS, str(ROOT), vault))
    figures = {
        "empty_ms": statistics.median(ms for ms, _ in empty),
        "ours_ms": statistics.median(ms for ms, _ in ours),
        "empty_mb": statistics.median(mb for _, mb in empty),
        "ours_mb": statistics.median(mb for _, mb in ours),
    }
    figures["ratio"] = figures["ours_ms"] / figures["empty_ms"]
    for name, value in figures.items():
        print(f"{name}: {value:.2f}")
    target = ROOT / "build" / "bench-start.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _make(vault: str) -> None:
    # In a process of its own: what the key costs would count as the peak of every child started later.
    environment = {**os.environ, "DESK_APP_PASSPHRASE": "bench passphrase"}
    command = [sys.executable, "-m", "desk_app", "--vault", vault, "--user", "bench", "create"]
    said = [*command, "--kind", "desk", "--desk", "khorugh"]
    subprocess.run(said, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())

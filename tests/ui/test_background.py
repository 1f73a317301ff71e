"""The one worker: order, threads, progress, cancel, owners that are gone, errors told apart."""

import sys
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Trouble
from desk_app.i18n.languages import ENGLISH
from desk_app.i18n.translator import Translator
from desk_app.ui.background import Background, Job, Progress
from desk_app.ui.errors import ErrorReport


class Listener:
    """Writes down what it is told and in which thread."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.errors: list[BaseException] = []
        self.progress: list[Progress] = []
        self.cancelled = 0
        self.threads: set[int] = set()

    def on_done(self, result: Any) -> None:
        self.done.append(result)
        self.threads.add(threading.get_ident())

    def on_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def on_progress(self, progress: Progress) -> None:
        self.progress.append(progress)

    def on_cancelled(self) -> None:
        self.cancelled += 1


def idle(qtbot: QtBot, background: Background) -> None:
    """Wait until all is delivered."""
    qtbot.waitUntil(lambda: not background.busy)


def test_work_runs_in_the_worker_in_order_and_answers_in_the_window(qtbot: QtBot, background: Background) -> None:
    listener, workers = Listener(), set[int]()

    def work(number: int) -> int:
        workers.add(threading.get_ident())
        return number

    for number in range(5):
        background.run(lambda _job, n=number: work(n), listener.on_done, listener.on_error)
    idle(qtbot, background)
    assert listener.done == [0, 1, 2, 3, 4]
    assert listener.threads == {threading.get_ident()}
    assert len(workers) == 1
    assert workers.isdisjoint(listener.threads)


def test_an_error_goes_to_on_error_and_the_worker_goes_on(qtbot: QtBot, background: Background) -> None:
    listener = Listener()
    background.run(lambda _job: 1 // 0, listener.on_done, listener.on_error)
    background.run(lambda _job: "next", listener.on_done, listener.on_error)
    idle(qtbot, background)
    assert [type(error) for error in listener.errors] == [ZeroDivisionError]
    assert listener.done == ["next"]


def test_progress_is_told_and_cancel_stops_at_the_next_report(qtbot: QtBot, background: Background) -> None:
    listener, seen = Listener(), threading.Event()

    def work(job: Job) -> str:
        job.report(1, 3, "Reading {done} of {total}")
        assert seen.wait(10)
        job.report(2, 3)
        return "never"

    job = background.run(work, listener.on_done, listener.on_error, listener.on_progress, listener.on_cancelled)
    qtbot.waitUntil(lambda: bool(listener.progress))
    job.cancel()
    seen.set()
    idle(qtbot, background)
    assert [(p.done, p.total) for p in listener.progress] == [(1, 3)]
    assert (listener.done, listener.errors, listener.cancelled) == ([], [], 1)


def test_work_cancelled_before_its_turn_never_starts(qtbot: QtBot, background: Background) -> None:
    listener, hold = Listener(), threading.Event()
    background.run(lambda _job: hold.wait(10), listener.on_done, listener.on_error)
    waiting = background.run(lambda _job: listener.done.append("ran"), listener.on_done, listener.on_error)
    waiting.cancel()
    hold.set()
    idle(qtbot, background)
    assert listener.done == [True]


def test_nobody_is_called_when_the_owner_is_gone(qtbot: QtBot, background: Background) -> None:
    listener, hold, owner = Listener(), threading.Event(), QObject()
    background.run(lambda _job: hold.wait(10), listener.on_done, listener.on_error, owner=owner)
    owner.deleteLater()
    qtbot.wait(1)
    hold.set()
    idle(qtbot, background)
    assert (listener.done, listener.errors) == ([], [])


class _Emitter(QObject):
    sent = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="booleans are immortal from 3.12 on")
def test_this_qt_binding_takes_no_reference_from_true() -> None:
    emitter, before = _Emitter(), sys.getrefcount(True)
    for number in range(100):
        emitter.sent.emit(number)
    assert sys.getrefcount(True) >= before - 5


class _NoDisk(Trouble):
    pass


def report(shown: list[tuple[str, bool]]) -> ErrorReport:
    """A report whose words are the class names."""
    tr = Translator(ENGLISH)
    return ErrorReport(
        lambda error, _tr: type(error).__name__, lambda: tr, lambda words, bug: shown.append((words, bug))
    )


def test_trouble_is_shown_and_not_logged() -> None:
    shown: list[tuple[str, bool]] = []
    report(shown).show(_NoDisk())
    assert shown == [("_NoDisk", False)]


@pytest.mark.expects_log("window_bug")
def test_a_bug_is_shown_and_logged_without_what_it_was_about(caplog: pytest.LogCaptureFixture) -> None:
    shown: list[tuple[str, bool]] = []
    report(shown).show(ValueError("Исмоилов"))
    assert shown == [("ValueError", True)]
    assert [record.msg for record in caplog.records] == ["window_bug"]


@pytest.mark.expects_log("window_bug")
def test_what_nothing_caught_is_shown_instead_of_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[tuple[str, bool]] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    report(shown).install()
    error = RuntimeError("Исмоилов")
    sys.excepthook(RuntimeError, error, None)
    assert shown == [("RuntimeError", True)]
    assert "Исмоилов" not in capsys.readouterr().err

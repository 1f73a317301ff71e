"""Sleep, the system's lock and another session each tell the window to lock; a machine without a bus says nothing."""

import ctypes
import subprocess
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.asleep import AsleepWatch
from desk_app.ui.asleep.clock import ClockWatch
from desk_app.ui.asleep.logind import MANAGER, MANAGER_PATH, PROPERTIES, SERVICE, SESSION, LogindWatch
from desk_app.ui.asleep.windows import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    MessageWatch,
)


def heard(watch: QObject) -> list[str]:
    said: list[str] = []
    for name in ("slept", "left"):
        if hasattr(watch, name):
            getattr(watch, name).connect(lambda name=name: said.append(name))
    return said


def test_a_clock_that_jumped_between_two_ticks_tells_of_sleep(qapp: QApplication) -> None:
    now = [1000.0]
    watch = ClockWatch(seconds=lambda: now[0])
    said = heard(watch)
    for passed, expected in ((5, 0), (29, 0), (-4000, 0), (31, 1), (5, 1), (8 * 3600, 2)):
        now[0] += passed
        watch.tick()
        assert len(said) == expected


@pytest.mark.parametrize(
    ("message", "what", "expected"),
    [
        (WM_POWERBROADCAST, PBT_APMSUSPEND, ["slept"]),
        (WM_POWERBROADCAST, 0x12, []),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, ["left"]),
        (WM_WTSSESSION_CHANGE, 0x8, []),
        (0x0100, WTS_SESSION_LOCK, []),
    ],
)
def test_messages_of_windows_are_understood(qapp: QApplication, message: int, what: int, expected: list[str]) -> None:
    watch = MessageWatch(0)
    said = heard(watch)
    told = wintypes.MSG()
    told.message, told.wParam = message, what
    for kind in (b"windows_generic_MSG", b"xcb_generic_event_t"):
        assert watch.filter.nativeEventFilter(kind, ctypes.addressof(told)) == (False, 0)
    assert said == expected


@pytest.fixture
def bus_address() -> Iterator[str]:
    """A bus of our own, for a session or the system the same."""
    daemon = which("dbus-daemon")
    assert daemon is not None
    started = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        yield started.stdout.readline().strip()
    finally:
        started.kill()
        started.wait()
        if started.stdout is not None:
            started.stdout.close()


def test_what_logind_says_is_heard(qtbot: QtBot, bus_address: str) -> None:
    speaker = QDBusConnection.connectToBus(bus_address, "speaker")
    assert speaker.registerService(SERVICE)
    path = "/org/freedesktop/login1/session/_37"
    watch = _Known(QDBusConnection.connectToBus(bus_address, "listener"), path)
    said = heard(watch)

    def speak(at: str, interface: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(at, interface, name)
        message.setArguments(list(arguments))
        assert speaker.send(message)

    speak(MANAGER_PATH, MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(lambda: said == ["slept"])
    speak(MANAGER_PATH, MANAGER, "PrepareForSleep", False)
    speak(path.replace("37", "38"), SESSION, "Lock")
    speak(path, SESSION, "Lock")
    qtbot.waitUntil(lambda: said == ["slept", "left"])
    speak(path, PROPERTIES, "PropertiesChanged", SESSION, {}, ["Active"])
    qtbot.waitUntil(lambda: watch.asked == 1)
    assert said == ["slept", "left"]
    watch.active = False
    speak(path, PROPERTIES, "PropertiesChanged", SESSION, {}, ["Active"])
    qtbot.waitUntil(lambda: said == ["slept", "left", "left"])
    for name in ("speaker", "listener"):
        QDBusConnection.disconnectFromBus(name)


class _Known(LogindWatch):
    """Nobody answers on the bus of the test which session this is, and whether it has the screen."""

    active = True
    asked = 0

    def __init__(self, bus: QDBusConnection, path: str) -> None:
        self._known = path
        super().__init__(bus, {})

    def _session(self, name: str) -> str:
        return self._known

    def _is_active(self) -> object:
        self.asked += 1
        return self.active


def test_without_a_bus_or_without_logind_nothing_is_said(qtbot: QtBot, bus_address: str, tmp_path: Path) -> None:
    LogindWatch(QDBusConnection.connectToBus(f"unix:path={tmp_path}/none", "nobody"))
    LogindWatch(QDBusConnection.connectToBus(bus_address, "alone"), {"XDG_SESSION_ID": "7"})
    LogindWatch(QDBusConnection.connectToBus(bus_address, "alone"), {})
    for name in ("nobody", "alone"):
        QDBusConnection.disconnectFromBus(name)


def test_the_watch_of_a_window_goes_with_it(qtbot: QtBot) -> None:
    window = QWidget()
    watch = AsleepWatch(window)
    said: list[str] = []
    watch.away.connect(lambda: said.append("away"))
    (clock,) = watch.findChildren(ClockWatch)
    clock.slept.emit()
    assert said == ["away"]
    with qtbot.waitSignal(watch.destroyed):
        window.deleteLater()

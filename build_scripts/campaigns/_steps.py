"""A connection that fails at a numbered step: as if the process had been killed there, or the disk were full."""

from collections.abc import Callable
from typing import Any

import sqlcipher3


class Killed(BaseException):
    """The process is gone: nothing may tidy up after it."""


class FailingConnection:
    """Stands before a vault's connection, counts what is done with it, and fails at one step.

    After a kill nothing reaches the database any more, neither a commit nor a rollback. A full disk refuses one
    statement, as SQLite does, and leaves the rest to the program.
    """

    def __init__(self, connection: Any, step: int, kills: bool, at_kill: Callable[[], None]) -> None:
        self.real = connection
        self.failed = False
        self._left = step
        self._kills = kills
        self._at_kill = at_kill

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def execute(self, sql: str, *parameters: Any) -> Any:
        """A statement."""
        self._step(sql)
        return self.real.execute(sql, *parameters)

    def executemany(self, sql: str, *parameters: Any) -> Any:
        """A statement with many rows."""
        self._step(sql)
        return self.real.executemany(sql, *parameters)

    def executescript(self, sql: str) -> Any:
        """Several statements."""
        self._step(sql)
        return self.real.executescript(sql)

    def rollback(self) -> None:
        """Takes back what was not committed, unless the process is gone."""
        if self.failed and self._kills:
            raise Killed
        self.real.rollback()

    def commit(self) -> None:
        """Keeps what was done."""
        self._step("COMMIT")
        self.real.commit()

    def _step(self, sql: str) -> None:
        if self.failed and self._kills:
            raise Killed
        if not self._kills and sql.lstrip().upper().startswith(("SELECT", "ROLLBACK", "RELEASE", "BEGIN", "SAVEPOINT")):
            return  # None of these needs room.
        self._left -= 1
        if self._left == 0:
            self.failed = True
            if self._kills:
                self._at_kill()
                raise Killed
            raise sqlcipher3.OperationalError("database or disk is full")

"""The opened vault as the window sees it: asked and acted upon in the worker only, with one signal after each write."""

from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from desk_app.domain.rules.roles import Role
from desk_app.storage.vault import Vault
from desk_app.ui.background import Background, Job
from desk_app.ui.changes import Changes
from desk_app.usecases import backups, vaults

T = TypeVar("T")


class Session:
    """One unlocked vault. Its database belongs to the worker's thread: pages hand functions of the vault to it."""

    def __init__(
        self, vault: Vault, background: Background, changes: Changes, on_error: Callable[[BaseException], None]
    ) -> None:
        self._vault = vault
        self._background = background
        self._changes = changes
        self._on_error = on_error
        self._ends: list[Callable[[], None]] = []
        self.registry = vault.registry
        self.desk = vault.desk
        self.user_name = vault.user_name
        self.is_coordinator = vault.is_coordinator
        self.now = vault.surroundings.milliseconds
        self.backs_up = False
        """Whether locking makes the day's backup where it is due."""

    @property
    def professions(self) -> frozenset[Role]:
        """The professions whose private notes this user writes and reads."""
        return frozenset(self._vault.keys.professions)

    def ask(
        self,
        question: Callable[[Vault], T],
        then: Callable[[T], None],
        *,
        owner: QObject | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Reads: runs `question(vault)` in the worker and hands its answer to `then` in the window's thread."""
        return self._background.run(lambda _job: question(self._vault), then, on_error or self._on_error, owner=owner)

    def act(
        self,
        action: Callable[[Vault], T],
        then: Callable[[T], None],
        *kinds: str,
        owner: QObject | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Writes: as `ask`, and tells every page that records of these kinds changed, even if the owner is gone."""

        def is_here() -> bool:
            return owner is None or shiboken6.isValid(owner)

        def done(result: Any) -> None:
            self._changes.tell(*kinds)
            if is_here():
                then(result)

        def failed(error: BaseException) -> None:
            (on_error if on_error and is_here() else self._on_error)(error)

        return self._background.run(lambda _job: action(self._vault), done, failed)

    def work(self, action: Callable[[Vault, Job], T]) -> Callable[[Job], T]:
        """A long action as work for `Shell.work`, which shows its progress and its Cancel."""
        return lambda job: action(self._vault, job)

    def at_end(self, act: Callable[[], None]) -> None:
        """Do this when the desk locks, before the vault is closed."""
        self._ends.append(act)

    def fail(self, error: BaseException) -> None:
        """Show what went wrong where no page asked."""
        self._on_error(error)

    def close(self) -> None:
        """Lets what was asked for end, then closes the vault and forgets the names it held."""
        for act in self._ends:
            act()
        self._ends.clear()
        self._background.run(lambda _job: self._lock(), lambda _none: None, self._on_error)

    def _lock(self) -> None:
        try:
            if self.backs_up and backups.is_due(self._vault):
                backups.daily(self._vault)
        finally:
            vaults.lock(self._vault)

"""Bringing a desk back at the door: what is done in the worker, and what is said afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.i18n.translator import Translator
from desk_app.ui.dialogs.rescue_card import Rescue, Way

if TYPE_CHECKING:
    from desk_app.storage.salvage import Salvaged
    from desk_app.storage.vault import Surroundings
    from desk_app.usecases.restoring import Restored

Said = Callable[[Translator], str]
"""What became of it, in whichever language the person then reads."""


def rescue(wish: Rescue, folder: Path, surroundings: "Surroundings") -> Said:
    """Restores or salvages into the desk's own folder; what lay there is set aside. Raises what the use cases raise."""
    from desk_app.usecases import restoring, salvage

    if wish.way is Way.RESTORE:
        done = restoring.restore(wish.file, folder, wish.user or None, wish.passphrase, surroundings, replace=True)
        return lambda tr: _restored(done, tr)
    found = salvage.salvage(folder, folder, wish.user or None, wish.passphrase, surroundings)
    return lambda tr: _salvaged(found, tr)


def _restored(done: "Restored", tr: Translator) -> str:
    from desk_app.domain.clock import today

    words = [tr.text("The backup of {day} was restored.", day=today(done.made))]
    if done.aside is not None:
        words.append(tr.text("What lay here before is kept in “{folder}”.", folder=done.aside.name))
        if done.erasures is None:
            words.append(tr.text("It could not be opened, so what was erased since the backup may be here again."))
    words.append(tr.text("Open the desk, then send a bundle to the coordinator."))
    return " ".join(words)


def _salvaged(found: "Salvaged", tr: Translator) -> str:
    lost = found.missing + found.nameless
    words = [tr.plural("{count} change was saved.", "{count} changes were saved.", found.changes)]
    if lost:
        words.append(tr.plural("{count} change was lost.", "{count} changes were lost.", lost))
    else:
        words.append(tr.text("As far as can be told, no change was lost."))
    if not found.own_keys:
        words.append(tr.text("This computer's own keys were lost: the coordinator has to admit its card again."))
    words.append(tr.text("Open the desk, then send a bundle to the coordinator."))
    return " ".join(words)

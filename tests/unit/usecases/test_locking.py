"""The minutes until the desk locks itself live in the vault."""

import pytest

from desk_app.storage import meta
from desk_app.storage.vault import Vault
from desk_app.usecases import locking
from tests.fakes import open_vault


def test_the_choice_is_kept_for_everybody_at_the_vault(vault: Vault) -> None:
    assert locking.idle_minutes(vault) == 10
    for minutes in locking.CHOICES:
        locking.set_idle_minutes(vault, minutes)
        assert locking.idle_minutes(vault) == minutes
    again = open_vault(vault.folder)
    assert locking.idle_minutes(again) == 30
    again.close()


@pytest.mark.parametrize("minutes", [0, 7, 100_000])
def test_it_cannot_be_switched_off(vault: Vault, minutes: int) -> None:
    with pytest.raises(ValueError, match="no choice"):
        locking.set_idle_minutes(vault, minutes)
    meta.put(vault.db, "idle_minutes", str(minutes))
    assert locking.idle_minutes(vault) == 10

"""The search index keeps everybody, whoever is taken out of it and put back at once."""

from desk_app.domain.records.client import CLIENT
from desk_app.storage import search
from desk_app.storage.vault import Vault
from desk_app.usecases import checking, people, vaults
from tests.fakes import make_client


def test_whoever_takes_a_place_that_was_left_at_the_same_moment_is_found(vault: Vault) -> None:
    made = [make_client(vault, "Карим", surname="Раҳмонов") for _ in range(4)]
    states = [vault.journal.state(CLIENT, client) for client in made]
    with vaults.together(vault):
        search.remove(vault.db, CLIENT, made[3:])
    with vaults.together(vault):
        search.remove(vault.db, CLIENT, made[2:3])
        search.index(vault.db, CLIENT, states[2:], fresh=True)
    assert checking.check(vault).problems == ()
    assert {one.id for one in people.find(vault, "Раҳмонов")} == set(made)

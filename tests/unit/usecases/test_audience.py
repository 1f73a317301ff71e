"""Random histories: no bundle tells a desk of people who are not its own, and everybody gets what is hers.

The rules are read here a second time (`whose.py`). Not only what a bundle holds is looked at, but after each one all
that the program would count as each desk's: so a rule that tells too much shows at once, though its bundle never came.
"""

import random
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

from desk_app.domain.errors import Trouble
from desk_app.domain.ids import DeskCode, RecordId
from desk_app.domain.records.erasure import erasure_of
from desk_app.storage import audience, partner_table
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import erasure, exchange, linking, people, records, referrals, transfers, waiting
from tests.fakes import make_client, make_organisation
from tests.unit.usecases.moving import Moving, programme
from tests.unit.usecases.test_transfers import helped
from tests.unit.usecases.whose import Whose

DESKS = ("vahdat", "khorugh", "vose")
STEPS = 110
_ORDERS = (*["act"] * 20, *["send"] * 7, *["answer"] * 8, "lose", "lose answer", "lose answer", "full")


class History:
    """One programme's random life, and what each desk was ever allowed to know."""

    def __init__(self, moving: Moving, seed: int) -> None:
        self.moving = moving
        self.chance = random.Random(seed)
        self.allowed: defaultdict[str, set[str]] = defaultdict(set)
        self.sent: defaultdict[str, set[str]] = defaultdict(set)
        for desk in DESKS:
            self._help(moving[desk], make_client(moving[desk]))
            make_organisation(moving[desk])
        records.add(moving["coordinator"], "target", {"indicator": "served", "value": 500})
        moving.round()
        moving.round()

    def step(self) -> None:
        desk = self.chance.choice(DESKS)
        match self.chance.choice(_ORDERS):
            case "act":
                self._act(self.moving[self.chance.choice((*[desk] * 5, "coordinator"))])
            case "send":
                self.moving.carry(desk, "coordinator")
            case "answer":
                self.answer(desk)
            case "lose":
                exchange.export(self.moving[desk], "coordinator", self.moving.stick).file.unlink()
            case "lose answer":
                self.answer(desk, lost=True)
            case _:
                self.answer(desk, full=True)

    def answer(self, desk: str, *, lost: bool = False, full: bool = False) -> None:
        """A bundle of the coordinator, looked through and taken in unless it is lost."""
        coordinator = self.moving["coordinator"]
        made = exchange.export(coordinator, desk, self.moving.stick, full)
        whose = Whose(coordinator, self.sent)
        device = self.moving[desk].device
        self.allowed[desk] |= {client for client in whose.tables["client"] if desk in whose.desks(client)}
        came = {change.record for change in self.moving.in_bundle(made.file, desk) if change.device != device}
        for record in came:
            assert whose.may_know(desk, record), (desk, whose.kind_of.get(record), record)
        self.sent[desk] |= came
        self._look_at_rules(whose)
        if not lost:
            self.moving.take(desk, made.file)
        made.file.unlink()

    def _look_at_rules(self, whose: Whose) -> None:
        coordinator = self.moving["coordinator"]
        for desk in DESKS:
            for record in audience.of_desk(coordinator.db, coordinator.registry, DeskCode(desk)):
                assert whose.may_know(desk, record), (desk, whose.kind_of.get(record), record)

    def _act(self, vault: Vault) -> None:
        often = (self._offer, self._offer, self._reply, self._reply, self._reply, self._mend, self._mend)
        rarely = (self._arrive, self._help, self._edit, self._refer, self._go_on, self._link, self._erase, self._teach)
        with suppress(Trouble):  # Not every desk may do everything.
            self.chance.choice((*often, *rarely, self._refer, self._ask, self._remove))(vault)

    def _client(self, vault: Vault) -> RecordId:
        """Most often somebody of this desk."""
        known = records.find_all(vault, "client")
        here = [one for one in known if vault.is_coordinator or one.text("desk") == vault.desk]
        chosen = here if here and self.chance.random() < 0.8 else known
        return self.chance.choice([one.id for one in chosen] or [make_client(vault)])

    def _arrive(self, vault: Vault) -> None:
        if not vault.is_coordinator:
            make_client(vault)

    def _help(self, vault: Vault, client: RecordId | None = None) -> None:
        about = client or self._client(vault)
        helped(vault, about)
        records.add(vault, "need", {"client": about, "pathway": "housing", "state": "open"})

    def _mend(self, vault: Vault) -> None:
        """What stands about somebody changes, whoever wrote it."""
        needs = [one.id for one in records.find_all(vault, "need")]
        if needs:
            records.edit(vault, self.chance.choice(needs), {"description": f"{self.chance.random()}"})

    def _edit(self, vault: Vault) -> None:
        records.edit(vault, self._client(vault), {"phone": f"+99293{self.chance.randrange(10**7):07}"})

    def _offer(self, vault: Vault) -> None:
        transfers.offer(vault, self._client(vault), self.chance.choice(DESKS))

    def _reply(self, vault: Vault) -> None:
        waits = transfers.open_for(vault)
        for one in waits.offered_to_us:
            (transfers.accept if self.chance.random() < 0.7 else transfers.decline)(vault, one.id)
        if waits.offered_by_us and self.chance.random() < 0.4:
            transfers.withdraw(vault, waits.offered_by_us[0].id)

    def _refer(self, vault: Vault) -> None:
        asked = {"client": self._client(vault), "to_desk": self.chance.choice(DESKS), "service_asked": "Кор"}
        referral = referrals.refer(vault, asked).id
        if self.chance.random() < 0.8:
            referrals.change_state(vault, referral, "sent")

    def _go_on(self, vault: Vault) -> None:
        known = [one for one in records.find_all(vault, "referral") if referrals.steps(vault, one.id)]
        if known:
            one = self.chance.choice(known)
            step = self.chance.choice(referrals.steps(vault, one.id))
            referrals.change_state(vault, one.id, step, {"result": "шуд", "due": "2026-03-09"})

    def _teach(self, vault: Vault) -> None:
        """Somebody takes part in a course, hers or another desk's."""
        courses = [one.id for one in records.find_all(vault, "course")]
        if not courses or self.chance.random() < 0.3:
            courses = [records.add(vault, "course", {"title": "Дӯзандагӣ", "course_kind": "vocational"}).id]
        took = {"course": self.chance.choice(courses), "client": self._client(vault), "state": "enrolled"}
        records.add(vault, "participant", took)

    def _ask(self, vault: Vault) -> None:
        asked = transfers.ask(vault, {"client_name": "Исмоил"}, agreed=True, to_desk=self.chance.choice(("", *DESKS)))
        if vault.is_coordinator:
            transfers.route(vault, asked, self.chance.choice(DESKS))

    def _remove(self, vault: Vault) -> None:
        known = [one.id for name in ("referral", "client", "need") for one in records.find_all(vault, name)]
        if known and self.chance.random() < 0.3:
            records.remove(vault, self.chance.choice(known))

    def _link(self, vault: Vault) -> None:
        linking.link(vault, self._client(vault), self._client(vault))

    def _erase(self, vault: Vault) -> None:
        if self.chance.random() < 0.3:
            erasure.erase(vault, self._client(vault), "asked")


def settle(history: History) -> None:
    """Nothing is lost any more: two rounds."""
    for _ in range(2):
        for desk in DESKS:
            history.moving.carry(desk, "coordinator")
        for desk in DESKS:
            history.answer(desk)
    for desk in DESKS:
        history.moving.carry(desk, "coordinator")


@pytest.mark.parametrize("seed", [1, 118])
def test_a_random_history_tells_each_desk_of_its_own_people_and_of_all_of_them(tmp_path: Path, seed: int) -> None:
    with programme(tmp_path, *DESKS) as moving:
        history = History(moving, seed)
        for _ in range(STEPS):
            history.step()
        settle(history)
        coordinator = moving["coordinator"]
        whose = Whose(coordinator, history.sent)
        for desk in DESKS:
            vault = moving[desk]
            for name, table in whose.tables.items():
                meant = [RecordId(one) for one in table if whose.may_know(desk, one)]
                ended = {one for one in meant if _ended(table[one], desk)}
                assert moving.knows(desk, [one for one in meant if one not in ended]), (desk, name)
            _knows_nobody_else(history, vault)
        _erased_everywhere(moving)
        known = partner_table.partners(coordinator.db)
        counts = waiting.changes(coordinator, known)
        assert counts == {one.code: len(exchange.waiting_for(coordinator, one)) for one in known}


def _ended(record: Record, desk: str) -> bool:
    """What ended before the desk heard of it: it need not be told."""
    ended = record.text("state") in ("withdrawn", "declined", "completed", "closed")
    return record.kind in ("transfer", "referral") and record.text("to_desk") == desk and ended


def _knows_nobody_else(history: History, vault: Vault) -> None:
    own = {row[0] for row in vault.db.execute("SELECT id FROM client WHERE made_by = ?", [vault.user])}
    seen = {one.id for one in records.find_all(vault, "client")}
    referred = {one.text("client") for one in records.find_all(vault, "referral", {"to_desk": vault.desk})}
    assert seen <= own | history.allowed[vault.desk] | referred
    assert people.moved_to(vault).keys() <= seen


def _erased_everywhere(moving: Moving) -> None:
    ledger = {row[0] for row in moving["coordinator"].db.execute("SELECT id FROM erasure")}
    for vault in moving.vaults.values():
        for row in vault.db.execute("SELECT DISTINCT record FROM change WHERE body != x''"):
            assert erasure_of(RecordId(row[0])) not in ledger, (vault.desk, row[0])

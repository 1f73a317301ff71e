"""A desk that writes into its own chain what only others may say gets nobody by it."""

from pathlib import Path

import pytest

from desk_app.domain.errors import FieldFixed
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import Values
from desk_app.storage import log_table
from desk_app.storage.journal import Write
from desk_app.storage.vault import Vault
from desk_app.usecases import letting_go, merge_results, partners, records, referrals, transfers
from tests.fakes import make_client, make_vault
from tests.unit.usecases.moving import Moving, programme
from tests.unit.usecases.test_audience import DESKS, History, settle
from tests.unit.usecases.whose import Whose


def forge(vault: Vault, kind: str, record: str, values: Values) -> None:
    """Writes what the program would refuse to write, as somebody who has the desk's key can."""
    said_anew = dict.fromkeys(values, ())
    assert vault.journal.write([Write(vault.registry[kind], RecordId(record), values, said_anew)])


def offered(client: str, giver: str, taker: str, state: str = "offered") -> Values:
    said = {"client": client, "from_desk": giver, "to_desk": taker, "state": state, "offered_on": "2026-03-05"}
    return {"desk": giver, **said}


def referred(client: str, taker: str) -> Values:
    return {"desk": taker, "client": client, "to_desk": taker, "service_asked": "Кор", "state": "sent"}


def moved(moving: Moving, client: RecordId, giver: str, taker: str) -> None:
    (made,) = transfers.offer(moving[giver], client, taker)
    moving.round(giver, taker)
    transfers.accept(moving[taker], made)
    moving.round(taker, giver)


def sent_of(moving: Moving, clients: list[RecordId], desk: str) -> set[RecordId]:
    """Of whom the next bundle for the desk holds what others wrote."""
    coordinator, vault = moving["coordinator"], moving[desk]
    moving.carry("coordinator", desk)
    found = log_table.of_records(vault.db, clients)
    phones = {one.record for changes in found.values() for one in changes if b"99293" in one.body}
    assert coordinator is not vault
    return phones


def test_a_desk_cannot_take_people_whom_it_never_had_nor_those_it_gave_away(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh", "vose") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        never = [make_client(vahdat, name) for name in ("Як", "Ду", "Се", "Чор")]
        had = [make_client(khorugh, name) for name in ("Панҷ", "Шаш", "Ҳафт", "Ҳашт")]
        moving.round()
        for one in had:
            moved(moving, one, "khorugh", "vahdat")
        (to_vose,) = transfers.offer(vahdat, never[3], "vose")
        for one in (*never, *had):
            records.edit(vahdat, one, {"phone": "+992935001122"})
        moving.round()
        used = next(one.id for one in transfers.all_transfers(khorugh) if one.client == had[3])

        for clients in (never, had):
            forge(khorugh, "client", clients[0], {"desk": "khorugh"})
            number = clients[1][:30]
            forge(khorugh, "transfer", f"{number}00", offered(clients[1], "vahdat", "khorugh"))
            forge(khorugh, "transfer", f"{number}01", offered(clients[1], "khorugh", "vahdat"))
            forge(khorugh, "referral", f"{number}02", referred(clients[2], "khorugh"))
        forge(khorugh, "transfer", to_vose, {"to_desk": "khorugh"})
        forge(khorugh, "transfer", used, {"to_desk": "khorugh", "state": "accepted"})
        records.edit(khorugh, had[0], {"address": "ш. Хоруғ"})
        done = moving.carry("khorugh", "coordinator")

        assert done.quarantined == 10
        why = {code for one in merge_results.of_bundle(coordinator, _last(coordinator)) for _, code in one.fields}
        assert why == {merge_results.NOT_ENTITLED}
        assert sent_of(moving, [*never, *had], "khorugh") == set()
        assert {records.show(coordinator, one).text("desk") for one in (*never, *had)} == {"vahdat"}
        assert records.show(coordinator, had[0]).text("address") == "ш. Хоруғ"
        moving.round()
        moving.round()
        assert sent_of(moving, [*never, *had], "khorugh") == set()
        assert records.show(vahdat, had[0]).text("desk") == "vahdat"
        assert records.show(vahdat, had[0]).text("address") == "ш. Хоруғ"
        assert {one.to_desk for one in transfers.of_person(vahdat, never[1])} == set()
        # Who is offered her goes on as if nothing had been.
        transfers.accept(moving["vose"], to_vose)
        moving.round()
        moving.round()
        assert records.show(coordinator, never[3]).text("desk") == "vose"
        moved(moving, had[0], "vahdat", "khorugh")
        assert records.show(khorugh, had[0]).text("phone") == "+992935001122"


def _last(vault: Vault) -> str:
    return str(vault.db.execute("SELECT hash FROM bundle_received ORDER BY rowid DESC").fetchone()[0])


def test_a_desk_that_had_a_person_cannot_name_another_for_her_records(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        her, own = make_client(khorugh, "Як"), make_client(khorugh, "Ду")
        said: Values = {"client": her, "pathway": "housing", "state": "open"}
        first, second, third = (records.add(khorugh, "need", said).id for _ in range(3))
        with pytest.raises(FieldFixed):
            records.edit(khorugh, first, {"client": own})
        moving.round()
        moved(moving, her, "khorugh", "vahdat")
        khorugh.journal.write([Write(khorugh.registry["need"], first, {"client": own, "description": "аз они мо"})])
        forge(khorugh, "need", second, {"client": own})
        forge(khorugh, "need", third, {"desk": "khorugh", "description": "боз"})
        # Made and given to another in one bundle; an edit that names nobody anew is one as any other.
        late = records.add(khorugh, "need", said).id
        forge(khorugh, "need", late, {"client": own})
        records.edit(khorugh, third, {"description": "дер омад"})
        assert moving.carry("khorugh", "coordinator").quarantined == 4
        why = {code for one in merge_results.of_bundle(coordinator, _last(coordinator)) for _, code in one.fields}
        assert why == {merge_results.NOT_ENTITLED}
        assert {records.show(coordinator, one).text("client") for one in (first, second, third, late)} == {her}
        assert records.show(coordinator, third).text("description") == "дер омад"
        moving.carry("coordinator", "vahdat")
        for one in (first, second, third, late):
            records.edit(vahdat, one, {"description": "+992935001122"})
        moving.round()
        assert sent_of(moving, [first, second, third, late], "khorugh") == set()
        # The coordinator may: then the record goes where its person is.
        records.edit(coordinator, first, {"client": own})
        moving.round("khorugh")
        assert records.show(khorugh, first).text("description") == "+992935001122"


def test_an_offer_counts_once_and_not_after_a_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letting_go, "heed", lambda _vault: None)  # Who lies keeps what it was shown, too.
    with programme(tmp_path, "vahdat", "khorugh", "vose") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        again, declined = make_client(vahdat, "Як"), make_client(vahdat, "Ду")
        moving.round()
        (said_no,) = transfers.offer(vahdat, declined, "khorugh")
        moved(moving, again, "vahdat", "khorugh")
        transfers.decline(khorugh, said_no)
        moved(moving, again, "khorugh", "vahdat")
        forge(khorugh, "client", again, {"desk": "khorugh"})
        forge(khorugh, "transfer", said_no, {"state": "accepted"})
        forge(khorugh, "client", declined, {"desk": "khorugh"})
        moving.round()
        assert {records.show(coordinator, one).text("desk") for one in (again, declined)} == {"vahdat"}
        # On to a third desk, and back to the first.
        moved(moving, again, "vahdat", "vose")
        moved(moving, again, "vose", "vahdat")
        moved(moving, again, "vahdat", "khorugh")
        assert records.show(coordinator, again).text("desk") == "khorugh"
        asked = {"client": again, "to_desk": "vose", "service_asked": "Кор"}
        referrals.change_state(khorugh, referrals.refer(khorugh, asked).id, "sent")
        moving.round()
        assert records.show(moving["vose"], again).id == again


def test_a_new_laptop_moves_the_people_of_its_desk_and_what_the_old_one_forged_stays_aside(tmp_path: Path) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        own, other = make_client(khorugh, "Як"), make_client(vahdat, "Ду")
        moving.round()
        forge(khorugh, "client", other, {"desk": "khorugh"})
        moving.round()
        newer = make_vault(tmp_path / "newer", "khorugh", moving.clock, seed="newer")
        moving.vaults["khorugh"] = newer
        for one, to in (("coordinator", newer), ("khorugh", coordinator)):
            partners.write_card(moving[one], tmp_path / f"{one}.new")
            partners.enrol(to, tmp_path / f"{one}.new")
        moving.round()
        moving.round()
        moved(moving, own, "khorugh", "vahdat")
        assert records.show(coordinator, own).text("desk") == "vahdat"
        assert records.show(coordinator, other).text("desk") == "vahdat"
        moved(moving, other, "vahdat", "khorugh")
        assert records.show(coordinator, other).text("desk") == "khorugh"
        khorugh.close()


@pytest.mark.parametrize("first", ["vahdat", "khorugh"])
def test_two_coordinators_believe_the_same_in_whatever_order_it_comes(tmp_path: Path, first: str) -> None:
    with programme(tmp_path, "vahdat", "khorugh") as moving:
        vahdat, khorugh, coordinator = moving["vahdat"], moving["khorugh"], moving["coordinator"]
        second = moving.add_second(tmp_path)
        client = make_client(vahdat, "Як")
        moving.round("vahdat", "khorugh")
        moving.carry("coordinator", "coordinator_2")
        (made,) = transfers.offer(vahdat, client, "khorugh")
        moving.round("vahdat", "khorugh")
        transfers.accept(khorugh, made)
        moving.carry(first, "coordinator_2")
        moving.carry("vahdat" if first == "khorugh" else "khorugh", "coordinator_2")
        moving.carry("khorugh", "coordinator")
        for one in (coordinator, second):
            assert records.show(one, client).text("desk") == "khorugh"
            assert one.db.execute("SELECT count(*) FROM disbelieved").fetchone()[0] == 0


class Dishonest(History):
    """A random history in which one desk forges, among all the others' work and its own."""

    def __init__(self, moving: Moving, seed: int) -> None:
        super().__init__(moving, seed)
        self.forged: set[RecordId] = set()

    def step(self) -> None:
        super().step()
        if self.chance.random() < 0.2:
            self._forge("vose")

    def _forge(self, desk: str) -> None:
        """What was believed before, the coordinator believes after."""
        moving, coordinator = self.moving, self.moving["coordinator"]
        moving.carry(desk, "coordinator")
        before = self._held(desk)
        people = [RecordId(row[0]) for row in coordinator.db.execute("SELECT id FROM client")]
        strange = [one for one in people if one not in before]
        if not strange:
            return
        client = self.chance.choice(strange)
        self.forged.add(client)
        giver, made = records.show(coordinator, client).text("desk"), f"{self.chance.randrange(16**32):032x}"
        way = self.chance.choice(("client", "transfer", "own transfer", "referral"))
        if way == "client":
            forge(moving[desk], "client", client, {"desk": desk})
        elif way == "referral":
            forge(moving[desk], "referral", made, referred(client, desk))
        else:
            forge(moving[desk], "transfer", made, offered(client, giver if way == "transfer" else desk, desk))
            forge(moving[desk], "transfer", made, {"state": "accepted"})
        moving.carry(desk, "coordinator")
        assert self._held(desk) == before, way

    def _held(self, desk: str) -> set[RecordId]:
        whose = Whose(self.moving["coordinator"])
        return {RecordId(one) for one in whose.tables["client"] if desk in whose.desks(one)}


def test_a_random_history_with_a_dishonest_desk_tells_it_of_nobody_else(tmp_path: Path) -> None:
    with programme(tmp_path, *DESKS) as moving:
        history = Dishonest(moving, seed=0)
        for _ in range(40):
            history.step()
        settle(history)
        own = {row[0] for row in moving["vose"].db.execute("SELECT id FROM client WHERE given_name IS NOT NULL")}
        made = moving["vose"].db.execute("SELECT id FROM client WHERE made_by = ?", [moving["vose"].user])
        referred_ever = {row[0] for row in moving["coordinator"].db.execute("SELECT client FROM referral")}
        assert history.forged
        assert own <= {row[0] for row in made} | history.allowed["vose"] | referred_ever

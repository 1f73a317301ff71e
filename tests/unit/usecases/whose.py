"""The rules of what goes to whom, a second time: record by record and without SQL, from what a coordinator shows."""

import json
from collections import defaultdict
from collections.abc import Mapping

from desk_app.domain.desks import is_coordinator
from desk_app.domain.ids import RecordId
from desk_app.domain.records.erasure import erasure_of
from desk_app.storage import rows
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault

TO_ALL = ("organisation", "target", "desk_profile", "roster", "choice", "letter_text")
LIVE = ("sent", "received", "accepted", "appointment", "in_service", "no_show")
"""The states of a referral in which its desk gets the client."""
TO_BOTH = ("offered", "accepted", "declined")
"""The states of a transfer in which both desks get it."""


class Whose:
    """What each desk may know by the coordinator's tables as they stand. `sent` are the records that bundles ever
    carried to a desk."""

    def __init__(self, coordinator: Vault, sent: Mapping[str, set[str]] | None = None) -> None:
        registry = coordinator.registry
        self.sent = sent or {}
        self.tables: dict[str, dict[str, Record]] = {}
        for kind in registry:
            ids = [RecordId(row[0]) for row in coordinator.db.execute(f'SELECT id FROM "{kind.name}"')]
            self.tables[kind.name] = {one.id: one for one in rows.many(coordinator.db, kind, ids)} if ids else {}
        self.kind_of = {record: name for name, table in self.tables.items() for record in table}
        self._offered: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.tables["transfer"].values():
            if one.text("state") == "offered" and not _removed(one):
                self._offered[one.text("client")].add(one.text("to_desk"))
        self._referred: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.tables["referral"].values():
            if one.text("state") in LIVE and not _removed(one):
                self._referred[one.text("client")].add(one.text("to_desk"))

    def desks(self, client: str) -> set[str]:
        """The desks of a person: hers, and where she is offered."""
        found = self.tables["client"].get(client)
        return self._offered[client] | ({found.text("desk")} if found else set())

    def may_know(self, desk: str, record: str) -> bool:
        """Whether a bundle to the desk may hold a change of the record that another device wrote."""
        kind = self.kind_of.get(record)
        if kind is None:
            return False
        one = self.tables[kind][record]
        if kind in TO_ALL or self._by_its_kind(desk, one):
            return True
        client = record if kind == "client" else one.text("client")
        if not client or kind in ("transfer_request", "course", "user", "erasure", "exchange_key", "sameness"):
            return desk == one.text("desk") and kind != "sameness"
        if desk in self.desks(client):
            return True
        return desk in self._referred[client] and (kind in ("client", "consent") or one.text("desk") == desk)

    def _by_its_kind(self, desk: str, one: Record) -> bool:
        """What a kind says beside the desk and the client that its record names."""
        was_sent = one.id in self.sent.get(desk, ())
        match one.kind:
            case "exchange_key":
                return is_coordinator(one.text("desk"))
            case "transfer":
                told = one.text("state") in TO_BOTH or was_sent
                return desk == one.text("from_desk") or (desk == one.text("to_desk") and told)
            case "referral":
                told = (one.text("state") in LIVE and not _removed(one)) or was_sent
                return desk == one.text("to_desk") and told
            case "transfer_request":
                return desk == one.text("to_desk")
            case "sameness":
                return all(desk in self.desks(one.text(name)) for name in ("one", "other"))
            case "course":
                took = [each for each in self.tables["participant"].values() if each.text("course") == one.id]
                return any(desk in self.desks(each.text("client")) for each in took)
            case "user":
                given = [
                    each for each in self.tables["transfer"].values() if each.text("from_desk") == one.text("desk")
                ]
                return any(each.text("to_desk") == desk and each.text("state") in TO_BOTH[:2] for each in given)
            case "erasure":
                told = {erasure_of(RecordId(record)) for record in self.sent.get(desk, ())}
                return desk in json.loads(one.text("desks") or "[]") or not told.isdisjoint(
                    {one.id, one.text("part_of")}
                )
        return False


def _removed(one: Record) -> bool:
    return one.values.get("deleted") is True

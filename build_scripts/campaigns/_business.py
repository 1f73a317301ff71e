"""Whose business a record is, said a second time: by what a vault shows now, and by all that was ever written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from _reckoning import CLIENT, ERASURE, SAMENESS, Row, bases_of

from desk_app.domain.change import Change, Version
from desk_app.domain.desks import is_coordinator
from desk_app.domain.records.declaration import Registry
from desk_app.storage.vault import Vault

CONSENT, REFERRAL, COURSE, PARTICIPANT, USER, TRANSFER, REQUEST = 2, 5, 9, 10, 13, 19, 20
OTHER = 11
DESK, ABOUT, TO_DESK_OF_TRANSFER, TO_DESK_OF_REFERRAL, TO_DESK_OF_REQUEST = 1, 10, 12, 23, 16
"""Permanent numbers of kinds and of fields."""
LIVE = ("sent", "received", "accepted", "appointment", "in_service", "no_show")
ALL = "*"
FOLLOWS = True


def rows_of(vault: Vault) -> dict[tuple[int, str], Row]:
    """Every row that a vault's tables hold, removed ones too."""
    found = {}
    for kind in vault.registry:
        names = ["id", *(one.name for one in kind.fields)]
        columns = ", ".join(f'"{name}"' for name in names)
        for values in vault.db.execute(f'SELECT {columns} FROM "{kind.name}"'):
            found[kind.number, values[0]] = dict(zip(names, values, strict=True))
    return found


@dataclass(slots=True)
class Business:
    """What the rows of a coordinator mean for its desks."""

    registry: Registry
    rows: dict[tuple[int, str], Row]
    _offered: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _referred: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        """Notes to whom people are offered or referred."""
        for (kind, _), row in self.rows.items():
            if row["deleted"] or not row.get("to_desk"):
                continue
            if kind == TRANSFER and row["state"] == "offered":
                self._offered[row["client"]].add(row["to_desk"])
            if kind == REFERRAL and row["state"] in LIVE:
                self._referred[row["client"]].add(row["to_desk"])

    def desks_of(self, kind: int, record: str) -> set[str]:
        """The desks that must have a record; `ALL` for every desk."""
        row, declared = self.rows.get((kind, record)), self.registry.numbered(kind)
        if row is None or declared is None:
            return set()
        if declared.travels or (declared.travels_from_coordinator and is_coordinator(row["desk"] or "")):
            return {ALL}
        if kind == CLIENT:
            return self._holders(record) | self._referred[record]
        if kind == SAMENESS:
            return self._holders(row["one"]) & self._holders(row["other"])
        if kind in (ERASURE, USER, COURSE) or not row.get("client"):
            return {row["desk"]} | ({row["to_desk"]} if kind == REQUEST and row["to_desk"] else set())
        found = self._holders(row["client"])
        if not FOLLOWS:
            found &= {row["desk"]}
        if kind == CONSENT:
            found |= self._referred[row["client"]]
        if kind == TRANSFER:
            found |= {row["from_desk"]} | ({row["to_desk"]} if row["state"] != "withdrawn" else set())
        if kind == REQUEST:
            found = {row["desk"], row["to_desk"]} - {None}
        if kind == REFERRAL and row["to_desk"] and row["state"] in LIVE and not row["deleted"]:
            found.add(row["to_desk"])
        if row["desk"] in self._referred[row["client"]]:
            found.add(row["desk"])
        return found

    def _holders(self, client: str) -> set[str]:
        row = self.rows.get((CLIENT, client))
        return ({row["desk"]} if row else set()) | self._offered[client]


def passed_by(business: Business, desk: str) -> set[str]:
    """The clients who were offered to a desk, and neither came to it, nor were its own, nor referred to it."""
    out: set[str] = set()
    theirs = {record for (kind, record), row in business.rows.items() if row["desk"] == desk}
    for (kind, _), row in business.rows.items():
        if kind == REFERRAL and row["to_desk"] == desk and row["state"] != "draft":
            theirs.add(row["client"])
        if kind == TRANSFER and desk in (row["from_desk"], row["to_desk"]):
            ended = row["to_desk"] == desk and row["state"] in ("declined", "withdrawn")
            (out if ended else theirs).add(row["client"])
    return {client for client in out - theirs if (CLIENT, client) in business.rows}


class EverMeant:
    """To which desks a record was ever meant to come, by every change that was ever written: `changes` grows."""

    def __init__(self, changes: Mapping[Version, Change]) -> None:
        self._changes = changes
        self._noted = 0
        self._own: defaultdict[str, set[str]] = defaultdict(set)
        self._clients: defaultdict[str, set[str]] = defaultdict(set)
        self._people: defaultdict[str, set[str]] = defaultdict(set)

    def may_have(self, registry: Registry, kind: int, record: str, desk: str) -> bool:
        """Whether a desk may hold something of a record: it travels, was the desk's, or is of a person of the desk."""
        for change in islice(self._changes.values(), self._noted, None):
            self._note(change)
        self._noted = len(self._changes)
        declared = registry.numbered(kind)
        if declared is None or declared.travels or declared.travels_from_coordinator:
            return True
        people = [record] if kind == CLIENT else self._clients[record]
        if kind == SAMENESS:
            return all(desk in self._people[one] for one in people)
        if kind in (ERASURE, USER, COURSE):
            return True  # Says nothing of a person but that he is gone; who worked where, and what was taught.
        return desk in self._own[record] or any(desk in self._people[one] for one in people)

    def _note(self, change: Change) -> None:
        told = dict(_plain(change))
        desk = told.get(DESK)
        if isinstance(desk, str):
            (self._people if change.kind == CLIENT else self._own)[change.record].add(desk)
        target = {TRANSFER: TO_DESK_OF_TRANSFER, REFERRAL: TO_DESK_OF_REFERRAL, REQUEST: TO_DESK_OF_REQUEST}
        to_desk, client = told.get(target.get(change.kind, 0)), told.get(ABOUT)
        if change.kind == SAMENESS:
            self._clients[change.record] |= {str(told[number]) for number in (ABOUT, OTHER) if number in told}
        if change.kind == SAMENESS or not isinstance(client, str):
            client = None
        if isinstance(to_desk, str):
            self._own[change.record].add(to_desk)
            if client and change.kind != REQUEST:
                self._people[client].add(to_desk)
        if client:
            self._clients[change.record].add(client)


def _plain(change: Change) -> Iterator[tuple[int, object]]:
    if change.body:
        yield from ((number, value) for number, element, value, _ in bases_of(change) if element is None)

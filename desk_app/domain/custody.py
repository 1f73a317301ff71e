"""Whose a person is, by the word of those alone who may say so: a desk can write into its own chain whatever it likes.

A pure function of the changes about one person. They are walked through by their stamps. The first desk of a person is
that of the device that made her record; from then on her desk moves her, or the desk that it offered her to. Only her
desk offers or refers her to another. Coordinators are believed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from desk_app.domain.change import ChainId, Change, Version, body_in, fields_in
from desk_app.domain.clock import Stamp
from desk_app.domain.ids import DeskCode, DeviceId, RecordId
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.referral import REFERRAL
from desk_app.domain.records.transfer import ACCEPTED, DECLINED, TRANSFER, WITHDRAWN
from desk_app.domain.records.validation import MAX_NUMBER

DESK, CLIENT_OF, FROM, TO, STATE, REFERRED_TO = "1", "10", "11", "12", "13", "23"
"""The numbers of the fields that say whose somebody is, as bodies name them."""
_TURN = "20"
_MAKING = (CLIENT_OF, FROM, TO)


@dataclass(slots=True)
class _Offer:
    from_desk: str
    to_desk: str
    is_used: bool = False


def said(change: Change, field: str) -> str:
    """What a change sets a field to; empty for nothing."""
    value = fields_in(change.body).get(field)
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""


def disbelieved(
    client: RecordId,
    changes: Iterable[Change],
    desks: Mapping[DeviceId, DeskCode],
    believed: Collection[Version] = frozenset(),
) -> set[Version]:
    """Those of the changes that their authors had no right to.

    `changes` are all those of the client's record, of her transfers and of her referrals; `desks` whose a device is,
    coordinators' devices aside. `believed` are those that counted before: a second one who says that he made a record
    comes too late, whatever his clock says.
    """
    walk = _Walk(client, _in_order([one for one in changes if one.body]), desks, believed)
    return {change.version for change in walk.changes if not walk.may(change)}


def misnamed(
    changes: Iterable[Change],
    fields: Collection[str],
    desks: Mapping[DeviceId, DeskCode],
    believed: Collection[Version] = frozenset(),
) -> set[Version]:
    """Those of a record's changes that say anew whom it is about or whose it is, though only its making may.

    Else a desk that once had a person could name another for her records, and hear on of them. `fields` are those that
    say so; `desks` and `believed` as in `disbelieved`.
    """
    saying = sorted(
        (one for one in changes if one.body and not fields_in(one.body).keys().isdisjoint(fields)), key=_when
    )
    makings = [one for one in saying if not any(_replaced(one, field) for field in fields)]
    made = min(makings, key=lambda one: one.version not in believed, default=None)
    return {one.version for one in saying if one is not made and one.device in desks and one.version not in believed}


def taken_over(
    client: RecordId, changes: Collection[Change], desks: Mapping[DeviceId, DeskCode], aside: Collection[Version]
) -> set[DeskCode]:
    """The desks that took a client over by an offer of others, are not believed, and have not given her away since.

    Two desks accept one person where offers cross: of them one is believed, and the other cannot know.
    """
    made = [one for one in changes if one.kind == TRANSFER.number and said(one, CLIENT_OF) == client]
    answers = {(one.record, desks.get(one.device), said(one, STATE)) for one in changes}
    accepted = {record for record, _, state in answers if state == ACCEPTED}
    found = set()
    for desk in {desks[one.device] for one in _claims(changes, desks, aside)}:
        came = [
            turn(one)
            for one in made
            if said(one, TO) == desk != desks.get(one.device)
            and one.record in accepted
            and (one.record, desk, DECLINED) not in answers
        ]
        went = [
            turn(one) for one in made if said(one, FROM) == desk and one.record in accepted and one.version not in aside
        ]
        if came and max(came) > max(went, default=0):
            found.add(desk)
    return found


def claims_aside(
    changes: Collection[Change], desks: Mapping[DeviceId, DeskCode], aside: Collection[Version]
) -> list[Change]:
    """Those of the changes about a client, not believed, with which desks say that she is their own, and which nothing
    that is believed replaced since."""
    believed = (one for one in changes if one.kind == CLIENT.number and one.version not in aside)
    replaced = {version for one in believed for version in _replaced(one, DESK)}
    return [one for one in _claims(changes, desks, aside) if one.version not in replaced]


def turn(change: Change) -> int:
    """The turn that a change says of a transfer; 0 for none, and for one that no record could hold."""
    value = fields_in(change.body).get(_TURN) if change.kind == TRANSFER.number else None
    found = value[0] if isinstance(value, list) and value and isinstance(value[0], int) else 0
    return found if 0 <= found <= MAX_NUMBER else 0


def _claims(changes: Iterable[Change], desks: Mapping[DeviceId, DeskCode], aside: Collection[Version]) -> list[Change]:
    """The changes with which desks say that a client is their own, and that are not believed."""
    return [
        one
        for one in changes
        if one.kind == CLIENT.number and one.version in aside and said(one, DESK) == desks.get(one.device)
    ]


def _when(change: Change) -> tuple[Stamp, str, int]:
    return change.hlc, change.chain, change.seq


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """By their stamps, but none before what it replaces or what its own device wrote before it: clocks lie."""
    known = {change.version: change for change in changes}
    waits, followers = _edges(known)
    ready = [(_when(known[one]), one) for one, count in waits.items() if not count]
    heapify(ready)
    order: dict[Version, Change] = {}
    # Forged changes may name each other in a circle: those go by their stamps in the end.
    rest = iter(sorted((_when(change), version) for version, change in known.items()))
    while len(order) < len(known):
        _, version = heappop(ready) if ready else next(rest)
        if version in order:
            continue
        order[version] = known[version]
        for follower in followers.get(version, ()):
            waits[follower] -= 1
            if not waits[follower]:
                heappush(ready, (_when(known[follower]), follower))
    return list(order.values())


def _edges(known: Mapping[Version, Change]) -> tuple[dict[Version, int], dict[Version, list[Version]]]:
    """For how many others each change waits, and which wait for it."""
    waits: dict[Version, int] = {}
    followers: dict[Version, list[Version]] = {}
    before: Version | None = None
    for version in sorted(known):
        needed = {Version(ChainId(chain), seq) for chain, seq in body_in(known[version].body).b}
        if before is not None and before.chain == version.chain:
            needed.add(before)
        needed = (needed & known.keys()) - {version}
        waits[version], before = len(needed), version
        for one in needed:
            followers.setdefault(one, []).append(version)
    return waits, followers


class _Walk:
    def __init__(
        self,
        client: RecordId,
        changes: list[Change],
        desks: Mapping[DeviceId, DeskCode],
        believed: Collection[Version],
    ) -> None:
        self.changes = changes
        self._client = client
        self._desks = desks
        self._holder = ""
        self._offers: dict[RecordId, _Offer] = {}
        self._makers: dict[RecordId, Version] = {}
        for change in sorted(changes, key=lambda one: one.version not in believed):
            if self._makes(change):
                self._makers.setdefault(change.record, change.version)
        self._answers = {(one.record, self._desks.get(one.device), said(one, STATE)) for one in changes}
        self._referred = {one.record for one in changes if one.kind == REFERRAL.number and said(one, REFERRED_TO)}

    def may(self, change: Change) -> bool:
        """Whether its author may say it, after all that was said before."""
        if change.kind == CLIENT.number:
            return self._client_may(change)
        if change.kind == TRANSFER.number:
            return self._transfer_may(change)
        return change.kind != REFERRAL.number or self._referral_may(change)

    def _makes(self, change: Change) -> bool:
        author = self._desks.get(change.device)
        if change.kind == CLIENT.number:
            desk = said(change, DESK)
            return bool(desk) and author in (None, desk) and not _replaced(change, DESK)
        return change.kind == TRANSFER.number and all(said(change, field) for field in _MAKING)

    def _client_may(self, change: Change) -> bool:
        desk, author = said(change, DESK), self._desks.get(change.device)
        if not desk and DESK not in fields_in(change.body):
            return True
        if self._makers.get(change.record) == change.version:
            self._holder = self._holder or desk
            return True
        if author is not None:
            if not self._holder:
                return False
            if author != self._holder and not (desk == author and self._takes(author)):
                return False
        self._holder = desk
        return True

    def _takes(self, author: DeskCode) -> bool:
        """Whether it was offered to that desk; an offer is good for once."""
        for record, one in self._offers.items():
            declined = (record, author, DECLINED) in self._answers
            if (one.from_desk, one.to_desk) == (self._holder, author) and not one.is_used and not declined:
                one.is_used = True
                return True
        return False

    def _transfer_may(self, change: Change) -> bool:
        fields, author = fields_in(change.body), self._desks.get(change.device)
        is_making = self._makers.get(change.record) == change.version
        if not fields.keys().isdisjoint(_MAKING):
            from_desk, to_desk = said(change, FROM), said(change, TO)
            if author is not None and not (is_making and author == from_desk == self._holder != to_desk):
                return False
            if is_making and said(change, CLIENT_OF) == self._client:
                # What a coordinator says is done needs no acceptance, and is good for none.
                self._offers[change.record] = _Offer(from_desk, to_desk, said(change, STATE) == ACCEPTED)
            return True
        offer = self._offers.get(change.record)
        if author is None or STATE not in fields:
            return True
        if offer is None:
            return False
        return author == (offer.from_desk if said(change, STATE) == WITHDRAWN else offer.to_desk)

    def _referral_may(self, change: Change) -> bool:
        author, client, to_desk = self._desks.get(change.device), said(change, CLIENT_OF), said(change, REFERRED_TO)
        moves = bool(to_desk) or (bool(client) and change.record in self._referred)
        if author is None or not moves or client not in ("", self._client):
            return True
        return author == self._holder != to_desk


def _replaced(change: Change, field: str) -> list[Version]:
    """The versions of a field that a change replaces, as far as it can be read."""
    try:
        body = body_in(change.body)
        value = body.f.get(field, [])
        return [Version(*body.b[place]) for place in value[1:]] if isinstance(value, list) else []
    except (LookupError, TypeError):
        return []

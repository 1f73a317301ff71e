"""The roster: whom coordinators have admitted and shut out, in versions that follow one another (FORMAT.md 11).

Pure: from the versions that a vault holds and the coordinators it trusts to who may exchange. A version that is not as
its coordinator made it, a series that parts in two or goes back, is told and never taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from desk_app.domain.change import ChainId
from desk_app.domain.errors import RosterForged, RosterForked, RosterNewer, RosterRolledBack, Trouble
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.domain.roster import Coordinator, Version
from desk_app.sync.signed_roster import FIRST, Entry, is_newer, verified, version_hash

_ROUNDS = 10
"""So many coordinators there are at most, each of whom may name another one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A device in the roster: its newest entry, and those of the coordinators who shut it out, by their codes."""

    entry: Entry
    revoked_by: Mapping[DeskCode, Entry] = field(default_factory=dict)

    @property
    def is_revoked(self) -> bool:
        """Whether any coordinator has shut it out."""
        return bool(self.revoked_by)


@dataclass(frozen=True, slots=True)
class Roster:
    """What all believed versions say together. `numbers` holds the newest number of each coordinator's device,
    `latest` its own newest entries, `last` the hash that the next version of each chain names."""

    listed: Mapping[DeviceId, Listed]
    numbers: Mapping[DeviceId, int]
    latest: Mapping[DeviceId, Mapping[DeviceId, Entry]]
    last: Mapping[ChainId, str]
    troubles: tuple[Trouble, ...] = ()


def effective(
    versions: Iterable[Version], trusted: Mapping[DeviceId, Coordinator], own: DeviceId | None = None
) -> Roster:
    """What the versions say together, of coordinators that are trusted and of those whom a trusted one lists.

    Whoever was shut out by one coordinator is out, until that one admits him again. For the coordinator whose device
    is `own` all that it wrote itself stands, whoever shut it out: it goes on after its last version.
    """
    by_issuer: defaultdict[DeviceId, list[Version]] = defaultdict(list)
    for version in versions:
        by_issuer[version.device].append(version)
    believed: dict[DeviceId, Coordinator] = {}
    series: dict[DeviceId, _Series] = {}
    wider = dict(trusted)
    for _ in range(_ROUNDS):
        if wider == believed:
            break
        believed = wider
        whole = {device: _Series(one, by_issuer[device]) for device, one in believed.items()}
        shut = {device: entries for device, entries in _shut_by(whole).items() if device != own}
        series = {
            device: _Series(one, [version for version in by_issuer[device] if _stands(version, shut.get(device, ()))])
            for device, one in believed.items()
        }
        _hear_each_other(series, whole)
        wider = {**_named_coordinators(series), **trusted}
    strangers = [device for device in by_issuer if device not in believed]
    return _united(series, strangers)


class _Series:
    """The versions of one coordinator that follow one another from the first, and what is wrong with the rest."""

    def __init__(self, issuer: Coordinator, versions: Iterable[Version]) -> None:
        self.issuer = issuer
        self.number = 0
        self.latest: dict[DeviceId, Entry] = {}
        self.last: dict[ChainId, str] = {}
        self.troubles: dict[str, Trouble] = {}
        self._since: dict[DeviceId, tuple[int, bool]] = {}
        by_chain: defaultdict[ChainId, list[Version]] = defaultdict(list)
        for version in versions:
            by_chain[version.chain].append(version)
        for chain in sorted(by_chain):
            self._follow(chain, by_chain[chain])

    def _follow(self, chain: ChainId, versions: Iterable[Version]) -> None:
        after: defaultdict[str, dict[str, tuple[Version, tuple[Entry, ...]]]] = defaultdict(dict)
        for version in versions:
            entries = verified(version, self.issuer.key)
            if entries is None:
                self._refuse(version)
            else:
                after[version.previous][version_hash(version)] = version, entries
        previous, number = FIRST, 0
        while children := after.get(previous):
            (name, (version, entries)), *others = children.items()
            if others:
                self.troubles["forked"] = RosterForked(self.issuer.desk, version.number)
                break
            if version.number <= number:
                self.troubles["rolled_back"] = RosterRolledBack(self.issuer.desk, version.number, number)
                break
            previous, number = name, version.number
            self._take(number, entries)
        self.last[chain] = previous

    def _refuse(self, version: Version) -> None:
        """Says why a version is none: what the coordinator signed in a newer format is no forgery."""
        if is_newer(version, self.issuer.key):
            self.troubles["newer"] = RosterNewer(self.issuer.desk)
        else:
            self.troubles["forged"] = RosterForged(self.issuer.desk)

    def _take(self, number: int, entries: Iterable[Entry]) -> None:
        """A restored coordinator counts on in another chain: of two with one number, who is shut out stays out."""
        self.number = max(self.number, number)
        for entry in entries:
            said = number, entry.is_revoked
            if said >= self._since.get(entry.device, (0, False)):
                self._since[entry.device] = said
                self.latest[entry.device] = entry


def _shut_by(series: Mapping[DeviceId, _Series]) -> dict[DeviceId, list[Entry]]:
    """Coordinator's device -> the entries that shut it out and count. Of two that shut out each other, only the word of
    the first by code does."""
    out = {
        (by, device): entry
        for by, one in series.items()
        for device, entry in one.latest.items()
        if entry.is_revoked and device in series and device != by
    }
    found: dict[DeviceId, list[Entry]] = {}
    for (by, device), entry in out.items():
        judges = {judge for judge, judged in out if judged == by}
        mutual = judges == {device} and series[by].issuer.desk < series[device].issuer.desk
        if not judges or mutual:
            found.setdefault(device, []).append(entry)
    return found


def _hear_each_other(series: Mapping[DeviceId, _Series], whole: Mapping[DeviceId, _Series]) -> None:
    """What a coordinator who was shut out says last of the one who did so is heard, whenever it was said: who takes him
    back does. Else two who shut out each other would stay out for ever, for neither is heard any more. That he shuts
    out the other one too counts only if his code comes first."""
    for by, one in series.items():
        for judge, other in whole.items():
            shut, said, word = other.latest.get(by), one.latest.get(judge), whole[by].latest.get(judge)
            if judge == by or not (shut and shut.is_revoked and said and said.is_revoked and word):
                continue
            if not word.is_revoked or series[judge].issuer.desk < one.issuer.desk:
                one.latest[judge] = msgspec.structs.replace(word, state="active", good={})


def _stands(version: Version, shut: Iterable[Entry]) -> bool:
    return all(version.seq <= entry.good.get(version.chain, 0) for entry in shut)


def _named_coordinators(series: Mapping[DeviceId, _Series]) -> dict[DeviceId, Coordinator]:
    return {
        entry.device: Coordinator(entry.desk, entry.key)
        for one in series.values()
        for entry in one.latest.values()
        if entry.kind == "coordinator"
    }


def _united(series: Mapping[DeviceId, _Series], strangers: Iterable[DeviceId]) -> Roster:
    entries: defaultdict[DeviceId, list[tuple[DeskCode, Entry]]] = defaultdict(list)
    ordered = sorted(series.items(), key=lambda item: (item[1].issuer.desk, item[0]))
    troubles: list[Trouble] = []
    for _, one in ordered:
        troubles += one.troubles.values()
        for entry in one.latest.values():
            entries[entry.device].append((one.issuer.desk, entry))
    listed = {}
    for device, said in entries.items():
        newest = max((entry for _, entry in said), key=lambda entry: (entry.since, entry.desk))
        listed[device] = Listed(newest, {by: entry for by, entry in said if entry.is_revoked})
    for device in strangers:
        known = listed.get(device)
        troubles.append(RosterForged(known.entry.desk if known else DeskCode(device)))
    last = {chain: name for one in series.values() for chain, name in one.last.items()}
    numbers = {device: one.number for device, one in series.items()}
    return Roster(listed, numbers, {device: one.latest for device, one in series.items()}, last, tuple(troubles))

"""Which clients are one person: whoever is linked to somebody, directly or through others."""

from collections.abc import Iterable, Mapping

from desk_app.domain.ids import RecordId


def people(links: Iterable[tuple[RecordId, RecordId]]) -> Mapping[RecordId, tuple[RecordId, ...]]:
    """Every linked client -> all who are the same person, itself among them, in the order of their ids.

    A pure function of the set of links, whatever order they come in.
    """
    groups: dict[RecordId, set[RecordId]] = {}
    for a, b in links:
        one, other = groups.get(a) or {a}, groups.get(b) or {b}
        if one is other:
            continue
        large, small = (one, other) if len(one) >= len(other) else (other, one)
        large |= small
        for client in small:
            groups[client] = large
        for client in (a, b):
            groups[client] = large
    ordered = {id(group): tuple(sorted(group)) for group in groups.values()}
    return {client: ordered[id(group)] for client, group in groups.items()}

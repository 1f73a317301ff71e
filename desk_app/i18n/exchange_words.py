"""Where the exchange with a partner stands, in whole sentences: for the window and for the command line."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from desk_app.domain.clock import today
from desk_app.domain.records.declaration import Registry
from desk_app.i18n import formats, labels
from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator

_MOST_PARTS = 6
"""So many numbers or stretches of them are named; who misses more has to begin anew anyway."""


def number_list(numbers: Sequence[int]) -> str:
    """Numbers of bundles: 3, 7–9, 12."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and stretches[-1][-1] == number - 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    words = [str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in stretches]
    return ", ".join([*words[:_MOST_PARTS], *(["…"] if len(words) > _MOST_PARTS else [])])


def gaps(code: str, numbers: Sequence[int], came_since: Collection[int], tr: Translator) -> str:
    """Which bundles never came; empty when every number did. What those `came_since` held is here: a bundle holds all
    that was not confirmed, so a later one brought it. They are asked for all the same, for somebody may hold them."""
    open_still = [number for number in numbers if number not in came_since]
    brought = [number for number in numbers if number in came_since]
    said = []
    if open_still:
        said.append(
            tr.plural(
                "{desk} {numbers} is missing; ask for it. What it held has not come yet.",
                "{desk} {numbers} are missing; ask for them. What they held has not come yet.",
                len(open_still),
                desk=desk_name(code, tr),
                numbers=number_list(open_still),
            )
        )
    if brought:
        said.append(
            tr.plural(
                "{desk} {numbers} is missing; ask for it. What it held came with a later bundle.",
                "{desk} {numbers} are missing; ask for them. What they held came with later bundles.",
                len(brought),
                desk=desk_name(code, tr),
                numbers=number_list(brought),
            )
        )
    return " ".join(said)


def clock_before(last: int, tr: Translator) -> str:
    """This computer's clock stands before what was last recorded; `last` in Unix milliseconds."""
    return tr.text(
        "This computer's clock stands before {day}, when something was last recorded. Set the right day and time.",
        day=today(last),
    )


def last_sent(number: int, on: date | None, tr: Translator) -> str:
    """The last bundle that was made for a partner."""
    if on is None:
        return tr.text("Nothing was sent yet.")
    return tr.text("Last sent: no. {number} on {day}.", number=str(number), day=on)


def last_received(number: int, on: date | None, tr: Translator) -> str:
    """The last bundle of a partner that was taken in."""
    if on is None:
        return tr.text("Nothing was received yet.")
    return tr.text("Last received: no. {number} on {day}.", number=str(number), day=on)


def receipt(number: int, made: date | None, tr: Translator) -> str:
    """Up to which of our bundles a partner has everything; `made` is when that one was made."""
    if number and made is not None:
        return tr.text("They have everything up to your bundle {number} of {day}.", number=str(number), day=made)
    return tr.text("They have confirmed nothing yet.")


def waits(changes: int, files: int, size: int, tr: Translator) -> list[str]:
    """What they have not confirmed."""
    said = []
    if changes:
        said.append(
            tr.plural(
                "{count} change is not confirmed by the partner yet.",
                "{count} changes are not confirmed by the partner yet.",
                changes,
            )
        )
    if files:
        of_size = file_size(size, tr)
        said.append(
            tr.plural("{count} file still waits, {size}.", "{count} files still wait, {size}.", files, size=of_size)
        )
    return said or [tr.text("Nothing waits for them.")]


def holds(kinds: Mapping[str, int], registry: Registry, tr: Translator) -> list[tuple[str, int]]:
    """Kinds of records in their words, with how many."""
    return [(labels.kinds(registry[kind], tr), count) for kind, count in kinds.items() if kind in registry]


def kind_counts(counts: Iterable[tuple[str, int]], tr: Translator) -> str:
    """Clients (3), Needs (12)."""
    return ", ".join(
        tr.text("{words} ({count})", words=words, count=formats.number(count, tr.language)) for words, count in counts
    )


def would_go(kinds: Sequence[tuple[str, int]], people: int, files: int, size: int, tr: Translator) -> list[str]:
    """What a bundle made now would hold: how many records about how many people, of which kinds, and files."""
    records = sum(count for _, count in kinds)
    if not records and not files:
        return [tr.text("Nothing new for them; the bundle would carry your receipts alone.")]
    said = []
    if records and people:
        about = tr.plural("{count} person", "{count} people", people)
        said.append(
            tr.plural("{count} record, about {people}", "{count} records, about {people}", records, people=about)
        )
    elif records:
        said.append(tr.plural("{count} record", "{count} records", records))
    if records:
        said.append(kind_counts(kinds, tr))
    if files:
        of_size = file_size(size, tr)
        said.append(tr.plural("{count} scan or photo, {size}", "{count} scans and photos, {size}", files, size=of_size))
    return said


def since(number: int, made: date | None, tr: Translator) -> str:
    """From when on everything goes."""
    if made is None:
        return tr.text("Everything from the beginning, for they have confirmed nothing yet.")
    return tr.text("Everything since your bundle {number} of {day}.", number=str(number), day=made)

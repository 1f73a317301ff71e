"""What an erasure takes and what it cannot reach, in words: the same in the window and on the command line."""

from collections.abc import Mapping, Sequence

from desk_app.domain.records.declaration import Registry
from desk_app.i18n import labels
from desk_app.i18n.translator import Translator


def what_goes(counts: Mapping[str, int], drafts: int, registry: Registry, tr: Translator) -> list[tuple[str, int]]:
    """What goes and how much of it, in the order of the kinds; unfinished forms last."""
    found = [(labels.kinds(kind, tr), counts[kind.name]) for kind in registry if counts.get(kind.name)]
    return [*found, (tr.text("Unfinished forms"), drafts)] if drafts else found


def linked_too(numbers: Sequence[str], tr: Translator) -> str:
    """That the clients who are the same person go together."""
    return tr.text("Linked as the same person, and erased together: {numbers}", numbers=", ".join(numbers))


def out_of_reach(tr: Translator) -> list[str]:
    """What stays, because nobody can erase it from here: each a line."""
    return [
        tr.text("Letters, reports and other papers that were printed"),
        tr.text("Files that were saved outside the program"),
        tr.text("Backups in other places, and copies of this desk that were set aside"),
        tr.text("Bundles on sticks and in mailboxes; whoever takes one in gets nothing of it back"),
        tr.text("A computer that never exchanges bundles again"),
    ]


def drafts_lost(count: int, tr: Translator) -> str:
    """What emptying a computer takes that no bundle brings back."""
    return tr.plural(
        "{count} unfinished form will be lost: save it first.",
        "{count} unfinished forms will be lost: save them first.",
        count,
    )

"""What the card of a plan says: in which order files stand, the sum of them, why some stay out, what is missing."""

from collections.abc import Iterable, Sequence

from desk_app.i18n import exchange_words
from desk_app.i18n.translator import Translator
from desk_app.ui.errors import ErrorReport
from desk_app.usecases.exchange import MOST_NUMBERS
from desk_app.usecases.exchange_overview import Standing
from desk_app.usecases.merge_plan import FilePlan, Outcome

FILES_NAMED = 3
"""So many files that fail for one reason are named before it; how many more there are is counted."""


def in_order(files: Iterable[FilePlan]) -> list[FilePlan]:
    """What is taken in first, then what has a reason to stay out, then what is here already."""
    return sorted(files, key=lambda one: (one.outcome is not Outcome.MERGED, one.trouble is None))


def summary(files: Sequence[FilePlan], tr: Translator, *, done: bool, unread: int) -> str:
    """What all files together would do or did; `unread` were left when the person stopped."""
    good = [one for one in files if one.outcome is Outcome.MERGED]
    parts = [_how_many(len(good), tr, done=done), *_counts(good, tr)]
    if done and good and len(parts) == 1:
        parts.append(tr.text("It brought nothing that was not here already."))
    if unread:
        parts.append(
            tr.plural(
                "You stopped: {count} file was left as it is.",
                "You stopped: {count} files were left as they are.",
                unread,
            )
        )
    elif not done:
        parts.append(tr.text("Nothing has been changed yet."))
    return " ".join(parts)


def _how_many(count: int, tr: Translator, *, done: bool) -> str:
    if done and count:
        return tr.plural("{count} file was taken in.", "{count} files were taken in.", count)
    if count:
        return tr.plural("{count} file can be taken in.", "{count} files can be taken in.", count)
    return tr.text("None of these files was taken in.") if done else tr.text("None of these files can be taken in.")


def _counts(good: Sequence[FilePlan], tr: Translator) -> list[str]:
    """What is none is not said."""
    said = []
    if new := sum(one.new for one in good):
        said.append(tr.plural("{count} record is new.", "{count} records are new.", new))
    if updated := sum(one.updated for one in good):
        said.append(tr.plural("{count} record is updated.", "{count} records are updated.", updated))
    if hidden := sum(one.would_hide - one.erased for one in good if one.would_hide > one.erased):
        said.append(tr.plural("{count} record is removed.", "{count} records are removed.", hidden))
    if erased := sum(one.erased for one in good):
        said.append(tr.plural("{count} record is erased.", "{count} records are erased.", erased))
    if arrived := sum(one.files for one in good):
        said.append(tr.plural("{count} file has arrived.", "{count} files have arrived.", arrived))
    if versions := sum(one.disagreements for one in good):
        said.append(tr.plural("{count} field has two versions.", "{count} fields have two versions.", versions))
    return said


def reasons(files: Iterable[FilePlan], errors: ErrorReport, tr: Translator) -> list[str]:
    """Why files stay out: each reason once, after the files that it keeps out.

    A reason that names its file is told for the first of them: of a stick that was pulled none can be read.
    """
    named: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], str] = {}
    for one in files:
        if one.trouble is not None:
            words = errors.words(one.trouble)
            key = type(one.trouble).__name__, "" if "path" in vars(one.trouble) else words
            named.setdefault(key, []).append(one.file.name)
            first.setdefault(key, words)
    return [_reason(first[key], names, tr) for key, names in named.items()]


def _reason(words: str, names: Sequence[str], tr: Translator) -> str:
    first = ", ".join(names[:FILES_NAMED])
    if len(names) <= FILES_NAMED:
        return tr.text("{file}: {words}", file=first, words=words)
    return tr.plural(
        "{file} and {count} more: {words}",
        "{file} and {count} more: {words}",
        len(names) - FILES_NAMED,
        file=first,
        words=words,
    )


def missing(files: Iterable[FilePlan], standings: Iterable[Standing], tr: Translator, *, done: bool) -> list[str]:
    """Which bundles of these senders never came: before the files are taken in, counted with them."""
    came: dict[str, set[int]] = {}
    for one in files:
        if one.number and one.outcome in (Outcome.MERGED, Outcome.KNOWN):
            came.setdefault(one.sender, set()).add(one.number)
    said = []
    for status in (one.status for one in standings if one.status.code in came):
        numbers = came[status.code]
        newest = max(numbers)
        ahead = () if done else range(max(status.received + 1, newest - MOST_NUMBERS), newest)
        gaps = [number for number in (*status.gaps, *ahead) if done or number not in numbers]
        if words := exchange_words.gaps(status.code, gaps, status.came_since, tr):
            said.append(words)
    return said

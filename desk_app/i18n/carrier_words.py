"""Where a bundle in the outbox stands, and what a way is, in words."""

from datetime import UTC, datetime

from desk_app.domain.carriers import KIND, Kind
from desk_app.domain.errors import Trouble
from desk_app.i18n import formats
from desk_app.i18n.messages import describe
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator

_MEGABYTE, _GIGABYTE = 2**20, 2**30


def about(to: str, number: int, way: str, tr: Translator) -> str:
    """Which bundle it is: Bundle no. 5 for Khorugh, by “Office cloud”."""
    return tr.text(
        "Bundle no. {number} for {partner}, by “{way}”", number=str(number), partner=desk_name(to, tr), way=way
    )


def standing(since: int, sent: int | None, again: int | None, trouble: Trouble | None, tr: Translator) -> list[str]:
    """Sent and when; or since when it waits, what went wrong last, and when it is tried again. Unix milliseconds."""
    if sent is not None:
        return [tr.text("Sent on {moment}.", moment=_moment(sent))]
    lines = [tr.text("Waits since {moment}.", moment=_moment(since))]
    if trouble is not None:
        said = describe(trouble, tr)
        lines += [said.sentence, said.next_step]
        if again is None:
            lines.append(tr.text("It is not tried again by itself until then."))
        else:
            lines.append(tr.text("The next try is on {moment}.", moment=_moment(again)))
    return lines


def kind(kind: Kind, tr: Translator) -> str:
    """What a way is: WebDAV server."""
    return tr.choice(KIND, kind)


def room(free: int, tr: Translator) -> str:
    """How much room a stick has, rounded down: 3 GB, 340 MB."""
    if free < _GIGABYTE:
        return tr.text("{count} MB", count=formats.number(free // _MEGABYTE, tr.language))
    return tr.text("{count} GB", count=formats.number(free // _GIGABYTE, tr.language))


def _moment(at: int) -> str:
    return formats.moment(datetime.fromtimestamp(at / 1000, UTC))

"""What the record of access asks of the vault, and one entry in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk_app.domain.clock import DUSHANBE, moment_of, stamp_of
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.referral import LETTER_LANGUAGE
from desk_app.domain.rules.auditing import ACTION, Action
from desk_app.i18n import formats, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.pages.targets import DIRECTORY, PERSON, REFERRALS, OpenPerson, OpenReferral
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import audit, users
from desk_app.usecases.audit import Entry

PAGE_ROWS = 100
_ICONS = {
    Action.UNLOCKED: Icon.KEY,
    Action.REFUSED: Icon.WARNING,
    Action.LOCKED: Icon.LOCK,
    Action.MADE: Icon.ADD,
    Action.CHANGED: Icon.EDIT,
    Action.SEEN: Icon.SHOW,
    Action.PRINTED: Icon.PRINT,
    Action.SAVED_AS: Icon.SAVE,
    Action.EXPORTED: Icon.EXPORT,
    Action.IMPORTED: Icon.IMPORT,
    Action.REPORTED: Icon.FIGURES,
    Action.BACKED_UP: Icon.STORED,
    Action.RESTORED: Icon.STORED,
    Action.SALVAGED: Icon.STORED,
    Action.ERASED: Icon.DELETE,
    Action.TRAVEL_WIPED: Icon.DELETE,
    Action.PARTNER_ADMITTED: Icon.EXCHANGE,
}
_WITH_A_PARTNER = (Action.EXPORTED, Action.IMPORTED, Action.PARTNER_ADMITTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are shown; None shows all."""

    user: str | None = None
    action: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Entries from one place on, whether more follow, and everybody by name; `own` when others' acts stay hidden."""

    entries: tuple[Entry, ...]
    more: bool
    users: tuple[tuple[UserId, str], ...]
    own: bool


def read(vault: Vault, asked: Asked, offset: int, language: str) -> Shown:
    """One page of entries; of the user's own, where the user may see no others. Users in the order of the language."""
    own = not audit.may_see(vault)
    since = int(datetime.combine(asked.day, time(), DUSHANBE).timestamp() * 1000) if asked.day else None
    found = audit.entries(
        vault,
        user=vault.user if own else asked.user,
        action=asked.action,
        since=since,
        until=since + timedelta(days=1) // timedelta(milliseconds=1) if since is not None else None,
        limit=PAGE_ROWS + 1,
        offset=offset,
    )
    everybody = tuple((one.user, one.name) for one in users.members(vault, language))
    return Shown(tuple(found[:PAGE_ROWS]), len(found) > PAGE_ROWS, everybody, own)


def entry_row(place: int, entry: Entry, registry: Registry, shown: Shown, tr: Translator) -> Row:
    """An entry as a row of the list."""
    return Row(
        str(place),
        tr.choice(ACTION, entry.action),
        _about(entry, registry, shown, tr),
        formats.moment(moment_of(stamp_of(entry.at))),
        entry.name or tr.text("somebody who is not known here"),
        _ICONS.get(Action(entry.action), Icon.KEY) if entry.action in ACTION else Icon.UNKNOWN,
    )


def target_of(entry: Entry) -> tuple[str, object] | None:
    """The page that shows the record of an entry, and what it is told."""
    if entry.kind == "referral":
        return REFERRALS, OpenReferral(RecordId(entry.record))
    if entry.kind == "organisation":
        return DIRECTORY, entry.record
    if entry.client:
        return PERSON, OpenPerson(RecordId(entry.client))
    return None


def _about(entry: Entry, registry: Registry, shown: Shown, tr: Translator) -> str:
    kind = labels.kind(registry[entry.kind], tr) if entry.kind in registry else ""
    return " · ".join(part for part in (kind, entry.number, _detail(entry, shown, tr)) if part)


def _detail(entry: Entry, shown: Shown, tr: Translator) -> str:
    first = entry.detail.partition(" ")[0]
    if entry.action in _WITH_A_PARTNER:
        return desk_name(first, tr)
    if entry.action == Action.PRINTED and first in LETTER_LANGUAGE:
        return tr.choice(LETTER_LANGUAGE, first)
    return dict(shown.users).get(UserId(first), "")

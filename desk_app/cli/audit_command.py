"""audit: who did, saw, printed and took out what."""

import argparse
from datetime import date, datetime, time, timedelta

from desk_app.cli import typed
from desk_app.cli.session import Command, Document, Session, columns
from desk_app.domain.clock import DUSHANBE, moment_of, stamp_of
from desk_app.domain.errors import UnknownUser
from desk_app.domain.ids import UserId
from desk_app.domain.rules.auditing import ACTION
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats, labels
from desk_app.storage.vault import Vault
from desk_app.usecases import audit, users
from desk_app.usecases.audit import Entry

OK = 0
_PAGE = 1000


def _takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--user", metavar="NAME", dest="by", help=tr.text("only what this user did"))
    parser.add_argument("--since", metavar="D", type=typed.day, help=tr.text("the first day, as 2026-01-01"))
    parser.add_argument("--until", metavar="D", type=typed.day, help=tr.text("the last day"))


def _audit(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        by = _user(vault, options.by) if options.by is not None else None
        since = _start(options.since) if options.since else None
        until = _start(options.until + timedelta(days=1)) if options.until else None
        found: list[Entry] = []
        while page := audit.entries(vault, user=by, since=since, until=until, limit=_PAGE, offset=len(found)):
            found += page
        lines = columns([_line(vault, entry, tr) for entry in found])
    closing = tr.plural("{count} entry", "{count} entries", len(found))
    session.answer({"entries": [_document(entry) for entry in found]}, [*lines, closing])
    return OK


def _user(vault: Vault, name: str) -> UserId:
    """Somebody who left is asked after too."""
    for one in users.members(vault):
        if one.name.casefold() == name.strip().casefold():
            return one.user
    raise UnknownUser(name)


def _start(day: date) -> int:
    return int(datetime.combine(day, time(), DUSHANBE).timestamp() * 1000)


def _line(vault: Vault, entry: Entry, tr: Translator) -> list[str]:
    kind = labels.kind(vault.registry[entry.kind], tr) if entry.kind in vault.registry else ""
    act = tr.choice(ACTION, entry.action)
    return [formats.moment(moment_of(stamp_of(entry.at))), entry.name, act, kind, entry.number, entry.detail]


def _document(entry: Entry) -> Document:
    return {
        "at": moment_of(stamp_of(entry.at)).isoformat(timespec="seconds"),
        "user": entry.user,
        "name": entry.name,
        "action": entry.action,
        "kind": entry.kind,
        "record": entry.record,
        "number": entry.number,
        "detail": entry.detail,
    }


COMMANDS = (Command("audit", N_("tell who did, saw and printed what"), _takes, _audit),)

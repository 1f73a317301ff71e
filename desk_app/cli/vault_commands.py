"""create, status, check: vaults themselves."""

import argparse
import getpass
import sys
from dataclasses import asdict
from datetime import datetime

from desk_app import bootstrap
from desk_app.cli import asking
from desk_app.cli.session import Command, Document, Session, columns, takes_nothing
from desk_app.domain.clock import DUSHANBE, today
from desk_app.domain.desks import COORDINATOR, desk_code, is_coordinator
from desk_app.domain.errors import DeskCodeWrong
from desk_app.domain.ids import DeskCode
from desk_app.domain.rules.roles import Role
from desk_app.domain.rules.soundness import ADVICE, FINDING
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, exchange_words, formats
from desk_app.i18n.places import desk_name
from desk_app.storage.check import Finding
from desk_app.usecases import checking, vaults
from desk_app.usecases.checking import CheckResult
from desk_app.usecases.partners import PartnerStatus
from desk_app.usecases.status import Status, status

OK, WRONG = 0, 1


def _create_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--kind", choices=("desk", "coordinator"), required=True, help=tr.text("what it is for"))
    parser.add_argument("--desk", metavar="CODE", help=tr.text("the desk's code, such as {example}", example="khorugh"))
    asking.takes_roles(parser, tr, required=False)


def _create(session: Session) -> int:
    desk = _desk(session)
    passphrase = _new_passphrase(session)
    recovery = vaults.create_vault(
        session.folder,
        desk,
        session.options.user or desk,
        passphrase,
        bootstrap.surroundings(),
        roles=[Role(role) for role in session.options.role],
    )
    tr = session.tr
    lines = [
        tr.text("A new vault lies in “{folder}”.", folder=str(session.folder)),
        tr.text("Recovery code: {code}", code=recovery),
        tr.text("Write it on paper now and keep it away from this computer. It will not be shown again."),
    ]
    session.answer({"folder": str(session.folder), "desk": desk, "recovery_code": recovery}, lines)
    return OK


def _desk(session: Session) -> DeskCode:
    """The code of the new vault. A coordinator has one of its own, which no desk can take."""
    wanted = session.options.desk or (COORDINATOR if session.options.kind == "coordinator" else "")
    if is_coordinator(wanted) is not (session.options.kind == "coordinator"):
        raise DeskCodeWrong(wanted)
    return desk_code(wanted)


def _new_passphrase(session: Session) -> str:
    """A passphrase that is typed is typed twice."""
    while True:
        first = session.passphrase()
        if not sys.stdin.isatty() or first == getpass.getpass(session.tr.text("The same once more:") + " "):
            return first


def _status(session: Session) -> int:
    with session.opened() as vault:
        found = status(vault)
        session.answer(_status_document(found), _status_lines(found, session.tr))
    return OK


def _status_document(found: Status) -> Document:
    return {
        "desk": found.desk,
        "kind": found.kind,
        "user": found.user,
        "people": found.people,
        "records": found.records,
        "changes": found.changes,
        "partners": [partner_document(one) for one in found.partners],
        "last_backup": moment(found.last_backup),
        "second_folder": str(found.second_folder) if found.second_folder else None,
        "second_folder_there": found.second_folder_there,
        "alarms": [one.id for one in found.alarms],
        "held": found.held,
        "clock_before": moment(found.clock_before),
    }


def partner_document(one: PartnerStatus) -> Document:
    """A partner as `status` and `partners` print it; times as ISO text."""
    return {
        "code": one.code,
        "name": one.name,
        "sent": one.sent,
        "sent_on": moment(one.sent_on),
        "acknowledged": one.acknowledged,
        "received": one.received,
        "received_on": moment(one.received_on),
        "waiting": one.waiting,
        "gaps": list(one.gaps),
        "came_since": list(one.came_since),
        "clock_ahead": one.clock_ahead,
        "revoked": one.revoked,
    }


def moment(milliseconds: int | None) -> str | None:
    """A time as ISO text in Tajikistan's zone."""
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, DUSHANBE).isoformat(timespec="seconds")


def day_of(milliseconds: int | None) -> str:
    """The day of a time in Tajikistan as people read it; empty for none."""
    return "" if milliseconds is None else formats.day(today(milliseconds))


def _status_lines(found: Status, tr: Translator) -> list[str]:
    counts = [
        [tr.text("Desk"), desk_name(found.desk, tr)],
        [tr.text("User"), found.user],
        [tr.text("People"), formats.number(found.people, tr.language)],
        [tr.text("Records"), formats.number(found.records, tr.language)],
        [tr.text("Changes"), formats.number(found.changes, tr.language)],
        [tr.text("Last backup"), day_of(found.last_backup) or "—"],
    ]
    absent = found.second_folder is not None and not found.second_folder_there
    words = [tr.text("The second folder for backups is not there: {folder}", folder=str(found.second_folder))]
    waits = [*(words if absent else []), *_waiting_lines(found, tr)]
    return [*columns(counts), *waits, "", *partner_lines(found.partners, tr)]


def _waiting_lines(found: Status, tr: Translator) -> list[str]:
    """What asks for a person before it can go on."""
    lines = []
    if found.clock_before is not None:
        lines.append(exchange_words.clock_before(found.clock_before, tr))
    if found.alarms:
        lines.append(
            tr.plural(
                "{count} computer may have been copied: see alarms",
                "{count} computers may have been copied: see alarms",
                len(found.alarms),
            )
        )
    if found.held:
        lines.append(
            tr.plural("{count} bundle is kept aside: see held", "{count} bundles are kept aside: see held", found.held)
        )
    return lines


def partner_lines(partners: tuple[PartnerStatus, ...], tr: Translator) -> list[str]:
    """Where the exchange with each partner stands, a line each, and what is missing in whole sentences."""
    if not partners:
        return [tr.text("No partner has been admitted yet.")]
    head = [
        tr.text("Partner"),
        tr.text("Sent"),
        tr.text("Acknowledged"),
        tr.text("Received"),
        tr.text("Waiting"),
        tr.text("Missing"),
    ]
    rows = [
        [
            f"{desk_name(one.code, tr)} ({one.code})",
            str(one.sent),
            str(one.acknowledged),
            str(one.received),
            formats.number(one.waiting, tr.language),
            exchange_words.number_list(one.gaps) or "—",
        ]
        for one in partners
    ]
    said = (exchange_words.gaps(one.code, one.gaps, one.came_since, tr) for one in partners)
    clocks = (f"{desk_name(one.code, tr)}: {tr.text('Its clock is wrong')}" for one in partners if one.clock_ahead)
    return [*columns([head, *rows]), *(words for words in said if words), *clocks]


def _check_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--deep", action="store_true", help=tr.text("also read every stored page"))


def _check(session: Session) -> int:
    with session.opened() as vault:
        found = checking.check(vault, deep=session.options.deep)
        # Before the vault is closed, which damage may keep from being written down.
        _tell_check(session, found)
    return OK if found.ok else WRONG


def _tell_check(session: Session, found: CheckResult) -> None:
    tr = session.tr
    problems = [_problem(problem, tr) for problem in found.problems]
    codes = dict.fromkeys(problem.code for problem in found.problems)
    advice = list(dict.fromkeys(tr.choice(ADVICE, code) for code in codes))
    verdict = tr.text("The vault is whole.") if found.ok else tr.text("The vault is not whole.")
    document = {
        "ok": found.ok,
        "state": found.state,
        "problems": [asdict(problem) for problem in found.problems],
        "advice": advice,
    }
    session.answer(document, [verdict, *problems, *advice, tr.text("State: {hash}", hash=found.state)])


def _problem(one: Finding, tr: Translator) -> str:
    where = " ".join(part for part in (one.kind, one.record, one.chain, str(one.number or "")) if part)
    words = tr.choice(FINDING, one.code)
    return f"{words} {where}".rstrip()


COMMANDS = (
    Command("create", N_("make a new vault"), _create_takes, _create),
    Command("status", N_("show how this vault stands"), takes_nothing, _status),
    Command("check", N_("compare what is stored with the log of changes"), _check_takes, _check),
)

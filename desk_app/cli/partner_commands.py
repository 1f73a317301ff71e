"""revoke, readmit, roster, held, alarms: who belongs to the programme, and what waits for a person's word."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from desk_app.cli.exchange_commands import OK, WRONG, file_document, merge_lines
from desk_app.cli.session import Command, Session, columns, takes_nothing
from desk_app.cli.vault_commands import day_of, moment
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats
from desk_app.i18n.messages import describe
from desk_app.i18n.places import desk_name
from desk_app.storage.held import HeldBundle
from desk_app.usecases import alarms, held, merging, roster
from desk_app.usecases.alarms import AlarmShown, Settlement
from desk_app.usecases.held import WHY
from desk_app.usecases.merge_plan import Outcome
from desk_app.usecases.roster import Member

_SHOWN = 8
"""So many digits of a name that is a hash are shown; as many are taken for it."""


def _revoke_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("partner", metavar="PARTNER", help=tr.text("the partner's code, or a device from the roster"))
    parser.add_argument(
        "--last-good", metavar="N", type=int, help=tr.text("the number of its last bundle that counts; else all came")
    )


def _revoke(session: Session) -> int:
    with session.opened() as vault:
        done = roster.revoke(vault, session.options.partner, session.options.last_good)
        aside = sum(one.changes for one in roster.set_aside(vault) if one.device == done.device)
    tr = session.tr
    lines = [
        tr.text(
            "{desk} is shut out. The other desks hear of it with their next bundle.", desk=desk_name(done.code, tr)
        ),
        tr.plural("{count} change was set aside", "{count} changes were set aside", aside),
    ]
    session.answer({**_member_document(done), "set_aside": aside}, lines)
    return OK


def _readmit_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("partner", metavar="PARTNER", help=tr.text("the partner's code, or a device from the roster"))


def _readmit(session: Session) -> int:
    with session.opened() as vault:
        done = roster.readmit(vault, session.options.partner)
    said = session.tr.text("{desk} is admitted again.", desk=desk_name(done.code, session.tr))
    session.answer(_member_document(done), [said])
    return OK


def _roster(session: Session) -> int:
    tr = session.tr
    with session.opened() as vault:
        found, aside = roster.current(vault), roster.set_aside(vault)
    troubles = [describe(one, tr) for one in found.troubles]
    document = {
        "members": [_member_document(one) for one in found.members],
        "versions": dict(found.versions),
        "set_aside": [asdict(one) for one in aside],
        "troubles": [type(one).__name__ for one in found.troubles],
    }
    head = [tr.text("Partner"), tr.text("Device"), tr.text("Since"), ""]
    lines = columns([head, *(_member_row(one, tr) for one in found.members)]) if found.members else []
    lines += [
        tr.plural(
            "{count} change of {desk} is set aside",
            "{count} changes of {desk} are set aside",
            one.changes,
            desk=desk_name(one.code, tr),
        )
        for one in aside
    ]
    lines += [f"{one.sentence} {one.next_step}" for one in troubles]
    session.answer(document, lines or [tr.text("There is no roster yet.")])
    return OK


def _member_row(one: Member, tr: Translator) -> list[str]:
    if one.revoked_by:
        state = tr.text("shut out by {by}", by=", ".join(desk_name(by, tr) for by in one.revoked_by))
    else:
        state = tr.text("admitted") if one.is_current else tr.text("no longer used")
    return [f"{desk_name(one.code, tr)} ({one.code})", one.device, day_of(one.since), state]


def _member_document(one: Member) -> dict[str, object]:
    return {
        "code": one.code,
        "device": one.device,
        "name": one.name,
        "kind": one.kind,
        "since": moment(one.since),
        "current": one.is_current,
        "revoked_by": list(one.revoked_by),
    }


def _held_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--take-in", action="store_true", help=tr.text("take in those that wait for nothing any more"))
    one.add_argument("--throw-away", metavar="NAME", help=tr.text("let one go: its name in the list"))


def _held(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        if options.take_in:
            done = merging.apply_plan(vault, held.plan(vault))
            # Where nothing can be taken in yet, the list says what each waits for.
            lines = merge_lines(done, tr) if done else _held_lines(held.bundles(vault), tr)
            session.answer({"files": [file_document(one, tr) for one in done]}, lines)
            return OK if all(one.outcome in (Outcome.MERGED, Outcome.KNOWN) for one in done) else WRONG
        if options.throw_away:
            held.throw_away(vault, options.throw_away)
        found = held.bundles(vault)
    session.answer({"held": [_held_document(one) for one in found]}, _held_lines(found, tr))
    return OK


def _held_lines(found: Sequence[HeldBundle], tr: Translator) -> list[str]:
    return columns(_held_row(one, tr) for one in found) or [tr.text("No bundle is kept aside.")]


def _held_row(one: HeldBundle, tr: Translator) -> list[str]:
    size = formats.number(one.size, tr.language)
    return [one.hash[:_SHOWN], one.desk, str(one.number), day_of(one.came), size, tr.choice(WHY, one.why)]


def _held_document(one: HeldBundle) -> dict[str, object]:
    return {**asdict(one), "why": one.why.value, "came": moment(one.came)}


def _alarms_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--settle", metavar="ALARM", help=tr.text("the alarm's name in the list"))
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--keep-going",
        dest="how",
        action="store_const",
        const=Settlement.KEEP_GOING,
        help=tr.text("what is here stays, and the computer goes on sending"),
    )
    one.add_argument(
        "--revoke",
        dest="how",
        action="store_const",
        const=Settlement.REVOKE,
        help=tr.text("shut the computer out, from the first change that came twice on"),
    )
    parser.set_defaults(parser=parser)


def _alarms(session: Session) -> int:
    options, tr = session.options, session.tr
    if (options.settle is None) is not (options.how is None):
        options.parser.error("--settle")
    with session.opened() as vault:
        if options.settle is not None:
            alarms.settle(vault, options.settle, options.how)
        found = alarms.open_alarms(vault)
    lines = [line for one in found for line in alarm_lines(one, tr)]
    session.answer({"alarms": [alarm_document(one) for one in found]}, lines or [tr.text("There is no alarm.")])
    return OK


def alarm_lines(one: AlarmShown, tr: Translator) -> list[str]:
    """What an alarm says, and its name."""
    if one.is_own:
        said = tr.text(
            "This vault was copied: its numbers were also given elsewhere. It goes on in a series of its own."
        )
    else:
        said = tr.text("The computer of {desk} may have been copied.", desk=desk_name(one.code, tr))
    waiting = tr.plural("{count} bundle waits for it.", "{count} bundles wait for it.", one.held)
    return [f"{day_of(one.raised)}  {said} {waiting}", f"  {one.id}"]


def alarm_document(one: AlarmShown) -> dict[str, object]:
    """An alarm, for `--json`."""
    return {**asdict(one), "raised": moment(one.raised)}


COMMANDS = (
    Command("revoke", N_("shut a partner out"), _revoke_takes, _revoke),
    Command("readmit", N_("admit a partner again who was shut out"), _readmit_takes, _readmit),
    Command("roster", N_("show who belongs to the programme and who was shut out"), takes_nothing, _roster),
    Command("held", N_("list the bundles that are kept aside, take them in or throw them away"), _held_takes, _held),
    Command("alarms", N_("list the alarms about copied computers, and settle one"), _alarms_takes, _alarms),
)

"""carriers, carrier, send, fetch: bundles on their way when there is a connection, and sticks."""

import argparse
from collections.abc import Sequence

from desk_app.cli import asking
from desk_app.cli.exchange_commands import file_document, merge_lines
from desk_app.cli.record_commands import takes_fields
from desk_app.cli.session import Command, Document, Session, takes_nothing
from desk_app.domain.carriers import KIND, SECRET, SETTING, SETTINGS, Kind
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, carrier_words
from desk_app.i18n.messages import describe
from desk_app.storage.outbox import Waiting, trouble_of
from desk_app.storage.vault import Vault
from desk_app.sync.carriers import sticks
from desk_app.sync.carriers.sticks import Stick
from desk_app.usecases import carriers, carrying, fetching, merging
from desk_app.usecases.carriers import WayShown
from desk_app.usecases.exchange import Exported
from desk_app.usecases.merge_plan import FilePlan, Outcome

OK, WRONG = 0, 1
STICK = "stick"
"""Said in place of a way's name for the stick that is plugged in; `stick:NAME` where there are several."""


def _carriers(session: Session) -> int:
    tr, found = session.tr, sticks.sticks()
    with session.opened() as vault:
        ways, waits = carriers.ways(vault), carrying.waiting(vault)
    document = {
        "carriers": [_way_document(one) for one in ways],
        "sticks": [_stick_document(one) for one in found],
        "outbox": [_waiting_document(one) for one in waits],
    }
    lines = [f"{one.name}: {carrier_words.kind(one.kind, tr)}" for one in ways]
    lines += [_stick_line(one, tr) for one in found]
    session.answer(document, [*lines, *(line for one in waits for line in _waiting_lines(one, tr))])
    return OK


def _carrier_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    acts = parser.add_argument("act", metavar="add|change|try|remove", choices=tuple(_ACTS))
    acts.help = tr.text("what to do with the way of sending")
    parser.add_argument("name", metavar="NAME", help=tr.text("what the way is called"))
    takes_fields(parser, tr, "*")


def _carrier(session: Session) -> int:
    return _ACTS[session.options.act](session)


def _add(session: Session) -> int:
    fields = dict(session.options.fields)
    said = fields.pop("kind", "")
    if said not in KIND:
        return _tell_kinds(session)
    kind = Kind(said)
    password = asking.carrier_password(session) if kind in SECRET else ""
    with session.opened() as vault:
        made = carriers.add(vault, session.options.name, kind, fields, password)
    return _tell_way(session, made)


def _tell_kinds(session: Session) -> int:
    """Without a kind it is said what each kind is told."""
    tr = session.tr
    document = {kind.value: [setting.name for setting in SETTINGS[kind]] for kind in Kind}
    lines = [
        f"kind={kind.value}: " + ", ".join(f"{one.name}= ({tr.choice(SETTING, one.name)})" for one in SETTINGS[kind])
        for kind in Kind
    ]
    session.answer({"kinds": document}, lines)
    return WRONG


def _change(session: Session) -> int:
    with session.opened() as vault:
        old = carriers.way(vault, session.options.name)
        fields = dict(session.options.fields)
        # Without a field it is the password that changes.
        password = asking.carrier_password(session) if not fields else None
        made = carriers.change(vault, old.name, {**old.told, **fields}, password)
    return _tell_way(session, made)


def _try(session: Session) -> int:
    with session.opened() as vault:
        opener = carriers.opener(vault, session.options.name)
    carriers.try_out(opener)
    session.answer({"name": opener.name, "ok": True}, [session.tr.text("It works.")])
    return OK


def _remove(session: Session) -> int:
    with session.opened() as vault:
        carriers.remove(vault, session.options.name)
    session.answer({"name": session.options.name}, [session.tr.text("Removed: {name}", name=session.options.name)])
    return OK


_ACTS = {"add": _add, "change": _change, "try": _try, "remove": _remove}


def _send_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--to", metavar="PARTNER", help=tr.text("the partner's code; without it, what waits is tried"))
    parser.add_argument("--by", metavar="CARRIER", help=tr.text("the way's name, or {word}", word=STICK))
    parser.add_argument("--address", metavar="E-MAIL", default="", help=tr.text("the partner's e-mail address"))
    parser.add_argument("--full", action="store_true", help=tr.text("everything, not only what is new to the partner"))
    parser.set_defaults(parser=parser)


def _send(session: Session) -> int:
    options = session.options
    if (options.to is None) is not (options.by is None):
        options.parser.error("--to, --by")
    with session.opened() as vault:
        if options.by is not None and _is_stick(options.by):
            return _tell_exported(session, _to_stick(vault, options.to, options.by, options.full))
        if options.to is not None:
            carrying.send(vault, options.to, options.by, options.address, options.full)
        # Who sends a new one has mended nothing: a wrong password said often enough locks a mail box.
        carrying.carry_all(vault, now=options.to is None)
        waits = [one for one in carrying.waiting(vault) if one.sent is None]
        newest = carrying.waiting(vault)[-1:] if options.to is not None else []
    told = [*waits, *(one for one in newest if one not in waits)]
    lines = [line for one in told for line in _waiting_lines(one, session.tr)]
    session.answer({"outbox": [_waiting_document(one) for one in told]}, lines or [session.tr.text("Nothing waits.")])
    return WRONG if waits else OK


def _to_stick(vault: Vault, to: str, by: str, full: bool) -> Exported:
    return carrying.send_to_stick(vault, to, sticks.named(_stick_name(by)).path, full)


def _fetch_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "--by", metavar="CARRIER", help=tr.text("the way's name, or {word}; without it, all ways", word=STICK)
    )
    parser.add_argument("--preview", action="store_true", help=tr.text("only say what would happen"))
    parser.add_argument(
        "--confirmed", action="store_true", help=tr.text("take it in although it removes unusually much")
    )


def _fetch(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        if options.by is not None and _is_stick(options.by):
            stick = sticks.named(_stick_name(options.by)).path
            plan = fetching.plan_paths(vault, [stick], is_shown=options.preview)
            done = plan.files if options.preview else merging.apply_plan(vault, plan, confirmed=options.confirmed)
            return _tell_fetched(session, done, [])
        fetched = [fetching.fetch(one) for one in fetching.errands(vault, options.by)]
        arrived = fetching.plan(vault, fetched, is_shown=options.preview)
        done = arrived.plan.files
        if not options.preview:
            done = merging.apply_plan(vault, arrived.plan, confirmed=options.confirmed)
            fetching.note_taken(vault, arrived, done)
    troubles = [(name, describe(trouble, tr)) for name, trouble in arrived.troubles.items()]
    return _tell_fetched(session, done, [f"{name}: {said.sentence} {said.next_step}" for name, said in troubles])


def _tell_fetched(session: Session, done: Sequence[FilePlan], troubles: list[str]) -> int:
    lines = merge_lines(tuple(done), session.tr) if done else [session.tr.text("Nothing new has come.")]
    document = {"files": [file_document(one, session.tr) for one in done], "troubles": troubles}
    session.answer(document, [*lines, *troubles])
    fine = all(one.outcome in (Outcome.MERGED, Outcome.KNOWN, Outcome.FOREIGN) for one in done)
    return OK if fine and not troubles else WRONG


def _tell_way(session: Session, made: WayShown) -> int:
    tr = session.tr
    lines = [f"{made.name}: {carrier_words.kind(made.kind, tr)}"]
    if made.signs_in_with:
        lines += [tr.text("Give this line to whoever runs the server, so that the program may sign in:")]
        lines += [made.signs_in_with]
    session.answer(_way_document(made), lines)
    return OK


def _tell_exported(session: Session, made: Exported) -> int:
    tr = session.tr
    document = {"file": str(made.file), "to": made.to, "number": made.number, "digits": made.digits, "size": made.size}
    lines = [
        tr.text("Bundle no. {number} for {to}: {file}", number=str(made.number), to=made.to, file=str(made.file)),
        tr.text("Digits to compare by phone: {digits}", digits=made.digits),
    ]
    session.answer(document, lines)
    return OK


def _way_document(one: WayShown) -> Document:
    return {"name": one.name, "kind": one.kind.value, "told": dict(one.told), "signs_in_with": one.signs_in_with}


def _stick_document(one: Stick) -> Document:
    return {"name": one.name, "folder": str(one.path), "free": one.free, "read_only": one.read_only}


def _stick_line(one: Stick, tr: Translator) -> str:
    if one.read_only:
        return tr.text("Stick “{stick}”: locked", stick=one.name)
    return tr.text("Stick “{stick}”: {size} free", stick=one.name, size=carrier_words.room(one.free, tr))


def _waiting_document(one: Waiting) -> Document:
    return {
        "file": one.name,
        "to": one.to,
        "number": one.number,
        "by": one.way,
        "digits": one.digits,
        "since": one.since,
        "sent": one.sent,
        "next_try": one.next_try,
        "trouble": one.trouble.kind if one.trouble else None,
    }


def _waiting_lines(one: Waiting, tr: Translator) -> list[str]:
    head = carrier_words.about(one.to, one.number, one.way, tr)
    said = carrier_words.standing(one.since, one.sent, one.next_try, trouble_of(one.trouble), tr)
    lines = [f"{head}: {' '.join(said)}"]
    if one.sent is not None:
        lines.append(tr.text("Digits to compare by phone: {digits}", digits=one.digits))
    return lines


def _is_stick(by: str) -> bool:
    return by == STICK or by.startswith(f"{STICK}:")


def _stick_name(by: str) -> str:
    return by.partition(":")[2]


COMMANDS = (
    Command("carriers", N_("show the ways of sending, the sticks, and what waits"), takes_nothing, _carriers),
    Command("carrier", N_("add, change, try or remove a way of sending"), _carrier_takes, _carrier),
    Command("send", N_("seal a bundle and send it, or try again what waits"), _send_takes, _send),
    Command("fetch", N_("fetch what has come and take it in"), _fetch_takes, _fetch),
)

"""backup, restore, salvage, travel: copies of a vault, and being without it for a while."""

import argparse
from datetime import datetime
from pathlib import Path

from desk_app import bootstrap
from desk_app.cli.session import Command, Session
from desk_app.cli.vault_commands import moment
from desk_app.domain.clock import DUSHANBE
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator
from desk_app.i18n.erasure_words import drafts_lost
from desk_app.storage.salvage import Salvaged
from desk_app.usecases import backups, restoring, salvage, travel
from desk_app.usecases.restoring import Restored

OK, WRONG, USAGE = 0, 1, 2


def _backup_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("file", metavar="FILE", help=tr.text("where to write the backup: a new file, or a folder"))


def _backup(session: Session) -> int:
    tr = session.tr
    with session.opened() as vault:
        made = backups.back_up(vault, Path(session.options.file))
    lines = [
        tr.text("Backup: {file}", file=str(made.file)),
        tr.text("It was opened again and checked. It opens with the passphrases of today."),
        tr.text("Size: {size} bytes", size=made.size),
    ]
    session.answer({"file": str(made.file), "made": moment(made.at), "size": made.size}, lines)
    return OK


def _restore_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("file", metavar="FILE", help=tr.text("the backup"))
    parser.add_argument("folder", metavar="FOLDER", help=tr.text("where the vault shall lie"))
    parser.add_argument(
        "--replace", action="store_true", help=tr.text("set the vault that lies there aside; it is not removed")
    )


def _restore(session: Session) -> int:
    options = session.options
    done = restoring.restore(
        Path(options.file),
        Path(options.folder),
        options.user,
        session.passphrase(),
        bootstrap.surroundings(),
        replace=options.replace,
    )
    document = {
        "folder": str(done.folder),
        "made": moment(done.made),
        "set_aside": str(done.aside) if done.aside else None,
        "erasures": done.erasures,
    }
    session.answer(document, _restored_lines(done, session.tr))
    return OK


def _restored_lines(done: Restored, tr: Translator) -> list[str]:
    day = datetime.fromtimestamp(done.made / 1000, DUSHANBE).date()
    lines = [tr.text("The backup of {day} was restored in “{folder}”.", day=day, folder=str(done.folder))]
    if done.aside is not None:
        lines.append(tr.text("The vault that lay there is kept in “{folder}”.", folder=str(done.aside)))
        if done.erasures is None:
            lines.append(tr.text("It could not be opened, so what was erased since the backup may be here again."))
    lines.append(tr.text("Send a bundle to the coordinator: the answer brings back what is newer than the backup."))
    return lines


def _salvage_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=tr.text("the damaged vault, which is not changed"))
    parser.add_argument("new_folder", metavar="NEW_FOLDER", help=tr.text("where the new vault shall lie"))


def _salvage(session: Session) -> int:
    options, tr = session.options, session.tr
    found = salvage.salvage(
        Path(options.folder), Path(options.new_folder), options.user, session.passphrase(), bootstrap.surroundings()
    )
    document = {
        "folder": options.new_folder,
        "pages": found.pages,
        "pages_lost": found.pages_lost,
        "changes": found.changes,
        "changes_lost": found.missing + found.nameless,
        "own_keys": found.own_keys,
        "whole": found.is_whole,
    }
    lines = [tr.text("What could be read was saved in “{folder}”.", folder=options.new_folder)]
    lines += salvage_lines(found, tr)
    session.answer(document, lines)
    return OK


def salvage_lines(found: Salvaged, tr: Translator) -> list[str]:
    """What was saved, what was lost, what to do."""
    lost = found.missing + found.nameless
    lines = [
        tr.plural("{count} change was saved.", "{count} changes were saved.", found.changes),
        tr.plural("{count} change was lost.", "{count} changes were lost.", lost)
        if lost
        else tr.text("As far as can be told, no change was lost."),
    ]
    if not found.own_keys:
        lines.append(tr.text("This computer's own keys were lost: the coordinator has to admit its card again."))
    lines.append(tr.text("Send a bundle to the coordinator: the answer brings back what it has."))
    return lines


def _travel_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    steps.add_parser("status", help=tr.text("say which step comes next"))
    send = steps.add_parser("send", help=tr.text("write a bundle with everything the coordinator has not confirmed"))
    send.add_argument("target", metavar="FILE_OR_FOLDER", help=tr.text("where to write the bundle"))
    wipe = steps.add_parser("wipe", help=tr.text("empty this computer of all records"))
    wipe.add_argument("--yes", action="store_true", required=True, help=tr.text("needed, for it cannot be undone here"))
    for step in steps.choices.values():
        step.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=tr.text("answer with one JSON document")
        )


def _travel(session: Session) -> int:
    return {"status": _travel_status, "send": _travel_send, "wipe": _travel_wipe}[session.options.step](session)


def _travel_status(session: Session) -> int:
    tr = session.tr
    with session.opened() as vault:
        found = travel.travel(vault)
    lines = [tr.choice(travel.STAGE, found.stage)]
    if found.waiting:
        lines.append(
            tr.plural(
                "{count} change or file is not confirmed.",
                "{count} changes and files are not confirmed.",
                found.waiting,
            )
        )
    if found.drafts:
        lines.append(drafts_lost(found.drafts, tr))
    session.answer({"stage": found.stage.value, "waiting": found.waiting, "drafts": found.drafts}, lines)
    return OK


def _travel_send(session: Session) -> int:
    tr = session.tr
    with session.opened() as vault:
        made = travel.prepare(vault, Path(session.options.target))
    lines = [
        tr.text("Bundle no. {number} for {to}: {file}", number=str(made.number), to=made.to, file=str(made.file)),
        tr.text("Digits to compare by phone: {digits}", digits=made.digits),
        tr.text("Take in the coordinator's answer, then empty this computer."),
    ]
    session.answer({"file": str(made.file), "number": made.number, "digits": made.digits}, lines)
    return OK


def _travel_wipe(session: Session) -> int:
    tr = session.tr
    with session.opened() as vault:
        travel.wipe(vault)
    lines = [
        tr.text("This computer holds no records any more. The coordinator's bundle brings them back."),
        tr.text("Backups on sticks were not changed: leave them at home."),
    ]
    session.answer({"stage": travel.Stage.EMPTY.value}, lines)
    return OK


COMMANDS = (
    Command("backup", N_("make a backup and check it"), _backup_takes, _backup),
    Command("restore", N_("make a vault of a backup"), _restore_takes, _restore),
    Command("salvage", N_("save what can be read of a damaged vault"), _salvage_takes, _salvage),
    Command("travel", N_("empty this computer for a journey, step by step"), _travel_takes, _travel),
)

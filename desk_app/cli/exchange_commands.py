"""card, enrol, partners, export, merge: keys and bundles."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from desk_app.cli.duplicate_commands import arrivals_document, arrivals_lines
from desk_app.cli.session import Command, Document, Session, columns, takes_nothing
from desk_app.cli.vault_commands import partner_document, partner_lines
from desk_app.domain.errors import AlarmOpen, Equivocation, GapBefore, LargeChange, Trouble
from desk_app.domain.ids import DeskCode
from desk_app.domain.vocabulary import N_, Vocabulary
from desk_app.i18n import Translator, formats, labels, merge_words
from desk_app.i18n.messages import describe
from desk_app.storage import files
from desk_app.usecases import attachments, duplicates, exchange, fetching, merging, partners
from desk_app.usecases.attachment_exchange import BUDGET
from desk_app.usecases.merge_plan import FilePlan, Outcome
from desk_app.usecases.merge_results import NEEDS_A_LOOK, Named
from desk_app.usecases.partners import CardShown

OK, WRONG = 0, 1
_MOST_RECORDS = 300
"""So many records a file are printed for a script; the counts say how many there were."""
_MEGABYTE = 1024 * 1024
OUTCOME = Vocabulary(
    "bundle_outcome",
    {
        Outcome.MERGED: N_("Merged"),
        Outcome.KNOWN: N_("Already known"),
        Outcome.DAMAGED: N_("Damaged"),
        Outcome.FOREIGN: N_("Not for us"),
        Outcome.UNKNOWN_SENDER: N_("Unknown sender"),
        Outcome.REVOKED: N_("Sender shut out"),
        Outcome.HELD: N_("Has to wait"),
        Outcome.NEWER_FORMAT: N_("Made by a newer version"),
    },
)
HELD_FOR: Mapping[type[Trouble], str] = {
    GapBefore: N_("An earlier bundle is missing"),
    AlarmOpen: N_("Kept for the alarm"),
    Equivocation: N_("Kept for the alarm"),
    LargeChange: N_("Removes unusually much"),
}
"""What a bundle waits for that is held."""


def _card_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "--output", metavar="FILE", required=True, help=tr.text("where to write the card; with .png its QR code")
    )


def _card(session: Session) -> int:
    output = Path(session.options.output)
    files.refuse_taken(output)
    with session.opened() as vault:
        shown = partners.write_card(vault, output)
    return _tell_card(session, shown)


def _enrol_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("file", metavar="FILE", help=tr.text("the partner's card, or a picture of its QR code"))
    parser.add_argument("--digits", metavar="D", help=tr.text("the digits that the partner read out"))


def _enrol(session: Session) -> int:
    with session.opened() as vault:
        shown = partners.enrol(vault, Path(session.options.file), session.options.digits)
    return _tell_card(session, shown)


def _tell_card(session: Session, shown: CardShown) -> int:
    digits = " ".join(shown.digits)
    lines = [
        f"{shown.name} ({shown.code})",
        digits,
        session.tr.text("Compare these digits with the other side, by phone or face to face."),
    ]
    session.answer({"code": shown.code, "name": shown.name, "digits": digits}, lines)
    return OK


def _partners(session: Session) -> int:
    with session.opened() as vault:
        known = tuple(partners.partners(vault))
    session.answer({"partners": [partner_document(one) for one in known]}, partner_lines(known, session.tr))
    return OK


def _export_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--to", metavar="PARTNER", required=True, help=tr.text("the partner's code"))
    parser.add_argument("--output", metavar="FILE_OR_FOLDER", required=True, help=tr.text("where to write the bundle"))
    parser.add_argument("--full", action="store_true", help=tr.text("everything, not only what is new to the partner"))
    parser.add_argument(
        "--files",
        metavar="MB",
        type=int,
        choices=range(201),
        default=BUDGET // _MEGABYTE,
        help=tr.text(
            "how many megabytes of scans and photos to carry, 0 to 200; with 0 older versions read the bundle"
        ),
    )


def _export(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        budget = options.files * _MEGABYTE
        made = exchange.export(vault, options.to, Path(options.output), full=options.full, files_budget=budget)
        waiting, waiting_bytes = attachments.waiting_for(vault, DeskCode(options.to))
    document = {
        "file": str(made.file),
        "to": made.to,
        "number": made.number,
        "changes": made.changes,
        "digits": made.digits,
        "size": made.size,
        "files_waiting": waiting,
        "bytes_waiting": waiting_bytes,
    }
    lines = [
        tr.text("Bundle no. {number} for {to}: {file}", number=str(made.number), to=made.to, file=str(made.file)),
        tr.plural("{count} change inside", "{count} changes inside", made.changes),
        tr.text("Size: {size} bytes", size=made.size),
        tr.text("Digits to compare by phone: {digits}", digits=made.digits),
    ]
    if waiting:
        lines.append(tr.plural("{count} file is not confirmed yet", "{count} files are not confirmed yet", waiting))
    session.answer(document, lines)
    return OK


def _merge_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help=tr.text("bundles, or folders of bundles"))
    parser.add_argument("--preview", action="store_true", help=tr.text("only say what would happen"))
    parser.add_argument(
        "--confirmed", action="store_true", help=tr.text("take it in although it removes unusually much")
    )


def _merge(session: Session) -> int:
    with session.opened() as vault:
        files, is_shown = [Path(file) for file in session.options.files], session.options.preview
        plan = fetching.plan_paths(vault, files, is_shown=is_shown)
        done = plan.files if is_shown else merging.apply_plan(vault, plan, confirmed=session.options.confirmed)
        arrived = duplicates.arrived(vault, () if is_shown else done)
    document = {
        "files": [file_document(one, session.tr) for one in done],
        "new_people": arrivals_document(arrived),
    }
    session.answer(document, [*merge_lines(done, session.tr), *arrivals_lines(arrived, session.tr)])
    fine = all(one.outcome in (Outcome.MERGED, Outcome.KNOWN) for one in done)
    return OK if fine else WRONG


def file_document(one: FilePlan, tr: Translator) -> Document:
    """What became of a file and of its records, for `--json`."""
    return {
        "file": str(one.file),
        "outcome": one.outcome.value,
        "sender": one.sender,
        "number": one.number,
        "new": one.new,
        "updated": one.updated,
        "same": one.same,
        "disagreements": one.disagreements,
        "quarantined": one.quarantined,
        "erased": one.erased,
        "would_hide": one.would_hide,
        "would_hide_people": one.would_hide_people,
        "files": one.files,
        "kinds": {kind: {"new": new, "updated": updated} for kind, (new, updated) in (one.told.kinds or {}).items()},
        "records": [_record_document(record, tr) for record in one.told.records[:_MOST_RECORDS]],
    }


def _record_document(one: Named, tr: Translator) -> Document:
    return {
        "id": one.record,
        "kind": one.kind.name if one.kind else "",
        "outcome": one.became.value,
        "name": one.title,
        "fields": [field.name for field, _ in one.fields if field is not None],
        "reason": merge_words.why(one.became, one.fields, tr),
    }


def outcome_words(one: FilePlan, tr: Translator) -> str:
    """What became of a file; of one that is held, what it waits for."""
    if one.outcome is Outcome.HELD and one.trouble is not None and type(one.trouble) in HELD_FOR:
        return tr.text(HELD_FOR[type(one.trouble)])
    return tr.choice(OUTCOME, one.outcome)


def merge_lines(done: tuple[FilePlan, ...], tr: Translator) -> list[str]:
    """What became of files: a table, and why where something stood in the way."""
    head = ["", "", tr.text("From"), tr.text("New"), tr.text("Updated"), tr.text("Same"), tr.text("Disagreements")]
    rows = [
        [
            one.file.name,
            outcome_words(one, tr),
            one.sender,
            *(formats.number(count, tr.language) for count in (one.new, one.updated, one.same, one.disagreements)),
        ]
        for one in done
    ]
    troubles = [(one.file.name, describe(one.trouble, tr)) for one in done if one.trouble is not None]
    return [
        *columns([head, *rows]),
        *(f"{name}: {said.sentence} {said.next_step}" for name, said in troubles),
        *(_record_line(record, tr) for one in done for record in one.told.records if record.became in NEEDS_A_LOOK),
    ]


def _record_line(one: Named, tr: Translator) -> str:
    about = one.title or one.record
    kind = labels.kind(one.kind, tr) if one.kind else ""
    about = tr.text("{name} ({kind})", name=about, kind=kind) if kind else about
    return tr.text("{label}: {value}", label=about, value=merge_words.why(one.became, one.fields, tr))


COMMANDS = (
    Command("card", N_("write this vault's public keys to a file"), _card_takes, _card),
    Command("enrol", N_("admit a partner by its card"), _enrol_takes, _enrol),
    Command("partners", N_("show the partners and where the exchange stands"), takes_nothing, _partners),
    Command("export", N_("write a bundle for a partner"), _export_takes, _export),
    Command("merge", N_("take in bundles"), _merge_takes, _merge),
)

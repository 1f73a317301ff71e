"""erase, erasures, retention: letting go of what was recorded about people."""

import argparse
from dataclasses import asdict

from desk_app.cli.session import Command, Session, columns, takes_nothing
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.erasure import REASON
from desk_app.domain.rules.retention import RULE
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats
from desk_app.i18n.erasure_words import linked_too, out_of_reach, what_goes
from desk_app.i18n.messages import describe
from desk_app.i18n.places import desk_name
from desk_app.usecases import erasure, retention
from desk_app.usecases.erasure import Consequences, Erased, ErasureShown
from desk_app.usecases.retention import Proposal

OK, NOT_DONE = 0, 1


def _erase_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("id", metavar="ID", help=tr.text("the record's id or number"))
    parser.add_argument("--reason", choices=tuple(REASON.words), required=True, help=tr.text("why it is erased"))
    parser.add_argument("--yes", action="store_true", help=tr.text("erase; without it, only say what would go"))


def _erase(session: Session) -> int:
    with session.opened() as vault:
        found = erasure.consequences(vault, session.options.id)
        done = erasure.erase(vault, found.record, session.options.reason) if session.options.yes else None
    if done is None:
        document = {**asdict(found), "linked": list(found.linked), "partners": list(found.partners)}
        session.answer({"erased": 0, "consequences": document}, _warning(found, vault.registry, session.tr))
        return NOT_DONE
    session.answer({"erased": done.records, "tidied": done.trouble is None}, _report(done, session.tr))
    return OK


def _warning(found: Consequences, registry: Registry, tr: Translator) -> list[str]:
    counts = what_goes(found.counts, found.drafts, registry, tr)
    told = ", ".join(desk_name(code, tr) for code in found.partners)
    return [
        tr.text("This would be erased for good:"),
        *([linked_too(found.linked, tr)] if found.linked else []),
        *columns([words, formats.number(count, tr.language)] for words, count in counts),
        *([tr.text("It will also be erased at: {desks}", desks=told)] if told else []),
        tr.text("Out of reach, and not erased:"),
        *(f"- {line}" for line in out_of_reach(tr)),
        tr.text("Nothing was changed. Run the command again with --yes to erase."),
    ]


def _report(done: Erased, tr: Translator) -> list[str]:
    lines = [tr.plural("{count} record was erased.", "{count} records were erased.", done.records)]
    if done.trouble is not None:
        message = describe(done.trouble, tr)
        lines += [tr.text("The files were not cleaned yet. That is done at the next unlock."), message.next_step]
    return lines


def _erasures(session: Session) -> int:
    with session.opened() as vault:
        found = erasure.state(vault)
    session.answer({"erasures": [asdict(one) for one in found]}, _erasure_lines(found, session.tr))
    return OK


def _erasure_lines(found: list[ErasureShown], tr: Translator) -> list[str]:
    if not found:
        return [tr.text("Nothing has been erased yet.")]
    head = [
        tr.text("Erased on"),
        tr.text("Records"),
        tr.text("Desk"),
        tr.text("Reason"),
        tr.text("Not acknowledged by"),
    ]
    rows = [
        [
            formats.partial_date(one.on),
            formats.number(one.records, tr.language),
            desk_name(one.desk, tr),
            tr.choice(REASON, one.reason),
            ", ".join(desk_name(code, tr) for code in one.waiting) or "—",
        ]
        for one in found
    ]
    return columns([head, *rows])


def _retention(session: Session) -> int:
    with session.opened() as vault:
        found = retention.proposals(vault)
    session.answer({"proposals": [asdict(one) for one in found]}, _proposal_lines(found, session.tr))
    return OK


def _proposal_lines(found: list[Proposal], tr: Translator) -> list[str]:
    if not found:
        return [tr.text("Nothing has been kept longer than needed.")]
    rows = [
        [formats.partial_date(one.last), one.number or one.key, one.name or "—", tr.choice(RULE, one.rule)]
        for one in found
    ]
    return [*columns(rows), tr.text("Nothing goes by itself: erase each that should go.")]


COMMANDS = (
    Command("erase", N_("erase a person and all that was recorded about her"), _erase_takes, _erase),
    Command("erasures", N_("show what was erased, and who has not acknowledged it"), takes_nothing, _erasures),
    Command("retention", N_("show what has been kept long enough"), takes_nothing, _retention),
)

"""disagreements, settle, link, unlink, not-same: what the coordinator has to settle, and settling it."""

import argparse
from collections.abc import Callable

from desk_app.cli.session import Command, Document, Session, takes_nothing
from desk_app.cli.vault_commands import moment
from desk_app.domain.records.declaration import FieldValue
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.review_words import question, version_words
from desk_app.storage.vault import Vault
from desk_app.usecases import linking, records, review, settling
from desk_app.usecases.linking import Judged
from desk_app.usecases.review import Disagreement, Version
from desk_app.usecases.settling import Both, Choice, Keep, Say

OK = 0


def _disagreements(session: Session) -> int:
    with session.opened() as vault:
        found = review.disagreements(vault)
        numbers = [records.show(vault, one.record).text("number") or one.record for one in found]
    lines = [_line(one, number, session.tr) for one, number in zip(found, numbers, strict=True)]
    nothing = session.tr.text("There are no disagreements.")
    session.answer({"disagreements": [_document(one) for one in found]}, lines or [nothing])
    return OK


def _document(one: Disagreement) -> Document:
    return {
        "id": one.id,
        "record": one.record,
        "kind": one.kind.name,
        "field": one.field.name,
        "changed": [field.name for field in one.changed],
        "asked": one.asked or None,
        "values": [_value_document(version) for version in one.values],
    }


def _value_document(version: Version) -> Document:
    return {
        "value": plain(version.value),
        "author": version.author,
        "desk": version.desk,
        "recorded": moment(version.recorded),
        "imported": moment(version.imported),
    }


def plain(value: FieldValue) -> object:
    """A value as JSON has it."""
    return sorted(value) if isinstance(value, frozenset) else value


def _line(one: Disagreement, number: str, tr: Translator) -> str:
    values = "; ".join(
        f"{place}. {version_words(one, version, tr)} ({desk_name(version.desk, tr)})"
        for place, version in enumerate(one.values, start=1)
    )
    return f"{one.id}  {number}  {labels.field(one.field, tr)}: {values}"


def _settle_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("id", metavar="ID", help=tr.text("the id that disagreements shows"))
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("--keep", metavar="N", type=int, help=tr.text("keep this version: its number in the list, from 1"))
    one.add_argument("--value", metavar="V", help=tr.text("another value in the place of all versions"))
    one.add_argument("--both", action="store_true", help=tr.text("both are true: keep the second one beside the first"))
    one.add_argument("--ask", action="store_true", help=tr.text("ask the desk whose record it is"))
    parser.set_defaults(parser=parser)


def _settle(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        shown = review.find(vault, options.id)
        if options.ask:
            made = settling.ask(vault, shown, question(shown, tr))
            session.answer({"id": shown.id, "asked": made.id}, [tr.text("The desk is asked with the next bundle.")])
            return OK
        if options.keep is not None and not 1 <= options.keep <= len(shown.values):
            options.parser.error("--keep")
        settled = settling.settle(vault, shown, _choice(shown, options))
        value = records.show(vault, shown.record).values[shown.field.name]
    document = {"id": shown.id, "record": settled.record, "field": shown.field.name, "value": plain(value)}
    session.answer(document, [tr.text("Settled.")])
    return OK


def _choice(shown: Disagreement, options: argparse.Namespace) -> Choice:
    if options.both:
        return Both.BOTH
    if options.keep is not None:
        return Keep(options.keep - 1)
    return Say(records.from_text(shown.kind, {shown.field.name: options.value})[shown.field.name])


def _pair_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("one", metavar="A", help=tr.text("a client's id or number"))
    parser.add_argument("other", metavar="B", help=tr.text("the other client's id or number"))


def _judging(judge: Callable[[Vault, str, str], Judged], words: str) -> Callable[[Session], int]:
    """What runs a command about a pair; `words` is the msgid of what was done."""

    def run(session: Session) -> int:
        with session.opened() as vault:
            done = judge(vault, session.options.one, session.options.other)
            person = list(linking.members(vault, done.one))
        document = {"id": done.id, "one": done.one, "other": done.other, "state": done.state, "person": person}
        session.answer(document, [session.tr.text(words)])
        return OK

    return run


COMMANDS = (
    Command("disagreements", N_("list what vaults say differently"), takes_nothing, _disagreements),
    Command("settle", N_("settle what vaults say differently"), _settle_takes, _settle),
    Command(
        "link",
        N_("say that two clients are one person"),
        _pair_takes,
        _judging(linking.link, N_("They are shown as one person now.")),
    ),
    Command(
        "unlink",
        N_("take back that two clients are one person"),
        _pair_takes,
        _judging(linking.unlink, N_("Each is shown alone again.")),
    ),
    Command(
        "not-same",
        N_("say that two clients are not one person"),
        _pair_takes,
        _judging(linking.differ, N_("They are kept as two people.")),
    ),
)

"""transfer, ask-transfer, transfers: people who move from desk to desk."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from desk_app.cli.session import Command, Session
from desk_app.domain.ids import RecordId
from desk_app.domain.records.transfer import REASON
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats, transfer_words
from desk_app.storage.vault import Vault
from desk_app.usecases import assigning, transfers
from desk_app.usecases.assigning import Contested
from desk_app.usecases.transfers import Request, Transfer

OK = 0


def _reason_and_note(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--reason", choices=tuple(REASON.words), default="", help=tr.text("why the person moves"))
    parser.add_argument("--note", metavar="TEXT", default="", help=tr.text("what the other desk should know"))


def _transfer_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("client", metavar="CLIENT", help=tr.text("the person's number or id"))
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--to", metavar="DESK", default="", help=tr.text("the desk that is to have the person"))
    whom.add_argument("--request", metavar="ID", help=tr.text("the request that this answers"))
    _reason_and_note(parser, tr)


def _transfer(session: Session) -> int:
    options, tr = session.options, session.tr
    with session.opened() as vault:
        request = RecordId(options.request) if options.request else None
        made = transfers.offer(vault, options.client, options.to, options.reason, options.note, request)
    words = tr.text("Offered. The person stays here until the other desk accepts: {id}", id=", ".join(made))
    session.answer({"transfers": list(made)}, [words])
    return OK


def _ask_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--number", metavar="N", default="", help=tr.text("the person's number at the other desk"))
    parser.add_argument("--name", metavar="NAME", default="", help=tr.text("the person's name"))
    parser.add_argument("--birth", metavar="DATE", default="", help=tr.text("date of birth, or the year alone"))
    parser.add_argument("--from", metavar="DESK", dest="of", default="", help=tr.text("the desk that has the person"))
    parser.add_argument("--agreed", action="store_true", help=tr.text("the person agrees that the records come here"))
    _reason_and_note(parser, tr)


def _ask(session: Session) -> int:
    options = session.options
    person = {
        "client_number": options.number or None,
        "client_name": options.name or None,
        "birth_date": options.birth or None,
        "reason": options.reason or None,
        "note": options.note or None,
    }
    with session.opened() as vault:
        made = transfers.ask(vault, person, agreed=options.agreed, to_desk=options.of)
    words = session.tr.text("Asked. The request goes with the next bundle: {id}", id=made)
    session.answer({"id": made}, [words])
    return OK


def _transfers_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--all", action="store_true", help=tr.text("those that were answered too"))
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--accept", metavar="ID", help=tr.text("take the person over"))
    one.add_argument("--decline", metavar="ID", help=tr.text("leave the person where she is"))
    one.add_argument("--withdraw", metavar="ID", help=tr.text("take an offer back"))
    one.add_argument("--refuse", metavar="ID", help=tr.text("say no to a request"))
    one.add_argument("--route", metavar="ID", help=tr.text("send a request on to the desk that --to names"))
    one.add_argument("--assign", metavar="ID", help=tr.text("say that the person belongs to the desk that --to names"))
    parser.add_argument("--to", metavar="DESK", default="", help=tr.text("the desk that has the person"))
    parser.add_argument("--answer", metavar="TEXT", default="", help=tr.text("why not, for the other desk"))


def _transfers(session: Session) -> int:
    with session.opened() as vault:
        _act(vault, session.options)
        twice = assigning.contested(vault)
        if session.options.all:
            offers, requests = transfers.all_transfers(vault), transfers.all_requests(vault)
            document = {"transfers": _plain(offers), "requests": _plain(requests)}
        else:
            open_now = transfers.open_for(vault)
            document = {name: _plain(getattr(open_now, name)) for name in open_now.__slots__}
            offers = list(dict.fromkeys((*open_now.offered_to_us, *open_now.offered_by_us)))
            requests = list(dict.fromkeys((*open_now.asked_of_us, *open_now.asked_by_us)))
    lines = [
        *(_contested_line(one, session.tr) for one in twice),
        *(_offer_line(one, session.tr) for one in offers),
        *(_request_line(one, session.tr) for one in requests),
    ]
    session.answer(
        {**document, "contested": _plain(twice)}, lines or [session.tr.text("No transfer waits for an answer.")]
    )
    return OK


def _act(vault: Vault, options: argparse.Namespace) -> None:
    if options.accept:
        transfers.accept(vault, RecordId(options.accept))
    elif options.decline:
        transfers.decline(vault, RecordId(options.decline), options.answer)
    elif options.withdraw:
        transfers.withdraw(vault, RecordId(options.withdraw), options.answer)
    elif options.refuse:
        transfers.refuse(vault, RecordId(options.refuse), options.answer)
    elif options.route:
        transfers.route(vault, RecordId(options.route), options.to)
    elif options.assign:
        assigning.assign(vault, RecordId(options.assign), options.to)


def _plain(found: Sequence[Transfer | Request | Contested]) -> list[object]:
    return [asdict(one) for one in found]


def _contested_line(one: Contested, tr: Translator) -> str:
    return "  ".join(
        filter(None, [one.client, one.client_number, one.client_name, transfer_words.twice(one.desks, tr)])
    )


def _offer_line(one: Transfer, tr: Translator) -> str:
    said = [transfer_words.offered(one.from_desk, one.to_desk, one.offered_on, one.reason, tr)]
    said.append(transfer_words.became(one.state, one.to_desk, one.answered_on, tr))
    return "  ".join(filter(None, [one.id, one.client_number, one.client_name, *said, one.note, one.answer]))


def _request_line(one: Request, tr: Translator) -> str:
    said = [transfer_words.asked(one.desk, one.to_desk, one.asked_on, one.reason, tr)]
    said.append(transfer_words.became(one.state, one.to_desk, one.answered_on, tr))
    person = [one.client_number, one.client_name, formats.any_date(one.birth_date)]
    return "  ".join(filter(None, [one.id, *person, *said, one.note, one.answer]))


COMMANDS = (
    Command("transfer", N_("offer a person to another desk"), _transfer_takes, _transfer),
    Command("ask-transfer", N_("ask for a person who came here and is another desk's"), _ask_takes, _ask),
    Command("transfers", N_("show and answer transfers and requests for them"), _transfers_takes, _transfers),
)

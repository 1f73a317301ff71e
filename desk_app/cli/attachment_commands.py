"""attach, save-attachment: scans and photos of a client, added and copied out."""

import argparse
from pathlib import Path

from desk_app.cli.session import Command, Session
from desk_app.domain.errors import RecordNotFound
from desk_app.domain.ids import RecordId, is_record_id
from desk_app.domain.records.attachment import ATTACHMENT_KIND
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator
from desk_app.storage import files
from desk_app.usecases import attachments, records

OK = 0


def _attach_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("client", metavar="CLIENT", help=tr.text("the client's id or number"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr.text("a JPEG, PNG, TIFF or WebP picture, or a PDF"))
    parser.add_argument(
        "--type",
        type=_kind_of_paper,
        metavar="{" + ",".join(ATTACHMENT_KIND.words) + ",x_...}",
        default="paper",
        help=tr.text("what is seen on it"),
    )
    parser.add_argument("--title", required=True, help=tr.text("what to call it"))
    parser.add_argument("--dated", metavar="D", help=tr.text("the date on it"))


def _kind_of_paper(said: str) -> str:
    if said not in ATTACHMENT_KIND:
        raise argparse.ArgumentTypeError(said)
    return said


def _attach(session: Session) -> int:
    options = session.options
    with session.opened() as vault:
        client = records.show(vault, options.client)
        values = {"type": options.type, "title": options.title, "dated": options.dated}
        saved = attachments.add(vault, client.id, options.file, values)
        size = records.show(vault, saved.id).values["size"]
    session.answer({"id": saved.id, "size": size}, [session.tr.text("Added: {id}", id=saved.id)])
    return OK


def _save_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("attachment", metavar="ID", help=tr.text("the attachment's id"))
    parser.add_argument("file", metavar="FILE", type=Path, help=tr.text("where to write the copy"))


def _save(session: Session) -> int:
    output, wanted = session.options.file, session.options.attachment
    files.refuse_taken(output)
    if not is_record_id(wanted):
        raise RecordNotFound(wanted)
    with session.opened() as vault:
        attachments.save_as(vault, RecordId(wanted), output)
    lines = [
        session.tr.text("The copy is in {file}.", file=str(output)),
        session.tr.text("It lies outside the vault: whoever has this computer can open it. Delete it when it is used."),
    ]
    session.answer({"id": wanted, "file": str(output)}, lines)
    return OK


COMMANDS = (
    Command("attach", N_("add a scan or photo of a client"), _attach_takes, _attach),
    Command("save-attachment", N_("write a copy of a scan outside the vault"), _save_takes, _save),
)

"""recovery-code, unlock-with-recovery, unlock-with-escrow, make-escrow, adopt-escrow, rotate-key: a vault's keys."""

import argparse
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from desk_app import bootstrap
from desk_app.cli import asking
from desk_app.cli.session import Command, Session, takes_nothing
from desk_app.domain.errors import UserNotChosen
from desk_app.domain.rules.roles import ROLE, Role
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, by_code
from desk_app.i18n.languages import TRANSLATED
from desk_app.storage import files
from desk_app.sync import escrow_card
from desk_app.usecases import escrow, key_papers, keys, vaults
from desk_app.usecases.escrow import NewEscrow

OK = 0
FILES = ("emergency-key.json", "part-1.pdf", "part-2.pdf", "part-3.pdf")
"""What the emergency key is written to: its public card and its papers."""


def _recovery_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("--output", metavar="FILE.pdf", help=tr.text("write a sheet to print instead of the code"))
    _language_taken(parser, tr)


def _language_taken(parser: argparse.ArgumentParser, tr: Translator) -> None:
    codes = [language.code for language in TRANSLATED]
    parser.add_argument("--language", choices=codes, help=tr.text("the paper's language"))


def _paper_words(session: Session) -> Translator:
    language = session.options.language
    return Translator(by_code(language)) if language else session.tr


def _recovery_code(session: Session) -> int:
    tr, output = session.tr, session.options.output
    with session.opened() as vault, ExitStack() as unless_kept:
        document = {"desk": vault.desk, "not_on_paper": list(keys.not_on_next_paper(vault))}

        def deliver(code: str) -> None:
            if output is None:
                session.deliver(document | {"recovery_code": code}, _new_code_lines(code, tr))
            else:
                sheet = key_papers.recovery_paper(code, vault.desk, vault.surroundings, _paper_words(session))
                _write({Path(output): sheet}, unless_kept)

        keys.new_recovery_code(vault, deliver)
        unless_kept.pop_all()
        lacking = keys.not_on_paper(vault)
    if output is None:
        session.tell([_old_code_line(tr), *_lacking_lines(lacking, tr)])
        return OK
    lines = [
        tr.text("The recovery sheet is in {file}.", file=output),
        tr.text("Print it and delete the file. The old recovery code does not open the desk any more."),
    ]
    session.answer(document | {"file": output}, [*lines, *_lacking_lines(lacking, tr)])
    return OK


def _lacking_lines(lacking: tuple[Role, ...], tr: Translator) -> list[str]:
    roles = ", ".join(tr.choice(ROLE, role) for role in lacking)
    if not lacking:
        return []
    return [tr.text("Keep the old paper too until somebody with this role has unlocked the desk: {roles}", roles=roles)]


def _write(wanted: Mapping[Path, bytes], unless_kept: ExitStack) -> None:
    """Papers of a key that does not come to count must not lie about."""
    for path, data in wanted.items():
        files.write_new(path, data)
        unless_kept.callback(path.unlink, missing_ok=True)


def _new_code_lines(code: str, tr: Translator) -> list[str]:
    return [
        tr.text("Recovery code: {code}", code=code),
        tr.text("Write it on paper now and keep it away from this computer. It will not be shown again."),
    ]


def _old_code_line(tr: Translator) -> str:
    return tr.text("The old recovery code does not open the desk any more.")


def _unlock_with_recovery(session: Session) -> int:
    code = asking.recovery_code(session)
    user, new = session.options.user or _only_user(session), asking.new_passphrase(session)
    deliver = partial(_deliver_code, session, user)
    keys.reset_with_recovery(session.folder, code, user, new, bootstrap.surroundings(), deliver=deliver)
    return _tell_reset(session, user)


def _unlock_with_escrow(session: Session) -> int:
    shares = asking.escrow_shares(session)
    user, new = session.options.user or _only_user(session), asking.new_passphrase(session)
    deliver = partial(_deliver_code, session, user)
    keys.reset_with_escrow(session.folder, shares, user, new, bootstrap.surroundings(), deliver=deliver)
    return _tell_reset(session, user)


def _only_user(session: Session) -> str:
    """The one user there is. Raises `UserNotChosen`."""
    found = vaults.users(session.folder)
    if len(found) != 1:
        raise UserNotChosen
    return found[0]


def _deliver_code(session: Session, user: str, code: str) -> None:
    session.deliver({"user": user, "recovery_code": code}, _new_code_lines(code, session.tr))


def _tell_reset(session: Session, user: str) -> int:
    words = session.tr.text("“{name}” has a new passphrase.", name=user)
    session.tell([words, _old_code_line(session.tr)])
    return OK


def _make_escrow_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("target", metavar="FOLDER", help=tr.text("where to write the three papers and the public card"))
    _language_taken(parser, tr)


def _make_escrow(session: Session) -> int:
    tr, target = session.tr, Path(session.options.target)
    with session.opened() as vault, ExitStack() as unless_kept:

        def deliver(made: NewEscrow) -> None:
            papers = key_papers.share_papers(made, vault.surroundings, _paper_words(session))
            _write({target / name: data for name, data in zip(FILES, (made.card, *papers), strict=True)}, unless_kept)

        made = escrow.make_escrow(vault, deliver)
        unless_kept.pop_all()
    digits = " ".join(made.digits)
    lines = [
        tr.text("Emergency key no. {number}", number=made.number),
        tr.text("Three papers and the public card are in {folder}.", folder=str(target)),
        tr.text("Print the papers, give each to another person, and delete the files of the papers."),
        tr.text("Give {file} to every desk. Digits to compare: {digits}", file=FILES[0], digits=digits),
    ]
    session.answer({"number": made.number, "digits": digits, "files": list(FILES)}, lines)
    return OK


def _adopt_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("file", metavar="FILE", help=tr.text("the public card of the emergency key"))
    parser.add_argument("--digits", metavar="D", help=tr.text("the digits that the other side reads out"))


def _adopt(session: Session) -> int:
    with session.opened() as vault:
        data = files.read(Path(session.options.file), escrow_card.SIZE_CAP)
        taken = escrow.adopt_escrow(vault, data, session.options.digits)
    words = session.tr.text("The emergency key no. {number} can open this vault now.", number=taken.number)
    session.answer({"number": taken.number, "digits": " ".join(taken.digits)}, [words])
    return OK


def _rotate(session: Session) -> int:
    with session.opened() as vault:
        keys.rotate_data_key(vault, lambda _done, _all: None)
    session.answer({"rotated": True}, [session.tr.text("All data is sealed with a new key.")])
    return OK


COMMANDS = (
    Command("recovery-code", N_("make a new recovery code"), _recovery_takes, _recovery_code),
    Command(
        "unlock-with-recovery",
        N_("give a user a new passphrase with the recovery code"),
        asking.takes_user,
        _unlock_with_recovery,
    ),
    Command(
        "unlock-with-escrow",
        N_("give a user a new passphrase with two parts of the emergency key"),
        asking.takes_user,
        _unlock_with_escrow,
    ),
    Command("make-escrow", N_("make the programme's emergency key"), _make_escrow_takes, _make_escrow),
    Command("adopt-escrow", N_("let the programme's emergency key open this vault"), _adopt_takes, _adopt),
    Command("rotate-key", N_("seal all data with a new key"), takes_nothing, _rotate),
)

"""users, add-user, reset-user, remove-user, set-roles, change-passphrase, hand-over: who uses a vault."""

import argparse

from desk_app.cli import asking
from desk_app.cli.session import Command, Document, Session, columns, takes_nothing
from desk_app.cli.vault_commands import day_of, moment
from desk_app.domain.rules.roles import PROFESSIONS, ROLE, Role
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator
from desk_app.usecases import keys, users
from desk_app.usecases.users import UserShown

OK = 0


def _users(session: Session) -> int:
    with session.opened() as vault:
        found = users.members(vault, session.tr.language.code)
    session.answer({"users": [_document(one) for one in found]}, _lines(found, session.tr))
    return OK


def _document(one: UserShown) -> Document:
    return {
        "id": one.user,
        "name": one.name,
        "roles": list(one.roles),
        "added": moment(one.added),
        "gone": moment(one.gone),
        "has_slot": one.has_slot,
        "holds": list(one.holds),
        "waits_for": list(one.waits_for),
    }


def _lines(found: list[UserShown], tr: Translator) -> list[str]:
    head = [tr.text("Name"), tr.text("Roles"), tr.text("Added"), ""]
    rows = [[one.name, _roles(one.roles, tr), day_of(one.added), _remark(one, tr)] for one in found]
    return columns([head, *rows])


def _remark(one: UserShown, tr: Translator) -> str:
    if one.gone is not None:
        return tr.text("removed on {date}", date=day_of(one.gone))
    return _waits(one, tr)


def _waits(one: UserShown, tr: Translator) -> str:
    if not one.waits_for:
        return ""
    return tr.text("waits for the key to private notes: {roles}", roles=_roles(one.waits_for, tr))


def _roles(roles: tuple[Role, ...], tr: Translator) -> str:
    return ", ".join(tr.choice(ROLE, role) for role in roles)


def _name_taken(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("name", metavar="NAME", help=tr.text("the user's name"))


def _name_and_roles_taken(parser: argparse.ArgumentParser, tr: Translator) -> None:
    _name_taken(parser, tr)
    asking.takes_roles(parser, tr, required=True)


def _add(session: Session) -> int:
    with session.opened() as vault:
        new = asking.new_passphrase(session)
        made = users.add_user(vault, session.options.name, new, [Role(role) for role in session.options.role])
    return _tell(session, made, session.tr.text("“{name}” can open the desk now.", name=made.name))


def _reset(session: Session) -> int:
    with session.opened() as vault:
        whom = users.named(vault, session.options.name)
        made = users.reset_passphrase(vault, whom, asking.new_passphrase(session))
    return _tell(session, made, session.tr.text("“{name}” has a new passphrase.", name=made.name))


def _remove_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    _name_taken(parser, tr)
    _confirmation_taken(parser, tr)


def _confirmation_taken(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "--confirmed",
        action="store_true",
        help=tr.text("even if nobody else holds the key to private notes; the recovery code still opens them"),
    )


def _remove(session: Session) -> int:
    with session.opened() as vault:
        whom = users.member(vault, users.named(vault, session.options.name))
        users.remove_user(vault, whom.user, confirmed=session.options.confirmed)
    lines = [
        session.tr.text("“{name}” cannot open the desk any more.", name=whom.name),
        session.tr.text("If an old copy of the desk may be in other hands, seal all data with a new key: rotate-key."),
    ]
    session.answer({"removed": whom.user}, lines)
    return OK


def _set_roles_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    _name_and_roles_taken(parser, tr)
    _confirmation_taken(parser, tr)


def _set_roles(session: Session) -> int:
    options = session.options
    with session.opened() as vault:
        whom = users.named(vault, options.name)
        made = users.set_roles(vault, whom, [Role(role) for role in options.role], confirmed=options.confirmed)
    words = session.tr.text("Roles of “{name}”: {roles}", name=made.name, roles=_roles(made.roles, session.tr))
    return _tell(session, made, words)


def _change_passphrase(session: Session) -> int:
    old = session.passphrase()
    with session.opened(old) as vault:
        users.change_passphrase(vault, old, asking.new_passphrase(session))
        who = vault.user_name
    session.answer({"user": who}, [session.tr.text("The passphrase of “{name}” is changed.", name=who)])
    return OK


def _hand_over_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument(
        "profession",
        metavar="PROFESSION",
        choices=tuple(role.value for role in PROFESSIONS),
        help=tr.text("whose private notes the key opens"),
    )
    _name_taken(parser, tr)
    parser.add_argument(
        "--with-recovery",
        action="store_true",
        help=tr.text("take the key from the recovery code, because nobody is left who holds it"),
    )


def _hand_over(session: Session) -> int:
    profession = Role(session.options.profession)
    with session.opened() as vault:
        to = users.named(vault, session.options.name)
        if session.options.with_recovery:
            made = keys.recover_profession(vault, asking.recovery_code(session), profession, to)
        else:
            made = users.hand_over(vault, profession, to)
    held = session.tr.text(
        "“{name}” holds the key to these private notes: {roles}", name=made.name, roles=_roles(made.holds, session.tr)
    )
    return _tell(session, made, held)


def _tell(session: Session, one: UserShown, words: str) -> int:
    session.answer(_document(one), [words, *filter(None, [_waiting_line(one, session.tr)])])
    return OK


def _waiting_line(one: UserShown, tr: Translator) -> str:
    if not one.waits_for:
        return ""
    roles = _roles(one.waits_for, tr)
    return tr.text("Somebody who holds the key to these private notes has to hand it over: {roles}", roles=roles)


COMMANDS = (
    Command("users", N_("list who uses this vault"), takes_nothing, _users),
    Command("add-user", N_("let one more person open the vault"), _name_and_roles_taken, _add),
    Command("reset-user", N_("give a colleague a new passphrase"), _name_taken, _reset),
    Command("remove-user", N_("take a user's key away"), _remove_takes, _remove),
    Command("set-roles", N_("say what a user is"), _set_roles_takes, _set_roles),
    Command("change-passphrase", N_("change the own passphrase"), takes_nothing, _change_passphrase),
    Command("hand-over", N_("give the key to private notes to a colleague"), _hand_over_takes, _hand_over),
)

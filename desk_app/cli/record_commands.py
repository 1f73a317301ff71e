"""add, show, list, edit, find: records and people."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from desk_app.cli import typed
from desk_app.cli.session import Command, Document, Session, columns
from desk_app.cli.vault_commands import moment
from desk_app.domain.ids import is_record_id
from desk_app.domain.names import sort_key
from desk_app.domain.records.declaration import SYSTEM_FIELDS, Field, FieldType, FieldValue, Kind, Values
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, formats, labels
from desk_app.i18n.found_words import why_found
from desk_app.i18n.transfer_words import moved_to
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import (
    audit,
    choices,
    directory,
    followups,
    letter_texts,
    needs,
    people,
    records,
    referrals,
    services,
)
from desk_app.usecases.people import Found
from desk_app.usecases.records import Saved

OK = 0
_ADDING: Mapping[str, Callable[[Vault, Values], Saved]] = {
    "service": services.record,
    "need": needs.note,
    "followup": followups.plan,
    "choice": choices.add_typed,
    "letter_text": letter_texts.save_typed,
}
_EDITING: Mapping[str, Callable[[Vault, Record, Values], Saved]] = {
    "choice": lambda vault, before, values: choices.edit_typed(vault, before.values, values),
    "letter_text": lambda vault, before, values: letter_texts.save_typed(
        vault, {"language": before.values["language"], **values}
    ),
}


def _kind_and_fields(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("kind", metavar="KIND", help=tr.text("the kind of record, such as {example}", example="client"))
    takes_fields(parser, tr, "*")


def _id_and_fields(parser: argparse.ArgumentParser, tr: Translator) -> None:
    _id(parser, tr)
    takes_fields(parser, tr, "+")


def _id(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("id", metavar="ID", help=tr.text("the record's id or number"))


def takes_fields(parser: argparse.ArgumentParser, tr: Translator, how_many: str) -> None:
    """FIELD=VALUE, so often as `how_many` says in the way of `nargs`; as pairs in `fields`."""
    words = tr.text("a field's name and its value; nothing after the sign empties it")
    parser.add_argument("fields", metavar="FIELD=VALUE", nargs=how_many, type=_field, action=_Once, help=words)


class _Once(argparse.Action):
    """Takes all fields; one that is said twice is a slip, and only the typist knows which was meant."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        """Keeps the pairs, or leaves as wrong usage."""
        said = list(values) if isinstance(values, list) else []
        names = [name for name, _ in said]
        for name in names:
            if names.count(name) > 1:
                parser.error(f"{name}= x {names.count(name)}")
        setattr(namespace, self.dest, said)


def _field(said: str) -> tuple[str, str]:
    name, sign, value = said.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("FIELD=VALUE")
    return name, value


def _add(session: Session) -> int:
    with session.opened() as vault:
        kind = records.kind_named(vault, session.options.kind)
        saved = _made(vault, kind, _values(vault, kind, session.options.fields))
    return _tell_saved(session, saved)


def _made(vault: Vault, kind: Kind, values: dict[str, FieldValue]) -> Saved:
    """Through the same use case as the window's form for this kind, which adds what is not said."""
    if kind.name == "client":
        return people.register(vault, values, {}, {})
    if kind.name == "referral" and not values.get("state"):
        return referrals.refer(vault, values)
    usual = _ADDING.get(kind.name)
    return usual(vault, values) if usual else records.add(vault, kind.name, values)


def _edit(session: Session) -> int:
    with session.opened() as vault:
        before = records.show(vault, session.options.id)
        values = _values(vault, vault.registry[before.kind], session.options.fields)
        usual = _EDITING.get(before.kind)
        saved = usual(vault, before, values) if usual else records.edit(vault, before.id, values)
    return _tell_saved(session, saved)


def _values(vault: Vault, kind: Kind, said: Sequence[tuple[str, str]]) -> dict[str, FieldValue]:
    """Typed words as values; another record may be named by its number."""
    values = records.from_text(kind, dict(said))
    for name, value in values.items():
        is_reference = kind.field(name).type is FieldType.REFERENCE
        if is_reference and isinstance(value, str) and not is_record_id(value):
            values[name] = records.show(vault, value).id
    return values


def _tell_saved(session: Session, saved: Saved) -> int:
    lines = [session.tr.text("Saved: {number} {id}", number=saved.number or "—", id=saved.id)]
    session.answer({"id": saved.id, "number": saved.number}, lines)
    return OK


def _show(session: Session) -> int:
    with session.opened() as vault:
        record = records.show(vault, session.options.id)
        kind = vault.registry[record.kind]
        audit.note_seen(vault, kind.name, record.id)
        tr = choices.words(vault, session.tr)
        told = [
            [labels.field(field, tr), _words(record, field, tr)]
            for field in (*SYSTEM_FIELDS, *kind.shown_fields)
            if field.name in record.sealed or record.values[field.name] not in (None, frozenset())
        ]
        session.answer({"record": document_of(kind, record)}, [labels.kind(kind, session.tr), *columns(told)])
    return OK


def _list(session: Session) -> int:
    with session.opened() as vault:
        kind = records.kind_named(vault, session.options.kind)
        found = _in_order(vault, kind, session)
        tr = choices.words(vault, session.tr)
    lines = columns([_line_of(kind, record, tr) for record in found])
    closing = session.tr.plural("{count} record", "{count} records", len(found))
    session.answer({"records": [document_of(kind, record) for record in found]}, [*lines, closing])
    return OK


def _in_order(vault: Vault, kind: Kind, session: Session) -> list[Record]:
    """People and organisations by name, in the order of the language; all other records as they were made."""
    values, language = _values(vault, kind, session.options.fields), session.tr.language.code
    if kind.name == "client":
        return records.find_all(vault, kind.name, values, people.BY_NAME, language=language)
    found = records.find_all(vault, kind.name, values)
    if kind.name == "organisation":
        found.sort(key=lambda one: sort_key(directory.called(one, language), language))
    return found


def _line_of(kind: Kind, record: Record, tr: Translator) -> list[str]:
    """Its id, its number and the first three fields that say something."""
    shown = [_words(record, field, tr) for field in kind.shown_fields if field.type is not FieldType.REFERENCE]
    said = [words.replace("\n", " ") for words in shown if words][:3]
    return [record.id, record.text("number"), "  ".join(said)]


def _words(record: Record, field: Field, tr: Translator) -> str:
    return tr.text("Sealed") if field.name in record.sealed else labels.value(field, record.values[field.name], tr)


def document_of(kind: Kind, record: Record) -> Document:
    """A record as `show` and `list` print it: its fields beside id and kind, sets as sorted lists.

    A sealed text is null, and `sealed` says that there is one.
    """
    said = {field.name: record.values[field.name] for field in (*SYSTEM_FIELDS, *kind.shown_fields)}
    values = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in said.items()}
    sealed = {"sealed": bool(record.sealed)} if kind.sealed_fields else {}
    times = {"made": moment(record.made), "changed": moment(record.changed)}
    return {"id": record.id, "kind": record.kind, **values, **sealed, **times}


def _find_takes(parser: argparse.ArgumentParser, tr: Translator) -> None:
    parser.add_argument("text", metavar="TEXT", help=tr.text("a name or number, in any script"))
    parser.add_argument(
        "--limit", metavar="N", type=typed.number(1), default=50, help=tr.text("show at most this many")
    )


def _find(session: Session) -> int:
    with session.opened() as vault:
        found = people.find(vault, session.options.text, session.options.limit, session.tr.language.code)
    document = [
        {
            "id": one.id,
            "number": one.number,
            "name": one.name,
            "desk": one.desk,
            "birth": one.birth_date,
            "score": one.score,
            "why": one.why,
            "moved_to": one.moved_to,
        }
        for one in found
    ]
    lines = columns([_line_of_found(one, session.options.text, session.tr) for one in found])
    session.answer({"people": document}, lines or [session.tr.text("Nobody was found.")])
    return OK


def _line_of_found(one: Found, typed: str, tr: Translator) -> list[str]:
    score = formats.number(Decimal(str(one.score)), tr.language, 2)
    desk = moved_to(one.moved_to, tr) or one.desk
    return [one.number, one.name, formats.any_date(one.birth_date), desk, score, why_found(one, typed, tr)]


COMMANDS = (
    Command("add", N_("make a record"), _kind_and_fields, _add),
    Command("show", N_("show a record"), _id, _show),
    Command("list", N_("list records whose fields have these values"), _kind_and_fields, _list),
    Command("edit", N_("change fields of a record"), _id_and_fields, _edit),
    Command("find", N_("find people in any script"), _find_takes, _find),
)

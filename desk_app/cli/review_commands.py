"""disagreements: what the coordinator has to settle."""

from desk_app.cli.session import Command, Document, Session, takes_nothing
from desk_app.cli.vault_commands import moment
from desk_app.domain.vocabulary import N_
from desk_app.i18n import Translator, labels
from desk_app.i18n.places import desk_name
from desk_app.usecases import records, review
from desk_app.usecases.review import Disagreement, Version

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
        "values": [_value_document(version) for version in one.values],
    }


def _value_document(version: Version) -> Document:
    value = sorted(version.value) if isinstance(version.value, frozenset) else version.value
    return {
        "value": value,
        "author": version.author,
        "desk": version.desk,
        "recorded": moment(version.recorded),
        "imported": moment(version.imported),
    }


def _line(one: Disagreement, number: str, tr: Translator) -> str:
    values = "; ".join(
        f"{labels.value(one.field, version.value, tr) or '—'} ({desk_name(version.desk, tr)})" for version in one.values
    )
    return f"{number}  {labels.field(one.field, tr)}: {values}"


COMMANDS = (Command("disagreements", N_("list what vaults say differently"), takes_nothing, _disagreements),)

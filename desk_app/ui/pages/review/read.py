"""What the page of the review asks of the vault, and its rows in words."""

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.ids import RecordId
from desk_app.domain.records.declaration import REMOVED, FieldType, MergeClass
from desk_app.domain.records.sameness import SAMENESS
from desk_app.i18n import formats, labels
from desk_app.i18n.places import desk_name
from desk_app.i18n.review_words import version_words
from desk_app.i18n.translator import Translator
from desk_app.storage import rows
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.compare import Side
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import people, review
from desk_app.usecases.review import Disagreement, Version

MOST = 200
"""Rows at a time: nobody settles more in one sitting."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A disagreement with whom it is about; `client` opens his page, and is empty where there is none."""

    dispute: Disagreement
    name: str
    number: str
    client: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The first of all that wait; `refused` are the languages of letter wordings that arrived and cannot be used."""

    waiting: tuple[Waiting, ...]
    count: int
    refused: tuple[str, ...] = ()


def read(vault: Vault) -> Shown:
    """Everything at once."""
    from desk_app.usecases import letter_texts  # the paper engine is the worker's to load

    waiting = tuple(_waiting(vault, one) for one in review.disagreements(vault, MOST))
    refused = tuple(one.language for one in letter_texts.refused(vault))
    return Shown(waiting, review.count(vault), refused)


def _waiting(vault: Vault, dispute: Disagreement) -> Waiting:
    record = rows.get(vault.db, dispute.kind, dispute.record)
    if record is None:
        return Waiting(dispute, "", "", "")
    if dispute.kind.number == SAMENESS.number:
        pair = [rows.get(vault.db, vault.registry["client"], RecordId(record.text(name))) for name in ("one", "other")]
        names = [people.display_name(client) for client in pair if client is not None]
        return Waiting(dispute, ", ".join(names), "", record.text("one"))
    client = record
    if dispute.kind.name != "client" and record.text("client"):
        client = rows.get(vault.db, vault.registry["client"], RecordId(record.text("client"))) or record
    name = people.display_name(client) if client.kind == "client" else _plain_name(record)
    is_client = client.kind == "client"
    return Waiting(dispute, name, client.text("number"), client.id if is_client else "")


def _plain_name(record: Record) -> str:
    return record.text("name_tg") or record.text("name") or record.text("title") or record.text("number")


def waiting_row(one: Waiting, tr: Translator) -> Row:
    """Which field of whom, and what the versions say."""
    dispute = one.dispute
    field = labels.field(dispute.field, tr)
    if dispute.kind.name != "client":
        field = tr.text("{kind}: {words}", kind=labels.kind(dispute.kind, tr), words=field)
    said = " / ".join(version_words(dispute, version, tr) for version in dispute.values)
    is_minor = dispute.field.merge in (MergeClass.MINOR, MergeClass.LONG_TEXT)
    icon = Icon.WAITING if dispute.asked else Icon.COMPARE
    tone = Tone.PLAIN if is_minor else Tone.ATTENTION
    detail = tr.text("{label}: {value}", label=field, value=said)
    return Row(dispute.id, one.name or field, detail, tail=one.number, icon=icon, tone=tone)


def version_side(dispute: Disagreement, version: Version, tr: Translator) -> Side:
    """One version with who recorded it, where and when, and when it came."""
    recorded = tr.text("Recorded: {moment}", moment=moment_of(version.recorded))
    came = tr.text("Typed here")
    if version.imported is not None:
        came = tr.text("Came: {moment}", moment=moment_of(version.imported))
    who = ", ".join(part for part in (version.author, desk_name(version.desk, tr) if version.desk else "") if part)
    return Side(version_words(dispute, version, tr), (who, recorded, came))


def can_say(dispute: Disagreement) -> bool:
    """Whether another value can be typed here: not for what points at a record, or is sealed, or removed."""
    fixed = (FieldType.REFERENCE, FieldType.SEALED_TEXT)
    return dispute.field.number != REMOVED and dispute.field.type not in fixed and not dispute.kind.inner


def can_ask(dispute: Disagreement, client: str, is_coordinator: bool) -> bool:
    """Whether the desk can be asked: by the coordinator, about somebody."""
    return is_coordinator and bool(client) and not dispute.kind.inner


def moment_of(milliseconds: int) -> str:
    """Unix milliseconds as they are written here; a clock decades ahead is no reason to fail."""
    return formats.moment(datetime.fromtimestamp(min(milliseconds / 1000, 253402214400), DUSHANBE))

"""What a person sees in a vault, as plain values: the same before a crash and after it, or something was lost."""

import hashlib
from typing import Any

from desk_app.domain.desks import COORDINATOR
from desk_app.domain.errors import BlobDamaged, BlobElsewhere
from desk_app.domain.ids import RecordId
from desk_app.storage import exchange as storage
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import attachments, drafts, notes, records

Facts = dict[str, Any]
"""What is seen, by a key that whoever wrote it chose; the values could stand in JSON. None takes a fact away."""


class Loss(Exception):
    """Something that was kept is gone, or something is there by half."""


def seen(vault: Vault) -> Facts:
    """Everything that the campaign writes, read back through the use cases. Raises `Loss` for what stands twice."""
    facts = people_seen(vault)
    clients = _clients(vault)
    for one in records.find_all(vault, "organisation"):
        _put(facts, f"organisation {one.text('name_tg')}", _said(vault, one, clients))
    for one in records.find_all(vault, "note"):
        text = notes.read(vault, one.id)
        _put(facts, f"note {text.split()[0]}", {"client": clients.get(RecordId(one.text("client"))), "text": text})
    for one in records.find_all(vault, "attachment"):
        said = {"client": clients.get(RecordId(one.text("client"))), "content": _content(vault, one.id)}
        _put(facts, f"attachment {one.text('title')}", said)
    for draft in drafts.all_drafts(vault):
        _put(facts, f"draft {draft.key}", dict(draft.values))
    sent = storage.last_sent(vault.db, COORDINATOR)
    facts["sent"] = sent.number if sent else 0
    facts["received"] = sorted(one.number for one in storage.received_from(vault.db, COORDINATOR))
    return facts


def people_seen(vault: Vault) -> Facts:
    """What the desk and its coordinator both see: clients, their consents, consultations."""
    clients = _clients(vault)
    facts: Facts = {}
    for one in records.find_all(vault, "client"):
        _put(facts, f"client {clients[one.id]}", _said(vault, one, clients))
    for one in records.find_all(vault, "service"):
        _put(facts, f"service {one.text('subject')}", _said(vault, one, clients))
    for one in records.find_all(vault, "consent"):
        said = _said(vault, one, clients)
        _put(facts, f"consent {said['client']} {said['purpose']}", said)
    numbers = [one.text("number") for one in records.find_all(vault, "client")]
    if len(set(numbers)) != len(numbers):
        raise Loss("a number was given twice")
    return facts


def with_patch(facts: Facts, patch: Facts) -> Facts:
    """The facts after something was done."""
    return {key: value for key, value in {**facts, **patch}.items() if value is not None}


def without_files(facts: Facts) -> Facts:
    """The facts without what attachments hold: a backup in the vault's own folder leaves their files out."""
    return {key: {**value, "content": ""} if key.startswith("attachment ") else value for key, value in facts.items()}


def difference(expected: Facts, found: Facts) -> str:
    """In a few words, for the report: which facts are missing, other, or too many."""
    missing = sorted(key for key in expected if key not in found)
    more = sorted(key for key in found if key not in expected)
    other = sorted(key for key in expected if key in found and expected[key] != found[key])
    return f"missing {missing[:5]}, too many {more[:5]}, other {other[:5]}"


def sha256(data: bytes) -> str:
    """The hash that files are compared by."""
    return hashlib.sha256(data).hexdigest()


def _clients(vault: Vault) -> dict[RecordId, str]:
    """The mark of each client, which stands where a passport has its number."""
    return {one.id: one.text("paper_number") for one in records.find_all(vault, "client")}


def _content(vault: Vault, attachment: RecordId) -> str:
    try:
        return sha256(attachments.content(vault, attachment).data)
    except (BlobElsewhere, BlobDamaged) as trouble:
        return type(trouble).__name__


def _said(vault: Vault, record: Record, clients: dict[RecordId, str]) -> Facts:
    said: Facts = {}
    for field in vault.registry[record.kind].own_fields:
        value = record.values.get(field.name)
        if value is None or value == "" or value == frozenset():
            continue
        if field.refers_to == "client":
            value = clients.get(RecordId(str(value)), "nobody")
        said[field.name] = sorted(value) if isinstance(value, frozenset) else value
    return said


def _put(facts: Facts, key: str, value: object) -> None:
    if key in facts:
        raise Loss(f"{key} stands twice")
    facts[key] = value

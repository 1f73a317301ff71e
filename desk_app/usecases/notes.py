"""Private notes of a lawyer or a psychologist: written, corrected and read by whoever holds the profession's key."""

from dataclasses import dataclass

from desk_app.domain.clock import today
from desk_app.domain.ids import RecordId, UserId
from desk_app.domain.records.declaration import Values
from desk_app.domain.rules.auditing import Action
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.usecases import audit, linking, records, sealed_texts, users
from desk_app.usecases.records import Saved

KIND = "note"


@dataclass(frozen=True, slots=True)
class Noted:
    """What everybody sees of a note. `opens` says whether this user can read its text."""

    record: Record
    author: str
    opens: bool

    @property
    def profession(self) -> str:
        """Whose note it is, a code of `note.PROFESSION`."""
        return self.record.text("profession")

    @property
    def written_on(self) -> str:
        """The day it was written, as an ISO date."""
        return self.record.text("written_on")


def write(vault: Vault, client: RecordId, values: Values) -> Saved:
    """Seals a note about a client for a profession whose key the user holds, today where no date is said.

    Raises `NotYourProfession` and what `records.add` raises.
    """
    on = values.get("written_on") or today(vault.now()).isoformat()
    return records.add(vault, KIND, {**values, "client": client, "written_on": on})


def correct(vault: Vault, note: RecordId, text: str) -> Saved:
    """Puts another text in the place of a note's; the former one stays, sealed, in the log.

    Raises `NoteSealed`, `NoteAltered` and what `records.edit` raises.
    """
    return records.edit(vault, note, {"text": text})


def read(vault: Vault, note: RecordId) -> str:
    """The text of a note; the record of access tells who read it.

    Raises `RecordNotFound`, `NoteSealed`, `NoteAltered`.
    """
    record = records.show(vault, note)
    text = sealed_texts.opened(vault, record)["text"]
    audit.note(vault, Action.SEEN, KIND, record.id)
    return str(text)


def of_client(vault: Vault, client: RecordId) -> list[Noted]:
    """The notes about a client, and about all who are the same person, newest first, without their texts."""
    names = users.names(vault)
    found = linking.about_person(vault, KIND, linking.members(vault, client), order="-made")
    found.sort(key=lambda one: one.text("written_on"), reverse=True)
    return [Noted(one, names.get(UserId(one.made_by), one.made_by), sealed_texts.opens(vault, one)) for one in found]

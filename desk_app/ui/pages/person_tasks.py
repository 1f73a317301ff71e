"""What can be written about a person, each as a task for the record panel. The key of a task is that of its draft.

`service.legal:<client>` a new consultation of that type, `need:<client>`, `followup:<client>`; `edit_client:<client>`,
`edit_need:<need>`, `edit_followup:<follow-up>`; `correct_service:<consultation>`.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from desk_app.domain.clock import today
from desk_app.domain.records.declaration import FieldValue, Kind, Registry, Values
from desk_app.domain.records.service import TYPE
from desk_app.i18n import labels
from desk_app.i18n.translator import Translator
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.pages.record_panel import Task
from desk_app.usecases import followups, needs, records, services
from desk_app.usecases.people import Person
from desk_app.usecases.records import Saved

LEGAL_FIELDS = ("authority", "deadline")
LEGAL_TYPES = frozenset({"legal", "documents"})
NEXT_CONTACT = timedelta(days=7)
_ENDED = frozenset({"done", "not_possible"})


class PersonTasks:
    """Makes tasks about one person, in the window's words."""

    def __init__(self, person: Person, registry: Registry, tr: Translator, now: Callable[[], int]) -> None:
        self._person = person
        self._registry = registry
        self._tr = tr
        self._now = now

    def task(self, key: str) -> Task | None:
        """The task of that key, or None when its record is not of this person."""
        what, _, about = key.partition(":")
        what, _, kind_of = what.partition(".")
        if about == self._person.client.id:
            return self._about_client(what, kind_of, key)
        found = self.record(about)
        if found is None:
            return None
        return self._correction(found, key) if what == "correct_service" else self._edit(found, key)

    def record(self, wanted: str) -> Record | None:
        """One of the person's own records, or None."""
        person = self._person
        own = (*person.needs, *person.services, *person.followups, *person.referrals, *person.letters)
        return next((one for one in (*own, *person.consent_records) if one.id == wanted), None)

    def _about_client(self, what: str, kind_of: str, key: str) -> Task | None:
        match what:
            case "service":
                return self._service(kind_of, key)
            case "need":
                return self._need(key)
            case "followup":
                return self._followup(key)
            case "edit_client":
                return self._edit(self._person.client, key)
            case _:
                return None

    def _service(self, type_code: str, key: str) -> Task:
        tr = self._tr
        hidden = ["client", "type"] if type_code else ["client"]
        if type_code not in LEGAL_TYPES:
            hidden += LEGAL_FIELDS
        title = tr.choice(TYPE, type_code) if type_code else labels.kind(self._registry["service"], tr)
        fixed: dict[str, FieldValue] = {"client": self._person.client.id}
        if type_code:
            fixed["type"] = type_code
        start = {"delivered_on": today(self._now()).isoformat(), "mode": "desk"}
        return self._new("service", key, title, hidden, fixed, start, services.record)

    def _need(self, key: str) -> Task:
        title = self._tr.text("New need")
        hidden = ["client", "state", "noted_on"]
        return self._new("need", key, title, hidden, {"client": self._person.client.id}, {}, needs.note)

    def _followup(self, key: str) -> Task:
        due = (today(self._now()) + NEXT_CONTACT).isoformat()
        title = self._tr.text("New follow-up")
        start = {"type": "contact", "due": due}
        hidden = ["client", "state", "done_on"]
        return self._new("followup", key, title, hidden, {"client": self._person.client.id}, start, followups.plan)

    def _new(
        self,
        kind: str,
        key: str,
        title: str,
        hidden: Sequence[str],
        fixed: Values,
        start: Values,
        save: Callable[[Vault, Values], Saved],
    ) -> Task:
        return Task(
            title=title,
            kind=self._registry[kind],
            draft=key,
            save=save,
            said=self._tr.text("Saved."),
            without=hidden,
            fixed=fixed,
            start=start,
            undo=lambda vault, saved: records.remove(vault, saved.id),
            repeats=True,
        )

    def _edit(self, record: Record, key: str) -> Task:
        kind = self._registry[record.kind]
        shown = [field.name for field in kind.shown_fields if field.name not in ("client", "noted_on", "done_on")]
        former = {name: record.values.get(name) for name in (*shown, "done_on") if _declared(kind, name)}

        def save(vault: Vault, values: Values) -> Saved:
            ended = {"done_on": today(vault.now()).isoformat()} if values.get("state") in _ENDED else {}
            return records.edit(vault, record.id, {**values, **(ended if kind.name == "followup" else {})})

        return Task(
            title=labels.kind(kind, self._tr),
            kind=kind,
            draft=key,
            save=save,
            said=self._tr.text("Saved."),
            only=shown,
            start=record.values,
            changes_only=True,
            undo=lambda vault, saved: records.edit(vault, saved.id, former),
        )

    def _correction(self, record: Record, key: str) -> Task:
        return Task(
            title=self._tr.text("Correct the consultation"),
            kind=self._registry["service"],
            draft=key,
            save=lambda vault, values: services.correct(vault, record.id, values),
            said=self._tr.text("Corrected. The former words stay in the history."),
            without=("client",),
            start=record.values,
            changes_only=True,
            undo=lambda vault, saved: records.remove(vault, saved.id),
        )


def _declared(kind: Kind, name: str) -> bool:
    return any(field.name == name for field in kind.own_fields)

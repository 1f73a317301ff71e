"""What is written about people between desks: the offer of a person, and the question for one."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.declaration import Registry, Values
from desk_app.domain.records.transfer import TRANSFER, TRANSFER_REQUEST
from desk_app.i18n.places import desk_name
from desk_app.storage.rows import Record
from desk_app.storage.vault import Vault
from desk_app.ui.look import Look
from desk_app.ui.pages.consent_words import SHORT
from desk_app.ui.pages.person_words import consent_state
from desk_app.ui.pages.record_panel import Task
from desk_app.ui.pages.targets import AskFor
from desk_app.ui.pages.transfers.read import Offering
from desk_app.ui.pages.transfers.words import desk_choices
from desk_app.ui.theme import Measure, Text
from desk_app.ui.widgets.boxes import column
from desk_app.ui.widgets.choices import ChoiceField
from desk_app.ui.widgets.field import FieldInput
from desk_app.ui.widgets.text import label, muted
from desk_app.usecases import people, transfers
from desk_app.usecases.records import Saved

OFFER = "transfer"
"""What a person's page is asked for; with the client's id the key of the draft."""
ASK = "transfer_request:"
"""The key of the draft of a question for a person."""
TOLD = ("client", TRANSFER_REQUEST.name)


def offer_task(look: Look, registry: Registry, client: Record, known: Offering) -> Task:
    """Offers a person to another desk; Undo withdraws the offer."""
    tr = look.tr

    def save(vault: Vault, values: Values) -> Saved:
        made = transfers.offer(
            vault, client.id, _said(values, "to_desk"), _said(values, "reason"), _said(values, "note")
        )
        return Saved(made[0], client.text("number"))

    return Task(
        title=tr.text("Transfer to another desk"),
        kind=registry[TRANSFER.name],
        draft=f"{OFFER}:{client.id}",
        save=save,
        said=tr.text("Offered. It goes with the next bundle."),
        only=("to_desk", "reason", "note"),
        undo=lambda vault, saved: transfers.withdraw(vault, saved.id),
        told=TOLD,
        own=lambda: {"to_desk": _desks(look, known.desks, tr.text("Choose"))},
        above=partial(_what_goes_along, look, client, known),
        verb=tr.text("Offer this person"),
    )


def ask_task(look: Look, registry: Registry, about: AskFor, desks: tuple[str, ...]) -> Task:
    """Asks another desk, or the coordinator where the desk is not known, for a person who came."""
    tr = look.tr

    def save(vault: Vault, values: Values) -> Saved:
        person = {name: value for name, value in values.items() if name not in ("agreed", "to_desk")}
        made = transfers.ask(vault, person, agreed=values.get("agreed") is True, to_desk=_said(values, "to_desk"))
        return Saved(made, "")

    start = {"client_name": about.name, "client_number": about.number, "birth_date": about.birth, "to_desk": about.desk}
    return Task(
        title=tr.text("Ask another desk for a person"),
        kind=registry[TRANSFER_REQUEST.name],
        draft=ASK,
        save=save,
        said=tr.text("Asked. It goes with the next bundle."),
        only=("client_name", "birth_date", "client_number", "to_desk", "agreed", "reason", "note"),
        start={name: value or None for name, value in start.items()},
        own=lambda: {"to_desk": _desks(look, desks, tr.text("I do not know; the coordinator looks for it"))},
        above=partial(_how_asking_goes, look),
        verb=tr.text("Ask for the person"),
    )


def _said(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _desks(look: Look, desks: tuple[str, ...], empty: str) -> FieldInput:
    tr = look.tr
    return ChoiceField(look, desk_choices(desks, tr), empty, others=lambda code: desk_name(code, tr))


def _what_goes_along(look: Look, client: Record, known: Offering) -> QWidget:
    tr = look.tr
    made = QWidget()
    lines = column(made, gap=Measure.INSIDE)
    lines.addWidget(label(people.display_name(client), Text.STRONG))
    state = consent_state(known.sharing, tr)
    lines.addWidget(label(tr.text("{purpose}: {answer}", purpose=tr.text(SHORT["sharing"]), answer=state)))
    lines.addWidget(
        muted(
            tr.text(
                "Everything recorded about the person goes along: consultations, needs, referrals, letters, consents "
                "and scans. Private notes stay sealed."
            )
        )
    )
    lines.addWidget(
        muted(
            tr.text(
                "The offer goes with the next bundle to the coordinator, and from there to the other desk. "
                "Until that desk accepts, the person stays with you."
            )
        )
    )
    return made


def _how_asking_goes(look: Look) -> QWidget:
    return muted(
        look.tr.text(
            "Write what you know. The question goes with the next bundle; the desk that has the person answers. "
            "You may register today what cannot wait, and link the two records later."
        )
    )


def known_of(client: Record, desk: str) -> AskFor:
    """What to ask for, of somebody who is known here but belongs to another desk."""
    assert client.kind == CLIENT.name
    return AskFor(people.display_name(client), client.text("number"), client.text("birth_date"), desk)

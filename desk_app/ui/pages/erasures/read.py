"""What the page of erasures asks of the vault, and its rows in words."""

from dataclasses import dataclass

from desk_app.domain.records.erasure import REASON
from desk_app.domain.rules.retention import RULE
from desk_app.i18n import formats
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import erasure, retention
from desk_app.usecases.erasure import ErasureShown
from desk_app.usecases.retention import Proposal


@dataclass(frozen=True, slots=True)
class Shown:
    """What the rules propose, and what was erased."""

    proposals: tuple[Proposal, ...]
    erasures: tuple[ErasureShown, ...]

    def proposal(self, key: str) -> Proposal | None:
        """The proposal about that record or draft."""
        return next((one for one in self.proposals if one.key == key), None)

    def erasure(self, key: str) -> ErasureShown | None:
        """The erasure with that id."""
        return next((one for one in self.erasures if one.id == key), None)


def read(vault: Vault) -> Shown:
    """Everything at once."""
    return Shown(tuple(retention.proposals(vault)), tuple(erasure.state(vault)))


def proposal_row(one: Proposal, tr: Translator) -> Row:
    """Who, why, and since when nothing was recorded."""
    title = " ".join(part for part in (one.name, one.number) if part) or tr.text("Unfinished form")
    since = tr.text("Since {day}", day=formats.partial_date(one.last))
    icon = Icon.DRAFT if one.rule == "draft" else Icon.PERSON
    return Row(one.key, title, tr.choice(RULE, one.rule), tail=since, icon=icon)


def erasure_row(one: ErasureShown, tr: Translator) -> Row:
    """When, how much, why and by whom; and who has not acknowledged it yet."""
    counted = tr.plural("{count} record", "{count} records", one.records)
    title = tr.text("{day}: {words}", day=formats.partial_date(one.on), words=counted)
    detail = ", ".join(part for part in (desk_name(one.desk, tr), tr.choice(REASON, one.reason), one.by) if part)
    if one.waiting:
        waiting = ", ".join(desk_name(code, tr) for code in one.waiting)
        words = tr.text("Not acknowledged yet: {desks}", desks=waiting)
        return Row(one.id, title, detail, tail=words, icon=Icon.WAITING, tone=Tone.ATTENTION)
    words = tr.text("Acknowledged everywhere") if one.acknowledged else ""
    return Row(one.id, title, detail, tail=words, icon=Icon.DONE, tone=Tone.DONE)


def acknowledgements(one: ErasureShown, tr: Translator) -> list[str]:
    """A line for each partner whom an erasure concerns: whether it is gone there too."""
    lines = [tr.text("{desk}: erased there too", desk=desk_name(code, tr)) for code in one.acknowledged]
    lines += [tr.text("{desk}: not acknowledged yet", desk=desk_name(code, tr)) for code in one.waiting]
    return lines or [tr.text("It was recorded nowhere else.")]

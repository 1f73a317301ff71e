"""Pairs of people who may be one, in the window's words."""

from desk_app.domain.records.sameness import DIFFERENT, OPEN, SAME
from desk_app.i18n.alike_words import why_alike
from desk_app.i18n.translator import Translator
from desk_app.ui.icons import Icon
from desk_app.ui.pages.duplicates.read import Opened, key_of
from desk_app.ui.pages.review.read import moment_of
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.filters import Filter
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases.duplicates import Counts, Pair

_ICONS = {SAME: (Icon.LINK, Tone.DONE), DIFFERENT: (Icon.PEOPLE, Tone.PLAIN)}


def pair_row(pair: Pair, tr: Translator) -> Row:
    """Who may be one with whom, and why."""
    tone = Tone.ATTENTION if pair.likely else Tone.PLAIN
    icon, tone = _ICONS.get(pair.state, (Icon.COMPARE, tone))
    tail = tr.text("likely") if pair.likely and pair.state == OPEN else ""
    other = pair.other.name if pair.other.name != pair.one.name else ""
    detail = " · ".join(part for part in (other, sentence(why_alike(pair.reasons, tr))) if part)
    return Row(key_of(pair), pair.one.name, detail, tail=tail, icon=icon, tone=tone)


def sentence(words: str) -> str:
    """With a capital letter, where it stands by itself."""
    return words[:1].upper() + words[1:]


def question(pair: Pair, tr: Translator) -> str:
    """What stands above two people side by side."""
    match pair.state:
        case "same":
            return tr.text("Linked as one person")
        case "different":
            return tr.text("Two different people")
        case _:
            return tr.text("One person or two?")


def judged(opened: Opened, tr: Translator) -> str:
    """Who said what a pair is, and when; empty where nobody did."""
    if not opened.at:
        return ""
    moment = moment_of(opened.at)
    if opened.pair.state == SAME:
        return tr.text("Linked by {name}: {moment}", name=opened.by, moment=moment)
    return tr.text("Said by {name}: {moment}", name=opened.by, moment=moment)


def filters(counts: Counts, tr: Translator) -> list[Filter]:
    """What can be listed."""
    return [
        Filter(OPEN, tr.text("To look at"), counts.open),
        Filter(DIFFERENT, tr.text("Two different people"), counts.different),
        Filter(SAME, tr.text("Linked people"), counts.linked),
    ]


def none_judged(state: str, tr: Translator) -> str:
    """Why a list of judged pairs is empty."""
    if state == SAME:
        return tr.text("Nobody is linked. Two records of one person are linked in the list of those to look at.")
    return tr.text("No two people were told apart yet. It is said in the list of those to look at.")


def said(what: str, tr: Translator) -> str:
    """What was done about a pair."""
    match what:
        case "link":
            return tr.text("They are linked as one person.")
        case "differ":
            return tr.text("They are kept as two people.")
        case "unlink":
            return tr.text("Each is shown alone again.")
        case _:
            return tr.text("They are to be looked at again.")


def not_compared(count: int, tr: Translator) -> str:
    """How many people wait."""
    return tr.plural("{count} person was not compared yet.", "{count} people were not compared yet.", count)

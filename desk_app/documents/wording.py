"""From the facts of a referral to the words of its letter."""

import datetime as dt
from dataclasses import dataclass

from desk_app.documents.letters import Fact, Letterhead, ReferralLetter, ReplySlip
from desk_app.documents.templates import LetterTemplate, Values
from desk_app.i18n import by_code
from desk_app.i18n.formats import letter_date


@dataclass(frozen=True, slots=True)
class Addressee:
    """The office the letter goes to. `head_line` replaces «Ба роҳбари …» where the directory knows better.

    `head_sex` is `male`, `female` or `unknown`: Russian addresses a woman and a man in different words.
    """

    organisation: str
    address: str = ""
    head_name: str = ""
    head_sex: str = "unknown"
    head_line: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper sent along; 0 sheets leaves their number out."""

    title: str
    sheets: int = 0


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """Everything a referral letter is made of, already reduced to what the consent allows.

    `facts` are about the person, with labels and values in the letter's language and names in the nominative.
    """

    number: str
    dated: dt.date
    letterhead: Letterhead
    addressee: Addressee
    facts: tuple[Fact, ...]
    need: str
    service: str
    slip_code: str
    post: str
    signatory: str
    prepared_by: str = ""
    prepared_phone: str = ""
    reply_by: dt.date | None = None
    enclosures: tuple[Enclosure, ...] = ()


def referral_letter(facts: ReferralFacts, template: LetterTemplate) -> ReferralLetter:
    """The letter in the language of the template."""
    values = _values(facts, template.language)
    return ReferralLetter(
        language=template.language,
        dated=facts.dated,
        number=facts.number,
        letterhead=facts.letterhead,
        number_line=template.line("letter.number", values),
        date_line=template.line("letter.date", values),
        addressee=template.lines("letter.addressee", values),
        title=template.line("letter.title", values),
        subject=template.line("letter.subject", values),
        salutation=template.line("letter.salutation", values),
        opening=template.lines("letter.opening", values),
        facts=facts.facts,
        request=template.lines("letter.request", values),
        enclosures=_enclosures(facts, template, values),
        closing=template.line("letter.closing", values),
        post=facts.post,
        signatory=facts.signatory,
        seal=template.line("letter.seal", values),
        prepared_by=template.lines("letter.prepared_by", values),
        continuation=template.line("letter.continuation", values),
        slip=_slip(facts, template, values),
    )


def _values(facts: ReferralFacts, language_code: str) -> Values:
    language = by_code(language_code)
    addressee, head = facts.addressee, facts.letterhead
    return {
        "number": facts.number,
        "date": letter_date(facts.dated, language),
        "reply_by": letter_date(facts.reply_by, language) if facts.reply_by else "",
        "organisation": addressee.organisation,
        "head_line": addressee.head_line,
        "head_name": addressee.head_name,
        "head_is_woman": addressee.head_sex == "female",
        "head_is_man": addressee.head_sex == "male",
        "addressee_address": addressee.address,
        # The sentence brings its own full stop.
        "need": facts.need.rstrip(" .;"),
        "service": facts.service.rstrip(" .;"),
        "desk": head.desk,
        "desk_second": head.desk_second or head.desk,
        "desk_address": head.address,
        "desk_phone": head.phone,
        "prepared_by": facts.prepared_by,
        "prepared_phone": facts.prepared_phone,
    }


def _enclosures(facts: ReferralFacts, template: LetterTemplate, values: Values) -> tuple[str, ...]:
    head = template.line("letter.enclosures", values)
    several = len(facts.enclosures) > 1
    lines: list[str] = []
    for position, paper in enumerate(facts.enclosures, start=1):
        words = template.line("letter.enclosure", {"enclosure": paper.title, "sheets": paper.sheets})
        numbered = f"{position}. {words}" if several else words
        lines.append(f"{head} {numbered}" if position == 1 else numbered)
    return tuple(lines)


def _slip(facts: ReferralFacts, template: LetterTemplate, values: Values) -> ReplySlip:
    def words(name: str) -> str:
        return template.line(f"slip.{name}", values)

    return ReplySlip(
        cut_here=words("cut_here"),
        title=words("title"),
        code_label=words("code"),
        code=facts.slip_code,
        return_to=words("return_to"),
        accepted=words("accepted"),
        declined=words("declined"),
        reason=words("reason"),
        appointment=words("appointment"),
        service_given=words("service_given"),
        result=words("result"),
        officer=words("officer"),
        date=words("date"),
        signature=words("signature"),
    )

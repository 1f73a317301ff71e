"""What the programme is measured by: one definition per figure, from which count, report and chart come.

The codes are those of the programme's published figures where it published one; targets name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desk_app.domain.records.course import COURSE_KIND
from desk_app.domain.records.need import PATHWAY
from desk_app.domain.records.service import TYPE
from desk_app.domain.vocabulary import N_, Vocabulary, is_own_code

SEXES = ("female", "male", "unknown")
"""The columns of every figure about people; nobody said is `unknown`, never left out."""

UNIT = Vocabulary(
    "indicator_unit",
    {
        "people": N_("people"),
        "consultations": N_("consultations"),
        "referrals": N_("referrals"),
        "needs": N_("needs"),
        "courses": N_("courses"),
        "cities": N_("cities"),
    },
)


class Counted(Enum):
    """What one unit of a figure is."""

    CLIENTS_SERVED = "clients_served"
    """Clients of `stages` with at least one consultation of `codes` (any, when empty) in the period.

    Who came to a desk is out of prison unless somebody wrote otherwise: an empty stage counts as released.
    """
    SERVICES = "services"
    """Consultations of the types in `codes` in the period."""
    REFERRALS_MADE = "referrals_made"
    REFERRALS_ANSWERED = "referrals_answered"
    NEEDS_MET = "needs_met"
    """Needs of the pathways in `codes`, noted in the period and met by now."""
    COURSES = "courses"
    """Courses of the types in `codes` that ran in the period."""
    PARTICIPANTS = "participants"
    """People who took part in such courses, each once however many courses they took."""
    DESKS_SERVING = "desks_serving"
    """Desks that served a client of `stages` in the period."""


_KINDS: Mapping[Counted, str] = {
    Counted.CLIENTS_SERVED: "client",
    Counted.SERVICES: "service",
    Counted.REFERRALS_MADE: "referral",
    Counted.REFERRALS_ANSWERED: "referral",
    Counted.NEEDS_MET: "need",
    Counted.COURSES: "course",
    Counted.PARTICIPANTS: "participant",
    Counted.DESKS_SERVING: "client",
}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: its permanent code, its words, and what is counted. Empty `stages`, `codes` or `sex` mean any."""

    code: str
    name: str
    unit: str
    counted: Counted
    explanation: str
    stages: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    in_prison: bool = False
    """Counts only courses held in prison."""
    sex: str = ""
    """Counts only people of this sex."""
    vocabulary: Vocabulary | None = None
    """The list whose own choice is counted; the figure has that choice's words and no name of its own."""

    @property
    def kind(self) -> str:
        """The kind of record that stands behind one unit."""
        return _KINDS[self.counted]

    @property
    def by_sex(self) -> bool:
        """Whether the figure falls apart by sex: where people, or what is done for one of them, are counted."""
        return self.unit not in ("courses", "cities")


_FREE = frozenset({"released", "probation"})
_SOCIAL_WORK = frozenset({"social", "documents", "work", "material_aid", "accompaniment"})

INDICATORS = (
    Indicator(
        "ex_prisoners_served",
        N_("People served after release"),
        "people",
        Counted.CLIENTS_SERVED,
        N_(
            "Released people and people on probation who had at least one consultation; each is counted once. "
            "Whoever came to a desk and whose stage nobody wrote down counts as released."
        ),
        stages=_FREE,
    ),
    Indicator(
        "cities_served",
        N_("Cities and districts with services"),
        "cities",
        Counted.DESKS_SERVING,
        N_(
            "Desks that gave at least one consultation to a released person or a person on probation, "
            "or to one whose stage nobody wrote down."
        ),
        stages=_FREE,
    ),
    Indicator(
        "advised_before_release",
        N_("People advised before release"),
        "people",
        Counted.CLIENTS_SERVED,
        N_("People still in custody who had at least one consultation; each is counted once."),
        stages=frozenset({"in_custody"}),
    ),
    Indicator(
        "legal_consultations",
        N_("Legal consultations"),
        "consultations",
        Counted.SERVICES,
        N_("Legal consultations given."),
        codes=frozenset({"legal"}),
    ),
    Indicator(
        "psychological_consultations",
        N_("Psychological consultations"),
        "consultations",
        Counted.SERVICES,
        N_("Psychological consultations given."),
        codes=frozenset({"psychological"}),
    ),
    Indicator(
        "social_consultations",
        N_("Social consultations"),
        "consultations",
        Counted.SERVICES,
        N_("Social consultations given."),
        codes=frozenset({"social"}),
    ),
    Indicator(
        "social_work_services",
        N_("Services of social workers"),
        "consultations",
        Counted.SERVICES,
        N_("Social consultations, help with papers and work, material aid and accompaniment."),
        codes=_SOCIAL_WORK,
    ),
    Indicator(
        "papers_obtained",
        N_("Papers obtained"),
        "needs",
        Counted.NEEDS_MET,
        N_("Needs for money and papers that were noted in the period and are met."),
        codes=frozenset({"money_papers"}),
    ),
    Indicator(
        "referrals_made",
        N_("Referrals made"),
        "referrals",
        Counted.REFERRALS_MADE,
        N_("Referrals made in the period; drafts and withdrawn ones are left out."),
    ),
    Indicator(
        "referrals_answered",
        N_("Referrals answered"),
        "referrals",
        Counted.REFERRALS_ANSWERED,
        N_("Referrals whose answer came in the period."),
    ),
    Indicator(
        "prisoners_in_education",
        N_("Prisoners in education"),
        "people",
        Counted.PARTICIPANTS,
        N_("Participants of courses held in prison; each is counted once, however many courses."),
        codes=frozenset({"vocational", "civic", "personal"}),
        in_prison=True,
    ),
    Indicator(
        "vocational_courses",
        N_("Vocational courses in prison"),
        "courses",
        Counted.COURSES,
        N_("Vocational courses held in prison in the period."),
        codes=frozenset({"vocational"}),
        in_prison=True,
    ),
    Indicator(
        "women_in_vocational_courses",
        N_("Women prisoners in vocational courses"),
        "people",
        Counted.PARTICIPANTS,
        N_("Women who took part in vocational courses held in prison; each is counted once."),
        codes=frozenset({"vocational"}),
        in_prison=True,
        sex="female",
    ),
    Indicator(
        "women_in_civic_education",
        N_("Women prisoners in civic education and personal development"),
        "people",
        Counted.PARTICIPANTS,
        N_("Women who took part in civic education or personal development in prison; each is counted once."),
        codes=frozenset({"civic", "personal"}),
        in_prison=True,
        sex="female",
    ),
    Indicator(
        "penitentiary_staff_trained",
        N_("Prison and penalty-execution staff trained"),
        "people",
        Counted.PARTICIPANTS,
        N_("Participants of staff training; each is counted once."),
        codes=frozenset({"staff"}),
    ),
    Indicator(
        "study_tour_participants",
        N_("Staff on study tours"),
        "people",
        Counted.PARTICIPANTS,
        N_("Participants of study tours; each is counted once."),
        codes=frozenset({"study_tour"}),
    ),
    Indicator(
        "event_participants",
        N_("Participants of events"),
        "people",
        Counted.PARTICIPANTS,
        N_("Participants of round tables and conferences; each is counted once."),
        codes=frozenset({"event"}),
    ),
)
BY_CODE: Mapping[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list whose own choices are counted each for itself: where such a choice stands, and as what it counts."""

    vocabulary: Vocabulary
    kind: str
    field: str
    counted: Counted
    unit: str
    explanation: str


COUNTED_LISTS = (
    CountedList(
        TYPE,
        "service",
        "type",
        Counted.SERVICES,
        "consultations",
        N_("Consultations of a type that the programme added."),
    ),
    CountedList(
        PATHWAY,
        "need",
        "pathway",
        Counted.NEEDS_MET,
        "needs",
        N_("Needs of an area that the programme added, noted in the period and met."),
    ),
    CountedList(
        COURSE_KIND,
        "course",
        "course_kind",
        Counted.PARTICIPANTS,
        "people",
        N_("Participants of courses of a type that the programme added; each is counted once."),
    ),
)


def own_indicator(listed: CountedList, code: str) -> Indicator:
    """The figure that counts one own choice."""
    return Indicator(
        f"{listed.vocabulary.name}.{code}",
        "",
        listed.unit,
        listed.counted,
        listed.explanation,
        codes=frozenset({code}),
        vocabulary=listed.vocabulary,
    )


def indicator_of(code: str) -> Indicator:
    """The figure with that code, one that counts an own choice included. Raises KeyError."""
    vocabulary, _, choice = code.partition(".")
    for listed in COUNTED_LISTS:
        if listed.vocabulary.name == vocabulary and is_own_code(choice):
            return own_indicator(listed, choice)
    return BY_CODE[code]

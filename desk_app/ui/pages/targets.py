"""What pages open each other with: the second argument of `Shell.go`, read by `Page.arrive`."""

from dataclasses import dataclass

from desk_app.domain.ids import RecordId

PERSON = "person"
REFERRALS = "referrals"
INTAKE = "intake"
EXCHANGE = "exchange"
COURSES = "courses"
SETTINGS = "settings"
DIRECTORY = "directory"
USERS = "users"
AUDIT = "audit"
ERASURES = "erasures"
REVIEW = "review"
PROGRAMME = "programme"
LANGUAGES = "languages"
PARTNERS = "partners"
CARD = "card"
TRANSFERS = "transfers"
DUPLICATES = "duplicates"


@dataclass(frozen=True, slots=True)
class NewReferral:
    """For the page of referrals: write a new one for this client."""

    client: RecordId


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """For the page of referrals: show this one; with `edit` go on writing it."""

    referral: RecordId
    edit: bool = False


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """For the page of referrals: show a letter as it was printed, to be printed again."""

    letter: RecordId


@dataclass(frozen=True, slots=True)
class EditOrganisation:
    """For the directory: go on writing this organisation, or with None a new one."""

    organisation: RecordId | None


@dataclass(frozen=True, slots=True)
class OpenPerson:
    """For the page of a person: everything about this client; `panel` names a form to open at once, such as a kind."""

    client: RecordId
    panel: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """For the intake: register somebody who was searched for in vain; `typed` becomes the name."""

    typed: str = ""


@dataclass(frozen=True, slots=True)
class OpenTransfer:
    """For the page of people between desks: show this transfer or request."""

    record: RecordId


@dataclass(frozen=True, slots=True)
class AskFor:
    """For the page of people between desks: ask another desk for a person; what is known stands in the form."""

    name: str = ""
    number: str = ""
    birth: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class PlanHeld:
    """For the exchange: show what the bundles hold that were kept aside and can be taken in now."""


@dataclass(frozen=True, slots=True)
class SendTo:
    """For the exchange: send to this partner."""

    code: str


@dataclass(frozen=True, slots=True)
class OpenDuplicates:
    """For the page of duplicates: only pairs of these people, or with none of everybody; `back` is the page before."""

    people: tuple[RecordId, ...] = ()
    back: str = "people"

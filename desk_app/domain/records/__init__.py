"""Every kind of record, one module per aggregate. `ALL` is the registry that bootstrap hands to the rest."""

from desk_app.domain.records.attachment import ATTACHMENT
from desk_app.domain.records.choice import CHOICE
from desk_app.domain.records.client import CLIENT
from desk_app.domain.records.consent import CONSENT
from desk_app.domain.records.course import COURSE, PARTICIPANT
from desk_app.domain.records.declaration import Registry
from desk_app.domain.records.desk import DESK
from desk_app.domain.records.erasure import ERASURE
from desk_app.domain.records.exchange_key import EXCHANGE_KEY
from desk_app.domain.records.letter_text import LETTER_TEXT
from desk_app.domain.records.need import NEED
from desk_app.domain.records.note import NOTE
from desk_app.domain.records.organisation import ORGANISATION
from desk_app.domain.records.referral import FOLLOWUP, LETTER, REFERRAL
from desk_app.domain.records.roster import ROSTER
from desk_app.domain.records.sameness import SAMENESS
from desk_app.domain.records.service import SERVICE
from desk_app.domain.records.target import TARGET
from desk_app.domain.records.transfer import TRANSFER, TRANSFER_REQUEST
from desk_app.domain.records.user import USER

ALL = Registry(
    (
        CLIENT,
        CONSENT,
        NEED,
        SERVICE,
        REFERRAL,
        LETTER,
        FOLLOWUP,
        ORGANISATION,
        COURSE,
        PARTICIPANT,
        TARGET,
        DESK,
        USER,
        NOTE,
        ATTACHMENT,
        ERASURE,
        SAMENESS,
        EXCHANGE_KEY,
        TRANSFER,
        TRANSFER_REQUEST,
        ROSTER,
        CHOICE,
        LETTER_TEXT,
    )
)

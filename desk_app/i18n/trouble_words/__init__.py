"""The English words of every trouble: what happened and what is safe, then what to do. Checked to be complete.

Placeholders are the names of the error's facts. The words of a class of `domain/errors/` stand in the module here that
has the name of its own, in the same order.
"""

from collections.abc import Mapping

from desk_app.domain.errors import Trouble
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message
from desk_app.i18n.trouble_words import carriers, exchange, files, keys, records, roster, transfers, vaults

BUG = Message(
    N_("Something went wrong inside the program. What was saved is safe."),
    N_("Try again. If it happens again, close the program, open it anew and tell the coordinator."),
)

OF_TROUBLES: Mapping[type[Trouble], Message] = {
    **records.WORDS,
    **vaults.WORDS,
    **files.WORDS,
    **keys.WORDS,
    **exchange.WORDS,
    **roster.WORDS,
    **transfers.WORDS,
    **carriers.WORDS,
}

"""The English words of the troubles with versions, links and bundles that remove much, as in `trouble_words`."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.errors import Trouble
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

OF_REVIEW: Mapping[type[Trouble], Message] = {
    errors.NothingToSettle: Message(
        N_("There are no two versions here any more. Nothing was changed."),
        N_("Look at the list again: somebody has settled it."),
    ),
    errors.VersionsChanged: Message(
        N_("Another version came meanwhile. Nothing was changed."),
        N_("Look at all versions and choose again."),
    ),
    errors.BothNotPossible: Message(
        N_("This field has no place for a second value. Nothing was changed."),
        N_("Keep one of the versions, or write another value."),
    ),
    errors.NobodyToAsk: Message(
        N_("There is no desk that could be asked about this. Nothing was changed."),
        N_("Keep one of the versions, or write another value."),
    ),
    errors.LargeChange: Message(
        N_("Unusually much would be removed: {records} records, {people} of {all_people} people. Nothing was changed."),
        N_("Call the sender and ask whether that is meant; then confirm it."),
    ),
    errors.SameClient: Message(
        N_("{number} is one client, not two. Nothing was changed."),
        N_("Give the number of the other client."),
    ),
    errors.NotLinked: Message(
        N_("{one} and {other} are not linked. Nothing was changed."),
        N_("Open the person to see who is linked with whom."),
    ),
    errors.LinkedThroughOthers: Message(
        N_("{one} and {other} are one person because both are linked to others. Nothing was changed."),
        N_("Open the person and take back one of the links between them."),
    ),
    errors.KnownDifferent: Message(
        N_("That would make one person of {one} and {other}, who are known to be different. Nothing was changed."),
        N_("Look at both again. If they are one person after all, link these two first."),
    ),
}

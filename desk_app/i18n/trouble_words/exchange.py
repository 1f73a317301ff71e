"""The English words of trouble with partners, cards and bundles."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
    errors.UnknownPartner: Message(
        N_("No partner with the code “{code}” has been admitted."),
        N_("Check the code, or admit the partner by its card."),
    ),
    errors.BundleRefused: Message(
        N_("The bundle was refused. Nothing was changed."), N_("Ask the sender for the bundle again.")
    ),
    errors.Damaged: Message(
        N_("This file is damaged or is not a bundle. Nothing was changed."),
        N_("Copy the file again, or ask the sender for the bundle again."),
    ),
    errors.Foreign: Message(
        N_("This bundle was made for somebody else, or so long ago that its key is gone. Nothing was changed."),
        N_("Give it to its addressee, or send the sender a bundle or a card and ask for a new bundle."),
    ),
    errors.UnknownSender: Message(
        N_("The sender of this bundle is not known here. It says that it comes from {desk}. Nothing was changed."),
        N_("Ask the sender for the card, compare the digits by phone, and admit the partner."),
    ),
    errors.Revoked: Message(
        N_("The partner {desk} has been shut out of the programme. Nothing was changed."),
        N_("Ask the coordinator why, and for a new card."),
    ),
    errors.NewerFormat: Message(
        N_("A newer version of the program wrote this bundle. Nothing was changed."),
        N_("Install the newest version of the program on this computer and take the bundle in again."),
    ),
    errors.TooLarge: Message(
        N_("This file is larger than a bundle may be. Nothing was changed."),
        N_("Check that this is the right file, or ask the sender for the bundle again."),
    ),
    errors.CardDamaged: Message(
        N_("This file is not a partner's card, or somebody altered it. Nothing was changed."),
        N_("Ask the partner for the card again."),
    ),
    errors.CardNewer: Message(
        N_("A newer version of the program wrote this card. Nothing was changed."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.CodeUnreadable: Message(
        N_("No QR code of a partner's card can be read in “{path}”, or there are several."),
        N_(
            "Take the picture again: one code alone, straight from the front, sharp and large. Or take the card's file."
        ),
    ),
    errors.Equivocation: Message(
        N_("Two different records came under one number of the same computer. Nothing was changed."),
        N_("Keep the file and tell the coordinator: a computer may have been copied."),
    ),
    errors.GapBefore: Message(
        N_("Bundles from {sender} are missing before this one: {missing}. It waits until they arrive."),
        N_("Take in the missing bundles, or ask the sender for a full bundle."),
    ),
    errors.ForeignChanges: Message(
        N_("The bundle from {sender} holds records that another desk wrote. Nothing was changed."),
        N_("Keep the file and tell the coordinator."),
    ),
    errors.DigitsDiffer: Message(
        N_("The digits do not belong to this card of {code}. The partner was not admitted."),
        N_("Call the partner and compare the digits once more; if they still differ, ask for a new card."),
    ),
    errors.NothingToRead: Message(
        N_("No bundle was found in “{path}”."), N_("Choose the file or folder with the bundle.")
    ),
    errors.NotForOurselves: Message(
        N_("This card is this vault's own. Nothing was changed."), N_("Choose the card of another desk.")
    ),
    errors.LargeChange: Message(
        N_("Unusually much would be removed: {records} records, {people} of {all_people} people. Nothing was changed."),
        N_("Call the sender and ask whether that is meant; then confirm it."),
    ),
}

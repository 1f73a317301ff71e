"""What the record of access names: who did, saw, printed or took out what. The codes are permanent."""

from enum import StrEnum

from desk_app.domain.vocabulary import N_, Vocabulary


class Action(StrEnum):
    """One kind of act that is written down."""

    UNLOCKED = "unlocked"
    REFUSED = "refused"
    LOCKED = "locked"
    MADE = "made"
    CHANGED = "changed"
    SEEN = "seen"
    PRINTED = "printed"
    SAVED_AS = "saved_as"
    EXPORTED = "exported"
    IMPORTED = "imported"
    REPORTED = "reported"
    USER_ADDED = "user_added"
    USER_RESET = "user_reset"
    USER_REMOVED = "user_removed"
    ROLES_SET = "roles_set"
    PASSPHRASE_CHANGED = "passphrase_changed"
    KEY_HANDED_OVER = "key_handed_over"
    RECOVERY_MADE = "recovery_made"
    RECOVERY_USED = "recovery_used"
    ESCROW_SET = "escrow_set"
    ESCROW_USED = "escrow_used"
    KEY_ROTATED = "key_rotated"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    SALVAGED = "salvaged"
    ERASED = "erased"
    TRAVEL_WIPED = "travel_wiped"
    PARTNER_ADMITTED = "partner_admitted"
    TRANSFER_OFFERED = "transfer_offered"
    TRANSFER_ACCEPTED = "transfer_accepted"
    TRANSFER_DECLINED = "transfer_declined"
    TRANSFER_WITHDRAWN = "transfer_withdrawn"
    TRANSFER_ASKED = "transfer_asked"
    TRANSFER_REFUSED = "transfer_refused"
    TRANSFER_ASSIGNED = "transfer_assigned"
    PARTNER_REVOKED = "partner_revoked"
    PARTNER_READMITTED = "partner_readmitted"
    HELD_DROPPED = "held_dropped"
    ALARM_RAISED = "alarm_raised"
    ALARM_SETTLED = "alarm_settled"
    COPY_FOUND = "copy_found"


ACTION = Vocabulary(
    "action",
    {
        Action.UNLOCKED: N_("Unlocked the desk"),
        Action.REFUSED: N_("Tried a wrong passphrase"),
        Action.LOCKED: N_("Locked the desk"),
        Action.MADE: N_("Made a record"),
        Action.CHANGED: N_("Changed a record"),
        Action.SEEN: N_("Opened a record"),
        Action.PRINTED: N_("Printed a letter"),
        Action.SAVED_AS: N_("Saved a file outside the program"),
        Action.EXPORTED: N_("Wrote a bundle"),
        Action.IMPORTED: N_("Took in a bundle"),
        Action.REPORTED: N_("Saved a report"),
        Action.USER_ADDED: N_("Added a user"),
        Action.USER_RESET: N_("Gave a user a new passphrase"),
        Action.USER_REMOVED: N_("Removed a user"),
        Action.ROLES_SET: N_("Changed a user's roles"),
        Action.PASSPHRASE_CHANGED: N_("Changed the own passphrase"),
        Action.KEY_HANDED_OVER: N_("Handed over the key to private notes"),
        Action.RECOVERY_MADE: N_("Made a new recovery code"),
        Action.RECOVERY_USED: N_("Opened the desk with the recovery code"),
        Action.ESCROW_SET: N_("Set the programme's emergency key"),
        Action.ESCROW_USED: N_("Opened the desk with the programme's emergency key"),
        Action.KEY_ROTATED: N_("Sealed all data with a new key"),
        Action.BACKED_UP: N_("Made a backup"),
        Action.RESTORED: N_("Restored a backup"),
        Action.SALVAGED: N_("Saved what could be read of a damaged file"),
        Action.ERASED: N_("Erased a person"),
        Action.TRAVEL_WIPED: N_("Emptied this computer for a journey"),
        Action.PARTNER_ADMITTED: N_("Admitted a partner"),
        Action.TRANSFER_OFFERED: N_("Offered a person to another desk"),
        Action.TRANSFER_ACCEPTED: N_("Took a person over from another desk"),
        Action.TRANSFER_DECLINED: N_("Declined a person from another desk"),
        Action.TRANSFER_WITHDRAWN: N_("Withdrew the offer of a person"),
        Action.TRANSFER_ASKED: N_("Asked for a person of another desk"),
        Action.TRANSFER_REFUSED: N_("Refused to give a person to another desk"),
        Action.TRANSFER_ASSIGNED: N_("Said whose a person is"),
        Action.PARTNER_REVOKED: N_("Shut a partner out"),
        Action.PARTNER_READMITTED: N_("Admitted a partner again"),
        Action.HELD_DROPPED: N_("Threw away a bundle that was kept aside"),
        Action.ALARM_RAISED: N_("Found that a computer may have been copied"),
        Action.ALARM_SETTLED: N_("Settled the alarm about a copied computer"),
        Action.COPY_FOUND: N_("Opened a vault that was copied or came to another computer"),
    },
)

"""What a check of a vault can find, in words."""

from desk_app.domain.vocabulary import N_, Vocabulary

FINDING = Vocabulary(
    "finding",
    {
        "unreadable": N_("A part of the database cannot be read."),
        "pages": N_("The database file is damaged."),
        "body": N_("A change is not as its author wrote it."),
        "link": N_("A change does not continue the one before it."),
        "gap": N_("A change is missing from its series."),
        "mark": N_("The series is marked as longer or shorter than it is."),
        "row": N_("A record does not show what its changes say."),
        "stray": N_("A record is shown that no change made."),
        "review": N_("The list of disagreements is not what the changes say."),
        "audit": N_("The record of access was altered."),
        "author": N_("A change is not signed by the user it names."),
        "file": N_("The file of an attachment is damaged or gone."),
        "search": N_("The search does not know a person as recorded."),
        "alias": N_("Clients who are one person are not shown as one."),
        "emptied": N_("A change came without what it says, and nobody erased its record."),
        "not_erased": N_("Something of an erased record is still there."),
        "key_copy": N_("The two copies of the key file are not the same."),
        "keys": N_("The key file was altered, or cannot be read."),
    },
)

_SALVAGE = N_("Save what can be read into a new folder, then send a bundle to the coordinator.")
_RESTORE = N_("Restore the last good backup. The coordinator's answer brings back what is newer.")
_REOPEN = N_("Update the program and open the desk again. If it stays, restore the last good backup.")
_ANSWER = N_("Send a bundle to the coordinator and take in the answer: it brings back what is missing.")
_TELL = N_("Somebody may have changed the data. Change nothing, and tell the coordinator.")

ADVICE = Vocabulary(
    "advice",
    {
        "unreadable": _SALVAGE,
        "pages": _RESTORE,
        "body": _TELL,
        "link": _TELL,
        "gap": _ANSWER,
        "mark": _ANSWER,
        "row": _REOPEN,
        "stray": _REOPEN,
        "review": _REOPEN,
        "audit": _TELL,
        "author": _TELL,
        "search": _REOPEN,
        "alias": _REOPEN,
        "emptied": _ANSWER,
        "not_erased": _TELL,
        "file": N_("Send a bundle to the coordinator and take in the answer. If it stays, add the paper again."),
        "key_copy": N_("Lock the desk and open it again: the copy that does not fit is mended."),
        "keys": N_("Restore the last good backup, and tell the coordinator who had this computer."),
    },
)
"""What to do about each finding."""

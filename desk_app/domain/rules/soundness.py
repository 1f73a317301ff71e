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
    },
)

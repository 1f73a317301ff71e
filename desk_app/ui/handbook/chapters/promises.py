"""What the program promises and what it does not, each beside the limit that nobody can take away."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import chapter, promise, say

PROMISES = chapter(
    "promises",
    N_("What is promised and what not"),
    say(N_("What holds in this version stands first in each case, and after it what nobody can promise.")),
    promise(
        "off",
        N_("The computer is stolen or seized while it is off or locked."),
        N_("Nobody reads the data without a passphrase or the papers that replace it."),
        N_("A short or well-known passphrase can be guessed. That the program is here can be seen."),
    ),
    promise(
        "open",
        N_("The computer is seized while the window is open."),
        N_("The window locks itself when nobody uses it, when the computer sleeps, or at once by a key."),
        N_("What stands on the screen and in memory at that moment can be read: this desk's people alone."),
    ),
    promise(
        "copied",
        N_("Somebody copies a stick, a mailbox or a folder with bundles."),
        N_("The copy tells neither who sent it nor anything about people."),
        N_("It shows that bundles are sent, and when."),
    ),
    promise(
        "later",
        N_("Somebody keeps such a copy, and months later gets hold of the partner's computer and passphrase."),
        N_("Bundles older than ninety days stay shut."),
        N_("The bundles of the last ninety days can be read."),
    ),
    promise(
        "altered",
        N_("A bundle is altered, cut off, sent twice or out of order."),
        N_("It is refused whole, or it changes nothing. Its sender can make it again at any time."),
        N_("Whether it arrives at all is up to those who carry it."),
    ),
    promise(
        "colleague",
        N_("A colleague at the same desk is curious."),
        N_("Private notes and drafts stay shut. Signatures tell who wrote what, and looking is written down."),
        N_("Colleagues of a desk see the rest of its records."),
    ),
    promise(
        "coordinator",
        N_("The coordinator takes the records in."),
        N_("The coordinator's changes carry the coordinator's name. Private notes stay shut there too."),
        N_("The coordinator sees all else that desks send, and may hold it back from others."),
    ),
    promise(
        "power",
        N_("The power fails, or the program is stopped."),
        N_("What was saved stays whole. What was being typed is kept up to the last seconds."),
        N_("The words of the very last seconds may be missing."),
    ),
    promise(
        "disk",
        N_("The disk spoils what was saved."),
        N_("The check finds it, and the coordinator's bundle brings back what was sent."),
        N_("A disk that dies takes along what was neither sent nor backed up elsewhere."),
    ),
    promise(
        "forgotten",
        N_("A passphrase is forgotten."),
        N_("A colleague who leads the desk, the recovery code, or two emergency papers give a new one."),
        N_("If all of them are gone, only what the coordinator has is left: not even the makers can open the desk."),
    ),
    promise(
        "erased",
        N_("A person is erased."),
        N_("She is gone from the data, the search, the files and the backups of every device that confirms it."),
        N_("Papers, saved files, bundles on old sticks, and a device that never comes back."),
    ),
    promise(
        "forced",
        N_("Somebody forces you to unlock."),
        N_("There is little to see: one desk's people, or nobody after the computer was emptied for a journey."),
        N_("The program cannot hide that it holds data."),
    ),
)

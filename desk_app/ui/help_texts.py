"""The words of the help: a chapter for each page, and what the program promises and what it does not."""

from dataclasses import dataclass

from desk_app.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Chapter:
    """English msgids: a title and whole sentences."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """English msgids: what may happen, what holds then, and what nobody can promise."""

    event: str
    kept: str
    beyond: str


CHAPTERS = (
    Chapter(
        N_("Today"),
        (
            N_("Today shows what is due: appointments, follow-ups, referrals without an answer, releases and drafts."),
            N_("Press Enter on a line to open the person or the letter it is about."),
            N_("A draft is what you began to type. It waits here also after a power cut."),
        ),
    ),
    Chapter(
        N_("People"),
        (
            N_("Type a few letters of a name in any script. The spelling does not have to be right."),
            N_("Walk the list with the arrows and press Enter to open a person."),
            N_("A person's page shows everything in the order of time. Each button opens a form beside it."),
        ),
    ),
    Chapter(
        N_("Intake"),
        (
            N_("Search first: the person may be known here under another spelling."),
            N_("Explain each consent in the person's own language before you mark it as given."),
            N_("Only a name is needed to begin. Everything else can be added later."),
        ),
    ),
    Chapter(
        N_("Referrals"),
        (
            N_("A referral becomes a letter. The letter is shown as it will print while you write."),
            N_("What the person did not agree to share is left out, and the page says why."),
            N_("The slip at the foot of the letter comes back with the answer. Write the answer into the referral."),
        ),
    ),
    Chapter(
        N_("Courses"),
        (
            N_("A course has a title, a type and a place. Its participants are listed beside it."),
            N_("A participant may be a client of the desk or somebody known by name alone."),
            N_("Open a participant to say whether the course was completed."),
        ),
    ),
    Chapter(
        N_("Directory"),
        (
            N_("The directory holds the organisations that people are referred to. Letters take names from it."),
            N_("When you have telephoned an organisation, write down the day, so that others know how fresh it is."),
        ),
    ),
    Chapter(
        N_("Figures"),
        (
            N_("Each number counts records of the period you choose. Press Enter on a number to see them."),
            N_("A bar stands for what was reached and the mark across it for the target."),
            N_("A desk counts its own records. The coordinator counts all that desks have sent and says whose."),
            N_("People who refused to be counted are in no figure."),
        ),
    ),
    Chapter(
        N_("Exchange"),
        (
            N_("A bundle is one sealed file. Only the partner it was made for can open it."),
            N_("Send writes a bundle with everything the partner has not confirmed yet. A lost file costs nothing."),
            N_("Read the six digits to the partner by phone. The partner sees the same digits beside the file."),
            N_("Files that you take in are shown as a plan first. Nothing changes until you press the button."),
            N_("A partner is admitted by a card. Compare all its digits aloud, so that nobody can stand in between."),
            N_("The page of partners shows who belongs to the programme, alarms, and bundles that are kept aside."),
            N_("When two desks wrote different things, both versions are kept until somebody settles it."),
        ),
    ),
    Chapter(
        N_("Private notes"),
        (
            N_("A lawyer and a psychologist write notes that only their own profession at this desk opens."),
            N_("Everybody sees that a note exists, who wrote it and when. Its text is in no search and no export."),
            N_("Whoever leaves hands the key over first, or the recovery paper gives it to a successor."),
        ),
    ),
    Chapter(
        N_("Attachments"),
        (
            N_("Scans and photos are kept sealed with the person. Where and with what they were taken is removed."),
            N_("They are shown inside the program. A copy that you save outside is yours to look after."),
            N_("Large files travel in pieces with several bundles. Until then the page says where a file lies."),
        ),
    ),
    Chapter(
        N_("Settings"),
        (
            N_("Language, theme and size of the text are remembered on this computer alone."),
            N_("The letterhead holds the names, the address and the signature of your letters."),
            N_("Check the data when the computer went off by itself or the disk makes trouble."),
        ),
    ),
    Chapter(
        N_("Programme"),
        (
            N_("The coordinator adds choices to the lists of the forms here, and switches off those nobody needs."),
            N_("A choice that is switched off stays in the records that have it, and counts where it counted."),
            N_("The words of the referral letter are changed here too; a printed letter keeps the words it had."),
            N_("All of it goes to every desk with the next bundle. Desks read it, and ask the coordinator for more."),
        ),
    ),
    Chapter(
        N_("People and keys"),
        (
            N_(
                "Each user opens the desk with an own passphrase and has roles. Whoever leads the desk adds the others."
            ),
            N_("The recovery code on paper helps when a passphrase is forgotten: at the door, choose that it is."),
            N_("Two of the programme's three emergency papers open a desk too, but no private notes."),
            N_("Every use of these papers is written down, and everybody is told when they next open the desk."),
        ),
    ),
    Chapter(
        N_("Backups"),
        (
            N_("A backup is made once a day, sealed like the desk itself, and opened again before it counts."),
            N_("Choose a second place, such as a stick, and keep it away from the computer."),
            N_("After a backup is restored, take in the coordinator's next bundle: it brings back what was lost."),
        ),
    ),
    Chapter(
        N_("Erasing a person"),
        (
            N_("Erasing is final. The person and all that leads to her go from this desk and from the coordinator."),
            N_("The list of erasures shows who has not confirmed yet. Papers and saved files are yours to destroy."),
        ),
    ),
    Chapter(
        N_("On a journey"),
        (
            N_("Before a journey send everything, wait for the coordinator's answer, then empty this computer."),
            N_("Afterwards the coordinator's bundle brings everything back."),
        ),
    ),
)

PROMISES = (
    Promise(
        N_("The computer is stolen or seized while it is off or locked."),
        N_("Nobody reads the data without a passphrase or the papers that replace it."),
        N_("A short or well-known passphrase can be guessed. That the program is here can be seen."),
    ),
    Promise(
        N_("The computer is seized while the window is open."),
        N_("The window locks itself when nobody uses it, when the computer sleeps, or at once by a key."),
        N_("What stands on the screen and in memory at that moment can be read: this desk's people alone."),
    ),
    Promise(
        N_("Somebody copies a stick, a mailbox or a folder with bundles."),
        N_("The copy tells neither who sent it nor anything about people."),
        N_("It shows that bundles are sent, and when. Whoever also takes the partner's open data can read the copy."),
    ),
    Promise(
        N_("A bundle is altered, cut off, sent twice or out of order."),
        N_("It is refused whole, or it changes nothing. Its sender can make it again at any time."),
        N_("Whether it arrives at all is up to those who carry it."),
    ),
    Promise(
        N_("A colleague at the same desk is curious."),
        N_("Private notes and drafts stay shut. Signatures tell who wrote what, and looking is written down."),
        N_("Colleagues of a desk see the rest of its records."),
    ),
    Promise(
        N_("The coordinator takes the records in."),
        N_("The coordinator's changes carry the coordinator's name. Private notes stay shut there too."),
        N_("The coordinator sees all else that desks send, and may hold it back from others."),
    ),
    Promise(
        N_("The power fails, or the program is stopped."),
        N_("What was saved stays whole. What was being typed is kept up to the last seconds."),
        N_("A disk that dies takes along what was neither sent nor backed up elsewhere."),
    ),
    Promise(
        N_("A passphrase is forgotten."),
        N_("A colleague who leads the desk, the recovery code, or two emergency papers give a new one."),
        N_("If all of them are gone, only what the coordinator has is left: not even the makers can open the desk."),
    ),
    Promise(
        N_("A person is erased."),
        N_("She is gone from the data, the search, the files and the backups of every device that confirms it."),
        N_("Papers, saved files, bundles on old sticks, and a device that never comes back."),
    ),
    Promise(
        N_("Somebody forces you to unlock."),
        N_("There is little to see: one desk's people, or nobody after the computer was emptied for a journey."),
        N_("The program cannot hide that it holds data."),
    ),
)
"""What holds in this version. A promise that a later version can keep is written here when it is kept."""

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
            N_("When two desks wrote different things, both versions are kept until somebody settles it."),
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
)

PROMISES = (
    Promise(
        N_("The computer is stolen or seized while it is off or locked."),
        N_("Nobody reads the data without a passphrase or the recovery code."),
        N_("A short or well-known passphrase can be guessed. That the program is here can be seen."),
    ),
    Promise(
        N_("The computer is seized while the window is open."),
        N_("The window locks itself after ten minutes, or at once by a key. Only this desk's people are on it."),
        N_("What stands on the screen and in memory at that moment can be read."),
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
        N_("Every change carries the name of the user who was logged in."),
        N_("Colleagues of a desk see all of its records, notes included."),
    ),
    Promise(
        N_("The coordinator takes the records in."),
        N_("The coordinator's changes carry the coordinator's name, and both versions stay when they differ."),
        N_("The coordinator sees all that desks send, and may hold it back from others."),
    ),
    Promise(
        N_("The power fails, or the program is stopped."),
        N_("What was saved stays whole. What was being typed is kept up to the last seconds."),
        N_("A disk that dies takes along what was not sent yet. Send often."),
    ),
    Promise(
        N_("A passphrase is forgotten."),
        N_("What was sent is safe at the coordinator. The recovery code on paper holds a key to the rest."),
        N_("Without any passphrase and without the code, nobody can open the desk: not even the makers."),
    ),
    Promise(
        N_("A record is removed."),
        N_("It is no longer shown, here and wherever the next bundle arrives."),
        N_("It stays sealed in the history of changes. Papers and saved files are yours to destroy."),
    ),
    Promise(
        N_("Somebody forces you to unlock."),
        N_("There is little to see: one desk's people, and what you did not write down is not here."),
        N_("The program cannot hide that it holds data."),
    ),
)
"""What holds in this version. A promise that a later version can keep is written here when it is kept."""

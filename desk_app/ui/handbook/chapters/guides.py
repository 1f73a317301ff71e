"""What to do when something happens; writing names; keys; the words used here."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import As, To, chapter, pair, say, section, step
from desk_app.ui.shortcuts import KEY_WORDS
from desk_app.ui.widgets.letters import LETTERS

TROUBLE = chapter(
    "trouble",
    N_("What to do when"),
    section(
        "power",
        N_("The power failed"),
        step(N_("Start the computer and open the desk. What was saved is there.")),
        step(N_("Look under {drafts}: what you were typing waits there."), drafts="Drafts"),
        step(N_("If the computer went off by itself more than once, press {check}."), check="Check the data"),
    ),
    section(
        "laptop",
        N_("The computer is lost or was taken"),
        step(N_("Call the coordinator at once, who shuts this computer out.")),
        step(N_("Say whether it was locked. If it was, nobody reads it without a passphrase.")),
        step(
            N_("On another computer press {create}, and let the coordinator admit its card."),
            create="Create a new desk",
        ),
        step(N_("The coordinator's first bundle brings back everything you had sent.")),
    ),
    section(
        "passphrase",
        N_("The passphrase is forgotten"),
        say(N_("A colleague or a paper helps: see {door}."), door=To("door")),
        say(
            N_("If all of them are gone, only what the coordinator has is left: not even the makers can open the desk.")
        ),
    ),
    section(
        "stick",
        N_("A stick is lost"),
        say(N_("Whoever finds it cannot read it. Send again: the new bundle holds all that was on it.")),
        say(N_("Tell the coordinator if a backup was on it too.")),
    ),
    section(
        "number",
        N_("The number does not match"),
        say(N_("Do not take the file in. Ask the partner which file was sent, and to send it again.")),
        say(N_("If the digits of a card differ, do not admit it: somebody may have exchanged it.")),
    ),
    section(
        "print",
        N_("A letter does not print"),
        step(N_("Look whether the printer is switched on and has paper.")),
        step(N_("Nothing is lost: open the referral and press {again}."), again="Print again"),
        step(N_("Or press {pdf} and print the file elsewhere."), pdf="Save as PDF"),
    ),
    section(
        "clock",
        N_("The computer's clock is wrong"),
        say(N_("Set the right day and time in the computer's own settings, then go on.")),
        say(N_("What came first stays clear to the program. Look through the days you wrote meanwhile.")),
    ),
    see=("door", "stick", "partners#shut-out"),
)

NAMES = chapter(
    "names",
    N_("Writing names in four languages"),
    say(N_("Write a name in the letters of the person's own paper. Any script is right.")),
    say(
        N_("Letters your keyboard lacks stand in a strip above the form; Ctrl with a letter writes them too: {keys}."),
        keys=To("keys#letters"),
    ),
    say(
        N_("Text in an old Tajik font is noticed while you type. {convert} writes it in the right letters."),
        convert="Convert",
    ),
    section(
        "search",
        N_("Searching"),
        say(
            N_("One spelling finds the others: {one}, {two} and {three} are found together."),
            one=As("Исмоилов"),
            two=As("Исмаилов"),
            three=As("Ismoilov"),
        ),
        say(N_("What was typed with the wrong keyboard layout is found as well.")),
        say(N_("Write former names and nicknames under {other}; the search knows them too."), other="Other names"),
    ),
    see=("people", "duplicates"),
)

KEYS = chapter(
    "keys",
    N_("Keys"),
    say(N_("The keys work with a Cyrillic layout too.")),
    section("window", N_("In the whole window"), *(pair(As(key), words) for key, words in KEY_WORDS)),
    section(
        "lists",
        N_("In lists and forms"),
        say(N_("The arrows walk a list and Enter opens a line. Tab goes to the next field.")),
    ),
    section("letters", N_("Letters in names"), *(pair(As(f"Ctrl+{key}"), As(letter)) for letter, key in LETTERS)),
)

WORDS = chapter(
    "words",
    N_("Words used here"),
    say(N_("These words mean the same on every page.")),
    section(
        "exchange",
        N_("Between desks"),
        pair(N_("Bundle"), N_("One sealed file that carries records to one partner.")),
        pair(N_("Partner"), N_("A desk or the coordinator, with whom bundles are exchanged.")),
        pair(N_("Partner's card"), N_("What proves whose bundles they are. It holds no secret.")),
        pair(N_("Roster"), N_("The coordinator's list of who belongs to the programme.")),
        pair(N_("Receipt"), N_("What a bundle says by itself about the bundles that came before.")),
        pair(N_("Two versions"), N_("What two desks wrote differently about one field.")),
    ),
    section(
        "here",
        N_("On this computer"),
        pair(N_("Vault"), N_("The sealed folder in which everything of a desk lies.")),
        pair(N_("Passphrase"), N_("Some words that open the desk, of each user's own.")),
        pair(N_("Recovery code"), N_("Digits on paper that open the desk when a passphrase is forgotten.")),
        pair(N_("The emergency key"), N_("Three papers of the programme, of which two open a desk.")),
        pair(N_("Draft"), N_("What was typed and not saved yet.")),
        pair(N_("Record of access"), N_("The list of who saw, printed and took out what.")),
    ),
)

"""What whoever leads a desk or the programme does: choices, versions, duplicates, erasing, users, settings."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import chapter, note, say, section, step

PROGRAMME = chapter(
    "programme",
    N_("Programme"),
    section(
        "choices",
        N_("Choices in the lists"),
        say(N_("The coordinator adds choices to the lists of the forms here, and switches off those nobody needs.")),
        say(N_("A choice that is switched off stays in the records that have it, and counts where it counted.")),
    ),
    section(
        "wording",
        N_("Letter wording"),
        say(N_("The words of the referral letter are changed here too; a printed letter keeps the words it had.")),
        say(N_("If the wording went wrong, press {back}."), back="Back to the program's wording"),
        say(N_("All of it goes to every desk with the next bundle. Desks read it, and ask the coordinator for more.")),
    ),
)

REVIEW = chapter(
    "review",
    N_("Review"),
    say(N_("Here stands each field about which two desks wrote different things, with both versions side by side.")),
    say(
        N_("Press {this} below the version that is right, or {both} where both are true."),
        this="Keep this one",
        both="Keep both",
    ),
    say(N_("{other} lets you type what is right."), other="Write something else"),
    say(N_("If you do not know, press {ask}: the desk finds the question among its follow-ups."), ask="Ask the desk"),
    see=("duplicates",),
)

DUPLICATES = chapter(
    "duplicates",
    N_("Duplicates"),
    say(N_("Two records may be one person, written in two scripts or at two desks. The surest pairs stand first.")),
    say(N_("Beside each pair stands why: the same date of birth, say, or a name written another way.")),
    say(
        N_("Press {same} to show both as one person. Nothing is lost, and it can be taken back."),
        same="Same person",
    ),
    say(N_("Press {different} and the pair does not come again."), different="Two different people"),
    say(N_("{later} leaves the pair for another day."), later="Later"),
    say(
        N_("Under {linked} stand those you joined; {back} shows each alone again."),
        linked="Linked people",
        back="Take the link back",
    ),
    say(N_("{compare} looks at everybody who changed since the last time."), compare="Compare now"),
    see=("person", "review"),
)

AUDIT = chapter(
    "audit",
    N_("Record of access"),
    say(N_("Here stands who opened the desk, looked at records, printed, and took out what.")),
    say(N_("You see what you did. Whoever leads the desk sees what everybody did.")),
    say(N_("Choose a person, an act or a day to find a line.")),
)

ERASURES = chapter(
    "erasures",
    N_("Keeping and erasing"),
    say(N_("Erasing is final. The person and all that leads to her go from this desk and from the coordinator.")),
    section(
        "erase",
        N_("Erase this person"),
        step(
            N_("On the person's page choose {erase} under {more}."),
            erase="Erase this person",
            more="More",
        ),
        step(N_("Read what goes and what cannot be reached. Choose the reason and type the number.")),
        step(N_("Press {erase}, or {keep} to change nothing."), erase="Erase for good", keep="Keep"),
    ),
    section(
        "list",
        N_("What was erased"),
        say(N_("The list of erasures shows who has not confirmed yet. Papers and saved files are yours to destroy.")),
        say(
            N_("Under {kept} stands what is no longer needed. Look at each and decide; nothing goes by itself."),
            kept="Kept long enough",
        ),
    ),
)

USERS = chapter(
    "users",
    N_("People and keys"),
    section(
        "people",
        N_("Users"),
        say(
            N_("Each user opens the desk with an own passphrase and has roles. Whoever leads the desk adds the others.")
        ),
        say(N_("Press {add}, and let the new colleague type the passphrase."), add="Add a user"),
        say(
            N_("When somebody leaves, open the name and press {remove}. What this user wrote stays."),
            remove="Remove the user",
        ),
        say(
            N_("Somebody may have seen your passphrase? Press {change}."),
            change="Change my passphrase",
        ),
    ),
    section(
        "papers",
        N_("Papers for emergencies"),
        say(N_("The recovery code on paper helps when a passphrase is forgotten: at the door, choose that it is.")),
        say(N_("Two of the programme's three emergency papers open a desk too, but no private notes.")),
        say(N_("Every use of these papers is written down, and everybody is told when they next open the desk.")),
        say(
            N_("Is the paper lost? Press {new}: the old one then opens nothing."),
            new="Make a new recovery code",
        ),
    ),
    section(
        "key",
        N_("The key of the data"),
        say(
            N_("{seal} is for the day when somebody may have copied this desk and known a passphrase."),
            seal="Seal everything with a new key",
        ),
    ),
    see=("person#notes", "door"),
)

SETTINGS = chapter(
    "settings",
    N_("Settings"),
    say(N_("Language, theme and size of the text are remembered on this computer alone.")),
    say(N_("The letterhead holds the names, the address and the signature of your letters.")),
    say(N_("Under {lock} you choose after how many minutes the desk locks by itself."), lock="Lock after"),
    section(
        "backups",
        N_("Backups"),
        say(N_("A backup is made once a day, sealed like the desk itself, and opened again before it counts.")),
        say(N_("Choose a second place, such as a stick, and keep it away from the computer.")),
        say(
            N_("{restore} makes the desk as it was on that day; read first what the page says."),
            restore="Restore a backup",
        ),
    ),
    section(
        "check",
        N_("Check the data"),
        say(N_("Check the data when the computer went off by itself or the disk makes trouble.")),
        say(N_("The check changes nothing. Read what it found to the coordinator.")),
    ),
    section(
        "travel",
        N_("On a journey"),
        step(
            N_("Press {send} and read the digits to the coordinator."),
            send="Send everything that waits",
        ),
        step(N_("Wait for the coordinator's bundle and take it in.")),
        step(N_("Mark that you are sure and press {empty}."), empty="Empty this computer"),
        note(N_("Afterwards the coordinator's bundle brings everything back.")),
        note(N_("Backups stay readable: leave them at home.")),
    ),
    see=("door#restore", "users", "promises"),
)

LANGUAGES = chapter(
    "languages",
    N_("Languages"),
    say(N_("Whoever speaks one of the languages well can correct its words.")),
    step(N_("Press {export} and give that person the file."), export="Export"),
    step(N_("When the file comes back, press {take}. Each sentence is checked first."), take="Take a catalogue back"),
    step(N_("If something went wrong, press {shipped}."), shipped="Go back to the shipped words"),
    note(N_("Take a file back only from somebody you trust: its words stand on the buttons, at the door too.")),
)

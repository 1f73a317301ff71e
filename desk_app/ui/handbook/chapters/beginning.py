"""The first day, and the door: what whoever is new reads first."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import To, chapter, note, say, section, step
from desk_app.ui.shortcuts import Key

FIRST_DAY = chapter(
    "first-day",
    N_("The first day at a desk"),
    say(N_("This is the way from the first passphrase to the first bundle. You can stop anywhere: nothing is lost.")),
    section(
        "morning",
        N_("In the morning"),
        step(N_("Choose your name, type your passphrase and press {open}."), open="Open"),
        step(
            N_("Once only: under {settings} fill in the {letterhead}, which stands on every letter."),
            settings="Settings",
            letterhead="Letterhead",
        ),
        step(N_("Look at {today}: it shows what is due."), today=To("today")),
    ),
    section(
        "somebody",
        N_("Somebody comes in"),
        step(N_("Press {intake} and type the name, in any letters."), intake="Intake"),
        step(
            N_("Is nobody found? Press {register} and write down what the person wants to tell."),
            register="Register a new person",
        ),
        step(N_("Read each question about consent aloud and note the answer.")),
        step(
            N_("Press {consultation}, choose its type, and write what was done and what was agreed."),
            consultation="Consultation",
        ),
    ),
    section(
        "letter",
        N_("The first letter"),
        step(N_("On the person's page press {refer} and choose who receives the letter."), refer="Refer"),
        step(N_("Write what you ask for and read the letter at the right. Then press {print}."), print="Print"),
        step(N_("Give the letter to the person and keep the second copy at the desk.")),
        step(N_("Press {follow_up} and choose a day, so that nobody forgets to ask."), follow_up="Follow-up"),
    ),
    section(
        "friday",
        N_("On Friday"),
        step(N_("Plug in a stick, open {exchange} and press {send}."), exchange=To("exchange"), send="Send"),
        step(N_("Read the six digits to the coordinator by phone.")),
        step(N_("Give the stick to whoever travels. Nobody on the way can open the bundle.")),
        note(N_("Whenever you stand up, press {key}. What you were typing is kept."), key=Key.LOCK),
    ),
    see=("intake", "referrals", "stick", "trouble"),
)

DOOR = chapter(
    "door",
    N_("Opening the desk"),
    section(
        "unlock",
        N_("With the passphrase"),
        say(N_("Choose your name, type your passphrase and press {open}."), open="Open"),
        say(N_("Below the field stands which letters you are typing, and whether Caps Lock is on.")),
    ),
    section(
        "create",
        N_("Create a new desk"),
        say(N_("Choose the desk and type a passphrase that is yours alone.")),
        note(N_("Four words that do not belong together are strong and easy to keep in mind.")),
    ),
    section(
        "recovery",
        N_("The recovery code"),
        step(N_("Write the code on paper, or press {print}."), print="Print the paper"),
        step(N_("Type the group that is asked for: that shows that the paper is right.")),
        step(N_("Keep the paper away from this computer.")),
        note(
            N_("The code is shown only this once. Under {users} you can make a new one at any time."), users=To("users")
        ),
    ),
    section(
        "forgotten",
        N_("The passphrase is forgotten"),
        say(
            N_("A colleague who leads the desk opens {users} and presses {reset}."),
            users=To("users"),
            reset="Give a new passphrase",
        ),
        say(
            N_(
                "If there is nobody, press {forgotten} at the door. You need the recovery code or two emergency papers."
            ),
            forgotten="Passphrase forgotten",
        ),
    ),
    section(
        "restore",
        N_("Restore a backup"),
        say(N_("Choose the backup and type the passphrase that was good on the day it was made.")),
        say(N_("What lies here now is set aside under another name and not removed.")),
        say(N_("After a backup is restored, take in the coordinator's next bundle: it brings back what was lost.")),
    ),
    section(
        "salvage",
        N_("The desk is damaged"),
        say(
            N_("Press {salvage}: every record that can still be read goes into a new desk."),
            salvage="Save what can be read",
        ),
    ),
    see=("promises", "trouble"),
)

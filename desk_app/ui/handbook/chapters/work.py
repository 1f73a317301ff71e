"""Referrals and letters, courses, the directory, figures."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import chapter, note, say, section, step

REFERRALS = chapter(
    "referrals",
    N_("Referrals and letters"),
    say(N_("A referral becomes a letter. The letter is shown as it will print while you write.")),
    section(
        "write",
        N_("Writing a letter"),
        step(N_("Press {new} and choose the person."), new="New referral"),
        step(
            N_("Choose {organisation} or {desk}, and write what you ask for."),
            organisation="An organisation",
            desk="Another desk",
        ),
        step(N_("Mark the details that the letter may tell.")),
        step(N_("Choose the language that they read there, and press {print}."), print="Print"),
        note(N_("What the person did not agree to share is left out, and the page says why.")),
    ),
    section(
        "answer",
        N_("The answer"),
        say(N_("The slip at the foot of the letter comes back with the answer. Write the answer into the referral.")),
        say(
            N_("Open the referral, choose under {happened} what came, and press {save}."),
            happened="What happened",
            save="Save the step",
        ),
        say(N_("Letters that are late stand under {late}: call and ask."), late="Need an answer"),
        say(N_("What another desk asks of you stands under {incoming}."), incoming="From other desks"),
    ),
    section(
        "print",
        N_("Printing"),
        say(N_("Two copies are usual: one for the organisation, one for your file.")),
        say(
            N_("Without a printer press {pdf}, print the file elsewhere, and delete it there."),
            pdf="Save as PDF",
        ),
        say(N_("A letter that was printed once keeps its language and its words.")),
    ),
    see=("person#consent", "directory", "trouble#print"),
)

COURSES = chapter(
    "courses",
    N_("Courses"),
    say(N_("A course has a title, a type and a place. Its participants are listed beside it.")),
    say(
        N_("Press {add} for the course, then {participant} for each one who takes part."),
        add="Add a course",
        participant="Add a participant",
    ),
    say(N_("A participant may be a client of the desk or somebody known by name alone.")),
    say(N_("Open a participant to say whether the course was completed.")),
    see=("figures",),
)

DIRECTORY = chapter(
    "directory",
    N_("Directory"),
    say(N_("The directory holds the organisations that people are referred to. Letters take names from it.")),
    say(
        N_("After you have telephoned, press {checked}: others then know how fresh the entry is."),
        checked="Checked today",
    ),
    say(N_("What you change here goes to the other desks with the next bundles.")),
    see=("referrals",),
)

FIGURES = chapter(
    "figures",
    N_("Figures"),
    say(N_("Each number counts records of the period you choose. Press Enter on a number to see them.")),
    say(N_("A bar stands for what was reached and the mark across it for the target.")),
    say(N_("A desk counts its own records. The coordinator counts all that desks have sent and says whose.")),
    say(N_("People who refused to be counted are in no figure.")),
    say(
        N_("Choose the {language}. Then {print} shows the report on paper, and {xlsx} makes a table of it."),
        language="Language of the report",
        print="Print",
        xlsx="Save as XLSX",
    ),
)

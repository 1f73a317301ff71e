"""Today, the people, and one person's page."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import To, chapter, note, say, section, step

TODAY = chapter(
    "today",
    N_("Today"),
    say(N_("Today shows what is due: appointments, follow-ups, referrals without an answer, releases and drafts.")),
    say(N_("Press Enter on a line to open the person or the letter it is about.")),
    say(N_("A draft is what you began to type. It waits here also after a power cut.")),
    say(N_("At the foot of the sidebar stands up to which day everything is safe at the coordinator.")),
    see=("first-day", "exchange"),
)

PEOPLE = chapter(
    "people",
    N_("People"),
    say(N_("Type a few letters of a name in any script. The spelling does not have to be right.")),
    say(N_("A phone number or a record number finds the person too.")),
    say(N_("Walk the list with the arrows and press Enter to open a person.")),
    say(N_("{between} shows who is on the way from one desk to another."), between="Between desks"),
    see=("names", "transfers", "duplicates"),
)

INTAKE = chapter(
    "intake",
    N_("Intake"),
    say(N_("Search first: the person may be known here under another spelling.")),
    say(N_("Only a name is needed to begin. Everything else can be added later.")),
    say(N_("Of a date the year alone is enough, or the month and the year.")),
    say(N_("Explain each consent in the person's own language before you mark it as given.")),
    section(
        "alike",
        N_("Somebody looks alike"),
        say(N_("While you type, people who look alike appear beside the form. Open one to compare.")),
        say(
            N_("Press {anyway} only when you are sure that it is somebody else."),
            anyway="Register anyway",
        ),
    ),
    section(
        "keep",
        N_("Saving"),
        say(N_("{next} keeps this person and opens an empty form."), next="Save and next"),
        say(
            N_("{away} drops what you typed. If you only leave the page, it stays among the drafts."), away="Throw away"
        ),
    ),
    see=("names", "person#consent", "duplicates"),
)

PERSON = chapter(
    "person",
    N_("A person's page"),
    section(
        "timeline",
        N_("Overview"),
        say(N_("A person's page shows everything in the order of time. Each button opens a form beside it.")),
        say(N_("Press {edit} to correct names, dates and addresses."), edit="Edit"),
        say(
            N_("Press {follow_up}, choose the day and write what is to be done. Today reminds you."),
            follow_up="Follow-up",
        ),
        say(
            N_("Two values in one sign beside the name mean that two desks wrote different things: see {review}."),
            review=To("review"),
        ),
        say(
            N_("Under {more} you offer the person to another desk, link a second record, or erase the person."),
            more="More",
        ),
    ),
    section(
        "needs",
        N_("Needs"),
        say(N_("Press {need} and write what the person lacks: papers, housing, work, treatment."), need="Need"),
        say(N_("Open a need to write how far you have come.")),
    ),
    section(
        "services",
        N_("Consultations"),
        say(
            N_("Press {consultation}, choose its type, and write what was done and what was agreed."),
            consultation="Consultation",
        ),
        say(
            N_("To mend one later, open it and press {correct}. The former words stay in the history."),
            correct="Correct",
        ),
    ),
    section(
        "referrals",
        N_("Referrals"),
        say(N_("{refer} begins a letter to an organisation or to another desk."), refer="Refer"),
        say(N_("Open a line to see the letter and its answer.")),
    ),
    section(
        "papers",
        N_("Papers"),
        say(N_("Every letter that was printed is kept here as it was, and can be printed again.")),
    ),
    section(
        "attachments",
        N_("Scans and photos"),
        say(N_("Press {add}, or drop a file on the page."), add="Add a file"),
        say(N_("Scans and photos are kept sealed with the person. Where and with what they were taken is removed.")),
        say(N_("They are shown inside the program. A copy that you save outside is yours to look after.")),
        say(N_("Large files travel in pieces with several bundles. Until then the page says where a file lies.")),
    ),
    section(
        "notes",
        N_("Private notes"),
        say(N_("A lawyer and a psychologist write notes that only their own profession at this desk opens.")),
        say(N_("Everybody sees that a note exists, who wrote it and when. Its text is in no search and no export.")),
        say(N_("Whoever leaves hands the key over first, or the recovery paper gives it to a successor.")),
    ),
    section(
        "consent",
        N_("Consent"),
        step(N_("Press {ask} and read the question aloud in the person's language."), ask="Ask"),
        step(N_("Note the answer, and how it was given.")),
        note(
            N_("Whoever agreed may change that at any time: press {withdraw}, and read what it means."),
            withdraw="Withdraw",
        ),
    ),
    see=("referrals", "transfers", "erasures"),
)

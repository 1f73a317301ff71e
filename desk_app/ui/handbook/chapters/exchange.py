"""Bundles: the pages about them, and how each kind of post is used."""

from desk_app.domain.vocabulary import N_
from desk_app.ui.handbook.chapter import To, chapter, note, say, section, step

EXCHANGE = chapter(
    "exchange",
    N_("Exchange"),
    say(N_("A bundle is one sealed file. Only the partner it was made for can open it.")),
    section(
        "send",
        N_("Sending"),
        say(
            N_("Each partner stands with what would go now. Press {send} and choose the way."),
            send="Send",
        ),
        say(N_("It holds everything the partner has not confirmed yet, so a lost file costs nothing.")),
        say(N_("Read the six digits to the partner by phone. The partner sees the same digits beside the file.")),
        say(N_("The coordinator writes the bundles of all desks at once with {all}."), all="Write all bundles"),
    ),
    section(
        "take-in",
        N_("Taking in"),
        say(N_("Files that you take in are shown as a plan first. Nothing changes until you press the button.")),
        step(
            N_("Drop the files on the page, or press {files} or {stick}."),
            files="Choose files",
            stick="Choose a stick or folder",
        ),
        step(N_("Compare the digits, read what each file holds, and press {take_in}."), take_in="Take in"),
        note(N_("{received} tells later what each bundle brought."), received="Received bundles"),
    ),
    section(
        "missing",
        N_("Something is missing"),
        say(
            N_("When a bundle has not come, press {ask}. The page shows what to read to the desk by phone."),
            ask="Ask for what is missing",
        ),
        say(
            N_("A partner who lost everything gets it again with {everything}."),
            everything="Send everything",
        ),
        say(N_("When two desks wrote different things, both versions are kept until somebody settles it.")),
    ),
    see=("stick", "post", "partners", "review"),
)

PARTNERS = chapter(
    "partners",
    N_("Partners and roster"),
    say(N_("The page of partners shows who belongs to the programme, alarms, and bundles that are kept aside.")),
    say(N_("The roster is the coordinator's list of everybody who belongs. It comes with the bundles.")),
    section(
        "admit",
        N_("Admit a partner"),
        say(N_("A partner is admitted by a card. Compare all its digits aloud, so that nobody can stand in between.")),
        step(N_("Press {card}. The partner photographs the code, or gets the card as a file."), card="Show my card"),
        step(N_("Press {admit} and choose the partner's card."), admit="Admit a partner"),
        step(
            N_("Call the partner, compare every digit, and mark {compared}."),
            compared="We compared all digits aloud",
        ),
        note(N_("If one digit differs, do not admit the card and ask for a new one.")),
    ),
    section(
        "alarm",
        N_("Alarm"),
        say(N_("An alarm means that two computers write under one name: one is a copy, or has an old backup.")),
        say(N_("Call the desk before you press {decide}. Until then its bundles wait."), decide="Decide"),
    ),
    section(
        "held",
        N_("Bundles kept aside"),
        say(N_("A bundle of somebody who is not admitted waits here, sealed. Admit the sender to take it in.")),
    ),
    section(
        "shut-out",
        N_("Shutting out"),
        say(
            N_("When a computer is lost, the coordinator opens its partner here and presses {shut_out}."),
            shut_out="Shut this partner out",
        ),
        say(N_("From then on its bundles are refused everywhere the roster arrives.")),
    ),
)

TRANSFERS = chapter(
    "transfers",
    N_("People between desks"),
    say(N_("A person belongs to one desk at a time. One desk offers, the other accepts.")),
    step(
        N_("On the person's page choose {transfer} under {more}, name the desk and press {offer}."),
        transfer="Transfer to another desk",
        more="More",
        offer="Offer this person",
    ),
    step(N_("The other desk reads the history and presses {accept} or {decline}."), accept="Accept", decline="Decline"),
    step(N_("Until it accepts, the person stays with you. Afterwards you can still read what you wrote.")),
    note(
        N_("Until you accept you can read, but not write. If you decline, everything about the person goes from here.")
    ),
    note(
        N_("Did the person come to you first? Press {ask} and write what you know; you may register today's work."),
        ask="Ask another desk for a person",
    ),
    note(N_("Questions and answers travel with the bundles, so they take as long as the bundles do.")),
    see=("exchange", "person"),
)

STICK = chapter(
    "stick",
    N_("Sending a bundle by stick"),
    section(
        "out",
        N_("At your desk"),
        step(N_("Plug in the stick and open {exchange}."), exchange=To("exchange")),
        step(N_("Press {send} beside the partner and choose the stick."), send="Send"),
        step(N_("Read the six digits to the partner by phone. Do not put them on the stick.")),
        step(N_("Give the stick to whoever travels. Nobody on the way can open the bundle.")),
    ),
    section(
        "in",
        N_("At the other desk"),
        step(N_("Plug in the stick and press {stick}."), stick="Choose a stick or folder"),
        step(N_("Compare the digits beside the file, then press {take_in}."), take_in="Take in"),
        step(N_("The next bundle back tells by itself what has come. Until then it counts as not confirmed.")),
        note(N_("Files of several desks can lie on one stick. Those for others are left alone.")),
    ),
    see=("post", "trouble#stick"),
)

POST = chapter(
    "post",
    N_("Sending by e-mail or server"),
    say(N_("Bundles are sealed before they leave this computer: a server never sees what is in them.")),
    section(
        "own-mail",
        N_("With your own mail program"),
        step(N_("Press {send}, then {message}, and save the message."), send="Send", message="Save as a message"),
        step(N_("The file opens in your mail program with the bundle attached; send it from there.")),
        step(N_("Whoever receives it saves the attached file and drops it on the page of the exchange.")),
    ),
    section(
        "connection",
        N_("Over a connection"),
        step(
            N_("Press {ways}, then {add}: a server, a mail box or a folder that others see."),
            ways="Ways of sending",
            add="Add a way",
        ),
        step(
            N_("Fill in what you were given by whoever runs the server, save it and press {try_it}."), try_it="Try it"
        ),
        step(N_("If a fingerprint is shown, compare it by phone with whoever runs the server.")),
        step(
            N_("From then on {send} offers this way, and {fetch} takes what has come."),
            send="Send",
            fetch="Fetch what has come",
        ),
        note(
            N_("Without a connection a bundle waits under {waiting} and is tried again by itself."),
            waiting="On the way",
        ),
    ),
    see=("stick", "exchange"),
)

"""The handbook (F1): what the program says about itself, without a network, also before the door is unlocked.

A chapter lives in `chapters/`, in the module of its subject; `contents.CHAPTERS` lists them all in their order. A
chapter has a key, a title, and paragraphs or sections of paragraphs:

    TODAY = chapter(
        "today",
        N_("Today"),
        say(N_("Press {send} to write the week's bundle. More in {stick}."), send="Send", stick=To("stick")),
        step(N_("A step of a numbered list.")),
        note(N_("What is good to know.")),
        section("drafts", N_("Drafts"), say(N_("A whole sentence."))),
    )

Whatever stands on the screen is named by a placeholder and the words the screen's own code uses ("Send"), which are
not marked here: the translation of the button is put in, and a test fails when no button is called so. A `Key` or
`As("Исмоилов")` stands as it is; `To("stick")` is the title of another chapter, and leads there.

The chapter of a page has the page's key. A page where a section of it, or of another chapter, says more about what is
open names that in `Page.help_place`; a dialog does so by `window.bind_help`.
"""

import pytest

from desk_app.documents.templates import LONGEST_LINE, read_template, shipped_template, shipped_wording
from desk_app.domain.errors import GlyphMissing, LetterTemplateBroken
from desk_app.i18n import LANGUAGES

CODES = [language.code for language in LANGUAGES]


def with_salutation(words: str) -> str:
    """The shipped English wording with another salutation, written as TOML."""
    lines = shipped_wording("en").splitlines()
    row = next(row for row, line in enumerate(lines) if line.startswith("salutation"))
    lines[row] = f"salutation = '{words}'"
    return "\n".join(lines)


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_a_whole_wording(code: str) -> None:
    template = shipped_template(code)
    assert all(template.parts.values())
    assert template.parts.keys() == shipped_template("en").parts.keys()


@pytest.mark.parametrize("code", CODES)
def test_no_wording_says_what_a_letter_must_not_say(code: str) -> None:
    wording = shipped_wording(code).lower()
    words = (
        "маҳбас маҳкум ҷазо модда судшуда ташхис беморӣ вич спид бнмо нашъа майзада"
        " тюрьм заключ осужд судим освобожд стать диагноз нарко"
        " qamoq mahkum jazo moddasi tashxis oits giyoh қамоқ жазо ташхис оитс гиёҳ"
        " prison convict offence article diagnosis hiv drug released"
    )
    assert [word for word in words.split() if word in wording] == []


@pytest.mark.parametrize("code", CODES)
def test_quotation_marks_are_those_of_the_language(code: str) -> None:
    opening, closing = next(language.quotes for language in LANGUAGES if language.code == code)
    wording = shipped_wording(code)
    assert opening in wording
    assert closing in wording
    assert ("«" in wording) == (opening == "«")


def test_a_changed_wording_is_used() -> None:
    template = read_template("en", with_salutation("Good day{% if head_name %}, {{ head_name }}{% endif %}."))
    assert template.line("letter.salutation", {"head_name": "A. B."}) == "Good day, A. B.."
    assert template.line("letter.salutation", {"head_name": ""}) == "Good day."


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("{{ diagnosis }}", "unknown"),
        ("{{ number", "syntax"),
        ("{% if number %}", "syntax"),
        ("{{ number.__class__ }}", "forbidden"),
        ("{{ number|upper }}", "forbidden"),
        ("{{ number * 1000000000 }}", "forbidden"),
        ("{{ number() }}", "forbidden"),
        ("{% for sign in number %}{{ sign }}{% endfor %}", "forbidden"),
        ("{% set number = 1 %}", "forbidden"),
        ('{% include "/etc/passwd" %}', "forbidden"),
        ("{{ " + "not " * 400 + "number }}", "syntax"),
        ("(" * 100 + "{{ " + "(" * 900 + "number }}", "syntax"),
        ("x" * (LONGEST_LINE + 1), "too_large"),
    ],
)
def test_a_wording_holds_placeholders_and_conditions_only(words: str, problem: str) -> None:
    with pytest.raises(LetterTemplateBroken) as caught:
        read_template("en", with_salutation(words))
    assert (caught.value.language, caught.value.place, caught.value.problem) == ("en", "letter.salutation", problem)


@pytest.mark.parametrize(
    ("wording", "place", "problem"),
    [
        ("[letter", "", "unreadable"),
        ("a = " + "[" * 5000, "", "unreadable"),
        ("x" * 70_000, "", "too_large"),
        ("", "letter", "missing"),
        ("[other]\n", "other", "unknown"),
        ("[letter]\nnumber = 3\n", "letter.number", "missing"),
        ('[letter]\nfoot = "x"\n', "letter.foot", "unknown"),
    ],
)
def test_a_broken_file_says_where(wording: str, place: str, problem: str) -> None:
    with pytest.raises(LetterTemplateBroken) as caught:
        read_template("tg", wording)
    assert (caught.value.place, caught.value.problem) == (place, problem)


def test_words_the_font_cannot_draw_are_refused() -> None:
    with pytest.raises(GlyphMissing) as caught:
        read_template("en", with_salutation("Dear 漢,"))
    assert caught.value.characters == ("漢",)

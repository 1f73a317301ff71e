"""The wording of letters: one TOML text per language, `resources/letters/<language>` or a coordinator's own.

A wording may come from another machine, so it may hold placeholders and conditions and nothing else: no loops, no
filters, no arithmetic, no calls, no markup. What people typed is only ever a value: `{{`, `<b>` and `=1+1` in a name
are printed as they stand, for a rendered line is not read as a template or as markup again.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desk_app.documents.fonts import missing_glyphs
from desk_app.domain.errors import GlyphMissing, LetterTemplateBroken
from desk_app.domain.records.letter_text import LARGEST_WORDING
from desk_app.paths import resources

PLACEHOLDERS = frozenset(
    "number date reply_by organisation head_line head_name head_is_woman head_is_man addressee_address need service"
    " desk desk_second desk_address desk_phone prepared_by prepared_phone".split()
)
ENCLOSURE_PLACEHOLDERS = frozenset({"enclosure", "sheets"})

LONGEST_LINE = 2000
MOST_FILLED = 24
"""Placeholders in one part: a long reason named hundreds of times would fill a book."""

_GAPS = re.compile(r"[ \t\r\n]+")
_LINE, _LINES = str, list
_LETTER = {
    "number": _LINE,
    "date": _LINE,
    "addressee": _LINES,
    "title": _LINE,
    "subject": _LINE,
    "salutation": _LINE,
    "opening": _LINES,
    "request": _LINES,
    "enclosures": _LINE,
    "enclosure": _LINE,
    "closing": _LINE,
    "seal": _LINE,
    "prepared_by": _LINES,
    "continuation": _LINE,
}
_SLIP = dict.fromkeys(
    "cut_here title code return_to accepted declined reason appointment service_given result officer date"
    " signature".split(),
    _LINE,
)
_FACT_LABELS = dict.fromkeys(
    "name other_spelling birth_date birth_year sex citizenship phone address contact_person safe_contact"
    " contact_language document education occupation appointment".split(),
    _LINE,
)
_SECTIONS: Mapping[str, Mapping[str, type]] = {"letter": _LETTER, "slip": _SLIP, "fact_labels": _FACT_LABELS}

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)

Values = Mapping[str, str | bool | int]
Parts = Mapping[str, tuple[str, ...]]
"""For each part, such as `letter.opening`, its lines as they are written, with their placeholders."""


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A checked wording: for each part, such as `letter.opening`, its lines."""

    language: str
    parts: Mapping[str, tuple[Template, ...]]

    def line(self, part: str, values: Values) -> str:
        """The words of a one-line part; empty when its conditions leave nothing."""
        return _plain(self.parts[part][0].render(values))

    def lines(self, part: str, values: Values) -> tuple[str, ...]:
        """The lines of a part that are not empty."""
        rendered = (_plain(line.render(values)) for line in self.parts[part])
        return tuple(line for line in rendered if line)

    def fact_label(self, name: str) -> str:
        """What stands beside a fact about the person, such as `birth_date`, in the language of the letter."""
        return self.line(f"fact_labels.{name}", {})


@lru_cache(maxsize=8)
def shipped_template(language: str) -> LetterTemplate:
    """The wording that comes with the program."""
    return read_template(language, shipped_wording(language))


def shipped_wording(language: str) -> str:
    """The text of the shipped wording, to start an own one from."""
    return (resources() / "letters" / language / "referral.toml").read_text(encoding="utf-8")


def read_template(language: str, wording: str) -> LetterTemplate:
    """A wording from its TOML text.

    Raises `LetterTemplateBroken` when it cannot be used and `GlyphMissing` when the font lacks one of its signs.
    """
    return LetterTemplate(
        language,
        {
            place: tuple(_compiled(language, place, line) for line in lines)
            for place, lines in parts_of(language, wording).items()
        },
    )


def parts_of(language: str, wording: str) -> Parts:
    """What is written in each part of a wording, unread. Raises `LetterTemplateBroken` when a part is not there."""
    if len(wording) > LARGEST_WORDING:
        raise LetterTemplateBroken(language, "", "too_large")
    try:
        document = tomllib.loads(wording)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LetterTemplateBroken(language, "", "unreadable") from error
    _refuse_unknown(language, "", document, _SECTIONS)
    parts: dict[str, tuple[str, ...]] = {}
    for section, shape in _SECTIONS.items():
        table = document.get(section)
        if not isinstance(table, dict):
            raise LetterTemplateBroken(language, section, "missing")
        _refuse_unknown(language, f"{section}.", table, shape)
        for name, kind in shape.items():
            place = f"{section}.{name}"
            parts[place] = tuple(_lines(language, place, table, kind))
    return parts


def wording_of(parts: Parts) -> str:
    """The TOML text with these parts, as `parts_of` reads it."""
    lines: list[str] = []
    for section, shape in _SECTIONS.items():
        lines.append(f"[{section}]")
        for name, kind in shape.items():
            # A JSON string is a TOML basic string; only TOML wants DEL escaped as well.
            written = [
                json.dumps(one, ensure_ascii=False).replace("\x7f", "\\u007f") for one in parts[f"{section}.{name}"]
            ]
            if kind is _LINES:
                lines += [f"{name} = [", *(f"    {one}," for one in written), "]"]
            else:
                lines.append(f"{name} = {written[0]}")
    return "\n".join(lines) + "\n"


def check_part(language: str, place: str, lines: Sequence[str]) -> None:
    """What a wording may hold in one of its parts. Raises `LetterTemplateBroken`, `GlyphMissing`."""
    if len("".join(lines)) > LONGEST_LINE:
        raise LetterTemplateBroken(language, place, "too_large")
    for line in lines:
        _compiled(language, place, line)


def _refuse_unknown(language: str, prefix: str, table: Mapping[str, object], shape: Mapping[str, object]) -> None:
    for name in table:
        if name not in shape:
            raise LetterTemplateBroken(language, f"{prefix}{name}", "unknown")


def _lines(language: str, place: str, table: Mapping[str, object], kind: type) -> list[str]:
    found = table.get(place.partition(".")[2])
    lines = [found] if kind is _LINE else found
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise LetterTemplateBroken(language, place, "missing")
    if len("".join(lines)) > LONGEST_LINE:
        raise LetterTemplateBroken(language, place, "too_large")
    return lines


def _compiled(language: str, place: str, line: str) -> Template:
    try:
        tree = _ENVIRONMENT.parse(line)
        _refuse_more_than_placeholders(language, place, tree)
        return _ENVIRONMENT.from_string(line)
    except (TemplateSyntaxError, SyntaxError, RecursionError, MemoryError) as error:
        # The last three: conditions nested deeper than Python can compile.
        raise LetterTemplateBroken(language, place, "syntax") from error


def _refuse_more_than_placeholders(language: str, place: str, tree: nodes.Template) -> None:
    if not all(isinstance(node, _ALLOWED) for node in tree.find_all(nodes.Node)):
        raise LetterTemplateBroken(language, place, "forbidden")
    if sum(1 for _ in tree.find_all(nodes.Name)) > MOST_FILLED:
        raise LetterTemplateBroken(language, place, "too_large")
    allowed = ENCLOSURE_PLACEHOLDERS if place == "letter.enclosure" else PLACEHOLDERS
    if place.startswith("fact_labels."):
        allowed = frozenset()
    if meta.find_undeclared_variables(tree) - allowed:
        raise LetterTemplateBroken(language, place, "unknown")
    missing = missing_glyphs("".join(data.data for data in tree.find_all(nodes.TemplateData)))
    if missing:
        raise GlyphMissing(missing)


def _environment() -> ImmutableSandboxedEnvironment:
    # A rendered line stays plain text; the engine escapes it as a whole. Escaping here as well would print &amp;.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    return environment


_ENVIRONMENT = _environment()


def _plain(rendered: str) -> str:
    return _GAPS.sub(" ", rendered).strip(" ")

"""The handbook's words in one language: plain sentences for the search, marked up ones for the page and for paper."""

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from desk_app.i18n.placeholders import PLACEHOLDER
from desk_app.i18n.translator import Translator
from desk_app.ui.handbook.chapter import As, Chapter, Form, Named, Paragraph, Section, To
from desk_app.ui.handbook.contents import title_of
from desk_app.ui.shortcuts import Key
from desk_app.ui.theme import Measure, Role, Text, Theme

IsHit = Callable[[str], bool]
"""Whether a word was looked for, and is to be marked."""

WORD = re.compile(r"[^\W_]+(?:[ʻʼ'’][^\W_]+)*")


def spoken(words: str, tr: Translator) -> str:
    """What stands on the screen, a key, or the title of a place."""
    if isinstance(words, As | Key):
        return str(words)
    return tr.text(title_of(words) if isinstance(words, To) else words)


def plain(words: str, named: Named, tr: Translator) -> str:
    """A sentence with everything it names."""
    if isinstance(words, As):
        return str(words)
    return tr.text(words, **{name: spoken(value, tr) for name, value in named.items()})


class Markup:
    """Makes HTML, in the part that Qt's documents know, of chapters."""

    def __init__(self, tr: Translator, is_hit: IsHit = lambda _word: False) -> None:
        self._tr = tr
        self._is_hit = is_hit

    def chapter(self, chapter: Chapter) -> str:
        """A whole chapter; each section is an anchor of its key."""
        parts = [f'<p class="title">{self._shown(self._tr.text(chapter.title))}</p>']
        for section in chapter.sections:
            parts += self._section(section)
        if chapter.see:
            links = "".join(f"<p>{self._link(place)}</p>" for place in chapter.see)
            also = self._tr.text("See also")
            parts.append(f'<p class="section">{escape(also)}</p>{links}')
        return "".join(parts)

    def _section(self, section: Section) -> Iterator[str]:
        if section.title:
            yield f'<p class="section"><a name="{section.key}"></a>{self._shown(self._tr.text(section.title))}</p>'
        for form, found in groupby(section.paragraphs, key=lambda one: one.form):
            yield self._together(form, list(found))

    def _together(self, form: Form, found: list[Paragraph]) -> str:
        match form:
            case Form.STEP:
                return f"<ol>{''.join(f'<li>{self._sentence(one)}</li>' for one in found)}</ol>"
            case Form.PAIR:
                rows = "".join(
                    f'<tr><td class="term">{self._shown(spoken(one.term, self._tr))}</td>'
                    f"<td>{self._sentence(one)}</td></tr>"
                    for one in found
                )
                return f'<table class="pairs" cellpadding="{Measure.TIGHT}">{rows}</table>'
            case Form.NOTE:
                return "".join(
                    f'<p class="gap"></p><table class="note" width="100%" cellpadding="{Measure.INSIDE}"><tr>'
                    f"<td>{self._sentence(one)}</td></tr></table>"
                    for one in found
                )
            case Form.KEPT | Form.LIMIT:
                return "".join(f'<p class="{form}">{self._held(one)}</p>' for one in found)
            case Form.PLAIN:
                return "".join(f"<p>{self._sentence(one)}</p>" for one in found)

    def _held(self, one: Paragraph) -> str:
        words = plain(one.words, one.named, self._tr)
        if one.form is Form.KEPT:
            return self._shown(self._tr.text("Promised: {words}", words=words))
        return self._shown(self._tr.text("The limit: {words}", words=words))

    def _sentence(self, one: Paragraph) -> str:
        if isinstance(one.words, As):
            return self._shown(str(one.words))
        template = self._tr.text(one.words, **{name: f"{{{name}}}" for name in one.named})
        parts, end = [], 0
        for found in PLACEHOLDER.finditer(template):
            parts += [self._shown(template[end : found.start()]), self._named(one.named[found[1]])]
            end = found.end()
        return "".join((*parts, self._shown(template[end:])))

    def _named(self, value: str) -> str:
        return self._link(value) if isinstance(value, To) else f"<b>{self._shown(spoken(value, self._tr))}</b>"

    def _link(self, place: To) -> str:
        return f'<a href="{escape(place)}">{self._shown(spoken(place, self._tr))}</a>'

    def _shown(self, words: str) -> str:
        """The words without anything that HTML would take for its own, those that were looked for marked."""
        parts, end = [], 0
        for found in WORD.finditer(words):
            parts.append(escape(words[end : found.start()]))
            word = escape(found[0])
            parts.append(f'<span class="hit">{word}</span>' if self._is_hit(found[0]) else word)
            end = found.end()
        return "".join((*parts, escape(words[end:])))


def dress(theme: Theme) -> str:
    """How a chapter looks, as a style sheet for Qt's documents."""
    colour, points = theme.code, theme.points
    return f"""
p, li {{ margin-top: 0; margin-bottom: {Measure.INSIDE}px; }}
body, p, li, td {{ color: {colour(Role.TEXT)}; }}
p.title {{ font-size: {points(Text.TITLE):g}pt; font-weight: 600; margin-bottom: {Measure.BETWEEN}px; }}
p.section {{ font-size: {points(Text.SECTION):g}pt; font-weight: 600; margin-top: {Measure.BETWEEN}px; }}
b {{ font-weight: 600; }}
a {{ color: {colour(Role.PRIMARY)}; text-decoration: underline; }}
td.term {{ font-weight: 600; padding-right: {Measure.BETWEEN}px; }}
table.note {{ background-color: {colour(Role.PRIMARY_SOFT)}; margin-bottom: {Measure.INSIDE}px; }}
p.gap {{ font-size: 2pt; margin: 0; }}
p.limit {{ color: {colour(Role.ATTENTION)}; }}
span.hit {{ background-color: {colour(Role.ATTENTION_SOFT)}; color: {colour(Role.ATTENTION)}; }}
"""

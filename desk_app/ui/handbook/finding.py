"""The search over the handbook: words folded as names are, so that any script and spelling finds them."""

from collections.abc import Iterable, Iterator

from desk_app.domain.names import loose, neutral, query_tokens
from desk_app.i18n.translator import Translator
from desk_app.ui.handbook.chapter import Chapter, Section, To
from desk_app.ui.handbook.contents import CHAPTERS
from desk_app.ui.handbook.wording import WORD, plain, spoken

Asked = tuple[tuple[str, ...], ...]
"""For each word typed, the beginnings of folded words that will do."""


class Finder:
    """Knows the words of every section in one language."""

    def __init__(self, tr: Translator) -> None:
        self._folded: dict[str, str] = {}
        self._titles = {chapter.key: self._words([tr.text(chapter.title)]) for chapter in CHAPTERS}
        self._sections = [
            (To(f"{chapter.key}#{section.key}"), self._words(_texts(chapter, section, tr)))
            for chapter in CHAPTERS
            for section in chapter.sections
        ]

    def find(self, asked: Asked) -> list[To]:
        """The sections that have every word: those of chapters with the words in their title first."""
        found = [place for place, words in self._sections if _has_all(words, asked)]
        return sorted(found, key=lambda place: not _has_all(self._titles[place.chapter], asked))

    def is_hit(self, word: str, asked: Asked) -> bool:
        """Whether one word of a sentence is among those that were looked for."""
        folded = self._fold(word)
        return any(folded.startswith(begun) for beginnings in asked for begun in beginnings)

    def _words(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(self._fold(word) for text in texts for word in WORD.findall(text))

    def _fold(self, word: str) -> str:
        low = word.lower()
        if low not in self._folded:
            self._folded[low] = loose("".join(letter for letter in neutral(low) if letter.isalnum()))
        return self._folded[low]


def ask(typed: str) -> Asked:
    """What a typed text looks for; empty where it looks for nothing."""
    return query_tokens(typed)


def _has_all(words: Iterable[str], asked: Asked) -> bool:
    return all(any(word.startswith(begun) for word in words for begun in beginnings) for beginnings in asked)


def _texts(chapter: Chapter, section: Section, tr: Translator) -> Iterator[str]:
    yield from (tr.text(chapter.title), tr.text(section.title))
    for paragraph in section.paragraphs:
        yield from (spoken(paragraph.term, tr), plain(paragraph.words, paragraph.named, tr))

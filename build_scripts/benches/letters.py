"""Bench: referral letters per second in each language, beside the same words drawn bare by the same engine."""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from _people import ROOT, people

LETTERS = 200
LANGUAGES = ("tg", "ru", "uz_Latn", "uz_Cyrl")


def letters(language: str) -> list[Any]:
    """Different letters, as the program composes them."""
    from desk_app.documents.letters import Fact, Letterhead
    from desk_app.documents.templates import shipped_template
    from desk_app.documents.wording import Addressee, ReferralFacts, referral_letter

    template = shipped_template(language)
    head = Letterhead(
        programme="Барқарорсозии мавқеи иҷтимоӣ",
        desk="Нуқтаи хизматрасонӣ дар шаҳри Хоруғ",
        desk_second="Консультационный пункт в городе Хорог",
        address="736000, ш. Хоруғ, кӯчаи Рӯдакӣ, 12",
        phone="+992 35 222 11 00",
    )
    made = []
    for number, person in enumerate(people(LETTERS), start=1):
        facts = ReferralFacts(
            number=f"Д-{number}/2026",
            dated=date(2026, 3, 5),
            letterhead=head,
            addressee=Addressee("Маркази ёрии ҳуқуқӣ", "ш. Хоруғ, кӯчаи Гагарин, 4", "Назаров А. Б.", "male"),
            facts=(
                Fact(template.fact_label("name"), " ".join(person[:3])),
                Fact(template.fact_label("birth_date"), person[4]),
                Fact(template.fact_label("phone"), person[5]),
            ),
            need="Барқарор кардани шиноснома",
            service="Машварати ҳуқуқӣ",
            slip_code="K7-4M2Q",
            post="Ҳуқуқшиноси нуқта",
            signatory="З. Назарова",
            prepared_by="Назарова З.",
            prepared_phone="+992 93 123 45 67",
            reply_by=date(2026, 3, 19),
        )
        made.append(referral_letter(facts, template))
    return made


def bare(words: list[str]) -> bytes:
    """The same words, one a line, with no layout: what the engine's canvas and the fonts cost alone."""
    from reportlab.pdfgen.canvas import Canvas

    from desk_app.documents import fonts

    fonts.register()
    paper = BytesIO()
    canvas = Canvas(paper, invariant=True)
    canvas.setFont("NotoSans-Regular", 10)
    for at, line in enumerate(words):
        canvas.drawString(50, 800 - 12 * (at % 60), line)
    canvas.save()
    return paper.getvalue()


def per_second(work: Callable[[Any], object], many: list[Any]) -> float:
    """How many are made in a second."""
    work(many[0])
    start = time.perf_counter()
    for one in many:
        work(one)
    return len(many) / (time.perf_counter() - start)


def main() -> int:
    """Prints letters per second and their ratio to the bare words, and writes build/bench-letters.json."""
    from desk_app.documents.letter_pdf import render_letter
    from desk_app.documents.letters import words_of

    figures: dict[str, float] = {}
    for language in LANGUAGES:
        made = letters(language)
        figures[f"{language}_per_second"] = per_second(render_letter, made)
        limit = per_second(bare, [list(words_of(one)) for one in made])
        figures[f"{language}_of_bare_words"] = figures[f"{language}_per_second"] / limit
    for name, value in figures.items():
        print(f"{name}: {value:.2f}")
    target = ROOT / "build" / "bench-letters.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

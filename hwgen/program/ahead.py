"""What a report shows whatever the verdicts are: other processes make it while results are looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hwgen.judging import described
from hwgen.model import Figure
from hwgen.page.page import Page
from hwgen.program import pictures
from hwgen.program.build import Document
from hwgen.program.judged import FOLDER, Ahead
from hwgen.program.report import computed, labels_of, shown_by
from hwgen.report import printed, untested
from hwgen.report.kept import FILE, Kept
from hwgen.report.prose import Shown


def shown(document: Document) -> Ahead:
    """What is known before any verdict; pictures of the figures that are there are left in the folder of the report."""
    root = document.request.root
    made = Ahead(formulas=_formulas(document.page, described.described(document.content, {})["nouns"]), computed=computed(root))
    pictures.ahead({name: figure.path for name, figure in document.content.of(Figure).items()}, root, root / FOLDER / pictures.FOLDER)
    return made


def _formulas(page: Page, nouns: dict[str, Any]) -> dict[str, str]:
    """Most of those that the report shows: what a sentence says of a value, or a ledger of a point, comes later."""
    Kept(page.root / FOLDER / FILE)
    numbered = Shown(labels={name: one.number for name, one in labels_of(page, shown_by(page)).items()})
    for text in filter(None, _displayed(page, nouns)):  # a statement has none
        printed.formula(text)
    for noun in nouns.values():
        printed.words(noun["sentence"])
    for one in untested.running(page):
        numbered.formula(one.text)
    return dict(printed.CONVERTED)


def _displayed(page: Page, nouns: dict[str, Any]) -> Iterator[str]:
    yield from (one.text for one in untested.untested(page))
    for formula in page.formulas:
        yield from (formula.text, *(one.text for one in formula.hypotheses))
    for noun in nouns.values():
        yield from noun.get("symbols", ())

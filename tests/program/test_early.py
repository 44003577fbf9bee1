"""A draft, and the first page under watch, are there before their verdicts: marked, with a mark for every number that is not known."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pypdf
import pytest
from conftest import Homework

from hwgen.judging import results
from hwgen.page import remembered
from hwgen.program import build, memory, summary
from hwgen.typesetting import run


def words(pdf: Path) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def drafted(homework: Homework, seen: list[str]) -> build.Built:
    request = dataclasses.replace(homework.request(draft=True), early=lambda pdf: seen.append(words(pdf)))
    return build.pdf(build.read(request))


def test_the_first_page_is_there_before_anything_is_computed(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    computed = results._workers

    def late(*arguments: Any) -> Any:
        assert len(seen) == 1
        return computed(*arguments)

    monkeypatch.setattr(results, "_workers", late)
    built = drafted(homework, seen)
    assert "DRAFT" in seen[0]
    assert "?" in seen[0]
    assert built.pdf
    assert "?" not in words(built.pdf)


def test_where_everything_is_known_there_is_no_other_page_before(homework: Homework) -> None:
    seen: list[str] = []
    drafted(homework, seen)
    drafted(homework, seen)
    assert len(seen) == 1


def test_the_numbers_of_the_last_good_build_are_shown(known: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(known.root)
    document = build.read(known.request())
    good = build.pdf(document)
    remembered.write(known.root / memory.FILE, build.state(document, good, summary.summary(good.ledger, [])))
    slope = good.values["constants.slope_darts"].strip("$")
    known.change(r"A = \pi r^2", r"A = r^2 \pi")
    seen: list[str] = []
    drafted(known, seen)
    assert slope.lstrip("-") in seen[0]


def test_a_false_formula_is_shown_early_and_no_page_is_left_without_its_mark(known: Homework) -> None:
    known.change(r"A = \pi r^2", r"A = 3 r^2")
    seen: list[str] = []
    built = drafted(known, seen)
    assert built.ledger.short
    assert built.pdf
    assert all("DRAFT" in page.extract_text() for page in pypdf.PdfReader(built.pdf).pages)


def test_a_build_to_hand_in_shows_nothing_before(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    from hwgen.program import early

    monkeypatch.setattr(early, "page", lambda *_: pytest.fail("typeset before its verdicts"))
    assert build.pdf(build.read(homework.request()), run.begin).pdf

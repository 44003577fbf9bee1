"""What the program says, as the problem matcher of .vscode/ sees it: errors and warnings with their place, errata not at all."""

from __future__ import annotations

import json
import re

import pytest
from conftest import PROJECT, Homework

from hwgen.model.errors import HwgenError
from hwgen.program import build, finish, summary
from hwgen.program.excerpt import told

TASKS = json.loads((PROJECT / ".vscode" / "tasks.json").read_text())["tasks"]
MATCHERS = [task["problemMatcher"] for task in TASKS]


@pytest.fixture
def homework(known: Homework) -> Homework:
    """The toy homework, all that is computed for its page known: what is said of it is the subject."""
    return known


@pytest.mark.parametrize("matcher", MATCHERS, ids=[task["label"] for task in TASKS])
def test_errors_and_warnings_have_a_place_and_errata_are_no_problem(homework: Homework, matcher: dict[str, dict[str, str]]) -> None:
    expected = matcher["pattern"]
    pattern = re.compile(expected["regexp"])

    def seen(line: str) -> tuple[str | None, str, str, str | None] | None:
        found = pattern.match(line)
        return (found[1], found[2], found[3], found[4]) if found else None

    document = build.read(homework.request())
    built = build.pdf(document)
    assert seen(*finish.errata(summary.errata(built.ledger), document.formulas)) is None
    line = homework.change("The disc is the same", r"See \ref{nowhere}. The disc is the same")
    column = homework.template.read_text().splitlines()[line - 1].index("nowhere}") + 1
    (warning,) = build.pdf(build.read(homework.request())).warnings
    assert seen(f"warning: {warning}") == ("warning", "templates/circle.tex.j2", str(line), str(column))
    homework.change(r"A = \pi r^2}", r"A = 1/2\pi r^2}")
    with pytest.raises(HwgenError) as caught:
        build.pdf(build.read(homework.request()))
    first, excerpt, *_ = told(caught.value, homework.root).split("\n")
    place = seen(first)
    assert place is not None
    assert place[:3] == (None, "templates/circle.tex.j2", "5")
    assert place[3] is not None
    assert seen(excerpt) is None


def test_the_watcher_tells_when_a_build_begins_and_ends() -> None:
    background = MATCHERS[1]["background"]
    assert re.match(background["beginsPattern"], "changed: templates/ex1_ntk.tex.j2")
    for line in ("built in 0.41 s: build/preview.pdf", "nothing built; the last good page is kept"):
        assert re.match(background["endsPattern"], line)

"""What is kept of the last report never shows: the page is the one that would be made anew, whatever changed since."""

from __future__ import annotations

import copy
import dataclasses
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hwgen.page import signature
from hwgen.report import kept, layout, printed
from hwgen.report.graph import Edge, Graph, Node
from hwgen.report.kept import Kept
from hwgen.report.report import Facts, report

BEFORE = {"claims": {"area: x": ["area", "supported", 1e-30]}, "numbers": {}, "studies": {}}


def page(toy_evidence: Any, path: Path | None, evidence: Any = None, before: Any = None, **changed: Any) -> str:
    document, judged = toy_evidence
    facts = dataclasses.replace(Facts(root=Path("/project"), computed={"area": "2026-01-02 03:04"}), kept=Kept(path), **changed)
    printed.CONVERTED.clear()
    made = report(evidence or judged, document.page, facts, before)
    facts.kept.write()
    return made


def edited(toy_evidence: Any, change: Callable[[Any], Any]) -> Any:
    evidence = copy.deepcopy(toy_evidence[1])
    change(evidence)
    return evidence


EDITS: dict[str, Callable[[Any], Any]] = {
    "a verdict": lambda one: one["findings"][0].update(passed=False),
    "a deviation": lambda one: one["findings"][0]["evidence"][0].update(deviation=1e-3),
    "a value": lambda one: one["findings"][0]["tried"]["compared"][0]["left"].__setitem__(0, 7.0),
    "the tree": lambda one: one["findings"][0]["reading"].update(one["findings"][1]["reading"]),
    "the sentence": lambda one: one["nouns"]["area"].update(sentence="Another sentence."),
    "a binding": lambda one: next(iter(one["nouns"]["area"]["symbols"].values())).update({"is": "something else"}),
    "a wrong version": lambda one: one["tallies"][0]["wrong"][0].__setitem__(1, "survived"),
    "a place": lambda one: one["findings"][0]["formula"].update(place="templates/other.tex.j2:9:9"),
    "its order": lambda one: one["findings"].reverse(),
}
FACTS: dict[str, dict[str, Any]] = {
    "a page number": {"pages": {"area": ["7"]}},
    "when it was computed": {"computed": {"area": "2026-02-02 03:04"}},
    "what changed since": {"before": BEFORE},
}


@pytest.mark.parametrize("what", EDITS)
def test_what_changed_is_shown_as_if_nothing_were_kept(toy_evidence: Any, tmp_path: Path, what: str) -> None:
    first = page(toy_evidence, tmp_path / "kept")
    changed = edited(toy_evidence, EDITS[what])
    again = page(toy_evidence, tmp_path / "kept", changed)
    assert again == page(toy_evidence, None, changed)
    assert again != first


@pytest.mark.parametrize("what", FACTS)
def test_what_stands_beside_the_evidence_is_shown_as_it_is_now(toy_evidence: Any, tmp_path: Path, what: str) -> None:
    first = page(toy_evidence, tmp_path / "kept")
    again = page(toy_evidence, tmp_path / "kept", **FACTS[what])
    assert again == page(toy_evidence, None, **FACTS[what])
    assert again != first


def test_what_did_not_change_is_not_made_again(toy_evidence: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = page(toy_evidence, tmp_path / "kept")

    def not_again(*_: Any) -> str:
        raise AssertionError("made again")

    monkeypatch.setattr(printed, "_converted", not_again)
    monkeypatch.setattr("hwgen.report.entries.pictures", not_again)
    monkeypatch.setattr(layout, "written", not_again)
    assert page(toy_evidence, tmp_path / "kept") == first
    with pytest.raises(AssertionError, match="made again"):
        page(toy_evidence, None)


def test_a_layout_is_made_again_where_dot_has_come_or_is_another_one(
    toy_evidence: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    write = layout.written
    monkeypatch.setattr(layout, "written", lambda part: [made.append(1), write(part)][1])
    page(toy_evidence, tmp_path / "kept")
    page(toy_evidence, tmp_path / "kept")
    assert len(made) == 1
    for dot in (["/usr/bin/dot", 1, 2], ["/usr/bin/dot", 1, 3], []):
        monkeypatch.setattr(layout, "program", functools.partial(list, dot))
        page(toy_evidence, tmp_path / "kept")
    assert len(made) == 4


def test_a_layout_reads_back_as_it_was_written() -> None:
    node = Node(key="a", kind="claim", label="a \u2264 b", exercise="one")
    part = Graph(nodes={"a": node, "b": dataclasses.replace(node, key="b")}, edges=[Edge("a", "b", "holds")])
    assert layout.read(layout.written(part)) == layout.layout(part)


def piece(held: Kept, parts: list[str], made: str) -> str:
    """The piece of these parts: made before, or as it is made now."""
    return held.begun(parts, lambda: lambda: made)()


def test_what_is_not_wanted_any_more_is_not_kept(tmp_path: Path) -> None:
    for parts in (["a"], ["b"]):
        now = Kept(tmp_path / "kept")
        piece(now, parts, "made")
        now.write()
    seen = Kept(tmp_path / "kept")
    assert piece(seen, ["b"], "anew") == "made"
    assert piece(seen, ["a"], "anew") == "anew"


@pytest.mark.parametrize("damage", ["cut", "changed", "of another machine", "of other code"])
def test_what_this_machine_did_not_write_whole_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    path = tmp_path / "kept"
    now = Kept(path)
    piece(now, ["a"], "made")
    now.write()
    data = path.read_bytes()
    if damage == "cut":
        path.write_bytes(data[:-5])
    elif damage == "changed":
        path.write_bytes(data.replace(b"made", b"evil"))
    elif damage == "of another machine":
        path.write_bytes(signature.signed(data[signature.LENGTH :], b"x" * 32))
    else:
        monkeypatch.setattr(kept, "code", lambda: "another")
    assert piece(Kept(path), ["a"], "anew") == "anew"


@pytest.mark.parametrize("file", ["words.py", "templates/entry.html.j2"])
def test_the_code_of_a_piece_is_every_module_and_every_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    path = tmp_path / "toykept" / file
    path.parent.mkdir(parents=True)
    (tmp_path / "toykept/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "toykept", raising=False)
    monkeypatch.setattr(kept, "MADE_BY", (*kept.MADE_BY, "toykept"))
    found = set()
    for text in ("one", "other"):
        path.write_text(text)
        found.add(kept.code.__wrapped__())
    assert len(found) == 2

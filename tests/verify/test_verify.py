"""The second opinion confirms what is true, contradicts what is false, and says what it could not look at."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hwgen.model import cases, closed, integers, log_closed, vectors
from hwgen.program.looking import verify as command
from hwgen.verify.points import point, same_domain
from hwgen.verify.verify import Opinion, verify

SEED = 11


@pytest.fixture
def opinions(toy_evidence: Any) -> Callable[..., dict[str, Opinion]]:
    document, evidence = toy_evidence

    def formed(change: Callable[[Any], Any] = lambda _: None, seed: int = SEED) -> dict[str, Opinion]:
        changed = copy.deepcopy(evidence)
        change(changed["findings"])
        return {one.name: one for one in verify(changed, document.content, seed)}

    return formed


def _doubt(opinion: Opinion) -> str:
    return opinion.doubt.words if opinion.doubt else ""


def test_what_is_true_is_confirmed_and_words_are_said_to_be_words(opinions: Any) -> None:
    found = opinions()
    assert {name for name, one in found.items() if one.doubt is None} == {"area", "tangent", "wrong_area"}
    assert found["area"].points == 12
    assert _doubt(found["round_"]).startswith("a statement in words")


@pytest.mark.parametrize("seed", range(5))
def test_other_seeds_look_at_other_points_and_say_the_same(opinions: Any, seed: int) -> None:
    assert opinions(seed=seed)["area"].doubt is None


@pytest.mark.parametrize("text", [r"A = 3.14159 r^2", r"A = \pi r^2 + 10^{-6}", r"A < \pi r^2 - 10^{-6}"])
def test_a_formula_that_is_false_is_contradicted_at_a_point(opinions: Any, text: str) -> None:
    found = opinions(lambda findings: findings[0].update(formula={**findings[0]["formula"], "text": text}, reading=None))
    assert found["area"].doubt.false
    assert "relation 1 is off by" in _doubt(found["area"])
    assert "at r = " in _doubt(found["area"])


def test_a_formula_and_a_hypothesis_with_the_authors_own_commands_are_read_with_them(opinions: Any) -> None:
    own = [{"name": name, "count": 0, "body": body, "problem": "", "sized": False} for name, body in ((r"\circ", r"\pi"), (r"\none", "0"))]
    said = [{"text": r"r>\none", "need": "EXACT", "said": "", "kept": ""}]

    def change(findings: Any, macros: Any = own) -> None:
        findings[0].update(formula={**findings[0]["formula"], "text": r"A = \circ r^2", "macros": macros}, hypotheses=said)

    assert opinions(change)["area"].doubt is None
    assert r"'\none' is not bound" in _doubt(opinions(lambda findings: change(findings, own[:1]))["area"])


def test_a_ledger_that_tells_of_another_formula_is_told(opinions: Any) -> None:
    def swap(findings: Any) -> None:
        findings[0]["reading"], findings[1]["reading"] = findings[1]["reading"], findings[0]["reading"]

    assert "another formula was judged" in _doubt(opinions(swap)["area"])


def test_an_erratum_that_holds_is_contradicted(opinions: Any) -> None:
    found = opinions(lambda findings: findings[2].update(formula={**findings[0]["formula"], "macro": "refuted"}, reading=None))
    assert "said to be wrong, and it holds" in _doubt(found["wrong_area"])


def test_only_points_that_satisfy_the_hypotheses_are_looked_at(opinions: Any) -> None:
    def limited(findings: Any, hypothesis: str = r"r > 2") -> None:
        formula = {**findings[0]["formula"], "text": r"A \ge 4 \pi"}
        findings[0].update(formula=formula, reading=None, hypotheses=[{"text": hypothesis}])

    assert opinions(limited)["area"].doubt is None
    assert opinions(lambda findings: limited(findings, "r > 1"))["area"].doubt.false
    assert "none of 10000 fresh points" in _doubt(opinions(lambda findings: limited(findings, "r > 4"))["area"])


def test_a_ledger_of_another_content_is_told(opinions: Any) -> None:
    found = opinions(lambda findings: findings[0]["reading"]["sides"][0].update(name="Z") or findings[0]["formula"].update(text="Z = 1"))
    assert "Z is bound to nothing in the content" in _doubt(found["area"])


def test_a_ledger_of_another_domain_is_told(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    other = copy.deepcopy(evidence)
    other["nouns"]["area"]["domain"]["r"]["high"] = 4.0
    found = {one.name: one for one in verify(other, document.content, SEED)}
    assert "the content declares another domain" in _doubt(found["area"])
    assert found["tangent"].doubt is None


def test_a_domain_is_the_one_of_a_ledger_only_if_all_of_it_is() -> None:
    domain = {"a": closed(-1, math.inf), "n": integers(2, 5), "v": vectors(3, norm=closed(1, 2)), "how": cases("this", "that")}
    said = {
        "a": {"is": "interval", "low": -1.0, "high": "inf", "integer": False, "log": False},
        "n": {"is": "interval", "low": 2, "high": 5, "integer": True, "log": False},
        "v": {"is": "vectors", "dimension": 3, "norm": {"is": "interval", "low": 1.0, "high": 2.0, "integer": False, "log": False}},
        "how": {"is": "cases", "values": ["this", "that"]},
    }
    assert same_domain(domain, said)
    for name, key, value in (
        ("a", "high", 7),
        ("n", "integer", False),
        ("v", "dimension", 2),
        ("how", "values", ["this"]),
        ("n", "is", "cases"),
    ):
        assert not same_domain(domain, {**said, name: {**said[name], "values": [], key: value}})
    assert not same_domain(domain, {name: one for name, one in said.items() if name != "v"})


def test_the_command_tells_the_seed_and_ends_with_1_where_something_is_false(
    toy_evidence: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, evidence = toy_evidence
    monkeypatch.chdir(document.request.root)
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps(evidence))
    right = CliRunner().invoke(command, [str(path), "--seed", "3"])
    assert (right.exit_code, right.output.splitlines()[-1]) == (0, "3 of 4 formulas and statements confirmed, at 25 fresh points (seed 3)")
    wrong = copy.deepcopy(evidence)
    wrong["findings"][0]["formula"]["text"], wrong["findings"][0]["reading"] = "A = 3 r^2", None
    path.write_text(json.dumps(wrong))
    said = CliRunner().invoke(command, [str(path)])
    assert said.exit_code == 1
    assert "templates/circle.tex.j2:5:3: area not confirmed: relation 1 is off by" in said.output


@pytest.mark.parametrize(
    ("name", "text", "said"), [("a.json", "{}", "not a ledger"), ("a.json", None, "not found"), ("a.txt", "", "cannot be")]
)
def test_what_is_no_ledger_is_refused(tmp_path: Path, name: str, text: str | None, said: str, homework: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(homework.root)
    if text is not None:
        (tmp_path / name).write_text(text)
    assert said in str(CliRunner().invoke(command, [str(tmp_path / name)]).exception)


def test_points_are_inside_of_their_domain_and_not_at_its_edges() -> None:
    import random

    chosen = random.Random(5)
    domain = {"a": closed(-1, 2), "b": log_closed(1e-3, 10), "n": integers(2, 5), "m": integers(1, 1000, log=True),
              "v": vectors(3, norm=closed(1, 2)), "how": cases("this", "that")}  # fmt: skip
    found = [point(domain, chosen) for _ in range(200)]
    assert all(-1 < one["a"] < 2 and 1e-3 < one["b"] < 10 for one in found)
    assert {one["n"] for one in found} == {2, 3, 4, 5}
    assert all(isinstance(one["m"], int) and 1 <= one["m"] <= 1000 for one in found)
    assert all(1 <= float(one["v"] @ one["v"]) ** 0.5 <= 2 for one in found)
    assert {one["how"] for one in found} == {"this", "that"}

r"""`hwgen new`: the stub of a claim, a figure or an exercise, its place in the template and its test, all three ready to fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hwgen.model.errors import InputError, did_you_mean

EXERCISES, TEMPLATES, TESTS = Path("hwgen/homework/exercises"), Path("templates"), Path("tests/homework/exercises")
_NAME = re.compile(r"[a-z][a-z0-9_]*")

_CLAIM = '''"""TODO: what this relation is about."""

from __future__ import annotations

from hwgen.homework.exercises.{exercise}.problem import Problem, exercise
from hwgen.model import Bindings, closed, value, variable


@exercise.claim(domain={{"x": closed(0.5, 2)}}, identity="TODO: name a changed problem with changed={{…}}, or say why there is none")
def {name}(problem: Problem) -> Bindings:
    """TODO: one sentence."""
    return {{"x": variable("x"), "y": value(lambda x: x**2)}}  # TODO: another road to y than the printed formula
'''
_CLAIM_PLACE = """
% TODO: {name}
\\begin{{equation*}}
  \\checked{{{name}}}{{y = 2x}}.
\\end{{equation*}}
"""
_CLAIM_TEST = '''"""The claim {name} holds as it is printed."""

from conftest import PROJECT

from hwgen.program import build


def test_{name}() -> None:
    ledger = build.check(build.read(build.Request(root=PROJECT)), ["{name}"])
    assert [finding.complaint for finding in ledger.findings if not finding.passed] == []
'''
_FIGURE = '''"""TODO: what this figure shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from hwgen.homework.exercises.{exercise}.problem import Problem, exercise


@exercise.study
def {name}_study(problem: Problem) -> dict[str, Any]:
    """TODO: what is computed."""
    del problem
    return {{"x": np.linspace(0, 1, 50), "y": np.full(50, np.nan)}}  # TODO


@exercise.figure(of=[{name}_study], height=2.2)
def {name}(figure: Any, data: Mapping[str, Any]) -> None:
    """TODO: one sentence."""
    axes = figure.subplots()
    axes.plot(data["x"], data["y"])
    axes.set_xlabel("TODO")
'''
_FIGURE_PLACE = """
% TODO: {name}
\\begin{{figure}}[ht]
  \\centering
  \\includegraphics[width=\\linewidth]{{\\VAR{{figures.{name}}}}}
  \\caption{{TODO.}}
  \\label{{fig:{name}}}
\\end{{figure}}
"""
_FIGURE_TEST = '''"""The study behind the figure {name} has something to show."""

import numpy as np

from hwgen.homework.exercises import {exercise}


def test_{name}() -> None:
    study = {exercise}.exercise.nouns["{name}_study"]
    data = study.compute({exercise}.exercise.problem)
    assert all(np.isfinite(values).all() for values in data.values())
'''
_PROBLEM = '''"""TODO: the setting of this exercise."""

from __future__ import annotations

from dataclasses import dataclass

from hwgen.model.catalog import Exercise


@dataclass(frozen=True, kw_only=True)
class Problem:
    """TODO: what a changed problem may change."""

    dimension: int = 3


exercise = Exercise("{name}", title="TODO", problem=Problem())
'''
_PACKAGE = '''"""TODO: one sentence on this exercise."""

from hwgen.homework.exercises.{name}.problem import exercise

__all__ = ["exercise"]
'''
_TEMPLATE = """\\#{{ {name}: its mathematics is in hwgen/homework/exercises/{name}/. }}
\\question{{TODO}}{{TODO}}
\\begin{{asked}}
TODO: the question in your own words.
\\end{{asked}}
\\begin{{answer}}
TODO: the answer.
\\end{{answer}}
"""
_EXERCISE_TEST = '''"""The exercise {name} is printed and says something that is under test."""

from conftest import PROJECT

from hwgen.model import Claim
from hwgen.program import build


def test_{name}() -> None:
    document = build.read(build.Request(root=PROJECT))
    own = [noun for noun in document.content.nouns.values() if noun.exercise == "{name}" and isinstance(noun, Claim)]
    assert {{claim.name for claim in own}} & {{formula.name for formula in document.formulas}}
'''


def claim(root: Path, exercise: str, name: str) -> list[Path]:
    """Write the stub of a claim; the files written or changed. Raises InputError if something is in the way."""
    return _noun(root, exercise, name, _CLAIM, _CLAIM_PLACE, _CLAIM_TEST)


def figure(root: Path, exercise: str, name: str) -> list[Path]:
    """Write the stub of a figure and of its study; the files written or changed."""
    return _noun(root, exercise, name, _FIGURE, _FIGURE_PLACE, _FIGURE_TEST)


def exercise(root: Path, name: str) -> list[Path]:
    """Write the stub of an exercise; the files written or changed."""
    _fit(name)
    document = root / TEMPLATES / "document.tex.j2"
    text = document.read_text()
    includes = list(re.finditer(r'^\\BLOCK\{include "[^"]+"\}\n', text.partition(r"\BLOCK{if student.version")[0], re.MULTILINE))
    before = includes[-1].end() if includes else text.index(r"\end{document}")
    written = [
        _written(root / EXERCISES / name / "__init__.py", _PACKAGE.format(name=name)),
        _written(root / EXERCISES / name / "problem.py", _PROBLEM.format(name=name)),
        _written(root / TEMPLATES / f"{name}.tex.j2", _TEMPLATE.format(name=name)),
        _written(root / TESTS / f"test_{name}.py", _EXERCISE_TEST.format(name=name)),
    ]
    place = f'\n\\exercise{{TODO}}{{TODO}}\n\\BLOCK{{include "{name}.tex.j2"}}\n'
    document.write_text(text[:before] + place + text[before:])
    return [*written, document]


def _noun(root: Path, exercise: str, name: str, stub: str, place: str, test: str) -> list[Path]:
    _fit(name)
    known = sorted(path.parent.name for path in (root / EXERCISES).glob("*/problem.py"))
    if exercise not in known:
        raise InputError(f"{exercise}: no exercise of that name; expected one of {', '.join(known)}.{did_you_mean(exercise, known)}")
    template = root / TEMPLATES / f"{exercise}.tex.j2"
    if not template.exists():
        raise InputError(f"{TEMPLATES / template.name}: not found; expected the template of {exercise}")
    package = root / EXERCISES / exercise / "__init__.py"
    if re.search(rf"^(?:def {name}\(|{name} =)", "\n".join(path.read_text() for path in package.parent.glob("*.py")), re.MULTILINE):
        raise InputError(f"{name}: {exercise} has something of that name already; choose another")
    written = [
        _written(package.with_name(f"{name}.py"), stub.format(exercise=exercise, name=name)),
        _written(root / TESTS / f"test_{exercise}_{name}.py", test.format(exercise=exercise, name=name)),
    ]
    _add(package, lambda text: text.rstrip() + f"\nfrom hwgen.homework.exercises.{exercise} import {name} as {name}\n")
    _add(template, lambda text: text.rstrip() + "\n" + place.format(name=name))
    return [*written, package, template]


def _fit(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError(f"{name}: expected a name of lower-case letters, digits and underscores, as in union_bound")


def _written(path: Path, text: str) -> Path:
    if path.exists():
        raise InputError(f"{path}: there already; choose another name, or remove it")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def _add(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))

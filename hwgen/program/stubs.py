r"""The texts that `hwgen new` writes. Each shows its imports, and a TODO wherever the author has to decide."""

# What a stub holds until somebody has decided: it stops the builds as a TODO does, so that deleting the word is not doing it.
UNDECIDED = (
    'what this relation is about."""',
    'what this is about."""',
    'what this sentence is about."""',
    'one sentence."""',
    'one sentence on this exercise."""',
    'what is computed."""',
    'the setting of this exercise."""',
    'what a changed problem may change."""  # fields',
    "name a changed problem with changed=",
    'lambda x: float("nan")',
    "np.full(50, np.nan)",
    'deviation = float("nan")',
    '{"x": x, "y": 2 * x}',
    "the question in your own words, and the answer",
    "the sentence that is tried.",
)

_CLAIM = '''"""TODO: what this relation is about."""

from hwgen.authors import Bindings, closed, value, variable

from .problem import Problem, exercise


@exercise.claim(
    domain={{"x": closed(0.5, 2)}},  # TODO: more than where it is claimed
    HOW,
)
def {name}(problem: Problem) -> Bindings:
    """TODO: one sentence."""
    del problem  # TODO: delete this line, and compute y from problem; where no changed problem changes y, delete the argument as well
    return {{"x": variable("x"), "y": value(lambda x: float("nan"))}}  # TODO: another road to y than the printed formula
'''
_VIEW = '''"""TODO: what this is about."""

from collections.abc import Mapping
from typing import Any

import numpy as np
IMPORTS
from .problem import Problem, exercise


@exercise.study
def {name}_study(problem: Problem) -> Mapping[str, Any]:
    """TODO: what is computed."""
    del problem  # delete this line where a changed problem changes what is computed
    return {{"x": np.linspace(0, 1, 50), "y": np.full(50, np.nan)}}  # TODO
VIEW'''
_MODEL = "\nfrom hwgen.authors import Estimate\n\n"
_CONSTANT = '''

@exercise.constant(of=[{name}_study])
def {name}(data: Mapping[str, Any]) -> Estimate:
    """TODO: one sentence."""
    return Estimate(value=float(data["y"][0]), error=0.0)  # TODO: a bound on the error
'''
_FIGURE = '''

@exercise.figure(of=[{name}_study], height=2.2)
def {name}(figure: Any, data: Mapping[str, Any]) -> None:
    """TODO: one sentence."""
    axes = figure.subplots()
    axes.plot(data["x"], data["y"])
    axes.set(xlabel="TODO: a label", ylabel="TODO: a label")
'''
_TABLE = '''

@exercise.table(of=[{name}_study])
def {name}(data: Mapping[str, Any]) -> list[list[str]]:
    """TODO: one sentence."""
    return [["TODO: a title"], *([str(y)] for y in data["y"][:3])]
'''
_STATEMENT = '''"""TODO: what this sentence is about."""

from hwgen.authors import Evidence, Kind, Verdict

from .problem import Problem, exercise


@exercise.statement(identity="TODO: name a changed problem with changed={{…}}, or say why there is none")
def {name}(problem: Problem) -> list[Evidence]:
    """TODO: one sentence."""
    del problem  # delete this line, and try the sentence on the problem
    deviation = float("nan")  # TODO: what would contradict the sentence
    verdict = Verdict.SUPPORTED if deviation < 1e-12 else Verdict.REFUTED
    return [Evidence(kind=Kind.NUMERIC, method="TODO: how it is tried", verdict=verdict, cases=1, deviation=deviation, tolerance=1e-12)]
'''
_PROOF = '''

def {name}() -> Proof:
    """TODO: each printed symbol by its definition."""
    x = sp.Symbol("x", real=True)
    return Proof(meanings={{"x": x, "y": 2 * x}}, method="simplification")  # TODO
'''


_WHY = 'identity="TODO: name a changed problem with changed={{…}}, or say why there is none"'
CODE = {
    "claim": _CLAIM.replace("HOW", _WHY),
    "erratum": _CLAIM.replace("HOW", 'false=True,\n    quotes=r"y = x"').replace(
        "more than where it is claimed", "where it would be claimed"
    ),
    "statement": _STATEMENT,
    "study": _VIEW.replace("IMPORTS\n", "\n").replace("VIEW", ""),
    "constant": _VIEW.replace("IMPORTS\n", _MODEL).replace("VIEW", _CONSTANT),
    "figure": _VIEW.replace("IMPORTS\n", "\n").replace("VIEW", _FIGURE),
    "table": _VIEW.replace("IMPORTS\n", "\n").replace("VIEW", _TABLE),
    "proof": _PROOF,
}
PLACES = {
    "claim": "\n% TODO: {name}; where it holds as \\for{{{name}}}{{x>0}} in the words before it\n"
    "\\begin{{equation*}}\n  \\checked{{{name}}}{{y = 2x}}.\n\\end{{equation*}}\n",
    "erratum": "\n% TODO: {name}\nIt would be wrong to write\n\\begin{{equation*}}\n  \\refuted{{{name}}}{{y = x}}.\n\\end{{equation*}}\n",
    "statement": "\n% TODO: {name}\n\\verified{{{name}}}TODO: the sentence that is tried.\n",
    "study": "\n% TODO: show a constant, figure or table of the study {name}_study, as \\VAR{{constants.NAME}}\n",
    "constant": "\n% TODO: {name}\nThe number is $\\VAR{{constants.{name}}}$.\n",
    "figure": """
% TODO: {name}
\\begin{{figure}}[ht]
  \\centering
  \\includegraphics{{\\VAR{{figures.{name}}}}}
  \\caption{{TODO: the caption.}}
  \\label{{fig:{name}}}
\\end{{figure}}
""",
    "table": "\n% TODO: {name}\n\\VAR{{tables.{name}}}\n",
}
PROOFS = '''"""What algebra proves: what has a claim's name gives its printed symbols as SymPy expressions."""

import sympy as sp

from hwgen.authors.proofs import Proof
'''
PROBLEM = '''"""TODO: the setting of this exercise."""

from dataclasses import dataclass

from hwgen.authors import Exercise


@dataclass(frozen=True, kw_only=True)
class Problem:
    """TODO: what a changed problem may change."""  # fields

    dimension: int = 3


exercise = Exercise("{name}", title="TODO: its title", problem=Problem())
'''
PACKAGE = '''"""TODO: one sentence on this exercise."""

from .problem import exercise

__all__ = ["exercise"]
'''
TEMPLATE = """\\#{{ {name}: its mathematics is in the package of that name. }}
TODO: the question in your own words, and the answer.
"""

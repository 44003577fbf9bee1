r"""The tests that `hwgen new` writes beside its stubs: a case that is known otherwise, which fails until it is filled in."""

from __future__ import annotations

_ORACLE = r"""
{imports}

def test_{name}_in_a_case_that_is_known_otherwise() -> None:
    y = {name}.bindings(Problem())["y"]  # any symbol that the claim names, as r"\kappa", wherever it is bound: here or in notation.py
    assert y.compute(1.5) == "TODO"  # y.call(1.5) where y is bound to function(…), y.law() to an expectation
"""
_STATEMENT = """
{imports}

def test_{name}_is_supported_on_the_problem_and_refuted_on_another_one() -> None:
    assert [one.verdict for one in {name}.look(Problem())] == [Verdict.SUPPORTED]
    assert [one.verdict for one in {name}.look(Problem())] == "TODO: a problem on which it is false, and [Verdict.REFUTED]"
"""
_STUDY = """
{imports}

def test_{name}_study_in_a_case_that_is_known_otherwise() -> None:
    data = {name}_study.compute(Problem())
    assert np.isfinite(data["y"]).all()
    assert data["y"][0] == "TODO"
"""
_DATA = 'data = {"x": np.array([1.0, 2.0]), "y": np.array([3.0, 4.0])}'
_CONSTANT = f"""
{{imports}}

def test_{{name}}_of_data_for_which_it_is_known() -> None:
    {_DATA.replace("{", "{{").replace("}", "}}")}
    assert callable({{name}}.compute)
    assert {{name}}.compute(data).value == "TODO"
"""
_FIGURE = f"""
{{imports}}

def test_{{name}}_draws_what_it_is_given() -> None:
    {_DATA.replace("{", "{{").replace("}", "}}")}
    figure = Figure()
    {{name}}.draw(figure, data)
    assert figure.axes[0].lines[0].get_ydata().tolist() == "TODO"
"""
_TABLE = f"""
{{imports}}

def test_{{name}}_shows_what_it_is_given() -> None:
    {_DATA.replace("{", "{{").replace("}", "}}")}
    assert {{name}}.rows(data) == "TODO"
"""
_EXERCISE = """
{imports}

def test_{name}_is_an_exercise_with_a_setting() -> None:
    assert exercise.name == "{name}"
    assert Problem().dimension == "TODO: a value of the setting, or what its oracles give in a case that is known otherwise"
"""
_SETTING = "from {package}.{exercise}.problem import Problem"
_NOUN = "from {package}.{exercise}.{name} import {name}"
_NUMPY = "import numpy as np\n"
TESTS = {
    "claim": (_ORACLE, "", (_SETTING, _NOUN)),
    "erratum": (_ORACLE, "", (_SETTING, _NOUN)),
    "statement": (_STATEMENT, "", ("from hwgen.authors import Verdict", _SETTING, _NOUN)),
    "study": (_STUDY, _NUMPY, (_SETTING, _NOUN + "_study")),
    "constant": (_CONSTANT, _NUMPY, (_NOUN,)),
    "figure": (_FIGURE, _NUMPY + "from matplotlib.figure import Figure\n", (_NOUN,)),
    "table": (_TABLE, _NUMPY, (_NOUN,)),
    "exercise": (_EXERCISE, "", ("from {package}.{exercise}.problem import Problem, exercise",)),
}


def test_of(kind: str, package: str, exercise: str, name: str) -> str:
    """The test of a new noun, its imports in the order of their modules."""
    body, foreign, own = TESTS[kind]
    lines = sorted((one.format(package=package, exercise=exercise, name=name) for one in own), key=lambda line: line.split()[1])
    imports = (foreign + "\n" if foreign else "") + "\n".join(lines) + "\n"
    what = name if kind == "exercise" else f"{name} of {exercise}"
    return f'"""{what}, in cases that are known otherwise."""\n' + body.format(imports=imports, name=name)

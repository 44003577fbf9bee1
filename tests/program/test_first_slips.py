r"""What a beginner gets wrong in a new homework: one message with the place to be mended, and the exit code that says of what kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from program.beginning import CLAIMS, DOCUMENT, INIT, NUMBERS, PAGE, PROBLEM, PROOFS, Change

# What is changed in which file, the command, its exit code, and what it says.
SLIPS: dict[str, tuple[list[Change], str, int, str]] = {
    "a module that was deleted": (
        [(INIT, "from .problem", "from .setting")],
        "check",
        2,
        f"{INIT}:3: there is no module 'setting' in exercises.ex1_descent; expected exercises/ex1_descent/setting.py",
    ),
    "a preamble that is not there": (
        [(DOCUMENT, "templates/preamble.tex", "templates/preambel.tex")],
        "check",
        2,
        f"{DOCUMENT}:1:8: \\input{{templates/preambel.tex}}: no such file; expected one of the homework's folder. "
        "Did you mean 'templates/preamble.tex'?",
    ),
    "a claim without its function": (
        [(CLAIMS, "def decrease", "def falls")],
        "check",
        2,
        f"{PROOFS}:10: a proof of decrease, which is no claim of ex1_descent; expected one, or no proof of it.",
    ),
    "an oracle that raises an exception, in a build": (
        [(CLAIMS, "int(k))[-1]", "int(k))[99]")],
        "pdf",
        1,
        f"{CLAIMS}:14: iterates UNDECIDED its check raised IndexError: list index out of range, in <lambda>; printed at {PAGE}:7:3",
    ),
    "a list of bindings": (
        [(CLAIMS, "return ITERATES", "return [ITERATES]")],
        "check iterates",
        2,
        f"{CLAIMS}:22: iterates: returns a list",
    ),
    "a name in the place of a variable": (
        [(CLAIMS, '"k": variable("k")', '"k": "k"')],
        "check iterates",
        2,
        f"{CLAIMS}:22: iterates: k is bound to 'k'; expected variable(…)",
    ),
    "a symbol in other letters": (
        [(CLAIMS, '"x_k": value', '"x_K": value')],
        "check iterates",
        2,
        f"{PAGE}:7:22: \\checked{{iterates}}: 'x' is not bound in claim iterates; bound are x_K, x_0, \\eta, \\lambda, k. "
        f"Its symbols are bound at {CLAIMS}:22",
    ),
    "a symbol without r before its quotes": (
        [(CLAIMS, 'r"\\eta": variable("step"),\n    r"\\l', '"\\tau": variable("step"),\n    r"\\l')],
        "check iterates",
        2,
        f"{CLAIMS}:22: iterates: '\\tau' is bound, in which Python reads '\\t' as one character; expected r'\\tau'",
    ),
    "a wrong binding": (
        [(CLAIMS, "int(k))[-1]", "int(k))[0]")],
        "check iterates",
        1,
        f"; its symbols are bound at {CLAIMS}:22",
    ),
    "an attribute that the problem has not": (
        [(PROBLEM, "problem.momentum *", "problem.momentm *")],
        "check iterates",
        1,
        f"{PROBLEM}:23: iterates UNDECIDED its check raised AttributeError: 'Problem' object has no "
        "attribute 'momentm'. Did you mean 'momentum'?",
    ),
    "an oracle without its return": (
        [(PROBLEM, "    return xs\n", "    return None\n"), (CLAIMS, ", int(k))[-1]", ", int(k))")],
        "check iterates",
        1,
        f"{CLAIMS}:14: iterates UNDECIDED what computes x_k returns None; expected a number (is its return missing?), in <lambda>",
    ),
    "a complex oracle": (
        [(CLAIMS, "descend(problem, start, step, curvature, int(k))[-1]", "complex(1, 2)")],
        "check iterates",
        1,
        f"{CLAIMS}:14: iterates UNDECIDED what computes x_k returns (1+2j) (complex); expected a real number",
    ),
    "a function of text": (
        [(CLAIMS, "lambda x, curvature: curvature * x * x / 2", "lambda x, curvature: str(x)")],
        "check decrease",
        1,
        f"{CLAIMS}:50: decrease UNDECIDED what computes f returns '-1.9' (str); expected a real number",
    ),
    "a variable of the domain that is none": (
        [(CLAIMS, 'domain={"start"', 'domain={"strat": STARTS, "start"')],
        "check iterates",
        2,
        f"{CLAIMS}:22: iterates: strat is a variable of its domain that no symbol stands for or is computed from; expected none. "
        "Did you mean 'start'?",
    ),
    "a fixed symbol that is none": (
        [(CLAIMS, "    false=True", '    fixed=["x_k0"],\n    false=True')],
        "check one_step_too_many",
        2,
        "one_step_too_many: x_k0 is said to be fixed, and is not bound; expected one of x_k, x_0, \\eta, \\lambda, k. Did you mean 'x_k'?",
    ),
    "a symbol said to be printed, misspelt": (
        [(CLAIMS, '    domain={"x": STARTS', '    r"\\stpe",\n    domain={"x": STARTS')],
        "check decrease",
        2,
        f"{CLAIMS}:42: decrease: \\stpe is said to be printed and bound nowhere; expected it among the variables of the domain, in a "
        "notation table of ex1_descent, or in what decrease returns. Did you mean '\\step'?",
    ),
    "a study misspelt": (
        [(NUMBERS, "of=[descent]", "of=[decsent]")],
        "check",
        2,
        f"{NUMBERS}:21: name 'decsent' is not defined; expected it to be imported, or defined above. Did you mean 'descent'?",
    ),
    "an array misspelt in a power law": (
        [
            (
                NUMBERS,
                "@exercise.constant",
                'exercise.power_law("a_{}", "b", of=[descent], x="distnce", y="distance", drift=False)\n\n\n@exercise.constant',
            ),
            (PAGE, "From $x_0=1$", "The slope is $\\VAR{constants.a_slope}$.\n\nFrom $x_0=1$"),
        ],
        "pdf",
        2,
        f"{NUMBERS}:21: a power law is to be fitted to 'distnce', which its study does not return; expected one of distance. "
        "Did you mean 'distance'?",
    ),
    "a constant misspelt where it is named": (
        [(NUMBERS, "@exercise.figure", 'exercise.named(steps_neded="{} steps")\n\n\n@exercise.figure')],
        "check",
        2,
        "steps_neded is no constant of ex1_descent yet, and is said to stand in '{} steps'. Did you mean 'steps_needed'?",
    ),
    "two claims of one name": ([(CLAIMS, "def decrease", "def iterates")], "check", 2, f"{CLAIMS}:42: iterates is declared twice"),
    "a namespace in the singular": (
        [(PAGE, "constants.steps", "constant.steps")],
        "check",
        2,
        f"{PAGE}:21:70: 'constant' is undefined. Did you mean 'constants'?",
    ),
    "no formula": (
        [(PAGE, "{iterates}{x_k = (1-\\eta\\lambda)^k x_0}", "{iterates}")],
        "check",
        2,
        f"{PAGE}:7:3: \\checked: expected '{{'",
    ),
    "parentheses in the place of braces": (
        [(PAGE, "(1-\\eta\\lambda)^2 f(x)", "\\frac{1}(x)")],
        "check decrease",
        2,
        f"{PAGE}:11:48: \\checked{{decrease}}: '(' alone would be the argument, as TeX takes one sign; write braces",
    ),
    "letters of the keyboard": (
        [(PAGE, "(1-\\eta\\lambda)^k", "(1-ηλ)^k")],
        "check",
        2,
        f"{PAGE}:7:31: \\checked{{iterates}}: 'η' is typed",
    ),
    "a key that the study has not": (
        [(NUMBERS, 'data["distance"] < SMALL', 'data["dist"] < SMALL')],
        "pdf",
        2,
        f"{NUMBERS}:24: steps_needed: the constant raised KeyError: 'dist'; there is 'distance'. Did you mean 'distance'?",
    ),
    "a number in the place of an estimate": (
        [(NUMBERS, 'return Estimate(value=float(np.argmax(data["distance"] < SMALL)), error=0.0)', "return 20.0")],
        "pdf",
        2,
        f"{NUMBERS}:21: steps_needed: the constant returned float; expected an Estimate",
    ),
    "a study without its return": (
        [(NUMBERS, '    return {"distance"', '    {"distance"')],
        "pdf",
        2,
        f"{NUMBERS}:15: descent: the study returned NoneType; expected arrays by name",
    ),
    "a figure of pyplot": (
        [(NUMBERS, "axes = figure.subplots()", "import matplotlib.pyplot as plt\n    figure, axes = plt.subplots()")],
        "figures",
        2,
        f"{NUMBERS}:27: distance: the figure is empty; expected something drawn on the figure that it is given",
    ),
    "an option of a proof misspelt": (
        [(PROOFS, "method=", "metod=")],
        "check decrease",
        2,
        f"{PROOFS}:10: Proof has no option 'metod'; expected one of along, also, charts, meanings, method, rising. Did you mean 'method'?",
    ),
    "a function of a library misspelt": (
        [(PROOFS, "sp.Symbol(", "sp.Symbl(")],
        "check decrease",
        2,
        f"{PROOFS}:7: AttributeError: module 'sympy' has no attribute 'Symbl'",
    ),
    "a bracket too many in a proof": (
        [(PROOFS, "X = ", ")\nX = ")],
        "check decrease",
        2,
        f"{PROOFS}:7:1: this is not Python: unmatched ')'",
    ),
    "an import without its dot": (
        [(CLAIMS, "from .problem", "from problem")],
        "check",
        2,
        f"{CLAIMS}:9: there is no module 'problem'; expected a dot before it, as it lies beside: from .problem import …",
    ),
    "an exercise that is not shown": (
        [(INIT, "from .problem import exercise", "import os"), (INIT, '["exercise"]', '["os"]')],
        "check",
        2,
        f"{PROBLEM}:15: an exercise is made here, and ex1_descent/__init__.py does not have it",
    ),
    "a template by half its name": (
        [(DOCUMENT, "ex1_descent.tex.j2", "ex1_descent.tex")],
        "check",
        2,
        f"{DOCUMENT}:10:17: template ex1_descent.tex not found in templates/. Did you mean 'ex1_descent.tex.j2'?",
    ),
    "a colon in student.toml": ([("student.toml", 'nom = ""', 'nom: "A"')], "pdf", 2, "student.toml:2:4: expected '=' after a key"),
    "a date with slashes": (
        [("homework.toml", "# due = 2025-02-24", "due = 24/02/2025")],
        "pdf",
        2,
        "homework.toml:13:9: expected newline",
    ),
    "a variable of make": ([], "check ONLY=decrease", 2, "ONLY=decrease is said to make; expected hwgen check decrease"),
    "a number before the first build": ([], "why 20", 2, "build/ledger.json: not there yet, and numbers are told by what was built"),
}


@pytest.mark.parametrize("what", list(SLIPS))
def test_a_first_slip_is_told_where_it_is_mended(beginner: Callable[..., tuple[int, str]], what: str) -> None:
    changes, command, code, said = SLIPS[what]
    returned, told = beginner(changes, command)
    assert (returned, said in told) == (code, True), told
    assert "Traceback" not in told

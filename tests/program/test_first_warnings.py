"""What Python and its libraries warn of in a new homework: a message at the author's line, once, and no path of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from program.beginning import CLAIMS, NUMBERS, PROOFS, Change

RAISED = "; mend it, or say by np.errstate(…) around it that it is meant"
# What Python and its libraries warn of: the change, the command, and all that is said of it.
WARNED: dict[str, tuple[list[Change], str, list[str]]] = {
    "an oracle without a value, in two claims": (
        [
            (CLAIMS, "int(k))[-1]", "int(k))[-1] + 0 * float(np.nan_to_num(np.sqrt(np.float64(-1 - k * k))))"),
            (CLAIMS, "from hwgen", "import numpy as np\nfrom hwgen"),
        ],
        "check",
        [f"{CLAIMS}:15: invalid value encountered in sqrt (RuntimeWarning){RAISED} (of iterates)"],
    ),
    "a logarithm of 0 in a figure": (
        [(NUMBERS, "axes = figure.subplots()", "axes = figure.subplots()\n    np.log(np.zeros(2))")],
        "figures distance",
        [f"{NUMBERS}:31: divide by zero encountered in log (RuntimeWarning){RAISED} (of distance)"],
    ),
    "a legend of nothing": (
        [(NUMBERS, "axes = figure.subplots()", "axes = figure.subplots()\n    axes.legend()")],
        "figures distance",
        [f"{NUMBERS}:31: No artists with labels found to put in legend. "],
    ),
    "a font that is not there": (
        [
            (NUMBERS, 'xlabel="step $k$"', 'xlabel="step $k$", title="a"'),
            (NUMBERS, "    axes.set(", '    figure.text(0.5, 0.5, "a", family="None")\n    axes.set('),
        ],
        "figures distance",
        [f"{NUMBERS}:27: findfont: Font family 'None' not found. (of distance)"],
    ),
    "an identity of numbers": (
        [(NUMBERS, "SMALL = 1e-3", "SMALL = 1e-3\nODD = SMALL is 3")],
        "check decrease",
        [f'{NUMBERS}:13: "is" with a literal. Did you mean "=="? (SyntaxWarning)'],
    ),
    "an identity of numbers in a proof": (
        [(PROOFS, 'method="simplification"', 'method="simplification" if 1 is 1 else ""')],
        "check decrease",
        [f'{PROOFS}:12: "is" with a literal. Did you mean "=="? (SyntaxWarning) (of decrease)'],
    ),
    "a division by 0 while a module is imported": (
        [(NUMBERS, "SMALL = 1e-3", "SMALL = 1e-3\nZERO = np.ones(1) / 0")],
        "check decrease",
        [f"{NUMBERS}:13: divide by zero encountered in divide (RuntimeWarning){RAISED}"],
    ),
}


@pytest.mark.parametrize("what", list(WARNED))
def test_what_libraries_warn_of_is_told_at_the_authors_line_once(beginner: Callable[..., tuple[int, str]], what: str) -> None:
    changes, command, said = WARNED[what]
    returned, told = beginner(changes, command)
    lines = [
        line.removeprefix("warning: ")
        for line in told.splitlines()
        if line.startswith("warning: ") or "Warning" in line or "findfont" in line
    ]
    assert (returned, len(lines)) == (0, len(said)), told
    assert all(line.startswith(one) for line, one in zip(lines, said, strict=True)), told
    assert f"{os.sep}hw6{os.sep}" not in told

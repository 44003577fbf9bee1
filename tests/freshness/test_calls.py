"""A call at the top of a module may act on what a text names, or on an object of a library, though its result is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.keyed import key

from hwgen.freshness import calls

READS = "from toykey import held\ndef study(problem):\n    return held.TABLE\n"
# What another module does to a table.
NAMED_BY_A_TEXT = {
    "an expression": "from .held import TABLE\n_x = eval('TABLE.update(a=3.5)')\n",
    "an import by a text": "import importlib\n_held = importlib.import_module('toykey.held')\n_x = _held.TABLE.update(a=3.5)\n",
    "such an import in the same line": "from importlib import import_module\n_x = [import_module('toykey.held').TABLE.update(a=3.5)]\n",
    "the function of imports": "_m = __import__('toykey.held', fromlist=['TABLE'])\n_x = _m.TABLE.update(a=3.5)\n",
    "a name set by a function": "import importlib\n_x = setattr(importlib.import_module('toykey.held'), 'TABLE', 3.5)\n",
    "for a default": "def _x(y=eval('__import__(\"toykey.held\").held.TABLE.update(a=3.5)')): pass\n",
    "in a class's body": "class _X:\n    y = eval('__import__(\"toykey.held\").held.TABLE.update(a=3.5)')\n",
    "what a loop within an expression sets": "from .held import TABLE\n_x = [0 for TABLE['a'] in [3.5]]\n",
    "an attribute that such a loop sets": "from . import held\n_x = {0 for held.TABLE in [3.5]}\n",
    "what is given among others of a list": "from .held import TABLE\nimport operator\n_x = operator.setitem(*([TABLE] + ['a', 3.5]))\n",
}
EVERYBODYS = {
    "an attribute set by a function": "import decimal\n_x = setattr(decimal.getcontext(), 'prec', int(3.5))\n",
    "an attribute set by a function on a name": "from mpmath import mp\n_x = setattr(mp, 'dps', int(3.5))\n",
    "an entry": "import matplotlib\n_x = matplotlib.rcParams.__setitem__('lines.linewidth', 3.5)\n",
    "an entry of a list": "import sys\n_x = sys.meta_path.insert(9, 3.5)\n_y = sys.meta_path.pop()\n",
    "an entry of an imported list": "from warnings import filters\n_x = filters.append(('ignore', None, Warning, None, int(3.5)))\n",
    "settings that are entered": "import numpy as np\n_x = np.printoptions(precision=int(3.5)).__enter__()\n",
    "the names of a module": "import string\n_x = vars(string).update(far=3.5)\n",
    "a name of everybody's": "_x = __builtins__.update(far=3.5)\n",
}


def _differs(package: Path, acts: str, top: str) -> bool:
    (package / "held.py").write_text("TABLE = {}\n")
    (package / "top.py").write_text(top)
    assert acts.count("3.5") == 1
    (package / "acts.py").write_text(acts)
    before = key()
    assert key() == before
    (package / "acts.py").write_text(acts.replace("3.5", "4.5"))
    return key() != before


@pytest.mark.parametrize("what", list(NAMED_BY_A_TEXT))
def test_what_a_call_does_to_what_a_text_names_is_in_the_keys_though_its_result_is_kept(package: Path, what: str) -> None:
    assert _differs(package, NAMED_BY_A_TEXT[what], READS)


@pytest.mark.parametrize("what", list(EVERYBODYS))
def test_what_a_call_enters_into_a_library_counts_for_every_result_though_its_result_is_kept(package: Path, what: str) -> None:
    assert _differs(package, EVERYBODYS[what], "def study(problem):\n    return 1\n")


@pytest.mark.parametrize("kept", ["np.append([1], 3.5)", "np.insert([1], 0, 3.5)", "[1].count(3.5)", "np.ones(2) * 3.5"])
def test_a_function_of_a_library_that_only_computes_counts_for_nobody_else(package: Path, kept: str) -> None:
    assert not _differs(package, f"import numpy as np\n_x = {kept}\n", READS)


def test_a_draft_that_does_not_parse_does_nothing() -> None:
    assert not calls.may_act("_x = eval(")

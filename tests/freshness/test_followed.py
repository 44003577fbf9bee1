"""What the text of the content may not do is refused at its line; what a computation leaves behind it is named."""

from __future__ import annotations

import builtins
import importlib
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from freshness.keyed import forget

from hwgen.freshness import definitions, dependencies, followed, texts
from hwgen.freshness import untouched as leaving
from hwgen.freshness.store import Store
from hwgen.model.errors import ContentError, ContentErrors

HEAD = "import math\nimport numpy as np\nimport random, sqlite3\nfrom fractions import Fraction\nfrom mpmath import mp\n"
REFUSED = {
    "a name of a library, in a function": "def f(p):\n    np.pi = 3\n",
    "a name deeper in a library": "def f(p):\n    np.linalg.det = f\n",
    "a name of a library, at the top": "math.pi = 3\n",
    "a method of a library's class": "def f(p):\n    Fraction.__add__ = f\n",
    "a method of a library's class, at the top": "Fraction.__add__ = max\n",
    "a setting of a library, in a function": "def f(p):\n    mp.dps = 5\n",
    "a name that is taken away": "def f(p):\n    del np.pi\n",
    "a name by setattr": "def f(p):\n    setattr(np, 'pi', 3)\n",
    "a name by vars": "def f(p):\n    vars(math)['pi'] = 3\n",
    "a name by its table": "def f(p):\n    np.__dict__.update(pi=3)\n",
    "a name of an import inside": "def f(p):\n    import cmath\n    cmath.pi = 3\n",
    "a name within a class": "class C:\n    def f(self):\n        np.pi = 3\n",
    "a builtin": "import builtins\ndef f(p):\n    builtins.sum = max\n",
    "a library of C": "import ctypes\n",
    "a library of C, within": "def f(p):\n    from ctypes import CDLL\n",
    "a library of C by a submodule": "import ctypes.util\n",
    "a font": "from PIL import ImageFont\n",
    "a matrix of a file": "import scipy.io as files\ndef f(p):\n    return files.mmread('a.mtx')\n",
    "a matrix by its function's name": "from scipy.io import mmread as read\n",
    "a font by its module": "def f(p):\n    import PIL.ImageFont\n",
    "the system below os": "import posix\n",
    "a database within another": "def f(c):\n    c.execute(\"ATTACH 'a.db' AS a\")\n",
    "a database within a script": "def f(c):\n    c.executescript(\"create temp table t (x); Attach/**/database 'a.db'\\nas a\")\n",
    "a database within another, in pieces": "def f(c, name):\n    c.execute(f\"attach '{name}' as a\")\n",
    "a name of its own module": "COUNT = 0\ndef f(p):\n    global COUNT\n",
    "a generator without a seed": "def f(p):\n    return np.random.default_rng()\n",
    "a generator seeded by nothing": "def f(p):\n    return np.random.default_rng(seed=None)\n",
    "numbers drawn where it is imported": "NOISE = np.random.rand(3)\n",
    "numbers drawn by Python where it is imported": "import random as r\nSHIFT = 2 * r.gauss(0, 1)\n",
    "numbers drawn by a name of their own": "from numpy.random import standard_normal as normal\nclass C:\n    NOISE = normal(3)\n",
    "numbers drawn by a function that is called there": (
        "def g(n):\n    return np.random.rand(n)\ndef f(n):\n    return g(n)\nNOISE = [f(n) for n in (1, 2)]\n"
    ),
    "numbers drawn in a default": "def f(p, shift=np.random.rand()): return shift\n",
    "a generator of Python": "def f(p):\n    return random.Random()\n",
    "a seed by chance": "def f(p):\n    np.random.seed()\n",
    "a rule of decimal numbers": "import decimal\ndef f(p):\n    decimal.getcontext().rounding = 'ROUND_UP'\n",
    "a rule of decimal numbers by its name": "from decimal import getcontext\ndef f(p):\n    getcontext().prec = 3\n",
    "bytes by chance": "import os\ndef f(p):\n    return os.urandom(1)\n",
    "bytes by chance, by another name": "from os import urandom as bytes_of\n",
    "numbers that nobody can foresee": "def f(p):\n    import secrets\n",
    "a choice that nobody can foresee": "from secrets import choice\n",
    "a name by chance": "import uuid\ndef f(p):\n    return uuid.uuid4()\n",
    "a name of the machine and the time": "from uuid import uuid1\n",
    "a generator that no seed reaches": "def f(p):\n    return random.SystemRandom(3)\n",
    "a sequence without a seed": "from scipy.stats import qmc\ndef f(p):\n    return qmc.Sobol(1)\n",
    "a sequence seeded by nothing": "from scipy.stats.qmc import Halton\ndef f(p):\n    return Halton(2, scramble=True, seed=None)\n",
    "how the program was called": "import sys\ndef f(p):\n    return len(sys.argv)\n",
    "how the program was called, by its name": "from sys import argv as given\n",
    "how Python was called": "import sys as system\nGIVEN = system.orig_argv[1:]\n",
    "standard input": "import sys\ndef f(p):\n    return sys.stdin.read()\n",
    "standard input, by lines": "from fileinput import input as lines\n",
    "a database written into a file": "def f(c):\n    c.execute(\"vacuum main into 'a.db'\")\n",
    "a database of another kind": "import shelve\n",
    "the number of the process": "import os\ndef f(p):\n    return os.getpid()\n",
    "the name of the machine": "from platform import node\n",
}
ALLOWED = {
    "how it was called, where it is run as a program": "import sys\nif __name__ == '__main__':\n    print(sys.argv[1:])\n",
    "values of one's own": "class C: pass\ndef f(p):\n    c = C()\n    c.pi = 3\n    c.__dict__['a'] = 1\n",
    "an argument of the same name": "from matplotlib import figure\ndef draw(figure):\n    figure.title = 3\n",
    "a name given anew": "def f(p):\n    np = p\n    np.pi = 3\n",
    "a setting of a library, at the top": "mp.dps = 30\n",
    "a seeded generator": "def f(p):\n    return np.random.default_rng(3), random.Random(1), np.random.default_rng(seed=2)\n",
    "reading a table of names": "def f(p):\n    return vars(np)['pi'], np.__dict__.get('e')\n",
    "an entry of an array": "def f(p):\n    x = np.zeros(3)\n    x[0] = 1\n",
    "a word": "def f(p):\n    return 'attached'\n",
    "numbers drawn for a computation": "def f(p):\n    return np.random.rand(3)\ng = lambda: random.random()\n",
    "numbers drawn once it is said where to begin": "np.random.seed(1)\nNOISE = np.random.rand(3)\n",
    "a seeded generator, at the top": "NOISE = np.random.default_rng(3).random(2), np.random.RandomState(1).rand()\n",
    "what only sounds like it": "def rand(n):\n    return n\nNOISE = rand(3)\n",
    "a seeded sequence": "from scipy.stats import qmc\ndef f(p):\n    return qmc.Sobol(1, seed=3), qmc.Halton(2, rng=p)\n",
    "a sentence on emptiness": "def f(p):\n    '''A vacuum, into which it is pumped; the vacuum pumped into it.'''\n",
    "a sentence": "def f(p):\n    '''We attach the tail, as a factor.'''\n    return 'what we attach'\n",
}


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "_names", {})


def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> list[int]:
    """The lines of a content of that text that are refused, from the first below its imports."""
    path = tmp_path / "one.py"
    path.write_text(HEAD + body)
    monkeypatch.setattr(followed, "files", lambda _: (path,))
    try:
        followed.refuse("one")
    except followed.ContentErrors as wrong:
        return [error.place.line - HEAD.count("\n") for error in wrong.errors if error.place]
    return []


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_nobody_could_follow_is_refused_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    body = REFUSED[what].rstrip("\n")
    assert lines(tmp_path, monkeypatch, body) == [body.count("\n") + 1]


@pytest.mark.parametrize("what", list(ALLOWED))
def test_what_changes_nothing_for_others_is_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    assert lines(tmp_path, monkeypatch, ALLOWED[what]) == []


def test_what_the_content_sets_at_the_top_of_its_own_modules_is_followed_and_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "is_authors", lambda name: name.startswith("reads"))
    assert lines(tmp_path, monkeypatch, "from reads import one\none.LIMIT = 3\n") == []
    assert lines(tmp_path, monkeypatch, "from . import one\none.LIMIT = 3\n") == []
    assert lines(tmp_path, monkeypatch, "from reads import one\ndef f(p):\n    one.LIMIT = 3\n") == [3]


def _set(module: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patched: patched.setattr(module, name, value)


LEFT: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a number of a library": (_set(np, "pi", 3.0), "numpy.pi"),
    "a function of a library": (_set(math, "sin", math.cos), "math.sin"),
    "a builtin": (_set(builtins, "sum", max), "builtins.sum"),
    "a variable of the environment": (lambda patched: patched.setenv("SCALE", "3"), "os.environ"),
    "where modules are found": (lambda patched: patched.syspath_prepend("elsewhere"), "sys.path"),
}


@pytest.mark.parametrize("what", list(LEFT))
def test_what_a_computation_leaves_changed_is_refused_by_its_name_once(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    change, said = LEFT[what]
    with pytest.raises(ContentError, match=said), leaving.untouched("kappa", "0" * 32):
        change(monkeypatch)
    with leaving.untouched("kappa", "0" * 32):
        pass


def test_what_only_stands_for_a_later_import_may_become_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deferring.py").write_text("class LazyImport:\n    def __call__(self) -> None: ...\n\n\nroot = LazyImport()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    deferring = importlib.import_module("deferring")
    with leaving.untouched("kappa", "0" * 32):
        monkeypatch.setattr(deferring, "root", math.sqrt)
    with pytest.raises(ContentError, match=r"deferring\.root"), leaving.untouched("kappa", "0" * 32):
        monkeypatch.setattr(deferring, "root", math.cbrt)


def _fails_after(change: Callable[[], object]) -> None:
    with leaving.untouched("kappa", "0" * 32):
        change()
        raise ValueError


def test_settings_of_numpy_are_compared_and_a_failure_inside_hides_nothing() -> None:
    before = np.geterr()
    try:
        with pytest.raises(ContentError, match=r"kappa: np\.seterr set by its computation"):
            _fails_after(lambda: np.seterr(all="raise"))
    finally:
        np.seterr(**before)


def test_numbers_drawn_without_a_generator_are_those_of_the_key() -> None:
    drawn = []
    for key in ("1" * 32, "2" * 32, "1" * 32):
        with leaving.untouched("kappa", key):
            drawn.append(float(np.random.random()))
    assert drawn[0] == drawn[2] != drawn[1]


def test_what_was_read_ahead_is_not_read_again(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_kept", Store(tmp_path / "store"))
    (package / "wrong.py").write_text(HEAD + "np.pi = 3\n")
    expected = dependencies.engine()
    forget()
    importlib.import_module("toykey")
    followed.ahead("toykey")  # says nothing of what is wrong, which the process does that asks
    kept = set((tmp_path / "store").rglob("*"))
    forget()
    importlib.import_module("toykey")
    monkeypatch.setattr(followed, "found_in", None)
    monkeypatch.setattr(definitions.statements, "spelled", None)
    assert dependencies.engine() == expected
    with pytest.raises(ContentErrors, match=r"np\.pi"):
        followed.refuse("toykey")
    assert set((tmp_path / "store").rglob("*")) == kept != set()

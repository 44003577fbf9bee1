"""A key changes with what a result depends on, and with nothing else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from hwgen.judging import acting, definitions, dependencies

FILES = {
    "__init__.py": "",
    "top.py": '''
"""Module docstring."""
import numpy as np
from toykey import middle
from toykey.leaf import LIMIT, unused

SCALE = 2

def study(problem):
    """What it does."""
    return np.sqrt(middle.half(SCALE)) + LIMIT

def other(problem):
    return 3
''',
    "middle.py": "from .leaf import deep\n\ndef half(x):\n    return deep(x) / 2\n\ndef stranger():\n    return 7\n",
    "leaf.py": "LIMIT = 5\n\ndef deep(x):\n    return x + 1\n\ndef unused():\n    return 0\n",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "toykey"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "toykey"]:
        del sys.modules[name]
    for cached in (dependencies._closure, definitions.files, definitions.module, definitions.may_act, acting.actions):
        cached.cache_clear()
    importlib.invalidate_caches()


def _key() -> str:
    _forget()
    function: Callable[..., object] = importlib.import_module("toykey.top").study
    return dependencies.fingerprint(function)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "np.sqrt", "np.cbrt"),
        ("top.py", "SCALE = 2", "SCALE = 3"),
        ("middle.py", "/ 2", "/ 3"),
        ("leaf.py", "x + 1", "x + 2"),
        ("leaf.py", "LIMIT = 5", "LIMIT = 6"),
    ],
)
def test_a_dependency_changes_the_key(package: Path, file: str, old: str, new: str) -> None:
    before = _key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _key() != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "What it does.", "Reworded."),
        ("top.py", "SCALE = 2", "# why\nSCALE = (\n    2\n)"),
        ("top.py", "return 3", "return 4"),
        ("middle.py", "return 7", "return 8"),
        ("leaf.py", "return 0", "return 1"),
    ],
)
def test_what_is_not_a_dependency_does_not(package: Path, file: str, old: str, new: str) -> None:
    before = _key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _key() == before


HIDDEN = {
    "a function's own import": ("def study(problem):\n    import toykey.leaf\n    return toykey.leaf.deep(1)\n", "leaf.py", "x + 1"),
    "a function's own import of a module": (
        "def study(problem):\n    from toykey import leaf\n    return leaf.deep(1)\n",
        "leaf.py",
        "x + 1",
    ),
    "a module of a package": (
        "import toykey\nfrom toykey import leaf\ndef study(problem):\n    return toykey.leaf.deep(1)\n",
        "leaf.py",
        "x + 1",
    ),
    "an import of everything": ("from toykey.leaf import *\ndef study(problem):\n    return deep(1)\n", "leaf.py", "x + 1"),
    "an import that may fail": (
        "try:\n    from toykey.leaf import deep\nexcept ImportError:\n    deep = abs\ndef study(problem):\n    return deep(1)\n",
        "leaf.py",
        "x + 1",
    ),
    "a definition under a condition": (
        "if 1 + 1 == 2:\n    def half(x):\n        return x / 2\ndef study(problem):\n    return half(1)\n",
        "top.py",
        "x / 2",
    ),
    "a table filled later": ("TABLE = {}\nTABLE['a'] = 3.5\ndef study(problem):\n    return TABLE\n", "top.py", "3.5"),
    "a table filled by a call": ("TABLE = {}\nTABLE.update(a=3.5)\ndef study(problem):\n    return TABLE\n", "top.py", "3.5"),
    "a decorator that registers": (
        "TABLE = []\ndef entered(f):\n    TABLE.append(f)\n    return f\n@entered\ndef one():\n    return 3.5\n"
        "def study(problem):\n    return [f() for f in TABLE]\n",
        "top.py",
        "3.5",
    ),
    "a table elsewhere": ("from toykey.middle import TABLE\ndef study(problem):\n    return TABLE\n", "middle.py", "3.5"),
}


@pytest.mark.parametrize("what", list(HIDDEN))
def test_no_way_of_naming_hides_a_dependency(package: Path, what: str) -> None:
    top, file, old = HIDDEN[what]
    (package / "top.py").write_text(top)
    (package / "middle.py").write_text("TABLE = {}\nfor name in 'ab':\n    TABLE[name] = 3.5\n")
    before = _key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, "4.5"))
    assert _key() != before


def test_no_digit_of_a_value_is_left_out() -> None:
    long = np.linspace(0, 1, 5000)
    other = long.copy()
    other[2500] += 1e-13
    assert dependencies.in_full((long,)) != dependencies.in_full((other,))
    assert dependencies.in_full((long,)) == dependencies.in_full((long.copy(),))


def test_parts_of_a_key_do_not_run_together() -> None:
    assert dependencies.digest("ab", "c") != dependencies.digest("a", "bc")


NOTED = """
from hwgen.model import value
from hwgen.model.catalog import Exercise
from toykey.leaf import deep

exercise = Exercise("toy", title="Toy", problem=None)
exercise.notation(
    __name__,
    {
        "A": value(lambda problem, x: deep(x) + 10),
        r"\\hat B": value(lambda x: x - 20),
        "x": value(lambda: 30),
    },
)
"""
CLAIMS = '''
from hwgen.model import closed
from toykey.noted import exercise

@exercise.claim(r"A, x", domain={"x": closed(0, 1)}, identity="toy")
def first() -> None:
    """A."""

@exercise.claim(r"\\hat B, x", domain={"x": closed(0, 2)}, identity="toy")
def second() -> None:
    """B."""
'''


def _claim_keys() -> dict[str, str]:
    _forget()
    claims = importlib.import_module("toykey.claims").exercise.nouns
    return {name: dependencies.digest(*dependencies.dependencies_of_claim(claim).items()) for name, claim in claims.items()}


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        ("noted.py", "+ 10", "+ 11", {"first"}),
        ("noted.py", "- 20", "- 21", {"second"}),
        ("noted.py", "lambda: 30", "lambda: 31", set()),
        ("leaf.py", "x + 1", "x + 2", {"first"}),
        ("noted.py", '"x": value(lambda: 30)', '"y": value(lambda: 30)', set()),
        ("claims.py", "closed(0, 2)", "closed(0, 3)", {"second"}),
    ],
)
def test_an_entry_of_the_notation_makes_exactly_the_claims_that_use_it_stale(
    package: Path, file: str, old: str, new: str, stale: set[str]
) -> None:
    (package / "noted.py").write_text(NOTED)
    (package / "claims.py").write_text(CLAIMS)
    before = _claim_keys()
    path = package / file
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    after = _claim_keys()
    assert {name for name in before if before[name] != after[name]} == stale


def test_a_table_that_is_not_written_out_counts_as_its_whole_module(package: Path) -> None:
    (package / "noted.py").write_text(NOTED.replace("{\n", "dict({\n").replace("},\n)", "}),\n)"))
    (package / "claims.py").write_text(CLAIMS)
    before = _claim_keys()
    (package / "noted.py").write_text((package / "noted.py").read_text().replace("+ 10", "+ 11"))
    after = _claim_keys()
    assert before["first"] != after["first"]
    assert before["second"] != after["second"]


USES_TABLE = "from toykey.problem import TABLE\ndef study(problem):\n    return TABLE\ndef other(problem):\n    return 1\n"
PROBLEM = (
    "import functools\nTABLE = {}\nclass Sub:\n    LIMIT = 1\n"
    "def entered(name):\n    def enter(f):\n        TABLE[name] = f\n        return f\n"
    "    return enter\n@functools.singledispatch\ndef disp(x):\n    return x\ndef apart():\n    return 1\n"
)
# What stands at the top, what elsewhere, and where the number 3.5 is.
FRESH = {
    "an imported name that is wrapped": (
        "import functools\nfrom toykey.alg import stepped\n"
        "stepped = functools.cache(stepped)\ndef study(problem):\n    return stepped(1)\n",
        {"alg": "def stepped(x):\n    return x + 3.5\n"},
        "alg",
    ),
    "an imported module that is wrapped": (
        "from toykey import alg\nalg = vars(alg)\ndef study(problem):\n    return alg.get\n",
        {"alg": "def stepped(x):\n    return x + 3.5\n"},
        "alg",
    ),
    "a name wrapped on its way": (
        "from toykey.way import stepped\ndef study(problem):\n    return stepped(1)\n",
        {"way": "from toykey.alg import stepped\nif stepped:\n    stepped = abs\n", "alg": "def stepped(x):\n    return x + 3.5\n"},
        "alg",
    ),
    "the first of two modules of a package": (
        "import toykey.one\nimport toykey.two\ndef study(problem):\n    return toykey.one.far() + toykey.two.far()\n",
        {"one": "def far():\n    return 3.5\n", "two": "def far():\n    return 1\n"},
        "one",
    ),
    "a module of a package that another import names": (
        "import toykey.two\nfrom toykey import one\ndef study(problem):\n    return toykey.one.far()\n",
        {"one": "def far():\n    return 3.5\n", "two": ""},
        "one",
    ),
    "a function made by a factory": (
        "def _reach(far):\n    def inner(problem):\n        return far\n    return inner\nstudy = _reach(3.5)\n",
        {},
        "top",
    ),
    "a function made by a factory elsewhere": (
        "from toykey.made import reach\nstudy = reach(3.5)\n",
        {"made": "def reach(far):\n    def inner(problem):\n        return far\n    return inner\n"},
        "top",
    ),
    "a default made by a factory elsewhere": (
        "from toykey.made import reach\nstudy = reach(3.5)\n",
        {"made": "def reach(far):\n    def inner(problem, far=far):\n        return far\n    return inner\n"},
        "top",
    ),
    "a function given to a factory elsewhere": (
        "from toykey.made import reach\nfrom toykey.alg import stepped\nstudy = reach(stepped)\n",
        {
            "made": "def reach(far):\n    def inner(problem):\n        return far(1)\n    return inner\n",
            "alg": "def stepped(x):\n    return x + 3.5\n",
        },
        "alg",
    ),
    "an entry of a table elsewhere": (USES_TABLE, {"acts": "from .problem import TABLE\nTABLE['a'] = lambda: 3.5\n"}, "acts"),
    "an entry made by a function called at the top": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\ndef fill():\n    TABLE['a'] = 3.5\nfill()\n"},
        "acts",
    ),
    "an entry of a table by another way": (
        USES_TABLE,
        {"acts": "from .way import TABLE as known\nknown['a'] = 3.5\n", "way": "from .problem import TABLE\n"},
        "acts",
    ),
    "what an entry names": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\nfrom .alg import stepped\nTABLE['a'] = stepped\n", "alg": "def stepped():\n    return 3.5\n"},
        "alg",
    ),
    "a name put into a module": (
        "from toykey import problem\ndef study(_):\n    return problem.patched\n",
        {"acts": "from toykey import problem\nproblem.patched = 3.5\n"},
        "acts",
    ),
    "a name put into a module by setattr": (
        USES_TABLE,
        {"acts": "from toykey import problem\nsetattr(problem, 'TABLE', 3.5)\n"},
        "acts",
    ),
    "an attribute of a class elsewhere": (
        "from toykey.problem import Sub\ndef study(problem):\n    return Sub.LIMIT\n",
        {"acts": "from .problem import Sub\nSub.LIMIT = 3.5\n"},
        "acts",
    ),
    "a decorator elsewhere that registers": (
        USES_TABLE,
        {"acts": "from .problem import entered\n@entered('p')\ndef one():\n    return 3.5\n"},
        "acts",
    ),
    "a method of an imported function that registers": (
        "from toykey.problem import disp\ndef study(problem):\n    return disp(1)\n",
        {"acts": "from .problem import disp\n@disp.register\ndef one(x: int):\n    return 3.5\n"},
        "acts",
    ),
    "a method of a function here that registers": (
        "import functools\n@functools.singledispatch\ndef disp(x):\n    return x\n@disp.register\ndef one(x: int):\n    return 3.5\n"
        "def study(problem):\n    return disp(1)\n",
        {},
        "top",
    ),
}


def _written(package: Path, top: str, files: dict[str, str]) -> None:
    for name, text in {"problem": PROBLEM, **files, "top": top}.items():
        (package / f"{name}.py").write_text(text)


@pytest.mark.parametrize("what", list(FRESH))
def test_no_result_stays_fresh_when_what_it_rests_on_has_changed(package: Path, what: str) -> None:
    top, files, place = FRESH[what]
    _written(package, top, files)
    before = _key()
    assert _key() == before
    path = package / f"{place}.py"
    assert path.read_text().count("3.5") == 1
    path.write_text(path.read_text().replace("3.5", "4.5"))
    assert _key() != before


@pytest.mark.parametrize("what", [what for what, (top, _, place) in FRESH.items() if top == USES_TABLE])
def test_what_acts_on_a_table_changes_nothing_that_does_not_reach_it(package: Path, what: str) -> None:
    _, files, place = FRESH[what]
    _written(package, "from toykey.leaf import deep\ndef study(problem):\n    return deep(1)\n", files)
    before = _key()
    path = package / f"{place}.py"
    path.write_text(path.read_text().replace("3.5", "4.5"))
    assert _key() == before


def test_a_draft_beside_the_content_that_does_not_parse_does_nothing(package: Path) -> None:
    before = _key()
    (package / "draft.py").write_text("from .leaf import LIMIT\nLIMIT[0] = (\n")
    assert _key() == before

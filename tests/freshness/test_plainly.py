"""What nobody can follow name by name makes every result depend on all of the content, to the letter; this homework has nothing of it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, TESTS
from freshness.keyed import forget, key

from hwgen.freshness import definitions, dependencies, observed
from hwgen.freshness.sources import belongs, files

# What stands at the top, what elsewhere, and what is odd; 3.5 is what is edited.
ODD = {
    "an attribute that is another one before and after": (
        "class A:\n    rate = 2.0\nB = A.rate\nA.rate = 3.5\ndef study(p):\n    return B, A\n",
        {},
        "A.rate is set",
    ),
    "another import of a builtin": (
        "import builtins\nRATE = 3.5\ndef study(p):\n    return builtins.eval('RATE')\n",
        {},
        "import builtins",
    ),
    "a builtin by another name": (
        "from builtins import eval as run\nRATE = 3.5\ndef study(p):\n    return run('RATE')\n",
        {},
        "builtins.eval",
    ),
    "a text that is looked up": (
        "import inspect\nRATE = 3.5\ndef f(x: 'RATE'): pass\ndef study(p):\n    return inspect.signature(f)\n",
        {},
        "inspect",
    ),
    "what is run though it is said not to be": (
        "TYPE_CHECKING = True\nTABLE = {}\nif TYPE_CHECKING:\n    TABLE['x'] = 3.5\ndef study(p):\n    return TABLE\n",
        {},
        "TYPE_CHECKING is set",
    ),
    "names that a package finds when they are asked for": (
        "from .parts import rate\ndef study(p):\n    return rate\n",
        {
            "parts/__init__": "import importlib\ndef __getattr__(name):\n"
            "    return getattr(importlib.import_module('.impl', __name__), name)\n",
            "parts/impl": "rate = 3.5\n",
        },
        "__getattr__",
    ),
    "all names of a package": (
        "from .parts import *\ndef study(p):\n    return alpha.rate\n",
        {"parts/__init__": "__all__ = ['alpha']\n", "parts/alpha": "rate = 3.5\n"},
        "an import of all names",
    ),
    "a decorator that has the name of a library's": (
        "from .tools import TABLE\nfrom . import plug\ndef study(p):\n    return TABLE['rate']()\n",
        {
            "tools": "TABLE = {}\ndef cache(f):\n    TABLE[f.__name__] = f\n    return f\n",
            "plug": "from .tools import *\n@cache\ndef rate():\n    return 3.5\n",
        },
        "",
    ),
    "a private name": (
        "_Model__rate = 3.5\nclass Model:\n    def get(self):\n        return __rate\ndef study(p):\n    return Model().get()\n",
        {},
        "__rate",
    ),
    "another package": (
        "__package__ = 'toykey.other'\nfrom .impl import rate\ndef study(p):\n    return rate\n",
        {"other/__init__": "", "other/impl": "rate = 3.5\n", "impl": "rate = 1\n"},
        "__package__ is set",
    ),
    "a module in a list": (
        "from . import parts\nPLACES = [parts]\ndef study(p):\n    return PLACES[0].rate\n",
        {"parts": "rate = 3.5\n"},
        "parts as a value",
    ),
    "an attribute by a text": (
        "from .leaf import deep\ndef study(p, name='rate'):\n    return getattr(deep, name)\n",
        {"acts": "_x = 3.5\n"},
        "getattr by a text",
    ),
    "a docstring by pieces": (
        "from operator import attrgetter\ndef f():\n    'About 3.5.'\ndef study(p):\n    return attrgetter('__do' + 'c__')(f)\n",
        {},
        "operator.attrgetter",
    ),
    "a docstring by a text that is filled in": (
        "def f():\n    'About 3.5.'\ndef study(p):\n    return '{0.__doc__}'.format(f)\n",
        {},
        "filled in",
    ),
    "a class that is told of others": ("class Base(dict, metaclass=type):\n    x = 3.5\ndef study(p):\n    return 1\n", {}, "metaclass="),
    "an exercise of its own kind": (
        "from .plug import TABLE\ndef study(p):\n    return TABLE['rate'](p)\n",
        {
            "own": "from hwgen.authors import Exercise\nTABLE = {}\nclass Own(Exercise):\n    def study(self, compute):\n"
            "        TABLE[compute.__name__] = compute\n        return compute\nexercise = Own('own', title='t', problem=None)\n",
            "plug": "from .own import TABLE, exercise\n@exercise.study\ndef rate(p):\n    return 3.5\n",
        },
        "a class derived from Exercise",
    ),
    "a noun by its name": (
        "from .plug import exercise\ndef study(p):\n    return exercise.nouns['rate'].compute(p)\n",
        {
            "plug": "from hwgen.authors import Exercise\nexercise = Exercise('own', title='t', problem=None)\n",
            "more": "from .plug import exercise\n@exercise.study\ndef rate(p):\n    return 3.5\n",
        },
        ".nouns",
    ),
    "what is declared by a call": (
        "from .plug import exercise\ndef study(p):\n    return 1\n",
        {
            "plug": "from hwgen.authors import Exercise\nexercise = Exercise('own', title='t', problem=None)\n",
            "more": "from .plug import exercise\ndef make(rate):\n    return lambda p: rate\nexercise.study(make([3.5]))\n",
        },
        "exercise.study, called with what is made there",
    ),
}
# Functions that are handed over, of which nothing but a name is in the text.
MAKERS = "import functools\nfrom .parts import Config, Kind, density\n"
MAKERS += "def make(config):\n    def inner(p):\n        return config\n    return inner\n"
PARTS = "import functools\nclass Config:\n    def __init__(self, rate):\n        self.rate = rate\n"
PARTS += "    def study(self, p):\n        return self.rate\n"
PARTS += "@functools.cache\ndef density(x, y=1):\n    return 3.5\nclass Kind:\n    rate = 3.5\n"
MAKERS += "def renamed(f):\n    @functools.wraps(f)\n    def inner(p):\n        return 3.5 * f(p)\n    return inner\n"
MAKERS += "def defaulted(one):\n    def inner(p, one=one):\n        return one\n    return inner\n"
HANDED = {
    "a closure that holds an object": "make(Config(3.5))",
    "a closure that holds a function that keeps what it gave": "make(density)",
    "a closure that holds a part of a function": "make(functools.partial(density, y=3.5))",
    "a closure that holds a list of objects": "make([Config(3.5)])",
    "a method of an object": "Config(3.5).study",
    "a function under the name of another": "renamed(plain)",
    "a function under the name of another, made with one": "renamed(functools.cache(plain))",
    "a closure that holds a class": "make(Kind)",
    "a closure that holds a list of functions": "make([density])",
    "a closure that holds a table of functions": "make({1: (functools.cache(density),)})",
    "a closure that holds a table of classes": "make({Kind: 1})",
    "a function with a class among its defaults": "defaulted(Kind)",
    "a function with functions among its defaults": "defaulted((density,))",
}


def _written(package: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = package / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def _edited(texts: dict[str, str]) -> dict[str, str]:
    return {name: text.replace("3.5", "4.5") for name, text in texts.items()}


@pytest.mark.filterwarnings("ignore:__package__:ImportWarning")
@pytest.mark.parametrize("what", list(ODD))
def test_what_nobody_follows_makes_all_of_the_content_count(package: Path, what: str) -> None:
    top, others, said = ODD[what]
    texts = {"top": top, **others}
    _written(package, texts)
    before = key()
    assert said in dependencies.oddity("toykey.top") != ""
    _written(package, _edited(texts))
    assert key() != before
    # Also what it does not reach, to the letter.
    now = key()
    (package / "leaf.py").write_text((package / "leaf.py").read_text() + "# a word\n")
    assert key() != now


@pytest.mark.parametrize("what", list(HANDED))
def test_a_function_that_is_made_of_what_no_text_tells_depends_on_all(package: Path, what: str) -> None:
    given = f"from .makers import *\nfrom .plain import plain\nstudy = {HANDED[what]}\n"
    texts = {"parts": PARTS, "makers": MAKERS, "given": given, "plain": "def plain(p):\n    return 1\n"}

    def made() -> str:
        forget()
        return dependencies.fingerprint(importlib.import_module("toykey.given").study)

    texts["given"] = texts["given"].replace("import *", "import Config, Kind, defaulted, density, functools, make, renamed")
    _written(package, texts)
    before = made()
    assert made() == before
    _written(package, _edited(texts))
    assert made() != before


@pytest.mark.parametrize("name", ["getattr(parts, 'load')", "parts.load"])
def test_a_file_that_any_of_a_module_read_is_behind_what_counts_it_as_a_whole(
    package: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _written(package, {"parts": "def load():\n    return 1\n", "top": f"from . import parts\ndef study(p):\n    return {name}()\n"})
    forget()
    function = importlib.import_module("toykey.top").study
    monkeypatch.setattr(observed, "_readings", {"toykey.parts.load": {"data.txt": "digest"}})
    assert observed.behind(dependencies.dependencies(function)) == {"data.txt": "digest"}


def test_in_which_order_modules_act_is_in_the_keys_of_what_they_act_on(package: Path) -> None:
    texts = {
        "held": "TABLE = []\n",
        "one": "from .held import TABLE\nTABLE.append(1)\n",
        "two": "from .held import TABLE\nTABLE.append(2)\n",
    }
    swapped = ("from . import one\nfrom . import two\n", "from . import two\nfrom . import one\n")
    _written(package, {**texts, "top": "from .held import TABLE\ndef study(p):\n    return TABLE\n", "both": swapped[0]})
    before = key()
    _written(package, {"both": swapped[1]})
    assert key() != before
    _written(package, {"top": "TABLE = [1]\nFIRST = TABLE[0]\nTABLE.append(2)\ndef study(p):\n    return FIRST\n"})
    before = key()
    _written(package, {"top": "TABLE = [1]\nTABLE.append(2)\nFIRST = TABLE[0]\ndef study(p):\n    return FIRST\n"})
    assert key() != before
    _written(package, {"top": "def study(p):\n    return 1\n", "both": swapped[0]})
    before = key()
    _written(package, {"both": swapped[1]})
    assert key() == before


MADE = """import functools
from dataclasses import dataclass
N = max(1, 2)
@functools.cache
def two():
    return 2
@dataclass
class P:
    n: int = 1
"""
TOP = "from .made import P, TABLE, two\ndef study(p):\n    return P(two()), TABLE\n"


def test_what_is_kept_and_a_class_of_fields_are_made_in_any_order(package: Path) -> None:
    alone = {"made": MADE, "top": TOP.replace(", TABLE", ""), "leaf": "def other(p):\n    return 1\n"}
    _written(package, alone)
    before = key()
    leaf = "from .made import two\ndef other(p):\n    return two()\n"
    _written(package, {"leaf": leaf, "new": "from .leaf import other\nX = other(1)\n"})
    assert key() == before
    # But not what enters itself into a table.
    enters = "from .made import TABLE\nTABLE.append(2)\n"
    _written(package, {"made": f"{MADE}TABLE = []\n", "top": TOP, "leaf": enters})
    before = key()
    _written(package, {"leaf": f"from .top import study\n{enters}"})
    assert key() != before


CONTENTS = {"hwgen.homework": PROJECT, "exercises": TESTS / "homework5", "exercises ": PROJECT / "hwgen/program/start", "toy": TESTS}


@pytest.mark.parametrize("content", list(CONTENTS))
def test_the_contents_of_this_repository_are_plain(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = content.strip()
    for known in [known for known in sys.modules if known.split(".")[0] == name != "hwgen"]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.syspath_prepend(str(CONTENTS[content]))
    forget(name if name != "hwgen.homework" else "toykey")
    before = set(sys.modules)
    belongs(f"{name}.x")
    assert len(files(name)) > 2
    assert dependencies.oddity(f"{name}.x") == ""
    # The libraries that came with it stay: imported twice, they would be other ones to the tests that follow.
    for known in [known for known in set(sys.modules) - before if known == name or known.startswith(f"{name}.")]:
        del sys.modules[known]
    monkeypatch.undo()
    forget("toykey")


def test_no_name_of_this_homework_is_in_the_keys_of_all_results() -> None:
    forget()
    modules = [name for name, what in dependencies._all_of_content("hwgen.homework.x") if what == "*"]
    counted: dict[str, int] = {}
    results = [(name, what) for name in modules if ".exercises." in name for what in definitions.module(name).trees if what.isidentifier()]
    for where, what in results:
        for one in dependencies.dependencies_of(where, what):
            counted[one] = counted.get(one, 0) + 1
    assert len(results) > 400
    assert [one for one, count in counted.items() if one.startswith("hwgen.homework") and count > len(results) / 2] == []


def test_a_file_that_a_module_read_is_behind_what_imports_it_by_a_text(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(package, {"parts": "from .leaf import unused\ndef load():\n    return unused()\n", "top": "def study(p):\n    return 1\n"})
    forget()
    function = importlib.import_module("toykey.top").study
    files = {"toykey.top.study": {"module toykey.parts": "a"}, "toykey.parts.load": {"b": "c"}, "toykey.leaf.unused": {"d": "e"}}
    monkeypatch.setattr(observed, "_readings", {**files, "toykey.leaf.deep": {"f": "g"}})
    assert set(observed.behind(dependencies.dependencies(function))) == {"module toykey.parts", "b", "d"}

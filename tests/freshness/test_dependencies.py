"""A key changes with what a result depends on, and with nothing else."""

from __future__ import annotations

import ast
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from freshness.keyed import key

from hwgen.freshness import definitions, dependencies, statements, texts
from hwgen.freshness.store import Store


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
    before = key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert key() != before


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
    before = key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert key() == before


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
    "a text that is evaluated": ("def study(problem):\n    return eval(problem)\n", "leaf.py", "x + 1"),
    "a text that is run elsewhere": ("from toykey.said import run\ndef study(problem):\n    return run(problem)\n", "leaf.py", "x + 1"),
    "a name among those of the module": (
        "def half(x):\n    return x / 2\ndef study(problem):\n    return globals()[problem](1)\n",
        "top.py",
        "x / 2",
    ),
    "a module among those that are loaded": (
        "import sys\ndef study(problem):\n    return sys.modules[problem].deep(1)\n",
        "leaf.py",
        "x + 1",
    ),
    "the loaded modules by another name": (
        "from sys import modules as known\ndef study(problem):\n    return known[problem].deep(1)\n",
        "leaf.py",
        "x + 1",
    ),
    "an import by a call": ("def study(problem):\n    return __import__(problem).leaf.deep(1)\n", "leaf.py", "x + 1"),
    "a module beside the package, in a function": (
        "def study(problem):\n    import toybeside\n    return toybeside.far(1)\n",
        "../toybeside.py",
        "x + 1",
    ),
    "a module beside the package, below another": (
        "def study(problem):\n    from toybelow.far import far\n    return far(1)\n",
        "../toybelow/far.py",
        "x + 1",
    ),
    "a table filled by a call that is assigned": (
        "TABLE = {}\ndef entered(name, f):\n    TABLE[name] = f\n    return f\none = entered('one', lambda: 3.5)\n"
        "def study(problem):\n    return TABLE\n",
        "top.py",
        "3.5",
    ),
    "a table filled by its own method": (
        "TABLE = {}\n_ = TABLE.setdefault('a', 3.5)\ndef study(problem):\n    return TABLE\n",
        "top.py",
        "3.5",
    ),
    "a table filled by a library's function": (
        "import operator\nTABLE = {}\n_ = operator.setitem(TABLE, 'a', 3.5)\ndef study(problem):\n    return TABLE\n",
        "top.py",
        "3.5",
    ),
    "a class that hears of those derived from it": (
        "class Shape:\n    known = {}\n    def __init_subclass__(cls):\n        Shape.known[cls.__name__] = cls\n"
        "class Square(Shape):\n    area = 3.5\ndef study(problem):\n    return Shape.known['Square'].area\n",
        "top.py",
        "3.5",
    ),
    "a table of classes": (
        "KNOWN = {}\nclass Shape:\n    def __init_subclass__(cls):\n        KNOWN[cls.__name__] = cls\n"
        "class Square(Shape):\n    area = 3.5\ndef study(problem):\n    return KNOWN['Square'].area\n",
        "top.py",
        "3.5",
    ),
    "a metaclass that enters classes": (
        "KNOWN = {}\nclass Enters(type):\n    def __init__(cls, *all):\n        KNOWN[cls.__name__] = cls\n"
        "class Shape(metaclass=Enters): pass\nclass Square(Shape):\n    area = 3.5\ndef study(problem):\n    return KNOWN['Square'].area\n",
        "top.py",
        "3.5",
    ),
    "a docstring that is read": ("def one():\n    '3.5'\ndef study(problem):\n    return one.__doc__\n", "top.py", "3.5"),
    "a docstring of the module": ("'3.5'\ndef study(problem):\n    return __doc__\n", "top.py", "3.5"),
    "a docstring by a library": (
        "from inspect import getdoc\ndef one():\n    '3.5'\ndef study(problem):\n    return getdoc(one)\n",
        "top.py",
        "3.5",
    ),
    "a docstring by its name": ("def one():\n    '3.5'\ndef study(problem):\n    return getattr(one, '__doc__')\n", "top.py", "3.5"),
    "the names of a function's module": (
        "def half(x):\n    return x / 2\ndef one(): pass\ndef study(problem):\n    return one.__globals__[problem](1)\n",
        "top.py",
        "x / 2",
    ),
    "the names of a frame's module": (
        "import sys\ndef half(x):\n    return x / 2\ndef study(problem):\n    return sys._getframe().f_globals[problem](1)\n",
        "top.py",
        "x / 2",
    ),
    "a name that a library looks up by a text": (
        "import pydoc\nSCALE = 3.5\ndef study(problem):\n    return pydoc.locate('toykey.top.SCALE')\n",
        "top.py",
        "3.5",
    ),
    "what a library finds in a module": (
        "import inspect\nSCALE = 3.5\ndef one(): pass\ndef study(problem):\n    return dict(inspect.getmembers(inspect.getmodule(one)))\n",
        "top.py",
        "3.5",
    ),
    "a type that is written as a text": (
        "import typing as t\nTHREE = t.Literal[3.5]\ndef one(x: 'THREE'): pass\ndef study(problem):\n    return t.get_type_hints(one)\n",
        "top.py",
        "3.5",
    ),
    "how a function is written": (
        "import inspect\ndef one():\n    return 1  # 3.5\ndef study(problem):\n    return inspect.getsource(one)\n",
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
    (package / "said.py").write_text("def run(text):\n    exec(text)\n")
    (package.parent / "toybelow").mkdir()
    for beside in ("toybelow/__init__.py", "toybelow/far.py", "toybeside.py"):
        (package.parent / beside).write_text("def far(x):\n    return x + 1\n")
    before = key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, "4.5"))
    assert key() != before


NAMING = "from toykey.deep import x\n\ndef study(problem):\n    return x.V\n"
# One after the other, by file: what `x` of the same text stands for, and then a value in it.
MEANT = {
    "a class": ({"deep/__init__.py": "class x:\n    V = 3\n"}, "deep/__init__.py"),
    "a module": ({"deep/__init__.py": "", "deep/x.py": "V = 3\n"}, "deep/x.py"),
    "a name before a module": ({"deep/__init__.py": "from toykey.near import K as x\n", "near.py": "class K:\n    V = 3\n"}, "near.py"),
    "all names of another module": ({"deep/__init__.py": "from toykey.near import *\n", "near.py": "class x:\n    V = 3\n"}, "near.py"),
    "a package": ({"deep/__init__.py": "", "deep/x.py": None, "deep/x/__init__.py": "V = 3\n"}, "deep/x/__init__.py"),
    "a module of it": ({"deep/x/__init__.py": "from .y import V\n", "deep/x/y.py": "V = 3\n"}, "deep/x/y.py"),
}


def test_what_a_name_stands_for_is_asked_again_when_modules_come_and_go(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_kept", Store(package.parent / "store"))  # what an earlier process read of the text
    (package / "deep").mkdir()
    (package / "top.py").write_text(NAMING)
    for what, (files, file) in MEANT.items():
        for name, text in files.items():
            path = package / name
            path.parent.mkdir(exist_ok=True)
            path.unlink() if text is None else path.write_text(text)
        before = key()
        path = package / file
        path.write_text(path.read_text().replace("3", "4"))
        assert key() != before, what


def test_a_value_made_beside_by_a_class_that_only_holds_it_is_no_dependency(package: Path) -> None:
    text = "from dataclasses import dataclass\n@dataclass\nclass Pair:\n    left: float\none = Pair(1.5)\ntwo = Pair(3.5)\n"
    text += "def study(problem):\n    return one\n"
    (package / "top.py").write_text(text)
    before = key()
    (package / "top.py").write_text(text.replace("3.5", "4.5"))
    assert key() == before
    (package / "top.py").write_text(text.replace("1.5", "2.5"))
    assert key() != before


def test_no_digit_of_a_value_is_left_out() -> None:
    long = np.linspace(0, 1, 5000)
    other = long.copy()
    other[2500] += 1e-13
    assert dependencies.in_full((long,)) != dependencies.in_full((other,))
    assert dependencies.in_full((long,)) == dependencies.in_full((long.copy(),))


def test_parts_of_a_key_do_not_run_together() -> None:
    assert dependencies.digest("ab", "c") != dependencies.digest("a", "bc")


def test_a_library_is_of_the_version_that_the_metadata_tell() -> None:
    told = metadata.packages_distributions()
    assert {"networkx", "jinja2", "_pytest"} <= set(told)
    for imported, names in told.items():
        versions = sorted({f"{name} {metadata.version(name)}" for name in names})
        said = dependencies.provided(imported).split(", ")
        assert [one.rpartition(" ")[0] for one in said if " " in one] == versions
    assert dependencies.provided("no_library_of_this_name") == "unknown"


def test_a_library_of_the_same_version_with_other_files_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    own = tmp_path / "theirs-0.1.dist-info"
    own.mkdir()
    (tmp_path / "theirs.py").write_text("VALUE = 1\n")
    (own / "METADATA").write_text("Name: theirs\nVersion: 0.1\n")

    def said(record: str) -> str:
        (own / "RECORD").write_text(record)
        dependencies.provided.cache_clear()
        return dependencies.provided("theirs")

    installed = said("theirs.py,sha256=a,9\n../../bin/theirs,sha256=x,9\ntheirs-0.1.dist-info/RECORD,,\n")
    assert installed.startswith("theirs 0.1 ")
    assert said("theirs.py,sha256=a,9\n../../bin/theirs,sha256=y,9\ntheirs-0.1.dist-info/RECORD,,\n") == installed
    assert said("theirs.py,sha256=b,9\n../../bin/theirs,sha256=x,9\ntheirs-0.1.dist-info/RECORD,,\n") != installed
    # It lies beside what is installed, as after pip install -e: its text counts too.
    before = said("theirs.py,sha256=a,9\n")
    (tmp_path / "theirs.py").write_text("VALUE = 2\n")
    assert said("theirs.py,sha256=a,9\n") != before


def test_a_module_that_is_read_whole_has_the_digest_of_its_parts_reading() -> None:
    for name in ("hwgen.judging.source_forms", "hwgen.freshness.definitions", "hwgen.model"):
        assert definitions.whole(name) == definitions.module(name).trees[definitions.WHOLE]


def test_trees_are_told_apart_by_all_that_ast_dump_tells_apart() -> None:
    texts = [
        *("x = 1", "x = 1.0", "x = '1'", "x = b'1'", "x = True", "x = None", "x: int = 1", "x = y = 1", "x, y = 1", "del x", "x", "x + y"),
        *("x - y", "f(x, *y)", "f(x, **y)", "def f(x=1): ...", "def f(*, x=1): ...", "lambda: x", "[x for y in z]", "{x for y in z}"),
        *("[x async for y in z]", "x[1:2]", "x[1::2]", "f'{x}'", "f'{x!r}'", "f'{x:3}'", "from . import x", "from .. import x"),
    ]
    trees = [ast.parse(text) for text in texts]
    assert len({statements.spelled(tree) for tree in trees}) == len({ast.dump(tree) for tree in trees}) == len(texts)
    assert statements.spelled(ast.parse("x=(1)  # so")) == statements.spelled(ast.parse("x = 1"))

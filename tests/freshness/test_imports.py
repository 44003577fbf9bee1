"""What an import gives a name is in the keys of what uses the name, as are the order of what gives it, and on which line it says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.keyed import key

RETURNS = "def study(problem):\n    return {}\n"
LEAF, TWO = "a = 1\nb = 2\n", "a = 2\n"
ORDERS = {
    "a function of a library": ("from math import sin as f\n", "from math import cos as f\n", "f(1)"),
    "another library's of the same name": ("from math import sqrt\n", "from cmath import sqrt\n", "sqrt(4)"),
    "a library under another's name": ("import math as m\n", "import cmath as m\n", "m.sqrt(2)"),
    "two functions exchanged": ("from math import sin as f, cos as g\n", "from math import cos as f, sin as g\n", "f(1) - 2 * g(1)"),
    "a builtin again": ("from math import pow\n", "import math\n", "pow(2, 3)"),
    "two names exchanged": ("from .leaf import a as x, b as y\n", "from .leaf import b as x, a as y\n", "x - 2 * y"),
    "two modules exchanged": ("from . import leaf as x, two as y\n", "from . import two as x, leaf as y\n", "x.a - 2 * y.a"),
    "the last of two imports": ("from .leaf import a\nfrom .two import a\n", "from .two import a\nfrom .leaf import a\n", "a"),
    "the last of an import and a value": ("from .leaf import a\na = 3\n", "a = 3\nfrom .leaf import a\n", "a"),
    "the last of two stars": ("from .leaf import *\nfrom .two import *\n", "from .two import *\nfrom .leaf import *\n", "a"),
    "the last of a star and a value": ("from .leaf import *\na = 3\n", "a = 3\nfrom .leaf import *\n", "a"),
    "annotations that are texts": ("from __future__ import annotations\n", "", "held.__annotations__\ndef held(a: int): ..."),
}
# How a name that a module took from a library comes to a result: by the text of the study, of that module, and what is replaced there.
ROADS = {
    "by the module": ("from . import leaf\n", "leaf.f(1)", ""),
    "by its name": ("from .leaf import f\n", "f(1)", ""),
    "by a star": ("from .leaf import *\n", "f(1)", ""),
    "in a table": ("from .leaf import T\n", "T[0](1)", "T = [f]\n"),
    "as a default": ("from .leaf import g\n", "g()(1)", "def g(h=f): return h\n"),
    "in a function without a name": ("from .leaf import g\n", "g()", "g = lambda: f(1)\n"),
    "as a base": ("from .leaf import G\n", "G().f(1)", "class G: f = staticmethod(f)\n"),
    "as a decorator": ("from .leaf import g\n", "g", "@f\ndef g(): ...\n"),
    "in the other branch": ("from .leaf import g\n", "g(1)", "TYPE_CHECKING = 0\nif TYPE_CHECKING:\n    pass\nelse:\n    g = f\n"),
}


@pytest.mark.parametrize("case", ORDERS)
def test_what_a_name_was_given_by_an_import_changes_the_key(package: Path, case: str) -> None:
    one, other, returned = ORDERS[case]
    (package / "leaf.py").write_text(LEAF)
    (package / "two.py").write_text(TWO)
    (package / "top.py").write_text(one + RETURNS.format(returned))
    before = key()
    (package / "top.py").write_text(other + RETURNS.format(returned))
    assert key() != before


@pytest.mark.parametrize("road", ROADS)
def test_what_another_module_took_from_a_library_changes_the_key(package: Path, road: str) -> None:
    top, returned, leaf = ROADS[road]
    (package / "top.py").write_text(top + RETURNS.format(returned))
    library, one, other = ("functools", "cache", "lru_cache") if road == "as a decorator" else ("math", "sin", "cos")
    (package / "leaf.py").write_text(f"from {library} import {one} as f\n{leaf}")
    before = key()
    (package / "leaf.py").write_text(f"from {library} import {other} as f\n{leaf}")
    assert key() != before


def test_an_import_that_a_result_does_not_use_is_not_in_its_key(package: Path) -> None:
    before = key()
    top = package / "top.py"
    top.write_text(top.read_text().replace("import numpy as np\n", "import math\nimport numpy as np\n"))
    assert key() == before


ACTIONS = {
    "the annotation of an argument": "def held(a: put(T)): ...\n",
    "the annotation of a keyword": "def held(*, a: put(T) = 1): ...\n",
    "the annotation of what is returned": "def held() -> put(T): ...\n",
    "an annotation of a method": "class Held:\n    def held(self, a: put(T)): ...\n",
    "a decorator without a name": "@(lambda f: put(T) or f)\ndef held(): ...\n",
    "a decorator from a table": "@{None: property}[put(T)]\ndef held(): ...\n",
    "the other branch of what is for types": "if TYPE_CHECKING:\n    pass\nelse:\n    T[0] = 5\n",
    "an entry of a tuple": "R = (T,)[0].append(5)\n",
    "one or the other": "R = (T if T else T).append(5)\n",
    "what is named on the way": "R = (z := T).append(5)\n",
    "a call's value": "R = held().append(5)\n",
    "arguments that are handed on": "R = list.append(*(T, 5))\n",
    "an object that is given up": "class Held:\n    def __del__(self): T[0] = 5\nR = Held()\nR = 1\n",
}


@pytest.mark.parametrize("action", ACTIONS)
def test_what_runs_at_the_top_for_something_else_changes_the_key(package: Path, action: str) -> None:
    texts = [f"def put(t):\n    t[0] = {value}\n" for value in (5, 6)]
    head = "from .leaf import put\nTYPE_CHECKING = 0\nT = [1]\ndef held(): return T\n"
    (package / "leaf.py").write_text(texts[0])
    (package / "top.py").write_text(head + ACTIONS[action] + RETURNS.format("T"))
    before = key()
    if "put" in ACTIONS[action]:
        (package / "leaf.py").write_text(texts[1])
    else:
        (package / "top.py").write_text(head + ACTIONS[action].replace("5", "6") + RETURNS.format("T"))
    assert key() != before


LINES = {
    "a caught error": "try:\n        1 / 0\n    except ZeroDivisionError as error:\n        return error.__traceback__.tb_lineno",
    "the calls so far": "return traceback.extract_stack()[-1]",
    "an error as a text": "try:\n        1 / 0\n    except ZeroDivisionError:\n        return traceback.format_exc()",
    "a warning": "with warnings.catch_warnings(record=True) as told:\n        warnings.warn('x')\n    return told[0].lineno",
}


@pytest.mark.parametrize("asked", LINES)
def test_on_which_line_something_stands_is_in_the_key_of_what_asks(package: Path, asked: str) -> None:
    text = f"import traceback, warnings\n# here\ndef study(problem):\n    {LINES[asked]}\n"
    (package / "top.py").write_text(text)
    before = key()
    (package / "top.py").write_text(text.replace("# here", "# here\n\n"))
    assert key() != before


def test_the_words_of_a_class_are_in_the_key_of_what_looks_at_its_table(package: Path) -> None:
    text = "class Held:\n    'one'\n" + RETURNS.format("[one for one in Held.__dict__.values()]")
    (package / "top.py").write_text(text)
    before = key()
    (package / "top.py").write_text(text.replace("'one'", "'two'"))
    assert key() != before


# How a module below a package comes to a result, where the package is bound by an import of a function, a class or another module.
BELOW = {
    "in a function": "def study(p):\n    from . import parts\n    return parts.alpha.f()\n",
    "in a function, as a value": "def study(p):\n    from . import parts\n    return [one.alpha.f() for one in [parts]]\n",
    "in a function, by the root": "def study(p):\n    import toykey.parts.beta\n    return toykey.parts.alpha.f()\n",
    "in a class": "class Box:\n    from . import parts\ndef study(p):\n    return Box.parts.alpha.f()\n",
    "in a method": "class Box:\n    def f(self):\n        from . import parts\n        return parts.alpha.f()\n"
    "def study(p):\n    return Box().f()\n",
    "of another module": "from . import held\ndef study(p):\n    return held.parts.alpha.f()\n",
    "of another module, by its name": "from .held import parts\ndef study(p):\n    return parts.alpha.f()\n",
    "of another module in a function": "def study(p):\n    from . import held\n    return held.parts.alpha.f()\n",
}


@pytest.mark.parametrize("road", BELOW)
def test_what_lies_below_a_package_that_is_bound_elsewhere_is_in_the_key(package: Path, road: str) -> None:
    (package / "parts").mkdir()
    for name, text in {"__init__": "", "alpha": "def f():\n    return 2.5\n", "beta": ""}.items():
        (package / "parts" / f"{name}.py").write_text(text)
    (package / "held.py").write_text("from . import parts\n")
    (package / "other.py").write_text("from .parts import alpha\n")
    (package / "top.py").write_text(BELOW[road])
    before = key()
    (package / "parts/alpha.py").write_text("def f():\n    return 3.5\n")
    assert key() != before

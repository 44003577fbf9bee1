"""A key changes with what other modules make of a name, and with what a name was made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.keyed import key

from hwgen.freshness import dependencies

USES_TABLE = "from toykey.problem import TABLE\ndef study(problem):\n    return TABLE\ndef other(problem):\n    return 1\n"
PROBLEM = (
    "TABLE = {}\nclass Sub:\n    LIMIT = 1\n"
    "def entered(name):\n    def enter(f):\n        TABLE[name] = f\n        return f\n"
    "    return enter\ndef apart():\n    return 1\n"
)
DISPATCH = "import functools\n@functools.singledispatch\ndef disp(x):\n    return x\n"
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
    "a module reached along its package": (
        "import toykey\ndef study(problem):\n    return toykey.alg.held.far()\n",
        {"alg/__init__": "", "alg/held": "def far():\n    return 3.5\n"},
        "alg/held",
    ),
    "a module of a package that is handed on": (
        "from operator import attrgetter\nimport toykey\ndef study(problem):\n    return attrgetter('alg.far')(toykey)()\n",
        {"alg": "def far():\n    return 3.5\n"},
        "alg",
    ),
    "a module asked of its package by a text": (
        "import toykey\ndef study(problem):\n    return getattr(toykey.alg, 'held').far()\n",
        {"alg/__init__": "", "alg/held": "def far():\n    return 3.5\n"},
        "alg/held",
    ),
    "a name of a package in the place of a module below it": (
        "import toykey\ndef study(problem):\n    return toykey.alg.far()\n",
        {"alg/__init__": "from .held import far\n", "alg/held": "def far():\n    return 3.5\n", "alg/far": ""},
        "alg/held",
    ),
    "a module in a folder without __init__": (
        "from toykey import loose\ndef study(problem):\n    return loose.held.far()\n",
        {"loose/held": "def far():\n    return 3.5\n"},
        "loose/held",
    ),
    "a module along a folder without __init__": (
        "import toykey\ndef study(problem):\n    return toykey.loose.held.far()\n",
        {"loose/held": "def far():\n    return 3.5\n"},
        "loose/held",
    ),
    "an entry among the targets of an assignment": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\n_, *TABLE['a'] = 0, 3.5\n"},
        "acts",
    ),
    "an object elsewhere that is added to": (USES_TABLE, {"acts": "from .problem import TABLE\nTABLE |= {'a': 3.5}\n"}, "acts"),
    "an operator for what it does": (USES_TABLE, {"acts": "from .problem import TABLE\n_ = TABLE << 3.5\n"}, "acts"),
    "what is given to a decorator of a library": (
        USES_TABLE,
        {"acts": "import functools\nfrom .problem import entered\n@functools.partial(entered, 'a')\ndef one():\n    return 3.5\n"},
        "acts",
    ),
    "a decorator that has the name of a library's": (
        USES_TABLE.replace("TABLE", "ENTRIES"),
        {
            "problem": "ENTRIES = {}\ndef cache(f):\n    ENTRIES['a'] = f\n    return f\n",
            "acts": "from .problem import cache\n@cache\ndef one():\n    return 3.5\n",
        },
        "acts",
    ),
    "a call elsewhere that registers, whose result is kept": (
        USES_TABLE,
        {"acts": "from .problem import entered\none = entered('p')(lambda: 3.5)\n"},
        "acts",
    ),
    "an entry made in a class's body elsewhere": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\nclass Setup:\n    'Words.'\n    TABLE['a'] = 3.5\n"},
        "acts",
    ),
    "an entry made by a call in a class's body": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\nclass Setup:\n    class Inner:\n        kept = TABLE.setdefault('a', 3.5)\n"},
        "acts",
    ),
    "an entry made for a default": (
        USES_TABLE,
        {"acts": "from .problem import TABLE\ndef unused(*, x=TABLE.setdefault('a', 3.5)): pass\n"},
        "acts",
    ),
    "an entry made for what a decorator is given": (
        USES_TABLE,
        {"acts": "import functools\nfrom .problem import TABLE\n@functools.lru_cache(TABLE.setdefault('a', 3.5))\ndef one(): pass\n"},
        "acts",
    ),
    "a class elsewhere that its base hears of": (
        "from toykey.shapes import KNOWN\ndef study(problem):\n    return KNOWN\n",
        {
            "shapes": "KNOWN = {}\nclass Shape:\n    def __init_subclass__(cls):\n        KNOWN[cls.__name__] = cls\n",
            "acts": "from .shapes import Shape\nclass Square(Shape):\n    area = 3.5\n",
        },
        "acts",
    ),
    "a method of an imported function that registers": (
        "from toykey.dispatch import disp\ndef study(problem):\n    return disp(1)\n",
        {"dispatch": DISPATCH, "acts": "from .dispatch import disp\n@disp.register\ndef one(x: int):\n    return 3.5\n"},
        "acts",
    ),
    "a method of a function here that registers": (
        "import functools\n@functools.singledispatch\ndef disp(x):\n    return x\n@disp.register\ndef one(x: int):\n    return 3.5\n"
        "def study(problem):\n    return disp(1)\n",
        {},
        "top",
    ),
}


EVERYBODYS = {
    "a setting of a library": "import numpy as np\nnp.set_printoptions(precision=int(3.5))\n",
    "an attribute of a library": "import mpmath\nmpmath.mp.dps = 3.5\n",
    "a seed": "import random\nrandom.seed(3.5)\n",
    "a setting of a library whose last value is kept": "import numpy as np\nold = np.set_printoptions(precision=int(3.5))\n",
    "a setting of a library in a class's body": "import numpy as np\nclass Setup:\n    np.set_printoptions(precision=int(3.5))\n",
    "a setting of a library for a default": "import numpy as np\ndef f(x=np.set_printoptions(precision=int(3.5))): pass\n",
    "a warning that is silenced": "from warnings import simplefilter\nsimplefilter('ignore', lineno=int(3.5))\n",
}


@pytest.mark.parametrize("what", list(EVERYBODYS))
def test_what_a_module_sets_in_a_library_counts_for_every_result(package: Path, what: str) -> None:
    (package / "acts.py").write_text(EVERYBODYS[what])
    before = key()
    (package / "acts.py").write_text(EVERYBODYS[what].replace("3.5", "4.5"))
    assert key() != before


def _written(package: Path, top: str, files: dict[str, str]) -> None:
    for name, text in {"problem": PROBLEM, **files, "top": top}.items():
        path = package / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("what", list(FRESH))
def test_no_result_stays_fresh_when_what_it_rests_on_has_changed(package: Path, what: str) -> None:
    top, files, place = FRESH[what]
    _written(package, top, files)
    before = key()
    assert key() == before
    path = package / f"{place}.py"
    assert path.read_text().count("3.5") == 1
    path.write_text(path.read_text().replace("3.5", "4.5"))
    assert key() != before


# What nobody follows name by name: every result depends on all of the content.
ODD = {
    "a name put into a module by setattr": "setattr",
    "a decorator elsewhere that registers": "the decorator entered",
    "what is given to a decorator of a library": "the decorator functools.partial",
}


@pytest.mark.parametrize("what", [what for what, (top, _, place) in FRESH.items() if top == USES_TABLE])
def test_what_acts_on_a_table_changes_nothing_that_does_not_reach_it_where_it_can_be_followed(package: Path, what: str) -> None:
    _, files, place = FRESH[what]
    _written(package, "from toykey.leaf import deep\ndef study(problem):\n    return deep(1)\n", files)
    before = key()
    assert ODD.get(what, "") in dependencies.oddity("toykey.top")
    path = package / f"{place}.py"
    path.write_text(path.read_text().replace("3.5", "4.5"))
    assert (key() == before) is (what not in ODD)


def test_an_action_in_a_folder_that_a_link_leads_to_counts(package: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    apart = tmp_path_factory.mktemp("apart")
    (apart / "__init__.py").write_text("")
    (apart / "round").symlink_to(apart)
    (apart / "acts.py").write_text("from toykey.problem import TABLE\nTABLE['a'] = 3.5\n")
    _written(package, USES_TABLE, {})
    (package / "common").symlink_to(apart)
    before = key()
    (apart / "acts.py").write_text("from toykey.problem import TABLE\nTABLE['a'] = 4.5\n")
    assert key() != before


def test_a_draft_beside_the_content_that_does_not_parse_does_nothing(package: Path) -> None:
    before = key()
    (package / "draft.py").write_text("from .leaf import LIMIT\nLIMIT[0] = (\n")
    assert key() == before

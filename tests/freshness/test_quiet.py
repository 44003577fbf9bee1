"""A call whose result is kept acts on whatever it may change: actions of many kinds, by many ways, beside what really happens."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from freshness.keyed import forget, key

from hwgen.freshness import dependencies

HELD = """import itertools
import numpy as np
class Kept:
    def __init__(self):
        self.seen, self.all = 0, []
    def put(self, value):
        self.seen = value
        return self
    def grown(self, value):
        self.all.append(value)
        return value
TABLE, LIST, NEST, SET = {"a": 1}, [1, 2], [[1], [2]], {1}
ARRAY, OBJECT = np.zeros(3), Kept()
COUNT, RNG, ROWS = [], [], []
def counted():
    n = [0]
    def step(by):
        n[0] += by
        return n[0]
    return step
STEP = counted()
"""
TOP = """from . import held
def study(problem):
    kept, drawn = held.OBJECT, getattr(held.RNG, 'bit_generator', 0) and held.RNG.random()
    shown = [held.TABLE, held.LIST, held.NEST, held.SET, held.ARRAY, kept.seen, kept.all, str(held.COUNT), drawn, list(held.ROWS)]
    return repr((shown, held.STEP(0)))
"""
# With a name for what passes nothing of a content is known to be harmless: it stands there for what needs it alone.
PASSING = {
    "COUNT": "itertools.count()",
    "RNG": "np.random.default_rng(1)",
    "ROWS": "zip([1, 2, 3, 4], 'abcd')",
}
# What is done to one of these, by the value that is edited.
ACTIONS = {
    "an entry": "TABLE['a'] = V",
    "an entry that is added": "TABLE.setdefault('b', V)",
    "entries": "TABLE.update(b=V)",
    "a table that grows": "TABLE.__ior__({'b': V})",
    "an entry by its function": "operator.setitem(TABLE, 'a', V)",
    "an entry that goes": "TABLE.pop('a') if V > 4 else 0",
    "one more": "LIST.append(V)",
    "more": "LIST.extend([V])",
    "another order": "LIST.sort(key=lambda x: x * (4 - V))",
    "a list that goes": "LIST.clear() if V > 4 else 0",
    "a list by its class": "list.append(LIST, V)",
    "a slice": "LIST[:1] = [V]",
    "what is added to it": "(held := LIST).__iadd__([V])",
    "an inner list": "NEST[0].append(V)",
    "an inner list by a loop": "[one.append(V) for one in NEST]",
    "an inner list of a sum": "(NEST + NEST)[0].append(V)",
    "an inner list of a copy": "list(NEST)[0].append(V)",
    "an inner list of a table": "dict(a=NEST)['a'][0].append(V)",
    "an inner list of a pair": "(NEST, 1)[0][0].append(V)",
    "an inner list by its place": "max(NEST).append(V)",
    "an inner list of zip": "[a.append(V) for a, b in zip(NEST, NEST)]",
    "a heap": "heapq.heappush(LIST, V)",
    "an array": "np.copyto(ARRAY, V)",
    "an array by an operation": "np.add(ARRAY, V, ARRAY)",
    "an array by name": "np.add(ARRAY, V, out=ARRAY)",
    "an array of a sum": "np.sum([[V]] * 3, 1, float, ARRAY)",
    "an array's method": "ARRAY.fill(V)",
    "an array's method with a place": "ARRAY.clip(V, 9, ARRAY)",
    "places of an array": "np.put(ARRAY, 0, V)",
    "an array at places": "np.add.at(ARRAY, [0], V)",
    "another view": "np.reshape(ARRAY, (3, 1)).fill(V)",
    "a part": "ARRAY[1:].fill(V)",
    "an array that is none of its own": "np.asarray(ARRAY).fill(V)",
    "an attribute": "setattr(OBJECT, 'seen', V)",
    "a method": "OBJECT.put(V)",
    "a method that adds": "OBJECT.grown(V)",
    "a method of its class": "held_class.put(OBJECT, V)",
    "a set": "SET.add(V)",
    "a counter": "[next(COUNT) for _ in range(int(V))]",
    "a generator": "RNG.random(int(V))",
    "a generator by a library": "np.random.default_rng(RNG).random(int(V))",
    "what is gone through": "[one for one, _ in zip(ROWS, range(int(V) - 3))]",
    "a closure": "STEP(V)",
    "a method that is handed on": "(lambda f: f(V))(LIST.append)",
    "by map": "list(map(LIST.append, [V]))",
    "by partial": "functools.partial(LIST.append, V)()",
    "by reduce": "functools.reduce(operator.iadd, [[V]], LIST)",
    "by sorted": "sorted([V], key=LIST.append)",
    "by a text": "getattr(LIST, 'append')(V)",
    "by a shuffle": "random.Random(int(V)).shuffle(NEST)",
    "nothing": "V + 1",
    "what is its own": "(lambda own: [own.append(V), own])([])",
    "a new array": "np.add(ARRAY, V)",
}
HEAD = "import functools, heapq, operator, random\nimport numpy as np\n"
NAMES = "from .held import ARRAY, COUNT, LIST, NEST, OBJECT, RNG, ROWS, SET, STEP, TABLE, Kept as held_class\n"
# How it comes to be done: what stands in a module of tools, and what at the top of the module that keeps the result.
WAYS = {
    "there": ("", NAMES + "_x = [{0}]\n"),
    "in a function": (NAMES + "def done(V):\n    return {1}\n", "from .tools import done\n_x = done({2})\n"),
    "in a function that another calls": (
        NAMES + "def done(V):\n    return {1}\ndef calls(V):\n    return [done(V)]\n",
        "from . import tools\n_x = tools.calls({2})\n",
    ),
    "in a function that is handed over": (
        NAMES + "def done(V):\n    return {1}\ndef calls(f, V):\n    return f(V)\n",
        "from .tools import calls, done\n_x = calls(done, V={2})\n",
    ),
    "in a table of functions": (NAMES + "DO = {{'a': lambda V: {1}}}\n", "from .tools import DO\n_x = DO['a']({2})\n"),
    "in a function within": (
        NAMES + "def calls(V):\n    def done():\n        return {1}\n    return done()\n",
        "from .tools import calls\n_x = calls({2})\n",
    ),
    "in what a function returns": (
        NAMES + "def makes(V):\n    return lambda: {1}\n",
        "from .tools import makes\n_made = makes({2})\n_x = _made()\n",
    ),
    "in a method": (
        NAMES + "class Does:\n    def done(self, V):\n        return {1}\n",
        "from .tools import Does\n_x = Does().done({2})\n",
    ),
    "in the making of an object": (
        NAMES + "class Does:\n    def __init__(self, V):\n        self.x = {1}\n",
        "from .tools import Does\n_x = Does({2})\n",
    ),
    "in a field's default": (
        NAMES + "import dataclasses\ndef done():\n    V = {2}\n    return {1}\n@dataclasses.dataclass\nclass Does:\n"
        "    x: object = dataclasses.field(default_factory=done)\n",
        "from .tools import Does\n_x = Does()\n",
    ),
    "in a property": (
        NAMES
        + "class Does:\n    @property\n    def done(self):\n        V = {2}\n        return {1}\ndef calls(does):\n    return does.done\n",
        "from .tools import Does, calls\n_x = calls(Does())\n",
    ),
    "in a default": (NAMES + "def done(V):\n    return {1}\n", "from .tools import done\ndef f(x=done({2})):\n    pass\n"),
    "in a function that is kept": (
        NAMES + "@functools.cache\ndef done(V):\n    return {1}\n",
        "from .tools import done\n_x = done({2})\n",
    ),
    "by another name": (
        NAMES + "def done(V):\n    return {1}\nother = done\n",
        "from .tools import other as f\n_x = [f({2}) for _ in [0]]\n",
    ),
    "in an alternative": (NAMES + "def done(V):\n    return {1}\n", "from .tools import done\n_x = (done if {2} else len)({2})\n"),
}


HARMLESS = ("nothing", "what is its own", "a new array")
# What nobody follows name by name: all of the content counts.
ODD = ("setattr", "operator.setitem", "operator.iadd")
# Ways by which anything that is named may be called, such as the methods of what is made beside the array.
WIDE = {
    "in a function that is handed over",
    "in a table of functions",
    "in what a function returns",
    "in the making of an object",
    "in a property",
    "by another name",
    "in an alternative",
}


def _texts(action: str, way: str, value: float) -> dict[str, str]:
    done = ACTIONS[action]
    if "=" in done and done.split(" = ")[0] != done and not done.startswith("("):
        target, given = done.split(" = ")
        container, _, index = target.partition("[")
        index = "slice(None, 1)" if index == ":1]" else index[:-1]
        done = f"{container}.__setitem__({index}, {given})" if way == "there" else f"[0 for {target} in [{given}]]"
    tools, acts = WAYS[way]
    direct = re.sub(r"\bV\b", str(value), done)
    return {
        "held": HELD + "".join(f"{name} = {made}\n" for name, made in PASSING.items() if name in ACTIONS[action]),
        "top": TOP,
        "tools": HEAD + tools.format(direct, done, value),
        "acts": HEAD + acts.format(direct, done, value),
    }


def _now(package: Path, texts: dict[str, str]) -> tuple[str, str]:
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text)
    made = key()
    odd = dependencies.oddity("toykey.top")
    assert not odd or any(one in odd for one in ODD), odd
    forget()
    importlib.import_module("toykey.acts")
    return made, importlib.import_module("toykey.top").study(None)


@pytest.mark.parametrize("way", list(WAYS))
def test_what_is_changed_by_a_call_whose_result_is_kept_is_in_the_keys(package: Path, way: str) -> None:
    stale, coarse, changed = [], [], 0
    for action in ACTIONS:
        (before, then), (after, now) = (_now(package, _texts(action, way, value)) for value in (3.5, 5.5))
        changed += then != now
        if then != now and before == after:
            stale.append(action)
        if action in HARMLESS and before != after:
            coarse.append(action)
    assert stale == []
    assert changed > 40
    assert coarse == (["a new array"] if way in WIDE else [])

"""An operator, an index, an attribute or a loop at the top of a module may change an object: a key then changes with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.keyed import key

from hwgen.freshness import operated

A_CLASS = "class Kept:\n    seen = None\n    def {}:\n        self.seen = {}\n        return self\nHELD = Kept()\n"
READS = "from toykey.held import HELD\ndef study(problem):\n    return HELD.seen\n"
GOES = "from toykey.held import HELD\ndef study(problem):\n    return next(HELD)\n"
LISTED = "from toykey.held import SEEN\ndef study(problem):\n    return SEEN\n"


def _class(signature: str, what: str = "other") -> str:
    return A_CLASS.format(signature, what)


# What holds the object, what acts on it elsewhere, and keeps what the operation gives.
KEPT = {
    "an operator": (_class("__lshift__(self, other)"), "_x = HELD << 3.5\n"),
    "an operator beside a number": (_class("__radd__(self, other)"), "_x = 3.5 + HELD\n"),
    "a sign": (_class("__neg__(self)", "1"), "_x = [-HELD, 3.5]\n"),
    "an index": (_class("__getitem__(self, other)"), "_x = HELD[3.5]\n"),
    "an annotation": (_class("__getitem__(self, other)"), "_x: HELD[3.5] = 1\n"),
    "an attribute": (_class("__getattr__(self, other)"), "_x = HELD.far, 3.5\n"),
    "a comparison": (_class("__lt__(self, other)"), "_x = HELD < 3.5\n"),
    "a membership": (_class("__contains__(self, other)"), "_x = 3.5 in HELD\n"),
    "a text": (
        "class Kept:\n    def __format__(self, other):\n        self.seen = other\n        return other\nHELD = Kept()\n",
        "_x = f'{HELD:3.5}'\n",
    ),
    "a property": ("class Kept:\n    @property\n    def far(self):\n        self.seen = 1\nHELD = Kept()\n", "_x = HELD.far, 3.5\n"),
    "a default": (_class("__lshift__(self, other)"), "def _x(y=HELD << 3.5): pass\n"),
    "an annotation of a parameter": (_class("__getitem__(self, other)"), "def _x(y: HELD[3.5]): pass\n"),
    "in a class's body": (_class("__lshift__(self, other)"), "class _X:\n    y = HELD << 3.5\n"),
    "in what a decorator is given": (
        _class("__lshift__(self, other)"),
        "import functools\n@functools.lru_cache(len([HELD << 3.5]))\ndef _x(): pass\n",
    ),
    "within a call of the standard library": (_class("__lshift__(self, other)"), "_x = len([HELD << 3.5])\n"),
    "a method given by an assignment": (
        "class Kept:\n    __lshift__ = lambda self, other: vars(self).update(seen=other)\nHELD = Kept()\n",
        "_x = HELD << 3.5\n",
    ),
    "a method by another name": (
        "def put(self, other):\n    self.seen = other\nclass Kept: pass\nKept.__lshift__ = put\nHELD = Kept()\n",
        "_x = HELD << 3.5\n",
    ),
    "by a method that it calls": (
        "class Kept:\n    def put(self, other):\n        self.seen = other\n"
        "    def __lshift__(self, other):\n        return self.put(other)\nHELD = Kept()\n",
        "_x = HELD << 3.5\n",
    ),
    "by another name of a table": (
        "class Kept:\n    seen = {}\n    def __lshift__(self, other):\n"
        "        table = self.seen\n        table[1] = other\nHELD = Kept()\n",
        "_x = HELD << 3.5\n",
    ),
}
GONE_THROUGH = {
    "a generator": ("HELD = (one for one in range(9))\n", "_x = [one for one in HELD if one < 3.5]\n"),
    "an iterator": ("HELD = iter(range(9))\n", "_x = 3.5 in HELD\n"),
    "what a function yields": ("def every():\n    yield from range(9)\nHELD = every()\n", "_x = 3.5 in HELD\n"),
}
PURE = (
    "class Kept:\n    def __lshift__(self, other):\n        made = {}\n        made[1] = other\n        return made\n"
    "    @property\n    def far(self):\n        return sum([1, 2])\nHELD = Kept()\n"
)


def _differs(package: Path, texts: dict[str, str]) -> bool:
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text)
    assert "".join(texts.values()).count("3.5") == 1
    before = key()
    assert key() == before
    for name, text in texts.items():
        (package / f"{name}.py").write_text(text.replace("3.5", "4.5"))
    return key() != before


@pytest.mark.parametrize("what", list(KEPT))
def test_what_an_operation_does_to_an_object_elsewhere_is_in_the_keys_though_its_result_is_kept(package: Path, what: str) -> None:
    held, acts = KEPT[what]
    assert _differs(package, {"held": held, "acts": f"from .held import HELD\n{acts}", "top": READS})


@pytest.mark.parametrize("what", list(KEPT))
def test_what_an_operation_does_to_an_object_beside_it_is_in_the_keys_too(package: Path, what: str) -> None:
    held, acts = KEPT[what]
    assert _differs(package, {"held": held + acts, "top": READS})


@pytest.mark.parametrize("what", list(GONE_THROUGH))
def test_how_far_something_was_gone_through_is_in_the_keys(package: Path, what: str) -> None:
    held, acts = GONE_THROUGH[what]
    assert _differs(package, {"held": held, "acts": f"from .held import HELD\n{acts}", "top": GOES})


def test_the_name_of_an_attribute_is_in_the_keys_where_its_object_is_told_of_it(package: Path) -> None:
    held = "SEEN = []\nclass Told:\n    def __set_name__(self, owner, name):\n        SEEN.append(name)\nONE = Told()\n"
    for acts in ("class Owner:\n    x{} = Told()\n", "class Owner:\n    x{} = ONE\n"):
        (package / "held.py").write_text(held)
        (package / "acts.py").write_text("from .held import ONE, Told\n" + acts.format("_"))
        (package / "top.py").write_text(LISTED)
        before = key()
        (package / "acts.py").write_text("from .held import ONE, Told\n" + acts.format("_other"))
        assert key() != before


def test_operators_that_change_nothing_leave_every_key_as_narrow_as_it_was(package: Path) -> None:
    assert not operated.change([operated.methods(PURE)])
    assert not _differs(package, {"held": PURE, "acts": "from .held import HELD\n_x = HELD << 3.5, HELD.far\n", "top": READS})
    assert not _differs(package, {"held": PURE + "_x = HELD << 3.5\n", "top": READS})


def test_a_function_of_a_library_is_none_of_the_content_with_the_same_name() -> None:
    norm = "import numpy as np\nKEPT = {{}}\ndef norm(x):\n    KEPT[x] = x\n"
    text = norm + "class Step:\n    @property\n    def length(self):\n        return {}norm(self)\n"
    acting = {begins: operated.change([operated.methods(text.format(begins))]) for begins in ("np.linalg.", "", "other.")}
    assert acting == {"np.linalg.": False, "": True, "other.": True}


def test_no_class_of_this_homework_has_operators_change_anything() -> None:
    assert not operated.operators_act("hwgen.homework")

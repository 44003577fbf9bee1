"""What the making of a class, or a sum, changes of another module is in the keys of what reaches that."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.keyed import key

MEMBERS = {
    "its own": ("", "class Grid(Enum):\n    A = 2.5\n    def __init__(self, k):\n        TABLE['k'] = k\n"),
    "of a class of another module": (
        "from enum import Enum\nfrom .held import TABLE\nclass Base(Enum):\n    def __init__(self, k):\n        TABLE['k'] = k\n",
        "from .tools import Base\nclass Grid(Base):\n    A = 2.5\n",
    ),
    "in a class of its module": (
        "",
        "class Base(Enum):\n    def __init__(self, k):\n        TABLE['k'] = k\nclass Grid(Base):\n    A = 2.5\n",
    ),
}


@pytest.mark.parametrize("what", MEMBERS)
def test_members_of_a_class_whose_making_calls_its_methods_are_in_the_keys(package: Path, what: str) -> None:
    tools, acts = MEMBERS[what]
    (package / "held.py").write_text("TABLE = {}\n")
    (package / "tools.py").write_text(tools)
    (package / "top.py").write_text("from .held import TABLE\ndef study(p):\n    return TABLE\n")
    head = "from enum import Enum\nfrom .held import TABLE\n"
    (package / "acts.py").write_text(head + acts)
    before = key()
    (package / "acts.py").write_text(head + acts.replace("2.5", "3.5"))
    assert key() != before


def test_members_of_a_plain_class_are_in_no_other_key(package: Path) -> None:
    (package / "held.py").write_text("TABLE = {}\n")
    (package / "top.py").write_text("from .held import TABLE\ndef study(p):\n    return TABLE\n")
    text = (
        "from typing import NamedTuple\nfrom .held import TABLE\nclass P(NamedTuple):\n    a: float = 2.5\n    def f(self): return TABLE\n"
    )
    (package / "acts.py").write_text(text)
    before = key()
    (package / "acts.py").write_text(text.replace("2.5", "3.5"))
    assert key() == before


@pytest.mark.parametrize("sum_", ["sum([], LISTS)", "sum([], start=LISTS)", "sum(*PAIR)"])
def test_a_sum_of_nothing_is_what_it_begins_with(package: Path, sum_: str) -> None:
    (package / "held.py").write_text("LISTS = []\nPAIR = ([], LISTS)\n")
    (package / "top.py").write_text("from .held import LISTS\ndef study(p):\n    return LISTS\n")
    text = f"from .held import LISTS, PAIR\ndef make():\n    x = {sum_}\n    x.append([2.5])\n    return 1\nX = make()\n"
    (package / "acts.py").write_text(text)
    before = key()
    (package / "acts.py").write_text(text.replace("2.5", "3.5"))
    assert key() != before

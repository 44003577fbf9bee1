"""Each binding of a notation table is a definition of its own: whoever uses it is stale when it changes, and nobody else."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from freshness.keyed import forget

from hwgen.freshness import dependencies

NOTED = """
from hwgen.model import value
from hwgen.model.catalog import Exercise
from toykey.leaf import deep

exercise = Exercise("toy", title="Toy", problem=None)
exercise.notation(
    __name__,
    {
        "A": value(lambda problem, x: deep(x) + 10),
        r"\\hat B": ("an estimate", value(lambda x: x - 20)),
        "x": value(lambda: 30),
        "y": "a number",
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
    forget()
    claims = importlib.import_module("toykey.claims").exercise.nouns
    return {name: dependencies.digest(*dependencies.dependencies_of_claim(claim).items()) for name, claim in claims.items()}


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        ("noted.py", "+ 10", "+ 11", {"first"}),
        ("noted.py", "- 20", "- 21", {"second"}),
        ("noted.py", "an estimate", "a guess", set()),
        ("noted.py", "a number", "a figure", set()),
        ("noted.py", "lambda: 30", "lambda: 31", set()),
        ("leaf.py", "x + 1", "x + 2", {"first"}),
        ("noted.py", '"x": value(lambda: 30)', '"z": value(lambda: 30)', set()),
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


HANDED = "def enter(exercise, table):\n    exercise.notation(__name__, table)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    __name__,\n    {\n", "    __name__,\n    table={\n"),
        ("\n    },\n)", "\n    **OTHER},\n)"),
        ("\n    },\n)", "\n    } | OTHER,\n)"),
        ("exercise.notation(\n    __name__,\n", "from toykey.handed import enter\nenter(exercise,\n"),
        ("exercise.notation(\n    __name__,\n", "from toykey.handed import enter\nENTERED = enter(exercise,\n"),
        ("exercise.notation(\n    __name__,\n", "exercise.notation(\n    'toykey.leaf',\n"),
    ],
)
def test_a_binding_that_comes_from_elsewhere_is_in_the_keys_of_what_uses_it(package: Path, old: str, new: str) -> None:
    # The entry stands in another table as well, where that one counts.
    own = NOTED.replace("exercise = ", 'OTHER = {"A": value(lambda problem, x: deep(x) + 10)}\nexercise = ')
    if "OTHER" in new:
        own = own.replace('    {\n        "A": value(lambda problem, x: deep(x) + 10)', '    {\n        "A": value(lambda problem, x: 0)')
    else:
        own = own.replace('OTHER = {"A": value(lambda problem, x: deep(x) + 10)}\n', "OTHER = 0\n")
    assert own.count("+ 10") == own.count(old) == 1
    (package / "handed.py").write_text(HANDED)
    (package / "noted.py").write_text(own.replace(old, new))
    (package / "claims.py").write_text(CLAIMS)
    before = _claim_keys()
    (package / "noted.py").write_text((package / "noted.py").read_text().replace("+ 10", "+ 11"))
    assert _claim_keys()["first"] != before["first"]

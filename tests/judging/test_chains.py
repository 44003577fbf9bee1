"""What an exception of an oracle says: the author's own line, whatever the folder of the content is called."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hwgen.freshness import sources
from hwgen.judging.chains import fault

ORACLE = """import numpy as np


def inverse():
    return np.linalg.inv(np.zeros((2, 2)))
"""


@pytest.fixture(autouse=True)
def nobodys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No package is an author's yet: other tests, in this process, have bound functions of theirs."""
    monkeypatch.setattr(sources, "_roots", set())
    sources.is_authors.cache_clear()
    yield
    sources.is_authors.cache_clear()


@pytest.mark.parametrize("package", ["week6", "exercises6"])
def test_a_fault_below_a_library_is_told_at_the_line_of_the_author(package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").touch()
    (tmp_path / package / "oracles.py").write_text(ORACLE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    sources.belongs(package)
    with pytest.raises(np.linalg.LinAlgError) as raised:
        importlib.import_module(f"{package}.oracles").inverse()
    said, place, function = fault(raised.value)
    assert (said, str(place), function) == ("raised LinAlgError: Singular matrix", f"{package}/oracles.py:5", "inverse")


def test_a_fault_without_code_of_the_author_has_no_line_of_a_library() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        1 / 0  # noqa: B018 # for what it raises
    assert fault(raised.value) == ("raised ZeroDivisionError: division by zero", None, "")
    assert fault(ValueError("never raised")) == ("raised ValueError: never raised", None, "")

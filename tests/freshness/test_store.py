"""What is kept comes back whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hwgen.freshness.store import MISSING, Store


def test_a_result_comes_back(tmp_path: Path) -> None:
    Store(tmp_path).put("ab12", {"x": np.arange(3.0)})
    assert Store(tmp_path).get("ab12")["x"].tolist() == [0, 1, 2]


def test_an_unknown_key_is_missing(tmp_path: Path) -> None:
    assert Store(tmp_path).get("ab12") is MISSING


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"X" + data[41:]])
def test_a_damaged_entry_is_missing(tmp_path: Path, damage) -> None:
    Store(tmp_path).put("ab12", list(range(100)))
    file = tmp_path / "ab" / "ab12"
    file.write_bytes(damage(file.read_bytes()))
    assert Store(tmp_path).get("ab12") is MISSING


def test_a_result_under_another_key_is_missing(tmp_path: Path) -> None:
    for key in ("ab12", "ab13"):
        Store(tmp_path).put(key, key)
    (tmp_path / "ab/ab12").replace(tmp_path / "ab/ab13")
    assert Store(tmp_path).get("ab13") is MISSING

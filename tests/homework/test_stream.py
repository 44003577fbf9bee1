from __future__ import annotations

import numpy as np
import pytest

from hwgen.homework import stream


def test_each_round_pairs_the_estimate_with_its_floor() -> None:
    found = stream.paired(2 * stream.CHUNK, 3)
    assert len(found["estimate"]) == len(found["floor"]) == 3
    assert min(found["estimate"] + found["floor"]) > 0
    assert found["peak"] > 10_000_000


def test_the_floor_draws_and_multiplies_in_the_type_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, ...]] = []
    generator = np.random.default_rng

    class Counting:
        def __init__(self, seed: int) -> None:
            self.rng = generator(seed)

        def standard_normal(self, *, out: np.ndarray, dtype: type) -> None:
            assert out.dtype == np.float32
            drawn.append(out.shape)
            self.rng.standard_normal(out=out, dtype=dtype)

    monkeypatch.setattr(np.random, "default_rng", Counting)
    stream.floor(np.ones((4, 3), np.float32), p=40, seed=0, chunk=8)
    assert drawn == [(3, 8)] * 5

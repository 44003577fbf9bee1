"""The end of a build, whatever way it took."""

from __future__ import annotations

from pathlib import Path

import pytest

from hwgen.program import finish, snapshot


def test_a_build_without_a_change_says_that_nothing_was_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(snapshot, "moved", lambda folders, since=0: [])
    Path("build").mkdir()
    Path("build/a.pdf").touch()
    Path("build/ledger.json").touch()
    said = ["one: 3 supported (3 printed, 3 judged now)", "2 of 2 displayed relations under test"]
    finish.hand_over(["pdf"], Path("build/a.pdf"), [], said, [], ["warning: w"])
    assert snapshot.unchanged(["pdf"]) == (["warning: w"], ["one: 3 supported (3 printed, 0 judged now)", said[1], "build/a.pdf"])

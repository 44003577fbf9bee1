"""The end of a build, whatever way it took."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

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


@pytest.mark.parametrize("page", ["the same", "another"])
def test_what_was_made_to_be_handed_in_with_an_older_page_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    output = tmp_path / "build/a.pdf"
    output.parent.mkdir()
    output.write_text("the same")
    beside = [output.with_suffix(ending) for ending in (".eml", ".zip")]
    for path in (*beside, other := output.with_name("b.eml")):
        path.touch()
    monkeypatch.setattr(finish.guards, "noticed", lambda printed: [])
    run: Any = SimpleNamespace(finish=lambda formulas, output, touch: [] if page == "the same" else [str(output.write_text(page))])
    homework: Any = SimpleNamespace(recorded=(), who=SimpleNamespace(attach=False))
    finish.finish(homework, {}, run, output)
    assert [path.exists() for path in (*beside, other)] == [page == "the same", page == "the same", True]
    said = "build/a.eml: removed, as it held an older page; hwgen submit writes it again"
    assert (said in capsys.readouterr().err) == (page == "another")

"""`hwgen report` writes one page and the ledger behind it, whole, and nothing else beside them."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from hwgen.page import signature
from hwgen.program import looking, report, snapshot
from hwgen.program.printed_on import Shown
from hwgen.report.graph import Label
from hwgen.typesetting import noted
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.workplace import FOLDER


def test_the_page_and_its_ledger_are_written_whole(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    path = report.write(report.judge(document))
    assert path == document.request.root / "build/report/index.html"
    assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert {one.name for one in path.parent.iterdir()} - {"snapshot.json"} == {
        "index.html",
        "kept",
        "ledger.json",
        "pictures",
        "state.json",
    }
    written = json.loads((path.parent / "ledger.json").read_text())
    assert [one["name"] for one in written["findings"]] == [one["name"] for one in evidence["findings"]]
    assert written["tallies"] == evidence["tallies"]


def test_a_second_report_of_the_same_says_that_nothing_changed(toy_evidence: Any) -> None:
    document, _ = toy_evidence
    state = document.request.root / report.FOLDER / report.STATE
    state.unlink(missing_ok=True)
    first, second = (report.write(report.judge(document)).read_text() for _ in range(2))
    assert "There is none yet." in first
    assert re.search(r"Compared with the report of [\d-]+ [\d:]+: ", second) or "after which nothing changed" in second
    assert "no printed number, no array." in second


def test_a_damaged_state_is_no_state(toy_evidence: Any) -> None:
    document, _ = toy_evidence
    state = document.request.root / report.FOLDER / report.STATE
    state.parent.mkdir(parents=True, exist_ok=True)
    for damaged in ("{", '{"now": {"of": "an older report"}}'):
        state.write_text(damaged)
        assert "Nothing to compare with" in report.write(report.judge(document)).read_text()


def test_statements_have_the_numbers_that_latex_printed(toy_evidence: Any) -> None:
    document, _ = toy_evidence
    record = document.request.root / FOLDER / f"{JOBNAME}.aux"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(r"\newlabel{thm:gap}{{II.1}{6}{Any \emph  {model}}{theorem.1}{}}" + "\n" + r"\newlabel{broken")
    assert report._labels(record) == {"thm:gap": Label("II.1", "6")}
    record.unlink()
    assert report._labels(record) == {}


def test_without_a_change_the_report_is_there_at_once(
    toy_evidence: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document, _ = toy_evidence
    monkeypatch.chdir(document.request.root)
    report.write(report.judge(document))
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**9)
    written = []
    monkeypatch.setattr(report, "write", lambda known: written.append(1) or Path("build/report/index.html"))

    def reported(*arguments: str) -> str:
        # Not by CliRunner, which sets names of click: a computation in this process would be taken to have done so.
        looking.report.main(list(arguments), standalone_mode=False)
        return capsys.readouterr().out

    for _ in range(2):
        assert reported() == "build/report/index.html\n"
    assert written == [1]
    page = Path("build/report/index.html")
    page.write_text(page.read_text() + " ")
    reported()
    assert written == [1, 1]
    reported("--effort=quick")
    assert written == [1, 1, 1]
    reported()
    for kind in (noted.file(Path("HW4_LOVELACE_ADA.pdf"), noted.LINES), Path("build/HW4_LOVELACE_ADA.synctex.gz")):
        before = len(written)
        kind.parent.mkdir(parents=True, exist_ok=True)
        kind.write_text("{}")  # the links and notes of a page come after it
        reported()
        reported()
        assert len(written) == before + 1


def test_a_picture_that_came_with_a_folder_is_not_shown(toy_evidence: Any) -> None:
    document, _ = toy_evidence
    report.write(report.judge(document))
    (path,) = (document.request.root / report.FOLDER / report.PICTURES).glob("*.svg")
    own = path.read_bytes()
    path.write_bytes(own[signature.LENGTH :].replace(b"<path", b"<g", 1))  # as it was before they were signed
    report.write(report.judge(document))
    assert path.read_bytes() == own


def test_a_report_says_of_which_pdf_its_pages_are_where_a_source_is_newer(
    toy_evidence: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document, _ = toy_evidence
    monkeypatch.chdir(tmp_path)
    here = dataclasses.replace(document.page, root=Path())
    monkeypatch.setattr(report, "shown_by", lambda page: Shown(name="made.pdf"))
    monkeypatch.setattr(snapshot, "computed", lambda content: [])
    for path in ("templates/a.tex.j2", "build/made.pdf"):
        Path(path).parent.mkdir()
        Path(path).write_text("1")
        time.sleep(0.02)
    assert report.older(here) == []
    Path("templates/a.tex.j2").write_text("2")
    assert report.older(here) == ["pages are told as in build/made.pdf, after which templates/a.tex.j2 was saved, or copied here"]

r"""The real homework: built once from nothing, read back from its PDF, and then broken by hand in ways that must not pass."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from pictures import MOST, needs_poppler, unlike
from PIL import Image
from pypdf import PdfReader

from hwgen.judging.mutation import CAUSES

pytestmark = pytest.mark.xdist_group("document")
PDF = Path("build/HW4_LOVELACE_ADA.pdf")
ITEMS = ["1(a)", "1(b)", "1(c)", "2(a)", "2(b)", "2(c)", "3"]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "hwgen", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def homework(document_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real homework after a build from nothing, in a folder of its own."""
    return shutil.copytree(document_built, tmp_path_factory.mktemp("homework"), dirs_exist_ok=True)


@pytest.fixture(scope="module")
def pages(homework: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(homework / PDF).pages]


@pytest.fixture(scope="module")
def ledger(homework: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((homework / "build/ledger.json").read_text())
    return found


@pytest.fixture
def template(homework: Path) -> Iterator[Path]:
    """The template of the first exercise, mended after the test."""
    path = homework / "templates/ex1_ntk.tex.j2"
    text = path.read_text()
    yield path
    path.write_text(text)


def test_every_item_is_there_with_its_answer_on_a_page_of_its_own_right(homework: Path, pages: list[str]) -> None:
    outline = [str(one.title) for one in _flat(PdfReader(homework / PDF).outline)]
    assert [item for item in ITEMS if not any(title.split()[0] == item for title in outline)] == []
    assert "Answers at a glance" in pages[0]
    assert "Ada Lovelace" in pages[0]
    assert all(item in pages[0] for item in ITEMS)
    assert any("Summary of the checks" in page for page in pages)


def _flat(outline: list[Any]) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def test_nothing_is_undefined_and_every_font_is_embedded(homework: Path, pages: list[str]) -> None:
    assert not any("??" in page for page in pages)
    fonts = [font.get_object() for page in PdfReader(homework / PDF).pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "/FontFile" in " ".join(descendant["/FontDescriptor"]) or font["/Subtype"] == "/Type3", font


def test_every_claim_is_trusted_to_fail(ledger: dict[str, Any]) -> None:
    refuted: dict[str, int] = {}
    for tally in ledger["tallies"]:
        assert tally["survivors"] == tally["blind"] == []
        refuted[tally["name"]] = refuted.get(tally["name"], 0) + tally["refuted"]
    assert min(refuted.values()) >= 10
    assert sum(refuted.values()) / len(refuted) >= 25
    assert {finding["name"] for finding in ledger["findings"] if finding["formula"]["macro"] == "checked"} == set(refuted)


def test_every_printed_hypothesis_is_tried_where_it_fails(ledger: dict[str, Any]) -> None:
    found = {(finding["name"], one["text"], one["need"]) for finding in ledger["findings"] for one in finding["hypotheses"]}
    assert [one for one in found if one[2] in {"UNSEEN", "UNKNOWN"}] == []
    assert sum(need == "EXACT" for _, _, need in found) >= 60


def test_every_wrong_version_without_a_verdict_says_why_in_one_of_a_few_words(ledger: dict[str, Any]) -> None:
    tallies = ledger["tallies"]
    left = {"stopped", "close"}
    causes = [row[5] for tally in tallies for row in tally["wrong"] if row[1] in left]
    causes += [row[6] for tally in tallies for row in tally["hypotheses"] if row[2] in left]
    assert len(causes) == sum(tally[fate] for tally in tallies for fate in left) > 100
    assert set(causes) <= set(CAUSES)


def test_enough_is_under_test_and_enough_is_proved(ledger: dict[str, Any]) -> None:
    tested, displayed = ledger["coverage"]
    assert 3 * tested >= 2 * displayed
    assert len({finding["name"] for finding in ledger["findings"] if finding["verdict"] == "PROVED"}) >= 10


KERNEL = r"\checked{kappa}{\kappa(\rho) = \frac12-\frac{1}{2\pi}\arccos\rho}"


@pytest.mark.parametrize(
    "wrong",
    [KERNEL.replace(r"\frac{1}{2\pi}", r"\frac{1}{\pi}"), KERNEL.replace("=", r"\le").replace(r"\arccos\rho}", r"\arccos\rho + 1}")],
    ids=["a factor", "a weaker relation"],
)
def test_a_broken_kernel_stops_at_its_line_and_leaves_the_old_pdf(homework: Path, template: Path, wrong: str) -> None:
    before = (homework / PDF).read_bytes()
    line = template.read_text().partition(KERNEL)[0].count("\n") + 1
    template.write_text(template.read_text().replace(KERNEL, wrong))
    done = run(homework, "pdf")
    assert done.returncode == 1
    assert f"templates/ex1_ntk.tex.j2:{line}:" in done.stderr
    assert "kappa" in done.stderr
    assert (homework / PDF).read_bytes() == before


def test_a_relation_commented_out_is_noticed(homework: Path, template: Path) -> None:
    text = template.read_text()
    assert text.count(r"  \checked{hoeffding}") == 1
    template.write_text(text.replace(r"  \checked{hoeffding}", r"  0 = 0. % \checked{hoeffding}"))
    done = run(homework, "pdf")
    assert (done.returncode, "hoeffding: declared in ex1_ntk and never printed" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def concise(homework: Path) -> Path:
    """The version that is handed in."""
    done = run(homework, "pdf", "--version", "concise")
    assert done.returncode == 0, done.stderr
    return homework / "build/HW4_LOVELACE_ADA_CONCISE.pdf"


def test_the_concise_version_is_built_and_holds_every_item(concise: Path) -> None:
    reader = PdfReader(concise)
    outline = [str(one.title) for one in _flat(reader.outline)]
    assert [item for item in ITEMS if not any(title.split()[0] == item for title in outline)] == []
    assert not any("Going further" in title for title in outline)
    assert not any("??" in page.extract_text() for page in reader.pages)


def test_the_number_of_the_readme_is_found_after_the_build_that_it_asks_for(homework: Path, concise: Path) -> None:
    (number,) = re.findall(r"hwgen why ([\d.]+)", (PROJECT / "README.md").read_text())
    done = run(homework, "why", number)
    assert done.stdout.startswith(f"{number} is the constant "), done.stdout + done.stderr


def test_the_pdf_says_what_it_is_and_numbers_its_pages_as_they_are_printed(concise: Path) -> None:
    reader = PdfReader(concise)
    said = {name: str((reader.metadata or {}).get(f"/{name}")) for name in ("Title", "Author", "Subject", "Keywords")}
    assert (said["Title"], said["Author"]) == ("Mathematics of Deep Learning: Homework 4", "Ada Lovelace")
    assert "networks near initialisation" in said["Subject"]
    assert "Mathematics of Deep Learning" in said["Keywords"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert list(reader.page_labels) == [str(number) for number in range(1, len(reader.pages) + 1)]


@needs_poppler
def test_the_pictures_of_the_readme_are_of_the_page_and_the_figure_as_they_are_now(homework: Path, concise: Path) -> None:
    (homework / "docs").mkdir(exist_ok=True)
    recipe = (PROJECT / "Makefile").read_text().partition("\ndocs:")[2].partition("\n\n")[0]
    drawn = re.findall(r"^\tpdftoppm .*$", recipe, re.MULTILINE)
    assert len(drawn) == 2
    for command in drawn:
        words = command.split()
        subprocess.run([str(concise) if one == str(PDF) else one for one in words], cwd=homework, check=True)
        picture = f"{words[-1]}.png"
        with Image.open(PROJECT / picture) as shown, Image.open(homework / picture) as now:
            assert unlike(shown, now) <= MOST, f"{picture} is not of the page as it is now: make docs draws it again"

"""A PDF with its proof is built again elsewhere and compared; its Python runs only for somebody who trusts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from conftest import PROJECT, TESTS, Homework, toy_in

from hwgen.model.errors import InputError
from hwgen.program import attached, rebuilt


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "hwgen", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Homework:
    """The toy homework with its content in its own folder, built with its proof."""
    homework = toy_in(tmp_path_factory.mktemp("attached"))
    shutil.copytree(TESTS / "toy", homework.root / "toy", ignore=shutil.ignore_patterns("templates", "__pycache__", "*.toml"))
    with (homework.root / "student.toml").open("a") as file:
        file.write("attach = true\n")
    done = run(homework.root, "pdf", "--nom=Noether", "--prenom=Émmy", "--version=concise", "--jobs=1")
    assert done.returncode == 0, done.stderr
    return homework


def pdf(homework: Homework) -> Path:
    return homework.root / "build/HW4_NOETHER_EMMY_CONCISE.pdf"


def test_sources_and_ledger_are_attached_and_nothing_that_is_made(built: Homework) -> None:
    found = attached.taken(pdf(built), pdf(built).read_bytes())
    with zipfile.ZipFile(BytesIO(found[attached.SOURCES])) as archive:
        names = set(archive.namelist())
    assert {"homework.toml", "student.toml", "templates/circle.tex.j2", "toy/exercises/circle/__init__.py"} <= names
    assert not any(name.startswith(("build/", "figures/")) or "__pycache__" in name for name in names)
    assert {one["name"] for one in json.loads(found[attached.LEDGER])["findings"]} == {"area", "tangent", "wrong_area", "round_"}
    assert "Noether" in pypdf.PdfReader(pdf(built)).pages[0].extract_text()


def test_without_trust_nothing_of_it_is_run(built: Homework, tmp_path: Path) -> None:
    done = run(tmp_path, "verify", str(pdf(built)))
    assert done.returncode == 2
    assert "its sources hold 3 Python files, which would run here with your rights; expected --trust" in done.stderr


def test_what_differs_is_named_and_only_that_and_the_file_is_read_once(
    built: Homework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pdf"
    found = attached.taken(pdf(built), pdf(built).read_bytes())
    ledger = json.loads(found[attached.LEDGER])
    finding = next(one for one in ledger["findings"] if one["name"] == "area")
    finding["verdict"] = "PROVED"
    writer = pypdf.PdfWriter()
    writer.append(pdf(built), import_outline=False)
    writer.add_attachment(attached.SOURCES, found[attached.SOURCES])
    writer.add_attachment(attached.ASKED, found[attached.ASKED])
    writer.add_attachment(attached.LEDGER, json.dumps(ledger).encode())
    writer.write(other)
    build = rebuilt._built
    monkeypatch.setattr(rebuilt, "_built", lambda *given: (other.unlink(), build(*given))[1])  # somebody else builds meanwhile
    assert rebuilt.verify(other, trust=True, jobs=1).differences == (r"verdict of area (A = \pi r^2): PROVED in the PDF, SUPPORTED here",)
    assert rebuilt.SAME == "same verdicts, same pages"


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside", "a/../../outside", "a\\..\\b"])
def test_nothing_is_unpacked_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("first", "x")
        archive.writestr(zipfile.ZipInfo(name), "x")
    (tmp_path / "inside").mkdir()
    with pytest.raises(InputError, match="expected files of one homework's folder"):
        attached.unpack(made.getvalue(), tmp_path / "inside")
    assert list(tmp_path.rglob("*")) == [tmp_path / "inside"]


def test_a_pdf_without_its_proof_says_how_it_gets_one(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(InputError, match=r"sources\.zip is not attached; expected a PDF that was built with attach = true"):
        rebuilt.verify(tmp_path / "a.pdf", trust=True)
    (tmp_path / "a.pdf").write_text("no PDF")
    with pytest.raises(InputError, match="cannot be read as a PDF"):
        rebuilt.verify(tmp_path / "a.pdf", trust=True)

"""A PDF with its proof is built again elsewhere and compared; its Python runs only for somebody who trusts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from conftest import PROJECT, TASK, TESTS, Homework, toy_in

from hwgen.model.errors import InputError
from hwgen.page import scratch
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


def packed(root: Path) -> subprocess.CompletedProcess[bytes]:
    """The sources of a homework, by a process that has not imported another content of that name."""
    text = "import sys; from pathlib import Path; from hwgen.program import attached, homework"
    text += "; sys.stdout.buffer.write(attached.packed(Path(), homework.homework(Path())))"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run([sys.executable, "-c", text], cwd=root, env=environment, capture_output=True, check=False)


def test_a_link_that_leads_out_is_not_packed_but_named(built: Homework, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine")
    before = pdf(built).read_bytes()
    for name, target in {"templates/notes.txt": "secret", "toy/more": "."}.items():
        (built.root / name).symlink_to(tmp_path / target)
        assert f"{name}: a link that leads out of the homework" in packed(built.root).stderr.decode()
        done = run(built.root, "pdf", "--nom=Noether", "--prenom=Émmy", "--version=concise", "--jobs=1")
        (built.root / name).unlink()
        assert done.returncode == 2, done.stderr
        assert pdf(built).read_bytes() == before


def test_what_is_hidden_is_not_packed(built: Homework) -> None:
    (built.root / "toy/.private").mkdir()
    (built.root / "toy/.private/password").write_text("mine")
    held = packed(built.root).stdout
    shutil.rmtree(built.root / "toy/.private")
    with zipfile.ZipFile(BytesIO(held)) as archive:
        assert "toy/__init__.py" in archive.namelist()
        assert not any("/." in name for name in archive.namelist())


def test_what_is_published_has_its_proof_once_however_often_it_is_built(built: Homework) -> None:
    template = built.root / "templates/circle.tex.j2"
    text = template.read_text()
    template.write_text(text.replace("The disc is the same", "The disk is the same"))
    command = [sys.executable, "-m", "hwgen", "pdf", "--nom=Noether", "--prenom=Émmy", "--version=concise", "--jobs=1"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    both = [subprocess.Popen(command, cwd=built.root, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    template.write_text(text)
    assert set(attached.taken(pdf(built), pdf(built).read_bytes())) == set(attached.ATTACHED)
    assert len(pypdf.PdfReader(pdf(built)).attachments) == 3


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


def zipped(*names: str | zipfile.ZipInfo, **written: str) -> bytes:
    """A zip of files of these names, and of these texts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of one name twice
        archive.writestr("first", "x")
        for name in names:
            archive.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, "x")
        for name, text in written.items():
            archive.writestr(name, text)
    return made.getvalue()


OUTSIDE = ["/etc/passwd", "../outside", "a/../../outside", "a\\..\\b", "a/./b", "./a", "a//b", "folder/", ".", "a\nb"]
SHADOWS = ["first", "first/second"]
MADE = ["build/page.json", "figures/one.pdf", ".venv/.ready", ".latexmkrc"]
RUNS = ["toy/fast.cpython-311-x86_64-linux-gnu.so", "toy/one.pyc", "hook.pth"]


@pytest.mark.parametrize("name", [*OUTSIDE, *SHADOWS, *MADE, *RUNS, "a" * 300, "é" * 130, "ab/" * 1000 + "c"])
def test_what_hwgen_does_not_pack_is_not_unpacked(tmp_path: Path, name: str) -> None:
    (tmp_path / "inside").mkdir()
    with pytest.raises(InputError, match="expected files of one homework's folder"):
        attached.unpack(zipped(name), tmp_path / "inside")
    assert list(tmp_path.rglob("*")) == [tmp_path / "inside"]


def test_a_link_in_the_zip_is_a_text_and_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    attached.unpack(zipped(link), tmp_path)
    assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "link").read_text() == "x"
    for name, most in (("LARGEST", 2), ("MOST", 2)):
        with monkeypatch.context() as smaller:
            smaller.setattr(attached, name, most)
            with pytest.raises(InputError, match="more than"):
                attached.unpack(zipped("a", "b"), tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("bend", [lambda data: data[:-30], lambda data: data.replace(b"x", b"y"), lambda _: b"", lambda _: b"PK\5\6"])
def test_a_damaged_zip_is_one_message(tmp_path: Path, bend: Callable[[bytes], bytes]) -> None:
    with pytest.raises(InputError, match=r"sources\.zip: damaged"):
        attached.unpack(bend(zipped("a")), tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"[]", b"{}", b'{"findings": [3], "constants": {}}', b"\xff"])
def test_a_damaged_ledger_or_request_is_one_message(data: bytes) -> None:
    with pytest.raises(InputError, match=r"ledger\.json: damaged"):
        rebuilt._ledger(data)
    if data != b"{}" and not data.startswith(b'{"findings'):
        with pytest.raises(InputError, match=r"asked\.json: damaged"):
            rebuilt._options(data)


CONTENT = {
    "content that is installed here": ("http_server", ["homework.toml", "templates/a.tex.j2"], "not among the sources"),
    "Python beside the content": ("toy", ["homework.toml", "toy/__init__.py", "numpy.py"], "numpy.py: Python outside of it"),
    "Python below the templates": ("toy", ["toy/__init__.py", "templates/a.py"], "templates/a.py: Python outside of it"),
}


@pytest.mark.parametrize("what", list(CONTENT))
def test_only_python_of_the_attached_content_may_run(what: str) -> None:
    content, sources, said = CONTENT[what]
    with pytest.raises(InputError, match=said):
        rebuilt._code(TASK.__class__(file="{NOM}.pdf", content=content, title="Toy"), sources)
    assert rebuilt._code(TASK, ["toy/__init__.py", "toy/a.py", "a.txt"]) == ["toy/__init__.py", "toy/a.py"]


def test_an_engine_that_comes_with_the_sources_is_not_the_one_that_judges(tmp_path: Path) -> None:
    for name in ("hwgen/judging/results.py", "hwgen/planted.py", "hwgen/homework/mine.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("raise SystemExit")
    rebuilt._our_engine(tmp_path)
    assert (tmp_path / "hwgen/judging/results.py").read_text() == (PROJECT / "hwgen/judging/results.py").read_text()
    assert not (tmp_path / "hwgen/planted.py").exists()
    assert [path.name for path in (tmp_path / "hwgen/homework").iterdir()] == ["mine.py"]


def test_an_attachment_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    for name in (*attached.ATTACHED, attached.SOURCES):
        writer.add_attachment(name, b"x")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(InputError, match=r"sources\.zip is attached 2 times"):
        attached.taken(tmp_path / "a.pdf", (tmp_path / "a.pdf").read_bytes())


def test_a_pdf_without_its_proof_says_how_it_gets_one(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(InputError, match=r"sources\.zip is not attached; expected a PDF that was built with attach = true"):
        rebuilt.verify(tmp_path / "a.pdf", trust=True)
    (tmp_path / "a.pdf").write_text("no PDF")
    with pytest.raises(InputError, match="cannot be read as a PDF"):
        rebuilt.verify(tmp_path / "a.pdf", trust=True)


HOLDS = """
import os, pathlib, sys
from hwgen.page import scratch
from hwgen.program import rebuilt
sys.executable = sys.argv[1]
with scratch.folder("hwgen-verify", pathlib.Path(sys.argv[2])) as place:
    rebuilt._built(place.path, place, [], 1)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the build goes on, and holds its folder")
def test_the_build_ends_when_the_program_that_compares_is_killed(tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text(f"#!/bin/sh\necho $$ >{tmp_path}/began\nmv {tmp_path}/began {tmp_path}/number\nexec sleep 600\n")
    other.chmod(0o755)
    (tmp_path / "top").mkdir()
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(other), str(tmp_path / "top")])
    until = time.monotonic() + 60
    while not (tmp_path / "number").exists() and time.monotonic() < until:
        time.sleep(0.02)
    build = Path("/proc") / (tmp_path / "number").read_text().strip()
    assert build.exists()
    holder.kill()
    holder.wait()
    while build.exists() and "zombie" not in (build / "status").read_text() and time.monotonic() < until:
        time.sleep(0.02)
    assert not build.exists() or "zombie" in (build / "status").read_text()
    assert list((tmp_path / "top").iterdir())
    with scratch.folder("hwgen-verify", tmp_path / "top") as place:
        assert list((tmp_path / "top").iterdir()) == [place.path]

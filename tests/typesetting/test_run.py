r"""Real LaTeX: errors at template lines, the old PDF kept, the same bytes every time, and what is typeset is what was read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Homework
from pypdf import PdfReader

from hwgen.model.errors import ContentError, ContentErrors, InputError, LatexError
from hwgen.program import build
from hwgen.typesetting import process

OUTPUT = Path("build/HW4_LOVELACE_ADA.pdf")
PREAMBLE = r"\newcommand{\checked}[2]{\hwgenrecorded{checked}{#1}{#2}#2}"


def _build(homework: Homework) -> build.Built:
    return build.pdf(build.read(homework.request()))


def test_two_builds_from_nothing_give_the_same_bytes(homework: Homework) -> None:
    first = _build(homework)
    assert first.pdf == homework.root / OUTPUT
    assert list(first.warnings) == []
    data = first.pdf.read_bytes()
    for path in (homework.root / "build" / "tex").iterdir():
        path.unlink()
    first.pdf.unlink()
    (homework.root / "figures" / "circle_darts_error.pdf").unlink()
    again = _build(homework)
    assert again.pdf is not None
    assert again.pdf.read_bytes() == data


def test_a_failure_keeps_the_old_pdf_fails_again_and_is_mended(homework: Homework) -> None:
    good = _build(homework).pdf
    assert good is not None
    data, stamp = good.read_bytes(), good.stat().st_mtime_ns
    line = homework.change("The disc is the same", "The disk \\nonsense is the same")
    for _ in range(2):
        with pytest.raises(LatexError, match=r"Undefined control sequence \\nonsense") as caught:
            _build(homework)
        assert str(caught.value.place).startswith(f"templates/circle.tex.j2:{line}:")
        assert (good.read_bytes(), good.stat().st_mtime_ns) == (data, stamp)
    homework.change(" \\nonsense", "")
    mended = _build(homework).pdf
    assert mended is not None
    assert mended.read_bytes() != data


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            r"  &\ge 4\pi(r-1)},",
            "  &\\ge 4\\pi(r-1)},\n  \\intertext{that is\\nowhere}\n  &\\quad{}.",
            r"Undefined control sequence \nowhere",
        ),
        (r"see Figure~\ref{fig:darts};", "50 % \\}\n\n\\begin{nowhere}\n\\end{nowhere}", "Environment nowhere undefined"),
        (r"lies above its tangent", "lies_above its tangent", "Missing $ inserted"),
    ],
    ids=["in align", "environment", "text"],
)
def test_an_error_is_named_at_its_own_line(homework: Homework, old: str, new: str, said: str) -> None:
    first = homework.change(old, new)
    culprit = next(word for word in (r"\nowhere", r"\begin{nowhere}", "lies_above") if word in new)
    line = first + new[: new.index(culprit)].count("\n")
    with pytest.raises(LatexError) as caught:
        _build(homework)
    assert said in caught.value.message
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("templates/circle.tex.j2", line)


def test_a_relation_that_never_reaches_a_page_is_noticed(homework: Homework) -> None:
    homework.change("\\pi r^2},\n\\end{equation*}\n", "\\pi r^2},\n\\end{equation*}\n\\fi\n")
    line = homework.change("\\begin{equation*}\n", "\\ifhwgenfull\n\\begin{equation*}\n") + 2
    with pytest.raises(ContentErrors) as caught:
        _build(homework)
    (error,) = caught.value.errors
    assert error.place is not None
    assert (error.place.line, r"\checked{area}" in error.message, "never reached a page" in error.message) == (line, True, True)
    assert not (homework.root / OUTPUT).exists()


def test_a_relation_commented_out_is_noticed_before_any_mathematics(homework: Homework) -> None:
    shutil.rmtree(homework.root / "build")
    homework.change("  \\checked{area}", "  A % \\checked{area}")
    said = r"circle/__init__.py:\d+: area: declared in circle and never printed; expected \\checked\{area\} in a template, or "
    with pytest.raises(ContentErrors, match=said):
        build.read(homework.request())
    assert not (homework.root / "build").exists()


@pytest.mark.parametrize("uses", ["", "\\twice\\ and \\twice\n"], ids=["never", "twice"])
def test_a_relation_in_a_macro_which_may_print_it_never_or_twice_is_refused(homework: Homework, uses: str) -> None:
    homework.change("  \\checked{area}{A = \\pi r^2},", "  A,")
    homework.change("A disc of radius", "\\newcommand{\\twice}{$\\checked{area}{A = \\pi r^2}$}\n" + uses + "A disc of radius")
    with pytest.raises(ContentErrors, match=r"^templates/circle.tex.j2:3:22: \\checked\{area\}: \\newcommand around it may hide or alter"):
        _build(homework)


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\redo}[2]{\renewcommand#1{#2}}\redo\pi{3}",
        r"\NewDocumentCommand{\redo}{mm}{\RenewDocumentCommand#1{}{#2}}\redo{\pi}{3}",
    ],
)
def test_a_redefinition_that_only_latex_sees_is_named_at_the_first_formula_that_it_concerns(homework: Homework, definition: str) -> None:
    homework.change("which lies above its tangent", definition + "which lies above its tangent")
    line = 1 + homework.template.read_text().split("\n").index(r"  \checked{tangent}{A")
    with pytest.raises(ContentErrors) as caught:
        _build(homework)
    (error,) = caught.value.errors
    assert str(error.place).startswith(f"templates/circle.tex.j2:{line}:")
    assert error.message.startswith(r"\pi does not mean in tangent what the reader takes it for; expected no redefinition")
    assert not (homework.root / OUTPUT).exists()


def test_a_redefinition_that_ends_before_the_next_formula_is_welcome(homework: Homework) -> None:
    homework.change("which lies above its tangent", r"which {\newcommand{\redo}[1]{\renewcommand#1{3}}\redo\pi lies} above its tangent")
    assert _build(homework).pdf


def test_a_draft_is_built_all_the_same_and_says_so(homework: Homework) -> None:

    homework.change(r"A = \pi r^2", r"A = 3 r^2")
    assert build.pdf(build.read(homework.request())).pdf is None
    assert not (homework.root / OUTPUT).exists()
    drafted = build.pdf(build.read(homework.request(draft=True)))
    assert drafted.ledger.short
    assert drafted.pdf is not None
    assert all("DRAFT" in page.extract_text() for page in PdfReader(drafted.pdf).pages)


def test_without_latex_the_message_says_what_to_do(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(homework.root))
    with pytest.raises(InputError, match=r"LaTeX not found: expected pdflatex on the path; run sh setup\.sh"):
        _build(homework)


@pytest.mark.parametrize("damage", [lambda text: text[: len(text) // 2], lambda text: text + "\\gone{1}\n"], ids=["cut", "of a package"])
def test_a_damaged_aux_costs_one_pass_and_no_build(homework: Homework, damage: Callable[[str], str]) -> None:
    first = _build(homework).pdf
    assert first is not None
    data = first.read_bytes()
    aux = homework.root / "build/tex/solution.aux"
    aux.write_text(damage(aux.read_text()))
    homework.change("The disc is the same", "The disc is  the same")
    again = _build(homework).pdf
    assert again is not None
    assert again.read_bytes() == data


def test_a_package_that_writes_into_the_aux_is_added_and_removed(homework: Homework) -> None:
    preamble = homework.root / "templates/preamble.tex"
    text = preamble.read_text()
    first = _build(homework).pdf
    assert first is not None
    data = first.read_bytes()
    preamble.write_text(text + "\n\\usepackage{zref-savepos}\n\\AtBeginDocument{\\zsavepos{here}}\n")
    assert _build(homework).pdf
    preamble.write_text(text)
    assert _build(homework).pdf == first
    assert first.read_bytes() == data


def test_a_figure_saved_while_latex_reads_is_on_the_page(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _build(homework).pdf
    assert first is not None
    data = first.read_bytes()
    figure = homework.root / "figures/circle_darts_error.pdf"
    begun, passes = process.from_file, []

    def saving(*arguments: Any) -> process.Pass:
        one = begun(*arguments)
        passes.append(one)
        if len(passes) == 1:
            assert one.wait()
            figure.write_bytes(figure.read_bytes() + b"\n% saved")
        return one

    monkeypatch.setattr(process, "from_file", saving)
    homework.change("The disc is the same", "The disk is the same")
    again = _build(homework).pdf
    assert again is not None
    assert again.read_bytes() != data
    assert len(passes) == 2


OPTIONAL = r"\IfFileExists{mac/opt.sty}{\usepackage{mac/opt}}{}"


def test_a_file_that_latex_looked_for_is_on_the_page_when_it_comes_changes_and_goes(homework: Homework) -> None:
    preamble = homework.root / "templates/preamble.tex"
    preamble.write_text(f"{preamble.read_text()}\n{OPTIONAL}\n")
    (homework.root / "mac").mkdir()
    made, option = [], homework.root / "mac/opt.sty"
    for text in ("", "One word.", "Two words.", ""):
        option.write_text(f"\\AtBeginDocument{{{text}}}\n") if text else option.unlink(missing_ok=True)
        pdf = _build(homework).pdf
        assert pdf is not None
        made.append(pdf.read_bytes())
        watched = (homework.root / "build/tex/solution.read").read_text().split("\n")
        assert ("mac/opt.sty" in watched) == bool(text)
    assert made[0] == made[3]
    assert len(set(made)) == 3


def test_a_file_that_comes_after_latex_has_looked_for_it_is_on_the_page(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    preamble, option = homework.root / "templates/preamble.tex", homework.root / "mac/opt.sty"
    preamble.write_text(f"{preamble.read_text()}\n{OPTIONAL}\n")
    (homework.root / "mac").mkdir()
    first = _build(homework).pdf
    assert first is not None
    data, begun, passes = first.read_bytes(), process.from_file, []

    def coming(*arguments: Any) -> process.Pass:
        one = begun(*arguments)
        passes.append(one)
        if len(passes) == 1:
            assert one.wait()
            option.write_text("\\AtBeginDocument{A word that is new.}\n")
        return one

    monkeypatch.setattr(process, "from_file", coming)
    homework.change("The disc is the same", "The disk is the same")
    again = _build(homework).pdf
    assert again is not None
    assert again.read_bytes() != data
    assert len(passes) > 1
    assert "A word that is new." in PdfReader(again).pages[0].extract_text()


@pytest.mark.parametrize("name", ["figures", "build", "build/tex", "build/store", "build/templates", "build/report", "build/tex/run-1"])
def test_a_folder_that_leads_out_is_not_written_into(homework: Homework, name: str) -> None:
    shutil.rmtree(homework.root / "build")
    outside = homework.root.parent / f"outside {homework.root.name}"
    outside.mkdir()
    (homework.root / name).parent.mkdir(exist_ok=True, parents=True)
    (homework.root / name).symlink_to(outside)
    with pytest.raises(ContentError, match=rf"{name}: leads to another folder"):
        _build(homework)
    assert list(outside.iterdir()) == []

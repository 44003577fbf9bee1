"""The commands as a user meets them: exit codes, one message each at the author's line, and the old PDF in place."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import warm
from click.testing import CliRunner, Result
from conftest import PROJECT, TESTS, Homework

from hwgen.model.errors import LatexError
from hwgen.program import begin
from hwgen.program.cli import program

PDF = Path("build/HW4_LOVELACE_ADA.pdf")
PROGRAM = "from hwgen.__main__ import main; main()"


@pytest.fixture
def there(known: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework as the current folder, all that is computed for its page known: what is said of it is the subject."""
    monkeypatch.chdir(known.root)
    return known


@pytest.fixture
def again(built: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The same, after a first good build."""
    monkeypatch.chdir(built.root)
    return built


def run(*arguments: str) -> Result:
    """One command in the current folder, in a process of its own."""
    done = warm.run(PROGRAM, *arguments, folder=Path.cwd(), environment={**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}"})
    return Result(CliRunner(), done.stdout.encode(), done.stderr.encode(), b"", None, done.returncode, None)


def page() -> tuple[bytes, int]:
    """The PDF's bytes and time."""
    return PDF.read_bytes(), PDF.stat().st_mtime_ns


BROKEN = {
    "a false relation": (r"A = \pi r^2", r"A = 3 r^2", 1, "templates/circle.tex.j2:5:20: area REFUTED at r = "),
    "a weaker bound": (r"\ge 4\pi(r-1)", r"\ge 3\pi(r-1)", 1, "templates/circle.tex.j2:10:4: tangent"),
    "an unknown claim": (r"\checked{area}", r"\checked{aera}", 2, "templates/circle.tex.j2:5:3: \\checked{aera}: no claim of that name."),
    "a claim commented out": (r"  \checked{area}{A", "  %\\checked{area}{A", 2, "area: declared in circle and never printed"),
    "a formula that can be misread": (r"A = \pi r^2", r"A = 1/2\pi r^2", 2, "templates/circle.tex.j2:5:25: \\checked{area}: '1/2"),
    "a template error": ("The disc is", r"\BLOCK{if} The disc is", 2, "templates/circle.tex.j2:13: Expected an expression"),
    "an unknown constant": ("slope_darts}", "slope_dart}", 2, "templates/circle.tex.j2:15:22: \\VAR{constants.slope_dart}: no such name"),
    "a LaTeX error": ("The disc is", r"\nowhere is", 3, "templates/circle.tex.j2:13:18: Undefined control sequence \\nowhere"),
}


# One of each exit code.
MENDED = {"a false relation", "an unknown claim", "a LaTeX error"}


@pytest.mark.parametrize("what", list(BROKEN))
def test_what_is_wrong_is_said_at_its_line_twice_and_the_old_pdf_stays(again: Homework, what: str) -> None:
    old, new, code, said = BROKEN[what]
    before = page()
    again.change(old, new)
    for _ in range(2):
        result = run("pdf", "--jobs=1")
        assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
        assert "no PDF was built; the previous one, if any, is untouched\n" in result.stderr
        assert "Traceback" not in result.stderr
        assert (PDF.read_bytes(), PDF.stat().st_mtime_ns) == before
    if what in MENDED:
        again.change(new, old)
        assert run("pdf", "--jobs=1").exit_code == 0


def test_the_short_way_says_as_well_that_no_pdf_was_built(again: Homework) -> None:
    assert run("pdf", "--jobs=1").exit_code == 0
    again.change("The disc is", r"\nowhere is")
    result = run("pdf", "--jobs=1")
    assert (result.exit_code, result.stderr.startswith("no PDF was built; the previous one")) == (3, True), result.stderr
    assert "1 judged now" not in result.stdout
    for command, unmade in (("submit", "no letter was written"), ("bundle", "no zip was written")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"hwgen.program.hand_in.{command}.callback", _stopped)
            assert CliRunner().invoke(program, [command]).output == f"{unmade}\nt:1: stopped\n"


def _stopped(**_: object) -> None:
    raise LatexError("t:1: stopped")


def test_a_report_of_what_falls_short_says_so_each_time(again: Homework) -> None:
    again.change(r"A = \pi r^2", r"A = 3 r^2")
    for _ in range(2):
        result = run("report", "--jobs=1")
        assert (result.exit_code, result.stdout) == (1, "build/report/index.html\n")
        assert "templates/circle.tex.j2:5:20: area REFUTED at r = " in result.stderr


def test_why_answers_each_time_also_when_nothing_was_stale(again: Homework) -> None:
    assert [run("pdf", "--jobs=1", "--why").stdout.count("nothing was computed again") for _ in range(2)] == [1, 1]


def test_a_message_shows_the_line_with_a_caret_below_the_place(there: Homework) -> None:
    there.change(r"A = \pi r^2", r"A = \pi R^2")
    *_, line, caret = run("check").stderr.rstrip("\n").split("\n")
    assert line == r"    \checked{area}{A = \pi R^2},"
    assert line[caret.index("^")] == "R"


def test_student_toml_that_cannot_be_meant_is_told_with_its_line(there: Homework) -> None:
    (there.root / "student.toml").write_text('nom = "Lovelace"\nprenom = Ada\n')
    result = run("pdf")
    assert result.exit_code == 2
    assert result.stderr.startswith("student.toml:2:10: invalid value")


def test_no_student_toml_is_a_warning_and_a_neutral_name(again: Homework) -> None:
    (again.root / "student.toml").unlink()
    result = run("pdf", "--jobs=1")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith("warning: student.toml names nobody; building HW4_NOM_PRENOM.pdf")
    assert Path("build/HW4_NOM_PRENOM.pdf").exists()


def test_the_command_line_names_the_student(again: Homework) -> None:
    assert run("pdf", "--jobs=1", "--nom", "Noether", "--prenom", "Émmy").exit_code == 0
    assert Path("build/HW4_NOETHER_EMMY.pdf").exists()
    result = run("pdf", "--nom", "")
    assert (result.exit_code, "--nom is empty" in result.stderr) == (2, True)


def test_a_draft_is_built_and_still_says_that_a_claim_fell_short(again: Homework) -> None:
    again.change(r"A = \pi r^2", r"A = 3 r^2")
    result = run("pdf", "--draft", "--jobs=1")
    assert result.exit_code == 1
    assert Path("build/HW4_LOVELACE_ADA_DRAFT.pdf").exists()
    assert run("pdf", "--jobs=1").exit_code == 1


def test_an_unchanged_build_says_the_same_and_computes_nothing(again: Homework) -> None:
    assert run("pdf", "--jobs=1").exit_code == 0
    unchanged = run("pdf", "--jobs=1")
    assert unchanged.exit_code == 0
    assert unchanged.stdout.splitlines()[-1] == str(PDF)


def test_one_claim_is_judged_by_its_name(there: Homework) -> None:
    result = run("check", "area")
    assert result.exit_code == 0
    assert "area SUPPORTED" in result.stdout
    assert "49 cases" in result.stdout
    assert "tangent" not in result.stdout
    unknown = run("check", "aera")
    assert (unknown.exit_code, "Did you mean 'area'?" in unknown.stderr) == (2, True)


def test_wrong_versions_are_counted_claim_by_claim(there: Homework) -> None:
    result = run("mutate", "--jobs=1")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines()} >= {"claim", "area", "tangent"}


def test_a_figure_is_drawn_by_its_name(there: Homework) -> None:
    result = run("figures", "darts_error", "--jobs=1")
    assert result.exit_code == 0
    assert Path("figures/circle_darts_error.pdf").exists()
    unknown = run("figures", "dart_error")
    assert (unknown.exit_code, "Did you mean 'darts_error'?" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("is wrong", "is new", "templates/circle.tex.j2:12"),  # a guard: no word says that what is \\refuted is wrong
        (r"\VAR{tables", r"\VAR{tabels", "templates/circle.tex.j2:22"),
        ("The disc is", r"\BLOCK{if} The disc is", "templates/circle.tex.j2:13: Expected an expression"),
    ],
)
def test_a_figure_is_drawn_whatever_is_refused_on_its_page(there: Homework, old: str, new: str, said: str) -> None:
    there.change(old, new)
    drawn, judged = run("figures", "darts_error", "--jobs=1"), run("check", "area", "--jobs=1")
    assert (drawn.exit_code, drawn.stdout) == (0, "figures/circle_darts_error.pdf\n"), drawn.stderr
    assert drawn.stderr.startswith(f"warning: {said}"), drawn.stderr
    assert (judged.exit_code, judged.stderr.startswith(said)) == (2, True), judged.stderr


def test_everything_is_listed_for_people_and_for_tools(there: Homework) -> None:
    there.change("The disc is", r"\[ x = y \] The disc is")
    assert "area" in run("list").stdout
    rows = json.loads(run("list", "--json").stdout)
    assert {row["kind"] for row in rows} >= {"claim", "constant", "figure", "study"}
    assert run("list", "--copied").stdout == "none: no claim has a largest ratio that was copied from a run\n"
    assert run("list", "--unchecked").stdout.startswith("templates/circle.tex.j2:13:18: 1 of 1 relation not under test: x = y")


def test_elsewhere_it_says_where_to_run_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("pdf", "check area", "new claim circle x", "list", "verify build/ledger.json"):
        result = run(*command.split())
        said = "homework.toml: not found here or above; run hwgen in a homework's folder, the one with homework.toml and templates/"
        assert (result.exit_code, result.stderr) == (2, f"{said}, or below it, or write a homework with hwgen init FOLDER\n"), command


def test_a_command_works_in_every_folder_below_and_says_so(again: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    again.change(r"A = \pi r^2", r"A = 3 r^2")
    monkeypatch.chdir(again.root / "templates")
    result = run("check", "area", "--jobs=1")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, f"hwgen: Entering directory '{again.root}'")
    assert "templates/circle.tex.j2:5:20: area REFUTED" in result.stderr
    assert run("pdf", "--jobs=1").exit_code == 1
    assert not (again.root / "templates/build").exists()


def test_a_claim_that_is_not_printed_stops_only_what_prints(again: Homework) -> None:
    again.change(r"\verified{round_}", "")
    said = "round_: declared in circle and never printed; expected \\verified{round_} in a template, or the claim deleted"
    for command in (["check", "area"], ["list"], ["figures", "darts_error"], ["pdf", "--draft"]):
        result = run(*command)
        assert (result.exit_code, "__init__.py:" in result.stderr, said in result.stderr) == (0, True, True), result.stderr
        assert result.stderr.startswith("warning: ")
    stopped, unjudged = run("pdf"), run("check", "round_")
    assert (stopped.exit_code, said in stopped.stderr, "warning" in stopped.stderr) == (2, True, False)
    assert (unjudged.exit_code, "round_: printed nowhere, so that there is nothing to judge" in unjudged.stderr) == (2, True)


def test_drafts_and_other_versions_have_names_of_their_own_and_the_last_one_is_known(again: Homework) -> None:
    pdf, when = page()
    for options, name in ((["--draft"], "_DRAFT"), (["--version", "concise"], "_CONCISE")):
        assert run("pdf", "--jobs=1", *options).exit_code == 0
        path = Path(f"build/HW4_LOVELACE_ADA{name}.pdf")
        assert path.exists()
        assert Path("build/last").read_text() == f"{path}\n"
    assert (PDF.read_bytes(), PDF.stat().st_mtime_ns) == (pdf, when)
    assert run("pdf", "--jobs=1", "--version", "full").exit_code == 0
    assert Path("build/last").read_text() == f"{PDF}\n"


def test_a_shell_completes_commands(tmp_path: Path) -> None:
    for shell, word in (("bash", "complete -o nosort"), ("zsh", "#compdef hwgen"), ("fish", "complete --no-files --command hwgen")):
        said = CliRunner().invoke(program, ["completion", shell], prog_name="hwgen").output
        assert word in said
        # Works wherever hwgen is, on the path or not.
        own = shlex.quote(begin.installed())
        assert own.startswith(("/", "'/"))
        assert said.splitlines()[-1] == (
            f"# {own} completion fish | source" if shell == "fish" else f'# eval "$({own} completion {shell})"'
        )
    environment = {**os.environ, "_HWGEN_COMPLETE": "bash_complete", "COMP_WORDS": "hwgen sub", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "hwgen"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "plain,submit\n"


def test_what_falls_short_is_said_last(again: Homework) -> None:
    again.change(r"A = \pi r^2", r"A = 3 r^2")
    for command in ("pdf", "check"):
        together = subprocess.run(
            [sys.executable, "-m", "hwgen", command],
            env={**os.environ, "PYTHONPATH": str(TESTS)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        message, line, caret = together.stdout.rstrip("\n").split("\n")[-3:]
        assert "area REFUTED" in message
        assert (r"A = 3 r^2" in line, caret.strip()) == (True, "^")
        assert "erratum wrong_area" in together.stdout


def test_outside_a_terminal_there_is_no_escape_sequence(there: Homework) -> None:
    there.change(r"A = \pi r^2", r"A = r^2 \pi")
    result = run("pdf", "--jobs=1")
    assert "1 judged now" in result.stdout + result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_a_false_formula_in_a_loop_is_said_once(there: Homework) -> None:
    there.change(r"and $\refuted", "\\BLOCK{for one in [1, 2]}\n$\\checked{area}{A = 3 r^2}$ and\n\\BLOCK{endfor}\n$\\refuted")
    result = run("check", "area")
    assert result.exit_code == 1
    assert result.stderr.count("area REFUTED") == 1

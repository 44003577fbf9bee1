r"""The short way of a build: taken after a change of prose alone, with the page that the full way would print, and never otherwise."""

from __future__ import annotations

import dataclasses
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Homework

from hwgen.guards import guards
from hwgen.judging import ledger
from hwgen.model import Ledger
from hwgen.model.errors import ContentErrors, InputError
from hwgen.page import signature
from hwgen.page.page import Names, Printable
from hwgen.program import attached, build, early, finish, listing, memory, options, snapshot, summary, why


@pytest.fixture
def built(built: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework after a good build, as the current folder; the code of its checks is in hwgen/ there."""
    monkeypatch.chdir(built.root)
    monkeypatch.setattr(snapshot, "computed", lambda content: ["hwgen"])
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**12)  # as if each build were a process of its own
    (built.root / "hwgen").mkdir()
    (built.root / "hwgen" / "code.py").write_text("1\n")
    full_way(built)
    return built


def full_way(homework: Homework) -> bytes:
    document = build.read(homework.request())
    made = build.pdf(document)
    assert made.pdf is not None
    memory.remember(build.state(document, made, finish.reused(summary.summary(made.ledger, document.exercises()))))
    return made.pdf.read_bytes()


def test_errata_are_told_where_they_are_now_by_every_way_of_a_build(built: Homework, capsys: pytest.CaptureFixture[str]) -> None:
    def told(line: int) -> str:
        return f"erratum wrong_area (templates/circle.tex.j2:{line}:6) is wrong, as the text says: at "

    assert told(12) in "\n".join(options.told(*judged_now(built)))
    built.change("A disc of radius", "\n\nA disk of radius")
    one = memory.begun([])
    assert one is not None
    assert memory.finished(one, [])
    assert told(14) in capsys.readouterr().out
    unchanged = snapshot.unchanged(["pdf"])
    assert unchanged is not None
    assert told(14) in "\n".join(unchanged[1])


def judged_now(homework: Homework) -> tuple[build.Document, Ledger]:
    document = build.read(homework.request())
    return document, build.pdf(document).ledger


def printed_again(nom: str = "", prenom: str = "") -> memory.Recalled | None:
    """The build in the short way, or None if it asks for the full one."""
    one = memory.begun([f"--{name}={value}" for name, value in (("nom", nom), ("prenom", prenom)) if value])
    if one is None:
        return None
    with one.run:
        try:
            if not memory.judged(one):
                return None
            memory.moved(one)
            return memory.completed(one)
        except memory.DOUBTS:
            return None


def test_a_change_of_prose_prints_the_same_page_as_the_full_way(built: Homework) -> None:
    built.change("The disc is the same", "\n\nThe disk is the same")
    short = printed_again()
    assert short is not None
    page = short.pdf.read_bytes()
    assert page == full_way(built)
    assert short.said[0].endswith("0 judged now)")


def test_the_ledger_learns_the_new_lines(built: Homework) -> None:
    before = json.loads(ledger.left(Path("build/ledger.json")) or "")
    line = built.change("A disc of radius", "\n\n\nA disc of radius")
    assert printed_again() is not None
    told = json.loads(ledger.left(Path("build/ledger.json")) or "")
    # An erratum's finding stays at the relation that fails, which is not where its formula begins.
    was, now = (next(one["formula"]["place"] for one in rows["findings"] if one["name"] == "wrong_area") for rows in (before, told))
    assert now.split(":")[2] == was.split(":")[2]
    for part in ("findings", "tallies"):
        (area,) = [one for one in told[part] if one["name"] == "area"]
        assert area["formula"]["place"].startswith(f"templates/circle.tex.j2:{line + 5}:")
        for one in (*told[part], *before[part]):
            one["formula"].pop("place")
    assert told == before


def test_what_another_machine_left_is_not_believed(built: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    document = build.read(built.request())
    assert early._values(document.page, document.content)["constants.slope_darts"] != early.UNKNOWN
    assert why.why(document, "area")
    monkeypatch.setattr(signature, "key", lambda: b"k" * signature.LENGTH)
    assert memory.begun([]) is None
    assert early._values(document.page, document.content)["constants.slope_darts"] == early.UNKNOWN
    assert [row.get("verdict") for row in listing.everything(document)] == [None] * len(document.content.nouns)
    with pytest.raises(InputError, match="damaged, or written elsewhere; expected what hwgen pdf wrote here"):
        why.why(document, "area")
    with pytest.raises(InputError, match="not what the last build left; expected its evidence, to be attached"):
        attached._ledger(Path(finish.LEDGER))


def test_another_student_is_prose(built: Homework) -> None:
    short = printed_again(nom="Hopper", prenom="Grace")
    assert short is not None
    assert short.pdf.name == "HW4_HOPPER_GRACE.pdf"


def _edited(path: str, old: str, new: str) -> None:
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda homework: homework.change(r"A = \pi r^2", r"A = r^2 \pi"),
        lambda homework: homework.change(r"  \checked{area}", r"  A % \checked{area}"),
        lambda homework: homework.change("The disc is", r"$\checked{area}{A = \pi r^2}$ The disc is"),
        lambda homework: homework.change("The disc is", r"\[ x = y \] The disc is"),
        lambda homework: homework.change("The disc is", r"\VAR{constants.slope_dart} The disc is"),
        lambda homework: homework.change("The disc is", r"\BLOCK{if} The disc is"),
        lambda homework: homework.change("The disc is", r"\nowhere The disc is"),
        lambda homework: homework.change("The disc is", r"{ The disc is"),
        lambda homework: (homework.root / "hwgen" / "code.py").write_text("two\n"),
        lambda homework: (homework.root / "hwgen" / "more.py").write_text(""),
        lambda homework: (homework.root / "constraints.txt").write_text("numpy==9\n"),
        lambda homework: (homework.root / "student.toml").write_text('version = "concise"\n'),
        lambda homework: (homework.root / "homework.toml").write_text("title =\n"),
        lambda homework: (homework.root / "homework.toml").write_text('file = "{NOM}.pdf"\ncontent = "other"\ntitle = "T"\n'),
        lambda homework: (homework.root / "student.toml").write_text('nom = "Alone"\n'),
        lambda homework: (homework.root / "figures" / "circle_darts_error.pdf").unlink(),
        lambda homework: (homework.root / "build" / "page.json").write_text("{"),
        lambda homework: (homework.root / "build" / "page.json").write_text("{}"),
        lambda homework: (homework.root / "build" / "ledger.json").unlink(),
        lambda homework: _edited("build/page.json", '"version": "full"', '"version": "f"'),
        lambda homework: _edited("build/page.json", '"values": {', '"values":  {'),
        lambda homework: _edited("build/ledger.json", '"SUPPORTED"', '"PROVED"'),
        lambda homework: build.pdf(build.read(homework.request(draft=True))),
        lambda homework: shutil.rmtree(homework.root / "build"),
    ],
)
def test_any_other_change_takes_the_full_way(built: Homework, change: Callable[[Homework], object]) -> None:
    change(built)
    assert printed_again() is None


def test_another_body_of_an_authors_command_takes_the_full_way_and_is_judged_anew(built: Homework) -> None:
    preamble = built.root / "templates" / "preamble.tex"
    preamble.write_text(preamble.read_text() + "\\newcommand{\\squared}[1]{\\power{#1}}\n\\newcommand{\\power}[1]{#1^2}\n")
    built.change(r"A = \pi r^2", r"A = \pi\squared{r}")
    full_way(built)
    assert printed_again() is not None
    preamble.write_text(preamble.read_text().replace("#1^2", "#1^3"))
    assert printed_again() is None
    assert [one.verdict.name for one in build.check(build.read(built.request()), ["area"]).findings] == ["REFUTED"]


TELLING = "\\VAR{tables.coverage} \\VAR{tables.appendix}"
OPEN, TESTED = (
    r"\begin{equation} \label{%s} x = y \end{equation}",
    r"\begin{equation} \label{%s} \checked{area}{A = \pi r^2} \end{equation}",
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN % "one" + TESTED % "two", OPEN % "two" + TESTED % "one"),
        (OPEN % "one" + TESTED % "two", TESTED % "two" + OPEN % "one" + OPEN.replace(r"\label{%s} ", "").replace("x = y", "x")),
        (r"\verified{round_} \[ \checked{area}{A = \pi r^2} \]", r"\[ \checked{area}{A = \pi r^2} \] \verified{round_}"),
    ],
    ids=["labels exchanged", "displays exchanged", "claims exchanged"],
)
def test_what_a_generated_table_tells_of_the_page_is_as_the_full_way_has_it(built: Homework, before: str, after: str) -> None:
    text = "A disc of radius"
    built.change(text, before + text)
    built.change("Darts.}", f"Darts.}} {TELLING}")
    full_way(built)
    built.change(before, after)
    assert printed_again() is None
    built.change(TELLING, "")
    Path("student.toml").write_text(Path("student.toml").read_text() + "appendix = false\n")
    full_way(built)
    built.change(after, before)
    assert printed_again() is not None


# One mistake for each guard and each warner; a new one stands here before it is listed.
ONE = "\\begin{theorem}\\label{%s}True.\\end{theorem}\\begin{proof}By \\ref{%s}, below.\\end{proof}\n"
CIRCLE = ONE % ("one", "two") + ONE % ("two", "one")
REFUSED = {
    "foreign": lambda homework: homework.change("The disc is", "In {{ homework.title }} the disc is"),
    "swallowed": lambda homework: homework.change("The disc is", "The disc of 5% of it\nis"),
    "unbalanced": lambda homework: homework.change("The disc is", "{ The disc is"),
    "astray": lambda homework: homework.change("The disc is", r"\\[ The disc is"),
    "absent": lambda homework: homework.change("The disc is", r"\input{templates/none.tex}The disc is"),
    "redefining": lambda homework: homework.change("The disc is", r"\def\le{x}The disc is"),
    "hidden": lambda homework: homework.change("The disc is", r"\catcode`x=13 The disc is"),
    "hidden_displays": lambda homework: homework.change("The disc is", r"\equation x \endequation The disc is"),
    "unreadable": lambda homework: homework.change("The disc is", r"\verified The disc is"),
    "joined": lambda homework: homework.change(r"  \checked{area}", r"  2\checked{area}"),
    "denied": lambda homework: homework.change("which lies above", "is false, which lies above"),
    "altered": lambda homework: homework.change("which lies above", "plus one, which lies above"),
    "hiding": lambda homework: homework.change("The disc is", r"{\sout{$\checked{area}{A = \pi r^2}$}} The disc is"),
    "glued": lambda homework: homework.change(r"\VAR{constants.slope_darts}", r"2\VAR{constants.slope_darts}"),
    "exchanged": lambda homework: homework.change("The disc is", r"As $r=\VAR{constants.unit_area}$, the disc is"),
    "exchangeable": lambda homework: homework.change("The fitted slope is", "The fitted line falls like"),
    "retyped": lambda homework: homework.change(r"\caption{", r"\caption{For $d=2$: "),
    "by_hand": lambda homework: homework.change(r"\VAR{figures.darts_error}", "figures/circle_darts_error.pdf"),
    "mismatched": lambda homework: homework.change(r"\verified{round_}", r"\verified{rund_}"),
    "unprinted": lambda homework: homework.change(r"\verified{round_}", ""),
    "circular": lambda homework: homework.change("The disc is", CIRCLE + "The disc is"),
}
WARNED = {
    "typed": lambda homework: homework.change("The disc is", "Of 0.25, the disc is"),
    "rounded": lambda homework: homework.change("area is about", "area is at most"),
    "doubled": lambda homework: homework.change("The disc is", r"\label{fig:darts}The disc is"),
    "number_signs": lambda homework: homework.change("The disc is", r"The \#{}disc is"),
    "todays": lambda homework: homework.change("The disc is", r"On \today{} the disc is"),
    "nowhere": lambda homework: homework.change(r"\VAR{tables.darts_table}", ""),
    "unfounded": lambda homework: homework.change("The disc is", "\\begin{theorem}Round.\\end{theorem}The disc is"),
    "twice": lambda homework: homework.change("The disc is", "The disc is is"),
}


# This homework has one statement, whose mark can be exchanged for no other one.
ALONE = "interchangeable"


def test_every_guard_and_every_warner_has_its_mistake_here() -> None:
    assert [guard.__name__ for stage in guards.STAGES for guard in stage if guard.__name__ != ALONE] == list(REFUSED)
    assert [warner.__name__ for warner in guards.WARNERS] == list(WARNED)


def test_what_one_way_refuses_the_other_refuses_in_the_same_words(built: Homework) -> None:
    sound = built.template.read_text()
    for guard, spoil in REFUSED.items():
        spoil(built)
        with pytest.raises(ContentErrors) as full:
            build.read(built.request())
        attempt = memory.begun([])
        assert attempt is not None, guard
        with attempt.run, pytest.raises(ContentErrors) as short:
            memory.judged(attempt)
        assert str(short.value) == str(full.value), guard
        built.template.write_text(sound)


@pytest.mark.parametrize("warner", list(WARNED))
def test_what_one_way_warns_of_the_other_warns_of_in_the_same_words(built: Homework, warner: str) -> None:
    WARNED[warner](built)
    short = printed_again()
    assert short is not None
    assert short.warnings
    assert list(short.warnings) == list(build.pdf(build.read(built.request())).warnings)


def test_options_that_it_does_not_know_take_the_full_way(built: Homework, capsys: pytest.CaptureFixture[str]) -> None:
    assert memory.begun(["--draft"]) is None
    assert memory.begun(["--jobs=2"]) is None
    names = ["--nom=Hopper", "--prenom=Grace"]
    one = memory.begun(names)
    assert one is not None
    assert memory.finished(one, names)
    assert capsys.readouterr().out.splitlines()[-1] == "build/HW4_HOPPER_GRACE.pdf"
    assert snapshot.unchanged(["pdf", "--nom=Hopper", "--prenom=Grace"]) is not None


def test_the_short_way_imports_no_library_of_numbers() -> None:
    import subprocess
    import sys

    heavy = ("numpy", "scipy", "sympy", "matplotlib", "click")
    code = f"import sys; import hwgen.program.memory; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_words_of_a_mark_are_known_to_the_short_way_too() -> None:
    claims = {"law": Printable(exercise="toy", macro="verified", words=["nearly normal"])}
    kept = json.loads(json.dumps(dataclasses.asdict(Names(values={}, claims=claims))))
    assert memory._names(kept).claims["law"].words == claims["law"].words

"""The last step: what is wrong stops it with the reason, and the letter is whole, the same each time, and never sent."""

from __future__ import annotations

import dataclasses
import datetime
import email
import os
import re
import subprocess
import sys
from email.policy import default
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import TESTS
from conftest import Homework as Toy
from pypdf import PdfReader

from hwgen.model import Homework, Student
from hwgen.model.errors import InputError, InputErrors
from hwgen.program import begin, finish, submission
from hwgen.program import homework as homework_module
from hwgen.program import student as student_module
from hwgen.program.settings import Keys
from hwgen.program.student import handed_in

TASK = Homework(
    file="HW4_{NOM}_{PRENOM}.pdf",
    content="exercises",
    title="Networks",
    name="Homework 4",
    course="Deep Learning",
    lecturer="Sophie Germain",
    address="lecturer@school.test",
    subject="[MATH2025] Homework 4",
    due=datetime.date(2025, 2, 17),
)
WHO = Student(nom="Lovelace", prenom="Ada")
PDF = Path("build/HW4_LOVELACE_ADA.pdf")
TODAY = datetime.date(2025, 2, 17)
FINDING = {"name": "area", "verdict": "SUPPORTED", "passed": True, "formula": {"place": "templates/t.tex.j2:5:3"}}
TALLY = {"name": "area", "survivors": [], "formula": FINDING["formula"]}
WHOLE = b"%PDF-1.5\n<< /Type /Page >>\n<< /Type /Pages >>\n<< /Type /FontDescriptor /FontFile 3 0 R >>\n%%EOF\n"
LEDGER: dict[str, Any] = {"findings": [FINDING], "tallies": [TALLY], "coverage": [1, 2]}


def letter(root: Path, data: bytes = WHOLE, **changed: Any) -> submission.Letter:
    (root / "build").mkdir(exist_ok=True)
    (root / PDF).write_bytes(data)
    given = {"who": WHO, "task": TASK, "built": LEDGER, "today": TODAY, **changed}
    return submission.write(root, PDF, **given)


@pytest.mark.parametrize(("file", "keys"), [("homework.toml", homework_module.KEYS), ("student.toml", student_module.KEYS)])
def test_a_new_homework_names_every_setting(tmp_path: Path, file: str, keys: Keys) -> None:
    begin.init(tmp_path)
    assert set(re.findall(r"^(?:# *)?([a-z]+) = ", (tmp_path / file).read_text(), re.MULTILINE)) == set(keys.types)


def test_the_letter_is_a_draft_with_the_pdf_and_the_same_each_time(tmp_path: Path) -> None:
    first = letter(tmp_path)
    data = (tmp_path / first.path).read_bytes()
    assert first.path == Path("build/HW4_LOVELACE_ADA.eml")
    message = email.message_from_bytes(data, policy=default)
    assert (message["To"], message["Subject"], message["X-Unsent"], message["Date"]) == (TASK.address, TASK.subject, "1", None)
    body, attached = message.iter_parts()
    assert body.get_content().splitlines()[0] == "Dear Sophie Germain,"
    assert "my solution of Homework 4 of Deep Learning." in body.get_content()
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (PDF.name, "application/pdf", WHOLE)
    assert any("1 page, 1 font, embedded" in line for line in first.looked)
    assert any("1 printed: 1 supported; none below its need" in line for line in first.looked)
    letter(tmp_path)
    assert (tmp_path / first.path).read_bytes() == data


SUBJECTS = ["Übung 4: Ḥ", "[MATH2025] Homework 4", "Homework " * 20, "Übung réseaux " * 20, "深い学習 " * 20]


@pytest.mark.parametrize("subject", [subject.strip() for subject in SUBJECTS])
def test_names_and_subjects_of_any_script_and_length_arrive_whole(tmp_path: Path, subject: str) -> None:
    who = Student(nom="Müller-Nguyễn Đặng" + " Lovelace" * 8, prenom="Jürgen Ørjan")
    task = dataclasses.replace(TASK, lecturer="Émilie Nguyễn", subject=subject, file="Übung 4, série {NOM}_{PRENOM}.pdf")
    pdf = Path("build") / handed_in(who, task)
    (tmp_path / "build").mkdir()
    (tmp_path / pdf).write_bytes(WHOLE)
    submission.write(tmp_path, pdf, who, task, LEDGER, TODAY)
    data = (tmp_path / pdf.with_suffix(".eml")).read_bytes()
    message = email.message_from_bytes(data, policy=default)
    body, attached = message.iter_parts()
    assert message["Subject"] == subject
    assert (attached.get_filename(), attached.get_content()) == (pdf.name, WHOLE)
    assert body.get_content().replace("\r\n", "\n") == (
        "Dear Émilie Nguyễn,\n\nplease find attached my solution of Homework 4 of Deep Learning.\n\n"
        f"Best regards,\n{who.prenom} {who.nom}\n"
    )
    assert [defect for part in message.walk() for defect in part.defects] == []
    assert submission.is_of(tmp_path / pdf.with_suffix(".eml"), who, task)


@pytest.mark.parametrize("subject", [subject.strip() for subject in SUBJECTS])
def test_a_letter_is_what_the_rules_of_mail_ask_for(tmp_path: Path, subject: str) -> None:
    letter(tmp_path, task=dataclasses.replace(TASK, subject=subject))
    data = (tmp_path / PDF.with_suffix(".eml")).read_bytes()
    head, _, rest = data.partition(b"\r\n\r\n")
    assert head.isascii()
    lines = data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in rest.split(b"\r\n")) <= 78
    assert all(len(word) <= 75 for word in head.split() if word.startswith(b"=?"))
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert sorted(names) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"data": WHOLE[:40]}, "not a whole PDF"),
        ({"data": WHOLE.replace(b"/FontFile 3 0 R", b"")}, "1 of 1 fonts are not in it"),
        ({"data": WHOLE.replace(b"%%EOF", b" " * submission.LARGEST + b"%%EOF")}, "20.0 MB; expected at most 20 MB"),
        ({"who": Student(nom="Byron", prenom="Ada")}, "not the file to hand in; expected HW4_BYRON_ADA.pdf"),
        ({"built": {**LEDGER, "findings": [{**FINDING, "passed": False}]}}, "t.tex.j2:5:3: area is below its need"),
        ({"built": {**LEDGER, "tallies": [{**TALLY, "survivors": ["x"]}]}}, "the check of area passes on a wrong version"),
    ],
)
def test_a_pdf_that_is_not_to_be_handed_in_is_refused_and_leaves_no_letter(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        letter(tmp_path, **changed)
    assert not (tmp_path / PDF.with_suffix(".eml")).exists()


def test_a_source_that_was_saved_meanwhile_is_refused() -> None:
    submission.settled([])
    with pytest.raises(InputError, match=r"templates/a\.tex\.j2: saved during the build"):
        submission.settled(["templates/a.tex.j2"])


def test_a_date_that_has_passed_is_a_warning(tmp_path: Path) -> None:
    assert letter(tmp_path).warnings == []
    (late,) = letter(tmp_path, today=datetime.date(2025, 2, 18)).warnings
    assert late == "homework.toml: due was 2025-02-17, 1 day ago; the letter is written all the same"


def test_a_draft_that_is_older_than_what_is_handed_in_is_a_warning(tmp_path: Path) -> None:
    draft = tmp_path / "build/HW4_LOVELACE_ADA_DRAFT.pdf"
    draft.parent.mkdir()
    draft.touch()
    os.utime(draft, (1, 1))
    (older,) = letter(tmp_path).warnings
    assert older.startswith("build/HW4_LOVELACE_ADA_DRAFT.pdf: older than HW4_LOVELACE_ADA.pdf, which is handed in; ")


def _other(key: str) -> tuple[Student, Homework]:
    if hasattr(WHO, key):
        return dataclasses.replace(WHO, **{key: "Byron"}), TASK
    return WHO, dataclasses.replace(TASK, **{key: None if key in {"due", "lecturer"} else f"{getattr(TASK, key)}s"})


@pytest.mark.parametrize(
    ("key", "same"),
    [
        *[(key, False) for key in ("address", "subject", "lecturer", "name", "course", "nom", "prenom")],
        *[(key, True) for key in ("title", "due", "content")],  # a title stands only where there is no name
    ],
)
def test_a_letter_with_other_facts_than_those_of_now_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, same: bool) -> None:
    path = tmp_path / letter(tmp_path).path
    path.write_bytes(path.read_bytes().replace(b"Best regards", b"I add a line.\r\nBest regards"))  # the sender's own
    who, task = _other(key)
    finish._without_other_facts(SimpleNamespace(who=who, homework=task), path)  # type: ignore[arg-type] # nothing else of a request is asked
    assert path.exists() is same
    assert ("removed, as its address, subject or names are no longer those" in capsys.readouterr().err) is not same


def test_marks_that_were_left_on_are_a_warning(tmp_path: Path) -> None:
    (marked,) = letter(tmp_path, who=dataclasses.replace(WHO, marks=True)).warnings
    assert marked.startswith("student.toml: marks = true, and each relation under test has a small mark")


def test_every_claim_that_is_below_its_need_is_told_at_once(tmp_path: Path) -> None:
    findings = [{**FINDING, "passed": False}, {**FINDING, "passed": False, "name": "volume"}]
    with pytest.raises(InputErrors, match=r"(?s)area is below its need.*volume is below its need.*check of area passes on a wrong version"):
        letter(tmp_path, built={**LEDGER, "findings": findings, "tallies": [{**TALLY, "survivors": ["x"]}]})


def test_pictures_that_no_run_draws_are_named(tmp_path: Path) -> None:
    assert "pictures  all drawn by this run" in letter(tmp_path).looked
    looked = letter(tmp_path, pictures=["templates/t.tex.j2:9:1: me.pdf"]).looked
    assert "pictures  1 that no run draws, of which nothing is tested: templates/t.tex.j2:9:1: me.pdf" in looked


def test_numbers_typed_by_hand_and_what_is_left_to_do_in_tests_are_named(tmp_path: Path) -> None:
    assert (
        "numbers   none typed by hand (decimals, and counts of three digits that this run knows, in a caption of two)"
        in letter(tmp_path).looked
    )
    typed = ["templates/t.tex.j2:9:1: 0.5 is typed by hand; expected …", "templates/t.tex.j2:3: 12.0 pt wider than the column"]
    assert "numbers   1 typed by hand, which no run vouches for: templates/t.tex.j2:9:1: 0.5" in letter(tmp_path, warned=typed).looked
    (tmp_path / "tests" / "ex").mkdir(parents=True)
    (tmp_path / "tests" / "ex" / "test_a.py").write_text('def test_a() -> None:\n    assert 1 == "TODO"\n    assert 2 == "TODO"\n')
    (left,) = letter(tmp_path).warnings
    assert left == "tests/ex/test_a.py:2:18: a TODO in a test; the letter is written all the same"
    # Of a program that lies in the same folder, as its own tests do, nothing is left to this author.
    (tmp_path / "tests" / "program").mkdir()
    (tmp_path / "tests" / "program" / "test_b.py").write_text('assert "TODO"\n')
    assert list(submission._tests(tmp_path, "hwgen.ex")) == letter(tmp_path).warnings[:1]
    assert not any("no TODO;" in line or line.endswith("no TODO") for line in letter(tmp_path).looked)


STAYS = r"""
\RequirePackage{refcount}
\newcommand{\stays}{\ifnum\getpagerefnumber{stays}>1 \newpage\fi Here.\label{stays}}
"""


def test_the_command_writes_the_letter_of_the_page_as_it_is_now(known: Toy) -> None:
    toml = known.root / "homework.toml"
    toml.write_text(toml.read_text() + 'address = "lecturer@school.test"\nsubject = "Homework"\nlecturer = "E. Noether"\n')

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command, environment = [sys.executable, "-m", "hwgen", *arguments], {**os.environ, "PYTHONPATH": str(TESTS)}
        return subprocess.run(command, cwd=known.root, env=environment, capture_output=True, text=True, check=False)

    # A page that stays where it once was: what is handed in is of its source alone.
    (known.root / "templates/stays.sty").write_text(STAYS)
    with (known.root / "templates/preamble.tex").open("a") as preamble:
        preamble.write("\\usepackage{templates/stays}\n")
    known.change("The disc is", r"\newpage\stays{} The disc is")
    nobody = run("submit", "--nom=Nom", "--jobs=1")
    assert (nobody.returncode, "--nom" in nobody.stderr) == (2, True), nobody.stderr
    done = run("submit", "--jobs=1")
    assert done.returncode == 0, done.stderr
    assert "build/HW4_LOVELACE_ADA.eml: open it in your mail program" in done.stdout
    path = known.root / "build/HW4_LOVELACE_ADA.eml"
    first = path.read_bytes()
    known.change(r"\newpage\stays{} The disc is", r"\stays{} The disk is")
    assert run("submit", "--jobs=1").returncode == 0
    assert path.read_bytes() != first
    assert "Here." in PdfReader(known.root / PDF).pages[0].extract_text()
    *_, attached = email.message_from_bytes(path.read_bytes(), policy=default).iter_parts()
    assert attached.get_content() == (known.root / PDF).read_bytes()
    known.change("The disk is", r"By \ref{thm:gone} the disk is")
    questioned = run("submit", "--jobs=1")
    assert (questioned.returncode, "reference thm:gone is undefined, and a question mark" in questioned.stderr) == (2, True)
    assert not path.exists()
    known.change(r"A = \pi r^2", r"A = 3 r^2")
    short = run("submit", "--jobs=1")
    assert short.returncode == 1
    nothing, complaint, *_ = short.stderr.splitlines()[-4:]
    assert nothing == "nothing to hand in: a claim is below its need; no letter was written"
    assert "area REFUTED" in complaint
    assert not path.exists()

"""homework.toml: one source of the facts, and a message at its line for everything in it that cannot be meant."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.model import Homework, Student
from hwgen.model.errors import InputError
from hwgen.page.template import facts
from hwgen.program.homework import homework
from hwgen.program.student import file_name

NEEDED = 'file = "HW5_{NOM}_{PRENOM}.pdf"\ncontent = "exercises"\ntitle = "T"\n'


def read(folder: Path, text: str) -> Homework:
    (folder / "homework.toml").write_text(text)
    return homework(folder)


def test_the_least_that_it_may_say(tmp_path: Path) -> None:
    assert read(tmp_path, NEEDED) == Homework(file="HW5_{NOM}_{PRENOM}.pdf", content="exercises", title="T", versions=("full",))


def test_the_file_of_the_project_reads_and_names_the_file_that_is_asked_for() -> None:
    task = homework(PROJECT)
    assert file_name(Student(nom="Lovelace", prenom="Ada"), task) == "HW4_LOVELACE_ADA.pdf"
    assert file_name(Student(), task) == "HW4_NOM_PRENOM.pdf"
    assert (task.subject, task.due) == ("[MATHSDL2025] Homework 4", datetime.date(2025, 2, 17))


def test_templates_get_the_facts_as_latex(tmp_path: Path) -> None:
    said = facts(read(tmp_path, NEEDED + 'programme = "MASH & IASD_2025"\ndue = 2025-02-07\nweek = 5\n'))
    assert (said["programme"], said["due"], said["week"], said["lecturer"]) == (r"MASH \& IASD\_2025", "7 February 2025", "5", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'homework.toml:1: file is missing; add a line such as file = "HW5_{NOM}_{PRENOM}.pdf"'),
        (
            'file = "{NOM}.pdf"\ntitle = "T"\n',
            'homework.toml:2: content is missing; add a line such as content = "exercises" below this one',
        ),
        (NEEDED + 'titel = "T"\n', "homework.toml:4: titel is not a key of this file; expected file, content, "),
        (NEEDED + 'titel = "T"\n', "Did you mean 'title'?"),
        (NEEDED + 'week = "5"\n', "homework.toml:4: week is '5'; expected a whole number, as in week = 5"),
        (NEEDED + "week = true\n", "homework.toml:4: week is True; expected a whole number, as in week = 5"),
        (NEEDED + 'course = "A\\u0002B"\n', "homework.toml:4: course holds the invisible character U+0002; expected text without it"),
        (NEEDED + 'versions = ["a\\u001b"]\n', "homework.toml:4: versions holds the invisible character U+001B"),
        (NEEDED + "lecturer = 3\n", 'homework.toml:4: lecturer is 3; expected text in quotes, as in lecturer = "Emmy Noether"'),
        (NEEDED + 'due = "2025-02-24"\n', "homework.toml:4: due is '2025-02-24'; expected a date without quotes, as in due = 2025-02-24"),
        (NEEDED + "due = 2025-02-24T12:00:00\n", "homework.toml:4: due is 2025-02-24 12:00:00; expected a date without quotes"),
        (NEEDED + "due = 2025-02-30\n", "homework.toml:4:"),
        (
            "[homework]\n" + NEEDED,
            'homework.toml:1: [homework] begins a table; expected lines such as file = "HW5_{NOM}_{PRENOM}.pdf" alone',
        ),
        (NEEDED + "\nversions = [1]\n", "homework.toml:5: versions is [1]; expected a list of texts, as in versions = "),
        (NEEDED + "versions = []\n", "homework.toml:4: versions holds nothing; expected different lower-case words"),
        (NEEDED + 'versions = ["a", "a"]\n', "homework.toml:4: versions holds 'a'; expected different lower-case words"),
        (NEEDED.replace("_{NOM}_{PRENOM}", ""), "homework.toml:1: file is 'HW5.pdf', the same for everybody; expected {NOM} in it"),
        (NEEDED.replace("{NOM}", "{NAME}"), "homework.toml:1: file holds {NAME}; expected {NOM} and {PRENOM} alone in braces"),
        (NEEDED.replace("HW5_", "out/"), "homework.toml:1: file is 'out/{NOM}_{PRENOM}.pdf', with a path in it; expected a bare file name"),
        (NEEDED.replace("HW5_", "HW 5"), "expected letters, digits, dots, dashes and underscores that end in .pdf"),
        (NEEDED.replace(".pdf", ".tex"), "expected letters, digits, dots, dashes and underscores that end in .pdf"),
        (NEEDED.replace("exercises", "my exercises"), "homework.toml:2: content is 'my exercises'; expected the dotted name of a Python"),
        (
            NEEDED.replace("exercises", "numbers.five"),
            "homework.toml:2: content is 'numbers.five', and numbers is a module of Python itself",
        ),
        (NEEDED.replace('"T"', "T"), "homework.toml:3:9: invalid value; expected lines such as title = "),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_what_is_expected(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)


@pytest.mark.parametrize("text", [f"week = {'9' * 5000}", f"x = {'[' * 100_000}"])
def test_a_file_that_no_reader_takes_is_one_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "homework.toml").write_text(text)
    with pytest.raises(InputError, match=r"homework\.toml: longer or deeper than can be read; expected file = "):
        homework(tmp_path)


def test_a_folder_without_the_file_is_no_homework(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^homework\.toml: not found here; run hwgen in a homework's folder"):
        homework(tmp_path)

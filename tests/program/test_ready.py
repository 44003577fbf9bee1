"""Whether a homework can be handed in: all that is in the way, at its line, before a build and after it."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hwgen.guards.labels import doubled
from hwgen.model import Homework, Student, effort
from hwgen.model.errors import InputError, InputErrors
from hwgen.page.page import Page, Printed
from hwgen.program import begin, excerpt, finish, ready
from hwgen.program.homework import homework

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


# As `hwgen init` writes them.
SHIPPED = [
    ("title", "Gradient descent on a parabola"),
    ("course", "A course"),
    ("programme", "A programme"),
    ("lecturer", "Emmy Noether"),
    ("address", "emmy.noether@example.org"),
    ("subject", "[COURSE2025] Homework 1"),
]


@pytest.mark.parametrize(
    ("who", "task", "said"),
    [
        (Student(), {}, r"^student.toml:1: nom is missing here \(or --nom …\); add a line such as nom = "),
        (Student(nom="Nom", prenom="Ada"), {}, r"^student.toml:1: nom is 'Nom', a placeholder"),
        (Student(nom="Lovelace", prenom="Prénom"), {}, r"^student.toml:1: prenom is 'Prénom', a placeholder"),
        (WHO, {"address": None}, r"^homework.toml:1: address is missing, which the letter needs; add a line such as address = "),
        (WHO, {"subject": " "}, r"^homework.toml:1: subject is missing"),
        (WHO, {"address": "a@b.org, c@d.org"}, r"^homework.toml:1: address is .*expected one e-mail address"),
        *[(WHO, {key: value}, f"^homework.toml:1: {key} is {re.escape(repr(value))}, a placeholder; expected") for key, value in SHIPPED],
        (WHO, {"address": "a.b@example.com"}, "address is 'a.b@example.com', a placeholder"),
        (WHO, {"subject": "[COURSE] Homework 4"}, "subject is .*, a placeholder"),
        (WHO, {"name": "TODO"}, "name is 'TODO', a placeholder"),
        (WHO, {"lecturer": "…"}, "lecturer is '…', a placeholder"),
        (WHO, {"subject": "a\nBcc: b@c.org"}, r"^homework.toml:1: subject has several lines"),
    ],
)
def test_what_cannot_be_handed_in_is_refused_before_anything_is_built(
    tmp_path: Path, who: Student, task: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as refused:
        ready.may(tmp_path, who, dataclasses.replace(TASK, **task))
    assert re.search(said, str(refused.value)), refused.value
    ready.may(tmp_path, WHO, TASK)


def test_a_fact_that_is_not_there_is_told_with_what_to_write_and_where(tmp_path: Path) -> None:
    toml, who = tmp_path / "homework.toml", tmp_path / "student.toml"
    facts = '# What is handed in.\nfile = "{NOM}.pdf"\ncontent = "exercises"\ntitle = "T"\n\n# subject = "[X2025]"\n# Nothing else.\n'
    toml.write_text(facts)
    address = 'add a line such as address = "emmy.noether@example.org" below this one'
    who.write_text('# Who.\nnom = ""\n')
    with pytest.raises(InputErrors) as refused:
        ready.may(tmp_path, Student(), homework(tmp_path))
    assert [str(one) for one in refused.value.errors] == [
        'student.toml:2: nom is empty; expected the name of whoever hands this in, as in nom = "…", or --nom …',
        'student.toml:2: prenom is missing here (or --prenom …); add a line such as prenom = "Ada" below this one',
        f"homework.toml:4: address is missing, which the letter needs; {address}",
        "homework.toml:6: subject is missing, which the letter needs; delete the # before subject here, and fill it in",
    ]
    toml.write_text(facts.replace("# subject", "subject") + 'address = ""\n')
    with pytest.raises(InputErrors, match=r"homework.toml:8: address is empty; expected it for the letter, as in address = "):
        ready.may(tmp_path, Student(), homework(tmp_path))


def test_all_that_a_new_homework_is_shipped_with_is_refused_at_its_line_until_it_is_filled_in(tmp_path: Path) -> None:
    begin.init(tmp_path)
    toml, who = tmp_path / "homework.toml", Student(nom="Lovelace", prenom="Ada")
    toml.write_text(re.sub("^# *(?=[a-z]+ = )", "", toml.read_text(), flags=re.MULTILINE))
    own = dict.fromkeys(ready.OWN, "Of this homework") | {"address": "lecturer@school.test"}
    seen, lines = set(), toml.read_text().splitlines()
    with pytest.raises(InputErrors, match="a placeholder") as refused:
        ready.may(tmp_path, who, homework(tmp_path))
    for error in refused.value.errors:
        assert error.place
        line = lines[error.place.line - 1]
        key = line.partition(" = ")[0]
        assert error.message.startswith(f"{key} is ")
        seen.add(key)
        toml.write_text(toml.read_text().replace(line, f'{key} = "{own[key]}"'))
    ready.may(tmp_path, who, homework(tmp_path))
    assert seen == set(ready.OWN) == {key for key, _ in SHIPPED}
    (tmp_path / "student.toml").write_text('# names\nprenom = "Ada"\nnom = "NOM"\n')
    with pytest.raises(InputError, match=r"^student\.toml:3: nom is 'NOM', a placeholder"):
        ready.may(tmp_path, Student(nom="NOM", prenom="Ada"), homework(tmp_path))


@pytest.mark.parametrize("kind", ["reference eq:x", "citation weyl"])
def test_a_page_with_a_question_mark_is_refused(tmp_path: Path, kind: str) -> None:
    ready.may(tmp_path, WHO, TASK, ["templates/t.tex.j2:3: 12.0 pt wider than the column"])
    with pytest.raises(InputError, match=rf"^templates/t\.tex\.j2:5: {kind} is undefined, and a question mark is printed; expected every"):
        ready.may(tmp_path, WHO, TASK, [f"templates/t.tex.j2:5: {kind} is undefined"])


def test_a_page_with_a_label_of_two_places_is_refused(tmp_path: Path, page: Callable[[str], Page]) -> None:
    warned = list(doubled(Printed(page("\\label{a} \\label{b}\n\\label{a}"), {})))
    with pytest.raises(InputError, match=r"^templates/t\.tex\.j2:2:1: label a is given twice, first at templates/t\.tex\.j2:1:1; ") as no:
        ready.may(tmp_path, WHO, TASK, warned)
    assert str(no.value).endswith("; expected a name of its own, as every reference leads to the last of them")


def test_an_address_that_is_missing_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^homework\.toml:1: address is missing, which the letter needs; [^\n]*$"):
        ready.may(tmp_path, WHO, dataclasses.replace(TASK, address=" "))


def test_a_build_with_a_name_says_how_to_hand_it_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Makefile").touch()
    assert finish.next_step(WHO, TASK, []) == ["to hand it in: make submit writes the letter to Sophie Germain as a draft"]
    (tmp_path / "Makefile").unlink()
    assert finish.next_step(WHO, TASK, []) == ["to hand it in: hwgen submit writes the letter to Sophie Germain as a draft"]
    assert finish.next_step(Student(), TASK, []) == finish.next_step(WHO, dataclasses.replace(TASK, address=None), []) == []


def test_a_build_that_cannot_be_handed_in_says_why_in_the_place_of_the_invitation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    gone = "templates/t.tex.j2:5:3: reference fig:a is undefined (did you mean fig:b?)"
    assert finish.next_step(WHO, TASK, [gone, "templates/t.tex.j2:9: 0.5 is typed by hand; expected"]) == [
        f"not to be handed in yet: {gone}, and a question mark is printed; expected every reference and citation to have its target"
    ]
    (said,) = finish.next_step(dataclasses.replace(WHO, nom="Nom", effort=effort.QUICK), dataclasses.replace(TASK, subject="TODO"), [gone])
    assert said.startswith("not to be handed in yet: student.toml:1: nom is 'Nom', a placeholder")
    assert said.endswith(" (and 3 more, which hwgen submit names)")


def test_all_that_is_in_the_way_is_told_at_once(tmp_path: Path) -> None:
    begin.init(tmp_path)
    with pytest.raises(InputErrors) as refused:
        ready.may(
            tmp_path, Student(nom="Nom", prenom=""), dataclasses.replace(TASK, subject=None, lecturer="…"), ["a: citation b is undefined"]
        )
    told_of = excerpt.told(refused.value, tmp_path)
    for key in ("nom is 'Nom'", "prenom is empty", "subject is missing", "lecturer is '…'", "citation b is undefined"):
        assert key in told_of

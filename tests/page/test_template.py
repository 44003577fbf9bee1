"""Every rendered line knows its template line, and what Jinja2 or a name gets wrong is said at the author's line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.model import Homework, Place, Student
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page.rendered import Rendered, placeholders, used
from hwgen.page.template import escaped, render

TASK = Homework(file="{NOM}.pdf", content="exercises", title="A title")
NAMES = {"constants": ["slope", "width"], "figures": ["kernel"], "tables": ["thresholds"]}
Render = Callable[..., Rendered]


@pytest.fixture
def made(tmp_path: Path) -> Render:
    """Renders main.tex.j2, given the text of each template by its stem."""

    def make(student: Student | None = None, **texts: str) -> Rendered:
        (tmp_path / "templates").mkdir()
        for stem, text in texts.items():
            (tmp_path / "templates" / f"{stem}.tex.j2").write_text(text)
        return render("main.tex.j2", tmp_path, NAMES, student or Student(), TASK)

    return make


def _lines(rendered: Rendered) -> list[tuple[str, str, int]]:
    """Each line that shows something, with its template and its line there."""
    texts = rendered.text.split("\n")
    assert len(texts) == len(rendered.lines)
    return [
        (text.strip(), Path(place.file).name.partition(".")[0], place.line)
        for text, place in zip(texts, rendered.lines, strict=True)
        if text.strip()
    ]


def test_plain_lines_map_to_themselves(made: Render) -> None:
    assert _lines(made(main="one\n\nthree\n\n\nsix\n")) == [("one", "main", 1), ("three", "main", 3), ("six", "main", 6)]


def test_every_turn_of_a_loop_maps_to_its_line(made: Render) -> None:
    rendered = made(main="zero\n\\BLOCK{for i in [1, 2]}\nfirst \\VAR{i}\nsecond\n\\BLOCK{endfor}\nlast\n")
    turns = [("first 1", "main", 3), ("second", "main", 4), ("first 2", "main", 3), ("second", "main", 4)]
    assert _lines(rendered) == [("zero", "main", 1), *turns, ("last", "main", 6)]


def test_a_loop_within_a_line_stays_on_its_line(made: Render) -> None:
    rendered = made(main="zero\na \\BLOCK{for i in [1, 2]}b\\VAR{i} \\BLOCK{endfor} c\nlast\n")
    assert _lines(rendered) == [("zero", "main", 1), ("a b1 b2  c", "main", 2), ("last", "main", 3)]


@pytest.mark.parametrize(
    "line",
    [
        r"one \BLOCK{if student.version == 'full'}two\BLOCK{endif} three",
        r"  \BLOCK{if true}one\BLOCK{endif}\#{ a comment }two \VAR{ constants.slope }three",
        r"\VAR{constants.slope}\VAR{  constants.width  } one \VAR{student.nom}two three",
        r"one\BLOCK{- if true -}   two   \BLOCK{- endif -}   three",
        r"\BLOCK{for i in [1, 2]}one \VAR{i}two\BLOCK{endfor} three",
    ],
)
def test_the_column_is_that_of_the_template_whatever_stands_before(made: Render, line: str) -> None:
    rendered = made(student=Student(nom="A long name", prenom="Ada", version="full"), main=f"zero\n{line}\nlast\n")
    number = next(number for number, text in enumerate(rendered.text.split("\n"), 1) if "three" in text)
    text = rendered.text.split("\n")[number - 1]
    found = {word: rendered.place(number, text.rindex(word) + 1) for word in ("one", "two", "three") if word in text}
    assert {word: (place.line, place.column) for word, place in found.items()} == {word: (2, line.index(word) + 1) for word in found}


def test_an_included_line_maps_to_the_file_that_holds_it(made: Render) -> None:
    rendered = made(main='zero\n\\BLOCK{include "part.tex.j2"}\nlast\n', part="\nin two\nin three\n")
    assert _lines(rendered) == [("zero", "main", 1), ("in two", "part", 2), ("in three", "part", 3), ("last", "main", 3)]


def test_a_macro_maps_to_where_its_text_is_written(made: Render) -> None:
    text = "\\BLOCK{macro norm(x)}\nnorm of \\VAR{x}\n\\BLOCK{endmacro}\nzero\n\\VAR{norm(1)}\nlast\n"
    assert _lines(made(main=text)) == [("zero", "main", 4), ("norm of 1", "main", 2), ("last", "main", 6)]


def test_a_call_of_several_lines_counts_them_all(made: Render) -> None:
    assert _lines(made(main="zero\na \\VAR{[1,\n 2,\n 3]|join} b\nlast\n")) == [
        ("zero", "main", 1),
        ("a 123 b", "main", 2),
        ("last", "main", 5),
    ]


def test_a_set_block_maps_to_where_its_text_is_written(made: Render) -> None:
    text = "\\BLOCK{set note}\nnoted\nagain\n\\BLOCK{endset}\nzero\n\\VAR{note}\nlast\n"
    assert _lines(made(main=text)) == [("zero", "main", 5), ("noted", "main", 2), ("again", "main", 3), ("last", "main", 7)]


def test_comments_and_untaken_branches_leave_the_map_exact(made: Render) -> None:
    text = "zero\n\\#{ a comment\nof two lines }\n\\BLOCK{if student.marks}\nno\n\\BLOCK{endif}\nlast\n"
    assert _lines(made(main=text)) == [("zero", "main", 1), ("last", "main", 7)]


def test_no_tag_is_left_in_the_text(made: Render) -> None:
    rendered = made(main="a\n\\BLOCK{for i in [1, 2]}\nb \\VAR{i}\n\\BLOCK{endfor}\n")
    assert not {"\x02", "\x03"} & set(rendered.text)


def test_values_become_placeholders_with_their_places(made: Render) -> None:
    rendered = made(main="a\nslope \\VAR{constants.slope}, \\VAR{figures.kernel}\n")
    assert rendered.text.split("\n")[1] == "slope @@@{constants.slope}@, @@@{figures.kernel}@"
    places = [Place(file="templates/main.tex.j2", line=2, column=column) for column in (7, 30)]
    assert list(placeholders(rendered)) == [("constants", "slope", places[0]), ("figures", "kernel", places[1])]
    assert used(rendered) == {("constants", "slope"), ("figures", "kernel")}


def test_every_unknown_name_is_said_at_its_line_with_the_nearest_one(made: Render) -> None:
    with pytest.raises(ContentErrors) as caught:
        made(main="a\n\\VAR{constants.slop}\n\\VAR{figures.slope}\n")
    assert str(caught.value).split("\n") == [
        r"templates/main.tex.j2:2:1: \VAR{constants.slop}: no such name in constants. Did you mean 'slope'?",
        r"templates/main.tex.j2:3:1: \VAR{figures.slope}: no such name in figures; expected one that `hwgen list` shows",
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\nb\n\\BLOCK{for i in}\n\\BLOCK{endfor}\n", 3, "Expected an expression"),
        ("a\n\\BLOCK{if student.marks}\nb\n", 2, "is never closed"),
        ("a\n\\VAR{constants.slope\nb\n", 2, "\\VAR{ is never closed; expected } on its line"),
        ("a\n\\BLOCK{set x = 1\nb\n", 2, "\\BLOCK{ is never closed; expected } on its line"),
        ("a\n\\BLOCK{frobnicate}\n", 2, "is no statement; expected one of"),
        ("a\nb\n\\VAR{slope}\n", 3, "'slope' is undefined; expected \\VAR{constants.slope}"),
        ("a\n\\VAR{{constants.slope}}\n", 2, "\\VAR{{ has a brace too many; expected \\VAR{…}"),
        ("a\n\\VAR{student.surname}\n", 2, "student has no attribute 'surname'; expected one of appendix, marks, nom, prenom, version"),
        ("a\n\\VAR{homework.titel}\n", 2, "homework has no attribute 'titel'. Did you mean 'title'?"),
        ('a\nb\nc\n\\BLOCK{include "nowhere.tex.j2"}\n', 4, "template nowhere.tex.j2 not found in templates/"),
        ("a\n\\VAR{1 // 0}\n", 2, "ZeroDivisionError"),
        ("a\n\\VAR{student.nom|shout}\n", 2, "No filter named 'shout'"),
    ],
)
def test_what_jinja2_refuses_is_said_at_its_line(made: Render, text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        made(main=text)
    assert said in caught.value.message
    columns = {"is undefined": 6, "student has no": 14, "homework has no": 15, "not found": 17}
    column = next((column for words, column in columns.items() if words in said), None)
    assert caught.value.place == Place(file="templates/main.tex.j2", line=line, column=column)


def test_an_error_of_an_included_template_names_that_file(made: Render) -> None:
    with pytest.raises(ContentError, match=r"^templates/part\.tex\.j2:3:6: 'nothing' is undefined; expected one of constants, "):
        made(main='a\n\\BLOCK{include "part.tex.j2"}\n', part="b\n\n\\VAR{nothing}\n")


def test_a_missing_document_is_said_without_a_line(made: Render) -> None:
    with pytest.raises(ContentError, match=r"template main\.tex\.j2 not found in templates/"):
        made(other="a")


def test_the_names_of_the_student_are_escaped(made: Render) -> None:
    rendered = made(Student(nom="O'Neil & {Sons}_100%", prenom=r"\input{x}^2~#$"), main="\\VAR{student.prenom} \\VAR{student.nom}\n")
    first = r"\textbackslash{}input\{x\}\textasciicircum{}2\textasciitilde{}\#\$"
    assert rendered.text == first + r" O'Neil \& \{Sons\}\_100\%" + "\n"


def test_a_name_that_looks_like_a_value_is_not_one(made: Render) -> None:
    rendered = made(Student(nom="@@@{constants.slope}@", prenom="Ada"), main="\\VAR{student.nom}\n")
    assert used(rendered) == set()


def test_accents_are_printed_as_they_are() -> None:
    assert escaped("Éléonore Łukasiewicz") == "Éléonore Łukasiewicz"


@pytest.mark.parametrize(
    "opening", [r"\VAR{constants.slope", r"\BLOCK{set x = 1", r"$\VAR{constants.slope$, \textbf{x}", r"\VAR{constants.slope \textbf{x}"]
)
def test_a_value_that_is_never_closed_is_said_at_its_own_line(made: Render, opening: str) -> None:
    with pytest.raises(ContentError) as caught:
        made(main=f"a\nof {opening} and\nFor all of them \\VAR{{student.nom}}\n")
    said = opening.partition("{")[0].removeprefix("$") + "{ is never closed; expected } on its line"
    assert str(caught.value) == f"templates/main.tex.j2:2: {said}"


def test_an_undefined_name_gets_the_nearest_one(made: Render) -> None:
    with pytest.raises(ContentError, match=r"main\.tex\.j2:2:6: 'constant' is undefined\. Did you mean 'constants'\?"):
        made(main="a\n\\VAR{constant.slope}\n")


def test_a_file_in_another_encoding_is_named_with_its_line(made: Render, tmp_path: Path) -> None:
    made(main='a\n\\BLOCK{include "part.tex.j2"}\n', part="b\n")
    (tmp_path / "templates" / "part.tex.j2").write_bytes("a\nb\ncaf\u00e9\n".encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        render("main.tex.j2", tmp_path, NAMES, Student(), TASK)
    assert str(caught.value) == "templates/part.tex.j2:3: not UTF-8; save the file as UTF-8"


def test_an_unknown_attribute_and_an_unknown_template_are_told_at_their_column(made: Render) -> None:
    with pytest.raises(ContentError, match=r"^templates/main\.tex\.j2:1:18: homework has no attribute 'titel'"):
        made(main=r"by \VAR{homework.titel}")


def test_an_included_template_that_is_misspelt_is_told_with_the_nearest_one(made: Render) -> None:
    with pytest.raises(
        ContentError, match=r"^templates/main\.tex\.j2:2:17: template chaptr\.tex\.j2 not found in .* Did you mean 'chapter\.tex\.j2'\?"
    ):
        made(main='a\n\\BLOCK{include "chaptr.tex.j2"}', chapter="b")


def test_a_mark_before_the_first_letter_of_a_file_is_none_of_its_text(made: Render) -> None:
    rendered = made(main="\ufeff\\#{ a comment }\n\\BLOCK{include 'other.tex.j2'}", other="\ufeffone")
    assert "\ufeff" not in rendered.text

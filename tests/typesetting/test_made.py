"""What LaTeX made is compared with what was read, and published in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentErrors, InputError
from hwgen.typesetting.made import Recorded, Typeset, compare, publish

FORMULA = Formula(macro="checked", name="area", text="A =\n \\pi r^2", place=Place(file="templates/t.tex.j2", line=5))


def _made(*recorded: Recorded) -> Typeset:
    return Typeset(Path("x.pdf"), recorded, ())


def _recorded(text: str = r"A = \pi r^2", macro: str = "checked") -> Recorded:
    return Recorded(macro, "area", 1, text)


def test_what_is_typeset_as_read_passes() -> None:
    compare([FORMULA], _made(_recorded("A =\\pi  r^2 ")))
    compare([FORMULA, FORMULA], _made(_recorded(), _recorded()))


@pytest.mark.parametrize(
    "recorded",
    [(), (_recorded("A = \\pi r^3"),), (_recorded(macro="refuted"),), (_recorded(), _recorded())],
    ids=["missing", "other text", "other macro", "twice"],
)
def test_what_is_typeset_otherwise_does_not(recorded: tuple[Recorded, ...]) -> None:
    with pytest.raises(ContentErrors, match=r"\\(checked|refuted)\{area\}"):
        compare([FORMULA], _made(*recorded))


def test_a_pdf_takes_its_name_in_one_step(tmp_path: Path) -> None:
    source, output = tmp_path / "aside.pdf", tmp_path / "out" / "HW4.pdf"
    source.write_bytes(b"one")
    publish(Typeset(source, (), ()), output)
    inode = output.stat().st_ino
    publish(Typeset(source, (), ()), output)
    assert output.stat().st_ino == inode
    source.write_bytes(b"two")
    publish(Typeset(source, (), ()), output)
    assert (output.read_bytes(), output.stat().st_ino != inode) == (b"two", True)
    assert [path.name for path in output.parent.iterdir()] == ["HW4.pdf"]


def test_what_is_done_last_to_a_pdf_is_done_before_it_is_published(tmp_path: Path) -> None:
    source, output = tmp_path / "aside.pdf", tmp_path / "out.pdf"
    source.write_bytes(b"one")
    publish(Typeset(source, (), ()), output, lambda pdf: pdf + b" with proof")

    def refuses(_: bytes) -> bytes:
        raise InputError("refused")

    source.write_bytes(b"two")
    with pytest.raises(InputError, match="refused"):
        publish(Typeset(source, (), ()), output, refuses)
    assert output.read_bytes() == b"one with proof"

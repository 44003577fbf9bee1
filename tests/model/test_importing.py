"""Whatever Python says of the content is one message at the author's line, in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hwgen.model import Place, catalog
from hwgen.model.errors import ContentError

START = "from hwgen.model.exercise import Exercise\nexercise = Exercise('one', title='One', problem=None)\n"
# What stands on line 3, the message, and its column if it has one.
WRONG = {
    "no Python": ("x = = 1", "this is not Python: invalid syntax; expected a module", 5),
    "an unknown module": ("import nowhere_at_all", "there is no module 'nowhere_at_all'; expected one that is installed", None),
    "an unknown option": ("@exercise.claim(domian={})\ndef a(): ...", "@exercise.claim has no option 'domian'; expected one of ", None),
    "an exception": ("1 / 0", "ZeroDivisionError: division by zero, while the content is imported", None),
    "an exit": ("raise SystemExit(3)", "SystemExit: 3, while the content is imported", None),
    "an unknown name": ("closd(0, 1)", "NameError: name 'closd' is not defined, while the content is imported", None),
    "an option of a statement": ("@exercise.statement(change={})\ndef a(): ...", "@exercise.statement has no option 'change'", None),
}


@pytest.mark.parametrize("deep", [False, True], ids=["in its package", "in a module of it"])
@pytest.mark.parametrize("what", list(WRONG))
def test_what_is_wrong_is_one_message_at_its_line(tmp_path: Path, what: str, deep: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    text, said, column = WRONG[what]
    name = f"content_{abs(hash((what, deep)))}"
    folder = tmp_path / name / "one"
    folder.mkdir(parents=True)
    (tmp_path / name / "__init__.py").write_text("")
    (folder / "__init__.py").write_text(START + (text if not deep else ""))
    (folder / "claims.py").write_text(f"from {name}.one import exercise\n\n{text if deep else ''}\n")
    monkeypatch.setattr(sys, "path", [*sys.path])
    with pytest.raises(ContentError) as caught:
        catalog.load(name, tmp_path)
    assert said in caught.value.message
    file = folder / ("claims.py" if deep else "__init__.py")
    assert caught.value.place == Place(file=str(file), line=3, column=column)
    assert caught.value.exit_code == 2


def test_an_option_that_is_nearly_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nearly" / "one").mkdir(parents=True)
    (tmp_path / "nearly/__init__.py").write_text("")
    (tmp_path / "nearly/one/__init__.py").write_text(START + "@exercise.claim(domian={})\ndef a(): ...\n")
    monkeypatch.setattr(sys, "path", [*sys.path])
    with pytest.raises(ContentError, match=r"Did you mean 'domain'\?$"):
        catalog.load("nearly", tmp_path)

"""Every name that LaTeX might find is there, and none that a build makes for itself."""

from __future__ import annotations

from pathlib import Path

from hwgen.page import folders


def test_names_are_those_of_all_folders_but_what_a_build_makes_and_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "a.tex",
        "mac/b.tex",
        "img/deep/c.pdf",
        "mac/build/d.tex",
        "build/tex/e.tex",
        ".git/f",
        "hw/__pycache__/g.pyc",
        "hw/__pycache__/g.pyc.1234",
        "hw/__pycache__/h.tex",
        "mac/.h.swp",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "empty").mkdir()
    assert folders.names(tmp_path) == [
        "a.tex", "empty", "hw", "hw/__pycache__/h.tex",
        "img", "img/deep", "img/deep/c.pdf", "mac", "mac/b.tex", "mac/build", "mac/build/d.tex",
    ]  # fmt: skip

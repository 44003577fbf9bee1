"""What a computation asks on threads of a library, where none of the author's functions is at work."""

from __future__ import annotations

from pathlib import Path

import pytest
from freshness.reads import EXERCISE, written
from freshness.runs import run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


# What a thread asks with no function of the author's below it: the call, and what changes its answer to one more.
ASKED = {
    "the files of a folder by a pattern": ("len(pool.submit(glob.glob, 'data/*.csv').result())", "(root / 'data/more.csv').touch()"),
    "a folder's files": ("len(pool.submit(os.listdir, 'data').result())", "(root / 'data/more.csv').touch()"),
    "a folder's files, one by one": ("len([*pool.submit(os.scandir, 'data').result()])", "(root / 'data/more.csv').touch()"),
    "the length of a file": (
        "next(pool.map(os.path.getsize, ['given/pool.txt'])) - 3",
        "(root / 'given/pool.txt').write_text('1.00\\n')",
    ),
    "whether a file is there": ("1 + next(pool.map(os.path.exists, ['data/more.csv']))", "(root / 'data/more.csv').touch()"),
    "a variable": ("float(pool.submit(os.environ.get, 'SHIFT', '1').result())", "monkeypatch.setenv('SHIFT', '2')"),
    "a module by its name": (
        "pool.submit(importlib.import_module, 'reads.chosen').result().VALUE - 2",
        "(root / 'reads/chosen.py').write_text('VALUE = 4.0\\n')",
    ),
    "whether a library is there": (
        "1 + (pool.submit(importlib.util.find_spec, 'extra_library').result() is not None)",
        "(root / 'extra_library.py').touch()",
    ),
}


@pytest.mark.parametrize("at_top", [False, True])
@pytest.mark.parametrize("what", list(ASKED))
def test_what_a_thread_of_a_library_asks_is_in_the_key(project: Path, monkeypatch: pytest.MonkeyPatch, what: str, at_top: bool) -> None:
    call, change = ASKED[what]
    asked = f"with ThreadPoolExecutor(1) as pool: found = {call}"
    top, body = (asked, "") if at_top else ("", f"{asked}; ")
    text = EXERCISE.replace("BODY", f"import glob\n    {body}\n    return Estimate(value=float(found), error=1e-3)")
    (project / "reads/exercises/one/__init__.py").write_text(text.replace("exercise = ", f"import glob\n{top}\nexercise = ", 1))
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    assert run(project, "bad")[1][0] == []
    exec(change, {"root": project, "monkeypatch": monkeypatch})
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]

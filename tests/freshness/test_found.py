"""What a computation finds beside what it reads: an empty variable, an order of files, modules of no library, a user's settings."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from freshness.reads import EXERCISE, written
from freshness.runs import run

from hwgen.page import remembered


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


def test_a_variable_that_is_empty_is_another_than_one_that_is_not_set(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = EXERCISE.replace("BODY", "return Estimate(value=float(len(os.environ.get('ASKED', 'none'))), error=1e-3)")
    (project / "reads/exercises/one/__init__.py").write_text(code)
    assert run(project, "bad")[1] == [["bad"], {"bad": 4.0}]
    monkeypatch.setenv("ASKED", "")
    assert run(project, "bad")[1] == [["bad"], {"bad": 0.0}]


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a file system that lists files as they were made")
def test_the_order_in_which_a_folder_is_listed_is_in_the_key() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as shared:
        project = written(Path(shared))
        code = EXERCISE.replace("BODY", "return Estimate(value=float(os.listdir('order')[0]), error=1e-3)")
        (project / "reads/exercises/one/__init__.py").write_text(code)
        (project / "order").mkdir()
        for name in ("1", "2"):
            (project / "order" / name).touch()
        (first,) = run(project, "bad")[1][1].values()
        for name in ("1", "2"):
            (project / "order" / name).unlink()
        for name in ("2", "1"):
            (project / "order" / name).touch()
        assert run(project, "bad")[1] == [["bad"], {"bad": 3.0 - first}]


def test_a_module_of_no_library_is_among_what_was_read_with_what_it_imports(project: Path) -> None:
    """The fast ways look at what is in this list, and at no text that is imported."""
    (project / "tools").mkdir()
    for name, text in {"tools/__init__.py": "", "tools/sub.py": "RATE = 2.0\n", "helper.py": "from tools.sub import RATE\n"}.items():
        (project / name).write_text(text)
    code = EXERCISE.replace("BODY", "return Estimate(value=helper.RATE, error=1e-3)").replace(
        "exercise = ", "import helper\nexercise = ", 1
    )
    (project / "reads/exercises/one/__init__.py").write_text(code)
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]
    read = {path for paths in (remembered.read(project / "build/reads.json") or {}).values() for path in paths}
    assert {"helper.py", "tools/sub.py"} <= read
    assert run(project, "bad")[1][0] == []
    (project / "tools/sub.py").write_text("RATE = 3.0\n")
    assert run(project, "bad")[1] == [["bad"], {"bad": 3.0}]


def test_a_matplotlibrc_reaches_no_computation(project: Path) -> None:
    body = "return Estimate(value=float(len(matplotlib.rcParams['timezone'] + matplotlib.rcParamsOrig['timezone'])), error=1e-3)"
    code = EXERCISE.replace("BODY", body).replace("exercise = ", "import matplotlib\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    (project / "matplotlibrc").write_text("timezone: Asia/Tokyo\n")
    assert run(project, "bad", apart=True)[1] == [["bad"], {"bad": 2.0 * len("UTC")}]


def test_nothing_tells_content_how_the_program_was_called(project: Path) -> None:
    """The run of these tests is called with the names of results."""
    code = EXERCISE.replace("BODY", "return Estimate(value=len(getattr(sys, 'argv')) + TOP, error=1e-3)")
    top = "import sys\nTOP = len(getattr(sys, 'argv'))\nexercise = "
    (project / "reads/exercises/one/__init__.py").write_text(code.replace("exercise = ", top, 1))
    assert run(project, "bad", "first")[1][1]["bad"] == 2.0


SET = {
    "how arrays are printed": ("np.set_printoptions(precision=DIGITS)", "len(repr(np.array([1 / 3])))"),
    "digits of decimals": ("decimal.setcontext(decimal.Context(prec=DIGITS))", "len(str(decimal.Decimal(1) / 3))"),
}
PREPARED = "import decimal\nimport numpy as np\ndef prepare():\n    SETTING\n    return 1\n"


@pytest.mark.parametrize("what", list(SET))
def test_a_setting_that_a_kept_call_makes_at_the_top_is_in_the_keys(project: Path, what: str) -> None:
    """The module that calls is named by nobody, and what it keeps neither."""
    setting, value = SET[what]
    (project / "reads/prepared.py").write_text("import reads.tools\nX = reads.tools.prepare()\n")
    (project / "reads/tools.py").write_text(PREPARED.replace("SETTING", setting.replace("DIGITS", "3")))
    code = EXERCISE.replace("BODY", f"return Estimate(value=float({value}), error=1e-3)")
    code = code.replace("exercise = ", "import decimal\nimport reads.prepared\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    computed, first = run(project, "bad")[1]
    assert run(project, "bad")[1] == [[], first]
    (project / "reads/tools.py").write_text(PREPARED.replace("SETTING", setting.replace("DIGITS", "7")))
    again, second = run(project, "bad")[1]
    assert computed == again == ["bad"]
    assert second["bad"] == first["bad"] + 4

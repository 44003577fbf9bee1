"""What was warned of while a result was computed is said by every run that goes on from it, once, at the line where it stands by then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import warm
from conftest import PROJECT
from program.beginning import CLAIMS, NUMBERS, PAGE, PROGRAM

ENVIRONMENT = {"PYTHONPATH": str(PROJECT)}
ORACLE = "divide by zero encountered in log (RuntimeWarning); mend it, or say by np.errstate(…) around it that it is meant (of iterates)"
FIGURE = "divide by zero encountered in divide (RuntimeWarning); mend it, or say by np.errstate(…) around it that it is meant (of distance)"
Run = Callable[..., list[str]]


@pytest.fixture
def root(tmp_path: Path, new: Path) -> Path:
    """A new homework, of which an oracle and a figure warn."""
    shutil.copytree(new, tmp_path / "hw6")
    _change(tmp_path / "hw6" / CLAIMS, "int(k))[-1]", "int(k))[-1] + 0 * float(np.nan_to_num(np.log(np.zeros(1)))[0])")
    _change(tmp_path / "hw6" / CLAIMS, "from hwgen", "import numpy as np\nfrom hwgen")
    _change(tmp_path / "hw6" / NUMBERS, "axes = figure.subplots()", "axes = figure.subplots()\n    np.ones(1) / np.zeros(1)")
    return tmp_path / "hw6"


def _change(file: Path, old: str, now: str) -> None:
    text = file.read_text()
    assert old in text, f"{file}: {old}"
    file.write_text(text.replace(old, now, 1))


def _line(file: Path, text: str) -> int:
    return next(number for number, line in enumerate(file.read_text().splitlines(), 1) if text in line)


def _told(root: Path, command: str, **environment: str) -> list[str]:
    """What a command says that libraries warned of."""
    done = warm.run(PROGRAM, *command.split(), folder=root, environment={**os.environ, **ENVIRONMENT, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return sorted(line.removeprefix("warning: ") for line in (done.stdout + done.stderr).splitlines() if "RuntimeWarning" in line)


def _expected(root: Path, *, figure: bool = True) -> list[str]:
    said = [f"{CLAIMS}:{_line(root / CLAIMS, 'np.log')}: {ORACLE}"]
    return [*said, f"{NUMBERS}:{_line(root / NUMBERS, 'np.zeros')}: {FIGURE}"] if figure else said


def test_every_way_of_a_build_says_it_again(root: Path) -> None:
    assert _told(root, "pdf") == _expected(root)
    assert _told(root, "pdf") == _expected(root)  # without a change
    (root / "build" / "snapshot.json").unlink()
    assert _told(root, "pdf") == _expected(root)  # in the short way
    (root / "build" / "page.json").unlink()
    (root / "build" / "snapshot.json").unlink()
    assert _told(root, "pdf") == _expected(root)  # from the store
    _change(root / PAGE, "and one step", "and a single step")
    assert _told(root, "pdf") == _expected(root)
    assert _told(root, "pdf") == _expected(root)


def test_reports_and_checks_say_it_too(root: Path) -> None:
    assert _told(root, "check") == _expected(root, figure=False)
    assert _told(root, "check") == _expected(root, figure=False)
    assert _told(root, "check decrease") == []  # of another result nothing is said
    for _ in range(3):  # judged, from the store, without a change
        assert _told(root, "report") == _expected(root)


def test_it_is_said_at_the_line_where_it_stands_by_then(root: Path) -> None:
    first = _expected(root)
    assert _told(root, "pdf") == first
    _change(root / CLAIMS, "from hwgen", "# a remark\n# of two lines\nfrom hwgen")
    _change(root / NUMBERS, "    axes = figure", "    # a remark\n    axes = figure")
    assert _expected(root) != first
    assert _told(root, "pdf --why") == _expected(root)


def test_a_formula_that_is_written_anew_has_the_warnings_of_its_oracles(root: Path) -> None:
    assert _told(root, "check iterates") == _expected(root, figure=False)
    _change(root / PAGE, r"{x_k = (1-\eta\lambda)^k x_0}", r"{x_k = x_0 (1-\eta\lambda)^k}")
    assert _told(root, "check iterates") == _expected(root, figure=False)


def test_a_store_that_is_shared_has_them_too(root: Path, tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    shared = {"HWGEN_STORE": str(tmp_path / "common")}
    other = shutil.copytree(root, tmp_path / "other")
    assert _told(root, "figures distance", **shared) == _expected(root)[1:]
    assert _told(other, "figures distance", **shared) == _expected(other)[1:]

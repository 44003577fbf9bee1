"""What a computation reads belongs to its key, whoever reads it and however; what is no computation is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import matplotlib
import pytest
from freshness.reads import EXERCISE, database, written
from freshness.runs import run

ALL = ["first", "second", "other", "view", "by_name", "optional"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


CHANGES = {
    "a data file": (lambda root: (root / "data/table.csv").write_text("1.5\n2.5\n"), ["first", "second"], {"first": 1.5, "second": 2.5}),
    "a file that was not there": (
        lambda root: (root / "data/more.json").write_text("4"), ["listed", "optional", "view"], {"optional": 4.0, "view": 2.0}
    ),
    "a folder that is listed": (lambda root: (root / "data/new").write_text(""), ["listed", "view"], {"view": 2.0}),
    "a module imported by its name": (lambda root: (root / "reads/chosen.py").write_text("VALUE = 5.0\n"), ["by_name"], {"by_name": 5.0}),
}  # fmt: skip


@pytest.mark.parametrize("what", list(CHANGES))
def test_what_was_read_is_in_the_key(project: Path, what: str) -> None:
    change, stale, values = CHANGES[what]
    assert run(project, *ALL)[1][0] == sorted([*ALL, "listed"])
    assert run(project, *ALL)[1][0] == []
    change(project)
    computed, named = run(project, *ALL)[1]
    assert set(computed) == set(stale)
    assert values.items() <= named.items()
    assert run(project, *ALL)[1][0] == []


AT_IMPORT = {
    "a file": ("LIMIT = float(Path('given/pool.txt').read_text())", lambda root: (root / "given/pool.txt").write_text("2.0")),
    "a file, by a library on a thread": (
        "with ThreadPoolExecutor(1) as pool: LIMIT = float(pool.submit(np.loadtxt, 'given/pool.txt').result())",
        lambda root: (root / "given/pool.txt").write_text("2.0"),
    ),
    "a folder": ("LIMIT = float(len(list(Path('given').glob('*.ne*'))) + 1)", lambda root: (root / "given/one.new").write_text("")),
}


@pytest.mark.parametrize("what", list(AT_IMPORT))
def test_what_a_module_reads_while_it_is_imported_is_in_the_keys(project: Path, what: str) -> None:
    top, change = AT_IMPORT[what]
    code = project / "reads/exercises/one/__init__.py"
    code.write_text(EXERCISE.replace("BODY", "return Estimate(value=LIMIT, error=1e-3)").replace("exercise = ", f"{top}\nexercise = ", 1))
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    change(project)
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]
    assert run(project, "bad")[1] == [[], {"bad": 2.0}]


def test_a_variable_that_nobody_named_is_missed_by_who_took_them_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "return Estimate(value=float(dict(os.environ).get('SHIFT', 1)), error=1e-3)"
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    monkeypatch.setenv("SHIFT", "2")
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]


OTHERS = ["by_pool", "database", "packed", "loaded", "lettered"]
BY_OTHERS = {
    "a file that a thread of a pool reads": (lambda root: (root / "given/pool.txt").write_text("2.0\n"), "by_pool"),
    "a database": (lambda root: database(root, 2.0), "database"),
    "data of a package": (lambda root: (root / "reads/packed.txt").write_text("2.0"), "packed"),
    "a text that Python has compiled": (lambda root: (root / "given/apart.py").write_text("VALUE = 1.0 + 1.0\n"), "loaded"),
    "a font, read when the figure is saved": (
        lambda root: shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf", root / "given/letters.ttf"),
        "lettered",
    ),
}


@pytest.mark.parametrize("what", list(BY_OTHERS))
def test_what_others_read_for_a_computation_is_in_its_key(project: Path, what: str) -> None:
    change, stale = BY_OTHERS[what]
    assert run(project, *OTHERS)[1][0] == sorted(OTHERS)
    assert run(project, *OTHERS)[1][0] == []
    change(project)
    computed, named = run(project, *OTHERS)[1]
    assert (computed, named[stale]) == ([stale], 0.0 if stale == "lettered" else 2.0)
    assert run(project, *OTHERS)[1][0] == []


def test_the_folders_that_an_import_looks_through_are_in_no_key_but_what_it_finds_is(project: Path) -> None:
    assert run(project, *ALL)[1][0] == sorted([*ALL, "listed"])
    for folder in (project, project / "reads", project / "reads/exercises/one"):
        (folder / "__pycache__").mkdir()
        (folder / "unrelated.py").write_text("")
    assert run(project, *ALL)[1][0] == []
    (project / "reads/chosen").mkdir()
    (project / "reads/chosen/__init__.py").write_text("VALUE = 6.0\n")  # found before chosen.py
    computed, named = run(project, *ALL)[1]
    assert (computed, named["by_name"]) == (["by_name"], 6.0)


@pytest.mark.parametrize("name", ["SCALE", "SHIFT"])
def test_a_variable_of_the_environment_that_was_read_or_missed_is_in_the_key(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert run(project, "told", "other")[1][1]["told"] == 1.0
    monkeypatch.setenv("ANOTHER", "5")
    assert run(project, "told", "other")[1][0] == []
    monkeypatch.setenv(name, "5")
    computed, named = run(project, "told", "other")[1]
    assert (computed, named["told"]) == (["told"], 5.0 + (name == "SHIFT"))
    assert run(project, "told", "other")[1][0] == []


FROM_ITS_PLACE = "return Estimate(value=float((Path(__file__).parents[3] / 'data/more.txt').read_text()), error=1e-3)"
FROM_ELSEWHERE = f"os.chdir('data'); {FROM_ITS_PLACE}"


@pytest.mark.parametrize("body", [FROM_ITS_PLACE, FROM_ELSEWHERE])
def test_a_copy_of_a_homework_depends_on_its_own_files(project: Path, body: str) -> None:
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    (project / "data/more.txt").write_text("1")
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    copy = project.parent / f"{project.name}-copy"
    shutil.copytree(project, copy)
    assert run(copy, "bad")[1] == [[], {"bad": 1.0}]
    (copy / "data/more.txt").write_text("2")
    assert run(copy, "bad")[1] == [["bad"], {"bad": 2.0}]
    (copy / "data/more.txt").write_text("3")
    (project / "data/more.txt").unlink()
    assert run(copy, "bad")[1] == [["bad"], {"bad": 3.0}]


def test_a_copy_of_a_homework_depends_on_what_lies_beside_the_copy(project: Path) -> None:
    here, beside = project / "here/work", project / "there/work"
    for folder in ("reads", "data", "given"):
        shutil.copytree(project / folder, here / folder)
    (here / "reads/exercises/one/__init__.py").write_text(
        EXERCISE.replace("BODY", "return Estimate(value=float(Path('../beside.txt').read_text()), error=1e-3)")
    )
    (here.parent / "beside.txt").write_text("1")
    assert run(here, "bad")[1] == [["bad"], {"bad": 1.0}]
    shutil.copytree(here, beside)
    (beside.parent / "beside.txt").write_text("7")
    assert run(beside, "bad")[1] == [["bad"], {"bad": 7.0}]
    assert run(here, "bad")[1] == [[], {"bad": 1.0}]


KEEPING = {
    "a cache around a library's function": ("cached = functools.cache(np.loadtxt)", "cached('given/pool.txt')"),
    "a table": ("KEPT = {}", "KEPT['x'] if 'x' in KEPT else KEPT.setdefault('x', np.loadtxt('given/pool.txt'))"),
    "a class": ("class Kept: found = {}", "Kept.found['x'] if Kept.found else Kept.found.setdefault('x', np.loadtxt('given/pool.txt'))"),
    "a module that nobody follows": ("import helper", "helper.kept()"),
    "a function that is kept by a cache and reads on a thread": (
        "@functools.cache\ndef kept(): return ThreadPoolExecutor(1).submit(np.loadtxt, 'given/pool.txt').result()",
        "kept()",
    ),
    "a function that keeps in its default what it reads on a thread": (
        "def kept(x={}):\n    if not x: x['x'] = ThreadPoolExecutor(1).submit(np.loadtxt, 'given/pool.txt').result()\n    return x['x']",
        "kept()",
    ),
}
HELPER = """
import functools
import helper2
FROM_FILE = float(open("given/pool.txt").read())
@functools.cache
def kept(): return float(open("given/pool.txt").read())
"""


@pytest.mark.parametrize("what", list(KEEPING))
def test_what_one_result_read_and_kept_for_another_is_in_the_keys_of_both(project: Path, what: str) -> None:
    top, body = KEEPING[what]
    (project / "helper.py").write_text(HELPER)
    (project / "helper2.py").write_text("")
    two = f"@exercise.constant()\ndef two(problem): return Estimate(value=float({body}), error=1e-3)\n"
    text = EXERCISE.replace("BODY", f"return Estimate(value=float({body}), error=1e-3)").replace("exercise = ", f"{top}\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(text + two)
    assert run(project, "bad", "two")[1] == [["bad", "two"], {"bad": 1.0, "two": 1.0}]
    assert run(project, "bad", "two")[1][0] == []
    (project / "given/pool.txt").write_text("2.0")
    assert run(project, "bad", "two")[1] == [["bad", "two"], {"bad": 2.0, "two": 2.0}]


BELOW = {
    "a file that it reads while it is imported": ("given/pool.txt", "2.0", "helper.FROM_FILE"),
    "a module that it imports": ("helper2.py", "VALUE = 2.0", "helper.helper2.VALUE"),
}


@pytest.mark.parametrize("what", list(BELOW))
def test_what_a_module_that_nobody_follows_reads_is_in_the_keys(project: Path, what: str) -> None:
    file, text, value = BELOW[what]
    (project / "helper.py").write_text(HELPER)
    (project / "helper2.py").write_text("VALUE = 1.0")
    code = EXERCISE.replace("BODY", f"return Estimate(value={value}, error=1e-3)").replace("exercise = ", "import helper\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    assert run(project, "bad")[1][0] == []
    (project / file).write_text(text)
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]


def test_a_module_that_nobody_follows_starts_no_program_while_it_is_imported(project: Path) -> None:
    (project / "helper.py").write_text("import subprocess\nVALUE = float(subprocess.check_output(['cat', 'given/pool.txt']))\n")
    code = EXERCISE.replace("BODY", "return 1 / 0").replace("exercise = ", "import helper\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    kind, said = run(project, "first")
    assert (kind, "starting a program is refused" in said) == ("SAID", True)


def test_a_style_of_the_users_matplotlib_is_in_the_keys(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", str(project / "own"))
    (project / "own/stylelib").mkdir(parents=True)
    style = project / "own/stylelib/mine.mplstyle"
    style.write_text("lines.linewidth: 1\n")
    body = "with plt.style.context('mine'): return Estimate(value=plt.rcParams['lines.linewidth'], error=1e-3)"
    code = EXERCISE.replace("BODY", body).replace("exercise = ", "import matplotlib.pyplot as plt\nexercise = ", 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    assert run(project, "bad", apart=True)[1] == [["bad"], {"bad": 1.0}]
    assert run(project, "bad", apart=True)[1][0] == []
    style.write_text("lines.linewidth: 2\n")
    assert run(project, "bad", apart=True)[1] == [["bad"], {"bad": 2.0}]


def test_a_file_that_is_gone_is_noticed(project: Path) -> None:
    run(project, *ALL)
    (project / "data/table.csv").unlink()
    kind, said = run(project, *ALL)
    assert (kind, "data/table.csv" in said) == ("SAID", True)


SOUGHT = {
    "by its name": "importlib.util.find_spec('fakelib') is not None",
    "by a name in pieces": "bool(imported('fake' + 'lib'))",
    "of the content": "importlib.util.find_spec('reads.fakelib') is not None",
    "by its version": "bool(version('fakelib'))",
}
BEFORE = """
from importlib import metadata

def imported(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None

def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""

exercise = """


@pytest.mark.parametrize("how", list(SOUGHT))
def test_a_library_that_was_looked_for_and_missed_is_in_the_key(project: Path, how: str) -> None:
    code = EXERCISE.replace("BODY", f"return Estimate(value=float({SOUGHT[how]}), error=1e-3)").replace("exercise = ", BEFORE, 1)
    (project / "reads/exercises/one/__init__.py").write_text(code)
    assert run(project, "bad", "other")[1] == [["bad", "other"], {"bad": 0.0, "other": 7.0}]
    assert run(project, "bad", "other")[1][0] == []
    (project / "fakelib.py").write_text("")
    (project / "reads/fakelib.py").write_text("")
    (project / "fakelib-2.0.dist-info").mkdir()
    (project / "fakelib-2.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: fakelib\nVersion: 2.0\n")
    assert run(project, "bad", "other")[1] == [["bad"], {"bad": 1.0, "other": 7.0}]
    assert run(project, "bad", "other")[1][0] == []

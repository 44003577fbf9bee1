"""A cluster of two workers computes what this machine does, to the byte, within the same limits, also when one of them is lost."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import PROJECT, Homework

from hwgen.freshness import history, kept, observed, present, stamps
from hwgen.freshness.store import Store
from hwgen.judging import cluster_process
from hwgen.judging.cluster import Cluster
from hwgen.judging.results import Results, judge
from hwgen.judging.workers import Limits
from hwgen.model import catalog
from hwgen.model.errors import ContentError, InputError
from hwgen.program import build

pytestmark = pytest.mark.xdist_group("cluster")
pytest.importorskip("distributed")

CONTENT = '''
"""A study that takes its time, one that reads data, and computations that go wrong."""
import os, signal, time
from pathlib import Path
import numpy as np
from hwgen.authors import Estimate, Exercise, effort

exercise = Exercise("one", title="One", problem=None)
DATA = Path(__file__).with_name("data.txt")

def slow(number):
    time.sleep(0.4)
    return np.random.default_rng(number).standard_normal(effort.times(3))

@exercise.constant()
def data(_problem):
    """A number from a file beside the code."""
    return Estimate(value=float(DATA.read_text()), error=0)

@exercise.constant()
def settings(_problem):
    """A number that tells what Python was told."""
    from sympy.core import cache
    return Estimate(value=float(f"{hash('a') % 7}{int(__debug__)}{int(cache.USE_CACHE == 'no')}{time.timezone % 9999}"), error=0)

@exercise.constant()
def elsewhere(_problem):
    """A number from a file that is not sent."""
    return Estimate(value=float(Path(os.environ["ELSEWHERE"]).read_text()), error=0)

@exercise.constant()
def long(_problem):
    """A number that never comes."""
    time.sleep(60)

@exercise.constant()
def crash(_problem):
    """A number from a library that crashes."""
    signal.raise_signal(signal.SIGSEGV)

@exercise.constant()
def writing(_problem):
    """A number that is kept where nobody sees it."""
    Path("kept.txt").write_text("1")

@exercise.constant()
def greedy(_problem):
    """A number that needs more memory than there is for it."""
    return Estimate(value=float(len(bytearray(3 << 30))), error=0)
'''
STUDY = '''
@exercise.study
def study_{0}(_problem):
    """Numbers that take their time."""
    return {{"numbers": slow({0})}}

@exercise.constant(of=[study_{0}])
def mean_{0}(study):
    """Their mean."""
    return Estimate(value=float(study["numbers"].mean()), error=1e-5)
'''
MEANS = [f"mean_{number}" for number in range(6)]


@dataclass
class Running:
    """A scheduler and its workers, as processes that know nothing of hwgen."""

    address: str
    workers: list[subprocess.Popen[bytes]]
    elsewhere: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two workers, each with one thread."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "sitecustomize.py").write_text(BLOCK)
    file = folder / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = _process("scheduler", folder, "--port", "0", "--scheduler-file", str(file), *here)
    options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder), "--scheduler-file", str(file), *here]
    workers = [_process("worker", folder, *options) for _ in range(2)]
    try:
        yield Running(_address(file, scheduler), workers, folder / "elsewhere.txt")
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


# The processes of Dask find no hwgen, as on a machine where it is not installed; those that compute find the one that was sent.
BLOCK = f"""
import sys
sys.path[:] = [path for path in sys.path if path != {str(PROJECT)!r}]
sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in getattr(finder, "__module__", "")]
"""


def _process(kind: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
    told = {"PYTHONOPTIMIZE": "1", "PYTHONHASHSEED": "5", "SYMPY_USE_CACHE": "no", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    environment = {**os.environ, **told, "PYTHONPATH": str(folder), "ELSEWHERE": str(folder / "elsewhere.txt")}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _address(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 60
    while not file.exists() or not file.read_text().rstrip().endswith("}"):  # it is written in two goes
        assert scheduler.poll() is None, (file.parent / "log").read_text()
        assert time.monotonic() < until, (file.parent / "log").read_text()
        time.sleep(0.05)
    address: str = json.loads(file.read_text())["address"]
    return address


@pytest.fixture(autouse=True)
def _own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each run were a process of its own, which has read the code as it is now."""
    monkeypatch.setattr(kept, "BEGAN", time.time_ns() + 10**12)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A homework's folder with its content package, which has data of its own."""
    root = tmp_path_factory.mktemp("project")
    (root / "far" / "one").mkdir(parents=True)
    (root / "far" / "__init__.py").write_text('"""Far."""\n')
    (root / "far" / "one" / "__init__.py").write_text(CONTENT + "".join(STUDY.format(number) for number in range(len(MEANS))))
    (root / "far" / "one" / "data.txt").write_text("0.25")
    return root


def judged(project: Path, folder: str, names: list[str], cluster: str = "", **options: Any) -> Results:
    content = catalog.load("far", project)
    return judge(content, [], names, store=Store(project / folder / "build" / "store"), jobs=2, cluster=cluster, **options)


def numbers(results: Results) -> dict[str, bytes]:
    return {name: value["numbers"].tobytes() for name, value in results.named.items() if name.startswith("study")}


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(project: Path, running: Running) -> None:
    told = []

    def progress(name: str, done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            running.workers[0].kill()

    far = judged(project, "far_away", MEANS, running.address, progress=progress)
    home = judged(project, "at_home", MEANS)
    assert running.workers[0].wait(10) == -signal.SIGKILL
    assert numbers(far) == numbers(home)
    assert len(numbers(far)) == len(MEANS)
    assert {name: far.named[name] for name in MEANS} == {name: home.named[name] for name in MEANS}
    assert told == [(done, 2 * len(MEANS)) for done in range(1, 2 * len(MEANS) + 1)]
    assert judged(project, "far_away", MEANS, running.address).seconds == {}


def test_a_page_made_by_a_cluster_is_the_same_to_the_byte(homework: Homework, running: Running) -> None:
    pages = []
    for cluster in ("", running.address):
        built = build.pdf(build.read(dataclasses.replace(homework.request(jobs=2), effort="quick", cluster=cluster)))
        assert built.pdf
        assert built.ledger.seconds
        pages.append(built.pdf.read_bytes())
        shutil.rmtree(homework.root / "build")
    assert pages[0] == pages[1]


def test_what_a_worker_read_is_known_by_its_name_here(project: Path, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "_readings", {})  # what earlier tests of this process read is not of this homework
    file = project / "far" / "one" / "data.txt"
    assert judged(project, "data", ["data"], running.address).named["data"].value == 0.25
    assert history.files_read(project / "data" / "build") == {"data": [str(file)]}
    file.write_text("0.75")
    again = judged(project, "data", ["data"], running.address)
    assert (set(again.seconds), again.named["data"].value) == ({"data"}, 0.75)


def test_a_worker_computes_with_the_settings_that_python_has_here(project: Path, running: Running) -> None:
    asked = [sys.executable, "-c", "import time; print(f\"{hash('a') % 7}{int(__debug__)}0{time.timezone % 9999}\")"]
    here = subprocess.run(asked, env={**os.environ, **stamps.ORDERED}, capture_output=True, text=True, check=True).stdout
    assert judged(project, "settings", ["settings"], running.address).named["settings"].value == float(here)


def test_other_settings_than_here_are_told(project: Path, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    here = cluster_process.environment()
    monkeypatch.setattr(cluster_process, "environment", lambda: {**here, "PYTHONOPTIMIZE": "2"})
    with pytest.raises(InputError, match=r"this worker has Python's settings optimize 2, .* \(here optimize 0, "):
        judged(project, "other settings", ["data"], running.address)


def test_a_file_that_is_another_one_there_is_an_error(project: Path, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    running.elsewhere.write_text("1")
    monkeypatch.setenv("ELSEWHERE", str(running.elsewhere))  # a variable that a computation reads is the same here and there
    assert judged(project, "elsewhere", ["elsewhere"], running.address).named["elsewhere"].value == 1
    running.elsewhere.write_text("2")
    here = present.now
    monkeypatch.setattr(present, "now", lambda path: "what it is on this machine" if path.endswith("elsewhere.txt") else here(path))
    with pytest.raises(ContentError, match=r"elsewhere.txt: read by a worker of tcp://.*expected it inside the content package"):
        judged(project, "elsewhere too", ["elsewhere"], running.address)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("long", r"long: the constant was stopped after 1 s; make it cheaper"),
        ("crash", r"crash: the constant was killed by SIGSEGV \(a crash inside a library"),
        ("writing", r"writing: the constant raised PermissionError: .*writing a file is refused to a computation"),
        ("greedy", r"greedy: the constant raised MemoryError"),
    ],
)
def test_the_limits_hold_there_as_here(project: Path, running: Running, name: str, said: str) -> None:
    limits = Limits(seconds=1 if name == "long" else 60, memory=2 << 30)
    for cluster in ("", running.address):
        with pytest.raises(ContentError, match=said):
            judged(project, "limits", [name], cluster, limits=limits)


def test_other_versions_are_told_and_nothing_is_computed(project: Path, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    here = cluster_process.versions()
    monkeypatch.setattr(cluster_process, "versions", lambda: {**here, "numpy": "1.0"})
    with pytest.raises(InputError, match=rf"this worker has numpy {here['numpy']} \(here 1\.0\); expected the same versions everywhere"):
        judged(project, "versions", ["data"], running.address)


def test_a_task_that_ends_with_its_scheduler_or_with_every_worker_says_so(project: Path) -> None:
    class KilledWorker(Exception):
        pass

    def lost(error: Exception) -> Any:
        def result() -> Any:
            raise error

        return SimpleNamespace(status="error", result=result)

    cluster = Cluster("tcp://10.0.0.1:8786", Limits(), "hwgen", project)
    with pytest.raises(InputError, match="the scheduler is gone; what was computed is kept: run the command again"):
        cluster._outcome(SimpleNamespace(status="cancelled"))
    assert "was lost with each of the workers that had it" in cluster._outcome(lost(KilledWorker())).ended
    with pytest.raises(InputError, match=r"--cluster tcp://10\.0\.0\.1:8786: OSError: no route"):
        cluster._outcome(lost(OSError("no route")))


def test_a_scheduler_that_is_not_there_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hwgen.judging import cluster

    monkeypatch.setattr(cluster, "CONNECT", 0.2)
    with pytest.raises(InputError, match=r"--cluster tcp://127\.0\.0\.1:9: no scheduler answers there; expected the address"):
        judged(project, "nobody", ["data"], "tcp://127.0.0.1:9")
    with pytest.raises(InputError, match=r"--cluster nonsense://: no scheduler answers there"):
        judged(project, "nobody", ["data"], "nonsense://")

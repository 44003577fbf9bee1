"""The faults: each is tried on a homework that is built, and raises NotSurvived where something true before is not true after."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from soak.disks import full_disk, read_only, torn_write
from soak.disturbed import PREVIEW, disturbed, ended, is_one_message, is_whole, wait_until
from soak.project import DATA, WAIT, Fault, NotSurvived, Project, descendants, kill, save

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
KINDS = ("full", "short", "watched")
WHOM = ("group", "parent", "worker")
STARTING = 30  # seconds until a signal finds the program at work, not Python


def killed(kind: str, *whom: str) -> Fault:
    """SIGKILL at a random moment of a build of that kind; of several such builds, one after the other, before one is left alone."""

    def fault(project: Project, chance: random.Random) -> None:
        for one in whom:
            _killed(project, kind, one, chance)
            project.alone()
            project.intact()
        project.right()

    return fault


def _killed(project: Project, kind: str, whom: str, chance: random.Random) -> None:
    with disturbed(project, kind) as build:
        time.sleep(chance.uniform(0, project.takes[kind]))
        found = kill(build, whom, chance)
        said, complaint = ended(build, anyway=kind == "watched")
        if whom == "worker" and found and build.returncode and kind != "watched":
            is_one_message(build.returncode, said, complaint)
        if kind == "watched":
            is_whole(project.root / PREVIEW)


def signalled(number: signal.Signals, *, twice: bool = False) -> Fault:
    """A signal at a random moment of a full build: one line, its exit code, the page as it was."""

    def fault(project: Project, chance: random.Random) -> None:
        with disturbed(project, "full") as build:
            _listening(build.pid)
            time.sleep(chance.uniform(0, project.takes["full"]))
            for _ in range(1 + twice):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(build.pid, number)
                time.sleep(0.03)
            said, complaint = ended(build)
            if build.returncode not in {0, SIGNALS[number]} or "Traceback" in said + complaint:
                raise NotSurvived(f"ended with {build.returncode}: {said}{complaint}")
            if build.returncode and complaint.splitlines()[-1:] != ["interrupted; what was computed is kept"]:
                raise NotSurvived(f"last said: {complaint}")
        project.alone()
        project.intact()
        project.right()

    return fault


def _listening(pid: int) -> None:
    """Wait until the program has said what a request to end does: until then it is Python's to hear it."""
    until, bit = time.monotonic() + STARTING, 1 << (signal.SIGTERM - 1)
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/status").read_text()
            if int(told.partition("SigCgt:")[2].split()[0], 16) & bit:
                return
        time.sleep(0.005)


def at_once(number: int) -> Fault:
    """Several builds of the same homework at once: each ends well, with the right page."""

    def fault(project: Project, chance: random.Random) -> None:
        project.edit(code=chance.random() < 0.5)
        builds = []
        for _ in range(number):
            builds.append(project.begun())
            time.sleep(chance.uniform(0, 0.3))
        for build in builds:
            said, complaint = ended(build)
            if build.returncode:
                raise NotSurvived(f"one of them ended with {build.returncode}: {said}{complaint}")
            project.intact(words=[project.word])
        project.alone()
        project.right()

    return fault


def cleaned(project: Project, chance: random.Random) -> None:
    """`make clean` at a random moment of a build."""
    kind = chance.choice(["full", "short"])
    with disturbed(project, kind) as build:
        time.sleep(chance.uniform(0, project.takes[kind]))
        shutil.rmtree(project.root / "build", ignore_errors=True)
        for figure in (project.root / "figures").glob("*.pdf"):
            figure.unlink(missing_ok=True)
        said, complaint = ended(build)
        if build.returncode:
            is_one_message(build.returncode, said, complaint)
    project.alone()
    project.right()


def edited(project: Project, chance: random.Random) -> None:
    """A save of the text, the code or both at a random moment of a build: the next one prints what was saved."""
    kind = chance.choice(["full", "short"])
    with disturbed(project, kind) as build:
        time.sleep(chance.uniform(0, project.takes[kind]))
        project.edit(code=chance.random() < 0.5)
        said, complaint = ended(build)
        if build.returncode:
            raise NotSurvived(f"ended with {build.returncode}: {said}{complaint}")
        warned = re.findall(r"warning: (\S+) was saved during the build", complaint)
        if len(set(warned)) != len(warned):
            raise NotSurvived(f"said twice: {complaint}")
    project.alone()
    project.intact()
    project.right()


# What is saved while a build computes: the file, what it says before and after, and what the build after that ends with and says.
SAVES = {
    "the text": ("templates/ex1_descent.tex.j2", "Counting from", "Counting on from", 0, "Counting on from"),
    "the preamble": (
        "templates/preamble.tex",
        r"\usepackage{hwgen}",
        "\\usepackage{hwgen}\n\\renewcommand{\\proofname}{Because}",
        0,
        "Because",
    ),
    "a formula": ("templates/ex1_descent.tex.j2", r"(1-\eta\lambda)^2 f(x)}", r"(1-\eta\lambda)^3 f(x)}", 1, "decrease REFUTED"),
    "an oracle": ("exercises/ex1_descent/problem.py", "x - step * curvature", "x - 2 * step * curvature", 1, "iterates REFUTED"),
    "a data file": (DATA, "1.0", "2.0", 1, "iterates REFUTED"),
    "student.toml": ("student.toml", "Ada", "Augusta", 0, "Augusta"),
}


def saved(what: str) -> Fault:
    """A save of that file while the build computes: said once, and the build after that is of what was saved."""
    name, before, after, code, says = SAVES[what]

    def fault(project: Project, chance: random.Random) -> None:
        project.edit(code=True)
        path = project.root / name
        text = path.read_text()
        assert text.count(before) == 1
        try:
            code_then, said, complaint = _while_it_computes(project, lambda: save(path, text.replace(before, after)))
            if code_then and (code_then != code or says not in complaint + said):  # other than what was saved, read after all
                raise NotSurvived(f"the build ended with {code_then}: {said}{complaint}")
            if not code_then and complaint.count(f"{name} was saved during the build") != 1:
                raise NotSurvived(f"the save was not said, once: {said}{complaint}")
            done = project.begun()
            said, complaint = ended(done)
            # By what it says last: a page of the same bytes as one that is there keeps its time.
            made = [line for line in said.splitlines() if line.endswith(".pdf")][-1:] if code == 0 else []
            told = complaint + said + "".join(PdfReader(project.root / one).pages[0].extract_text() for one in made)
            if done.returncode != code or says not in told:
                raise NotSurvived(f"the build after the save ended with {done.returncode}: {said}{complaint}")
        finally:
            save(path, text)
        project.right()

    return fault


def _while_it_computes(project: Project, change: Callable[[], object]) -> tuple[int, str, str]:
    """A build in which everything is computed, changed in the middle of it: how it ends, and what it says."""
    wait = project.root / WAIT
    wait.touch()
    build = project.begun()
    try:
        wait_until(build, lambda: any(worker for worker in descendants(build.pid)))
        time.sleep(1.0)
        change()
        time.sleep(0.05)
    finally:
        wait.unlink()
    said, complaint = ended(build)
    return build.returncode, said, complaint


def damaged(project: Project, chance: random.Random) -> None:
    """A file of build/ cut short, emptied or written over: computed or made again, never believed."""
    paths = sorted(path for path in (project.root / "build").rglob("*") if path.is_file())
    for path in chance.sample(paths, min(5, len(paths))):
        data = path.read_bytes()
        path.write_bytes(chance.choice([b"", data[: len(data) // 2], data[:-1], b"\x80\x05K\x01.", bytes(reversed(data))]))
    if chance.random() < 0.5:
        project.edit(code=chance.random() < 0.5)
    project.right()


FAULTS: dict[str, Fault] = {
    **{f"kill -9 of the group, of the parent, of a worker, {kind} build": killed(kind, *WHOM) for kind in KINDS},
    **{f"{number.name}": signalled(number) for number in SIGNALS},
    "a second SIGINT during the first's clean-up": signalled(signal.SIGINT, twice=True),
    "two builds at once": at_once(2),
    "five builds at once": at_once(5),
    "make clean during a build": cleaned,
    "a save at a random moment of a build": edited,
    **{f"a save of {what} while a build computes": saved(what) for what in SAVES},
    "disk full": full_disk,
    "build/ read-only": read_only("homework/build"),
    "figures/ read-only": read_only("homework/figures"),
    "TMPDIR read-only": read_only("tmp"),
    "files left aside by a killed process": torn_write,
    "five files of build/ damaged": damaged,
}


# For `make test`: one kill of each kind.
SINGLE: dict[str, Fault] = {f"kill -9 of the {whom}, {kind} build": killed(kind, whom) for kind in KINDS for whom in WHOM}


def times(name: str) -> int:
    """How many faults one try of that name is."""
    return len(WHOM) if name.startswith("kill") else 1


def tried(name: str, project: Project, seed: int) -> str:
    """Try a fault once; what was wrong, or nothing."""
    chance = random.Random(f"{name} {seed}")
    try:
        {**SINGLE, **FAULTS}[name](project, chance)
    except NotSurvived as error:
        return f"{name}, try {seed}: {error}"
    return ""

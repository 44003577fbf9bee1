"""A small homework in a folder of its own, its builds, and what must be true after a fault: whole, right, nothing left.

What a build reads can be in one of several states; the page of each is made once, in another folder, before any fault is tried.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from conftest import PROJECT

from hwgen.program import begin

PDF = "build/HW_LOVELACE_ADA.pdf"
# A word of the page, and a number of the code that every result depends on; what it computes is the same for all.
WORDS = ("first", "second")
# In place of the first line of the homework's computation: it reads a file, and goes on when nobody wants it to wait.
DATA, WAIT = "scale.txt", "wait"
DESCENT = f"""    scale = float(Path("{DATA}").read_text())
    while os.path.exists("{WAIT}"):
        time.sleep(0.01)
    xs, last = [scale * start + 0 * 0.0], start"""
GONE_WITHIN = 10.0
LONGEST = 120.0


class NotSurvived(AssertionError):
    """A fault that did harm."""


class NotPossible(Exception):
    """This machine does not allow the fault to be tried."""


@dataclass
class Project:
    """The homework, in the state `word`; `turn` makes everything that it computes new."""

    root: Path
    pages: Mapping[str, bytes] = field(default_factory=dict)
    word: str = WORDS[0]
    turn: int = 0
    # How long each kind of build takes here when nothing disturbs it, in seconds; the moment of a fault is drawn from it.
    takes: Mapping[str, float] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Of every command: this engine, a folder for temporary files and one for keys and styles beside the homework."""
        own = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        for name, folder in (("TMPDIR", "tmp"), ("XDG_STATE_HOME", "state"), ("MPLCONFIGDIR", "style")):
            (self.root.parent / folder).mkdir(exist_ok=True)
            own[name] = str(self.root.parent / folder)
        return {**os.environ, **own}

    def begun(self, *words: str, before: Sequence[str] = (), jobs: bool = True) -> subprocess.Popen[str]:
        """A command that has begun, in a group of its own."""
        words = words or ("pdf",)
        command = [*before, sys.executable, "-P", "-m", "hwgen", *words, *(["--jobs=2"] if jobs else [])]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment(),
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )

    def edit(self, *, code: bool) -> None:
        """The other word in the text; with `code`, everything is to be computed again."""
        self.word = WORDS[1 - WORDS.index(self.word)]
        template = self.root / "templates/ex1_descent.tex.j2"
        text, before = template.read_text(), f"{WORDS[1 - WORDS.index(self.word)]} claim"
        assert text.count(before) == 1 or self.pages == {}
        save(template, text.replace(before, f"{self.word} claim"))
        if code:
            self.turn += 1
            module = self.root / "exercises/ex1_descent/problem.py"
            text = module.read_text()
            assert text.count(f"+ {self.turn - 1} * 0.0") == 1
            save(module, text.replace(f"+ {self.turn - 1} * 0.0", f"+ {self.turn} * 0.0"))

    def right(self) -> None:
        """The next build goes well without help, and prints the page of the present state. Raises NotSurvived."""
        done = self.begun()
        said, complaint = done.communicate(timeout=LONGEST)
        if done.returncode:
            raise NotSurvived(f"the next build ends with {done.returncode}: {said}{complaint}")
        if (self.root / PDF).read_bytes() != self.pages[self.word]:
            raise NotSurvived("the next build ends with 0, and its page is another")
        left = [*self.left(), *(str(path) for path in (self.root.parent / "tmp").iterdir())]
        if left:
            raise NotSurvived(f"left behind: {', '.join(left)}")

    def intact(self, page: str = PDF, words: Sequence[str] = WORDS) -> None:
        """The page that was there before is there, or the new one. Raises NotSurvived."""
        path = self.root / page
        if not path.exists() or path.read_bytes() not in {self.pages[word] for word in words}:
            raise NotSurvived(f"{page} is not one of the pages that were built")

    def left(self) -> list[str]:
        """The temporary files of builds that are over."""
        names = [path for top in ("build", "figures") for path in (self.root / top).rglob("*")]
        return [str(path.relative_to(self.root)) for path in names if path.name.endswith(".new") or path.name.startswith("run-")]

    def alone(self) -> None:
        """No process of this homework is left after a moment. Raises NotSurvived."""
        until = time.monotonic() + GONE_WITHIN
        while (found := list(self.processes())) and time.monotonic() < until:
            time.sleep(0.02)
        if found:
            raise NotSurvived(f"still there after {GONE_WITHIN:g} s: {', '.join(found)}")

    def processes(self) -> Iterator[str]:
        """The programs that work in the homework's folder."""
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and (entry / "cwd").readlink().is_relative_to(self.root):
                    yield (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:60]


def save(path: Path, text: str) -> None:
    """As an editor saves."""
    aside = path.with_name(f".{path.name}.save")
    aside.write_text(text)
    aside.replace(path)


def made(folder: Path) -> Project:
    """The homework that `hwgen init` writes, built, with the pages of its states."""
    root = folder / "homework"
    begin.init(root)
    (root / "student.toml").write_text('nom = "Lovelace"\nprenom = "Ada"\nversion = "full"\n')
    module = root / "exercises/ex1_descent/problem.py"
    text = module.read_text()
    assert (text.count("xs, last = [start], start"), text.count("from dataclasses import dataclass\n")) == (1, 1)
    text = text.replace(
        "from dataclasses import dataclass\n", "import os\nimport time\nfrom dataclasses import dataclass\nfrom pathlib import Path\n"
    )
    module.write_text(text.replace("    xs, last = [start], start", DESCENT))
    (root / DATA).write_text("1.0\n")
    # SymPy alone would take a third of every build that computes.
    (root / "exercises/ex1_descent/proofs.py").unlink()
    project, pages, takes = Project(root), dict[str, bytes](), dict[str, float]()
    for code in (False, False, True):
        project.edit(code=code)
        started = time.monotonic()
        done = project.begun()
        said, complaint = done.communicate(timeout=LONGEST)
        assert done.returncode == 0, said + complaint
        takes["full" if code else "short"] = time.monotonic() - started
        assert pages.setdefault(project.word, (root / PDF).read_bytes()) == (root / PDF).read_bytes()
    assert len(set(pages.values())) == len(WORDS)
    return Project(root, pages, project.word, project.turn, {**takes, "watched": takes["short"]})


def copied(project: Project, folder: Path) -> Project:
    """The same homework elsewhere, built already."""
    shutil.copytree(project.root, folder / "homework")
    shutil.copytree(project.root.parent / "state", folder / "state")
    shutil.copytree(project.root.parent / "style", folder / "style", dirs_exist_ok=True)
    return Project(folder / "homework", project.pages, project.word, project.turn, project.takes)


def descendants(parent: int) -> list[int]:
    """The processes that a process began, and those that they began."""
    try:
        children = [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []
    return [one for child in children for one in (child, *descendants(child))]


def kill(build: subprocess.Popen[str], whom: str, chance: random.Random) -> bool:
    """End the group, the parent alone or one worker with SIGKILL; whether there was one to end."""
    with contextlib.suppress(ProcessLookupError):
        if build.poll() is not None:
            return False
        if whom == "group":
            os.killpg(build.pid, signal.SIGKILL)
        elif whom == "parent":
            os.kill(build.pid, signal.SIGKILL)
        elif found := descendants(build.pid):
            os.kill(chance.choice(found), signal.SIGKILL)
        else:
            return False
        return True
    return False


# What is done to a homework; the moment, and what else is left to chance, is drawn.
Fault = Callable[[Project, random.Random], None]

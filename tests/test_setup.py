"""setup.sh and the Makefile on pretended machines: every command that could install or download is a stub that writes down its call."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
REAL = ("sh", "dirname", "cat", "rm", "cp", "touch", "chmod", "mkdir", "mktemp", "tail", "make", "env", "sed", "ls", "head", "cksum")
LATEX = "latexmk lmodern texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended"

PYTHON = """
case "$*" in
  *"sys.exit"*) [ "{minor}" -ge 11 ] ;;
  *"import ensurepip"*) [ -e "$STATE/ensurepip" ] ;;
  *"print"*) echo "3.{minor}" ;;
  "-m venv .venv") echo "$0 $*" >> "$STATE/calls"; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip --version") ;;
  *) echo "python $*" >> "$STATE/calls"; [ ! -e "$STATE/pip-fails" ] ;;
esac
"""
APT = """
echo "apt-get $*" >> "$STATE/calls"
[ "${DEBIAN_FRONTEND:-}" = noninteractive ] || exit 9
case "$*" in
  *install*)
    [ ! -e "$STATE/no-lists" ] || { echo "E: Unable to locate package"; exit 100; }
    [ ! -e "$STATE/installs-nothing" ] || exit 0
    touch "$STATE/ensurepip"
    for name in latexmk pdflatex kpsewhich; do echo '#!/bin/sh' > "$BIN/$name"; chmod +x "$BIN/$name"; done ;;
  *update*) [ -e "$STATE/offline" ] || rm -f "$STATE/no-lists" ;;
esac
"""
SUDO = """
[ "$1" = -n ] && [ -e "$STATE/sudoer" ] || exit 1
shift
[ "$1" = true ] || echo "sudo $*" >> "$STATE/calls"
"$@"
"""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A project folder, the only commands there are, and what they remember."""

    root: Path
    folder: str = "project"

    @property
    def project(self) -> Path:
        return self.root / self.folder

    @property
    def bin(self) -> Path:
        return self.root / "bin"

    @property
    def ready(self) -> bool:
        return (self.project / ".venv/.ready").exists()

    def command(self, name: str, script: str) -> None:
        (self.bin / name).unlink(missing_ok=True)  # else a link to the real command would be written through
        (self.bin / name).write_text("#!/bin/sh\n" + script)
        (self.bin / name).chmod(0o755)

    def remember(self, *names: str) -> None:
        for name in names:
            (self.root / "state" / name).touch()

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.bin),
            "STATE": str(self.root / "state"),
            "BIN": str(self.bin),
            "TMPDIR": str(self.root),
            **variables,
        }
        return subprocess.run(words, cwd=self.project, env=environment, capture_output=True, text=True, check=False, timeout=20)

    def calls(self) -> list[str]:
        """What has been called since the last question."""
        log = self.root / "state/calls"
        found = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return found


@pytest.fixture
def machine(tmp_path: Path) -> Callable[..., Machine]:
    """A Debian machine, root, Python 3.11 without venv support, no LaTeX; each may be said otherwise."""

    def made(*state: str, minor: int = 11, apt: bool = True, user: int = 0, latex: bool = False, folder: str = "project") -> Machine:
        one = Machine(root=tmp_path, folder=folder)
        for needed in ("bin", "state", folder):
            (tmp_path / needed).mkdir()
        for name in REAL:
            (one.bin / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
        for name in ("setup.sh", "Makefile", "constraints.txt", "pyproject.toml"):
            shutil.copy(PROJECT / name, one.project)
        one.command("python3", PYTHON.replace("{minor}", str(minor)))
        one.command("id", f"echo {user}\n")
        one.command("sudo", SUDO)
        if apt:
            one.command("apt-get", APT)
        if latex:
            for name in ("latexmk", "pdflatex", "kpsewhich"):
                one.command(name, "")
        one.remember(*state)
        return one

    return made


Make = Callable[..., Machine]


def test_root_on_a_bare_debian_gets_exactly_the_list_announced_first(machine: Make) -> None:
    bare = machine()
    done = bare.run("sh", "setup.sh")
    assert done.returncode == 0
    apt, venv, backend, package = bare.calls()
    assert apt.startswith("apt-get ")
    assert apt.endswith(f" install -y --no-install-recommends python3.11-venv {LATEX}")
    assert venv.endswith("python3 -m venv .venv")
    assert "pip install" in backend
    assert package.endswith("--constraint constraints.txt --no-build-isolation --editable .[dev]")
    announced, packages, ready = done.stderr.splitlines()
    assert announced.startswith("setup: missing: Python's venv support, LaTeX. Installing with apt-get")
    assert announced.endswith(f": python3.11-venv {LATEX}")
    assert packages == "setup: installing the Python packages of constraints.txt into .venv"
    assert ready == "setup: ready"
    assert bare.ready


def test_it_is_announced_before_it_happens(machine: Make) -> None:
    bare = machine()
    bare.command("apt-get", 'cp "$STATE/said" "$STATE/said-before"' + APT)
    bare.run("sh", "-c", 'sh setup.sh 2>"$STATE/said"')
    assert f"Installing with apt-get (about a minute, 400 MB): python3.11-venv {LATEX}\n" in (bare.root / "state/said-before").read_text()


def test_only_what_is_missing_is_installed(machine: Make) -> None:
    latex_only = machine("ensurepip")
    assert "python3.11-venv" not in latex_only.run("sh", "setup.sh").stderr
    assert latex_only.calls()[0].endswith(f"--no-install-recommends {LATEX}")


def test_venv_support_alone_is_installed_for_the_version_that_runs(machine: Make) -> None:
    venv_only = machine(minor=12, latex=True)
    assert venv_only.run("sh", "setup.sh").returncode == 0
    assert venv_only.calls()[0].endswith("--no-install-recommends python3.12-venv")


def test_nothing_is_installed_on_a_machine_that_has_all(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    assert equipped.run("sh", "setup.sh").returncode == 0
    assert not any("apt-get" in call for call in equipped.calls())


def test_a_missing_latex_package_counts_as_missing_latex(machine: Make) -> None:
    partial = machine("ensurepip", latex=True)
    partial.command("kpsewhich", "exit 1\n")
    partial.run("sh", "setup.sh")
    assert partial.calls()[0].endswith(f"--no-install-recommends {LATEX}")


def test_sudo_without_a_prompt_is_used_by_others_than_root(machine: Make) -> None:
    sudoer = machine("sudoer", user=1000)
    assert sudoer.run("sh", "setup.sh").returncode == 0
    assert sudoer.calls()[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get ")


@pytest.mark.parametrize("where", [{"apt": False}, {"user": 1000}])
def test_elsewhere_it_stops_with_the_command_of_each_package_manager(machine: Make, where: dict[str, int]) -> None:
    other = machine(**where)
    stopped = other.run("sh", "setup.sh")
    assert stopped.returncode == 2
    assert other.calls() == []
    assert not other.ready
    assert "missing: Python's venv support, LaTeX. There is no apt-get here that may be used without a password" in stopped.stderr
    assert f"sudo apt-get install --no-install-recommends python3-venv {LATEX}\n" in stopped.stderr
    for command in (
        "sudo dnf install python3 latexmk ",
        "sudo pacman -S --needed python texlive-binextra ",
        "brew install --cask mactex-no-gui",
    ):
        assert command in stopped.stderr


def test_package_lists_are_fetched_only_when_the_first_try_fails(machine: Make) -> None:
    fresh = machine("no-lists")
    assert fresh.run("sh", "setup.sh").returncode == 0
    tries = [call.split(" ")[-1] if "update" in call else "install" for call in fresh.calls() if call.startswith("apt-get")]
    assert tries == ["install", "update", "install"]


def test_apt_that_fails_ends_with_what_it_said_and_the_commands(machine: Make) -> None:
    offline = machine("no-lists", "offline")
    stopped = offline.run("sh", "setup.sh")
    assert stopped.returncode == 2
    assert "E: Unable to locate package" in stopped.stderr
    assert "sudo apt-get install" in stopped.stderr
    assert not offline.ready


def test_apt_that_installs_the_wrong_thing_is_noticed(machine: Make) -> None:
    stopped = machine("installs-nothing").run("sh", "setup.sh")
    assert stopped.returncode == 2
    assert "missing: Python's venv support, LaTeX. apt-get installed its packages, and this is still not found" in stopped.stderr


def test_an_old_python_is_an_error_that_says_what_to_do(machine: Make) -> None:
    old = machine(minor=9)
    stopped = old.run("sh", "setup.sh")
    assert stopped.returncode == 2
    assert stopped.stderr == (
        "setup: no Python 3.11 or newer among: python3 python3.13 python3.12 python3.11. "
        "Install one, or name it: make pdf PYTHON=/path/to/python3.12\n"
    )
    assert old.calls() == []


def test_a_newer_python_beside_an_old_one_is_found(machine: Make) -> None:
    both = machine("ensurepip", minor=9, latex=True)
    both.command("python3.12", PYTHON.replace("{minor}", "12"))
    assert both.run("sh", "setup.sh").returncode == 0
    assert both.calls()[0].endswith("bin/python3.12 -m venv .venv")


def test_the_python_that_is_asked_for_is_the_one_used(machine: Make) -> None:
    both = machine("ensurepip", latex=True)
    both.command("other", PYTHON.replace("{minor}", "12"))
    assert both.run("make", ".venv/.ready", f"PYTHON={both.bin}/other").returncode == 0
    assert both.calls()[0] == f"{both.bin}/other -m venv .venv"


def test_a_second_make_sets_nothing_up_and_a_changed_pin_does(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls()
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls() == []
    pins = equipped.project / "constraints.txt"
    pins.write_text(pins.read_text() + "another==1.0\n")
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert [call for call in equipped.calls() if "venv .venv" in call] == []


def test_a_set_up_that_was_moved_with_its_folder_is_made_again(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls()
    (equipped.root / "project").rename(equipped.root / "moved")
    shutil.copytree(equipped.root / "moved", equipped.root / "project")
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls() == []
    (equipped.root / "project/.venv/.ready").write_text("/another/folder\n")
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert any("--editable" in call for call in equipped.calls())
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls() == []


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "setup.sh"])
def test_a_file_dated_in_the_future_sets_nothing_up_again(machine: Make, name: str) -> None:
    equipped = machine("ensurepip", latex=True)
    future = time.time() + 10**6
    os.utime(equipped.project / name, (future, future))
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls()
    assert equipped.run("make", ".venv/.ready").returncode == 0
    assert equipped.calls() == []


@pytest.mark.parametrize("folder", ["a b", "a  b ", "a#b", "a%b", "it's", "a;b & c", "(a) [b] *", "été", "-a", "!!a"])
def test_a_folder_of_an_odd_name_is_set_up_once(machine: Make, folder: str) -> None:
    odd = machine("ensurepip", latex=True, folder=folder)
    assert odd.run("make", ".venv/.ready").returncode == 0
    assert odd.ready
    odd.calls()
    assert odd.run("make", ".venv/.ready").returncode == 0
    assert odd.calls() == []


@pytest.mark.parametrize("folder", ["a`touch b`", "a:b", "a,b", "{a}", "a$b", "a${HOME}b", 'a"b', "a\\b", "a\nb", "a\n"])
def test_a_folder_that_cannot_work_is_said_so_before_anything_is_made(machine: Make, folder: str) -> None:
    odd = machine("ensurepip", latex=True, folder=folder)
    for command in (["make", "pdf"], ["sh", "setup.sh"]):
        stopped = odd.run(*command)
        assert stopped.returncode == 2
        assert 'a folder that cannot work; expected a path without : , { } $ ` " \\ and new lines' in stopped.stderr
        assert odd.calls() == []
        assert not odd.ready


SEEN = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PYTHONNOUSERSITE")


def test_what_belongs_to_the_users_own_python_reaches_neither_set_up_nor_program(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    tell = "echo " + " ".join(f"{name}=${{{name}:-}}" for name in SEEN) + ' >> "$STATE/seen"\n'
    equipped.command("python3", tell + PYTHON.replace("{minor}", "11"))
    user = {name: "1" for name in SEEN if name != "PYTHONNOUSERSITE"}
    assert equipped.run("make", "pdf", **user).returncode == 0
    seen = (equipped.root / "state/seen").read_text().splitlines()
    set_up, program = seen[:-1], seen[-1]
    assert set(set_up) == {"PYTHONPATH= PYTHONSTARTUP= PYTHONHOME= PIP_USER=0 PIP_TARGET= PYTHONNOUSERSITE=1"}
    assert program.startswith("PYTHONPATH= PYTHONSTARTUP= PYTHONHOME=")
    assert program.endswith("PYTHONNOUSERSITE=1")


def test_a_failed_set_up_is_tried_again(machine: Make) -> None:
    offline = machine("ensurepip", "pip-fails", latex=True)
    for _ in range(2):
        stopped = offline.run("make", "pdf")
        assert stopped.returncode == 2
        assert "setup: pip failed" in stopped.stderr
        assert not offline.ready
        assert offline.calls()


def test_set_up_that_fails_after_a_good_one_is_not_ready(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    equipped.run("sh", "setup.sh")
    assert equipped.ready
    equipped.remember("pip-fails")
    equipped.run("sh", "setup.sh")
    assert not equipped.ready


@pytest.fixture
def built(machine: Make) -> Machine:
    """A machine that is set up, whose hwgen prints its arguments, one a line."""
    equipped = machine("ensurepip", latex=True)
    equipped.run("sh", "setup.sh")
    hwgen = equipped.root / "project/.venv/bin/python"
    hwgen.write_text('#!/bin/sh\n[ "$1 $2" = "-m hwgen" ] || exit 9\nshift 2\nfor word; do echo "<$word>"; done\n')
    hwgen.chmod(0o755)
    return equipped


@pytest.mark.parametrize("name", ["Lovelace", "de la Vallée Poussin", "d'Alembert", 'a "b" `c`', "Gauß & Söhne; #1", "-x", "*", ""])
def test_names_reach_the_program_as_typed(built: Machine, name: str) -> None:
    said = built.run("make", "pdf", f"NOM={name}", f"PRENOM={name}")
    assert said.stdout.splitlines() == ["<pdf>", f"<--nom={name}>", f"<--prenom={name}>"]


def test_no_name_means_no_option(built: Machine) -> None:
    assert built.run("make").stdout.splitlines() == ["<pdf>"]
    assert built.run("make", "pdf", "NOM=Lovelace").stdout.splitlines() == ["<pdf>", "<--nom=Lovelace>"]


@pytest.mark.parametrize("target", ["check", "figures", "mutate"])
def test_a_target_can_be_limited_to_some_names(built: Machine, target: str) -> None:
    assert built.run("make", target, "ONLY=kappa width").stdout.splitlines() == [f"<{target}>", "<kappa>", "<width>"]


def test_an_exit_code_of_the_program_stops_make(built: Machine) -> None:
    (built.root / "project/.venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
    assert built.run("make", "pdf").returncode == 2


def test_clean_removes_what_is_generated_and_nothing_else(built: Machine) -> None:
    project = built.root / "project"
    for path in ("build/tex/a.tex", "figures/a.pdf", "figures/.gitkeep", "templates/a.tex.j2"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).touch()
    assert built.run("make", "clean").returncode == 0
    left = {str(path.relative_to(project)) for path in project.rglob("*") if path.is_file()}
    assert not any(path.startswith("build/") or path == "figures/a.pdf" for path in left)
    assert {"figures/.gitkeep", "templates/a.tex.j2", "setup.sh", ".venv/.ready"} <= left


def test_help_names_every_target(built: Machine) -> None:
    said = built.run("make", "help").stdout
    targets = (PROJECT / "Makefile").read_text().split(".PHONY: ")[1].splitlines()[0].split()
    assert {line.split()[1] for line in said.splitlines()} == set(targets)


def test_constraints_pin_every_version_exactly_and_name_no_address() -> None:
    lines = [line for line in (PROJECT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(line.count("==") == 1 and "/" not in line and "*" not in line for line in lines)
    assert {"numpy", "hatchling", "editables"} <= {line.split("==")[0] for line in lines}


@pytest.mark.parametrize("name", ["D$ollar", "O'Hara", 'a "b" c', "x; y", "$(z)", "Ngô"])
def test_a_name_reaches_the_program_as_it_was_typed(tmp_path: Path, name: str) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    for file in ("pyproject.toml", "constraints.txt", "setup.sh", ".venv/.ready"):
        (tmp_path / file).write_text(str(tmp_path) if file.endswith("ready") else "")
    command = ["make", "-s", "pdf", f"NOM={name}", "PRENOM=Ada", "HWGEN=printf '%s\\n'"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["pdf", f"--nom={name}", "--prenom=Ada"], done.stderr

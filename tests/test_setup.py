"""setup.sh, and when make calls it, on pretended machines."""

from __future__ import annotations

import os
import shutil
import time

import pytest
from conftest import PROJECT
from pretended import APT, LATEX, PYTHON, Make


def test_root_on_a_bare_debian_gets_exactly_the_list_announced_first(machine: Make) -> None:
    bare = machine()
    done = bare.run("sh", "setup.sh")
    assert done.returncode == 0
    apt, venv, backend, package = bare.calls()
    assert apt.startswith("apt-get ")
    assert apt.endswith(f" install -y --no-install-recommends python3.11-venv {LATEX}")
    assert venv.endswith("python3 -m venv .venv")
    assert "pip install" in backend
    assert package.endswith("--constraint constraints.txt --no-build-isolation --use-pep517 --editable .[dev]")
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


SEEN = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PYTHONNOUSERSITE", "PYTHONHASHSEED")


def test_what_belongs_to_the_users_own_python_reaches_neither_set_up_nor_program(machine: Make) -> None:
    equipped = machine("ensurepip", latex=True)
    tell = "echo " + " ".join(f"{name}=${{{name}:-}}" for name in SEEN) + ' >> "$STATE/seen"\n'
    equipped.command("python3", tell + PYTHON.replace("{minor}", "11"))
    user = {name: "1" for name in SEEN if name not in {"PYTHONNOUSERSITE", "PYTHONHASHSEED"}}
    assert equipped.run("make", "pdf", **user).returncode == 0
    seen = (equipped.root / "state/seen").read_text().splitlines()
    set_up, program = seen[:-1], seen[-1]
    assert set(set_up) == {"PYTHONPATH= PYTHONSTARTUP= PYTHONHOME= PIP_USER=0 PIP_TARGET= PYTHONNOUSERSITE=1 PYTHONHASHSEED="}
    assert program.startswith("PYTHONPATH= PYTHONSTARTUP= PYTHONHOME=")
    assert program.endswith("PYTHONNOUSERSITE=1 PYTHONHASHSEED=0")


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


def test_constraints_pin_every_version_exactly_and_name_no_address() -> None:
    lines = [line for line in (PROJECT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(line.count("==") == 1 and "/" not in line and "*" not in line for line in lines)
    assert {"numpy", "hatchling", "editables"} <= {line.split("==")[0] for line in lines}

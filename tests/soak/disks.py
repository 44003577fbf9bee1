"""Faults of disks: full, read-only, or with files that a killed process left aside."""

from __future__ import annotations

import os
import random
import shutil
import subprocess

from hwgen.page import files as written
from soak.disturbed import PREVIEW, ended, is_one_message
from soak.project import LONGEST, Fault, NotPossible, NotSurvived, Project, copied


def full_disk(project: Project, chance: random.Random) -> None:
    """A disk that is full after a random number of bytes (a file system of that size in memory, where that is allowed)."""
    small = copied_to_a_small_disk(project, chance.choice([64, 128, 256, 400, 800, 1600]))
    try:
        small.edit(code=True)
        build = small.begun()
        said, complaint = ended(build)
        if build.returncode:
            is_one_message(build.returncode, said, complaint)
        small.alone()
        small.intact()
        subprocess.run(["mount", "-o", "remount,size=64m", str(small.root.parent)], check=True)
        small.right()
    finally:
        subprocess.run(["umount", "-l", str(small.root.parent)], check=True)


def copied_to_a_small_disk(project: Project, room: int) -> Project:
    """The homework on a disk of its own with so many kilobytes of room. Raises NotPossible where nobody may make one."""
    disk = project.root.parent / "disk"
    disk.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], capture_output=True, check=False)
    if made.returncode:
        raise NotPossible("no file system may be made here")
    small = copied(project, disk)
    used = sum(path.stat().st_blocks * 512 for path in disk.rglob("*") if path.is_file()) // 1024
    subprocess.run(["mount", "-o", f"remount,size={used + room}k", str(disk)], check=True)
    return small


def read_only(*folders: str) -> Fault:
    """These folders may not be written; what stands in them is as it was, and one message says so."""

    def fault(project: Project, chance: random.Random) -> None:
        before = without_override()
        places = [project.root.parent / folder for folder in folders]
        inside = [place for top in places for place in (top, *(path for path in top.rglob("*") if path.is_dir()))]
        project.edit(code=True)
        project.begun("list", jobs=False).communicate(timeout=LONGEST)
        for place in inside:
            place.chmod(0o555)
        try:
            build = project.begun(before=before)
            said, complaint = ended(build)
            if build.returncode:
                is_one_message(build.returncode, said, complaint)
            elif any(place.name == "build" for place in places):
                raise NotSurvived("a build into a folder that may not be written ended with 0")
        finally:
            for place in inside:
                place.chmod(0o755)
        project.alone()
        project.intact()
        project.right()

    return fault


def without_override() -> list[str]:
    """What makes a command heed permissions even for the superuser. Raises NotPossible where nothing does."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        raise NotPossible("the superuser writes everywhere")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def torn_write(project: Project, chance: random.Random) -> None:
    """A process killed between writing a file aside and its renaming leaves a file that a later build sweeps away."""
    gone = _a_process_that_is_no_more()
    for path in ("build/ledger.json", "build/tex/solution.pdf", "figures/ex1_descent_distance.pdf", PREVIEW):
        (project.root / f"{path}.{gone}{written.ENDING}").write_bytes(b"half")
    (project.root / "build/tex/run-1").mkdir(exist_ok=True)
    (project.root / "build/tex/run-1/solution.aux").write_text("half")
    project.edit(code=chance.random() < 0.5)
    project.right()


def _a_process_that_is_no_more() -> int:
    one = subprocess.Popen(["true"])
    one.wait()
    return one.pid

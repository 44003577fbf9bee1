"""A few of the faults of `make soak`, each once, and the table that the run writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from soak import faults, table
from soak.project import NotPossible, NotSurvived, Project, made

SAMPLE = (
    "kill -9 of the parent, short build",
    "kill -9 of the worker, watched build",
    "two builds at once",
    "five builds at once",
    "files left aside by a killed process",
    "a save of an oracle while a build computes",
    "build/ read-only",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The homework that `hwgen init` writes, built."""
    return made(tmp_path_factory.mktemp("faults"))


@pytest.mark.xdist_group("soak")
@pytest.mark.parametrize("name", SAMPLE)
def test_a_fault_is_survived(project: Project, name: str) -> None:
    try:
        assert faults.tried(name, project, 1) == ""
    except NotPossible as error:
        pytest.skip(str(error))


@pytest.mark.xdist_group("soak")
def test_what_does_harm_is_noticed(project: Project) -> None:
    page = project.root / "build/HW_LOVELACE_ADA.pdf"
    whole = page.read_bytes()
    page.write_bytes(whole[:-1])
    with pytest.raises(NotSurvived, match="is not one of the pages that were built"):
        project.intact()
    page.write_bytes(whole)
    (project.root / "build/tex/run-7").mkdir()
    with pytest.raises(NotSurvived, match="left behind: build/tex/run-7"):
        project.right()
    (project.root / "build/tex/run-7").rmdir()


def test_the_table_is_written_between_its_marks_and_again_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "trust.md"
    path.write_text(f"before\n\n{table.BEGIN}\n{table.END}\n\nafter\n")
    for count in (3, 4):
        table.write(path, {"kill -9": count, "disk full": 0, "SIGINT": 0}, 10.0, {"disk full"}, 3.2)
        text = path.read_text()
        assert text.startswith(f"before\n\n{table.BEGIN}\n\n| Fault | tried | survived |\n|---|---|---|\n| kill -9 | {count} | {count} |\n")
        assert "| disk full | not here | |\n| SIGINT | no time was left | |" in text
        assert f"One run: {count} tries, {count} of them kill -9, in 10 s on" in text
        assert "cores, which 3 other programs shared;" in text
        assert text.endswith(f"{table.END}\n\nafter\n")

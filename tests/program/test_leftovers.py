"""What earlier builds left in build/: files of another name and older ones are told, and stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hwgen.model import Homework, Student
from hwgen.program import finish, leftovers

OWN = "HW4_LOVELACE_ADA.pdf"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A build folder with all that builds may leave there."""
    build = tmp_path / "build"
    build.mkdir()
    for name in ("HW4_LOVELACE_ADA.pdf", "HW4_LOVELACE_ADA.eml", "HW4_LOVELACE_ADA_FULL.pdf", "preview.pdf", "ledger.json"):
        (build / name).touch()
    return tmp_path


def test_nothing_is_said_of_what_is_of_this_name(made: Path) -> None:
    assert leftovers.others(made, OWN) == []
    assert leftovers.others(made / "nowhere", OWN) == []


@pytest.mark.parametrize("name", ["HW4_NOM_PRENOM.pdf", "HW4_LOVELACE_ADA-MARIE.zip", "HW5_LOVELACE_ADA.eml", "HW4_LOVELACE_ADAH_FULL.pdf"])
def test_a_file_of_another_name_is_told_and_stays(made: Path, name: str) -> None:
    (made / "build" / name).touch()
    assert leftovers.others(made, OWN) == [f"build/{name}: of another name than {OWN}; remove it, lest it be handed in"]
    assert (made / "build" / name).exists()


def test_several_are_told_at_once(made: Path) -> None:
    for name in ("A.pdf", "B.zip"):
        (made / "build" / name).touch()
    assert leftovers.others(made, OWN) == [f"build/A.pdf, build/B.zip: of another name than {OWN}; remove them, lest they be handed in"]


def test_what_is_older_than_the_file_to_hand_in_is_told_and_what_is_as_old_is_not(made: Path) -> None:
    kept = Path("build") / OWN
    for path in (made / "build").iterdir():
        os.utime(path, (9, 9))
    assert list(leftovers.older(made, OWN, kept)) == []
    os.utime(made / "build/HW4_LOVELACE_ADA_FULL.pdf", (5, 5))
    (made / "build/HW4_LOVELACE_ADAH.pdf").touch()
    os.utime(made / "build/HW4_LOVELACE_ADAH.pdf", (5, 5))
    (told,) = leftovers.older(made, OWN, kept)
    assert told.startswith(f"build/HW4_LOVELACE_ADA_FULL.pdf: older than {OWN}, which is handed in; ")


def test_a_build_that_has_a_name_says_it_and_one_for_nobody_does_not(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(made)
    task = Homework(file="HW4_{NOM}_{PRENOM}.pdf", content="exercises", title="T")
    warned = finish.warn(Student(nom="Byron", prenom="Ada"), task, ["w"])
    assert warned == ["warning: w"]  # what a build without a change says again
    told = capsys.readouterr().err.splitlines()
    assert told[:1] == warned
    assert told[1].startswith(
        "warning: build/HW4_LOVELACE_ADA.eml, build/HW4_LOVELACE_ADA.pdf, build/HW4_LOVELACE_ADA_FULL.pdf: of another"
    )
    finish.warn(Student(), task, [])
    assert "of another name" not in capsys.readouterr().err

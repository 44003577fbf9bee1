"""What one machine has computed another one takes over, if it is signed by somebody who shares the key, and as nothing but itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hwgen.freshness import kept, present, shared
from hwgen.freshness.kept import Kept
from hwgen.freshness.shared import Shared
from hwgen.freshness.store import MISSING, Store
from hwgen.judging.results import judge
from hwgen.model import catalog
from hwgen.model.errors import InputError

OURS, THEIRS = b"a" * 32, b"b" * 32
KEY, OTHER = "ab" * 16, "cd" * 16


@pytest.fixture
def common(tmp_path: Path) -> Path:
    """The folder that is shared."""
    folder = tmp_path / "common"
    folder.mkdir()
    return folder


def store_of(person: str, common: Path, key: bytes | None = OURS, read_only: bool = False) -> Shared:
    return Shared(common.parent / person / "build" / "store", common, read_only, key)


def test_what_one_has_computed_another_one_has_and_keeps(common: Path) -> None:
    store_of("ada", common).put(KEY, [1, 2])
    grace = store_of("grace", common)
    assert grace.get(KEY) == [1, 2]
    (common / KEY[:2] / KEY).unlink()
    assert grace.get(KEY) == [1, 2]
    assert list(grace.warnings()) == []


def test_who_only_reads_leaves_nothing(common: Path) -> None:
    store_of("ada", common, read_only=True).put(KEY, [1, 2])
    assert list(common.iterdir()) == []
    assert store_of("grace", common).get(KEY) is MISSING


def test_what_is_signed_with_another_key_is_not_believed_and_told(common: Path) -> None:
    store_of("mallory", common, THEIRS).put(KEY, [1, 2])
    ada = store_of("ada", common)
    assert ada.get(KEY) is MISSING
    (said,) = ada.warnings()
    assert said.startswith("HWGEN_STORE: 1 results in ")
    assert said.endswith("were not believed; expected HWGEN_STORE_KEY to name the key file of those who share")


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:70] + b"X" + data[71:]])
def test_a_damaged_entry_is_not_believed(common: Path, damage) -> None:
    store_of("ada", common).put(KEY, list(range(100)))
    file = common / KEY[:2] / KEY
    file.write_bytes(damage(file.read_bytes()))
    assert store_of("grace", common).get(KEY) is MISSING


def test_one_result_is_not_taken_for_another(common: Path) -> None:
    store_of("ada", common).put(KEY, "wrong")
    (common / OTHER[:2]).mkdir()
    (common / KEY[:2] / KEY).rename(common / OTHER[:2] / OTHER)
    assert store_of("grace", common).get(OTHER) is MISSING


def test_files_of_a_homework_are_those_of_whoever_reads(common: Path) -> None:
    files = {f"{common.parent}/ada/data.txt": "1", f"folder {common.parent}/ada/more": "2", "/etc/hosts": "3", "module far.one": "4"}
    store_of("ada", common).put(KEY, Kept(files, 5))
    found = store_of("grace", common).get(KEY)
    assert found.files == {path.replace("/ada/", "/grace/"): digest for path, digest in files.items()}
    assert found.result == 5


def test_a_run_of_another_folder_computes_nothing(common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (
        judge(catalog.load("toy.exercises"), [], ["slope_darts"], store=store_of(person, common), jobs=1) for person in ("ada", "grace")
    )
    assert first.seconds
    assert second.seconds == {}
    assert second.named["slope_darts"] == first.named["slope_darts"]


def test_a_result_from_data_that_differs_is_computed_again(common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "BEGAN", 1 << 63)
    for person, text in (("ada", "1"), ("grace", "1"), ("linus", "2")):
        (common.parent / person).mkdir()
        (common.parent / person / "data.txt").write_text(text)
    digest = present.now(str(common.parent / "ada" / "data.txt"))
    store_of("ada", common).put(KEY, Kept({str(common.parent / "ada" / "data.txt"): digest}, "found"))
    found = kept.recalled(store_of("grace", common), KEY, "far.one.data")
    assert found is not None
    assert found.result == "found"
    assert kept.recalled(store_of("linus", common), KEY, "far.one.data") is None


def test_the_environment_names_the_folder_and_the_key(common: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = common.parent / "ada" / "build" / "store"
    monkeypatch.delenv("HWGEN_STORE", raising=False)
    assert type(shared.store(own)) is Store
    key = common.parent / "key"
    key.write_bytes(OURS)
    monkeypatch.setenv("HWGEN_STORE", str(common))
    monkeypatch.setenv("HWGEN_STORE_KEY", str(key))
    shared.store(own).put(KEY, "found")
    monkeypatch.setenv("HWGEN_STORE", f"{common}:ro")
    shared.store(common.parent / "grace" / "build" / "store").put(OTHER, "found")
    assert {path.name for path in common.rglob("*") if path.is_file()} == {KEY}
    assert store_of("linus", common).get(KEY) == "found"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HWGEN_STORE", "/nowhere/at/all", "HWGEN_STORE: /nowhere/at/all is no folder; expected one that is there"),
        ("HWGEN_STORE_KEY", "/nowhere/key", "HWGEN_STORE_KEY: /nowhere/key: No such file or directory; expected the key file"),
        ("HWGEN_STORE_KEY", os.devnull, "HWGEN_STORE_KEY: /dev/null has 0 bytes; expected 32 random ones"),
    ],
)
def test_what_cannot_be_meant_is_told(common: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv("HWGEN_STORE", str(common))
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=said):
        shared.store(common.parent / "ada" / "build" / "store")

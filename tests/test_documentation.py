"""What the documentation shows works: its homework is put together and built, its commands exist, its settings are known."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from conftest import PROJECT
from pictures import MOST, unlike
from PIL import Image

from hwgen.program import begin, homework, student
from hwgen.program.cli import program

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]
BLOCKS = [(path.name, *match.groups()) for path in PAGES for match in BLOCK.finditer(path.read_text())]


def of(language: str) -> list[tuple[str, str]]:
    """The blocks of a language, with the page that shows each."""
    return [(page, text) for page, one, _, text in BLOCKS if one == language]


def test_the_homework_of_the_authors_page_builds_as_it_is_shown(tmp_path: Path) -> None:
    for page, _, file, text in BLOCKS:
        if page == "authors.md" and file and not file.startswith("."):
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((path.read_text() + "\n\n" if path.exists() else "") + text)
    (tmp_path / "exercises/__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "hwgen", "pdf", "--jobs=2"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stderr
    assert re.search(r"ex1_disc: 1 proved, 3 supported, 1 erratum refuted \(5 printed", done.stdout), done.stdout
    assert (tmp_path / "build/HW_LOVELACE_ADA.pdf").exists()


@pytest.mark.parametrize(("page", "text"), of("python"))
def test_every_piece_of_python_is_python_and_declares_what_there_is(page: str, text: str) -> None:
    from hwgen.model.exercise import Exercise

    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "exercise":
            assert hasattr(Exercise, node.attr), f"{page}: exercise.{node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hwgen"):
            made = __import__(str(node.module), fromlist=["x"])
            assert all(hasattr(made, one.name) for one in node.names), f"{page}: {ast.unparse(node)}"


def commands(text: str) -> list[list[str]]:
    """The words of each command of hwgen in a block or between backquotes."""
    lines = [line.split("#")[0].split("&&")[-1].strip() for line in text.splitlines()]
    return [shlex.split(line)[1:] for line in lines if re.match(r"hwgen |\.venv/bin/hwgen ", line)]


SHOWN = [(page, words) for page, text in of("sh") for words in commands(text)]
SHOWN += [
    (path.name, words)
    for path in PAGES
    for quoted in re.findall(r"`((?:\.venv/bin/)?hwgen [^`\n]+)`", path.read_text())
    for words in commands(quoted)
]


@pytest.mark.parametrize(("page", "words"), SHOWN, ids=lambda one: " ".join(one) if isinstance(one, list) else one)
def test_every_command_and_option_that_is_shown_exists(page: str, words: list[str]) -> None:
    command: click.Command = program
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        if words[0] in {"CMD", "COMMAND", "KIND"}:
            return
        assert words[0] in command.commands, f"{page}: hwgen {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    known = {option for one in command.params for option in one.opts} | {"--help", "-h", "--version"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


def test_the_path_to_the_program_is_said_once_and_then_it_has_its_bare_name() -> None:
    readme = (PROJECT / "README.md").read_text()
    assert readme.count(".venv/bin/hwgen") == 1
    before, once, after = readme.partition("```sh\n. .venv/bin/activate\n```")
    assert once
    assert "`.venv/bin/hwgen`" in before
    assert not re.search(r"`hwgen |\.venv/bin/", before.replace("`.venv/bin/hwgen`", ""))
    assert ".venv/bin/" not in after


def test_every_way_that_a_command_ends_is_said() -> None:
    codes = set(re.findall(r"^\| ([\d, ]+) \|", (PROJECT / "README.md").read_text(), re.MULTILINE))
    assert codes == {"0", "1", "2", "3", "129, 130, 143"}
    said = " ".join((program.help or "").partition("Exit codes:")[2].split())
    assert {code.strip() for line in codes for code in line.split(",")} == set(re.findall(r"\d+", said))


def test_every_command_is_shown() -> None:
    assert set(program.commands) - {words[0] for _, words in SHOWN if words} == set()


def test_every_target_of_make_that_is_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    shown = {one for path in PAGES for one in re.findall(r"(?:^|`)make ([a-z][a-z-]*)", path.read_text(), re.MULTILINE)}
    assert shown
    assert shown <= targets


def test_the_containers_and_services_that_are_shown_run_what_there_is() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    container = json.loads((PROJECT / ".devcontainer/devcontainer.json").read_text())
    github, gitlab = (yaml.safe_load(text) for _, text in of("yaml"))
    steps = [step["run"] for step in github["jobs"]["pdf"]["steps"] if "run" in step]
    ran = [container["postCreateCommand"], *steps, *gitlab["pdf"]["script"]]
    assert [one.split()[0] for one in ran] == ["make"] * 3
    assert {one.split()[1] for one in ran} <= targets
    assert container["image"] == gitlab["pdf"]["image"]
    uploads = [github["jobs"]["pdf"]["steps"][-1]["with"]["path"], *gitlab["pdf"]["artifacts"]["paths"]]
    assert {Path(one).parent.name for one in uploads} == {"build"}


def test_uv_installs_what_the_tests_need_beside_hwgen() -> None:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    (group,) = declared["dependency-groups"]["dev"]
    assert group == "hwgen[dev]"
    assert {"pytest", "mypy", "ruff"} <= set(declared["project"]["optional-dependencies"]["dev"])
    assert declared["project"]["scripts"]["hwgen"] == "hwgen.__main__:main"


@pytest.mark.parametrize(("page", "text"), of("toml"))
def test_every_setting_that_is_shown_is_known(page: str, text: str) -> None:
    assert set(tomllib.loads(text)) <= {*homework.KEYS.types, *student.KEYS.types}
    for keys in (homework.KEYS, student.KEYS):
        shown = {key for other, text in of("toml") if other == "authors.md" for key in tomllib.loads(text)}
        assert set(keys.types) <= shown, page


def test_the_pictures_are_drawn_of_what_the_page_prints() -> None:
    recipe = (PROJECT / "Makefile").read_text().partition("\ndocs:")[2].partition("\n\n")[0]
    readme = (PROJECT / "README.md").read_text()
    for picture in re.findall(r"docs/\w+(?=$)", recipe, re.MULTILINE):
        assert f"({picture}.png)" in readme
        assert (PROJECT / f"{picture}.png").exists()
    (figure,) = re.findall(r"figures/\w+?_ntk_(\w+)\.pdf", recipe)
    assert rf"\VAR{{figures.{figure}}}" in (PROJECT / "templates/ex1_ntk.tex.j2").read_text()


@pytest.mark.parametrize("change", ["a word gone", "a line moved", "another size"])
def test_a_picture_that_is_not_of_the_page_any_more_is_noticed(change: str) -> None:
    with Image.open(PROJECT / "docs/page.png") as shown:
        page = shown.convert("L")
    assert unlike(page, page) == 0
    low, left = next((y, x) for y in range(page.height // 2, page.height) for x in range(page.width) if page.getpixel((x, y)) < 64)
    other = page.copy()
    if change == "a word gone":
        other.paste(255, (left, low - 4, left + 40, low + 12))
    elif change == "a line moved":
        other.paste(page.crop((0, low, page.width, page.height - 1)), (0, low + 1))
    else:
        other = page.crop((0, 0, page.width, page.height - 1))
    assert unlike(page, other) > MOST


def test_the_page_of_the_authors_names_everything_that_they_may_import_or_say() -> None:
    from hwgen import authors
    from hwgen.authors import numerics, proofs
    from hwgen.model.exercise import Exercise

    text = (PROJECT / "docs/authors.md").read_text()
    shown = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`|^```.*?^```", text, re.MULTILINE | re.DOTALL))))
    assert {name for module in (authors, numerics, proofs) for name in module.__all__} - shown == set()
    declares = [one for name, one in vars(Exercise).items() if inspect.isfunction(one) and not name.startswith("_")]
    assert len(declares) >= 10
    assert {f"{one.__name__}" for one in declares} - shown == set()
    options = {name for one in declares for name, it in inspect.signature(one).parameters.items() if it.kind is it.KEYWORD_ONLY}
    assert options - shown == set()


def test_the_figure_of_the_readme_is_drawn_in_a_new_homework(tmp_path: Path) -> None:
    (shown,) = [text for page, text in of("python") if page == "README.md" and "@exercise.figure" in text]
    begin.init(tmp_path / "hw6")
    (tmp_path / "hw6/exercises/ex1_descent/spread.py").write_text(shown)
    page = tmp_path / "hw6/templates/ex1_descent.tex.j2"
    page.write_text(page.read_text() + "\\includegraphics{\\VAR{figures.spread}}\n")
    command = [sys.executable, "-m", "hwgen", "figures", "spread"]
    done = subprocess.run(
        command, cwd=tmp_path / "hw6", env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "figures/ex1_descent_spread.pdf\n"), done.stderr


def test_the_claim_of_the_readme_is_the_one_of_the_content() -> None:
    (shown,) = [text for page, text in of("python") if page == "README.md" and "@exercise.claim" in text]
    content = "\n".join(path.read_text() for path in (PROJECT / "hwgen/homework/exercises").rglob("*.py"))
    assert shown in content


def test_every_name_that_the_readme_shows_is_one_of_this_homework() -> None:
    from hwgen.model import catalog

    text = (PROJECT / "README.md").read_text()
    known = catalog.load(homework.homework(PROJECT).content)
    shown = set(re.findall(r"\\VAR\{(?:constants|figures|tables)\.([a-z]\w*)\}|ONLY=(\w+)|hwgen why ([a-z]\w+)", text))
    names = {name for one in shown for name in one if name} - {"doubled"}  # the name of the stub that the README has written
    assert len(names) >= 3
    assert names - set(known.nouns) == set()
    labels = set(re.findall(r"\\ref\{(fig:\w+)\}", text))
    templates = "".join(path.read_text() for path in (PROJECT / "templates").glob("*.j2"))
    assert labels
    assert all(rf"\label{{{label}}}" in templates for label in labels)


def test_every_file_that_the_tours_of_the_engine_name_is_there() -> None:
    folders: set[Path] = set()
    named = 0
    for line in (PROJECT / "CONTRIBUTING.md").read_text().splitlines():
        files = [Path(one) for one in re.findall(r"`([\w/]+\.(?:py|json|md))`", line) if "FILE" not in one]
        folders = {one.parent for one in files if one.parent.name} or folders  # a bare name stands beside those of its line, or of the last
        for one in files:
            places = [one] if one.parent.name else [folder / one for folder in folders]
            assert any((PROJECT / place).exists() for place in places), f"{one}: {line}"
        folders |= {Path(one) for one in re.findall(r"`(hwgen/\w+|tests/\w+)/`", line)}
        named += len(files)
    assert named >= 30


def test_every_name_that_the_tours_of_the_engine_give_stands_in_the_code() -> None:
    text = re.sub(r"```.*?```", "", (PROJECT / "CONTRIBUTING.md").read_text(), flags=re.DOTALL)
    code = "\n".join(path.read_text() for room in ("hwgen", "tests") for path in (PROJECT / room).rglob("*.py"))
    words = {word for quoted in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"(?<![\\/\w.])[A-Za-z_]\w*(?:\.\w+)*", quoted)}
    names = {word.split(".")[-1] for word in words if not word.endswith((".py", ".md", ".json"))} - {"FILE", "NAME", "name"}
    assert {"STAGES", "WARNERS", "verdict_of", "before_it", "place_of", "owner", "examine", "once", "xdist_group"} <= names
    assert {name for name in names if not re.search(rf"\b{name}\b", code)} == set()


def test_the_picture_of_the_rooms_is_the_order_that_the_contract_holds() -> None:
    contract = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    order = [set(layer.split(" | ")) - {"__main__"} for layer in contract["layers"]]
    rooms = set().union(*order)
    picture = (PROJECT / "README.md").read_text().partition("## The rooms\n\n```\n")[2].partition("```")[0]
    drawn = [list(itertools.takewhile(rooms.__contains__, line.split())) for line in picture.splitlines()]
    assert {path.name for path in (PROJECT / "hwgen").iterdir() if path.is_dir() and path.name != "__pycache__"} == rooms
    assert [set(line) for line in drawn] == order

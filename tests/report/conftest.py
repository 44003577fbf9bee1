"""The reports that are looked at in a browser, and the browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, TESTS
from report.browsing import PATIENCE, opened

from hwgen.program import build
from hwgen.report.report import Facts, report


@pytest.fixture(scope="session")
def toy_rows(toy_evidence: Any) -> Any:
    """The rows of its tables, from the store."""
    return build.evidence_and_rows(toy_evidence[0])[1]


@pytest.fixture(scope="session")
def toy(toy_evidence: Any, toy_rows: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    document, evidence = toy_evidence
    made = tmp_path_factory.mktemp("report") / "index.html"
    made.write_text(report(evidence, document.page, Facts(root=document.request.root, tables=toy_rows)), encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def homework5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a real homework, as its author makes it."""
    root = shutil.copytree(
        TESTS / "homework5", tmp_path_factory.mktemp("real") / "hw5", ignore=shutil.ignore_patterns("__pycache__", "build")
    )
    command = [sys.executable, "-m", "hwgen", "report"]
    done = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return root / done.stdout.strip()


@pytest.fixture(scope="session", params=["toy", "homework5", *filter(None, [os.environ.get("REPORT")])])
def path(request: pytest.FixtureRequest) -> Path:
    made = request.param in {"toy", "homework5"}
    return Path(request.getfixturevalue(request.param) if made else request.param).resolve()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.command_executor.client_config.timeout = PATIENCE
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: Any, path: Path) -> Any:
    return opened(chromium, path)

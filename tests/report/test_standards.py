"""The report keeps to what is asked of all pages: axe-core finds no serious fault, and html-validate none; both find planted ones."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from report.browsing import PATIENCE, TOOLS, lit, opened, run

pytestmark = pytest.mark.browser
# Matters of taste: widths come from data; the ends of rows and cells may be left out, and are where there are thousands.
RULES = {"no-inline-style": "off", "long-title": "off", "no-trailing-whitespace": "off", "no-implicit-close": "off", "close-order": "error"}


def _faults(browser: Any, *rules: str) -> list[tuple[str, str]]:
    """What axe-core finds serious on the whole page, all of it unfolded; by these rules, or by all."""
    run(browser, "for (const one of document.querySelectorAll('.entry')) one.style.contentVisibility = 'visible';"
         "for (const one of document.querySelectorAll('details')) one.open = true")  # fmt: skip
    browser.set_script_timeout(PATIENCE)
    run(browser, (TOOLS / "node_modules/axe-core/axe.min.js").read_text())
    given = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = browser.execute_async_script("axe.run(arguments[0]).then(arguments[1])", given)
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"] if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize(("scheme", "rules"), [("light", ()), ("dark", ("color-contrast",))])
def test_axe_finds_no_serious_fault(browser: Any, scheme: str, rules: tuple[str, ...]) -> None:
    lit(browser, scheme)
    assert _faults(browser, *rules) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_a_fault_that_is_there(chromium: Any, toy: Path, scheme: str) -> None:
    browser = opened(chromium, toy)
    lit(browser, scheme)
    run(browser, "const label = document.getElementById('search').closest('label'); label.replaceWith(document.getElementById('search'));"
         "document.querySelector('.soft').style.color = arguments[0]", "#ddd" if scheme == "light" else "#444")  # fmt: skip
    assert {"label", "color-contrast"} <= {name for name, _ in _faults(browser)}


def _wrong(path: Path) -> list[str]:
    """What html-validate says of a page."""
    rules = TOOLS / "rules.json"
    rules.write_text(json.dumps({"extends": ["html-validate:standard"], "root": True, "rules": RULES}))
    said_in = TOOLS / "said.json"
    command = [TOOLS / "node_modules/.bin/html-validate", "--config", rules, "--formatter", f"json={said_in}", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    said = [one for found in json.loads(said_in.read_text()) for one in found["messages"]]
    return [f"{one['line']}:{one['column']} {one['ruleId']}: {one['message']}" for one in said]


def test_the_html_is_valid(path: Path) -> None:
    assert _wrong(path)[:10] == []


def test_a_page_that_is_not_valid_is_told(toy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(toy.read_text().replace('<h2 id="claims">', '<h2 id="overview"><div>'))
    assert any("no-dup-id" in one for one in _wrong(broken))

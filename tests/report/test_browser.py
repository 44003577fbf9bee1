"""The report in a real browser: it says nothing on the console, shows every formula, and can be used by hand, key and ear.

Run by `make test-browser`, which sets up Chromium, axe-core and html-validate, on the reports of the toy homework and of a real one;
REPORT=build/report/index.html looks at that page too.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from report.browsing import DESKTOP, PHONE, TOOLS, lit, opened, resize, run

pytestmark = pytest.mark.browser
# Width and height of each kind of entry at 1200 pixels, seen and found good; fonts differ a little from machine to machine.
SEEN = {"claim-area": (1120, 896), "claim-tangent": (1120, 920), "claim-wrong_area": (1120, 762), "claim-round_": (1120, 335)}
WITHIN = 0.2


def _shown(driver: Any) -> list[str]:
    return list(run(driver, "return [...document.querySelectorAll('.entry:not([hidden])')].map(one => one.dataset.name)"))


def _choose(driver: Any, key: str, value: str) -> None:
    run(driver, "const one = document.getElementById(arguments[0]); one.value = arguments[1];"
         "one.dispatchEvent(new Event('input')); one.dispatchEvent(new Event('change'))", key, value)  # fmt: skip


def test_nothing_is_said_on_the_console_and_nothing_is_loaded(browser: Any) -> None:
    assert browser.get_log("browser") == []
    assert run(browser, "return performance.getEntriesByType('resource').filter(one => !one.name.startsWith('data:')).length") == 0


def test_every_formula_is_rendered_both_ways(browser: Any) -> None:
    script = """return [...document.querySelectorAll('.entry')].filter(one => one.dataset.words === 'no').map(one => {
        one.style.contentVisibility = 'visible';
        return [...one.querySelectorAll('.formula > math')].map(math => math.getBoundingClientRect()).map(box => [box.width, box.height]);
    })"""
    found = run(browser, script)
    assert found
    assert all(len(sizes) == 2 and all(width > 20 and height > 10 for width, height in sizes) for sizes in found)


@pytest.mark.parametrize("typed", ["1.54e6", "1.54e+06", "1.54×10⁶", "1.54 x 10^6", "1.54*10^6", "1.54 · 10^6"])
def test_a_power_of_ten_is_found_however_it_is_typed(browser: Any, typed: str) -> None:
    row = "document.getElementById('numbered').tBodies[0]"
    run(browser, f"const one = {row}.cloneNode(true); one.id = 'typed'; one.dataset.text = '1.54×10^6'; {row}.before(one)")
    _choose(browser, "number", typed)
    hidden = run(browser, "return document.getElementById('typed').hidden")
    run(browser, "document.getElementById('typed').remove()")
    _choose(browser, "number", "")
    assert not hidden


def test_a_number_of_a_table_is_found_in_it(browser: Any) -> None:
    cells = run(browser, "return [...document.querySelectorAll('table.cells td')].map(one => one.textContent.trim()).filter(Boolean)")
    for cell in cells[:3]:
        _choose(browser, "number", cell)
        link = browser.find_element("id", "tabled")
        assert link.get_attribute("hidden") is None
        assert run(
            browser, "return document.querySelector(arguments[0].getAttribute('href')).textContent.includes(arguments[1])", link, cell
        )
    _choose(browser, "number", "")


def test_a_search_and_each_filter_show_what_fits(browser: Any) -> None:
    everything = _shown(browser)
    name = everything[0]
    _choose(browser, "search", name)
    assert name in _shown(browser)
    assert len(_shown(browser)) < len(everything)
    assert browser.find_element("id", "found").text == f"{len(_shown(browser))} of {len(everything)} shown"
    _choose(browser, "search", "")
    for key in ("exercise", "verdict", "method"):
        kinds = run(browser, "return [...document.getElementById(arguments[0]).options].slice(1).map(one => one.text)", key)
        seen = set()
        for kind in kinds:
            _choose(browser, key, kind)
            assert _shown(browser)
            seen |= set(_shown(browser))
        assert seen == set(everything)
        _choose(browser, key, "")
    browser.find_element("id", "words").click()
    assert all(
        one == "yes" for one in run(browser, "return [...document.querySelectorAll('.entry:not([hidden])')].map(one => one.dataset.words)")
    )
    browser.find_element("id", "clear").click()
    assert _shown(browser) == everything


def test_the_order_puts_the_nearest_and_the_slowest_first(browser: Any) -> None:
    before = _shown(browser)
    for order, key in (("near", "near"), ("slow", "seconds")):
        _choose(browser, "order", order)
        found = run(browser, f"return [...document.querySelectorAll('.entry')].map(one => Number(one.dataset.{key}))")
        assert found == sorted(found, reverse=True)
    _choose(browser, "order", "page")
    assert _shown(browser) == before


def _arrived(driver: Any, link: str) -> bool:
    """Whether what a link leads to is on the screen, a few frames later."""
    top = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return !box.height ? -1 : box.top"
    for _ in range(20):
        if 0 <= run(driver, top, link) < DESKTOP[1] - 100:
            return True
        time.sleep(0.1)
    return False


def test_every_link_leads_somewhere_and_a_node_to_its_entry(browser: Any) -> None:
    links = run(browser, "return [...document.querySelectorAll('a[href^=\"#\"], svg a')].map(one => one.getAttribute('href'))")
    missing = [link for link in dict.fromkeys(links) if not run(browser, "return !!document.getElementById(arguments[0])", link[1:])]
    assert missing == []
    node = run(browser, "return document.querySelector('svg a[href^=\"#claim-\"]').getAttribute('href')")
    _choose(browser, "search", "nothing has these words")
    run(browser, "document.querySelector(`svg a[href=\"${arguments[0]}\"]`).dispatchEvent(new MouseEvent('click', {bubbles: true}))", node)
    assert _arrived(browser, node)


def test_a_link_from_outside_opens_what_it_leads_to(browser: Any, path: Path) -> None:
    oracle = run(browser, "return (document.querySelector('[id^=oracle-], [id^=number-]') || {}).id")
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}#{oracle}")
    assert _arrived(browser, f"#{oracle}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_or_dark_as_the_reader_likes(browser: Any, scheme: str) -> None:
    lit(browser, scheme)
    ground = "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)"
    first = run(browser, ground)
    browser.find_element("id", "theme").click()
    second = run(browser, ground)
    light, dark = (first, second) if scheme == "light" else (second, first)
    assert light > 600
    assert dark < 150


@pytest.mark.parametrize("width", [PHONE[0], 768, DESKTOP[0]])
def test_nothing_sticks_out_of_the_screen(browser: Any, width: int) -> None:
    resize(browser, width, 800)
    assert run(browser, "return document.documentElement.scrollWidth") <= width


def test_on_paper_all_is_unfolded_but_the_wrong_versions(browser: Any) -> None:
    from pypdf import PdfReader

    data = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.3, "paperHeight": 11.7})["data"]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(base64.b64decode(data))).pages)
    assert "said in" in text
    assert "wrong versions, each with its fate" in text
    assert "where it differs" not in text
    assert "Light or dark" not in text
    assert "Words, name" not in text
    assert run(browser, "return [...document.querySelectorAll('details')].every(one => !one.open)")


def test_a_number_is_found_as_it_is_printed(browser: Any) -> None:
    rows = "return [...document.getElementById('numbered').tBodies].filter(one => !one.hidden).map(one => one.id)"
    everything = run(browser, rows)
    one = everything[-1]
    printed = run(browser, "return document.getElementById(arguments[0]).dataset.text.split(' ')[0]", one)
    _choose(browser, "number", printed)
    found = run(browser, rows)
    assert one in found
    assert browser.find_element("id", "counted").text == f"{len(found)} of {len(everything)} shown"
    _choose(browser, "number", "nothing has these words")
    assert run(browser, rows) == []
    run(browser, "location.hash = arguments[0]", one)
    assert _arrived(browser, f"#{one}")


def test_a_number_opens_to_how_it_came_about(browser: Any) -> None:
    one = run(browser, "return document.querySelector('#numbered tbody:has(a[href^=\"#function-\"])').id")
    run(browser, "location.hash = arguments[0]", one)
    assert _arrived(browser, f"#{one}")
    assert browser.find_element("css selector", f"#{one} details").get_attribute("open")
    shown = browser.find_element("css selector", f"#{one} details").text
    assert "Made by" in shown or "Fit" in shown
    assert "In the text" in shown


def test_a_search_says_what_fits_in_the_other_list_and_leads_there(browser: Any) -> None:
    name = run(browser, "return document.querySelector('#numbered tbody').id.replace('number-', '')")
    _choose(browser, "search", name)
    there = browser.find_element("id", "counts")
    assert re.fullmatch(r"\d+ numbers? fits? as well", there.text)
    there.click()
    shown = run(browser, "return [...document.getElementById('numbered').tBodies].filter(one => !one.hidden).map(one => one.id)")
    assert f"number-{name}" in shown
    claim = _shown(browser) or [run(browser, "return document.querySelector('.entry').dataset.name")]
    _choose(browser, "number", claim[0])
    browser.find_element("id", "claimed").click()
    assert claim[0] in _shown(browser)


def test_what_a_claim_says_anywhere_is_searched(browser: Any) -> None:
    """Such as the point of its worst case, which is in no title."""
    said = run(browser, "return [...document.querySelectorAll('.entry dt')].find(one => one.textContent === 'Judged in')"
                ".nextElementSibling.textContent.match(/[\\d.]+ s/)[0]")  # fmt: skip
    _choose(browser, "search", said)
    assert _shown(browser)


def test_places_open_an_editor_only_from_the_homework_s_folder(chromium: Any, toy: Path, tmp_path: Path) -> None:
    assert run(opened(chromium, toy), "return document.querySelectorAll('a[href^=\"vscode:\"]').length") == 0
    home = tmp_path / "my home"
    there = home / "build" / "report" / "index.html"
    there.parent.mkdir(parents=True)
    shutil.copy(toy, there)
    browser = opened(chromium, there)
    links = run(browser, "return [...document.querySelectorAll('code.at')].map(one => one.parentElement.getAttribute('href'))")
    texts = run(browser, "return [...document.querySelectorAll('code.at')].map(one => one.textContent)")
    assert texts
    assert links == [f"vscode://file{quote(f'{home}/{text}', safe='/:')}" for text in texts]


def test_the_lines_of_a_box_are_followed(browser: Any) -> None:
    script = """const line = document.querySelector('.graph path.edge'), graph = line.closest('.graph');
        const [tail, head] = line.dataset.ends.split(' ').map(one => graph.querySelector(`a[data-box="${one}"]`));
        tail.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
        const near = [line, tail, head].map(one => one.classList.contains('near'));
        graph.dispatchEvent(new PointerEvent('pointerleave'));
        return [...near, document.querySelectorAll('.near').length]"""
    assert run(browser, script) == [True, True, True, 0]


def test_both_sides_of_a_relation_are_seen_where_they_are_the_same(chromium: Any, toy: Path) -> None:
    """The right one, drawn once more from the left one's dots, has its own colour on the screen."""
    from PIL import Image

    browser = opened(chromium, toy)
    picture = browser.find_element("css selector", "#claim-area .pictures svg")
    run(browser, "arguments[0].closest('.entry').style.contentVisibility = 'visible'; arguments[0].scrollIntoView()", picture)
    colours = Image.open(io.BytesIO(picture.screenshot_as_png)).convert("RGB").getcolors(1 << 20) or []
    reddish = sum(count for count, (red, green, blue) in colours if red - blue > 60)
    bluish = sum(count for count, (red, green, blue) in colours if blue - red > 40)
    assert reddish > 50
    assert bluish > 50


def test_the_relation_nearest_to_failing_is_told_first(browser: Any) -> None:
    told = browser.find_element("css selector", "[aria-label='Nearest to failing'] tbody a").text
    browser.find_element("css selector", "[data-order=near]").click()
    assert _shown(browser)[0] == told


def test_the_first_key_offers_to_skip_and_every_control_can_be_reached(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    reached = []
    for _ in range(18):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        one = browser.switch_to.active_element
        reached.append(one.get_attribute("id") or one.text)
        assert run(browser, "return getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert reached[0] == "Skip to the evidence"
    assert "theme" in reached


@pytest.mark.parametrize("key", sorted(SEEN))
def test_each_kind_of_entry_has_the_size_that_was_seen(chromium: Any, toy: Path, key: str) -> None:
    browser = opened(chromium, toy)
    one = browser.find_element("id", key)
    run(browser, "arguments[0].style.contentVisibility = 'visible'", one)
    (TOOLS / f"{key}.png").write_bytes(one.screenshot_as_png)
    size = one.size
    assert (size["width"], size["height"]) == pytest.approx(SEEN[key], rel=WITHIN)

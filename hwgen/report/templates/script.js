"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const list = by("entries"), entries = [...list.querySelectorAll(".entry")], said = by("found");
  const filters = ["exercise", "verdict", "method"], order = entries.slice();
  const number = (entry, key) => Number(entry.dataset[key]);
  const orders = {
    page: () => order,
    near: () => order.slice().sort((a, b) => number(b, "near") - number(a, "near")),
    slow: () => order.slice().sort((a, b) => number(b, "seconds") - number(a, "seconds")),
    name: () => order.slice().sort((a, b) => a.dataset.name.localeCompare(b.dataset.name)),
  };

  const has = (one, words) => words.toLowerCase().split(/\s+/).filter(Boolean).every((word) => one.dataset.text.includes(word));

  function fits(entry) {
    return has(entry, by("search").value)
      && filters.every((key) => !by(key).value || entry.dataset[key].split(" ").includes(by(key).value))
      && (!by("words").checked || entry.dataset.words === "yes")
      && (!by("moved").checked || entry.dataset.moved === "yes");
  }

  function show() {
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !fits(entry);
      shown += !entry.hidden;
    }
    said.textContent = `${shown} of ${entries.length} shown`;
  }

  function count() {
    const rows = [...by("numbered").rows], words = by("number").value.replaceAll("\u2212", "-").replace(/\s*[×·]\s*/g, "×");
    for (const row of rows) row.hidden = !has(row, words);
    by("counted").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
  }

  function save(event) {  // the array is in the page once, with its study
    event.preventDefault();
    document.querySelector(`a[download="${CSS.escape(event.target.dataset.save)}"]`).click();
  }

  function sort() {
    list.append(...orders[by("order").value]());
    show();
  }

  function reach() {
    const there = location.hash.length > 1 && by(decodeURIComponent(location.hash.slice(1)));
    if (!there) return;
    if (there.classList.contains("entry") && there.hidden) clear();
    if (there.parentElement === by("numbered") && there.hidden) { by("number").value = ""; count(); }
    for (let one = there; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    arrive(there, 4);
  }

  function arrive(there, times) {  // entries on the way get their real heights only as they are passed
    there.scrollIntoView();
    if (times) requestAnimationFrame(() => arrive(there, times - 1));
  }

  function clear() {
    by("search").value = "";
    for (const key of filters) by(key).value = "";
    by("words").checked = by("moved").checked = false;
    show();
  }

  function paint() {
    const now = document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  }

  by("search").addEventListener("input", show);
  for (const key of [...filters, "words", "moved"]) by(key).addEventListener("change", show);
  by("order").addEventListener("change", sort);
  by("clear").addEventListener("click", clear);
  by("theme").addEventListener("click", paint);
  for (const link of document.querySelectorAll("[data-order]")) {
    link.addEventListener("click", () => { clear(); by("order").value = link.dataset.order; sort(); });
  }
  by("number").addEventListener("input", count);
  for (const link of document.querySelectorAll("[data-save]")) link.addEventListener("click", save);
  addEventListener("hashchange", reach);
  let opened = [];  // on paper all that is folded, but for what has thousands of lines: of this what is open
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not(.long):not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
  show();
  count();
  reach();
})();

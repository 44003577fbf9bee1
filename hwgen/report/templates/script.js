"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const list = by("entries"), entries = [...list.querySelectorAll(".entry")], said = by("found");
  const filters = ["exercise", "verdict", "method"], order = entries.slice();
  const number = (entry, key) => Number(entry.dataset[key]);
  const spare = (entry) => entry.dataset.least ? number(entry, "least") : Infinity;
  const orders = {
    page: () => order,
    near: () => order.slice().sort((a, b) => number(b, "near") - number(a, "near")),
    least: () => order.slice().sort((a, b) => spare(a) - spare(b)),
    shared: () => order.slice().sort((a, b) => number(b, "shared") - number(a, "shared")),
    slow: () => order.slice().sort((a, b) => number(b, "seconds") - number(a, "seconds")),
    name: () => order.slice().sort((a, b) => a.dataset.name.localeCompare(b.dataset.name)),
  };

  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const plain = (text) => text.toLowerCase().replaceAll("\u2212", "-").replace(/\s*[×·*]\s*|(?<=\d)\s*x\s*(?=10\^?[-\d⁰-⁹⁻¹²³])/g, "×")
    .replace(/(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign, digits) => `^${sign ? "-" : ""}${[...digits].map((one) => raised.indexOf(one)).join("")}`)
    .replace(/(\d)e\+?(-?)0*(\d+)/g, "$1×10^$2$3");  // as one types a power of ten
  const known = new Map();

  function text(one) {  // all that it shows, but for what is folded by the thousand; looked up when it is first asked for
    if (!known.has(one)) {
      const copy = one.cloneNode(true);
      for (const folded of copy.querySelectorAll("details.long, .elsewhere")) folded.remove();
      known.set(one, plain(`${one.dataset.text} ${copy.textContent}`));
    }
    return known.get(one);
  }

  const has = (one, words) => plain(words).split(/\s+/).filter(Boolean).every((word) => text(one).includes(word));
  const numbers = () => [...by("numbered").tBodies];
  const tables = [...document.querySelectorAll("table.cells")];

  function also(link, words, ones, what) {  // what else fits, in the other list
    const fitting = words.trim() ? ones.filter((one) => has(one, words)) : [], fit = fitting.length;
    link.hidden = !fit;
    link.textContent = `${fit} ${what}${fit === 1 ? "" : "s"} fit${fit === 1 ? "s" : ""} as well`;
    return fitting;
  }

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
    also(by("counts"), by("search").value, numbers(), "number");
  }

  function count() {
    const rows = numbers(), words = by("number").value;
    for (const row of rows) row.hidden = !has(row, words);
    by("counted").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
    const [first] = also(by("tabled"), words, tables, "table");
    if (first) by("tabled").href = `#${first.closest("article").id}`;
    also(by("claimed"), words, entries, "claim");
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
    for (const inner of there.querySelectorAll(":scope > tr.how > td > details")) inner.open = true;
    for (let one = there; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    arrive(there, 4);
  }

  function arrive(there, times) {  // entries on the way get their real heights only as they are passed
    there.scrollIntoView();
    if (times) requestAnimationFrame(() => arrive(there, times - 1));
  }

  function edit() {  // where the page stands in its homework's folder, and nowhere else, a place opens in an editor
    const here = location.protocol === "file:" && decodeURIComponent(location.pathname).match(/^(.*)\/build\/report\/index\.html$/);
    if (!here) return;
    by("editor").hidden = false;
    for (const one of document.querySelectorAll("code.at")) {
      const link = document.createElement("a");
      link.href = `vscode://file${encodeURI(`${here[1]}/${one.textContent}`)}`;
      link.title = "opens in an editor that knows vscode:// links";
      one.replaceWith(link);
      link.append(one);
    }
  }

  function touch(graph, box) {  // the lines of a box and what is at their other ends
    for (const one of graph.querySelectorAll(".near")) one.classList.remove("near");
    graph.classList.toggle("touched", !!box);
    if (!box) return;
    for (const line of graph.querySelectorAll("path.edge")) {
      const ends = line.dataset.ends.split(" ");
      if (!ends.includes(box.dataset.box)) continue;
      line.classList.add("near");
      for (const end of ends) graph.querySelector(`a[data-box="${end}"]`).classList.add("near");
    }
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
  by("counts").addEventListener("click", () => { by("number").value = by("search").value; count(); });
  by("claimed").addEventListener("click", () => { const words = by("number").value; clear(); by("search").value = words; show(); });
  for (const graph of document.querySelectorAll(".graph")) {
    for (const kind of ["pointerover", "focusin"]) graph.addEventListener(kind, (event) => touch(graph, event.target.closest("a[data-box]")));
    for (const kind of ["pointerleave", "focusout"]) graph.addEventListener(kind, () => touch(graph, null));
  }
  const PAPER = 640;  // what a sheet of A4 shows in a line of an entry, in pixels

  function fit() {  // no line is broken inside of a formula: on paper a wide one is set smaller
    for (const one of document.querySelectorAll("math")) {
      const wide = one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize) * 12;
      if (wide > PAPER) one.style.setProperty("--fit", (PAPER / wide).toFixed(3));
    }
  }

  addEventListener("hashchange", reach);
  let opened = [];  // on paper all that is folded, but for what has thousands of lines: of this what is open
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not(.long):not([open])")];
    for (const one of opened) one.open = true;
    fit();
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
  edit();
  show();
  count();
  reach();
})();

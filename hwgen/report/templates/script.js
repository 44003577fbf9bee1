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
      const formulas = [...copy.querySelectorAll("math[alttext]")].map((formula) => formula.getAttribute("alttext"));
      known.set(one, plain([one.dataset.text, copy.textContent, ...formulas].join(" ")));
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

  const make = (tag, parts, given = {}) => {
    const one = Object.assign(document.createElement(tag), given);
    one.append(...parts);
    return one;
  };

  function save(event) {  // an array as a table: its last axis across, before each row its places on the others
    event.preventDefault();
    const file = event.target.dataset.save, { name, axes, ...held } = JSON.parse(by("arrays").textContent)[file];
    const before = axes.length > 1 ? axes.slice(0, -1) : axes, [last, across] = axes.length > 1 ? axes.at(-1) : ["", [""]];
    const head = [...before.map(([axis]) => axis), ...across.map((place) => last ? `${name} at ${last}=${place}` : name)];
    const places = before.reduce((rows, [, along]) => rows.flatMap((row) => along.map((place) => [...row, place])), [[]]);
    const entries = held.entries || numbers_(held);
    const rows = places.map((row, at) => [...row, ...entries.slice(at * across.length, (at + 1) * across.length)]);
    const text = [head, ...rows].map((row) => `${row.map((one) => `${one}`.replaceAll(",", ";")).join(",")}\n`).join("");
    const link = make("a", [], { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  const numbers_ = ({ singles, digits }) =>
    Array.from(new Float32Array(Uint8Array.from(atob(singles), (one) => one.charCodeAt(0)).buffer), (one) => Number(one.toPrecision(digits)));

  const AROUND = 18;  // of a formula, on both sides of a change

  function unfold(folded) {  // wrong versions, of which there are thousands, as a table; made when it is first asked for
    const held = folded.querySelector("script"), { words, kinds } = JSON.parse(held.textContent);
    const change = (gone, come) => [...(gone ? [make("del", [gone])] : []), ...(come ? [make("ins", [come])] : [])];
    const squeezed = (text) => text.trim().split(/\s+/).join(" ");
    const cells = (...parts) => make("tr", parts.map((one) => make("td", [].concat(one))));
    const said = ["fate", "version, where it differs", "counter-example at, or why there is no verdict", "left | right there"];
    const table = make("table", [make("thead", [make("tr", said.map((one) => make("th", [one], { scope: "col" })))])]);
    for (const [kind, { rows, unread }] of Object.entries(kinds)) {
      const name = `${kind[0].toUpperCase()}${kind.slice(1)}`;
      const body = make("tbody", [make("tr", [make("th", [name], { scope: "rowgroup", colSpan: 4 })])]);
      let last = "";
      for (const [fate, text, at, low, high, come, ...sides] of rows) {
        const letters = [...words[text]], before = letters.slice(Math.max(0, low - AROUND), low), after = letters.slice(high, high + AROUND);
        const changed = [before.join(""), ...change(squeezed(letters.slice(low, high).join("")), squeezed(come)), after.join("")];
        body.append(cells(words[fate], changed, words[at] && words[at] === last ? "as above" : words[at], sides.join(" | ")));
        last = words[at];
      }
      const lost = unread.flatMap(([gone, come, times], at) => [...(at ? [", "] : []), ...change(gone, come), ...(times > 1 ? [` (${times} times)`] : [])]);
      if (lost.length) body.append(make("tr", [make("td", ["unreadable"]), make("td", [make("code", lost)], { colSpan: 3 })]));
      table.append(body);
    }
    const wide = make("div", [table], { className: "wide", tabIndex: 0, role: "group", ariaLabel: `Wrong versions of ${folded.dataset.wrong}` });
    held.replaceWith(wide);
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
  for (const folded of document.querySelectorAll("[data-wrong]")) folded.addEventListener("toggle", () => unfold(folded), { once: true });
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

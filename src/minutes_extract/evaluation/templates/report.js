"use strict";
(() => {
  const PAGE = 50;
  const FILTERS = ["class", "label", "zone", "rule", "document"];
  const ROW = 6; // pixels between two rows of marks
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const root = document.documentElement;

  // Text goes into the page through textContent only, so nothing in a document can become markup.
  const make = (tag, style, ...inside) => {
    const element = document.createElement(tag);
    if (style) element.className = style;
    element.append(...inside);
    return element;
  };
  const chip = (label) => make("span", `chip label-${data.labels[label]}`, data.labels[label]);
  const quote = (text) => make("q", "", text.trim() ? text.replace(/\r\n|[\n\r]/g, " ↵ ") : "␣");

  // theme: that of the system until the button is pressed
  const button = document.getElementById("theme");
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const named = () => { button.textContent = dark() ? "light theme" : "dark theme"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a page from a file may have no storage */ }
    named();
  });
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch { /* as above */ }
  named();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", named);

  // links inside the page leave the hash to the filters
  for (const link of document.querySelectorAll("nav a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector(link.getAttribute("href")).scrollIntoView();
    });
  }

  // tables that sort by a heading
  const valueOf = (cell) => (cell.dataset.value === undefined ? null : Number(cell.dataset.value));
  const compare = (a, b, numeric) => {
    if (!numeric) return a.textContent.localeCompare(b.textContent, "vi");
    return valueOf(a) - valueOf(b);
  };
  const sortBy = (table, column, heading) => {
    const numeric = heading.classList.contains("number");
    const now = heading.getAttribute("aria-sort");
    const down = now ? now === "ascending" : numeric;
    const empty = (row) => numeric && valueOf(row.cells[column]) === null;
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      if (empty(a) || empty(b)) return empty(a) - empty(b); // n/a comes last either way
      return compare(a.cells[column], b.cells[column], numeric) * (down ? -1 : 1);
    });
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const press = make("button", "", heading.textContent);
      press.type = "button";
      press.addEventListener("click", () => sortBy(table, column, heading));
      heading.replaceChildren(press);
    });
  }

  if (!form) return; // no errors: nothing to filter

  // cards and what they can be filtered by
  const valuesOf = (card) => ({
    class: [data.classes[card.c][0]],
    label: [...new Set([...(card.g || []), ...(card.p || [])].map((told) => data.labels[told[0]]))],
    zone: [data.zones[card.z]],
    rule: [...new Set((card.p || []).filter((told) => told[3] >= 0).map((told) => data.rules[told[3]]))],
    document: [data.documents[card.d]],
  });
  const cards = data.cards.map((card) => ({ card, values: valuesOf(card) }));
  const state = { page: 1 };

  const fits = (one, filter) => {
    const wanted = state[filter];
    if (!wanted) return true;
    if (filter !== "document") return one.values[filter].includes(wanted);
    return one.values.document[0].toLowerCase().includes(wanted.toLowerCase());
  };
  const chosen = (except) => cards.filter((one) => FILTERS.every((filter) => filter === except || fits(one, filter)));

  const counted = (filter) => {
    const counts = new Map();
    for (const one of chosen(filter)) for (const value of one.values[filter]) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  };
  const known = {};
  for (const filter of FILTERS) known[filter] = new Set(cards.flatMap((one) => one.values[filter]));
  const offered = {
    label: data.labels.filter((label) => known.label.has(label)),
    zone: [...known.zone].sort(),
    rule: [...known.rule].sort(),
  };

  const option = (value, text) => {
    const made = make("option", "", text);
    made.value = value;
    return made;
  };
  const showFilters = () => {
    const byClass = counted("class");
    const total = chosen("class").length;
    const chips = [["", "all", total], ...data.classes.map(([id, name]) => [id, name, byClass.get(id) || 0])];
    const focused = document.activeElement && document.activeElement.dataset.class;
    document.getElementById("classes").replaceChildren(...chips.map(([id, name, count]) => {
      const press = make("button", "", `${name} `, make("span", "count", String(count)));
      press.type = "button";
      press.dataset.class = id;
      press.disabled = count === 0 && state.class !== id;
      press.setAttribute("aria-pressed", String((state.class || "") === id));
      press.addEventListener("click", () => change({ class: id }));
      return press;
    }));
    if (focused !== undefined && focused !== null) {
      const again = document.querySelector(`#classes button[data-class="${focused}"]`);
      if (again) again.focus();
    }
    for (const filter of Object.keys(offered)) {
      const counts = counted(filter);
      const select = form.elements[filter];
      const left = offered[filter].filter((value) => counts.get(value) || state[filter] === value);
      if (state[filter] && !left.includes(state[filter])) left.push(state[filter]);
      select.replaceChildren(option("", "all"), ...left.map((value) => option(value, `${value} (${counts.get(value) || 0})`)));
      select.value = state[filter] || "";
    }
    if (form.elements.document.value !== (state.document || "")) form.elements.document.value = state.document || "";
  };

  // one card
  const layer = (mark, edge, offset) => {
    const colour = `var(--${data.labels[(mark >> 1) & 7].toLowerCase()})`;
    const height = mark & 1 ? 4 : 2;
    return [`linear-gradient(${colour},${colour})`, `left 0 ${edge} ${offset}px`, `100% ${height}px`];
  };
  const rows = (segments, side) => Math.max(0, ...segments.map((segment) => (segment[side] || []).map((mark) => (mark >> 4) + 1)).flat());
  const line = (card) => {
    const above = rows(card.t, 1);
    const below = rows(card.t, 2);
    const text = make("p", "line");
    text.style.lineHeight = `${24 + (above + below) * ROW}px`;
    if (card.b & 1) text.append(make("span", "cut", "… "));
    for (const [words, gold = [], predicted = []] of card.t) {
      const segment = make("span", [...gold, ...predicted].some((mark) => mark & 1) ? "focus" : "", words);
      const layers = [
        ...gold.map((mark) => layer(mark, "top", (above - 1 - (mark >> 4)) * ROW)),
        ...predicted.map((mark) => layer(mark, "bottom", (below - 1 - (mark >> 4)) * ROW)),
      ];
      segment.style.paddingTop = `${above * ROW}px`;
      segment.style.paddingBottom = `${below * ROW}px`;
      segment.style.backgroundImage = layers.map((one) => one[0]).join(",");
      segment.style.backgroundPosition = layers.map((one) => one[1]).join(",");
      segment.style.backgroundSize = layers.map((one) => one[2]).join(",");
      text.append(segment);
    }
    if (card.b & 2) text.append(make("span", "cut", " …"));
    return text;
  };
  const side = (name, told) => {
    const inside = make("span");
    if (!told) inside.append(make("span", "more", "nothing"));
    for (const [number, [label, text, remark, rule = -1, confidence = ""]] of (told || []).entries()) {
      if (number) inside.append(make("br"));
      inside.append(chip(label), " ", quote(text));
      if (remark) inside.append(make("span", "more", ` ${remark}`));
      if (rule >= 0) inside.append(make("span", "more", " by "), make("code", "", data.rules[rule]));
      if (confidence) inside.append(make("span", "more", `, ${confidence}`));
    }
    return make("p", "side", make("span", "", name), inside);
  };
  const lost = ([label, text, rule, reason, winner]) => {
    const item = make("li", "", chip(label), " ", quote(text), " by ", make("code", "", data.rules[rule]), `: ${reason}`);
    if (winner) item.append("; won: ", chip(winner[0]), " ", quote(winner[1]), " by ", make("code", "", data.rules[winner[2]]));
    return item;
  };
  const shown = ({ card, values }) => {
    const place = card.n ? `line ${card.n}` : "text not at hand";
    const head = make("p", "head", make("b", "", data.classes[card.c][1]), make("code", "", values.document[0]), make("span", "", place), make("span", "", values.zone[0] === "unknown" ? "" : `zone ${values.zone[0]}`));
    if (card.m) head.append(make("span", "", card.m));
    const item = make("li", "card", head, side("gold", card.g));
    if (card.t) item.append(line(card));
    item.append(side("predicted", card.p));
    if (card.w) item.append(make("p", "side", make("span", "", "why not"), make("span", "more", card.w)));
    if (card.x) item.append(make("div", "side", make("span", "", "lost here"), make("ul", "lost", ...card.x.map(lost))));
    return item;
  };

  // the page of cards
  const showCards = () => {
    const found = chosen();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(Math.max(1, state.page), pages);
    const first = (state.page - 1) * PAGE;
    document.getElementById("cards").replaceChildren(...found.slice(first, first + PAGE).map(shown));
    document.getElementById("count").textContent = `${found.length} of ${cards.length} errors`;
    for (const where of document.querySelectorAll(".turn .where")) where.textContent = `page ${state.page} of ${pages}`;
    for (const press of document.querySelectorAll(".turn button")) {
      const to = state.page + Number(press.dataset.turn);
      press.disabled = to < 1 || to > pages;
    }
    document.getElementById("pager-below").hidden = pages < 2;
  };

  // the state lives in the hash, so that a link tells it
  const read = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return; // a link to a part of the page
    const told = new URLSearchParams(hash);
    for (const filter of FILTERS) state[filter] = told.get(filter) || "";
    state.page = Number.parseInt(told.get("page"), 10) || 1;
  };
  const write = () => {
    const told = new URLSearchParams();
    for (const filter of FILTERS) if (state[filter]) told.set(filter, state[filter]);
    if (state.page > 1) told.set("page", String(state.page));
    const hash = told.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : "#");
  };
  const show = () => {
    showFilters();
    showCards();
  };
  const change = (changed) => {
    Object.assign(state, { page: 1 }, changed);
    show();
    write();
  };

  for (const filter of ["label", "zone", "rule"]) {
    form.elements[filter].addEventListener("change", (event) => change({ [filter]: event.target.value }));
  }
  form.elements.document.addEventListener("input", (event) => change({ document: event.target.value }));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => change(Object.fromEntries(FILTERS.map((filter) => [filter, ""]))));
  for (const press of document.querySelectorAll(".turn button")) {
    press.addEventListener("click", () => {
      change({ page: state.page + Number(press.dataset.turn) });
      form.scrollIntoView();
    });
  }
  addEventListener("hashchange", () => {
    read();
    show();
  });

  // a name in a table leads to its errors
  for (const table of document.querySelectorAll("table[data-filters]")) {
    const filter = table.dataset.filters;
    for (const row of table.tBodies[0].rows) {
      const name = row.cells[0].textContent;
      if (!known[filter].has(name)) continue;
      const press = make("button", "", ...row.cells[0].childNodes);
      press.type = "button";
      press.title = "show the errors";
      press.addEventListener("click", () => {
        change({ ...Object.fromEntries(FILTERS.map((other) => [other, ""])), [filter]: name });
        document.getElementById("errors").scrollIntoView();
      });
      row.cells[0].replaceChildren(press);
    }
  }

  form.hidden = false;
  document.getElementById("pager").hidden = false;
  read();
  show();
})();

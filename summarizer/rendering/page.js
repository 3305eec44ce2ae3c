// Adds to a page that works without it: sorting and filtering the table, and the way back from the text of the report.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("table");

  // -- the way to the text of the report and back

  const NOWHERE = "#-"; // an address that nothing has: it takes the highlight away and moves nothing
  let origin = null; // the link that led to the text

  const named = (link) => byId(decodeURIComponent(link.hash.slice(1)));
  const inText = (element) => Boolean(element && element.closest(".text"));

  function goBack() {
    const from = origin;
    origin = null;
    if (!from) return;
    location.replace(NOWHERE);
    reveal(from.closest("tr"));
    from.focus({ preventScroll: true });
    from.scrollIntoView({ block: "nearest" });
  }

  // What the browser jumped over or uncovered may only now be laid out, and have moved the rest.
  const afterLayout = (act) => requestAnimationFrame(() => requestAnimationFrame(act));

  // On a narrow screen the text comes up from below: what led to it shall not vanish behind it.
  function keepInSight(link) {
    const pane = byId("source").getBoundingClientRect();
    const box = link.getBoundingClientRect();
    if (box.bottom > pane.top && box.right > pane.left) scrollBy(0, box.bottom - pane.top + 24);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = named(link);
    if (link.id === "back" || (inText(link) && origin && named(origin) === link.parentElement)) {
      // A figure in the text leads to its row, unless the reader came from elsewhere.
      if (!origin) return;
      event.preventDefault();
      goBack();
    } else if (inText(target)) {
      origin = link;
      // After the browser has gone there. The focus follows, so that Tab and a screen reader go on from the place.
      setTimeout(() => {
        const focus = target.querySelector("a") || target;
        if (focus === target) target.tabIndex = -1;
        focus.focus({ preventScroll: true });
        afterLayout(() => keepInSight(link));
      });
    } else {
      reveal(target);
    }
  });

  addEventListener("hashchange", () => {
    if (!document.querySelector(".text :target")) origin = null;
    const target = document.querySelector(":target");
    if (target) afterLayout(() => target.scrollIntoView());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") goBack();
  });

  // -- the table

  if (!table) return;
  const filters = byId("filters");
  const find = byId("find");
  const selects = [...filters.querySelectorAll("select")];
  const shown = byId("shown");
  const groups = [...table.tBodies];
  const headings = new Map(groups.map((group) => [group, group.querySelector(".group")]));
  const rows = groups.flatMap((group, n) =>
    [...group.querySelectorAll("tr[id]")].map((row) => ({
      row,
      group,
      text: row.textContent.toLowerCase(),
      facets: { group: String(n), kind: row.dataset.kind, status: row.dataset.status.split(" ") },
    })),
  );
  const flat = document.createElement("tbody");
  flat.setAttribute("role", "rowgroup");
  let sorting = null; // the column heading, null in the order of the report

  const fits = (facet, wanted) => !wanted || (Array.isArray(facet) ? facet.includes(wanted) : facet === wanted);

  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.map((select) => [select.name, select.value]);
    const left = new Map();
    let count = 0;
    for (const { row, group, text, facets } of rows) {
      const fit = words.every((word) => text.includes(word)) && wanted.every(([name, value]) => fits(facets[name], value));
      if (row.hidden === fit) row.hidden = !fit;
      if (fit) {
        count += 1;
        left.set(group, true);
      }
    }
    for (const group of groups) headings.get(group).hidden = !left.has(group);
    shown.textContent = `${count} / ${rows.length}`;
  }

  function reveal(target) {
    if (target && target.hidden) clear();
  }

  function clear() {
    find.value = "";
    for (const select of selects) select.value = "";
    filter();
  }

  const chinese = byId("only-zh");
  const told = (cell) => (cell.querySelector(chinese.checked ? ".zh" : ".en") || cell).textContent.trim();
  const collator = new Intl.Collator(["en", "zh-Hans"], { numeric: true });
  const keys = {
    number: ({ row }) => [Number(row.id.slice(1))],
    what: ({ row }) => [told(row.cells[1])],
    // Values of one unit stand together: 5 cases and 5 % cannot be compared.
    figure: ({ row }) => [row.dataset.unit, Number(row.dataset.value)],
    kind: ({ row }) => [told(row.cells[3])],
    section: ({ row }) => [row.cells[4].textContent],
    status: ({ row }) => [told(row.cells[5])],
  };

  function compare(a, b) {
    for (let i = 0; i < a.length; i += 1) {
      const order = typeof a[i] === "number" ? a[i] - b[i] : collator.compare(a[i], b[i]);
      // Units keep their order when values are turned round, so only the last key counts for that.
      if (order) return { order, last: i === a.length - 1 };
    }
    return { order: 0, last: true };
  }

  function sort(heading) {
    const before = heading.getAttribute("aria-sort");
    const next = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
    if (sorting) sorting.removeAttribute("aria-sort");
    sorting = next ? heading : null;
    if (!next) {
      flat.remove();
      for (const group of groups) group.hidden = false;
      for (const { row, group } of rows) group.append(row);
      return;
    }
    heading.setAttribute("aria-sort", next);
    const key = keys[heading.dataset.key];
    const sign = next === "descending" ? -1 : 1;
    const keyed = rows.map((entry) => ({ entry, key: key(entry) }));
    keyed.sort((a, b) => {
      const { order, last } = compare(a.key, b.key);
      return last ? order * sign : order;
    });
    flat.append(...keyed.map(({ entry }) => entry.row));
    for (const group of groups) group.hidden = true;
    table.append(flat);
  }

  for (const heading of table.tHead.querySelectorAll("[data-key]")) {
    const button = document.createElement("button");
    button.type = "button";
    const label = heading.querySelector(".label");
    button.append(label.cloneNode(true));
    label.after(button); // the label alone is printed: Chromium repeats no buttons at the head of a page
    button.addEventListener("click", () => sort(heading));
  }
  filters.hidden = false;
  filters.addEventListener("input", filter);
  byId("clear").addEventListener("click", () => {
    clear();
    find.focus();
  });
  filter();
  if (location.hash) reveal(byId(decodeURIComponent(location.hash.slice(1))));
})();

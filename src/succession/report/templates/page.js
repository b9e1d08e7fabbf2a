"use strict";
(() => {
  const root = document.documentElement;
  const dark = () => getComputedStyle(root).colorScheme === "dark" ||
    (root.dataset.theme === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  for (const button of document.querySelectorAll(".theme")) {
    button.hidden = false;
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; });
  }

  // Search: hides what does not contain every word, and says how much is left.
  const search = (input, rows, output, extra) => {
    let texts = null;
    const run = () => {
      texts = texts || rows.map((row) => row.textContent.toLowerCase());
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      rows.forEach((row, number) => {
        const shown = words.every((word) => texts[number].includes(word)) && (!extra || extra(row));
        row.hidden = !shown;
        left += shown ? 1 : 0;
      });
      output.textContent = left === rows.length ? `${left}` : `${left} of ${rows.length}`;
    };
    input.addEventListener("input", run);
    return run;
  };

  for (const box of document.querySelectorAll("[data-search]")) {
    const rows = [...document.querySelectorAll(box.dataset.search)];
    const pick = box.querySelector("select");
    const fits = pick ? (row) => !pick.value || row.dataset.goal === pick.value : null;
    const run = search(box.querySelector("input"), rows, box.querySelector("output"), fits);
    if (pick) pick.addEventListener("change", run);
    box.hidden = false;
  }

  // Long tables get a search of their own; every table can be sorted by its headings.
  const number = (text) => {
    const plain = text.replace(/,/g, "").replace("−", "-").match(/^[+-]?[\d.]+/);
    return plain ? Number(plain[0]) : NaN;
  };
  const words = (a, b) => a.localeCompare(b, undefined, { numeric: true });
  const compare = (a, b) => {
    const x = number(a), y = number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? words(a, b) : x - y;
  };
  for (const table of document.querySelectorAll("table.data")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    if (body.rows.length < 2) continue;
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[place].textContent.trim();
        const numeric = head.classList.contains("number");
        const rows = [...body.rows].map((row) => [text(row), row]);
        rows.sort(([a], [b]) => (numeric ? compare(a, b) : words(a, b)) * (down ? -1 : 1));
        body.append(...rows.map(([, row]) => row));
      });
    });
    if (body.rows.length > 15) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const output = document.createElement("output");
      const tools = document.createElement("div");
      input.type = "search";
      label.append("Search ", input);
      output.textContent = `${body.rows.length}`;
      tools.className = "tools";
      tools.append(label, output);
      table.parentElement.before(tools);
      search(input, [...body.rows], output, null);
    }
  }

  // The career map shows one role's moves while the pointer is on it.
  for (const svg of document.querySelectorAll(".map svg")) {
    const flows = [...svg.querySelectorAll("[data-from]")];
    const show = (role) => flows.forEach((flow) => flow.classList.toggle(
      "dim", role !== null && flow.dataset.from !== role && flow.dataset.to !== role));
    for (const node of svg.querySelectorAll("[data-role]")) {
      node.addEventListener("pointerenter", () => show(node.dataset.role));
      node.addEventListener("pointerleave", () => show(null));
    }
  }

  // The section in view is marked in the list of sections.
  const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.hash.slice(1), a]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting || !links.has(entry.target.id)) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("main section[id]").forEach((section) => watch.observe(section));
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
})();

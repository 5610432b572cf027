"use strict";
/* Tables that can be sorted and searched. Without scripts they stand as they are. */
(() => {
  const number = (cell) => {
    const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.firstChild ? cell.firstChild.textContent : "";
    const plain = text.replace(/[,%]/g, "").trim();
    return plain === "" ? NaN : Number(plain);
  };
  const text = (cell) => (cell.textContent || "").trim().toLocaleLowerCase("en");

  /* Numbers before words; what is not known comes last, whichever way. */
  const compare = (place, down) => (one, other) => {
    const a = number(one.cells[place]), b = number(other.cells[place]);
    const sign = down ? -1 : 1;
    if (!Number.isNaN(a) && !Number.isNaN(b)) return sign * (a - b);
    if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
    return sign * text(one.cells[place]).localeCompare(text(other.cells[place]), "en");
  };

  const sort = (table, place, down) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].filter((row) => !("first" in row.dataset));
    for (const row of rows.sort(compare(place, down))) body.append(row);
  };

  /* A header becomes a button; the table's owner says what sorting does. */
  const sortable = (header, begin, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    header.dataset.title = header.textContent; /* on paper, where buttons are not repeated */
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const now = header.getAttribute("aria-sort");
      const down = now ? now === "ascending" : begin;
      for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      act(down);
    });
  };

  const searchable = (table, what) => {
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("span");
    label.className = "search";
    field.type = "search";
    told.setAttribute("role", "status");
    label.append(`Search ${what} `, field);
    const line = document.createElement("div");
    line.className = "searching";
    line.append(label, told);
    table.closest(".scroll").before(line);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLocaleLowerCase("en");
      const rows = [...table.tBodies[0].rows];
      for (const row of rows) row.hidden = !text(row).includes(wanted);
      const left = rows.filter((row) => !row.hidden).length;
      told.textContent = wanted ? `${left} of ${rows.length} rows` : "";
    });
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((header, place) => {
      if (!("fixed" in header.dataset)) {
        sortable(header, header.classList.contains("n"), (down) => sort(table, place, down));
      }
    });
    if (table.dataset.search) searchable(table, table.dataset.search);
  }
  window.assess = { sortable };
})();

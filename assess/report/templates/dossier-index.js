"use strict";
(() => {
  const field = document.getElementById("find");
  const told = document.getElementById("found");
  const rows = [...document.querySelectorAll("#organisations tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
      if (!row.hidden) shown += 1;
    });
    told.textContent = shown.toLocaleString("en-GB") + " of " + rows.length.toLocaleString("en-GB") + " organisations";
  };
  field.addEventListener("input", find);
  document.getElementById("search").hidden = false;

  // Sorting by a column; numbers by their value, what has none last.
  const body = document.querySelector("#organisations tbody");
  document.querySelectorAll("#organisations thead button").forEach((button, column) => {
    button.disabled = false;
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of document.querySelectorAll("#organisations thead th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
      const numeric = head.classList.contains("n");
      const compare = (a, b) => {
        const [x, y] = [value(a), value(b)];
        if (numeric) {
          if (x === "" || y === "") return (x === "") - (y === "");
          return (down ? -1 : 1) * (Number(x) - Number(y));
        }
        return (down ? -1 : 1) * x.localeCompare(y, "en");
      };
      [...rows].sort(compare).forEach((row) => body.append(row));
    });
  });
})();

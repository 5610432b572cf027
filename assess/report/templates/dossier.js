"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const keys = new Map();
  for (const key of all("#keys > li")) {
    const pairs = key.dataset.pairs.split(" ").map((pair) => pair.split(":"));
    keys.set(key.id, { words: key.textContent, pairs });
  }
  const marks = all("mark").map((mark) => {
    const link = mark.firstElementChild;
    return { mark, link, key: keys.get(link.getAttribute("aria-describedby")) };
  });

  // Switching areas and statuses off and on. Classes as mark_css in page.py gives them.
  const order = ["negated", "planned", "conditional", "vague", "implemented"];
  const boxes = all("#key input");
  const filter = () => {
    const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let seen = 0;
    for (const { mark, link, key } of marks) {
      const pairs = key.pairs.filter(([area, status]) => on.has(area) && on.has(status));
      if (pairs.length) {
        const [area, , counts] = pairs[0];
        const status = order.find((one) => pairs.some(([, found]) => found === one));
        const second = pairs.find(([other]) => other !== area);
        mark.className = area + " " + status + (counts === "1" ? "" : " seen") +
          (second ? " s" + second[0].slice(1) : "");
        seen += 1;
      } else {
        mark.className = "off";
      }
      link.tabIndex = pairs.length ? 0 : -1;
    }
    const told = document.getElementById("marked");
    if (told) told.textContent = seen === marks.length
      ? "All evidence is marked."
      : seen.toLocaleString("en-GB") + " of " + marks.length.toLocaleString("en-GB") + " stretches are marked.";
  };
  for (const box of boxes) {
    box.hidden = false;
    box.checked = true;
    box.addEventListener("change", filter);
  }
  for (const button of all("#key button")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) {
        if (box.name === button.value) box.checked = button.dataset.set === "on";
      }
      filter();
    });
  }

  // What a stretch is evidence of, while it is pointed at or has the focus.
  const tip = document.getElementById("tip");
  const show = (event) => {
    const mark = event.target.closest && event.target.closest("mark");
    const found = mark && !mark.classList.contains("off") && marks_of.get(mark);
    tip.hidden = !found;
    if (found) tip.textContent = found.words;
  };
  const marks_of = new Map(marks.map(({ mark, key }) => [mark, key]));
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });

  // A quote that is folded away is opened before a link leads to it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let folded = target.closest("details:not([open])");
    while (folded) {
      folded.open = true;
      folded = target.closest("details:not([open])");
    }
    target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", open);
  open();
})();

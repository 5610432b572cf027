"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const readings = new Map(all("#readings > li").map((one) => [one.id, {
    words: one.textContent,
    area: one.dataset.area,
    status: one.dataset.status,
    counts: one.dataset.counts === "1",
  }]));
  const marks = new Map(all("mark").map((mark) => {
    const link = mark.firstElementChild;
    return [mark, { link, readings: link.getAttribute("aria-describedby").split(" ").map((id) => readings.get(id)) }];
  }));
  const number = (value) => value.toLocaleString("en-GB");

  // Switching areas and statuses off and on. Classes as mark_css in keys.py gives them.
  const order = ["negated", "planned", "conditional", "vague", "implemented"];
  const classes = (shown) => {
    const first = shown[0];
    const status = order.find((one) => shown.some((reading) => reading.status === one));
    const second = shown.find((reading) => reading.area !== first.area);
    return first.area + " " + status + (first.counts ? "" : " seen") + (second ? " s" + second.area.slice(1) : "");
  };
  const boxes = all("#key input");
  const told = document.getElementById("marked");
  const filter = () => {
    const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let seen = 0;
    for (const [mark, { link, readings: own }] of marks) {
      const shown = own.filter((reading) => on.has(reading.area) && on.has(reading.status));
      mark.className = shown.length ? classes(shown) : "off";
      link.tabIndex = shown.length ? 0 : -1;
      if (shown.length) seen += 1;
    }
    told.textContent = number(seen) + " of " + number(marks.size) + " stretches are marked.";
  };
  for (const box of boxes) {
    box.hidden = false;
    box.checked = true;
    box.addEventListener("change", filter);
  }
  for (const button of all("#key button")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) if (box.name === button.value) box.checked = button.dataset.set === "on";
      filter();
    });
  }

  // What a stretch is evidence of, while it is pointed at or has the focus.
  const tip = document.getElementById("tip");
  const show = (event) => {
    const mark = event.target.closest("mark");
    tip.hidden = !mark || mark.classList.contains("off");
    if (!tip.hidden) tip.textContent = marks.get(mark).readings.map((reading) => reading.words).join(" ");
  };
  for (const event of ["pointerover", "focusin"]) document.body.addEventListener(event, show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = true;
  });

  // A quote that is folded away is opened where a link leads to it.
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let folded = target.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", open);
  open();
})();

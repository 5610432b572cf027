"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const filters = document.getElementById("filters");
  if (filters) {
    const articles = all("article[data-gap]");
    const rows = all("tr[data-gap]");
    const told = filters.querySelector("output");
    const words = articles.map((article) => article.textContent.toLowerCase());
    const show = () => {
      const authority = filters.elements.authority.value;
      const area = filters.elements.area.value;
      const wanted = filters.elements.words.value.trim().toLowerCase();
      let shown = 0;
      articles.forEach((article, place) => {
        const fits =
          (authority === "" || article.dataset.authority === authority) &&
          (area === "" || article.dataset.area === area) &&
          words[place].includes(wanted);
        article.hidden = !fits;
        rows[place].hidden = !fits;
        shown += fits ? 1 : 0;
      });
      told.textContent = `${shown} of ${articles.length} gaps shown`;
    };
    const unfold = (open) =>
      articles.forEach((article) => {
        article.querySelector("details").open = open;
      });
    const follow = () => {
      const article = articles.find((one) => `#${one.id}` === window.location.hash);
      if (article) {
        article.querySelector("details").open = true;
        article.scrollIntoView();
      }
    };
    filters.elements.unfold.addEventListener("click", () => unfold(true));
    filters.elements.fold.addEventListener("click", () => unfold(false));
    window.addEventListener("hashchange", follow);
    follow();
    filters.addEventListener("input", show);
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.hidden = false;
    show();
  }
  const ticks = document.getElementById("ticks");
  const items = all(".check li");
  const boxes = all(".check li input");
  const told = ticks.querySelector("output");
  const count = () => {
    told.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} ticked`;
  };
  const closed = ["done", "na"];
  ticks.elements.open.addEventListener("change", () => {
    items.forEach((item) => {
      item.hidden = ticks.elements.open.checked && closed.includes(item.dataset.state);
    });
  });
  boxes.forEach((box) => box.addEventListener("change", count));
  ticks.addEventListener("submit", (event) => event.preventDefault());
  ticks.hidden = false;
  count();
})();

/* Filters over the statements: the list, a summary of the selection, the criteria table. */
(() => {
  const holder = document.getElementById("data");
  if (!holder) return;
  const data = JSON.parse(holder.textContent);
  const [LABEL, YEAR, SECTORS, TURNOVER, COMPLIANCE, SUBSTANCE, TIER, FLAG, TYPE, VALUES, KEPT, URL] =
    [...Array(12).keys()];
  const PAGE = 100;
  const STEPS = 20;
  const Z = 1.959963984540054; /* normal deviate of a 95% interval */
  const at = (id) => document.getElementById(id);
  const make = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /* ---- numbers, as the rest of the page has them ---- */
  const whole = (value) => {
    const low = Math.floor(value), rest = value - low;
    return rest === 0.5 ? low + (low % 2) : Math.round(value);
  };
  const thousands = (value) => value.toLocaleString("en-GB");
  const percent = (part) => {
    if (part > 0 && part < 0.005) return "under 1%";
    if (part >= 0.995 && part < 1) return "over 99%";
    return `${whole(part * 100)}%`;
  };
  const wilson = (count, of) => {
    const share = count / of, square = (Z * Z) / of;
    const middle = (share + square / 2) / (1 + square);
    const half = (Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
    return [share <= 0 ? 0 : Math.max(0, middle - half), share >= 1 ? 1 : Math.min(1, middle + half)];
  };
  const quantile = (sorted, part) => {
    const place = (sorted.length - 1) * part, low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  };
  const interval = ([low, high]) => `${whole(low * 100)}–${whole(high * 100)}%`;

  /* ---- the choice ---- */
  const controls = { sector: at("f-sector"), year: at("f-year"), turnover: at("f-turnover"), type: at("f-type"), flag: at("f-flag"), text: at("f-text") };
  const chosen = () => {
    const found = {};
    for (const [name, control] of Object.entries(controls)) {
      if (control && control.value.trim() !== "") found[name] = control.value.trim();
    }
    return found;
  };
  const inWords = (choice) => Object.keys(choice).map((name) => {
    const control = controls[name];
    const told = control.options ? control.selectedOptions[0].textContent : `“${choice[name]}”`;
    return `${control.labels[0].firstChild.textContent.trim()}: ${told}`;
  }).join("; ");
  const tests = {
    sector: (row, value) => row[SECTORS].includes(Number(value)),
    year: (row, value) => row[YEAR] === Number(value),
    turnover: (row, value) => row[TURNOVER] === Number(value),
    type: (row, value) => row[TYPE] === Number(value),
    flag: (row, value) => row[FLAG] === Number(value),
    text: (row, value) => row[LABEL].toLocaleLowerCase("en").includes(value.toLocaleLowerCase("en")),
  };
  const matching = (choice) => {
    const wanted = Object.entries(choice);
    return data.rows.map((_, place) => place)
      .filter((place) => wanted.every(([name, value]) => tests[name](data.rows[place], value)));
  };

  /* ---- the summary ---- */
  const tile = (label, number, below) => {
    const made = make("div");
    const told = make("dd", "", number);
    if (below) told.append(make("span", "sub", below));
    made.append(make("dt", "", label), told);
    return made;
  };
  const median = (label, places, column) => {
    const values = places.map((place) => data.rows[place][column]).filter((value) => value !== null).sort((a, b) => a - b);
    if (!values.length) return tile(label, "–", "");
    const ends = wilson(values.length / 2, values.length).map((part) => whole(quantile(values, part)));
    return tile(label, String(whole(quantile(values, 0.5))), values.length < 3 ? `of ${values.length}` : `95% interval ${ends.join("–")}`);
  };
  const minimal = (places) => {
    const judged = places.filter((place) => data.rows[place][FLAG] !== -1);
    const count = judged.filter((place) => data.rows[place][FLAG] === 1).length;
    if (!judged.length) return tile("look like minimal compliance", "–", "");
    return tile("look like minimal compliance", percent(count / judged.length), `${interval(wilson(count, judged.length))} · ${thousands(count)} of ${thousands(judged.length)}`);
  };
  const kinds = (places) => {
    const counts = data.types.map((_, type) => places.filter((place) => data.rows[place][TYPE] === type).length);
    const told = data.types.map((title, type) => `${title.toLowerCase()} ${thousands(counts[type])}`);
    const made = tile("by kind", told.join(", "), "");
    made.className = "long";
    return made;
  };
  const summarise = (places) => {
    const tiles = [
      tile("statements selected", thousands(places.length), ""),
      median(data.proposal ? "median compliance, a proposal (not law) counted" : "median compliance", places, COMPLIANCE),
      median("median substance", places, SUBSTANCE),
      minimal(places),
    ];
    if (data.types.length) tiles.push(kinds(places));
    at("summary").replaceChildren(...tiles);
  };

  /* ---- the criteria table ---- */
  const heat = at("heat");
  const heatRows = heat ? [...heat.querySelectorAll("tr[data-m]")] : [];
  const FIRST = 2; /* cells of a row before its numbers: title and authority */
  const counted = (places, measure) => {
    const [place, letters] = data.measures[measure];
    let count = 0, of = 0;
    for (const row of places) {
      const letter = data.rows[row][VALUES][place];
      if (letter === undefined || letter === "n" || letter === "?") continue;
      of += 1;
      if (letters.includes(letter)) count += 1;
    }
    return [count, of];
  };
  const paint = (cell, count, of, comparable) => {
    if (!of) {
      cell.className = "flat"; cell.textContent = "–"; cell.title = "no statement to count";
    } else if (!comparable) {
      cell.className = "flat"; cell.textContent = `${count}/${of}`; cell.title = `${thousands(count)} of ${thousands(of)}: too few to compare`;
    } else {
      cell.className = `h${whole((count / of) * STEPS)}`; cell.textContent = String(whole((count / of) * 100)); cell.title = `${thousands(count)} of ${thousands(of)}`;
    }
  };
  const recompute = (places, choice) => {
    if (!heat) return;
    const columns = data.sectors.map((_, sector) => places.filter((place) => data.rows[place][SECTORS].includes(sector)));
    const filtered = Object.keys(choice).length > 0;
    const alone = choice.sector !== undefined; /* then the selection is all that there is to show */
    const headers = heat.tHead.rows[0].cells;
    headers[FIRST].textContent = filtered ? "Selected" : "All";
    data.sectors.forEach((name, sector) => {
      headers[FIRST + 2 + sector].hidden = alone;
      headers[FIRST + 2 + sector].firstElementChild.textContent = `${name} (${columns[sector].length})`;
    });
    for (const row of heatRows) {
      const measure = Number(row.dataset.m);
      const [count, of] = counted(places, measure);
      paint(row.cells[FIRST], count, of, !filtered || places.length >= data.minimum);
      row.cells[FIRST + 1].textContent = of ? wilson(count, of).map((end) => whole(end * 100)).join("–") : "";
      columns.forEach((column, sector) => {
        const cell = row.cells[FIRST + 2 + sector];
        cell.hidden = alone;
        if (!alone) paint(cell, ...counted(column, measure), column.length >= data.minimum);
      });
    }
    at("recomputed").hidden = !filtered;
    at("recomputed").textContent = `${inWords(choice)}. Counted for the ${thousands(places.length)} selected of ${thousands(data.rows.length)} statements.`;
  };

  /* ---- the list ---- */
  const list = at("list");
  const printed = new Map([...list.tBodies].map((body) => [Number(body.dataset.i), body]));
  const typed = data.types.length > 0;
  const kept = at("filters").dataset.kept;
  const cell = (unit, value, name = "n") => {
    const made = make("td", name);
    made.append(make("span", "unit", `${unit} `), value);
    return made;
  };
  const link = (text, address) => {
    const made = make("a", "", text);
    made.href = address;
    made.rel = "noopener noreferrer";
    return made;
  };
  const SOME = 3;
  const some = (names) => names.slice(0, SOME).join("; ") + (names.length > SOME ? `; and ${names.length - SOME} more` : "");
  const score = (value) => (value === null ? "–" : String(whole(value)));
  const build = (place) => {
    const row = data.rows[place];
    const body = make("tbody", "row"), line = make("tr"), who = make("th");
    who.scope = "row";
    const name = make("span", "name");
    name.append(make("bdi", "", row[LABEL]));
    who.append(name, make("span", "meta", some(row[SECTORS].map((sector) => data.sectors[sector]))));
    if (row[FLAG] === 1) who.append(make("span", "flagged", "Looks like minimal compliance"));
    const links = make("span", "meta");
    links.append(link("Kept document", `${kept}/${row[KEPT].split("/").map(encodeURIComponent).join("/")}`));
    if (/^https?:\/\//i.test(row[URL])) links.append(" · ", link("Statement where it was published", row[URL]));
    who.append(links);
    line.append(who, cell("Year", row[YEAR] < 0 ? "–" : String(data.years[row[YEAR]])), cell("Compliance", score(row[COMPLIANCE])), cell("Substance", score(row[SUBSTANCE])));
    if (typed) line.append(cell("Kind", row[TYPE] < 0 ? "–" : data.types[row[TYPE]], ""));
    line.append(cell("Tier", row[TIER] < 0 ? "–" : data.tiers[row[TIER]], ""));
    body.append(line);
    return body;
  };
  const columns = { label: LABEL, year: YEAR, compliance: COMPLIANCE, substance: SUBSTANCE, type: TYPE, tier: TIER };
  let order = { by: "label", down: false }, from = 0, places = [], every = false;
  const arrange = (found) => {
    if (order.by === "label") return order.down ? [...found].reverse() : found; /* as they came */
    const column = columns[order.by], sign = order.down ? -1 : 1;
    const value = (place) => {
      const known = data.rows[place][column];
      return known === null || known === -1 ? NaN : known;
    };
    return [...found].sort((one, other) => {
      const a = value(one), b = value(other);
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
      return sign * (a - b);
    });
  };
  /* On paper there are no pages to turn; of very many statements those with evidence are printed. */
  const onPaper = () => (places.length <= printed.size ? places : places.filter((place) => printed.has(place)));
  const draw = () => {
    const page = every ? onPaper() : places.slice(from, from + PAGE);
    for (const body of [...list.tBodies]) body.remove();
    list.append(...page.map((place) => printed.get(place) || build(place)));
    at("pager").hidden = places.length <= PAGE;
    at("place").textContent = `${thousands(from + 1)} to ${thousands(Math.min(from + PAGE, places.length))} of ${thousands(places.length)}`;
    at("back").disabled = from === 0;
    at("on").disabled = from + PAGE >= places.length;
  };
  const turn = (by) => {
    from += by * PAGE;
    draw();
    list.closest(".scroll").scrollIntoView({ block: "start" });
  };

  /* ---- the address ---- */
  const MARK = "#choose?";
  const remember = (choice) => {
    const query = new URLSearchParams(choice).toString();
    const address = query ? MARK + query : location.hash.startsWith(MARK) ? "#statements" : location.hash;
    if (address !== location.hash) history.replaceState(null, "", address || "#");
  };
  const recall = () => {
    if (!location.hash.startsWith(MARK)) return;
    for (const [name, value] of new URLSearchParams(location.hash.slice(MARK.length))) {
      if (Object.hasOwn(controls, name) && controls[name]) controls[name].value = value;
    }
  };

  const update = () => {
    const choice = chosen();
    const found = matching(choice);
    places = arrange(found);
    from = 0;
    at("count").textContent = `Of ${thousands(data.rows.length)} statements, ${thousands(found.length)} match.`;
    at("reset").disabled = !Object.keys(choice).length && order.by === "label" && !order.down;
    /* On paper the summary stands only where it says something of its own. */
    at("filters").parentNode.classList.toggle("chosen", Object.keys(choice).length > 0);
    summarise(found);
    recompute(found, choice);
    draw();
    remember(choice);
  };

  /* ---- data to take away ---- */
  const safe = (value) => {
    const told = value === null || value === undefined ? "" : String(value);
    const plain = typeof value === "string" && /^ *[=+\-@\t\r\n＝＋－＠]/.test(told) ? `'${told}` : told;
    return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const save = (name, table) => {
    const text = `\ufeff${table.map((row) => row.map(safe).join(",")).join("\r\n")}\r\n`;
    const made = link("", window.URL.createObjectURL(new Blob([text], { type: "text/csv" })));
    made.download = name;
    made.click();
    window.URL.revokeObjectURL(made.href);
  };
  const or = (list, place) => (place < 0 ? "" : list[place]);
  const statements = () => [
    ["statement", "year", "sectors", "turnover", "compliance", "substance", "tier", "looks_like_minimal_compliance", "kind", "published_at", ...data.criteria],
    ...places.map((place) => {
      const row = data.rows[place];
      return [
        row[LABEL], or(data.years, row[YEAR]), row[SECTORS].map((sector) => data.sectors[sector]).join("; "),
        or(data.turnover, row[TURNOVER]), row[COMPLIANCE], row[SUBSTANCE], or(data.tiers, row[TIER]),
        row[FLAG] < 0 ? "" : row[FLAG], or(data.types, row[TYPE]), row[URL],
        ...data.criteria.map((_, place) => data.letters[row[VALUES][place]] || ""),
      ];
    }),
  ];
  const criteria = () => {
    const groups = [["All", places], ...data.sectors.map((name, sector) => [name, places.filter((place) => data.rows[place][SECTORS].includes(sector))])];
    const rows = [["criterion", "measure", "sector", "number", "of", "share", "low", "high"]];
    data.measures.forEach(([, , label, id], measure) => {
      for (const [name, group] of groups) {
        const [count, of] = counted(group, measure);
        rows.push([id, label, name, count, of, ...(of ? [count / of, ...wilson(count, of)] : ["", "", ""])]);
      }
    });
    return rows;
  };

  for (const control of Object.values(controls)) {
    if (control) control.addEventListener(control.type === "search" ? "input" : "change", update);
  }
  for (const header of list.tHead.rows[0].cells) {
    const by = header.dataset.sort;
    window.assess.sortable(header, header.classList.contains("n"), (down) => {
      order = { by, down };
      update();
    });
  }
  at("reset").addEventListener("click", () => {
    for (const control of Object.values(controls)) if (control) control.value = "";
    for (const header of list.tHead.rows[0].cells) header.removeAttribute("aria-sort");
    order = { by: "label", down: false };
    update();
  });
  at("back").addEventListener("click", () => turn(-1));
  at("on").addEventListener("click", () => turn(1));
  at("csv-statements").addEventListener("click", () => save("statements.csv", statements()));
  at("csv-criteria").addEventListener("click", () => save("criteria-by-sector.csv", criteria()));
  window.addEventListener("beforeprint", () => { every = true; draw(); });
  window.addEventListener("afterprint", () => { every = false; draw(); });
  window.addEventListener("hashchange", () => { recall(); if (location.hash.startsWith(MARK)) update(); });
  at("filters").hidden = false;
  at("downloads").hidden = false;
  recall();
  update();
})();

// Keyboard entry: <form data-grid="address to save cells at">. Every line is an element with data-line (its cell) and data-group (what is saved
// together); the inputs of the figures carry data-cell. What is typed is kept in this browser until the server has said that it holds it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const find = (selector, root = form) => root.querySelector(selector);
  const all = (selector, root = form) => [...root.querySelectorAll(selector)];
  const cells = () => all("[data-cell]").filter((cell) => cell.offsetParent);
  const bar = () => find("[data-grid-bar]");
  const groupOf = (field) => field.closest("[data-group]")?.dataset.group;
  const fieldsOf = (group) => all(`[data-group="${CSS.escape(group)}"] :is(input, select, textarea)[name]`);
  const words = document.getElementById("grid-words").content;
  const word = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), find(`[data-word=${name}]`, words).textContent);

  // --- what is typed: dirty groups, kept in this browser
  const key = `diaban:${location.pathname}:${find("[name=acting_position]")?.value ?? ""}`;
  const dirty = new Map(); // group -> a number that grows with each change, so that an answer does not clear a later change
  let revision = Number(form.dataset.revision);
  let changes = 0;
  const entries = (group) => fieldsOf(group).filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked).map((field) => [field.name, field.value]);
  const keep = (isSent = false) => {
    try {
      if (dirty.size) localStorage.setItem(key, JSON.stringify({ revision, isSent, groups: Object.fromEntries([...dirty.keys()].map((group) => [group, entries(group)])) }));
      else localStorage.removeItem(key);
    } catch { /* a full or forbidden store: the page itself still holds what was typed */ }
  };
  const soil = (field) => {
    const group = groupOf(field);
    if (!group) return;
    dirty.set(group, ++changes);
    form.dataset.state = "typing";
    keep();
    later(900);
  };
  const restore = () => {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { return; }
    if (!kept) return;
    if (kept.isSent && Number(form.dataset.revision) > kept.revision) { keep(); return; } // the whole page came through
    for (const [group, typed] of Object.entries(kept.groups)) {
      grow(find(`[data-group="${CSS.escape(group)}"]`), typed.map(([name]) => name));
      const fields = fieldsOf(group);
      if (!fields.length || JSON.stringify(entries(group)) === JSON.stringify(typed)) continue;
      for (const field of fields) {
        const said = typed.filter(([name]) => name === field.name).map(([, value]) => value);
        if (field.type === "checkbox") field.checked = said.includes(field.value);
        else if (said.length) [field.value] = said;
      }
      dirty.set(group, ++changes);
    }
    if (!dirty.size) { keep(); return; }
    revision = Math.min(revision, kept.revision);
    tell(word("restored"));
    later(0);
  };

  // --- saving, again and again until it has worked
  let timer = null, isSaving = false;
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const tell = (text, tone = "") => { const place = find("[data-grid-told]"); if (place) { place.textContent = text; place.dataset.tone = tone; } };
  const save = async () => {
    if (isSaving) { later(300); return; }
    isSaving = true;
    const sent = new Map(dirty);
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "acting_position"]) body.append(name, find(`[name=${name}]`)?.value ?? "");
    body.append("revision", revision);
    for (const group of sent.keys()) for (const [name, value] of entries(group)) body.append(name, value);
    for (const group of sent.keys()) body.append("GROUP", group);
    try {
      const answer = await fetch(form.dataset.grid, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", keepalive: sent.size < 50 });
      if (answer.type === "opaqueredirect") { refused(word("again")); return; } // to the page where one signs in
      if (answer.status === 409 || answer.status === 403) { refused(await detail(answer)); return; }
      if (!answer.ok) throw new Error(answer.status);
      for (const [group, change] of sent) if (dirty.get(group) === change) dirty.delete(group);
      take(await answer.json());
      form.dataset.state = dirty.size ? "typing" : "saved";
      keep();
      if (dirty.size) later(300);
    } catch {
      form.dataset.state = "unsaved";
      if (dirty.size) tell(word("unsaved"), "late");
      if (dirty.size) later(8000);
    } finally { isSaving = false; }
  };
  const detail = async (answer) => (answer.headers.get("Content-Type") ?? "").includes("json") ? (await answer.json()).detail : word("again");
  const refused = (text) => { form.dataset.state = "unsaved"; clearTimeout(timer); tell(text, "late"); };
  window.addEventListener("online", () => { if (dirty.size) later(0); });
  window.addEventListener("offline", () => { if (dirty.size) tell(word("unsaved"), "late"); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty.size) save(); });
  setInterval(() => { if (!document.hidden && !dirty.size && !isSaving && navigator.onLine) save(); }, 30000); // what others typed

  // --- the answer: how each line stands, what others typed
  const take = (answer) => {
    revision = answer.revision;
    const fold = find("details", bar())?.open;
    const told = find("[data-grid-told]");
    bar().outerHTML = answer.bar;
    find("[data-grid-told]").replaceWith(told);
    if (!dirty.size && told.textContent === word("typing")) tell("");
    if (fold && find("details", bar())) find("details", bar()).open = true;
    for (const line of all("[data-line]")) stand(line, answer.lines[line.dataset.line] ?? {});
    for (const [name, other] of Object.entries(answer.others)) another(name, other);
    if (Object.keys(answer.others).length) tell(word("others", { who: Object.values(answer.others)[0].who }));
  };
  const stand = (line, said) => {
    const field = find("[data-cell]", line);
    line.dataset.stands = said.state ?? "";
    field?.classList.toggle("is-invalid", said.state === "error");
    const shown = find("output[data-shown]", line);
    if (shown && said.shown !== undefined) shown.textContent = said.shown;
    const place = find("[data-findings]", line);
    if (!place) return;
    place.replaceChildren(...(said.findings ?? []).map((finding) => {
      const told = find(`[data-finding=${finding.kind}]`, words).cloneNode(true);
      told.lastElementChild.textContent = finding.message;
      return told;
    }));
    if (said.findings?.length) field?.setAttribute("aria-describedby", place.id); else field?.removeAttribute("aria-describedby");
    if (said.asks) {
      const fold = find("details", line);
      if (fold) fold.open = true;
      else if (!find("[name^=NOTE__]", line)) {
        const note = find("[data-note]", words).cloneNode(true);
        note.name = `NOTE__${line.dataset.line}`;
        place.after(note);
      }
    }
  };
  const another = (name, other) => {
    const line = find(`[data-line="${CSS.escape(name)}"]`);
    if (!line) return;
    const isMine = dirty.has(line.dataset.group);
    if (!other.conflict && !isMine) { put(line, other.fields); return; }
    if (find("[data-conflict]", line)) return;
    const choice = find("[data-conflict]", words).cloneNode(true);
    find("[data-conflict-told]", choice).textContent = word("conflict", { who: other.who, value: other.said });
    const done = () => { choice.remove(); const field = find("[data-cell], textarea, td input", line); field.focus(); return field; };
    find("[data-take-theirs]", choice).onclick = () => { put(line, other.fields); dirty.delete(line.dataset.group); keep(); done(); };
    find("[data-keep-mine]", choice).onclick = () => soil(done());
    const both = find("[data-keep-both]", choice); // words and rows of two people stand one after the other
    if (line.matches("tr")) both.remove(); else both.onclick = () => { putBoth(line, other.fields); soil(done()); };
    (find("[data-findings]", line) ?? line).after(choice);
  };
  const put = (line, fields) => {
    if (isTable(line)) all("td input", line).forEach((field) => { field.value = ""; });
    grow(line, Object.keys(fields));
    for (const [name, value] of Object.entries(fields)) {
      const field = find(`[name="${CSS.escape(name)}"]`, line);
      if (field?.type === "checkbox") field.checked = Boolean(value);
      else if (field) field.value = value;
    }
    line.dataset.changed = "yes";
    setTimeout(() => { delete line.dataset.changed; }, 4000);
  };

  const putBoth = (line, fields) => {
    if (!isTable(line)) { const area = find("textarea", line); area.value = `${fields[area.name]}\n${area.value}`; return; }
    const written = () => [...find("tbody", line).rows].map((row) => all("input", row).map(({ value }) => value)).filter((texts) => texts.some(Boolean));
    const mine = written();
    put(line, fields);
    const theirs = written();
    [...theirs, ...mine.filter((row) => !theirs.some((one) => one.join("\t") === row.join("\t")))].forEach((texts, at) => {
      const body = find("tbody", line);
      all("input", body.rows[at] ?? addRow(body)).forEach((field, column) => { field.value = texts[column]; });
    });
  };

  // --- the keyboard
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const step = (from, by) => {
    const list = cells(), at = list.indexOf(from) + by, next = list[at] ?? (at < 0 ? null : after(from));
    if (!next) return;
    next.focus();
    next.select?.();
    next.scrollIntoView({ block: "nearest" });
  };
  const after = (from) => all("[data-line] :is(textarea, input:not([type=hidden])), [value=check]").find((field) => field.offsetParent && field.tabIndex >= 0
    && !field.closest("tr[data-line]") && follows(from, field));
  const atEdge = (cell, key) => cell.type === "checkbox" || cell.selectionStart === cell.selectionEnd || (cell.selectionStart === 0 && cell.selectionEnd === cell.value.length) || key === "Enter";
  document.addEventListener("keydown", (event) => { if (event.key === "F8") { event.preventDefault(); nextFault(); } });
  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!cell) { // from a remark or a row's box on to the next, rather than away with the page
      const box = event.target.closest("[data-line] input:not([type=checkbox])");
      if (box && event.key === "Enter") {
        event.preventDefault();
        const own = event.shiftKey && find("[data-cell]", box.closest("[data-line]"));
        (own || cells().find((one) => follows(box, one)) || after(box))?.focus();
      }
      return;
    }
    const by = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (by && atEdge(cell, event.key)) { event.preventDefault(); step(cell, by); }
    if (event.key === "Escape" && cell.dataset.was !== undefined) { cell.value = cell.dataset.was; soil(cell); }
    if (event.key === "=") {
      event.preventDefault();
      const ticks = offeredTicks(cell);
      if (ticks.length) { confirmTicks(ticks); step(allTicks(cell).at(-1), 1); } else if (cell.placeholder) { confirmPrevious(cell); step(cell, 1); } else tell(word("not-offered"), "late");
    }
  });
  form.addEventListener("focusin", (event) => { const cell = event.target.closest("[data-cell]"); if (cell && cell.type !== "checkbox") { cell.dataset.was = cell.value; cell.select(); } });
  // A list of ticks is kept as a whole, as it was ticked last period.
  const allTicks = (place) => all(`[data-group="${CSS.escape(groupOf(place))}"] input[type=checkbox][data-cell]`);
  const offeredTicks = (place) => allTicks(place).filter((one) => "offered" in one.dataset);
  const confirmTicks = (ticks) => { for (const one of ticks) one.checked = true; soil(ticks[0]); };
  const confirmPrevious = (cell) => { if (!cell.value) { cell.value = cell.placeholder; soil(cell); } };
  form.addEventListener("change", (event) => {
    const keeps = event.target.closest("[name^=KEEP__]");
    if (!keeps?.checked) return;
    const ticks = offeredTicks(keeps);
    if (ticks.length) { confirmTicks(ticks); keeps.checked = false; ticks[0].focus(); return; }
    const cell = find("[data-cell]", keeps.closest("[data-line]")); keeps.checked = false; confirmPrevious(cell); cell.focus();
  });
  form.addEventListener("input", (event) => { tell(word("typing")); soil(event.target); });
  const nextFault = () => {
    const lines = all("[data-stands=error], [data-stands=warning]").concat(all("[data-stands=missing]"));
    const below = lines.filter((line) => follows(document.activeElement, line) && !line.contains(document.activeElement));
    const isFault = (one) => one.dataset.stands !== "missing";
    const line = below.find(isFault) ?? lines.find(isFault) ?? below[0] ?? lines[0];
    if (!line) { tell(word("no-faults")); return; }
    const field = (line.dataset.stands === "warning" && find("[name^=NOTE__]", line)) || find("[data-cell], textarea, td input, select", line);
    const fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
  };
  document.addEventListener("click", (event) => { if (event.target.closest("[data-next-fault]")) nextFault(); });

  // --- a block from Excel: a column of figures (and one of remarks) over the table as it stands, lines that are computed or locked
  // passed over; or rows over a table of rows, as many as there are
  const TICKS = /^(x|1|có|✓|v)$/i, FIGURE = /^([-+]?[\d.,\s]+%?|-|–|…|\.{3}|x|kcc|✓)?$/i;
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    const cell = event.target.closest("[data-cell]"), box = !cell && isTable(event.target.closest("[data-line]")) && event.target.closest("td input");
    if (!(cell || box) || !/[\n\t]/.test(text)) return;
    event.preventDefault();
    const block = text.split("\n").map((line) => line.split("\t").map((one) => one.trim()));
    if (cell && !block.every(([figure, ...others]) => FIGURE.test(figure) && others.length < 2)) { tell(word("paste-wide"), "late"); return; }
    const before = [];
    const put = (field, value) => {
      before.push([field, field.type === "checkbox" ? field.checked : field.value]);
      if (field.type === "checkbox") field.checked = TICKS.test(value); else field.value = value;
      soil(field);
    };
    const [laid, passed] = cell ? layColumn(cell, block, put) : layRows(box, block, put);
    const told = find("[data-grid-told]");
    tell(word(passed ? "pasted-some" : "pasted", { laid, passed }));
    const undo = find("[data-undo]", words).cloneNode(true);
    undo.onclick = () => {
      for (const [field, value] of before) { field[field.type === "checkbox" ? "checked" : "value"] = value; soil(field); }
      tell(word("undone"));
      event.target.focus();
    };
    told.append(" ", undo);
  });
  const layColumn = (cell, block, put) => {
    const places = all("[data-line]", cell.closest("tbody"));
    const from = places.indexOf(cell.closest("[data-line]"));
    let laid = 0, passed = 0;
    block.forEach(([value, note], number) => {
      const line = places[from + number];
      const field = line && find("[data-cell]", line);
      if (!field) { if (value) passed += 1; return; }
      put(field, value);
      const remark = note && find("[name^=NOTE__]", line);
      if (remark) put(remark, note);
      laid += 1;
    });
    return [laid, passed];
  };
  const layRows = (box, block, put) => {
    const body = box.closest("tbody"), from = [...body.rows].indexOf(box.closest("tr")), column = box.closest("td").cellIndex;
    let laid = 0, passed = 0;
    block.forEach((texts, number) => {
      while (body.rows.length <= from + number) addRow(body);
      texts.forEach((value, at) => {
        const field = find("input", body.rows[from + number].cells[column + at] ?? words);
        if (field && field.maxLength > 0) { put(field, value); laid += 1; } else if (value) passed += 1;
      });
    });
    return [laid, passed];
  };

  // --- tables of rows: as many as are needed
  const addRow = (body) => {
    const row = body.lastElementChild.cloneNode(true);
    for (const field of all("[name]", row)) {
      field.name = field.name.replace(/:\d+:/, `:${body.children.length}:`);
      field.value = "";
    }
    body.append(row);
    return row;
  };
  const isTable = (line) => Boolean(line && find("[data-add-row]", line));
  // As many rows as the names of fields speak of: of those that were kept here, or that others wrote.
  const grow = (line, names) => {
    if (isTable(line)) for (const name of names) while (Number(name.match(/:(\d+):/)?.[1] ?? -1) >= find("tbody", line).rows.length) addRow(find("tbody", line));
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (button) find("input", addRow(find("tbody", button.closest("[data-group]")))).focus();
  });
  all("[data-add-row], [data-next-fault]").forEach((button) => { button.hidden = false; });

  // A button sends the whole page. What is kept here stays until a page shows that the server holds the same.
  form.addEventListener("submit", () => { clearTimeout(timer); keep(true); });
  restore();

  // --- where typing begins: at what is wrong after a check, else at the first empty cell of a page newly opened, else at what the receiver remarked on
  const begin = () => {
    if ("checked" in form.dataset) {
      (find("[data-stands=error] :is([data-cell], textarea, td input)") ?? find("[data-stands=warning] [name^=NOTE__]") ?? find("[value=submit]"))?.focus();
      return;
    }
    if (location.hash || document.activeElement !== document.body || matchMedia("(pointer: coarse)").matches) return;
    const remarked = find("[data-remarked]"); // a computed line is changed in the cells below it
    const first = cells().find((cell) => cell.closest("[data-line]").dataset.stands === "missing") ?? (remarked && cells().find((cell) => remarked.contains(cell) || follows(remarked, cell))) ?? find("section[data-stands=missing] textarea");
    if (first) first.focus(); else if (all("[data-stands=error], [data-stands=warning]").length) nextFault();
  };
  begin();
})();

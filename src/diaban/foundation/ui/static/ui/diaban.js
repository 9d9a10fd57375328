// What every page does with JavaScript on top of what it does without. Events are listened to on the document, so parts that htmx brings work too.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (type, selector, act) => document.addEventListener(type, (event) => {
    const target = event.target.closest?.(selector);
    if (target) act(target, event);
  });

  // Controls that need JavaScript are hidden without it.
  const reveal = (root) => all("[data-print], [data-copy-table], [data-copy-text], [data-picture-of], [data-tick-all]", root).forEach((one) => { one.hidden = false; });
  // A table wider than its place is scrolled with the arrow keys too.
  const scrollable = () => all(".table-responsive").forEach((place) => {
    if (place.scrollWidth <= place.clientWidth && place.scrollHeight <= place.clientHeight) return;
    place.tabIndex = 0;
    place.setAttribute("role", "group"); // no landmark: a page may have many tables
    const heading = find("caption", place) || find("h2", place.closest("section") || place) || find("h1");
    place.setAttribute("aria-label", heading?.textContent.trim() || "");
  });
  window.addEventListener("resize", scrollable);
  // On a telephone the list comes first: its filters unfold, and a table of few columns is read cell by cell, each with its head.
  const isNarrow = () => window.matchMedia("(max-width: 35.99rem)").matches;
  const foldFilters = () => all("form[data-fold]:not([id])").forEach((form, at) => {
    const button = document.createElement("button");
    form.id = `loc-${at + 1}`;
    Object.assign(button, { type: "button", className: "btn filters-fold", textContent: form.dataset.fold });
    button.setAttribute("aria-controls", form.id);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const isOpen = form.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) find("input:not([type=hidden]), select", form)?.focus();
    });
    form.before(button);
  });
  const isPlain = (table, heads) => heads.length > 1 && heads.length <= 7 && [...table.rows].every((row) => row.cells.length === heads.length && [...row.cells].every((cell) => cell.colSpan === 1 && cell.rowSpan === 1));
  const stackTables = () => isNarrow() && all(".table-responsive > table.table:not(.stack)").forEach((table) => {
    const heads = table.tHead?.rows.length === 1 ? [...table.tHead.rows[0].cells].map((head) => head.textContent.trim()) : [];
    if (table.parentElement.scrollWidth <= table.parentElement.clientWidth || !isPlain(table, heads)) return;
    all("tbody > tr, tfoot > tr", table).forEach((row) => [...row.cells].forEach((cell, at) => {
      if ((at || find("input, select, textarea", cell)) && heads[at] && !cell.dataset.label && (cell.textContent.trim() || cell.children.length)) cell.dataset.label = heads[at];
    }));
    table.classList.add("stack");
  });
  on("click", "[data-print]", () => window.print());

  // The skip link leaves no #noi-dung in the address: a form's next page would inherit it and begin there, not at its first cell.
  on("click", "a.skip", (link, event) => {
    const place = document.getElementById(link.hash.slice(1));
    event.preventDefault();
    place.focus();
    place.scrollIntoView();
  });

  // --- search, menus
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.key === "/" && !isTyping && !event.ctrlKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      const field = find("[data-find]");
      event.preventDefault();
      if (field?.offsetParent) field.select(); else find(".tool-find")?.click();
    }
    if (event.key === "Escape") { closeMenus(); closeSide(true); }
  });
  const closeMenus = (except) => all("details.menu[open]").forEach((menu) => {
    if (menu === except) return;
    if (menu.contains(document.activeElement)) find("summary", menu).focus();
    menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  let opener = null;
  const closeSide = (isAsked) => {
    const side = find(".side.is-open");
    if (!side) return;
    side.classList.remove("is-open");
    if (isAsked) opener?.focus();
  };
  on("click", "[data-menu]", (link, event) => {
    event.preventDefault();
    opener = link;
    const side = document.getElementById(link.dataset.menu);
    side.classList.toggle("is-open");
    if (side.classList.contains("is-open")) find("a", side).focus();
  });
  on("click", "[data-menu-close]", (_link, event) => { event.preventDefault(); closeSide(true); });
  document.addEventListener("click", (event) => { if (!event.target.closest(".side, [data-menu]")) closeSide(false); });

  // --- asking first: <form data-confirm="consequence">, and folds that open as a dialog
  on("submit", "form[data-confirm]", (form, event) => {
    const dialog = find("#ask");
    if (form.dataset.confirmed || !dialog) { delete form.dataset.confirmed; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    find("[data-ask-text]", dialog).textContent = form.dataset.confirm;
    dialog.returnValue = "no";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
    };
    dialog.showModal();
  });
  on("click", "[data-confirm-fold] > summary", (summary, event) => {
    event.preventDefault();
    const fold = summary.parentElement;
    const body = find(".confirm-body", fold);
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-label", summary.textContent.trim());
    dialog.append(body);
    fold.after(dialog);
    const close = find("[data-fold-close]", body);
    close.hidden = false;
    close.onclick = () => dialog.close();
    dialog.onclose = () => { fold.append(body); dialog.remove(); summary.focus(); };
    dialog.showModal();
  });

  // A form is sent once, however often the button is pressed.
  on("submit", "form[method=post]", (form, event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // --- tables: to the clipboard, to a picture
  const cellsOf = (table) => [...table.rows].filter((row) => row.offsetParent).map((row) => [...row.cells].map((cell) => ({
    text: cell.innerText.replace(/\s+/g, " ").replace(/\u2212/g, "-").trim(), span: cell.colSpan,
  })));
  const done = (button) => {
    const words = find("span", button);
    words.dataset.was ??= words.textContent;
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = words.dataset.was; }, 2500);
  };
  on("click", "[data-copy-table]", (button) => {
    const rows = cellsOf(document.getElementById(button.dataset.copyTable));
    copied(button, rows.map((row) => row.map((cell) => cell.text + "\t".repeat(cell.span - 1)).join("\t")).join("\n"));
  });
  // Over plain http there is no clipboard to write to, and where there is one it may refuse: then the old way; then the
  // text stands selected for Ctrl+C. `box` holds the text already; without one a box is put behind the button.
  const copied = async (button, text, box = null) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = box ?? button.parentElement.querySelector("textarea.to-copy") ?? Object.assign(document.createElement("textarea"), { className: "form-control to-copy", rows: 4, readOnly: true });
      area.value = text;
      if (!area.isConnected) { area.setAttribute("aria-label", button.innerText.trim()); button.parentElement.append(area); }
      area.focus();
      area.select();
      area.setSelectionRange(0, text.length);
      let isDone = false;
      try { isDone = document.execCommand("copy"); } catch { /* told below */ }
      if (!isDone) { told(button, button.dataset.refused); return; }
      if (!box) area.remove();
      button.focus();
    }
    told(button, "");
    done(button);
  };
  const told = (button, words) => {
    let place = button.parentElement.querySelector("[role=status]");
    if (!place && words) {
      place = document.createElement("span");
      place.setAttribute("role", "status");
      button.parentElement.append(place);
    }
    if (place) place.textContent = words;
  };
  on("click", "[data-copy-text]", (button) => {
    const box = document.getElementById(button.dataset.copyText);
    copied(button, box.value, box);
  });
  on("change", "[data-tick-all]", (box) => all(`[name="${box.dataset.tickAll}"]`, box.form ?? document).forEach((one) => { one.checked = box.checked; }));
  // Who is chosen as a whole (`data-whole`) and one by one (`data-choice`) within the same `data-choices` agree.
  on("change", "[data-whole]", (whole) => {
    all("[data-choice], [data-whole]", whole.closest("[data-choices]")).forEach((one) => { one.checked = whole.checked; });
    settle(whole);
  });
  on("change", "[data-choice]", (one) => settle(one));
  const settle = (box) => {
    for (let place = box.closest("[data-choices]"); place; place = place.parentElement.closest("[data-choices]")) {
      const whole = all("[data-whole]", place).find((one) => one.closest("[data-choices]") === place);
      if (whole) whole.checked = all("[data-choice]", place).every((one) => one.checked);
    }
  };
  on("click", "[data-picture-of]", (button) => {
    const table = document.getElementById(button.dataset.pictureOf);
    const box = table.getBoundingClientRect();
    const canvas = document.createElement("canvas");
    const scale = 2, margin = 16, title = find("h1")?.innerText ?? "";
    canvas.width = (box.width + 2 * margin) * scale;
    canvas.height = (box.height + 2 * margin + 28) * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    const family = getComputedStyle(document.body).fontFamily;
    pen.fillStyle = "#1f2933";
    pen.font = `600 16px ${family}`;
    pen.fillText(title, margin, margin + 12);
    pen.translate(margin - box.left, margin + 28 - box.top);
    for (const cell of all("th, td", table)) drawCell(pen, cell, family);
    canvas.toBlob((blob) => {
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${title || "bang"}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      done(button);
    });
  });
  const drawCell = (pen, cell, family) => {
    const box = cell.getBoundingClientRect();
    if (!box.width) return;
    pen.fillStyle = cell.tagName === "TH" ? "#eceff2" : "#fff";
    pen.fillRect(box.left, box.top, box.width, box.height);
    pen.strokeStyle = "#8793a1";
    pen.lineWidth = .5;
    pen.strokeRect(box.left, box.top, box.width, box.height);
    pen.fillStyle = "#1f2933";
    pen.textBaseline = "top";
    const before = getComputedStyle(cell, "::before").content.replace(/^"|"$/g, "");
    if (before && before !== "none" && before !== "normal") { pen.font = `11px ${family}`; pen.fillText(before, box.left + 4, box.top + 8); }
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, style = getComputedStyle(node.parentElement);
      pen.font = `${style.fontWeight} ${style.fontSize} ${family}`;
      for (const word of node.textContent.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const place = range.getBoundingClientRect();
        if (place.width > 1) pen.fillText(word[0], place.left, place.top + 2);
      }
    }
  };

  // --- the line
  window.addEventListener("beforeunload", (event) => { if (find("form[data-state=unsaved]")) event.preventDefault(); });
  const line = (text, isLasting) => {
    const place = find("#connection");
    if (!place) return;
    place.hidden = false;
    place.textContent = text;
    if (!isLasting) setTimeout(() => { if (place.textContent === text) place.hidden = true; }, 5000);
  };
  const lost = () => line(find("#connection")?.dataset.lost, true);
  window.addEventListener("offline", lost);
  window.addEventListener("online", () => {
    line(find("#connection")?.dataset.back, false);
  });
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
    // Signed out meanwhile, or acting elsewhere: the whole page has to be asked for again.
    if ([403, 409].includes(xhr.status) || /\/dang-nhap\//.test(xhr.responseURL)) { event.detail.shouldSwap = false; line(find("#connection")?.dataset.again, true); }
  });

  // --- files: their names and sizes beside the field
  on("change", "input[type=file]", (field) => {
    const place = field.parentElement.querySelector(".file-name") ?? field.insertAdjacentElement("afterend", Object.assign(document.createElement("output"), { className: "file-name" }));
    place.textContent = [...field.files].map((file) => `${file.name} (${Math.ceil(file.size / 1024).toLocaleString(document.documentElement.lang)} kB)`).join(", ");
  });

  // --- what is typed is not lost by a wrong key: leaving a form that was written in is asked about first (a page of cells keeps its own)
  const own = "form[method=post]:not([data-grid])";
  on("input", `${own} :is(input, textarea)`, (field) => { field.closest(own).dataset.written = "yes"; });
  document.addEventListener("submit", () => all("[data-written]").forEach((form) => { delete form.dataset.written; }));
  window.addEventListener("beforeunload", (event) => {
    const isChanged = (field) => !field.disabled && field.offsetParent && field.value !== field.defaultValue;
    if (all("[data-written]").some((form) => all(":is(input:not([type=checkbox], [type=radio], [type=password]), textarea)", form).some(isChanged))) event.preventDefault();
  });

  // --- an act that was refused: what was typed stands in its form again; where the page has no such form, it stays to be copied
  const refill = () => {
    const kept = find("#refused-form");
    if (!kept) return;
    const typed = JSON.parse(find("#refused-typed").textContent);
    const texts = (name) => typed.filter(([field]) => field === name).map(([, text]) => text);
    const isTheSame = (form) => all("input[type=hidden]", form).every(({ name, value }) => !value || !texts(name).length || texts(name).includes(value));
    const form = all("form[method=post]").find((one) => one.getAttribute("action") === kept.dataset.action && isTheSame(one));
    const fields = form ? [...form.elements].filter(({ name, type }) => name && !["hidden", "file", "password", "submit", "button"].includes(type)) : [];
    if (!typed.every(([name]) => fields.some((field) => field.name === name) || form?.elements[name])) return;
    for (const field of fields) {
      const said = texts(field.name);
      if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = said.includes(option.value);
      else if (said.length) [field.value] = said;
    }
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    form.dataset.written = "yes";
    kept.remove();
  };

  // --- where a page begins for who has no mouse: at the first field that is wrong, else at what the last act said
  const begin = () => {
    if (find("form[data-grid]") || location.hash || document.activeElement !== document.body) return;
    const wrong = find("main [aria-invalid=true]");
    const said = wrong ?? find("main [role=alert]") ?? find(".messages") ?? find("form[data-begin] input:not([type=hidden])");
    if (!said) return;
    if (!said.matches("input, select, textarea")) said.tabIndex = -1;
    said.focus();
  };
  // A link to a fold opens it and goes to its first field.
  const unfold = () => {
    const fold = document.getElementById(location.hash.slice(1));
    if (!fold?.matches("details")) return;
    fold.open = true;
    fold.scrollIntoView({ block: "nearest" });
    find("textarea, select, input:not([type=hidden])", fold)?.focus();
  };
  on("click", 'a[href^="#"]', () => setTimeout(unfold)); // a second press too, when the address stays the same

  refill();
  reveal(document);
  foldFilters();
  stackTables();
  scrollable();
  begin();
  unfold();
  document.addEventListener("htmx:load", (event) => { reveal(event.detail.elt); foldFilters(); stackTables(); scrollable(); });
})();

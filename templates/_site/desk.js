/* The print desk: find, choose several, and take them as one file. The list is DESK, which stands before this; the choice
   is kept in the address, so that it survives a reload and can be bookmarked. */
"use strict";
(() => {
  const SHOWN = 10;
  const find = (id) => document.getElementById(`desk-${id}`);
  const box = document.getElementById("desk");
  const words = box.dataset;
  const { q, problem, reader, edition } = find("form").elements;
  const [rows, list, made] = [find("rows"), find("list"), find("made")];
  const isDisk = location.protocol === "file:";
  const editions = new Map(DESK.editions);
  const items = new Map();
  let chosen = [];  // [{ item, edition }] in the order in which they are printed
  let shown = SHOWN;
  let folder = null;

  const element = (name, properties, ...inside) => {
    const one = Object.assign(document.createElement(name), properties);
    one.append(...inside);
    return one;
  };
  const put = (text, value) => text.replace("%", value);
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().split(" ");

  DESK.groups.forEach((group) => {
    group.items = group.items.map(([id, stem, who, name, problems, files]) => {
      const own = files.map(([edition, end, pages, fold]) => ({ edition, path: `${stem}${end}`, pages, fold: Boolean(fold) }));
      const said = [name, group.name, group.words, ...problems.flatMap((at) => DESK.problems[at])].join(" ");
      const item = { id, who, name, problems, files: own, words: plain(said) };
      items.set(id, item);
      return item;
    });
  });

  /* Is one letter wrong, left out, too many, or in the place of its neighbour? */
  const nearly = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [rest, else_] = [one.slice(at), other.slice(at)];
    return rest.slice(1) === else_.slice(1) || rest.slice(1) === else_ || rest === else_.slice(1)
      || (rest.slice(2) === else_.slice(2) && rest[0] === else_[1] && rest[1] === else_[0]);
  };
  const begins = (word, typed) => word.startsWith(typed);
  const close = (word, typed) => typed.length > 3 && nearly(word, typed);
  const found = (matches) => {
    const typed = plain(q.value).filter(Boolean);
    return DESK.groups.map((group) => ({ group, items: group.items.filter((item) => (
      (!reader.value || item.who === reader.value)
      && (!problem.value || item.problems.includes(Number(problem.value)))
      && typed.every((one) => item.words.some((word) => matches(word, one))))) })).filter((one) => one.items.length);
  };

  /* Where no title and no name of a problem fits, what the website's own search makes of the words: "can't sleep" is a
     problem, and "my son" says whose leaflet it is. */
  const meant = () => {
    const mind = meaning(spelt(plainWords(q.value, " "), siteWords), siteWords);
    const about = mind.problems.map((one) => DESK.ids.indexOf(one.id));
    const who = reader.value || mind.reader;
    return DESK.groups.map((group) => ({ group, items: group.items.filter((item) => (
      (!who || item.who === who) && (!problem.value || item.problems.includes(Number(problem.value)))
      && about.some((at) => item.problems.includes(at)))) })).filter((one) => one.items.length);
  };
  /* A script, as in the search: it can be read from a disk as well. */
  let known = false;
  const know = () => {
    if (known) return;
    known = true;
    const script = element("script", { src: document.getElementById("site-search").dataset.words });
    script.addEventListener("load", () => { if (q.value.trim()) showRows(); });
    document.head.append(script);
  };

  const fileOf = ({ item, edition: name }) => item.files.find((file) => file.edition === name) || item.files[0];
  const isChosen = (item) => chosen.some((one) => one.item === item);
  const choose = (item, name = edition.value) => {
    if (!isChosen(item)) chosen.push({ item, edition: fileOf({ item, edition: name }).edition });
  };

  const chip = (item, group) => {
    const input = element("input", { type: "checkbox", checked: isChosen(item) });
    input.dataset.id = item.id;
    const [, who] = DESK.readers.find(([id]) => id === item.who) || ["", item.name];
    input.setAttribute("aria-label", item.name);
    return element("label", { className: `reader for-${item.who}` }, input, group.chips ? item.name : who);
  };
  const row = ({ group, items: own }) => element("li", {},
    element("h2", { textContent: group.name }), element("small", { textContent: DESK.kinds[group.kind] }),
    element("div", { className: "desk-chips" }, ...own.map((item) => chip(item, group))));

  const showRows = () => {
    const exact = found(begins);
    const near = exact.length || !q.value.trim() ? exact : found(close);
    const all = near.length || !q.value.trim() || typeof siteWords === "undefined" ? near : meant();
    if (!all.length) know();
    rows.replaceChildren(...all.slice(0, shown).map(row));
    const count = all.reduce((sum, one) => sum + one.items.length, 0);
    find("status").textContent = count === 1 ? words.one : put(words.count, count);
    find("none").hidden = count > 0;
    find("all").hidden = count === 0;
    find("more").hidden = all.length <= shown;
    return all;
  };

  const line = (one) => {
    const { item } = one;
    const choice = element("select", {}, ...item.files.map((file) => new Option(editions.get(file.edition), file.edition)));
    choice.value = one.edition;
    choice.setAttribute("aria-label", put(words.editionOf, item.name));
    choice.addEventListener("change", () => { one.edition = choice.value; show(); });
    const up = element("button", { type: "button", textContent: "↑", className: "plain-button" });
    up.setAttribute("aria-label", put(words.up, item.name));
    up.addEventListener("click", () => {
      const at = chosen.indexOf(one);
      if (at > 0) chosen.splice(at - 1, 2, one, chosen[at - 1]);
      show();
      list.children[Math.max(at - 1, 0)].querySelector("button").focus();
    });
    const out = element("button", { type: "button", textContent: "×", className: "plain-button" });
    out.setAttribute("aria-label", put(words.out, item.name));
    out.addEventListener("click", () => {
      const at = chosen.indexOf(one);
      chosen.splice(at, 1);
      show();
      const next = list.children[Math.min(at, chosen.length - 1)];
      (next ? next.querySelector("a") : find("details").firstElementChild).focus();
    });
    const link = element("a", { href: `${words.root}${fileOf(one).path}`, target: "_blank", rel: "noopener", textContent: item.name });
    return element("li", {}, link, element("div", { className: "desk-line" }, choice, up, out));
  };
  const toPrint = (fold) => chosen.filter((one) => fileOf(one).fold === fold);
  const show = () => {
    rows.querySelectorAll("input").forEach((input) => { input.checked = isChosen(items.get(input.dataset.id)); });
    list.replaceChildren(...chosen.map(line));
    find("chosen").textContent = chosen.length ? put(words.chosen, chosen.length) : words.chosenNone;
    box.classList.toggle("has", chosen.length > 0);
    find("print").hidden = toPrint(false).length === 0;
    find("fold").hidden = toPrint(true).length === 0;
    [find("zip"), find("empty")].forEach((one) => { one.hidden = chosen.length === 0; });
    if (isDisk) [find("print"), find("fold"), find("zip")].forEach((one) => { one.disabled = folder === null; });
    remember();
  };

  /* What is chosen and how it was found, behind the # of the address, which browsers keep to themselves. */
  const KEPT = { q, problem, reader, edition };
  const remember = () => {
    const kept = Object.entries(KEPT).filter(([name, field]) => field.value && !(name === "edition" && field.selectedIndex === 0));
    const parts = kept.map(([name, field]) => `${name}=${encodeURIComponent(name === "problem" ? DESK.ids[field.value] : field.value)}`);
    if (!find("sides").checked) parts.push("sides=1");
    if (chosen.length) parts.push(`take=${chosen.map((one) => `${one.item.id}~${one.edition}`).join(",")}`);
    history.replaceState(null, "", `${location.pathname}${location.search}${parts.length ? `#${parts.join("&")}` : ""}`);
  };
  const recall = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    Object.entries(KEPT).forEach(([name, field]) => {
      const value = kept.get(name) || "";
      if (value) field.value = name === "problem" ? DESK.ids.indexOf(value) : value;
    });
    [problem, reader, edition].forEach((field) => { if (field.selectedIndex < 0) field.selectedIndex = 0; });
    find("sides").checked = kept.get("sides") !== "1";
    chosen = [];
    (kept.get("take") || "").split(",").map((one) => one.split("~")).forEach(([id, name]) => { if (items.has(id)) choose(items.get(id), name); });
  };

  /* The files. A page that is opened from a disk may read none, so somebody has to hand it its folder. */
  const bytesAt = async (path) => {
    if (isDisk) return new Uint8Array(await folder.get(path).arrayBuffer());
    const answer = await fetch(`${words.root}${path}`);
    if (!answer.ok) throw new Error(path);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const read = (some) => Promise.all(some.map(async (one) => ({ title: one.item.name, path: fileOf(one).path, bytes: await bytesAt(fileOf(one).path) })));
  const today = () => new Date().toLocaleDateString("sv");
  const link = (blob, name, text) => element("a", { href: URL.createObjectURL(blob), download: name, textContent: text, className: "button" });

  const openOne = async (fold) => {
    const tab = window.open("", "_blank");  // now, since a window that opens later is held back as advertising
    made.textContent = words.wait;
    try {
      const some = toPrint(fold);
      const { blob, pages } = await joinPdfs(await read(some), { title: put(words.title, some.length), sides: find("sides").checked ? 2 : 1, fold });
      const open = link(blob, `${words.file}-${today()}.pdf`, words.openIt);
      made.replaceChildren(put(words.ready, pages), " ", open);
      if (tab) tab.location.href = open.href;
    } catch (error) {
      if (tab) tab.close();
      made.textContent = words.failed;
    }
  };
  const zip = async () => {
    made.textContent = words.wait;
    try {
      const files = await read(chosen);
      const digits = String(files.length).length;
      const named = files.map(({ path, bytes }, at) => ({ name: `${String(at + 1).padStart(digits, "0")}-${path.split("/").pop()}`, bytes }));
      link(zipOf(named), `${words.file}-${today()}.zip`, "").click();
      made.textContent = "";
    } catch (error) {
      made.textContent = words.failed;
    }
  };

  DESK.problems.forEach(([name], at) => problem.add(new Option(name, at)));
  DESK.readers.forEach(([id, name]) => reader.add(new Option(name, id)));
  DESK.editions.forEach(([id, name]) => edition.add(new Option(name, id)));
  box.hidden = false;
  find("plain").hidden = true;
  find("disk").hidden = !isDisk;
  find("folder").webkitdirectory = true;  // no attribute of HTML, though every browser knows it
  find("details").open = matchMedia("(min-width: 62rem)").matches;
  const again = () => { recall(); showRows(); show(); };
  again();
  addEventListener("hashchange", again);
  find("form").addEventListener("submit", (event) => event.preventDefault());
  find("form").addEventListener("input", (event) => {
    shown = SHOWN;
    if (event.target === edition) chosen.forEach((one) => { one.edition = fileOf({ item: one.item, edition: edition.value }).edition; });
    showRows();
    show();
  });
  rows.addEventListener("change", (event) => {
    const item = items.get(event.target.dataset.id);
    if (event.target.checked) choose(item);
    else chosen = chosen.filter((one) => one.item !== item);
    made.textContent = "";
    show();
  });
  q.addEventListener("focus", know, { once: true });
  find("all").addEventListener("click", () => {
    showRows().forEach((one) => one.items.forEach((item) => choose(item)));
    show();
  });
  find("more").addEventListener("click", () => {
    const from = shown;
    shown += SHOWN;
    showRows();
    rows.children[from].querySelector("input").focus();
  });
  find("sides").addEventListener("change", remember);
  find("empty").addEventListener("click", () => { chosen = []; made.textContent = ""; show(); q.focus(); });
  find("print").addEventListener("click", () => openOne(false));
  find("fold").addEventListener("click", () => openOne(true));
  find("zip").addEventListener("click", zip);
  find("folder").addEventListener("change", (event) => {
    const files = [...event.target.files];
    const page = files.find((file) => /(^|\/)catalogue\.schema\.json$/.test(file.webkitRelativePath));
    const start = page ? page.webkitRelativePath.length - "catalogue.schema.json".length : 0;
    folder = page ? new Map(files.map((file) => [file.webkitRelativePath.slice(start), file])) : null;
    made.textContent = page ? "" : words.notTheFolder;
    show();
  });
})();

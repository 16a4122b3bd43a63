// The words of the leaflet that is shown: chosen by a click on a sentence or from the list, changed, and saved. The
// server writes the file; the preview then follows by itself.
"use strict";
import { control, element, entryForm } from "/edit-form.js";

const query = document.body.dataset.events.split("?")[1] || "";
const token = document.querySelector('meta[name="edit-token"]').content;
const [said, open, list, kinds] = ["edit-said", "edit-open", "edit-list", "edit-kind"].map((id) => document.getElementById(id));
const chosen = new URLSearchParams(query);
let record = null;
let current = null; // the open form: { dirty, save, path }
let sources = [];

async function ask(name, parameters = {}) {
  const given = new URLSearchParams(query);
  for (const [key, value] of Object.entries(parameters)) given.set(key, value);
  return answered(fetch(`/edit/${name}?${given}`, { cache: "no-store" }));
}

async function send(name, body) {
  const headers = { "Content-Type": "application/json", "X-Edit-Token": token };
  return answered(fetch(`/edit/${name}?${query}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered(asked) {
  try {
    return await (await asked).json();
  } catch {
    return { ok: false, code: "silent", problem: "The editor does not answer.", mend: "Start it again; what you typed is still here." };
  }
}

function say(words, bad = false) {
  said.classList.toggle("bad", bad);
  said.textContent = words;
  // On a small screen the top is out of sight while a form is filled in: what is wrong stands at its button, too.
  open.querySelector(".refused")?.remove();
  if (bad) open.querySelector("form > .tools:last-of-type")?.before(element("p", { className: "wrong refused", textContent: words }));
}

const refused = (answer) => say(`${answer.problem} ${answer.mend}`, true);

// The list of all texts

async function load(kind = kinds.value) {
  const answer = await ask("record", { kind });
  if (!answer.ok) { list.replaceChildren(); record = null; refused(answer); return; }
  record = answer;
  sources = sourcesIn(answer.facts) || sourcesIn(answer.texts) || sources;
  const first = !list.childElementCount;
  const opened = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.path));
  const facts = element("details", { dataset: { path: "facts" } }, element("summary", { textContent: "Facts and details" }), picks(answer.facts));
  list.replaceChildren(picks(answer.texts), ...(answer.facts.length ? [facts] : []), ...(kind === "clinic" ? [logoField()] : []));
  for (const one of list.querySelectorAll("details")) one.open = opened.has(one.dataset.path);
  if (first && list.querySelector("details")) list.querySelector("details").open = true;
  steps(answer);
  for (const one of document.querySelectorAll("#list .mendable")) { one.classList.remove("mendable"); one.querySelector(".tools").remove(); }
  mending();
  if (answer.obstacle) say(`${answer.obstacle} You can look, but not save.`, true);
}

function sourcesIn(parts) {
  for (const part of parts) {
    const here = part.path?.at(-1) === "sources" && part.choices ? part.choices : null;
    const found = here || sourcesIn([...(part.parts || []), ...(part.blank ? [part.blank] : [])]);
    if (found?.length) return found;
  }
  return null;
}

function steps(answer) {
  document.getElementById("undo").disabled = !answer.undo;
  document.getElementById("redo").disabled = !answer.redo;
}

function picks(parts) {
  return element("ul", { className: "picks" }, ...parts.map((part) => element("li", {}, shown(part))));
}

function shown(part) {
  const key = JSON.stringify(part.path);
  if (part.kind === "field") {
    const text = part.there ? (part.value || "").replaceAll("\n", " ") : "Not written yet";
    const about = element("span", { textContent: text.length > 90 ? `${text.slice(0, 90)} …` : text });
    return element("button", { type: "button", className: "pick", dataset: { path: key }, click: () => pick(part) }, element("b", { textContent: part.label }), about);
  }
  if (part.kind === "group" && !part.there) {
    return element("button", { type: "button", dataset: { path: key }, textContent: `Add: ${part.label} …`, click: () => addGroup(part) });
  }
  const entries = part.kind === "list" ? part.parts.map((entry, place) => element("li", {}, group(entry, part, place))) : part.parts.map((inner) => element("li", {}, shown(inner)));
  const add = part.kind === "list" ? [element("button", { type: "button", textContent: `Add to ${part.label} …`, dataset: { add: key }, click: () => addEntry(part) })] : [];
  return element("details", { dataset: { path: key } }, element("summary", { textContent: part.kind === "list" ? `${part.label} (${part.parts.length})` : part.label }), element("ul", { className: "picks" }, ...entries), ...add);
}

function group(entry, part, place) {
  const made = shown({ ...entry, there: true });
  const button = (label, change, off = false) => element("button", { type: "button", textContent: label, "aria-label": `${label}: ${entry.label}`, disabled: off, click: () => commit([change], `${label}: done. Undo brings it back.`) });
  made.append(element("p", { className: "tools" },
    button("Up", { operation: "move", path: entry.path, to: place - 1 }, place === 0),
    button("Down", { operation: "move", path: entry.path, to: place + 1 }, place === part.parts.length - 1),
    button("Remove", { operation: "remove", path: entry.path })));
  return made;
}

// One open form

function close() {
  open.replaceChildren();
  current = null;
  for (const one of list.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
}

function show(title, parts, state, first) {
  const cancel = element("button", { type: "button", textContent: "Cancel", click: () => { const back = find(current?.path); close(); say(""); focusOn(back); } });
  const save = element("button", { type: "submit", className: "main", textContent: state.label || "Save" });
  const form = element("form", { submit: (event) => { event.preventDefault(); state.save(); } },
    element("h3", { textContent: title }), ...parts, element("p", { className: "tools" }, save, cancel, ...(state.more || [])));
  form.addEventListener("input", () => { state.touched = true; });
  open.replaceChildren(form);
  current = state;
  open.scrollIntoView({ block: "nearest" });
  (first || save).focus();
}

function find(path) {
  return path ? [...list.querySelectorAll("[data-path]")].find((one) => one.dataset.path === JSON.stringify(path)) : null;
}

function focusOn(one) {
  for (let at = one?.parentElement; at && at !== list; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  (one?.querySelector("summary") || one || document.getElementById("words")).focus();
}

// Asks before anything that was typed would be lost.
async function free() {
  if (!current?.dirty()) return true;
  const dialog = element("dialog", { "aria-labelledby": "edit-ask" });
  const choose = (label, value, look = "") => element("button", { type: "button", className: look, textContent: label, click: () => dialog.close(value) });
  dialog.append(element("p", { id: "edit-ask", textContent: "You have not saved what you typed." }), element("p", { className: "tools" }, choose("Save it", "save", "main"), choose("Throw it away", "drop"), choose("Go on writing", "stay")));
  document.body.append(dialog);
  dialog.showModal();
  const answer = await new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue)));
  dialog.remove();
  if (answer === "save") return current.save();
  return answer === "drop";
}

async function pick(part) {
  if (!(await free())) return;
  close();
  const field = control(part, sources);
  const grade = element("p", { className: "help", "aria-live": "polite" });
  const wrong = problemsOf(part).map((text) => element("p", { className: "wrong", textContent: text }));
  const before = JSON.stringify(field.value());
  const state = {
    path: part.path,
    dirty: () => JSON.stringify(field.value()) !== before,
    save: () => commit([{ operation: field.value().length || part.required ? "set" : "remove", path: part.path, value: field.value() }], "Saved.", field),
    more: [...(part.path.includes(record.reader || chosen.get("audience")) || part.input === "text" ? [element("button", { type: "button", textContent: "All readers", click: () => beside(part) })] : []),
      ...(part.path.at(-1) === "sources" || part.input === "text" ? [element("button", { type: "button", textContent: "New source …", click: () => newSource(part, field) })] : [])],
  };
  show(part.label, [...field.parts, grade, ...wrong], state, field.box);
  open.querySelector("label").className = "heard";
  const button = find(part.path);
  button?.setAttribute("aria-current", "true");
  for (let at = button?.parentElement; at && at !== list; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (part.input !== "text") return;
  let waiting = 0;
  const measure = async () => {
    const found = await send("reading", { text: field.value() });
    if (!found.ok || current !== state) return;
    const over = found.most_longest && found.longest > found.most_longest;
    grade.textContent = `${found.words} words; a sentence has ${found.mean} on average, the longest ${found.longest}`
      + `${over ? `, and ${found.most_longest} are the most` : ""}. Reading level ${found.grade}${found.most_grade ? ` of at most ${found.most_grade} for the whole leaflet` : ""}.`;
    grade.classList.toggle("over", Boolean(over));
  };
  field.box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(measure, 400); });
  measure();
}

// Problems that stand on the lines of this text, in the order of the page, which has the true one first.
function problemsOf(part) {
  if (!part.line) return [];
  const lines = all([...record.texts, ...record.facts]).map((one) => one.line || 0).filter((line) => line > part.line);
  const end = Math.min(Infinity, ...lines);
  return [...document.querySelectorAll("#list li[data-line]")]
    .filter((one) => one.dataset.path.endsWith(record.file) && Number(one.dataset.line) >= part.line && Number(one.dataset.line) < end)
    .map((one) => [...one.querySelectorAll("p:not(.place)")].map((p) => p.textContent).join(" "));
}

function all(parts) {
  return parts.flatMap((part) => [part, ...all(part.parts || [])]);
}

async function commit(edits, words, field = null) {
  const answer = await send("change", { kind: record.kind, version: record.version, edits });
  if (answer.ok) {
    const path = current?.path;
    close();
    record.version = answer.version;
    steps(answer);
    await load();
    say(`${words} The leaflet follows.`);
    focusOn(find(path) || find(edits[0].path));
    return true;
  }
  if (answer.code === "stale" && field && typeof answer.theirs === "string") differing(answer, edits, words, field);
  else if (answer.code === "stale") { refused(answer); if (!field) await load(); }
  else refused(answer);
  return false;
}

function differing(answer, edits, words, field) {
  refused(answer);
  record.version = answer.version;
  open.querySelector(".theirs-block")?.remove();
  const keep = element("button", { type: "button", className: "main", textContent: "Write mine over it", click: () => commit(edits.map((one) => ({ ...one, value: field.value() })), words, field) });
  const take = element("button", { type: "button", textContent: "Take theirs", click: async () => { close(); say("Theirs stays."); await load(); } });
  open.querySelector("form").prepend(element("div", { className: "theirs-block" }, element("h3", { textContent: "What stands in the file now" }), element("p", { className: "theirs", textContent: answer.theirs }), element("p", { className: "tools" }, keep, take)));
  keep.focus();
}

async function beside(part) {
  const answer = await ask("readers", { kind: record.kind, path: part.path.join("/") });
  if (!answer.ok) { refused(answer); return; }
  open.querySelector(".beside")?.remove();
  const rows = answer.readers.map((one) => element("li", {}, element("b", { textContent: `${one.label}: ` }), one.there ? one.value : "Not written."));
  const made = element("div", { className: "beside", tabIndex: -1 }, element("h3", { textContent: "For all readers" }), element("ul", {}, ...rows));
  open.querySelector("form").append(made);
  made.focus();
}

// New entries and records

async function addEntry(part) {
  if (!(await free())) return;
  const made = entryForm(part.blank, sources);
  const edit = (value) => (part.parts.length ? { operation: "insert", path: part.blank.path, value } : { operation: "set", path: part.path, value: [value] });
  filling(`Add to ${part.label}`, made, () => commit([edit(made.value())], "Added."), part.path);
}

async function addGroup(part) {
  if (!(await free())) return;
  const made = entryForm(part, sources);
  filling(`Add: ${part.label}`, made, () => commit([{ operation: "set", path: part.path, value: made.value() }], "Added."), part.path);
}

function filling(title, made, save, path = null, label = "Save") {
  const state = { path, dirty: () => Boolean(state.touched), save, label };
  show(title, made.parts, state, made.first);
}

async function newSource(part, field) {
  const answer = await ask("form", { what: "sources" });
  if (!answer.ok) { refused(answer); return; }
  const made = entryForm(answer, []);
  const box = element("fieldset", {}, element("legend", { textContent: "New source" }), ...made.parts);
  const add = async () => {
    const found = await send("add", { what: "sources", value: made.value() });
    if (!found.ok) { refused(found); return; }
    box.remove();
    sources = [...sources, [found.id, found.id]];
    say(`The source ${found.id} is in the list now.`);
    if (part.input === "text") { field.box.setRangeText(` {@${found.id}}`, field.box.selectionEnd, field.box.selectionEnd, "end"); field.box.focus(); } else field.set(found.id);
    current.touched = true;
  };
  box.append(element("p", { className: "tools" }, element("button", { type: "button", className: "main", textContent: "Add this source", click: add }), element("button", { type: "button", textContent: "Leave it", click: () => { box.remove(); field.box.focus(); } })));
  open.querySelector("form").append(box);
  made.first.focus();
}

async function start(what) {
  if (!(await free())) return;
  const answer = await ask("form", { what });
  if (!answer.ok) { refused(answer); return; }
  const made = entryForm({ kind: "group", path: [], parts: answer.parts }, []);
  filling(`New ${what}`, made, async () => {
    const given = made.value();
    const found = await send("start", { what, values: given });
    if (!found.ok) { refused(found); return false; }
    const to = what === "therapy" ? { therapy: found.id, audience: given.reader } : { ...Object.fromEntries(chosen), [found.kind]: found.id, ...(given.reader ? { audience: given.reader } : {}) };
    current = null;
    location.assign(`/?${new URLSearchParams(to)}`);
    return true;
  }, null, "Make it");
}

function logoField() {
  const box = element("input", { type: "file", id: "edit-logo", accept: ".svg,.png,.jpg,.jpeg,.webp", change: async () => {
    const bytes = new Uint8Array(await box.files[0].arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    const answer = await send("logo", { name: box.files[0].name, data: btoa(text) });
    if (!answer.ok) { refused(answer); return; }
    say(["The logo is on the leaflets now.", ...answer.notes].join(" "));
    await load();
  } });
  return element("p", {}, element("label", { htmlFor: "edit-logo", textContent: "Logo, from a file (SVG, PNG, JPEG or WebP)" }), box);
}

async function approveForm() {
  if (!(await free())) return;
  const answer = await ask("approval");
  if (!answer.ok) { refused(answer); return; }
  const [name, role] = [{ label: "Name of the person who has read it" }, { label: "What that person is, such as: Clinical psychologist" }].map((one) => control({ ...one, input: "line", short: true, required: true, choices: [] }));
  const read = element("input", { type: "checkbox", required: true });
  const about = element("p", { textContent: `“${answer.title}”, for ${answer.reader}, with the words ${answer.words.slice(0, 8)}. ${answer.approved ? "These words are approved; a new approval replaces that." : "Nobody has approved these words yet."} When a word changes, the approval is void.` });
  filling("Approve this leaflet", { parts: [about, ...name.parts, ...role.parts, element("label", { className: "tick" }, read, "This person has read exactly these words and approves them.")], first: name.box }, async () => {
    const found = await send("approve", { words: answer.words, name: name.value(), role: role.value() });
    if (!found.ok) { refused(found); return false; }
    close();
    say("Approved. The leaflet says so.");
    document.getElementById("words").focus();
    return true;
  }, null, "Approve");
}

// Each problem of this record has a button that opens the text it is about: the last one that begins before its line.
function mending() {
  if (!record) return;
  const fields = all([...record.texts, ...record.facts]).filter((one) => one.kind === "field" && one.line);
  for (const problem of document.querySelectorAll("#list li[data-line]:not(.mendable)")) {
    const line = Number(problem.dataset.line);
    const part = problem.dataset.path === record.file && fields.filter((one) => one.line <= line).sort((a, b) => b.line - a.line)[0];
    if (!part) continue;
    problem.classList.add("mendable");
    problem.append(element("p", { className: "tools" }, element("button", { type: "button", textContent: "Open the words", "aria-label": `Open the words: ${part.label}`, click: () => pick(part) })));
  }
}

// Sentences on the leaflet

const BLOCKS = "p, li, h1, h2, h3, h4, td, th, dt, dd, figcaption, blockquote";
function attach(frame) {
  const inside = () => frame.contentDocument;
  const ready = () => {
    const page = inside();
    if (!page?.body || page.body.dataset.editable) return;
    page.body.dataset.editable = "yes";
    page.addEventListener("click", async (event) => {
      event.preventDefault();
      const block = event.target.closest(BLOCKS);
      if (!block || !record) return;
      const answer = await ask("find", { kind: record.kind === "clinic" ? "" : record.kind, text: block.textContent.trim().slice(0, 600) });
      if (!answer.ok) { refused(answer); return; }
      const part = all([...record.texts, ...record.facts]).find((one) => JSON.stringify(one.path) === JSON.stringify(answer.path));
      if (part) pick(part);
    });
    page.addEventListener("mouseover", (event) => mark(event.target, "2px dashed"));
    page.addEventListener("mouseout", (event) => mark(event.target, ""));
  };
  const mark = (target, look) => { const block = target.closest?.(BLOCKS); if (block) block.style.outline = look; };
  frame.addEventListener("load", ready);
  ready();
}

new MutationObserver(() => document.querySelectorAll("#leaflet iframe").forEach((frame) => { if (!frame.dataset.watched) { frame.dataset.watched = "yes"; attach(frame); } }))
  .observe(document.getElementById("leaflet").parentElement, { childList: true, subtree: true });
new MutationObserver(mending).observe(document.querySelector(".problems"), { childList: true, subtree: true });
for (const frame of document.querySelectorAll("#leaflet iframe")) { frame.dataset.watched = "yes"; attach(frame); }

// The page

async function step(name) {
  if (!(await free())) return;
  const answer = await send(name, { kind: record.kind, version: record.version });
  if (!answer.ok) { refused(answer); await load(); return; }
  close();
  await load();
  say(name === "undo" ? "Taken back." : "Made again.");
  const button = document.getElementById(name);
  (button.disabled ? document.getElementById("words") : button).focus();
}

for (const name of ["undo", "redo"]) document.getElementById(name).addEventListener("click", () => step(name));
document.getElementById("approve").addEventListener("click", approveForm);
for (const button of document.querySelectorAll("[data-new]")) button.addEventListener("click", () => start(button.dataset.new));
addEventListener("beforeunload", (event) => { if (current?.dirty()) event.preventDefault(); });
kinds.append(...[["therapy", "the therapy", true], ["worksheet", "the worksheet", chosen.get("worksheet")], ["clinic", "the clinic", chosen.get("clinic")]]
  .filter(([, , there]) => there).map(([value, label]) => element("option", { value, textContent: label })));
kinds.value = chosen.get("worksheet") ? "worksheet" : "therapy";
kinds.addEventListener("change", async () => { if (await free()) { close(); load(); } else kinds.value = record.kind; });
load();

// Controls of the editor: a field of the form becomes a label, a control and its help; a form becomes a value.
"use strict";

let count = 0;
export function element(name, properties = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "dataset") Object.assign(made.dataset, value);
    else if (typeof value === "function") made.addEventListener(key, value);
    else if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...inside);
  return made;
}

// A field with its label. `value()` gives what is typed; `box` is what gets the focus.
export function control(field, sources = []) {
  const id = `edit-${count += 1}`;
  const help = field.help ? [element("p", { className: "help", id: `${id}-help`, textContent: field.help })] : [];
  const label = element("label", { htmlFor: id, textContent: field.label + (field.required ? "" : " (may be left out)") });
  const listed = field.input === "list" && field.choices.length;
  const box = listed ? element("input", { id }) : boxFor(field, id);
  if (help.length) box.setAttribute("aria-describedby", `${id}-help`);
  if (listed) {
    const chosen = chips(field, box);
    return { box, parts: [label, ...help, ...chosen.parts], value: chosen.value, set: chosen.set };
  }
  const left = field.limit ? [element("p", { className: "left" })] : [];
  const counted = () => {
    const rest = field.limit - box.value.length;
    left[0].textContent = rest < 0 ? `${-rest} letters too many` : `${rest} letters left`;
    left[0].classList.toggle("over", rest < 0);
  };
  if (field.limit) { box.addEventListener("input", counted); counted(); }
  const cite = field.input === "text" && sources.length ? citing(box, sources, id) : [];
  const lines = () => box.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return {
    box,
    parts: [label, ...help, box, ...left, ...cite],
    value: () => (field.input === "list" ? lines() : box.value),
    set: (text) => { box.value = text; },
  };
}

function boxFor(field, id) {
  const value = field.value || "";
  if (field.input === "choice") {
    const known = field.choices.some(([choice]) => choice === value) || !value;
    const options = [...(field.required && value ? [] : [["", "–"]]), ...(known ? [] : [[value, value]]), ...field.choices];
    const box = element("select", { id }, ...options.map(([choice, shown]) => element("option", { value: choice, textContent: shown })));
    box.value = value;
    return box;
  }
  if (field.input === "text" || field.input === "list") {
    return element("textarea", { id, value, rows: Math.min(18, Math.max(4, Math.ceil(value.length / 42) + value.split("\n").length)) });
  }
  if (field.input === "line" && !field.short && (value.length > 40 || !field.limit || field.limit > 60)) {
    const box = element("textarea", { id, value, rows: Math.max(2, Math.ceil(value.length / 42)), className: "line" });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); box.form.requestSubmit(); } });
    box.addEventListener("input", () => { if (box.value.includes("\n")) box.value = box.value.replaceAll("\n", " "); });
    return box;
  }
  const box = element("input", { id, type: field.input === "date" ? "date" : "text", value });
  if (field.input === "number") box.inputMode = "decimal";
  return box;
}

// Ids that are chosen from a list, such as sources.
function chips(field, box) {
  const names = new Map(field.choices);
  let chosen = (field.value || "").split("\n").filter(Boolean);
  const list = element("ul", { className: "chips" });
  const options = element("datalist", { id: `${box.id}-list` }, ...field.choices.map(([id, shown]) => element("option", { value: shown })));
  box.setAttribute("list", options.id);
  const show = () => {
    list.replaceChildren(...chosen.map((id) => element("li", {}, element("span", { textContent: names.get(id) || id }),
      element("button", { type: "button", textContent: "Take out", "aria-label": `Take out ${names.get(id) || id}`, click: () => { chosen = chosen.filter((one) => one !== id); show(); box.focus(); } }))));
  };
  const add = (typed) => {
    const found = field.choices.find(([id, shown]) => shown === typed || id === typed);
    const id = found ? found[0] : typed.trim();
    if (id && !chosen.includes(id)) chosen.push(id);
    box.value = "";
    show();
  };
  show();
  const button = element("button", { type: "button", textContent: "Add", click: () => add(box.value) });
  return {
    parts: [list, element("p", { className: "cite" }, box, button), options],
    value: () => { if (box.value.trim()) add(box.value); return [...chosen]; },
    set: add,
  };
}

// Puts the number of a source, or the plain words of a term, into a text where the cursor stands.
function citing(box, sources, id) {
  const options = element("datalist", { id: `${id}-sources` }, ...sources.map(([, shown]) => element("option", { value: shown })));
  const wanted = element("input", { "aria-label": "Source to cite, by its title", list: options.id, placeholder: "Source …" });
  const put = (before, after = "") => {
    const [start, end] = [box.selectionStart, box.selectionEnd];
    box.setRangeText(before + box.value.slice(start, end) + after, start, end, "end");
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  const cite = () => {
    const found = sources.find(([name, shown]) => shown === wanted.value || name === wanted.value);
    if (!found) { wanted.focus(); return; }
    const space = box.selectionStart && !/\s/.test(box.value[box.selectionStart - 1]) ? " " : "";
    put(`${space}{@${found[0]}}`);
    wanted.value = "";
  };
  return [element("p", { className: "cite" }, wanted, options,
    element("button", { type: "button", textContent: "Cite here", click: cite }),
    element("button", { type: "button", textContent: "Explain a word", click: () => put("{", "|plain words}") }))];
}

// All fields of an empty entry, and its value once they are filled in: what is blank is left out.
export function entryForm(part, sources) {
  const fields = [];
  const shown = (inner) => {
    if (inner.kind === "field") {
      const made = control(inner, inner.path.includes("sources") ? [] : sources);
      fields.push([inner.path.slice(part.path.length), made]);
      return made.parts;
    }
    if (inner.kind === "list") return [];
    return [element("fieldset", {}, element("legend", { textContent: inner.label }), ...inner.parts.flatMap(shown))];
  };
  const parts = part.parts.flatMap(shown);
  const value = () => {
    const made = {};
    for (const [path, field] of fields) {
      const given = field.value();
      if (Array.isArray(given) ? !given.length : !given.trim()) continue;
      let at = made;
      for (const name of path.slice(0, -1)) at = at[name] ??= {};
      at[path.at(-1)] = given;
    }
    return made;
  };
  return { parts, value, first: fields[0]?.[1].box };
}

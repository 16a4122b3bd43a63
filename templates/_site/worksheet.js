/* A worksheet that is filled in on its page. What is typed stays on the page: it is sent nowhere, and it is kept in this
   browser only while the box for it is ticked. Without this script the page can be filled in and printed. */
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const LONG = 200;  // letters that want the whole width of a page on paper
  const find = (id) => document.getElementById(`sheet-${id}`);
  const [keep, status, sure] = [find("keep"), find("status"), find("sure")];
  const fields = [...sheet.querySelectorAll("textarea, input")];
  const folds = [...sheet.querySelectorAll(".fold")];
  const place = `worksheet ${location.pathname}`;
  let changed = false;
  let touched = -Infinity;

  const isFilled = (field) => (field.type === "textarea" ? field.value.trim() !== "" : field.checked);
  const say = (words) => { status.textContent = words; };

  /* A copy of what is typed, as high as it is long; the field is stretched to it, and on paper it stands in its place. */
  const copy = (field) => {
    if (field.type !== "textarea") return;
    const said = field.nextElementSibling || Object.assign(document.createElement("span"), { className: "said" });
    said.setAttribute("aria-hidden", "true");
    said.textContent = `${field.value} `;
    if (!said.parentElement) field.after(said);
    field.parentElement.classList.toggle("filled", isFilled(field));
    (field.closest(".asked") || field.parentElement).classList.toggle("long", field.value.length > LONG);
  };
  const count = () => {
    folds.forEach((fold) => {
      const has = [...fold.querySelectorAll("textarea")].some(isFilled);
      fold.classList.toggle("has", has);
      const mark = fold.querySelector(".begun");
      if (has && !mark) fold.firstElementChild.append(Object.assign(document.createElement("span"), { className: "begun", textContent: sheet.dataset.begun }));
      if (!has && mark) mark.remove();
    });
    sheet.classList.toggle("some", folds.some((fold) => fold.classList.contains("has")));
  };

  /* Some browsers keep nothing, or nothing from a disk: then reading or writing is an error. */
  const tried = (action) => {
    try { return action(); } catch (error) { return false; }
  };
  const kept = () => tried(() => JSON.parse(localStorage.getItem(place)));
  const forget = () => tried(() => { localStorage.removeItem(place); return true; });
  const store = () => tried(() => {
    const filled = fields.filter(isFilled).map((field) => [field.name, field.value]);
    localStorage.setItem(place, JSON.stringify(Object.fromEntries(filled)));
    return true;
  });
  const save = () => {
    if (!keep.checked) return;
    keep.checked = store();
    changed = !keep.checked;
    say(keep.checked ? sheet.dataset.kept : sheet.dataset.cannotKeep);
  };

  const fill = (values) => {
    fields.forEach((field) => {
      const value = Object.hasOwn(values, field.name) ? String(values[field.name]) : null;
      if (field.type === "textarea") field.value = value || "";
      else field.checked = field.type === "radio" ? field.value === value : value !== null;
      copy(field);
    });
    count();
  };
  const clear = () => {
    sure.close();
    keep.checked = false;
    forget();
    fill({});
    changed = false;
    say(sheet.dataset.cleared);
  };

  sheet.classList.add("grows");
  find("tools").hidden = false;
  find("no-script").hidden = true;
  const before = kept();
  fill(before && typeof before === "object" ? before : {});
  if (before) {
    keep.checked = true;
    say(sheet.dataset.back);
  }
  sheet.addEventListener("submit", (event) => event.preventDefault());
  sheet.addEventListener("input", (event) => {
    copy(event.target);
    count();
    changed = true;
    save();
  });
  keep.addEventListener("change", () => {
    if (keep.checked) { save(); return; }
    forget();
    changed = fields.some(isFilled);
    say(sheet.dataset.notKept);
  });
  find("clear").addEventListener("click", () => sure.showModal());
  find("yes").addEventListener("click", clear);
  find("no").addEventListener("click", () => sure.close());

  /* On paper every part that has something in it is unfolded. */
  find("print").addEventListener("click", () => print());
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = folds.filter((fold) => !fold.open);
    unfolded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => unfolded.forEach((fold) => { fold.open = false; }));

  /* Nobody loses a page by a slip; but a number that is called asks nothing, nor does a page with a quick way out. */
  if (document.querySelector("[data-leave]")) return;
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='tel:'], a[href^='sms:']")) touched = Date.now();
  }, true);
  addEventListener("beforeunload", (event) => {
    if (changed && fields.some(isFilled) && Date.now() - touched > 2000) event.preventDefault();
  });
})();

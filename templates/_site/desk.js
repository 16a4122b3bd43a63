/* The print desk: filters, and a window with the editions of one leaflet. Without it, covers lead to the leaflets' pages. */
"use strict";

const filter = document.getElementById("desk-filter");
const shelf = document.getElementById("desk-shelf");
const covers = [...shelf.children];
const deskStatus = document.getElementById("desk-status");
const dialog = document.getElementById("desk-dialog");
const labels = new Map(JSON.parse(dialog.dataset.editions));
const cover = document.getElementById("desk-cover");
const choices = document.getElementById("desk-editions");
const opener = document.getElementById("desk-open");

function narrow() {
  const { therapy, reader } = filter.elements;
  let count = 0;
  covers.forEach((one) => {
    one.hidden = (therapy.value !== "" && !one.dataset.t.split(" ").includes(therapy.value))
      || (reader.value !== "" && one.dataset.r !== reader.value);
    count += one.hidden ? 0 : 1;
  });
  deskStatus.textContent = count ? deskStatus.dataset.count.replace("%", count) : deskStatus.dataset.none;
}

/* "a4,2,45123;a4-large-print,4,60211;" → the editions in order. The first is the one that the cover shows. */
function editions(link) {
  return link.dataset.e.split(";").filter(Boolean).map((one) => {
    const [name, pages, bytes] = one.split(",");
    return { name, pages: Number(pages), bytes: Number(bytes) };
  });
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function show(link, edition) {
  const stem = link.getAttribute("href").replace(/\.html$/, edition.name === dialog.dataset.usual ? "" : `-${edition.name}`);
  const own = stem.slice(dialog.dataset.root.length);
  cover.src = `${dialog.dataset.root}pictures/${own}-1-large.png`;
  opener.href = `${stem}.pdf`;
}

function open(link) {
  document.getElementById("desk-name").textContent = link.textContent.trim();
  const found = editions(link);
  choices.replaceChildren(...found.map((edition, at) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name: "edition", checked: at === 0 });
    input.addEventListener("change", () => show(link, edition));
    const pages = (edition.pages === 1 ? dialog.dataset.page : dialog.dataset.pages).replace("%", edition.pages);
    label.append(input, ` ${labels.get(edition.name)} (PDF, ${pages}, ${size(edition.bytes)})`);
    return label;
  }));
  show(link, found[0]);
  dialog.showModal();
  document.getElementById("desk-name").focus();
}

filter.hidden = false;
filter.addEventListener("change", narrow);
shelf.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});
document.getElementById("desk-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
narrow();

/* Tabs. Without this script every part of a page is there, one below the other. */
"use strict";

/* Tabs, by the pattern of the ARIA Authoring Practices: arrow keys move, the address names the tab. */
function tabs(box) {
  const list = box.querySelector(".tab-list");
  const links = [...list.querySelectorAll("a")];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (links.length < 2) { box.dataset.ready = ""; return; }
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", box.dataset.label);
  links.forEach((link, at) => {
    link.parentElement.setAttribute("role", "presentation");
    link.setAttribute("role", "tab");
    link.id = `tab-${panels[at].id}`;
    link.setAttribute("aria-controls", panels[at].id);
    panels[at].setAttribute("role", "tabpanel");
    panels[at].setAttribute("aria-labelledby", link.id);
    panels[at].tabIndex = 0;
  });
  const show = (chosen) => links.forEach((link, at) => {
    link.setAttribute("aria-selected", String(at === chosen));
    link.tabIndex = at === chosen ? 0 : -1;
    panels[at].hidden = at !== chosen;
  });
  const choose = (at) => {
    show(at);
    links[at].focus();
    history.replaceState(null, "", links[at].hash);
  };
  const named = () => links.findIndex((link) => link.hash === location.hash);
  list.addEventListener("click", (event) => {
    const at = links.indexOf(event.target.closest("a"));
    if (at >= 0) { event.preventDefault(); choose(at); }
  });
  list.addEventListener("keydown", (event) => {
    const at = links.indexOf(document.activeElement);
    const last = links.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (event.key === " " && at >= 0) { event.preventDefault(); choose(at); }
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    choose(to);
  });
  addEventListener("hashchange", () => { if (named() >= 0) show(named()); });
  show(Math.max(named(), 0));
  /* An address that names a tab opens it; the title above it stays in sight. */
  if (named() >= 0) addEventListener("load", () => { document.activeElement.blur(); scrollTo(0, 0); }, { once: true });
  box.dataset.ready = "";
}
document.querySelectorAll("[data-tabs]").forEach(tabs);

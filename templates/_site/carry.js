/* The reader who was chosen is carried from page to page behind the # of the address. Without this script all problems are
   shown for everybody. */
"use strict";

document.querySelectorAll("[data-carry]").forEach((nav) => {
  const links = [...nav.querySelectorAll("a")];
  const entries = [...document.querySelectorAll("[data-readers]")];
  const letters = [...document.querySelectorAll(".letters li")];
  const show = () => {
    const chosen = links.find((link) => link.hash === location.hash) || links[0];
    const reader = chosen === links[0] ? "" : chosen.hash.slice("#for-".length);
    links.forEach((link) => { if (link === chosen) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); });
    entries.forEach((one) => {
      one.hidden = reader !== "" && !one.dataset.readers.split(" ").includes(reader);
      const link = one.querySelector("a");
      if (reader || link.hash) link.hash = reader && chosen.hash;
    });
    document.querySelectorAll(".letter").forEach((section, at) => {
      section.hidden = [...section.querySelectorAll("[data-readers]")].every((one) => one.hidden);
      letters[at].hidden = section.hidden;
    });
  };
  nav.hidden = false;
  addEventListener("hashchange", () => { if (!location.hash.startsWith("#letter-")) show(); });
  show();
});

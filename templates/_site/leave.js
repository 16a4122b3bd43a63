/* A quick way out: the page is gone from the screen at once, and its place in this tab's history is taken by another website.
   Without this script the button is a link. */
"use strict";

function leaveNow(to) {
  document.documentElement.hidden = true;
  document.title = new URL(to).hostname;
  if ("speechSynthesis" in window) speechSynthesis.cancel();
  location.replace(to);
}

const wayOut = document.querySelector("[data-leave]");
if (wayOut) {
  const TIMES = 3;
  let pressed = 0;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leaveNow(link.href);
  });
  document.addEventListener("keydown", (event) => {
    pressed = event.key === "Escape" && !event.repeat ? pressed + 1 : 0;
    if (pressed === TIMES) leaveNow(wayOut.href);
  });
}

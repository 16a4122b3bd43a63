// Follows what is saved: when the server says that there is something new, the page is fetched again and each part
// that changed is replaced. Without this script the page works too, when it is loaded again.
"use strict";

let shown = document.body.dataset.mark;
let busy = false;
let again = false;
let stream = null;
const parts = new Map();
for (const part of document.querySelectorAll("[data-part]")) parts.set(part.id, part.innerHTML);

async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    do {
      again = false;
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      await take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } while (again);
  } catch {
    say("The preview does not answer. It goes on as soon as it is started again.");
  } finally {
    busy = false;
  }
}

async function take(page) {
  shown = page.body.dataset.mark;
  document.title = page.title;
  if (document.body.dataset.events !== page.body.dataset.events) {
    document.body.dataset.events = page.body.dataset.events;
    listen();
  }
  say(page.getElementById("state").textContent);
  await Promise.all([...page.querySelectorAll("[data-part]")].map(replace));
}

async function replace(part) {
  const old = document.getElementById(part.id);
  if (parts.get(part.id) === part.innerHTML) return;
  parts.set(part.id, part.innerHTML);
  const now = document.importNode(part, true);
  await Promise.allSettled([...now.querySelectorAll("img")].map((picture) => picture.decode()));
  if (part.hasAttribute("data-frame")) frame(old, now);
  else old.replaceWith(now);
}

// The new leaflet is loaded behind the old one and takes its place, scrolled to where the reader was.
function frame(old, now) {
  old.querySelector(".label").replaceWith(now.querySelector(".label"));
  for (const late of old.querySelectorAll(".coming")) late.remove();
  const before = old.querySelector("iframe");
  const next = now.querySelector("iframe");
  if (!next || !before) {
    before?.remove();
    if (next) old.append(next);
  } else if (next.getAttribute("src") === before.getAttribute("src")) {
    before.className = next.className;
  } else {
    const look = next.className;
    next.className = "coming";
    next.addEventListener("load", () => {
      next.contentWindow.scrollTo(0, before.contentWindow.scrollY);
      before.remove();
      next.className = look;
    }, { once: true });
    old.append(next);
  }
}

function say(words) {
  const state = document.getElementById("state");
  if (state.textContent !== words) state.textContent = words;
}

function listen() {
  stream?.close();
  stream = new EventSource(document.body.dataset.events);
  stream.addEventListener("message", (event) => { if (JSON.parse(event.data) !== shown) refresh(); });
  stream.addEventListener("error", () => say("The preview does not answer. It goes on as soon as it is started again."));
  stream.addEventListener("open", refresh);
}

// A browser opens six connections to one address; a page that nobody sees gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") { stream?.close(); stream = null; } else listen();
});
listen();

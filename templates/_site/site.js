/* Tabs and the search. Without this script every part of a page is there, one below the other; only the search is not. */
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
  box.dataset.ready = "";
}
document.querySelectorAll("[data-tabs]").forEach(tabs);

/* The search: Pagefind is loaded when somebody begins to use it, and only then. */
const form = document.getElementById("site-search");
if (form) {
  const SHOWN = 10;
  const base = new URL(form.dataset.root || "./", location.href);
  const status = document.getElementById("site-status");
  const results = document.getElementById("site-results");
  const list = results.querySelector("ol");
  const more = results.querySelector("button");
  const all = document.getElementById("site-all");
  const offline = location.protocol === "file:";
  const box = document.getElementById("site-crisis");
  const said = document.getElementById("site-crisis-said");
  const isCrisis = crisisTest(JSON.parse(box.dataset.words));
  const SLOW = 2500;
  let loading = null;
  let found = [];
  let turn = 0;

  const load = () => {
    loading = loading || import(new URL("pagefind/pagefind.js", base).href).catch((error) => { loading = null; throw error; });
    return loading;
  };
  /* Help lines: before the results where words of a crisis were typed, else behind the line that says that there are none.
     They are announced a moment later, since a text that stays the same is not read out again. */
  const offer = (first) => {
    if (!box.hidden) return;
    (first ? form.querySelector(".search-words") : status).after(box);
    box.hidden = false;
    setTimeout(() => { said.textContent = box.hidden ? "" : first ? box.dataset.first : box.dataset.below; }, 100);
  };
  const withhold = () => {
    box.hidden = true;
    said.textContent = "";
  };
  const asked = () => {
    const filters = {};
    form.querySelectorAll("select").forEach((one) => { if (one.value) filters[one.name] = one.value; });
    return { words: form.elements.q.value.trim(), filters };
  };
  const element = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);

  /* Pagefind marks the words that it found; everything else in an excerpt is text. */
  const excerpt = (html) => {
    const line = document.createElement("p");
    const read = new DOMParser().parseFromString(html, "text/html");
    read.body.childNodes.forEach((node) => line.append(node.nodeName === "MARK" ? element("mark", node.textContent) : node.textContent));
    return line;
  };
  const address = (path) => new URL(path.replace(/^\//, ""), base).href;
  const shown = (data) => {
    const item = element("li", "", { className: `for-${data.filters.audience[0]}` });
    const heading = element("h3", "");
    heading.append(element("a", data.meta.title, { href: address(data.raw_url || data.url) }));
    const download = element("p", "");
    download.append(element("a", `${form.dataset.download}: ${data.meta.label}`, { href: address(data.meta.pdf), download: "" }));
    item.append(heading, excerpt(data.excerpt), download);
    return item;
  };
  const showMore = async () => {
    const mine = turn;
    const from = list.children.length;
    const data = await Promise.all(found.slice(from, from + SHOWN).map((one) => one.data()));
    if (mine !== turn) return;
    list.append(...data.map(shown));
    more.hidden = list.children.length >= found.length;
    if (from) list.children[from].querySelector("a").focus();
  };
  const reset = () => {
    turn += 1;
    withhold();
    found = [];
    list.replaceChildren();
    results.hidden = true;
    all.hidden = false;
    status.textContent = "";
  };
  /* The problems are many in a large library, so they come by themselves; without them the search works all the same. */
  const fill = async () => {
    try {
      const answer = await fetch(form.dataset.conditions);
      (await answer.json()).forEach(([value, name]) => form.elements.condition.add(new Option(name, value)));
    } catch (error) {
      form.elements.condition.disabled = true;
    }
  };
  /* What was searched stands behind the # of the address, which browsers keep to themselves; words of a crisis do not stand
     there either, since somebody else may look at the list of pages that were visited. */
  const remember = (words, filters) => {
    const kept = new URLSearchParams({ ...(words && { q: words }), ...filters }).toString();
    history.replaceState(null, "", `${location.pathname}${kept && `#${kept}`}`);
  };
  const recall = () => {
    const kept = [...new URLSearchParams(location.search), ...new URLSearchParams(location.hash.slice(1))];
    return kept.filter(([name]) => form.elements[name] && form.elements[name].name === name);
  };
  const failed = (words) => {
    found = [];
    list.replaceChildren();
    results.hidden = true;
    all.hidden = false;
    status.textContent = words;
    offer(false);
  };
  const run = async () => {
    const { words, filters } = asked();
    const crisis = isCrisis(words);
    remember(crisis ? "" : words, filters);
    if (!words && !Object.keys(filters).length) { reset(); return; }
    turn += 1;
    const mine = turn;
    withhold();
    if (crisis) offer(true);
    const slow = setTimeout(() => {
      if (mine !== turn) return;
      status.textContent = form.dataset.slow;
      offer(false);
    }, SLOW);
    try {
      const pagefind = await load();
      const answer = await pagefind.search(words || null, { filters });
      if (mine !== turn) return;
      found = answer.results;
    } catch (error) {
      if (mine === turn) failed(form.dataset.failed);
      return;
    } finally {
      clearTimeout(slow);
    }
    if (found.length === 0) offer(false);
    list.replaceChildren();
    more.hidden = true;
    status.textContent = found.length === 0 ? form.dataset.none
      : found.length === 1 ? form.dataset.one : form.dataset.many.replace("%", found.length);
    results.hidden = found.length === 0;
    all.hidden = found.length > 0;
    await showMore().catch(() => { if (mine === turn) failed(form.dataset.failed); });
  };

  form.hidden = false;
  document.getElementById("site-no-script").hidden = true;
  if (offline) {
    form.querySelectorAll("select").forEach((one) => { one.disabled = true; });
    status.textContent = form.dataset.offline;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      withhold();
      if (asked().words) offer(isCrisis(asked().words));
    });
  } else {
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    form.addEventListener("reset", () => setTimeout(run));
    form.addEventListener("change", (event) => { if (event.target.matches("select")) run(); });
    form.elements.q.addEventListener("focus", () => load().catch(() => {}), { once: true });
    form.elements.q.addEventListener("search", run);
    more.addEventListener("click", showMore);
    const again = () => {
      recall().forEach(([name, value]) => { form.elements[name].value = value; });
      if (recall().length) run();
    };
    const first = new Map(recall()).get("q") || "";
    form.elements.q.value = first;
    if (isCrisis(first)) offer(true);  // before anything is fetched
    Promise.race([fill(), new Promise((late) => { setTimeout(late, SLOW); })]).then(again);
    addEventListener("hashchange", again);
  }
}

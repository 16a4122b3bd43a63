/* The search on every page. The words that it knows and Pagefind are loaded when somebody begins to use it, and only then;
   help lines stand on the page already. Without this script every part of a page is there, only the search is not. */
"use strict";

const form = document.getElementById("site-search");
if (form) {
  const SHOWN = 10;
  const MOST = { problems: 3, therapies: 2, pages: 2 };
  const SLOW = 2500;
  const base = new URL(form.dataset.root || "./", location.href);
  const status = document.getElementById("site-status");
  const results = document.getElementById("site-results");
  const list = results.querySelector("ol");
  const more = results.querySelector("button");
  const box = document.getElementById("site-crisis");
  const said = document.getElementById("site-crisis-said");
  const away = document.querySelectorAll("[data-search-hides]");
  const offline = location.protocol === "file:";
  const isCrisis = crisisTest(crisisWords);
  let loading = null;
  let known = null;
  let found = [];
  let turn = 0;

  const load = () => {
    loading = loading || import(new URL("pagefind/pagefind.js", base).href).catch((error) => { loading = null; throw error; });
    return loading;
  };
  /* The problems are many in a large library, so they come with the words. */
  const fill = (problems) => {
    const choice = form.elements.condition;
    if (choice && choice.length === 1) problems.forEach((one) => choice.add(new Option(one.name, one.id)));
  };
  /* A script and not a list, so that it can be read from a disk as well. Without it words are searched as they are typed. */
  const know = () => {
    known = known || new Promise((done) => {
      const script = Object.assign(document.createElement("script"), { src: form.dataset.words });
      script.addEventListener("load", () => { fill(siteWords.problems); done(siteWords); });
      script.addEventListener("error", () => { known = null; done({ problems: [], therapies: [], pages: [], names: {}, lay: [], readers: {}, editions: {}, spellings: {}, ignored: [] }); });
      document.head.append(script);
    });
    return known;
  };

  /* Help lines: before the results where words of a crisis were typed, else behind the line that says that there are none.
     They are announced a moment later, since a text that stays the same is not read out again. */
  const offer = (first) => {
    if (!box.hidden) return;
    (first ? form.querySelector(".search-words") : status).after(box);
    box.hidden = false;
    setTimeout(() => { said.textContent = box.hidden ? "" : first ? form.dataset.first : form.dataset.below; }, 100);
  };
  const withhold = () => {
    box.hidden = true;
    said.textContent = "";
  };

  const element = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);
  const address = (path) => new URL(path.replace(/^\//, ""), base).href;
  /* Pagefind marks the words that it found; everything else in an excerpt is text. */
  const excerpt = (html) => {
    const line = document.createElement("p");
    const read = new DOMParser().parseFromString(html, "text/html");
    read.body.childNodes.forEach((node) => line.append(node.nodeName === "MARK" ? element("mark", node.textContent) : node.textContent));
    return line;
  };
  const heading = (text, href) => {
    const made = element("h3", "", { ariaLevel: "2" });  // below the heading of the results, which are a page of their own
    made.append(element("a", text, { href }));
    return made;
  };
  /* A problem, a therapy or another page, with the reader carried along. */
  const entry = (one, reader, names) => {
    const item = element("li", "", { className: "entry" });
    item.append(heading(one.name, address(one.page) + (one.for.includes(reader) ? `#for-${reader}` : "")));
    if (one.about) item.append(element("p", one.about));
    const readers = element("ul", "", { className: "readers" });
    one.for.forEach((each) => {
      const line = element("li", "");
      line.append(element("a", names[each], { className: `reader for-${each}`, href: `${address(one.page)}#for-${each}`, ariaLabel: `${one.name}: ${names[each]}` }));
      readers.append(line);
    });
    if (one.for.length) item.append(readers);
    return item;
  };
  const handout = (data, edition, plain) => {
    const item = element("li", "", { className: `for-${data.filters.audience[0]}` });
    const files = JSON.parse(data.meta.files);
    const [path, label] = files[edition] || Object.values(files)[0];
    const download = element("p", "");
    const link = element("a", form.dataset.download, { href: address(path), download: "" });
    link.append(" ", element("span", `${data.meta.title},`, { className: "quiet" }), ` ${label}`);
    download.append(link);
    item.append(heading(data.meta.title, address(data.raw_url || data.url)), plain ? element("p", data.meta.purpose) : excerpt(data.excerpt), download);
    return item;
  };
  const showMore = async () => {
    const mine = turn;
    const from = list.querySelectorAll("li:not(.entry, .entry li)").length;
    const next = found.leaflets.slice(from, from + SHOWN);
    const data = await Promise.all(next.map((one) => one.result.data()));
    if (mine !== turn) return;
    const items = data.map((one, at) => handout(one, found.edition, next[at].plain));
    list.append(...items);
    more.hidden = from + SHOWN >= found.leaflets.length;
    if (from) items[0].querySelector("a").focus();
  };
  /* What `asking.js` kept away until it is known what was found. */
  const arrived = () => document.documentElement.classList.remove("asking");
  const hide = (hidden) => {
    away.forEach((one) => { one.hidden = hidden; });
    results.hidden = !hidden;
  };
  const clear = () => {
    turn += 1;
    withhold();
    list.replaceChildren();
    more.hidden = true;
    hide(false);
    status.textContent = "";
  };
  const asked = () => {
    const filters = {};
    form.querySelectorAll("select").forEach((one) => { if (one.value) filters[one.name] = one.value; });
    return { words: form.elements.q.value.trim(), filters };
  };
  /* What was searched stands behind the # of the first page's address, which browsers keep to themselves; words of a crisis
     do not stand there either, since somebody else may look at the list of pages that were visited. */
  const remember = (words, filters) => {
    if (!form.dataset.remember) return;
    const kept = new URLSearchParams({ ...(words && { q: words }), ...filters }).toString();
    history.replaceState(null, "", `${location.pathname}${kept && `#${kept}`}`);
  };
  const recall = () => {
    if (!form.dataset.remember) return [];
    const kept = [...new URLSearchParams(location.search), ...new URLSearchParams(location.hash.slice(1))];
    return kept.filter(([name]) => form.elements[name] && form.elements[name].name === name);
  };

  /* The text as it was probably meant: misspellings of the list, then words that stand in no leaflet and nearly in a list. */
  const meant = async (typed, words, search) => {
    const text = spelt(plainWords(typed, " "), words);
    const near = knownWords(words);
    const each = text.split(" ").map(async (word) => {
      if (near.includes(word) || words.ignored.includes(word)) return word;
      const other = nearest(word, near);
      return other && !(search && (await search(`"${word}"`, {})).length) ? other : word;
    });
    return (await Promise.all(each)).join(" ");
  };
  /* Leaflets and worksheets: those for the reader who is asked for, then for other patients, then for professionals. */
  const handouts = async (search, mind, filters, words, everything) => {
    const query = mind.terms.map((one) => `"${one}"`).join(" ");
    const first = filters.audience || mind.reader;
    const patients = words.lay.filter((one) => one !== first);
    const rest = Object.keys(words.names).filter((one) => one !== first && !patients.includes(one));
    const listed = async (one) => [...await search(null, { ...one, kind: "leaflet" }), ...await search(null, { ...one, kind: "worksheet" })];
    const of = async (readers) => {
      const one = { ...filters, ...(readers.length && { audience: { any: readers } }) };
      const text = query ? await search(query, mind.rest.length ? one : { ...one, kind: "worksheet" }) : [];
      const about = [];
      for (const reader of readers.length ? readers : [""]) {
        const mine = { ...filters, ...(reader && { audience: reader }) };
        for (const problem of mind.problems) about.push(...await search(null, { ...mine, condition: problem.id }, { [problem.id]: "asc" }));  // the strongest evidence first
        for (const therapy of mind.therapies) about.push(...await listed({ ...mine, therapy: therapy.id }));
      }
      if (!query && !about.length && (everything || mind.reader || mind.edition)) about.push(...await listed(one));
      const said = text.map((result) => ({ result }));
      const known = about.map((result) => ({ result, plain: true }));
      return mind.rest.length ? [...said, ...known] : [...known, ...said];
    };
    /* Where no page has all words, those that have some of them. */
    const some = async (readers) => {
      const one = { ...filters, ...(readers.length && { audience: { any: readers } }) };
      const each = await Promise.all(mind.terms.map((term) => search(`"${term}"`, one)));
      return each.flat().sort((a, b) => b.score - a.score).map((result) => ({ result }));
    };
    const groups = filters.audience || !words.lay.length ? [[first].filter(Boolean)] : [[first].filter(Boolean), patients, rest].filter((one) => one.length);
    const all = [];
    for (const readers of groups) all.push(...await of(readers));
    if (!all.length && mind.terms.length > 1) for (const readers of groups) all.push(...await some(readers));
    const seen = new Set();
    return all.filter(({ result }) => !seen.has(result.id) && seen.add(result.id));
  };
  const show = async (mind, words, leaflets, edition, shown, crisis) => {
    found = { leaflets, edition };
    const links = Object.entries(MOST).flatMap(([kind, most]) => mind[kind].slice(0, most));
    const count = links.length + leaflets.length;
    const text = count === 0 ? (crisis ? form.dataset.noneCrisis : form.dataset.none) : count === 1 ? form.dataset.one : form.dataset.many.replace("%", count);
    status.textContent = `${shown && count ? `${form.dataset.meant.replace("%", shown)} ` : ""}${text}`;
    list.replaceChildren(...links.map((one) => entry(one, mind.reader, words.names)));
    hide(count > 0);
    arrived();
    if (count === 0) offer(false);
    await showMore();
  };
  const run = async () => {
    const { words: typed, filters } = asked();
    const crisis = isCrisis(typed);
    remember(crisis ? "" : typed, filters);
    const nothing = !typed && !Object.keys(filters).length;
    form.querySelector(".search-end").hidden = nothing;
    document.body.classList.toggle("asked", !nothing);
    clear();
    if (nothing) { arrived(); return; }
    const mine = turn;
    results.ariaBusy = "true";
    if (crisis) offer(true);
    const slow = setTimeout(() => {
      if (mine !== turn) return;
      status.textContent = form.dataset.slow;
      arrived();
      offer(false);
    }, SLOW);
    try {
      const words = await know();
      let search = null;
      let down = "";
      if (offline) down = form.dataset.offline;
      else {
        try {
          const pagefind = await load();
          search = (query, one, sort) => pagefind.search(query, { filters: one, ...(sort && { sort }) }).then(
            (answer) => answer.results, () => { down = form.dataset.failed; return []; });
        } catch (error) {
          down = form.dataset.failed;
        }
      }
      const text = await meant(typed, words, search);
      const mind = meaning(text, words);
      const edition = filters.edition || mind.edition;
      const leaflets = search ? await handouts(search, mind, filters, words, !typed) : [];
      if (mine !== turn) return;
      clearTimeout(slow);
      const changed = text === plainWords(typed, " ") ? "" : text;
      await show(mind, words, leaflets, edition, changed, crisis);
      if (down) { status.textContent = down; offer(false); }
    } catch (error) {
      if (mine !== turn) return;
      list.replaceChildren();
      hide(false);
      arrived();
      status.textContent = form.dataset.failed;
      offer(crisis);
    } finally {
      clearTimeout(slow);
      if (mine === turn) results.ariaBusy = "false";
    }
  };

  form.hidden = false;
  document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
  if (offline) form.querySelectorAll("select").forEach((one) => { one.disabled = true; });
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  form.addEventListener("reset", () => setTimeout(run));
  form.addEventListener("change", (event) => { if (event.target.matches("select")) run(); });
  form.querySelectorAll(".filters").forEach((one) => one.addEventListener("toggle", know, { once: true }));
  form.elements.q.addEventListener("focus", () => { know(); if (!offline) load().catch(() => {}); }, { once: true });
  form.elements.q.addEventListener("search", () => { if (!form.elements.q.value) run(); });
  more.addEventListener("click", showMore);
  const again = async () => {
    const kept = recall();
    if (!kept.length) { arrived(); return; }
    const first = new Map(kept).get("q") || "";
    form.elements.q.value = first;
    if (isCrisis(first)) offer(true);  // before anything is fetched
    await Promise.race([know(), new Promise((late) => { setTimeout(late, SLOW); })]);
    kept.forEach(([name, value]) => { form.elements[name].value = value; });
    await run();
  };
  again();
  addEventListener("hashchange", again);
}

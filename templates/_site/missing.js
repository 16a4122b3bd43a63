/* The page that is shown where there is none does not know how deep it stands: this finds where the website begins on its
   host, by a file that only this website has, and lets the links begin there. */
(() => {
  const given = document.currentScript.dataset.root;
  const links = [...document.querySelectorAll("a")].map((link) => [link, link.getAttribute("href")])
    .filter(([, path]) => path.startsWith(given)).map(([link, path]) => [link, path.slice(given.length)]);
  const point = (root) => links.forEach(([link, path]) => { link.href = root + path; });
  if (location.protocol === "file:") { point(""); return; }
  const above = [...location.pathname].flatMap((sign, at) => sign === "/" ? [location.pathname.slice(0, at + 1)] : []);
  const begins = above.findIndex((path) => /\/(?:leaflets|worksheets|therapies|conditions|desk|list|zip|pictures|assets)\/$/.test(path));
  const isRoot = async (root) => {
    try {
      const answer = await fetch(`${root}catalogue.schema.json`, { method: "HEAD" });
      return answer.ok && /json/.test(answer.headers.get("Content-Type"));
    } catch (error) {
      return false;
    }
  };
  const find = async (roots) => {
    for (const root of roots) if (await isRoot(root)) { point(root); return; }
  };
  find(new Set([...(given === "/" ? [] : [given]), ...(begins > 0 ? [above[begins - 1]] : []), ...above.reverse()]));
})();

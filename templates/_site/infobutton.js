/* Leads from ?mainSearchCriteria.v.c=F32.1 to the page of the problem whose code is the longest that this one begins
   with. Codes of other systems than the ICD-10 are not known here, and nothing is guessed. */
(() => {
  const asked = new URLSearchParams(location.search);
  const plain = (code) => code.trim().toUpperCase().replaceAll(".", "");
  const code = asked.get("mainSearchCriteria.v.c") || "";
  if (!code.trim()) return;
  const system = asked.get("mainSearchCriteria.v.cs") || "";
  const isIcd10 = !system || /^(?:urn:oid:)?2\.16\.840\.1\.113883\.6\.(?:3|90)(?:\.|$)/.test(system) || /icd-?10/i.test(system);
  const found = [...document.querySelectorAll("[data-codes]")]
    .flatMap((link) => link.dataset.codes.split(" ").map((known) => [plain(known), link]))
    .filter(([known]) => isIcd10 && plain(code).startsWith(known))
    .sort(([one], [other]) => other.length - one.length);
  if (found.length) {
    location.replace(found[0][1].href);
    return;
  }
  const unknown = document.getElementById("unknown-code");
  unknown.querySelector("span").textContent = code;
  unknown.hidden = false;
})();

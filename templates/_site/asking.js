/* Somebody who comes with a search in the address sees its results and not the first page before them. This runs before
   anything is shown, so that nothing moves; where the search cannot be loaded, the first page is there after all. */
"use strict";
if (/[?&#][a-z]+=./.test(location.search + location.hash)) {
  document.documentElement.classList.add("asking");
  addEventListener("load", () => {
    if (document.getElementById("site-search").hidden) document.documentElement.classList.remove("asking");
  });
}

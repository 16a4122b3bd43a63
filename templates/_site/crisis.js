/* Does somebody who searches need help now? Only words of the page's own list are looked for, here in the browser: what is
   typed goes nowhere. `printables/library/crisis.py` makes the list plain in the same way. */
"use strict";

/* One text as a reader may have meant it: small letters, no accents or apostrophes, spaces for other signs. */
function plainWords(text, between) {
  return text.toLowerCase().replace(/['’‘ʼ`´]/g, "").normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}\s]+/gu, between).replace(/\s+/g, " ").trim();
}

/* Ways to read what was typed: "k.m.s" as "kms", "k1ll" as "kill", "k y s" as "kys", "diiie" as "diie" and "die". */
function readings(typed) {
  const figures = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i", "|": "l" };
  const lettered = typed.replace(/[013457@$!|]/g, (sign) => figures[sign]);
  const texts = [typed, lettered].flatMap((one) => [plainWords(one, " "), plainWords(one, "")]);
  const joined = texts.map((one) => one.replace(/(^| )(\p{L})((?: \p{L})+)(?= |$)/gu, (all, space, first, more) => space + first + more.replace(/ /g, "")));
  const all = [...texts, ...joined];
  return new Set([...all, ...[2, 1].flatMap((times) => all.map((one) => one.replace(/(\p{L})\1{2,}/gu, (run, letter) => letter.repeat(times))))]);
}

/* How many letters are wrong, left out, too many or in the place of their neighbour. */
function lettersWrong(word, meant) {
  let older = [];
  let old = [...Array(meant.length + 1).keys()];
  for (let at = 1; at <= word.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= meant.length; to += 1) {
      const same = word[at - 1] === meant[to - 1];
      row[to] = Math.min(old[to] + 1, row[to - 1] + 1, old[to - 1] + (same ? 0 : 1));
      if (at > 1 && to > 1 && word[at - 1] === meant[to - 2] && word[at - 2] === meant[to - 1]) row[to] = Math.min(row[to], older[to - 2] + 1);
    }
    older = old;
    old = row;
  }
  return old[meant.length];
}

/* A function that says whether a search holds words of a crisis. */
function crisisTest({ phrases, alone, same, close }) {
  const WRONG = 2;
  const whole = (pattern) => pattern.replace(/\(([a-z0-9-]+)\)/g, (name, key) => `(?:${same[key]})`);
  const found = new RegExp(`(?:^(?:im? ?)?| )(?:${whole(phrases)})(?: |$)${alone && `|^(?:${whole(alone)})$`}`, "u");
  const isClose = (word) => close.some((meant) => Math.abs(word.length - meant.length) <= WRONG && lettersWrong(word, meant) <= WRONG);
  return (typed) => [...readings(typed.slice(0, 2000))].some((text) => found.test(text) || text.split(" ").some(isClose));
}

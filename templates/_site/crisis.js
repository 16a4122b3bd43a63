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

/* A function that says whether a search holds words of a crisis. Phrases with whose first two letters no word
   of it begins cannot be found and are not looked for, because a pattern of all takes a phone a fifth of a second. */
function crisisTest({ phrases, alone, same, close }) {
  const WRONG = 2;
  const whole = (pattern) => pattern.replace(/\(([a-z0-9-]+)\)/g, (name, key) => `(?:${same[key]})`);
  const starts = (phrase) => {
    const group = phrase.match(/^\(([a-z0-9-]+)\)/);
    return (group ? same[group[1]].split("|") : [phrase]).map((one) => one.match(/^[\p{L}\p{N}]{0,2}/u)[0]);
  };
  const known = phrases.split("|").map((phrase) => ({ phrase, starts: starts(phrase) }));
  const pattern = (texts) => {
    const words = [...new Set(texts.flatMap((text) => [...text.split(" "), text.replace(/^i ?/, ""), text.replace(/^im ?/, "")]))];
    const possible = known.filter((one) => one.starts.some((start) => words.some((word) => word.startsWith(start))));
    const inside = possible.length ? [`(?:^(?:im? ?)?| )(?:${whole(possible.map(({ phrase }) => phrase).join("|"))})(?: |$)`] : [];
    return new RegExp([...inside, alone ? `^(?:${whole(alone)})$` : "(?!)"].join("|"), "u");
  };
  const isClose = (word) => close.some((meant) => Math.abs(word.length - meant.length) <= WRONG && lettersWrong(word, meant) <= WRONG);
  return (typed) => {
    const texts = [...readings(typed.slice(0, 2000))];
    const found = pattern(texts);
    return texts.some((text) => found.test(text) || text.split(" ").some(isClose));
  };
}

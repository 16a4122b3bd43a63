/* What somebody means who types a search: problems, therapies, readers and editions by everyday words, and how they spell.
   `siteWords` comes from `printables/site/everyday.py`; what is typed goes nowhere. */
"use strict";

const SHORTEST = 3;  // a word of two letters finds everything and says nothing

/* All places where one of these phrases stands in a plain text. */
function standing(pattern, text) {
  return pattern ? [...text.matchAll(new RegExp(`(?<![^ ])(?:${pattern})(?![^ ])`, "gu"))].map((one) => one[0]) : [];
}

/* Misspellings that the list names, with a right word for each. */
function spelt(text, { spellings }) {
  const wrong = Object.keys(spellings).sort((one, other) => other.length - one.length).join("|");
  return wrong ? text.replace(new RegExp(`(?<![^ ])(?:${wrong})(?![^ ])`, "gu"), (one) => spellings[one]) : text;
}

/* The known word that is nearest to a misspelt one: one wrong letter of five, two of eight; the first one is right. */
function nearest(word, known) {
  const most = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
  const near = known.filter((one) => one[0] === word[0] && Math.abs(one.length - word.length) <= most)
    .map((one) => [lettersWrong(word, one), one]).filter(([wrong]) => wrong > 0 && wrong <= most);
  return near.length ? near.sort(([one], [other]) => one - other)[0][1] : null;
}

/* Every word that the lists know, as far as it is spelt out. */
function knownWords(words) {
  const phrases = [...words.problems, ...words.therapies].map((one) => one.words.replace(/\[\^ \]\*| \?/g, " ").replace(/\|/g, " "));
  return [...new Set([...phrases.join(" ").split(" "), ...Object.values(words.spellings)])].filter((one) => one.length > 3);
}

/* Entries whose words stand in the text, those with the longest first. */
function entries(list, text) {
  return list.map((one) => [standing(one.words, text), one]).filter(([found]) => found.length)
    .map(([found, one]) => ({ ...one, found, length: Math.max(...found.map((each) => each.length)) }))
    .sort((one, other) => other.length - one.length);
}

/* What a text means. `rest` are the words that no list explains, and `terms` those to look for in the leaflets. */
function meaning(text, words) {
  const problems = entries(words.problems, text);
  const therapies = entries(words.therapies, text);
  const pages = problems.length || therapies.length ? [] : entries(words.pages, text);
  const first = (patterns) => Object.keys(patterns).find((name) => standing(patterns[name], text).length) || "";
  const reader = first(words.readers);
  const edition = first(words.editions);
  const without = (from, found) => found.reduce((left, one) => ` ${left} `.replaceAll(` ${one} `, "  "), from);
  const asked = [standing(words.readers[reader], text), standing(words.editions[edition], text)].flat();
  const open = without(text, asked);
  const useful = (left) => left.split(" ").filter((one) => one.length >= SHORTEST && !words.ignored.includes(one));
  const explained = [...problems, ...therapies].flatMap((one) => one.found);
  return {
    problems, therapies, pages, reader, edition,
    terms: useful(open),
    rest: useful(without(open, explained.sort((one, other) => other.length - one.length))),
  };
}

/* Reading aloud by a voice of the device, sentence by sentence. What is spoken is marked on the page; nothing is sent to anybody,
   since voices of other computers are not used. */
"use strict";

const SILENT = "svg, .band-top, .scene, .cite, .sources, .quiet, .reach-end, [hidden], [aria-hidden='true']";

/* The text of an element in pieces, each a block of its own: [{ text, parts: [{ node, from }] }]. */
function textBlocks(root) {
  const blocks = [];
  const found = new Map();
  const blockOf = (node) => {
    let one = node.parentElement;
    while (one !== root && getComputedStyle(one).display.startsWith("inline")) one = one.parentElement;
    return one;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const over = node.parentElement;
    if (!node.data.trim() || over.closest(SILENT) || !over.checkVisibility()) continue;
    const element = blockOf(node);
    if (blocks.at(-1) !== found.get(element) || !found.has(element)) {
      found.set(element, { element, text: "", parts: [] });
      blocks.push(found.get(element));
    }
    const block = found.get(element);
    block.parts.push({ node, from: block.text.length });
    block.text += node.data;
  }
  return blocks;
}

/* Where in the page the letters from `start` to `end` of a block stand. */
function rangeIn(block, start, end) {
  const range = new Range();
  const place = (at) => block.parts.findLast(({ from }) => from <= at);
  const first = place(start);
  const last = place(end - 1);
  range.setStart(first.node, start - first.from);
  range.setEnd(last.node, end - last.from);
  return range;
}

function sentencesOf(block, language) {
  const ends = Intl.Segmenter
    ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(block.text)].map(({ index, segment }) => [index, segment])
    : [...block.text.matchAll(/[^.!?]+[.!?]*\s*/g)].map((found) => [found.index, found[0]]);
  return ends.filter(([, words]) => /[\p{L}\p{N}]/u.test(words)).map(([at, words]) => {
    const start = at + words.length - words.trimStart().length;
    return { block, start, end: at + words.trimEnd().length };
  });
}

/* What a voice is given, and for each of its letters the place in the block: figures to ring are said one by one. */
function spoken({ block, start, end }) {
  const inNumber = (at) => block.parts.findLast(({ from }) => from <= at).node.parentElement.closest(".reach, [data-phone]");
  let words = "";
  const places = [];
  for (let at = start; at < end; at += 1) {
    const sign = block.text[at];
    const apart = /\d/.test(sign) && /\d/.test(block.text[at + 1] || "") && inNumber(at);
    const said = sign.replace(/[\s\u00a0\u202f]/, " ").replace(/[\u00ad\u2060]/, "");
    words += said + (apart ? " " : "");
    places.push(...Array(said.length + (apart ? 1 : 0)).fill(at));
  }
  return { words, places };
}

/* Voices come late in some browsers; where none has come after a while, there is none. */
function voiceFor(language) {
  const own = language.split("-")[0];
  const fits = () => speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(own));
  const best = (voices) => voices.find((voice) => voice.default) || voices.find((voice) => /GB$/i.test(voice.lang)) || voices[0];
  return new Promise((resolve) => {
    if (!("speechSynthesis" in window)) { resolve(null); return; }
    if (fits().length) { resolve(best(fits())); return; }
    const late = setTimeout(() => resolve(null), 2000);
    speechSynthesis.addEventListener("voiceschanged", () => {
      if (fits().length) { clearTimeout(late); resolve(best(fits())); }
    });
  });
}

function player(bar, button, said) {
  const part = (name) => bar.querySelector(`[data-play="${name}"]`);
  const language = document.documentElement.lang;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let sentences = [];
  let at = 0;
  let voice = null;
  let turn = 0;
  let isOn = false;

  const mark = (name, range) => {
    if (!CSS.highlights) return;
    if (range) CSS.highlights.set(name, new Highlight(range)); else CSS.highlights.delete(name);
  };
  const show = (sentence) => {
    document.querySelectorAll(".spoken").forEach((one) => one.classList.remove("spoken"));
    mark("spoken-word", null);
    mark("spoken", sentence ? rangeIn(sentence.block, sentence.start, sentence.end) : null);
    if (!sentence) return;
    if (!CSS.highlights) sentence.block.element.classList.add("spoken");
    const { top, bottom } = rangeIn(sentence.block, sentence.start, sentence.end).getBoundingClientRect();
    const fits = top >= 80 && bottom <= innerHeight - bar.offsetHeight - 20;
    if (!fits) scrollBy({ top: top - innerHeight / 3, behavior: still.matches ? "instant" : "smooth" });
  };
  const state = (on) => {
    isOn = on;
    part("pause").textContent = on ? bar.dataset.pause : bar.dataset.goOn;
  };
  const hush = () => {
    turn += 1;
    speechSynthesis.cancel();
  };
  const stop = (words) => {
    hush();
    state(false);
    show(null);
    bar.hidden = true;
    document.documentElement.classList.remove("is-heard");
    said.textContent = words;
  };
  const speak = () => {
    hush();
    if (at >= sentences.length) { stop(bar.dataset.end); button.focus(); return; }
    const mine = turn;
    const sentence = sentences[at];
    const { words, places } = spoken(sentence);
    const utterance = Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang, rate: Number(part("speed").value) });
    utterance.onboundary = ({ name, charIndex }) => {
      if (mine !== turn || (name && name !== "word") || charIndex >= words.length) return;
      const [word] = words.slice(charIndex).match(/^\S*/);
      if (word) mark("spoken-word", rangeIn(sentence.block, places[charIndex], places[charIndex + word.length - 1] + 1));
    };
    utterance.onend = () => { if (mine === turn) { at += 1; speak(); } };
    utterance.onerror = ({ error }) => { if (mine === turn && error !== "interrupted" && error !== "canceled") { stop(bar.dataset.none); button.focus(); } };
    state(true);
    show(sentence);
    speechSynthesis.speak(utterance);
  };
  const to = (number) => {
    at = Math.max(0, Math.min(number, sentences.length - 1));
    if (isOn) speak(); else show(sentences[at]);
  };

  const listen = async () => {
    said.textContent = "";
    voice = await voiceFor(language);
    if (!voice) { said.textContent = bar.dataset.none; return; }
    sentences = [...document.querySelectorAll(".reading .leaflet")].flatMap(textBlocks).flatMap((block) => sentencesOf(block, language));
    at = 0;
    bar.hidden = false;
    document.documentElement.classList.add("is-heard");
    speak();
    part("pause").focus();
  };
  button.addEventListener("click", listen);
  part("pause").addEventListener("click", () => {
    if (isOn) { hush(); state(false); } else speak();
  });
  part("back").addEventListener("click", () => to(at - 1));
  part("on").addEventListener("click", () => to(at + 1));
  part("speed").addEventListener("change", () => { if (isOn) speak(); });
  part("stop").addEventListener("click", () => { stop(""); button.focus(); });
  bar.addEventListener("keydown", (event) => { if (event.key === "Escape") { stop(""); button.focus(); } });
  addEventListener("pagehide", () => { if (isOn) stop(""); });
}

const listenButton = document.querySelector('[data-tool="listen"]');
if (listenButton) player(document.getElementById("player"), listenButton, document.getElementById("tools-said"));

/* Files that the print desk makes in the browser from files of this website: a ZIP, and one PDF of several. Nothing is
   sent anywhere. The PDF is a new frame around the pages as they are: they keep their tags, links and bookmarks. Fields to
   fill in are left out, since two sheets may call theirs the same. */
"use strict";

/* One sign for each byte, and back; a decoder of the browser would change some. */
function textOf(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
const bytesOf = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/* ZIP: files one behind the other, stored as they are, since PDFs are compressed already; then the list of them. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  let rest = value;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});
function checkOf(bytes) {
  let rest = 0xffffffff;
  bytes.forEach((byte) => { rest = CRC_TABLE[(rest ^ byte) & 255] ^ (rest >>> 8); });
  return (rest ^ 0xffffffff) >>> 0;
}
function numbersOf(...values) {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  values.forEach(([size, value]) => {
    for (let place = 0; place < size; place += 1) bytes[at + place] = Math.floor(value / 256 ** place) % 256;
    at += size;
  });
  return bytes;
}
/* A ZIP of [{ name, bytes }], as a Blob. */
function zipOf(files, now = new Date()) {
  const UTF8 = 0x800;
  const time = (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
  const day = ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
  const list = [];
  const made = [];
  let at = 0;
  const put = (to, ...parts) => { to.push(...parts); return parts.reduce((sum, part) => sum + part.length, 0); };
  files.forEach(({ name, bytes }) => {
    const called = new TextEncoder().encode(name);
    const both = [[2, 20], [2, UTF8], [2, 0], [2, time], [2, day], [4, checkOf(bytes)], [4, bytes.length], [4, bytes.length], [2, called.length], [2, 0]];
    put(list, numbersOf([4, 0x02014b50], [2, 20], ...both, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), called);
    at += put(made, numbersOf([4, 0x04034b50], ...both), called, bytes);
  });
  const size = list.reduce((sum, part) => sum + part.length, 0);
  const end = numbersOf([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
  return new Blob([...made, ...list, end], { type: "application/zip" });
}

/* The words of a piece of PDF from `at` on, each with the place behind it: brackets, names, numbers, texts. */
function* wordsOf(text, at = 0) {
  const word = /[\s\0]*(?:%[^\r\n]*[\s\0]*)*(<<|>>|[[\]{}]|<[^>]*>|\/[^\s\0()<>[\]{}/%]*|[^\s\0()<>[\]{}/%]+|\()/y;
  word.lastIndex = at;
  for (let found = word.exec(text); found; found = word.exec(text)) {
    let [whole, end] = [found[1], word.lastIndex];
    if (whole === "(") {
      const start = end - 1;
      for (let depth = 1; depth && end < text.length; end += 1) {
        if (text[end] === "\\") end += 1;
        else depth += { "(": 1, ")": -1 }[text[end]] || 0;
      }
      whole = text.slice(start, end);
      word.lastIndex = end;
    }
    yield [whole, end];
  }
}
/* What stands in a dictionary or an array: names, values and references, each as one text. */
function entriesOf(text) {
  const found = [];
  let depth = 0;
  for (const [word] of wordsOf(text)) {
    const closes = word === ">>" || word === "]";
    if (closes) depth -= 1;
    if (closes && depth === 0) break;
    if (depth > 1 || (closes && depth === 1)) found.push(`${found.pop()} ${word}`);
    else if (depth === 1 && word === "R") found.push(`${found.splice(-2).join(" ")} R`);
    else if (depth === 1) found.push(word);
    if (word === "<<" || word === "[") depth += 1;
  }
  return found;
}
function dictionaryOf(text) {
  const found = entriesOf(text);
  return new Map(found.filter((_, at) => at % 2 === 0).map((name, at) => [name, found[2 * at + 1]]));
}
const written = (dictionary) => `<<${[...dictionary].map(([name, value]) => `${name} ${value}`).join("\n")}>>`;
const numberIn = (reference) => Number.parseInt(reference, 10);

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/* Rows that say what is different from the row above, each with the way in which it says so in front (PNG's "none", "up"). */
function added(bytes, width) {
  const UP = 2;
  const rows = new Uint8Array(bytes.length / (width + 1) * width);
  for (let at = 0; at < rows.length; at += 1) {
    const row = Math.floor(at / width);
    const way = bytes[row * (width + 1)];
    if (way !== 0 && way !== UP) throw new Error("a list of objects that is not known");
    rows[at] = bytes[at + row + 1] + (way === UP && row ? rows[at - width] : 0);
  }
  return rows;
}

/* The objects of one PDF by number, each { text, data }: what it says, and its stream where it has one. */
class PdfFile {
  static async read(bytes) {
    const file = new PdfFile();
    file.bytes = bytes;
    file.text = textOf(bytes);
    file.places = new Map();
    file.trailer = new Map();
    file.objects = new Map();
    const begins = file.text.lastIndexOf("startxref");
    for (let at = numberIn(file.text.slice(begins + 9)); at; at = numberIn(file.trailer.get("/Prev") || "")) {
      file.trailer.delete("/Prev");
      await (file.text.startsWith("xref", at) ? file.readTable(at) : file.readList(at));
    }
    for (const [number, place] of file.places) if (place.at) file.objects.set(number, file.objectAt(place.at));
    await file.unpack();
    return file;
  }

  note(number, place) { if (!this.places.has(number)) this.places.set(number, place); }

  readTable(at) {
    const rows = /(\d+) (\d+)\s*((?:\d{10} \d{5} [nf]\s*)*)/y;
    rows.lastIndex = at + 4 + this.text.slice(at + 4).search(/\d/);
    let found = rows.exec(this.text);
    for (; found; found = rows.exec(this.text)) {
      const first = Number(found[1]);
      (found[3].match(/\d{10} \d{5} [nf]/g) || []).forEach((row, place) => {
        if (row.endsWith("n")) this.note(first + place, { at: numberIn(row) });
      });
    }
    this.trailer = new Map([...dictionaryOf(this.text.slice(this.text.indexOf("trailer", at) + 7)), ...this.trailer]);
  }

  async readList(at) {
    const { text, data } = this.objectAt(at);
    const list = dictionaryOf(text);
    if (list.get("/Type") !== "/XRef") throw new Error("a list of objects that is not known");
    const how = dictionaryOf(list.get("/DecodeParms") || "");
    const rows = Number(how.get("/Predictor")) > 1 ? added(await inflated(data), Number(how.get("/Columns"))) : await inflated(data);
    const sizes = entriesOf(list.get("/W")).map(Number);
    const index = list.has("/Index") ? entriesOf(list.get("/Index")).map(Number) : [0, Number(list.get("/Size"))];
    let from = 0;
    const next = (size) => { let value = 0; for (let end = from + size; from < end; from += 1) value = value * 256 + rows[from]; return value; };
    for (let part = 0; part < index.length; part += 2) {
      for (let number = index[part]; number < index[part] + index[part + 1]; number += 1) {
        const [kind, first] = sizes.map(next);
        if (kind === 1) this.note(number, { at: first });
        if (kind === 2) this.note(number, { within: first });
      }
    }
    this.trailer = new Map([...list, ...this.trailer]);
  }

  objectAt(at) {
    const begins = this.text.indexOf("obj", at) + 3;
    for (const [word, end] of wordsOf(this.text, begins)) {
      if (word === "endobj") return { text: this.text.slice(begins, end - 6), data: null };
      if (word !== "stream") continue;
      const text = this.text.slice(begins, end - 6);
      const said = dictionaryOf(text).get("/Length");
      const size = numberIn(said.endsWith("R") ? this.objectAt(this.places.get(numberIn(said)).at).text : said);
      const from = end + (this.text[end] === "\r" ? 2 : 1);
      return { text, data: this.bytes.subarray(from, from + size) };
    }
    throw new Error("an object without an end");
  }

  /* Objects that are packed together in a stream of one. */
  async unpack() {
    const packs = new Set([...this.places.values()].map((place) => place.within).filter(Boolean));
    for (const pack of packs) {
      const { text, data } = this.objects.get(pack);
      const about = dictionaryOf(text);
      const inside = textOf(about.has("/Filter") ? await inflated(data) : data);
      const first = Number(about.get("/First"));
      const pairs = inside.slice(0, first).trim().split(/\s+/).map(Number);
      for (let at = 0; at < pairs.length; at += 2) {
        const end = at + 3 < pairs.length ? first + pairs[at + 3] : inside.length;
        const number = pairs[at];
        if ((this.places.get(number) || {}).within === pack) this.objects.set(number, { text: inside.slice(first + pairs[at + 1], end), data: null });
      }
      this.objects.delete(pack);
    }
  }

  /* The dictionary that is said here, or in the object that is named. */
  dictionary(said) {
    return dictionaryOf(said && said.endsWith("R") ? this.objects.get(numberIn(said)).text : said || "");
  }

  isOf(reference, kind) {
    const found = this.objects.get(numberIn(reference));
    return Boolean(found) && this.dictionary(reference).get("/Subtype") === kind;
  }
}

/* A text as PDF says it in any language. */
const said = (text) => `<FEFF${[...Array(text.length).keys()].map((at) => text.charCodeAt(at).toString(16).padStart(4, "0")).join("")}>`;

/* One PDF of several, as a Blob: [{ title, bytes }] in their order, each with a bookmark. With `sides` 2, each begins on a new
   sheet of paper. `fold` is for sheets that are folded: they are turned over on their short edge. */
async function joinPdfs(files, { title, sides, fold }) {
  const made = [];
  const add = (text, data = null) => made.push({ text, data });
  const [catalog, pages, tree, parents, marks] = [1, 2, 3, 4, 5];
  for (let at = 0; at < marks; at += 1) add("");
  const [kids, tops, keys, bookmarks] = [[], [], [], []];
  let [count, shift, language] = [0, 0, ""];

  for (const { title: name, bytes } of files) {
    const file = await PdfFile.read(bytes);
    const root = file.dictionary(file.trailer.get("/Root"));
    const structure = root.has("/StructTreeRoot") ? file.dictionary(root.get("/StructTreeRoot")) : null;
    const left = ["/Root", "/Info"].map((key) => file.trailer.get(key)).concat(root.get("/Metadata"), root.get("/AcroForm"));
    left.filter(Boolean).forEach((reference) => file.objects.delete(numberIn(reference)));
    const numbers = new Map();
    [...file.objects].filter(([, one]) => !/^\s*<<\s*\/Type\s*\/XRef\b/.test(one.text)).forEach(([number]) => numbers.set(number, add("")));
    const to = (reference) => `${numbers.get(numberIn(reference))} 0 R`;

    const targets = new Map();
    const named = file.dictionary(file.dictionary(root.get("/Names")).get("/Dests")).get("/Names");
    entriesOf(named || "").forEach((entry, at, all) => { if (at % 2) targets.set(all[at - 1], entry); });
    const renumbered = (text) => {
      const out = [];
      for (const [word] of wordsOf(text)) {
        const before = out.at(-1);
        if (word === "R") out.push(to(out.splice(-2)[0]));
        else if (before === "/StructParents" || before === "/StructParent") out.push(Number(word) + shift);
        else if (before === "/Dest" && targets.has(word)) out.push(renumbered(targets.get(word)));
        else out.push(word);
      }
      return out.join(" ");
    };
    const put = (reference, text) => { made[numberIn(to(reference)) - 1].text = text; };

    for (const [number, { text, data }] of file.objects) {
      if (!numbers.has(number)) continue;
      const dictionary = /\/Type\s*\/Page\b/.test(text) ? dictionaryOf(text) : new Map();
      if (dictionary.has("/Annots")) {
        const notes = entriesOf(dictionary.get("/Annots")).filter((one) => !file.isOf(one, "/Widget"));
        dictionary.set("/Annots", `[${notes.join(" ")}]`);
      }
      made[numbers.get(number) - 1] = { text: renumbered(dictionary.size ? written(dictionary) : text), data };
    }

    const own = file.dictionary(root.get("/Pages"));
    let first = root.get("/Pages");
    while (file.dictionary(first).has("/Kids")) [first] = entriesOf(file.dictionary(first).get("/Kids"));
    put(root.get("/Pages"), renumbered(written(own)).replace("<<", `<< /Parent ${pages} 0 R`));
    kids.push(to(root.get("/Pages")));
    count += Number(own.get("/Count"));
    if (sides === 2 && !fold && Number(own.get("/Count")) % 2) {
      const box = file.dictionary(first).get("/MediaBox");
      kids.push(`${add(`<< /Type /Page /Parent ${pages} 0 R /MediaBox ${box} /Resources << >> >>`)} 0 R`);
      count += 1;
    }

    const mark = root.has("/Outlines") ? file.dictionary(root.get("/Outlines")) : new Map();
    const below = mark.has("/First") ? `/First ${to(mark.get("/First"))} /Last ${to(mark.get("/Last"))} /Count -${Math.abs(Number(mark.get("/Count") || 1))}` : "";
    const bookmark = `/Title ${said(name)} /Parent ${marks} 0 R /Dest [${to(first)} /Fit] ${below}`;
    if (below) put(root.get("/Outlines"), bookmark);
    bookmarks.push([below ? numberIn(to(root.get("/Outlines"))) : add(bookmark), bookmark]);

    if (structure) {
      put(root.get("/StructTreeRoot"), `<< /Type /StructElem /S /Part /P ${tree} 0 R /T ${said(name)} /K ${renumbered(structure.get("/K"))} >>`);
      tops.push(to(root.get("/StructTreeRoot")));
      let last = -1;
      entriesOf(file.dictionary(structure.get("/ParentTree")).get("/Nums") || "").forEach((entry, at, all) => {
        if (at % 2 === 0) return;
        last = Math.max(last, Number(all[at - 1]));
        keys.push(`${Number(all[at - 1]) + shift} ${renumbered(entry)}`);
      });
      shift += last + 1;
    }
    language = language || root.get("/Lang");
  }

  const tagged = tops.length === files.length;
  made[pages - 1].text = `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${count} >>`;
  made[tree - 1].text = `<< /Type /StructTreeRoot /K [${tops.join(" ")}] /ParentTree ${parents} 0 R /ParentTreeNextKey ${shift} >>`;
  made[parents - 1].text = `<< /Nums [${keys.join("\n")}] >>`;
  made[marks - 1].text = `<< /Type /Outlines /First ${bookmarks[0][0]} 0 R /Last ${bookmarks.at(-1)[0]} 0 R /Count ${bookmarks.length} >>`;
  bookmarks.forEach(([number, text], at) => {
    const before = at ? `/Prev ${bookmarks[at - 1][0]} 0 R` : "";
    const behind = at + 1 < bookmarks.length ? `/Next ${bookmarks[at + 1][0]} 0 R` : "";
    made[number - 1].text = `<< ${text} ${before} ${behind} >>`;
  });
  const paper = fold ? "/Duplex /DuplexFlipShortEdge /PrintScaling /None" : sides === 2 ? "/Duplex /DuplexFlipLongEdge" : "";
  made[catalog - 1].text = `<< /Type /Catalog /Pages ${pages} 0 R /Outlines ${marks} 0 R /ViewerPreferences << /DisplayDocTitle true ${paper} >>`
    + `${language ? ` /Lang ${language}` : ""}${tagged ? ` /StructTreeRoot ${tree} 0 R /MarkInfo << /Marked true >>` : ""} >>`;
  const info = add(`<< /Title ${said(title)} >>`);
  return { blob: fileOf(made, catalog, info), pages: count };
}

/* The finished file: each object, and where it begins. */
function fileOf(made, catalog, info) {
  const parts = ["%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"].map(bytesOf);
  const places = [];
  let at = parts[0].length;
  const put = (bytes) => { parts.push(bytes); at += bytes.length; };
  made.forEach(({ text, data }, number) => {
    places.push(`${String(at).padStart(10, "0")} 00000 n \n`);
    put(bytesOf(`${number + 1} 0 obj\n${text}\n`));
    if (data) [bytesOf("stream\n"), data, bytesOf("\nendstream\n")].forEach(put);
    put(bytesOf("endobj\n"));
  });
  const size = made.length + 1;
  put(bytesOf(`xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size ${size} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${at}\n%%EOF\n`));
  return new Blob(parts, { type: "application/pdf" });
}

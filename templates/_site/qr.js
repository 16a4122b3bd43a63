/* A web address as a QR code (ISO/IEC 18004): bytes, level M, the smallest version that holds it, up to 15 (412 bytes). */
"use strict";

const QR_CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];  // bytes of error correction in a block, by version
const QR_BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];

/* All bytes that a version holds, with those of error correction. */
function qrCapacity(version) {
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const bits = (16 * version + 128) * version + 64 - (aligned ? (25 * aligned - 10) * aligned - 55 : 0) - (version > 6 ? 36 : 0);
  return Math.floor(bits / 8);
}

/* Products in the field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1. */
function qrTimes(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((other >>> bit) & 1) * one;
  }
  return product;
}

/* The bytes of error correction of a block: the remainder of its division by the product of all (x - 2^i). */
function qrRemainder(block, count) {
  const divisor = Array(count).fill(0);
  divisor[count - 1] = 1;
  let root = 1;
  for (let at = 0; at < count; at += 1) {
    for (let to = 0; to < count; to += 1) divisor[to] = qrTimes(divisor[to], root) ^ (divisor[to + 1] || 0);
    root = qrTimes(root, 2);
  }
  const left = Array(count).fill(0);
  block.forEach((byte) => {
    const factor = byte ^ left.shift();
    left.push(0);
    divisor.forEach((one, at) => { left[at] ^= qrTimes(one, factor); });
  });
  return left;
}

/* The bytes of the code in the order in which they are drawn, or null where the text is too long. */
function qrBytes(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const held = (version) => qrCapacity(version) - QR_CHECKS[version - 1] * QR_BLOCKS[version - 1];
  const versions = QR_BLOCKS.map((_, at) => at + 1);
  const version = versions.find((one) => 4 + (one < 10 ? 8 : 16) + 8 * bytes.length <= 8 * held(one));
  if (!version) return null;
  const bits = `0100${bytes.length.toString(2).padStart(version < 10 ? 8 : 16, "0")}${bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")}`;
  const room = 8 * held(version);
  const padded = bits.padEnd(Math.min(room, bits.length + 4), "0");
  const data = padded.padEnd(Math.ceil(padded.length / 8) * 8, "0").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let at = 0; data.length < room / 8; at += 1) data.push(at % 2 ? 0x11 : 0xec);
  const count = QR_BLOCKS[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const blocks = [...Array(count).keys()].map((at) => data.splice(0, short + (at >= count - longer ? 1 : 0)));
  const checks = blocks.map((block) => qrRemainder(block, QR_CHECKS[version - 1]));
  const woven = (lists) => [...Array(Math.max(...lists.map((one) => one.length))).keys()]
    .flatMap((at) => lists.filter((one) => at < one.length).map((one) => one[at]));
  return { version, bytes: [...woven(blocks), ...woven(checks)] };
}

/* A grid with all that every code of this version has; what is null there is free for data. */
function qrFrame(version) {
  const size = 4 * version + 17;
  const grid = [...Array(size)].map(() => Array(size).fill(null));
  const put = (x, y, dark) => { if (grid[y] && grid[y][x] !== undefined) grid[y][x] = dark; };
  const rings = (x, y, reach, isDark) => {
    for (let down = -reach; down <= reach; down += 1) {
      for (let right = -reach; right <= reach; right += 1) put(x + right, y + down, isDark(Math.max(Math.abs(right), Math.abs(down))));
    }
  };
  for (let at = 0; at < size; at += 1) { put(6, at, at % 2 === 0); put(at, 6, at % 2 === 0); }
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => rings(x, y, 4, (far) => far !== 2 && far !== 4));
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const step = Math.ceil((4 * version + 4) / (2 * aligned - 2)) * 2;
  const lines = [...Array(aligned).keys()].map((at) => at === aligned - 1 ? 6 : size - 7 - at * step);
  const corner = (x, y) => (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
  lines.forEach((x) => lines.forEach((y) => { if (!corner(x, y)) rings(x, y, 2, (far) => far !== 1); }));
  let rest = version;
  for (let at = 0; at < 12; at += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  for (let at = 0; version > 6 && at < 18; at += 1) {
    const dark = (((version << 12) | rest) >>> at) % 2 === 1;
    put(size - 11 + at % 3, Math.floor(at / 3), dark);
    put(Math.floor(at / 3), size - 11 + at % 3, dark);
  }
  qrFormat(grid, 0);
  return grid;
}

/* Level and mask, twice, and the module that is always dark. */
function qrFormat(grid, mask) {
  const size = grid.length;
  let rest = mask;
  for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const dark = (at) => ((((mask << 10) | rest) ^ 0x5412) >>> at) % 2 === 1;
  const around = [0, 1, 2, 3, 4, 5, 7, 8];
  around.forEach((y, at) => { grid[y][8] = dark(at); });
  [7, 5, 4, 3, 2, 1, 0].forEach((x, at) => { grid[8][x] = dark(8 + at); });
  for (let at = 0; at < 8; at += 1) grid[8][size - 1 - at] = dark(at);
  for (let at = 8; at < 15; at += 1) grid[size - 15 + at][8] = dark(at);
  grid[size - 8][8] = true;
}

const QR_MASKS = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2, (x, y) => (x * y) % 2 + (x * y) % 3,
  (x, y) => ((x * y) % 2 + (x * y) % 3) % 2, (x, y) => ((x + y) % 2 + (x * y) % 3) % 2,
];

/* How hard a code is to read: long runs, squares, what looks like a corner, too much of one colour. */
function qrFaults(grid) {
  const size = grid.length;
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]))].map((line) => line.map(Number).join(""));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) || []).reduce((sum, run) => sum + run.length - 2, 0);
  const corners = lines.reduce((sum, line) => sum + [...line].filter((_, at) => /^(?:10111010000|00001011101)/.test(line.slice(at, at + 11))).length, 0);
  let squares = 0;
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      if (grid[y][x] === grid[y][x - 1] && grid[y][x] === grid[y - 1][x] && grid[y][x] === grid[y - 1][x - 1]) squares += 1;
    }
  }
  const share = grid.flat().filter(Boolean).length / (size * size);
  return runs + 3 * squares + 40 * corners + 10 * Math.floor(Math.abs(20 * share - 10));
}

/* The code of a text: rows of dark (true) and light modules; null where the text is too long. */
function qrModules(text) {
  const made = qrBytes(text);
  if (!made) return null;
  const frame = qrFrame(made.version);
  const size = frame.length;
  const places = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let at = 0; at < size; at += 1) {
      const y = up ? size - 1 - at : at;
      [right, right - 1].forEach((x) => { if (frame[y][x] === null) places.push([x, y]); });
    }
  }
  const codes = QR_MASKS.map((isLeft, mask) => {
    const grid = frame.map((row) => [...row]);
    places.forEach(([x, y], at) => {
      const dark = ((made.bytes[at >>> 3] || 0) >>> (7 - at % 8)) % 2 === 1;
      grid[y][x] = dark !== (isLeft(x, y) === 0);
    });
    qrFormat(grid, mask);
    return grid;
  });
  return codes.reduce((best, one) => qrFaults(one) < qrFaults(best) ? one : best);
}

/* The same as a drawing, with the light frame of four modules that scanners need. */
function qrPicture(text) {
  const modules = qrModules(text);
  if (!modules) return null;
  const drawing = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const whole = modules.length + 8;
  const dark = modules.flatMap((row, y) => row.map((one, x) => one ? `M${x + 4} ${y + 4}h1v1h-1z` : "")).join("");
  const picture = drawing("svg", { viewBox: `0 0 ${whole} ${whole}`, role: "img", "aria-label": text, "shape-rendering": "crispEdges" });
  picture.append(drawing("path", { d: `M0 0H${whole}V${whole}H0z`, fill: "#fff" }), drawing("path", { d: dark, fill: "#000" }));
  return picture;
}

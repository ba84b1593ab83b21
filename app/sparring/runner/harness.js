"use strict";
// The counterpart of harness.py for JavaScript: the same job, the same lines, the same reasons. See there.
// The runner makes it the body of a function with the parameters JOB and RESULTS. One Node runs all cases, one after the other.

const fs = require("fs");
const vm = require("vm");

const MAX_OUTPUT = 65536;
const MAX_RECORD = 4000000;
const MAX_WORDS = 8000;
const MAX_NODES = 1000000;
const MAX_SHOWN = 16;
const FILE = "solution.js";
const CHANNEL_CLOSED = 77;

class ListNode {
  constructor(val = 0, next = null) {
    this.val = val;
    this.next = next;
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    const shown = [];
    let node = this;
    for (; node instanceof ListNode && shown.length < MAX_SHOWN; node = node.next) shown.push(String(node.val));
    return `ListNode(${shown.join(" → ")}${node ? " → …" : ""})`;
  }
}

class TreeNode {
  constructor(val = 0, left = null, right = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    const shown = [];
    const row = [this];
    for (let place = 0; place < row.length && shown.length < MAX_SHOWN; place++) {
      const node = row[place];
      shown.push(node instanceof TreeNode ? String(node.val) : "null");
      if (node instanceof TreeNode) row.push(node.left, node.right);
    }
    const isCut = row.slice(shown.length).some((node) => node);
    while (shown.length > 1 && shown[shown.length - 1] === "null") shown.pop();
    return `TreeNode(${shown.join(", ")}${isCut ? ", …" : ""})`;
  }
}

// What a solution gets. An int beyond those that a number holds exactly comes as its digits and becomes a BigInt.
function make(spec, value) {
  if (value === null) return null;
  switch (spec[0]) {
    case "int":
      return typeof value === "string" ? BigInt(value) : value;
    case "optional":
      return make(spec[1], value);
    case "list":
      return value.map((item) => make(spec[1], item));
    case "tuple":
      return value.map((item, place) => make(spec[place + 1], item));
    case "map":
      return new Map(value.map(([key, item]) => [make(spec[1], key), make(spec[2], item)]));
    case "linked_list":
      return value.reduceRight((next, item) => new ListNode(make(spec[1], item), next), null);
    case "tree":
      return makeTree(value.map((item) => make(spec[1], item)));
    default:
      return value;
  }
}

function makeTree(items) {
  if (!items.length) return null;
  const root = new TreeNode(items[0]);
  const row = [root];
  let place = 1;
  for (let at = 0; at < row.length; at++) {
    for (const side of ["left", "right"]) {
      if (place < items.length && items[place] !== null) {
        row[at][side] = new TreeNode(items[place]);
        row.push(row[at][side]);
      }
      place++;
    }
  }
  return root;
}

// The JSON text of what a solution returned. Values of another kind are written as they are, for the runner to refuse.
function encode(spec, value) {
  if (spec[0] === "optional") return value === null || value === undefined ? "null" : encode(spec[1], value);
  if (spec[0] === "linked_list") return encodeAll(spec[1], takeList(value));
  if (spec[0] === "tree") return encodeAll(["optional", spec[1]], takeTree(value));
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") {
    // Written out, because 1e+21 would be read as a float.
    return Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);
  }
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value);
    if (spec[0] === "tuple") return `[${items.map((item, place) => encode(spec[place + 1] ?? ["any"], item)).join(",")}]`;
    return encodeAll(spec[0] === "list" ? spec[1] : ["any"], items);
  }
  if (typeof value !== "object" || value instanceof Set || value instanceof Promise) {
    throw new TypeError("it is no number, text, array, Map or plain object");
  }
  const pairs = value instanceof Map ? [...value] : Object.entries(value);
  const inner = spec[0] === "map" ? spec[2] : ["any"];
  return `{${pairs.map(([key, item]) => `${JSON.stringify(String(key))}:${encode(inner, item)}`).join(",")}}`;
}

function encodeAll(spec, items) {
  return `[${items.map((item) => encode(spec, item)).join(",")}]`;
}

// Any object with `val` and `next` is a node: solutions bring their own class.
function takeList(first) {
  const items = [];
  const seen = new Set();
  for (let node = first ?? null; node !== null; node = node.next ?? null) {
    if (typeof node !== "object" || !("val" in node && "next" in node)) {
      throw new TypeError(`a ListNode or null is expected, not ${described(node)}`);
    }
    if (seen.has(node)) throw new Error(`the linked list goes round in a circle after ${items.length} nodes`);
    if (items.length >= MAX_NODES) throw new Error(`the linked list has more than ${MAX_NODES} nodes`);
    seen.add(node);
    items.push(node.val);
  }
  return items;
}

function takeTree(root) {
  const items = [];
  const seen = new Set();
  const row = [root ?? null];
  for (let at = 0; at < row.length; at++) {
    const node = row[at];
    if (node === null) {
      items.push(null);
      continue;
    }
    if (typeof node !== "object" || !("val" in node && "left" in node && "right" in node)) {
      throw new TypeError(`a TreeNode or null is expected, not ${described(node)}`);
    }
    if (seen.has(node)) throw new Error(`the tree reaches one node twice (${described(node.val)}), so it is no tree`);
    if (seen.size >= MAX_NODES) throw new Error(`the tree has more than ${MAX_NODES} nodes`);
    seen.add(node);
    items.push(node.val);
    row.push(node.left ?? null, node.right ?? null);
  }
  while (items.length && items[items.length - 1] === null) items.pop();
  return items;
}

function described(value) {
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`.slice(0, 60);
}

// The solution's own lines of an error, and the last of their numbers. Never throws.
function describe(error) {
  try {
    if (!(error instanceof Error)) return [`thrown: ${String(error)}`.slice(0, MAX_WORDS), null];
    const stack = String(error.stack ?? "");
    const own = stack.split("\n").filter((row) => /^\s+at .*solution\.js:\d+/.test(row));
    const found = /solution\.js:(\d+)/.exec(own.length ? own[0] : stack);
    const line = found ? Number(found[1]) : null;
    const rows = own.slice(0, 12).map((row) => {
      const [, name, number] = /^\s+at (?:(?:async )?(.*?) \()?.*?solution\.js:(\d+)/.exec(row);
      return `line ${number}${name ? `, in ${name}` : ""}`;
    });
    if (!rows.length && line !== null) rows.push(`line ${line}`);
    return [[...rows.reverse(), `${error.name}: ${error.message}`].join("\n").slice(0, MAX_WORDS), line];
  } catch {
    return ["an error that cannot be described", null];
  }
}

function* rows(descriptor) {
  const piece = Buffer.alloc(65536);
  let parts = [];
  for (;;) {
    let size = 0;
    try {
      size = fs.readSync(descriptor, piece, 0, piece.length, null);
    } catch (error) {
      // So Windows tells of a pipe's end.
      if (error.code !== "EOF") throw error;
    }
    if (!size) return;
    let start = 0;
    for (let end; (end = piece.subarray(0, size).indexOf(10, start)) >= 0; start = end + 1) {
      parts.push(Buffer.from(piece.subarray(start, end)));
      const row = Buffer.concat(parts).toString("utf8");
      parts = [];
      yield row;
    }
    parts.push(Buffer.from(piece.subarray(start, size)));
  }
}

async function main() {
  const source = rows(JOB);
  const job = JSON.parse(source.next().value);
  const { writeSync } = fs;
  const leave = process.reallyExit.bind(process);
  const clock = performance.now.bind(performance);
  const stringify = JSON.stringify;
  const memory = process.resourceUsage.bind(process);
  const nonce = job.nonce;

  // `value` is JSON already.
  function tell(record, value) {
    const text = stringify(record);
    const line = Buffer.from(`${nonce}${value === undefined ? text : `${text.slice(0, -1)},"value":${value}}`}\n`);
    if (line.length > MAX_RECORD) throw new Error("too large to be compared");
    for (let sent = 0; sent < line.length; ) {
      try {
        sent += writeSync(RESULTS, line, sent);
      } catch {
        leave(CHANNEL_CLOSED);
      }
    }
  }

  let printed = null;
  const keep = (piece, encoding, done) => {
    const text = typeof piece === "string" ? piece : Buffer.from(piece).toString("utf8");
    if (printed.size < MAX_OUTPUT && text) {
      const piece = text.slice(0, MAX_OUTPUT - printed.size);
      printed.parts.push(piece);
      // Any bytes, as the characters of the same numbers.
      if (job.listens && !printed.isOver) tell({ printed: Buffer.from(piece, "utf8").toString("latin1") });
    }
    printed.size += text.length;
    const call = typeof encoding === "function" ? encoding : done;
    if (typeof call === "function") process.nextTick(call);
    return true;
  };
  process.stdout.write = keep;
  process.stderr.write = keep;
  // Something that was thrown later, by a timer or a forgotten promise, belongs to no case.
  process.on("uncaughtException", () => {});
  process.on("unhandledRejection", () => {});
  globalThis.ListNode = ListNode;
  globalThis.TreeNode = TreeNode;
  globalThis.require = require;

  let solve = null;
  for (const row of source) {
    const space = row.indexOf(" ");
    const index = Number(row.slice(0, space));
    const given = JSON.parse(row.slice(space + 1));
    const values = given.arguments.map((value, place) => make(job.parameters[place], value));
    printed = { parts: [], size: 0 };
    const mine = printed;
    const record = { index };
    let value;
    tell({ start: index });
    let begin = clock();
    try {
      if (solve === null) {
        new vm.Script(job.code, { filename: FILE }).runInThisContext();
        solve = vm.runInThisContext(`typeof ${job.function} === "function" ? ${job.function} : null`);
      }
      if (solve === null) throw new ReferenceError(`there is no function ${job.function}()`);
      begin = clock();
      value = solve(...values);
      if (value instanceof Promise) value = await value;
    } catch (error) {
      [record.error, record.line] = describe(error);
    }
    record.elapsed_ms = clock() - begin;
    mine.isOver = true;
    record.output = mine.parts.join("") + (mine.size > MAX_OUTPUT ? "\n… (cut off)" : "");
    record.memory_kb = memory().maxRSS;
    try {
      tell(record, record.error === undefined ? encode(job.returns, value) : undefined);
    } catch (error) {
      record.error = `what was returned is no value of the expected kind (${describe(error)[0].slice(0, 200)})`;
      tell(record);
    }
  }
  leave(0);
}

main();

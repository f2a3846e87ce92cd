// SPDX-License-Identifier: Apache-2.0
// Where in a text a JSON pointer leads to, in JSON and YAML.

import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";

const PARSE_MILLISECONDS = 20;

function children(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

const MEMBERS = new Set(["Property", "Pair"]);
const KEYS = new Set(["PropertyName", "Key"]);
const MAPS = new Set(["Object", "BlockMapping", "FlowMapping"]);
const LISTS = new Set(["Array", "BlockSequence", "FlowSequence"]);
const MARKS = new Set(["[", "]", ",", "{", "}", ":", "-", "Comment", "⚠"]);
const WRAPPERS = new Set(["JsonText", "Stream", "Document", "Item"]);

function unwrapped(node) {
  while (node && WRAPPERS.has(node.name)) node = children(node).find((child) => !MARKS.has(child.name)) ?? null;
  return node;
}

function nameOf(key, text) {
  const written = text.sliceString(key.from, key.to);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^'(.*)'$/, "$1");
  }
}

/** The member of that name, as Go reads it: its own case first, else any. */
function member(map, name, text) {
  const named = children(map)
    .filter((child) => MEMBERS.has(child.name))
    .map((child) => ({ child, name: nameOf(children(child).find((part) => KEYS.has(part.name)) ?? child, text) }));
  const found = named.find((entry) => entry.name === name) ?? named.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  return found?.child ?? null;
}

function valueOf(found) {
  return unwrapped(children(found).findLast((child) => !KEYS.has(child.name) && !MARKS.has(child.name)) ?? null);
}

function below(node, step, text) {
  if (MAPS.has(node.name)) return member(node, step, text);
  if (!LISTS.has(node.name)) return null;
  return children(node).filter((child) => !MARKS.has(child.name))[Number(step)] ?? null;
}

/** The range of the value, or of the deepest part of the way to it that is there; null: not even the first step is. */
export function placeOf(state, pointer) {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MILLISECONDS);
  let node = tree ? unwrapped(tree.topNode) : null;
  let range = null;
  for (const part of pointer.split("/").slice(1)) {
    const found = node && below(node, part.replaceAll("~1", "/").replaceAll("~0", "~"), state.doc);
    if (!found) break;
    node = MEMBERS.has(found.name) ? valueOf(found) : unwrapped(found);
    range = { from: found.from, to: found.to };
    if (node) range = { from: node.from, to: node.to };
  }
  return range && firstLine(state, range);
}

/** A mark is of one line: an object that goes on for pages is marked where it begins. */
function firstLine(state, { from, to }) {
  return { from, to: Math.min(to, state.doc.lineAt(from).to) };
}

/** The range of the value, or else the word, at a line and a column, both from 1. */
export function placeAt(state, line, column) {
  if (line > state.doc.lines) return null;
  const { from, to } = state.doc.line(line);
  const start = Math.min(from + column - 1, to);
  const node = ensureSyntaxTree(state, to, PARSE_MILLISECONDS)?.resolveInner(start, 1);
  if (node?.parent && node.from === start) return firstLine(state, node);
  const word = /^[\w.-]+/.exec(state.doc.sliceString(start, to));
  return { from: start, to: Math.min(to, start + (word ? word[0].length : 1)) };
}

function escaped(name) {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The step that leads from the node around `node` to it: "" where it is no step of its own. */
function stepTo(node, text) {
  if (MEMBERS.has(node.name)) return "/" + escaped(nameOf(node.firstChild, text));
  if (!node.parent || !LISTS.has(node.parent.name) || MARKS.has(node.name)) return "";
  const before = children(node.parent).filter((child) => !MARKS.has(child.name));
  return "/" + before.findIndex((child) => child.from === node.from);
}

/** The JSON pointer to what stands at a position of a JSON text. */
export function pointerAt(state, position) {
  let pointer = "";
  for (let node = syntaxTree(state).resolveInner(position, 1); node; node = node.parent) pointer = stepTo(node, state.doc) + pointer;
  return pointer;
}

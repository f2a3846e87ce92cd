// SPDX-License-Identifier: Apache-2.0
// The page: one state, shown by everything that stands in it.

import { Command } from "./command.js";
import { Input, Output } from "./editor.js";
import { findingsOf, lintFindings } from "./findings.js";
import { bytesOf, fragmentOf, inflate, stateOf } from "./link.js";
import { inWords, Origins } from "./origins.js";
import { placeAt, placeOf } from "./places.js";
import { DOCUMENTS, explain, FILES, lint, releases, schemas, sortOf, translate } from "./questions.js";
import { Tabs } from "./tabs.js";

const at = (id) => document.getElementById(id);
const examples = JSON.parse(at("examples").textContent);
const noFiles = () => Object.fromEntries(Object.keys(FILES).map((name) => [name, ""]));
const RESULTS = { document: "Documents", findings: "Findings", explain: "Explain", changes: "Changes", schema: "Schema" };

const state = {
  files: noFiles(), file: "input", tab: "document", document: "v2", release: "newest", other: "", what: "",
  from: "containerd-1.7", to: "containerd-2.3", schema: "hcs-v2", example: "",
};
let command, input, output, schemaText, fileTabs, resultTabs;
const explanations = new Map();
const origins = new Origins();

/* ---- what the command says ---------------------------------------------------------------------------- */

/** Fills in the place in the input that a finding is about. */
function placed(finding) {
  const inInput = state.file === "input" && (finding.file ?? "input") === "input";
  if (!inInput) return finding;
  const editor = input.view.state;
  const range = finding.line ? placeAt(editor, finding.line, finding.column) : finding.pointer && placeOf(editor, finding.pointer);
  return { ...finding, range };
}

/** Why a rule is one, in the command's words; "" where it has none. */
function explanationOf(rule) {
  if (!explanations.has(rule)) {
    const said = explain(command, rule);
    explanations.set(rule, said.status === 0 ? said.stdout : "");
  }
  return explanations.get(rule);
}

function ask() {
  const text = state.files.input;
  const sort = sortOf(text);
  const documents = sort === "translated" ? [state.release, ...(state.other ? [state.other] : [])].map((release) => translate(command, state, release)) : [];
  const said = documents.length ? findingsOf(documents[0].stderr, documents[0].status === 0 ? "note" : "error") : [];
  const linted = sort === "text" ? [] : lintFindings(lint(command, text));
  const refused = said.filter((finding) => finding.severity === "error");
  const again = (finding) => refused.some((other) => (finding.pointer && other.pointer === finding.pointer) || (other.line && other.line === finding.line && other.column === finding.column));
  const all = [...said, ...linted.filter((finding) => !again(finding))];
  const isNote = (finding) => finding.severity === "note" && !finding.pointer;
  return { sort, documents, notes: all.filter(isNote), findings: all.filter((finding) => !isNote(finding)).map(placed) };
}

/* ---- showing it --------------------------------------------------------------------------------------- */

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

const words = { text: "A message: see Explain.", document: "A document that Windows is handed: see Findings." };

/** The release whose document has that label. */
const releaseOf = (label) => (label === "Document" ? state.release : label);

const fields = {
  tell(label, pointer) {
    const field = origins.of(command, state, releaseOf(label), pointer);
    return field && inWords(field);
  },
  pointed(label, pointer) {
    const field = origins.of(command, state, releaseOf(label), pointer);
    at("origin").replaceChildren(...(field ? originItem(field) : []));
  },
};

function originItem(field) {
  const { file, line, column } = field.source;
  const text = `${field.pointer}: ${inWords(field)}`;
  return line ? [`${text} `, element("button", { type: "button", className: "link", onclick: () => goTo(file, line, column) }, "Go there")] : [text];
}

function goTo(file, line, column) {
  if (state.file !== file) set({ file });
  const range = placeAt(input.view.state, line, column);
  if (range) input.go(range);
}

function showDocuments({ sort, documents }) {
  const failed = documents.map((answer, i) => (answer.status === 0 || answer.stdout ? "" : `${[state.release, state.other][i]} makes no document of it: see Findings.`));
  const texts = documents.map((answer) => answer.stdout);
  let hint = words[sort] ?? failed.filter(Boolean).join(" ");
  if (texts.length === 2 && !hint) hint = texts[0] === texts[1] ? "The same in both releases." : `${state.release} beside ${state.other}: what differs is marked.`;
  at("document-hint").textContent = hint;
  if (texts.length === 2) output.two(texts, [state.release, state.other]);
  else output.one(texts[0] ?? "", "Document");
}

function findingItem(finding) {
  const place = finding.range
    ? element("button", { type: "button", className: "link", onclick: () => input.go(finding.range) }, `Line ${input.view.state.doc.lineAt(finding.range.from).number}`, finding.pointer ? `, ${finding.pointer}` : "")
    : (finding.pointer ?? "");
  const why = finding.rule ? explanationOf(finding.rule) : "";
  return element(
    "li",
    { className: finding.severity },
    element("p", {}, element("span", { className: "severity" }, `${finding.severity}: `), finding.message),
    ...(finding.hint ? [element("p", {}, `Hint: ${finding.hint}`)] : []),
    element("p", { className: "rule" }, place, finding.rule ? ` [${finding.rule}]` : ""),
    ...(why ? [element("details", {}, element("summary", {}, "Why"), element("pre", { tabIndex: 0 }, ...withLinks(why)))] : []),
  );
}

function showFindings({ findings }) {
  const nothing = element("li", {}, "Nothing was found.");
  at("findings").replaceChildren(...(findings.length ? findings.map(findingItem) : [nothing]));
}

function showExplanation() {
  const said = explain(command, state.what.trim(), state.files.input);
  at("explain-hint").textContent = state.what.trim() ? "" : "Nothing is entered above: the input on the left is explained.";
  at("explanation").replaceChildren(...withLinks(said.stdout || said.stderr));
}

/** The text with its addresses as links, which nothing follows but a click. */
function withLinks(text) {
  return text.split(/(https:\/\/[^\s()<>"]+)/).map((part, i) => (i % 2 ? element("a", { href: part, target: "_blank", rel: "noreferrer" }, part) : part));
}

function showChanges() {
  const said = command.run(["changes", state.from, state.to]);
  at("changes").textContent = said.stdout || said.stderr;
}

function showSchema() {
  schemaText.one(command.run(["schema", state.schema]).stdout, "JSON Schema");
}

const shows = { document: showDocuments, findings: showFindings, explain: showExplanation, changes: showChanges, schema: showSchema };

function count(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function summaryOf({ sort, documents, findings }) {
  const made = documents.length ? (documents[0].stdout ? "A document was made" : "No document was made") : "";
  const found = sort === "text" ? "" : count(findings.length, "finding");
  return [made, found].filter(Boolean).join(", ") || "A message";
}

function say(id, text) {
  if (at(id).textContent !== text) at(id).textContent = text;
}

/** Everything that depends on what is in the editors; as quick as a key is pressed. */
function answer() {
  origins.forget();
  at("origin").replaceChildren();
  const answered = ask();
  if (state.file === "input") input.mark(answered.findings);
  at("notes").replaceChildren(...answered.notes.map((note) => element("li", {}, note.message)));
  say("summary", summaryOf(answered));
  resultTabs.label("findings", answered.findings.length ? `Findings (${answered.findings.length})` : "Findings");
  shows[state.tab](answered);
}

function showFiles() {
  for (const [name, text] of Object.entries(state.files)) fileTabs.button("file-" + name).classList.toggle("given", text.trim() !== "");
}

/** All of the state, after something other than a key in the editor. */
function showAll() {
  fileTabs.show("file-" + state.file);
  resultTabs.show(state.tab);
  at("input").setAttribute("aria-labelledby", "tab-file-" + state.file);
  at("file-hint").textContent = FILES[state.file].hint;
  for (const name of Object.keys(RESULTS)) at("panel-" + name).hidden = name !== state.tab;
  showChoices();
  showFiles();
  answer();
}

/* ---- changing it -------------------------------------------------------------------------------------- */

function set(changes) {
  const otherText = changes.files || changes.file;
  Object.assign(state, changes);
  if (otherText) input.show(state.files[state.file]);
  showAll();
}

/** When a key went down that nothing was measured for yet. */
let pressed;

function typed(text) {
  state.files[state.file] = text;
  state.example = at("example").value = "";
  showFiles();
  answer();
  if (pressed !== undefined) performance.measure("keystroke", { start: pressed, end: performance.now() });
  pressed = undefined;
}

function useExample(name) {
  const { files, ...rest } = examples.find((example) => example.name === name);
  set({ document: "v2", other: "", what: "", tab: "document", ...rest.state, file: "input", files: { ...noFiles(), ...files }, example: name });
}

/** Only what a state may hold, and only of its kind: a link may come from anybody. */
function useState(kept) {
  const texts = Object.entries(kept.files ?? {}).filter(([name, text]) => name in FILES && typeof text === "string");
  const fits = { tab: (v) => v in RESULTS, file: (v) => v in FILES, document: (v) => v in DOCUMENTS };
  const chosen = Object.entries(kept).filter(([name, value]) => name in state && name !== "files" && typeof value === "string" && (fits[name]?.(value) ?? true));
  set({ ...Object.fromEntries(chosen), files: { ...noFiles(), ...Object.fromEntries(texts) } });
}

async function copyLink() {
  history.replaceState(null, "", await fragmentOf(state));
  try {
    await navigator.clipboard.writeText(location.href);
    say("summary", "The link was copied.");
  } catch {
    say("summary", "The link is in the address bar.");
  }
}

async function followLink() {
  const kept = await stateOf(location.hash);
  if (kept) useState(kept);
  return kept !== null;
}

async function openFile(file) {
  if (file) set({ files: { ...state.files, [state.file]: await file.text() }, example: "" });
}

/* ---- building the page -------------------------------------------------------------------------------- */

function fill(select, options) {
  at(select).replaceChildren(...options.map(([value, label]) => element("option", { value }, label)));
}

/** The choices that are made at first: the others come once there is an answer. */
function fillFirst() {
  fill("example", [["", "choose one"], ...examples.map(({ name, label }) => [name, label])]);
  fill("document", Object.entries(DOCUMENTS).map(([name, { label }]) => [name, label]));
  for (const name of ["release", "other"]) fill(name, [["", "nothing"], [state[name], state[name]]]);
}

function fillChoices() {
  const names = [...releases(command)].map(([name, programs]) => [name, name === "newest" && programs ? `newest: ${programs}` : name]);
  fill("release", names);
  fill("other", [["", "nothing"], ...names]);
  fill("from", names);
  fill("to", names);
  fill("schema", [...schemas(command)].map(([name, what]) => [name, `${name}: ${what}`]));
  const newestOf = (line) => names.find(([name]) => name.startsWith(line + "."))?.[0] ?? "newest";
  Object.assign(state, { from: newestOf(state.from), to: newestOf(state.to) });
  showChoices();
}

function showChoices() {
  for (const name of ["document", "release", "other", "from", "to", "schema", "what", "example"]) at(name).value = state[name];
}

async function showAbout() {
  const texts = at("licences");
  if (texts.textContent === "") texts.textContent = new TextDecoder().decode(await inflate(bytesOf(at("licence-texts").textContent)));
  at("version").textContent = command.run(["version"]).stdout;
  at("about").showModal();
}

function listen() {
  at("input").addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  at("example").addEventListener("change", (event) => event.target.value && useExample(event.target.value));
  for (const name of ["document", "release", "other", "from", "to", "schema"]) at(name).addEventListener("change", (event) => set({ [name]: event.target.value }));
  at("what").addEventListener("input", (event) => {
    state.what = event.target.value;
    showExplanation();
  });
  at("open-file").addEventListener("change", (event) => openFile(event.target.files[0]));
  at("input").addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    openFile(event.dataTransfer.files[0]);
  }, true);
  at("copy-link").addEventListener("click", copyLink);
  at("open-about").addEventListener("click", showAbout);
  addEventListener("hashchange", followLink);
}

function build() {
  fileTabs = new Tabs(at("files"), Object.fromEntries(Object.entries(FILES).map(([name, { label }]) => ["file-" + name, label])), (name) => set({ file: name.slice("file-".length) }));
  resultTabs = new Tabs(at("results"), RESULTS, (tab) => set({ tab }));
  for (const [name, button] of Object.keys(RESULTS).map((tab) => [tab, resultTabs.button(tab)])) button.setAttribute("aria-controls", "panel-" + name);
  input = new Input(at("input"), "Input", typed);
  output = new Output(at("output"), fields);
  schemaText = new Output(at("schema-text"));
  fillFirst();
  listen();
}

async function start() {
  build();
  command = new Command(await globalThis.hcsproofModule);
  if (!(await followLink())) useExample(examples[0].name);
  performance.measure("first-answer", { start: 0, end: performance.now() });
  setTimeout(() => {
    fillChoices();
    document.documentElement.dataset.ready = "true";
  });
}

start().catch((error) => {
  at("summary").textContent = `The page could not start: ${error.message}`;
});

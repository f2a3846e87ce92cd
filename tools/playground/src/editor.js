// SPDX-License-Identifier: Apache-2.0
// The editors: one to write in, one to read, and two side by side.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { pointerAt } from "./places.js";
import { sortOf } from "./questions.js";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--key)" },
  { tag: tags.string, color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: tags.comment, color: "var(--faint)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--back)", fontSize: "13px" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--pane)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--chosen)",
  },
  ".cm-tooltip": { color: "var(--text)", backgroundColor: "var(--pane)", border: "1px solid var(--line)", maxWidth: "36rem" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
  ".tip": { padding: "4px 8px", overflowWrap: "anywhere" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--gone)" },
  "&.cm-merge-b .cm-changedLine": { backgroundColor: "var(--new)" },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: "var(--gone-text)" },
  "&.cm-merge-b .cm-changedText": { background: "var(--new-text)" },
  ".cm-collapsedLines": { color: "var(--faint)", background: "var(--pane)" },
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '"…"' },
});

const shared = [lineNumbers(), drawSelection(), syntaxHighlighting(colours), theme, EditorView.lineWrapping];

/** Coloured as JSON when it begins with a brace or bracket, as YAML when it is to be translated, else not at all. */
function languageOf(text) {
  if (/^[\s\ufeff]*[[{]/.test(text)) return json();
  return sortOf(text) === "text" ? [] : yaml();
}

/** The change from the document of `view` to `text` that leaves alone what both begin and end with; null: none. */
function changeTo(view, text) {
  const old = view.state.doc.toString();
  if (old === text) return null;
  let from = 0;
  const shorter = Math.min(old.length, text.length);
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let rest = 0;
  while (rest < shorter - from && old.charCodeAt(old.length - 1 - rest) === text.charCodeAt(text.length - 1 - rest)) rest++;
  return { from, to: old.length - rest, insert: text.slice(from, text.length - rest) };
}

function replace(view, text) {
  const changes = changeTo(view, text);
  if (changes) view.dispatch({ changes });
}

/** The editor to write in: calls `changed` after each change that a person made. */
export class Input {
  #language = new Compartment();
  #quiet = false;

  constructor(parent, label, changed) {
    this.view = new EditorView({
      parent,
      extensions: [
        shared,
        history(),
        bracketMatching(),
        highlightActiveLine(),
        lintGutter(),
        this.#language.of(json()),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.#quiet) changed(update.state.doc.toString());
        }),
      ],
    });
  }

  show(text) {
    this.#quiet = true;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      effects: this.#language.reconfigure(languageOf(text)),
      selection: { anchor: 0 },
    });
    this.#quiet = false;
  }

  /** Marks findings that have a range. */
  mark(findings) {
    const diagnostics = findings
      .filter((finding) => finding.range)
      .map(({ range, severity, message, rule }) => ({
        from: range.from,
        to: range.to,
        severity: severity === "note" ? "info" : severity,
        message: rule ? `${message} [${rule}]` : message,
      }));
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  go(range) {
    this.view.dispatch({ selection: { anchor: range.from, head: range.to }, effects: EditorView.scrollIntoView(range.from, { y: "center" }) });
    this.view.focus();
  }
}

/** A tip with what `tell` says of the field that the pointer is at. */
function tips(tell) {
  return hoverTooltip((view, position) => {
    const text = tell(pointerAt(view.state, position));
    if (!text) return null;
    const dom = document.createElement("div");
    dom.className = "tip";
    dom.textContent = text;
    return { pos: position, above: true, create: () => ({ dom }) };
  });
}

/** `pointed` is called with the pointer of the field that the cursor was put on. */
function follow(pointed) {
  return EditorView.updateListener.of((update) => {
    if (update.selectionSet && !update.docChanged) pointed(pointerAt(update.state, update.state.selection.main.head));
  });
}

const readOnly = (label) => [
  shared,
  json(),
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true" }),
];

/** What there is to read: one text, or two with their differences marked; below each other on a narrow screen. */
export class Output {
  #parent;
  #fields;
  #shown = null; // {kind, views, end}

  /** `fields`: what is to be known of fields, {tell(label, pointer), pointed(label, pointer)}; null: nothing. */
  constructor(parent, fields = null) {
    this.#parent = parent;
    this.#fields = fields;
  }

  #extensions(label, name = label) {
    const fields = this.#fields;
    if (!fields) return readOnly(name);
    return [readOnly(name), tips((pointer) => fields.tell(label, pointer)), follow((pointer) => fields.pointed(label, pointer))];
  }

  #become(kind, make) {
    if (this.#shown?.kind === kind) return;
    this.#shown?.end();
    this.#shown = { kind, ...make() };
  }

  one(text, label) {
    this.#become("one " + label, () => {
      const view = new EditorView({ parent: this.#parent, extensions: this.#extensions(label) });
      return { views: [view], end: () => view.destroy() };
    });
    replace(this.#shown.views[0], text);
  }

  two(texts, labels) {
    if (matchMedia("(max-width: 800px)").matches) this.#unified(texts, labels);
    else this.#sideBySide(texts, labels);
  }

  #sideBySide(texts, labels) {
    this.#become("two " + labels, () => {
      const [a, b] = labels.map((label, i) => ({ doc: texts[i], extensions: this.#extensions(label) }));
      const merge = new MergeView({ parent: this.#parent, a, b, gutter: true, collapseUnchanged: { margin: 4, minSize: 8 } });
      return { views: [merge.a, merge.b], end: () => merge.destroy() };
    });
    texts.forEach((text, i) => replace(this.#shown.views[i], text));
  }

  #unified([original, text], labels) {
    this.#shown?.end();
    const view = new EditorView({
      parent: this.#parent,
      doc: text,
      extensions: [
        this.#extensions(labels[1], labels.join(" and ")),
        unifiedMergeView({ original, mergeControls: false, collapseUnchanged: { margin: 4, minSize: 8 } }),
      ],
    });
    this.#shown = { kind: "unified", views: [view], end: () => view.destroy() };
  }
}

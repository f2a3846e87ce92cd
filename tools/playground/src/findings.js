// SPDX-License-Identifier: Apache-2.0
// What the command says on standard error and as JSON, as findings: {severity, message, rule, pointer, line, column}.

// "hcsproof: FILE:LINE:COLUMN: /POINTER: MESSAGE [CODE]", of which all but the message may be missing.
const LINE = /^hcsproof(?: \w+)?: (?:(input|[\w-]+\.\w+)(?::(\d+):(\d+))?: )?(?:(\/\S*): )?(.*?)(?: \[([a-z0-9-]+)\])?$/;

const PLACE = /^[\w.-]+:(\d+):(\d+):$/;
const HINT = /^hint: (.*)$/;

function findingOf([, file, line, column, pointer, message, rule], severity) {
  return {
    severity: rule === "note" || /^(?:read as|translating as) /.test(message) ? "note" : severity,
    file,
    message,
    rule: rule === "note" ? undefined : rule,
    pointer,
    line: line && Number(line),
    column: column && Number(column),
  };
}

/** The messages of standard error. Behind one may stand its place, the line with a caret, and a hint. */
export function findingsOf(stderr, severity) {
  const found = [];
  for (const text of stderr.split("\n")) {
    const parts = LINE.exec(text);
    if (parts) found.push(findingOf(parts, severity));
    const last = found.at(-1);
    const place = PLACE.exec(text);
    const hint = HINT.exec(text);
    if (last && place) Object.assign(last, { line: Number(place[1]), column: Number(place[2]) });
    if (last && hint) last.hint = hint[1];
  }
  return found;
}

/** What `lint --format json` prints; nothing for a document that it does not know. */
export function lintFindings(result) {
  try {
    const found = JSON.parse(result.stdout);
    return Array.isArray(found) ? found : (found.findings ?? []);
  } catch {
    return [];
  }
}

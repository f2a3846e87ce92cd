// SPDX-License-Identifier: Apache-2.0
// What the command says on standard error and as JSON, as findings: {severity, message, rule, pointer, line, column}.

// "hcsproof: FILE:LINE:COLUMN: /POINTER: MESSAGE [CODE]", of which all but the message may be missing.
const LINE = /^hcsproof(?: \w+)?: (?:(input|[\w-]+\.\w+)(?::(\d+):(\d+))?: )?(?:(\/\S*): )?(.*?)(?: \[([a-z0-9-]+)\])?$/;

/** One message of standard error. Lines that begin with a space (the source and a caret) belong to the one before. */
export function findingsOf(stderr, severity) {
  const found = [];
  for (const text of stderr.split("\n")) {
    const parts = LINE.exec(text);
    if (!parts) continue;
    const [, file, line, column, pointer, message, rule] = parts;
    found.push({
      severity: rule === "note" || /^taken for |^translating as /.test(message) ? "note" : severity,
      file,
      message,
      rule: rule === "note" ? undefined : rule,
      pointer,
      line: line && Number(line),
      column: column && Number(column),
    });
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/findings.h"

#include <stdlib.h>
#include <string.h>

/* Of a kind this much is in the name of its file. */
#define SLUG_LENGTH 40

void kit_fuzz_findings_init(kit_fuzz_findings *f, size_t most) {
  memset(f, 0, sizeof(*f));
  f->most = most;
  hcsref_arena_init(&f->arena, NULL, 0);
}

void kit_fuzz_findings_free(kit_fuzz_findings *f) {
  free(f->items);
  hcsref_arena_free(&f->arena);
}

bool kit_fuzz_full(const kit_fuzz_findings *f) {
  return f->count >= f->most;
}

static bool is_known(const kit_fuzz_findings *f, const kit_fuzz_operation *operation, const char *kind) {
  size_t i;
  for (i = 0; i < f->count; i++)
    if (f->items[i].operation == operation && strcmp(f->items[i].kind, kind) == 0)
      return true;
  return false;
}

static bool add(kit_fuzz_findings *f, const kit_fuzz_finding *finding) {
  kit_fuzz_finding *items = realloc(f->items, (f->count + 1) * sizeof(*items));
  if (items == NULL)
    return false;
  f->items = items;
  items[f->count] = *finding;
  if (!hcsref_str_copy(&f->arena, finding->params, &items[f->count].params))
    return false;
  f->count++;
  return true;
}

bool kit_fuzz_note(kit_fuzz_findings *f, kit_fuzz_operation *operation, uint64_t number, const kit_case *c,
                   const kit_result *r) {
  kit_fuzz_finding finding;
  size_t i;
  memset(&finding, 0, sizeof(finding));
  finding.operation = operation;
  finding.number = number;
  finding.params = c->params;
  finding.waited = r->failure == KIT_TIMEOUT;
  for (i = 0; !kit_fuzz_full(f) && kit_kind(c, r, i, finding.kind); i++) {
    if (is_known(f, operation, finding.kind))
      continue;
    if (!add(f, &finding))
      return false;
    operation->findings++;
  }
  return true;
}

static bool is_slug_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool kit_fuzz_id(hcsref_arena *arena, const kit_fuzz_finding *finding, hcsref_str *out) {
  static const char digits[] = "0123456789abcdef";
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  uint32_t hash = kit_kind_hash(finding->kind);
  const char *p;
  size_t start;
  int shift;
  hcsref_buf_append(&buf, hcsref_cstr(finding->operation->operation->name));
  hcsref_buf_append_char(&buf, '/');
  start = buf.len;
  for (p = finding->kind; *p != '\0' && buf.len - start < SLUG_LENGTH; p++) {
    char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    if (is_slug_char(c))
      hcsref_buf_append_char(&buf, c);
    else if (buf.len > start && !buf.failed && buf.data[buf.len - 1] != '-')
      hcsref_buf_append_char(&buf, '-');
    if (buf.failed)
      return false;
  }
  if (buf.len > start && buf.data[buf.len - 1] != '-')
    hcsref_buf_append_char(&buf, '-');
  for (shift = 28; shift >= 0; shift -= 4)
    hcsref_buf_append_char(&buf, digits[hash >> shift & 0xF]);
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

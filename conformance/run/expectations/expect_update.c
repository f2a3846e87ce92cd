/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells of an expectation file: which entries are out of date, and the file written anew. */
#include "run/expectations/expect_state.h"

#include "hcsref/json.h"
#include "io/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- what the suite has ------------------------------------------------------------------------------- */

/* No case that it matches was played, so that this run alone cannot tell whether there is one. */
static bool was_not_met(const kit_expected *e) {
  return !e->comment && !e->expired && e->failed == 0 && e->passed == 0 && e->other == 0;
}

/* It no longer holds of all that it matches: the rest is listed instead. */
static bool is_partial(const kit_expected *e) {
  return e->passed > 0 && !kit_is_literal(e->pattern);
}

bool kit_expectations_need_suite(const kit_expectations *x) {
  const kit_expected *entries = x->entries.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++)
    if (was_not_met(&entries[i]) || (x->remembers && is_partial(&entries[i])))
      return true;
  return false;
}

static bool was_met(kit_expectations *x, hcsref_str id) {
  if (x->met_ids == NULL)
    x->met_ids = kit_patterns_new(x->met.items, x->met.len);
  x->out_of_memory = x->out_of_memory || x->met_ids == NULL;
  return x->met_ids == NULL || kit_patterns_find(x->met_ids, id, NULL, NULL) != KIT_NO_PATTERN;
}

typedef struct meeting {
  kit_expectations *x;
  const kit_case *c;
} meeting;

/* A case of the suite that the entry matches. Of an entry that must be replaced, one that nobody played stays listed.
 */
static bool note_existence(void *context, kit_expected *e) {
  const meeting *m = context;
  kit_unlisted *u;
  e->exists = true;
  if (e->expired || !m->x->remembers || !is_partial(e) || was_met(m->x, m->c->id))
    return false;
  u = hcsref_slice_push(&m->x->arena, &m->x->unlisted, sizeof(*u));
  if (u == NULL || !hcsref_str_copy(&m->x->arena, m->c->id, &u->id)) {
    m->x->out_of_memory = true;
    return false;
  }
  u->failure = e->failure;
  u->like = e;
  return false;
}

void kit_expectations_meet(kit_expectations *x, const kit_case *c) {
  meeting m = {x, c};
  (void)kit_expectations_find(x, c, note_existence, &m);
}

void kit_expectations_trust(kit_expectations *x) {
  kit_expected *entries = x->entries.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++)
    entries[i].exists = true;
}

/* ---- what is out of date ------------------------------------------------------------------------------ */

static bool is_in_no_suite(const kit_expected *e) {
  return was_not_met(e) && !e->exists;
}

size_t kit_expectations_check(const kit_expectations *x, void (*tell)(void *context, const char *message),
                              void *context) {
  const kit_expected *entries = x->entries.items;
  size_t found = 0, i;
  char message[700];
  for (i = 0; i < x->entries.len; i++) {
    const kit_expected *e = &entries[i];
    if (!e->expired && !is_in_no_suite(e))
      continue;
    snprintf(message, sizeof(message), "%s:%llu: the entry for %.*s %s", x->path, (unsigned long long)e->number,
             e->pattern.len > 200 ? 200 : (int)e->pattern.len, e->pattern.data,
             e->expired ? "has expired" : "matches no case of the suite");
    tell(context, message);
    found++;
  }
  return found;
}

/* ---- writing it anew ---------------------------------------------------------------------------------- */

static void append_member(hcsref_buf *buf, const char *key, hcsref_str value) {
  if (value.len == 0)
    return;
  hcsref_buf_append(buf, hcsref_cstr(key));
  hcsref_json_append_string(buf, value);
}

static void append_like(hcsref_buf *buf, hcsref_str id, const kit_expected *like) {
  append_member(buf, "{\"case\": ", id);
  append_member(buf, ", \"op\": ", like->op);
  append_member(buf, ", \"class\": ", hcsref_cstr(kit_failure_name(like->failure)));
  append_member(buf, ", \"reason\": ", like->reason);
  append_member(buf, ", \"issue\": ", like->issue);
  append_member(buf, ", \"expires\": ", like->expires);
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
}

/* Of a skip the testee has said why. */
static hcsref_str skip_reason(hcsref_str reason) {
  static const char said[] = "unsupported: ";
  hcsref_str text =
      hcsref_str_has_prefix(reason, HCSREF_LIT("unsupported: ")) ? hcsref_str_skip(reason, sizeof(said) - 1) : reason;
  return text.len == 0 ? HCSREF_LIT("unsupported") : text;
}

static bool is_skip(kit_failure failure) {
  return failure == KIT_UNSUPPORTED || failure == KIT_NO_DOCUMENT;
}

static bool append_new(kit_expectations *x, hcsref_buf *buf, const kit_unlisted *u) {
  hcsref_str reason = skip_reason(u->reason);
  if (!is_skip(u->failure) && !hcsref_format(&x->arena, &reason, "not explained yet: %v", u->reason))
    return false;
  append_member(buf, "{\"case\": ", u->id);
  append_member(buf, ", \"class\": ", hcsref_cstr(kit_failure_name(u->failure)));
  append_member(buf, ", \"reason\": ", reason);
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
  return true;
}

/* All cases of the operation were skipped for one reason: one entry for all of them. */
static bool is_whole_op(const kit_op_count *count) {
  return count->skipped > 1 && count->skipped == count->played;
}

static void append_op(hcsref_buf *buf, const kit_op_count *count) {
  append_member(buf, "{\"case\": \"*\", \"op\": ", count->op);
  append_member(buf, ", \"class\": ", hcsref_cstr(kit_failure_name(count->failure)));
  append_member(buf, ", \"reason\": ", skip_reason(count->reason));
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
}

static bool is_covered(const kit_expectations *x, const kit_unlisted *u) {
  const kit_op_count *counts = x->ops.items;
  size_t i;
  for (i = 0; i < x->ops.len; i++)
    if (hcsref_str_equal(counts[i].op, u->op))
      return is_whole_op(&counts[i]);
  return false;
}

/* Only what this run has seen to be wrong goes: it passed, no suite has it, or its one case fails in another way. */
static bool is_dropped(const kit_expected *e) {
  return !e->comment && !e->expired &&
         (e->passed > 0 || is_in_no_suite(e) || (e->failed == 0 && e->other > 0 && kit_is_literal(e->pattern)));
}

static void append_kept(const kit_expectations *x, hcsref_buf *buf) {
  const kit_expected *entries = x->entries.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++) {
    const kit_expected *e = &entries[i];
    if (is_dropped(e))
      continue;
    if (e->renamed) {
      append_like(buf, e->pattern, e);
    } else {
      hcsref_buf_append(buf, e->line);
      hcsref_buf_append_char(buf, '\n');
    }
  }
}

/* Entries that hold of all their cases stay; a glob that holds of some is replaced by those. */
bool kit_expectations_text(kit_expectations *x, hcsref_buf *buf) {
  const kit_unlisted *list = x->unlisted.items;
  const kit_op_count *counts = x->ops.items;
  bool ok = true;
  size_t i;
  append_kept(x, buf);
  for (i = 0; i < x->ops.len; i++)
    if (is_whole_op(&counts[i]))
      append_op(buf, &counts[i]);
  for (i = 0; i < x->unlisted.len; i++) {
    if (list[i].like != NULL && list[i].like->passed > 0)
      append_like(buf, list[i].id, list[i].like);
    else if (list[i].like == NULL && !is_covered(x, &list[i]))
      ok = append_new(x, buf, &list[i]) && ok;
  }
  return ok && !buf->failed && !x->out_of_memory;
}

bool kit_expectations_update(kit_expectations *x, char *message, size_t size) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  output_file out;
  bool ok = false;
  hcsref_arena_init(&arena, NULL, 0);
  if (!kit_expectations_text(x, &buf)) {
    snprintf(message, size, "out of memory");
  } else if (!output_open(x->path, &out)) {
    snprintf(message, size, "%s: %s", x->path, output_reason(errno));
  } else {
    output_write(&out, buf.data, buf.len);
    ok = output_close(&out, true);
    if (!ok)
      snprintf(message, size, "%s: %s", x->path, output_reason(errno));
  }
  hcsref_arena_free(&arena);
  return ok;
}

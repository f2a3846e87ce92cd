/* SPDX-License-Identifier: Apache-2.0 */
#include "run/expectations/expect_state.h"

#include "run/cases/glob.h"
#include "run/cases/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------------------------ */

static bool is_date(hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    if (i == 4 || i == 7 ? s.data[i] != '-' : s.data[i] < '0' || s.data[i] > '9')
      return false;
  return s.len == 10;
}

static bool is_member_name(hcsref_str key) {
  static const char *const names[] = {"case", "op", "class", "reason", "issue", "expires"};
  size_t i;
  for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (hcsref_str_equal(key, hcsref_cstr(names[i])))
      return true;
  return false;
}

/* What is wrong with a line, with a part of it. */
static const char *said(hcsref_arena *arena, const char *format, hcsref_str what) {
  hcsref_str text;
  hcsref_buf line = {.arena = arena};
  if (!hcsref_format(arena, &text, format, what))
    return "out of memory";
  hcsref_buf_append(&line, text);
  hcsref_buf_append_char(&line, '\0');
  return line.failed ? "out of memory" : line.data;
}

static const char *read_fields(hcsref_arena *arena, kit_expected *e, const kit_json *tree) {
  const kit_json *member;
  if (tree->kind != KIT_JSON_OBJECT)
    return "should be an object";
  for (member = tree->first; member != NULL; member = member->next) {
    if (!is_member_name(member->key))
      return said(arena, "unknown member \"%v\"; there are case, op, class, reason, issue and expires",
                  hcsref_str_first(member->key, 80));
    if (member->kind != KIT_JSON_STRING)
      return said(arena, "\"%v\" should be a string", member->key);
  }
  e->pattern = kit_json_get_string(tree, "case");
  e->op = kit_json_get_string(tree, "op");
  e->reason = kit_json_get_string(tree, "reason");
  e->issue = kit_json_get_string(tree, "issue");
  e->expires = kit_json_get_string(tree, "expires");
  if (e->pattern.len == 0)
    return "\"case\" is missing";
  if (e->reason.len == 0)
    return "\"reason\" is missing";
  if (!kit_failure_from_name(kit_json_get_string(tree, "class"), &e->failure))
    return "\"class\" should be one of difference, no-error, error, code, message, host-calls, unsupported, "
           "no-document, timeout, died, protocol, too-large, not-utf8";
  if (e->expires.len != 0 && !is_date(e->expires))
    return "\"expires\" should be a date like 2026-12-31";
  return NULL;
}

static hcsref_str trimmed(hcsref_str s) {
  while (s.len > 0 && memchr(" \t\r", s.data[s.len - 1], 3) != NULL)
    s.len--;
  while (s.len > 0 && (s.data[0] == ' ' || s.data[0] == '\t'))
    s = hcsref_str_skip(s, 1);
  return s;
}

/* Null: fine; else what is wrong with the line. */
static const char *read_line(kit_expectations *x, hcsref_str line, uint64_t number, const char *today) {
  kit_expected *e = hcsref_slice_push(&x->arena, &x->entries, sizeof(*e));
  hcsref_str text = trimmed(line);
  kit_json *tree;
  const char *wrong;
  hcsref_error err = {0};
  if (e == NULL)
    return "out of memory";
  e->line = line;
  e->number = number;
  e->comment = text.len == 0 || text.data[0] == '#';
  if (e->comment)
    return NULL;
  if (!kit_json_parse(&x->arena, text, &tree, &err))
    return said(&x->arena, "is not JSON (one object per line; comments begin with #): %v", err.message);
  wrong = read_fields(&x->arena, e, tree);
  if (wrong == NULL)
    e->expired = e->expires.len != 0 && hcsref_str_compare(e->expires, hcsref_cstr(today)) < 0;
  return wrong;
}

static bool read_lines(kit_expectations *x, hcsref_str text, const char *today, char *message, size_t size) {
  uint64_t number = 0;
  while (text.len > 0) {
    const char *end = memchr(text.data, '\n', text.len);
    hcsref_str line = end == NULL ? text : hcsref_str_first(text, (size_t)(end - text.data));
    const char *wrong = read_line(x, line, ++number, today);
    if (wrong != NULL) {
      snprintf(message, size, "%s:%llu: %s", x->path, (unsigned long long)number, wrong);
      return false;
    }
    text = hcsref_str_skip(text, end == NULL ? text.len : line.len + 1);
  }
  return true;
}

/* Null: out of memory. */
static kit_expectations *new_expectations(const char *path) {
  kit_expectations *x = calloc(1, sizeof(*x));
  if (x == NULL)
    return NULL;
  hcsref_arena_init(&x->arena, NULL, 0);
  x->path = hcsref_arena_alloc(&x->arena, strlen(path) + 1);
  if (x->path == NULL) {
    kit_expectations_free(x);
    return NULL;
  }
  memcpy(x->path, path, strlen(path) + 1);
  return x;
}

/* Gives up `x`. */
static kit_expectations *refuse(kit_expectations *x) {
  kit_expectations_free(x);
  return NULL;
}

kit_expectations *kit_expectations_read(hcsref_str text, const char *path, const char *today, char *message,
                                        size_t size) {
  kit_expectations *x = new_expectations(path);
  if (x == NULL)
    snprintf(message, size, "out of memory");
  else if (!read_lines(x, text, today, message, size))
    return refuse(x);
  return x;
}

kit_expectations *kit_expectations_load(const char *path, const char *today, bool may_be_missing, char *message,
                                        size_t size) {
  kit_expectations *x = new_expectations(path);
  hcsref_str text = HCSREF_LIT("");
  hcsref_error err;
  if (x == NULL) {
    snprintf(message, size, "out of memory");
    return NULL;
  }
  if ((!may_be_missing || kit_path_exists(path)) && !kit_read_file(&x->arena, path, &text, &err)) {
    snprintf(message, size, "%.*s", (int)err.message.len, err.message.data);
    return refuse(x);
  }
  return read_lines(x, text, today, message, size) ? x : refuse(x);
}

void kit_expectations_free(kit_expectations *x) {
  if (x == NULL)
    return;
  kit_patterns_free(x->patterns);
  kit_patterns_free(x->met_ids);
  hcsref_arena_free(&x->arena);
  free(x);
}

static void follow(kit_expectations *x, kit_expected *e, const kit_history *history, kit_history_teller tell,
                   void *context) {
  char id[300], found[700], message[1100];
  const char *now;
  snprintf(id, sizeof(id), "%.*s", (int)(e->pattern.len < sizeof(id) ? e->pattern.len : sizeof(id) - 1),
           e->pattern.data);
  now = kit_history_find(history, id, found, sizeof(found));
  if (now == NULL)
    return;
  e->renamed = strcmp(now, id) != 0;
  if (e->renamed) /* else it may be `id` itself, which does not last */
    e->pattern = hcsref_cstr(now);
  snprintf(message, sizeof(message), "%s:%llu: %s%s", x->path, (unsigned long long)e->number, found,
           e->renamed ? "; --expect-update renames the entry" : "");
  tell(context, hcsref_cstr(message));
}

void kit_expectations_follow(kit_expectations *x, const kit_history *history, kit_history_teller tell, void *context) {
  kit_expected *entries = x->entries.items;
  for (size_t i = 0; i < x->entries.len; i++)
    if (!entries[i].comment)
      follow(x, &entries[i], history, tell, context);
}

void kit_expectations_remember(kit_expectations *x, bool skips) {
  x->remembers = true;
  x->skips = skips;
}

/* ---- finding entries ---------------------------------------------------------------------------------- */

/* By their place in the file, so that the first one counts. */
static bool index_entries(kit_expectations *x) {
  const kit_expected *entries = x->entries.items;
  size_t i;
  if (x->patterns != NULL)
    return true;
  x->globs = hcsref_arena_array(&x->arena, x->entries.len + 1, sizeof(*x->globs));
  for (i = 0; x->globs != NULL && i < x->entries.len; i++)
    x->globs[i] = entries[i].pattern;
  x->patterns = x->globs == NULL ? NULL : kit_patterns_new(x->globs, x->entries.len);
  x->out_of_memory = x->out_of_memory || x->patterns == NULL;
  return x->patterns != NULL;
}

typedef struct search {
  kit_expected *entries;
  const kit_case *c;
  bool (*accepts)(void *context, kit_expected *e);
  void *context;
} search;

static bool is_meant(void *context, size_t index) {
  const search *s = context;
  kit_expected *e = &s->entries[index];
  return !e->comment && (e->op.len == 0 || kit_glob(e->op, s->c->op)) && s->accepts(s->context, e);
}

kit_expected *kit_expectations_find(kit_expectations *x, const kit_case *c,
                                    bool (*accepts)(void *context, kit_expected *e), void *context) {
  search s = {x->entries.items, c, accepts, context};
  size_t found = index_entries(x) ? kit_patterns_find(x->patterns, c->id, is_meant, &s) : KIT_NO_PATTERN;
  return found == KIT_NO_PATTERN ? NULL : &s.entries[found];
}

/* ---- judging ------------------------------------------------------------------------------------------ */

/* Entries for a result: the first that lists it, and whether there are others. */
typedef struct matches {
  const kit_result *r;
  kit_expected *any; /* the first of another class */
  bool expired, glob;
} matches;

/* Takes the entries of the result's class, and notes what the others are told by it. */
static bool is_listed_by(void *context, kit_expected *e) {
  matches *m = context;
  if (e->expired) {
    m->expired = true;
    return false;
  }
  m->glob = m->glob || !kit_is_literal(e->pattern);
  if (m->any == NULL || e < m->any)
    m->any = e;
  if (m->r->verdict == KIT_PASS)
    e->passed++;
  else if (e->failure != m->r->failure)
    e->other++;
  return m->r->verdict != KIT_PASS && e->failure == m->r->failure;
}

static kit_op_count *op_count(kit_expectations *x, hcsref_str op) {
  kit_op_count *counts = x->ops.items, *made;
  size_t i;
  for (i = 0; i < x->ops.len; i++)
    if (hcsref_str_equal(counts[i].op, op))
      return &counts[i];
  if (x->ops.len == KIT_OPS_COUNTED)
    return NULL;
  made = hcsref_slice_push(&x->arena, &x->ops, sizeof(*made));
  if (made == NULL || !hcsref_str_copy(&x->arena, op, &made->op)) {
    x->out_of_memory = true;
    return NULL;
  }
  return made;
}

static void count_op(kit_expectations *x, const kit_case *c, const kit_result *r, bool listed) {
  kit_op_count *count = op_count(x, c->op);
  if (count == NULL)
    return;
  count->played++;
  if (r->verdict != KIT_SKIP || listed || !x->skips)
    return;
  if (count->skipped == 0) {
    count->failure = r->failure;
    if (!hcsref_str_copy(&x->arena, r->reason, &count->reason))
      x->out_of_memory = true;
  }
  count->skipped += count->failure == r->failure && hcsref_str_equal(count->reason, r->reason);
}

static void remember(kit_expectations *x, const kit_case *c, const kit_result *r, const kit_expected *like) {
  kit_unlisted *u = hcsref_slice_push(&x->arena, &x->unlisted, sizeof(*u));
  if (u == NULL || !hcsref_str_copy(&x->arena, c->id, &u->id) || !hcsref_str_copy(&x->arena, c->op, &u->op) ||
      !hcsref_str_copy(&x->arena, r->reason, &u->reason)) {
    x->out_of_memory = true;
    return;
  }
  u->failure = r->failure;
  u->like = like;
}

static void remember_met(kit_expectations *x, const kit_case *c) {
  hcsref_str *id = hcsref_slice_push(&x->arena, &x->met, sizeof(*id));
  if (id == NULL || !hcsref_str_copy(&x->arena, c->id, id))
    x->out_of_memory = true;
}

/* The text lives as long as the expectations. */
static hcsref_str reason_text(kit_expectations *x, const kit_expected *e) {
  hcsref_str text = e->reason;
  if (e->issue.len != 0 && !hcsref_format(&x->arena, &text, "%v (%v)", e->reason, e->issue))
    x->out_of_memory = true;
  return text;
}

static void note_failure(kit_expectations *x, kit_result *r, kit_expected *e, const kit_expected *any) {
  if (e != NULL) {
    e->failed++;
    r->known = KIT_KNOWN;
    r->known_reason = reason_text(x, e);
  } else if (any != NULL && !hcsref_format(&x->arena, &r->known_reason, "as %s, but this is %s",
                                           kit_failure_name(any->failure), kit_failure_name(r->failure))) {
    x->out_of_memory = true;
  }
}

void kit_expectations_judge(void *context, const kit_case *c, kit_result *r) {
  kit_expectations *x = context;
  matches m = {r, NULL, false, false};
  kit_expected *e = kit_expectations_find(x, c, is_listed_by, &m);
  if (r->verdict != KIT_PASS) {
    note_failure(x, r, e, m.any);
  } else if (m.any != NULL) {
    r->known = KIT_UNEXPECTED_PASS;
    r->known_reason = reason_text(x, m.any);
  }
  if (!x->remembers)
    return;
  count_op(x, c, r, e != NULL);
  if (m.glob)
    remember_met(x, c);
  if (r->verdict != KIT_PASS && (e != NULL || !m.expired) && (x->skips || e != NULL || r->verdict != KIT_SKIP))
    remember(x, c, r, e);
}

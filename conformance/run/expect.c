/* SPDX-License-Identifier: Apache-2.0 */
#include "run/expect.h"

#include "hcsref/json.h"
#include "io/output.h"
#include "run/select.h"
#include "run/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of the file: a comment, or an entry. */
typedef struct entry {
  hcsref_str line;
  uint64_t number; /* of the line */
  bool comment, expired, renamed;
  hcsref_str pattern, reason, issue, expires;
  kit_failure failure;
  uint64_t failed, passed; /* cases that it held of, and did not */
} entry;

/* A failure that no entry lists; for an update. */
typedef struct unlisted {
  hcsref_str id;
  kit_failure failure;
  const entry *like; /* an entry that listed it but no longer holds of all its cases; or null */
} unlisted;

struct kit_expectations {
  hcsref_arena arena;
  char *path;
  hcsref_slice entries; /* of entry */
  bool remembers, out_of_memory;
  hcsref_slice unlisted; /* of unlisted */
};

/* ---- reading ------------------------------------------------------------------------------------------ */

static bool is_date(hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    if (i == 4 || i == 7 ? s.data[i] != '-' : s.data[i] < '0' || s.data[i] > '9')
      return false;
  return s.len == 10;
}

static const char *read_fields(entry *e, const kit_json *tree) {
  const kit_json *member;
  if (tree->kind != KIT_JSON_OBJECT)
    return "should be an object";
  for (member = tree->first; member != NULL; member = member->next) {
    if (member->kind != KIT_JSON_STRING)
      return "its members should be strings";
    if (!hcsref_str_equal(member->key, HCSREF_LIT("case")) && !hcsref_str_equal(member->key, HCSREF_LIT("class")) &&
        !hcsref_str_equal(member->key, HCSREF_LIT("reason")) && !hcsref_str_equal(member->key, HCSREF_LIT("issue")) &&
        !hcsref_str_equal(member->key, HCSREF_LIT("expires")))
      return "its members are case, class, reason, issue and expires";
  }
  e->pattern = kit_json_get_string(tree, "case");
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
  entry *e = hcsref_slice_push(&x->arena, &x->entries, sizeof(*e));
  hcsref_str text = trimmed(line);
  kit_json *tree;
  const char *wrong;
  if (e == NULL)
    return "out of memory";
  e->line = line;
  e->number = number;
  e->comment = text.len == 0 || text.data[0] == '#';
  if (e->comment)
    return NULL;
  if (!kit_json_parse(&x->arena, text, &tree, NULL))
    return "is not JSON (one object a line; comments begin with #)";
  wrong = read_fields(e, tree);
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
  hcsref_arena_free(&x->arena);
  free(x);
}

static void follow(kit_expectations *x, entry *e, const kit_history *history, kit_history_teller tell, void *context) {
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
           e->renamed ? "; --expect-update writes it down" : "");
  tell(context, hcsref_cstr(message));
}

void kit_expectations_follow(kit_expectations *x, const kit_history *history, kit_history_teller tell, void *context) {
  entry *entries = x->entries.items;
  for (size_t i = 0; i < x->entries.len; i++)
    if (!entries[i].comment)
      follow(x, &entries[i], history, tell, context);
}

void kit_expectations_remember(kit_expectations *x) {
  x->remembers = true;
}

/* ---- judging ------------------------------------------------------------------------------------------ */

/* The first entry for the case: of `failure`, or of any when that is KIT_NO_FAILURE. */
static entry *find_entry(kit_expectations *x, hcsref_str id, kit_failure failure) {
  entry *entries = x->entries.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++) {
    entry *e = &entries[i];
    if (!e->comment && !e->expired && (failure == KIT_NO_FAILURE || e->failure == failure) && kit_glob(e->pattern, id))
      return e;
  }
  return NULL;
}

static bool is_expired_case(const kit_expectations *x, hcsref_str id) {
  const entry *entries = x->entries.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++)
    if (entries[i].expired && kit_glob(entries[i].pattern, id))
      return true;
  return false;
}

static void remember(kit_expectations *x, const kit_case *c, const kit_result *r, const entry *like) {
  unlisted *u;
  if (!x->remembers || (like == NULL && is_expired_case(x, c->id)))
    return;
  u = hcsref_slice_push(&x->arena, &x->unlisted, sizeof(*u));
  if (u == NULL || !hcsref_str_copy(&x->arena, c->id, &u->id)) {
    x->out_of_memory = true;
    return;
  }
  u->failure = r->failure;
  u->like = like;
}

/* The text lives as long as the expectations. */
static hcsref_str reason_text(kit_expectations *x, const entry *e) {
  hcsref_str text = e->reason;
  if (e->issue.len != 0 && !hcsref_format(&x->arena, &text, "%v (%v)", e->reason, e->issue))
    x->out_of_memory = true;
  return text;
}

void kit_expectations_judge(void *context, const kit_case *c, kit_result *r) {
  kit_expectations *x = context;
  entry *e = find_entry(x, c->id, r->failure), *any = e == NULL ? find_entry(x, c->id, KIT_NO_FAILURE) : e;
  if (r->verdict == KIT_PASS) {
    if (any == NULL)
      return;
    any->passed++;
    r->known = KIT_UNEXPECTED_PASS;
    r->known_reason = reason_text(x, any);
    return;
  }
  if (e != NULL) {
    e->failed++;
    r->known = KIT_KNOWN;
    r->known_reason = reason_text(x, e);
  } else if (any != NULL && !hcsref_format(&x->arena, &r->known_reason, "as %s, but this is %s",
                                           kit_failure_name(any->failure), kit_failure_name(r->failure))) {
    x->out_of_memory = true;
  }
  remember(x, c, r, e);
}

/* ---- what is out of date ------------------------------------------------------------------------------ */

static bool is_needless(const entry *e, bool whole_suite) {
  return !e->comment && !e->expired && e->failed == 0 && (whole_suite || e->passed > 0);
}

size_t kit_expectations_check(const kit_expectations *x, bool whole_suite,
                              void (*tell)(void *context, const char *message), void *context) {
  const entry *entries = x->entries.items;
  size_t found = 0, i;
  char message[700];
  for (i = 0; i < x->entries.len; i++) {
    const entry *e = &entries[i];
    const char *what = e->expired ? "has expired" : "is not needed: no case fails so";
    if (!e->expired && (!is_needless(e, whole_suite) || e->passed > 0))
      continue;
    snprintf(message, sizeof(message), "%s:%llu: the entry for %.*s %s", x->path, (unsigned long long)e->number,
             e->pattern.len > 200 ? 200 : (int)e->pattern.len, e->pattern.data, what);
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

/* `like`: the entry that has the rest; null: nobody has said it yet. */
static void append_entry(hcsref_buf *buf, hcsref_str id, kit_failure failure, const entry *like) {
  append_member(buf, "{\"case\": ", id);
  append_member(buf, ", \"class\": ", hcsref_cstr(kit_failure_name(failure)));
  append_member(buf, ", \"reason\": ", like == NULL ? HCSREF_LIT("unknown; say here why it fails") : like->reason);
  if (like != NULL) {
    append_member(buf, ", \"issue\": ", like->issue);
    append_member(buf, ", \"expires\": ", like->expires);
  }
  hcsref_buf_append(buf, HCSREF_LIT("}\n"));
}

/* Entries that hold of all their cases stay; a glob that holds of some is replaced by those. */
bool kit_expectations_text(const kit_expectations *x, bool whole_suite, hcsref_buf *buf) {
  const entry *entries = x->entries.items;
  const unlisted *list = x->unlisted.items;
  size_t i;
  for (i = 0; i < x->entries.len; i++) {
    const entry *e = &entries[i];
    if (is_needless(e, whole_suite) || e->passed > 0)
      continue;
    if (e->renamed) {
      append_entry(buf, e->pattern, e->failure, e);
    } else {
      hcsref_buf_append(buf, e->line);
      hcsref_buf_append_char(buf, '\n');
    }
  }
  for (i = 0; i < x->unlisted.len; i++)
    if (list[i].like == NULL || list[i].like->passed > 0)
      append_entry(buf, list[i].id, list[i].failure, list[i].like);
  return !buf->failed && !x->out_of_memory;
}

bool kit_expectations_update(const kit_expectations *x, bool whole_suite, char *message, size_t size) {
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  output_file out;
  bool ok = false;
  hcsref_arena_init(&arena, NULL, 0);
  if (!kit_expectations_text(x, whole_suite, &buf)) {
    snprintf(message, size, "out of memory");
  } else if (!output_open(x->path, &out)) {
    snprintf(message, size, "%s: %s", x->path, strerror(errno));
  } else {
    output_write(&out, buf.data, buf.len);
    ok = output_close(&out, true);
    if (!ok)
      snprintf(message, size, "%s: %s", x->path, strerror(errno));
  }
  hcsref_arena_free(&arena);
  return ok;
}

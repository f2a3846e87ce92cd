/* SPDX-License-Identifier: Apache-2.0 */
#include "check/with.h"

#include "check/names.h"
#include "check/recording/scrub.h"
#include "io/print.h"
#include "lint/document.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_LENGTH  300u              /* characters of a value in a message */
#define MOST_PAIRS    ((size_t)1000000) /* of documents that are held against each other to find the same ones */
#define CALLS_COUNTED 512u              /* kinds of calls: there are about 200 */

/* A document that was handed over, in the words that two runs share. */
typedef struct handed {
  hcsref_str call, member, text;
  uint64_t line;
  size_t order;
} handed;

typedef struct call_count {
  hcsref_str call;
  uint64_t count;
} call_count;

typedef struct recording {
  hcsref_arena *arena;
  hcsref_str text;
  names own;              /* GUIDs and ids of its own */
  hcsref_slice documents; /* []handed, by call, member and order */
  hcsref_slice calls;     /* []call_count, by call */
} recording;

typedef struct comparison {
  const with_request *request;
  with_totals *totals;
  hcsref_arena arena, scratch; /* of the recordings; of a pair */
} comparison;

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Arguments that are documents. Source: tools/hcssim/dll. */
static const char *const members[] = {"configuration", "parameters", "settings",  "query",
                                      "options",       "request",    "layerData", "parents"};

typedef bool (*line_reader)(recording *r, const kit_json *line, uint64_t number);

/* Lines that are no JSON are passed over: check tells of them. */
static bool each_line(recording *r, hcsref_arena *scratch, line_reader read) {
  hcsref_str rest = r->text;
  hcsref_error err;
  for (uint64_t number = 1; rest.len > 0; number++) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    kit_json *tree;
    rest = hcsref_str_skip(rest, line.len + (newline != NULL));
    hcsref_arena_reset(scratch);
    if (kit_json_parse(scratch, line, &tree, &err) ? !read(r, tree, number) : strcmp(err.code, "out-of-memory") == 0)
      return false;
  }
  return true;
}

static bool learn_names(recording *r, const kit_json *line, uint64_t number) {
  (void)number;
  if (hcsref_str_equal(kit_json_get_string(line, "call"), HCSREF_LIT("HcsCreateComputeSystem")) &&
      !names_add(&r->own, kit_json_get_string(kit_json_get(line, "in"), "id")))
    return false;
  return names_add_guids(&r->own, line->raw);
}

static bool count_call(recording *r, hcsref_str call) {
  call_count *counts = r->calls.items, *added;
  for (size_t i = 0; i < r->calls.len; i++) {
    if (hcsref_str_equal(counts[i].call, call)) {
      counts[i].count++;
      return true;
    }
  }
  if (r->calls.len == CALLS_COUNTED)
    return true;
  added = hcsref_slice_push(r->arena, &r->calls, sizeof(*added));
  if (added == NULL || !hcsref_str_copy(r->arena, call, &added->call))
    return false;
  added->count = 1;
  return true;
}

/* As JSON, also where it was recorded as a string. */
static hcsref_str text_of(const kit_json *argument) {
  return argument->kind == KIT_JSON_STRING ? argument->text : argument->raw;
}

static bool add_document(recording *r, hcsref_str call, const char *member, const kit_json *argument, uint64_t line) {
  handed *document = hcsref_slice_push(r->arena, &r->documents, sizeof(*document));
  if (document == NULL)
    return false;
  document->member = hcsref_cstr(member);
  document->line = line;
  document->order = r->documents.len;
  return hcsref_str_copy(r->arena, call, &document->call) &&
         names_replace(&r->own, r->arena, text_of(argument), &document->text);
}

static bool read_documents(recording *r, const kit_json *line, uint64_t number) {
  hcsref_str call = kit_json_get_string(line, "call");
  const kit_json *in = kit_json_get(line, "in");
  if (call.len == 0)
    return true;
  if (!count_call(r, call))
    return false;
  for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
    const kit_json *argument = kit_json_get(in, members[i]);
    if (argument != NULL && !add_document(r, call, members[i], argument, number))
      return false;
  }
  return true;
}

static int by_call(const void *a, const void *b) {
  return hcsref_str_compare(((const call_count *)a)->call, ((const call_count *)b)->call);
}

static int compare_keys(const handed *a, const handed *b) {
  const int order = hcsref_str_compare(a->call, b->call);
  return order != 0 ? order : hcsref_str_compare(a->member, b->member);
}

static int by_key(const void *a, const void *b) {
  const handed *left = a, *right = b;
  const int order = compare_keys(left, right);
  return order != 0 ? order : left->order < right->order ? -1 : 1;
}

static bool read_recording(recording *r, hcsref_arena *scratch) {
  if (!each_line(r, scratch, read_documents))
    return false;
  if (r->documents.len > 1)
    qsort(r->documents.items, r->documents.len, sizeof(handed), by_key);
  if (r->calls.len > 1)
    qsort(r->calls.items, r->calls.len, sizeof(call_count), by_call);
  return true;
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static void tell(const comparison *c, const handed *a, const handed *b, hcsref_str pointer, hcsref_str message) {
  with_difference difference = {.pointer = pointer, .message = message};
  if (b != NULL) {
    difference.call = b->call;
    difference.other = b->line;
  }
  if (a != NULL) {
    difference.call = a->call;
    difference.line = a->line;
  }
  c->request->found(c->request->context, &difference);
}

/* Without memory it is not shown. */
static hcsref_str shown(comparison *c, hcsref_str pointer, hcsref_str value) {
  if (value.data == NULL)
    return HCSREF_LIT("nothing");
  if (!c->request->keep_secrets && !scrub_value(&c->scratch, pointer, value, &value))
    return HCSREF_LIT(SCRUBBED);
  return hcsref_str_first(value, SHOWN_LENGTH);
}

static bool tell_differences(comparison *c, const handed *a, const handed *b, const kit_differences *differences) {
  hcsref_str message;
  for (const kit_difference *d = differences->first; d != NULL; d = d->next) {
    if (!hcsref_format(&c->scratch, &message, "%s: %v, and in the other %v", kit_difference_name(d->kind),
                       shown(c, d->pointer, d->expected), shown(c, d->pointer, d->actual)))
      return false;
    tell(c, a, b, d->pointer, message);
  }
  if (differences->count <= KIT_DIFFERENCES_KEPT)
    return true;
  if (!hcsref_format(&c->scratch, &message, "%u more differences",
                     (uint64_t)(differences->count - KIT_DIFFERENCES_KEPT)))
    return false;
  tell(c, a, b, hcsref_str_from(NULL, 0), message);
  return true;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

static bool compare_pair(comparison *c, const handed *a, const handed *b) {
  kit_differences differences = {0};
  kit_document document;
  kit_json *left, *right;
  hcsref_error err;
  hcsref_arena_reset(&c->scratch);
  if (hcsref_str_equal(a->text, b->text)) {
    c->totals->same++;
    return true;
  }
  if (!kit_json_parse(&c->scratch, a->text, &left, &err) || !kit_json_parse(&c->scratch, b->text, &right, &err)) {
    if (strcmp(err.code, "out-of-memory") == 0)
      return false;
    c->totals->differ++;
    tell(c, a, b, hcsref_str_from(NULL, 0), HCSREF_LIT("the texts differ, and one is not JSON"));
    return true;
  }
  (void)kit_document_find(NULL, left, &document);
  if (!kit_compare(&c->scratch, c->request->tier, document.shape, left, right, &differences, &err))
    return false;
  c->totals->same += differences.count == 0;
  c->totals->differ += differences.count != 0;
  return tell_differences(c, a, b, &differences);
}

static void tell_alone(comparison *c, const handed *a, const handed *b) {
  c->totals->alone++;
  tell(c, a, b, hcsref_str_from(NULL, 0),
       a != NULL ? HCSREF_LIT("only this recording has the document")
                 : HCSREF_LIT("only the other recording has the document"));
}

/* Between two that are the same: in their order. */
static bool compare_between(comparison *c, const handed *a, size_t a_count, const handed *b, size_t b_count) {
  const size_t both = a_count < b_count ? a_count : b_count;
  for (size_t i = 0; i < both; i++)
    if (!compare_pair(c, &a[i], &b[i]))
      return false;
  for (size_t i = both; i < a_count; i++)
    tell_alone(c, &a[i], NULL);
  for (size_t i = both; i < b_count; i++)
    tell_alone(c, NULL, &b[i]);
  return true;
}

/* Lengths of the longest common sequences of what is left of both, a row a document of `a`. */
static uint32_t *common_lengths(hcsref_arena *arena, const handed *a, size_t a_count, const handed *b, size_t b_count) {
  const size_t width = b_count + 1;
  uint32_t *lengths = hcsref_arena_array(arena, (a_count + 1) * width, sizeof(*lengths));
  for (size_t i = a_count; lengths != NULL && i-- > 0;)
    for (size_t k = b_count; k-- > 0;) {
      const uint32_t down = lengths[(i + 1) * width + k], right = lengths[i * width + k + 1];
      lengths[i * width + k] = hcsref_str_equal(a[i].text, b[k].text) ? lengths[(i + 1) * width + k + 1] + 1
                               : down > right                         ? down
                                                                      : right;
    }
  return lengths;
}

/* What follows the first `count` of a list, which may be none. */
static const handed *behind(const handed *list, size_t count) {
  return list == NULL ? NULL : list + count;
}

/* Documents of one call: those that are the same, in order, part the others. */
static bool compare_group(comparison *c, const handed *a, size_t a_count, const handed *b, size_t b_count) {
  const size_t width = b_count + 1;
  size_t i = 0, k = 0, a_done = 0, b_done = 0;
  hcsref_arena arena;
  const uint32_t *lengths;
  bool ok = true;
  if (a_count == 0 || b_count == 0 || a_count == b_count || a_count + 1 > MOST_PAIRS / width)
    return compare_between(c, a, a_count, b, b_count);
  hcsref_arena_init(&arena, NULL, 0);
  lengths = common_lengths(&arena, a, a_count, b, b_count);
  while (lengths != NULL && ok && i < a_count && k < b_count) {
    if (hcsref_str_equal(a[i].text, b[k].text)) {
      ok = compare_between(c, a + a_done, i - a_done, b + b_done, k - b_done);
      c->totals->same++;
      a_done = ++i;
      b_done = ++k;
    } else if (lengths[(i + 1) * width + k] >= lengths[i * width + k + 1]) {
      i++;
    } else {
      k++;
    }
  }
  ok = ok && lengths != NULL &&
       compare_between(c, behind(a, a_done), a_count - a_done, behind(b, b_done), b_count - b_done);
  hcsref_arena_free(&arena);
  return ok;
}

/* How many at the beginning have the key of the first. */
static size_t group_length(const handed *documents, size_t count) {
  size_t length = count == 0 ? 0 : 1;
  while (length < count && compare_keys(documents, &documents[length]) == 0)
    length++;
  return length;
}

static bool compare_documents(comparison *c, const recording *left, const recording *right) {
  const handed *a = left->documents.items, *b = right->documents.items;
  size_t a_left = left->documents.len, b_left = right->documents.len;
  while (a_left + b_left > 0) {
    const int order = a_left == 0 ? 1 : b_left == 0 ? -1 : compare_keys(a, b);
    const size_t a_count = order <= 0 ? group_length(a, a_left) : 0, b_count = order >= 0 ? group_length(b, b_left) : 0;
    if (!compare_group(c, a, a_count, b, b_count))
      return false;
    a = a_count == 0 ? a : a + a_count;
    b = b_count == 0 ? b : b + b_count;
    a_left -= a_count;
    b_left -= b_count;
  }
  return true;
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static bool tell_count(comparison *c, hcsref_str call, uint64_t count, uint64_t other) {
  handed of = {.call = call};
  hcsref_str message;
  if (count == other)
    return true;
  c->totals->more++;
  if (!hcsref_format(&c->scratch, &message, "%u call%s, and in the other %u", count, kit_plural(count), other))
    return false;
  tell(c, &of, &of, hcsref_str_from(NULL, 0), message);
  return true;
}

static bool compare_calls(comparison *c, const recording *left, const recording *right) {
  const call_count *a = left->calls.items, *b = right->calls.items;
  size_t i = 0, k = 0;
  while (i < left->calls.len || k < right->calls.len) {
    const int order = i == left->calls.len ? 1 : k == right->calls.len ? -1 : by_call(&a[i], &b[k]);
    hcsref_arena_reset(&c->scratch);
    if (!tell_count(c, order <= 0 ? a[i].call : b[k].call, order <= 0 ? a[i].count : 0, order >= 0 ? b[k].count : 0))
      return false;
    i += order <= 0;
    k += order >= 0;
  }
  return true;
}

/* ---- both -------------------------------------------------------------------------------------------------------- */

static bool compare(comparison *c) {
  recording left = {.arena = &c->arena, .text = c->request->text},
            right = {.arena = &c->arena, .text = c->request->other};
  left.own.arena = right.own.arena = &c->arena;
  if (!each_line(&left, &c->scratch, learn_names) || !each_line(&right, &c->scratch, learn_names))
    return false;
  names_only_in_one(&left.own, &right.own);
  if (!read_recording(&left, &c->scratch) || !read_recording(&right, &c->scratch))
    return false;
  c->totals->documents = left.documents.len;
  c->totals->others = right.documents.len;
  return compare_documents(c, &left, &right) && compare_calls(c, &left, &right);
}

bool with_compare(const with_request *request, with_totals *totals) {
  comparison c = {.request = request, .totals = totals};
  bool ok;
  memset(totals, 0, sizeof(*totals));
  hcsref_arena_init(&c.arena, NULL, 0);
  hcsref_arena_init(&c.scratch, NULL, 0);
  ok = compare(&c);
  hcsref_arena_free(&c.scratch);
  hcsref_arena_free(&c.arena);
  return ok;
}

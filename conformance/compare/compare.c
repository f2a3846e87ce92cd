/* SPDX-License-Identifier: Apache-2.0 */
/* Two trees side by side. Objects are matched by sorted keys, arrays after their common beginning and end have
 * been set aside, so that one element that is missing is one difference. */
#include "compare/compare.h"

#include "compare/number.h"
#include "compare/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct comparison {
  hcsref_arena *arena;
  hcsref_error *err;
  kit_tier tier;
  kit_differences *out;
  /* How many more pairs of values the search for equal array elements may look at: each level of nesting looks
   * at the same values again, and a hostile text must not make that quadratic. Once it is used up elements are
   * compared in pairs. */
  size_t effort;
  size_t depth; /* levels of arrays and objects around the values that are compared */
  bool out_of_memory;
} comparison;

/* Where we are: a chain up to the root, written out only when there is something to report. */
typedef struct place {
  const struct place *up;
  hcsref_str key;
  size_t index;
} place;

const char *kit_difference_name(kit_difference_kind kind) {
  static const char *const names[] = {"missing", "extra", "type", "value", "order", "number form", "escape", "space"};
  return names[kind];
}

static const char *const tier_names[] = {"semantic", "canonical", "bytes"};

const char *kit_tier_name(kit_tier tier) {
  return tier_names[tier];
}

bool kit_tier_from_name(hcsref_str name, kit_tier *out) {
  size_t i;
  for (i = 0; i < sizeof(tier_names) / sizeof(tier_names[0]); i++) {
    if (hcsref_str_equal(name, hcsref_cstr(tier_names[i]))) {
      *out = (kit_tier)i;
      return true;
    }
  }
  return false;
}

/* ---- reporting ---------------------------------------------------------------------------------------- */

/* The chain of places, outermost first, as a JSON pointer. */
static hcsref_str pointer_of(comparison *c, const place *at) {
  const place *p;
  const place **chain;
  size_t depth = 0, i;
  hcsref_buf buf = {c->arena, NULL, 0, 0, false};
  for (p = at; p->up != NULL; p = p->up)
    depth++;
  chain = hcsref_arena_array(c->arena, depth, sizeof(const place *));
  if (chain == NULL) {
    c->out_of_memory = true;
    return HCSREF_LIT("");
  }
  for (p = at, i = depth; p->up != NULL; p = p->up)
    chain[--i] = p;
  for (i = 0; i < depth; i++)
    kit_pointer_append_child(&buf, chain[i]->key, chain[i]->index);
  c->out_of_memory = c->out_of_memory || buf.failed;
  return hcsref_buf_str(&buf);
}

/* As it is told to people: a value that is laid out over several lines becomes one. */
static hcsref_str one_line(comparison *c, kit_difference_kind kind, const kit_json *node) {
  hcsref_buf buf = {c->arena, NULL, 0, 0, false};
  if (node == NULL)
    return hcsref_str_from(NULL, 0);
  if (kind == KIT_SPACE || memchr(node->raw.data, '\n', node->raw.len) == NULL)
    return node->raw;
  kit_json_append_compact(&buf, node->raw);
  c->out_of_memory = c->out_of_memory || buf.failed;
  return hcsref_buf_str(&buf);
}

static void report(comparison *c, kit_difference_kind kind, const place *at, const kit_json *expected,
                   const kit_json *actual) {
  kit_difference *d;
  if (++c->out->count > KIT_DIFFERENCES_KEPT)
    return;
  d = hcsref_arena_alloc(c->arena, sizeof(*d));
  if (d == NULL) {
    c->out_of_memory = true;
    return;
  }
  d->kind = kind;
  d->pointer = pointer_of(c, at);
  d->expected = one_line(c, kind, expected);
  d->actual = one_line(c, kind, actual);
  if (c->out->last == NULL)
    c->out->first = d;
  else
    c->out->last->next = d;
  c->out->last = d;
}

/* ---- members in the order of their keys --------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
  const kit_json *const *x = a;
  const kit_json *const *y = b;
  int order = hcsref_str_compare((*x)->key, (*y)->key);
  /* Equal keys in the order of the text, which is that of the pointers into it. */
  return order != 0 ? order : (*x)->raw.data < (*y)->raw.data ? -1 : 1;
}

static const kit_json **sorted_members(comparison *c, const kit_json *object) {
  const kit_json **members = hcsref_arena_array(c->arena, object->count, sizeof(const kit_json *));
  const kit_json *child;
  size_t i = 0;
  if (members == NULL) {
    c->out_of_memory = true;
    return NULL;
  }
  for (child = object->first; child != NULL; child = child->next)
    members[i++] = child;
  qsort(members, object->count, sizeof(*members), by_key);
  return members;
}

/* One step through two sorted lists of members. */
typedef struct member_pair {
  const kit_json *expected, *actual; /* one may be null */
  bool repeated;                     /* `actual` has the key of the one before it */
} member_pair;

typedef struct member_walk {
  const kit_json **expected, **actual;
  size_t expected_count, actual_count, i, j;
} member_walk;

static bool start_walk(comparison *c, const kit_json *expected, const kit_json *actual, member_walk *w) {
  w->expected = sorted_members(c, expected);
  w->actual = w->expected == NULL ? NULL : sorted_members(c, actual);
  w->expected_count = expected->count;
  w->actual_count = actual->count;
  w->i = w->j = 0;
  return w->actual != NULL;
}

static bool next_pair(member_walk *w, member_pair *pair) {
  const kit_json *e = w->i < w->expected_count ? w->expected[w->i] : NULL;
  const kit_json *a = w->j < w->actual_count ? w->actual[w->j] : NULL;
  int order;
  if (e == NULL && a == NULL)
    return false;
  order = e == NULL ? 1 : a == NULL ? -1 : hcsref_str_compare(e->key, a->key);
  pair->expected = order <= 0 ? e : NULL;
  pair->actual = order >= 0 ? a : NULL;
  pair->repeated = order > 0 && w->j > 0 && hcsref_str_equal(w->actual[w->j - 1]->key, a->key);
  w->i += order <= 0;
  w->j += order >= 0;
  return true;
}

/* ---- equality ----------------------------------------------------------------------------------------- */

static bool equal(comparison *c, kit_shape shape, const kit_json *e, const kit_json *a);

static bool spend(comparison *c, size_t effort) {
  if (c->effort < effort)
    return false;
  c->effort -= effort;
  return true;
}

static bool may_be_absent(const comparison *c, kit_shape shape, const kit_json *node) {
  return c->tier == KIT_SEMANTIC && kit_is_omitted(shape, node);
}

static bool equal_objects(comparison *c, kit_shape shape, const kit_json *e, const kit_json *a) {
  member_walk walk;
  member_pair pair;
  if (!start_walk(c, e, a, &walk))
    return false;
  while (next_pair(&walk, &pair)) {
    const kit_json *present = pair.expected != NULL ? pair.expected : pair.actual;
    kit_shape member = kit_member_shape(shape, present->key);
    bool same = pair.expected != NULL && pair.actual != NULL ? equal(c, member, pair.expected, pair.actual)
                                                             : !pair.repeated && may_be_absent(c, member, present);
    if (!same)
      return false;
  }
  return true;
}

static bool equal_arrays(comparison *c, kit_shape shape, const kit_json *e, const kit_json *a) {
  kit_shape element = kit_element_shape(shape);
  const kit_json *x = e->first, *y = a->first;
  if (e->count != a->count)
    return false;
  for (; x != NULL; x = x->next, y = y->next)
    if (!equal(c, element, x, y))
      return false;
  return true;
}

static bool equal_scalars(const comparison *c, const kit_json *e, const kit_json *a) {
  if (c->tier == KIT_BYTES)
    return hcsref_str_equal(e->raw, a->raw);
  if (e->kind == KIT_JSON_NUMBER)
    return kit_number_equal(e->raw, a->raw);
  if (e->kind == KIT_JSON_STRING)
    return hcsref_str_equal(e->text, a->text);
  return hcsref_str_equal(e->raw, a->raw);
}

static bool is_container(const kit_json *node) {
  return node->kind == KIT_JSON_OBJECT || node->kind == KIT_JSON_ARRAY;
}

/* What lies too deep to look into is the same when it is spelt the same, white space aside. */
static bool is_too_deep(const comparison *c, const kit_json *e, const kit_json *a) {
  return c->depth >= KIT_WALK_DEPTH && is_container(e) && is_container(a);
}

static bool equal_children(comparison *c, kit_shape shape, const kit_json *e, const kit_json *a) {
  bool same;
  if (is_too_deep(c, e, a))
    return spend(c, 1 + a->raw.len / 8) && kit_json_same_text(e->raw, a->raw);
  c->depth++;
  same = e->kind == KIT_JSON_OBJECT ? equal_objects(c, shape, e, a) : equal_arrays(c, shape, e, a);
  c->depth--;
  return same;
}

static bool equal(comparison *c, kit_shape shape, const kit_json *e, const kit_json *a) {
  if (!spend(c, c->tier == KIT_BYTES ? 1 + a->raw.len / 8 : 1 + e->count + a->count))
    return false;
  if (c->tier == KIT_BYTES)
    return hcsref_str_equal(e->raw, a->raw);
  if (may_be_absent(c, shape, e) && may_be_absent(c, shape, a))
    return true;
  if (e->kind != a->kind)
    return false;
  return is_container(e) ? equal_children(c, shape, e, a) : equal_scalars(c, e, a);
}

/* ---- differences -------------------------------------------------------------------------------------- */

static void compare_values(comparison *c, kit_shape shape, const place *at, const kit_json *e, const kit_json *a);

static bool same_member_order(const kit_json *e, const kit_json *a) {
  const kit_json *x = e->first, *y = a->first;
  for (; x != NULL && y != NULL; x = x->next, y = y->next)
    if (!hcsref_str_equal(x->key, y->key))
      return false;
  return x == NULL && y == NULL;
}

static void compare_members(comparison *c, kit_shape shape, const place *at, const member_pair *pair) {
  const kit_json *present = pair->expected != NULL ? pair->expected : pair->actual;
  kit_shape member = kit_member_shape(shape, present->key);
  place here = {at, present->key, 0};
  if (pair->expected == NULL || pair->actual == NULL) {
    if (pair->repeated || !may_be_absent(c, member, present))
      report(c, pair->expected == NULL ? KIT_EXTRA : KIT_MISSING, &here, pair->expected, pair->actual);
    return;
  }
  if (c->tier == KIT_BYTES && !hcsref_str_equal(pair->expected->raw_key, pair->actual->raw_key))
    report(c, KIT_ESCAPE, &here, pair->expected, pair->actual);
  compare_values(c, member, &here, pair->expected, pair->actual);
}

static void compare_objects(comparison *c, kit_shape shape, const place *at, const kit_json *e, const kit_json *a) {
  member_walk walk;
  member_pair pair;
  size_t before = c->out->count;
  bool all_paired = true;
  if (!start_walk(c, e, a, &walk))
    return;
  while (next_pair(&walk, &pair)) {
    all_paired = all_paired && pair.expected != NULL && pair.actual != NULL;
    compare_members(c, shape, at, &pair);
  }
  if (c->tier == KIT_BYTES && all_paired && c->out->count == before && !same_member_order(e, a))
    report(c, KIT_ORDER, at, e, a);
}

static bool element_array(comparison *c, const kit_json *array, const kit_json ***out) {
  const kit_json *child;
  size_t i = 0;
  *out = hcsref_arena_array(c->arena, array->count, sizeof(const kit_json *));
  if (*out == NULL) {
    c->out_of_memory = true;
    return false;
  }
  for (child = array->first; child != NULL; child = child->next)
    (*out)[i++] = child;
  return true;
}

/* Are the `n` elements of both the same ones in another order? Looks for each in the other, within the effort
 * that is left. */
static bool is_reordered(comparison *c, kit_shape element, const kit_json **e, const kit_json **a, size_t n) {
  bool *taken = hcsref_arena_array(c->arena, n, sizeof(bool));
  size_t i, j;
  if (taken == NULL) {
    c->out_of_memory = true;
    return false;
  }
  for (i = 0; i < n; i++) {
    for (j = 0; j < n; j++)
      if (!taken[j] && equal(c, element, e[i], a[j]))
        break;
    if (j == n)
      return false;
    taken[j] = true;
  }
  return n > 1;
}

static void report_element(comparison *c, kit_difference_kind kind, const place *at, size_t index, const kit_json *e,
                           const kit_json *a) {
  place here = {at, {NULL, 0}, index};
  report(c, kind, &here, e, a);
}

static void compare_arrays(comparison *c, kit_shape shape, const place *at, const kit_json *e, const kit_json *a) {
  kit_shape element = kit_element_shape(shape);
  const kit_json **x, **y;
  size_t from = 0, e_end = e->count, a_end = a->count, i;
  if (!element_array(c, e, &x) || !element_array(c, a, &y))
    return;
  while (from < e_end && from < a_end && equal(c, element, x[from], y[from]))
    from++;
  while (e_end > from && a_end > from && equal(c, element, x[e_end - 1], y[a_end - 1])) {
    e_end--;
    a_end--;
  }
  if (e_end == a_end && is_reordered(c, element, x + from, y + from, e_end - from)) {
    report(c, KIT_ORDER, at, e, a);
    return;
  }
  for (i = from; i < e_end || i < a_end; i++) {
    place here = {at, {NULL, 0}, i};
    if (i < e_end && i < a_end)
      compare_values(c, element, &here, x[i], y[i]);
    else
      report_element(c, i < e_end ? KIT_MISSING : KIT_EXTRA, at, i, i < e_end ? x[i] : NULL, i < e_end ? NULL : y[i]);
  }
}

static void compare_scalars(comparison *c, const place *at, const kit_json *e, const kit_json *a) {
  kit_difference_kind kind = KIT_VALUE;
  if (equal_scalars(c, e, a))
    return;
  if (e->kind == KIT_JSON_NUMBER && kit_number_equal(e->raw, a->raw))
    kind = KIT_NUMBER_FORM;
  if (e->kind == KIT_JSON_STRING && hcsref_str_equal(e->text, a->text))
    kind = KIT_ESCAPE;
  report(c, kind, at, e, a);
}

static void compare_children(comparison *c, kit_shape shape, const place *at, const kit_json *e, const kit_json *a) {
  if (is_too_deep(c, e, a)) {
    if (c->tier == KIT_BYTES ? !hcsref_str_equal(e->raw, a->raw) : !kit_json_same_text(e->raw, a->raw))
      report(c, KIT_VALUE, at, e, a);
    return;
  }
  c->depth++;
  if (e->kind == KIT_JSON_OBJECT)
    compare_objects(c, shape, at, e, a);
  else
    compare_arrays(c, shape, at, e, a);
  c->depth--;
}

static void compare_values(comparison *c, kit_shape shape, const place *at, const kit_json *e, const kit_json *a) {
  if (may_be_absent(c, shape, e) && may_be_absent(c, shape, a))
    return;
  if (e->kind != a->kind)
    report(c, KIT_TYPE, at, e, a);
  else if (is_container(e))
    compare_children(c, shape, at, e, a);
  else
    compare_scalars(c, at, e, a);
}

/* ---- entry points ------------------------------------------------------------------------------------- */

static bool compare_trees(comparison *c, kit_shape shape, const kit_json *expected, const kit_json *actual) {
  place root = {NULL, {NULL, 0}, 0};
  c->effort = 20000 + 8 * (expected->raw.len + actual->raw.len);
  memset(c->out, 0, sizeof(*c->out));
  compare_values(c, shape, &root, expected, actual);
  return !c->out_of_memory || hcsref_fail_memory(c->err);
}

bool kit_compare(hcsref_arena *arena, kit_tier tier, kit_shape shape, const kit_json *expected, const kit_json *actual,
                 kit_differences *out, hcsref_error *err) {
  comparison c = {arena, err, tier, out, 0, 0, false};
  return compare_trees(&c, shape, expected, actual);
}

static size_t first_difference(hcsref_str a, hcsref_str b) {
  size_t i = 0;
  while (i < a.len && i < b.len && a.data[i] == b.data[i])
    i++;
  return i;
}

bool kit_compare_texts(hcsref_arena *arena, hcsref_str expected, hcsref_str actual, kit_differences *out,
                       hcsref_error *err) {
  comparison c = {arena, err, KIT_BYTES, out, 0, 0, false};
  const kit_shape unknown = {NULL, false, NULL};
  place root = {NULL, {NULL, 0}, 0};
  kit_json *e, *a;
  memset(out, 0, sizeof(*out));
  if (hcsref_str_equal(expected, actual))
    return true;
  if (!kit_json_parse(arena, expected, &e, err) || !kit_json_parse(arena, actual, &a, err))
    return false;
  if (!compare_trees(&c, unknown, e, a))
    return false;
  out->offset = first_difference(expected, actual);
  if (out->count != 0)
    return true;
  report(&c, KIT_SPACE, &root, e, a);
  return !c.out_of_memory || hcsref_fail_memory(err);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/members.h"

#include "compare/tree.h"
#include "run/cases/values.h"

#include <stdlib.h>
#include <string.h>

/* Fewer bytes are repeated: a reference would hide more than it saves. */
#define SHORTEST ((size_t)48)
/* Most members that one name stands for. */
#define MOST_MEMBERS 12
/* About what a reference takes, what the line with the name does beside the members, and the least that is saved. */
#define REFERENCE  ((size_t)20)
#define NAMING     ((size_t)30)
#define LEAST_GAIN ((size_t)60)
/* How deep in a line members are looked for. */
#define DEEPEST 16
/* A longer key gives no name. */
#define LONGEST_KEY ((size_t)40)

/* A member, and what became of it. */
typedef struct member {
  hcsref_str raw; /* with its key */
  uint64_t hash;
  size_t object, after; /* the object that it is in, and the first behind those in its value */
  size_t run;           /* the one that begins here, from 1; 0: none */
  bool taken, dropped;  /* it is part of a run; and not where the run is written first */
} member;

typedef struct object {
  hcsref_str word; /* what names of its members begin with */
  size_t first, count;
  size_t up; /* the member that it is in, from 1; 0: it is all there is */
} object;

/* Members of one object, one after another. */
typedef struct span {
  uint64_t hash;
  size_t first, count;
} span;

/* Spans of the same text. */
typedef struct group {
  size_t first, count; /* of the sorted spans */
  size_t gain, member; /* where it is found first */
} group;

typedef struct run {
  hcsref_str name; /* none: it was not written yet */
  size_t count;
} run;

typedef struct namer {
  hcsref_arena *arena;
  hcsref_slice objects, members, runs, lines; /* of object, member, run, const kit_json * */
  uint64_t named;
  hcsref_buf out;
  bool failed;
} namer;

static member *member_at(const namer *n, size_t index) {
  return (member *)n->members.items + index;
}

static object *object_at(const namer *n, size_t index) {
  return (object *)n->objects.items + index;
}

/* ---- what there is ---------------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t value) {
  return (hash ^ value) * 1099511628211u;
}

static uint64_t hash_of(hcsref_str text) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < text.len; i++)
    hash = mix(hash, (unsigned char)text.data[i]);
  return hash;
}

static hcsref_str word_of(hcsref_str key) {
  return key.len > 0 && key.len <= LONGEST_KEY && kit_values_is_name(key) ? key : HCSREF_LIT("value");
}

/* Where a value is. */
typedef struct place {
  hcsref_str word;
  size_t up;
  int depth;
} place;

static void find_objects(namer *n, const kit_json *node, place at);

static void find_members(namer *n, const kit_json *node, place at) {
  object *added = hcsref_slice_push(n->arena, &n->objects, sizeof(*added));
  size_t number = n->objects.len - 1, index = n->members.len;
  if (added == NULL) {
    n->failed = true;
    return;
  }
  *added = (object){at.word, index, node->count, at.up};
  for (const kit_json *child = node->first; child != NULL; child = child->next) {
    const char *start = child->raw_key.data;
    member *m = hcsref_slice_push(n->arena, &n->members, sizeof(*m));
    n->failed = n->failed || m == NULL;
    if (m == NULL)
      return;
    *m = (member){.raw = hcsref_str_from(start, (size_t)(child->raw.data - start) + child->raw.len), .object = number};
    m->hash = hash_of(m->raw);
  }
  for (const kit_json *child = node->first; child != NULL && !n->failed; child = child->next) {
    find_objects(n, child, (place){word_of(child->key), index + 1, at.depth + 1});
    member_at(n, index++)->after = n->objects.len;
  }
}

static bool is_looked_into(const kit_json *node, int depth) {
  return node->first != NULL && depth < DEEPEST;
}

static void find_objects(namer *n, const kit_json *node, place at) {
  if (!is_looked_into(node, at.depth))
    return;
  if (node->kind == KIT_JSON_OBJECT) {
    find_members(n, node, at);
    return;
  }
  at.depth++;
  for (const kit_json *child = node->first; child != NULL && !n->failed; child = child->next)
    find_objects(n, child, at);
}

/* The value of a line that names one; of any other the case itself. */
static const kit_json *value_of(const kit_json *line) {
  return kit_values_names(line->raw) ? line->last : line;
}

/* What the name of a line begins with, which ends in a number. */
static hcsref_str line_word(const kit_json *line) {
  hcsref_str name = line->first->text;
  if (!kit_values_names(line->raw))
    return HCSREF_LIT("case");
  while (name.len > 0 && name.data[name.len - 1] != '-')
    name.len--;
  return word_of(hcsref_str_first(name, name.len == 0 ? 0 : name.len - 1));
}

static bool read_lines(namer *n, hcsref_str text, hcsref_error *err) {
  while (text.len > 0) {
    const char *end = memchr(text.data, '\n', text.len);
    hcsref_str line = end == NULL ? text : hcsref_str_first(text, (size_t)(end - text.data));
    kit_json *tree, **entry;
    text = hcsref_str_skip(text, line.len + 1);
    if (!kit_json_parse(n->arena, line, &tree, err))
      return false;
    entry = hcsref_slice_push(n->arena, &n->lines, sizeof(kit_json *));
    if (entry == NULL)
      return hcsref_fail_memory(err);
    *entry = tree;
    if (tree->first != NULL)
      find_objects(n, value_of(tree), (place){line_word(tree), 0, 0});
    if (n->failed)
      return hcsref_fail_memory(err);
  }
  return true;
}

/* ---- what is shared --------------------------------------------------------------------------------------------- */

static hcsref_str text_of(const namer *n, const span *s) {
  const hcsref_str first = member_at(n, s->first)->raw, last = member_at(n, s->first + s->count - 1)->raw;
  return hcsref_str_from(first.data, (size_t)(last.data - first.data) + last.len);
}

/* What naming a text that is found so often saves; 0: not enough. */
static size_t gain_of(size_t length, size_t uses) {
  size_t cost = uses * REFERENCE + NAMING;
  return uses > 1 && (uses - 1) * length >= cost + LEAST_GAIN ? (uses - 1) * length - cost : 0;
}

/* The spans of an object. The first member is in none: a reference to members has one before it. */
static void find_spans(namer *n, hcsref_arena *scratch, const object *o, hcsref_slice *spans) {
  for (size_t first = o->first + 1; first < o->first + o->count; first++) {
    span next = {0, first, 0};
    while (next.count < MOST_MEMBERS && first + next.count < o->first + o->count) {
      span *added;
      next.hash = mix(next.hash, member_at(n, first + next.count++)->hash);
      if (text_of(n, &next).len < SHORTEST)
        continue;
      added = hcsref_slice_push(scratch, spans, sizeof(*added));
      if (added == NULL) {
        n->failed = true;
        return;
      }
      *added = next;
    }
  }
}

static int by_hash(const void *a, const void *b) {
  const span *x = a, *y = b;
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return x->first < y->first ? -1 : x->first > y->first;
}

static int by_gain(const void *a, const void *b) {
  const group *x = a, *y = b;
  if (x->gain != y->gain)
    return x->gain > y->gain ? -1 : 1;
  return x->member < y->member ? -1 : x->member > y->member;
}

/* Spans of the same hash that are worth a name. */
static void find_groups(namer *n, hcsref_arena *scratch, const hcsref_slice *spans, hcsref_slice *groups) {
  const span *all = spans->items;
  for (size_t first = 0, end; first < spans->len; first = end) {
    group *added, found = {first, 0, 0, all[first].first};
    for (end = first + 1; end < spans->len && all[end].hash == all[first].hash;)
      end++;
    found.count = end - first;
    found.gain = gain_of(text_of(n, &all[first]).len, found.count);
    if (found.gain == 0)
      continue;
    added = hcsref_slice_push(scratch, groups, sizeof(*added));
    if (added == NULL) {
      n->failed = true;
      return;
    }
    *added = found;
  }
}

/* Does the object stand in a member that is written elsewhere? */
static bool is_gone(const namer *n, size_t number) {
  size_t up = object_at(n, number)->up;
  while (up != 0 && !member_at(n, up - 1)->dropped)
    up = object_at(n, member_at(n, up - 1)->object)->up;
  return up != 0;
}

/* Is it the text, and no part of it part of something else? `behind`: what comes before that is not. */
static bool is_free(const namer *n, const span *s, hcsref_str text, size_t behind) {
  for (size_t i = s->first; i < s->first + s->count; i++)
    if (i < behind || member_at(n, i)->taken)
      return false;
  return hcsref_str_equal(text_of(n, s), text) && !is_gone(n, member_at(n, s->first)->object);
}

static void take(namer *n, const span *s, bool dropped) {
  for (size_t i = s->first; i < s->first + s->count; i++) {
    member_at(n, i)->taken = true;
    member_at(n, i)->dropped = dropped;
  }
  member_at(n, s->first)->run = n->runs.len;
}

static void name_group(namer *n, const span *spans, const group *g) {
  hcsref_str text = text_of(n, &spans[g->first]);
  size_t uses = 0, behind = 0;
  bool again = false;
  run *added;
  for (size_t i = g->first; i < g->first + g->count; i++)
    if (is_free(n, &spans[i], text, behind)) {
      behind = spans[i].first + spans[i].count;
      uses++;
    }
  if (n->named + n->runs.len >= KIT_VALUES_MOST || gain_of(text.len, uses) == 0)
    return;
  added = hcsref_slice_push(n->arena, &n->runs, sizeof(*added));
  if (added == NULL) {
    n->failed = true;
    return;
  }
  *added = (run){{NULL, 0}, spans[g->first].count};
  for (size_t i = g->first; i < g->first + g->count; i++) {
    if (!is_free(n, &spans[i], text, 0))
      continue;
    take(n, &spans[i], again);
    again = true;
  }
}

/* Names what objects share, what saves most first. */
static void name_all(namer *n) {
  hcsref_slice spans = {NULL, 0, 0}, groups = {NULL, 0, 0};
  hcsref_arena scratch;
  hcsref_arena_init(&scratch, &n->arena->allocator, 0);
  for (size_t i = 0; i < n->objects.len && !n->failed; i++)
    find_spans(n, &scratch, object_at(n, i), &spans);
  if (spans.len > 0)
    qsort(spans.items, spans.len, sizeof(span), by_hash);
  find_groups(n, &scratch, &spans, &groups);
  if (groups.len > 0)
    qsort(groups.items, groups.len, sizeof(group), by_gain);
  for (size_t i = 0; i < groups.len && !n->failed; i++)
    name_group(n, spans.items, (const group *)groups.items + i);
  hcsref_arena_free(&scratch);
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* What is written next. */
typedef struct cursor {
  hcsref_buf *buf;
  size_t object; /* the next that is met */
} cursor;

static void write_value(namer *n, cursor *c, const kit_json *node, int depth);

static void write_member(namer *n, cursor *c, const kit_json *node, int depth) {
  hcsref_buf_append(c->buf, node->raw_key);
  hcsref_buf_append_char(c->buf, ':');
  write_value(n, c, node, depth + 1);
}

/* Writes the line that gives the members their name, below those of what is in them. */
static void name_run(namer *n, run *r, cursor at, const kit_json *node, hcsref_str word, int depth) {
  hcsref_buf value = {.arena = n->arena};
  hcsref_str name = {NULL, 0};
  at.buf = &value;
  hcsref_buf_append_char(&value, '{');
  for (size_t i = 0; i < r->count && !n->failed; i++, node = node->next) {
    if (i > 0)
      hcsref_buf_append_char(&value, ',');
    write_member(n, &at, node, depth);
  }
  hcsref_buf_append_char(&value, '}');
  if (value.failed || !hcsref_format(n->arena, &name, "%v-%u", word, ++n->named)) {
    n->failed = true;
    return;
  }
  r->name = name;
  kit_values_append_name(&n->out, name, hcsref_buf_str(&value));
  hcsref_buf_append_char(&n->out, '\n');
}

static void write_members(namer *n, cursor *c, const kit_json *node, int depth) {
  const object o = *object_at(n, c->object++);
  size_t index = o.first;
  for (const kit_json *child = node->first; child != NULL && !n->failed;) {
    const member m = *member_at(n, index);
    run *r = m.run == 0 ? NULL : (run *)n->runs.items + m.run - 1;
    if (r == NULL) {
      if (index > o.first)
        hcsref_buf_append_char(c->buf, ',');
      write_member(n, c, child, depth);
      child = child->next;
      index++;
      continue;
    }
    if (r->name.len == 0)
      name_run(n, r, *c, child, o.word, depth);
    kit_values_append_members(c->buf, r->name);
    for (size_t i = 0; i < r->count; i++)
      child = child->next;
    index += r->count;
    c->object = member_at(n, index - 1)->after;
  }
}

static void write_value(namer *n, cursor *c, const kit_json *node, int depth) {
  if (!is_looked_into(node, depth)) {
    hcsref_buf_append(c->buf, node->raw);
    return;
  }
  hcsref_buf_append_char(c->buf, node->raw.data[0]);
  if (node->kind == KIT_JSON_OBJECT)
    write_members(n, c, node, depth);
  for (const kit_json *child = node->kind == KIT_JSON_OBJECT ? NULL : node->first; child != NULL; child = child->next) {
    write_value(n, c, child, depth + 1);
    if (child->next != NULL)
      hcsref_buf_append_char(c->buf, ',');
  }
  hcsref_buf_append_char(c->buf, node->raw.data[node->raw.len - 1]);
}

static void write_lines(namer *n) {
  const kit_json *const *lines = n->lines.items;
  size_t next = 0;
  for (size_t i = 0; i < n->lines.len && !n->failed; i++) {
    const kit_json *value = value_of(lines[i]);
    hcsref_buf line = {.arena = n->arena};
    cursor c = {&line, next};
    write_value(n, &c, value, 0);
    next = c.object;
    n->failed = n->failed || line.failed;
    if (value == lines[i])
      hcsref_buf_append(&n->out, hcsref_buf_str(&line));
    else
      kit_values_append_name(&n->out, lines[i]->first->text, hcsref_buf_str(&line));
    hcsref_buf_append_char(&n->out, '\n');
  }
}

bool golden_name_members(hcsref_arena *arena, hcsref_str lines, uint64_t named, hcsref_str *out, hcsref_error *err) {
  namer n = {.arena = arena, .named = named, .out = {.arena = arena}};
  if (!read_lines(&n, lines, err))
    return false;
  name_all(&n);
  write_lines(&n);
  if (n.failed || n.out.failed)
    return hcsref_fail_memory(err);
  *out = hcsref_buf_str(&n.out);
  return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What several cases of a file share is written once, with a name. */
#include "golden/pack.h"

#include "compare/text.h"
#include "compare/tree.h"
#include "golden/golden.h"
#include "golden/members.h"
#include "run/cases/key_index.h"
#include "run/cases/values.h"

#include <string.h>

/* A shorter value is repeated: a reference would hide more than it saves. */
#define SHORTEST ((size_t)40)
/* About what a reference takes, and the least that naming a value has to save. */
#define REFERENCE  ((size_t)20)
#define LEAST_GAIN ((size_t)20)
/* How deep in a case values are looked for. */
#define DEEPEST 16
/* A longer key gives no name. */
#define LONGEST_KEY ((size_t)40)
/* Twice as many slots as pieces, at least. */
#define FEWEST_SLOTS ((size_t)1024)

/* A value that is long enough to have a name. */
typedef struct piece {
  hcsref_str raw;     /* its key */
  hcsref_str name;    /* empty: none yet */
  size_t found, uses; /* how often it is written, and how often it would be where all that is found twice has a name */
} piece;

typedef struct packer {
  hcsref_arena *arena;
  hcsref_slice pieces; /* of piece */
  kit_key_index index;
  hcsref_slice cases; /* of const kit_json * */
  uint64_t named;
  hcsref_buf out;
  bool failed;
} packer;

/* ---- lines ------------------------------------------------------------------------------------------------------ */

/* Takes a line, without its end, off the text. */
static hcsref_str take_line(hcsref_str *text) {
  const char *end = memchr(text->data, '\n', text->len);
  hcsref_str line = end == NULL ? *text : hcsref_str_first(*text, (size_t)(end - text->data));
  *text = hcsref_str_skip(*text, line.len + 1);
  return line;
}

static bool blame_line(hcsref_arena *arena, hcsref_error *err, uint64_t line) {
  hcsref_error inner = *err;
  return hcsref_fail(arena, err, inner.code, inner.where, "line %u: %v", line, inner.message);
}

bool golden_unpack(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {.arena = arena};
  kit_values values;
  uint64_t number = 0;
  bool ok = true;
  kit_values_init(&values, NULL);
  while (ok && text.len > 0) {
    hcsref_str line = take_line(&text), full = {NULL, 0};
    number++;
    ok = kit_values_read(&values, arena, line, &full, err) || blame_line(arena, err, number);
    hcsref_buf_append(&buf, full);
    if (ok && !kit_values_names(line))
      hcsref_buf_append_char(&buf, '\n');
  }
  kit_values_free(&values);
  if (ok && buf.failed)
    return hcsref_fail_memory(err);
  if (ok)
    *out = hcsref_buf_str(&buf);
  return ok;
}

/* ---- pieces ----------------------------------------------------------------------------------------------------- */

/* Null if the value is too short, or if memory ran out: then the packer has failed. */
static piece *piece_of(packer *p, const kit_json *node, int depth) {
  size_t *slot;
  piece *added;
  if (depth == 0 || node->raw.len < SHORTEST)
    return NULL;
  if (!kit_key_index_make_room(p->arena, &p->index, &p->pieces)) {
    p->failed = true;
    return NULL;
  }
  slot = kit_key_index_slot(&p->index, &p->pieces, node->raw);
  if (*slot != 0)
    return (piece *)p->pieces.items + *slot - 1;
  added = hcsref_slice_push(p->arena, &p->pieces, sizeof(*added));
  p->failed = p->failed || added == NULL;
  if (added == NULL)
    return NULL;
  added->raw = node->raw;
  *slot = p->pieces.len;
  return added;
}

/* Of all pieces of a case, how often they are found. */
static void find_pieces(packer *p, const kit_json *node, int depth) {
  piece *found = piece_of(p, node, depth);
  if (found != NULL)
    found->found++;
  for (const kit_json *child = depth == DEEPEST ? NULL : node->first; child != NULL && !p->failed; child = child->next)
    find_pieces(p, child, depth + 1);
}

/* What is inside a piece counts once, however often the piece itself is used. */
static void count_uses(packer *p, const kit_json *node, int depth) {
  piece *found = piece_of(p, node, depth);
  if (found != NULL && found->found > 1 && ++found->uses > 1)
    return;
  for (const kit_json *child = depth == DEEPEST ? NULL : node->first; child != NULL && !p->failed; child = child->next)
    count_uses(p, child, depth + 1);
}

static bool deserves_name(const packer *p, const piece *of) {
  if (of->name.len != 0)
    return true;
  return p->named < KIT_VALUES_MOST && of->uses > 1 &&
         (of->uses - 1) * of->raw.len >= of->uses * REFERENCE + LEAST_GAIN;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* The key of the value, or of the member that its list belongs to; "value" if that key cannot be a name. */
static hcsref_str word_for(const kit_json *node) {
  hcsref_str key;
  while (node->key.len == 0 && node->up != NULL)
    node = node->up;
  key = node->key;
  return key.len > 0 && key.len <= LONGEST_KEY && kit_values_is_name(key) ? key : HCSREF_LIT("value");
}

static void write_inside(packer *p, hcsref_buf *buf, const kit_json *node, int depth);

/* Writes the line that gives the piece its name, below those of what is inside of it. */
static void name_piece(packer *p, const kit_json *node, int depth) {
  hcsref_buf inside = {.arena = p->arena};
  piece *of;
  hcsref_str name = {NULL, 0};
  write_inside(p, &inside, node, depth);
  if (inside.failed || !hcsref_format(p->arena, &name, "%v-%u", word_for(node), ++p->named)) {
    p->failed = true;
    return;
  }
  kit_values_append_name(&p->out, name, hcsref_buf_str(&inside));
  hcsref_buf_append_char(&p->out, '\n');
  of = piece_of(p, node, depth);
  if (of != NULL)
    of->name = name;
}

static void write_value(packer *p, hcsref_buf *buf, const kit_json *node, int depth) {
  piece *of = piece_of(p, node, depth);
  if (of == NULL || !deserves_name(p, of)) {
    write_inside(p, buf, node, depth);
    return;
  }
  if (of->name.len == 0)
    name_piece(p, node, depth);
  kit_values_append_use(buf, of->name);
}

static void write_member(packer *p, hcsref_buf *buf, const kit_json *child, int depth) {
  hcsref_buf_append(buf, child->raw_key);
  if (child->raw_key.len > 0)
    hcsref_buf_append_char(buf, ':');
  write_value(p, buf, child, depth);
}

static void write_inside(packer *p, hcsref_buf *buf, const kit_json *node, int depth) {
  if (node->first == NULL || depth == DEEPEST) {
    hcsref_buf_append(buf, node->raw);
    return;
  }
  hcsref_buf_append_char(buf, node->raw.data[0]);
  for (const kit_json *child = node->first; child != NULL && !p->failed; child = child->next) {
    write_member(p, buf, child, depth + 1);
    if (child->next != NULL)
      hcsref_buf_append_char(buf, ',');
  }
  hcsref_buf_append_char(buf, node->raw.data[node->raw.len - 1]);
}

static void write_case(packer *p, const kit_json *tree) {
  hcsref_buf line = {.arena = p->arena};
  write_inside(p, &line, tree, 0);
  hcsref_buf_append(&p->out, hcsref_buf_str(&line));
  hcsref_buf_append_char(&p->out, '\n');
  p->failed = p->failed || line.failed || p->out.failed;
}

/* ---- all together ----------------------------------------------------------------------------------------------- */

/* A line in canonical form and without white space. */
static bool shorten(hcsref_arena *arena, hcsref_str line, hcsref_str *out, hcsref_error *err) {
  hcsref_buf compact = {.arena = arena};
  hcsref_str canonical = {NULL, 0};
  kit_json *tree;
  if (!kit_json_parse(arena, line, &tree, err))
    return false;
  if (!golden_canonical(arena, tree, &canonical))
    return hcsref_fail_memory(err);
  kit_json_append_compact(&compact, canonical);
  *out = hcsref_buf_str(&compact);
  return !compact.failed || hcsref_fail_memory(err);
}

static bool read_case(packer *p, hcsref_str line, hcsref_buf *full, hcsref_error *err) {
  hcsref_str compact = {NULL, 0};
  kit_json *tree, **entry;
  if (!hcsref_json_valid(p->arena, line, HCSREF_JSON_WHOLE, NULL, err) || !shorten(p->arena, line, &compact, err))
    return false;
  hcsref_buf_append(full, compact);
  hcsref_buf_append_char(full, '\n');
  if (full->failed)
    return hcsref_fail_memory(err);
  if (!kit_json_parse(p->arena, compact, &tree, err))
    return false;
  entry = hcsref_slice_push(p->arena, &p->cases, sizeof(kit_json *));
  if (entry == NULL)
    return hcsref_fail_memory(err);
  *entry = tree;
  return true;
}

static void write_cases(packer *p) {
  const kit_json *const *cases = p->cases.items;
  for (size_t i = 0; i < p->cases.len && !p->failed; i++)
    find_pieces(p, cases[i], 0);
  for (size_t i = 0; i < p->cases.len && !p->failed; i++)
    count_uses(p, cases[i], 0);
  for (size_t i = 0; i < p->cases.len && !p->failed; i++)
    write_case(p, cases[i]);
}

/* Names the members that are shared, too. Do the lines then stand for the cases in full? False after a failure for want
 * of memory, too. */
static bool finish(packer *p, hcsref_str full, hcsref_str *out, hcsref_error *err) {
  hcsref_str again = {NULL, 0};
  return golden_name_members(p->arena, hcsref_buf_str(&p->out), p->named, out, err) &&
         golden_unpack(p->arena, *out, &again, err) && hcsref_str_equal(again, full);
}

bool golden_pack(hcsref_arena *arena, hcsref_str text, hcsref_str *out, hcsref_error *err) {
  packer p = {.arena = arena, .index = {{NULL, 0, 0}, sizeof(piece), FEWEST_SLOTS}, .out = {.arena = arena}};
  hcsref_buf full = {.arena = arena};
  hcsref_str given = text, packed = {NULL, 0};
  hcsref_error unread = {0};
  bool same;
  for (uint64_t number = 1; text.len > 0; number++) {
    hcsref_str line = take_line(&text);
    if (line.len > 0 && !read_case(&p, line, &full, err))
      return blame_line(arena, err, number);
  }
  write_cases(&p);
  same = !p.failed && finish(&p, hcsref_buf_str(&full), &packed, &unread);
  if (p.failed || (unread.code != NULL && strcmp(unread.code, "out-of-memory") == 0))
    return hcsref_fail_memory(err);
  *out = same ? packed : given;
  return true;
}

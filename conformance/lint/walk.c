/* SPDX-License-Identifier: Apache-2.0 */
/* A document against its table: names, kinds, ranges. */
#include "lint/lint.h"

#include "cli/options.h"
#include "compare/text.h"
#include "hcsref/hcn_policy.h"
#include "hcsref/schema2.h"

#include <stdarg.h>
#include <string.h>

#define MOST_NAMES 128

static const kit_rule *find_rule(const char *id) {
  const kit_rule *rule = kit_rules_table;
  while (strcmp(rule->id, id) != 0)
    rule++;
  return rule;
}

/* ---- telling ------------------------------------------------------------------------------------------ */

static bool append_place(kit_linter *l, hcsref_buf *buf, const kit_place *at) {
  const kit_place **chain, *p;
  size_t depth = 0, i;
  for (p = at; p->up != NULL; p = p->up)
    depth++;
  chain = hcsref_arena_array(&l->scratch, depth, sizeof(const kit_place *));
  if (chain == NULL)
    return false;
  for (p = at, i = depth; p->up != NULL; p = p->up)
    chain[--i] = p;
  for (i = 0; i < depth; i++) {
    if (chain[i]->key.data != NULL) {
      kit_pointer_append(buf, chain[i]->key);
    } else {
      hcsref_buf_append_char(buf, '/');
      hcsref_buf_append_uint(buf, chain[i]->index);
    }
  }
  return true;
}

void kit_lint_tell(kit_linter *l, const kit_place *at, const char *member, const char *rule, const char *format, ...) {
  hcsref_buf pointer = {&l->scratch, NULL, 0, 0, false};
  kit_finding finding;
  va_list args;
  bool ok;
  if (l->told++ >= KIT_MOST_FINDINGS)
    return;
  hcsref_arena_reset(&l->scratch);
  va_start(args, format);
  ok = hcsref_format_args(&l->scratch, &finding.message, format, args);
  va_end(args);
  ok = ok && append_place(l, &pointer, at);
  if (member != NULL)
    kit_pointer_append(&pointer, hcsref_cstr(member));
  if (!ok || pointer.failed) {
    l->out_of_memory = true;
    return;
  }
  finding.rule = find_rule(rule);
  finding.pointer = hcsref_buf_str(&pointer);
  l->found(l->context, &finding);
}

/* ---- kinds -------------------------------------------------------------------------------------------- */

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* The kind of JSON value that a field of this kind takes. */
static bool takes(hcsref_kind kind, kit_json_kind value) {
  switch (kind) {
  case HCSREF_BOOL:
    return value == KIT_JSON_BOOL;
  case HCSREF_STRING:
  case HCSREF_BYTES:
  case HCSREF_TIME:
  case HCSREF_GUID:
    return value == KIT_JSON_STRING;
  case HCSREF_STRUCT:
  case HCSREF_MAP:
    return value == KIT_JSON_OBJECT;
  case HCSREF_SLICE:
  case HCSREF_ARRAY:
    return value == KIT_JSON_ARRAY;
  case HCSREF_ANY:
  case HCSREF_RAW:
  case HCSREF_POINTER:
    return true;
  default:
    return value == KIT_JSON_NUMBER;
  }
}

static const char *wanted_name(hcsref_kind kind) {
  int value;
  for (value = KIT_JSON_BOOL; value <= KIT_JSON_OBJECT; value++)
    if (takes(kind, (kit_json_kind)value))
      return kit_json_kind_name((kit_json_kind)value);
  return "a value";
}

/* The magnitude that an integer type reaches on each side of zero. */
static const struct {
  hcsref_kind kind;
  uint64_t below, above;
} ranges[] = {
    {HCSREF_INT8, 128, 127},
    {HCSREF_INT16, 32768, 32767},
    {HCSREF_INT32, (uint64_t)1 << 31, ((uint64_t)1 << 31) - 1},
    {HCSREF_INT64, (uint64_t)1 << 63, ((uint64_t)1 << 63) - 1},
    {HCSREF_UINT8, 0, 255},
    {HCSREF_UINT16, 0, 65535},
    {HCSREF_UINT32, 0, UINT32_MAX},
    {HCSREF_UINT64, 0, UINT64_MAX},
};

static void check_number(kit_linter *l, const kit_place *at, hcsref_kind kind, const kit_json *node) {
  kit_json digits = *node;
  uint64_t value;
  size_t i;
  bool negative = node->raw.data[0] == '-';
  for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]) && ranges[i].kind != kind; i++)
    ;
  if (i == sizeof(ranges) / sizeof(ranges[0]))
    return;
  if (memchr(node->raw.data, '.', node->raw.len) != NULL || memchr(node->raw.data, 'e', node->raw.len) != NULL ||
      memchr(node->raw.data, 'E', node->raw.len) != NULL) {
    kit_lint_tell(l, at, NULL, "integer-form", "%v is not written as an integer", node->raw);
    return;
  }
  digits.raw = hcsref_str_skip(node->raw, negative ? 1 : 0);
  if (!kit_json_uint(&digits, &value) || value > (negative ? ranges[i].below : ranges[i].above))
    kit_lint_tell(l, at, NULL, "integer-range", "%v is out of range", node->raw);
}

/* ---- names -------------------------------------------------------------------------------------------- */

static void tell_unknown(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  const char *names[MOST_NAMES + 1], *near;
  char word[128];
  size_t i;
  for (i = 0; i < type->field_count && i < MOST_NAMES; i++)
    names[i] = type->fields[i].name;
  names[i] = NULL;
  i = key.len < sizeof(word) ? key.len : sizeof(word) - 1;
  if (i > 0)
    memcpy(word, key.data, i);
  word[i] = '\0';
  near = cli_nearest(word, names);
  kit_lint_tell(l, at, NULL, "field-unknown",
                near == NULL ? "%s has no field of that name" : "%s has no field of that name; did you mean %s?",
                type->go_name, near);
}

static bool is_field(const hcsref_type *type, hcsref_str key) {
  size_t i;
  for (i = 0; i < type->field_count; i++)
    if (hcsref_str_equal(key, hcsref_str_from(type->fields[i].name, type->fields[i].name_len)))
      return true;
  return false;
}

/* The name of the field that `key` means; empty, and told, when there is none. */
static hcsref_str field_name(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key) {
  const hcsref_field *folded;
  if (type == NULL || type->kind != HCSREF_STRUCT || is_field(type, key))
    return key;
  folded = hcsref_type_field(type, key);
  if (folded == NULL) {
    tell_unknown(l, at, type, key);
    return HCSREF_LIT("");
  }
  kit_lint_tell(l, at, NULL, "field-case", "the schema spells it %s", folded->name);
  return hcsref_str_from(folded->name, folded->name_len);
}

static bool is_repeated(const kit_json *object, const kit_json *member) {
  const kit_json *other;
  for (other = object->first; other != member; other = other->next)
    if (hcsref_str_equal(other->key, member->key))
      return true;
  return false;
}

/* ---- the walk ----------------------------------------------------------------------------------------- */

/* Objects with more members than this are not searched for repeated keys: that takes the square of the time. */
#define MOST_MEMBERS 1000

static void walk(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node);

/* Each of these is of the type that it names itself. */
static void walk_policies(kit_linter *l, const hcsref_type *holder, hcsref_str name, const kit_place *at,
                          const kit_json *node) {
  const kit_json *item;
  size_t i = 0;
  for (item = node->first; item != NULL; item = item->next) {
    kit_place here = {at, {NULL, 0}, i++};
    kit_shape shape = {hcsref_hcn_open_type(holder, name, kit_json_get_string(item, "Type")), false};
    walk(l, shape, &here, item);
  }
}

/* What a member is whose type another member decides; null type: any JSON. */
static kit_shape settings_shape(kit_shape shape, const hcsref_type *holder, hcsref_str name, const kit_json *node) {
  hcsref_str kind = kit_json_get_string(node, "Type");
  if (holder != NULL && hcsref_str_equal(name, HCSREF_LIT("Settings")))
    shape.type = hcsref_hcn_open_type(holder, name, kind.len > 0 ? kind : kit_json_get_string(node, "ResourceType"));
  return shape;
}

static bool is_open_list(const hcsref_type *type) {
  return type != NULL && type->kind == HCSREF_SLICE && type->elem->kind == HCSREF_RAW;
}

static void walk_member(kit_linter *l, kit_shape shape, const hcsref_type *type, const kit_place *here,
                        const kit_json *object, const kit_json *member) {
  hcsref_str name = field_name(l, here, type, member->key);
  kit_shape inner = kit_member_shape(shape, name);
  if (is_open_list(inner.type) && member->kind == KIT_JSON_ARRAY && l->depth < KIT_WALK_DEPTH) {
    l->depth++;
    walk_policies(l, type, name, here, member);
    l->depth--;
  } else if (inner.type != NULL && inner.type->kind == HCSREF_RAW) {
    walk(l, settings_shape(inner, type, name, object), here, member);
  } else {
    walk(l, inner, here, member);
  }
}

static void walk_members(kit_linter *l, kit_shape shape, const hcsref_type *type, const kit_place *at,
                         const kit_json *node) {
  const kit_json *member;
  for (member = node->first; member != NULL; member = member->next) {
    kit_place here = {at, member->key, 0};
    if (member->key.data == NULL)
      here.key = HCSREF_LIT("");
    if (node->count <= MOST_MEMBERS && is_repeated(node, member))
      kit_lint_tell(l, &here, NULL, "key-repeated", "the key appears twice; which one counts depends on the reader");
    walk_member(l, shape, type, &here, node, member);
  }
}

static void walk_elements(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node) {
  const kit_json *item;
  size_t i = 0;
  for (item = node->first; item != NULL; item = item->next) {
    kit_place here = {at, {NULL, 0}, i++};
    walk(l, kit_element_shape(shape), &here, item);
  }
}

static void walk(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node) {
  const hcsref_type *type = pointed_at(shape.type);
  bool hosted = l->hosted;
  if (l->depth >= KIT_WALK_DEPTH && node->count > 0) {
    kit_lint_tell(l, at, NULL, "depth", "the values in it are %u levels deep and are not checked",
                  (uint64_t)l->depth + 1);
    return;
  }
  if (type != NULL && node->kind != KIT_JSON_NULL && !takes(type->kind, node->kind)) {
    kit_lint_tell(l, at, NULL, "type", "should be %s, not %s", wanted_name(type->kind), kit_json_kind_name(node->kind));
    return;
  }
  if (type == &hcsref_type_v2_hosted_system)
    l->hosted = true;
  if (type != NULL && node->kind == KIT_JSON_NUMBER)
    check_number(l, at, type->kind, node);
  if (type != NULL && node->kind == KIT_JSON_OBJECT)
    kit_lint_object(l, at, type, node);
  l->depth++;
  if (node->kind == KIT_JSON_OBJECT)
    walk_members(l, shape, type, at, node);
  if (node->kind == KIT_JSON_ARRAY)
    walk_elements(l, shape, at, node);
  l->depth--;
  l->hosted = hosted;
}

static void tell_rest(kit_linter *l, const kit_place *root) {
  uint64_t told = l->told;
  if (told <= KIT_MOST_FINDINGS)
    return;
  l->told = 0;
  kit_lint_tell(l, root, NULL, "more", "there are %u more findings", told - KIT_MOST_FINDINGS);
}

bool kit_lint(hcsref_arena *arena, const kit_document *document, const kit_json *tree,
              void (*found)(void *context, const kit_finding *finding), void *context) {
  bool payload = document->name != NULL && strcmp(document->name, "payload") == 0;
  kit_linter l = {.arena = arena, .found = found, .context = context, .hosted = payload, .partial = payload};
  const kit_place root = {NULL, {NULL, 0}, 0};
  hcsref_arena_init(&l.scratch, NULL, 0);
  if (tree->bad_utf8)
    kit_lint_tell(&l, &root, NULL, "utf8", "a string or key is not UTF-8");
  walk(&l, document->shape, &root, tree);
  tell_rest(&l, &root);
  hcsref_arena_free(&l.scratch);
  return !l.out_of_memory;
}

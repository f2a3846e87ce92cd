/* SPDX-License-Identifier: Apache-2.0 */
/* A document against its table: names, kinds, ranges. */
#include "lint/checks.h"

#include "hcsref/cri_spec.h"
#include "hcsref/hcn_policy.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2_service.h"
#include "input/kind.h"
#include "lint/wrappers.h"

#include <string.h>

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
  return "value";
}

static const char *with_article(const char *kind) {
  static const char *const names[][2] = {{"object", "an object"}, {"array", "an array"},        {"string", "a string"},
                                         {"number", "a number"},  {"boolean", "true or false"}, {"value", "a value"}};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp(kind, names[i][0]) == 0)
      return names[i][1];
  return kind;
}

/* ---- names -------------------------------------------------------------------------------------------- */

/* CRI configs have further names in protobuf's JSON, which crictl does not read. */
static const hcsref_field *find_alias(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++)
    for (const char *const *alias = type->fields[i].aliases; alias != NULL && *alias != NULL; alias++)
      if (hcsref_str_equal(key, hcsref_cstr(*alias)))
        return &type->fields[i];
  return NULL;
}

static bool is_named(const hcsref_field *field, hcsref_str key) {
  return hcsref_str_equal(key, hcsref_str_from(field->name, field->name_len));
}

/* Of the fields of that name the one that the release knows; when any release will do, the one that fits best. */
static const hcsref_field *find_field(const kit_linter *l, const hcsref_type *type, const kit_json *member,
                                      hcsref_str name) {
  const hcsref_rules *rules = l->document->rules;
  const hcsref_field *best = NULL;
  size_t fewest = SIZE_MAX;
  for (size_t i = 0; i < type->field_count; i++) {
    const hcsref_field *field = &type->fields[i];
    size_t unknown;
    if (!is_named(field, name))
      continue;
    unknown = input_count(member, field->type).unknown;
    if (rules != NULL && hcsref_field_known(field, rules))
      return field;
    if (unknown < fewest) {
      best = field;
      fewest = unknown;
    }
  }
  return best;
}

/* By another spelling. */
static const hcsref_field *find_folded(kit_linter *l, const kit_place *at, const hcsref_type *type,
                                       const kit_json *member) {
  const hcsref_field *alias = find_alias(type, member->key), *folded;
  size_t i = 0;
  if (alias != NULL) {
    kit_lint_tell_key(l, at, alias->name, "cri-field-name", "crictl does not read %v: it is written %s", member->key,
                      alias->name);
    return alias;
  }
  while (i < type->field_count &&
         !hcsref_str_equal_ascii_fold(member->key, hcsref_str_from(type->fields[i].name, type->fields[i].name_len)))
    i++;
  folded = i < type->field_count ? &type->fields[i] : hcsref_type_field(type, member->key);
  if (folded != NULL)
    kit_lint_tell_key(l, at, folded->name, "field-case", "the schema spells it %s", folded->name);
  return folded;
}

/* The field that a member is of `type`; null, and told, when there is none. */
static const hcsref_field *field_of(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object,
                                    const kit_json *member) {
  const hcsref_field *field = find_field(l, type, member, member->key);
  if (field != NULL) {
    kit_lint_known(l, at, type, field);
    return field;
  }
  if (kit_is_windows_field(type, member->key)) {
    kit_lint_build(l, at, type, member->key);
    return NULL;
  }
  field = find_folded(l, at, type, member);
  if (field == NULL && !l->document->open && !kit_is_wrapper(type))
    kit_lint_unknown(l, at, type, object, member);
  return field;
}

/* What a request's settings are, its other members tell. */
static const hcsref_type *settings_type(const hcsref_type *type, const kit_json *object) {
  hcsref_str kind = kit_json_get_string(object, "Type");
  if (type == &hcsref_type_v2_modify_setting_request || type == &hcsref_type_v2_modification)
    return hcsref_settings_type(kit_json_get_string(object, "ResourcePath"));
  if (type == &hcsref_type_guest_modification && kit_is_set(kit_json_get(object, "Settings"), "AdapterInstanceId"))
    return &hcsref_type_guest_network_modification_rs4;
  if (type == &hcsref_type_guest_modification)
    return hcsref_guest_settings_type(kit_json_get_string(object, "ResourceType"));
  return hcsref_hcn_open_type(type, HCSREF_LIT("Settings"),
                              kind.len > 0 ? kind : kit_json_get_string(object, "ResourceType"));
}

/* What a member of a request is, when another one tells; null: the table says it, or nothing does. */
static const hcsref_type *told_type(const hcsref_type *type, const hcsref_field *field, const kit_json *object) {
  const hcsref_told_member *told = hcsref_service_told(type);
  if (told != NULL)
    return strcmp(field->name, told->name) != 0 ? NULL : hcsref_told_type(told, kit_json_get_string(object, told->by));
  return strcmp(field->name, "Settings") == 0 ? settings_type(type, object) : NULL;
}

/* Objects with more members than this are not searched for repeated keys, nor again for each of them for what tells the
 * type of their settings: that takes the square of the time. */
#define MOST_MEMBERS 1000

static kit_shape shape_of_member(kit_linter *l, kit_shape shape, const hcsref_type *type, const kit_place *at,
                                 const kit_json *object, const kit_json *member) {
  kit_shape inner = {NULL, false, NULL};
  const hcsref_field *field;
  if (type == NULL || type->kind != HCSREF_STRUCT)
    return kit_member_shape(shape, member->key);
  field = field_of(l, at, type, object, member);
  if (field == NULL)
    return inner;
  inner = kit_member_shape(shape, hcsref_str_from(field->name, field->name_len));
  if (inner.type != &hcsref_type_v2_hosted_system)
    inner.type = field->type;
  if (object->count <= MOST_MEMBERS && told_type(type, field, object) != NULL)
    inner.type = told_type(type, field, object);
  if (type == &hcsref_type_v2_modify_setting_request && strcmp(field->name, "GuestRequest") == 0)
    inner.type = &hcsref_type_guest_modification;
  return inner;
}

static bool is_repeated(const kit_json *object, const kit_json *member) {
  const kit_json *other;
  for (other = object->first; other != member; other = other->next)
    if (hcsref_str_equal(other->key, member->key))
      return true;
  return false;
}

/* ---- the walk ----------------------------------------------------------------------------------------- */

static void walk(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node);

/* Each of these is of the type that it names itself. */
static void walk_policies(kit_linter *l, const hcsref_type *holder, hcsref_str name, const kit_place *at,
                          const kit_json *node) {
  const kit_json *item;
  size_t i = 0;
  for (item = node->first; item != NULL; item = item->next) {
    kit_place here = {at, {NULL, 0}, i++};
    kit_shape shape = {hcsref_hcn_open_type(holder, name, kit_json_get_string(item, "Type")), false, NULL};
    walk(l, shape, &here, item);
  }
}

static bool is_open_list(const hcsref_type *type) {
  return type != NULL && type->kind == HCSREF_SLICE && type->elem->kind == HCSREF_RAW;
}

static void walk_member(kit_linter *l, kit_shape inner, const hcsref_type *type, const kit_place *here,
                        const kit_json *member) {
  if (!is_open_list(inner.type) || member->kind != KIT_JSON_ARRAY || l->depth >= KIT_WALK_DEPTH) {
    walk(l, inner, here, member);
    return;
  }
  l->depth++;
  walk_policies(l, type, member->key, here, member);
  l->depth--;
}

static void walk_members(kit_linter *l, kit_shape shape, const hcsref_type *type, const kit_place *at,
                         const kit_json *node) {
  const kit_json *member;
  for (member = node->first; member != NULL; member = member->next) {
    kit_place here = {at, member->key, 0};
    if (member->key.data == NULL)
      here.key = HCSREF_LIT("");
    if (node->count <= MOST_MEMBERS && is_repeated(node, member))
      kit_lint_tell_key(l, &here, NULL, "key-repeated",
                        "the key appears twice; which one counts depends on the reader");
    walk_member(l, shape_of_member(l, shape, type, &here, node, member), type, &here, member);
  }
}

static void walk_elements(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node) {
  const kit_json *item;
  size_t i = 0;
  for (item = node->first; item != NULL; item = item->next) {
    kit_place here = {at, {NULL, 0}, i++};
    walk(l, shape, &here, item);
  }
}

/* What ConvertTo-Json makes of what is deeper than its -Depth, which is 2 by default. */
static bool is_powershell(const kit_json *node) {
  return node->kind == KIT_JSON_STRING && (hcsref_str_has_prefix(node->text, HCSREF_LIT("@{")) ||
                                           hcsref_str_has_prefix(node->text, HCSREF_LIT("System.")));
}

static bool is_for_linux(const hcsref_type *type, const kit_json *node) {
  if (type == &hcsref_type_v1_container_config)
    return hcsref_str_equal_ascii_fold(kit_json_get_string(node, "ContainerType"), HCSREF_LIT("linux"));
  return (type == &hcsref_type_oci_spec && (!kit_is_set(node, "windows") || kit_is_linux_spec(node))) ||
         kit_is_linux_process(type, node);
}

static void walk(kit_linter *l, kit_shape shape, const kit_place *at, const kit_json *node) {
  const hcsref_type *type;
  bool hosted = l->hosted, for_linux = l->for_linux;
  if (shape.type != NULL && kit_is_wrapper(shape.type) && kit_json_get(node, "request") != NULL)
    shape.type = kit_request_type(node);
  type = pointed_at(shape.type);
  if (l->depth >= KIT_WALK_DEPTH && node->count > 0) {
    kit_lint_tell(l, at, NULL, "depth", "the values in it are %u levels deep and are not checked",
                  (uint64_t)l->depth + 1);
    return;
  }
  if (type != NULL && node->kind != KIT_JSON_NULL && !takes(type->kind, node->kind)) {
    kit_lint_tell(l, at, NULL, "type", "should be %s, not %s%s", with_article(wanted_name(type->kind)),
                  with_article(kit_json_kind_name(node->kind)),
                  is_powershell(node) ? ": ConvertTo-Json cut it off; give it a larger -Depth" : "");
    return;
  }
  if (type == &hcsref_type_v2_hosted_system)
    l->hosted = true;
  l->for_linux = for_linux || (type != NULL && is_for_linux(type, node));
  if (type != NULL && node->kind == KIT_JSON_NUMBER)
    kit_lint_number(l, at, type->kind, node);
  if (type != NULL && node->kind == KIT_JSON_OBJECT)
    kit_lint_object(l, at, type, node);
  l->depth++;
  if (node->kind == KIT_JSON_OBJECT)
    walk_members(l, shape, type, at, node);
  if (node->kind == KIT_JSON_ARRAY)
    walk_elements(l, kit_element_shape(shape), at, node);
  l->depth--;
  l->hosted = hosted;
  l->for_linux = for_linux;
}

static void tell_rest(kit_linter *l, const kit_place *root) {
  uint64_t told = l->told;
  if (told <= KIT_MOST_FINDINGS)
    return;
  l->told = 0;
  kit_lint_tell(l, root, NULL, "more", "there are %u more findings", told - KIT_MOST_FINDINGS);
}

/* Are there documents beside each other that complete each other? */
static bool is_partial(const kit_document *document) {
  return document->name != NULL && (strcmp(document->name, "payload") == 0 || strcmp(document->name, "all") == 0);
}

bool kit_lint(hcsref_arena *arena, const kit_document *document, const kit_json *tree,
              void (*found)(void *context, const kit_finding *finding), void *context) {
  bool partial = is_partial(document);
  kit_linter l = {
      .arena = arena, .document = document, .found = found, .context = context, .hosted = partial, .partial = partial};
  const kit_place root = {NULL, {NULL, 0}, 0};
  hcsref_arena_init(&l.scratch, NULL, 0);
  if (tree->bad_utf8)
    kit_lint_tell(&l, &root, NULL, "utf8", "a string or key is not UTF-8");
  if (document->shape.type == &kit_type_layer_chain)
    kit_lint_layer_chain(&l, &root, tree);
  if (document->list && tree->kind == KIT_JSON_ARRAY)
    walk_elements(&l, document->shape, &root, tree);
  else
    walk(&l, document->shape, &root, tree);
  tell_rest(&l, &root);
  hcsref_arena_free(&l.scratch);
  return !l.out_of_memory;
}

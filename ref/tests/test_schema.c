/* SPDX-License-Identifier: Apache-2.0 */
/* The tables: sound in themselves, and equal to the recorded Go types. */
#include "hcsref/cri.h"
#include "hcsref/oci.h"
#include "hcsref/schema.h"
#include "support.h"

#include <stdio.h>

/* ---- every type that a schema is made of ------------------------------------------------------------------ */

#define MOST_TYPES 1024

typedef struct type_list {
  const hcsref_type *types[MOST_TYPES];
  size_t count;
} type_list;

static void list_type(type_list *list, const hcsref_type *type) {
  for (size_t i = 0; i < list->count; i++)
    if (list->types[i] == type)
      return;
  assert_true(list->count < MOST_TYPES);
  list->types[list->count++] = type;
}

/* The types of the fields that a program with these rules knows. */
static void list_known_types(type_list *list, const hcsref_type *root, const hcsref_rules *rules) {
  list_type(list, root);
  for (size_t i = 0; i < list->count; i++) {
    const hcsref_type *type = list->types[i];
    if (type->elem != NULL)
      list_type(list, type->elem);
    for (size_t f = 0; f < type->field_count; f++)
      if (hcsref_field_known(&type->fields[f], rules))
        list_type(list, type->fields[f].type);
  }
}

static void list_types(type_list *list, const hcsref_type *root) {
  list_type(list, root);
  for (size_t i = 0; i < list->count; i++) {
    const hcsref_type *type = list->types[i];
    if (type->elem != NULL)
      list_type(list, type->elem);
    for (size_t f = 0; f < type->field_count; f++)
      list_type(list, type->fields[f].type);
  }
}

static void for_each_schema(void (*check)(const hcsref_schema *schema, const type_list *list)) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  for (size_t i = 0; i < count; i++) {
    type_list list = {.count = 0};
    list_types(&list, schemas[i].type);
    check(&schemas[i], &list);
  }
}

/* ---- soundness ------------------------------------------------------------------------------------------- */

static size_t scalar_size(hcsref_kind kind) {
  static const size_t sizes[] = {
      [HCSREF_BOOL] = sizeof(bool),
      [HCSREF_INT8] = 1,
      [HCSREF_INT16] = 2,
      [HCSREF_INT32] = 4,
      [HCSREF_INT64] = 8,
      [HCSREF_UINT8] = 1,
      [HCSREF_UINT16] = 2,
      [HCSREF_UINT32] = 4,
      [HCSREF_UINT64] = 8,
      [HCSREF_FLOAT64] = sizeof(double),
      [HCSREF_STRING] = sizeof(hcsref_str),
      [HCSREF_BYTES] = sizeof(hcsref_str),
      [HCSREF_ANY] = sizeof(hcsref_value),
      [HCSREF_RAW] = sizeof(hcsref_str),
      [HCSREF_TIME] = sizeof(hcsref_time),
      [HCSREF_GUID] = sizeof(hcsref_guid),
  };
  return sizes[kind];
}

static void check_compound(const hcsref_type *type, size_t size, const char *prefix) {
  assert_non_null(type->elem);
  assert_int_equal(type->size, size);
  assert_int_equal(strncmp(type->go_name, prefix, strlen(prefix)), 0);
  assert_string_equal(type->go_name + strlen(prefix), type->elem->go_name);
}

static void check_map(const hcsref_type *type) {
  check_compound(type, sizeof(hcsref_map), type->key == NULL ? "map[string]" : "map[int]");
  assert_true(type->key == NULL || type->key->kind == HCSREF_INT64);
  assert_true(type->entry_size >= sizeof(hcsref_str) + type->elem->size);
  assert_true(type->entry_size < sizeof(hcsref_str) + type->elem->size + sizeof(void *));
}

/* A field and what it became: no program knows both. */
static bool never_meet(const hcsref_field *a, const hcsref_field *b) {
  return (a->since != 0 && a->since == b->until) || (b->since != 0 && b->since == a->until);
}

static bool overlap(const hcsref_field *a, const hcsref_field *b) {
  return !never_meet(a, b) && a->offset < b->offset + b->type->size && b->offset < a->offset + a->type->size;
}

/* No name, alias or other letter case of one field finds another. */
static void check_names(const hcsref_type *type, const hcsref_field *field) {
  assert_int_equal(field->name_len, strlen(field->name));
  if (hcsref_field_known(field, NULL))
    assert_ptr_equal(hcsref_type_field(type, hcsref_cstr(field->name)), field);
  for (const char *const *alias = field->aliases; alias != NULL && *alias != NULL; alias++)
    assert_ptr_equal(hcsref_type_field(type, hcsref_cstr(*alias)), hcsref_field_known(field, NULL) ? field : NULL);
  for (const hcsref_field *other = type->fields; other != field; other++)
    assert_true(never_meet(field, other) ||
                !hcsref_str_equal_ascii_fold(hcsref_cstr(field->name), hcsref_cstr(other->name)));
}

static void check_struct(const hcsref_type *type) {
  assert_true(type->field_count > 0 || type->size == 1); /* C has no empty struct */
  assert_null(type->elem);
  for (size_t i = 0; i < type->field_count; i++) {
    const hcsref_field *field = &type->fields[i];
    check_names(type, field);
    assert_true(field->type->size > 0);
    assert_true(field->offset + field->type->size <= type->size);
    for (size_t j = 0; j < i; j++)
      assert_false(overlap(field, &type->fields[j]));
  }
}

static void check_array(const hcsref_type *type) {
  char prefix[32];
  snprintf(prefix, sizeof(prefix), "[%u]", (unsigned)type->length);
  check_compound(type, type->length * type->elem->size, prefix);
}

static void check_type(const hcsref_type *type) {
  assert_true(strlen(type->go_name) > 0);
  switch (type->kind) {
  case HCSREF_STRUCT:
    check_struct(type);
    break;
  case HCSREF_POINTER:
    check_compound(type, sizeof(void *), "*");
    break;
  case HCSREF_SLICE:
    check_compound(type, sizeof(hcsref_slice), "[]");
    break;
  case HCSREF_ARRAY:
    check_array(type);
    break;
  case HCSREF_MAP:
    check_map(type);
    break;
  default:
    assert_null(type->elem);
    assert_null(type->fields);
    assert_int_equal(type->size, scalar_size(type->kind));
  }
}

static void check_types(const hcsref_schema *schema, const type_list *list) {
  assert_int_equal(schema->type->kind, HCSREF_STRUCT);
  for (size_t i = 0; i < list->count; i++)
    check_type(list->types[i]);
}

static void tables_are_sound(void **state) {
  (void)state;
  for_each_schema(check_types);
}

/* Two structs of one name could not both have a definition. */
static void check_struct_names(const hcsref_schema *schema, const type_list *list) {
  (void)schema;
  for (size_t i = 0; i < list->count; i++)
    for (size_t j = 0; j < i; j++)
      if (list->types[i]->kind == HCSREF_STRUCT)
        assert_string_not_equal(list->types[i]->go_name, list->types[j]->go_name);
}

static void a_schema_has_no_two_structs_of_one_name(void **state) {
  (void)state;
  for_each_schema(check_struct_names);
}

/* ---- against the recorded Go types ----------------------------------------------------------------------- */

typedef struct recorded {
  char *text;
  size_t checked; /* entries that a table was compared with */
} recorded;

static recorded go_types, newest_oci;

static void read_recorded(recorded *r, const char *name) {
  char path[512];
  FILE *file;
  size_t len;
  snprintf(path, sizeof(path), "%s/ref/tests/data/%s", HCSPROOF_SOURCE_DIR, name);
  file = fopen(path, "rb");
  assert_non_null(file);
  r->text = calloc(1, 65536);
  assert_non_null(r->text);
  len = fread(r->text, 1, 65535, file);
  fclose(file);
  assert_true(len > 0 && len < 65535);
}

/* The entry of `name` with its indented lines, or an empty string. */
static hcsref_str entry_of(const recorded *r, const char *name) {
  size_t len = strlen(name);
  for (const char *line = r->text; *line != '\0'; line = strchr(line, '\n') + 1) {
    const char *end;
    if (strncmp(line, name, len) != 0 || (line[len] != '\n' && line[len] != ' '))
      continue;
    end = strchr(line, '\n') + 1;
    while (*end == ' ')
      end = strchr(end, '\n') + 1;
    return hcsref_str_from(line, (size_t)(end - line));
  }
  return hcsref_str_from(NULL, 0);
}

static size_t count_entries(const recorded *r) {
  size_t count = 0;
  for (const char *line = r->text; *line != '\0'; line = strchr(line, '\n') + 1)
    if (*line != ' ' && *line != '#')
      count++;
  return count;
}

/* The Go name of the kind when it differs from the type's own name, or null. */
static const char *kind_behind_name(const hcsref_type *type) {
  const hcsref_type *basic = type->kind == HCSREF_STRING   ? &hcsref_type_string
                             : type->kind == HCSREF_INT32  ? &hcsref_type_int32
                             : type->kind == HCSREF_UINT16 ? &hcsref_type_uint16
                             : type->kind == HCSREF_UINT32 ? &hcsref_type_uint32
                             : type->kind == HCSREF_ANY    ? &hcsref_type_any
                                                           : type;
  return strcmp(basic->go_name, type->go_name) == 0 ? NULL : basic->go_name;
}

static void describe(hcsref_buf *buf, const hcsref_type *type, const hcsref_rules *rules) {
  hcsref_buf_append(buf, hcsref_cstr(type->go_name));
  if (type->kind != HCSREF_STRUCT) {
    hcsref_buf_append(buf, HCSREF_LIT(" = "));
    hcsref_buf_append(buf, hcsref_cstr(kind_behind_name(type)));
  }
  hcsref_buf_append(buf, HCSREF_LIT("\n"));
  for (size_t i = 0; i < type->field_count; i++) {
    if (!hcsref_field_known(&type->fields[i], rules))
      continue;
    hcsref_buf_append(buf, HCSREF_LIT("  "));
    hcsref_buf_append(buf, hcsref_cstr(type->fields[i].name));
    hcsref_buf_append(buf, HCSREF_LIT(" "));
    hcsref_buf_append(buf, hcsref_cstr(type->fields[i].type->go_name));
    hcsref_buf_append(buf, type->fields[i].omit_empty ? HCSREF_LIT(" omitempty\n") : HCSREF_LIT("\n"));
  }
}

static void compare_with_recorded(recorded *r, hcsref_str entry, const hcsref_type *type, const hcsref_rules *rules) {
  hcsref_arena arena;
  hcsref_buf buf = {.arena = &arena};
  hcsref_arena_init(&arena, NULL, 0);
  describe(&buf, type, rules);
  assert_same(hcsref_buf_str(&buf), entry);
  r->checked++;
  hcsref_arena_free(&arena);
}

/* Is it a type that only the newest runtime-spec has? */
static bool is_newest_alone(const hcsref_type *type) {
  return entry_of(&go_types, type->go_name).len == 0 && entry_of(&newest_oci, type->go_name).len > 0;
}

/* `special`: entries that go before those of go-types.txt, or null. */
static void check_recorded(const hcsref_type *type, const hcsref_rules *rules, recorded *special) {
  recorded *r = special != NULL && entry_of(special, type->go_name).len > 0 ? special : &go_types;
  if (strcmp(type->go_name, "struct {}") == 0)
    return; /* has no name of its own */
  if (type->kind == HCSREF_STRUCT || (type->elem == NULL && kind_behind_name(type) != NULL))
    compare_with_recorded(r, entry_of(r, type->go_name), type, rules);
}

/* The spec as the rules know it, against go-types.txt with the entries of `special` in place of its own. */
static void check_spec(const hcsref_rules *rules, recorded *special) {
  type_list types = {.count = 0};
  list_known_types(&types, &hcsref_type_oci_spec, rules);
  for (size_t i = 0; i < types.count; i++)
    check_recorded(types.types[i], rules, special);
  assert_int_equal(special->checked, count_entries(special));
  free(special->text);
}

static void tables_equal_the_recorded_types(void **state) {
  static type_list all;
  recorded older_oci = {.checked = 0};
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  const hcsref_profile *newest = hcsref_profile_find(*state, HCSREF_LIT("hcsshim-0.15.0-rc.4"), NULL);
  assert_non_null(newest);
  read_recorded(&go_types, "go-types.txt");
  read_recorded(&older_oci, "go-types-oci-1.0.2-dev.txt");
  read_recorded(&newest_oci, "go-types-oci-1.3.0.txt");
  for (size_t i = 0; i < count; i++)
    if (schemas[i].type != &hcsref_type_oci_spec_cri)
      list_types(&all, schemas[i].type);
  for (size_t i = 0; i < all.count; i++)
    if (!is_newest_alone(all.types[i]))
      check_recorded(all.types[i], NULL, NULL);
  assert_int_equal(go_types.checked, count_entries(&go_types));
  check_spec(hcsref_profile_rules(NULL, HCSREF_PROGRAM_CONTAINERD), &older_oci);
  check_spec(hcsref_profile_rules(newest, HCSREF_PROGRAM_HCSSHIM), &newest_oci);
  free(go_types.text);
}

/* ---- details that a table alone must get right ------------------------------------------------------------- */

static void containerd_does_not_know_newer_fields(void **state) {
  static const char *const newer[] = {"domainname", "zos"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(newer); i++) {
    assert_non_null(hcsref_type_field(&hcsref_type_oci_spec, hcsref_cstr(newer[i])));
    assert_null(hcsref_type_field(&hcsref_type_oci_spec_cri, hcsref_cstr(newer[i])));
  }
}

static void check_mount(hcsref_str in, hcsref_str out) {
  hcsref_arena arena;
  hcsref_cri_mount mount = {.readonly = false};
  hcsref_str text;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_json_decode(&arena, in, &hcsref_type_cri_mount, HCSREF_JSON_WHOLE, &mount, NULL));
  assert_true(hcsref_json_encode(&arena, &hcsref_type_cri_mount, &mount, &text, NULL));
  assert_text(text, out.data);
  hcsref_arena_free(&arena);
}

/* The second spelling is protobuf's, which is exact; letter case folds in the first only, as encoding/json does. */
static void cri_takes_protobuf_json_names(void **state) {
  (void)state;
  check_mount(HCSREF_LIT("{\"containerPath\":\"C:\\\\a\",\"hostPath\":\"C:\\\\b\",\"selinux_relabel\":true}"),
              HCSREF_LIT("{\"container_path\":\"C:\\\\a\",\"host_path\":\"C:\\\\b\",\"selinux_relabel\":true}"));
  check_mount(HCSREF_LIT("{\"CONTAINER_PATH\":\"C:\\\\a\",\"HOSTPATH\":\"C:\\\\b\"}"),
              HCSREF_LIT("{\"container_path\":\"C:\\\\a\"}"));
}

/* container_path in protobuf-JSON's spelling. */
static void lower_camel_case(const char *name, char *out) {
  for (; *name != '\0'; name++) {
    if (*name == '_')
      *out++ = (char)(*++name - 'a' + 'A');
    else
      *out++ = *name;
  }
  *out = '\0';
}

static void check_alias(const hcsref_field *field, bool wanted) {
  char camel[64];
  assert_int_equal(field->aliases != NULL, wanted);
  if (!wanted)
    return;
  assert_true(field->name_len < sizeof(camel));
  lower_camel_case(field->name, camel);
  assert_string_equal(field->aliases[0], camel);
  assert_null(field->aliases[1]);
}

static void check_aliases(const hcsref_schema *schema, const type_list *list) {
  bool cri = strncmp(schema->name, "cri", 3) == 0;
  for (size_t i = 0; i < list->count; i++)
    for (size_t f = 0; f < list->types[i]->field_count; f++)
      check_alias(&list->types[i]->fields[f], cri && strchr(list->types[i]->fields[f].name, '_') != NULL);
}

static void every_cri_name_of_two_words_has_its_alias(void **state) {
  (void)state;
  for_each_schema(check_aliases);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tables_are_sound),
      cmocka_unit_test(a_schema_has_no_two_structs_of_one_name),
      arena_test(tables_equal_the_recorded_types),
      cmocka_unit_test(containerd_does_not_know_newer_fields),
      cmocka_unit_test(cri_takes_protobuf_json_names),
      cmocka_unit_test(every_cri_name_of_two_words_has_its_alias),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

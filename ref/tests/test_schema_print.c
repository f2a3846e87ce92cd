/* SPDX-License-Identifier: Apache-2.0 */
/* The registry, and tables printed as JSON Schema. */
#include "hcsref/cri.h"
#include "hcsref/oci.h"
#include "hcsref/schema.h"
#include "hcsref/schema2.h"
#include "schema/table.h"
#include "support.h"

#include <jansson.h>

/* ---- the registry ----------------------------------------------------------------------------------------- */

static void every_schema_is_found_by_its_name(void **state) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  (void)state;
  assert_true(count >= 30);
  for (size_t i = 0; i < count; i++)
    assert_ptr_equal(hcsref_schema_find(hcsref_cstr(schemas[i].name)), &schemas[i]);
}

static void well_known_names_are_there(void **state) {
  (void)state;
  assert_ptr_equal(hcsref_schema_find(HCSREF_LIT("oci"))->type, &hcsref_type_oci_spec);
  assert_ptr_equal(hcsref_schema_find(HCSREF_LIT("oci-cri"))->type, &hcsref_type_oci_spec_cri);
  assert_ptr_equal(hcsref_schema_find(HCSREF_LIT("cri"))->type, &hcsref_type_cri_container_config);
  assert_ptr_equal(hcsref_schema_find(HCSREF_LIT("hcs-v2"))->type, &hcsref_type_v2_container);
  assert_ptr_equal(hcsref_schema_find(HCSREF_LIT("device-extension"))->type, &hcsref_type_v2_device_extension);
}

static void other_names_are_not_found(void **state) {
  static const char *const names[] = {"", "OCI", "oc", "oci ", "hcs-v3"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(names); i++)
    assert_null(hcsref_schema_find(hcsref_cstr(names[i])));
  assert_null(hcsref_schema_find(hcsref_str_from("oci\0", 4)));
}

static void titles_are_one_line(void **state) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  (void)state;
  for (size_t i = 0; i < count; i++) {
    assert_in_range(strlen(schemas[i].title), 10, 80);
    assert_null(strpbrk(schemas[i].title, "\r\n"));
  }
}

/* ---- exact text -------------------------------------------------------------------------------------------- */

typedef struct kinds {
  bool flag;
  int8_t i8;
  int16_t i16;
  int32_t i32;
  int64_t i64;
  uint8_t u8;
  uint16_t u16;
  uint32_t u32;
  uint64_t u64;
  double number;
  hcsref_str string, bytes, raw;
  hcsref_value any;
  hcsref_time time;
  hcsref_guid guid;
  uint32_t pair[2];
  struct kinds *next;
  hcsref_slice lists;
  hcsref_map by_number;
} kinds;

static const hcsref_type kinds_type;
static const hcsref_type int8_type = NAMED(HCSREF_INT8, int8_t, "int8");
static const hcsref_type int16_type = NAMED(HCSREF_INT16, int16_t, "int16");
static const hcsref_type pair_type = ARRAY_OF(hcsref_type_uint32, uint32_t, 2, "[2]uint32");
static const hcsref_type next_type = POINTER_TO(kinds_type, "*test.Kinds");
static const hcsref_type lists_type = SLICE_OF(hcsref_type_strings, "[][]string");
static const hcsref_type by_number_type =
    MAP_TO(hcsref_type_string, hcsref_string_entry, &hcsref_type_int, "map[int]string");
static const char *const u8_names[] = {"byte", "octet", NULL};

static const hcsref_field kinds_fields[] = {
    KEEP(kinds, flag, "flag", hcsref_type_bool),
    KEEP(kinds, i8, "i8", int8_type),
    KEEP(kinds, i16, "i16", int16_type),
    KEEP(kinds, i32, "i32", hcsref_type_int32),
    KEEP(kinds, i64, "i64", hcsref_type_int64),
    FIELD_ROW(kinds, u8, "u8", hcsref_type_uint8, u8_names, true),
    KEEP(kinds, u16, "u16", hcsref_type_uint16),
    KEEP(kinds, u32, "u32", hcsref_type_uint32),
    KEEP(kinds, u64, "u64", hcsref_type_uint64),
    KEEP(kinds, number, "number", hcsref_type_float64),
    KEEP(kinds, string, "string", hcsref_type_string),
    KEEP(kinds, bytes, "bytes", hcsref_type_bytes),
    KEEP(kinds, raw, "raw", hcsref_type_raw),
    KEEP(kinds, any, "any", hcsref_type_any),
    KEEP(kinds, time, "time", hcsref_type_time),
    KEEP(kinds, guid, "guid", hcsref_type_guid),
    KEEP(kinds, pair, "pair", pair_type),
    KEEP(kinds, next, "next", next_type),
    KEEP(kinds, lists, "lists", lists_type),
    KEEP(kinds, by_number, "byNumber", by_number_type),
};
static const hcsref_type kinds_type = STRUCT(kinds, "test.Kinds", kinds_fields);
static const hcsref_schema kinds_schema = {"kinds", "Every kind of \"value\"", &kinds_type};

static const char *const kinds_lines[] = {
    "{",
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
    "  \"$id\": \"urn:hcsproof:schema:kinds\",",
    "  \"title\": \"Every kind of \\\"value\\\"\",",
    "  \"description\": \"What Go's encoding/json accepts: no key is required, null leaves a value as it is or clears "
    "it, "
    "unknown keys are ignored. This schema can't say that a key may be in other letter case, that an integer must be "
    "written without fraction and exponent, that elements beyond the length of a fixed array are skipped, or how large "
    "an "
    "integer key may be; a time is described by its format only, which many validators do not check.\",",
    "  \"$ref\": \"#/$defs/test.Kinds\",",
    "  \"$defs\": {",
    "    \"test.Kinds\": {",
    "      \"type\": [\"object\", \"null\"],",
    "      \"properties\": {",
    "        \"flag\": {\"type\": [\"boolean\", \"null\"]},",
    "        \"i8\": {\"type\": [\"integer\", \"null\"], \"minimum\": -128, \"maximum\": 127},",
    "        \"i16\": {\"type\": [\"integer\", \"null\"], \"minimum\": -32768, \"maximum\": 32767},",
    "        \"i32\": {\"type\": [\"integer\", \"null\"], \"minimum\": -2147483648, \"maximum\": 2147483647},",
    "        \"i64\": {\"type\": [\"integer\", \"null\"], \"minimum\": -9223372036854775808, "
    "\"maximum\": 9223372036854775807},",
    "        \"u8\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 255},",
    "        \"byte\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 255},",
    "        \"octet\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 255},",
    "        \"u16\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 65535},",
    "        \"u32\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 4294967295},",
    "        \"u64\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 18446744073709551615},",
    "        \"number\": {\"type\": [\"number\", \"null\"]},",
    "        \"string\": {\"type\": [\"string\", \"null\"]},",
    "        \"bytes\": {\"type\": [\"string\", \"array\", \"null\"], \"contentEncoding\": \"base64\", "
    "\"items\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 255}},",
    "        \"raw\": {\"$comment\": \"any JSON: json.RawMessage\"},",
    "        \"any\": {\"$comment\": \"any JSON: interface {}\"},",
    "        \"time\": {\"type\": [\"string\", \"null\"], \"format\": \"date-time\"},",
    "        \"guid\": {\"type\": [\"string\", \"null\"], "
    "\"pattern\": \"^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$\"},",
    "        \"pair\": {\"type\": [\"array\", \"null\"], "
    "\"items\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0, \"maximum\": 4294967295}},",
    "        \"next\": {\"$ref\": \"#/$defs/test.Kinds\"},",
    "        \"lists\": {\"type\": [\"array\", \"null\"], "
    "\"items\": {\"type\": [\"array\", \"null\"], \"items\": {\"type\": [\"string\", \"null\"]}}},",
    "        \"byNumber\": {\"type\": [\"object\", \"null\"], \"propertyNames\": {\"pattern\": \"^[+-]?[0-9]+$\"}, "
    "\"additionalProperties\": {\"type\": [\"string\", \"null\"]}}",
    "      },",
    "      \"additionalProperties\": true",
    "    }",
    "  }",
    "}",
};

static hcsref_str print_schema(hcsref_arena *arena, const hcsref_schema *schema) {
  hcsref_buf buf = {.arena = arena};
  hcsref_schema_print(&buf, schema);
  assert_false(buf.failed);
  return hcsref_buf_str(&buf);
}

static hcsref_str first_line(hcsref_str *text) {
  const char *end = memchr(text->data, '\n', text->len);
  hcsref_str line;
  assert_non_null(end);
  line = hcsref_str_first(*text, (size_t)(end - text->data));
  *text = hcsref_str_skip(*text, line.len + 1);
  return line;
}

static void every_kind_is_described(void **state) {
  hcsref_arena arena;
  hcsref_str text;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  text = print_schema(&arena, &kinds_schema);
  for (size_t i = 0; i < COUNT_OF(kinds_lines); i++) {
    hcsref_str line = first_line(&text);
    assert_text(line, kinds_lines[i]);
  }
  assert_int_equal(text.len, 0);
  hcsref_arena_free(&arena);
}

/* ---- every schema ------------------------------------------------------------------------------------------ */

/* jansson has no unsigned 64-bit integers; as reals they pass. */
static json_t *parse(hcsref_str text) {
  json_error_t error;
  json_t *json = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
  if (json == NULL)
    print_error("line %d: %s\n", error.line, error.text);
  assert_non_null(json);
  return json;
}

static void check_reference(const json_t *defs, const char *reference) {
  static const char prefix[] = "#/$defs/";
  assert_int_equal(strncmp(reference, prefix, sizeof(prefix) - 1), 0);
  assert_non_null(json_object_get(defs, reference + sizeof(prefix) - 1));
}

/* Every reference of a value's description leads to a definition. */
static void check_references(const json_t *defs, const json_t *value) {
  static const char *const inner[] = {"items", "additionalProperties"};
  const json_t *reference = json_object_get(value, "$ref");
  if (reference != NULL)
    check_reference(defs, json_string_value(reference));
  for (size_t i = 0; i < COUNT_OF(inner); i++)
    if (json_is_object(json_object_get(value, inner[i])))
      check_references(defs, json_object_get(value, inner[i]));
}

static void check_definition(const json_t *defs, json_t *definition) {
  const char *key;
  json_t *property;
  assert_true(json_is_true(json_object_get(definition, "additionalProperties")));
  json_object_foreach(json_object_get(definition, "properties"), key, property) {
    check_references(defs, property);
  }
}

/* The properties are the fields of the table that the baseline knows, in its order. */
static void check_root_properties(const hcsref_type *type, json_t *definition) {
  void *at = json_object_iter(json_object_get(definition, "properties"));
  for (size_t i = 0; i < type->field_count; i++) {
    if (!hcsref_field_known(&type->fields[i], NULL))
      continue;
    assert_string_equal(json_object_iter_key(at), type->fields[i].name);
    at = json_object_iter_next(json_object_get(definition, "properties"), at);
    for (const char *const *alias = type->fields[i].aliases; alias != NULL && *alias != NULL; alias++) {
      assert_string_equal(json_object_iter_key(at), *alias);
      at = json_object_iter_next(json_object_get(definition, "properties"), at);
    }
  }
  assert_null(at);
}

static void check_schema(const hcsref_schema *schema, hcsref_str text) {
  json_t *json = parse(text);
  json_t *defs = json_object_get(json, "$defs");
  const char *key;
  json_t *definition;
  check_references(defs, json);
  json_object_foreach(defs, key, definition) {
    check_definition(defs, definition);
  }
  check_root_properties(schema->type, json_object_get(defs, schema->type->go_name));
  json_decref(json);
}

static void every_schema_is_whole(void **state) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  (void)state;
  for (size_t i = 0; i < count; i++) {
    hcsref_arena arena;
    hcsref_arena_init(&arena, NULL, 0);
    check_schema(&schemas[i], print_schema(&arena, &schemas[i]));
    hcsref_arena_free(&arena);
  }
}

/* ---- settings that another member tells the type of --------------------------------------------------------- */

/* The definition that `told` has when `member` is this, or null. */
static const char *told_by(json_t *definition, const char *told, const char *member, const char *key,
                           const char *resource) {
  size_t index;
  json_t *choice;
  json_array_foreach(json_object_get(definition, "allOf"), index, choice) {
    const char *name, *found;
    assert_int_equal(json_unpack(choice, "{s:{s:[s]}}", "if", "required", &name), 0);
    assert_string_equal(name, member);
    found = json_string_value(
        json_object_get(json_object_get(json_object_get(json_object_get(choice, "if"), "properties"), member), key));
    if (found != NULL && strcmp(found, resource) == 0)
      return json_string_value(json_object_get(
          json_object_get(json_object_get(json_object_get(choice, "then"), "properties"), told), "$ref"));
  }
  return NULL;
}

static const char *settings_of(json_t *definition, const char *member, const char *key, const char *resource) {
  return told_by(definition, "Settings", member, key, resource);
}

static void requests_to_the_service_have_the_type_of_their_operation(void **state) {
  hcsref_arena arena;
  json_t *json, *request, *groups, *guard;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  json = parse(print_schema(&arena, hcsref_schema_find(HCSREF_LIT("service-settings"))));
  request = json_object_get(json_object_get(json, "$defs"), "hcsschema.ModificationRequest");
  groups = json_object_get(json_object_get(json, "$defs"), "hcsschema.HostProcessorModificationRequest");
  guard = json_object_get(json_object_get(json, "$defs"), "hcsschema.ContainerCredentialGuardOperationRequest");
  assert_string_equal(settings_of(request, "PropertyType", "const", "CpuGroup"),
                      "#/$defs/hcsschema.HostProcessorModificationRequest");
  assert_string_equal(told_by(groups, "OperationDetails", "Operation", "const", "CreateGroup"),
                      "#/$defs/hcsschema.CreateGroupOperation");
  assert_string_equal(told_by(guard, "OperationDetails", "Operation", "const", "RemoveInstance"),
                      "#/$defs/hcsschema.ContainerCredentialGuardRemoveInstanceRequest");
  assert_null(told_by(groups, "OperationDetails", "Operation", "const", "AddInstance"));
  json_decref(json);
  hcsref_arena_free(&arena);
}

static void settings_have_the_type_of_their_resource(void **state) {
  hcsref_arena arena;
  json_t *json, *host, *guest;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  json = parse(print_schema(&arena, hcsref_schema_find(HCSREF_LIT("modify-v2"))));
  host = json_object_get(json_object_get(json, "$defs"), "hcsschema.ModifySettingRequest");
  guest = json_object_get(json_object_get(json, "$defs"), "guestrequest.ModificationRequest");
  assert_string_equal(settings_of(host, "ResourcePath", "const", "VirtualMachine/Devices/VirtualSmb/Shares"),
                      "#/$defs/hcsschema.VirtualSmbShare");
  assert_string_equal(settings_of(host, "ResourcePath", "pattern", "^VirtualMachine/Devices/Scsi/"),
                      "#/$defs/hcsschema.Attachment");
  assert_null(settings_of(host, "ResourcePath", "const", "VirtualMachine/Devices/Scsi/"));
  assert_string_equal(settings_of(guest, "ResourceType", "const", "CombinedLayers"),
                      "#/$defs/guestresource.WCOWCombinedLayers");
  assert_null(settings_of(guest, "ResourceType", "const", "Teapot"));
  json_decref(json);
  hcsref_arena_free(&arena);
}

static void the_text_is_always_the_same(void **state) {
  const hcsref_schema *schema = hcsref_schema_find(HCSREF_LIT("oci"));
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_same(print_schema(&arena, schema), print_schema(&arena, schema));
  hcsref_arena_free(&arena);
}

static void want_of_memory_shows(void **state) {
  const hcsref_schema *schema = hcsref_schema_find(HCSREF_LIT("oci"));
  bool failed = true;
  (void)state;
  for (size_t refuse_at = 0; failed; refuse_at++) {
    hcsref_arena arena;
    counting_allocator counting;
    hcsref_buf buf = {.arena = &arena};
    counting_arena(&arena, &counting, refuse_at);
    hcsref_schema_print(&buf, schema);
    failed = buf.failed;
    assert_int_equal(failed, counting.calls > refuse_at);
    hcsref_arena_free(&arena);
    assert_int_equal(counting.live, 0);
  }
}

/* Room for the text, but none for the list of structs. */
static void want_of_memory_for_the_list_shows(void **state) {
  hcsref_arena arena;
  counting_allocator counting;
  hcsref_buf buf = {.arena = &arena};
  (void)state;
  counting_arena(&arena, &counting, SIZE_MAX);
  assert_true(hcsref_buf_reserve(&buf, 1 << 16));
  counting.refuse_at = 0;
  while (hcsref_arena_alloc(&arena, 1) != NULL)
    continue;
  hcsref_schema_print(&buf, &kinds_schema);
  assert_true(buf.failed);
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_schema_is_found_by_its_name),
      cmocka_unit_test(well_known_names_are_there),
      cmocka_unit_test(other_names_are_not_found),
      cmocka_unit_test(titles_are_one_line),
      cmocka_unit_test(every_kind_is_described),
      cmocka_unit_test(every_schema_is_whole),
      cmocka_unit_test(settings_have_the_type_of_their_resource),
      cmocka_unit_test(requests_to_the_service_have_the_type_of_their_operation),
      cmocka_unit_test(want_of_memory_shows),
      cmocka_unit_test(the_text_is_always_the_same),
      cmocka_unit_test(want_of_memory_shows),
      cmocka_unit_test(want_of_memory_for_the_list_shows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations, and the rules that read little else: limits, dumps, device extensions. */
#include "fake_host.h"
#include "hcs/convert.h"
#include "hcs/strconv.h"
#include "hcsref/pipeline.h"

#define KEY(name) "io.microsoft.container." name

static hcsref_oci_spec decode_spec(hcsref_arena *arena, const char *text) {
  hcsref_oci_spec spec;
  memset(&spec, 0, sizeof spec);
  assert_true(hcsref_json_decode(arena, hcsref_cstr(text), &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, NULL));
  return spec;
}

static hcsref_map one_annotation(hcsref_string_entry *entry, const char *key, hcsref_str value) {
  hcsref_map map = {entry, 1, 1};
  entry->key = hcsref_cstr(key);
  entry->value = value;
  return map;
}

/* ---- texts --------------------------------------------------------------------------------------------------- */

static void bools_are_two_words_in_any_case(void **state) {
  static const struct {
    const char *text;
    int value; /* -1: the fallback */
  } rows[] = {{"true", 1},
              {"TrUe", 1},
              {"false", 0},
              {"FALSE", 0},
              {"", -1},
              {"1", -1},
              {"yes", -1},
              {"t", -1},
              {" true", -1},
              {"true ", -1},
              {"\xEF\xBD\x94rue", -1},
              {"fal\xC5\xBF"
               "e",
               -1}};
  hcsref_string_entry entry;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", hcsref_cstr(rows[i].text));
    assert_int_equal(hcsref_annotation_bool(&map, HCSREF_LIT("k"), true), rows[i].value != 0);
    assert_int_equal(hcsref_annotation_bool(&map, HCSREF_LIT("k"), false), rows[i].value == 1);
    assert_true(hcsref_annotation_bool(&map, HCSREF_LIT("other"), true));
  }
}

static void numbers_are_digits_only(void **state) {
  static const struct {
    hcsref_str text;
    uint64_t value; /* 77: the fallback */
  } rows[] = {{{"0", 1}, 0},
              {{"007", 3}, 7},
              {{"18446744073709551615", 20}, UINT64_MAX},
              {{"18446744073709551616", 20}, 77},
              {{"18446744073709551620", 20}, 77},
              {{"184467440737095516150", 21}, 77},
              {{"", 0}, 77},
              {{"+1", 2}, 77},
              {{"-0", 2}, 77},
              {{" 1", 2}, 77},
              {{"1 ", 2}, 77},
              {{"1_0", 3}, 77},
              {{"0x1", 3}, 77},
              {{"1\0", 2}, 77},
              {{"\xEF\xBC\x91", 3}, 77}};
  hcsref_string_entry entry;
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", rows[i].text);
    assert_true(hcsref_annotation_uint64(&map, HCSREF_LIT("k"), 77) == rows[i].value);
  }
}

static void signed_numbers_are_atois(void **state) {
  static const struct {
    const char *text;
    hcsref_number_status status;
    int64_t value;
  } rows[] = {{"1", HCSREF_NUMBER_OK, 1},
              {"+1", HCSREF_NUMBER_OK, 1},
              {"-0", HCSREF_NUMBER_OK, 0},
              {"-12", HCSREF_NUMBER_OK, -12},
              {"9223372036854775807", HCSREF_NUMBER_OK, INT64_MAX},
              {"-9223372036854775808", HCSREF_NUMBER_OK, INT64_MIN},
              {"9223372036854775808", HCSREF_NUMBER_RANGE, 0},
              {"-9223372036854775809", HCSREF_NUMBER_RANGE, 0},
              {"99999999999999999999", HCSREF_NUMBER_RANGE, 0},
              {"999999999999999999999x", HCSREF_NUMBER_RANGE, 0},
              {"9999999999999999999x", HCSREF_NUMBER_SYNTAX, 0},
              {"", HCSREF_NUMBER_SYNTAX, 0},
              {"+", HCSREF_NUMBER_SYNTAX, 0},
              {"-", HCSREF_NUMBER_SYNTAX, 0},
              {"+-1", HCSREF_NUMBER_SYNTAX, 0},
              {"1_0", HCSREF_NUMBER_SYNTAX, 0}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    int64_t value = 0;
    assert_int_equal(hcsref_parse_int64(hcsref_cstr(rows[i].text), &value), rows[i].status);
    assert_true(value == rows[i].value);
  }
}

static void conversions_keep_the_lower_bits(void **state) {
  (void)state;
  assert_int_equal(hcsref_to_int32(0x7FFFFFFF), INT32_MAX);
  assert_int_equal(hcsref_to_int32(0x80000000), INT32_MIN);
  assert_int_equal(hcsref_to_int32(0xFFFFFFFF), -1);
  assert_int_equal(hcsref_to_int32(0x100000005), 5);
  assert_true(hcsref_to_int64(INT64_MAX) == INT64_MAX);
  assert_true(hcsref_to_int64(0x8000000000000000u) == INT64_MIN);
  assert_true(hcsref_to_int64(UINT64_MAX) == -1);
}

static void lists_are_split_and_not_trimmed(void **state) {
  static const struct {
    const char *text;
    size_t count;
    const char *items[4];
  } rows[] = {{"", 0, {NULL}},
              {"a", 1, {"a"}},
              {",", 2, {"", ""}},
              {"a,,b", 3, {"a", "", "b"}},
              {" a , b,", 3, {" a ", " b", ""}}};
  hcsref_string_entry entry;
  hcsref_slice list;
  const hcsref_str *items;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_map map = one_annotation(&entry, "k", hcsref_cstr(rows[i].text));
    assert_true(hcsref_annotation_list(&arena, &map, HCSREF_LIT("k"), &list));
    assert_int_equal(list.len, rows[i].count);
    assert_int_equal(list.items == NULL, rows[i].count == 0);
    items = list.items;
    for (size_t item = 0; items != NULL && item < list.len; item++)
      assert_text(items[item], rows[i].items[item]);
    assert_true(hcsref_annotation_list(&arena, &map, HCSREF_LIT("other"), &list));
    assert_null(list.items);
  }
  hcsref_arena_free(&arena);
}

/* ---- limits -------------------------------------------------------------------------------------------------- */

#define CPU(annotations, cpu) "{\"annotations\":{" annotations "},\"windows\":{\"resources\":{\"cpu\":{" cpu "}}}}"
#define COUNT_KEY             "\"" KEY("processor.count") "\":"
#define LIMIT_KEY             "\"" KEY("processor.limit") "\":"
#define WEIGHT_KEY            "\"" KEY("processor.weight") "\":"

static void cpu_limits_come_from_annotation_or_spec(void **state) {
  static const struct {
    const char *spec;
    int32_t max;
    hcsref_cpu_limits limits;
  } rows[] = {
      {"{}", 4, {0, 0, 0}},
      {"{\"windows\":{\"resources\":{}}}", 4, {0, 0, 0}},
      {CPU("", "\"count\":3"), 4, {3, 0, 0}},
      {CPU("", "\"count\":5"), 4, {4, 0, 0}},
      {CPU("", "\"maximum\":65535"), 4, {0, 65535, 0}},
      {CPU("", "\"shares\":500"), 4, {0, 0, 500}},
      {CPU("", "\"count\":0,\"shares\":0,\"maximum\":7"), 4, {0, 7, 0}},
      {CPU(COUNT_KEY "\"2\"", "\"count\":3"), 4, {2, 0, 0}},
      {CPU(COUNT_KEY "\"0\"", "\"count\":3"), 4, {3, 0, 0}},
      {CPU(COUNT_KEY "\"x\"", "\"count\":3"), 4, {3, 0, 0}},
      {CPU(COUNT_KEY "\"2\"," COUNT_KEY "\"1\"", ""), 4, {1, 0, 0}},
      /* cut to 32 bits, which may leave nothing: then it is no limit, but the spec is not asked again */
      {CPU(COUNT_KEY "\"4294967296\"", "\"count\":3"), 4, {0, 0, 0}},
      {CPU(COUNT_KEY "\"4294967297\"", ""), 4, {1, 0, 0}},
      {CPU(LIMIT_KEY "\"2147483648\"", ""), 4, {0, INT32_MIN, 0}},
      {CPU("", "\"count\":18446744073709551615"), 4, {-1, 0, 0}},
      /* a negative value excludes nothing and is not clamped */
      {CPU(COUNT_KEY "\"2147483648\"," WEIGHT_KEY "\"3\"", ""), 4, {INT32_MIN, 0, 3}},
      {CPU(WEIGHT_KEY "\"3\"", ""), -1, {-1, 0, 3}},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    hcsref_cpu_limits limits;
    hcsref_arena_init(&arena, NULL, 0);
    spec = decode_spec(&arena, rows[i].spec);
    assert_true(hcsref_convert_cpu_limits(&arena, &spec, rows[i].max, &limits, NULL));
    assert_int_equal(limits.count, rows[i].limits.count);
    assert_int_equal(limits.limit, rows[i].limits.limit);
    assert_int_equal(limits.weight, rows[i].limits.weight);
    hcsref_arena_free(&arena);
  }
}

static void cpu_limits_exclude_each_other(void **state) {
  static const struct {
    const char *spec, *numbers, *where;
  } rows[] = {
      {CPU("", "\"count\":1,\"shares\":2"), "Count: '1', Limit: '0', and Weight: '2'", "/windows/resources/cpu/shares"},
      {CPU("", "\"count\":9,\"maximum\":2"), "Count: '9', Limit: '2', and Weight: '0'",
       "/windows/resources/cpu/maximum"},
      {CPU(WEIGHT_KEY "\"4\"", "\"count\":1,\"maximum\":2,\"shares\":3"), "Count: '1', Limit: '2', and Weight: '4'",
       "/annotations/" KEY("processor.weight")},
      {CPU(LIMIT_KEY "\"4\"", "\"count\":1"), "Count: '1', Limit: '4', and Weight: '0'",
       "/annotations/" KEY("processor.limit")},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    hcsref_cpu_limits limits = {7, 7, 7};
    hcsref_error err;
    hcsref_str message;
    hcsref_arena_init(&arena, NULL, 0);
    spec = decode_spec(&arena, rows[i].spec);
    assert_false(hcsref_convert_cpu_limits(&arena, &spec, 64, &limits, &err));
    assert_string_equal(err.code, "cpu-limits-exclusive");
    assert_true(hcsref_format(&arena, &message, "invalid spec - Windows Container CPU %s are mutually exclusive",
                              rows[i].numbers));
    assert_same(err.message, message);
    assert_text(err.where, rows[i].where);
    assert_int_equal(limits.count, 7);
    hcsref_arena_free(&arena);
  }
}

static void a_spec_is_needed(void **state) {
  hcsref_cpu_limits limits;
  hcsref_error err;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_false(hcsref_convert_cpu_limits(&arena, NULL, 1, &limits, &err));
  assert_string_equal(err.code, "spec-missing");
  assert_false(hcsref_check_mounts(&arena, NULL, &err));
  assert_string_equal(err.code, "spec-missing");
  hcsref_arena_free(&arena);
}

static void processor_counts_are_never_above_the_most(void **state) {
  (void)state;
  assert_int_equal(hcsref_normalize_processor_count(3, 4), 3);
  assert_int_equal(hcsref_normalize_processor_count(5, 4), 4);
  assert_int_equal(hcsref_normalize_processor_count(0, -1), -1);
  assert_int_equal(hcsref_normalize_processor_count(INT32_MIN, 4), INT32_MIN);
}

static void limits_are_rescaled_in_32_bits(void **state) {
  static const struct {
    int32_t limit, host, vm, scaled;
  } rows[] = {
      {1250, 8, 2, 5000},   {10000, 8, 2, 10000},
      {1, 2, 4, 1},         {5000, 2, 4, 2500},
      {7, 2, 3, 4},         {INT32_MAX, 8, 2, 1},                 /* wraps to -8 */
      {65536, 65536, 1, 1}, /* wraps to 0 */ {1 << 30, 2, -1, 1}, /* the lowest number by -1 is itself */
      {5000, 2, -1, 1},
  };
  hcsref_arena arena;
  hcsref_error err;
  int32_t scaled = 5;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    assert_true(hcsref_scale_cpu_limit(&arena, rows[i].limit, rows[i].host, rows[i].vm, &scaled, NULL));
    assert_int_equal(scaled, rows[i].scaled);
  }
  scaled = 5;
  assert_false(hcsref_scale_cpu_limit(&arena, 1, 1, 0, &scaled, &err));
  assert_string_equal(err.code, "uvm-processor-count");
  assert_int_equal(scaled, 5);
  hcsref_arena_free(&arena);
}

static void memory_is_whole_megabytes(void **state) {
  static const struct {
    const char *spec;
    uint64_t mb;
  } rows[] = {
      {"{}", 0},
      {"{\"windows\":{}}", 0},
      {"{\"windows\":{\"resources\":{\"memory\":{}}}}", 0},
      {"{\"windows\":{\"resources\":{\"memory\":{\"limit\":1048575}}}}", 0},
      {"{\"windows\":{\"resources\":{\"memory\":{\"limit\":1048576}}}}", 1},
      {"{\"windows\":{\"resources\":{\"memory\":{\"limit\":18446744073709551615}}}}", 17592186044415},
      {"{\"annotations\":{\"" KEY("memory.sizeinmb") "\":\"18446744073709551615\"}}", UINT64_MAX},
      {"{\"annotations\":{\"" KEY("memory.sizeinmb") "\":\"0\"},\"windows\":{\"resources\":{\"memory\":{\"limit\":"
                                                     "9437184}}}}",
       9},
      {"{\"annotations\":{\"" KEY("memory.sizeinmb") "\":\"3\"},\"windows\":{\"resources\":{\"memory\":{\"limit\":"
                                                     "9437184}}}}",
       3},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    hcsref_arena_init(&arena, NULL, 0);
    spec = decode_spec(&arena, rows[i].spec);
    assert_true(hcsref_memory_limit_mb(&spec) == rows[i].mb);
    hcsref_arena_free(&arena);
  }
}

static void storage_limits_are_cut_to_32_bits(void **state) {
  static const struct {
    const char *spec;
    int32_t bps, iops;
  } rows[] = {
      {"{}", 0, 0},
      {"{\"windows\":{\"resources\":{\"storage\":{\"iops\":9,\"bps\":4294967295}}}}", -1, 9},
      {"{\"annotations\":{\"" KEY("storage.qos.bandwidthmaximum") "\":\"4294967296\",\"" KEY(
           "storage.qos.iopsmaximum") "\":\"-1\"},\"windows\":{\"resources\":{\"storage\":{\"iops\":9,\"bps\":8}}}}",
       0, 9},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    int32_t bps, iops;
    hcsref_arena_init(&arena, NULL, 0);
    spec = decode_spec(&arena, rows[i].spec);
    hcsref_storage_limits(&spec, &bps, &iops);
    assert_int_equal(bps, rows[i].bps);
    assert_int_equal(iops, rows[i].iops);
    hcsref_arena_free(&arena);
  }
}

/* ---- dumps --------------------------------------------------------------------------------------------------- */

static void dump_types_are_exact(void **state) {
  static const struct {
    const char *text;
    int32_t type; /* -1: an error */
  } rows[] = {{"", 2}, {"full", 2}, {"mini", 1}, {"Mini", -1}, {"full ", -1}, {"1", -1}};
  hcsref_string_entry entry;
  hcsref_arena arena;
  hcsref_error err;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    int32_t type = -1;
    hcsref_map map = one_annotation(&entry, "io.microsoft.wcow.processdumptype", hcsref_cstr(rows[i].text));
    assert_int_equal(hcsref_dump_type(&arena, &map, &type, &err), rows[i].type >= 0);
    assert_int_equal(type, rows[i].type);
  }
  assert_string_equal(err.code, "dump-type");
  assert_text(err.message, "unknown dump type specified, valid values are \"mini\" or \"full\"");
  assert_text(err.where, "/annotations/io.microsoft.wcow.processdumptype");
  hcsref_arena_free(&arena);
}

static void dump_counts_are_checked_and_then_cut(void **state) {
  static const struct {
    hcsref_str text;
    int32_t count;
    const char *message; /* null: no error */
  } rows[] = {
      {{"", 0}, 10, NULL},
      {{"+5", 2}, 5, NULL},
      {{"2147483648", 10}, INT32_MIN, NULL},
      {{"4294967296", 10}, 0, NULL},
      {{"9223372036854775807", 19}, -1, NULL},
      {{"0", 1}, 0, "invaid dump count specified: 0"},
      {{"-2", 2}, 0, "invaid dump count specified: -2"},
      {{"9223372036854775808", 19}, 0, "strconv.Atoi: parsing \"9223372036854775808\": value out of range"},
      {{"a\"\xFF\0", 4}, 0, "strconv.Atoi: parsing \"a\\\"\\xff\\x00\": invalid syntax"},
  };
  hcsref_string_entry entry;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_error err;
    int32_t count = 0;
    hcsref_map map = one_annotation(&entry, "io.microsoft.wcow.processdumpcount", rows[i].text);
    assert_int_equal(hcsref_dump_count(&arena, &map, &count, &err), rows[i].message == NULL);
    assert_int_equal(count, rows[i].count);
    if (rows[i].message != NULL) {
      assert_string_equal(err.code, "dump-count");
      assert_text(err.message, rows[i].message);
      assert_text(err.where, "/annotations/io.microsoft.wcow.processdumpcount");
    }
  }
  hcsref_arena_free(&arena);
}

static void dump_folders_take_the_id_at_their_end(void **state) {
  static const struct {
    const char *folder, *result;
  } rows[] = {{"C:\\d", "C:\\d"},
              {"C:\\d\\{container_id}", "C:\\d\\cid"},
              {"C:\\d{CONTAINER_ID}", "C:\\dcid"},
              {"{container_id}", "cid"},
              {"{Container_Id}", "{Container_Id}"},
              {"{container_id}\\x", "{container_id}\\x"},
              {"{container_id}{CONTAINER_ID}", "{container_id}cid"},
              {"x{container_id", "x{container_id"}};
  hcsref_arena arena;
  hcsref_str folder;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    assert_true(hcsref_dump_folder(&arena, hcsref_cstr(rows[i].folder), HCSREF_LIT("cid"), &folder));
    assert_text(folder, rows[i].result);
  }
  assert_true(hcsref_dump_folder(&arena, HCSREF_LIT("{container_id}"), HCSREF_LIT(""), &folder));
  assert_int_equal(folder.len, 0);
  hcsref_arena_free(&arena);
}

/* ---- device extensions ----------------------------------------------------------------------------------------- */

#define EXTENSIONS_KEY KEY("wcow.deviceextensions")

static void device_extensions_are_read(void **state) {
  static const fake_answer answers[] = {
      {"read a", "{\"NAMESPACE\":{\"ob\":{\"objdir\":[{\"name\":\"n\"}]}},\"x\":1}"}, {"read b", "null"}, {0}};
  hcsref_string_entry entry;
  hcsref_v2_container_definition_device *device = NULL;
  hcsref_arena arena;
  hcsref_str text;
  hcsref_map map = one_annotation(&entry, EXTENSIONS_KEY, HCSREF_LIT("a,b"));
  fake_host fake;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  fake_host_init(&fake, answers);
  assert_true(hcsref_device_extensions(&arena, &map, &fake.host, &device, NULL));
  assert_string_equal(fake.log, "stat a\nstat b\nread a\nread b\n");
  assert_true(hcsref_json_encode(&arena, &hcsref_type_v2_container_definition_device, device, &text, NULL));
  assert_text(text, "{\"device_extension\":[{\"namespace\":{\"ob\":{\"objdir\":[{\"name\":\"n\"}]}}},{}]}");
  fake.build = 0;
  map = one_annotation(&entry, EXTENSIONS_KEY, HCSREF_LIT(""));
  assert_true(hcsref_device_extensions(&arena, &map, &fake.host, &device, NULL));
  assert_null(device);
  hcsref_arena_free(&arena);
}

static void device_extensions_fail_with_upstreams_words(void **state) {
  static const fake_answer answers[] = {{"read bad", "{\"a\":1,}"}, {"stat gone", "-"}, {"stat shut", "!denied"},
                                        {"read full", "?"},         {"stat oom", "?"},  {0}};
  static const struct {
    const char *paths;
    uint32_t build;
    const char *code, *message;
  } rows[] = {
      {"bad,gone", 0, "extension-stat", "failed to find path to driver extensions at gone: not there"},
      {"shut", 20348, "extension-stat", "failed to find path to driver extensions at shut: denied"},
      {"bad", 20347, "extensions-unsupported", "device extensions are not supported on this build (20347)"},
      {"file", 20348, "extension-read", "failed to read extension file at file: no such file"},
      {"bad,file", 20348, "extension-json",
       "failed to unmarshal extension file at bad: invalid character '}' looking for beginning of object key string"},
      {"full", 20348, "out-of-memory", "out of memory"},
      {"oom", 20348, "out-of-memory", "out of memory"},
  };
  hcsref_string_entry entry;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_v2_container_definition_device *device = NULL;
    hcsref_map map = one_annotation(&entry, EXTENSIONS_KEY, hcsref_cstr(rows[i].paths));
    hcsref_error err;
    fake_host fake;
    fake_host_init(&fake, answers);
    fake.build = rows[i].build;
    assert_false(hcsref_device_extensions(&arena, &map, &fake.host, &device, &err));
    assert_string_equal(err.code, rows[i].code);
    assert_text(err.message, rows[i].message);
    assert_text(err.where, strcmp(err.code, "out-of-memory") == 0 ? "" : "/annotations/" EXTENSIONS_KEY);
    assert_null(device);
  }
  hcsref_arena_free(&arena);
}

/* ---- mounts and devices -------------------------------------------------------------------------------------- */

static void mounts_are_checked(void **state) {
  static const struct {
    const char *mount, *message, *where; /* of the second mount; null: fine */
  } rows[] = {
      {"{\"source\":\"a\",\"destination\":\"b\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"physical-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"virtual-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"extensible-virtual-disk\"}", NULL, NULL},
      {"{\"source\":\"a\",\"destination\":\"b\",\"type\":\"bind\"}", "invalid OCI spec - Type 'bind' not supported",
       "/mounts/1/type"},
      {"{\"source\":\"a\",\"type\":\"bind\",\"options\":[\"ro\",\"x "
       "y\"],\"uidMappings\":[{\"containerID\":1,\"hostID\":"
       "2,\"size\":3},{}],\"gidMappings\":[{\"size\":4294967295}]}",
       "invalid OCI spec - a mount must have both source and a destination: {Destination: Type:bind Source:a "
       "Options:[ro x y] UIDMappings:[{ContainerID:1 HostID:2 Size:3} {ContainerID:0 HostID:0 Size:0}] "
       "GIDMappings:[{ContainerID:0 HostID:0 Size:4294967295}]}",
       "/mounts/1/destination"},
      {"{\"destination\":\"d\"}",
       "invalid OCI spec - a mount must have both source and a destination: {Destination:d Type: Source: Options:[] "
       "UIDMappings:[] GIDMappings:[]}",
       "/mounts/1/source"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_arena arena;
    hcsref_oci_spec spec;
    hcsref_error err;
    hcsref_str text;
    hcsref_arena_init(&arena, NULL, 0);
    assert_true(
        hcsref_format(&arena, &text, "{\"mounts\":[{\"source\":\"s\",\"destination\":\"d\"},%s]}", rows[i].mount));
    memset(&spec, 0, sizeof spec);
    assert_true(hcsref_json_decode(&arena, text, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, NULL));
    assert_int_equal(hcsref_check_mounts(&arena, &spec, &err), rows[i].message == NULL);
    if (rows[i].message != NULL) {
      assert_string_equal(err.code, strstr(rows[i].message, "Type '") != NULL ? "mount-type" : "mount-incomplete");
      assert_text(err.message, rows[i].message);
      assert_text(err.where, rows[i].where);
    }
    hcsref_arena_free(&arena);
  }
}

/* An error has to be told, and that takes memory too. */
static void an_error_without_memory_says_so(void **state) {
  hcsref_arena arena;
  hcsref_oci_spec spec;
  const char *code = "";
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  spec = decode_spec(&arena, "{\"mounts\":[{\"destination\":\"d\"}]}");
  for (size_t limit = 1; strcmp(code, "mount-incomplete") != 0; limit += 16) {
    hcsref_error err;
    hcsref_arena small;
    hcsref_arena_init(&small, NULL, limit);
    assert_false(hcsref_check_mounts(&small, &spec, &err));
    code = err.code;
    assert_true(strcmp(code, "mount-incomplete") == 0 || strcmp(code, "out-of-memory") == 0);
    hcsref_arena_free(&small);
    assert_true(limit < 4096);
  }
  hcsref_arena_free(&arena);
}

static void devices_are_converted(void **state) {
  static const hcsref_oci_windows_device devices[] = {{{"p", 1}, {"vpci-location-path", 18}},
                                                      {{"", 0}, {"class", 5}},
                                                      {{"g", 1}, {"vpci-class-guid", 15}},
                                                      {{"x", 1}, {"vpci", 4}}};
  hcsref_slice list = {(void *)(uintptr_t)devices, 3, 3}, out = {NULL, 0, 0};
  const hcsref_v2_device *made;
  hcsref_arena arena;
  hcsref_error err;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_assigned_devices(&arena, &list, &out, NULL));
  made = out.items;
  assert_int_equal(out.len, 3);
  assert_text(made[0].type, "DeviceInstance");
  assert_text(made[0].location_path, "p");
  assert_int_equal(made[0].interface_class_guid.len, 0);
  assert_int_equal(made[1].type.len, 0);
  assert_text(made[2].interface_class_guid, "g");
  assert_int_equal(made[2].type.len, 0);
  list.len = 4;
  assert_false(hcsref_assigned_devices(&arena, &list, &out, &err));
  assert_string_equal(err.code, "device-type");
  assert_text(err.message, "specified device x has unsupported type vpci");
  assert_text(err.where, "/windows/devices/3/idType");
  assert_ptr_equal(out.items, made);
  list.len = 0;
  assert_true(hcsref_assigned_devices(&arena, &list, &out, NULL));
  assert_non_null(out.items);
  assert_int_equal(out.len, 0);
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bools_are_two_words_in_any_case),
      cmocka_unit_test(numbers_are_digits_only),
      cmocka_unit_test(signed_numbers_are_atois),
      cmocka_unit_test(conversions_keep_the_lower_bits),
      cmocka_unit_test(lists_are_split_and_not_trimmed),
      cmocka_unit_test(cpu_limits_come_from_annotation_or_spec),
      cmocka_unit_test(cpu_limits_exclude_each_other),
      cmocka_unit_test(a_spec_is_needed),
      cmocka_unit_test(processor_counts_are_never_above_the_most),
      cmocka_unit_test(limits_are_rescaled_in_32_bits),
      cmocka_unit_test(memory_is_whole_megabytes),
      cmocka_unit_test(storage_limits_are_cut_to_32_bits),
      cmocka_unit_test(dump_types_are_exact),
      cmocka_unit_test(dump_counts_are_checked_and_then_cut),
      cmocka_unit_test(dump_folders_take_the_id_at_their_end),
      cmocka_unit_test(device_extensions_are_read),
      cmocka_unit_test(device_extensions_fail_with_upstreams_words),
      cmocka_unit_test(mounts_are_checked),
      cmocka_unit_test(an_error_without_memory_says_so),
      cmocka_unit_test(devices_are_converted),
  };
  return cmocka_run_group_tests_name("annotations and limits", tests, NULL, NULL);
}

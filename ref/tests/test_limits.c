/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of processors, memory and storage. */
#include "annotated.h"

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
    assert_true(hcsref_convert_cpu_limits(&arena, NULL, &spec, rows[i].max, &limits, NULL));
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
    assert_false(hcsref_convert_cpu_limits(&arena, NULL, &spec, 64, &limits, &err));
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
  assert_false(hcsref_convert_cpu_limits(&arena, NULL, NULL, 1, &limits, &err));
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
    assert_true(hcsref_memory_limit_mb(NULL, &spec) == rows[i].mb);
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
    hcsref_storage_limits(NULL, &spec, &bps, &iops);
    assert_int_equal(bps, rows[i].bps);
    assert_int_equal(iops, rows[i].iops);
    hcsref_arena_free(&arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cpu_limits_come_from_annotation_or_spec),
      cmocka_unit_test(cpu_limits_exclude_each_other),
      cmocka_unit_test(a_spec_is_needed),
      cmocka_unit_test(processor_counts_are_never_above_the_most),
      cmocka_unit_test(limits_are_rescaled_in_32_bits),
      cmocka_unit_test(memory_is_whole_megabytes),
      cmocka_unit_test(storage_limits_are_cut_to_32_bits),
  };
  return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}

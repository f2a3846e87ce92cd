/* SPDX-License-Identifier: Apache-2.0 */
/* The mutator: what it makes stays within bounds, is mostly JSON, reaches every field, and depends on its seed alone.
 */
#include "mutator/bytes.h"
#include "mutator/mutator.h"
#include "mutator/outline.h"
#include "mutator/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MAX 4096

/* Fewer where everything takes long: under valgrind. */
static unsigned rounds(void) {
  const char *text = getenv("HCSPROOF_TEST_STRIDE");
  unsigned long stride = text == NULL ? 1 : strtoul(text, NULL, 10);
  assert_true(stride > 0 && stride <= 100);
  return 2000 / (unsigned)stride;
}

/* Stands for the engine: turns a byte. */
static size_t turn_a_byte(uint8_t *data, size_t size, size_t max) {
  (void)max;
  if (size != 0)
    data[size / 2] ^= 1;
  return size;
}

static bool is_json(const input_format *format, const uint8_t *data, size_t size) {
  static outline out;
  size_t start = format->choose != NULL;
  return size > start && outline_read(&out, (const char *)data + start, size - start, NULL);
}

/* A block of exactly the allowed size, so that a sanitizer sees a byte too many. */
static size_t mutate_all(const input_format *format, uint8_t *data, size_t *json) {
  size_t size = 0;
  for (unsigned seed = 0; seed < rounds(); seed++) {
    size = mutator_mutate(format, turn_a_byte, data, size, MAX, seed);
    assert_true(size <= MAX);
    *json += is_json(format, data, size);
    if (!is_json(format, data, size))
      size = 0;
  }
  return size;
}

static void stays_json_and_within_bounds(void **state) {
  size_t count;
  const input_format *formats = inputs_all(&count);
  (void)state;
  for (size_t i = 0; i < count; i++) {
    uint8_t *data = malloc(MAX), *again = malloc(MAX);
    size_t json = 0, json_again = 0, size, size_again;
    assert_non_null(data);
    assert_non_null(again);
    size = mutate_all(&formats[i], data, &json);
    size_again = mutate_all(&formats[i], again, &json_again);
    assert_true(json > rounds() * 3 / 4);
    assert_int_equal(size, size_again);
    assert_memory_equal(data, again, size);
    free(data);
    free(again);
  }
}

static void crosses_values_of_one_type(void **state) {
  static const char first[] = "{\"spec\":{\"hostname\":\"a\"}}",
                    second[] = "{\"spec\":{\"hostname\":\"b\",\"mounts\":[]}}";
  const input_format *format = inputs_find("oci_to_hcs");
  size_t crossed = 0, taken = 0;
  (void)state;
  for (unsigned seed = 0; seed < 500; seed++) {
    uint8_t out[64];
    size_t size = mutator_cross(format, (const uint8_t *)first, sizeof first - 1, (const uint8_t *)second,
                                sizeof second - 1, out, sizeof out, seed);
    assert_true(size <= sizeof out);
    crossed += size != 0;
    taken += size != 0 && is_json(format, out, size) && size > sizeof first - 1;
  }
  assert_true(crossed > 400);
  assert_true(taken > 50);
}

static void refuses_what_does_not_fit(void **state) {
  static const char text[] = "{\"spec\":{}}";
  uint8_t out[4];
  (void)state;
  assert_int_equal(mutator_cross(inputs_find("oci_to_hcs"), (const uint8_t *)text, sizeof text - 1,
                                 (const uint8_t *)text, sizeof text - 1, out, sizeof out, 1),
                   0);
  for (unsigned seed = 0; seed < 500; seed++)
    assert_true(mutator_mutate(inputs_find("oci_to_hcs"), turn_a_byte, out, 0, sizeof out, seed) <= sizeof out);
}

/* Every field of the Windows section can be made from nothing. */
static void reaches_the_fields_that_are_mapped(void **state) {
  static const char *const keys[] = {
      "\"layerFolders\"",   "\"shares\"",        "\"bps\"",
      "\"credentialSpec\"", "\"utilityVMPath\"", "\"DNSSearchList\"",
      "\"destination\"",    "\"vsmb_shares\"",   "\"io.microsoft.container.processor.limit\""};
  bool seen[sizeof(keys) / sizeof(keys[0])] = {false};
  size_t missing = sizeof(keys) / sizeof(keys[0]);
  const input_format *format = inputs_find("oci_to_hcs");
  uint8_t data[MAX + 1];
  size_t size = 0;
  (void)state;
  for (unsigned seed = 0; seed < 20000 && missing > 0; seed++) {
    size = mutator_mutate(format, turn_a_byte, data, size, MAX, seed);
    data[size] = '\0';
    for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
      bool is_new = !seen[k] && strstr((const char *)data, keys[k]) != NULL;
      seen[k] = seen[k] || is_new;
      missing -= is_new;
    }
    if (!is_json(format, data, size) || size > MAX / 2)
      size = 0;
  }
  for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
    if (!seen[k])
      fail_msg("%s was never made", keys[k]);
}

static void knows_places_and_types(void **state) {
  static const char text[] = " {\"windows\" : {\"resources\":{\"cpu\":{\"count\":7}}}, \"x\":[1,\"a\\\"b\"]}";
  static outline out;
  const outline_node *count;
  (void)state;
  assert_true(outline_read(&out, text, sizeof text - 1, inputs_find("oci_decode")->type));
  assert_int_equal(out.count, 8);
  count = &out.nodes[4];
  assert_ptr_equal(count->type, &hcsref_type_uint64);
  assert_memory_equal(text + count->start, "7", count->end - count->start);
  assert_null(out.nodes[5].type);
  assert_int_equal(out.nodes[5].children, 2);
  assert_false(outline_read(&out, "{\"a\":", 5, NULL));
  assert_false(outline_read(&out, "\"\\", 2, NULL));
  assert_false(outline_read(&out, "", 0, NULL));
}

/* In a block of exactly the allowed size; every size is reached, and no seed empties an input. */
static void changes_bytes(void **state) {
  bool seen[9] = {false};
  (void)state;
  for (unsigned seed = 0; seed < rounds(); seed++) {
    uint8_t *data = malloc(8), again[8];
    random_source random, random_again;
    size_t size = seed % 9, size_again = size;
    assert_non_null(data);
    memset(data, 'x', 8);
    memset(again, 'x', 8);
    random_seed(&random, seed);
    random_seed(&random_again, seed);
    size = bytes_mutate(&random, data, size, 8);
    size_again = bytes_mutate(&random_again, again, size_again, 8);
    assert_in_range(size, 1, 8);
    assert_int_equal(size, size_again);
    assert_memory_equal(data, again, size);
    seen[size] = true;
    free(data);
  }
  for (size_t size = 1; size <= 8; size++)
    assert_true(seen[size]);
}

static void has_bytes_of_its_own(void **state) {
  const input_format *format = inputs_find("oci_to_hcs");
  static const char text[] = "{\"spec\":{\"hostname\":\"a\"}}";
  uint8_t data[64], again[64];
  (void)state;
  for (unsigned seed = 0; seed < rounds(); seed++) {
    size_t size, size_again;
    memcpy(data, text, sizeof text);
    memcpy(again, text, sizeof text);
    size = mutator_mutate(format, NULL, data, sizeof text - 1, sizeof data, seed);
    size_again = mutator_mutate(format, NULL, again, sizeof text - 1, sizeof again, seed);
    assert_in_range(size, 1, sizeof data);
    assert_int_equal(size, size_again);
    assert_memory_equal(data, again, size);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(stays_json_and_within_bounds), cmocka_unit_test(crosses_values_of_one_type),
      cmocka_unit_test(refuses_what_does_not_fit),    cmocka_unit_test(reaches_the_fields_that_are_mapped),
      cmocka_unit_test(knows_places_and_types),       cmocka_unit_test(changes_bytes),
      cmocka_unit_test(has_bytes_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

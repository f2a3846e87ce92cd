/* SPDX-License-Identifier: Apache-2.0 */
/* Specs and annotations for the tests of the rules that read them. */
#ifndef HCSREF_TESTS_ANNOTATED_H
#define HCSREF_TESTS_ANNOTATED_H

#include "support.h"

#include "hcsref/pipeline.h"

#define KEY(name) "io.microsoft.container." name

static inline hcsref_oci_spec decode_spec(hcsref_arena *arena, const char *text) {
  hcsref_oci_spec spec;
  memset(&spec, 0, sizeof spec);
  assert_true(hcsref_json_decode(arena, hcsref_cstr(text), &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &spec, NULL));
  return spec;
}

static inline hcsref_map one_annotation(hcsref_string_entry *entry, const char *key, hcsref_str value) {
  hcsref_map map = {entry, 1, 1};
  entry->key = hcsref_cstr(key);
  entry->value = value;
  return map;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/limit.h"

#include "base/convert.h"
#include "base/strconv.h"

/* Source: hcsshim internal/oci/annotations.go, parseAnnotationsUint64 and from 0.12 on ParseAnnotationsInt32. */
bool hcsref_annotated_limit(const hcsref_annotations *annotations, hcsref_annotation which, int32_t *out) {
  const hcsref_str *value = annotations->values[which];
  uint64_t wide;
  if (value == NULL)
    return false;
  if (hcsref_has(annotations->rules, HCSREF_CHANGE_ANNOTATIONS_INT32))
    return hcsref_parse_int32(*value, out) == HCSREF_NUMBER_OK && *out != 0;
  wide = hcsref_read_uint64(value, 0);
  *out = hcsref_to_int32(wide);
  return wide != 0;
}

int32_t hcsref_limit_of(const hcsref_annotations *annotations, hcsref_annotation which, const uint64_t *of_spec) {
  int32_t limit;
  if (hcsref_annotated_limit(annotations, which, &limit))
    return limit;
  return of_spec == NULL ? 0 : hcsref_to_int32(*of_spec);
}

const hcsref_oci_windows_resources *hcsref_resources_of(const hcsref_oci_spec *spec) {
  return spec->windows == NULL ? NULL : spec->windows->resources;
}

hcsref_str hcsref_limit_place(const hcsref_annotations *annotations, hcsref_annotation which, const char *of_spec) {
  int32_t ignored;
  return hcsref_annotated_limit(annotations, which, &ignored) ? hcsref_annotation_pointer(which) : hcsref_cstr(of_spec);
}

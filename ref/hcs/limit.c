/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/limit.h"

#include "base/convert.h"

int32_t hcsref_limit_of(const hcsref_annotations *annotations, hcsref_annotation which, const uint64_t *of_spec) {
  uint64_t limit = hcsref_read_uint64(annotations->values[which], 0);
  if (limit == 0 && of_spec != NULL)
    limit = *of_spec;
  return hcsref_to_int32(limit);
}

const hcsref_oci_windows_resources *hcsref_resources_of(const hcsref_oci_spec *spec) {
  return spec->windows == NULL ? NULL : spec->windows->resources;
}

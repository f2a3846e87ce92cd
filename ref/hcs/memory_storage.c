/* SPDX-License-Identifier: Apache-2.0 */
/* Memory size and storage quality of service. Source: hcsshim internal/oci/annotations.go ParseAnnotationsMemory,
 * ParseAnnotationsStorageBps, ParseAnnotationsStorageIops; internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument. */
#include "hcs/document.h"

#include "base/convert.h"
#include "hcs/limit.h"
#include "hcs/rules.h"

#define BYTES_PER_MB 1048576u

/* The annotation speaks of MB, the spec of bytes; what is less than a MB is no limit at all. */
static uint64_t memory_limit_mb(const hcsref_oci_spec *spec, const hcsref_annotations *annotations) {
  uint64_t mb = hcsref_read_uint64(annotations->values[HCSREF_ANNOTATION_MEMORY_MB], 0);
  const hcsref_oci_windows_resources *resources = hcsref_resources_of(spec);
  if (mb != 0)
    return mb;
  if (resources == NULL || resources->memory == NULL || resources->memory->limit == NULL)
    return 0;
  return *resources->memory->limit / BYTES_PER_MB;
}

static void storage_limits(const hcsref_oci_spec *spec, const hcsref_annotations *annotations, int32_t *bps,
                           int32_t *iops) {
  const hcsref_oci_windows_resources *resources = hcsref_resources_of(spec);
  const hcsref_oci_windows_storage_resources *storage = resources == NULL ? NULL : resources->storage;
  *bps = hcsref_limit_of(annotations, HCSREF_ANNOTATION_STORAGE_BPS, storage == NULL ? NULL : storage->bps);
  *iops = hcsref_limit_of(annotations, HCSREF_ANNOTATION_STORAGE_IOPS, storage == NULL ? NULL : storage->iops);
}

uint64_t hcsref_memory_limit_mb(const hcsref_rules *rules, const hcsref_oci_spec *spec) {
  hcsref_annotations annotations;
  hcsref_annotations_find(hcsref_rules_or_baseline(rules), &spec->annotations, &annotations);
  return memory_limit_mb(spec, &annotations);
}

void hcsref_storage_limits(const hcsref_rules *rules, const hcsref_oci_spec *spec, int32_t *bps, int32_t *iops) {
  hcsref_annotations annotations;
  hcsref_annotations_find(hcsref_rules_or_baseline(rules), &spec->annotations, &annotations);
  storage_limits(spec, &annotations, bps, iops);
}

/* v1 has one bit less than v2. */
static int64_t v1_memory(const hcsref_rules *rules, uint64_t mb) {
  if (hcsref_has(rules, HCSREF_CHANGE_V1_MEMORY_CLAMP) && mb > INT64_MAX)
    return INT64_MAX;
  return hcsref_to_int64(mb);
}

static void note_memory(const hcsref_builder *b) {
  bool annotated = hcsref_read_uint64(b->annotations.values[HCSREF_ANNOTATION_MEMORY_MB], 0) != 0;
  const char *rule = annotated ? "ParseAnnotationsMemory: the annotation before the spec, in MB"
                               : "ParseAnnotationsMemory: bytes / 1048576";
  const hcsref_str place = annotated ? hcsref_annotation_pointer(HCSREF_ANNOTATION_MEMORY_MB)
                                     : HCSREF_LIT("/windows/resources/memory/limit");
  HCSREF_NOTE(b, b->parts->v1.memory_maximum_in_mb, rule, "%v", place);
  HCSREF_NOTE(b, b->parts->memory.size_in_mb, rule, "%v", place);
}

bool hcsref_build_memory(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  uint64_t mb = memory_limit_mb(b->spec, &b->annotations);
  if (mb == 0)
    return true;
  parts->v1.memory_maximum_in_mb = v1_memory(b->rules, mb);
  parts->memory.size_in_mb = mb;
  parts->v2.memory = &parts->memory;
  if (b->options->provenance != NULL)
    note_memory(b);
  return true;
}

static void note_storage(const hcsref_builder *b) {
  static const char rule[] = "ParseAnnotationsStorageBps, ParseAnnotationsStorageIops: the annotation before the spec";
  const hcsref_str bps =
      hcsref_limit_place(&b->annotations, HCSREF_ANNOTATION_STORAGE_BPS, "/windows/resources/storage/bps");
  const hcsref_str iops =
      hcsref_limit_place(&b->annotations, HCSREF_ANNOTATION_STORAGE_IOPS, "/windows/resources/storage/iops");
  HCSREF_NOTE(b, b->parts->v1.storage_bandwidth_maximum, rule, "%v", bps);
  HCSREF_NOTE(b, b->parts->v1.storage_iops_maximum, rule, "%v", iops);
  HCSREF_NOTE(b, b->parts->storage_qos.bandwidth_maximum, rule, "%v", bps);
  HCSREF_NOTE(b, b->parts->storage_qos.iops_maximum, rule, "%v", iops);
}

/* One value is enough for both to be written, and then a negative one keeps its sign in the wider field of v1. */
bool hcsref_build_storage_qos(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  int32_t bps, iops;
  storage_limits(b->spec, &b->annotations, &bps, &iops);
  if (bps <= 0 && iops <= 0)
    return true;
  parts->v1.storage_bandwidth_maximum = (uint64_t)(int64_t)bps;
  parts->v1.storage_iops_maximum = (uint64_t)(int64_t)iops;
  parts->storage_qos.bandwidth_maximum = bps;
  parts->storage_qos.iops_maximum = iops;
  parts->storage.qos = &parts->storage_qos;
  if (b->options->provenance != NULL)
    note_storage(b);
  return true;
}

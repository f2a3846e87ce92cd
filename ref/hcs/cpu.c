/* SPDX-License-Identifier: Apache-2.0 */
/* Processor count, limit and weight. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go ConvertCPULimits and the
 * rescaling in createWindowsContainerDocument; NormalizeProcessorCount. */
#include "hcs/document.h"

#include "base/convert.h"
#include "hcs/limit.h"
#include "hcs/rules.h"
#include "schema/need_spec.h"

/* The bounds that kubelet keeps too; a limit that is not rescaled is left to the platform to refuse. */
#define LOWEST_SCALED_LIMIT  1
#define HIGHEST_SCALED_LIMIT 10000

int32_t hcsref_normalize_processor_count(int32_t requested, int32_t max_cpu_count) {
  return requested > max_cpu_count ? max_cpu_count : requested;
}

/* The three as they stand in the spec, widened: null where there is nothing. */
typedef struct spec_cpu {
  uint64_t values[3];
  const uint64_t *count, *limit, *weight;
} spec_cpu;

static const uint64_t *widen(const uint16_t *value, uint64_t *wide) {
  if (value == NULL)
    return NULL;
  *wide = *value;
  return wide;
}

static void read_spec_cpu(const hcsref_oci_spec *spec, spec_cpu *out) {
  const hcsref_oci_windows_resources *resources = hcsref_resources_of(spec);
  const hcsref_oci_windows_cpu_resources *cpu = resources == NULL ? NULL : resources->cpu;
  out->count = cpu == NULL ? NULL : cpu->count;
  out->limit = cpu == NULL ? NULL : widen(cpu->maximum, &out->values[1]);
  out->weight = cpu == NULL ? NULL : widen(cpu->shares, &out->values[2]);
}

/* Where the last of several values that exclude each other stands. */
static hcsref_str place_of(const hcsref_annotations *annotations, const hcsref_cpu_limits *limits) {
  hcsref_annotation which = limits->weight > 0 ? HCSREF_ANNOTATION_PROCESSOR_WEIGHT : HCSREF_ANNOTATION_PROCESSOR_LIMIT;
  int32_t annotated;
  if (hcsref_annotated_limit(annotations, which, &annotated))
    return hcsref_annotation_pointer(which);
  return limits->weight > 0 ? HCSREF_LIT("/windows/resources/cpu/shares")
                            : HCSREF_LIT("/windows/resources/cpu/maximum");
}

static hcsref_cpu_limits wanted_limits(const hcsref_oci_spec *spec, const hcsref_annotations *annotations) {
  spec_cpu of_spec;
  hcsref_cpu_limits limits;
  read_spec_cpu(spec, &of_spec);
  limits.count = hcsref_limit_of(annotations, HCSREF_ANNOTATION_PROCESSOR_COUNT, of_spec.count);
  limits.limit = hcsref_limit_of(annotations, HCSREF_ANNOTATION_PROCESSOR_LIMIT, of_spec.limit);
  limits.weight = hcsref_limit_of(annotations, HCSREF_ANNOTATION_PROCESSOR_WEIGHT, of_spec.weight);
  return limits;
}

/* At most one of the three, and no more processors than there are. */
static bool settle_limits(hcsref_arena *arena, const hcsref_annotations *annotations, int32_t max_cpu_count,
                          hcsref_cpu_limits *limits, hcsref_error *err) {
  int set = (limits->count > 0) + (limits->limit > 0) + (limits->weight > 0);
  if (set > 1)
    return hcsref_fail(arena, err, "cpu-limits-exclusive", place_of(annotations, limits),
                       "invalid spec - Windows Container CPU Count: '%d', Limit: '%d', and Weight: '%d' are mutually "
                       "exclusive",
                       (int64_t)limits->count, (int64_t)limits->limit, (int64_t)limits->weight);
  if (set == 1)
    limits->count = hcsref_normalize_processor_count(limits->count, max_cpu_count);
  return true;
}

bool hcsref_convert_cpu_limits(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_spec *spec,
                               int32_t max_cpu_count, hcsref_cpu_limits *out, hcsref_error *err) {
  hcsref_annotations annotations;
  hcsref_cpu_limits limits;
  if (!hcsref_need_spec(arena, spec, err))
    return false;
  hcsref_annotations_find(hcsref_rules_or_baseline(rules), &spec->annotations, &annotations);
  limits = wanted_limits(spec, &annotations);
  if (!settle_limits(arena, &annotations, max_cpu_count, &limits, err))
    return false;
  *out = limits;
  return true;
}

/* int32 multiplication and division as Go defines them: the lower 32 bits, and rounding toward zero. */
static int32_t scale(int32_t limit, int32_t host_cpus, int32_t uvm_cpus) {
  int32_t product = hcsref_to_int32((uint64_t)limit * (uint64_t)host_cpus);
  return hcsref_to_int32((uint64_t)((int64_t)product / uvm_cpus));
}

bool hcsref_scale_cpu_limit(hcsref_arena *arena, int32_t limit, int32_t host_cpus, int32_t uvm_cpus, int32_t *out,
                            hcsref_error *err) {
  int32_t scaled;
  if (uvm_cpus == 0) /* upstream crashes */
    return hcsref_fail(arena, err, "uvm-processor-count", HCSREF_LIT(""),
                       "cannot rescale the CPU limit - the utility VM has no processors");
  scaled = scale(limit, host_cpus, uvm_cpus);
  if (scaled < LOWEST_SCALED_LIMIT)
    scaled = LOWEST_SCALED_LIMIT;
  if (scaled > HIGHEST_SCALED_LIMIT)
    scaled = HIGHEST_SCALED_LIMIT;
  *out = scaled;
  return true;
}

/* Which of the three was set is where the value is. */
static void note_limits(const hcsref_builder *b) {
  static const char rule[] = "ConvertCPULimits: the annotation before the spec; at most the processors there are";
  const hcsref_annotations *a = &b->annotations;
  const hcsref_str count = hcsref_limit_place(a, HCSREF_ANNOTATION_PROCESSOR_COUNT, "/windows/resources/cpu/count");
  const hcsref_str limit = hcsref_limit_place(a, HCSREF_ANNOTATION_PROCESSOR_LIMIT, "/windows/resources/cpu/maximum");
  const hcsref_str weight = hcsref_limit_place(a, HCSREF_ANNOTATION_PROCESSOR_WEIGHT, "/windows/resources/cpu/shares");
  hcsref_document_parts *parts = b->parts;
  HCSREF_NOTE(b, parts->v1.processor_count, rule, "%v", count);
  HCSREF_NOTE(b, parts->v1.processor_maximum, rule, "%v", limit);
  HCSREF_NOTE(b, parts->v1.processor_weight, rule, "%v", weight);
  HCSREF_NOTE(b, parts->processor.count, rule, "%v", count);
  HCSREF_NOTE(b, parts->processor.maximum, rule, "%v", limit);
  HCSREF_NOTE(b, parts->processor.weight, rule, "%v", weight);
  HCSREF_NOTE(b, parts->v2.processor, "createWindowsContainerDocument: always there", "");
}

bool hcsref_build_processor(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  hcsref_cpu_limits limits = wanted_limits(b->spec, &b->annotations);
  int32_t host_cpus = b->host->ops->processor_count(b->host->ctx);
  int32_t max_cpus = b->vm == NULL ? host_cpus : b->vm->processor_count;
  if (!settle_limits(b->arena, &b->annotations, max_cpus, &limits, b->err))
    return false;
  if (b->vm != NULL && b->options->scale_cpu_limits_to_sandbox && limits.limit > 0 &&
      !hcsref_scale_cpu_limit(b->arena, limits.limit, host_cpus, b->vm->processor_count, &limits.limit, b->err))
    return false;
  parts->v1.processor_count = (uint32_t)limits.count;
  parts->v1.processor_maximum = limits.limit;
  parts->v1.processor_weight = (uint64_t)(int64_t)limits.weight; /* keeps the sign, as Go does */
  parts->processor.count = limits.count;
  parts->processor.maximum = limits.limit;
  parts->processor.weight = limits.weight;
  parts->v2.processor = &parts->processor;
  if (b->options->provenance != NULL)
    note_limits(b);
  return true;
}

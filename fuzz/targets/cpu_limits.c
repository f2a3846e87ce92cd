/* SPDX-License-Identifier: Apache-2.0 */
/* CPU limits: the params of a case "cpu-limits", and the numbers of the rescaling. */
#include "params.h"

#include <string.h>

static void check_limits(const limits_params *in) {
  hcsref_cpu_limits usual = {-7, -7, -7}, fresh = {-7, -7, -7};
  hcsref_error err = {0};
  bool ok = hcsref_convert_cpu_limits(fuzz_arena(FUZZ_FRESH), NULL, in->spec, in->max_cpu_count, &fresh, &err);
  REQUIRE(hcsref_convert_cpu_limits(fuzz_arena(FUZZ_SCRATCH), NULL, in->spec, in->max_cpu_count, &usual, NULL) == ok,
          "twice");
  REQUIRE(memcmp(&usual, &fresh, sizeof usual) == 0, "memory does not show");
  if (!ok) {
    fuzz_check_error(&err);
    REQUIRE(fresh.count == -7 && fresh.limit == -7 && fresh.weight == -7, "a failure leaves the limits untouched");
    REQUIRE(strcmp(err.code, in->spec == NULL ? "spec-missing" : "cpu-limits-exclusive") == 0, "%s", err.code);
    return;
  }
  REQUIRE((fresh.count > 0) + (fresh.limit > 0) + (fresh.weight > 0) <= 1, "never two at once");
  REQUIRE(fresh.count <= 0 || fresh.count <= in->max_cpu_count, "%d of %d processors", (int64_t)fresh.count,
          (int64_t)in->max_cpu_count);
}

/* The rule in 64 bits, where the product fits into 32. */
static void check_scale(const limits_params *in) {
  int32_t scaled = -7;
  int64_t product = (int64_t)in->limit * in->host_cpus, expected;
  hcsref_error err = {0};
  if (!hcsref_scale_cpu_limit(fuzz_arena(FUZZ_FRESH), in->limit, in->host_cpus, in->uvm_cpus, &scaled, &err)) {
    fuzz_check_error(&err);
    REQUIRE(in->uvm_cpus == 0 && scaled == -7, "only without processors, and then untouched");
    return;
  }
  REQUIRE(scaled >= 1 && scaled <= 10000, "%d", (int64_t)scaled);
  if (product < INT32_MIN || product > INT32_MAX)
    return;
  expected = product / in->uvm_cpus;
  REQUIRE(scaled == (expected < 1       ? 1
                     : expected > 10000 ? 10000
                                        : expected) ||
              expected > INT32_MAX,
          "%d of %d", (int64_t)scaled, expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const limits_params *in = params_read(fuzz_arena(FUZZ_USUAL), fuzz_text(data, size), &params_limits);
  int32_t count;
  if (in == NULL)
    return 0;
  check_limits(in);
  check_scale(in);
  count = hcsref_normalize_processor_count(in->limit, in->max_cpu_count);
  REQUIRE(count <= in->max_cpu_count && count <= in->limit && (count == in->limit || count == in->max_cpu_count), "%d",
          (int64_t)count);
  return 0;
}

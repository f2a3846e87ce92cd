/* SPDX-License-Identifier: Apache-2.0 */
/* A recording of the simulated service, and a bundle: the first byte chooses how they are compared, the first line is
 * the bundle's config.json, the others are the recording. What is told has its parts and points into the recording; it
 * is the same a second time, and without the bundle, which one input in four tries, nothing is compared. */
#include "support.h"

#include "check/recording/recording.h"

typedef struct tally {
  uint64_t lines, findings, digest;
  check_bundle bundle;
} tally;

static void add(tally *t, hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    t->digest = (t->digest ^ (unsigned char)text.data[i]) * 1099511628211u;
}

static void found(void *context, const check_finding *f) {
  tally *t = context;
  REQUIRE(f->rule != NULL && f->rule->id != NULL, "a finding breaks a rule");
  REQUIRE(f->line > 0 && f->line <= t->lines, "line %u of %u", f->line, t->lines);
  REQUIRE(f->pointer.len == 0 || f->pointer.data[0] == '/', "%q is no JSON pointer", f->pointer);
  REQUIRE(f->message.len != 0, "a finding says what is wrong");
  t->findings++;
  add(t, hcsref_cstr(f->rule->id));
  add(t, f->pointer);
  add(t, f->message);
}

static check_bundle *same_bundle(void *context, hcsref_str id) {
  (void)id;
  return &((tally *)context)->bundle;
}

static tally check(hcsref_str recording, hcsref_str spec, bool with_bundle, kit_tier tier) {
  tally t = {fuzz_count(recording, '\n') + 1, 0, 0, {{NULL, 0}, "config.json", {spec, {NULL, 0}}, false}};
  check_request request = {.bundle = with_bundle ? same_bundle : NULL, .tier = tier, .found = found, .context = &t};
  check_totals totals;
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  input_map map;
  REQUIRE(input_map_text(arena, recording, &map), "memory");
  REQUIRE(check_recording(arena, &request, &map, &totals), "memory");
  /* A call about layers may have two documents. */
  REQUIRE(totals.calls <= t.lines && totals.documents / 2 <= totals.calls, "%u calls in %u lines", totals.calls,
          t.lines);
  REQUIRE(totals.compared + totals.not_compared <= totals.documents, "%u compared", totals.compared);
  REQUIRE(with_bundle || totals.compared == 0, "%u compared with nothing", totals.compared);
  REQUIRE(totals.compared == 0 || t.bundle.used, "compared with a bundle that is not used");
  return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  kit_tier tier = (kit_tier)(fuzz_byte(&text) % 3u);
  hcsref_str spec = fuzz_line(&text);
  tally first = check(text, spec, true, tier), again = check(text, spec, true, tier);
  REQUIRE(first.findings == again.findings && first.digest == again.digest, "memory shows");
  if (fuzz_is_lean(text))
    (void)check(text, spec, false, tier);
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "run/outcome.h"

#include "cli/options.h"

static const char *verdict_text(bool good, bool against) {
  static const char *const texts[2][2] = {{"does not conform", "conforms"}, {"does not agree", "agrees"}};
  return texts[against][good];
}

const char *kit_status_text(int status, bool against) {
  static const char *const texts[] = {"conforms",         "does not conform",      "nothing was compared",
                                      "testee is broken", "the run itself failed", "expectations are out of date"};
  if (status == CLI_OK || status == CLI_FAILED)
    return verdict_text(status == CLI_OK, against);
  return status >= 0 && (size_t)status < sizeof(texts) / sizeof(texts[0]) ? texts[status] : "unknown";
}

uint64_t kit_compared(const kit_summary *s) {
  return s->verdicts[KIT_PASS] + s->verdicts[KIT_FAIL] + s->verdicts[KIT_BROKEN];
}

uint64_t kit_played(const kit_summary *s) {
  return kit_compared(s) + s->verdicts[KIT_SKIP];
}

uint64_t kit_level_bad(const kit_summary *s, kit_level level) {
  const kit_tally *t = &s->levels[level];
  return t->verdicts[KIT_FAIL] - t->known[KIT_FAIL] + t->verdicts[KIT_BROKEN] - t->known[KIT_BROKEN];
}

static bool misses_must(const kit_summary *s, const kit_terms *terms) {
  return s->skipped_must > 0 && !terms->allow_skip;
}

const char *kit_level_outcome(const kit_summary *s, kit_level level, const kit_terms *terms) {
  const kit_tally *t = &s->levels[level];
  uint64_t compared = t->verdicts[KIT_PASS] + t->verdicts[KIT_FAIL] + t->verdicts[KIT_BROKEN];
  if (compared + t->verdicts[KIT_SKIP] == 0)
    return NULL;
  if (kit_level_bad(s, level) > 0)
    return verdict_text(false, terms->against);
  if (compared == 0)
    return "nothing was compared";
  return level == KIT_MUST && misses_must(s, terms) ? "incomplete" : verdict_text(true, terms->against);
}

static bool fails(const kit_summary *s, const kit_terms *terms) {
  uint64_t may = s->levels[KIT_MAY].verdicts[KIT_FAIL] - s->levels[KIT_MAY].known[KIT_FAIL];
  uint64_t all = s->verdicts[KIT_FAIL] - s->known[KIT_FAIL];
  return (terms->strict ? all : all - may) > 0 || misses_must(s, terms);
}

int kit_run_status(const kit_summary *s, const kit_terms *terms) {
  if (s->out_of_memory || s->case_errors > 0)
    return CLI_KIT;
  if (s->testee_broken || s->breaches > 0 || s->verdicts[KIT_BROKEN] > s->known[KIT_BROKEN])
    return CLI_TESTEE;
  if (kit_compared(s) == 0)
    return CLI_USAGE;
  if (fails(s, terms))
    return CLI_FAILED;
  return s->unexpected_passes > 0 || terms->stale > 0 ? CLI_STALE : CLI_OK;
}

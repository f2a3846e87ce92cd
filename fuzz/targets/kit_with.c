/* SPDX-License-Identifier: Apache-2.0 */
/* Two recordings, with a line === between them: the first byte chooses how they are compared. Each is the same as
 * itself, and what one has more than the other is the same the other way round. */
#include "support.h"

#include "check/with.h"

#include <string.h>

static void found(void *context, const with_difference *d) {
  uint64_t *count = context;
  REQUIRE(d->message.len > 0, "a difference without a word");
  REQUIRE(d->pointer.len == 0 || d->pointer.data[0] == '/', "%q is no JSON pointer", d->pointer);
  ++*count;
}

static with_totals compare(hcsref_str text, hcsref_str other, kit_tier tier, uint64_t *told) {
  with_request request = {.text = text, .other = other, .tier = tier, .found = found, .context = told};
  with_totals totals;
  *told = 0;
  REQUIRE(with_compare(&request, &totals), "memory");
  return totals;
}

static void split(hcsref_str text, hcsref_str *first, hcsref_str *second) {
  const hcsref_str line = HCSREF_LIT("\n===\n");
  size_t i = 0;
  while (i < text.len && !hcsref_str_has_prefix(hcsref_str_skip(text, i), line))
    i++;
  *first = hcsref_str_first(text, i);
  *second = hcsref_str_skip(text, i + line.len < text.len ? i + line.len : text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), first, second;
  kit_tier tier = fuzz_byte(&text) % 2u == 0 ? KIT_SEMANTIC : KIT_CANONICAL;
  with_totals there, back;
  uint64_t told;
  split(text, &first, &second);
  (void)compare(first, first, tier, &told);
  REQUIRE(told == 0, "it differs from itself in %u places", told);
  there = compare(first, second, tier, &told);
  REQUIRE((told == 0) == (there.differ + there.alone + there.more == 0), "%u differences are told", told);
  back = compare(second, first, tier, &told);
  REQUIRE(there.documents == back.others && there.others == back.documents && there.more == back.more,
          "another way round it is something else");
  return 0;
}

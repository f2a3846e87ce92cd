/* SPDX-License-Identifier: Apache-2.0 */
/* The comparison of two JSON texts, a line each: a thing does not differ from itself, what differs is named, the
 * order of the two does not matter to whether they differ, and a stricter tier never sees less. The first byte chooses
 * what is known of the payload. */
#include "support.h"

#include "compare/compare.h"

/* How many differences there are. */
static size_t differences(kit_tier tier, kit_shape shape, const kit_json *a, const kit_json *b) {
  kit_differences found = {0};
  hcsref_error err = {0};
  size_t kept = 0;
  REQUIRE(kit_compare(fuzz_arena(FUZZ_SCRATCH), tier, shape, a, b, &found, &err), "%v", err.message);
  for (const kit_difference *d = found.first; d != NULL; d = d->next, kept++)
    REQUIRE(d->pointer.len == 0 || d->pointer.data[0] == '/', "%q is no JSON pointer", d->pointer);
  REQUIRE(kept == (found.count < KIT_DIFFERENCES_KEPT ? found.count : KIT_DIFFERENCES_KEPT), "%u kept of %u",
          (uint64_t)kept, (uint64_t)found.count);
  return found.count;
}

static size_t differences_of_texts(hcsref_str a, hcsref_str b) {
  kit_differences found = {0};
  hcsref_error err = {0};
  REQUIRE(kit_compare_texts(fuzz_arena(FUZZ_SCRATCH), a, b, &found, &err), "%v", err.message);
  return found.count;
}

static bool has_double_keys(const kit_json *node, kit_shape shape) {
  return differences(KIT_CANONICAL, shape, node, node) != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const ops[] = {"oci-to-hcs", "cri-to-oci", "create-document", "cpu-limits", "no-such-op"};
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str b_text = fuzz_text(data, size), a_text;
  uint8_t choice = fuzz_byte(&b_text);
  kit_json *a, *b;
  kit_shape shape;
  size_t semantic, canonical;
  a_text = fuzz_line(&b_text);
  if (!kit_json_parse(arena, a_text, &a, NULL) || !kit_json_parse(arena, b_text, &b, NULL))
    return 0;
  shape = kit_payload_shape(hcsref_cstr(ops[choice % (sizeof ops / sizeof ops[0])]), a);
  REQUIRE(differences_of_texts(a_text, a_text) == 0, "a text differs from itself");
  REQUIRE((differences_of_texts(a_text, b_text) == 0) == hcsref_str_equal(a_text, b_text), "texts that differ");
  if (has_double_keys(a, shape) || has_double_keys(b, shape)) /* are a difference by themselves */
    return 0;
  semantic = differences(KIT_SEMANTIC, shape, a, b);
  canonical = differences(KIT_CANONICAL, shape, a, b);
  REQUIRE(differences(KIT_SEMANTIC, shape, a, a) == 0, "a value differs from itself");
  REQUIRE((semantic == 0) == (differences(KIT_SEMANTIC, shape, b, a) == 0), "the other way round");
  REQUIRE((canonical == 0) == (differences(KIT_CANONICAL, shape, b, a) == 0), "the other way round");
  REQUIRE(canonical != 0 || semantic == 0, "canonical sees what semantic sees");
  return 0;
}

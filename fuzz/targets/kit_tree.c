/* SPDX-License-Identifier: Apache-2.0 */
/* The kit's own reader of JSON beside the codec's: both take the same texts, and the strings agree. */
#include "support.h"

#include "compare/text.h"
#include "compare/tree.h"

static size_t count_children(const kit_json *node) {
  size_t count = 0;
  for (const kit_json *child = node->first; child != NULL; child = child->next, count++)
    REQUIRE(child->up == node, "a child knows its parent");
  return count;
}

/* A lone surrogate is the one thing that the two read differently: the codec makes U+FFFD of it. */
static bool has_replacement(hcsref_str s) {
  for (; s.len >= 3; s = hcsref_str_skip(s, 1))
    if (hcsref_str_has_prefix(s, HCSREF_LIT("\xEF\xBF\xBD")))
      return true;
  return false;
}

static void check_string(const kit_json *node) {
  hcsref_str decoded = {0};
  REQUIRE(
      hcsref_json_decode(fuzz_arena(FUZZ_SCRATCH), node->raw, &hcsref_type_string, HCSREF_JSON_WHOLE, &decoded, NULL),
      "%v", node->raw);
  if (!has_replacement(decoded))
    REQUIRE_SAME(node->text, decoded, "both unescape alike");
}

/* What is said of the spelling of a value holds. */
static void check_spelling(const kit_json *node) {
  hcsref_buf compact = {.arena = fuzz_arena(FUZZ_SCRATCH)}, canonical = compact;
  kit_json_append_compact(&compact, node->raw);
  if (!node->spaced)
    REQUIRE_SAME(node->raw, hcsref_buf_str(&compact), "without white space");
  canonical.arena = fuzz_arena(FUZZ_SCRATCH);
  kit_json_append_canonical(&canonical, node);
  if (kit_json_is_canonical(node))
    REQUIRE_SAME(node->raw, hcsref_buf_str(&canonical), "canonical");
}

/* The kit's reader goes a little deeper: it has room for the frame around a payload. */
static bool may_be_deeper(hcsref_str text) {
  return fuzz_count(text, '[') + fuzz_count(text, '{') > HCSREF_JSON_MAX_DEPTH;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  hcsref_error err = {0};
  kit_json *tree;
  bool read = kit_json_parse(fuzz_arena(FUZZ_USUAL), text, &tree, &err);
  bool valid = hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), text, HCSREF_JSON_WHOLE, NULL, NULL);
  if (!read)
    fuzz_check_error(&err);
  if (fuzz_is_lean(text)) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    kit_json *again;
    fuzz_tighten(lean, text);
    if (kit_json_parse(lean, text, &again, &err))
      REQUIRE(read && again->kind == tree->kind && again->count == tree->count, "without memory");
  }
  REQUIRE(read == valid || may_be_deeper(text), "%v", text);
  if (!read)
    return 0;
  REQUIRE(tree->up == NULL && count_children(tree) == tree->count, "%u children", (uint64_t)tree->count);
  if (tree->kind == KIT_JSON_STRING && !tree->bad_utf8)
    check_string(tree);
  check_spelling(tree->first != NULL ? tree->last : tree);
  return 0;
}

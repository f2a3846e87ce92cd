/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a vendor's document: the first byte chooses what it is taken for, the rest is its text. */
#include "support.h"

#include "lint/document.h"
#include "lint/lint.h"

static void count_finding(void *context, const kit_finding *finding) {
  size_t *count = context;
  REQUIRE(finding->rule != NULL && finding->rule->id != NULL, "a finding breaks a rule");
  REQUIRE(finding->pointer.len == 0 || finding->pointer.data[0] == '/', "%q is no JSON pointer", finding->pointer);
  REQUIRE(finding->message.len != 0, "a finding says what is wrong");
  ++*count;
}

static size_t lint(int which, const kit_document *document, const kit_json *tree) {
  size_t count = 0;
  REQUIRE(kit_lint(fuzz_arena(which), document, tree, count_finding, &count), "memory");
  return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const names[] = {
      NULL,        "hcs-v1",        "hcs-v2",          "hcs-v2-system", "hcs-v2-hosted",       "oci",
      "cri",       "hcn-network",   "hcn-endpoint",    "hns-endpoint",  "hcn-modify-endpoint", "no-such",
      "modify-v2", "guest-request", "credential-spec", "layer-chain"};
  hcsref_str text = fuzz_text(data, size);
  uint8_t choice = fuzz_byte(&text);
  kit_document document;
  hcsref_program program;
  size_t found;
  kit_json *tree;
  if (!kit_json_parse(fuzz_arena(FUZZ_USUAL), text, &tree, NULL))
    return 0;
  if (!kit_document_find(names[choice % (sizeof names / sizeof names[0])], tree, &document))
    return 0;
  document.build = (choice & 16) != 0 ? 17763 : 0;
  program = kit_document_program(&document);
  if ((choice & 32) != 0 && program != HCSREF_PROGRAM_COUNT)
    document.rules = hcsref_profile_rules(NULL, program);
  found = lint(FUZZ_SCRATCH, &document, tree);
  REQUIRE(lint(FUZZ_FRESH, &document, tree) == found, "memory does not show");
  if (fuzz_is_lean(text)) {
    hcsref_arena *lean = fuzz_arena(FUZZ_LEAN);
    size_t count = 0;
    fuzz_tighten(lean, text);
    REQUIRE(!kit_lint(lean, &document, tree, count_finding, &count) || count == found, "without memory");
  }
  return 0;
}

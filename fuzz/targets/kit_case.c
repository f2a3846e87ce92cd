/* SPDX-License-Identifier: Apache-2.0 */
/* A golden case: the input is its text. What is read has an operation, params on one line, and one expectation. */
#include "support.h"

#include "run/cases/case.h"
#include "run/cases/tags.h"

static bool has_text(const kit_case *c) {
  return kit_json_get(kit_json_get(c->tree, "expect"), "text") != NULL;
}

static void check_case(const kit_case *c) {
  REQUIRE(c->id.len != 0 && c->op.len != 0, "a case has an id and an operation");
  REQUIRE(hcsref_str_has_prefix(c->id, c->area), "%q is not in %q", c->id, c->area);
  REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), c->params, HCSREF_JSON_WHOLE, NULL, NULL), "%v", c->params);
  REQUIRE(fuzz_count(c->params, '\n') == 0, "params on one line: %v", c->params);
  if (c->ok != NULL && !has_text(c)) /* a text of its own is looked at by `hcsproof golden lint` */
    REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), c->ok_text, HCSREF_JSON_WHOLE, NULL, NULL), "%v", c->ok_text);
  REQUIRE(c->ok == NULL || (c->code.len == 0 && c->message.len == 0), "either a payload or an error");
}

/* With its own expectation in the place of its expectation it is the same case. */
static void check_expect(const kit_case *c) {
  hcsref_error err = {0};
  kit_case again = *c;
  bool put = kit_case_expect(fuzz_arena(FUZZ_SCRATCH), &again, kit_json_get(c->tree, "expect")->raw, &err);
  REQUIRE(put, "%v", err.message);
  REQUIRE(hcsref_str_equal(again.ok_text, c->ok_text) && hcsref_str_equal(again.code, c->code) &&
              hcsref_str_equal(again.message, c->message) && hcsref_str_equal(again.title, c->title),
          "another case: %v", again.title);
}

static void check_lean(hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
  hcsref_error err = {0};
  kit_case c;
  fuzz_tighten(arena, text);
  if (kit_case_read(arena, text, HCSREF_LIT("area/name"), &c, &err))
    check_case(&c);
  else
    fuzz_check_error(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  hcsref_error err = {0};
  kit_case c;
  kit_level again;
  if (kit_case_read(fuzz_arena(FUZZ_USUAL), text, HCSREF_LIT("area/name"), &c, &err)) {
    check_case(&c);
    check_expect(&c);
    (void)kit_case_in_profile(&c, NULL);
    REQUIRE(kit_case_error_reason(&c) != NULL, "a reason, or none");
    REQUIRE(kit_level_from_name(hcsref_cstr(kit_level_name(c.level)), &again) && again == c.level,
            "a level has a name");
  } else {
    fuzz_check_error(&err);
  }
  if (fuzz_is_lean(text))
    check_lean(text);
  return 0;
}

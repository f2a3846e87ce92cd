/* SPDX-License-Identifier: Apache-2.0 */
/* A file of cases with named values. What can be read has no reference left; named and written out again, the cases are
 * the same, and they get the same names each time. */
#include "support.h"

#include "golden/pack.h"

#include <string.h>

/* A few lines can stand for megabytes, which take their time. */
#define FULL_LIMIT ((size_t)65536)

/* The file with its values named anew, or why not. */
static hcsref_str rewrite(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_str full = {NULL, 0}, packed = {NULL, 0};
  hcsref_error err = {0};
  fuzz_tighten(arena, text);
  if (golden_unpack(arena, text, &full, &err) && full.len <= FULL_LIMIT && golden_pack(arena, full, &packed, &err))
    return packed;
  return err.code == NULL                         ? HCSREF_LIT("too long")
         : strcmp(err.code, "out-of-memory") == 0 ? HCSREF_LIT("out of memory")
                                                  : hcsref_cstr(err.code);
}

static void check_file(hcsref_str full, hcsref_str packed) {
  hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
  hcsref_str again = {NULL, 0}, once_more = {NULL, 0};
  hcsref_error err = {0};
  REQUIRE(golden_unpack(arena, packed, &again, &err), "%v", err.message);
  REQUIRE(fuzz_count(again, '\n') <= fuzz_count(full, '\n'), "no more cases than before: %v", again);
  REQUIRE(golden_pack(arena, again, &once_more, &err), "%v", err.message);
  REQUIRE_SAME(once_more, packed, "the same cases get the same names");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str text = fuzz_text(data, size), full = {NULL, 0}, again = {NULL, 0}, packed = {NULL, 0};
  hcsref_error err = {0};
  if (golden_unpack(arena, text, &full, &err) && full.len <= FULL_LIMIT) {
    REQUIRE(golden_unpack(arena, full, &again, &err), "%v", err.message);
    REQUIRE_SAME(again, full, "nothing is left to write out");
    if (golden_pack(arena, full, &packed, &err))
      check_file(full, packed);
  }
  fuzz_lean_too(rewrite, text, rewrite(FUZZ_FRESH, text));
  return 0;
}

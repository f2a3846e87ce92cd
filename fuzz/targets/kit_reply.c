/* SPDX-License-Identifier: Apache-2.0 */
/* A testee's frames as the runner reads them: the input is a line. What is read as an answer has what its kind needs.
 */
#include "support.h"

#include "run/verdict/reply.h"

static void check_lean(hcsref_str line) {
  hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
  hcsref_error err = {0};
  kit_reply reply;
  kit_hello hello;
  fuzz_tighten(arena, line);
  if (!kit_reply_read(arena, line, &reply, &err))
    fuzz_check_error(&err);
  if (!kit_hello_read(arena, line, &hello, &err))
    fuzz_check_error(&err);
}

/* An answer that was expected is read the same, but not looked into. */
static void check_expected(hcsref_str line, const kit_reply *usual) {
  kit_reply reply;
  hcsref_error err = {0};
  if (usual->ok == NULL || usual->ok->spaced || usual->bad_utf8)
    return;
  REQUIRE(kit_reply_read_expected(fuzz_arena(FUZZ_SCRATCH), line, usual->ok->raw, &reply, &err), "%v", err.message);
  REQUIRE(reply.kind == usual->kind && reply.has_id == usual->has_id && reply.breach == usual->breach, "another frame");
  REQUIRE(reply.ok != NULL && reply.ok->kind == usual->ok->kind, "another kind of payload");
  REQUIRE_SAME(reply.ok->raw, usual->ok->raw, "the payload");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str line = fuzz_text(data, size);
  hcsref_error err = {0};
  kit_reply reply;
  kit_hello hello;
  if (kit_reply_read(fuzz_arena(FUZZ_USUAL), line, &reply, &err)) {
    REQUIRE(reply.kind != KIT_REPLY_OK || reply.ok != NULL, "an answer without a payload");
    check_expected(line, &reply);
  } else {
    fuzz_check_error(&err);
  }
  if (kit_hello_read(fuzz_arena(FUZZ_FRESH), line, &hello, &err))
    REQUIRE(hello.protocol == KIT_PROTOCOL_VERSION, "protocol %u", hello.protocol);
  else
    fuzz_check_error(&err);
  if (fuzz_is_lean(line))
    check_lean(line);
  return 0;
}

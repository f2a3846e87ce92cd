/* SPDX-License-Identifier: Apache-2.0 */
/* A scripted host, loaded. */
#ifndef HCSREF_TESTS_SCRIPT_STAGE_H
#define HCSREF_TESTS_SCRIPT_STAGE_H

#include "hcsref/script.h"

#include "host/message.h"
#include "host/script.h"
#include "support.h"

static inline hcsref_script *load(hcsref_arena *arena, const char *text) {
  hcsref_script *script = NULL;
  hcsref_error err;
  if (!hcsref_script_load(arena, hcsref_cstr(text), &script, &err)) {
    print_error("%.*s\n", (int)err.message.len, err.message.data);
    fail();
  }
  hcsref_script_keep_calls(script);
  return script;
}

#endif

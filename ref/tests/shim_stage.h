/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of releases of the shim check. */
#ifndef HCSREF_TESTS_SHIM_STAGE_H
#define HCSREF_TESTS_SHIM_STAGE_H

#include "released.h"

static inline void check_error(const hcsref_error *err, const char *code, const char *message, const char *where) {
  assert_string_equal(err->code, code);
  assert_text(err->message, message);
  assert_text(err->where, where);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files, and what is wrong with those that cannot be had. */
#include "check/check_run.h"
#include "cli/commands.h"
#include "io/print.h"

int check_complain(const char *name, int status, const char *message) {
  kit_print(stderr, "hcsproof check: %s: %s\n", name, message);
  return status;
}

bool check_read(check_run *s, const char *path, const char **name, hcsref_str *text) {
  input_text file;
  bool ok = input_read(path, CHECK_SIZE_LIMIT, NULL, &file);
  *name = file.name;
  if (!ok)
    check_complain(file.name, CLI_KIT, file.message);
  else if (!hcsref_str_copy(&s->arena, hcsref_str_from(file.data, file.length), text)) {
    ok = false;
    check_complain(file.name, CLI_KIT, "out of memory");
  }
  input_free(&file);
  return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/change.h"

#include <string.h>

/* Columns of a line. */
#define WIDTH 78

int cli_changed_program(const hcsref_profile *from, const hcsref_profile *to, size_t i) {
  for (int p = 0; p < HCSREF_PROGRAM_COUNT; p++) {
    const hcsref_rules *before = hcsref_profile_rules(from, (hcsref_program)p);
    const hcsref_rules *after = hcsref_profile_rules(to, (hcsref_program)p);
    if (hcsref_change_concerns(i, (hcsref_program)p) && before != NULL && after != NULL &&
        hcsref_rules_have(before, i) != hcsref_rules_have(after, i))
      return p;
  }
  return HCSREF_PROGRAM_COUNT;
}

const char *cli_change_level(hcsref_change_level level) {
  static const char *const levels[] = {"must", "should", "may"};
  return levels[level];
}

void cli_print_sentence(FILE *out, const char *text, size_t indent) {
  size_t column = 0;
  while (*text != '\0') {
    size_t word = strcspn(text, " ");
    if (column == 0 || column + 1 + word > WIDTH) {
      fprintf(out, "%s%*s", column == 0 ? "" : "\n", (int)indent, "");
      column = indent;
    } else {
      fputc(' ', out);
      column++;
    }
    fprintf(out, "%.*s", (int)word, text);
    column += word;
    text += word;
    text += strspn(text, " ");
  }
  fputc('\n', out);
}

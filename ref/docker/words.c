/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of names that dockerd knows: of signals and of Windows' devices. */
#include "docker/spec.h"

bool hcsref_docker_is_word_of(hcsref_str text, const char *words) {
  hcsref_str rest = hcsref_cstr(words);
  while (rest.len != 0) {
    size_t n = 0;
    while (n < rest.len && rest.data[n] != ' ')
      n++;
    if (hcsref_str_equal_ascii_fold(text, hcsref_str_first(rest, n)))
      return true;
    rest = hcsref_str_skip(rest, n + 1);
  }
  return false;
}

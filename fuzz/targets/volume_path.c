/* SPDX-License-Identifier: Apache-2.0 */
/* Is it a volume path? The input is the path. Upstream's expression, as an automaton of its own:
 * ^\\\\?\\Volume{?HEX8-HEX4-HEX4-HEX4-HEX12}}?\\?$ with one closing brace at least. */
#include "support.h"

#include <string.h>

static bool matches(hcsref_str path) {
  static const char pattern[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const hcsref_str prefix = HCSREF_LIT("\\\\?\\Volume");
  size_t i = prefix.len, braces = 0;
  if (!hcsref_str_has_prefix(path, prefix))
    return false;
  i += i < path.len && path.data[i] == '{';
  for (const char *p = pattern; *p != '\0'; p++, i++)
    if (i >= path.len || path.data[i] == '\0' ||
        (*p == '-' ? path.data[i] != '-' : strchr("0123456789abcdefABCDEF", path.data[i]) == NULL))
      return false;
  for (; i < path.len && path.data[i] == '}'; i++)
    braces++;
  i += i < path.len && path.data[i] == '\\';
  return i == path.len && (braces == 1 || braces == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str path = fuzz_text(data, size);
  REQUIRE(hcsref_is_volume_path(path) == matches(path), "%q", path);
  return 0;
}

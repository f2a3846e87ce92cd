/* SPDX-License-Identifier: Apache-2.0 */
/* Go's path.Match. */
#include "base/path_match.h"
#include "support.h"

static void patterns_match_as_in_go(void **state) {
  static const struct {
    const char *pattern, *name;
    bool matches;
  } rows[] = {
      {"", "", true},
      {"", "a", false},
      {"a", "a", true},
      {"a", "b", false},
      {"a", "", false},
      {"a", "ab", false},
      {"*", "", true},
      {"*", "abc", true},
      {"*", "a/b", false},
      {"**", "abc", true},
      {"a*", "a", true},
      {"a*", "abc", true},
      {"a*", "ab/c", false},
      {"a*/b", "a/b", true},
      {"a*/b", "abc/b", true},
      {"a*b*c*d", "axbxcxd", true},
      {"a*b*c*d", "axbxc", false},
      {"*x", "xxx", true},
      {"a*b?c*x", "abxbbxdbxebxczzx", true},
      {"a*b?c*x", "abxbbxdbxebxczzy", false},
      {"?", "a", true},
      {"?", "/", false},
      {"?", "", false},
      {"?", "\xC3\xA9", true},
      {"??", "\xC3\xA9", false},
      {"?", "\xFF", true},
      {"ab[c]", "abc", true},
      {"ab[b-d]", "abc", true},
      {"ab[e-g]", "abc", false},
      {"ab[^c]", "abc", false},
      {"ab[^e-g]", "abc", true},
      {"[^a]", "/", true},
      {"[^a][^a]", "\xC3\xA9x", true},
      {"[\xC3\xA0-\xC3\xBF]", "\xC3\xA9", true},
      {"[a-ac-c]", "c", true},
      {"[a-ac-c]", "b", false},
      {"[!a]", "b", false},
      {"[!a]", "!", true},
      {"a\\*b", "a*b", true},
      {"a\\*b", "axb", false},
      {"[\\]a]", "]", true},
      {"[\\-]", "-", true},
      {"[x\\-]", "x", true},
      {"[x\\-]", "z", false},
      {"*[[]*", "a[b", true},
      {"[*]", "*", true},
      {"[*]x", "ax", false},
      {"\\[*", "[x", true},
      /* a star takes as little as it can, for good */
      {"*[^x]*b", "a/cb", false},
      /* malformed ones match nothing */
      {"[]a]", "]", false},
      {"[-]", "-", false},
      {"[x-]", "x", false},
      {"[-x]", "x", false},
      {"[a-b-d]", "a", false},
      {"[", "a", false},
      {"[^", "a", false},
      {"[^bc", "a", false},
      {"a[", "a", false},
      {"a[", "ab", false},
      {"*x[", "xx", false},
      {"\\", "\\", false},
      {"[\\", "a", false},
      {"[a", "a", false},
      {"[\xFF]", "\xFF", false},
      {"[]", "a", false},
      {"[a-]", "a", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (hcsref_path_match(hcsref_cstr(rows[i].pattern), hcsref_cstr(rows[i].name)) != rows[i].matches)
      fail_msg("%s and %s", rows[i].pattern, rows[i].name);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(patterns_match_as_in_go)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "release/version.h"

#include <string.h>

/* ---- reading ----------------------------------------------------------------------------------------------- */

/* Cuts off what stands before the first `stop`, or all; `*text` is what follows it. */
static hcsref_str cut(hcsref_str *text, char stop) {
  const char *at = text->len == 0 ? NULL : memchr(text->data, stop, text->len);
  hcsref_str before = at == NULL ? *text : hcsref_str_first(*text, (size_t)(at - text->data));
  *text = hcsref_str_skip(*text, before.len + 1);
  return before;
}

/* A decimal number of at most 18 digits. */
static bool read_number(hcsref_str text, uint64_t *out) {
  *out = 0;
  if (text.len == 0 || text.len > 18)
    return false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    *out = *out * 10 + (uint64_t)(text.data[i] - '0');
  }
  return true;
}

/* Takes a number of at most 18 digits off the beginning. */
static bool take_number(hcsref_str *text, uint64_t *out) {
  size_t digits = 0;
  while (digits < text->len && text->data[digits] >= '0' && text->data[digits] <= '9')
    digits++;
  if (!read_number(hcsref_str_first(*text, digits), out))
    return false;
  *text = hcsref_str_skip(*text, digits);
  return true;
}

static bool take(hcsref_str *text, char c) {
  if (text->len == 0 || text->data[0] != c)
    return false;
  *text = hcsref_str_skip(*text, 1);
  return true;
}

bool hcsref_version_parse(hcsref_str text, hcsref_version *out) {
  hcsref_version v = {0};
  v.main = hcsref_str_equal(text, HCSREF_LIT("main"));
  v.pre = v.main ? hcsref_str_from(NULL, 0) : text;
  if (!v.main && (!take_number(&v.pre, &v.major) || !take(&v.pre, '.') || !take_number(&v.pre, &v.minor) ||
                  !take(&v.pre, '.') || !take_number(&v.pre, &v.patch) || (v.pre.len > 0 && !take(&v.pre, '-'))))
    return false;
  *out = v;
  return true;
}

/* ---- order ------------------------------------------------------------------------------------------------- */

static int compare_numbers(uint64_t a, uint64_t b) {
  return (a > b) - (a < b);
}

/* One identifier of a pre-release: numbers by value and before words. */
static int compare_identifiers(hcsref_str a, hcsref_str b) {
  uint64_t x, y;
  bool a_number = read_number(a, &x);
  bool b_number = read_number(b, &y);
  if (a_number && b_number)
    return compare_numbers(x, y);
  if (a_number != b_number)
    return a_number ? -1 : 1;
  return hcsref_str_compare(a, b);
}

static int compare_pre(hcsref_str a, hcsref_str b) {
  if (a.len == 0 || b.len == 0)
    return (a.len == 0) - (b.len == 0);
  while (a.len > 0 && b.len > 0) {
    int order = compare_identifiers(cut(&a, '.'), cut(&b, '.'));
    if (order != 0)
      return order;
  }
  return (a.len > 0) - (b.len > 0);
}

/* By major and minor alone. */
static int compare_lines(const hcsref_version *a, const hcsref_version *b) {
  int order = (int)a->main - (int)b->main;
  if (order == 0)
    order = compare_numbers(a->major, b->major);
  return order == 0 ? compare_numbers(a->minor, b->minor) : order;
}

int hcsref_version_compare(const hcsref_version *a, const hcsref_version *b) {
  int order = compare_lines(a, b);
  if (order == 0)
    order = compare_numbers(a->patch, b->patch);
  return order == 0 ? compare_pre(a->pre, b->pre) : order;
}

bool hcsref_version_same_line(const hcsref_version *a, const hcsref_version *b) {
  return compare_lines(a, b) == 0;
}

/* ---- lists of releases ---------------------------------------------------------------------------------------- */

/* The entry of the newest line that is not after the release's. False: there is none. */
static bool entry_for(const char *list, const hcsref_version *release, hcsref_version *entry) {
  hcsref_str rest = hcsref_cstr(list);
  bool found = false;
  while (rest.len > 0) {
    hcsref_version v;
    if (hcsref_version_parse(cut(&rest, ' '), &v) && compare_lines(&v, release) <= 0 &&
        (!found || compare_lines(&v, entry) > 0)) {
      *entry = v;
      found = true;
    }
  }
  return found;
}

bool hcsref_version_in_force(const char *since, const char *until, const hcsref_version *release) {
  hcsref_version began, ended;
  bool always = since[0] == '\0';
  if (!always && (!entry_for(since, release, &began) || hcsref_version_compare(release, &began) < 0))
    return false;
  if (!entry_for(until, release, &ended) || hcsref_version_compare(release, &ended) < 0)
    return true;
  return !always && compare_lines(&ended, &began) < 0;
}

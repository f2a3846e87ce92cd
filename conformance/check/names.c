/* SPDX-License-Identifier: Apache-2.0 */
#include "check/names.h"

#include <stdlib.h>
#include <string.h>

#define GUID_LENGTH  36u
#define SHORT_LENGTH 12u /* of docker's short ids */

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* 8-4-4-4-12, of which the first dash is looked at first: a long hexadecimal number is none at each of its digits. */
static bool is_guid(hcsref_str text) {
  if (text.len < GUID_LENGTH || text.data[8] != '-')
    return false;
  for (size_t i = 0; i < GUID_LENGTH; i++) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text.data[i] != '-' : !is_hex(text.data[i]))
      return false;
  }
  return true;
}

static char folded(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static int compare(hcsref_str a, hcsref_str b) {
  const size_t both = a.len < b.len ? a.len : b.len;
  for (size_t i = 0; i < both; i++) {
    const char left = folded(a.data[i]), right = folded(b.data[i]);
    if (left != right)
      return (unsigned char)left < (unsigned char)right ? -1 : 1;
  }
  return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

static int by_name(const void *a, const void *b) {
  return compare(*(const hcsref_str *)a, *(const hcsref_str *)b);
}

bool names_add(names *set, hcsref_str name) {
  hcsref_str *place = name.len == 0 ? NULL : hcsref_slice_push(set->arena, &set->items, sizeof(*place));
  return name.len == 0 || (place != NULL && hcsref_str_copy(set->arena, name, place));
}

bool names_add_guids(names *set, hcsref_str text) {
  for (size_t i = 0; i + GUID_LENGTH <= text.len; i++) {
    const hcsref_str rest = hcsref_str_skip(text, i);
    if (!is_guid(rest))
      continue;
    if (!names_add(set, hcsref_str_first(rest, GUID_LENGTH)))
      return false;
    i += GUID_LENGTH - 1;
  }
  return true;
}

/* In order, each once. */
static void settle(names *set) {
  hcsref_str *items = set->items.items;
  size_t kept = 0;
  if (set->items.len > 1)
    qsort(items, set->items.len, sizeof(*items), by_name);
  for (size_t i = 0; i < set->items.len; i++)
    if (kept == 0 || compare(items[kept - 1], items[i]) != 0)
      items[kept++] = items[i];
  set->items.len = kept;
}

void names_only_in_one(names *a, names *b) {
  hcsref_str *left, *right;
  size_t i = 0, k = 0, left_kept = 0, right_kept = 0;
  settle(a);
  settle(b);
  left = a->items.items;
  right = b->items.items;
  while (i < a->items.len || k < b->items.len) {
    const int order = i == a->items.len ? 1 : k == b->items.len ? -1 : compare(left[i], right[k]);
    if (order < 0)
      left[left_kept++] = left[i];
    if (order > 0)
      right[right_kept++] = right[k];
    i += order <= 0;
    k += order >= 0;
  }
  a->items.len = left_kept;
  b->items.len = right_kept;
}

/* The first that is not before `name`. */
static size_t place_of(const names *set, hcsref_str name) {
  const hcsref_str *items = set->items.items;
  size_t first = 0, count = set->items.len;
  while (count > 0) {
    const size_t half = count / 2;
    const bool before = compare(items[first + half], name) < 0;
    first += before ? half + 1 : 0;
    count = before ? count - half - 1 : half;
  }
  return first;
}

static bool has(const names *set, hcsref_str name) {
  const hcsref_str *items = set->items.items;
  const size_t at = place_of(set, name);
  return at < set->items.len && compare(items[at], name) == 0;
}

/* A short id begins a longer one. */
static bool has_short(const names *set, hcsref_str name) {
  const hcsref_str *items = set->items.items;
  const size_t at = place_of(set, name);
  return name.len == SHORT_LENGTH && at < set->items.len && items[at].len > GUID_LENGTH &&
         compare(hcsref_str_first(items[at], SHORT_LENGTH), name) == 0;
}

static bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

static void append_word(const names *set, hcsref_str word, hcsref_buf *out) {
  size_t i = 0, from = 0;
  if (has(set, word) || has_short(set, word)) {
    hcsref_buf_append(out, is_guid(word) && word.len == GUID_LENGTH ? HCSREF_LIT("{guid}") : HCSREF_LIT("{id}"));
    return;
  }
  while (i < word.len) {
    const hcsref_str rest = hcsref_str_skip(word, i);
    if (!is_guid(rest) || !has(set, hcsref_str_first(rest, GUID_LENGTH))) {
      i++;
      continue;
    }
    hcsref_buf_append(out, hcsref_str_from(word.data + from, i - from));
    hcsref_buf_append(out, HCSREF_LIT("{guid}"));
    i += GUID_LENGTH;
    from = i;
  }
  hcsref_buf_append(out, hcsref_str_skip(word, from));
}

bool names_replace(const names *set, hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  size_t i = 0;
  while (i < text.len) {
    const size_t between = i;
    size_t word;
    while (i < text.len && !is_word(text.data[i]))
      i++;
    hcsref_buf_append(&buf, hcsref_str_from(text.data + between, i - between));
    word = i;
    while (i < text.len && is_word(text.data[i]))
      i++;
    append_word(set, hcsref_str_from(text.data + word, i - word), &buf);
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

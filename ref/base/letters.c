/* SPDX-License-Identifier: Apache-2.0 */
#include "base/letters.h"

#include "base/letters_table.h"
#include "base/utf8.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t map_rune(const letter_range *ranges, size_t count, uint32_t rune) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (rune > ranges[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == count || rune < ranges[low].first || (rune - ranges[low].first) % ranges[low].step != 0)
    return rune;
  return (uint32_t)((int32_t)rune + ranges[low].delta);
}

static uint32_t lower(uint32_t rune) {
  if (rune < 0x80)
    return rune >= 'A' && rune <= 'Z' ? rune + 32 : rune;
  return map_rune(lower_ranges, COUNT_OF(lower_ranges), rune);
}

/* One rune for all that differ by case alone: several lower-case letters may share a capital. */
static uint32_t fold(uint32_t rune) {
  if (rune >= 0x80)
    rune = map_rune(upper_ranges, COUNT_OF(upper_ranges), rune);
  return lower(rune);
}

static bool is_ascii(hcsref_str s) {
  for (size_t i = 0; i < s.len; i++)
    if ((unsigned char)s.data[i] >= 0x80)
      return false;
  return true;
}

static bool lower_ascii(hcsref_arena *arena, hcsref_str s, hcsref_str *out) {
  char *text = hcsref_arena_alloc(arena, s.len);
  if (text == NULL)
    return false;
  for (size_t i = 0; i < s.len; i++)
    text[i] = (char)lower((unsigned char)s.data[i]);
  *out = hcsref_str_from(text, s.len);
  return true;
}

bool hcsref_to_lower(hcsref_arena *arena, hcsref_str s, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  if (is_ascii(s))
    return lower_ascii(arena, s, out);
  for (size_t i = 0, width; i < s.len; i += width) {
    uint32_t rune;
    char bytes[HCSREF_UTF8_MAX];
    (void)hcsref_utf8_decode(s.data + i, s.len - i, &rune, &width);
    hcsref_buf_append(&buf, hcsref_str_from(bytes, hcsref_utf8_encode(lower(rune), bytes)));
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

bool hcsref_equal_fold(hcsref_str a, hcsref_str b) {
  size_t i = 0, k = 0, wide_a, wide_b;
  while (i < a.len && k < b.len) {
    uint32_t rune_a, rune_b;
    (void)hcsref_utf8_decode(a.data + i, a.len - i, &rune_a, &wide_a);
    (void)hcsref_utf8_decode(b.data + k, b.len - k, &rune_b, &wide_b);
    if (fold(rune_a) != fold(rune_b))
      return false;
    i += wide_a;
    k += wide_b;
  }
  return i == a.len && k == b.len;
}

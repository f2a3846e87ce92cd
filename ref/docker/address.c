/* SPDX-License-Identifier: Apache-2.0 */
#include "docker/address.h"

#define IPV4_PARTS 4
#define IPV6_WORDS 8

/* Four decimal numbers up to 255, without leading zeros. */
static bool is_ipv4(hcsref_str text) {
  size_t i = 0;
  for (size_t part = 0; part < IPV4_PARTS; part++) {
    unsigned value = 0;
    size_t start;
    if (part != 0 && (i == text.len || text.data[i++] != '.'))
      return false;
    for (start = i; i < text.len && text.data[i] >= '0' && text.data[i] <= '9' && i - start < 4; i++)
      value = value * 10 + (unsigned)(text.data[i] - '0');
    if (i == start || value > 255 || (text.data[start] == '0' && i - start > 1))
      return false;
  }
  return i == text.len;
}

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* One to four hexadecimal digits; 0 when there are none or more. */
static size_t word_length(hcsref_str text) {
  size_t n = 0;
  while (n < text.len && is_hex(text.data[n]))
    n++;
  return n > 4 ? 0 : n;
}

/* Eight words, the last two of which may be an IPv4 address, and zeros left out once. */
static bool is_ipv6(hcsref_str text) {
  size_t words = 0;
  bool gap = hcsref_str_has_prefix(text, HCSREF_LIT("::"));
  if (gap) {
    text = hcsref_str_skip(text, 2);
    if (text.len == 0)
      return true;
  }
  while (words < IPV6_WORDS) {
    size_t n = word_length(text);
    if (n == 0)
      return false;
    if (n < text.len && text.data[n] == '.') {
      words += 2;
      return is_ipv4(text) && (gap ? words < IPV6_WORDS : words == IPV6_WORDS);
    }
    words++;
    text = hcsref_str_skip(text, n);
    if (text.len == 0)
      break;
    if (text.data[0] != ':' || text.len == 1)
      return false;
    text = hcsref_str_skip(text, 1);
    if (text.data[0] != ':')
      continue;
    if (gap)
      return false;
    gap = true;
    text = hcsref_str_skip(text, 1);
    if (text.len == 0)
      break;
  }
  return text.len == 0 && (gap ? words < IPV6_WORDS : words == IPV6_WORDS);
}

bool hcsref_is_ip_address(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '.')
      return is_ipv4(text);
    if (text.data[i] == ':')
      return is_ipv6(text);
  }
  return false;
}

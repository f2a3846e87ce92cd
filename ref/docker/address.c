/* SPDX-License-Identifier: Apache-2.0 */
#include "docker/address.h"

#include "hcsref/docker_api.h"

#include <string.h>

#define IPV4_PARTS 4
#define IPV6_WORDS 8

static bool fail_at(hcsref_address_fault *fault, const char *what, hcsref_str at) {
  fault->what = what;
  fault->at = at;
  return false;
}

static bool fail(hcsref_address_fault *fault, const char *what) {
  return fail_at(fault, what, HCSREF_LIT(""));
}

/* ---- IPv4 --------------------------------------------------------------------------------------------------- */

typedef struct ipv4_reader {
  unsigned value;
  size_t digits, parts; /* digits of the present part; parts before it */
} ipv4_reader;

static bool take_digit(ipv4_reader *r, char c, hcsref_address_fault *fault) {
  if (r->digits == 1 && r->value == 0)
    return fail(fault, "IPv4 field has octet with leading zero");
  r->value = r->value * 10 + (unsigned)(c - '0');
  r->digits++;
  return r->value <= 255 || fail(fault, "IPv4 field has value >255");
}

/* The point is the first byte of `rest`; `digits` is 0 for a point before which no digit is. */
static bool take_point(ipv4_reader *r, hcsref_str rest, hcsref_address_fault *fault) {
  if (r->digits == 0 || rest.len == 1)
    return fail_at(fault, "IPv4 field must have at least one digit", rest);
  if (++r->parts == IPV4_PARTS)
    return fail(fault, "IPv4 address too long");
  r->value = 0;
  r->digits = 0;
  return true;
}

/* Four decimal numbers up to 255, without leading zeros. */
static bool parse_ipv4(hcsref_str text, hcsref_address_fault *fault) {
  ipv4_reader r = {0, 0, 0};
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.data[i];
    const hcsref_str rest = hcsref_str_skip(text, i);
    if (c >= '0' && c <= '9' ? !take_digit(&r, c, fault)
        : c != '.'           ? !fail_at(fault, "unexpected character", rest)
                             : !take_point(&r, rest, fault))
      return false;
  }
  return r.parts == IPV4_PARTS - 1 || fail(fault, "IPv4 address too short");
}

/* ---- IPv6 --------------------------------------------------------------------------------------------------- */

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

typedef struct ipv6_reader {
  hcsref_str rest;
  size_t words;
  bool gap, ended;
} ipv6_reader;

/* The last two words may be an IPv4 address. */
static bool take_ipv4(ipv6_reader *r, hcsref_address_fault *fault) {
  if (!r->gap && r->words != IPV6_WORDS - 2)
    return fail_at(fault, "embedded IPv4 address must replace the final 2 fields of the address", r->rest);
  if (r->words + 2 > IPV6_WORDS)
    return fail_at(fault, "too many hex fields to fit an embedded IPv4 at the end of the address", r->rest);
  if (!parse_ipv4(r->rest, fault))
    return false;
  r->words += 2;
  r->rest = HCSREF_LIT("");
  r->ended = true;
  return true;
}

/* Behind a word: its colon, and a second one that stands for words of zeros. */
static bool take_colon(ipv6_reader *r, hcsref_address_fault *fault) {
  if (r->rest.data[0] != ':')
    return fail_at(fault, "unexpected character, want colon", r->rest);
  if (r->rest.len == 1)
    return fail_at(fault, "colon must be followed by more characters", r->rest);
  r->rest = hcsref_str_skip(r->rest, 1);
  if (r->rest.data[0] != ':')
    return true;
  if (r->gap)
    return fail_at(fault, "multiple :: in address", r->rest);
  r->gap = true;
  r->rest = hcsref_str_skip(r->rest, 1);
  r->ended = r->rest.len == 0;
  return true;
}

/* One to four hexadecimal digits, and what is behind them. */
static bool take_word(ipv6_reader *r, hcsref_address_fault *fault) {
  size_t n = 0;
  while (n < r->rest.len && is_hex(r->rest.data[n]))
    if (++n > 4)
      return fail_at(fault, "each group must have 4 or less digits", r->rest);
  if (n == 0)
    return fail_at(fault, "each colon-separated field must have at least one digit", r->rest);
  if (n < r->rest.len && r->rest.data[n] == '.')
    return take_ipv4(r, fault);
  r->words++;
  r->rest = hcsref_str_skip(r->rest, n);
  r->ended = r->rest.len == 0;
  return r->ended || take_colon(r, fault);
}

/* Eight words, zeros among them left out once. */
static bool parse_ipv6(hcsref_str text, hcsref_address_fault *fault) {
  ipv6_reader r = {text, 0, false, false};
  if (hcsref_str_has_prefix(text, HCSREF_LIT("::"))) {
    r.gap = true;
    r.rest = hcsref_str_skip(text, 2);
    if (r.rest.len == 0)
      return true;
  }
  while (!r.ended && r.words < IPV6_WORDS)
    if (!take_word(&r, fault))
      return false;
  if (r.rest.len != 0)
    return fail_at(fault, "trailing garbage after address", r.rest);
  if (!r.gap)
    return r.words == IPV6_WORDS || fail(fault, "address string too short");
  return r.words < IPV6_WORDS || fail(fault, "the :: must expand to at least one field of zeros");
}

/* ---- both --------------------------------------------------------------------------------------------------- */

/* The byte that tells which kind of address it would be; 0 for none. */
static char kind_of(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] == '.' || text.data[i] == ':' || text.data[i] == '%')
      return text.data[i];
  return 0;
}

bool hcsref_parse_address(hcsref_str text, hcsref_address_fault *fault) {
  const char *percent = text.len == 0 ? NULL : memchr(text.data, '%', text.len);
  size_t zone = percent == NULL ? text.len : (size_t)(percent - text.data);
  switch (kind_of(text)) {
  case '.':
    return parse_ipv4(text, fault);
  case ':':
    return zone + 1 == text.len ? fail(fault, "zone must be a non-empty string")
                                : parse_ipv6(hcsref_str_first(text, zone), fault);
  case '%':
    return fail(fault, "missing IPv6 address");
  default:
    return fail(fault, "unable to parse IP");
  }
}

bool hcsref_is_ip_address(hcsref_str text) {
  hcsref_address_fault ignored;
  return (text.len == 0 || memchr(text.data, '%', text.len) == NULL) && hcsref_parse_address(text, &ignored);
}

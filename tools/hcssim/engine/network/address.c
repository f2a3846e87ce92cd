/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/network/address.h"

#include <stdio.h>
#include <string.h>

#define V4_BYTES  4u
#define V6_GROUPS 8u

/* ---- reading -------------------------------------------------------------------------------------------------- */

/* A number without a sign or a zero in front, at most `most`. */
static bool read_decimal(hcsref_str text, uint32_t most, uint32_t *out) {
  uint32_t value = 0;
  if (text.len == 0 || text.len > 3 || (text.len > 1 && text.data[0] == '0'))
    return false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    value = value * 10 + (uint32_t)(text.data[i] - '0');
  }
  *out = value;
  return value <= most;
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(hcsref_str text, size_t most_digits, uint32_t *out) {
  uint32_t value = 0;
  if (text.len == 0 || text.len > most_digits)
    return false;
  for (size_t i = 0; i < text.len; i++) {
    int digit = hex_value(text.data[i]);
    if (digit < 0)
      return false;
    value = value * 16 + (uint32_t)digit;
  }
  *out = value;
  return true;
}

/* Cuts off what stands before the next `separator`; all that is left when there is none. */
static hcsref_str cut(hcsref_str *rest, char separator) {
  const char *at = rest->len == 0 ? NULL : memchr(rest->data, separator, rest->len);
  hcsref_str part = hcsref_str_first(*rest, at == NULL ? rest->len : (size_t)(at - rest->data));
  *rest = hcsref_str_skip(*rest, part.len + (at != NULL));
  return part;
}

static bool read_v4(hcsref_str text, sim_address *out) {
  sim_address address = {{0}, V4_BYTES};
  for (size_t i = 0; i < V4_BYTES; i++) {
    bool last = i == V4_BYTES - 1;
    bool more = text.len > 0 && memchr(text.data, '.', text.len) != NULL;
    uint32_t value;
    if (more == last || !read_decimal(cut(&text, '.'), 255, &value))
      return false;
    address.bytes[i] = (unsigned char)value;
  }
  *out = address;
  return true;
}

/* Groups in front of or behind "::"; how many, or more than V6_GROUPS when it is none. */
static size_t read_groups(hcsref_str text, uint32_t groups[V6_GROUPS]) {
  size_t count = 0;
  bool more = text.len > 0;
  while (more) {
    more = memchr(text.data, ':', text.len) != NULL;
    if (count == V6_GROUPS || !read_hex(cut(&text, ':'), 4, &groups[count]))
      return V6_GROUPS + 1;
    count++;
    if (more && text.len == 0)
      return V6_GROUPS + 1; /* a colon at the end */
  }
  return count;
}

static size_t find_gap(hcsref_str text) {
  for (size_t i = 0; i + 1 < text.len; i++)
    if (text.data[i] == ':' && text.data[i + 1] == ':')
      return i;
  return text.len;
}

static bool read_v6(hcsref_str text, sim_address *out) {
  uint32_t front[V6_GROUPS], back[V6_GROUPS];
  size_t gap = find_gap(text), before = read_groups(hcsref_str_first(text, gap), front), after = 0;
  sim_address address = {{0}, 16};
  if (gap < text.len)
    after = read_groups(hcsref_str_skip(text, gap + 2), back);
  if (before > V6_GROUPS || after > V6_GROUPS || (gap < text.len ? before + after >= V6_GROUPS : before != V6_GROUPS))
    return false;
  for (size_t i = 0; i < before + after; i++) {
    uint32_t group = i < before ? front[i] : back[i - before];
    size_t at = i < before ? i : V6_GROUPS - after + (i - before);
    address.bytes[2 * at] = (unsigned char)(group >> 8);
    address.bytes[2 * at + 1] = (unsigned char)(group & 0xFF);
  }
  *out = address;
  return true;
}

bool sim_address_read(hcsref_str text, sim_address *out) {
  return read_v4(text, out) || read_v6(text, out);
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

static uint32_t group_of(const sim_address *address, size_t i) {
  return (uint32_t)address->bytes[2 * i] << 8 | address->bytes[2 * i + 1];
}

/* The first of the longest runs of two and more zero groups; its length. RFC 5952, 4.2. */
static size_t longest_gap(const sim_address *address, size_t *start) {
  size_t best = 0;
  for (size_t i = 0; i < V6_GROUPS; i++) {
    size_t length = 0;
    while (i + length < V6_GROUPS && group_of(address, i + length) == 0)
      length++;
    if (length > best && length >= 2) {
      best = length;
      *start = i;
    }
  }
  return best;
}

static void write_v6(const sim_address *address, char *text, size_t size) {
  size_t start = V6_GROUPS, gap = longest_gap(address, &start), used = 0;
  for (size_t i = 0; i < V6_GROUPS; i++) {
    if (gap > 0 && i == start) {
      used += (size_t)snprintf(text + used, size - used, "::");
      i += gap - 1;
      continue;
    }
    used += (size_t)snprintf(text + used, size - used, "%s%x", i == 0 || (gap > 0 && i == start + gap) ? "" : ":",
                             (unsigned)group_of(address, i));
  }
}

bool sim_address_text(hcsref_arena *arena, const sim_address *address, hcsref_str *out) {
  char text[48];
  if (address->size == V4_BYTES)
    snprintf(text, sizeof text, "%u.%u.%u.%u", address->bytes[0], address->bytes[1], address->bytes[2],
             address->bytes[3]);
  else
    write_v6(address, text, sizeof text);
  return hcsref_str_copy(arena, hcsref_cstr(text), out);
}

bool sim_address_equal(const sim_address *a, const sim_address *b) {
  return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* ---- prefixes --------------------------------------------------------------------------------------------------- */

static unsigned char mask_of(const sim_prefix *prefix, size_t byte) {
  size_t bits = byte * 8 >= prefix->bits ? 0 : prefix->bits - byte * 8;
  return bits >= 8 ? 0xFF : (unsigned char)(0xFF00u >> bits & 0xFF);
}

bool sim_prefix_read(hcsref_str text, sim_prefix *out) {
  hcsref_str rest = text, address = cut(&rest, '/');
  uint32_t bits;
  sim_prefix prefix;
  if (!sim_address_read(address, &prefix.base) || !read_decimal(rest, prefix.base.size * 8u, &bits))
    return false;
  prefix.bits = (uint8_t)bits;
  for (size_t i = 0; i < prefix.base.size; i++)
    prefix.base.bytes[i] &= mask_of(&prefix, i);
  *out = prefix;
  return true;
}

bool sim_prefix_has(const sim_prefix *prefix, const sim_address *address) {
  if (prefix->base.size != address->size)
    return false;
  for (size_t i = 0; i < address->size; i++)
    if ((address->bytes[i] & mask_of(prefix, i)) != prefix->base.bytes[i])
      return false;
  return true;
}

uint32_t sim_prefix_count(const sim_prefix *prefix) {
  uint32_t free_bits = prefix->base.size * 8u - prefix->bits;
  return free_bits >= 32 ? UINT32_MAX : (uint32_t)1 << free_bits;
}

sim_address sim_prefix_address(const sim_prefix *prefix, uint32_t n) {
  sim_address address = prefix->base;
  for (size_t i = address.size; n > 0; n >>= 8)
    address.bytes[--i] |= (unsigned char)(n & 0xFF);
  return address;
}

bool sim_prefix_number(const sim_prefix *prefix, const sim_address *address, uint32_t *out) {
  uint64_t number = 0;
  if (!sim_prefix_has(prefix, address))
    return false;
  for (size_t i = 0; i < address->size && number <= UINT32_MAX; i++)
    number = number << 8 | (unsigned char)(address->bytes[i] & ~mask_of(prefix, i));
  *out = (uint32_t)number;
  return number <= UINT32_MAX;
}

bool sim_first_free(hcsref_arena *arena, const uint64_t *numbers, size_t count, uint64_t first, uint64_t last,
                    uint64_t *out, bool *memory) {
  /* Among count + 1 numbers in a row there is a free one. */
  bool *used = hcsref_arena_array(arena, count + 1, sizeof(*used));
  *memory = used != NULL;
  if (used == NULL || first > last)
    return false;
  for (size_t i = 0; i < count; i++)
    if (numbers[i] >= first && numbers[i] - first <= count)
      used[numbers[i] - first] = true;
  for (size_t i = 0; i <= count && i <= last - first; i++) {
    if (!used[i]) {
      *out = first + i;
      return true;
    }
  }
  return false;
}

/* ---- hardware addresses ---- */

bool sim_mac_read(hcsref_str text, uint64_t *out) {
  uint64_t mac = 0;
  for (size_t i = 0; i < 6; i++) {
    uint32_t byte;
    if (i > 0 && text.len > 0 && (text.data[0] == '-' || text.data[0] == ':'))
      text = hcsref_str_skip(text, 1);
    if (text.len < 2 || !read_hex(hcsref_str_first(text, 2), 2, &byte))
      return false;
    mac = mac << 8 | byte;
    text = hcsref_str_skip(text, 2);
  }
  *out = mac;
  return text.len == 0;
}

bool sim_mac_text(hcsref_arena *arena, uint64_t mac, hcsref_str *out) {
  char text[24];
  snprintf(text, sizeof text, "%02X-%02X-%02X-%02X-%02X-%02X", (unsigned)(mac >> 40 & 0xFF),
           (unsigned)(mac >> 32 & 0xFF), (unsigned)(mac >> 24 & 0xFF), (unsigned)(mac >> 16 & 0xFF),
           (unsigned)(mac >> 8 & 0xFF), (unsigned)(mac & 0xFF));
  return hcsref_str_copy(arena, hcsref_cstr(text), out);
}

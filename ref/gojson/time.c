/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 3339 times as time.Time reads and writes them in JSON. Source: time/time.go UnmarshalJSON, MarshalJSON;
 * time/format.go Parse. */
#include "gojson/text.h"

#include <string.h>

#define LAYOUT "\"2006-01-02T15:04:05Z07:00\""

typedef struct cursor {
  hcsref_str rest;
  const char *element; /* of the layout, where reading stopped */
  const char *range;   /* what was out of range */
} cursor;

static bool literal(cursor *c, char ch, const char *name) {
  if (c->rest.len == 0 || c->rest.data[0] != ch) {
    c->element = name;
    return false;
  }
  c->rest = hcsref_str_skip(c->rest, 1);
  return true;
}

static bool digit_at(hcsref_str s, size_t i) {
  return i < s.len && s.data[i] >= '0' && s.data[i] <= '9';
}

static bool number(cursor *c, size_t digits, unsigned *out, const char *name) {
  unsigned value = 0;
  for (size_t i = 0; i < digits; i++) {
    if (!digit_at(c->rest, i)) {
      c->element = name;
      return false;
    }
    value = value * 10 + (unsigned)(c->rest.data[i] - '0');
  }
  c->rest = hcsref_str_skip(c->rest, digits);
  *out = value;
  return true;
}

static bool in_range(cursor *c, unsigned value, unsigned low, unsigned high, const char *what) {
  if (value >= low && value <= high)
    return true;
  c->range = what;
  return false;
}

static bool leap(unsigned year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned days_in(unsigned year, unsigned month) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

/* Digits behind the seconds: nanoseconds, the tenth and later ones cut off. */
static void fraction(cursor *c, uint32_t *nanosecond) {
  uint32_t scale = 100000000;
  bool point = c->rest.len > 0 && (c->rest.data[0] == '.' || c->rest.data[0] == ',');
  if (!point || !digit_at(c->rest, 1))
    return;
  for (c->rest = hcsref_str_skip(c->rest, 1); digit_at(c->rest, 0); c->rest = hcsref_str_skip(c->rest, 1)) {
    *nanosecond += (uint32_t)(c->rest.data[0] - '0') * scale;
    scale /= 10;
  }
}

static bool zone(cursor *c, int32_t *offset_minutes) {
  unsigned hours, minutes;
  bool west = c->rest.len > 0 && c->rest.data[0] == '-';
  if (c->rest.len > 0 && c->rest.data[0] == 'Z') {
    c->rest = hcsref_str_skip(c->rest, 1);
    *offset_minutes = 0;
    return true;
  }
  if (!literal(c, west ? '-' : '+', "Z07:00") || !number(c, 2, &hours, "Z07:00") || !literal(c, ':', "Z07:00") ||
      !number(c, 2, &minutes, "Z07:00"))
    return false;
  *offset_minutes = (int32_t)(hours * 60 + minutes) * (west ? -1 : 1);
  return true;
}

static bool parse(cursor *c, hcsref_time *out) {
  unsigned year, month, day, hour, minute, second;
  hcsref_time t;
  memset(&t, 0, sizeof(t));
  if (!literal(c, '"', "\"") || !number(c, 4, &year, "2006") || !literal(c, '-', "-") || !number(c, 2, &month, "01") ||
      !in_range(c, month, 1, 12, "month") || !literal(c, '-', "-") || !number(c, 2, &day, "02") ||
      !literal(c, 'T', "T") || !number(c, 2, &hour, "15") || !in_range(c, hour, 0, 23, "hour") ||
      !literal(c, ':', ":") || !number(c, 2, &minute, "04") || !in_range(c, minute, 0, 59, "minute") ||
      !literal(c, ':', ":") || !number(c, 2, &second, "05") || !in_range(c, second, 0, 59, "second"))
    return false;
  fraction(c, &t.nanosecond);
  if (!zone(c, &t.offset_minutes) || !literal(c, '"', "\"") || !in_range(c, day, 1, days_in(year, month), "day"))
    return false;
  t.year = (int32_t)year;
  t.month = (uint8_t)month;
  t.day = (uint8_t)day;
  t.hour = (uint8_t)hour;
  t.minute = (uint8_t)minute;
  t.second = (uint8_t)second;
  t.set = true;
  *out = t;
  return true;
}

bool hcsref_time_parse(hcsref_arena *arena, hcsref_str json, hcsref_time *out, hcsref_str *message) {
  cursor c = {json, NULL, NULL};
  hcsref_str layout = HCSREF_LIT(LAYOUT);
  bool told;
  if (hcsref_str_equal(json, HCSREF_LIT("null")) || parse(&c, out))
    return true;
  told = c.range != NULL ? hcsref_format(arena, message, "parsing time %q: %s out of range", json, c.range)
                         : hcsref_format(arena, message, "parsing time %q as %q: cannot parse %q as %q", json, layout,
                                         c.rest, hcsref_cstr(c.element));
  if (!told)
    *message = hcsref_str_from(NULL, 0);
  return false;
}

static size_t put(char *out, unsigned value, size_t digits) {
  for (size_t i = digits; i > 0; i--, value /= 10)
    out[i - 1] = (char)('0' + value % 10);
  return digits;
}

static size_t put_separated(char *out, char separator, unsigned value) {
  out[0] = separator;
  return 1 + put(out + 1, value, 2);
}

static size_t put_fraction(char *out, uint32_t nanosecond) {
  size_t n = 10;
  if (nanosecond == 0)
    return 0;
  out[0] = '.';
  put(out + 1, nanosecond, 9);
  while (out[n - 1] == '0')
    n--;
  return n;
}

static size_t put_zone(char *out, int32_t offset_minutes) {
  unsigned magnitude = (unsigned)(offset_minutes < 0 ? -offset_minutes : offset_minutes);
  size_t n;
  if (offset_minutes == 0) {
    out[0] = 'Z';
    return 1;
  }
  n = put_separated(out, offset_minutes < 0 ? '-' : '+', magnitude / 60);
  return n + put_separated(out + n, ':', magnitude % 60);
}

void hcsref_time_append(hcsref_buf *buf, const hcsref_time *time) {
  char text[48];
  size_t n;
  if (!time->set) {
    hcsref_buf_append(buf, HCSREF_LIT("\"0001-01-01T00:00:00Z\""));
    return;
  }
  text[0] = '"';
  n = 1 + put(text + 1, (unsigned)time->year, 4);
  n += put_separated(text + n, '-', time->month);
  n += put_separated(text + n, '-', time->day);
  n += put_separated(text + n, 'T', time->hour);
  n += put_separated(text + n, ':', time->minute);
  n += put_separated(text + n, ':', time->second);
  n += put_fraction(text + n, time->nanosecond);
  n += put_zone(text + n, time->offset_minutes);
  text[n++] = '"';
  hcsref_buf_append(buf, hcsref_str_from(text, n));
}

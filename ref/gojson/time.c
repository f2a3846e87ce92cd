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

/* Two digits, or where `short_form` allows it one; what does not fit stays unread. Source: getnum. */
static bool number(cursor *c, bool short_form, unsigned *out, const char *name) {
  size_t digits = digit_at(c->rest, 1) ? 2 : 1;
  if (!digit_at(c->rest, 0) || (digits == 1 && !short_form)) {
    c->element = name;
    return false;
  }
  *out = (unsigned)(c->rest.data[0] - '0');
  if (digits == 2)
    *out = *out * 10 + (unsigned)(c->rest.data[1] - '0');
  c->rest = hcsref_str_skip(c->rest, digits);
  return true;
}

/* Four digits. Go takes four bytes that begin with a digit before it looks at the others. */
static bool year_number(cursor *c, unsigned *out) {
  unsigned value = 0;
  bool digits = true;
  c->element = "2006";
  if (c->rest.len < 4 || !digit_at(c->rest, 0))
    return false;
  for (size_t i = 0; i < 4; i++) {
    digits = digits && digit_at(c->rest, i);
    value = value * 10 + (unsigned)(unsigned char)c->rest.data[i] - '0';
  }
  c->rest = hcsref_str_skip(c->rest, 4);
  *out = value;
  return digits;
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

/* Two bytes of an offset: digits, or a sign and a digit. Source: atoi. */
static bool offset_number(hcsref_str s, size_t at, int32_t *out) {
  char first = s.data[at];
  bool sign = first == '-' || first == '+';
  if ((!sign && !digit_at(s, at)) || !digit_at(s, at + 1))
    return false;
  *out = s.data[at + 1] - '0';
  if (!sign)
    *out += (first - '0') * 10;
  if (first == '-')
    *out = -*out;
  return true;
}

/* "Z" or "+07:00". Once the colon is found, all six bytes are taken. */
static bool zone(cursor *c, int32_t *offset_minutes) {
  hcsref_str text = c->rest;
  int32_t hours = 0;
  int32_t minutes = 0;
  bool ok;
  c->element = "Z07:00";
  if (text.len > 0 && text.data[0] == 'Z') {
    c->rest = hcsref_str_skip(text, 1);
    *offset_minutes = 0;
    return true;
  }
  if (text.len < 6 || text.data[3] != ':')
    return false;
  c->rest = hcsref_str_skip(text, 6);
  ok = offset_number(text, 1, &hours) && offset_number(text, 4, &minutes);
  *offset_minutes = (hours * 60 + minutes) * (text.data[0] == '-' ? -1 : 1);
  return ok && (text.data[0] == '+' || text.data[0] == '-');
}

static bool parse(cursor *c, hcsref_time *out) {
  unsigned year, month, day, hour, minute, second;
  hcsref_time t;
  memset(&t, 0, sizeof(t));
  if (!literal(c, '"', "\"") || !year_number(c, &year) || !literal(c, '-', "-") || !number(c, false, &month, "01") ||
      !in_range(c, month, 1, 12, "month") || !literal(c, '-', "-") || !number(c, false, &day, "02") ||
      !literal(c, 'T', "T") || !number(c, true, &hour, "15") || !in_range(c, hour, 0, 23, "hour") ||
      !literal(c, ':', ":") || !number(c, false, &minute, "04") || !in_range(c, minute, 0, 59, "minute") ||
      !literal(c, ':', ":") || !number(c, false, &second, "05") || !in_range(c, second, 0, 59, "second"))
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

/* Text as the time package shows it in its errors: by bytes, unlike strconv.Quote. Source: time/format.go quote. */
static void append_time_quoted(hcsref_buf *buf, hcsref_str s) {
  static const char hex[] = "0123456789abcdef";
  hcsref_buf_append_char(buf, '"');
  for (size_t i = 0; i < s.len; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c >= 0x80 || c < ' ') {
      hcsref_buf_append(buf, HCSREF_LIT("\\x"));
      hcsref_buf_append_char(buf, hex[c >> 4]);
      hcsref_buf_append_char(buf, hex[c & 0xF]);
      continue;
    }
    if (c == '"' || c == '\\')
      hcsref_buf_append_char(buf, '\\');
    hcsref_buf_append_char(buf, (char)c);
  }
  hcsref_buf_append_char(buf, '"');
}

/* Source: time/format.go ParseError.Error. */
static hcsref_str parse_error(hcsref_arena *arena, hcsref_str json, const cursor *c) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, HCSREF_LIT("parsing time "));
  append_time_quoted(&buf, json);
  if (c->range != NULL) {
    hcsref_buf_append(&buf, HCSREF_LIT(": "));
    hcsref_buf_append(&buf, hcsref_cstr(c->range));
    hcsref_buf_append(&buf, HCSREF_LIT(" out of range"));
  } else {
    hcsref_buf_append(&buf, HCSREF_LIT(" as "));
    append_time_quoted(&buf, HCSREF_LIT(LAYOUT));
    hcsref_buf_append(&buf, HCSREF_LIT(": cannot parse "));
    append_time_quoted(&buf, c->rest);
    hcsref_buf_append(&buf, HCSREF_LIT(" as "));
    append_time_quoted(&buf, hcsref_cstr(c->element));
  }
  return buf.failed ? hcsref_cstr(NULL) : hcsref_buf_str(&buf);
}

bool hcsref_time_parse(hcsref_arena *arena, hcsref_str json, hcsref_time *out, hcsref_str *message) {
  cursor c = {json, NULL, NULL};
  if (hcsref_str_equal(json, HCSREF_LIT("null")) || parse(&c, out))
    return true;
  *message = parse_error(arena, json, &c);
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

/* An offset read from "+99:99" has more than 99 hours. */
static size_t put_zone(char *out, int32_t offset_minutes) {
  unsigned magnitude = (unsigned)(offset_minutes < 0 ? -offset_minutes : offset_minutes);
  size_t n = 1;
  if (offset_minutes == 0) {
    out[0] = 'Z';
    return 1;
  }
  out[0] = offset_minutes < 0 ? '-' : '+';
  n += put(out + n, magnitude / 60, magnitude / 60 < 100 ? 2 : 3);
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

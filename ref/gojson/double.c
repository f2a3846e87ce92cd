/* SPDX-License-Identifier: Apache-2.0 */
/* Doubles from and to text: exact in every case, fast in the common ones. */
#include "gojson/bignum.h"
#include "gojson/number.h"

#include <string.h>

#define MANTISSA_BITS     53
#define SMALLEST_EXPONENT (-1074) /* of the unit of subnormal numbers */
#define LARGEST_EXPONENT  971     /* of the unit of the largest numbers */
/* A text with more significant digits is decided by these and by whether anything but zeros follows: no two
 * neighbouring doubles' midpoint has more than 767. */
#define SIGNIFICANT_DIGITS 800
/* Exponents are cut off here: beyond, every text is too large or zero. */
#define EXPONENT_LIMIT 100000

/* ---- text to double ---- */

/* 0.d1d2… times 10^point. */
typedef struct decimal {
  unsigned char digit[SIGNIFICANT_DIGITS + 1];
  int count;
  int point;
  bool negative;
} decimal;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* A digit that is not a leading zero. The last place stands for all that is cut off. */
static void add_digit(decimal *d, char c) {
  if (d->count < SIGNIFICANT_DIGITS)
    d->digit[d->count++] = (unsigned char)(c - '0');
  else if (c != '0' && d->count == SIGNIFICANT_DIGITS)
    d->digit[d->count++] = 1;
}

static int read_exponent(const char *p, const char *end) {
  bool negative = *p == '-';
  int value = 0;
  if (*p == '-' || *p == '+')
    p++;
  for (; p < end; p++)
    if (value < EXPONENT_LIMIT)
      value = value * 10 + (*p - '0');
  return negative ? -value : value;
}

/* Splits a number's text, whose grammar has been checked. */
static void read_decimal(hcsref_str text, decimal *d) {
  const char *p = text.data;
  const char *end = text.data + text.len;
  bool fraction = false;
  int64_t point = 0;
  d->count = 0;
  d->negative = *p == '-';
  for (p += d->negative; p < end && (is_digit(*p) || *p == '.'); p++) {
    if (*p == '.') {
      fraction = true;
    } else if (d->count == 0 && *p == '0') {
      point -= fraction;
    } else {
      add_digit(d, *p);
      point += !fraction;
    }
  }
  if (p < end)
    point += read_exponent(p + 1, end);
  d->point = (int)(point > EXPONENT_LIMIT ? EXPONENT_LIMIT : point < -EXPONENT_LIMIT ? -EXPONENT_LIMIT : point);
}

static double with_sign(const decimal *d, double value) {
  return d->negative ? -value : value;
}

/* Up to 15 digits and a power of ten up to 22 are exact doubles, so one operation rounds correctly. */
static bool small_double(const decimal *d, double *out) {
  static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  int exponent = d->point - d->count;
  uint64_t whole = 0;
  if (d->count > 15 || exponent < -22 || exponent > 22)
    return false;
  for (int i = 0; i < d->count; i++)
    whole = whole * 10 + d->digit[i];
  *out = with_sign(d, exponent < 0 ? (double)whole / power[-exponent] : (double)whole * power[exponent]);
  return true;
}

/* The double mantissa * 2^exponent, whose mantissa has at most MANTISSA_BITS bits. */
static double compose(uint64_t mantissa, int exponent) {
  uint64_t bits = mantissa;
  double value;
  if (mantissa >> (MANTISSA_BITS - 1) != 0)
    bits = (mantissa & (((uint64_t)1 << (MANTISSA_BITS - 1)) - 1)) | (uint64_t)(exponent - SMALLEST_EXPONENT + 1)
                                                                         << (MANTISSA_BITS - 1);
  memcpy(&value, &bits, sizeof(value));
  return value;
}

/* The quotient of two numbers, of which the first is less than 2^bits times the second, rounded half to even. */
static uint64_t divide(bignum *numerator, bignum *denominator, unsigned bits) {
  uint64_t quotient = 0;
  int half;
  bignum_shift_left(denominator, bits);
  for (unsigned i = 0; i < bits; i++) {
    bignum_shift_left(numerator, 1);
    quotient <<= 1;
    if (bignum_compare(numerator, denominator) >= 0) {
      bignum_subtract(numerator, denominator);
      quotient |= 1;
    }
  }
  bignum_shift_left(numerator, 1);
  half = bignum_compare(numerator, denominator);
  return quotient + (half > 0 || (half == 0 && (quotient & 1) != 0));
}

/* The value as a fraction of whole numbers. */
static void as_fraction(const decimal *d, bignum *numerator, bignum *denominator) {
  int exponent = d->point - d->count;
  bignum_set(numerator, 0);
  bignum_set(denominator, 1);
  for (int i = 0; i < d->count; i++) {
    bignum_multiply(numerator, 10);
    bignum_add_small(numerator, d->digit[i]);
  }
  if (exponent >= 0)
    bignum_multiply_power10(numerator, (unsigned)exponent);
  else
    bignum_multiply_power10(denominator, (unsigned)-exponent);
}

/* Exactly rounded, for 10^-400 < value < 10^400. False: too large. */
static bool exact_double(const decimal *d, double *out) {
  bignum numerator, denominator;
  int exponent;
  uint64_t mantissa;
  as_fraction(d, &numerator, &denominator);
  /* The unit of the result: it makes the quotient one of MANTISSA_BITS bits, or MANTISSA_BITS + 1. */
  exponent = (int)bignum_bits(&numerator) - (int)bignum_bits(&denominator) - MANTISSA_BITS;
  for (;; exponent++) {
    bignum n = numerator;
    bignum unit = denominator;
    if (exponent < SMALLEST_EXPONENT)
      exponent = SMALLEST_EXPONENT;
    if (exponent >= 0)
      bignum_shift_left(&unit, (unsigned)exponent);
    else
      bignum_shift_left(&n, (unsigned)-exponent);
    mantissa = divide(&n, &unit, MANTISSA_BITS + 2);
    if (mantissa < (uint64_t)1 << MANTISSA_BITS)
      break;
  }
  if (exponent > LARGEST_EXPONENT)
    return false;
  *out = with_sign(d, compose(mantissa, exponent));
  return true;
}

bool hcsref_parse_double(hcsref_str text, double *out) {
  decimal d;
  read_decimal(text, &d);
  if (d.count == 0 || d.point < -400) {
    *out = with_sign(&d, 0.0);
    return true;
  }
  if (d.point > 400)
    return false;
  return small_double(&d, out) || exact_double(&d, out);
}

/* ---- double to text ---- */

#define MOST_DIGITS 17

/* The digits of a positive double's shortest text and where its point is: 0.d1d2… times 10^point. */
typedef struct shortest {
  char digit[MOST_DIGITS + 3];
  int count;
  int point;
} shortest;

/* Exactly: value = n/unit, and every number less than low/unit below or high/unit above reads back as it. */
typedef struct interval {
  bignum n, unit, low, high;
  bool closed; /* the ends read back as it, too */
} interval;

static void decompose(double value, uint64_t *mantissa, int *exponent) {
  uint64_t bits;
  unsigned biased;
  memcpy(&bits, &value, sizeof(bits));
  biased = (unsigned)(bits >> (MANTISSA_BITS - 1) & 0x7FF);
  *mantissa = bits & (((uint64_t)1 << (MANTISSA_BITS - 1)) - 1);
  *exponent = SMALLEST_EXPONENT;
  if (biased != 0) {
    *mantissa |= (uint64_t)1 << (MANTISSA_BITS - 1);
    *exponent += (int)biased - 1;
  }
}

/* All numbers are doubled, or doubled twice next to a power of two, so that half a unit is whole. */
static void make_interval(uint64_t mantissa, int exponent, interval *v) {
  bool at_power = mantissa == (uint64_t)1 << (MANTISSA_BITS - 1) && exponent > SMALLEST_EXPONENT;
  unsigned scale = at_power ? 2 : 1;
  unsigned up = exponent > 0 ? (unsigned)exponent : 0;
  unsigned down = exponent < 0 ? (unsigned)-exponent : 0;
  bignum_set(&v->n, mantissa);
  bignum_shift_left(&v->n, up + scale);
  bignum_set(&v->unit, 1);
  bignum_shift_left(&v->unit, down + scale);
  bignum_set(&v->low, 1);
  bignum_shift_left(&v->low, up);
  bignum_set(&v->high, 1);
  bignum_shift_left(&v->high, up + scale - 1);
  v->closed = (mantissa & 1) == 0;
}

static bool reaches_unit(const interval *v) {
  bignum sum = v->n;
  int order;
  bignum_add(&sum, &v->high);
  order = bignum_compare(&sum, &v->unit);
  return order > 0 || (order == 0 && v->closed);
}

/* Scales by powers of ten until the first digit is the first behind the point; returns the point's place. */
static int scale_to_point(interval *v) {
  int point = 0;
  /* A first guess from the number of bits (log10 2 = 0.30103), never too high; the loop mends the rest. */
  int guess = ((int)bignum_bits(&v->n) - (int)bignum_bits(&v->unit) - 2) * 30103 / 100000 - 1;
  if (guess > 0) {
    bignum_multiply_power10(&v->unit, (unsigned)guess);
    point = guess;
  } else if (guess < 0) {
    bignum_multiply_power10(&v->n, (unsigned)-guess);
    bignum_multiply_power10(&v->low, (unsigned)-guess);
    bignum_multiply_power10(&v->high, (unsigned)-guess);
    point = guess;
  }
  while (reaches_unit(v)) {
    bignum_multiply(&v->unit, 10);
    point++;
  }
  return point;
}

static int next_digit(interval *v) {
  int digit = 0;
  bignum_multiply(&v->n, 10);
  bignum_multiply(&v->low, 10);
  bignum_multiply(&v->high, 10);
  while (bignum_compare(&v->n, &v->unit) >= 0) {
    bignum_subtract(&v->n, &v->unit);
    digit++;
  }
  return digit;
}

static bool low_enough(const interval *v) {
  int order = bignum_compare(&v->n, &v->low);
  return order < 0 || (order == 0 && v->closed);
}

/* Does the rest behind `digit` round it up? A half goes to the even digit, as in strconv ftoaryu.go. */
static bool rounds_up(const interval *v, int digit) {
  bignum twice = v->n;
  int order;
  bignum_shift_left(&twice, 1);
  order = bignum_compare(&twice, &v->unit);
  return order > 0 || (order == 0 && (digit & 1) != 0);
}

/* Digits until what is left makes no difference: the free-format algorithm of Steele, White and Dybvig. */
static void generate_digits(double value, shortest *s) {
  uint64_t mantissa;
  int exponent;
  interval v;
  bool low, high;
  decompose(value, &mantissa, &exponent);
  make_interval(mantissa, exponent, &v);
  s->point = scale_to_point(&v);
  s->count = 0;
  do {
    int digit = next_digit(&v);
    low = low_enough(&v);
    high = reaches_unit(&v);
    if (high && (!low || rounds_up(&v, digit)))
      digit++;
    s->digit[s->count++] = (char)('0' + digit);
  } while (!low && !high);
}

/* Whole numbers of up to 15 digits need no search. */
static bool whole_digits(double value, shortest *s) {
  uint64_t whole;
  char reversed[MOST_DIGITS];
  int count = 0;
  if (value >= 1e15 || value != (double)(uint64_t)value)
    return false;
  for (whole = (uint64_t)value; whole != 0; whole /= 10)
    reversed[count++] = (char)('0' + whole % 10);
  s->point = count;
  s->count = 0;
  while (count > 0)
    s->digit[s->count++] = reversed[--count];
  while (s->count > 1 && s->digit[s->count - 1] == '0')
    s->count--;
  return true;
}

static size_t put_zeros(char *out, int count) {
  if (count <= 0)
    return 0;
  memset(out, '0', (size_t)count);
  return (size_t)count;
}

static size_t put_digits(char *out, const shortest *s, int from, int to) {
  if (to > s->count)
    to = s->count;
  if (to <= from)
    return 0;
  memcpy(out, s->digit + from, (size_t)(to - from));
  return (size_t)(to - from);
}

static size_t put_plain(char *out, const shortest *s) {
  size_t n = 0;
  n += s->point <= 0 ? put_zeros(out, 1) : put_digits(out, s, 0, s->point);
  n += put_zeros(out + n, s->point - s->count);
  if (s->count <= s->point)
    return n;
  out[n++] = '.';
  n += put_zeros(out + n, -s->point);
  return n + put_digits(out + n, s, s->point > 0 ? s->point : 0, s->count);
}

/* d.ddde±x, the exponent without padding. */
static size_t put_scientific(char *out, const shortest *s) {
  size_t n = put_digits(out, s, 0, 1);
  int exponent = s->point - 1;
  unsigned magnitude = (unsigned)(exponent < 0 ? -exponent : exponent);
  if (s->count > 1) {
    out[n++] = '.';
    n += put_digits(out + n, s, 1, s->count);
  }
  out[n++] = 'e';
  out[n++] = exponent < 0 ? '-' : '+';
  for (unsigned scale = magnitude >= 100 ? 100 : magnitude >= 10 ? 10 : 1; scale > 0; scale /= 10)
    out[n++] = (char)('0' + magnitude / scale % 10);
  return n;
}

size_t hcsref_format_double(double value, char out[HCSREF_DOUBLE_TEXT]) {
  shortest s;
  uint64_t bits;
  size_t sign;
  memcpy(&bits, &value, sizeof(bits));
  sign = bits >> 63;
  if (sign)
    out[0] = '-';
  if (value == 0.0) {
    out[sign] = '0';
    return sign + 1;
  }
  value = sign ? -value : value;
  if (!whole_digits(value, &s))
    generate_digits(value, &s);
  return sign + (value < 1e-6 || value >= 1e21 ? put_scientific(out + sign, &s) : put_plain(out + sign, &s));
}

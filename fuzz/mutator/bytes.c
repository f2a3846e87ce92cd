/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/bytes.h"

#include <string.h>

/* Longest stretch that one step puts in, copies or leaves out. */
#define LONGEST_STRETCH 16

typedef struct byte_editor {
  random_source *random;
  uint8_t *data;
  size_t size, max;
} byte_editor;

static uint8_t any_byte(byte_editor *e) {
  static const char likely[] = "\\/:.\"{}[],0129-aZ \n\x00\x7f\xff";
  if (random_one_in(e->random, 2))
    return (uint8_t)likely[random_below(e->random, sizeof likely - 1)];
  return (uint8_t)random_below(e->random, 256);
}

/* Opens a gap of `length` bytes; false when there is no room. */
static bool open_gap(byte_editor *e, size_t at, size_t length) {
  if (length > e->max - e->size)
    return false;
  memmove(e->data + at + length, e->data + at, e->size - at);
  e->size += length;
  return true;
}

static void put_in(byte_editor *e) {
  size_t at = random_below(e->random, e->size + 1), length = 1 + random_below(e->random, LONGEST_STRETCH);
  uint8_t byte = any_byte(e);
  if (random_one_in(e->random, 2))
    length = 1;
  if (open_gap(e, at, length))
    memset(e->data + at, byte, length);
}

static void leave_out(byte_editor *e) {
  size_t at, length;
  if (e->size < 2)
    return;
  length = 1 + random_below(e->random, e->size - 1 < LONGEST_STRETCH ? e->size - 1 : LONGEST_STRETCH);
  at = random_below(e->random, e->size - length + 1);
  memmove(e->data + at, e->data + at + length, e->size - at - length);
  e->size -= length;
}

static void change_bit(byte_editor *e) {
  if (e->size > 0)
    e->data[random_below(e->random, e->size)] ^= (uint8_t)(1u << random_below(e->random, 8));
}

static void change_byte(byte_editor *e) {
  if (e->size > 0)
    e->data[random_below(e->random, e->size)] = any_byte(e);
}

static void copy_stretch(byte_editor *e) {
  uint8_t stretch[LONGEST_STRETCH];
  size_t from, to, length;
  if (e->size == 0)
    return;
  length = 1 + random_below(e->random, e->size < LONGEST_STRETCH ? e->size : LONGEST_STRETCH);
  from = random_below(e->random, e->size - length + 1);
  to = random_below(e->random, e->size + 1);
  memcpy(stretch, e->data + from, length);
  if (open_gap(e, to, length))
    memcpy(e->data + to, stretch, length);
}

static void (*const steps[])(byte_editor *) = {put_in, leave_out, change_bit, change_byte, copy_stretch};

size_t bytes_mutate(random_source *random, uint8_t *data, size_t size, size_t max) {
  byte_editor e = {random, data, size > max ? max : size, max};
  size_t count = 1 + random_below(random, 4);
  while (count-- > 0)
    steps[random_below(random, sizeof steps / sizeof steps[0])](&e);
  while (e.size == 0 && max > 0)
    put_in(&e);
  return e.size;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/shapes.h"

#include <stdlib.h>

#define SLOTS (KIT_FUZZ_SHAPES_LIMIT * 2) /* a power of two */

struct kit_fuzz_shapes {
  size_t count;
  uint64_t slots[SLOTS]; /* hashes, open addressing; 0: free */
};

kit_fuzz_shapes *kit_fuzz_shapes_new(void) {
  return calloc(1, sizeof(kit_fuzz_shapes));
}

void kit_fuzz_shapes_free(kit_fuzz_shapes *s) {
  free(s);
}

size_t kit_fuzz_shapes_count(const kit_fuzz_shapes *s) {
  return s->count;
}

static bool remember(kit_fuzz_shapes *s, uint64_t hash) {
  size_t at = (size_t)(hash ^ hash >> 32) & (SLOTS - 1);
  if (s->count == KIT_FUZZ_SHAPES_LIMIT)
    return false;
  hash |= 1; /* never 0 */
  for (; s->slots[at] != 0; at = (at + 1) & (SLOTS - 1))
    if (s->slots[at] == hash)
      return false;
  s->slots[at] = hash;
  s->count++;
  return true;
}

/* FNV-1a, 64 bits. */
static uint64_t mix_byte(uint64_t hash, unsigned char c) {
  return (hash ^ c) * 1099511628211u;
}

static uint64_t mix(uint64_t hash, hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    hash = mix_byte(hash, (unsigned char)s.data[i]);
  return mix_byte(hash, 0);
}

/* None, one or several: how many there are counts no further. */
static unsigned char size_class(size_t n) {
  return n == 0 ? 0 : n == 1 ? 1 : 2;
}

static bool add_value(kit_fuzz_shapes *s, uint64_t place, const kit_json *node) {
  const kit_json *child;
  size_t size = node->kind == KIT_JSON_STRING ? node->text.len : node->count;
  uint64_t here = mix_byte(mix_byte(place, (unsigned char)('0' + node->kind)), size_class(size));
  bool fresh = remember(s, node->kind == KIT_JSON_BOOL ? mix(here, node->raw) : here);
  for (child = node->first; child != NULL; child = child->next)
    fresh |= add_value(s, node->kind == KIT_JSON_OBJECT ? mix(place, child->key) : mix_byte(place, '*'), child);
  return fresh;
}

/* The verb of a question such as "stat C:\\p". */
static hcsref_str verb_of(hcsref_str call) {
  size_t n = 0;
  while (n < call.len && call.data[n] != ' ')
    n++;
  return hcsref_str_first(call, n);
}

bool kit_fuzz_shapes_add(kit_fuzz_shapes *s, const kit_case *c) {
  uint64_t start = mix(14695981039346656037u, c->op), calls = mix_byte(start, '?');
  const kit_json *call;
  bool fresh = c->ok != NULL ? add_value(s, start, c->ok) : remember(s, mix(start, c->code));
  for (call = c->host_calls == NULL ? NULL : c->host_calls->first; call != NULL; call = call->next) {
    calls = mix(calls, verb_of(call->text));
    fresh |= remember(s, calls);
  }
  return fresh;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/patterns.h"

#include "run/cases/glob.h"

#include <stdlib.h>
#include <string.h>

/* The patterns of one fixed beginning: a chain through `next`, in their order. */
typedef struct bucket {
  uint64_t hash;
  size_t first, last; /* index + 1; 0: the bucket is free */
} bucket;

struct kit_patterns {
  const hcsref_str *globs;
  size_t count;
  size_t *next; /* index + 1 of the next pattern with the same beginning; 0: the last */
  bucket *buckets;
  size_t bucket_count;           /* a power of two */
  size_t *lengths, length_count; /* how long the globs' fixed beginnings are: each length once, ascending */
};

/* ---- hashing: FNV-1a ---------------------------------------------------------------------------------- */

#define FNV_START UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static uint64_t hash_on(uint64_t hash, hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    hash = (hash ^ (unsigned char)s.data[i]) * FNV_PRIME;
  return hash;
}

/* A text that is a whole pattern is no beginning of one. */
static uint64_t as_whole(uint64_t hash) {
  return (hash ^ 0x100) * FNV_PRIME;
}

static size_t fixed_length(hcsref_str glob) {
  size_t i;
  for (i = 0; i < glob.len; i++)
    if (glob.data[i] == '*' || glob.data[i] == '?' || glob.data[i] == '[')
      break;
  return i;
}

bool kit_is_literal(hcsref_str glob) {
  return fixed_length(glob) == glob.len;
}

/* The bucket of that hash, or the free one where it belongs. */
static bucket *bucket_of(const kit_patterns *p, uint64_t hash) {
  size_t i = (size_t)(hash ^ hash >> 32) & (p->bucket_count - 1);
  while (p->buckets[i].first != 0 && p->buckets[i].hash != hash)
    i = (i + 1) & (p->bucket_count - 1);
  return &p->buckets[i];
}

/* ---- building ----------------------------------------------------------------------------------------- */

static void add(kit_patterns *p, size_t index) {
  size_t fixed = fixed_length(p->globs[index]);
  uint64_t hash = hash_on(FNV_START, hcsref_str_first(p->globs[index], fixed));
  bucket *b;
  if (fixed == p->globs[index].len)
    hash = as_whole(hash);
  else
    p->lengths[p->length_count++] = fixed;
  b = bucket_of(p, hash);
  if (b->first == 0)
    b->first = index + 1;
  else
    p->next[b->last - 1] = index + 1;
  b->hash = hash;
  b->last = index + 1;
}

static int by_value(const void *a, const void *b) {
  const size_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static void sort_lengths(kit_patterns *p) {
  size_t i, kept = 0;
  if (p->length_count > 1)
    qsort(p->lengths, p->length_count, sizeof(*p->lengths), by_value);
  for (i = 0; i < p->length_count; i++)
    if (kept == 0 || p->lengths[i] != p->lengths[kept - 1])
      p->lengths[kept++] = p->lengths[i];
  p->length_count = kept;
}

kit_patterns *kit_patterns_new(const hcsref_str *globs, size_t count) {
  kit_patterns *p = calloc(1, sizeof(*p));
  size_t i;
  if (p == NULL || count > SIZE_MAX / (4 * sizeof(bucket))) {
    free(p);
    return NULL;
  }
  p->globs = globs;
  p->count = count;
  for (p->bucket_count = 4; p->bucket_count < 2 * count;)
    p->bucket_count *= 2;
  p->buckets = calloc(p->bucket_count, sizeof(*p->buckets));
  p->next = calloc(count + 1, sizeof(*p->next));
  p->lengths = calloc(count + 1, sizeof(*p->lengths));
  if (p->buckets == NULL || p->next == NULL || p->lengths == NULL) {
    kit_patterns_free(p);
    return NULL;
  }
  for (i = 0; i < count; i++)
    add(p, i);
  sort_lengths(p);
  return p;
}

void kit_patterns_free(kit_patterns *p) {
  if (p == NULL)
    return;
  free(p->buckets);
  free(p->next);
  free(p->lengths);
  free(p);
}

/* ---- asking ------------------------------------------------------------------------------------------- */

typedef struct question {
  const kit_patterns *p;
  hcsref_str text;
  bool (*accepts)(void *context, size_t index);
  void *context;
  size_t found;
} question;

static void look_into(question *q, uint64_t hash) {
  size_t i = bucket_of(q->p, hash)->first;
  for (; i != 0 && i - 1 < q->found; i = q->p->next[i - 1])
    if (kit_glob(q->p->globs[i - 1], q->text) && (q->accepts == NULL || q->accepts(q->context, i - 1)))
      q->found = i - 1;
}

size_t kit_patterns_find(const kit_patterns *p, hcsref_str text, bool (*accepts)(void *context, size_t index),
                         void *context) {
  question q = {p, text, accepts, context, KIT_NO_PATTERN};
  uint64_t hash = FNV_START;
  size_t done = 0, i;
  for (i = 0; i < p->length_count && p->lengths[i] <= text.len; i++) {
    hash = hash_on(hash, hcsref_str_first(hcsref_str_skip(text, done), p->lengths[i] - done));
    done = p->lengths[i];
    look_into(&q, hash);
  }
  look_into(&q, as_whole(hash_on(hash, hcsref_str_skip(text, done))));
  return q.found;
}

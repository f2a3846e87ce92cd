/* SPDX-License-Identifier: Apache-2.0 */
#include "measure.h"
#include "stages.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef HAVE_YYJSON
#include <yyjson.h>
#endif

/* What one contestant needs, and what it found. */
typedef struct context {
  bench_stages stages;
  size_t asked; /* times that the arena asked for memory */
  char *copy;   /* of the spec, for memcpy */
} context;

typedef bool (*contestant)(context *c);

static void *counting_alloc(void *ctx, size_t size) {
  ((context *)ctx)->asked++;
  return malloc(size);
}

static void counting_free(void *ctx, void *ptr, size_t size) {
  (void)ctx;
  (void)size;
  free(ptr);
}

static bool run_translate(context *c) {
  translation t;
  return stage_decode(&c->stages, &t) && stage_map(&c->stages, &t) && stage_encode(&c->stages, &t);
}

static bool run_jansson(context *c) {
  json_error_t error;
  json_t *spec = json_loadb(c->stages.work->text, c->stages.work->size, 0, &error);
  char *text = spec == NULL ? NULL : json_dumps(spec, JSON_COMPACT);
  json_decref(spec);
  free(text);
  return text != NULL ||
         hcsref_fail(&c->stages.arena, &c->stages.err, "jansson", HCSREF_LIT(""), "jansson: %s", error.text);
}

#ifdef HAVE_YYJSON
static bool run_yyjson(context *c) {
  yyjson_doc *spec = yyjson_read(c->stages.work->text, c->stages.work->size, 0);
  char *text = spec == NULL ? NULL : yyjson_write(spec, 0, NULL);
  yyjson_doc_free(spec);
  free(text);
  return text != NULL ||
         hcsref_fail(&c->stages.arena, &c->stages.err, "yyjson", HCSREF_LIT(""), "yyjson does not read or write it");
}
#endif

static bool run_memcpy(context *c) {
  static void *(*const volatile copy)(void *, const void *, size_t) = memcpy; /* not to be optimised away */
  copy(c->copy, c->stages.work->text, c->stages.work->size);
  return true;
}

#ifdef HAVE_YYJSON
enum { TRANSLATE, JANSSON, MEMCPY, YYJSON, CONTESTANTS };
static const contestant contestants[CONTESTANTS] = {run_translate, run_jansson, run_memcpy, run_yyjson};
#else
enum { TRANSLATE, JANSSON, MEMCPY, CONTESTANTS };
static const contestant contestants[CONTESTANTS] = {run_translate, run_jansson, run_memcpy};
#endif

static double processor_ns(void) {
  return (double)clock() * (1e9 / (double)CLOCKS_PER_SEC);
}

static bool time_batch(context *c, contestant run, size_t count, double *ns_each) {
  double start;
  if (!bench_host_ready(c->stages.host, &c->stages.err))
    return false;
  start = processor_ns();
  for (size_t i = 0; i < count; i++)
    if (!run(c))
      return false;
  *ns_each = (processor_ns() - start) / (double)count;
  return true;
}

/* Of the wall: finer than the processor's clock, which one stage of a small spec is too short for. Whatever else runs
 * only adds to it, so the least of the rounds counts. */
static double wall_ns(void) {
  struct timespec now;
  return timespec_get(&now, TIME_UTC) == 0 ? 0 : (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

enum { DECODE, MAP, ENCODE, STAGES };

static bool time_stages(context *c, size_t count, double ns_each[STAGES]) {
  static bool (*const stages[STAGES])(bench_stages * s, translation * t) = {stage_decode, stage_map, stage_encode};
  double sum[STAGES] = {0};
  translation t;
  if (!bench_host_ready(c->stages.host, &c->stages.err))
    return false;
  for (size_t i = 0; i < count; i++)
    for (size_t stage = 0; stage < STAGES; stage++) {
      double start = wall_ns();
      if (!stages[stage](&c->stages, &t))
        return false;
      sum[stage] += wall_ns() - start;
    }
  for (size_t stage = 0; stage < STAGES; stage++)
    ns_each[stage] = sum[stage] / (double)count;
  return true;
}

/* How many make a batch that is long enough for the clock. */
static bool batch_size(context *c, contestant run, size_t batch_ms, size_t *count) {
  double ns_each;
  for (*count = 1;; *count *= 2) {
    if (!time_batch(c, run, *count, &ns_each))
      return false;
    if (ns_each * (double)*count >= (double)batch_ms * 1e6)
      return true;
  }
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, size_t count) {
  qsort(values, count, sizeof(values[0]), compare_doubles);
  return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static bool run_rounds(context *c, const measure_settings *settings, double medians[CONTESTANTS],
                       double stages[STAGES]) {
  static double found[CONTESTANTS][MAX_ROUNDS];
  size_t count[CONTESTANTS];
  for (size_t i = 0; i < CONTESTANTS; i++)
    if (!batch_size(c, contestants[i], settings->batch_ms, &count[i]))
      return false;
  for (size_t round = 0; round < settings->rounds; round++) {
    double ns_each[STAGES];
    for (size_t i = 0; i < CONTESTANTS; i++)
      if (!time_batch(c, contestants[i], count[i], &found[i][round]))
        return false;
    if (settings->stages && !time_stages(c, count[TRANSLATE], ns_each))
      return false;
    for (size_t i = 0; settings->stages && i < STAGES; i++)
      if (round == 0 || ns_each[i] < stages[i])
        stages[i] = ns_each[i];
  }
  for (size_t i = 0; i < CONTESTANTS; i++)
    medians[i] = median(found[i], settings->rounds);
  return true;
}

/* Of an arena that has done the same work before. */
static bool count_allocations(context *c, double *each) {
  enum { TRANSLATIONS = 10 };
  size_t before = c->asked;
  for (int i = 0; i < TRANSLATIONS; i++)
    if (!run_translate(c))
      return false;
  *each = (double)(c->asked - before) / TRANSLATIONS;
  return true;
}

bool measure(const workload *work, bench_host *host, const hcsref_create_options *options,
             const measure_settings *settings, hcsref_arena *arena, measurement *out, hcsref_error *err) {
  context c = {.stages = {.work = work,
                          .host = host,
                          .options = options,
                          .profile = hcsref_profile_find(arena, HCSREF_LIT("newest"), err)}};
  hcsref_create_options of_newest = *options;
  hcsref_allocator allocator = {counting_alloc, counting_free, &c};
  double medians[CONTESTANTS];
  double stages[STAGES] = {0};
  bool ok;
  if (c.stages.profile == NULL)
    return false;
  of_newest.profile = c.stages.profile;
  if (work->newest)
    c.stages.options = &of_newest;
  hcsref_arena_init(&c.stages.arena, &allocator, 0);
  c.copy = malloc(work->size + 1);
  ok = (c.copy != NULL || hcsref_fail_memory(&c.stages.err)) && run_rounds(&c, settings, medians, stages) &&
       count_allocations(&c, &out->allocations);
  if (ok) {
    out->decode_ns = stages[DECODE];
    out->map_ns = stages[MAP];
    out->encode_ns = stages[ENCODE];
    out->translate_ns = medians[TRANSLATE];
    out->jansson_ns = medians[JANSSON];
    out->memcpy_ns = medians[MEMCPY];
#ifdef HAVE_YYJSON
    out->yyjson_ns = medians[YYJSON];
#endif
  } else {
    hcsref_fail(arena, err, c.stages.err.code, c.stages.err.where, "%v", c.stages.err.message);
  }
  free(c.copy);
  hcsref_arena_free(&c.stages.arena);
  return ok;
}

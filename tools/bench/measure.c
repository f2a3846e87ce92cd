/* SPDX-License-Identifier: Apache-2.0 */
#include "measure.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef HAVE_YYJSON
#include <yyjson.h>
#endif

/* What one contestant needs, and what it found. */
typedef struct context {
  const workload *work;
  bench_host *host;
  const hcsref_create_options *options;
  const hcsref_profile *profile; /* the newest, for whatever is not the baseline's */
  hcsref_arena arena;
  size_t asked; /* times that the arena asked for memory */
  char *copy;   /* of the spec, for memcpy */
  hcsref_error err;
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

typedef struct translation {
  hcsref_oci_spec spec;
  hcsref_documents documents;
  hcsref_v2_compute_system *machine;
  hcsref_str v1, v2;
} translation;

static const hcsref_rules *rules_of(const context *c) {
  return c->work->machine || c->work->newest ? hcsref_profile_rules(c->profile, HCSREF_PROGRAM_HCSSHIM) : NULL;
}

static bool decode(context *c, translation *t) {
  hcsref_arena_reset(&c->arena);
  memset(t, 0, sizeof(*t));
  return hcsref_json_decode_as(&c->arena, rules_of(c), hcsref_str_from(c->work->text, c->work->size),
                               &hcsref_type_oci_spec, HCSREF_JSON_STREAM, &t->spec, &c->err);
}

static bool map_machine(context *c, translation *t) {
  hcsref_uvm_settings settings = {.profile = c->profile, .id = HCSREF_LIT(WORKLOAD_POD)};
  hcsref_vm_host host = bench_vm_host(c->host);
  return hcsref_uvm_document(&c->arena, &t->spec, &settings, &host, &t->machine, &c->err) &&
         (t->machine != NULL || hcsref_fail(&c->arena, &c->err, "vm", HCSREF_LIT(""), "no VM is made"));
}

static bool map(context *c, translation *t) {
  if (c->work->machine)
    return map_machine(c, t);
  return hcsref_oci_to_hcs(&c->arena, &t->spec, c->options, &c->host->host, &t->documents, &c->err);
}

static bool encode(context *c, translation *t) {
  if (c->work->machine)
    return hcsref_json_encode_as(&c->arena, rules_of(c), &hcsref_type_v2_compute_system, t->machine, &t->v2, &c->err);
  return hcsref_json_encode_as(&c->arena, rules_of(c), &hcsref_type_v1_container_config, t->documents.v1, &t->v1,
                               &c->err) &&
         hcsref_json_encode_as(&c->arena, rules_of(c), &hcsref_type_v2_container, t->documents.v2, &t->v2, &c->err);
}

static bool run_translate(context *c) {
  translation t;
  return decode(c, &t) && map(c, &t) && encode(c, &t);
}

static bool run_jansson(context *c) {
  json_error_t error;
  json_t *spec = json_loadb(c->work->text, c->work->size, 0, &error);
  char *text = spec == NULL ? NULL : json_dumps(spec, JSON_COMPACT);
  json_decref(spec);
  free(text);
  return text != NULL || hcsref_fail(&c->arena, &c->err, "jansson", HCSREF_LIT(""), "jansson: %s", error.text);
}

#ifdef HAVE_YYJSON
static bool run_yyjson(context *c) {
  yyjson_doc *spec = yyjson_read(c->work->text, c->work->size, 0);
  char *text = spec == NULL ? NULL : yyjson_write(spec, 0, NULL);
  yyjson_doc_free(spec);
  free(text);
  return text != NULL || hcsref_fail(&c->arena, &c->err, "yyjson", HCSREF_LIT(""), "yyjson does not read or write it");
}
#endif

static bool run_memcpy(context *c) {
  static void *(*const volatile copy)(void *, const void *, size_t) = memcpy; /* not to be optimised away */
  copy(c->copy, c->work->text, c->work->size);
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
  if (!bench_host_ready(c->host, &c->err))
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
  static bool (*const stages[STAGES])(context * c, translation * t) = {decode, map, encode};
  double sum[STAGES] = {0};
  translation t;
  if (!bench_host_ready(c->host, &c->err))
    return false;
  for (size_t i = 0; i < count; i++)
    for (size_t stage = 0; stage < STAGES; stage++) {
      double start = wall_ns();
      if (!stages[stage](c, &t))
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
  context c = {
      .work = work, .host = host, .options = options, .profile = hcsref_profile_find(arena, HCSREF_LIT("newest"), err)};
  hcsref_create_options of_newest = *options;
  hcsref_allocator allocator = {counting_alloc, counting_free, &c};
  double medians[CONTESTANTS];
  double stages[STAGES] = {0};
  bool ok;
  if (c.profile == NULL)
    return false;
  of_newest.profile = c.profile;
  if (work->newest)
    c.options = &of_newest;
  hcsref_arena_init(&c.arena, &allocator, 0);
  c.copy = malloc(work->size + 1);
  ok = (c.copy != NULL || hcsref_fail_memory(&c.err)) && run_rounds(&c, settings, medians, stages) &&
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
    hcsref_fail(arena, err, c.err.code, c.err.where, "%v", c.err.message);
  }
  free(c.copy);
  hcsref_arena_free(&c.arena);
  return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file hcsref-bench: translations per second. See --help. */
#include "host.h"
#include "measure.h"
#include "options.h"
#include "report.h"
#include "workload.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static bool complain(const char *file, const char *what) {
  fprintf(stderr, "hcsref-bench: %s: %s\n", file, what);
  return false;
}

/* Reads a whole file into malloc'd memory. */
static bool read_file(const char *name, char **data, size_t *size) {
  enum { LARGEST = 256 << 20 };
  FILE *file = fopen(name, "rb");
  size_t cap = 0;
  char *grown = NULL;
  *data = NULL;
  *size = 0;
  if (file == NULL)
    return complain(name, "cannot be opened");
  do {
    cap = cap == 0 ? 65536 : cap * 2;
    grown = cap <= LARGEST ? realloc(*data, cap) : NULL;
    if (grown == NULL)
      break;
    *data = grown;
    *size += fread(*data + *size, 1, cap - *size, file);
  } while (*size == cap);
  if (ferror(file))
    grown = NULL;
  fclose(file);
  return grown != NULL || complain(name, "cannot be read, or is larger than 256 MB");
}

static bool complain_error(const char *file, const hcsref_error *err) {
  fprintf(stderr, "hcsref-bench: %s: %.*s [%s] at '%.*s'\n", file, (int)err->message.len, err->message.data, err->code,
          (int)err->where.len, err->where.data);
  return false;
}

static bool measure_row(const bench_options *options, const workload *work, bench_host *host, json_t *rows) {
  hcsref_create_options create = {.id = HCSREF_LIT("bench"), .owner = HCSREF_LIT("containerd-shim-runhcs-v1.exe")};
  hcsref_arena arena;
  hcsref_error err = {0};
  measurement m = {0}; /* what was not built in stays 0 */
  bool ok;
  create.has_schema = true;
  create.schema.major = 2;
  create.schema.minor = 1;
  hcsref_arena_init(&arena, NULL, 0);
  ok = measure(work, host, &create, &options->settings, &arena, &m, &err);
  if (!ok)
    complain_error(work->name, &err);
  else
    ok = report_add(rows, work, &m, options->settings.stages);
  if (ok && !options->json)
    report_print_last(rows);
  hcsref_arena_free(&arena);
  return ok;
}

static bool measure_built_in(const bench_options *options, json_t *rows) {
  static const struct {
    const char *name;
    bool (*make)(workload *out, const char *name, size_t n);
    size_t n;
    bool newest;
  } specs[] = {
      {"1kB", workload_of_size, 1024, false},
      {"4kB", workload_of_size, 4096, false},
      {"64kB", workload_of_size, 65536, false},
      {"4kB, newest", workload_of_size, 4096, true},
      {"64kB, newest", workload_of_size, 65536, true},
      {"4kB, its VM", workload_of_machine, 4096, false},
      {"64kB, its VM", workload_of_machine, 65536, false},
      {"4kB, from CRI", workload_of_cri, 4096, false},
      {"64kB, from CRI", workload_of_cri, 65536, false},
      {"4kB, from docker", workload_of_docker, 4096, false},
      {"64kB, from docker", workload_of_docker, 65536, false},
      {"10 mounts", workload_of_mounts, 10, false},
      {"100 mounts", workload_of_mounts, 100, false},
      {"1000 mounts", workload_of_mounts, 1000, false},
      {"10000 mounts", workload_of_mounts, 10000, false},
  };
  bench_host host = {0};
  for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
    workload work = {0};
    bool ok = specs[i].make(&work, specs[i].name, specs[i].n) || complain(specs[i].name, "out of memory");
    work.newest = specs[i].newest;
    ok = ok && measure_row(options, &work, &host, rows);
    free(work.text);
    if (!ok)
      return false;
  }
  return true;
}

static bool measure_file(const bench_options *options, json_t *rows) {
  workload work = {.name = options->spec};
  bench_host host = {0};
  char *script = NULL;
  hcsref_error err = {0};
  bool ok;
  hcsref_arena_init(&host.arena, NULL, 0);
  ok = read_file(options->spec, &work.text, &work.size) &&
       (options->host == NULL || read_file(options->host, &script, &host.script.len));
  host.script.data = script;
  ok = ok && (bench_host_ready(&host, &err) || complain_error(options->host, &err)) &&
       measure_row(options, &work, &host, rows);
  free(script);
  free(work.text);
  hcsref_arena_free(&host.arena);
  return ok;
}

static int run(const bench_options *options, json_t *rows) {
  bool ok = options->spec != NULL ? measure_file(options, rows) : measure_built_in(options, rows);
  if (ok && options->json)
    ok = report_print_json(rows);
  return ok && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}

int main(int argc, char **argv) {
  bench_options options;
  json_t *rows;
  int status;
  if (!bench_options_parse(argc, argv, &options))
    return 2;
  if (options.help) {
    bench_options_help();
    return 0;
  }
  rows = json_array();
  status = run(&options, rows);
  json_decref(rows);
  return status;
}

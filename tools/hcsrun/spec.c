/* SPDX-License-Identifier: Apache-2.0 */
/* The spec that the command line describes. */
#include "console.h"
#include "session.h"

#include "io/input.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SPEC ((uint64_t)16 << 20)

static bool fail_text(hcsref_arena *arena, hcsref_error *err, const char *what, const char *text) {
  return hcsref_fail(arena, err, "usage", hcsref_str_from(NULL, 0), "%s: %q", what, hcsref_cstr(text));
}

/* "source=C:\a,target=C:\b,readonly" */
static bool add_mount(session *s, hcsref_oci_spec *spec, const char *text, hcsref_error *err) {
  hcsref_str rest = hcsref_cstr(text), source = {NULL, 0}, target = {NULL, 0};
  bool read_only = false;
  while (rest.len > 0) {
    const char *comma = memchr(rest.data, ',', rest.len);
    hcsref_str part = hcsref_str_first(rest, comma == NULL ? rest.len : (size_t)(comma - rest.data));
    rest = hcsref_str_skip(rest, part.len + 1);
    if (hcsref_str_has_prefix(part, HCSREF_LIT("source=")))
      source = hcsref_str_skip(part, 7);
    else if (hcsref_str_has_prefix(part, HCSREF_LIT("target=")))
      target = hcsref_str_skip(part, 7);
    else if (hcsref_str_equal(part, HCSREF_LIT("readonly")))
      read_only = true;
    else
      return fail_text(&s->arena, err, "--mount requires source=PATH,target=PATH[,readonly]", text);
  }
  if (source.len == 0 || target.len == 0)
    return fail_text(&s->arena, err, "--mount requires source=PATH,target=PATH[,readonly]", text);
  return spec_add_mount(&s->arena, spec, source, target, read_only) || hcsref_fail_memory(err);
}

/* "\\.\pipe\host=\\.\pipe\container" */
static bool add_pipe(session *s, hcsref_oci_spec *spec, const char *text, hcsref_error *err) {
  const char *equals = strchr(text, '=');
  hcsref_str host, inside;
  if (equals == NULL)
    return fail_text(&s->arena, err, "--pipe requires HOST=CONTAINER, both \\\\.\\pipe\\NAME", text);
  host = hcsref_str_from(text, (size_t)(equals - text));
  inside = hcsref_cstr(equals + 1);
  if (!hcsref_is_named_pipe(host) || !hcsref_is_named_pipe(inside))
    return fail_text(&s->arena, err, "--pipe requires HOST=CONTAINER, both \\\\.\\pipe\\NAME", text);
  return spec_add_mount(&s->arena, spec, host, inside, false) || hcsref_fail_memory(err);
}

static bool add_variable(session *s, hcsref_oci_spec *spec, const char *text, hcsref_error *err) {
  hcsref_str *entry;
  if (strchr(text, '=') == NULL)
    return fail_text(&s->arena, err, "--env requires NAME=VALUE", text);
  entry = hcsref_slice_push(&s->arena, &spec->process->env, sizeof(*entry));
  if (entry == NULL)
    return hcsref_fail_memory(err);
  *entry = hcsref_cstr(text);
  return true;
}

static bool set_resources(session *s, hcsref_oci_spec *spec, const container_options *options, hcsref_error *err) {
  hcsref_oci_windows_resources *resources = hcsref_arena_alloc(&s->arena, sizeof(*resources));
  hcsref_oci_windows_cpu_resources *cpu = hcsref_arena_alloc(&s->arena, sizeof(*cpu));
  hcsref_oci_windows_memory_resources *memory = hcsref_arena_alloc(&s->arena, sizeof(*memory));
  uint64_t *numbers = hcsref_arena_array(&s->arena, 2, sizeof(*numbers));
  uint16_t *shares = hcsref_arena_array(&s->arena, 2, sizeof(*shares));
  if (resources == NULL || cpu == NULL || memory == NULL || numbers == NULL || shares == NULL)
    return hcsref_fail_memory(err);
  numbers[0] = options->cpus;
  numbers[1] = options->memory;
  shares[0] = (uint16_t)options->cpu_weight;
  shares[1] = (uint16_t)options->cpu_maximum;
  cpu->count = options->cpus > 0 ? &numbers[0] : NULL;
  cpu->shares = options->cpu_weight > 0 ? &shares[0] : NULL;
  cpu->maximum = options->cpu_maximum > 0 ? &shares[1] : NULL;
  memory->limit = options->memory > 0 ? &numbers[1] : NULL;
  if (cpu->count == NULL && cpu->shares == NULL && cpu->maximum == NULL && memory->limit == NULL)
    return true;
  resources->cpu = cpu;
  resources->memory = memory;
  spec->windows->resources = resources;
  return true;
}

static bool read_spec(session *s, const char *path, hcsref_oci_spec *spec, hcsref_error *err) {
  input_text input;
  hcsref_str text;
  bool ok;
  if (!input_read(path, MAX_SPEC, "--spec", &input)) {
    ok = hcsref_fail(&s->arena, err, input.code, hcsref_str_from(NULL, 0), "%s: %s", input.name, input.message);
  } else {
    ok = (hcsref_str_copy(&s->arena, hcsref_str_from(input.data, input.length), &text) || hcsref_fail_memory(err)) &&
         hcsref_json_decode(&s->arena, text, &hcsref_type_oci_spec, HCSREF_JSON_STREAM, spec, err);
  }
  input_free(&input);
  return ok;
}

/* What a spec from a file may lack. */
static bool complete(session *s, hcsref_oci_spec *spec) {
  const hcsref_oci_spec *fresh = spec_new(&s->arena);
  if (fresh == NULL)
    return false;
  if (spec->root == NULL)
    spec->root = fresh->root;
  if (spec->windows == NULL)
    spec->windows = fresh->windows;
  if (spec->process == NULL)
    spec->process = fresh->process;
  return true;
}

static bool apply(session *s, hcsref_oci_spec *spec, const container_options *options, hcsref_error *err) {
  if (options->hostname != NULL)
    spec->hostname = hcsref_cstr(options->hostname);
  if (options->folder != NULL)
    spec->process->cwd = hcsref_cstr(options->folder);
  if (options->user != NULL)
    spec->process->user.username = hcsref_cstr(options->user);
  for (size_t i = 0; i < options->mounts.count; i++)
    if (!add_mount(s, spec, options->mounts.items[i], err))
      return false;
  for (size_t i = 0; i < options->pipes.count; i++)
    if (!add_pipe(s, spec, options->pipes.items[i], err))
      return false;
  for (size_t i = 0; i < options->environment.count; i++)
    if (!add_variable(s, spec, options->environment.items[i], err))
      return false;
  return set_resources(s, spec, options, err);
}

hcsref_oci_spec *spec_from_options(session *s, const container_options *options) {
  hcsref_oci_spec *spec = spec_new(&s->arena);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  bool ok = spec != NULL || hcsref_fail_memory(&err);
  if (ok && options->spec != NULL) {
    memset(spec, 0, sizeof(*spec));
    ok = read_spec(s, options->spec, spec, &err) && (complete(s, spec) || hcsref_fail_memory(&err));
  }
  ok = ok && apply(s, spec, options, &err);
  if (ok)
    return spec;
  complain(&err, RUN_USAGE);
  return NULL;
}

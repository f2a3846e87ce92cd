/* SPDX-License-Identifier: Apache-2.0 */
#include "smoke/scene.h"

#include "claim.h"

#include "platform/platform.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OUTPUT   ((size_t)16 << 20) /* of one stream of a process */
#define PROBE_INSIDE HCSREF_LIT("C:\\hcsprobe")

static void decide(scene *s, verdict v, const char *format, va_list args) {
  if (s->verdict == FAILED)
    return; /* the first reason counts */
  s->verdict = v;
  hcsref_format_args(&s->arena, &s->reason, format, args);
}

void scene_fail(scene *s, const char *format, ...) {
  va_list args;
  va_start(args, format);
  decide(s, FAILED, format, args);
  va_end(args);
}

void scene_skip(scene *s, const char *format, ...) {
  va_list args;
  va_start(args, format);
  decide(s, SKIPPED, format, args);
  va_end(args);
}

bool scene_up(scene *s, bool network) {
  if (!spec_add_mount(&s->arena, s->spec, s->probe_folder, PROBE_INSIDE, true)) {
    scene_fail(s, "out of memory");
    return false;
  }
  s->up = true;
  if (container_up(&s->c, s->s, s->spec, network))
    return true;
  scene_fail(s, "%v [%s]", s->c.err.message, s->c.err.code);
  return false;
}

void scene_down(scene *s) {
  hcsref_str message = {NULL, 0};
  if (s->up && !container_down(&s->c, &s->arena, &message))
    scene_fail(s, "not everything could be undone: %v", message);
  s->up = false;
}

static bool build_document(scene *s, const char *const *arguments, const process_options *more, bool input,
                           hcsref_str *document) {
  process_options options;
  hcsref_slice words = {NULL, 0, 0};
  hcsref_str *word = hcsref_slice_push(&s->arena, &words, sizeof(*word));
  if (word == NULL)
    return false;
  *word = HCSREF_LIT("C:\\hcsprobe\\hcsprobe.exe");
  for (; *arguments != NULL; arguments++) {
    word = hcsref_slice_push(&s->arena, &words, sizeof(*word));
    if (word == NULL)
      return false;
    *word = hcsref_cstr(*arguments);
  }
  memset(&options, 0, sizeof options);
  if (more != NULL)
    options = *more;
  options.arguments = words.items;
  options.argument_count = words.len;
  options.in = input;
  return process_document(&s->c, &s->arena, &options, document);
}

/* ---- collecting output ------------------------------------------------------------------------------------------ */

typedef struct collector {
  const hcsref_live_os *os;
  hcsref_os_handle stream;
  hcsref_arena arena;
  hcsref_buf text;
} collector;

static void collect(void *context) {
  collector *c = context;
  char data[8192];
  ptrdiff_t got;
  while ((got = c->os->stream_read(c->stream, data, sizeof data)) > 0)
    if (c->text.len < MAX_OUTPUT)
      hcsref_buf_append(&c->text, hcsref_str_from(data, (size_t)got));
}

static platform_thread *start_collector(collector *c, const hcsref_live_os *os, hcsref_os_handle stream) {
  c->os = os;
  c->stream = stream;
  hcsref_arena_init(&c->arena, NULL, 0);
  c->text.arena = &c->arena;
  c->text.data = NULL;
  c->text.len = c->text.cap = 0;
  c->text.failed = false;
  return stream == NULL ? NULL : platform_thread_start(collect, c);
}

static hcsref_str end_collector(scene *s, collector *c, platform_thread *thread) {
  hcsref_str out = {NULL, 0};
  platform_thread_join(thread);
  if (!hcsref_str_copy(&s->arena, hcsref_buf_str(&c->text), &out))
    scene_fail(s, "out of memory");
  hcsref_arena_free(&c->arena);
  return out;
}

static bool feed(scene *s, hcsref_live_process *process, const char *input) {
  const hcsref_live_os *os = s->s->windows.api.os;
  const hcsref_hcs_process_info *info = hcsref_live_process_info(process);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!os->stream_write(info->std_input, input, strlen(input))) {
    scene_fail(s, "standard input could not be written");
    return false;
  }
  if (hcsref_live_close_stdin(process, &err))
    return true;
  scene_fail(s, "%v", err.message);
  return false;
}

static void run_to_end(scene *s, hcsref_live_process *process, const char *input, outcome *out) {
  const hcsref_live_os *os = s->s->windows.api.os;
  const hcsref_hcs_process_info *info = hcsref_live_process_info(process);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  collector streams[2];
  platform_thread *threads[2];
  bool ok;
  threads[0] = start_collector(&streams[0], os, info->std_output);
  threads[1] = start_collector(&streams[1], os, info->std_error);
  ok = input == NULL || feed(s, process, input);
  if (ok && !hcsref_live_wait(process, s->timeout_ms, &out->exit_code, &err)) {
    scene_fail(s, "%v", err.message);
    ok = false;
  }
  if (!ok)
    hcsref_live_kill(process, &err); /* so that its streams end */
  out->out = end_collector(s, &streams[0], threads[0]);
  out->err = end_collector(s, &streams[1], threads[1]);
}

bool scene_probe_more(scene *s, outcome *out, const char *const *arguments, const char *input,
                      const process_options *more) {
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str document;
  memset(out, 0, sizeof(*out));
  if (!build_document(s, arguments, more, input != NULL, &document)) {
    scene_fail(s, "out of memory");
    return false;
  }
  if (!hcsref_live_run(s->c.live, document, &process, &err)) {
    scene_fail(s, "%v", err.message);
    return false;
  }
  run_to_end(s, process, input, out);
  hcsref_live_process_close(process);
  return s->verdict != FAILED;
}

bool scene_probe(scene *s, outcome *out, const char *const *arguments) {
  return scene_probe_more(s, out, arguments, NULL, NULL);
}

bool scene_start(scene *s, const char *const *arguments, hcsref_live_process **process) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str document;
  if (build_document(s, arguments, NULL, false, &document) && hcsref_live_run(s->c.live, document, process, &err))
    return true;
  scene_fail(s, "%v", err.message);
  return false;
}

bool scene_folder(scene *s, hcsref_str *out) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  s->has_folder = claim_new(s->s, &s->arena, &s->folder, &err);
  *out = s->folder.mount;
  if (!s->has_folder)
    scene_fail(s, "%v", err.message);
  else if (hcsref_windows_os.folder_make(*out))
    return true;
  else
    scene_fail(s, "the folder %v could not be made", *out);
  return false;
}

/* With whatever a container put into it. */
static void remove_folder(scene *s) {
  hcsref_str why;
  if (!s->has_folder)
    return;
  safe_folder_remove(&s->arena, s->folder.mount);
  if (safe_folder_look(&s->arena, s->folder.mount, &why) == FOLDER_ABSENT) {
    claim_end(&s->folder, true);
  } else {
    scene_fail(s, "the folder %v could not be removed", s->folder.mount);
    claim_end(&s->folder, false);
  }
}

void scene_end(scene *s) {
  scene_down(s);
  remove_folder(s);
}

hcsref_oci_windows_resources *scene_resources(scene *s) {
  hcsref_oci_windows_resources *r = hcsref_arena_alloc(&s->arena, sizeof(*r));
  if (r != NULL) {
    r->cpu = hcsref_arena_alloc(&s->arena, sizeof(*r->cpu));
    r->memory = hcsref_arena_alloc(&s->arena, sizeof(*r->memory));
    r->storage = hcsref_arena_alloc(&s->arena, sizeof(*r->storage));
    if (r->cpu == NULL || r->memory == NULL || r->storage == NULL)
      r = NULL;
  }
  if (r == NULL)
    scene_fail(s, "out of memory");
  s->spec->windows->resources = r;
  return r;
}

bool text_is(hcsref_str text, const char *expected) {
  return hcsref_str_equal(text, hcsref_cstr(expected));
}

bool text_holds(hcsref_str text, const char *part) {
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= text.len; i++)
    if (memcmp(text.data + i, part, length) == 0)
      return true;
  return false;
}

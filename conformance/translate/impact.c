/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/impact.h"

#include "compare/compare.h"
#include "io/input.h"
#include "io/message.h"
#include "io/print.h"
#include "run/console.h"
#include "serve/frame.h"
#include "translate/translation.h"

#include <string.h>

#define SIZE_LIMIT   ((uint64_t)64 << 20)
#define MOST_SHOWN   20
#define VALUE_WIDTH  160
#define SETUP_INPUTS 4

/* What is compared, in the order of making. */
static const struct {
  const char *name;
  translation_part part;
  translation_schema schema;
} parts[] = {
    {"spec", TRANSLATION_PART_SPEC, TRANSLATION_USUAL},
    {"options of the VM", TRANSLATION_PART_OPTIONS, TRANSLATION_USUAL},
    {"document of the VM", TRANSLATION_PART_VM, TRANSLATION_USUAL},
    {"requests to the VM", TRANSLATION_PART_REQUESTS, TRANSLATION_USUAL},
    {"document", TRANSLATION_PART_DOCUMENT, TRANSLATION_USUAL},
    {"process", TRANSLATION_PART_PROCESS, TRANSLATION_USUAL},
    {"job object", TRANSLATION_PART_JOB, TRANSLATION_USUAL},
};
#define PARTS (sizeof parts / sizeof parts[0])

typedef struct impact {
  const hcsref_profile *from, *to;
  hcsref_program program; /* whose releases lie between the two */
  input_text setup[SETUP_INPUTS];
  hcsref_arena arena;
  uint64_t containers, changed;
  bool made; /* something, of the container under way */
  int status;
} impact;

/* ---- one container in one release ----------------------------------------------------------------------------------
 */

static const translation_source sources[SETUP_INPUTS] = {TRANSLATION_POD, TRANSLATION_IMAGE, TRANSLATION_RUNTIME,
                                                         TRANSLATION_HOST};

static void fill(const impact *m, const hcsref_profile *profile, size_t part, translation *t) {
  t->profile = profile;
  t->id = HCSREF_LIT("container");
  t->owner = HCSREF_LIT("containerd-shim-runhcs-v1.exe");
  t->part = parts[part].part;
  t->schema = parts[part].schema;
  for (size_t i = 0; i < SETUP_INPUTS; i++) {
    t->given[sources[i]] = m->setup[i].data != NULL;
    t->text[sources[i]] = hcsref_str_from(m->setup[i].data, m->setup[i].length);
  }
}

static bool translate(const impact *m, hcsref_arena *arena, const input_item *item, const hcsref_profile *profile,
                      size_t part, input_spec *read, hcsref_buf *out, hcsref_error *err) {
  translation t = {0};
  translation_source source;
  translation_remarks remarks = {0};
  fill(m, profile, part, &t);
  return translation_prepare(&t, arena, &source, err) && translation_read(&t, arena, item, read, &source, err) &&
         translation_run(&t, arena, read, out, &remarks, &source, err);
}

/* What is made, or the error in its place. False: out of memory. */
static bool make(impact *m, hcsref_arena *arena, const input_item *item, const hcsref_profile *profile, size_t part,
                 hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  hcsref_error err = {0};
  input_spec read = {0};
  if (translate(m, arena, item, profile, part, &read, &buf, &err)) {
    m->made = true;
  } else {
    if (strcmp(err.code, "out-of-memory") == 0)
      return false;
    buf.len = 0;
    hcsref_buf_append(&buf, HCSREF_LIT("{\"error\":"));
    serve_append_error(&buf, &err);
    hcsref_buf_append_char(&buf, '}');
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

/* ---- which change
 * ---------------------------------------------------------------------------------------------------- */

/* Does the program make that part? */
static bool makes(hcsref_program program, size_t part) {
  if (program == HCSREF_PROGRAM_MOBY)
    return true;
  return program == (parts[part].part == TRANSLATION_PART_SPEC ? HCSREF_PROGRAM_CONTAINERD : HCSREF_PROGRAM_HCSSHIM);
}

static bool differs(const hcsref_profile *before, const hcsref_profile *after, size_t change, size_t part) {
  for (int p = 0; p < HCSREF_PROGRAM_GO; p++) {
    const hcsref_rules *old = hcsref_profile_rules(before, (hcsref_program)p);
    const hcsref_rules *recent = hcsref_profile_rules(after, (hcsref_program)p);
    if (makes((hcsref_program)p, part) && hcsref_change_concerns(change, (hcsref_program)p) && old != NULL &&
        recent != NULL && hcsref_rules_have(old, change) != hcsref_rules_have(recent, change))
      return true;
  }
  return false;
}

/* A release without a change that could be it makes the difference by itself: the versions that it writes. */
static void print_changes(const hcsref_profile *before, const hcsref_profile *after, size_t part) {
  size_t count = 0;
  kit_print(stdout, "    since %v:", hcsref_profile_name(after));
  for (size_t i = 0; i < hcsref_change_count(); i++)
    if (differs(before, after, i, part)) {
      kit_print(stdout, " %s", hcsref_change_at(i).slug);
      count++;
    }
  kit_print(stdout, "%s\n", count == 0 ? " the release itself" : "");
}

static size_t index_of(hcsref_program program, hcsref_str release, size_t count) {
  const hcsref_release *releases = hcsref_releases(program, &count);
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(hcsref_cstr(releases[i].name), release))
      return i;
  return count;
}

/* Walks from release to release, and prints the changes of each that makes something else of the container. */
static bool find_steps(impact *m, const input_item *item, size_t part) {
  size_t count, at, end;
  const hcsref_release *releases = hcsref_releases(m->program, &count);
  const hcsref_profile *before = m->from;
  hcsref_arena arena;
  hcsref_str last;
  bool ok;
  at = index_of(m->program, hcsref_profile_release(m->from, m->program), count);
  end = index_of(m->program, hcsref_profile_release(m->to, m->program), count);
  hcsref_arena_init(&arena, NULL, 0);
  ok = make(m, &arena, item, m->from, part, &last);
  while (ok && at != end) {
    const hcsref_profile *after = m->to;
    hcsref_str name, made;
    at = at == count || end == count ? end : at < end ? at + 1 : at - 1;
    if (at != end) {
      ok = hcsref_format(&arena, &name, "%s-%s", hcsref_program_name(m->program), releases[at].name);
      after = ok ? hcsref_profile_find(&arena, name, NULL) : NULL;
      if (after == NULL)
        continue;
    }
    ok = make(m, &arena, item, after, part, &made);
    if (ok && !hcsref_str_equal(last, made))
      print_changes(before, after, part);
    last = made;
    before = after;
  }
  hcsref_arena_free(&arena);
  return ok;
}

/* ---- files
 * ------------------------------------------------------------------------------------------------------------- */

static bool print_part(impact *m, const char *name, const input_item *item, size_t part, bool *changed) {
  const kit_shape any = {NULL, false, NULL};
  kit_differences found = {0};
  hcsref_str old, recent;
  kit_json *a, *b;
  if (!make(m, &m->arena, item, m->from, part, &old) || !make(m, &m->arena, item, m->to, part, &recent))
    return false;
  if (hcsref_str_equal(old, recent))
    return true;
  if (!kit_json_parse(&m->arena, old, &a, NULL) || !kit_json_parse(&m->arena, recent, &b, NULL) ||
      !kit_compare(&m->arena, KIT_CANONICAL, any, a, b, &found, NULL))
    return false;
  if (!*changed)
    kit_print(stdout, "\n%s%s%v\n", name, item->place.len == 0 ? "" : ": ", item->place);
  *changed = true;
  kit_print(stdout, "  %s: %llu difference%s\n", parts[part].name, (unsigned long long)found.count,
            found.count == 1 ? "" : "s");
  kit_print_differences(stdout, &found, MOST_SHOWN, VALUE_WIDTH, false, "    ");
  return find_steps(m, item, part);
}

/* Of this nothing is made in either release, so nothing was compared. */
static void refuse(impact *m, const char *name, const input_item *item) {
  input_spec read = {0};
  hcsref_error err = {0};
  hcsref_buf buf = {.arena = &m->arena};
  hcsref_arena_reset(&m->arena);
  if (!translate(m, &m->arena, item, m->from, 0, &read, &buf, &err))
    message_error(name, &err);
  if (m->status == CLI_OK)
    m->status = CLI_USAGE;
}

static bool print_container(impact *m, const char *name, const input_item *item) {
  bool changed = false;
  m->made = false;
  for (size_t i = 0; i < PARTS; i++) {
    hcsref_arena_reset(&m->arena);
    if (!print_part(m, name, item, i, &changed))
      return false;
  }
  if (!m->made)
    refuse(m, name, item);
  m->containers += m->made;
  m->changed += changed;
  return true;
}

static void fail(impact *m, const char *name, const char *message) {
  kit_print(stderr, "hcsproof changes: %s: %s\n", name, message);
  m->status = CLI_KIT;
}

static void print_file(impact *m, const char *path) {
  input_text file = {0};
  hcsref_slice items = {0};
  hcsref_arena whole;
  bool ok;
  if (!input_read(path, SIZE_LIMIT, NULL, &file)) {
    fail(m, file.name, file.message);
    return;
  }
  hcsref_arena_init(&whole, NULL, 0);
  ok = input_split(&whole, hcsref_str_from(file.data, file.length), &items, NULL);
  for (size_t i = 0; ok && i < items.len; i++)
    ok = print_container(m, file.name, (const input_item *)items.items + i);
  if (!ok)
    fail(m, file.name, "out of memory");
  hcsref_arena_free(&whole);
  input_free(&file);
}

static bool read_setup(impact *m, const impact_setup *setup) {
  const char *const paths[SETUP_INPUTS] = {setup->pod, setup->image, setup->runtime, setup->host};
  for (size_t i = 0; i < SETUP_INPUTS; i++)
    if (paths[i] != NULL && !input_read(paths[i], SIZE_LIMIT, NULL, &m->setup[i])) {
      fail(m, m->setup[i].name, m->setup[i].message);
      return false;
    }
  return true;
}

/* The first program of both whose releases differ. */
static hcsref_program find_program(const hcsref_profile *from, const hcsref_profile *to) {
  for (int p = 0; p < HCSREF_PROGRAM_GO; p++) {
    const hcsref_str a = hcsref_profile_release(from, (hcsref_program)p);
    const hcsref_str b = hcsref_profile_release(to, (hcsref_program)p);
    if (a.len != 0 && b.len != 0 && !hcsref_str_equal(a, b))
      return (hcsref_program)p;
  }
  return HCSREF_PROGRAM_GO;
}

int impact_print(const impact_setup *setup, const cli_list *files, const hcsref_profile *from,
                 const hcsref_profile *to) {
  impact m = {.from = from, .to = to, .program = find_program(from, to), .status = CLI_OK};
  hcsref_arena_init(&m.arena, NULL, 0);
  kit_print(stdout, "from %v to %v\n", hcsref_profile_name(from), hcsref_profile_name(to));
  if (read_setup(&m, setup)) {
    for (size_t i = 0; i < files->count; i++)
      print_file(&m, files->items[i]);
    kit_print(stdout, "\n%llu of %llu containers change\n", (unsigned long long)m.changed,
              (unsigned long long)m.containers);
  }
  for (size_t i = 0; i < SETUP_INPUTS; i++)
    input_free(&m.setup[i]);
  hcsref_arena_free(&m.arena);
  return m.status != CLI_OK ? m.status : m.changed != 0 ? CLI_FAILED : CLI_OK;
}

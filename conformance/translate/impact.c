/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/impact.h"

#include "cli/change.h"
#include "compare/compare.h"
#include "io/input.h"
#include "io/message.h"
#include "io/print.h"
#include "run/console.h"
#include "serve/frame.h"
#include "translate/translation.h"

#include <stdlib.h>
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

/* What was made of a part. */
typedef struct outcome {
  hcsref_str text;
  bool refused;
  hcsref_error err; /* why */
} outcome;

/* A change that makes a difference, and the release that brought it. */
typedef struct cause {
  size_t change;
  hcsref_program program;
  hcsref_str release; /* the profile's name */
  bool came;          /* it is in force from there on; else no longer */
} cause;

typedef struct impact {
  const hcsref_profile *from, *to;
  hcsref_program program; /* whose releases lie between the two */
  input_text setup[SETUP_INPUTS];
  hcsref_arena arena;
  uint64_t containers, changed;
  /* Of the container under way: */
  hcsref_arena found;    /* for causes */
  hcsref_slice causes;   /* of cause */
  hcsref_slice releases; /* of hcsref_str: those that make a difference without any change of the table */
  bool made;             /* something */
  int status;
} impact;

/* ---- one container in one release ---- */

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
                 outcome *out) {
  hcsref_buf buf = {.arena = arena};
  input_spec read = {0};
  memset(out, 0, sizeof(*out));
  out->refused = !translate(m, arena, item, profile, part, &read, &buf, &out->err);
  if (out->refused) {
    if (strcmp(out->err.code, "out-of-memory") == 0)
      return false;
    buf.len = 0;
    hcsref_buf_append(&buf, HCSREF_LIT("{\"error\":"));
    serve_append_error(&buf, &out->err);
    hcsref_buf_append_char(&buf, '}');
  } else {
    m->made = true;
  }
  out->text = hcsref_buf_str(&buf);
  return !buf.failed;
}

/* ---- which change ---- */

/* Does the program make that part? */
static bool makes(hcsref_program program, size_t part) {
  if (program == HCSREF_PROGRAM_MOBY)
    return true;
  return program == (parts[part].part == TRANSLATION_PART_SPEC ? HCSREF_PROGRAM_CONTAINERD : HCSREF_PROGRAM_HCSSHIM);
}

/* The program that makes the part in both, and for which the change is a difference; HCSREF_PROGRAM_COUNT: none. */
static int differing_program(const hcsref_profile *before, const hcsref_profile *after, size_t change, size_t part) {
  for (int p = 0; p < HCSREF_PROGRAM_GO; p++) {
    const hcsref_rules *old = hcsref_profile_rules(before, (hcsref_program)p);
    const hcsref_rules *recent = hcsref_profile_rules(after, (hcsref_program)p);
    if (makes((hcsref_program)p, part) && hcsref_change_concerns(change, (hcsref_program)p) && old != NULL &&
        recent != NULL && hcsref_rules_have(old, change) != hcsref_rules_have(recent, change))
      return p;
  }
  return HCSREF_PROGRAM_COUNT;
}

/* Several parts have the same causes. */
static bool add_cause(impact *m, size_t change, int program, const hcsref_profile *after) {
  const hcsref_rules *rules = hcsref_profile_rules(after, (hcsref_program)program);
  const cause *known = m->causes.items;
  cause *fresh;
  for (size_t i = 0; i < m->causes.len; i++)
    if (known[i].change == change && hcsref_str_equal(known[i].release, hcsref_profile_name(after)))
      return true;
  fresh = hcsref_slice_push(&m->found, &m->causes, sizeof(*fresh));
  if (fresh == NULL || !hcsref_str_copy(&m->found, hcsref_profile_name(after), &fresh->release))
    return false;
  fresh->change = change;
  fresh->program = (hcsref_program)program;
  fresh->came = hcsref_rules_have(rules, change);
  return true;
}

static bool add_release(impact *m, const hcsref_profile *after) {
  const hcsref_str *known = m->releases.items;
  hcsref_str *fresh;
  for (size_t i = 0; i < m->releases.len; i++)
    if (hcsref_str_equal(known[i], hcsref_profile_name(after)))
      return true;
  fresh = hcsref_slice_push(&m->found, &m->releases, sizeof(*fresh));
  return fresh != NULL && hcsref_str_copy(&m->found, hcsref_profile_name(after), fresh);
}

/* A part that differs between two releases, for which causes are sought. */
typedef struct step_part {
  const input_item *item;
  const hcsref_profile *before, *after;
  size_t part;
  hcsref_str made; /* in `after` */
} step_part;

/* Makes the part with the changes from number `from` up to `end` turned back, of those that came or went between the
 * releases: `count` of them. `differs`: is it something else? */
static bool turn_changes(impact *m, hcsref_arena *arena, const step_part *step, size_t from, size_t end, size_t *count,
                         bool *differs) {
  const hcsref_profile *turned = step->after;
  outcome other = {0};
  *count = 0;
  *differs = false;
  for (size_t i = from; i < end; i++) {
    if (differing_program(step->before, step->after, i, step->part) == HCSREF_PROGRAM_COUNT)
      continue;
    ++*count;
    turned = hcsref_profile_turn(arena, turned, i, NULL);
    if (turned == NULL)
      return false;
  }
  if (*count == 0)
    return true;
  if (!make(m, arena, step->item, turned, step->part, &other))
    return false;
  *differs = !hcsref_str_equal(other.text, step->made);
  return true;
}

static bool add_change(impact *m, const step_part *step, size_t change) {
  const int program = differing_program(step->before, step->after, change, step->part);
  return program == HCSREF_PROGRAM_COUNT || add_cause(m, change, program, step->after);
}

/* The changes without one of which something else would be made. */
static bool add_single_causes(impact *m, const step_part *step, bool *found) {
  hcsref_arena arena;
  bool ok = true;
  *found = false;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; ok && i < hcsref_change_count(); i++) {
    size_t count;
    bool differs;
    hcsref_arena_reset(&arena);
    ok = turn_changes(m, &arena, step, i, i + 1, &count, &differs) && (!differs || add_change(m, step, i));
    *found = *found || differs;
  }
  hcsref_arena_free(&arena);
  return ok;
}

/* Where no change makes the difference alone, they do together; where they do not, the release does by itself, with the
 * versions that it writes. */
static bool add_causes(impact *m, const step_part *step) {
  hcsref_arena arena;
  bool found, together = false, ok = add_single_causes(m, step, &found);
  size_t count;
  if (!ok || found)
    return ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = turn_changes(m, &arena, step, 0, hcsref_change_count(), &count, &together);
  hcsref_arena_free(&arena);
  for (size_t i = 0; ok && together && i < hcsref_change_count(); i++)
    ok = add_change(m, step, i);
  return ok && (together || add_release(m, step->after));
}

static size_t index_of(hcsref_program program, hcsref_str release, size_t count) {
  const hcsref_release *releases = hcsref_releases(program, &count);
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(hcsref_cstr(releases[i].name), release))
      return i;
  return count;
}

/* Walks from release to release, and collects the changes that make something else of the container. */
static bool find_steps(impact *m, const input_item *item, size_t part) {
  size_t count, at, end;
  const hcsref_release *releases = hcsref_releases(m->program, &count);
  const hcsref_profile *before = m->from;
  hcsref_arena arena;
  outcome last = {0}, made = {0};
  bool ok;
  at = index_of(m->program, hcsref_profile_release(m->from, m->program), count);
  end = index_of(m->program, hcsref_profile_release(m->to, m->program), count);
  hcsref_arena_init(&arena, NULL, 0);
  ok = make(m, &arena, item, m->from, part, &last);
  while (ok && at != end) {
    const hcsref_profile *after = m->to;
    hcsref_str name;
    at = at == count || end == count ? end : at < end ? at + 1 : at - 1;
    if (at != end) {
      ok = hcsref_format(&arena, &name, "%s-%s", hcsref_program_name(m->program), releases[at].name);
      after = ok ? hcsref_profile_find(&arena, name, NULL) : NULL;
      if (after == NULL)
        continue;
    }
    ok = make(m, &arena, item, after, part, &made);
    if (ok && !hcsref_str_equal(last.text, made.text)) {
      const step_part step = {item, before, after, part, made.text};
      ok = add_causes(m, &step);
    }
    last = made;
    before = after;
  }
  hcsref_arena_free(&arena);
  return ok;
}

static int by_level(const void *a, const void *b) {
  const cause *x = a, *y = b;
  int order = (int)hcsref_change_at(x->change).level - (int)hcsref_change_at(y->change).level;
  return order != 0 ? order : strcmp(hcsref_change_at(x->change).slug, hcsref_change_at(y->change).slug);
}

/* What came and went between the two changes nothing in the end. */
static bool is_lasting(const impact *m, const cause *c) {
  return hcsref_rules_have(hcsref_profile_rules(m->from, c->program), c->change) !=
         hcsref_rules_have(hcsref_profile_rules(m->to, c->program), c->change);
}

/* Of all parts, worst first. */
static void print_causes(impact *m) {
  cause *list = m->causes.items;
  const hcsref_str *releases = m->releases.items;
  if (m->causes.len > 0)
    qsort(list, m->causes.len, sizeof(*list), by_level);
  for (size_t i = 0; i < m->causes.len; i++) {
    hcsref_change_info info = hcsref_change_at(list[i].change);
    if (!is_lasting(m, &list[i]))
      continue;
    kit_print(stdout, "  %s %s%s, with %v\n", cli_change_level(info.level), list[i].came ? "" : "no longer ", info.slug,
              list[i].release);
    cli_print_sentence(stdout, info.what, 4);
  }
  for (size_t i = 0; i < m->releases.len; i++)
    kit_print(stdout, "  %v by itself, which writes its own versions\n", releases[i]);
}

/* ---- files ---- */

static void print_refusal(const char *when, const outcome *made) {
  if (made->refused)
    kit_print(stdout, "    %s it is refused: %v [%s]\n", when, made->err.message, made->err.code);
  else
    kit_print(stdout, "    %s it is made\n", when);
}

/* What is refused in one of the two is told as such, and not as a document that lacks everything. */
static bool print_difference(impact *m, const char *part, const outcome *old, const outcome *recent) {
  const kit_shape any = {NULL, false, NULL};
  kit_differences found = {0};
  kit_json *a, *b;
  if (old->refused || recent->refused) {
    kit_print(stdout, "  %s\n", part);
    print_refusal("before,", old);
    print_refusal("after, ", recent);
    return true;
  }
  if (!kit_json_parse(&m->arena, old->text, &a, NULL) || !kit_json_parse(&m->arena, recent->text, &b, NULL) ||
      !kit_compare(&m->arena, KIT_CANONICAL, any, a, b, &found, NULL))
    return false;
  kit_print(stdout, "  %s: %llu difference%s\n", part, (unsigned long long)found.count, found.count == 1 ? "" : "s");
  kit_print_before_after(stdout, &found, MOST_SHOWN, VALUE_WIDTH, "    ");
  return true;
}

static bool print_part(impact *m, const char *name, const input_item *item, size_t part, bool *changed) {
  outcome old, recent;
  if (!make(m, &m->arena, item, m->from, part, &old) || !make(m, &m->arena, item, m->to, part, &recent))
    return false;
  if (hcsref_str_equal(old.text, recent.text))
    return true;
  if (!*changed)
    kit_print(stdout, "\n%s%s%v\n", name, item->place.len == 0 ? "" : ": ", item->place);
  *changed = true;
  return print_difference(m, parts[part].name, &old, &recent) && find_steps(m, item, part);
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
  const hcsref_slice none = {0};
  bool changed = false;
  m->made = false;
  m->causes = m->releases = none;
  hcsref_arena_reset(&m->found);
  for (size_t i = 0; i < PARTS; i++) {
    hcsref_arena_reset(&m->arena);
    if (!print_part(m, name, item, i, &changed))
      return false;
  }
  print_causes(m);
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
  hcsref_arena_init(&m.found, NULL, 0);
  kit_print(stdout, "from %v to %v\n", hcsref_profile_name(from), hcsref_profile_name(to));
  if (read_setup(&m, setup)) {
    for (size_t i = 0; i < files->count; i++)
      print_file(&m, files->items[i]);
    kit_print(stdout, "\n%llu of %llu containers change\n", (unsigned long long)m.changed,
              (unsigned long long)m.containers);
  }
  for (size_t i = 0; i < SETUP_INPUTS; i++)
    input_free(&m.setup[i]);
  hcsref_arena_free(&m.found);
  hcsref_arena_free(&m.arena);
  return m.status != CLI_OK ? m.status : m.changed != 0 ? CLI_FAILED : CLI_OK;
}

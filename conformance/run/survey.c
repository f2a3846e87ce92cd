/* SPDX-License-Identifier: Apache-2.0 */
#include "run/survey.h"

#include "run/cases/glob.h"
#include "run/testee/command.h"

#include <stdlib.h>
#include <string.h>

/* One list of filters: which of its values name something. */
typedef struct filter {
  const char *option; /* as it is told */
  const char *what;   /* what a case should have */
  const hcsref_str *values;
  size_t count, unused;
  bool *used;
  const kit_patterns *patterns;        /* of `values`; null: they are few, and are tried one after the other */
  hcsref_str (*of)(const kit_case *c); /* what the values are compared with; null: the case's tags */
} filter;

enum { FILTER_IDS, FILTER_EXCLUDED, FILTER_AREAS, FILTER_OPS, FILTER_LEVELS, FILTER_TAGS, FILTERS };

typedef struct survey {
  run_state *s;
  filter filters[FILTERS];
  kit_selection profile; /* all cases of the profile */
  uint64_t total, unread;
  bool out_of_memory;
} survey;

static hcsref_str id_of(const kit_case *c) {
  return c->id;
}

static hcsref_str area_of(const kit_case *c) {
  return c->area;
}

static hcsref_str op_of(const kit_case *c) {
  return c->op;
}

static hcsref_str level_of(const kit_case *c) {
  return hcsref_cstr(kit_level_name(c->level));
}

/* ---- what is asked for -------------------------------------------------------------------------------- */

static bool set_filter(survey *v, int which, filter f, const hcsref_str *values, size_t count) {
  f.values = values;
  f.count = f.unused = count;
  f.used = hcsref_arena_array(&v->s->arena, count, sizeof(*f.used));
  v->filters[which] = f;
  return f.used != NULL && (count == 0 || values != NULL);
}

static bool set_list(survey *v, int which, filter f, const cli_list *list) {
  hcsref_str *values = hcsref_arena_array(&v->s->arena, list->count, sizeof(*values));
  size_t i;
  for (i = 0; values != NULL && i < list->count; i++)
    values[i] = hcsref_cstr(list->items[i]);
  return set_filter(v, which, f, values, list->count);
}

static bool set_tags(survey *v) {
  static const filter tags = {.option = "--tags", .what = "tag"};
  const kit_tag_expression *e = v->s->selection.tags;
  size_t count = e == NULL ? 0 : kit_tags_words(e, NULL, 0);
  hcsref_str *words = hcsref_arena_array(&v->s->arena, count, sizeof(*words));
  if (words == NULL)
    return false;
  if (e != NULL)
    (void)kit_tags_words(e, words, count);
  return set_filter(v, FILTER_TAGS, tags, words, count);
}

static bool set_filters(survey *v) {
  const run_options *o = v->s->o;
  filter ids = {.option = "--id", .what = "id", .patterns = v->s->ids, .of = id_of};
  filter excluded = {.option = "--exclude", .what = "id", .patterns = v->s->excluded, .of = id_of};
  static const filter areas = {.option = "--area", .what = "area", .of = area_of};
  static const filter ops = {.option = "--op", .what = "operation", .of = op_of};
  static const filter levels = {.option = "--level", .what = "level", .of = level_of};
  return set_list(v, FILTER_IDS, ids, &o->ids) && set_list(v, FILTER_EXCLUDED, excluded, &o->excluded) &&
         set_list(v, FILTER_AREAS, areas, &o->areas) && set_list(v, FILTER_OPS, ops, &o->ops) &&
         set_list(v, FILTER_LEVELS, levels, &o->levels) && set_tags(v);
}

/* ---- looking at a case -------------------------------------------------------------------------------- */

static void use(filter *f, size_t i) {
  f->unused -= !f->used[i];
  f->used[i] = true;
}

static bool note_pattern(void *context, size_t index) {
  use(context, index);
  return false;
}

static bool has_tag(const kit_case *c, hcsref_str word) {
  const kit_json *tag;
  for (tag = c->tags == NULL ? NULL : c->tags->first; tag != NULL; tag = tag->next)
    if (tag->kind == KIT_JSON_STRING && kit_glob(word, tag->text))
      return true;
  return false;
}

static void try_filter(filter *f, const kit_case *c) {
  size_t i;
  if (f->unused == 0)
    return;
  if (f->patterns != NULL) {
    (void)kit_patterns_find(f->patterns, f->of(c), note_pattern, f);
    return;
  }
  for (i = 0; i < f->count; i++)
    if (!f->used[i] && (f->of == NULL ? has_tag(c, f->values[i]) : kit_glob(f->values[i], f->of(c))))
      use(f, i);
}

static void look_at(void *context, const kit_case *c) {
  survey *v = context;
  int i;
  v->out_of_memory = v->out_of_memory || !kit_levels_note(v->s->levels, c);
  v->total += kit_selected(&v->profile, c);
  for (i = 0; i < FILTERS; i++)
    try_filter(&v->filters[i], c);
}

/* ---- what names nothing ------------------------------------------------------------------------------- */

typedef struct names {
  const filter *f;
  kit_strings all;
  bool out_of_memory;
} names;

static void add_name(names *n, hcsref_str name) {
  char text[300];
  snprintf(text, sizeof(text), "%.*s", (int)(name.len < sizeof(text) ? name.len : sizeof(text) - 1), name.data);
  if (n->all.count == 0 || strcmp(n->all.items[n->all.count - 1], text) != 0)
    n->out_of_memory = n->out_of_memory || !kit_strings_add(&n->all, text);
}

static void collect_name(void *context, const kit_case *c) {
  names *n = context;
  const kit_json *tag;
  if (n->f->of != NULL)
    add_name(n, n->f->of(c));
  else
    for (tag = c->tags == NULL ? NULL : c->tags->first; tag != NULL; tag = tag->next)
      if (tag->kind == KIT_JSON_STRING)
        add_name(n, tag->text);
}

static bool is_operand(const run_state *s, hcsref_str value) {
  size_t i;
  for (i = 0; i < s->invocation->operands.count; i++)
    if (hcsref_str_equal(hcsref_cstr(s->invocation->operands.items[i]), value))
      return true;
  return false;
}

/* An area is easily taken for a glob on ids. */
static bool is_area(const names *n, const char *word) {
  size_t length = strlen(word), i;
  for (i = 0; n->f->of == id_of && i < n->all.count; i++)
    if (strncmp(n->all.items[i], word, length) == 0 && n->all.items[i][length] == '/')
      return true;
  return false;
}

static void tell_value(run_state *s, const names *n, hcsref_str value) {
  const char *word = value.data, *near;
  char message[900], hint[330] = "";
  bool operand = n->f->of == id_of && is_operand(s, value);
  if (is_area(n, word)) {
    snprintf(hint, sizeof(hint), "; did you mean '%.200s/*'?", word);
  } else {
    near = cli_nearest(word, (const char *const *)(const void *)n->all.items);
    if (near != NULL)
      snprintf(hint, sizeof(hint), "; did you mean '%.300s'?", near);
  }
  if (operand)
    snprintf(message, sizeof(message), "%.300s: no such file or folder, and no case has this id%s", word, hint);
  else
    snprintf(message, sizeof(message), "%s %.300s: no case has this %s%s", n->f->option, word, n->f->what, hint);
  run_complain_case(s, hcsref_cstr(message));
}

/* A word of an expression is part of a longer text. */
static bool copy_value(run_state *s, hcsref_str value, hcsref_str *out) {
  hcsref_buf buf = {&s->arena, NULL, 0, 0, false};
  hcsref_buf_append(&buf, value);
  hcsref_buf_append_char(&buf, '\0');
  *out = hcsref_str_from(buf.data, value.len);
  return !buf.failed;
}

/* Values that the history of the suite knows were told already. */
static bool is_history(const run_state *s, const filter *f, const char *value) {
  char message[700];
  return f->of == id_of && kit_history_find(s->history, value, message, sizeof(message)) != NULL;
}

static bool scan_places(const run_state *s, void (*each)(void *context, const kit_case *c), void *context,
                        uint64_t *unread) {
  size_t i;
  for (i = 0; i < s->home.places.count; i++)
    if (!kit_scan(s->home.places.items[i], each, context, unread))
      return false;
  return true;
}

/* False: out of memory. */
static bool tell_filter(run_state *s, const filter *f, size_t *told) {
  names n = {f, {NULL, 0, 0}, false};
  uint64_t unread = 0;
  bool ok = scan_places(s, collect_name, &n, &unread) && !n.out_of_memory && kit_strings_add(&n.all, "");
  size_t i;
  if (ok) { /* the list ends with null */
    free(n.all.items[--n.all.count]);
    n.all.items[n.all.count] = NULL;
  }
  for (i = 0; ok && i < f->count; i++) {
    hcsref_str value;
    ok = copy_value(s, f->values[i], &value);
    if (!ok || f->used[i] || is_history(s, f, value.data))
      continue;
    tell_value(s, &n, value);
    ++*told;
  }
  kit_strings_free(&n.all);
  return ok;
}

/* ---- all of it ---------------------------------------------------------------------------------------- */

/* Not the whole of its places: operands name a part of a suite. */
static bool is_part(const run_state *s) {
  const cli_list *operands = &s->invocation->operands;
  size_t i, j;
  for (i = 0; i < operands->count; i++) {
    size_t length = strlen(operands->items[i]);
    bool whole = false;
    while (length > 1 && operands->items[i][length - 1] == '/')
      length--;
    for (j = 0; j < s->home.places.count; j++)
      whole = whole || (strlen(s->home.places.items[j]) == length &&
                        memcmp(s->home.places.items[j], operands->items[i], length) == 0);
    if (!whole)
      return true;
  }
  return false;
}

static void append_values(hcsref_buf *buf, const filter *f, const run_state *s) {
  size_t i;
  for (i = 0; i < f->count; i++) {
    if (f->of == id_of && is_operand(s, f->values[i]))
      continue;
    hcsref_buf_append(buf, buf->len == 0 ? HCSREF_LIT("") : HCSREF_LIT(" "));
    hcsref_buf_append(buf, hcsref_cstr(f->option));
    hcsref_buf_append_char(buf, ' ');
    kit_append_argument(buf, f->values[i]);
  }
}

/* Of operands so many are told; a shell makes hundreds of one glob. */
#define OPERANDS_SHOWN 3

/* The options and operands that choose; the profile is told by itself. */
static bool describe_filters(survey *v) {
  run_state *s = v->s;
  hcsref_buf buf = {&s->arena, NULL, 0, 0, false};
  size_t i;
  int f;
  for (i = 0; is_part(s) && i < s->invocation->operands.count && i < OPERANDS_SHOWN; i++) {
    hcsref_buf_append(&buf, i == 0 ? HCSREF_LIT("") : HCSREF_LIT(" "));
    kit_append_argument(&buf, hcsref_cstr(s->invocation->operands.items[i]));
  }
  if (is_part(s) && s->invocation->operands.count > OPERANDS_SHOWN) {
    hcsref_buf_append(&buf, HCSREF_LIT(" and "));
    hcsref_buf_append_uint(&buf, s->invocation->operands.count - OPERANDS_SHOWN);
    hcsref_buf_append(&buf, HCSREF_LIT(" more"));
  }
  for (f = 0; f < FILTER_TAGS; f++)
    append_values(&buf, &v->filters[f], s);
  if (s->o->tags != NULL) {
    hcsref_buf_append(&buf, buf.len == 0 ? HCSREF_LIT("--tags ") : HCSREF_LIT(" --tags "));
    kit_append_argument(&buf, hcsref_cstr(s->o->tags));
  }
  s->scope.filters = hcsref_buf_str(&buf);
  return !buf.failed;
}

static int check_filters(survey *v) {
  size_t told = 0;
  int i;
  for (i = 0; v->unread == 0 && i < FILTERS; i++)
    if (v->filters[i].unused > 0 && !tell_filter(v->s, &v->filters[i], &told))
      return run_complain(v->s, CLI_KIT, "out of memory");
  return told > 0 ? CLI_USAGE : CLI_OK;
}

int run_survey(run_state *s) {
  survey v;
  memset(&v, 0, sizeof(v));
  v.s = s;
  v.profile.profile = s->selection.profile;
  v.profile.any_profile = s->selection.any_profile;
  v.profile.remembered = s->selection.remembered;
  s->levels = kit_levels_new();
  if (s->levels == NULL || !set_filters(&v) || !describe_filters(&v))
    return run_complain(s, CLI_KIT, "out of memory");
  if (s->home.suites.count == 0 && s->scope.filters.len == 0)
    return CLI_OK; /* all of it is played: the run counts */
  if (!scan_places(s, look_at, &v, &v.unread) || v.out_of_memory)
    return run_complain(s, CLI_KIT, "out of memory");
  s->scope.total = v.total;
  return check_filters(&v);
}

bool run_count(run_state *s) {
  survey v;
  memset(&v, 0, sizeof(v));
  v.s = s;
  v.profile.profile = s->selection.profile;
  v.profile.any_profile = s->selection.any_profile;
  v.profile.remembered = s->selection.remembered;
  if (!scan_places(s, look_at, &v, &v.unread) || v.out_of_memory)
    return false;
  s->scope.total = v.total;
  return true;
}

/* ---- none of the profile ------------------------------------------------------------------------------------ */

/* The chosen cases, whatever they hold for. */
typedef struct chosen {
  run_state *s;
  kit_selection selection;
  uint64_t count;
  hcsref_str id, ranges; /* of the first */
  bool out_of_memory;
} chosen;

/* "baseline, hcsshim >=0.13.0" */
static bool list_ranges(chosen *found, const kit_case *c) {
  hcsref_buf buf = {.arena = &found->s->arena};
  const kit_json *range = c->profiles == NULL ? NULL : c->profiles->first;
  if (range == NULL)
    hcsref_buf_append(&buf, HCSREF_LIT("baseline"));
  for (; range != NULL; range = range->next) {
    hcsref_buf_append(&buf, range->text);
    if (range->next != NULL)
      hcsref_buf_append(&buf, HCSREF_LIT(", "));
  }
  found->ranges = hcsref_buf_str(&buf);
  return !buf.failed;
}

static void note_chosen(void *context, const kit_case *c) {
  chosen *found = context;
  if (!kit_selected(&found->selection, c) || found->count++ > 0)
    return;
  found->out_of_memory = !hcsref_str_copy(&found->s->arena, c->id, &found->id) || !list_ranges(found, c);
}

/* The operands, else the suite. */
static bool scan_chosen(chosen *found, uint64_t *unread) {
  const cli_list *operands = &found->s->invocation->operands;
  size_t i;
  if (operands->count == 0)
    return scan_places(found->s, note_chosen, found, unread);
  for (i = 0; i < operands->count; i++)
    if (!kit_scan(operands->items[i], note_chosen, found, unread))
      return false;
  return true;
}

int run_no_match(run_state *s) {
  chosen found = {.s = s, .selection = s->selection};
  uint64_t unread = 0;
  hcsref_str message;
  found.selection.any_profile = true;
  if (!scan_chosen(&found, &unread) || found.out_of_memory)
    return run_complain(s, CLI_KIT, "out of memory");
  if (found.count == 0)
    return run_complain(s, CLI_USAGE, "no case matches");
  if (!hcsref_format(&s->arena, &message, "no case that matches holds for %v; %v, one of %u, holds for %v",
                     hcsref_profile_name(s->profile), found.id, found.count, found.ranges))
    return run_complain(s, CLI_KIT, "out of memory");
  run_complain_case(s, message);
  return CLI_USAGE;
}

static kit_next next_case(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  const run_state *s = context;
  kit_next next = kit_source_next(s->source, arena, out, err);
  if (next == KIT_NEXT_CASE)
    kit_levels_apply(s->levels, out);
  return next;
}

kit_feed run_feed(run_state *s) {
  const kit_feed feed = {next_case, s};
  return feed;
}

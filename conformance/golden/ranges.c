/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden ranges: for which releases a case holds, by its evidence and the table of changes. */
#include "golden/golden.h"

#include "golden/holds.h"
#include "golden/table.h"
#include "hcsref/json.h"
#include "io/print.h"
#include "run/cases/case.h"
#include "run/cases/source.h"
#include "run/cases/suite.h"

#include <stdlib.h>
#include <string.h>

typedef struct ranges_options {
  const char *suite;
  bool write;
} ranges_options;

/* What a case says of releases; most cases share theirs. */
typedef struct claim {
  hcsref_str op, profiles, recorded; /* JSON text, empty for none */
  kit_case ranges;                   /* a case of this operation with these ranges */
  golden_build *witnesses;
  size_t count;
  hcsref_str wrong;        /* an entry of `recorded` that is no evidence */
  golden_set holds, alike; /* the releases in the ranges, and those that the table says answer as a witness */
  hcsref_slice fresh;      /* of hcsref_str: the ranges that are not there yet */
} claim;

typedef struct seen_case {
  hcsref_str path, id, question, answer; /* path: of the file, and the line when it has more than one */
  bool is_ok, curated, contradicted;
  const claim *says;
} seen_case;

typedef struct session {
  const ranges_options *o;
  hcsref_arena arena;
  golden_holds *holds;
  golden_table *table;
  golden_build releases[HCSREF_PROGRAM_COUNT][GOLDEN_MOST_PROFILES]; /* as far as they were looked up */
  hcsref_slice claims;                                               /* of claim * */
  hcsref_slice cases;                                                /* of seen_case */
  uint64_t found, with_evidence, changed;
  bool out_of_memory, unread;
} session;

/* ---- what a case says ------------------------------------------------------------------------------------------- */

/* Null: out of memory. */
static const golden_build *look_up(session *s, size_t i, hcsref_program program) {
  golden_build *build = &s->releases[program][i];
  if (build->profile == NULL && !golden_table_look(s->table, golden_holds_at(s->holds, i), program, build))
    return NULL;
  return build;
}

static bool is_alike(const claim *c, const golden_build *build) {
  for (size_t i = 0; i < c->count; i++)
    if (golden_builds_equal(&c->witnesses[i], build))
      return true;
  return false;
}

static bool find_alike(session *s, claim *c) {
  const hcsref_profile *profile;
  for (size_t i = 0; c->count > 0 && (profile = golden_holds_at(s->holds, i)) != NULL; i++) {
    int program = kit_performer_of(c->op, profile);
    const golden_build *build;
    if (program == HCSREF_PROGRAM_COUNT)
      continue;
    build = look_up(s, i, (hcsref_program)program);
    if (build == NULL)
      return false;
    if (is_alike(c, build))
      c->alike.words[i / 64] |= (uint64_t)1 << (i % 64);
  }
  return true;
}

static bool read_witnesses(session *s, claim *c) {
  const kit_json *item = c->ranges.recorded == NULL ? NULL : c->ranges.recorded->first;
  if (item == NULL)
    return true;
  c->witnesses = hcsref_arena_array(&s->arena, c->ranges.recorded->count, sizeof(*c->witnesses));
  for (; c->witnesses != NULL && item != NULL; item = item->next) {
    hcsref_error err = {0};
    const hcsref_profile *profile =
        item->kind == KIT_JSON_STRING ? hcsref_profile_find(&s->arena, item->text, &err) : NULL;
    int program = profile == NULL ? HCSREF_PROGRAM_COUNT : kit_performer_of(c->op, profile);
    if (profile == NULL && err.code != NULL && strcmp(err.code, "out-of-memory") == 0)
      return false;
    if (program == HCSREF_PROGRAM_COUNT)
      c->wrong = item->raw;
    else if (!golden_table_look(s->table, profile, (hcsref_program)program, &c->witnesses[c->count++]))
      return false;
  }
  return c->witnesses != NULL;
}

/* Is the range needed: is a witness in it, or a release that answers as one, that is in none of the case's ranges? */
static bool is_needed(session *s, const claim *c, hcsref_str range) {
  const hcsref_profile *profile;
  for (size_t i = 0; i < c->count; i++)
    if (!kit_case_in_profile(&c->ranges, c->witnesses[i].profile) &&
        hcsref_profile_in_range(c->witnesses[i].profile, c->witnesses[i].program, range))
      return true;
  for (size_t i = 0; (profile = golden_holds_at(s->holds, i)) != NULL; i++)
    if (golden_set_has(&c->alike, i) && !golden_set_has(&c->holds, i) &&
        hcsref_profile_in_range(profile, (hcsref_program)kit_performer_of(c->op, profile), range))
      return true;
  return false;
}

static bool find_fresh(session *s, claim *c) {
  hcsref_slice all = {0};
  if (!golden_table_ranges(s->table, c->witnesses, c->count, &all))
    return false;
  for (size_t i = 0; i < all.len; i++) {
    hcsref_str range = ((const hcsref_str *)all.items)[i], *fresh;
    if (!is_needed(s, c, range))
      continue;
    fresh = hcsref_slice_push(&s->arena, &c->fresh, sizeof(*fresh));
    if (fresh == NULL)
      return false;
    *fresh = range;
  }
  return true;
}

static bool copy_list(session *s, const kit_json *list, hcsref_str *raw, const kit_json **out) {
  kit_json *tree = NULL;
  if (list == NULL)
    return true;
  if (!hcsref_str_copy(&s->arena, list->raw, raw) || !kit_json_parse(&s->arena, *raw, &tree, NULL))
    return false;
  *out = tree;
  return true;
}

/* Null: out of memory. */
static const claim *add_claim(session *s, const kit_case *from) {
  claim *c = hcsref_arena_alloc(&s->arena, sizeof(*c)), **entry;
  if (c == NULL || !hcsref_str_copy(&s->arena, from->op, &c->op) ||
      !copy_list(s, from->profiles, &c->profiles, &c->ranges.profiles) ||
      !copy_list(s, from->recorded, &c->recorded, &c->ranges.recorded))
    return NULL;
  c->ranges.op = c->op;
  if (!read_witnesses(s, c) || !golden_holds_of(s->holds, &c->ranges, &c->holds) || !find_alike(s, c) ||
      !find_fresh(s, c))
    return NULL;
  entry = hcsref_slice_push(&s->arena, &s->claims, sizeof(claim *));
  if (entry != NULL)
    *entry = c;
  return entry == NULL ? NULL : c;
}

static const claim *claim_of(session *s, const kit_case *c) {
  hcsref_str profiles = c->profiles == NULL ? HCSREF_LIT("") : c->profiles->raw;
  hcsref_str recorded = c->recorded == NULL ? HCSREF_LIT("") : c->recorded->raw;
  claim *const *list = s->claims.items;
  for (size_t i = 0; i < s->claims.len; i++)
    if (hcsref_str_equal(list[i]->op, c->op) && hcsref_str_equal(list[i]->profiles, profiles) &&
        hcsref_str_equal(list[i]->recorded, recorded))
      return list[i];
  return add_claim(s, c);
}

/* ---- the suite --------------------------------------------------------------------------------------------------- */

/* With a NUL of its own behind it. */
static bool write_path(session *s, const kit_case *c, hcsref_str *out) {
  const hcsref_str end = hcsref_str_from("", 1);
  return c->line == 0 ? hcsref_format(&s->arena, out, "%v%v", c->file, end)
                      : hcsref_format(&s->arena, out, "%v:%u%v", c->file, c->line, end);
}

static bool keep_case(session *s, const kit_case *c) {
  seen_case *seen = hcsref_slice_push(&s->arena, &s->cases, sizeof(*seen));
  if (seen == NULL || !write_path(s, c, &seen->path) || !hcsref_str_copy(&s->arena, c->id, &seen->id) ||
      !hcsref_format(&s->arena, &seen->question, "%v %v", c->op, c->params) ||
      !hcsref_str_copy(&s->arena, c->ok != NULL ? c->ok_text : c->message, &seen->answer))
    return false;
  seen->is_ok = c->ok != NULL;
  seen->curated = c->line == 0;
  seen->says = claim_of(s, c);
  return seen->says != NULL;
}

static void load_suite(session *s) {
  kit_source *source = kit_source_new();
  hcsref_arena arena;
  char message[600];
  kit_next next = KIT_NEXT_CASE;
  hcsref_arena_init(&arena, NULL, 0);
  if (source == NULL)
    s->out_of_memory = true;
  else if (!kit_suite_is_readable(s->o->suite, message, sizeof(message)) ||
           !kit_source_add(source, s->o->suite, message, sizeof(message))) {
    golden_complain(s->o->suite, "read-failed", "%s", message);
    s->unread = true;
  }
  while (source != NULL && !s->unread && !s->out_of_memory && next != KIT_NEXT_END) {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(source, &arena, &c, &err);
    if (next == KIT_NEXT_ERROR) {
      s->found++;
      golden_complain(s->o->suite, err.code, "%.*s", (int)err.message.len, err.message.data);
    } else if (next == KIT_NEXT_CASE && !keep_case(s, &c)) {
      s->out_of_memory = true;
    }
  }
  hcsref_arena_free(&arena);
  kit_source_free(source);
}

/* ---- contradictions ---------------------------------------------------------------------------------------------- */

static void contradict(session *s, seen_case *c, const seen_case *other, const hcsref_profile *profile,
                       const char *rule, const char *what, const char *how) {
  hcsref_str name = hcsref_profile_name(profile);
  s->found++;
  c->contradicted = true;
  golden_complain(c->path.data, rule, "%s %.*s, which %s as %.*s says", what, (int)name.len, name.data, how,
                  (int)other->id.len, other->id.data);
}

/* Holds `c` where another answer to its question was recorded, or where by the table it would have been? */
static void check_against(session *s, seen_case *c, const seen_case *other) {
  const claim *theirs = other->says, *mine = c->says;
  const hcsref_profile *profile;
  for (size_t i = 0; i < theirs->count; i++) {
    if (is_alike(mine, &theirs->witnesses[i])) {
      contradict(s, c, other, theirs->witnesses[i].profile, "change-missing",
                 "the table has no change between its evidence and", "answered");
      return;
    }
    if (kit_case_in_profile(&mine->ranges, theirs->witnesses[i].profile)) {
      contradict(s, c, other, theirs->witnesses[i].profile, "recorded-contradicts", "holds for", "answered");
      return;
    }
  }
  for (size_t i = 0; (profile = golden_holds_at(s->holds, i)) != NULL; i++)
    if (golden_set_has(&theirs->alike, i) && golden_set_has(&mine->holds, i)) {
      contradict(s, c, other, profile, "table-contradicts", "holds for", "by the table answers");
      return;
    }
}

static int by_question(const void *a, const void *b) {
  const seen_case *x = a, *y = b;
  int order = hcsref_str_compare(x->question, y->question);
  return order != 0 ? order : hcsref_str_compare(x->path, y->path);
}

static void check_contradictions(session *s) {
  seen_case *list = s->cases.items;
  if (s->cases.len > 0)
    qsort(list, s->cases.len, sizeof(*list), by_question);
  for (size_t i = 0; i < s->cases.len; i++)
    for (size_t j = i + 1; j < s->cases.len && hcsref_str_equal(list[i].question, list[j].question); j++)
      if (golden_answers_differ(list[i].is_ok, list[i].answer, list[j].is_ok, list[j].answer)) {
        check_against(s, &list[i], &list[j]);
        check_against(s, &list[j], &list[i]);
      }
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

static void append_profiles(hcsref_buf *buf, const claim *c) {
  const hcsref_str *fresh = c->fresh.items;
  const kit_json *item = c->ranges.profiles == NULL ? NULL : c->ranges.profiles->first;
  const char *before = "[";
  if (c->ranges.profiles == NULL) { /* means the baseline */
    hcsref_buf_append(buf, HCSREF_LIT("[\"baseline\""));
    before = ",";
  }
  for (; item != NULL; item = item->next, before = ",") {
    hcsref_buf_append(buf, hcsref_cstr(before));
    hcsref_buf_append(buf, item->raw);
  }
  for (size_t i = 0; i < c->fresh.len; i++, before = ",") {
    hcsref_buf_append(buf, hcsref_cstr(before));
    golden_append_range(buf, fresh[i]);
  }
  hcsref_buf_append_char(buf, ']');
}

/* The case with its new ranges. */
static bool rewrite(hcsref_arena *arena, const kit_json *tree, const claim *c, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  kit_json *fresh;
  hcsref_buf_append(&buf, HCSREF_LIT("{\"profiles\":"));
  append_profiles(&buf, c);
  for (const kit_json *member = tree->first; member != NULL; member = member->next) {
    if (hcsref_str_equal(member->key, HCSREF_LIT("profiles")))
      continue;
    hcsref_buf_append_char(&buf, ',');
    hcsref_buf_append(&buf, member->raw_key);
    hcsref_buf_append_char(&buf, ':');
    hcsref_buf_append(&buf, member->raw);
  }
  hcsref_buf_append_char(&buf, '}');
  return !buf.failed && kit_json_parse(arena, hcsref_buf_str(&buf), &fresh, NULL) &&
         golden_canonical(arena, fresh, out);
}

static void write_case(session *s, const seen_case *seen) {
  const char *path = seen->path.data;
  hcsref_arena arena;
  hcsref_str text, changed;
  hcsref_error err = {0};
  kit_json *tree;
  hcsref_arena_init(&arena, NULL, 0);
  if (!kit_read_file(&arena, path, &text, &err) || !kit_json_parse(&arena, text, &tree, &err)) {
    golden_complain(path, err.code, "could not be read");
    s->unread = true;
  } else if (!rewrite(&arena, tree, seen->says, &changed)) {
    s->out_of_memory = true;
  } else if (!golden_write(path, changed)) {
    s->unread = true;
  }
  hcsref_arena_free(&arena);
}

/* No name in a suite has a backslash: it is Windows' separator. */
static char as_slash(char c) {
  return c == '\\' ? '/' : c;
}

/* Is the case's file `operand`, or in that folder? `path` ends in a NUL. */
static bool is_in(hcsref_str path, hcsref_str operand) {
  size_t i = 0;
  while (operand.len > 1 && as_slash(operand.data[operand.len - 1]) == '/')
    operand.len--;
  while (i < operand.len && i < path.len && as_slash(path.data[i]) == as_slash(operand.data[i]))
    i++;
  return i == operand.len && i < path.len &&
         (path.data[i] == '\0' || path.data[i] == ':' || as_slash(path.data[i]) == '/');
}

static bool is_chosen(const cli_list *operands, hcsref_str path) {
  for (size_t i = 0; i < operands->count; i++)
    if (is_in(path, hcsref_cstr(operands->items[i])))
      return true;
  return operands->count == 0;
}

static void tell_case(session *s, const seen_case *seen) {
  const claim *c = seen->says;
  const hcsref_str *fresh = c->fresh.items;
  if (c->wrong.len > 0) {
    s->found++;
    golden_complain(seen->path.data, "recorded-form", "%.*s is not a profile with a program for %.*s",
                    (int)c->wrong.len, c->wrong.data, (int)c->op.len, c->op.data);
    return;
  }
  s->with_evidence += c->count > 0;
  if (c->fresh.len == 0 || seen->contradicted || !seen->curated)
    return;
  s->changed++;
  for (size_t i = 0; i < c->fresh.len; i++)
    kit_print(stdout, "%s: %s \"%v\"\n", seen->path.data, s->o->write ? "added" : "also holds for", fresh[i]);
  if (s->o->write)
    write_case(s, seen);
}

static int by_path(const void *a, const void *b) {
  const seen_case *x = a, *y = b;
  return hcsref_str_compare(x->path, y->path);
}

static int tell_cases(session *s, const cli_list *operands) {
  seen_case *list = s->cases.items;
  uint64_t chosen = 0;
  if (s->cases.len > 0)
    qsort(list, s->cases.len, sizeof(*list), by_path);
  for (size_t i = 0; i < s->cases.len; i++)
    if (is_chosen(operands, list[i].path)) {
      chosen++;
      tell_case(s, &list[i]);
    }
  if (s->out_of_memory || s->unread)
    return CLI_KIT;
  if (operands->count > 0 && chosen == 0) {
    golden_complain(operands->items[0], "case-missing", "is not a case in the suite %s", s->o->suite);
    return CLI_USAGE;
  }
  kit_print(stdout, "%llu case%S with evidence, %llu %s, %llu complaint%S\n", (unsigned long long)s->with_evidence,
            kit_plural(s->with_evidence), (unsigned long long)s->changed, s->o->write ? "changed" : "to change",
            (unsigned long long)s->found, kit_plural(s->found));
  return s->found > 0 || (s->changed > 0 && !s->o->write) ? CLI_FAILED : CLI_OK;
}

static int run(const cli_invocation *invocation) {
  session *s = calloc(1, sizeof(*s));
  int status = CLI_KIT;
  if (s == NULL) {
    golden_complain("golden", "out-of-memory", "out of memory");
    return CLI_KIT;
  }
  s->o = invocation->options;
  hcsref_arena_init(&s->arena, NULL, 0);
  s->holds = golden_holds_new(&s->arena);
  s->table = golden_table_new(&s->arena);
  s->out_of_memory = s->holds == NULL || s->table == NULL;
  if (!s->out_of_memory)
    load_suite(s);
  if (!s->out_of_memory && !s->unread) {
    check_contradictions(s);
    status = tell_cases(s, &invocation->operands);
  }
  if (s->out_of_memory)
    golden_complain(s->o->suite, "out-of-memory", "out of memory");
  hcsref_arena_free(&s->arena);
  free(s);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(ranges_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite, all of which is searched for other answers to the same question."},
    {.name = "write",
     .kind = CLI_FLAG,
     .offset = offsetof(ranges_options, write),
     .help = "Add the ranges to the cases."},
};

static const cli_example examples[] = {
    {"hcsproof golden ranges golden/cpu", "Says for which other releases the cases of one area hold."},
    {"hcsproof golden ranges --write", "Adds the ranges to every curated case."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every case has the ranges that its evidence gives it"},
    {CLI_FAILED, "there are complaints, or (without --write) ranges to add"},
    {CLI_USAGE, "wrong options, or no case in PATH"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command golden_ranges_command = {
    .name = "ranges",
    .summary = "work out from the evidence for which releases cases hold",
    .operands = "[PATH]...",
    .most_operands = SIZE_MAX,
    .description =
        "The evidence of a case is in recorded: the profiles whose program gave the answer. The case also holds for "
        "every release that has the same changes of the table in force, the same runtime-spec and a Go that changes "
        "nothing; where its profiles lack one, this prints the range. Ranges are only added: one that says more than "
        "the evidence rests on upstream's rule.\n\nA case whose ranges have evidence for another answer to the same "
        "question is named and stays as it is: split it, or correct the table. Recorded cases (lines of .jsonl files) "
        "are evidence too, but are not rewritten. PATH is a case or a folder of the suite.",
    .options_size = sizeof(ranges_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

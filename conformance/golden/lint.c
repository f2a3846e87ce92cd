/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden lint: what every case must fulfil beyond being one. */
#include "golden/golden.h"

#include "compare/compare.h"
#include "golden/holds.h"
#include "io/print.h"
#include "run/cases/case.h"
#include "run/cases/glob.h"
#include "run/cases/id.h"
#include "run/cases/source.h"
#include "serve/operation.h"

#include <stdlib.h>
#include <string.h>

/* What is remembered of each case, to be compared with the others. */
typedef struct seen_case {
  hcsref_str id, title, question, answer; /* question: operation and params; title: empty for a recorded case */
  golden_set holds;                       /* the releases it holds for */
  hcsref_str params;
  bool is_ok; /* the answer is a payload, not an error's message */
} seen_case;

typedef struct linter {
  golden_suite suite;
  hcsref_arena keep;   /* what lives as long as the linter */
  golden_holds *holds; /* null: out of memory */
  hcsref_slice cases;
  hcsref_slice recorded; /* also of seen_case; title is empty */
  const char *path;      /* of the case that is looked at */
  uint64_t found;
  bool out_of_memory;
} linter;

#define COMPLAIN(l, ...) (++(l)->found, golden_complain((l)->path, __VA_ARGS__))

/* ---- fields ------------------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  bool required;
} fields[] = {{"title", true},     {"why", true},    {"level", true},    {"op", true},     {"profiles", true},
              {"recorded", false}, {"tags", true},   {"upstream", true}, {"links", false}, {"source", true},
              {"vector", false},   {"params", true}, {"expect", true}};

static void check_fields(linter *l, const kit_json *tree) {
  const kit_json *member;
  size_t i;
  for (i = 0; i < CLI_COUNT(fields); i++)
    if (fields[i].required && kit_json_get(tree, fields[i].name) == NULL)
      COMPLAIN(l, "field-missing", "%s is missing", fields[i].name);
  for (member = tree->first; member != NULL; member = member->next) {
    for (i = 0; i < CLI_COUNT(fields); i++)
      if (hcsref_str_equal(member->key, hcsref_cstr(fields[i].name)))
        break;
    if (i == CLI_COUNT(fields))
      COMPLAIN(l, "field-unknown", "there is no field %.*s", (int)member->key.len, member->key.data);
  }
}

static bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Small letters, digits and those of `more`, beginning with a letter or digit. */
static bool is_slug(hcsref_str s, const char *more) {
  size_t i;
  for (i = 0; i < s.len; i++)
    if (!is_word_char(s.data[i]) && (i == 0 || s.data[i] == '\0' || strchr(more, s.data[i]) == NULL))
      return false;
  return s.len > 0;
}

bool golden_is_id(hcsref_str id) {
  const char *slash = id.len == 0 ? NULL : memchr(id.data, '/', id.len);
  size_t area = slash == NULL ? 0 : (size_t)(slash - id.data);
  return kit_is_id(id) && slash != NULL && is_slug(hcsref_str_first(id, area), "-.") &&
         is_slug(hcsref_str_skip(id, area + 1), "-.") &&
         !hcsref_str_equal(hcsref_str_first(id, area + 1), HCSREF_LIT(KIT_RECORDED_FOLDER));
}

static bool has_end(hcsref_str s, const char *marks) {
  return s.len > 0 && s.data[s.len - 1] != '\0' && strchr(marks, s.data[s.len - 1]) != NULL;
}

static bool contains(hcsref_str text, const char *word) {
  size_t length = strlen(word), i;
  for (i = 0; i + length <= text.len; i++)
    if (hcsref_str_equal_ascii_fold(hcsref_str_from(text.data + i, length), hcsref_str_from(word, length)))
      return true;
  return false;
}

/* Words that say nothing, or that a case should have outgrown. */
static const char *const empty_words[] = {"should work", "test that", "make sure", "todo", "fixme", "lorem ipsum"};

static void check_wording(linter *l, const kit_case *c) {
  size_t i;
  if (c->title.len > 120)
    COMPLAIN(l, "title-long", "the title is longer than 120 characters");
  if (has_end(c->title, "."))
    COMPLAIN(l, "title-stop", "the title ends in a full stop");
  if (c->why.len != 0 && !has_end(c->why, ".!?"))
    COMPLAIN(l, "why-sentence", "why is not a sentence");
  for (i = 0; i < CLI_COUNT(empty_words); i++)
    if (contains(c->title, empty_words[i]) || contains(c->why, empty_words[i]))
      COMPLAIN(l, "wording", "\"%s\" says nothing", empty_words[i]);
}

static void check_strings(linter *l, const kit_json *list, const char *rule, const char *what,
                          bool (*is_good)(hcsref_str s)) {
  const kit_json *item;
  for (item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    if (item->kind != KIT_JSON_STRING || !is_good(item->text))
      COMPLAIN(l, rule, "%.*s is no %s", (int)item->raw.len, item->raw.data, what);
}

static bool is_tag(hcsref_str s) {
  return is_slug(s, "-_");
}

static void check_profiles(linter *l, hcsref_arena *arena, const kit_case *c) {
  const kit_json *item;
  hcsref_error err = {0};
  for (item = c->profiles == NULL ? NULL : c->profiles->first; item != NULL; item = item->next)
    if (item->kind != KIT_JSON_STRING || !hcsref_range_check(arena, item->text, &err))
      COMPLAIN(l, "profile-form", "%.*s is not a range of releases%s%.*s", (int)item->raw.len, item->raw.data,
               err.message.len == 0 ? "" : ": ", (int)err.message.len, err.message.data);
  for (item = c->recorded == NULL ? NULL : c->recorded->first; item != NULL; item = item->next) {
    const hcsref_profile *witness = item->kind == KIT_JSON_STRING ? hcsref_profile_find(arena, item->text, NULL) : NULL;
    if (witness == NULL)
      COMPLAIN(l, "recorded-form", "%.*s is not a profile", (int)item->raw.len, item->raw.data);
    else if (!kit_case_in_profile(c, witness))
      COMPLAIN(l, "recorded-outside", "%.*s gave the answer, but is in none of the ranges", (int)item->text.len,
               item->text.data);
  }
}

static bool is_link(hcsref_str s) {
  return hcsref_str_has_prefix(s, HCSREF_LIT("https://"));
}

static void check_upstream(linter *l, const kit_case *c) {
  const kit_json *item;
  if (c->upstream != NULL && c->upstream->count == 0)
    COMPLAIN(l, "upstream-missing", "upstream names no rule");
  for (item = c->upstream == NULL ? NULL : c->upstream->first; item != NULL; item = item->next)
    if (kit_json_get_string(item, "file").len == 0 || kit_json_get_string(item, "symbol").len == 0 ||
        kit_json_get_string(item, "commit").len == 0)
      COMPLAIN(l, "upstream-form", "an entry of upstream lacks file, symbol or commit");
}

/* ---- expectations ------------------------------------------------------------------------------------- */

/* `text` must say what `ok` says. */
static void check_text(linter *l, hcsref_arena *arena, const kit_case *c) {
  kit_differences found;
  kit_json *tree;
  hcsref_error err;
  if (c->ok == NULL || kit_json_get(kit_json_get(c->tree, "expect"), "text") == NULL)
    return;
  if (!kit_json_parse(arena, c->ok_text, &tree, &err) ||
      !kit_compare(arena, KIT_CANONICAL, kit_payload_shape(c->op, c->ok), c->ok, tree, &found, &err))
    COMPLAIN(l, "text-form", "expect.text is not JSON");
  else if (found.count > 0)
    COMPLAIN(l, "text-differs", "expect.text and expect.ok differ at %.*s", (int)found.first->pointer.len,
             found.first->pointer.data);
}

static const seen_case *find_recorded(const linter *l, hcsref_str id) {
  const seen_case *list = l->recorded.items;
  size_t i;
  for (i = 0; i < l->recorded.len; i++)
    if (hcsref_str_equal(list[i].id, id))
      return &list[i];
  return NULL;
}

static bool is_same_json(linter *l, hcsref_arena *arena, hcsref_str a, hcsref_str b) {
  kit_differences found;
  kit_json *left, *right;
  hcsref_error err;
  if (kit_json_parse(arena, a, &left, &err) && kit_json_parse(arena, b, &right, &err) &&
      kit_compare(arena, KIT_CANONICAL, kit_payload_shape(HCSREF_LIT(""), left), left, right, &found, &err))
    return found.count == 0;
  l->out_of_memory = true;
  return true;
}

/* What the original was asked and what it answered is what the case asks and expects. */
static void check_vector(linter *l, hcsref_arena *arena, const kit_case *c, const seen_case *recorded) {
  bool same = c->ok != NULL ? recorded->is_ok && is_same_json(l, arena, c->ok_text, recorded->answer)
                            : !recorded->is_ok && hcsref_str_equal(c->message, recorded->answer);
  if (!is_same_json(l, arena, c->params, recorded->params))
    COMPLAIN(l, "vector-differs", "%.*s was asked something else", (int)recorded->id.len, recorded->id.data);
  else if (!same)
    COMPLAIN(l, "vector-differs", "%.*s was answered differently", (int)recorded->id.len, recorded->id.data);
}

static void check_source(linter *l, hcsref_arena *arena, const kit_case *c) {
  hcsref_str source = kit_json_get_string(c->tree, "source"), vector = kit_json_get_string(c->tree, "vector");
  const seen_case *vector_case = find_recorded(l, vector);
  bool recorded = hcsref_str_equal(source, HCSREF_LIT("recorded"));
  if (!recorded && !hcsref_str_equal(source, HCSREF_LIT("rule")))
    COMPLAIN(l, "source-form", "source should be recorded or rule");
  if (recorded && vector.len == 0)
    COMPLAIN(l, "vector-missing", "a recorded case must name its vector");
  if (vector.len != 0 && vector_case == NULL)
    COMPLAIN(l, "vector-unknown", "there is no recorded case %.*s", (int)vector.len, vector.data);
  if (recorded && vector_case != NULL)
    check_vector(l, arena, c, vector_case);
}

/* ---- case by case ------------------------------------------------------------------------------------- */

static bool keep_case(linter *l, hcsref_slice *list, const kit_case *c, hcsref_str title) {
  seen_case *seen = hcsref_slice_push(&l->keep, list, sizeof(*seen));
  hcsref_str answer = c->ok != NULL ? c->ok_text : c->message;
  if (seen != NULL && hcsref_str_copy(&l->keep, c->id, &seen->id) && hcsref_str_copy(&l->keep, title, &seen->title) &&
      hcsref_format(&l->keep, &seen->question, "%v %v", c->op, c->params) &&
      hcsref_str_copy(&l->keep, answer, &seen->answer) && hcsref_str_copy(&l->keep, c->params, &seen->params) &&
      l->holds != NULL && golden_holds_of(l->holds, c, &seen->holds)) {
    seen->is_ok = c->ok != NULL;
    return true;
  }
  l->out_of_memory = true;
  return false;
}

static void check_canonical(linter *l, hcsref_arena *arena, hcsref_str text) {
  kit_json *tree;
  hcsref_str canonical;
  if (!kit_json_parse(arena, text, &tree, NULL) || !golden_canonical(arena, tree, &canonical))
    l->out_of_memory = true;
  else if (!hcsref_str_equal(text, canonical))
    COMPLAIN(l, "not-canonical", "is not in canonical form (hcsproof golden fmt)");
}

static void check_case(linter *l, hcsref_arena *arena, hcsref_str text, hcsref_str id) {
  hcsref_error err;
  kit_case c;
  if (!kit_case_read(arena, text, id, &c, &err)) {
    COMPLAIN(l, err.code, "%.*s", (int)err.message.len, err.message.data);
    return;
  }
  if (!golden_is_id(id))
    COMPLAIN(l, "id-form", "an id is AREA/NAME, in lower-case letters, digits and hyphens");
  if (serve_find_operation(c.op) == NULL)
    COMPLAIN(l, "op-unknown", "there is no operation %.*s", (int)c.op.len, c.op.data);
  check_fields(l, c.tree);
  check_wording(l, &c);
  check_strings(l, c.tags, "tag-form", "tag", is_tag);
  check_profiles(l, arena, &c);
  check_strings(l, c.links, "link-form", "https:// address", is_link);
  check_upstream(l, &c);
  check_source(l, arena, &c);
  check_text(l, arena, &c);
  check_canonical(l, arena, text);
  (void)keep_case(l, &l->cases, &c, c.title);
}

static void lint_file(linter *l, const char *file) {
  hcsref_arena arena;
  hcsref_error err;
  hcsref_str text;
  hcsref_arena_init(&arena, NULL, 0);
  l->path = golden_path(&arena, &l->suite, file);
  if (l->path == NULL)
    l->out_of_memory = true;
  else if (!kit_read_file(&arena, l->path, &text, &err))
    COMPLAIN(l, err.code, "could not be read");
  else
    check_case(l, &arena, text, hcsref_str_from(file, strlen(file) - sizeof(".json") + 1));
  hcsref_arena_free(&arena);
}

/* Recorded cases are only remembered: they are as the originals answered. */
static void load_recorded(linter *l) {
  kit_source *source = kit_source_new();
  hcsref_arena arena;
  char folder[4096], message[600];
  kit_next next = KIT_NEXT_CASE;
  snprintf(folder, sizeof(folder), "%s/" KIT_RECORDED_FOLDER, l->suite.root);
  hcsref_arena_init(&arena, NULL, 0);
  if (source == NULL)
    l->out_of_memory = true;
  else if (!kit_path_exists(folder) || !kit_source_add(source, folder, message, sizeof(message)))
    next = KIT_NEXT_END;
  while (source != NULL && next != KIT_NEXT_END) {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(source, &arena, &c, &err);
    l->path = folder;
    if (next == KIT_NEXT_ERROR)
      COMPLAIN(l, err.code, "%.*s", (int)err.message.len, err.message.data);
    if (next == KIT_NEXT_CASE)
      (void)keep_case(l, &l->recorded, &c, HCSREF_LIT(""));
  }
  l->path = NULL;
  hcsref_arena_free(&arena);
  kit_source_free(source);
}

/* ---- all together ------------------------------------------------------------------------------------- */

static int by_title(const void *a, const void *b) {
  const seen_case *x = a, *y = b;
  int order = hcsref_str_compare(x->title, y->title);
  return order != 0 ? order : hcsref_str_compare(x->id, y->id);
}

static int by_question(const void *a, const void *b) {
  const seen_case *x = a, *y = b;
  int order = hcsref_str_compare(x->question, y->question);
  return order != 0 ? order : hcsref_str_compare(x->id, y->id);
}

static void complain_pair(linter *l, const seen_case *a, const seen_case *b, const char *rule, const char *what) {
  char path[1000];
  snprintf(path, sizeof(path), "%s/%.*s.json", l->suite.root, (int)b->id.len, b->id.data);
  l->path = path;
  COMPLAIN(l, rule, "%s %.*s", what, (int)a->id.len, a->id.data);
  l->path = NULL;
}

static void check_pairs(linter *l) {
  seen_case *list = l->cases.items;
  size_t i;
  if (l->cases.len == 0)
    return;
  qsort(list, l->cases.len, sizeof(*list), by_title);
  for (i = 1; i < l->cases.len; i++)
    if (hcsref_str_equal(list[i - 1].title, list[i].title))
      complain_pair(l, &list[i - 1], &list[i], "title-repeated", "has the title of");
}

/* ---- contradictions ------------------------------------------------------------------------------------ */

bool golden_answers_differ(bool first_is_ok, hcsref_str first, bool second_is_ok, hcsref_str second) {
  if (first_is_ok != second_is_ok)
    return true;
  if (!first_is_ok && (first.len == 0 || second.len == 0))
    return false;
  return !hcsref_str_equal(first, second);
}

static void complain_contradiction(linter *l, const seen_case *a, const seen_case *b) {
  const hcsref_profile *both = golden_holds_common(l->holds, &a->holds, &b->holds);
  hcsref_str name;
  char path[1000];
  if (both == NULL || !golden_answers_differ(a->is_ok, a->answer, b->is_ok, b->answer))
    return;
  name = hcsref_profile_name(both);
  snprintf(path, sizeof(path), "%s/%.*s", l->suite.root, (int)b->id.len, b->id.data);
  l->path = path;
  COMPLAIN(l, "case-contradicts",
           "asks the same question and also holds for %.*s, but expects another answer than %.*s", (int)name.len,
           name.data, (int)a->id.len, a->id.data);
  l->path = NULL;
}

/* One question never has two answers in one release. */
static void check_contradictions(linter *l) {
  size_t count = l->cases.len + l->recorded.len;
  seen_case *list = hcsref_arena_array(&l->keep, count, sizeof(*list));
  if (list == NULL || l->holds == NULL) {
    l->out_of_memory = true;
    return;
  }
  if (l->cases.len > 0)
    memcpy(list, l->cases.items, l->cases.len * sizeof(*list));
  if (l->recorded.len > 0)
    memcpy(list + l->cases.len, l->recorded.items, l->recorded.len * sizeof(*list));
  if (count > 0)
    qsort(list, count, sizeof(*list), by_question);
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count && hcsref_str_equal(list[i].question, list[j].question); j++)
      complain_contradiction(l, &list[i], &list[j]);
}

typedef struct lint_options {
  const char *suite;
} lint_options;

static int lint_suite(linter *l) {
  load_recorded(l);
  for (size_t i = 0; i < l->suite.files.count; i++)
    if (!golden_is_recorded(l->suite.files.items[i]))
      lint_file(l, l->suite.files.items[i]);
  check_pairs(l);
  check_contradictions(l);
  if (l->out_of_memory) {
    golden_complain(l->suite.root, "out-of-memory", "out of memory");
    return CLI_KIT;
  }
  kit_print(stdout, "%llu case%S, %llu complaint%S\n", (unsigned long long)l->cases.len, kit_plural(l->cases.len),
            (unsigned long long)l->found, kit_plural(l->found));
  return l->found > 0 ? CLI_FAILED : CLI_OK;
}

static int run(const cli_invocation *invocation) {
  const lint_options *o = invocation->options;
  linter l;
  int status;
  memset(&l, 0, sizeof(l));
  hcsref_arena_init(&l.keep, NULL, 0);
  l.holds = golden_holds_new(&l.keep);
  status = golden_open(&l.suite, o->suite) ? lint_suite(&l) : CLI_KIT;
  golden_close(&l.suite);
  hcsref_arena_free(&l.keep);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(lint_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
};

static const cli_example examples[] = {
    {"hcsproof golden lint", "Checks every curated case."},
};

static const cli_status statuses[] = {
    {CLI_OK, "there are no complaints"},
    {CLI_FAILED, "there are complaints; each line names the file and the rule"},
    {CLI_KIT, "a file could not be read"},
};

const cli_command golden_lint_command = {
    .name = "lint",
    .summary = "check the form, ids and wording of the curated cases",
    .description = "Checks that every field is present and known; that ids, tags, profiles and links are well-formed; "
                   "that titles are unique and have no full stop, and that why is a sentence; that operations exist; "
                   "that a recorded case names its vector; that text and ok agree; that no two cases contradict each "
                   "other; and that each file is in canonical form.",
    .options_size = sizeof(lint_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* All that a case has to say. */
#include "cli/profile.h"
#include "cli/values.h"
#include "compare/text.h"
#include "explain/session.h"
#include "io/print.h"
#include "run/cases/glob.h"
#include "run/cases/history.h"
#include "run/cases/suite.h"
#include "run/cases/tags.h"
#include "run/cases/values.h"
#include "run/console.h"

#include <stdlib.h>
#include <string.h>

/* Of more cases than this only the ids are told. */
#define MOST_CASES 20

/* Where a rule can be read: by the commit or release that `upstream` names. */
static const struct {
  const char *commit, *before, *after; /* after: what stands between commit and file */
} sources[] = {
    {"0af576d29", "https://github.com/microsoft/hcsshim/blob/", "/"},
    {"2bc77b8a2", "https://github.com/containerd/containerd/blob/", "/"},
    {"go*", "https://github.com/golang/go/blob/", "/src/"},
};

/* A page that is being filled, and how wide it will be. */
typedef struct writer {
  explain_page *page;
  size_t width;
} writer;

static void say_words(const writer *w, const char *label, const kit_json *list) {
  hcsref_buf words = {.arena = w->page->arena};
  if (list == NULL || list->first == NULL)
    return;
  for (const kit_json *item = list->first; item != NULL; item = item->next) {
    hcsref_buf_append_char(&words, ' ');
    hcsref_buf_append(&words, item->text);
  }
  w->page->failed = w->page->failed || words.failed;
  explain_say(w->page, "%s%v", label, hcsref_buf_str(&words));
}

static void show_rule(const writer *w, const kit_json *rule) {
  hcsref_str file = kit_json_get_string(rule, "file"), symbol = kit_json_get_string(rule, "symbol"),
             commit = kit_json_get_string(rule, "commit"), text = {NULL, 0};
  size_t i = 0;
  bool ok;
  while (i < CLI_COUNT(sources) && !kit_glob(hcsref_cstr(sources[i].commit), commit))
    i++;
  ok = i < CLI_COUNT(sources) ? hcsref_format(w->page->arena, &text, "%v in %s%v%s%v", symbol, sources[i].before,
                                              commit, sources[i].after, file)
                              : hcsref_format(w->page->arena, &text, "%v in %v at %v", symbol, file, commit);
  w->page->failed = w->page->failed || !ok;
  explain_show(w->page, text);
}

static void show_json(const writer *w, const kit_json *node) {
  hcsref_buf buf = {.arena = w->page->arena};
  kit_json_append_pretty(&buf, node, 0, w->width - 2);
  w->page->failed = w->page->failed || buf.failed;
  explain_show(w->page, hcsref_buf_str(&buf));
}

static void tell_reasons(const writer *w, const kit_case *c) {
  explain_part_begin(w->page, "why", "What breaks when this is wrong");
  if (c->why.len != 0)
    explain_say(w->page, "%v", c->why);
  explain_part_begin(w->page, "rule", "The rule");
  for (const kit_json *item = c->upstream == NULL ? NULL : c->upstream->first; item != NULL; item = item->next)
    show_rule(w, item);
  explain_part_begin(w->page, "links", "Reports");
  for (const kit_json *item = c->links == NULL ? NULL : c->links->first; item != NULL; item = item->next)
    explain_show(w->page, item->text);
}

static void tell_expectation(const writer *w, const kit_case *c) {
  const kit_json *expect = kit_json_get(c->tree, "expect");
  if (c->ok == NULL && c->message.len == 0 && c->code.len == 0) {
    const char *reason = kit_case_error_reason(c);
    explain_part_begin(w->page, "expected", "Expected: an error, whatever its text");
    explain_say(w->page, "%s", *reason != '\0' ? reason : "no text is known");
    return;
  }
  explain_part_begin(w->page, "expected", c->ok != NULL ? "Expected" : "Expected: this error");
  show_json(w, c->ok != NULL ? c->ok : kit_json_get(expect, "error"));
  explain_part_begin(w->page, "bytes", "Byte for byte (--compare bytes)");
  if (kit_json_get(expect, "text") != NULL)
    explain_show(w->page, c->ok_text);
  explain_part_begin(w->page, "host_calls", "Questions to the host, in order");
  if (c->host_calls != NULL)
    show_json(w, c->host_calls);
}

/* The newest profile that the case holds for; null: none of the table, or out of memory, which shows again. */
static const char *newest_holding(hcsref_arena *arena, const kit_case *c) {
  const char *const *names = cli_profile_names(arena);
  for (; names != NULL && *names != NULL; names++) {
    const hcsref_profile *profile = hcsref_profile_find(arena, hcsref_cstr(*names), NULL);
    if (profile != NULL && kit_case_in_profile(c, profile))
      return *names;
  }
  return NULL;
}

/* A run without --profile may be of a release that the case does not hold for. */
static void tell_reproduction(const writer *w, const kit_case *c) {
  hcsref_buf buf = {.arena = w->page->arena}, options = {.arena = w->page->arena};
  const char *profile = newest_holding(w->page->arena, c);
  explain_part_begin(w->page, "play", "Play it");
  hcsref_buf_append(&options, HCSREF_LIT(" --testee 'COMMAND'"));
  kit_append_option(&options, "profile", profile, "newest");
  hcsref_buf_append(&options, HCSREF_LIT(" --compare bytes --errors message"));
  kit_append_repro(&buf, c, hcsref_buf_str(&options));
  w->page->failed = w->page->failed || buf.failed || options.failed;
  explain_show(w->page, hcsref_buf_str(&buf));
}

static void fill(const writer *w, const kit_case *c) {
  explain_title(w->page, "case", "%v%s%v", c->id, c->title.len == 0 ? "" : ": ", c->title);
  explain_part_begin(w->page, "about", "What it is");
  explain_say(w->page, "level %s", kit_level_name(c->level));
  explain_say(w->page, "operation %v", c->op);
  say_words(w, "profiles", c->profiles);
  say_words(w, "tags", c->tags);
  tell_reasons(w, c);
  explain_part_begin(w->page, "asked", "Asked");
  show_json(w, kit_json_get(c->tree, "params"));
  tell_expectation(w, c);
  tell_reproduction(w, c);
}

/* ---- finding it --------------------------------------------------------------------------------------- */

typedef struct search {
  explain_session *session;
  kit_source *source;
  hcsref_str wanted;
  kit_strings ids; /* of all cases, for a suggestion */
  uint64_t found;
  int status;
} search;

static void look_at(search *s, hcsref_arena *arena, const kit_case *c) {
  explain_page page = {.arena = arena};
  const writer w = {&page, s->session->width};
  char id[300];
  int status = CLI_OK;
  snprintf(id, sizeof(id), "%.*s", (int)c->id.len, c->id.data);
  if (!kit_strings_add(&s->ids, id))
    s->status = CLI_KIT;
  if (!kit_glob(s->wanted, c->id))
    return;
  if (s->found++ < MOST_CASES) {
    fill(&w, c);
    status = explain_emit(s->session, id, &page);
  } else if (!s->session->json) {
    kit_print(stdout, "%s\n", id);
  }
  s->status = status > s->status ? status : s->status;
}

static int not_found(search *s, const char *path) {
  const char **names = NULL, *near = NULL;
  char word[300];
  if (path != NULL)
    return explain_unknown(s->session, path, "there are no cases in %.250s", path);
  if (kit_strings_add(&s->ids, "")) {
    free(s->ids.items[--s->ids.count]);
    s->ids.items[s->ids.count] = NULL;
    names = (const char **)(void *)s->ids.items;
  }
  snprintf(word, sizeof(word), "%.*s", (int)s->wanted.len, s->wanted.data);
  if (names != NULL)
    near = cli_nearest(word, names);
  return explain_unknown(s->session, word, "no case is named '%s'%s%s%s (see 'hcsproof run --list')", word,
                         near == NULL ? "" : "; did you mean '", near == NULL ? "" : near, near == NULL ? "" : "'?");
}

/* `path`: the file or folder that was named; null: an id was. */
static int search_cases(search *s, const char *path) {
  hcsref_arena arena;
  kit_next next;
  hcsref_arena_init(&arena, NULL, 0);
  do {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(s->source, &arena, &c, &err);
    if (next == KIT_NEXT_ERROR) {
      kit_print(stderr, "hcsproof explain: %v\n", err.message);
      s->status = CLI_KIT;
    } else if (next == KIT_NEXT_CASE) {
      look_at(s, &arena, &c);
    }
  } while (next != KIT_NEXT_END);
  hcsref_arena_free(&arena);
  return s->found == 0 && s->status == CLI_OK ? not_found(s, path) : s->status;
}

/* The same case under its present id. */
static hcsref_str present_id(const kit_history *history, const char *wanted) {
  char message[700];
  const char *now = kit_history_find(history, wanted, message, sizeof(message));
  if (now == NULL)
    return hcsref_cstr(wanted);
  fputs("hcsproof explain: ", stderr);
  kit_print_text(stderr, hcsref_cstr(message), SIZE_MAX);
  fputc('\n', stderr);
  return hcsref_cstr(now);
}

int explain_cases(explain_session *session, const char *wanted, bool is_path) {
  const cli_list path = {&wanted, 1}, *names = is_path ? &path : session->suites;
  cli_list ids = {NULL, 0};
  kit_history *history = kit_history_open(names, NULL);
  search s = {.session = session, .source = kit_source_new(), .wanted = HCSREF_LIT("*")};
  char message[600] = "out of memory";
  int status = CLI_KIT;
  if (s.source != NULL && history != NULL) {
    if (!is_path)
      s.wanted = present_id(history, wanted);
    status = kit_suite_open(s.source, names, NULL, &ids, message, sizeof(message));
  }
  if (status == CLI_OK)
    status = search_cases(&s, is_path ? wanted : NULL);
  else
    kit_print(stderr, "hcsproof explain: %s\n", message);
  free(ids.items);
  kit_strings_free(&s.ids);
  kit_source_free(s.source);
  kit_history_free(history);
  return status;
}

bool explain_is_case(hcsref_str text, bool lines) {
  const char *end = lines && text.len > 0 ? memchr(text.data, '\n', text.len) : NULL;
  hcsref_arena arena;
  kit_json *tree;
  bool is_case;
  hcsref_arena_init(&arena, NULL, 0);
  if (end != NULL)
    text = hcsref_str_first(text, (size_t)(end - text.data));
  is_case =
      (lines && kit_values_names(text)) || (kit_json_parse(&arena, text, &tree, NULL) &&
                                            kit_json_get(tree, "op") != NULL && kit_json_get(tree, "expect") != NULL);
  hcsref_arena_free(&arena);
  return is_case;
}

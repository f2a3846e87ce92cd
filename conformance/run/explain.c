/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof explain: all that a case has to say. */
#include "cli/commands.h"
#include "cli/values.h"
#include "compare/text.h"
#include "run/console.h"
#include "run/history.h"
#include "run/select.h"
#include "run/suite.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 100
/* Of more cases than this only the ids are told. */
#define MOST_CASES 20

typedef struct explain_options {
  cli_list suites;
} explain_options;

/* Where a rule can be read: by the commit or release that `upstream` names. */
static const struct {
  const char *commit, *before, *after; /* after: what stands between commit and file */
} sources[] = {
    {"0af576d29", "https://github.com/microsoft/hcsshim/blob/", "/"},
    {"2bc77b8a2", "https://github.com/containerd/containerd/blob/", "/"},
    {"go*", "https://github.com/golang/go/blob/", "/src/"},
};

static void print_label(const char *label) {
  kit_print(stdout, "\n%s\n", label);
}

static void print_wrapped(hcsref_str text) {
  size_t column = 0;
  while (text.len > 0) {
    const char *space = memchr(text.data, ' ', text.len);
    size_t length = space == NULL ? text.len : (size_t)(space - text.data);
    if (column > 0 && column + 1 + length > WIDTH) {
      putchar('\n');
      column = 0;
    }
    fputs(column == 0 ? "  " : " ", stdout);
    kit_print_text(stdout, hcsref_str_first(text, length), SIZE_MAX);
    column += 1 + length;
    text = hcsref_str_skip(text, length + 1);
  }
  putchar('\n');
}

static void print_words(const char *label, const kit_json *list) {
  const kit_json *item;
  if (list == NULL || list->first == NULL)
    return;
  printf("%-9s", label);
  for (item = list->first; item != NULL; item = item->next) {
    putchar(' ');
    kit_print_text(stdout, item->text, SIZE_MAX);
  }
  putchar('\n');
}

static void print_rule(const kit_json *rule) {
  hcsref_str file = kit_json_get_string(rule, "file"), symbol = kit_json_get_string(rule, "symbol"),
             commit = kit_json_get_string(rule, "commit");
  size_t i;
  fputs("  ", stdout);
  kit_print_text(stdout, symbol, SIZE_MAX);
  fputs(" in ", stdout);
  for (i = 0; i < CLI_COUNT(sources); i++) {
    if (!kit_glob(hcsref_cstr(sources[i].commit), commit))
      continue;
    fputs(sources[i].before, stdout);
    kit_print_text(stdout, commit, SIZE_MAX);
    fputs(sources[i].after, stdout);
    break;
  }
  kit_print_text(stdout, file, SIZE_MAX);
  if (i == CLI_COUNT(sources)) {
    fputs(" at ", stdout);
    kit_print_text(stdout, commit, SIZE_MAX);
  }
  putchar('\n');
}

static void print_json(hcsref_arena *arena, const kit_json *node) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  hcsref_buf_append(&buf, HCSREF_LIT("  "));
  kit_json_append_pretty(&buf, node, 1, WIDTH);
  if (!buf.failed)
    fwrite(buf.data, 1, buf.len, stdout);
  putchar('\n');
}

static void print_reasons(const kit_case *c) {
  const kit_json *item;
  if (c->why.len != 0) {
    print_label("What breaks when this is wrong");
    print_wrapped(c->why);
  }
  if (c->upstream != NULL && c->upstream->first != NULL)
    print_label("The rule");
  for (item = c->upstream == NULL ? NULL : c->upstream->first; item != NULL; item = item->next)
    print_rule(item);
  if (c->links != NULL && c->links->first != NULL)
    print_label("People who met it");
  for (item = c->links == NULL ? NULL : c->links->first; item != NULL; item = item->next) {
    fputs("  ", stdout);
    kit_print_text(stdout, item->text, SIZE_MAX);
    putchar('\n');
  }
}

static void print_expectation(hcsref_arena *arena, const kit_case *c) {
  const kit_json *expect = kit_json_get(c->tree, "expect");
  if (c->ok == NULL && c->message.len == 0 && c->code.len == 0) {
    const char *reason = kit_case_error_reason(c);
    print_label("Expected: an error, whatever its text");
    if (*reason != '\0')
      kit_print(stdout, "  %s\n", reason);
    return;
  }
  print_label(c->ok != NULL ? "Expected" : "Expected: this error");
  print_json(arena, c->ok != NULL ? c->ok : kit_json_get(expect, "error"));
  if (kit_json_get(expect, "text") != NULL) {
    print_label("and byte for byte (--compare bytes)");
    fputs("  ", stdout);
    kit_print_text(stdout, c->ok_text, SIZE_MAX);
    putchar('\n');
  }
  if (c->host_calls != NULL) {
    print_label("Questions to the host, in order");
    print_json(arena, c->host_calls);
  }
}

static void print_reproduction(hcsref_arena *arena, const kit_case *c) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  print_label("Play it");
  kit_append_repro(&buf, c, HCSREF_LIT(" --testee 'COMMAND' --compare bytes --errors message"));
  fputs("  ", stdout);
  if (!buf.failed)
    kit_print_text(stdout, hcsref_buf_str(&buf), SIZE_MAX);
  putchar('\n');
}

static void explain(hcsref_arena *arena, const kit_case *c) {
  kit_print_text(stdout, c->id, SIZE_MAX);
  if (c->title.len != 0) {
    fputs(": ", stdout);
    kit_print_text(stdout, c->title, SIZE_MAX);
  }
  printf("\n\n%-9s %s\n%-9s %.*s\n", "level", kit_level_name(c->level), "operation", (int)c->op.len, c->op.data);
  print_words("profiles", c->profiles);
  print_words("tags", c->tags);
  print_reasons(c);
  print_label("Asked");
  print_json(arena, kit_json_get(c->tree, "params"));
  print_expectation(arena, c);
  print_reproduction(arena, c);
}

/* ---- finding it --------------------------------------------------------------------------------------- */

typedef struct search {
  kit_source *source;
  hcsref_str wanted;
  kit_strings ids; /* of all cases, for a suggestion */
  uint64_t found;
  bool out_of_memory;
} search;

static void look_at(search *s, hcsref_arena *arena, const kit_case *c) {
  char id[300];
  snprintf(id, sizeof(id), "%.*s", (int)c->id.len, c->id.data);
  s->out_of_memory = s->out_of_memory || !kit_strings_add(&s->ids, id);
  if (!kit_glob(s->wanted, c->id))
    return;
  if (s->found++ > 0 && s->found <= MOST_CASES)
    puts("\n----------------------------------------------------------------\n");
  if (s->found <= MOST_CASES)
    explain(arena, c);
  else
    kit_print(stdout, "%s\n", id);
}

static int not_found(search *s) {
  const char **names = NULL, *near = NULL;
  char word[300];
  if (kit_strings_add(&s->ids, "")) {
    free(s->ids.items[--s->ids.count]);
    s->ids.items[s->ids.count] = NULL;
    names = (const char **)(void *)s->ids.items;
  }
  snprintf(word, sizeof(word), "%.*s", (int)s->wanted.len, s->wanted.data);
  if (names != NULL)
    near = cli_nearest(word, names);
  kit_print(stderr, "hcsproof explain: there is no case '%s'%s%s%s (see 'hcsproof run --list')\n", word,
            near == NULL ? "" : "; did you mean '", near == NULL ? "" : near, near == NULL ? "" : "'?");
  return CLI_USAGE;
}

static int search_cases(search *s) {
  hcsref_arena arena;
  kit_next next;
  int status = CLI_OK;
  hcsref_arena_init(&arena, NULL, 0);
  do {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(s->source, &arena, &c, &err);
    if (next == KIT_NEXT_ERROR) {
      kit_print(stderr, "hcsproof explain: %.*s\n", (int)err.message.len, err.message.data);
      status = CLI_KIT;
    } else if (next == KIT_NEXT_CASE) {
      look_at(s, &arena, &c);
    }
  } while (next != KIT_NEXT_END);
  hcsref_arena_free(&arena);
  if (s->out_of_memory)
    status = CLI_KIT;
  return s->found == 0 && status == CLI_OK ? not_found(s) : status;
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

static int run(const cli_invocation *invocation) {
  explain_options *o = invocation->options;
  const char *wanted = invocation->operands.items[0];
  cli_list ids = {NULL, 0};
  kit_history *history;
  search s;
  char message[600];
  int status = CLI_KIT;
  bool is_file = kit_path_exists(wanted);
  memset(&s, 0, sizeof(s));
  s.source = kit_source_new();
  history = kit_history_open(&o->suites, NULL);
  if (history != NULL)
    s.wanted = is_file ? HCSREF_LIT("*") : present_id(history, wanted);
  if (s.source != NULL && history != NULL && (!is_file || cli_list_push(&o->suites, wanted)))
    status = kit_suite_open(s.source, &o->suites, NULL, &ids, message, sizeof(message));
  else
    snprintf(message, sizeof(message), "out of memory");
  if (status == CLI_OK)
    status = search_cases(&s);
  else
    kit_print(stderr, "hcsproof explain: %s\n", message);
  free(ids.items);
  kit_strings_free(&s.ids);
  kit_source_free(s.source);
  kit_history_free(history);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FILE,
     .repeatable = true,
     .offset = offsetof(explain_options, suites),
     .argument = "PATH",
     .help = "Where to look: a folder or file of cases; repeat for more. Without it the suite in ./golden, else the "
             "installed one."},
};

static const cli_example examples[] = {
    {"hcsproof explain cpu/all-three", "A case by its id,"},
    {"hcsproof explain 'pipe/*'", "several by a glob,"},
    {"hcsproof explain golden/pipe/bare-prefix.json", "or a file."},
};

static const cli_status statuses[] = {
    {CLI_OK, "it was explained"},
    {CLI_USAGE, "there is no such case"},
    {CLI_KIT, "a file could not be read"},
};

const cli_command explain_command = {
    .name = "explain",
    .summary = "say what a case is about: rule, reason, links, input, expectation",
    .operands = "CASE",
    .operand_kind = CLI_CASE,
    .least_operands = 1,
    .most_operands = 1,
    .description = "CASE is an id, a glob on ids, or a file of cases.",
    .options_size = sizeof(explain_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "manual/offers.h"

#include "cli/commands.h"
#include "cli/profile.h"
#include "hcsref/schema.h"
#include "report/report.h"
#include "serve/operation.h"

#include <string.h>

static void append_word(hcsref_buf *words, const char *word) {
  hcsref_buf_append(words, hcsref_cstr(word));
  hcsref_buf_append_char(words, ' ');
}

static void append_profiles(const cli_command *program, hcsref_buf *words) {
  const char *const *names = cli_profile_names(words->arena);
  (void)program;
  if (names == NULL)
    words->failed = true;
  for (; names != NULL && *names != NULL; names++)
    append_word(words, *names);
}

static void append_operations(const cli_command *program, hcsref_buf *words) {
  const serve_operation *operation;
  (void)program;
  for (size_t i = 0; (operation = serve_operation_at(i)) != NULL; i++)
    append_word(words, operation->name);
}

static void append_schemas(const cli_command *program, hcsref_buf *words) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  (void)program;
  for (size_t i = 0; i < count; i++)
    append_word(words, schemas[i].name);
}

/* "tap=": the path follows. */
static void append_reports(const cli_command *program, hcsref_buf *words) {
  (void)program;
  for (const char *c = kit_report_kinds; *c != '\0'; c++) {
    if (*c == '|')
      hcsref_buf_append(words, HCSREF_LIT("= "));
    else
      hcsref_buf_append_char(words, *c);
  }
  hcsref_buf_append(words, HCSREF_LIT("= "));
}

static void append_commands(const cli_command *program, hcsref_buf *words) {
  for (const cli_command *const *c = program->commands; *c != NULL; c++)
    append_word(words, (*c)->name);
}

static void append_topics(const cli_command *program, hcsref_buf *words) {
  for (size_t i = 0; cli_topic_at(i) != NULL; i++)
    append_word(words, cli_topic_at(i)->name);
  append_commands(program, words);
}

static const manual_list lists[] = {
    {.kind = CLI_PROFILE, .name = "profiles", .append = append_profiles},
    {.kind = CLI_OPERATION, .name = "operations", .append = append_operations},
    {.kind = CLI_SCHEMA, .name = "schemas", .append = append_schemas},
    {.kind = CLI_REPORT, .name = "reports", .append = append_reports},
    {.kind = CLI_COMMAND, .name = "commands", .append = append_commands},
    {.kind = CLI_TOPIC, .name = "topics", .append = append_topics},
    {.kind = CLI_AREA,
     .name = "areas",
     .posix = "hcsproof run --list 2>/dev/null | cut -d/ -f1 | sort -u",
     .powershell = "hcsproof run --list 2>$null | ForEach-Object { $_ -replace '/.*' } | Sort-Object -Unique"},
    {.kind = CLI_CASE,
     .name = "cases",
     .posix = "hcsproof run --list 2>/dev/null",
     .powershell = "hcsproof run --list 2>$null",
     .with_files = true},
    {.kind = CLI_GLOB,
     .name = "ids",
     .posix = "hcsproof run --list 2>/dev/null",
     .powershell = "hcsproof run --list 2>$null"},
};

const manual_list *manual_list_at(size_t i) {
  return i < CLI_COUNT(lists) ? &lists[i] : NULL;
}

const manual_list *manual_list_of(cli_kind kind) {
  for (size_t i = 0; i < CLI_COUNT(lists); i++)
    if (lists[i].kind == kind)
      return &lists[i];
  return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof explain: what somebody has in hand, in words. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "explain/codes.h"
#include "explain/entries.h"
#include "explain/session.h"
#include "explain/text.h"
#include "io/input.h"
#include "io/message.h"
#include "io/print.h"
#include "platform/platform.h"
#include "run/cases/history.h"
#include "run/cases/suite.h"

#include <string.h>

/* Longest text that is explained. */
#define TEXT_LIMIT ((uint64_t)64 << 20)
typedef struct explain_options {
  cli_list suites;
  const char *as, *profile;
  bool json;
} explain_options;

/* ---- one thing --------------------------------------------------------------------------------------------- */

static int explain_words(explain_session *s, const char *what, hcsref_str text) {
  hcsref_arena arena;
  explain_page page = {.arena = &arena, .profile = s->profile};
  int status;
  hcsref_arena_init(&arena, NULL, 0);
  if (explain_text(&page, text) || page.failed)
    status = explain_emit(s, what, &page);
  else
    status = explain_unknown(
        s, what, "nothing is known about '%.60s'; it holds no code, document or case that can be explained", what);
  hcsref_arena_free(&arena);
  return status;
}

static bool is_suite_file(const char *path, hcsref_str text) {
  size_t length = strlen(path);
  bool lines = length > 6 && strcmp(path + length - 6, ".jsonl") == 0;
  return explain_is_case(text, lines);
}

static int explain_file(explain_session *s, const char *path) {
  input_text file = {0};
  int status = CLI_KIT;
  if (platform_is_folder(path))
    return explain_cases(s, path, true);
  if (!input_read(path, TEXT_LIMIT, NULL, &file))
    kit_print(stderr, "hcsproof explain: %s: %s\n", file.name, file.message);
  else if (is_suite_file(path, hcsref_str_from(file.data, file.length)))
    status = explain_cases(s, path, true);
  else
    status = explain_words(s, file.name, hcsref_str_from(file.data, file.length));
  input_free(&file);
  return status;
}

static int explain_known(explain_session *s, const char *what, uint32_t value, const explain_code *code) {
  hcsref_arena arena;
  explain_page page = {.arena = &arena};
  int status;
  hcsref_arena_init(&arena, NULL, 0);
  if (code != NULL)
    explain_code_page(&page, value, code);
  else
    explain_entry_page(&page, what);
  status = explain_emit(s, what, &page);
  hcsref_arena_free(&arena);
  return status;
}

static int unknown_number(explain_session *s, const char *what, uint32_t value) {
  if ((value & 0xFFFF0000u) == 0x80070000u || value <= 0xFFFFu)
    return explain_unknown(s, what, "nothing is known about '%.60s', Win32 error %llu (try 'net helpmsg' on Windows)",
                           what, (unsigned long long)(value & 0xFFFFu));
  return explain_unknown(s, what, "nothing is known about '%.60s'", what);
}

/* A code of the kit, a number or a name. False: it is none of them. */
static bool explain_code_word(explain_session *s, const char *what, int *status) {
  hcsref_str word = hcsref_cstr(what);
  explain_number number = {.code = explain_code_named(word)};
  if (explain_has_entry(what)) {
    *status = explain_known(s, what, 0, NULL);
  } else if (number.code != NULL) {
    *status = explain_known(s, what, number.code->result, number.code);
  } else if (explain_number_read(word, &number)) {
    *status =
        number.code != NULL ? explain_known(s, what, number.value, number.code) : unknown_number(s, what, number.value);
  } else {
    return false;
  }
  return true;
}

/* ---- which it is ------------------------------------------------------------------------------------------- */

/* The letters of ids and globs, with a slash or a star among them. */
static bool is_case_pattern(const char *what) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@/*?[]!";
  return strspn(what, letters) == strlen(what) && strpbrk(what, "/*") != NULL;
}

/* One word of letters as codes of the kit have them. */
static bool is_slug(const char *what) {
  return *what != '\0' &&
         strspn(what, "abcdefghijklmnopqrstuvwxyz0123456789-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(what);
}

static int unknown_word(explain_session *s, const char *what) {
  const char *near = explain_entry_near(what);
  return explain_unknown(s, what, "nothing is known about '%.60s'%s%s%s", what, near == NULL ? "" : "; did you mean '",
                         near == NULL ? "" : near, near == NULL ? "" : "'?");
}

static int explain_forced(explain_session *s, const char *as, const char *what) {
  int status;
  if (strcmp(as, "case") == 0)
    return explain_cases(s, what, kit_path_exists(what));
  if (strcmp(as, "text") == 0)
    return explain_words(s, what, hcsref_cstr(what));
  return explain_code_word(s, what, &status) ? status : unknown_word(s, what);
}

/* The path of a file by its ending. Neither an id nor a code has one. */
static bool is_path(const char *what) {
  static const char *const endings[] = {".json", ".jsonl", ".log", ".txt", ".yaml", ".yml", NULL};
  const char *dot = strrchr(what, '.');
  for (size_t i = 0; dot != NULL && endings[i] != NULL; i++)
    if (strcmp(dot, endings[i]) == 0)
      return strpbrk(what, " *?[\n") == NULL;
  return false;
}

static int explain(explain_session *s, const char *as, const char *what) {
  int status;
  if (strcmp(what, "-") == 0)
    return explain_file(s, what);
  if (strcmp(as, "auto") != 0)
    return explain_forced(s, as, what);
  if (kit_path_exists(what))
    return explain_file(s, what);
  if (is_path(what))
    return explain_unknown(s, what, "the file '%.200s' does not exist", what);
  if (is_case_pattern(what))
    return explain_cases(s, what, false);
  if (explain_code_word(s, what, &status))
    return status;
  return is_slug(what) && what[strlen(what) - 1] != '.' ? unknown_word(s, what)
                                                        : explain_words(s, what, hcsref_cstr(what));
}

static int explain_all(explain_session *s, const explain_options *o, const cli_list *operands) {
  int worst = CLI_OK;
  fputs(s->json ? "[" : "", stdout);
  for (size_t i = 0; i < operands->count; i++) {
    int status = explain(s, o->as, operands->items[i]);
    worst = status > worst ? status : worst;
  }
  fputs(s->json ? "]\n" : "", stdout);
  return worst;
}

static int run(const cli_invocation *invocation) {
  const explain_options *o = invocation->options;
  explain_session s = {.json = o->json, .width = explain_width(stdout), .suites = &o->suites};
  hcsref_arena arena;
  hcsref_error err = {0};
  int status;
  hcsref_arena_init(&arena, NULL, 0);
  s.profile = o->profile == NULL ? NULL : cli_profile_find(&arena, hcsref_cstr(o->profile), &err);
  if (o->profile != NULL && s.profile == NULL) {
    message_error("--profile", &err);
    status = strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  } else {
    status = explain_all(&s, o, &invocation->operands);
  }
  hcsref_arena_free(&arena);
  return status;
}
#define OPTION(field) .offset = offsetof(explain_options, field)

static const cli_option options[] = {
    {.name = "as",
     .kind = CLI_CHOICE,
     OPTION(as),
     .argument = "KIND",
     .choices = "auto|case|code|text",
     .fallback = "auto",
     .help =
         "What WHAT is. A case is an id, a glob or a file; a code is a result, a name, a lint rule or an error code "
         "of the kit; a text is explained as it stands. With auto, the first that fits, in the order above."},
    {.name = "json",
     .kind = CLI_FLAG,
     OPTION(json),
     .help =
         "An array of objects for tools: what, kind (null: nothing is known), title, and sections with name, heading "
         "and lines."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help =
         "The releases that read a document, and that make one of a spec or config ('hcsproof profiles' lists them). "
         "Without it, any release's fields are accepted, and the newest releases make the document.",
     .example = "containerd-2.2"},
    {.name = "suite",
     .kind = CLI_FILE,
     .repeatable = true,
     OPTION(suites),
     .argument = "PATH",
     .help = "Where to look for cases: a folder or file of cases; repeat for more. Without it the suite in ./golden, "
             "else the installed one."},
};

static const cli_example examples[] = {
    {"hcsproof explain 0xC0370106", "Explains a code from an error message, in any spelling."},
    {"hcsproof explain -1070137082", "Explains the same kind of code as a signed decimal."},
    {"hcsproof explain - <error.txt", "Explains a whole message, with the document in it."},
    {"hcsproof explain cpu-exclusive root-readonly", "Explains a lint rule and an error code of translate."},
    {"hcsproof explain cpu/all-three 'pipe/*'", "Explains a case by its id, and several by a glob."},
};

static const cli_status statuses[] = {
    {CLI_OK, "all of it was explained"},
    {CLI_FAILED, "nothing is known about one of them, or there is no such case"},
    {CLI_USAGE, "wrong options, or no suite for a case's id"},
    {CLI_KIT, "a file could not be read"},
};

const cli_command explain_command = {
    .name = "explain",
    .summary = "say what an error code, a log line, a result, a rule or a case means",
    .operands = "WHAT...",
    .operand_kind = CLI_CASE,
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .description =
        "WHAT is whatever you have: a code from an error message (0x8037010D, C0370106, -1070137082, "
        "HCS_E_INVALID_JSON), "
        "the message itself with the document in it, a result document, a lint rule or an error code of this program, "
        "or a case.\n\nThe first of these that fits counts: - (standard input), a file, a case's id or a glob "
        "on "
        "ids, a code, else a text. Nothing is sent anywhere.",
    .options_size = sizeof(explain_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof run. */
#include "cli/commands.h"
#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"
#include "run/cases/suite.h"
#include "run/old.h"
#include "run/survey.h"
#include "run/testee/greet.h"

#include <string.h>

/* ---- what to play ------------------------------------------------------------------------------------- */

/* Null for an empty list. False: out of memory. */
static bool index_globs(run_state *s, const cli_list *globs, kit_patterns **out) {
  hcsref_str *texts = hcsref_arena_array(&s->arena, globs->count, sizeof(*texts));
  size_t i;
  if (globs->count == 0)
    return true;
  for (i = 0; texts != NULL && i < globs->count; i++)
    texts[i] = hcsref_cstr(globs->items[i]);
  *out = texts == NULL ? NULL : kit_patterns_new(texts, globs->count);
  return *out != NULL;
}

/* Where what the cases expect is of no interest it does not matter for which releases they hold. */
static bool asks_everything(const run_options *o) {
  return o->profile == NULL && (o->against != NULL || o->output != NULL);
}

static bool find_profile(run_state *s, hcsref_error *err) {
  const run_options *o = s->o;
  const kit_start start = {asks_everything(o) ? NULL : o->testee, o->timeout, o->memory_limit};
  kit_choice choice;
  if (!kit_choose_for(&s->arena, o->profile, &start, &choice, err))
    return false;
  s->profile = choice.profile;
  if (!asks_everything(o))
    s->console.why = choice.why;
  return true;
}

static bool select_cases(run_state *s, hcsref_error *err) {
  const run_options *o = s->o;
  kit_tag_expression *tags;
  kit_level level;
  size_t i;
  if (!index_globs(s, &o->ids, &s->ids) || !index_globs(s, &o->excluded, &s->excluded))
    return hcsref_fail_memory(err);
  s->selection.ids = s->ids;
  s->selection.excluded = s->excluded;
  s->selection.areas = o->areas.items;
  s->selection.area_count = o->areas.count;
  s->selection.ops = o->ops.items;
  s->selection.op_count = o->ops.count;
  s->selection.profile = s->profile;
  s->selection.any_profile = asks_everything(o);
  s->selection.remembered = hcsref_arena_alloc(&s->arena, sizeof(*s->selection.remembered));
  for (i = 0; i < o->levels.count; i++)
    if (kit_level_from_name(hcsref_cstr(o->levels.items[i]), &level))
      s->selection.levels |= 1u << level;
  if (o->tags == NULL)
    return true;
  if (!kit_tags_parse(&s->arena, hcsref_cstr(o->tags), &tags, err))
    return false;
  s->selection.tags = tags;
  return true;
}

/* ---- how to play -------------------------------------------------------------------------------------- */

static bool choose_mode(run_state *s, const char **command) {
  const run_options *o = s->o;
  if ((o->testee != NULL) + (o->one_shot != NULL) + (o->documents != NULL) != 1)
    return false;
  s->run.mode = o->testee != NULL ? KIT_PIPE : o->one_shot != NULL ? KIT_ONE_SHOT : KIT_DOCUMENTS;
  s->run.documents = o->documents;
  *command = o->testee != NULL ? o->testee : o->one_shot;
  return true;
}

static bool configure(run_state *s, hcsref_error *err) {
  const run_options *o = s->o;
  const char *command;
  if (!choose_mode(s, &command))
    return hcsref_fail(&s->arena, err, "usage", HCSREF_LIT(""), "give %s (see 'hcsproof %s --help')",
                       strcmp(s->invocation->command->name, "run") == 0 ? "one of --testee, --one-shot or --documents"
                                                                        : "--testee",
                       s->invocation->command->name);
  s->run.jobs = (size_t)o->jobs;
  s->run.window = (size_t)o->window;
  s->run.timeout = o->timeout;
  s->run.answer_limit = o->answer_limit;
  s->run.memory_limit = o->memory_limit;
  s->run.restarts = o->restarts;
  s->run.max_fail = o->fail_fast ? 1 : o->max_fail;
  s->run.strict = o->strict;
  s->run.group = true;
  s->run.profile = s->profile;
  s->run.anonymous = asks_everything(o);
  s->run.selection = &s->selection;
  (void)kit_tier_from_name(hcsref_cstr(o->compare), &s->run.rules.tier);
  (void)kit_error_check_from_name(hcsref_cstr(o->errors), &s->run.rules.errors);
  if (o->documents != NULL && !platform_is_folder(o->documents))
    return hcsref_fail(&s->arena, err, "documents", HCSREF_LIT(""), "--documents %s: %s", o->documents,
                       kit_path_exists(o->documents) ? "is not a folder" : "no such folder");
  return command == NULL || kit_command_split(&s->arena, hcsref_cstr(command), &s->run.command, err);
}

/* A report on standard output: what people read goes to standard error then. */
static bool ends_in_dash(const char *report) {
  const char *equals = strchr(report, '=');
  return equals != NULL && strcmp(equals, "=-") == 0;
}

/* A line name means another release tomorrow: the repro line has the release. Null: out of memory. */
static const char *full_name(run_state *s) {
  const hcsref_str end = hcsref_str_from("", 1);
  hcsref_str name;
  return hcsref_format(&s->arena, &name, "%v%v", hcsref_profile_name(s->profile), end) ? name.data : NULL;
}

static bool set_up_console(run_state *s) {
  const run_options *o = s->o;
  size_t i;
  const char *profile = full_name(s);
  hcsref_buf repro = {&s->arena, NULL, 0, 0, false};
  if (profile == NULL)
    return false;
  kit_append_option(&repro, "testee", o->testee, NULL);
  kit_append_option(&repro, "one-shot", o->one_shot, NULL);
  kit_append_option(&repro, "documents", o->documents, NULL);
  kit_append_option(&repro, "against", o->against, NULL);
  kit_append_option(&repro, "profile", asks_everything(o) ? NULL : profile, NULL);
  kit_append_option(&repro, "compare", o->compare, "semantic");
  kit_append_option(&repro, "errors", o->errors, "any");
  s->console.out = stdout;
  if (o->output != NULL && output_is_standard(o->output))
    s->console.out = stderr;
  for (i = 0; i < o->reports.count; i++)
    if (ends_in_dash(o->reports.items[i]))
      s->console.out = stderr;
  s->console.progress = platform_is_terminal(stderr) && !o->quiet ? stderr : NULL;
  s->console.color = cli_color(s->invocation, s->console.out);
  s->console.verbose = o->verbose;
  s->console.quiet = o->quiet;
  s->console.shown = (size_t)o->shown;
  s->console.asks = true;
  s->console.repro = hcsref_buf_str(&repro);
  return !repro.failed;
}

static int complain_error(run_state *s, const hcsref_error *err) {
  run_complain_case(s, err->message);
  return strcmp(err->code, "out-of-memory") == 0 || strcmp(err->code, "documents") == 0 ? CLI_KIT : CLI_USAGE;
}

int run_prepare(run_state *s) {
  hcsref_error err;
  char message[600];
  int status;
  s->source = kit_source_new();
  if (s->source == NULL)
    return CLI_KIT;
  status = kit_suite_open(s->source, &s->invocation->operands, s->o->suite, &s->o->ids, message, sizeof(message));
  if (status != CLI_OK)
    return run_complain(s, status, message);
  s->history = kit_history_open(&s->invocation->operands, s->o->suite);
  if (s->history == NULL || !kit_home_open(&s->home, &s->invocation->operands, s->o->suite))
    return run_complain(s, CLI_KIT, "out of memory");
  kit_history_follow(s->history, &s->o->ids, run_complain_case, s);
  kit_history_follow(s->history, &s->o->excluded, run_complain_case, s);
  return find_profile(s, &err) && select_cases(s, &err) ? run_survey(s) : complain_error(s, &err);
}

int run_set_up(run_state *s) {
  hcsref_error err;
  if (!configure(s, &err))
    return complain_error(s, &err);
  return set_up_console(s) ? CLI_OK : CLI_KIT;
}

void run_open(run_state *s, const cli_invocation *invocation) {
  memset(s, 0, sizeof(*s));
  s->invocation = invocation;
  s->o = invocation->options;
  hcsref_arena_init(&s->arena, NULL, 0);
}

void run_close(run_state *s) {
  run_old_free(s->old);
  kit_source_free(s->source);
  kit_history_free(s->history);
  kit_levels_free(s->levels);
  kit_home_free(&s->home);
  kit_patterns_free(s->ids);
  kit_patterns_free(s->excluded);
  hcsref_arena_free(&s->arena);
}

static int run_cases(run_state *s) {
  int status = run_prepare(s);
  if (status != CLI_OK)
    return status;
  if (s->o->list)
    return run_list(s);
  if (s->o->dry_run)
    return run_dry(s);
  status = run_set_up(s);
  return status == CLI_OK ? run_play(s) : status;
}

int kit_run_command(const cli_invocation *invocation) {
  run_state s;
  int status;
  run_open(&s, invocation);
  status = run_cases(&s);
  run_close(&s);
  return status;
}

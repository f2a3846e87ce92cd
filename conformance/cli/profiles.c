/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof profiles: which releases can be named, and what each is made of. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/print.h"

#include <string.h>

struct profiles_options {
  bool recorded;
};

static int out_of_memory(void) {
  fprintf(stderr, "hcsproof profiles: out of memory [out-of-memory]\n");
  return CLI_KIT;
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

/* "hcsshim 0.13.0, go 1.25.11": what comes with it. */
static void print_parts(hcsref_program program, const hcsref_release *release) {
  if (program == HCSREF_PROGRAM_CONTAINERD)
    printf("hcsshim %s, ", release->shim);
  printf("runtime-spec %s, go %s\n", release->runtime_spec, release->go);
}

static void list_program(const struct profiles_options *o, hcsref_program program) {
  size_t count;
  const hcsref_release *releases = hcsref_releases(program, &count);
  for (size_t i = count; i > 0; i--) {
    const hcsref_release *release = &releases[i - 1];
    char name[64];
    if (o->recorded && !release->recorded)
      continue;
    snprintf(name, sizeof(name), "%s-%s", hcsref_program_name(program), release->name);
    printf("%-24s %-9s ", name, release->recorded ? "recorded" : "computed");
    print_parts(program, release);
  }
}

static int list_all(const struct profiles_options *o, hcsref_arena *arena) {
  const hcsref_profile *newest = hcsref_profile_find(arena, HCSREF_LIT("newest"), NULL);
  if (newest == NULL)
    return out_of_memory();
  kit_print(stdout, "newest is %v\n", hcsref_profile_name(newest));
  printf("baseline is containerd 2bc77b8a2, hcsshim 0af576d29, go 1.19, mounts sorted stably\n\n");
  for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++)
    list_program(o, (hcsref_program)program);
  return CLI_OK;
}

/* ---- one ---------------------------------------------------------------------------------------------------- */

static void print_program(const hcsref_profile *profile, hcsref_program program) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, program);
  size_t count = 0;
  if (rules == NULL)
    return;
  for (size_t i = 0; i < hcsref_change_count(); i++)
    count += hcsref_rules_have(rules, i);
  kit_print(stdout, "  %s %v: %llu changes in force\n", hcsref_program_name(program),
            hcsref_profile_release(profile, program), (unsigned long long)count);
  for (size_t i = 0; i < hcsref_change_count(); i++)
    if (hcsref_rules_have(rules, i))
      printf("    %s\n", hcsref_change_at(i).slug);
}

static int show(hcsref_arena *arena, const char *name) {
  hcsref_error err = {0};
  const hcsref_profile *profile = cli_profile_find(arena, hcsref_cstr(name), &err);
  if (profile == NULL) {
    kit_print(stderr, "hcsproof profiles: %v [%s]\n", err.message, err.code);
    return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  kit_print(stdout, "%v\n", hcsref_profile_name(profile));
  for (int program = 0; program < HCSREF_PROGRAM_COUNT; program++)
    print_program(profile, (hcsref_program)program);
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  hcsref_arena arena;
  int status = CLI_OK;
  hcsref_arena_init(&arena, NULL, 0);
  if (invocation->operands.count == 0)
    status = list_all(invocation->options, &arena);
  for (size_t i = 0; status == CLI_OK && i < invocation->operands.count; i++)
    status = show(&arena, invocation->operands.items[i]);
  hcsref_arena_free(&arena);
  return status;
}

static const cli_option option_table[] = {
    {.name = "recorded",
     .kind = CLI_FLAG,
     .offset = offsetof(struct profiles_options, recorded),
     .help = "List only releases whose real program was run and its answers recorded."},
};

static const cli_example examples[] = {
    {"hcsproof profiles", "Lists every release that --profile takes, newest first."},
    {"hcsproof profiles containerd-2.1", "Shows what that profile is made of and which changes are in force."},
};

static const cli_status statuses[] = {
    {CLI_OK, "printed"},
    {CLI_USAGE, "wrong options, or no profile of that name"},
    {CLI_KIT, "standard output could not be written, or out of memory"},
};

const cli_command profiles_command = {
    .name = "profiles",
    .summary = "list the releases that can be named and what each is made of",
    .operands = "[NAME]...",
    .operand_kind = CLI_PROFILE,
    .most_operands = SIZE_MAX,
    .description =
        "A profile is a set of programs, each of one release: \"containerd-2.1.9\" is that release with the shim that "
        "it bundles and its Go; \"hcsshim-0.13.0\", \"moby-28.5.2\" and \"go-1.22.12\" are one program alone. "
        "\"containerd-2.1\" is the newest of that line, \"containerd-main\" the main branch. Append \"+go-1.22.12\" to "
        "build every program with another Go, or \"+hcsshim-0.14.1\" to take another shim.\n\nRecorded: the real "
        "program of that release was run, and its answers are in golden/recorded. Computed: its behaviour follows from "
        "the table of changes, which gives for each change the release of each line that brought it.",
    .options_size = sizeof(struct profiles_options),
    .options = option_table,
    .option_count = CLI_COUNT(option_table),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

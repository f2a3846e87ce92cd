/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof changes: what changes for people between two releases. */
#include "cli/change.h"
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/print.h"
#include "translate/impact.h"

#include <stdlib.h>
#include <string.h>

/* A change that one of the two has and the other has not. */
typedef struct difference {
  hcsref_change_info info;
  hcsref_program program; /* the first whose behaviour it changes */
  bool came;              /* it is in force in the second */
} difference;

static int by_level(const void *a, const void *b) {
  const difference *x = a, *y = b;
  int order = (int)x->info.level - (int)y->info.level;
  if (order == 0)
    order = (int)x->program - (int)y->program;
  return order != 0 ? order : strcmp(x->info.slug, y->info.slug);
}

/* All differences, worst first; null: out of memory. */
static difference *find_differences(const hcsref_profile *from, const hcsref_profile *to, size_t *count) {
  difference *list = calloc(hcsref_change_count(), sizeof(*list));
  *count = 0;
  for (size_t i = 0; list != NULL && i < hcsref_change_count(); i++) {
    int program = cli_changed_program(from, to, i);
    if (program == HCSREF_PROGRAM_COUNT)
      continue;
    list[*count].info = hcsref_change_at(i);
    list[*count].program = (hcsref_program)program;
    list[*count].came = hcsref_rules_have(hcsref_profile_rules(to, (hcsref_program)program), i);
    ++*count;
  }
  if (list != NULL)
    qsort(list, *count, sizeof(*list), by_level);
  return list;
}

/* ---- printing ------------------------------------------------------------------------------------------------ */

static void print_difference(const difference *d) {
  printf("%-6s %s%s\n", cli_change_level(d->info.level), d->came ? "" : "no longer: ", d->info.slug);
  cli_print_sentence(stdout, d->info.what, 2);
  printf("  %s %s%s%s; %s\n", d->info.part, d->info.since[0] == '\0' ? "" : "since ", d->info.since,
         d->info.until[0] == '\0' ? "" : " until ", d->info.until[0] == '\0' ? d->info.upstream : d->info.until);
}

static const hcsref_profile *find(hcsref_arena *arena, const char *name, int *status) {
  hcsref_error err = {0};
  const hcsref_profile *found = cli_profile_find(arena, hcsref_cstr(name), &err);
  if (found == NULL) {
    kit_print(stderr, "hcsproof changes: %v [%s]\n", err.message, err.code);
    *status = strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  return found;
}

/* Profiles without a program in common cannot be compared, which must not look like agreement. */
static bool have_common_program(const hcsref_profile *from, const hcsref_profile *to) {
  for (int p = 0; p < HCSREF_PROGRAM_COUNT; p++)
    if (hcsref_profile_rules(from, (hcsref_program)p) != NULL && hcsref_profile_rules(to, (hcsref_program)p) != NULL)
      return true;
  return false;
}

static int print_all(const hcsref_profile *from, const hcsref_profile *to) {
  size_t count, must = 0;
  difference *list = find_differences(from, to, &count);
  if (list == NULL) {
    fprintf(stderr, "hcsproof changes: out of memory [out-of-memory]\n");
    return CLI_KIT;
  }
  kit_print(stdout, "from %v to %v\n", hcsref_profile_name(from), hcsref_profile_name(to));
  for (size_t i = 0; i < count; i++) {
    putchar('\n');
    print_difference(&list[i]);
    must += list[i].info.level == HCSREF_LEVEL_MUST;
  }
  printf("\n%llu changes, %llu of level must\n", (unsigned long long)count, (unsigned long long)must);
  free(list);
  return must > 0 ? CLI_FAILED : CLI_OK;
}

/* Of the containers that follow the two. */
static int print_impact(const cli_invocation *invocation, const hcsref_profile *from, const hcsref_profile *to) {
  const cli_list files = {invocation->operands.items + 2, invocation->operands.count - 2};
  return impact_print(invocation->options, &files, from, to);
}

static int run(const cli_invocation *invocation) {
  hcsref_arena arena;
  int status = CLI_USAGE;
  const hcsref_profile *from, *to;
  hcsref_arena_init(&arena, NULL, 0);
  from = find(&arena, invocation->operands.items[0], &status);
  to = from == NULL ? NULL : find(&arena, invocation->operands.items[1], &status);
  if (to != NULL && have_common_program(from, to))
    status = invocation->operands.count == 2 ? print_all(from, to) : print_impact(invocation, from, to);
  else if (to != NULL)
    fprintf(stderr, "hcsproof changes: the two profiles have no program in common\n");
  hcsref_arena_free(&arena);
  return status;
}

#define AT(member) offsetof(impact_setup, member)

static const cli_option options[] = {
    {.name = "pod",
     .kind = CLI_FILE,
     .offset = AT(pod),
     .argument = "FILE",
     .help = "The pod of CRI container configs, as for translate.",
     .example = "pod.json"},
    {.name = "image",
     .kind = CLI_FILE,
     .offset = AT(image),
     .argument = "FILE",
     .help = "The image of CRI configs, as for translate.",
     .example = "image.json"},
    {.name = "runtime",
     .kind = CLI_FILE,
     .offset = AT(runtime),
     .argument = "FILE",
     .help = "containerd's configuration of the runtime, as for translate.",
     .example = "runtime.json"},
    {.name = "host",
     .kind = CLI_FILE,
     .offset = AT(host),
     .argument = "FILE",
     .help = "Facts about the host, as for translate.",
     .example = "host.json"},
};

static const cli_example examples[] = {
    {"hcsproof changes containerd-1.7 containerd-2.3", "Lists what upgrading a node changes, worst first."},
    {"hcsproof changes hcsshim-0.12.9 hcsshim-0.13.0", "Lists what changes in the shim alone."},
    {"hcsproof changes containerd-1.7 containerd-2.3 --pod pod.json web.json db.json",
     "Says which of these containers an upgrade changes, and how."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing of level must changes; with containers: none of them changes"},
    {CLI_FAILED, "something of level must changes; with containers: one of them changes"},
    {CLI_USAGE,
     "wrong operands, an unknown profile, two without a program in common, or a file of which neither release "
     "makes anything"},
    {CLI_KIT, "a file could not be read, or out of memory"},
};

const cli_command changes_command = {
    .name = "changes",
    .summary = "list what changes for users between two releases",
    .operands = "FROM TO [CONTAINER...]",
    .operand_kind = CLI_PROFILE,
    .least_operands = 2,
    .most_operands = SIZE_MAX,
    .description = "Compares two profiles (hcsproof profiles) and prints every change of upstream's behaviour between "
                   "them, worst first: must, where containers fail or lose a protection; should, where documents or "
                   "messages differ where people look; may, odd inputs. Programs that only one of the two has are left "
                   "out.\n\nWith CONTAINER, a file of any kind that translate reads, it says instead which of these "
                   "containers change: for each, how its spec, its documents and everything else that is made of it "
                   "differ (before: in FROM, after: in TO), and which changes make the difference.",
    .options_size = sizeof(impact_setup),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

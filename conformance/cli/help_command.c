/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof help: a command's help, or a topic. */
#include "cli/commands.h"
#include "io/print.h"

#include <string.h>

static const cli_command *find_command(const cli_invocation *invocation, const char *name) {
  for (const cli_command *const *c = invocation->path[0]->commands; *c != NULL; c++)
    if (strcmp((*c)->name, name) == 0)
      return *c;
  return NULL;
}

static int print_command(const cli_invocation *invocation, const cli_command *command) {
  cli_invocation other = *invocation;
  other.path[other.depth - 1] = command;
  other.command = command;
  cli_print_help(stdout, &other);
  return CLI_OK;
}

static void list_topics(const cli_invocation *invocation) {
  print_command(invocation, invocation->command);
  fputs("\nTopics:\n", stdout);
  for (size_t i = 0; cli_topic_at(i) != NULL; i++)
    printf("  %-14s%s\n", cli_topic_at(i)->name, cli_topic_at(i)->summary);
}

static int unknown_topic(const cli_invocation *invocation, const char *name) {
  const char *names[64];
  const char *near;
  size_t count = 0;
  for (size_t i = 0; cli_topic_at(i) != NULL; i++)
    names[count++] = cli_topic_at(i)->name;
  for (const cli_command *const *c = invocation->path[0]->commands; *c != NULL && count < CLI_COUNT(names) - 1; c++)
    names[count++] = (*c)->name;
  names[count] = NULL;
  near = cli_nearest(name, names);
  kit_print(stderr, "hcsproof help: unknown topic '%.80s'%s%s%s (see 'hcsproof help')\n", name,
            near == NULL ? "" : "; did you mean '", near == NULL ? "" : near, near == NULL ? "" : "'?");
  return CLI_USAGE;
}

static int run(const cli_invocation *invocation) {
  const char *name = invocation->operands.count > 0 ? invocation->operands.items[0] : NULL;
  const cli_command *command;
  if (name == NULL) {
    list_topics(invocation);
    return CLI_OK;
  }
  for (size_t i = 0; cli_topic_at(i) != NULL; i++) {
    if (strcmp(cli_topic_at(i)->name, name) == 0) {
      fputs(cli_topic_at(i)->text, stdout);
      return CLI_OK;
    }
  }
  command = find_command(invocation, name);
  return command != NULL ? print_command(invocation, command) : unknown_topic(invocation, name);
}

static const cli_example examples[] = {
    {"hcsproof help protocol", "Explains what a testee reads and writes."},
    {"hcsproof help translate", "Prints the help of a command, as 'hcsproof translate --help' does."},
};

static const cli_status statuses[] = {{CLI_OK, "printed"}, {CLI_USAGE, "unknown topic"}};

const cli_command help_command = {
    .name = "help",
    .summary = "explain a command or a topic",
    .operands = "[TOPIC]",
    .operand_kind = CLI_TOPIC,
    .most_operands = 1,
    .description = "Prints the help of a command, or explains a topic that belongs to more than one. Without TOPIC it "
                   "lists the topics.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

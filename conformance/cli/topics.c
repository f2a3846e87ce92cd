/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof help: a command's help, or a topic that belongs to no single command. */
#include "cli/commands.h"
#include "io/print.h"

#include <string.h>

typedef struct topic {
  const char *name, *summary, *text;
} topic;

static const topic topics[] = {
    {"protocol", "how a testee is asked and answers",
     "A testee is any program that reads one JSON object per line on standard input and writes one per line to "
     "standard\n"
     "output. Standard error is free: it is kept and shown with a failure.\n"
     "\n"
     "  runner  {\"hello\":{\"protocol\":1,\"kit\":\"hcsproof 0.2.0\",\"profile\":\"baseline\"}}\n"
     "  testee  "
     "{\"hello\":{\"protocol\":1,\"name\":\"mine\",\"version\":\"1.0\",\"language\":\"go\",\"ops\":[\"oci-to-hcs\"],\n"
     "           \"profiles\":[\"baseline\"]}}\n"
     "  runner  {\"id\":7,\"op\":\"oci-to-hcs\",\"params\":{\"spec\":{...},\"options\":{...},\"host\":{...}}}\n"
     "  testee  {\"id\":7,\"ok\":{\"v1\":{...},\"v2\":{...}}}\n"
     "      or  {\"id\":7,\"error\":{\"code\":\"...\",\"message\":\"...\"}}     the code is optional\n"
     "      or  {\"id\":7,\"unsupported\":\"no utility VMs\"}             skipped, never passed\n"
     "\n"
     "The runner may ask many questions before the first answer; answers may come in any order. At the end of "
     "standard\n"
     "input the testee exits with 0. \"spec_base64\" may stand for \"spec\" where the exact bytes matter. A reply may\n"
     "carry \"host_calls\", the questions that were asked of the host, in order.\n"},
    {"host", "the facts about a host, in cases and for --host",
     "The \"host\" object of a case, and the file of --host:\n\n  processor_count  processors of the host (default "
     "4)\n  os_build         build of Windows (default 20348)\n  layer_ids        {layer folder or its last part: GUID "
     "or {\"error\": text}}\n  resolve          {path: target or {\"error\": text}}; a path that is not listed is not "
     "found\n  paths            for stage 1: {path: {\"stat\": \"ok\" (default), \"not_exist\" or an error text,\n     "
     "              \"resolve\": target or {\"error\": text} (default: itself), \"mkdir\": {\"error\": text}}}\n  "
     "files            {path: contents or {\"data\", \"dir\", \"error\" (stat fails), \"read_error\"}}\n  uvm_folder   "
     "    folder of the utility VM image or {\"error\": text}; without it, found through files\n\nThe "
     "\"hosting_system\" object, and the file of --hosting-system:\n\n  id, os (\"windows\" or \"linux\"), "
     "processor_count, process_dump_location\n  vsmb             {host path: path in the utility VM or {\"error\": "
     "text}}\n  vsmb_shares      [{\"host_path\", \"read_only\", \"name\", \"file\"}], looked up as hcsshim does\n"},
    {"environment", "environment variables",
     "  HCSPROOF_SUITE  folder of the suite to use when --suite is not given\n"
     "  NO_COLOR        when set and not empty, --color auto means never\n"
     "  TERM            when \"dumb\", --color auto means never\n"},
};

static const cli_command *find_command(const cli_invocation *invocation, const char *name) {
  for (const cli_command *const *c = invocation->path[0]->commands; *c != NULL; c++)
    if (strcmp((*c)->name, name) == 0)
      return *c;
  return NULL;
}

const char *cli_topic_at(size_t i) {
  return i < CLI_COUNT(topics) ? topics[i].name : NULL;
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
  for (size_t i = 0; i < CLI_COUNT(topics); i++)
    printf("  %-14s%s\n", topics[i].name, topics[i].summary);
}

static int unknown_topic(const cli_invocation *invocation, const char *name) {
  const char *names[64];
  const char *near;
  size_t count = 0;
  for (size_t i = 0; i < CLI_COUNT(topics); i++)
    names[count++] = topics[i].name;
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
  for (size_t i = 0; i < CLI_COUNT(topics); i++) {
    if (strcmp(topics[i].name, name) == 0) {
      fputs(topics[i].text, stdout);
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

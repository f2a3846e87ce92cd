/* SPDX-License-Identifier: Apache-2.0 */
#include "manual/manual.h"

#include <string.h>

static void add_entries(const cli_command *command, const char *before, manual_entry *out, size_t room, size_t *count) {
  const cli_command *const *inner;
  manual_entry *entry = &out[*count];
  char words[sizeof(entry->words)];
  int length = snprintf(words, sizeof(words), "%s%s%s", before, before[0] == '\0' ? "" : " ", command->name);
  if (*count == room || length < 0 || (size_t)length >= sizeof(words))
    return;
  ++*count;
  entry->command = command;
  memcpy(entry->words, words, sizeof(words));
  for (inner = command->commands; inner != NULL && *inner != NULL; inner++)
    add_entries(*inner, entry->words, out, room, count);
}

size_t manual_entries(const cli_command *program, manual_entry *out, size_t room) {
  size_t count = 0;
  add_entries(program, "", out, room, &count);
  return count;
}

void manual_each_option(const cli_command *command, void (*print)(void *context, const cli_option *option),
                        void *context) {
  size_t i;
  for (i = 0; i < command->option_count; i++)
    print(context, &command->options[i]);
  for (i = 0; i < cli_common_option_count; i++)
    print(context, &cli_common_options[i]);
}

cli_kind manual_operand_kind(const cli_command *command) {
  if (command->operands == NULL)
    return CLI_TEXT;
  return command->operand_kind == CLI_FLAG ? CLI_FILE : command->operand_kind;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* --help, from the command's table, in 80 columns. */
#include "cli/options.h"

#include <string.h>

#define WIDTH         80
#define OPTION_COLUMN 28

/* Writes the words of `text` from column `column` on, each further line indented by `indent`. An empty line in the
 * text starts a paragraph. */
static void wrap(FILE *out, const char *text, size_t indent, size_t column) {
  bool first = true;
  while (*text != '\0') {
    size_t word = strcspn(text, " \n");
    if (!first && column + 1 + word > WIDTH) {
      fprintf(out, "\n%*s", (int)indent, "");
      column = indent;
    } else if (!first) {
      fputc(' ', out);
      column++;
    }
    fprintf(out, "%.*s", (int)word, text);
    column += word;
    text += word;
    first = false;
    if (text[0] == '\n' && text[1] == '\n') {
      fprintf(out, "\n\n%*s", (int)indent, "");
      column = indent;
      first = true;
    }
    text += strspn(text, " \n");
  }
  fputc('\n', out);
}

static void print_option(FILE *out, const cli_option *option) {
  char left[128];
  size_t length;
  char more[512];
  snprintf(left, sizeof(left), "  %c%c%s--%s%s%s", option->short_name ? '-' : ' ',
           option->short_name ? option->short_name : ' ', option->short_name ? ", " : "  ", option->name,
           option->argument != NULL ? " " : "", option->argument != NULL ? option->argument : "");
  length = strlen(left);
  if (length + 2 > OPTION_COLUMN)
    fprintf(out, "%s\n%*s", left, OPTION_COLUMN, "");
  else
    fprintf(out, "%-*s", OPTION_COLUMN, left);
  snprintf(more, sizeof(more), "%s%s%s%s%s%s%s%s", option->help, option->choices != NULL ? " One of " : "",
           option->choices != NULL ? option->choices : "", option->choices != NULL ? "." : "",
           option->repeatable ? " May be given more than once." : "", option->fallback != NULL ? " Default: " : "",
           option->fallback != NULL ? option->fallback : "", option->fallback != NULL ? "." : "");
  wrap(out, more, OPTION_COLUMN, OPTION_COLUMN);
  if (option->example != NULL)
    fprintf(out, "%*sExample: --%s %s\n", OPTION_COLUMN, "", option->name, option->example);
}

static void print_commands(FILE *out, const cli_command *command) {
  fputs("\nCommands:\n", out);
  for (const cli_command *const *c = command->commands; *c != NULL; c++) {
    fprintf(out, "  %-14s", (*c)->name);
    wrap(out, (*c)->summary, 16, 16);
  }
}

static void print_options(FILE *out, const cli_command *command) {
  fputs("\nOptions:\n", out);
  for (size_t i = 0; i < command->option_count; i++)
    print_option(out, &command->options[i]);
  for (size_t i = 0; i < cli_common_option_count; i++)
    print_option(out, &cli_common_options[i]);
}

static void print_examples(FILE *out, const cli_command *command) {
  fputs("\nExamples:\n", out);
  for (size_t i = 0; i < command->example_count; i++) {
    fprintf(out, "  %s\n      ", command->examples[i].line);
    wrap(out, command->examples[i].text, 6, 6);
  }
}

static void print_statuses(FILE *out, const cli_command *command) {
  fputs("\nExit status:\n", out);
  for (size_t i = 0; i < command->status_count; i++) {
    fprintf(out, "  %d  ", command->statuses[i].status);
    wrap(out, command->statuses[i].text, 5, 5);
  }
}

void cli_print_help(FILE *out, const cli_invocation *invocation) {
  const cli_command *command = invocation->command;
  char line[256];
  cli_command_line(invocation, line, sizeof(line));
  fprintf(out, "%s - ", line);
  wrap(out, command->summary, 2, strlen(line) + 3);
  fprintf(out, "\nUsage: %s%s%s%s\n\n", line, command->commands != NULL ? "" : " [OPTION]...",
          command->operands != NULL ? " " : "", command->operands != NULL ? command->operands : "");
  wrap(out, command->description, 0, 0);
  if (command->commands != NULL)
    print_commands(out, command);
  print_options(out, command);
  print_examples(out, command);
  print_statuses(out, command);
}

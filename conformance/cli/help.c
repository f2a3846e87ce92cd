/* SPDX-License-Identifier: Apache-2.0 */
/* -h and --help, from the command's table, as wide as the terminal. */
#include "cli/options.h"
#include "platform/platform.h"

#include <string.h>

/* Columns: used when the output is not a terminal, and the fewest and the most used on a terminal. */
#define WIDTH          80
#define LEAST_WIDTH    40
#define MOST_WIDTH     100
#define NARROW         70 /* below this, what an option does stands on lines of its own */
#define OPTION_COLUMN  28
#define COMMAND_COLUMN 16

/* Where the help goes. */
typedef struct page {
  FILE *out;
  size_t width;
  size_t option_column;
  bool brief;
} page;

size_t cli_first_sentence(const char *text) {
  const char *end = strstr(text, ". ");
  size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
  return length > 0 && text[length - 1] == '.' ? length - 1 : length;
}

/* How much of a word goes on one line: all of it, unless it is a list of choices that is longer than a line. */
static size_t fitting(const char *text, size_t word, size_t room) {
  size_t best = word;
  if (word <= room)
    return word;
  for (size_t i = 0; i < room; i++)
    if (text[i] == '|')
      best = i + 1;
  return best;
}

/* Writes the words of `text` from column `column` on, each further line indented by `indent`. An empty line in the
 * text starts a paragraph. */
static void wrap(const page *p, const char *text, size_t indent, size_t column) {
  bool first = true, inside = false;
  while (*text != '\0') {
    size_t word = strcspn(text, " \n"), part = fitting(text, word, p->width - indent);
    if (!first && (inside || column + 1 + part > p->width)) {
      fprintf(p->out, "\n%*s", (int)indent, "");
      column = indent;
    } else if (!first) {
      fputc(' ', p->out);
      column++;
    }
    fprintf(p->out, "%.*s", (int)part, text);
    column += part;
    text += part;
    first = false;
    inside = part < word;
    if (text[0] == '\n' && text[1] == '\n') {
      fprintf(p->out, "\n\n%*s", (int)indent, "");
      column = indent;
      first = true;
    }
    text += strspn(text, " \n");
  }
  fputc('\n', p->out);
}

/* The length of what a help text says first: up to the end of the sentence, a list or something in parentheses. */
static size_t first_clause(const char *text) {
  static const char *const ends[] = {": ", "; ", " ("};
  size_t length = cli_first_sentence(text);
  for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
    const char *end = strstr(text, ends[i]);
    if (end != NULL && (size_t)(end - text) < length && end - text > 12)
      length = (size_t)(end - text);
  }
  return length;
}

/* What an option does: a clause, or all there is to say. */
static void describe(const page *p, const cli_option *option, char *text, size_t size) {
  const char *fallback = option->fallback == NULL ? "" : option->fallback;
  if (p->brief) {
    snprintf(text, size, "%.*s%s%s", (int)first_clause(option->help), option->help, option->choices != NULL ? ": " : "",
             option->choices != NULL ? option->choices : "");
    return;
  }
  snprintf(text, size, "%s%s%s%s%s%s%s%s", option->help, option->choices != NULL ? " One of " : "",
           option->choices != NULL ? option->choices : "", option->choices != NULL ? "." : "",
           option->repeatable ? " May be given more than once." : "", *fallback != '\0' ? " Default: " : "", fallback,
           *fallback != '\0' ? "." : "");
}

static void print_option(const page *p, const cli_option *option) {
  char left[128], text[1024];
  size_t column = p->option_column;
  snprintf(left, sizeof(left), "  %c%c%s--%s%s%s%s", option->short_name ? '-' : ' ',
           option->short_name ? option->short_name : ' ', option->short_name ? ", " : "  ", option->name,
           option->argument == NULL ? ""
           : option->bare != NULL   ? "[="
                                    : " ",
           option->argument != NULL ? option->argument : "", option->bare != NULL ? "]" : "");
  if (strlen(left) + 2 > column)
    fprintf(p->out, "%s\n%*s", left, (int)column, "");
  else
    fprintf(p->out, "%-*s", (int)column, left);
  describe(p, option, text, sizeof(text));
  wrap(p, text, column, column);
  if (option->example != NULL && !p->brief)
    fprintf(p->out, "%*sExample: --%s %s\n", (int)column, "", option->name, option->example);
}

static void print_commands(const page *p, const cli_command *command) {
  fputs("\nCommands:\n", p->out);
  for (const cli_command *const *c = command->commands; *c != NULL; c++) {
    fprintf(p->out, "  %-14s", (*c)->name);
    wrap(p, (*c)->summary, COMMAND_COLUMN, COMMAND_COLUMN);
  }
}

static void print_options(const page *p, const cli_command *command) {
  fputs("\nOptions:\n", p->out);
  for (size_t i = 0; i < command->option_count; i++)
    print_option(p, &command->options[i]);
  for (size_t i = 0; i < cli_common_option_count; i++)
    print_option(p, &cli_common_options[i]);
}

static void print_examples(const page *p, const cli_command *command) {
  fputs("\nExamples:\n", p->out);
  for (size_t i = 0; i < command->example_count; i++) {
    fprintf(p->out, "  %s\n      ", command->examples[i].line);
    wrap(p, command->examples[i].text, 6, 6);
  }
}

static void print_statuses(const page *p, const cli_command *command) {
  fputs("\nExit status:\n", p->out);
  for (size_t i = 0; i < command->status_count; i++) {
    fprintf(p->out, "  %d  ", command->statuses[i].status);
    wrap(p, command->statuses[i].text, 5, 5);
  }
}

/* As wide as the terminal, within reason: a line of more than a hundred letters is hard to read. */
static page page_on(FILE *out, bool brief) {
  size_t width = platform_terminal_width(out);
  page p = {out,
            width == 0            ? WIDTH
            : width < LEAST_WIDTH ? LEAST_WIDTH
            : width > MOST_WIDTH  ? MOST_WIDTH
                                  : width,
            0, brief};
  p.option_column = p.width < NARROW ? 8 : OPTION_COLUMN;
  return p;
}

void cli_print_help(FILE *out, const cli_invocation *invocation) {
  const cli_command *command = invocation->command;
  page p = page_on(out, invocation->common.brief);
  char line[256];
  cli_command_line(invocation, line, sizeof(line));
  fprintf(out, "%s - ", line);
  wrap(&p, command->summary, 2, strlen(line) + 3);
  fprintf(out, "\nUsage: %s%s%s%s\n", line, command->commands != NULL ? "" : " [OPTION]...",
          command->operands != NULL ? " " : "", command->operands != NULL ? command->operands : "");
  if (!p.brief) {
    fputc('\n', out);
    wrap(&p, command->description, 0, 0);
  }
  if (command->commands != NULL)
    print_commands(&p, command);
  print_options(&p, command);
  if (p.brief) {
    fprintf(out, "\nSee '%s --help' for details and examples.\n", line);
    return;
  }
  print_examples(&p, command);
  print_statuses(&p, command);
}

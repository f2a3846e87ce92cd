/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof man: a page for each command and each topic of help, in the man macros. */
#include "cli/commands.h"
#include "io/output.h"
#include "io/print.h"
#include "manual/manual.h"
#include "platform/folder.h"

#include <errno.h>
#include <string.h>

/* Text in roff: backslashes, hyphens and line beginnings mean something. */
static void print_roff(FILE *out, const char *text) {
  bool start = true;
  for (; *text != '\0'; text++) {
    if (start && (*text == '.' || *text == '\''))
      fputs("\\&", out);
    start = *text == '\n';
    if (*text == '\\')
      fputs("\\e", out);
    else if (*text == '-')
      fputs("\\-", out);
    else
      fputc(*text, out);
  }
}

static void print_hyphenated(FILE *out, const char *words) {
  for (; *words != '\0'; words++) {
    if (*words == ' ')
      fputs("\\-", out);
    else
      fputc(*words, out);
  }
}

/* Paragraphs are separated by an empty line. */
static void print_paragraphs(FILE *out, const char *text) {
  const char *end;
  while ((end = strstr(text, "\n\n")) != NULL) {
    char paragraph[2000];
    snprintf(paragraph, sizeof(paragraph), "%.*s", (int)(end - text), text);
    print_roff(out, paragraph);
    fputs("\n.PP\n", out);
    text = end + 2;
  }
  print_roff(out, text);
  fputc('\n', out);
}

static void print_option(void *context, const cli_option *o) {
  FILE *out = context;
  fputs(".TP\n", out);
  if (o->short_name != 0)
    fprintf(out, "\\fB\\-%c\\fR, ", o->short_name);
  fputs("\\fB\\-\\-", out);
  print_roff(out, o->name);
  fputs("\\fR", out);
  if (o->argument != NULL) {
    fputs(o->bare != NULL ? "[=\\fI" : " \\fI", out);
    print_roff(out, o->argument);
    fputs(o->bare != NULL ? "\\fR]" : "\\fR", out);
  }
  fputc('\n', out);
  print_roff(out, o->help);
  if (o->choices != NULL) {
    fputs(" One of ", out);
    print_roff(out, o->choices);
    fputc('.', out);
  }
  if (o->fallback != NULL && o->fallback[0] != '\0') {
    fputs(" Default: ", out);
    print_roff(out, o->fallback);
    fputc('.', out);
  }
  fputc('\n', out);
}

static void print_commands(FILE *out, const cli_command *command) {
  const cli_command *const *inner;
  if (command->commands == NULL)
    return;
  fputs(".SH COMMANDS\n", out);
  for (inner = command->commands; *inner != NULL; inner++) {
    fprintf(out, ".TP\n\\fB%s\\fR\n", (*inner)->name);
    print_roff(out, (*inner)->summary);
    fputc('\n', out);
  }
}

static void print_examples(FILE *out, const cli_command *command) {
  size_t i;
  if (command->example_count > 0)
    fputs(".SH EXAMPLES\n", out);
  for (i = 0; i < command->example_count; i++) {
    fputs(i == 0 ? "" : ".PP\n", out);
    print_roff(out, command->examples[i].text);
    fputs("\n.PP\n.RS\n.EX\n", out);
    print_roff(out, command->examples[i].line);
    fputs("\n.EE\n.RE\n", out);
  }
}

static void print_statuses(FILE *out, const cli_command *command) {
  size_t i;
  if (command->status_count > 0)
    fputs(".SH EXIT STATUS\n", out);
  for (i = 0; i < command->status_count; i++) {
    fprintf(out, ".TP\n\\fB%d\\fR\n", command->statuses[i].status);
    print_roff(out, command->statuses[i].text);
    fputc('\n', out);
  }
}

static void print_page(FILE *out, const manual_entry *e) {
  const cli_command *c = e->command;
  fputs(".TH ", out);
  print_hyphenated(out, e->words);
  fputs(" 1 \"\" \"hcsproof " HCSPROOF_VERSION "\" \"hcsproof\"\n.SH NAME\n", out);
  print_hyphenated(out, e->words);
  fputs(" \\- ", out);
  print_roff(out, c->summary);
  fprintf(out, "\n.SH SYNOPSIS\n\\fB%s\\fR", e->words);
  if (c->commands == NULL)
    fputs(" [OPTION]...", out);
  if (c->operands != NULL) {
    fputc(' ', out);
    print_roff(out, c->operands);
  }
  fputc('\n', out);
  if (c->description != NULL) {
    fputs(".SH DESCRIPTION\n", out);
    print_paragraphs(out, c->description);
  }
  print_commands(out, c);
  fputs(".SH OPTIONS\n", out);
  manual_each_option(c, print_option, out);
  print_examples(out, c);
  print_statuses(out, c);
  fputs(".SH SEE ALSO\n", out);
  if (strcmp(e->words, "hcsproof") != 0)
    fputs("\\fBhcsproof\\fR(1)\n", out);
  for (size_t i = 0; strcmp(e->words, "hcsproof") == 0 && cli_topic_at(i) != NULL; i++)
    fprintf(out, "%s\\fBhcsproof\\-%s\\fR(7)", i == 0 ? "" : ",\n", cli_topic_at(i)->name);
  fputs(strcmp(e->words, "hcsproof") == 0 ? "\n" : "", out);
}

/* As it stands: a topic's lines are laid out. */
static void print_topic(FILE *out, const cli_topic *topic) {
  fputs(".TH hcsproof\\-", out);
  print_hyphenated(out, topic->name);
  fputs(" 7 \"\" \"hcsproof " HCSPROOF_VERSION "\" \"hcsproof\"\n.SH NAME\nhcsproof\\-", out);
  print_hyphenated(out, topic->name);
  fputs(" \\- ", out);
  print_roff(out, topic->summary);
  fputs("\n.SH DESCRIPTION\n.EX\n", out);
  print_roff(out, topic->text);
  fputs(".EE\n.SH SEE ALSO\n\\fBhcsproof\\fR(1)\n", out);
}

/* ---- command ------------------------------------------------------------------------------------------ */

typedef struct man_options {
  const char *folder;
} man_options;

/* One page: of a command, or else of a topic. */
typedef struct man_page {
  const manual_entry *entry;
  const cli_topic *topic;
} man_page;

static bool path_of(const char *folder, const man_page *page, char *path, size_t size) {
  int length = page->entry != NULL ? snprintf(path, size, "%s/man1/%s.1", folder, page->entry->words)
                                   : snprintf(path, size, "%s/man7/hcsproof-%s.7", folder, page->topic->name);
  if (length < 0 || (size_t)length >= size)
    return false;
  for (char *p = path + strlen(folder) + 1; *p != '\0'; p++)
    if (*p == ' ')
      *p = '-';
  return true;
}

static void print(FILE *out, const man_page *page) {
  if (page->entry != NULL)
    print_page(out, page->entry);
  else
    print_topic(out, page->topic);
}

static int write_page(const char *folder, const man_page *page) {
  char path[4096];
  output_file out;
  bool ok;
  if (!path_of(folder, page, path, sizeof(path)))
    return CLI_USAGE;
  ok = output_open(path, &out);
  if (ok) {
    print(out.file, page);
    ok = output_close(&out, true);
  }
  if (!ok)
    kit_print(stderr, "hcsproof man: %s: %s\n", path, output_reason(errno));
  return ok ? CLI_OK : CLI_KIT;
}

static bool make_folders(const char *folder) {
  char path[4096];
  if (!kit_folder_make(folder))
    return false;
  for (const char *section = "man1\0man7\0"; *section != '\0'; section += strlen(section) + 1) {
    int length = snprintf(path, sizeof(path), "%s/%s", folder, section);
    if (length < 0 || (size_t)length >= sizeof(path) || !kit_folder_make(path))
      return false;
  }
  return true;
}

static int write_all(const char *folder, const manual_entry *entries, size_t count) {
  int worst = CLI_OK, status;
  if (!make_folders(folder)) {
    kit_print(stderr, "hcsproof man: %s: %s\n", folder, output_reason(errno));
    return CLI_KIT;
  }
  for (size_t i = 0; i < count; i++) {
    status = write_page(folder, &(man_page){&entries[i], NULL});
    worst = status > worst ? status : worst;
  }
  for (size_t i = 0; cli_topic_at(i) != NULL; i++) {
    status = write_page(folder, &(man_page){NULL, cli_topic_at(i)});
    worst = status > worst ? status : worst;
  }
  return worst;
}

/* A command's words, or a topic's name. */
static bool find_page(const manual_entry *entries, size_t count, const char *words, man_page *page) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(entries[i].words, words) == 0) {
      page->entry = &entries[i];
      return true;
    }
  for (size_t i = 0; cli_topic_at(i) != NULL; i++)
    if (strcmp(cli_topic_at(i)->name, words + strlen("hcsproof ")) == 0) {
      page->topic = cli_topic_at(i);
      return true;
    }
  return false;
}

static int run(const cli_invocation *invocation) {
  const man_options *o = invocation->options;
  manual_entry entries[MANUAL_ENTRIES];
  size_t count = manual_entries(invocation->path[0], entries, MANUAL_ENTRIES);
  char wanted[128] = "hcsproof";
  man_page page = {NULL, NULL};
  if (o->folder != NULL)
    return write_all(o->folder, entries, count);
  for (size_t i = 0; i < invocation->operands.count; i++) {
    size_t used = strlen(wanted);
    snprintf(wanted + used, sizeof(wanted) - used, " %s", invocation->operands.items[i]);
  }
  if (!find_page(entries, count, wanted, &page)) {
    kit_print(stderr, "hcsproof man: unknown command or topic '%s'\n", wanted + strlen("hcsproof "));
    return CLI_USAGE;
  }
  print(stdout, &page);
  return CLI_OK;
}

static const cli_option options[] = {
    {.name = "folder",
     .kind = CLI_FOLDER,
     .offset = offsetof(man_options, folder),
     .argument = "FOLDER",
     .help = "Write all pages to FOLDER/man1 (commands) and FOLDER/man7 (topics) instead."},
};

static const cli_example examples[] = {
    {"hcsproof man run | man -l -", "Shows the page of a command."},
    {"hcsproof man refused | man -l -", "Shows the page of a topic."},
    {"hcsproof man --folder /usr/local/share/man", "Installs all of them."},
};

static const cli_status statuses[] = {
    {CLI_OK, "done"},
    {CLI_USAGE, "no such command or topic"},
    {CLI_KIT, "a file could not be written"},
};

const cli_command man_command = {
    .name = "man",
    .summary = "print the man page of a command or topic",
    .operands = "[COMMAND... | TOPIC]",
    .operand_kind = CLI_TOPIC,
    .most_operands = CLI_MAX_PATH - 1,
    .description = "Made from the same tables as --help, help and the completions. 'hcsproof help' lists the topics. "
                   "Without an operand, "
                   "it prints the page of hcsproof itself.",
    .options_size = sizeof(man_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

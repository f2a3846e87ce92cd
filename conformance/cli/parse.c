/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/values.h"

#include <stdlib.h>
#include <string.h>

const cli_option cli_common_options[] = {
    {.name = "color",
     .kind = CLI_CHOICE,
     .offset = offsetof(cli_common, color),
     .argument = "WHEN",
     .choices = "auto|always|never",
     .fallback = "auto",
     .help = "Colour the output: auto (on a terminal, unless NO_COLOR is set), always or never."},
    {.name = "help",
     .short_name = 'h',
     .kind = CLI_FLAG,
     .offset = offsetof(cli_common, help),
     .help = "Print this help. -h prints a short form without examples and exit statuses."},
    {.name = "version", .kind = CLI_FLAG, .offset = offsetof(cli_common, version), .help = "Print the version."},
};
const size_t cli_common_option_count = CLI_COUNT(cli_common_options);

#define MAX_NAMES 64

/* One reading of argv. */
typedef struct parser {
  cli_invocation *out;
  int argc;
  char **argv;
  int next;
  char *message;
  size_t size;
} parser;

/* An option of the command or a common one; `base` is where its value goes. */
static const cli_option *find_option(const cli_invocation *out, const char *name, size_t length, char short_name,
                                     void **base) {
  const struct {
    const cli_option *options;
    size_t count;
    void *base;
  } tables[] = {{out->command->options, out->command->option_count, out->options},
                {cli_common_options, cli_common_option_count, (void *)(uintptr_t)&out->common}};
  for (size_t t = 0; t < CLI_COUNT(tables); t++) {
    for (size_t i = 0; i < tables[t].count; i++) {
      const cli_option *option = &tables[t].options[i];
      bool named = name != NULL && strlen(option->name) == length && memcmp(option->name, name, length) == 0;
      if (named || (short_name != 0 && option->short_name == short_name)) {
        *base = tables[t].base;
        return option;
      }
    }
  }
  return NULL;
}

static bool unknown_option(parser *p, const char *name, size_t length) {
  const cli_command *command = p->out->command;
  const char *names[MAX_NAMES + 1];
  char word[MAX_NAMES + 1];
  const char *near;
  size_t count = 0;
  for (size_t i = 0; i < command->option_count && count < MAX_NAMES; i++)
    names[count++] = command->options[i].name;
  for (size_t i = 0; i < cli_common_option_count && count < MAX_NAMES; i++)
    names[count++] = cli_common_options[i].name;
  names[count] = NULL;
  snprintf(word, sizeof(word), "%.*s", (int)(length < MAX_NAMES ? length : MAX_NAMES), name);
  near = cli_nearest(word, names);
  if (near != NULL)
    snprintf(p->message, p->size, "unknown option '--%s'; did you mean '--%s'?", word, near);
  else
    snprintf(p->message, p->size, "unknown option '--%s'", word);
  return false;
}

/* The value of an option that has none attached is the next argument. */
static bool store_option(parser *p, const cli_option *option, const char *value, void *base) {
  if (option->kind == CLI_FLAG && value != NULL) {
    snprintf(p->message, p->size, "--%s takes no value", option->name);
    return false;
  }
  if (value == NULL)
    value = option->bare;
  if (option->kind != CLI_FLAG && value == NULL) {
    if (p->next >= p->argc) {
      snprintf(p->message, p->size, "--%s needs a value: --%s %s", option->name, option->name, option->argument);
      return false;
    }
    value = p->argv[p->next++];
  }
  return cli_store(option, value, base, p->message, p->size);
}

static bool parse_long(parser *p, const char *text) {
  size_t length = strcspn(text, "=");
  void *base = NULL;
  const cli_option *option = find_option(p->out, text, length, 0, &base);
  if (option == NULL)
    return unknown_option(p, text, length);
  return store_option(p, option, text[length] == '=' ? text + length + 1 : NULL, base);
}

/* "-o FILE", "-oFILE", "-ab" for two flags. */
static bool parse_short(parser *p, const char *text) {
  for (; *text != '\0'; text++) {
    void *base = NULL;
    const cli_option *option = find_option(p->out, NULL, 0, *text, &base);
    if (option == NULL) {
      snprintf(p->message, p->size, "unknown option '-%c'", *text);
      return false;
    }
    if (option->kind != CLI_FLAG)
      return store_option(p, option, text[1] == '\0' ? NULL : text + 1, base);
    if (!store_option(p, option, NULL, base))
      return false;
    p->out->common.brief = p->out->common.brief || *text == 'h';
  }
  return true;
}

static bool unknown_command(parser *p, const char *word) {
  const char *names[MAX_NAMES + 1];
  const char *near;
  size_t count = 0;
  for (const cli_command *const *c = p->out->command->commands; *c != NULL && count < MAX_NAMES; c++)
    names[count++] = (*c)->name;
  names[count] = NULL;
  near = cli_nearest(word, names);
  if (near != NULL)
    snprintf(p->message, p->size, "unknown command '%.80s'; did you mean '%s'?", word, near);
  else
    snprintf(p->message, p->size, "unknown command '%.80s'", word);
  return false;
}

/* Makes `command` the invocation's, with its fallbacks in place. */
static bool enter_command(parser *p, const cli_command *command) {
  cli_invocation *out = p->out;
  out->path[out->depth++] = command;
  out->command = command;
  out->options = calloc(1, command->options_size > 0 ? command->options_size : 1);
  if (out->options == NULL) {
    snprintf(p->message, p->size, "out of memory");
    return false;
  }
  for (size_t i = 0; i < command->option_count; i++) {
    const cli_option *option = &command->options[i];
    if (option->fallback != NULL && !option->repeatable &&
        !cli_store(option, option->fallback, out->options, p->message, p->size))
      return false;
  }
  return true;
}

static bool enter_subcommand(parser *p, const char *word) {
  for (const cli_command *const *c = p->out->command->commands; *c != NULL; c++) {
    if (strcmp((*c)->name, word) == 0) {
      free(p->out->options); /* a command of commands has no options of its own */
      p->out->options = NULL;
      return enter_command(p, *c);
    }
  }
  return unknown_command(p, word);
}

static bool add_operand(parser *p, const char *word) {
  const cli_command *command = p->out->command;
  if (command->commands != NULL)
    return enter_subcommand(p, word);
  if (p->out->operands.count >= command->most_operands) {
    snprintf(p->message, p->size, "unexpected operand '%.80s'", word);
    return false;
  }
  if (cli_list_push(&p->out->operands, word))
    return true;
  snprintf(p->message, p->size, "out of memory");
  return false;
}

/* A negative number, and no option: none has a digit for its name. */
static bool is_number(const char *word) {
  return word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

static bool parse_arguments(parser *p) {
  bool options_end = false;
  while (p->next < p->argc) {
    const char *word = p->argv[p->next++];
    bool ok = true;
    if (options_end || word[0] != '-' || word[1] == '\0' || is_number(word))
      ok = add_operand(p, word);
    else if (word[1] != '-')
      ok = parse_short(p, word + 1);
    else if (word[2] != '\0')
      ok = parse_long(p, word + 2);
    else
      options_end = true;
    if (!ok)
      return false;
  }
  return true;
}

static bool check_complete(parser *p) {
  const cli_command *command = p->out->command;
  if (p->out->common.help || p->out->common.version)
    return true;
  if (command->commands != NULL) {
    snprintf(p->message, p->size, "no command given");
    return false;
  }
  if (p->out->operands.count < command->least_operands) {
    snprintf(p->message, p->size, "missing operand: %s", command->operands);
    return false;
  }
  return true;
}

bool cli_parse(const cli_command *program, int argc, char **argv, cli_invocation *out, char *message, size_t size) {
  parser p = {.out = out, .argc = argc, .argv = argv, .next = 1, .message = message, .size = size};
  memset(out, 0, sizeof(*out));
  out->common.color = "auto";
  message[0] = '\0';
  return enter_command(&p, program) && parse_arguments(&p) && check_complete(&p);
}

void cli_invocation_free(cli_invocation *invocation) {
  const cli_command *command = invocation->command;
  for (size_t i = 0; invocation->options != NULL && i < command->option_count; i++) {
    if (command->options[i].repeatable) {
      cli_list *list = (cli_list *)(void *)((char *)invocation->options + command->options[i].offset);
      free(list->items);
    }
  }
  free(invocation->options);
  free(invocation->operands.items);
  memset(invocation, 0, sizeof(*invocation));
}

void cli_command_line(const cli_invocation *invocation, char *line, size_t size) {
  size_t used = 0;
  line[0] = '\0';
  for (size_t i = 0; i < invocation->depth && used < size; i++) {
    int more = snprintf(line + used, size - used, "%s%s", i == 0 ? "" : " ", invocation->path[i]->name);
    used += more > 0 ? (size_t)more : 0;
  }
}

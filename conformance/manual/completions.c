/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof completions: what a shell may offer, from the commands' own tables. */
#include "cli/commands.h"
#include "io/print.h"
#include "manual/manual.h"
#include "manual/offers.h"

#include <string.h>

/* ---- parts that all shells need ----------------------------------------------------------------------- */

static bool takes_value(const cli_option *o) {
  return o->kind != CLI_FLAG && o->bare == NULL;
}

/* "a|b|c" with another separator. */
static void print_choices(const char *choices, char separator) {
  for (; *choices != '\0'; choices++)
    putchar(*choices == '|' ? separator : *choices);
}

/* The words of every command of a command, as patterns. */
static void print_paths(const manual_entry *entries, size_t count, const char *separator, const char *quote) {
  size_t i;
  for (i = 1; i < count; i++)
    printf("%s%s%s%s", i == 1 ? "" : separator, quote, entries[i].words, quote);
}

/* How a shell writes what means something to it. */
typedef struct quoting {
  const char *special, *escape; /* each of these characters gets that in front */
  const char *apostrophe;       /* inside single quotes */
} quoting;

static const quoting zsh_quoting = {"[]:\\", "\\", "'\\''"}, fish_quoting = {"\\", "\\", "\\'"},
                     powershell_quoting = {"", "", "''"};

/* The first sentence of a help text. */
static void print_sentence(const char *text, const quoting *q) {
  size_t length = cli_first_sentence(text), i;
  for (i = 0; i < length; i++) {
    if (text[i] == '\'') {
      fputs(q->apostrophe, stdout);
      continue;
    }
    if (strchr(q->special, text[i]) != NULL)
      fputs(q->escape, stdout);
    putchar(text[i]);
  }
}

/* How a script holds a list: BEFORE name BETWEEN, what prints it, AFTER. */
typedef struct list_form {
  const char *before, *between, *after;
  const char *words_before, *words_after; /* of a list of words, which is inside single quotes */
  bool powershell;
} list_form;

/* False: out of memory. */
static bool print_lists(const list_form *form, const cli_command *program) {
  const manual_list *list;
  hcsref_arena arena;
  bool ok = true;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; ok && (list = manual_list_at(i)) != NULL; i++) {
    hcsref_buf words = {.arena = &arena};
    printf("%s%s%s", form->before, list->name, form->between);
    if (list->append != NULL) {
      list->append(program, &words);
      ok = !words.failed;
      printf("%s'%.*s'%s", form->words_before, ok ? (int)words.len : 0, ok ? words.data : "", form->words_after);
    } else {
      fputs(form->powershell ? list->powershell : list->posix, stdout);
    }
    fputs(form->after, stdout);
  }
  hcsref_arena_free(&arena);
  return ok;
}

/* ---- bash --------------------------------------------------------------------------------------------- */

/* What sets `offers`, and whether files are offered, too. */
static void bash_offers(cli_kind kind, const char *choices) {
  const manual_list *list = manual_list_of(kind);
  if (kind == CLI_CHOICE) {
    fputs("offers='", stdout);
    print_choices(choices, ' ');
    putchar('\'');
  } else if (list != NULL) {
    printf("offers=$(_hcsproof_%s)%s", list->name, list->with_files ? " files=-f" : "");
  } else {
    fputs(kind == CLI_FILE ? "files=-f" : kind == CLI_FOLDER ? "files=-d" : ":", stdout);
  }
}

static void bash_value(void *context, const cli_option *o) {
  const manual_entry *e = context;
  if (!takes_value(o))
    return;
  printf("    '%s --%s'", e->words, o->name);
  if (o->short_name != 0)
    printf(" | '%s -%c'", e->words, o->short_name);
  fputs(") ", stdout);
  bash_offers(o->kind, o->choices);
  fputs(" ;;\n", stdout);
}

static void bash_option(void *context, const cli_option *o) {
  (void)context;
  printf("--%s ", o->name);
}

/* What may stand where no option's value is expected: options, commands, operands. */
static void bash_command(const manual_entry *e) {
  const cli_command *const *inner = e->command->commands;
  printf("    '%s')\n      if [[ $cur == -* ]]; then\n        offers='", e->words);
  manual_each_option(e->command, bash_option, (void *)(uintptr_t)e);
  fputs("'\n      else\n        ", stdout);
  if (inner != NULL) {
    fputs("offers='", stdout);
    for (; *inner != NULL; inner++)
      printf("%s ", (*inner)->name);
    putchar('\'');
  } else {
    bash_offers(manual_operand_kind(e->command), e->command->operands);
  }
  fputs("\n      fi\n      ;;\n", stdout);
}

static bool print_bash(const manual_entry *entries, size_t count) {
  static const list_form form = {"_hcsproof_", "() { ", "; }\n", "echo ", "", false};
  bool ok;
  size_t i;
  fputs("# bash completion for hcsproof; made by 'hcsproof completions bash'\n", stdout);
  ok = print_lists(&form, entries[0].command);
  fputs("_hcsproof() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} cmd=hcsproof offers= files= i\n"
        "  if [[ $cur == = ]]; then\n    cur=\n"
        "  elif [[ $prev == = ]] && ((COMP_CWORD > 1)); then\n    prev=${COMP_WORDS[COMP_CWORD - 2]}\n  fi\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"$cmd ${COMP_WORDS[i]}\" in\n    ",
        stdout);
  print_paths(entries, count, " | ", "'");
  fputs(") cmd=\"$cmd ${COMP_WORDS[i]}\" ;;\n    esac\n  done\n  case \"$cmd $prev\" in\n", stdout);
  for (i = 0; i < count; i++)
    manual_each_option(entries[i].command, bash_value, (void *)(uintptr_t)&entries[i]);
  fputs("    *)\n    case \"$cmd\" in\n", stdout);
  for (i = 0; i < count; i++)
    bash_command(&entries[i]);
  fputs("    esac ;;\n  esac\n  COMPREPLY=($(compgen -W \"$offers\" -- \"$cur\"))\n"
        "  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi\n"
        "  if [[ -n $files ]]; then\n    compopt -o filenames\n"
        "    COMPREPLY+=($(compgen \"$files\" -- \"$cur\"))\n  fi\n}\ncomplete -F _hcsproof hcsproof\n",
        stdout);
  return ok;
}

/* ---- zsh ---------------------------------------------------------------------------------------------- */

static void zsh_action(cli_kind kind, const char *choices) {
  const manual_list *list = manual_list_of(kind);
  if (kind == CLI_CHOICE) {
    putchar('(');
    print_choices(choices, ' ');
    putchar(')');
  } else if (list != NULL) {
    /* A report's path follows its kind at once; what is a case may be a file. */
    printf("{compadd%s -- $(_hcsproof_%s)%s}", kind == CLI_REPORT ? " -S \"\"" : "", list->name,
           list->with_files ? "; _files" : "");
  } else {
    fputs(kind == CLI_FILE ? "_files" : kind == CLI_FOLDER ? "_files -/" : " ", stdout);
  }
}

static void zsh_option(void *context, const cli_option *o) {
  const char *equals = takes_value(o) ? "=" : "", *plus = takes_value(o) ? "+" : "";
  (void)context;
  if (o->short_name == 0)
    printf("      '%s--%s%s", o->repeatable ? "*" : "", o->name, equals);
  else if (o->repeatable)
    printf("      '*'{-%c%s,--%s%s}'", o->short_name, plus, o->name, equals);
  else /* one of the two is enough */
    printf("      '(-%c --%s)'{-%c%s,--%s%s}'", o->short_name, o->name, o->short_name, plus, o->name, equals);
  putchar('[');
  print_sentence(o->help, &zsh_quoting);
  putchar(']');
  if (takes_value(o)) {
    fputc(':', stdout);
    print_sentence(o->argument, &zsh_quoting);
    fputc(':', stdout);
    zsh_action(o->kind, o->choices);
  }
  fputs("' \\\n", stdout);
}

static void zsh_command(const manual_entry *e) {
  const cli_command *const *inner;
  printf("  ('%s')\n", e->words);
  if (e->command->commands == NULL) {
    fputs("    _arguments -s \\\n", stdout);
    manual_each_option(e->command, zsh_option, NULL);
    fputs("      '*:operand:", stdout);
    zsh_action(manual_operand_kind(e->command), e->command->operands);
    fputs("'\n    ;;\n", stdout);
    return;
  }
  fputs("    local -a commands=(\n", stdout);
  for (inner = e->command->commands; *inner != NULL; inner++) {
    printf("      '%s:", (*inner)->name);
    print_sentence((*inner)->summary, &zsh_quoting);
    fputs("'\n", stdout);
  }
  fputs("    )\n    _describe command commands\n    ;;\n", stdout);
}

static bool print_zsh(const manual_entry *entries, size_t count) {
  static const list_form form = {"_hcsproof_", "() { ", "; }\n", "echo ", "", false};
  bool ok;
  size_t i;
  fputs("#compdef hcsproof\n# made by 'hcsproof completions zsh'\n", stdout);
  ok = print_lists(&form, entries[0].command);
  fputs("_hcsproof() {\n  local cmd=hcsproof\n"
        "  integer i=2 depth=0\n  while (( i < CURRENT )); do\n    case \"$cmd ${words[i]}\" in\n    (",
        stdout);
  print_paths(entries, count, "|", "'");
  fputs(") cmd=\"$cmd ${words[i]}\"; depth=$(( i - 1 )) ;;\n    esac\n    (( i++ ))\n  done\n"
        "  shift $depth words\n  (( CURRENT -= depth ))\n  case \"$cmd\" in\n",
        stdout);
  for (i = 0; i < count; i++)
    zsh_command(&entries[i]);
  fputs("  esac\n}\nif [ \"$funcstack[1]\" = _hcsproof ]; then\n  _hcsproof \"$@\"\nelse\n  compdef _hcsproof "
        "hcsproof\nfi\n",
        stdout);
  return ok;
}

/* ---- fish --------------------------------------------------------------------------------------------- */

static void fish_offers(cli_kind kind, const char *choices) {
  const manual_list *list = manual_list_of(kind);
  if (kind == CLI_CHOICE) {
    fputs(" -x -a '", stdout);
    print_choices(choices, ' ');
    putchar('\'');
  } else if (list != NULL) {
    printf("%s -a '(__hcsproof_%s)'", list->with_files ? " -r -F" : " -x", list->name);
  } else {
    fputs(kind == CLI_FILE ? " -r -F" : kind == CLI_FOLDER ? " -x -a '(__fish_complete_directories)'" : " -x", stdout);
  }
}

static void fish_option(void *context, const cli_option *o) {
  const manual_entry *e = context;
  printf("complete -c hcsproof -n '__hcsproof_at \"%s\"' -l %s", e->words, o->name);
  if (o->short_name != 0)
    printf(" -s %c", o->short_name);
  if (takes_value(o))
    fish_offers(o->kind, o->choices);
  fputs(" -d '", stdout);
  print_sentence(o->help, &fish_quoting);
  fputs("'\n", stdout);
}

/* Files are offered for operands of no other kind. */
static void fish_operands(const manual_entry *e) {
  cli_kind kind = manual_operand_kind(e->command);
  if (e->command->commands != NULL || (kind != CLI_CHOICE && manual_list_of(kind) == NULL))
    return;
  printf("complete -c hcsproof -n '__hcsproof_at \"%s\"'", e->words);
  fish_offers(kind, e->command->operands);
  putchar('\n');
}

static bool print_fish(const manual_entry *entries, size_t count) {
  static const list_form form = {"function __hcsproof_", "\n  ", "\nend\n", "string split -n ' ' ", "", false};
  bool ok;
  size_t i;
  fputs("# fish completion for hcsproof; made by 'hcsproof completions fish'\n", stdout);
  ok = print_lists(&form, entries[0].command);
  fputs("function __hcsproof_at\n"
        "  set -l cmd hcsproof\n  for word in (commandline -opc)[2..-1]\n    switch \"$cmd $word\"\n      case ",
        stdout);
  print_paths(entries, count, " ", "'");
  fputs("\n        set cmd \"$cmd $word\"\n    end\n  end\n  test \"$cmd\" = \"$argv[1]\"\nend\n", stdout);
  for (i = 0; i < count; i++) {
    const cli_command *const *inner;
    for (inner = entries[i].command->commands; inner != NULL && *inner != NULL; inner++) {
      printf("complete -c hcsproof -f -n '__hcsproof_at \"%s\"' -a %s -d '", entries[i].words, (*inner)->name);
      print_sentence((*inner)->summary, &fish_quoting);
      fputs("'\n", stdout);
    }
    fish_operands(&entries[i]);
    manual_each_option(entries[i].command, fish_option, (void *)(uintptr_t)&entries[i]);
  }
  return ok;
}

/* ---- PowerShell --------------------------------------------------------------------------------------- */

static void powershell_text(const char *text) {
  putchar('\'');
  print_sentence(text, &powershell_quoting);
  putchar('\'');
}

static void powershell_option(void *context, const cli_option *o) {
  (void)context;
  printf("      @('--%s', ", o->name);
  powershell_text(o->help);
  fputs("),\n", stdout);
}

/* An entry of $values: what is offered behind `words`, `option`. */
static void powershell_values(const char *words, const char *option, cli_kind kind, const char *choices) {
  const manual_list *list = manual_list_of(kind);
  if (kind != CLI_CHOICE && list == NULL)
    return;
  printf("    '%s%s' = ", words, option);
  if (list != NULL) {
    printf("$lists['%s']\n", list->name);
  } else {
    fputs("{ -split '", stdout);
    print_choices(choices, ' ');
    fputs("' }\n", stdout);
  }
}

static void powershell_value(void *context, const cli_option *o) {
  const manual_entry *e = context;
  char option[64];
  snprintf(option, sizeof(option), " --%s", o->name);
  powershell_values(e->words, option, o->kind, o->choices);
  snprintf(option, sizeof(option), " -%c", o->short_name);
  if (o->short_name != 0)
    powershell_values(e->words, option, o->kind, o->choices);
}

static bool print_powershell(const manual_entry *entries, size_t count) {
  static const list_form form = {"    '", "' = { ", " }\n", "-split ", "", true};
  bool ok;
  size_t i;
  fputs("# PowerShell completion for hcsproof; made by 'hcsproof completions powershell'\n"
        "Register-ArgumentCompleter -Native -CommandName hcsproof -ScriptBlock {\n"
        "  param($word, $ast, $position)\n  $lists = @{\n",
        stdout);
  ok = print_lists(&form, entries[0].command);
  fputs("  }\n  $offers = @{\n", stdout);
  for (i = 0; i < count; i++) {
    const cli_command *const *inner;
    printf("    '%s' = @(\n", entries[i].words);
    for (inner = entries[i].command->commands; inner != NULL && *inner != NULL; inner++) {
      printf("      @('%s', ", (*inner)->name);
      powershell_text((*inner)->summary);
      fputs("),\n", stdout);
    }
    manual_each_option(entries[i].command, powershell_option, NULL);
    fputs("      @('', '')\n    )\n", stdout);
  }
  fputs("  }\n  $values = @{\n", stdout);
  for (i = 0; i < count; i++) {
    if (entries[i].command->commands == NULL)
      powershell_values(entries[i].words, "", manual_operand_kind(entries[i].command), entries[i].command->operands);
    manual_each_option(entries[i].command, powershell_value, (void *)(uintptr_t)&entries[i]);
  }
  fputs("  }\n  $cmd = 'hcsproof'\n  $before = ''\n"
        "  foreach ($element in @($ast.CommandElements | Select-Object -Skip 1)) {\n"
        "    if ($element.Extent.EndOffset -ge $position) { break }\n    $before = $element.Extent.Text\n"
        "    if ($offers.ContainsKey(\"$cmd $before\")) { $cmd = \"$cmd $before\" }\n  }\n"
        "  $key = if ($values.ContainsKey(\"$cmd $before\")) { \"$cmd $before\" } else { $cmd }\n"
        "  $found = if ($values.ContainsKey($key) -and -not $word.StartsWith('-')) {\n"
        "    & $values[$key] | ForEach-Object { , @($_, $_) }\n  } else {\n    $offers[$cmd]\n  }\n"
        "  $found | Where-Object { $_[0] -and $_[0].StartsWith($word) } | ForEach-Object {\n"
        "    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])\n  }\n}\n",
        stdout);
  return ok;
}

/* ---- command ------------------------------------------------------------------------------------------ */

static const struct {
  const char *name;
  bool (*print)(const manual_entry *entries, size_t count); /* false: out of memory */
} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}, {"powershell", print_powershell}};

static int run(const cli_invocation *invocation) {
  manual_entry entries[MANUAL_ENTRIES];
  size_t count = manual_entries(invocation->path[0], entries, MANUAL_ENTRIES), i;
  const char *wanted = invocation->operands.items[0];
  for (i = 0; i < CLI_COUNT(shells); i++) {
    if (strcmp(shells[i].name, wanted) == 0) {
      if (shells[i].print(entries, count))
        return CLI_OK;
      fputs("hcsproof completions: out of memory [out-of-memory]\n", stderr);
      return CLI_KIT;
    }
  }
  kit_print(stderr, "hcsproof completions: unknown shell '%s'; use bash, zsh, fish or powershell\n", wanted);
  return CLI_USAGE;
}

static const cli_example examples[] = {
    {"source <(hcsproof completions bash)", "In ~/.bashrc."},
    {"hcsproof completions zsh > ~/.zfunc/_hcsproof", "In a folder of $fpath."},
    {"hcsproof completions fish > ~/.config/fish/completions/hcsproof.fish", "For fish."},
    {"hcsproof completions powershell | Out-String | Invoke-Expression", "In $PROFILE."},
};

static const cli_status statuses[] = {
    {CLI_OK, "printed"},
    {CLI_USAGE, "wrong options, or an unknown shell"},
    {CLI_KIT, "standard output could not be written, or out of memory"},
};

const cli_command completions_command = {
    .name = "completions",
    .summary = "print completions for a shell",
    .operands = "bash|zsh|fish|powershell",
    .operand_kind = CLI_CHOICE,
    .least_operands = 1,
    .most_operands = 1,
    .description =
        "Completes commands, options and their values: profiles, operations, schemas, topics, kinds of report, and the "
        "areas and cases of the suite that 'hcsproof run --list' finds.\n\n"
        "The script is made from the tables that --help is made from. It is tested in bash, zsh and fish; the one for "
        "PowerShell has not been tried, because no PowerShell was at hand.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof completions: what a shell may offer, from the commands' own tables. */
#include "cli/commands.h"
#include "io/print.h"
#include "manual/manual.h"

#include <string.h>

/* ---- parts that all shells need ----------------------------------------------------------------------- */

static bool takes_value(const cli_option *o) {
  return o->kind != CLI_FLAG;
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

/* ---- bash --------------------------------------------------------------------------------------------- */

static const char *bash_words;

static void bash_value(void *context, const cli_option *o) {
  const char *action = o->kind == CLI_FILE     ? "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))"
                       : o->kind == CLI_FOLDER ? "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\"))"
                                               : "COMPREPLY=()";
  (void)context;
  if (!takes_value(o))
    return;
  printf("    '%s --%s'", bash_words, o->name);
  if (o->short_name != 0)
    printf(" | '%s -%c'", bash_words, o->short_name);
  if (o->kind == CLI_CHOICE) {
    fputs(") COMPREPLY=($(compgen -W '", stdout);
    print_choices(o->choices, ' ');
    fputs("' -- \"$cur\")); return ;;\n", stdout);
  } else {
    printf(") %s; return ;;\n", action);
  }
}

static void bash_option(void *context, const cli_option *o) {
  (void)context;
  printf("--%s ", o->name);
}

static void print_bash(const manual_entry *entries, size_t count) {
  size_t i;
  fputs("# bash completion for hcsproof; made by 'hcsproof completions bash'\n_hcsproof() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} cmd=hcsproof options= commands= i\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"$cmd ${COMP_WORDS[i]}\" in\n    ",
        stdout);
  print_paths(entries, count, " | ", "'");
  fputs(") cmd=\"$cmd ${COMP_WORDS[i]}\" ;;\n    esac\n  done\n  case \"$cmd $prev\" in\n", stdout);
  for (i = 0; i < count; i++) {
    bash_words = entries[i].words;
    manual_each_option(entries[i].command, bash_value, NULL);
  }
  fputs("  esac\n  case \"$cmd\" in\n", stdout);
  for (i = 0; i < count; i++) {
    const cli_command *const *inner = entries[i].command->commands;
    printf("    '%s')\n      options='", entries[i].words);
    manual_each_option(entries[i].command, bash_option, NULL);
    fputs("'\n      commands='", stdout);
    for (; inner != NULL && *inner != NULL; inner++)
      printf("%s ", (*inner)->name);
    fputs("'\n      ;;\n", stdout);
  }
  fputs(
      "  esac\n  if [[ $cur == -* ]]; then\n    COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
      "  elif [[ -n $commands ]]; then\n    COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))\n  else\n"
      "    compopt -o filenames\n    COMPREPLY=($(compgen -f -- \"$cur\"))\n  fi\n}\ncomplete -F _hcsproof hcsproof\n",
      stdout);
}

/* ---- zsh ---------------------------------------------------------------------------------------------- */

static void zsh_option(void *context, const cli_option *o) {
  (void)context;
  if (o->short_name != 0)
    printf("      '%s(-%c --%s)'{-%c,--%s}'", o->repeatable ? "*" : "", o->short_name, o->name, o->short_name, o->name);
  else
    printf("      '%s--%s", o->repeatable ? "*" : "", o->name);
  putchar('[');
  print_sentence(o->help, &zsh_quoting);
  putchar(']');
  if (takes_value(o)) {
    fputc(':', stdout);
    print_sentence(o->argument, &zsh_quoting);
    fputc(':', stdout);
    if (o->kind == CLI_CHOICE) {
      putchar('(');
      print_choices(o->choices, ' ');
      putchar(')');
    } else {
      fputs(o->kind == CLI_FILE ? "_files" : o->kind == CLI_FOLDER ? "_files -/" : " ", stdout);
    }
  }
  fputs("' \\\n", stdout);
}

static void zsh_command(const manual_entry *e) {
  const cli_command *const *inner;
  printf("  ('%s')\n", e->words);
  if (e->command->commands == NULL) {
    fputs("    _arguments -s \\\n", stdout);
    manual_each_option(e->command, zsh_option, NULL);
    fputs("      '*:file:_files'\n    ;;\n", stdout);
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

static void print_zsh(const manual_entry *entries, size_t count) {
  size_t i;
  fputs("#compdef hcsproof\n# made by 'hcsproof completions zsh'\n_hcsproof() {\n  local cmd=hcsproof\n"
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
}

/* ---- fish --------------------------------------------------------------------------------------------- */

static void fish_option(void *context, const cli_option *o) {
  const manual_entry *e = context;
  printf("complete -c hcsproof -n '__hcsproof_at \"%s\"' -l %s", e->words, o->name);
  if (o->short_name != 0)
    printf(" -s %c", o->short_name);
  if (o->kind == CLI_CHOICE) {
    fputs(" -x -a '", stdout);
    print_choices(o->choices, ' ');
    putchar('\'');
  } else if (takes_value(o)) {
    fputs(o->kind == CLI_FILE     ? " -r -F"
          : o->kind == CLI_FOLDER ? " -x -a '(__fish_complete_directories)'"
                                  : " -x",
          stdout);
  }
  fputs(" -d '", stdout);
  print_sentence(o->help, &fish_quoting);
  fputs("'\n", stdout);
}

static void print_fish(const manual_entry *entries, size_t count) {
  size_t i;
  fputs("# fish completion for hcsproof; made by 'hcsproof completions fish'\nfunction __hcsproof_at\n"
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
    manual_each_option(entries[i].command, fish_option, (void *)(uintptr_t)&entries[i]);
  }
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

static void powershell_choice(void *context, const cli_option *o) {
  const manual_entry *e = context;
  if (o->kind != CLI_CHOICE)
    return;
  printf("    '%s --%s' = '", e->words, o->name);
  print_choices(o->choices, ' ');
  fputs("'\n", stdout);
}

static void print_powershell(const manual_entry *entries, size_t count) {
  size_t i;
  fputs("# PowerShell completion for hcsproof; made by 'hcsproof completions powershell'\n"
        "Register-ArgumentCompleter -Native -CommandName hcsproof -ScriptBlock {\n"
        "  param($word, $ast, $position)\n  $offers = @{\n",
        stdout);
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
  fputs("  }\n  $choices = @{\n", stdout);
  for (i = 0; i < count; i++)
    manual_each_option(entries[i].command, powershell_choice, (void *)(uintptr_t)&entries[i]);
  fputs("  }\n  $cmd = 'hcsproof'\n  $before = ''\n"
        "  foreach ($element in @($ast.CommandElements | Select-Object -Skip 1)) {\n"
        "    if ($element.Extent.EndOffset -ge $position) { break }\n    $before = $element.Extent.Text\n"
        "    if ($offers.ContainsKey(\"$cmd $before\")) { $cmd = \"$cmd $before\" }\n  }\n"
        "  $found = if ($choices.ContainsKey(\"$cmd $before\")) {\n"
        "    -split $choices[\"$cmd $before\"] | ForEach-Object { , @($_, $_) }\n  } else {\n    $offers[$cmd]\n  }\n"
        "  $found | Where-Object { $_[0] -and $_[0].StartsWith($word) } | ForEach-Object {\n"
        "    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])\n  }\n}\n",
        stdout);
}

/* ---- command ------------------------------------------------------------------------------------------ */

static const struct {
  const char *name;
  void (*print)(const manual_entry *entries, size_t count);
} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}, {"powershell", print_powershell}};

static int run(const cli_invocation *invocation) {
  manual_entry entries[MANUAL_ENTRIES];
  size_t count = manual_entries(entries, MANUAL_ENTRIES), i;
  const char *wanted = invocation->operands.items[0];
  for (i = 0; i < CLI_COUNT(shells); i++) {
    if (strcmp(shells[i].name, wanted) == 0) {
      shells[i].print(entries, count);
      return CLI_OK;
    }
  }
  kit_print(stderr, "hcsproof completions: there is none for '%s': bash, zsh, fish, powershell\n", wanted);
  return CLI_USAGE;
}

static const cli_example examples[] = {
    {"source <(hcsproof completions bash)", "In ~/.bashrc."},
    {"hcsproof completions zsh > ~/.zfunc/_hcsproof", "In a folder of $fpath."},
    {"hcsproof completions fish > ~/.config/fish/completions/hcsproof.fish", "For fish."},
    {"hcsproof completions powershell | Out-String | Invoke-Expression", "In $PROFILE."},
};

static const cli_status statuses[] = {
    {CLI_OK, "done"},
    {CLI_USAGE, "there is none for that shell"},
};

const cli_command completions_command = {
    .name = "completions",
    .summary = "print completions for a shell",
    .operands = "bash|zsh|fish|powershell",
    .least_operands = 1,
    .most_operands = 1,
    .description = "Made from the same table as --help and the man pages. Those of bash and fish are tested, zsh's is "
                   "checked by zsh -n only; PowerShell's was never tried, there was none at hand.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

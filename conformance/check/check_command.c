/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof check: what a runtime handed to the simulated Host Compute Service. */
#include "check/check.h"
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/input.h"
#include "io/message.h"
#include "platform/platform.h"
#include "report/format.h"
#include "run/console.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT     ((uint64_t)256 << 20) /* of a recording or a bundle's config.json */
#define MESSAGE_LENGTH 700u                  /* characters */

typedef struct check_options {
  const char *format, *tier, *profile;
  cli_list bundles;
  uint64_t build;
  bool strict, rules;
} check_options;

typedef struct check_run {
  const check_options *o;
  const char *name; /* of the recording */
  bool color, json;
  check_bundle *bundles;
  input_text *texts;  /* of the bundles */
  hcsref_arena arena; /* for paths */
  input_map map;      /* of the recording */
  const hcsref_profile *profile;
  uint64_t errors, warnings, told;
} check_run;

static void tell_text(const check_run *s, const check_finding *f) {
  bool error = f->rule->severity == KIT_ERROR;
  kit_print(stdout, "%s:%llu", s->name, (unsigned long long)f->line);
  if (f->place.line != 0)
    printf(":%llu", (unsigned long long)f->place.column);
  fputs(": ", stdout);
  if (f->call.len > 0) {
    kit_print_text(stdout, f->call, 100);
    fputs(f->id.len > 0 ? " " : "", stdout);
    kit_print_text(stdout, f->id, 100);
    fputs(": ", stdout);
  }
  if (f->pointer.len > 0) {
    kit_print_text(stdout, f->pointer, 500);
    fputs(": ", stdout);
  }
  kit_print(stdout, "%S%s%S: ",
            !s->color ? ""
            : error   ? "\033[31m"
                      : "\033[33m",
            kit_severity_name(f->rule->severity), s->color ? "\033[0m" : "");
  kit_print_text(stdout, f->message, MESSAGE_LENGTH);
  kit_print(stdout, " [%s]\n", f->rule->id);
  input_print_excerpt(stdout, &s->map, &f->place);
}

static void tell_json(const check_run *s, const check_finding *f) {
  fputs(s->told == 0 ? "{\"file\":" : ",\n{\"file\":", stdout);
  kit_print_json(stdout, hcsref_cstr(s->name));
  printf(",\"line\":%llu", (unsigned long long)f->line);
  if (f->place.line != 0)
    printf(",\"column\":%llu", (unsigned long long)f->place.column);
  fputs(",\"call\":", stdout);
  kit_print_json(stdout, f->call);
  fputs(",\"id\":", stdout);
  kit_print_json(stdout, f->id);
  fputs(",\"pointer\":", stdout);
  kit_print_json(stdout, f->pointer);
  kit_print(stdout, ",\"severity\":\"%s\",\"rule\":\"%s\",\"message\":", kit_severity_name(f->rule->severity),
            f->rule->id);
  kit_print_json(stdout, f->message);
  fputc('}', stdout);
}

static void found(void *context, const check_finding *f) {
  check_run *s = context;
  if (s->json)
    tell_json(s, f);
  else
    tell_text(s, f);
  s->told++;
  if (f->rule->severity == KIT_ERROR)
    s->errors++;
  else if (f->rule->severity == KIT_WARNING)
    s->warnings++;
}

static int complain(const char *name, int status, const char *message) {
  kit_print(stderr, "hcsproof check: %s: %s\n", name, message);
  return status;
}

static int conclude(const check_run *s, const check_totals *totals) {
  int status = s->errors > 0 || (s->o->strict && s->warnings > 0) ? CLI_FAILED : CLI_OK;
  if (!s->json)
    kit_print(stdout,
              "%s: %llu calls, %llu documents; containers compared with the reference: %llu, not compared: %llu; "
              "%llu errors, %llu warnings; the reference is %v\n",
              s->name, (unsigned long long)totals->calls, (unsigned long long)totals->documents,
              (unsigned long long)totals->compared, (unsigned long long)totals->not_compared,
              (unsigned long long)s->errors, (unsigned long long)s->warnings, hcsref_profile_name(s->profile));
  if (totals->documents == 0 && status == CLI_OK)
    return complain(s->name, CLI_USAGE, "none of its calls hands over a document");
  for (size_t i = 0; i < s->o->bundles.count; i++)
    if (!s->bundles[i].used)
      status = complain(s->bundles[i].name, CLI_USAGE, "the recording creates no container for this bundle");
  return status;
}

static int check_text(check_run *s, hcsref_str text) {
  check_request request = {.bundles = s->bundles, .bundle_count = s->o->bundles.count, .found = found, .context = s};
  check_totals totals;
  int status;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &request.tier);
  request.build = (unsigned)s->o->build;
  request.profile = s->profile;
  fputs(s->json ? "[" : "", stdout);
  status = input_map_text(&s->arena, text, &s->map) && check_recording(&request, &s->map, &totals)
               ? conclude(s, &totals)
               : complain(s->name, CLI_KIT, "out of memory");
  fputs(s->json ? "]\n" : "", stdout);
  return status;
}

/* [ID=]PATH: a path's own '=' comes after a separator, which an id has none of. */
static const char *split_bundle(const char *value, hcsref_str *id) {
  size_t length = strcspn(value, "=/\\:");
  *id = hcsref_str_from(value, value[length] == '=' ? length : 0);
  return value[length] == '=' ? value + length + 1 : value;
}

static bool read_bundle(check_run *s, size_t i) {
  check_bundle *b = &s->bundles[i];
  const char *path = split_bundle(s->o->bundles.items[i], &b->id);
  hcsref_str inside;
  if (platform_is_folder(path)) { /* the text ends in a NUL of its own */
    if (!hcsref_format(&s->arena, &inside, "%s/config.json%v", path, hcsref_str_from("", 1)))
      return complain(path, CLI_KIT, "out of memory") == CLI_OK;
    path = inside.data;
  }
  if (!input_read(path, SIZE_LIMIT, NULL, &s->texts[i]))
    return complain(s->texts[i].name, CLI_KIT, s->texts[i].message) == CLI_OK;
  b->name = s->texts[i].name;
  b->text = hcsref_str_from(s->texts[i].data, s->texts[i].length);
  return true;
}

/* Whose documents the recorded ones are held against: only those of a shim are made of a bundle. */
static int find_profile(check_run *s) {
  hcsref_error err = {0};
  s->profile = cli_profile_find(&s->arena, hcsref_cstr(s->o->profile), &err);
  if (s->profile == NULL) {
    message_error("--profile", &err);
    return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  if (hcsref_profile_rules(s->profile, HCSREF_PROGRAM_HCSSHIM) == NULL)
    return complain(s->o->profile, CLI_USAGE, "the profile has no hcsshim that is known, whose documents are compared");
  if (s->json && s->o->bundles.count > 0)
    kit_print(stderr, "hcsproof check: comparing with the reference as %v\n", hcsref_profile_name(s->profile));
  return CLI_OK;
}

static int check_file(check_run *s, const char *path) {
  input_text text;
  int status;
  s->bundles = calloc(s->o->bundles.count + 1, sizeof(*s->bundles));
  s->texts = calloc(s->o->bundles.count + 1, sizeof(*s->texts));
  if (s->bundles == NULL || s->texts == NULL)
    return complain(path, CLI_KIT, "out of memory");
  for (size_t i = 0; i < s->o->bundles.count; i++)
    if (!read_bundle(s, i))
      return CLI_KIT;
  if (input_read(path, SIZE_LIMIT, NULL, &text)) {
    s->name = text.name;
    status = check_text(s, hcsref_str_from(text.data, text.length));
  } else {
    status = complain(text.name, CLI_KIT, text.message);
  }
  input_free(&text);
  return status;
}

static int print_rules(void) {
  for (const kit_rule *rule = check_rules; rule->id != NULL; rule++)
    printf("%-24s %-8s %s\n", rule->id, kit_severity_name(rule->severity), rule->text);
  printf("and those of 'hcsproof lint --rules'\n");
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  check_run s;
  int status;
  memset(&s, 0, sizeof(s));
  s.o = invocation->options;
  if (s.o->rules)
    return print_rules();
  if (invocation->operands.count == 0) {
    fprintf(stderr, "hcsproof check: missing operand: RECORDING (see 'hcsproof check --help')\n");
    return CLI_USAGE;
  }
  s.color = cli_color(invocation, stdout);
  s.json = strcmp(s.o->format, "json") == 0;
  hcsref_arena_init(&s.arena, NULL, 0);
  status = find_profile(&s);
  if (status == CLI_OK)
    status = check_file(&s, invocation->operands.items[0]);
  for (size_t i = 0; s.texts != NULL && i < s.o->bundles.count; i++)
    input_free(&s.texts[i]);
  free(s.texts);
  free(s.bundles);
  hcsref_arena_free(&s.arena);
  return status;
}

#define OPTION(field) .offset = offsetof(check_options, field)

static const cli_option options[] = {
    {.name = "bundle",
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(bundles),
     .argument = "[ID=]PATH",
     .help = "The OCI spec that container ID was made from: config.json, or the folder that holds it. Without ID, the "
             "spec of every container that has no bundle of its own. The document that created the container is "
             "compared with the one that the reference makes from the spec.",
     .example = "web-1=bundles/web/config.json"},
    {.name = "compare",
     .kind = CLI_CHOICE,
     OPTION(tier),
     .argument = "TIER",
     .choices = "semantic|canonical|bytes",
     .fallback = "semantic",
     .help = "How to compare, as for 'hcsproof diff --tier'."},
    {.name = "format",
     .kind = CLI_CHOICE,
     OPTION(format),
     .argument = "FORMAT",
     .choices = "text|json",
     .fallback = "text",
     .help = "text: one line per finding, then the totals. json: an array of objects."},
    {.name = "build",
     .kind = CLI_NUMBER,
     OPTION(build),
     .argument = "NUMBER",
     .least = 1,
     .most = 999999,
     .help =
         "The build of Windows that the documents are for: fields that it does not have are errors. Without it, any.",
     .example = "20348"},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .fallback = "newest",
     .help = "The release that the reference compares as: the one whose shim wrote the documents. 'hcsproof profiles' "
             "lists them; the totals name it in full.",
     .example = "containerd-2.2"},
    {.name = "strict", .kind = CLI_FLAG, OPTION(strict), .help = "Treat warnings as errors."},
    {.name = "rules", .kind = CLI_FLAG, OPTION(rules), .help = "Print the rules and exit."},
};

static const cli_example examples[] = {
    {"hcsproof check recording.jsonl", "Checks every document that a runtime handed to the simulated service."},
    {"hcsproof check recording.jsonl --bundle config.json",
     "Also compares the document that created the container with the reference's."},
    {"hcsproof check recording.jsonl --bundle config.json --profile containerd-1.7.34",
     "Compares with what the shim of that release makes of the spec."},
    {"hcsproof check recording.jsonl --bundle pause=p/config.json --bundle web=w/config.json --format json",
     "Checks a pod with two containers, and prints JSON."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing is wrong"},
    {CLI_FAILED, "something is wrong: a document, a difference, a refusal by the service or a damaged line"},
    {CLI_USAGE, "wrong options, no document in the recording, or no container for a bundle"},
    {CLI_KIT, "a file could not be read, or out of memory"},
};

const cli_command check_command = {
    .name = "check",
    .summary = "check what a runtime handed to the simulated service",
    .operands = "RECORDING",
    .most_operands = 1,
    .description =
        "RECORDING is what the simulated Host Compute Service wrote to the file named by HCSSIM_RECORD: one line per "
        "call, in JSON. Each document that a call hands over is checked as 'hcsproof lint' checks it. With --bundle, "
        "the document that creates a container is also compared with the reference's. Everything else that this "
        "document depends on comes from the recording: the Windows build, the processors, id and owner, the layers' "
        "ids and, where the spec leaves them out as containerd does, the layer folders, root path and network "
        "namespace. A mount's source may be given by its volume. Documents of utility VMs are not compared.\n\nEach "
        "line gives the file, line, call, id, JSON pointer and rule. '-' is standard input.",
    .options_size = sizeof(check_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

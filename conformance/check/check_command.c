/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof check: what a runtime handed to the simulated Host Compute Service. */
#include "check/check_run.h"
#include "check/other.h"
#include "check/recording/scrub.h"
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/message.h"
#include "io/print.h"

#include <string.h>

static bool compares(const check_run *s) {
  return s->bundles.len > 0 || s->state.count > 0;
}

/* Every bundle that was named is some container's. */
static int check_used(const check_run *s, int status) {
  const check_bundle *bundles = s->bundles.items;
  for (size_t i = 0; i < s->bundles.len; i++)
    if (!bundles[i].used)
      status = check_complain(bundles[i].name, CLI_USAGE, "the recording creates no container for this bundle");
  if (s->state.problem != NULL)
    return check_complain(s->o->state, CLI_KIT, s->state.problem);
  if (s->state.count > 0 && s->in_state == 0)
    status = check_complain(s->o->state, CLI_USAGE, "none of its bundles is of a container that the recording creates");
  if (s->unnamed > 1)
    kit_print(stderr,
              "hcsproof check: %llu containers were compared with one bundle: --bundle ID=PATH gives each its own, and "
              "--state finds them\n",
              (unsigned long long)s->unnamed);
  return status;
}

static int conclude(const check_run *s, const check_totals *totals) {
  int status = s->errors > 0 || (s->o->strict && s->warnings > 0) ? CLI_FAILED : CLI_OK;
  check_print_totals(s, totals);
  if (totals->documents == 0 && status == CLI_OK)
    return check_complain(s->name, CLI_USAGE, "none of its calls hands over a document");
  return check_used(s, status);
}

/* Says so and is true when the file holds something else. */
static bool is_other(const check_run *s, hcsref_str text) {
  hcsref_arena arena;
  const char *what;
  hcsref_arena_init(&arena, NULL, 0);
  what = check_other_than_recording(&arena, text);
  if (what != NULL)
    kit_print(stderr, "hcsproof check: %s: this is %s, not a recording; 'hcsproof lint' checks single documents\n",
              s->name, what);
  hcsref_arena_free(&arena);
  return what != NULL;
}

static int check_text(check_run *s, hcsref_str text) {
  check_request request = {.found = check_print, .context = s, .setup = s->setup};
  check_totals totals;
  int status;
  if (is_other(s, text))
    return CLI_USAGE;
  request.bundle = compares(s) ? check_find_bundle : NULL;
  request.profile = s->profile;
  request.profile_given = s->o->profile != NULL;
  request.keep_secrets = s->o->keep_secrets;
  request.build = (unsigned)s->o->build;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &request.tier);
  fputs(s->json ? "[" : "", stdout);
  status = input_map_text(&s->arena, text, &s->map) && check_recording(&s->arena, &request, &s->map, &totals)
               ? conclude(s, &totals)
               : check_complain(s->name, CLI_KIT, "out of memory");
  fputs(s->json ? "]\n" : "", stdout);
  return status;
}

/* Whose documents the recorded ones are held against: a shim's, or those of a dockerd that makes its own. */
static int find_profile(check_run *s) {
  const char *name = s->o->profile == NULL ? "newest" : s->o->profile;
  hcsref_error err = {0};
  s->profile = cli_profile_find(&s->arena, hcsref_cstr(name), &err);
  if (s->profile == NULL) {
    message_error("--profile", &err);
    return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  }
  if (hcsref_profile_rules(s->profile, HCSREF_PROGRAM_HCSSHIM) == NULL &&
      hcsref_profile_rules(s->profile, HCSREF_PROGRAM_MOBY) == NULL)
    return check_complain(name, CLI_USAGE, "the profile has no hcsshim that is known, whose documents are compared");
  return CLI_OK;
}

static int check_file(check_run *s, const char *path) {
  hcsref_str text;
  int status = find_profile(s);
  if (status != CLI_OK)
    return status;
  return check_read_bundles(s) && check_read(s, path, &s->name, &text) ? check_text(s, text) : CLI_KIT;
}

static int print_rules(void) {
  for (const kit_rule *rule = check_rules; rule->id != NULL; rule++)
    printf("%-24s %-8s %s\n", rule->id, kit_severity_name(rule->severity), rule->text);
  printf("and those of 'hcsproof lint --rules'\n");
  return CLI_OK;
}

/* --scrub and --with check nothing. */
static const char *find_conflict(const check_options *o) {
  const bool compared = o->bundles.count > 0 || o->state != NULL;
  if (o->scrub && (o->with != NULL || compared || o->keep_secrets))
    return "--scrub writes a copy and checks nothing: it takes no --bundle, --state, --with or --keep-secrets";
  if (!o->scrub && o->output != NULL)
    return "-o is for the copy that --scrub writes";
  if (o->with != NULL && compared)
    return "--with compares two recordings: it takes no --bundle or --state";
  return NULL;
}

static int perform(check_run *s, const char *path) {
  if (s->o->scrub)
    return check_share(s, path);
  return s->o->with != NULL ? check_with(s, path) : check_file(s, path);
}

static int run(const cli_invocation *invocation) {
  check_run s;
  const char *conflict;
  int status;
  memset(&s, 0, sizeof(s));
  s.o = invocation->options;
  if (s.o->rules)
    return print_rules();
  conflict = invocation->operands.count == 0 ? "missing operand: RECORDING" : find_conflict(s.o);
  if (conflict != NULL) {
    kit_print(stderr, "hcsproof check: %s (see 'hcsproof check --help')\n", conflict);
    return CLI_USAGE;
  }
  s.color = cli_color(invocation, stdout);
  s.json = strcmp(s.o->format, "json") == 0;
  hcsref_arena_init(&s.arena, NULL, 0);
  status = perform(&s, invocation->operands.items[0]);
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
     .help = "What container ID was made from: config.json, the folder that holds it, or any other input of 'hcsproof "
             "translate'. Without ID, the container that the file itself names ('crictl inspect', 'ctr containers "
             "info', 'docker inspect'), else every container that has no bundle of its own. The document that created "
             "the container is compared with the one that the reference makes.",
     .example = "web-1=bundles/web/config.json"},
    {.name = "state",
     .kind = CLI_FOLDER,
     OPTION(state),
     .argument = "DIR",
     .help = "The folder where containerd or dockerd keeps its state. The bundle of each container is found in it by "
             "the container's id, at any depth.",
     .example = "ProgramData/containerd/state"},
    {.name = "pod",
     .kind = CLI_FILE,
     OPTION(pod),
     .argument = "FILE",
     .help = "The CRI pod config that completes a container config given with --bundle."},
    {.name = "image",
     .kind = CLI_FILE,
     OPTION(image),
     .argument = "FILE",
     .help = "The config of its image, as for 'hcsproof translate --image'."},
    {.name = "runtime",
     .kind = CLI_FILE,
     OPTION(runtime),
     .argument = "FILE",
     .help = "The runtime's section of containerd's configuration, as for 'hcsproof translate --runtime'."},
    {.name = "with",
     .kind = CLI_FILE,
     OPTION(with),
     .argument = "RECORDING",
     .help = "Compare with another recording of the same work, for example by a newer runtime: documents that differ, "
             "documents that only one has, and calls that one makes more often. GUIDs and ids that only one of them "
             "has are new with each run and do not count.",
     .example = "newer.jsonl"},
    {.name = "scrub",
     .kind = CLI_FLAG,
     OPTION(scrub),
     .help = "Write a copy of the recording that can be shared, without the values of environment variables and "
             "without credentials, and check nothing."},
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     OPTION(output),
     .argument = "FILE",
     .help = "With --scrub: where to write the copy. Default: standard output."},
    {.name = "keep-secrets",
     .kind = CLI_FLAG,
     OPTION(keep_secrets),
     .help = "Show the values of environment variables and credentials in what is printed; without it, " SCRUBBED
             " stands in their place."},
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
     .help = "The release that the reference compares as: the one whose shim or dockerd wrote the documents. 'hcsproof "
             "profiles' lists them; the totals name it in full. Default: the one that the client is, as far as the "
             "recording says; else newest.",
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
    {"hcsproof check recording.jsonl --state drive_c/ProgramData/containerd/state",
     "Compares each container with the bundle that containerd made for it."},
    {"hcsproof check before.jsonl --with after.jsonl", "Shows what an upgrade of the runtime changed."},
    {"hcsproof check recording.jsonl --scrub -o shared.jsonl", "Writes a copy without secrets."},
    {"hcsproof check recording.jsonl --bundle pause=p/config.json --bundle web=w/config.json --format json",
     "Checks a pod with two containers, and prints JSON."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing is wrong; with --with: nothing differs; with --scrub: the copy is written"},
    {CLI_FAILED, "something is wrong: a document, a difference, a refusal by the service or a damaged line"},
    {CLI_USAGE,
     "wrong options, no document in a recording, or no container for a bundle or for the bundles of --state"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
};

const cli_command check_command = {
    .name = "check",
    .summary = "check what a runtime handed to the simulated service",
    .operands = "RECORDING",
    .most_operands = 1,
    .description =
        "RECORDING is what the simulated Host Compute Service wrote to the file named by HCSSIM_RECORD: one line per "
        "call, in JSON. Each document that a call hands over is checked as 'hcsproof lint' checks it. With --bundle or "
        "--state, the document that creates a container is also compared with the reference's. Everything else that "
        "this document depends on comes from the recording: the Windows build, the processors, id and owner, the "
        "layers' ids and, where the spec leaves them out as containerd does, the layer folders, root path and network "
        "namespace; for docker's inputs, those are always taken from it, and so are the endpoints and the credentials. "
        "A mount's source may be given by its volume. Documents of utility VMs are not compared.\n\nEach line gives "
        "the file, line, call, id, JSON pointer and rule. The values of environment variables and credentials are not "
        "shown. '-' is standard input.",
    .options_size = sizeof(check_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof lint: a vendor's document against tables and rules. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "input/foreign.h"
#include "input/kind.h"
#include "input/yaml.h"
#include "io/input.h"
#include "io/message.h"
#include "io/print.h"
#include "lint/lint.h"
#include "lint/mend.h"
#include "lint/report.h"
#include "lint/stages.h"

#include <string.h>

#define SIZE_LIMIT ((uint64_t)256 << 20)

typedef struct lint_options {
  const char *schema, *format, *profile;
  uint64_t build;
  bool strict, rules, fix;
} lint_options;

typedef struct lint_state {
  const lint_options *o;
  const hcsref_profile *profile;    /* null: any */
  const hcsref_profile *translates; /* the same, or the newest */
  lint_report report;
  uint64_t errors, warnings;
  /* of the document */
  hcsref_arena *arena;
  const char *name;
  const input_map *map;
  bool mending;       /* nothing is told: what can be mended is noted */
  hcsref_slice mends; /* of lint_mend */
} lint_state;

/* ---- findings ----------------------------------------------------------------------------------------- */

static void tell_at(lint_state *s, const kit_finding *f, const input_place *place, const char *hint) {
  if (f->rule->severity == KIT_ERROR)
    s->errors++;
  if (f->rule->severity == KIT_WARNING)
    s->warnings++;
  s->report.format->finding(&s->report, s->name, s->map, place, f, hint);
  s->report.told++;
}

static void found(void *context, const kit_finding *f) {
  lint_state *s = context;
  input_place place;
  bool there = input_locate(s->map, f->pointer, f->key, &place);
  if (s->mending && there)
    lint_note_mend(s->arena, s->map, &place, f, &s->mends);
  if (!s->mending)
    tell_at(s, f, &place, NULL);
}

static int complain(const lint_state *s, int status, const char *message) {
  if (!s->mending || status == CLI_KIT || strstr(message, "--fix") != NULL)
    kit_print(stderr, "hcsproof lint: %s: %s\n", s->name, message);
  return status;
}

/* ---- a document --------------------------------------------------------------------------------------- */

static void tell_what(const lint_state *s, const kit_document *document) {
  if (s->o->schema == NULL && strcmp(s->o->format, "text") == 0)
    kit_print(stderr, "hcsproof lint: %s: read as %s%s%s\n", s->name,
              document->list ? "a list, the first of which is " : "", document->what,
              s->map->yaml && input_yaml_goes_on(s->map->text) ? ", the first of its YAML documents" : "");
}

/* Windows and Go read UTF-8 without a mark alone; what tools print for people is not handed to either. */
static void check_encoding(lint_state *s, const kit_document *document) {
  static const char *const texts[] = {
      [INPUT_UTF8] = NULL,
      [INPUT_UTF8_MARK] = "the file begins with a byte-order mark (U+FEFF): neither the service nor hcsshim reads it",
      [INPUT_UTF16] = "the file is UTF-16, as PowerShell's > writes it: neither the service nor hcsshim reads it"};
  static const char *const handed[] = {"oci",  "hcs-", "process-",    "modify-",
                                       "hcn-", "hns-", "layer-chain", "credential-spec"};
  const char *text = texts[s->map->encoding];
  kit_finding finding = {.rule = kit_rule_find("encoding"), .message = hcsref_cstr(text)};
  input_place place = input_place_at(s->map, 0, 1);
  for (size_t i = 0; i < sizeof handed / sizeof handed[0] && text != NULL && !document->open; i++)
    if (strncmp(document->name, handed[i], strlen(handed[i])) == 0) {
      if (!s->mending)
        tell_at(s, &finding, &place, "save it as UTF-8 without a mark, or write it with hcsproof's -o");
      return;
    }
}

static int complain_foreign(const lint_state *s, const input_foreign *foreign) {
  if (!s->mending)
    kit_print(stderr, "hcsproof lint: %s: this is %s, which lint does not check: %s; %s\n", s->name, foreign->what,
              foreign->reader, foreign->instead);
  return CLI_USAGE;
}

static int complain_kind(const lint_state *s, const kit_document *document, const kit_json *tree) {
  if (document->name != NULL)
    return complain(s, CLI_USAGE,
                    "is an object of the Kubernetes API, which no runtime reads: give what kubelet makes of it, the "
                    "output of 'crictl inspect'; 'hcsproof explain' says what Windows makes of its members");
  if (input_foreign_of(tree) != NULL)
    return complain_foreign(s, input_foreign_of(tree));
  if (kit_json_get(tree, "op") != NULL && kit_json_get(tree, "expect") != NULL)
    return complain(s, CLI_USAGE, "is a case: see 'hcsproof golden lint'");
  if (kit_json_get(tree, "call") != NULL)
    return complain(s, CLI_USAGE, "is a recording: see 'hcsproof check'");
  if (input_kind_of(tree) == INPUT_IMAGE_CONFIG)
    return complain(s, CLI_USAGE,
                    "is the config of an image, which Windows is not handed: give it to 'hcsproof translate --image' "
                    "beside a container's config");
  return complain(s, CLI_USAGE,
                  "is not a known kind of document; name its schema with --schema (see 'hcsproof schema --list')");
}

static bool lint_whole(lint_state *s, kit_document *document, hcsref_str bytes) {
  hcsref_program program = kit_document_program(document);
  if (s->profile != NULL && program != HCSREF_PROGRAM_COUNT)
    document->rules = hcsref_profile_rules(s->profile, program);
  document->build = (unsigned)s->o->build;
  check_encoding(s, document);
  return kit_lint(s->arena, document, s->map->tree, found, s) &&
         (!lint_is_translated(document) || kit_is_linux_spec(s->map->tree) ||
          lint_stages(s->arena, document, s->map->yaml ? bytes : s->map->text, s->translates, found, s));
}

static int complain_schema(const lint_state *s) {
  char message[300];
  cli_schema_unknown(s->o->schema, message, sizeof(message));
  return complain(s, CLI_USAGE, message);
}

static int lint_tree(lint_state *s, hcsref_str bytes) {
  kit_document document;
  if (!kit_document_find(s->o->schema, s->map->tree, &document))
    return complain_schema(s);
  if (document.name == NULL || strcmp(document.name, "kubernetes") == 0)
    return complain_kind(s, &document, s->map->tree);
  if (!s->mending)
    tell_what(s, &document);
  return lint_whole(s, &document, bytes) ? CLI_OK : complain(s, CLI_KIT, "out of memory");
}

/* ---- a file ------------------------------------------------------------------------------------------- */

static int tell_syntax(lint_state *s, const hcsref_error *err) {
  kit_finding finding = {.rule = kit_rule_find("syntax"), .message = err->message};
  const input_foreign *foreign = input_foreign_text(s->map->text);
  if (strcmp(err->code, "out-of-memory") == 0)
    return complain(s, CLI_KIT, "out of memory");
  if (foreign != NULL)
    return complain_foreign(s, foreign);
  tell_at(s, &finding, &s->map->problem, s->map->hint);
  return CLI_OK;
}

/* What a plain value of YAML means, a string or not, the table says: `y` is true only where no string belongs. */
static bool read_bytes(const lint_state *s, hcsref_str bytes, input_map *map, hcsref_error *err) {
  kit_document document;
  if (!input_map_read(s->arena, bytes, NULL, map, err))
    return false;
  if (!map->yaml || !kit_document_find(s->o->schema, map->tree, &document) || document.shape.type == NULL)
    return true;
  return input_map_read(s->arena, bytes, document.shape.type, map, err);
}

static int lint_bytes(lint_state *s, hcsref_str bytes) {
  input_map map;
  hcsref_error err = {0};
  int status;
  s->map = &map;
  status = read_bytes(s, bytes, &map, &err) ? lint_tree(s, bytes) : tell_syntax(s, &err);
  s->map = NULL;
  return status;
}

/* A mend may make room for another: a member that has its right name is looked into. */
#define MOST_PASSES 4

/* Mends `*text` once; afterwards it is UTF-8. False: nothing is left that is certain. */
static bool mend_once(lint_state *s, hcsref_str *text, int *status) {
  hcsref_buf out = {.arena = s->arena};
  hcsref_error err = {0};
  hcsref_str readable;
  input_map map;
  bool read = input_map_read(s->arena, *text, NULL, &map, &err);
  if (map.yaml)
    *status = complain(s, CLI_USAGE, "is YAML, which --fix does not write");
  if (map.yaml || (!read && map.problem.line == 0))
    return false;
  *text = map.text;
  readable = read ? map.text : lint_mend_syntax(s->arena, map.text);
  s->mends = (hcsref_slice){NULL, 0, 0};
  s->map = &map;
  if (read && lint_tree(s, *text) != CLI_OK)
    readable.data = NULL; /* what it is, is told later */
  s->map = NULL;
  if (readable.data == NULL)
    return false;
  lint_mend_text(readable, &s->mends, &out);
  if (out.failed) {
    *status = complain(s, CLI_KIT, "out of memory");
    return false;
  }
  *text = hcsref_buf_str(&out);
  return !read || s->mends.len != 0;
}

static int fix_bytes(lint_state *s, hcsref_str bytes) {
  int status = CLI_OK;
  s->mending = true;
  for (size_t pass = 0; pass < MOST_PASSES && mend_once(s, &bytes, &status); pass++)
    ;
  s->mending = false;
  if (status == CLI_OK)
    status = lint_bytes(s, bytes);
  if (status == CLI_OK)
    fwrite(bytes.data, 1, bytes.len, stdout);
  return status;
}

static int lint_file(lint_state *s, const char *path) {
  input_text text;
  hcsref_arena arena;
  int status;
  hcsref_arena_init(&arena, NULL, 0);
  s->arena = &arena;
  if (!input_read(path, SIZE_LIMIT, NULL, &text)) {
    s->name = text.name;
    status = complain(s, CLI_KIT, text.message);
  } else {
    s->name = text.name;
    status = (s->o->fix ? fix_bytes : lint_bytes)(s, hcsref_str_from(text.data, text.length));
  }
  input_free(&text);
  s->arena = NULL;
  hcsref_arena_free(&arena);
  return status;
}

static int print_rules(void) {
  const kit_rule *rule;
  for (rule = kit_rules_table; rule->id != NULL; rule++)
    printf("%-24s %-8s %s\n", rule->id, kit_severity_name(rule->severity), rule->text);
  return CLI_OK;
}

static int lint_files(lint_state *s, const cli_list *files) {
  int worst = CLI_OK;
  size_t i;
  if (s->report.format->begin != NULL)
    s->report.format->begin(&s->report);
  for (i = 0; i < files->count; i++) {
    int status = lint_file(s, files->items[i]);
    worst = status > worst ? status : worst;
  }
  if (s->report.format->end != NULL)
    s->report.format->end(&s->report);
  if (worst == CLI_OK && (s->errors > 0 || (s->o->strict && s->warnings > 0)))
    worst = CLI_FAILED;
  return worst;
}

static bool find_profile(lint_state *s, hcsref_arena *arena, int *status) {
  hcsref_error err = {0};
  s->translates = cli_profile_find(arena, hcsref_cstr(s->o->profile == NULL ? "newest" : s->o->profile), &err);
  if (s->o->profile != NULL)
    s->profile = s->translates;
  if (s->translates != NULL)
    return true;
  message_error("--profile", &err);
  *status = strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
  return false;
}

static int usage_error(const char *message) {
  kit_print(stderr, "hcsproof lint: %s (see 'hcsproof lint --help')\n", message);
  return CLI_USAGE;
}

static int run(const cli_invocation *invocation) {
  lint_state s;
  hcsref_arena arena;
  int status = CLI_OK;
  memset(&s, 0, sizeof(s));
  s.o = invocation->options;
  if (s.o->rules)
    return print_rules();
  if (invocation->operands.count == 0)
    return usage_error("missing operand: DOCUMENT");
  if (s.o->fix && invocation->operands.count != 1)
    return usage_error("--fix takes one document");
  hcsref_arena_init(&arena, NULL, 0);
  s.report.format = lint_format_find(s.o->format);
  s.report.out = s.o->fix ? stderr : stdout;
  s.report.color = cli_color(invocation, s.report.out);
  if (find_profile(&s, &arena, &status))
    status = lint_files(&s, &invocation->operands);
  hcsref_arena_free(&arena);
  return status;
}

#define OPTION(field) .offset = offsetof(lint_options, field)

static const cli_option options[] = {
    {.name = "schema",
     .kind = CLI_SCHEMA,
     OPTION(schema),
     .argument = "NAME",
     .help =
         "The schema of the documents (see 'hcsproof schema --list'). Without it, each is recognised by its members."},
    {.name = "format",
     .kind = CLI_CHOICE,
     OPTION(format),
     .argument = "FORMAT",
     .choices = "text|json|github|sarif",
     .fallback = "text",
     .help = "text: FILE:LINE:COLUMN, the JSON pointer, the rule, and the line itself. json: an array of objects. "
             "github: annotations of a workflow. sarif: SARIF 2.1.0, for code scanning."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help = "The releases that write or read the documents ('hcsproof profiles' lists them): fields that they do not "
             "know are notes, and specs are translated as they do. Without it, any release will do.",
     .example = "containerd-2.2"},
    {.name = "build",
     .kind = CLI_NUMBER,
     OPTION(build),
     .argument = "NUMBER",
     .least = 1,
     .most = 999999,
     .help = "The build of Windows that gets the documents: fields that it does not have are errors. Without it, any.",
     .example = "20348"},
    {.name = "fix",
     .kind = CLI_FLAG,
     OPTION(fix),
     .help =
         "Print the document with every unambiguous mistake corrected (spelling of members, slashes, braces, trailing "
         "commas, comments, encoding). What remains is reported on standard error, and only that counts towards the "
         "exit status."},
    {.name = "strict", .kind = CLI_FLAG, OPTION(strict), .help = "Treat warnings as errors."},
    {.name = "rules", .kind = CLI_FLAG, OPTION(rules), .help = "Print the rules and exit."},
};

static const cli_example examples[] = {
    {"hcsproof lint create.json", "Checks a document that a runtime hands to Windows."},
    {"hcsproof lint --schema process-v2 exec.json", "Checks a process document."},
    {"hcsproof lint config.json container-config.yaml",
     "Checks an OCI spec and a CRI config: what translate refuses, lint finds."},
    {"hcsproof lint vm.json --build 17763", "Finds fields that Windows Server 2019 does not have."},
    {"hcsproof lint create.json --fix > mended.json", "Writes the document as it was probably meant."},
    {"hcsproof translate config.json --envelope | hcsproof lint -",
     "Finds nothing wrong with what the reference writes."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing is wrong"},
    {CLI_FAILED, "something is wrong, or a document is not JSON"},
    {CLI_USAGE, "wrong options, or a document that is not recognised"},
    {CLI_KIT, "a file could not be read"},
};

const cli_command lint_command = {
    .name = "lint",
    .summary = "check a document, spec or request against schema and rules",
    .operands = "DOCUMENT...",
    .most_operands = SIZE_MAX,
    .description = "Finds unknown and misspelt fields, wrong types and ranges, and what the schema allows but breaks "
                   "on a host. Each line gives the file, the JSON pointer and the rule. '-' is standard input.",
    .options_size = sizeof(lint_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

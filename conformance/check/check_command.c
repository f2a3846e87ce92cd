/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof check: a recording of what a runtime handed to the Host Compute Service, against tables, rules and the
 * reference. */
#include "cli/commands.h"

#include "check/bundle.h"
#include "compare/compare.h"
#include "io/input.h"
#include "lint/lint.h"
#include "platform/platform.h"
#include "report/format.h"
#include "run/console.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_LIMIT   ((uint64_t)256 << 20) /* of a recording or a bundle's config.json */
#define RECENT       256u                  /* operations under way and systems of schema 1 that are remembered */
#define SHOWN_LENGTH 300u                  /* characters of a value in a message */

typedef struct check_options {
  const char *format, *tier;
  cli_list bundles;
  bool strict, rules;
} check_options;

/* A --bundle. */
typedef struct bundle {
  hcsref_str id; /* empty: of every container that has no other */
  input_text text;
  bool used;
} bundle;

/* Something that the lines so far have told, for a later one. */
typedef struct remembered {
  uint64_t process, handle, line;
} remembered;

typedef struct check_state {
  const cli_invocation *invocation;
  const check_options *o;
  const char *name; /* of the recording */
  bool color, json;
  bundle *bundles;
  hcsref_arena arena; /* of the recording */
  facts *facts;
  remembered creating[RECENT], v1[RECENT];
  uint64_t creating_count, v1_count;
  /* of the line */
  hcsref_arena line_arena;
  uint64_t line, process;
  hcsref_str call, id;
  /* so far */
  uint64_t calls, documents, compared, not_compared, errors, warnings;
} check_state;

/* ---- telling ------------------------------------------------------------------------------------------------ */

enum { LINE, NOT_JSON, REFUSED, DIFFERS, NO_REFERENCE, LEFT_OPEN };
static const kit_rule rules[] = {
    [LINE] = {"recording-line", KIT_ERROR, "A line is a JSON object, as the simulated service writes it."},
    [NOT_JSON] = {"document-json", KIT_ERROR, "A document is JSON."},
    [REFUSED] = {"refused", KIT_ERROR, "The service accepts the document that creates a system."},
    [DIFFERS] = {"reference", KIT_ERROR, "The document is the one that the reference makes of the bundle."},
    [NO_REFERENCE] = {"reference-refuses", KIT_ERROR, "The reference makes a document of the bundle."},
    [LEFT_OPEN] = {"handle-left", KIT_WARNING, "A process closes its handles to the service before it ends."},
};

static void tell_text(const check_state *s, const kit_finding *f) {
  bool error = f->rule->severity == KIT_ERROR;
  printf("%s:%llu: ", s->name, (unsigned long long)s->line);
  if (s->call.len > 0) {
    kit_print_text(stdout, s->call, 100);
    fputs(s->id.len > 0 ? " " : "", stdout);
    kit_print_text(stdout, s->id, 100);
    fputs(": ", stdout);
  }
  if (f->pointer.len > 0) {
    kit_print_text(stdout, f->pointer, 500);
    fputs(": ", stdout);
  }
  printf("%s%s%s: ",
         !s->color ? ""
         : error   ? "\033[31m"
                   : "\033[33m",
         error ? "error" : "warning", s->color ? "\033[0m" : "");
  kit_print_text(stdout, f->message, 2 * SHOWN_LENGTH + 100);
  printf(" [%s]\n", f->rule->id);
}

static void tell_json(const check_state *s, const kit_finding *f) {
  fputs(s->errors + s->warnings == 0 ? "{\"file\":" : ",\n{\"file\":", stdout);
  kit_print_json(stdout, hcsref_cstr(s->name));
  printf(",\"line\":%llu,\"call\":", (unsigned long long)s->line);
  kit_print_json(stdout, s->call);
  fputs(",\"id\":", stdout);
  kit_print_json(stdout, s->id);
  fputs(",\"pointer\":", stdout);
  kit_print_json(stdout, f->pointer);
  printf(",\"severity\":\"%s\",\"rule\":\"%s\",\"message\":", f->rule->severity == KIT_ERROR ? "error" : "warning",
         f->rule->id);
  kit_print_json(stdout, f->message);
  fputc('}', stdout);
}

static void found(void *context, const kit_finding *f) {
  check_state *s = context;
  if (s->json)
    tell_json(s, f);
  else
    tell_text(s, f);
  if (f->rule->severity == KIT_ERROR)
    s->errors++;
  else
    s->warnings++;
}

static void tell(check_state *s, int rule, hcsref_str pointer, hcsref_str message) {
  kit_finding finding = {&rules[rule], pointer, message};
  found(s, &finding);
}

static int complain(const char *name, int status, const char *message) {
  fprintf(stderr, "hcsproof check: %s: %s\n", name, message);
  return status;
}

static const hcsref_str nothing = {NULL, 0};

/* ---- what later lines need ---------------------------------------------------------------------------------- */

static void remember(const check_state *s, remembered *list, uint64_t *count, uint64_t handle) {
  remembered *entry = &list[(*count)++ % RECENT];
  entry->process = s->process;
  entry->handle = handle;
  entry->line = s->line;
}

/* Is it there? Handles are not 0. */
static remembered *recall(remembered *list, uint64_t process, uint64_t handle) {
  for (size_t i = 0; i < RECENT && handle != 0; i++)
    if (list[i].process == process && list[i].handle == handle)
      return &list[i];
  return NULL;
}

static uint64_t number(const kit_json *object, const char *name) {
  uint64_t value = 0;
  (void)kit_json_uint(kit_json_get(object, name), &value);
  return value;
}

/* ---- the reference ------------------------------------------------------------------------------------------ */

static bundle *bundle_of(const check_state *s) {
  bundle *all = NULL;
  for (size_t i = 0; i < s->o->bundles.count; i++) {
    bundle *b = &s->bundles[i];
    if (b->id.len == 0)
      all = b;
    else if (hcsref_str_equal(b->id, s->id))
      return b;
  }
  return all;
}

static hcsref_str shown(hcsref_str value) {
  return value.data == NULL ? HCSREF_LIT("nothing") : hcsref_str_first(value, SHOWN_LENGTH);
}

static bool tell_differences(check_state *s, const kit_differences *differences) {
  hcsref_str message;
  for (const kit_difference *d = differences->first; d != NULL; d = d->next) {
    if (!hcsref_format(&s->line_arena, &message, "%s: the reference has %v, the recording %v",
                       kit_difference_name(d->kind), shown(d->expected), shown(d->actual)))
      return false;
    tell(s, DIFFERS, d->pointer, message);
  }
  if (differences->count <= KIT_DIFFERENCES_KEPT)
    return true;
  if (!hcsref_format(&s->line_arena, &message, "%u more differences",
                     (uint64_t)(differences->count - KIT_DIFFERENCES_KEPT)))
    return false;
  tell(s, DIFFERS, nothing, message);
  return true;
}

static bool compare(check_state *s, const kit_document *document, const kit_json *actual, hcsref_str reference,
                    hcsref_error *err) {
  kit_differences differences = {0};
  kit_json *expected;
  kit_tier tier;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &tier);
  if (tier == KIT_BYTES ? !kit_compare_texts(&s->line_arena, reference, actual->raw, &differences, err)
                        : !kit_json_parse(&s->line_arena, reference, &expected, err) ||
                              !kit_compare(&s->line_arena, tier, document->shape, expected, actual, &differences, err))
    return false;
  s->compared++;
  return tell_differences(s, &differences) || hcsref_fail_memory(err);
}

static bool check_reference(check_state *s, const kit_document *document, const kit_json *tree, hcsref_error *err) {
  created c = {s->process, s->id, tree};
  bundle *b = bundle_of(s);
  hcsref_str reference, message;
  if (b != NULL)
    b->used = true;
  if (b == NULL || !created_is_comparable(&c)) {
    s->not_compared++;
    return true;
  }
  if (bundle_document(&s->line_arena, s->facts, &c, hcsref_str_from(b->text.data, b->text.length), &reference, err))
    return compare(s, document, tree, reference, err);
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  if (!hcsref_format(&s->line_arena, &message, "the reference refuses %s%s%v: %v", b->text.name,
                     err->where.len > 0 ? ": " : "", err->where, err->message))
    return false;
  s->not_compared++;
  tell(s, NO_REFERENCE, nothing, message);
  return true;
}

/* ---- documents ---------------------------------------------------------------------------------------------- */

#define CREATE "HcsCreateComputeSystem"

/* The arguments that are documents, and what they are with a system of schema 2 and of schema 1. */
static const struct {
  const char *call, *member, *v2, *v1;
} arguments[] = {
    {CREATE, "configuration", NULL, NULL},
    {"HcsCreateProcess", "parameters", "process-v2", "process-v1"},
    {"HcsModifyProcess", "settings", "process-modify", "process-modify"},
    {"HcsSignalProcess", "options", "signal-options", "signal-options"},
    {"HcsGetComputeSystemProperties", "query", "property-query-v2", "property-query-v1"},
    {"HcsModifyComputeSystem", "configuration", "modify-v2", "modify-v1"},
    {"HcsEnumerateComputeSystems", "query", "system-query-v2", "system-query-v1"},
    {"HcnCreateNamespace", "settings", "hcn-namespace", "hcn-namespace"},
    {"HcnModifyNamespace", "settings", "hcn-modify-namespace", "hcn-modify-namespace"},
    {"HcnQueryNamespaceProperties", "query", "hcn-query", "hcn-query"},
    {"HcnEnumerateNamespaces", "query", "hcn-query", "hcn-query"},
};

static bool lint(check_state *s, const char *schema, const kit_json *tree, kit_document *document, hcsref_error *err) {
  if (!kit_document_find(schema, tree, document))
    return hcsref_fail_memory(err);
  if (document->name == NULL) /* it creates a system and looks like nothing that could */
    (void)kit_document_find("hcs-v2-system", tree, document);
  return kit_lint(&s->line_arena, document, tree, found, s) || hcsref_fail_memory(err);
}

/* What came of the document of line `handed`: at once, or through an operation. */
static bool check_answer(check_state *s, const kit_json *line, uint64_t handed) {
  hcsref_str result = kit_json_get_string(line, "result");
  const kit_json *answer = kit_json_get(kit_json_get(line, "out"), "document");
  bool ok = hcsref_str_equal(result, HCSREF_LIT("0x00000000")) || hcsref_str_equal(result, HCSREF_LIT("0xc0370103"));
  hcsref_str message, words = kit_json_get_string(answer, "ErrorMessage"), event = nothing;
  const kit_json *events = kit_json_get(answer, "ErrorEvents");
  if (ok)
    return true;
  if (events != NULL && events->kind == KIT_JSON_ARRAY)
    event = kit_json_get_string(events->first, "Message");
  if (!hcsref_format(&s->line_arena, &message, "the service refused the document of line %u with %v: %v%s%v", handed,
                     result, words, event.len > 0 ? " " : "", event))
    return false;
  tell(s, REFUSED, nothing, message);
  return true;
}

static bool check_created(check_state *s, const kit_json *line, const kit_document *document, const kit_json *tree,
                          hcsref_error *err) {
  uint64_t operation = number(kit_json_get(line, "in"), "operation");
  created c = {s->process, s->id, tree};
  if (operation != 0)
    remember(s, s->creating, &s->creating_count, operation);
  if (created_is_v1(&c))
    remember(s, s->v1, &s->v1_count, number(kit_json_get(line, "out"), "system"));
  return (check_answer(s, line, s->line) || hcsref_fail_memory(err)) && check_reference(s, document, tree, err);
}

static bool check_document(check_state *s, const kit_json *line, const kit_json *argument, size_t row,
                           hcsref_error *err) {
  /* One that is not JSON, or that has line ends in it, was recorded as a string. */
  hcsref_str text = argument->kind == KIT_JSON_STRING ? argument->text : argument->raw;
  bool v1 = recall(s->v1, s->process, number(kit_json_get(line, "in"), "system")) != NULL;
  kit_document document;
  kit_json *tree;
  s->documents++;
  if (!kit_json_parse(&s->line_arena, text, &tree, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    tell(s, NOT_JSON, nothing, err->message);
    return strcmp(arguments[row].call, CREATE) != 0 || check_answer(s, line, s->line) || hcsref_fail_memory(err);
  }
  return lint(s, v1 ? arguments[row].v1 : arguments[row].v2, tree, &document, err) &&
         (strcmp(arguments[row].call, CREATE) != 0 || check_created(s, line, &document, tree, err));
}

/* ---- lines -------------------------------------------------------------------------------------------------- */

/* The end of an operation that creates a system. */
static bool check_operation(check_state *s, const kit_json *line, hcsref_error *err) {
  remembered *entry = recall(s->creating, s->process, number(kit_json_get(line, "in"), "operation"));
  if (entry == NULL || !hcsref_str_has_prefix(s->call, HCSREF_LIT("HcsWaitForOperationResult")))
    return true;
  entry->handle = 0;
  return check_answer(s, line, entry->line) || hcsref_fail_memory(err);
}

static bool check_end(check_state *s, const kit_json *counts, hcsref_error *err) {
  hcsref_str message;
  for (const kit_json *kind = counts->first; kind != NULL; kind = kind->next) {
    uint64_t count = 0;
    if (!kit_json_uint(kind, &count) || count == 0)
      continue;
    if (!hcsref_format(&s->line_arena, &message, "process %u ended with handles open: %u %v", s->process, count,
                       kind->key))
      return hcsref_fail_memory(err);
    tell(s, LEFT_OPEN, nothing, message);
  }
  return true;
}

static bool check_call(check_state *s, const kit_json *line, hcsref_error *err) {
  const kit_json *in = kit_json_get(line, "in");
  s->calls++;
  s->id = kit_json_get_string(in, "id");
  for (size_t i = 0; i < CLI_COUNT(arguments); i++) {
    const kit_json *argument = kit_json_get(in, arguments[i].member);
    if (argument != NULL && hcsref_str_equal(s->call, hcsref_cstr(arguments[i].call)))
      return check_document(s, line, argument, i, err);
  }
  return check_operation(s, line, err);
}

static bool check_line(check_state *s, hcsref_str text, hcsref_error *err) {
  const kit_json *counts;
  kit_json *line;
  s->call = s->id = nothing;
  if (!kit_json_parse(&s->line_arena, text, &line, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    tell(s, LINE, nothing, err->message);
    return true;
  }
  counts = kit_json_get(line, "exit");
  s->call = kit_json_get_string(line, "call");
  s->process = number(line, "process");
  if (!facts_learn(s->facts, line))
    return hcsref_fail_memory(err);
  if (s->call.len > 0)
    return check_call(s, line, err);
  if (counts != NULL && counts->kind == KIT_JSON_OBJECT)
    return check_end(s, counts, err);
  if (kit_json_get(line, "host") == NULL)
    tell(s, LINE, nothing, HCSREF_LIT("neither a call nor a host nor the end of a process"));
  return true;
}

static int check_lines(check_state *s, hcsref_str rest) {
  hcsref_error err;
  while (rest.len > 0) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    rest = hcsref_str_skip(rest, line.len + 1);
    s->line++;
    hcsref_arena_reset(&s->line_arena);
    if (line.len > 0 && line.data[line.len - 1] == '\r')
      line.len--;
    if (line.len > 0 && !check_line(s, line, &err))
      return complain(s->name, CLI_KIT, "out of memory");
  }
  return CLI_OK;
}

/* ---- the command -------------------------------------------------------------------------------------------- */

static int conclude(check_state *s) {
  int status = s->errors > 0 || (s->o->strict && s->warnings > 0) ? CLI_FAILED : CLI_OK;
  if (!s->json)
    printf("%s: %llu calls, %llu documents; containers compared with the reference: %llu, not compared: %llu; "
           "%llu errors, %llu warnings\n",
           s->name, (unsigned long long)s->calls, (unsigned long long)s->documents, (unsigned long long)s->compared,
           (unsigned long long)s->not_compared, (unsigned long long)s->errors, (unsigned long long)s->warnings);
  if (s->documents == 0 && status == CLI_OK)
    return complain(s->name, CLI_USAGE, "no call in it hands over a document");
  for (size_t i = 0; i < s->o->bundles.count; i++)
    if (!s->bundles[i].used)
      status = complain(s->bundles[i].text.name, CLI_USAGE, "the recording creates no container for this bundle");
  return status;
}

static int check_recording(check_state *s, const char *path) {
  input_text text;
  int status;
  if (!input_read(path, SIZE_LIMIT, NULL, &text)) {
    status = complain(text.name, CLI_KIT, text.message);
  } else {
    s->name = text.name;
    fputs(s->json ? "[" : "", stdout);
    status = check_lines(s, hcsref_str_from(text.data, text.length));
    status = status == CLI_OK ? conclude(s) : status;
    fputs(s->json ? "]\n" : "", stdout);
  }
  input_free(&text);
  return status;
}

/* [ID=]PATH: a path's own '=' comes after a separator, which an id has none of. */
static const char *split_bundle(const char *value, hcsref_str *id) {
  size_t length = strcspn(value, "=/\\:");
  *id = hcsref_str_from(value, value[length] == '=' ? length : 0);
  return value[length] == '=' ? value + length + 1 : value;
}

static bool read_bundle(check_state *s, size_t i) {
  bundle *b = &s->bundles[i];
  const char *path = split_bundle(s->o->bundles.items[i], &b->id);
  hcsref_str inside;
  if (platform_is_folder(path)) { /* the text ends in a NUL of its own */
    if (!hcsref_format(&s->arena, &inside, "%s/config.json%v", path, hcsref_str_from("", 1)))
      return complain(path, CLI_KIT, "out of memory") == CLI_OK;
    path = inside.data;
  }
  return input_read(path, SIZE_LIMIT, NULL, &b->text) || complain(b->text.name, CLI_KIT, b->text.message) == CLI_OK;
}

static int check(check_state *s, const char *path) {
  s->bundles = calloc(s->o->bundles.count + 1, sizeof(*s->bundles));
  s->facts = hcsref_arena_alloc(&s->arena, sizeof(*s->facts));
  if (s->bundles == NULL || s->facts == NULL)
    return complain(path, CLI_KIT, "out of memory");
  s->facts->arena = &s->arena;
  for (size_t i = 0; i < s->o->bundles.count; i++)
    if (!read_bundle(s, i))
      return CLI_KIT;
  return check_recording(s, path);
}

static int print_rules(void) {
  for (size_t i = 0; i < CLI_COUNT(rules); i++)
    printf("%-24s %-8s %s\n", rules[i].id, rules[i].severity == KIT_ERROR ? "error" : "warning", rules[i].text);
  printf("and those of 'hcsproof lint --rules'\n");
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  check_state *s;
  int status;
  const check_options *o = invocation->options;
  if (o->rules)
    return print_rules();
  if (invocation->operands.count == 0) {
    fprintf(stderr, "hcsproof check: missing operand: RECORDING (see 'hcsproof check --help')\n");
    return CLI_USAGE;
  }
  s = calloc(1, sizeof(*s));
  if (s == NULL)
    return complain(invocation->operands.items[0], CLI_KIT, "out of memory");
  s->invocation = invocation;
  s->o = o;
  s->color = cli_color(invocation, stdout);
  s->json = strcmp(o->format, "json") == 0;
  hcsref_arena_init(&s->arena, NULL, 0);
  hcsref_arena_init(&s->line_arena, NULL, 0);
  status = check(s, invocation->operands.items[0]);
  for (size_t i = 0; s->bundles != NULL && i < o->bundles.count; i++)
    input_free(&s->bundles[i].text);
  free(s->bundles);
  hcsref_arena_free(&s->line_arena);
  hcsref_arena_free(&s->arena);
  free(s);
  return status;
}

#define OPTION(field) .offset = offsetof(check_options, field)

static const cli_option options[] = {
    {.name = "bundle",
     .kind = CLI_TEXT,
     .repeatable = true,
     OPTION(bundles),
     .argument = "[ID=]PATH",
     .help = "The OCI spec (config.json, or the folder that it is in) that a container was made from. The document "
             "that created container ID, or without ID every container that has no bundle of its own, is compared "
             "with the one that the reference makes of it.",
     .example = "web-1=bundles/web/config.json"},
    {.name = "compare",
     .kind = CLI_CHOICE,
     OPTION(tier),
     .argument = "TIER",
     .choices = "semantic|canonical|bytes",
     .fallback = "semantic",
     .help = "How: as 'hcsproof diff --tier'."},
    {.name = "format",
     .kind = CLI_CHOICE,
     OPTION(format),
     .argument = "FORMAT",
     .choices = "text|json",
     .fallback = "text",
     .help = "A line a finding and one with the totals, or a JSON array of objects."},
    {.name = "strict", .kind = CLI_FLAG, OPTION(strict), .help = "Warnings count, too."},
    {.name = "rules", .kind = CLI_FLAG, OPTION(rules), .help = "Print the rules, and look at nothing."},
};

static const cli_example examples[] = {
    {"hcsproof check recording.jsonl", "Looks at every document that a runtime handed to the simulated service."},
    {"hcsproof check recording.jsonl --bundle config.json",
     "Compares the document that created the container with the reference's, too."},
    {"hcsproof check recording.jsonl --bundle pause=p/config.json --bundle web=w/config.json --format json",
     "A pod with two containers, for a program to read."},
};

static const cli_status statuses[] = {
    {CLI_OK, "nothing is wrong"},
    {CLI_FAILED, "something is: a document, a difference, a refusal of the service, a damaged line"},
    {CLI_USAGE, "wrong options, no document in the recording, or no container for a bundle"},
    {CLI_KIT, "a file could not be read, or out of memory"},
};

const cli_command check_command = {
    .name = "check",
    .summary = "check what a runtime handed to the simulated service",
    .operands = "RECORDING",
    .most_operands = 1,
    .description =
        "RECORDING is what the simulated Host Compute Service wrote to the file named by HCSSIM_RECORD: a line a call, "
        "in JSON. Each document that a call hands over is looked at as 'hcsproof lint' does. With --bundle the "
        "document that creates a container is also compared with the reference's. What that depends on besides the "
        "spec comes from the recording: build of Windows, processors, id and owner, the layers' ids, and, where the "
        "spec leaves them out as containerd does, layer folders, root path and network namespace. A mount's source may "
        "be named by its volume. Documents of utility VMs are not compared.\n\n"
        "Each line has file, line, call, id, JSON pointer and rule. - is standard input.",
    .options_size = sizeof(check_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

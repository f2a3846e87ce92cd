/* SPDX-License-Identifier: Apache-2.0 */
#include "check/check.h"

#include "check/client.h"
#include "check/layer.h"
#include "check/network.h"
#include "check/scrub.h"

#include <string.h>

#define RECENT       256u /* operations under way and systems of schema 1 that are remembered */
#define SHOWN_LENGTH 300u /* characters of a value in a message */

enum { LINE, NOT_JSON, REFUSED, DIFFERS, NO_REFERENCE, LEFT_OPEN, UNKNOWN_CLIENT, PARENT };
const kit_rule check_rules[] = {
    [LINE] = {"recording-line", KIT_ERROR, "Every line is a JSON object as the simulated service writes it."},
    [NOT_JSON] = {"document-json", KIT_ERROR, "Every document is JSON."},
    [REFUSED] = {"refused", KIT_ERROR, "The service accepts the document that creates a system."},
    [DIFFERS] = {"reference", KIT_ERROR, "The document is the one that the reference makes from the bundle."},
    [NO_REFERENCE] = {"reference-refuses", KIT_ERROR, "The reference can make a document from the bundle."},
    [UNKNOWN_CLIENT] = {"client-unknown", KIT_NOTE, "The release that a client says it is has a profile."},
    [LEFT_OPEN] = {"handle-left", KIT_WARNING, "A process closes its handles to the service before it ends."},
    [PARENT] = {"layer-parent", KIT_ERROR,
                "Each parent of a layer has a path of its own, and as id what NameToGuid gives for its folder's name."},
    {NULL, KIT_WARNING, NULL},
};

/* Something that the lines so far have told, for a later one. */
typedef struct remembered {
  uint64_t process, handle, line;
} remembered;

typedef struct check_state {
  const check_request *request;
  check_totals *totals;
  hcsref_arena arena; /* of the recording */
  facts *facts;
  remembered creating[RECENT], v1[RECENT];
  uint64_t creating_count, v1_count;
  check_client clients[RECENT];
  uint64_t client_count;
  hcsref_arena *names; /* of the totals */
  /* of the line */
  hcsref_arena line_arena;
  uint64_t line, process;
  hcsref_str text, call, id;
  scrub_list secrets;
  const input_map *map; /* of the recording */
  kit_json *document;   /* that is looked at; null: none */
} check_state;

static const hcsref_str nothing = {NULL, 0};

/* ---- telling ------------------------------------------------------------------------------------------------ */

/* Of a document that was recorded as it is, and not as a string. */
static input_place place_of(const check_state *s, const kit_finding *f) {
  input_map map = *s->map;
  input_place place = {0, 0, 0, 0};
  uintptr_t text = (uintptr_t)map.text.data, document;
  if (s->document == NULL)
    return place;
  document = (uintptr_t)s->document->raw.data;
  if (document < text || document - text >= map.text.len)
    return place;
  map.tree = s->document;
  (void)input_locate(&map, f->pointer, f->key, &place);
  return place;
}

static void found(void *context, const kit_finding *f) {
  const check_state *s = context;
  check_finding finding = {f->rule, s->line, s->call, s->id, f->pointer, f->message, place_of(s, f), s->text, 0};
  finding.start = (size_t)(s->text.data - s->map->text.data);
  /* Without the memory to scrub it nothing is shown. */
  if (!s->request->keep_secrets &&
      (!scrub_mask(&s->secrets, s->text, &finding.text) || !scrub_message(&s->secrets, f->message, &finding.message))) {
    finding.message = HCSREF_LIT(SCRUBBED);
    finding.place.line = 0;
  }
  s->request->found(s->request->context, &finding);
}

static void tell(check_state *s, int rule, hcsref_str pointer, hcsref_str message) {
  kit_finding finding = {.rule = &check_rules[rule], .pointer = pointer, .message = message};
  found(s, &finding);
}

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

/* As it may be shown; without memory as a secret. */
static hcsref_str shown(check_state *s, hcsref_str pointer, hcsref_str value) {
  if (value.data == NULL)
    return HCSREF_LIT("nothing");
  if (!s->request->keep_secrets && !scrub_value(&s->line_arena, pointer, value, &value))
    return HCSREF_LIT(SCRUBBED);
  return hcsref_str_first(value, SHOWN_LENGTH);
}

static bool tell_differences(check_state *s, const kit_differences *differences) {
  hcsref_str message;
  for (const kit_difference *d = differences->first; d != NULL; d = d->next) {
    if (!hcsref_format(&s->line_arena, &message, "%s: the reference has %v, the recording %v",
                       kit_difference_name(d->kind), shown(s, d->pointer, d->expected),
                       shown(s, d->pointer, d->actual)))
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
  kit_tier tier = s->request->tier;
  if (tier == KIT_BYTES ? !kit_compare_texts(&s->line_arena, reference, actual->raw, &differences, err)
                        : !kit_json_parse(&s->line_arena, reference, &expected, err) ||
                              !kit_compare(&s->line_arena, tier, document->shape, expected, actual, &differences, err))
    return false;
  s->totals->compared++;
  return tell_differences(s, &differences) || hcsref_fail_memory(err);
}

static check_client *client_of(check_state *s) {
  for (size_t i = 0; i < RECENT && i < s->client_count; i++)
    if (s->clients[i].process == s->process)
      return &s->clients[i];
  return NULL;
}

/* The first document of a client that nobody knows says so. */
static bool tell_unknown(check_state *s, const check_client *client) {
  hcsref_str message;
  if (!hcsref_format(&s->line_arena, &message, "%v says it is %v, which no profile is: comparing with %v",
                     client->program, client->says, hcsref_profile_name(s->request->profile)))
    return false;
  tell(s, UNKNOWN_CLIENT, nothing, message);
  return true;
}

/* Whose documents this client's are held against. False: out of memory. */
static bool choose_reference(check_state *s, check_reference *out) {
  check_client *client = s->request->profile_given ? NULL : client_of(s);
  const bool first = client != NULL && !client->looked;
  const hcsref_profile *profile = NULL;
  out->profile = s->request->profile;
  out->program = nothing;
  if (client != NULL && !client_profile(s->names, client, &profile))
    return false;
  if (profile != NULL) {
    out->profile = profile;
    out->program = client->program;
  }
  return profile != NULL || !first || client->says.len == 0 || tell_unknown(s, client);
}

/* Names each once. */
static void note_reference(check_totals *totals, const check_reference *used) {
  for (size_t i = 0; i < totals->reference_count; i++)
    if (hcsref_str_equal(hcsref_profile_name(totals->references[i].profile), hcsref_profile_name(used->profile)) &&
        hcsref_str_equal(totals->references[i].program, used->program))
      return;
  if (totals->reference_count < CHECK_REFERENCES)
    totals->references[totals->reference_count++] = *used;
}

/* Messages may mention what is secret in the bundle, too. */
static void find_secrets(check_state *s, hcsref_str text) {
  hcsref_error err;
  kit_json *tree;
  if (!s->request->keep_secrets && kit_json_parse(&s->line_arena, text, &tree, &err))
    scrub_find(&s->secrets, tree);
}

static bool check_against(check_state *s, const kit_document *document, const kit_json *tree, hcsref_error *err) {
  created c = {s->process, s->id, tree};
  check_bundle *b = s->request->bundle == NULL ? NULL : s->request->bundle(s->request->context, s->id);
  check_reference used;
  hcsref_str reference, message;
  if (b != NULL)
    b->used = true;
  if (b == NULL || !created_is_comparable(&c)) {
    s->totals->not_compared++;
    return true;
  }
  if (!choose_reference(s, &used))
    return hcsref_fail_memory(err);
  note_reference(s->totals, &used);
  find_secrets(s, b->source.text);
  if (bundle_document(&s->line_arena, s->facts, &c, used.profile, &b->source, &s->request->setup, &reference, err))
    return compare(s, document, tree, reference, err);
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  if (!hcsref_format(&s->line_arena, &message, "the reference refuses %s%s%v: %v", b->name,
                     err->where.len > 0 ? ": " : "", err->where, err->message))
    return false;
  s->totals->not_compared++;
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
    {"HcsModifyServiceSettings", "settings", "service-settings", "service-settings"},
    {"HcsGetServiceProperties", "query", "property-query-v2", "property-query-v2"},
    {"HcsEnumerateComputeSystems", "query", "system-query-v2", "system-query-v1"},
};

static bool lint(check_state *s, const char *schema, kit_json *tree, kit_document *document, hcsref_error *err) {
  if (!kit_document_find(schema, tree, document))
    return hcsref_fail_memory(err);
  s->document = tree;
  if (document->name == NULL) /* it creates a system and looks like nothing that could */
    (void)kit_document_find("hcs-v2-system", tree, document);
  document->build = s->request->build;
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

/* What the service says of the document may come with the end of an operation. */
static void remember_operation(check_state *s, const kit_json *line) {
  uint64_t operation = number(kit_json_get(line, "in"), "operation");
  if (operation != 0)
    remember(s, s->creating, &s->creating_count, operation);
}

static bool check_created(check_state *s, const kit_json *line, const kit_document *document, const kit_json *tree,
                          hcsref_error *err) {
  created c = {s->process, s->id, tree};
  if (created_is_v1(&c))
    remember(s, s->v1, &s->v1_count, number(kit_json_get(line, "out"), "system"));
  return (check_answer(s, line, s->line) || hcsref_fail_memory(err)) && check_against(s, document, tree, err);
}

/* One that is not JSON, or that has line ends in it, was recorded as a string. */
static hcsref_str text_of(const kit_json *argument) {
  return argument->kind == KIT_JSON_STRING ? argument->text : argument->raw;
}

static bool check_document(check_state *s, const kit_json *line, const kit_json *argument, size_t row,
                           hcsref_error *err) {
  hcsref_str text = text_of(argument);
  bool v1 = recall(s->v1, s->process, number(kit_json_get(line, "in"), "system")) != NULL;
  kit_document document;
  kit_json *tree;
  s->totals->documents++;
  if (strcmp(arguments[row].call, CREATE) == 0)
    remember_operation(s, line);
  if (!kit_json_parse(&s->line_arena, text, &tree, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    tell(s, NOT_JSON, nothing, err->message);
    return strcmp(arguments[row].call, CREATE) != 0 || check_answer(s, line, s->line) || hcsref_fail_memory(err);
  }
  return lint(s, v1 ? arguments[row].v1 : arguments[row].v2, tree, &document, err) &&
         (strcmp(arguments[row].call, CREATE) != 0 || check_created(s, line, &document, tree, err));
}

/* Null and true: it is no JSON, which is told. */
static bool parse_argument(check_state *s, const kit_json *argument, kit_json **tree, hcsref_error *err) {
  *tree = NULL;
  s->totals->documents++;
  if (kit_json_parse(&s->line_arena, text_of(argument), tree, err))
    return true;
  *tree = NULL;
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  tell(s, NOT_JSON, nothing, err->message);
  return true;
}

/* A document for the network service. */
static bool check_network(check_state *s, const kit_json *in, const kit_json *argument, hcsref_error *err) {
  kit_document document;
  kit_json *tree;
  const char *schema;
  if (!parse_argument(s, argument, &tree, err))
    return false;
  schema = tree == NULL ? NULL : network_schema(s->call, in, tree);
  return schema == NULL || lint(s, schema, tree, &document, err);
}

/* A document about layers. */
static bool check_layer(check_state *s, const kit_json *argument, const layer_argument *row, hcsref_error *err) {
  kit_document document = layer_document(row);
  kit_json *tree;
  if (!parse_argument(s, argument, &tree, err))
    return false;
  s->document = tree;
  document.build = s->request->build;
  return tree == NULL || kit_lint(&s->line_arena, &document, tree, found, s) || hcsref_fail_memory(err);
}

/* Calls about layers may have two documents, and a list of parents. */
static bool check_layers(check_state *s, const kit_json *in, hcsref_error *err) {
  layer_problem problem;
  hcsref_str pointer;
  size_t at;
  for (const layer_argument *row = layer_arguments; row->call != NULL; row++) {
    const kit_json *argument = kit_json_get(in, row->member);
    if (argument != NULL && hcsref_str_equal(s->call, hcsref_cstr(row->call)) && !check_layer(s, argument, row, err))
      return false;
  }
  problem = layer_check_parents(s->facts, kit_json_get(in, "parents"), &at);
  if (problem == LAYER_FINE)
    return true;
  if (!hcsref_format(&s->line_arena, &pointer, "/parents/%u", (uint64_t)at))
    return hcsref_fail_memory(err);
  s->document = NULL;
  tell(s, PARENT, pointer, hcsref_cstr(layer_problem_text(problem)));
  return true;
}

/* A container in a VM is made by its guest, over the bridge. Its document has paths of the guest, and is not compared.
 */
static bool check_guest(check_state *s, const kit_json *message, hcsref_error *err) {
  check_bundle *b = NULL;
  kit_json *tree;
  if (!hcsref_str_equal(s->call, HCSREF_LIT("GuestCreate")) || message == NULL)
    return true;
  if (!kit_json_parse(&s->line_arena, text_of(message), &tree, err))
    return strcmp(err->code, "out-of-memory") != 0;
  if (s->request->bundle != NULL)
    b = s->request->bundle(s->request->context, kit_json_get_string(tree, "ContainerId"));
  if (b == NULL)
    return true;
  b->used = true;
  s->totals->not_compared++;
  return true;
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
    if (!hcsref_format(&s->line_arena, &message, "process %u ended with open handles: %u %v", s->process, count,
                       kind->key))
      return hcsref_fail_memory(err);
    tell(s, LEFT_OPEN, nothing, message);
  }
  return true;
}

static bool check_call(check_state *s, const kit_json *line, hcsref_error *err) {
  const kit_json *in = kit_json_get(line, "in");
  const char *member;
  s->totals->calls++;
  s->id = kit_json_get_string(in, "id");
  for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
    const kit_json *argument = kit_json_get(in, arguments[i].member);
    if (argument != NULL && hcsref_str_equal(s->call, hcsref_cstr(arguments[i].call)))
      return check_document(s, line, argument, i, err);
  }
  member = network_member(s->call);
  if (member != NULL && kit_json_get(in, member) != NULL)
    return check_network(s, in, kit_json_get(in, member), err);
  return check_layers(s, in, err) && check_operation(s, line, err) && check_guest(s, kit_json_get(in, "message"), err);
}

/* The first line of a process says which program it is. */
static bool learn_client(check_state *s, const kit_json *line) {
  const kit_json *program = kit_json_get(line, "program");
  check_client *client = &s->clients[s->client_count % RECENT];
  if (program == NULL)
    return true;
  memset(client, 0, sizeof(*client));
  client->process = s->process;
  s->client_count++;
  return client_read(s->names, program, client);
}

static void begin_line(check_state *s, hcsref_str text) {
  const scrub_list none = {&s->line_arena, {NULL, 0, 0}, false};
  s->text = text;
  s->call = s->id = nothing;
  s->document = NULL;
  s->secrets = none;
}

static bool check_line(check_state *s, hcsref_str text, hcsref_error *err) {
  const kit_json *counts;
  kit_json *line;
  hcsref_str message;
  size_t offset = 0;
  begin_line(s, text);
  if (!kit_json_parse_at(&s->line_arena, text, &line, &offset, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    if (!hcsref_format(&s->line_arena, &message, "column %u: %v", (uint64_t)offset + 1, err->message))
      return hcsref_fail_memory(err);
    tell(s, LINE, nothing, message);
    return true;
  }
  if (!s->request->keep_secrets)
    scrub_find(&s->secrets, line);
  counts = kit_json_get(line, "exit");
  s->call = kit_json_get_string(line, "call");
  s->process = number(line, "process");
  if (!facts_learn(s->facts, line) || !learn_client(s, line))
    return hcsref_fail_memory(err);
  if (s->call.len > 0)
    return check_call(s, line, err);
  if (counts != NULL && counts->kind == KIT_JSON_OBJECT)
    return check_end(s, counts, err);
  if (kit_json_get(line, "host") == NULL)
    tell(s, LINE, nothing, HCSREF_LIT("not a call, a host or the end of a process"));
  return true;
}

static bool check_lines(check_state *s, hcsref_str rest) {
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
      return false;
  }
  return true;
}

bool check_recording(hcsref_arena *names, const check_request *request, const input_map *map, check_totals *totals) {
  hcsref_arena arena;
  check_state *s;
  bool ok;
  memset(totals, 0, sizeof(*totals));
  hcsref_arena_init(&arena, NULL, 0);
  s = hcsref_arena_alloc(&arena, sizeof(*s));
  if (s == NULL) {
    hcsref_arena_free(&arena);
    return false;
  }
  s->request = request;
  s->totals = totals;
  s->map = map;
  s->names = names;
  hcsref_arena_init(&s->arena, NULL, 0);
  hcsref_arena_init(&s->line_arena, NULL, 0);
  s->facts = hcsref_arena_alloc(&s->arena, sizeof(*s->facts));
  if (s->facts != NULL)
    s->facts->arena = &s->arena;
  ok = s->facts != NULL && check_lines(s, map->text);
  hcsref_arena_free(&s->line_arena);
  hcsref_arena_free(&s->arena);
  hcsref_arena_free(&arena);
  return ok;
}

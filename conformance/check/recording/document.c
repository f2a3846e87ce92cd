/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of a call: which of its arguments they are, and what is wrong with them. */
#include "check/recording/layer.h"
#include "check/recording/line.h"
#include "check/recording/network.h"

#include <string.h>

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

static bool lint(check_line *s, const char *schema, kit_json *tree, kit_document *document, hcsref_error *err) {
  if (!kit_document_find(schema, tree, document))
    return hcsref_fail_memory(err);
  s->document = tree;
  if (document->name == NULL) /* it creates a system and looks like nothing that could */
    (void)kit_document_find("hcs-v2-system", tree, document);
  document->build = s->request->build;
  return kit_lint(&s->line_arena, document, tree, line_found, s) || hcsref_fail_memory(err);
}

/* What came of the document of line `handed`: at once, or through an operation. */
static bool check_answer(check_line *s, const kit_json *line, uint64_t handed) {
  hcsref_str result = kit_json_get_string(line, "result");
  const kit_json *answer = kit_json_get(kit_json_get(line, "out"), "document");
  bool ok = hcsref_str_equal(result, HCSREF_LIT("0x00000000")) || hcsref_str_equal(result, HCSREF_LIT("0xc0370103"));
  hcsref_str message, words = kit_json_get_string(answer, "ErrorMessage"), event = hcsref_cstr(NULL);
  const kit_json *events = kit_json_get(answer, "ErrorEvents");
  if (ok)
    return true;
  if (events != NULL && events->kind == KIT_JSON_ARRAY)
    event = kit_json_get_string(events->first, "Message");
  if (!hcsref_format(&s->line_arena, &message, "the service refused the document of line %u with %v: %v%s%v", handed,
                     result, words, event.len > 0 ? " " : "", event))
    return false;
  line_tell(s, LINE_REFUSED, hcsref_cstr(NULL), message);
  return true;
}

/* What the service says of the document may come with the end of an operation. */
static void remember_operation(check_line *s, const kit_json *line) {
  uint64_t operation = line_number(kit_json_get(line, "in"), "operation");
  if (operation != 0)
    line_remember(s, s->creating, &s->creating_count, operation);
}

static bool check_created(check_line *s, const kit_json *line, const kit_document *document, const kit_json *tree,
                          hcsref_error *err) {
  created c = {s->process, s->id, tree};
  if (created_is_v1(&c))
    line_remember(s, s->v1, &s->v1_count, line_number(kit_json_get(line, "out"), "system"));
  return (check_answer(s, line, s->line) || hcsref_fail_memory(err)) && line_check_reference(s, document, tree, err);
}

/* One that is not JSON, or that has line ends in it, was recorded as a string. */
static hcsref_str text_of(const kit_json *argument) {
  return argument->kind == KIT_JSON_STRING ? argument->text : argument->raw;
}

static bool check_document(check_line *s, const kit_json *line, const kit_json *argument, size_t row,
                           hcsref_error *err) {
  hcsref_str text = text_of(argument);
  bool v1 = line_recall(s->v1, s->process, line_number(kit_json_get(line, "in"), "system")) != NULL;
  kit_document document;
  kit_json *tree;
  s->totals->documents++;
  if (strcmp(arguments[row].call, CREATE) == 0)
    remember_operation(s, line);
  if (!kit_json_parse(&s->line_arena, text, &tree, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    line_tell(s, LINE_NOT_JSON, hcsref_cstr(NULL), err->message);
    return strcmp(arguments[row].call, CREATE) != 0 || check_answer(s, line, s->line) || hcsref_fail_memory(err);
  }
  return lint(s, v1 ? arguments[row].v1 : arguments[row].v2, tree, &document, err) &&
         (strcmp(arguments[row].call, CREATE) != 0 || check_created(s, line, &document, tree, err));
}

/* Null and true: it is no JSON, which is told. */
static bool parse_argument(check_line *s, const kit_json *argument, kit_json **tree, hcsref_error *err) {
  *tree = NULL;
  s->totals->documents++;
  if (kit_json_parse(&s->line_arena, text_of(argument), tree, err))
    return true;
  *tree = NULL;
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  line_tell(s, LINE_NOT_JSON, hcsref_cstr(NULL), err->message);
  return true;
}

/* A document for the network service. */
static bool check_network(check_line *s, const kit_json *in, const kit_json *argument, hcsref_error *err) {
  kit_document document;
  kit_json *tree;
  const char *schema;
  if (!parse_argument(s, argument, &tree, err))
    return false;
  schema = tree == NULL ? NULL : network_schema(s->call, in, tree);
  return schema == NULL || lint(s, schema, tree, &document, err);
}

/* A document about layers. */
static bool check_layer(check_line *s, const kit_json *argument, const layer_argument *row, hcsref_error *err) {
  kit_document document = layer_document(row);
  kit_json *tree;
  if (!parse_argument(s, argument, &tree, err))
    return false;
  s->document = tree;
  document.build = s->request->build;
  return tree == NULL || kit_lint(&s->line_arena, &document, tree, line_found, s) || hcsref_fail_memory(err);
}

/* Calls about layers may have two documents, and a list of parents. */
static bool check_layers(check_line *s, const kit_json *in, hcsref_error *err) {
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
  line_tell(s, LINE_PARENT, pointer, hcsref_cstr(layer_problem_text(problem)));
  return true;
}

/* A container in a VM is made by its guest, over the bridge. Its document has paths of the guest, and is not compared.
 */
static bool check_guest(check_line *s, const kit_json *message, hcsref_error *err) {
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

/* The end of an operation that creates a system. */
static bool check_operation(check_line *s, const kit_json *line, hcsref_error *err) {
  remembered *entry = line_recall(s->creating, s->process, line_number(kit_json_get(line, "in"), "operation"));
  if (entry == NULL || !hcsref_str_has_prefix(s->call, HCSREF_LIT("HcsWaitForOperationResult")))
    return true;
  entry->handle = 0;
  return check_answer(s, line, entry->line) || hcsref_fail_memory(err);
}

bool line_check_call(check_line *s, const kit_json *line, hcsref_error *err) {
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

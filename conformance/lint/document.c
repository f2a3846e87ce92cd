/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/document.h"

#include "hcsref/hcsref.h"
#include "hcsref/schema2_service.h"
#include "input/foreign.h"
#include "input/kind.h"
#include "lint/wrappers.h"

#include <string.h>

/* What a document can be. `needs`: members of which it has at least one; `answer`: others come from a service, which
 * may say more than is known here. In this order: of two that fit alike the first is meant. */
static const struct {
  const char *name, *what;
  const char *const needs[7];
  bool answer;
} kinds[] = {
    {"oci", "an OCI runtime spec", {NULL}, false},
    {"cri", "a CRI container config", {NULL}, false},
    {"cri-pod", "a CRI pod config", {NULL}, false},
    {"hcs-v1",
     "an HCS create document of schema 1",
     {"SystemType", "LayerFolderPath", "HvPartition", "VolumePath"},
     false},
    {"hcs-v2-hosted", "an HCS create document of schema 2 for a container in a utility VM", {"Container"}, false},
    {"hcs-v2-system",
     "an HCS create document of schema 2",
     {"Container", "HostedSystem", "VirtualMachine", "HostingSystemId", "ShouldTerminateOnLastHandleClosed", "Owner"},
     false},
    {"hcs-v2-confidential", "an HCS create document for a confidential utility VM", {"CWCOWHostedSystem"}, false},
    {"hcs-v2", "an HCS container of schema 2", {NULL}, false},
    {"process-v2", "the parameters of an HCS process", {NULL}, false},
    {"process-v1", "the parameters of an HCS process, schema 1", {NULL}, false},
    {"modify-v2", "a change to a compute system", {"ResourcePath", "GuestRequest"}, false},
    {"guest-request", "a change in the guest of a utility VM", {"ResourceType"}, false},
    {"hcn-modify-namespace", "a change to an HCN namespace", {"ResourceType"}, false},
    {"modify-v1", "a change to a compute system, schema 1", {"ResourceType"}, false},
    {"process-modify", "a change to a process", {"Operation"}, false},
    {"service-settings", "a change to settings of the Host Compute Service", {"PropertyType"}, false},
    {"credential-guard-operation", "a gMSA credential guard request", {"OperationDetails"}, false},
    {"cpu-group-operation", "a request that changes CPU groups", {"OperationDetails"}, false},
    {"result-error", "a result document", {"Error", "ErrorMessage", "ErrorEvents", "Attribution"}, true},
    {"hns-response", "an answer of HNS", {"Success"}, true},
    {"properties-v2", "properties of a compute system", {"State", "RuntimeId", "Statistics", "ProcessList"}, true},
    {"properties-v1", "properties of a compute system, schema 1", {"State", "SiloGuid", "ObRoot"}, true},
    {"process-status", "the state of a process", {"ProcessId", "Exited", "LastWaitResult"}, true},
    {"system-exit-status", "how a compute system ended", {"ExitType"}, true},
    {"service-properties", "properties of the Host Compute Service", {"Properties"}, true},
    {"cpu-groups", "the CPU groups of a host", {"CpuGroups"}, true},
    {"property-query-v2", "a question for properties", {"PropertyTypes"}, false},
    {"system-query-v2", "an enumeration of compute systems", {"Ids", "Names", "Types", "Owners"}, false},
    {"hcn-query", "an HCN question", {"Filter"}, false},
    {"hns-namespace", "an HNS network namespace", {"CompartmentId", "IsDefault", "ResourceList"}, false},
    {"hcn-network", "an HCN network", {"Ipams", "MacPool", "Dns", "Extensions", "Type"}, false},
    {"hcn-namespace", "an HCN network namespace", {"ID", "NamespaceId", "Resources"}, false},
    {"credential-spec", "a gMSA credential spec", {"CmsPlugins", "DomainJoinConfig", "ActiveDirectoryConfig"}, false},
    {"device-extension", "a device extension", {"device_extension", "device_category", "namespace"}, false},
    {"signal-options", "a signal", {"Signal"}, false},
};

#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

/* What only a service or HNS says of its objects. */
static const char *const answer_members[] = {"Health",    "ActivityId",      "Version", "State",
                                             "ErrorCode", "CompartmentId",   "Success", "ErrorCode",
                                             "RuntimeId", "SharedContainers"};

/* The tables that have a name here only. */
static const struct {
  const char *name;
  const hcsref_type *type;
} own_types[] = {
    {"guest-request", &hcsref_type_guest_modification},
    {"credential-spec", &kit_type_credential_spec},
    {"layer-chain", &kit_type_layer_chain},
};

static const hcsref_type *type_named(const char *name) {
  const hcsref_schema *schema = hcsref_schema_find(hcsref_cstr(name));
  for (size_t i = 0; i < sizeof own_types / sizeof own_types[0]; i++)
    if (strcmp(name, own_types[i].name) == 0)
      return own_types[i].type;
  return schema == NULL ? NULL : schema->type;
}

static bool starts_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---- told from the members ---- */

static bool has_one_of(const kit_json *object, const char *const *names, size_t count) {
  for (size_t i = 0; i < count && names[i] != NULL; i++)
    if (kit_json_get(object, names[i]) != NULL)
      return true;
  return false;
}

typedef struct choice {
  const char *name, *what;
  const hcsref_type *type;
  bool answer;
  int64_t score;
} choice;

/* Things of every kind have a name. */
static bool has_name(const kit_json *tree) {
  return kit_json_get(tree, "Name") != NULL || kit_json_get(tree, "name") != NULL;
}

/* A member that is known speaks for a kind as much as one that is not speaks against it. `marked`: it has a member that
 * few kinds have, so that others may be misspelt or new. */
static void consider(const kit_json *tree, const choice *candidate, bool marked, choice *best) {
  input_tally t = input_count(tree, candidate->type);
  int64_t score = (int64_t)t.known - (int64_t)t.unknown;
  bool few = t.unknown > t.known || (t.known == 1 && t.unknown == 1 && has_name(tree));
  if (t.known == 0 || (!marked && few) || (score <= best->score && best->name != NULL))
    return;
  *best = *candidate;
  best->score = score;
}

/* Guests, HCN and schema 1 name a resource alike: the name tells whose it is. */
static bool is_resource_of(const char *name, const kit_json *tree) {
  static const char *const hcn[] = {"Container", "Endpoint"};
  static const char *const changed[] = {"Policy", "Port", "DNS", "Extension"}; /* of networks and endpoints */
  hcsref_str resource = kit_json_get_string(tree, "ResourceType");
  bool of_hcn = false;
  if (resource.len == 0)
    return true;
  for (size_t i = 0; i < 2; i++)
    of_hcn = of_hcn || hcsref_str_equal(resource, hcsref_cstr(hcn[i]));
  if (strcmp(name, "hcn-modify-namespace") == 0)
    return of_hcn;
  if (strcmp(name, "guest-request") == 0 || strcmp(name, "modify-v1") == 0)
    for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++)
      of_hcn = of_hcn || hcsref_str_equal(resource, hcsref_cstr(changed[i]));
  return (strcmp(name, "guest-request") != 0 && strcmp(name, "modify-v1") != 0) || !of_hcn;
}

static bool is_listed(const char *name) {
  for (size_t i = 0; i < KIND_COUNT; i++)
    if (strcmp(name, kinds[i].name) == 0)
      return true;
  return false;
}

/* What is a document of its own, not a part of one. */
static bool is_network_document(const char *name) {
  static const char *const parts[] = {"-policy-", "-policies", "-vm-port", "-subnet"};
  if (!starts_with(name, "hcn-") && !starts_with(name, "hns-"))
    return false;
  if (strcmp(name, "hns-policy-list") == 0)
    return true;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    if (strstr(name, parts[i]) != NULL)
      return false;
  return true;
}

/* Changes of networks and of other things look alike without what they change. */
static bool lacks_resource(const hcsref_type *type, const kit_json *tree) {
  return hcsref_type_field(type, HCSREF_LIT("ResourceType")) != NULL && kit_json_get(tree, "ResourceType") == NULL;
}

/* A network's schema with the words that go into a sentence, which its title does not. */
static const char *network_words(const hcsref_schema *schema) {
  static const struct {
    const char *name, *words;
  } networks[] = {{"hcn-endpoint", "an HCN network endpoint"},
                  {"hcn-load-balancer", "an HCN load balancer"},
                  {"hcn-route", "an HCN route of a software-defined network"},
                  {"hcn-modify-network", "a change to an HCN network"},
                  {"hcn-modify-endpoint", "a change to an HCN network endpoint"},
                  {"hns-network", "an HNS network"},
                  {"hns-endpoint", "an HNS network endpoint"},
                  {"hns-attach", "an HNS request that attaches an endpoint"},
                  {"hns-namespace-resource", "an HNS request that adds to a namespace"},
                  {"hns-endpoint-stats", "statistics of an HNS endpoint"},
                  {"hns-mac-list", "an HNS list of management addresses"}};
  for (size_t i = 0; i < sizeof networks / sizeof networks[0]; i++)
    if (strcmp(schema->name, networks[i].name) == 0)
      return networks[i].words;
  return schema->title;
}

/* The networks' documents are known by their table alone. */
static void consider_others(const kit_json *tree, choice *best) {
  size_t count;
  const hcsref_schema *schemas = hcsref_schemas(&count);
  for (size_t i = 0; i < count; i++) {
    choice candidate = {schemas[i].name, NULL, schemas[i].type, false, 0};
    if (!is_network_document(candidate.name) || is_listed(candidate.name) || lacks_resource(candidate.type, tree))
      continue;
    candidate.what = network_words(&schemas[i]);
    consider(tree, &candidate,
             strcmp(candidate.name, "hns-policy-list") == 0 && kit_json_get(tree, "References") != NULL, best);
  }
}

/* HNS' objects have a state, too: a number; and its lists of policies have an ID. */
static bool is_of_other(const char *name, const kit_json *tree) {
  const kit_json *state = kit_json_get(tree, "State");
  if (strcmp(name, "hcn-namespace") == 0)
    return kit_json_get(tree, "References") != NULL;
  return starts_with(name, "properties-") && state != NULL && state->kind == KIT_JSON_NUMBER;
}

/* Two requests to the service have the same members: the operation tells. */
static bool is_operation_of(const hcsref_type *type, const kit_json *tree) {
  const hcsref_told_member *groups = hcsref_service_told(&hcsref_type_v2_host_processor_modification_request);
  bool of_groups = hcsref_told_type(groups, kit_json_get_string(tree, groups->by)) != NULL;
  return type == groups->holder                                                 ? of_groups
         : type == &hcsref_type_v2_container_credential_guard_operation_request ? !of_groups
                                                                                : true;
}

static choice choose(const kit_json *tree) {
  choice best = {NULL, NULL, NULL, false, 0};
  for (size_t i = 0; i < KIND_COUNT; i++) {
    choice candidate = {kinds[i].name, kinds[i].what, NULL, kinds[i].answer, 0};
    if ((kinds[i].needs[0] != NULL && !has_one_of(tree, kinds[i].needs, 7)) || !is_resource_of(kinds[i].name, tree) ||
        is_of_other(kinds[i].name, tree))
      continue;
    candidate.type = type_named(kinds[i].name);
    if (is_operation_of(candidate.type, tree))
      consider(tree, &candidate, kinds[i].needs[0] != NULL, &best);
  }
  consider_others(tree, &best);
  return best;
}

static bool is_network(const char *name) {
  return starts_with(name, "hcn-") || starts_with(name, "hns-");
}

bool kit_is_linux_process(const hcsref_type *type, const kit_json *tree) {
  static const char *const spec[] = {"OCISpecification", "OCIProcess"};
  return (type == &hcsref_type_v1_process_config || type == &hcsref_type_v2_process_parameters) &&
         has_one_of(tree, spec, 2);
}

static void guess_object(const kit_json *tree, kit_document *out) {
  choice best = choose(tree);
  out->name = best.name;
  out->what = best.what;
  if (best.name != NULL && strcmp(best.name, "hcs-v2-system") == 0 && kit_json_get(tree, "VirtualMachine") != NULL)
    out->what = "an HCS create document of schema 2 for a VM";
  if (kit_is_linux_process(best.type, tree))
    out->what = "the parameters of a process in a Linux container";
  out->shape.type = best.type;
  out->open = best.answer || (best.name != NULL && is_network(best.name) &&
                              has_one_of(tree, answer_members, sizeof answer_members / sizeof answer_members[0]));
}

static bool is_list_of(const kit_json *tree, kit_json_kind kind) {
  if (tree->kind != KIT_JSON_ARRAY || tree->count == 0)
    return false;
  for (const kit_json *item = tree->first; item != NULL; item = item->next)
    if (item->kind != kind)
      return false;
  return true;
}

static bool is_layer(const kit_json *item) {
  return item != NULL && item->kind == KIT_JSON_OBJECT && item->count == 2 &&
         kit_json_get_string(item, "Path").len != 0 &&
         (kit_json_get(item, "ID") != NULL || kit_json_get(item, "Id") != NULL);
}

static void guess(const kit_json *tree, kit_document *out) {
  if (input_foreign_of(tree) != NULL || kit_wrapper_find(tree, out))
    return;
  if (is_list_of(tree, KIT_JSON_STRING)) {
    out->name = "layer-chain";
    out->what = "a layerchain.json";
    out->shape.type = &kit_type_layer_chain;
    return;
  }
  if (is_layer(tree->kind == KIT_JSON_ARRAY ? tree->first : NULL)) {
    out->name = "layers";
    out->what = "a layer of an HCS document";
    out->shape.type = kit_json_get(tree->first, "Id") != NULL ? &hcsref_type_v2_layer : &hcsref_type_v1_layer;
    out->list = true;
    return;
  }
  if (tree->kind == KIT_JSON_OBJECT)
    guess_object(tree, out);
  if (!is_list_of(tree, KIT_JSON_OBJECT))
    return;
  guess_object(tree->first, out);
  out->list = out->name != NULL;
}

/* ---- told by name ---- */

static void find_words(kit_document *out) {
  const hcsref_schema *schema = hcsref_schema_find(hcsref_cstr(out->name));
  out->what = schema == NULL ? out->name : schema->title;
  for (size_t i = 0; i < KIND_COUNT; i++)
    if (strcmp(out->name, kinds[i].name) == 0) {
      out->what = kinds[i].what;
      out->open = kinds[i].answer;
    }
}

bool kit_document_find(const char *name, const kit_json *tree, kit_document *out) {
  memset(out, 0, sizeof *out);
  if (name == NULL) {
    guess(tree, out);
    return true;
  }
  out->name = name;
  out->shape.type = type_named(name);
  if (out->shape.type == NULL)
    return false;
  find_words(out);
  out->open = out->open ||
              (is_network(name) && has_one_of(tree, answer_members, sizeof answer_members / sizeof answer_members[0]));
  return true;
}

hcsref_program kit_document_program(const kit_document *document) {
  if (document->name == NULL || is_network(document->name))
    return HCSREF_PROGRAM_COUNT;
  if (starts_with(document->name, "cri"))
    return HCSREF_PROGRAM_CONTAINERD;
  return HCSREF_PROGRAM_HCSSHIM;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/document.h"

#include "hcsref/schema.h"
#include "input/kind.h"

#include <string.h>

/* The first row whose member is there decides; both members when it has two. */
static const struct {
  const char *member, *other;
  const char *name;
} marks[] = {
    {"SystemType", NULL, "hcs-v1"},
    {"v1", "v2", "payload"},
    {"v1", NULL, "payload"},
    {"v2", NULL, "payload"},
    {"ociVersion", NULL, "oci"},
    {"HostingSystemId", NULL, "hcs-v2-system"},
    {"Owner", "SchemaVersion", "hcs-v2-system"},
    {"VirtualMachine", NULL, "hcs-v2-system"},
    {"SchemaVersion", "Container", "hcs-v2-hosted"},
    {"SchemaVersion", NULL, "hcs-v2-system"},
    {"Storage", NULL, "hcs-v2"},
    {"MappedPipes", NULL, "hcs-v2"},
    {"Processor", NULL, "hcs-v2"},
    {"CommandLine", NULL, "process-v2"},
    {"CommandArgs", NULL, "process-v2"},
    {"ApplicationName", NULL, "process-v1"},
    {"container_path", NULL, "cri"},
};

/* Specs and the configs of crictl have members of the same names, so all of them count. */
static const char *guess_by_all_members(const kit_json *tree) {
  switch (input_kind_of(tree)) {
  case INPUT_CRI_CONTAINER:
    return "cri";
  case INPUT_CRI_POD:
    return "cri-pod";
  case INPUT_OCI_SPEC:
    return kit_json_get(tree, "mounts") != NULL || kit_json_get(tree, "windows") != NULL ? "oci" : NULL;
  default:
    return NULL;
  }
}

static const char *guess(const kit_json *tree) {
  size_t i;
  for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
    if (kit_json_get(tree, marks[i].member) != NULL &&
        (marks[i].other == NULL || kit_json_get(tree, marks[i].other) != NULL))
      return marks[i].name;
  return guess_by_all_members(tree);
}

bool kit_document_find(const char *name, const kit_json *tree, kit_document *out) {
  const hcsref_schema *schema;
  memset(out, 0, sizeof(*out));
  out->name = name != NULL ? name : guess(tree);
  if (out->name == NULL)
    return true;
  if (strcmp(out->name, "payload") == 0) {
    out->shape = kit_payload_shape(HCSREF_LIT("oci-to-hcs"), tree);
    return true;
  }
  schema = hcsref_schema_find(hcsref_cstr(out->name));
  if (schema == NULL)
    return false;
  out->shape.type = schema->type;
  return true;
}

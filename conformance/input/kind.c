/* SPDX-License-Identifier: Apache-2.0 */
#include "input/kind.h"

#include "hcsref/hcsref.h"
#include "input/foreign.h"

const char *input_kind_name(input_kind kind) {
  static const char *const names[] = {
      [INPUT_UNKNOWN] = "not a known kind of document",
      [INPUT_OCI_SPEC] = "an OCI runtime spec",
      [INPUT_CRI_CONTAINER] = "a CRI container config",
      [INPUT_CRI_POD] = "a CRI pod config",
      [INPUT_CRICTL_INSPECT] = "the output of crictl inspect",
      [INPUT_CRICTL_INSPECTP] = "the output of crictl inspectp",
      [INPUT_CTR_CONTAINER] = "the output of ctr containers info",
      [INPUT_DOCKER_INSPECT] = "the output of docker inspect",
      [INPUT_DOCKER_CREATE] = "the body of docker's API call that creates a container",
      [INPUT_KUBERNETES] = "an object of the Kubernetes API",
      [INPUT_IMAGE_CONFIG] = "the config of an image",
      [INPUT_CREDENTIAL_SPEC] = "a credential spec",
      [INPUT_HCS_DOCUMENT] = "a document of the Host Compute Service",
      [INPUT_CASE] = "a case",
      [INPUT_FOREIGN] = "a file of another program",
  };
  return names[kind];
}

/* ---- by how many members a table knows ---- */

/* A table's field by any of its names, whichever release knows it. */
static const hcsref_field *find_field(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++) {
    const hcsref_field *field = &type->fields[i];
    if (key.len == field->name_len && hcsref_str_equal_ascii_fold(key, hcsref_str_from(field->name, key.len)))
      return field;
    for (const char *const *alias = field->aliases; alias != NULL && *alias != NULL; alias++)
      if (hcsref_str_equal(key, hcsref_cstr(*alias)))
        return field;
  }
  return NULL;
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* How a tree is gone through. `kinds`: a member of a wrong kind is not known. */
typedef struct counting {
  input_tally t;
  bool kinds;
  size_t depth;
} counting;

static bool is_of_kind(const hcsref_type *type, const kit_json *node) {
  switch (type->kind) {
  case HCSREF_BOOL:
    return node->kind == KIT_JSON_BOOL;
  case HCSREF_STRING:
  case HCSREF_BYTES:
  case HCSREF_TIME:
  case HCSREF_GUID:
    return node->kind == KIT_JSON_STRING;
  case HCSREF_STRUCT:
  case HCSREF_MAP:
    return node->kind == KIT_JSON_OBJECT;
  case HCSREF_SLICE:
  case HCSREF_ARRAY:
    return node->kind == KIT_JSON_ARRAY;
  case HCSREF_ANY:
  case HCSREF_RAW:
  case HCSREF_POINTER:
    return true;
  default:
    return node->kind == KIT_JSON_NUMBER;
  }
}

static bool is_known(const counting *c, const hcsref_field *field, const kit_json *value) {
  const hcsref_type *type = field == NULL ? NULL : pointed_at(field->type);
  return type != NULL && (!c->kinds || value->kind == KIT_JSON_NULL || is_of_kind(type, value));
}

static void count(const kit_json *node, const hcsref_type *type, counting *c) {
  type = pointed_at(type);
  if (type == NULL || (type->kind != HCSREF_STRUCT && type->kind != HCSREF_SLICE) || c->depth > KIT_WALK_DEPTH)
    return;
  if (node->kind != (type->kind == HCSREF_SLICE ? KIT_JSON_ARRAY : KIT_JSON_OBJECT))
    return;
  c->depth++;
  for (const kit_json *child = node->first; child != NULL; child = child->next) {
    const hcsref_field *field = type->kind == HCSREF_SLICE ? NULL : find_field(type, child->key);
    if (type->kind == HCSREF_SLICE) {
      count(child, type->elem, c);
    } else if (!is_known(c, field, child)) {
      c->t.unknown++;
    } else {
      c->t.known++;
      count(child, field->type, c);
    }
  }
  c->depth--;
}

input_tally input_count(const kit_json *tree, const hcsref_type *type) {
  counting c = {{0, 0}, true, 0};
  count(tree, type, &c);
  return c.t;
}

bool input_fits(const kit_json *tree, const hcsref_type *type) {
  counting c = {{0, 0}, false, 0};
  count(tree, type, &c);
  return c.t.known >= c.t.unknown;
}

/* The table that knows most; the spec when two know as much, for that is what was always read. */
static input_kind by_table(const kit_json *tree) {
  const struct {
    input_kind kind;
    const hcsref_type *type;
  } tables[] = {{INPUT_OCI_SPEC, &hcsref_type_oci_spec},
                {INPUT_CRI_CONTAINER, &hcsref_type_cri_container_config},
                {INPUT_CRI_POD, &hcsref_type_cri_pod_sandbox_config}};
  input_kind best = INPUT_UNKNOWN;
  size_t fewest = SIZE_MAX, most = 0;
  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
    counting c = {{0, 0}, false, 0};
    count(tree, tables[i].type, &c);
    if (c.t.known == 0 && tree->count != 0)
      continue;
    if (c.t.unknown < fewest || (c.t.unknown == fewest && c.t.known > most)) {
      best = tables[i].kind;
      fewest = c.t.unknown;
      most = c.t.known;
    }
  }
  return best;
}

/* ---- by members that only one kind has ---- */

static bool is_object(const kit_json *node) {
  return node != NULL && node->kind == KIT_JSON_OBJECT;
}

static input_kind of_crictl(const kit_json *tree) {
  const kit_json *status = kit_json_get(tree, "status");
  hcsref_str state = kit_json_get_string(status, "state");
  bool pod = hcsref_str_has_prefix(state, HCSREF_LIT("SANDBOX")) || kit_json_get(status, "network") != NULL;
  return pod ? INPUT_CRICTL_INSPECTP : INPUT_CRICTL_INSPECT;
}

/* A container has both parts of its configuration; the API's body has the host's inside the container's. */
static input_kind of_docker(const kit_json *tree) {
  if (is_object(kit_json_get(tree, "Config")))
    return INPUT_DOCKER_INSPECT;
  return input_fits(tree, &hcsref_type_docker_config) ? INPUT_DOCKER_CREATE : INPUT_UNKNOWN;
}

static bool has_host_config(const kit_json *tree) {
  return is_object(tree) && is_object(kit_json_get(tree, "HostConfig"));
}

/* The host's part may be left out; what the CRI calls image is no text. */
static bool is_docker_body(const kit_json *tree) {
  const kit_json *image = kit_json_get(tree, "Image");
  return image != NULL && image->kind == KIT_JSON_STRING && kit_json_get(tree, "HostConfig") == NULL &&
         input_count(tree, &hcsref_type_docker_config).unknown == 0;
}

/* Kinds that no command takes for a spec, by members that are needed together. */
static input_kind of_others(const kit_json *tree) {
  static const struct {
    input_kind kind;
    const char *all[2];
  } kinds[] = {
      {INPUT_CREDENTIAL_SPEC, {"CmsPlugins", NULL}},
      {INPUT_CREDENTIAL_SPEC, {"DomainJoinConfig", NULL}},
      {INPUT_CREDENTIAL_SPEC, {"ActiveDirectoryConfig", NULL}},
      {INPUT_HCS_DOCUMENT, {"SystemType", NULL}},
      {INPUT_HCS_DOCUMENT, {"SchemaVersion", NULL}},
      {INPUT_HCS_DOCUMENT, {"ErrorMessage", NULL}},
      {INPUT_HCS_DOCUMENT, {"ResourcePath", NULL}},
      {INPUT_HCS_DOCUMENT, {"Storage", NULL}},
      {INPUT_HCS_DOCUMENT, {"CommandLine", NULL}},
      {INPUT_CASE, {"op", "params"}},
      {INPUT_IMAGE_CONFIG, {"rootfs", "config"}},
      {INPUT_IMAGE_CONFIG, {"RootFS", "Config"}},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    if (kit_json_get(tree, kinds[i].all[0]) != NULL &&
        (kinds[i].all[1] == NULL || kit_json_get(tree, kinds[i].all[1]) != NULL))
      return kinds[i].kind;
  return INPUT_UNKNOWN;
}

/* crictl inspecti, whose status is an image's (CRI: Image) and not a container's. */
static bool is_crictl_image(const kit_json *tree) {
  const kit_json *status = kit_json_get(tree, "status");
  return is_object(kit_json_get(kit_json_get(tree, "info"), "imageSpec")) || kit_json_get(status, "repoTags") != NULL ||
         kit_json_get(status, "repoDigests") != NULL;
}

static bool is_image(const kit_json *tree) {
  return is_object(tree) && (is_crictl_image(tree) || of_others(tree) == INPUT_IMAGE_CONFIG);
}

bool input_is_listed(input_kind kind) {
  return kind == INPUT_DOCKER_INSPECT || kind == INPUT_CRICTL_INSPECT || kind == INPUT_CRICTL_INSPECTP ||
         kind == INPUT_CTR_CONTAINER;
}

static bool is_crictl(const kit_json *tree) {
  const kit_json *status = kit_json_get(tree, "status");
  const hcsref_str state = kit_json_get_string(status, "state");
  return is_object(status) && !is_crictl_image(tree) &&
         (kit_json_get(tree, "info") != NULL || hcsref_str_has_prefix(state, HCSREF_LIT("CONTAINER_")) ||
          hcsref_str_has_prefix(state, HCSREF_LIT("SANDBOX_")));
}

static bool is_ctr(const kit_json *tree) {
  const kit_json *runtime = kit_json_get(tree, "Runtime");
  return runtime != NULL && (is_object(kit_json_get(tree, "Spec")) ||
                             (kit_json_get(runtime, "Name") != NULL && kit_json_get(tree, "Snapshotter") != NULL));
}

/* Of the first that is of such a kind: docker inspect lists what it was asked for, networks and volumes too. */
static input_kind of_list(const kit_json *tree) {
  for (const kit_json *item = tree->first; item != NULL; item = item->next) {
    if (is_crictl(item))
      return of_crictl(item);
    if (is_ctr(item))
      return INPUT_CTR_CONTAINER;
    if (has_host_config(item) && of_docker(item) == INPUT_DOCKER_INSPECT)
      return INPUT_DOCKER_INSPECT;
  }
  return tree->first != NULL && is_image(tree->first) ? INPUT_IMAGE_CONFIG : INPUT_UNKNOWN;
}

input_kind input_kind_of(const kit_json *tree) {
  input_kind kind;
  if (tree->kind == KIT_JSON_ARRAY && of_list(tree) != INPUT_UNKNOWN)
    return of_list(tree);
  if (input_foreign_of(tree) != NULL)
    return INPUT_FOREIGN;
  if (!is_object(tree))
    return INPUT_UNKNOWN;
  if (has_host_config(tree) && of_docker(tree) != INPUT_UNKNOWN)
    return of_docker(tree);
  if (is_docker_body(tree))
    return INPUT_DOCKER_CREATE;
  if (kit_json_get(tree, "apiVersion") != NULL && kit_json_get(tree, "kind") != NULL)
    return INPUT_KUBERNETES;
  if (is_crictl(tree))
    return of_crictl(tree);
  if (is_ctr(tree))
    return INPUT_CTR_CONTAINER;
  if (is_crictl_image(tree))
    return INPUT_IMAGE_CONFIG;
  kind = of_others(tree);
  return kind != INPUT_UNKNOWN ? kind : by_table(tree);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/wrappers.h"

#include "hcsref/hcsref.h"
#include "input/kind.h"

#define MEMBER(name, type)                                                                                             \
  { name, sizeof(name) - 1, 0, type, NULL, false, 0, 0, NULL }
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* They have no Go type, which is how they are known. */
#define WRAPPER(fields)                                                                                                \
  { HCSREF_STRUCT, "", 0, NULL, fields, COUNT(fields), 0, NULL, 0 }
#define LIST(type)                                                                                                     \
  { HCSREF_SLICE, "", 0, type, NULL, 0, 0, NULL, 0 }

static const hcsref_field info_fields[] = {
    MEMBER("config", &hcsref_type_cri_container_config),
    MEMBER("runtimeSpec", &hcsref_type_oci_spec),
};
static const hcsref_type info = WRAPPER(info_fields);
static const hcsref_field pod_info_fields[] = {
    MEMBER("config", &hcsref_type_cri_pod_sandbox_config),
    MEMBER("runtimeSpec", &hcsref_type_oci_spec),
};
static const hcsref_type pod_info = WRAPPER(pod_info_fields);
static const hcsref_field inspect_fields[] = {MEMBER("info", &info)};
static const hcsref_field inspect_pod_fields[] = {MEMBER("info", &pod_info)};
static const hcsref_field ctr_fields[] = {MEMBER("Spec", &hcsref_type_oci_spec)};
static const hcsref_type inspect = WRAPPER(inspect_fields), inspect_pod = WRAPPER(inspect_pod_fields),
                         ctr = WRAPPER(ctr_fields);

/* The custom resource of kubernetes-sigs/windows-gmsa. */
static const hcsref_field gmsa_fields[] = {MEMBER("credspec", &kit_type_credential_spec)};
static const hcsref_type gmsa = WRAPPER(gmsa_fields);

static const hcsref_field to_hcs_fields[] = {MEMBER("request", &hcsref_type_v2_modify_setting_request)};
static const hcsref_field to_guest_fields[] = {MEMBER("request", &hcsref_type_guest_modification)};
static const hcsref_field to_others_fields[] = {MEMBER("request", NULL)};
static const hcsref_field to_create_fields[] = {MEMBER("request", &hcsref_type_v2_hosted_system)};
static const hcsref_type to_hcs = WRAPPER(to_hcs_fields), to_guest = WRAPPER(to_guest_fields),
                         to_create = WRAPPER(to_create_fields), to_others = WRAPPER(to_others_fields);
static const hcsref_type requests = LIST(&to_hcs);
static const hcsref_field step_fields[] = {MEMBER("requests", &requests)};
static const hcsref_type step = WRAPPER(step_fields);

/* What the shim sends the guest over the bridge (hcsshim internal/gcs/prot ContainerModifySettings), as its log has it.
 */
static const hcsref_field bridge_fields[] = {MEMBER("Request", &hcsref_type_guest_modification)};
static const hcsref_type bridge = WRAPPER(bridge_fields);

static const hcsref_field all_fields[] = {
    MEMBER("vm", &hcsref_type_v2_compute_system),
    MEMBER("requests", &requests),
    MEMBER("process", &hcsref_type_v2_process_parameters),
    MEMBER("v1", &hcsref_type_v1_container_config),
    MEMBER("v2", &hcsref_type_v2_container),
    MEMBER("spec", &hcsref_type_oci_spec),
};
static const hcsref_type all = WRAPPER(all_fields);

static bool is_object(const kit_json *node) {
  return node != NULL && node->kind == KIT_JSON_OBJECT;
}

static bool is_all(const kit_json *tree) {
  return kit_json_get(tree, "requests") != NULL && kit_json_get(tree, "process") != NULL &&
         kit_json_get(tree, "vm") != NULL;
}

static bool is_bridge_message(const kit_json *tree) {
  return kit_json_get(tree, "ContainerId") != NULL && kit_json_get(tree, "ActivityId") != NULL &&
         kit_json_get(tree, "Request") != NULL;
}

static bool set(kit_document *out, const char *name, const char *what, const hcsref_type *type, bool list) {
  out->name = name;
  out->what = what;
  out->shape.type = type;
  out->list = list;
  return true;
}

/* What has been made of specs here: documents, or requests in their order. */
static bool find_own(const kit_json *tree, kit_document *out) {
  const kit_json *first = tree->kind == KIT_JSON_ARRAY ? tree->first : NULL;
  if (is_object(kit_json_get(tree, "v1")) || is_object(kit_json_get(tree, "v2"))) {
    set(out, "payload", "HCS documents of both schemas", NULL, false);
    out->shape = kit_payload_shape(HCSREF_LIT("oci-to-hcs"), tree);
    return true;
  }
  if (kit_json_get(tree, "document") != NULL && kit_json_get(tree, "kind") != NULL) {
    set(out, "create", "an HCS create document and who gets it", NULL, false);
    out->shape = kit_payload_shape(HCSREF_LIT("create-document"), tree);
    return true;
  }
  if (is_bridge_message(tree))
    return set(out, "bridge-modify-settings", "a message to the guest of a utility VM", &bridge, false);
  if (is_all(tree))
    return set(out, "all", "all documents of a container", &all, false);
  if (kit_json_get(first, "to") != NULL && kit_json_get(first, "request") != NULL)
    return set(out, "requests", "requests to a utility VM", &to_hcs, true);
  if (kit_json_get(first, "step") != NULL && kit_json_get(first, "requests") != NULL)
    return set(out, "steps", "requests to a utility VM, step by step", &step, true);
  return false;
}

bool kit_wrapper_find(const kit_json *tree, kit_document *out) {
  const input_kind kind = input_kind_of(tree);
  const bool list = tree->kind == KIT_JSON_ARRAY;
  if (find_own(tree, out))
    return true;
  switch (kind) {
  case INPUT_CRICTL_INSPECT:
    return set(out, "crictl-inspect", input_kind_name(kind), &inspect, list);
  case INPUT_CRICTL_INSPECTP:
    return set(out, "crictl-inspectp", input_kind_name(kind), &inspect_pod, list);
  case INPUT_CTR_CONTAINER:
    return set(out, "ctr", input_kind_name(kind), &ctr, list);
  case INPUT_DOCKER_INSPECT:
  case INPUT_DOCKER_CREATE:
    return set(out, "docker", input_kind_name(kind), NULL, list);
  case INPUT_KUBERNETES:
    if (is_object(kit_json_get(tree, "credspec")))
      return set(out, "gmsa-credential-spec", "a GMSACredentialSpec of Kubernetes", &gmsa, false);
    return set(out, "kubernetes", input_kind_name(kind), NULL, false);
  case INPUT_FOREIGN:
  case INPUT_UNKNOWN:
  case INPUT_OCI_SPEC:
  case INPUT_CRI_CONTAINER:
  case INPUT_CRI_POD:
  default:
    return false;
  }
}

bool kit_is_wrapper(const hcsref_type *type) {
  return type->go_name != NULL && type->go_name[0] == '\0';
}

const hcsref_type *kit_request_type(const kit_json *wrapper) {
  static const struct {
    const char *to;
    const hcsref_type *type;
  } wrappers[] = {{"hcs", &to_hcs}, {"container", &to_hcs}, {"guest", &to_guest}, {"guest-create", &to_create}};
  hcsref_str to = kit_json_get_string(wrapper, "to");
  for (size_t i = 0; i < COUNT(wrappers); i++)
    if (hcsref_str_equal(to, hcsref_cstr(wrappers[i].to)))
      return wrappers[i].type;
  return &to_others;
}

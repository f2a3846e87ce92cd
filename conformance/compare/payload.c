/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the payload envelopes, in front of those of the documents. */
#include "compare/payload.h"

#include "compare/number.h"
#include "hcsref/oci.h"
#include "hcsref/schema.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"

#define FIELD(name, type)                                                                                              \
  { name, sizeof(name) - 1, 0, type, NULL, false, 0, 0, NULL }
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ENVELOPE(fields)                                                                                               \
  { HCSREF_STRUCT, "", 0, NULL, fields, COUNT(fields), 0, NULL, 0 }

static const hcsref_field document_fields[] = {
    FIELD("v1", &hcsref_type_v1_container_config),
    FIELD("v2", &hcsref_type_v2_container),
    FIELD("spec", &hcsref_type_oci_spec),
};
static const hcsref_field spec_fields[] = {FIELD("spec", &hcsref_type_oci_spec)};
static const hcsref_field v1_fields[] = {FIELD("document", &hcsref_type_v1_container_config)};
static const hcsref_field v2_fields[] = {FIELD("document", &hcsref_type_v2_compute_system)};
static const hcsref_field hosted_fields[] = {FIELD("document", &hcsref_type_v2_hosted_system)};
static const hcsref_field confidential_fields[] = {FIELD("document", &hcsref_type_v2_confidential_system)};
static const hcsref_type devices_type = {HCSREF_SLICE, "", 0, &hcsref_type_v2_device, NULL, 0, 0, NULL, 0};
static const hcsref_field device_fields[] = {FIELD("devices", &devices_type)};
static const hcsref_field extension_fields[] = {FIELD("extensions", &hcsref_type_v2_container_definition_device)};

static const hcsref_type documents = ENVELOPE(document_fields), specs = ENVELOPE(spec_fields),
                         v1_envelope = ENVELOPE(v1_fields), v2_envelope = ENVELOPE(v2_fields),
                         hosted_envelope = ENVELOPE(hosted_fields),
                         confidential_envelope = ENVELOPE(confidential_fields), devices = ENVELOPE(device_fields),
                         extensions = ENVELOPE(extension_fields);

static const struct {
  const char *op;
  const hcsref_type *type;
} payloads[] = {
    {"oci-to-hcs", &documents},         {"cri-to-oci", &specs},           {"cri-container-spec", &specs},
    {"cri-sandbox-spec", &specs},       {"cri-update-resources", &specs}, {"assigned-devices", &devices},
    {"device-extensions", &extensions},
};

/* Only v1 documents name a SystemType; what goes to a utility VM's guest service is a hosted system, which a
 * confidential one gets inside its own. */
static const hcsref_type *create_envelope(const kit_json *expected) {
  const kit_json *document = kit_json_get(expected, "document");
  if (kit_json_get(document, "SystemType") != NULL)
    return &v1_envelope;
  if (kit_json_get(document, "CWCOWHostedSystem") != NULL)
    return &confidential_envelope;
  if (hcsref_str_equal(kit_json_get_string(expected, "kind"), HCSREF_LIT("gcs")))
    return &hosted_envelope;
  return &v2_envelope;
}

kit_shape kit_payload_shape(hcsref_str op, const kit_json *expected) {
  kit_shape shape = {NULL, false, NULL};
  size_t i;
  if (hcsref_str_equal(op, HCSREF_LIT("create-document")) || hcsref_str_equal(op, HCSREF_LIT("create-container")))
    shape.type = create_envelope(expected);
  for (i = 0; i < COUNT(payloads); i++)
    if (hcsref_str_equal(op, hcsref_cstr(payloads[i].op)))
      shape.type = payloads[i].type;
  return shape;
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

kit_shape kit_member_shape(kit_shape parent, hcsref_str key) {
  const hcsref_type *type = pointed_at(parent.type);
  kit_shape shape = {NULL, false, parent.rules};
  size_t i;
  if (type != NULL && type->kind == HCSREF_MAP)
    shape.type = type->elem;
  if (type == NULL || type->kind != HCSREF_STRUCT)
    return shape;
  for (i = 0; i < type->field_count; i++) {
    const hcsref_field *field = &type->fields[i];
    if (!hcsref_str_equal(key, hcsref_str_from(field->name, field->name_len)) ||
        (shape.rules != NULL && !hcsref_field_known(field, shape.rules)))
      continue;
    shape.type = field->type;
    shape.omit_empty = field->omit_empty;
  }
  /* Upstream keeps the hosted system of a hypervisor-isolated container as interface{}. */
  if (type == &hcsref_type_v2_compute_system && hcsref_str_equal(key, HCSREF_LIT("HostedSystem")))
    shape.type = &hcsref_type_v2_hosted_system;
  return shape;
}

kit_shape kit_element_shape(kit_shape parent) {
  const hcsref_type *type = pointed_at(parent.type);
  kit_shape shape = {NULL, false, parent.rules};
  if (type != NULL && (type->kind == HCSREF_SLICE || type->kind == HCSREF_ARRAY))
    shape.type = type->elem;
  return shape;
}

static bool is_empty_of_kind(hcsref_kind kind, const kit_json *node) {
  switch (node->kind) {
  case KIT_JSON_NULL:
    return true;
  case KIT_JSON_BOOL:
    return kind == HCSREF_BOOL && !kit_json_is_true(node);
  case KIT_JSON_NUMBER:
    return kind >= HCSREF_INT8 && kind <= HCSREF_FLOAT64 && kit_number_is_zero(node->raw);
  case KIT_JSON_STRING:
    return (kind == HCSREF_STRING || kind == HCSREF_BYTES) && node->text.len == 0;
  case KIT_JSON_ARRAY:
    return (kind == HCSREF_SLICE || kind == HCSREF_ARRAY) && node->count == 0;
  case KIT_JSON_OBJECT:
    return kind == HCSREF_MAP && node->count == 0;
  }
  return false;
}

bool kit_is_omitted(kit_shape shape, const kit_json *node) {
  if (shape.type == NULL || !shape.omit_empty || shape.type->kind == HCSREF_STRUCT)
    return false;
  return is_empty_of_kind(shape.type->kind, node);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A table as JSON Schema 2020-12: what decoding accepts. One definition a struct, in the order of first mention; one
 * property a line. Null is among the types of every value, as Go takes it for every kind, and no key is required. */
#include "hcsref/schema.h"
#include "hcsref/schema2_service.h"

#include <string.h>

typedef struct printer {
  const hcsref_rules *rules;
  hcsref_buf *buf;
  hcsref_slice structs; /* of const hcsref_type *: those that have been mentioned */
} printer;

static void text(printer *p, const char *s) {
  hcsref_buf_append(p->buf, hcsref_cstr(s));
}

static void quoted(printer *p, const char *s) {
  hcsref_json_append_string(p->buf, hcsref_cstr(s));
}

/* ---- one value ------------------------------------------------------------------------------------------- */

#define INTEGER(min, max) "\"type\": [\"integer\", \"null\"], \"minimum\": " min ", \"maximum\": " max
#define GUID_PATTERN      "^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$"

/* The members that describe a scalar; null for kinds that append_type treats itself. */
static const char *const scalar_members[] = {
    [HCSREF_BOOL] = "\"type\": [\"boolean\", \"null\"]",
    [HCSREF_INT8] = INTEGER("-128", "127"),
    [HCSREF_INT16] = INTEGER("-32768", "32767"),
    [HCSREF_INT32] = INTEGER("-2147483648", "2147483647"),
    [HCSREF_INT64] = INTEGER("-9223372036854775808", "9223372036854775807"),
    [HCSREF_UINT8] = INTEGER("0", "255"),
    [HCSREF_UINT16] = INTEGER("0", "65535"),
    [HCSREF_UINT32] = INTEGER("0", "4294967295"),
    [HCSREF_UINT64] = INTEGER("0", "18446744073709551615"),
    [HCSREF_FLOAT64] = "\"type\": [\"number\", \"null\"]",
    [HCSREF_STRING] = "\"type\": [\"string\", \"null\"]",
    [HCSREF_BYTES] =
        "\"type\": [\"string\", \"array\", \"null\"], \"contentEncoding\": \"base64\", \"items\": {" INTEGER("0",
                                                                                                             "255") "}",
    [HCSREF_TIME] = "\"type\": [\"string\", \"null\"], \"format\": \"date-time\"",
    [HCSREF_GUID] = "\"type\": [\"string\", \"null\"], \"pattern\": \"" GUID_PATTERN "\"",
};

/* Makes sure that a struct gets its definition. */
static void mention(printer *p, const hcsref_type *type) {
  const hcsref_type **place = p->structs.items;
  for (size_t i = 0; i < p->structs.len; i++)
    if (place[i] == type)
      return;
  place = hcsref_slice_push(p->buf->arena, &p->structs, sizeof(*place));
  if (place == NULL)
    p->buf->failed = true;
  else
    *place = type;
}

static void append_reference(printer *p, const hcsref_type *type) {
  text(p, "\"$ref\": \"#/$defs/");
  text(p, type->go_name);
  text(p, "\"");
  mention(p, type);
}

static void append_leaf(printer *p, const hcsref_type *type) {
  if (type->kind == HCSREF_STRUCT) {
    append_reference(p, type);
  } else if (type->kind == HCSREF_ANY || type->kind == HCSREF_RAW) {
    text(p, "\"$comment\": \"any JSON: ");
    text(p, type->go_name);
    text(p, "\"");
  } else {
    text(p, scalar_members[type->kind]);
  }
}

static void open_list(printer *p) {
  text(p, "\"type\": [\"array\", \"null\"], \"items\": {");
}

static void open_map(printer *p, const hcsref_type *type) {
  text(p, "\"type\": [\"object\", \"null\"], ");
  if (type->key != NULL)
    text(p, "\"propertyNames\": {\"pattern\": \"^[+-]?[0-9]+$\"}, ");
  text(p, "\"additionalProperties\": {");
}

/* The members of the object that describes a value. */
static void append_type(printer *p, const hcsref_type *type) {
  size_t open = 0;
  for (; type->elem != NULL; type = type->elem) {
    if (type->kind == HCSREF_POINTER)
      continue;
    if (type->kind == HCSREF_MAP)
      open_map(p, type);
    else
      open_list(p);
    open++;
  }
  append_leaf(p, type);
  for (; open > 0; open--)
    text(p, "}");
}

/* ---- structs -------------------------------------------------------------------------------------------- */

static void append_property(printer *p, const char *name, const hcsref_type *type, bool first) {
  text(p, first ? "\n        " : ",\n        ");
  quoted(p, name);
  text(p, ": {");
  append_type(p, type);
  text(p, "}");
}

/* What a field is; of one that the table leaves open, what it is known to be. */
static const hcsref_type *type_of(const hcsref_type *holder, const hcsref_field *field) {
  bool guest = holder == &hcsref_type_v2_modify_setting_request &&
               hcsref_str_equal(hcsref_cstr(field->name), HCSREF_LIT("GuestRequest"));
  return guest ? &hcsref_type_guest_request : field->type;
}

static void append_field(printer *p, const hcsref_type *holder, const hcsref_field *field, bool first) {
  append_property(p, field->name, type_of(holder, field), first);
  if (field->aliases != NULL)
    for (const char *const *alias = field->aliases; *alias != NULL; alias++)
      append_property(p, *alias, field->type, false);
}

/* ---- settings whose type another member tells ------------------------------------------------------------- */

/* The members of these tables whose type another one tells. */
static bool find_told(const hcsref_type *type, hcsref_told_member *out) {
  const hcsref_told_member *of_service = hcsref_service_told(type);
  memset(out, 0, sizeof(*out));
  out->name = "Settings";
  if (of_service != NULL) {
    *out = *of_service;
  } else if (type == &hcsref_type_v2_modify_setting_request) {
    out->by = "ResourcePath";
    out->types = hcsref_settings_types(&out->count);
  } else if (type == &hcsref_type_guest_request) {
    out->by = "ResourceType";
    out->types = hcsref_guest_settings_types(&out->count);
  }
  return out->count > 0;
}

/* "if the resource is this, then the settings are that" */
static void append_choice(printer *p, const hcsref_told_member *told, const hcsref_resource *resource, bool first) {
  size_t length = hcsref_cstr(resource->name).len;
  bool whole = resource->name[length - 1] != '/'; /* no resource has a character that a pattern takes for another */
  text(p, first ? "\n        " : ",\n        ");
  text(p, "{\"if\": {\"required\": [");
  quoted(p, told->by);
  text(p, "], \"properties\": {");
  quoted(p, told->by);
  text(p, whole ? ": {\"const\": \"" : ": {\"pattern\": \"^");
  text(p, resource->name);
  text(p, "\"}}}, \"then\": {\"properties\": {");
  quoted(p, told->name);
  text(p, ": {");
  append_type(p, resource->type);
  text(p, "}}}}");
}

static void append_choices(printer *p, const hcsref_type *type) {
  hcsref_told_member told;
  if (!find_told(type, &told))
    return;
  text(p, ",\n      \"allOf\": [");
  for (size_t i = 0; i < told.count; i++)
    append_choice(p, &told, &told.types[i], i == 0);
  text(p, "\n      ]");
}

static void append_struct(printer *p, const hcsref_type *type, bool first) {
  bool empty = true;
  text(p, first ? "\n    " : ",\n    ");
  quoted(p, type->go_name);
  text(p, ": {\n      \"type\": [\"object\", \"null\"],\n      \"properties\": {");
  for (size_t i = 0; i < type->field_count; i++) {
    if (!hcsref_field_known(&type->fields[i], p->rules))
      continue;
    append_field(p, type, &type->fields[i], empty);
    empty = false;
  }
  text(p, "\n      },\n      \"additionalProperties\": true");
  append_choices(p, type);
  text(p, "\n    }");
}

/* A definition may mention further structs; they join the end of the list. */
static void append_definitions(printer *p) {
  text(p, "  \"$defs\": {");
  for (size_t i = 0; i < p->structs.len; i++) {
    const hcsref_type *const *structs = p->structs.items;
    append_struct(p, structs[i], i == 0);
  }
  text(p, "\n  }\n");
}

void hcsref_schema_print(hcsref_buf *buf, const hcsref_schema *schema) {
  hcsref_schema_print_as(buf, NULL, schema);
}

void hcsref_schema_print_as(hcsref_buf *buf, const hcsref_rules *rules, const hcsref_schema *schema) {
  printer p = {.buf = buf, .rules = rules};
  text(&p, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:hcsproof:schema:");
  text(&p, schema->name);
  text(&p, "\",\n  \"title\": ");
  quoted(&p, schema->title);
  text(&p,
       ",\n  \"description\": \"What Go's encoding/json accepts: no key is required, null leaves a value as it is or "
       "clears it, unknown keys are ignored. This schema can't say that a key may be in other letter case, that an "
       "integer must be written without fraction and exponent, that elements beyond the length of a fixed array are "
       "skipped, or how large an integer key may be; a time is described by its format only, which many validators do "
       "not check.\",\n  ");
  append_type(&p, schema->type);
  text(&p, ",\n");
  append_definitions(&p);
  text(&p, "}\n");
}

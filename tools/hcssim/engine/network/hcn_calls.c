/* SPDX-License-Identifier: Apache-2.0 */
/* The calls that all objects of the network service have: they are opened, asked, listed and deleted by id.
 * Source: hcsshim hcn/hcnnetwork.go and its neighbours. */
#include "engine/network/network.h"

#include <stdlib.h>
#include <string.h>

static bool find_id(sim_call *call, const sim_class *class, hcsref_guid id, hcsref_str *text, void **object) {
  *object = hcsref_arena_alloc(&call->arena, class->stored->size);
  if (*object == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_guid_text(call, id, text) &&
         (sim_object_find(call, class, *text, *object) ||
          sim_fail(call, HCSREF_ERROR_NOT_FOUND, "There is no %s %q.", class->noun, *text));
}

void sim_hcn_open(sim_call *call, const sim_class *class, hcsref_guid id, sim_handle *out) {
  hcsref_str text = {NULL, 0};
  void *object = NULL;
  *out = 0;
  if (sim_going(call) && find_id(call, class, id, &text, &object))
    sim_object_open(call, class, text, out);
}

void sim_hcn_close(sim_call *call, const sim_class *class, sim_handle handle) {
  char *id = sim_handle_get(call, handle, class->handle);
  if (id == NULL)
    return;
  sim_handle_free(call->sim, handle);
  free(id);
}

void sim_hcn_delete(sim_call *call, const sim_class *class, hcsref_guid id) {
  hcsref_str text = {NULL, 0};
  void *object = NULL;
  if (!sim_going(call) || !find_id(call, class, id, &text, &object))
    return;
  if (class == &sim_networks)
    sim_network_remove(call, text);
  else if (class == &sim_endpoints)
    sim_endpoint_remove(call, object);
  else if (class == &sim_namespaces)
    sim_namespace_remove(call, object);
  else
    sim_store_remove(call->sim, class->folder, text);
}

/* ---- questions ---- */

void sim_hcn_query(sim_call *call, const sim_class *class, sim_handle handle, hcsref_str query_text) {
  void *object = hcsref_arena_alloc(&call->arena, class->stored->size);
  hcsref_hcn_query query;
  memset(&query, 0, sizeof(query));
  if (object == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else if (sim_object_of(call, class, handle, object) &&
           sim_read_document(call, query_text, &hcsref_type_hcn_query, &query) &&
           !hcsref_json_encode(&call->arena, class->document, object, &call->document, NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

typedef struct listing {
  const sim_class *class;
  hcsref_map wanted; /* map[string]string: members and what they are to be */
  hcsref_buf text;
} listing;

/* hcsshim asks for an endpoint's network by the name that HNS gave it: hcn/hcnendpoint.go ListEndpointsOfNetwork. */
static const hcsref_field *filter_field(const sim_class *class, hcsref_str name) {
  const hcsref_field *field;
  if (class == &sim_endpoints && hcsref_str_equal_ascii_fold(name, HCSREF_LIT("VirtualNetwork")))
    name = HCSREF_LIT("HostComputeNetwork");
  field = hcsref_type_field(class->document, name);
  return field != NULL && field->type->kind == HCSREF_STRING ? field : NULL;
}

static const hcsref_str *text_member(const sim_class *class, const void *object, hcsref_str name) {
  return (const hcsref_str *)(const void *)((const char *)object + filter_field(class, name)->offset);
}

static bool list_one(void *context, const void *object) {
  listing *l = context;
  const hcsref_string_entry *entries = l->wanted.entries;
  for (size_t i = 0; i < l->wanted.len; i++)
    if (!hcsref_str_equal_ascii_fold(*text_member(l->class, object, entries[i].key), entries[i].value))
      return true;
  if (l->text.len > 1)
    hcsref_buf_append_char(&l->text, ',');
  hcsref_json_append_string(&l->text, *text_member(l->class, object, HCSREF_LIT("ID")));
  return true;
}

static bool check_filter(sim_call *call, const listing *l) {
  const hcsref_string_entry *entries = l->wanted.entries;
  for (size_t i = 0; i < l->wanted.len; i++)
    if (filter_field(l->class, entries[i].key) == NULL)
      return sim_fail(call, HCN_INVALID_JSON, "A %s cannot be filtered by %q.", l->class->noun, entries[i].key);
  return true;
}

/* A query's filter is a JSON text of its own, such as {"ID":"…"}. Source: hcsshim hcn GetNamespaceByID. */
void sim_hcn_enumerate(sim_call *call, const sim_class *class, hcsref_str query_text) {
  hcsref_hcn_query query;
  listing l = {.class = class, .text = {&call->arena, NULL, 0, 0, false}};
  memset(&query, 0, sizeof(query));
  if (!sim_going(call) || !sim_read_document(call, query_text, &hcsref_type_hcn_query, &query) ||
      !sim_read_document(call, query.filter, &hcsref_type_string_map, &l.wanted) || !check_filter(call, &l))
    return;
  hcsref_buf_append_char(&l.text, '[');
  if (!sim_object_each(call, class, list_one, &l))
    return;
  hcsref_buf_append_char(&l.text, ']');
  if (l.text.failed)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  else
    call->document = hcsref_buf_str(&l.text);
}

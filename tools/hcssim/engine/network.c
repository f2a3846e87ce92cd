/* SPDX-License-Identifier: Apache-2.0 */
/* Network namespaces of computenetwork.dll. Source of the documents: hcsshim hcn/hcnnamespace.go. */
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>

/* HCN_E_NAMESPACE_… are not published one by one: an unknown namespace is ERROR_NOT_FOUND here. */
#define NAMESPACE_NOT_FOUND HCSREF_ERROR_NOT_FOUND

static bool guid_text(sim_call *call, hcsref_guid guid, hcsref_str *out) {
  if (!hcsref_json_encode(&call->arena, &hcsref_type_guid, &guid, out, NULL))
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *out = hcsref_str_from(out->data + 1, out->len - 2);
  return true;
}

static bool is_zero(hcsref_guid guid) {
  for (size_t i = 0; i < sizeof(guid.data); i++)
    if (guid.data[i] != 0)
      return false;
  return true;
}

static bool new_guid(sim_call *call, hcsref_guid *out) {
  if (!os_random(out->data))
    return sim_fail(call, HCSREF_ERROR_NOT_READY, "There are no random numbers.");
  out->data[6] = (unsigned char)((out->data[6] & 0x0F) | 0x40);
  out->data[8] = (unsigned char)((out->data[8] & 0x3F) | 0x80);
  return true;
}

static bool find(sim_call *call, hcsref_str id, hcsref_hcn_namespace *out) {
  memset(out, 0, sizeof(*out));
  return sim_store_read(call->sim, &call->arena, "namespaces", id, &hcsref_type_hcn_namespace, out);
}

static void save(sim_call *call, const hcsref_hcn_namespace *name_space) {
  if (!sim_store_write(call->sim, "namespaces", name_space->id, &hcsref_type_hcn_namespace, name_space))
    sim_fail(call, HCSREF_ERROR_ACCESS_DENIED, "The namespace could not be written.");
}

static void open_handle(sim_call *call, hcsref_str id, sim_handle *out) {
  char *copy = sim_text_copy(id);
  *out = copy == NULL ? 0 : sim_handle_new(call->sim, SIM_NAMESPACE, copy);
  if (*out == 0) {
    free(copy);
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  }
}

void sim_namespace_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out) {
  hcsref_hcn_namespace name_space, other;
  *out = 0;
  memset(&name_space, 0, sizeof(name_space));
  if (!sim_read_document(call, settings, &hcsref_type_hcn_namespace, &name_space) ||
      (is_zero(id) && !new_guid(call, &id)) || !guid_text(call, id, &name_space.id))
    return;
  if (find(call, name_space.id, &other)) {
    sim_fail(call, HCSREF_WIN32(183), "There is a namespace %q already.", name_space.id);
    return;
  }
  if (name_space.type.len == 0)
    name_space.type = HCSREF_LIT("Host");
  save(call, &name_space);
  if (sim_going(call))
    open_handle(call, name_space.id, out);
}

void sim_namespace_open(sim_call *call, hcsref_guid id, sim_handle *out) {
  hcsref_hcn_namespace name_space;
  hcsref_str text;
  *out = 0;
  if (!sim_going(call) || !guid_text(call, id, &text))
    return;
  if (find(call, text, &name_space))
    open_handle(call, text, out);
  else
    sim_fail(call, NAMESPACE_NOT_FOUND, "There is no namespace %q.", text);
}

static bool open_namespace(sim_call *call, sim_handle handle, hcsref_hcn_namespace *out) {
  const char *id = sim_handle_get(call, handle, SIM_NAMESPACE);
  if (id == NULL)
    return false;
  return find(call, hcsref_cstr(id), out) || sim_fail(call, NAMESPACE_NOT_FOUND, "The namespace is gone.");
}

static bool same_resource(const hcsref_hcn_namespace_resource *resource, const hcsref_hcn_modify_namespace *request) {
  return hcsref_str_equal(resource->type, request->resource_type) &&
         hcsref_str_equal(resource->data, request->settings);
}

void sim_namespace_modify(sim_call *call, sim_handle handle, hcsref_str request_text) {
  hcsref_hcn_namespace name_space;
  hcsref_hcn_modify_namespace request;
  hcsref_hcn_namespace_resource *resource;
  memset(&request, 0, sizeof(request));
  if (!open_namespace(call, handle, &name_space) ||
      !sim_read_document(call, request_text, &hcsref_type_hcn_modify_namespace, &request))
    return;
  if (hcsref_str_equal(request.request_type, HCSREF_LIT("Add"))) {
    resource = hcsref_slice_push(&call->arena, &name_space.resources, sizeof(*resource));
    if (resource == NULL) {
      sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
      return;
    }
    resource->type = request.resource_type;
    resource->data = request.settings;
    save(call, &name_space);
  } else if (hcsref_str_equal(request.request_type, HCSREF_LIT("Remove"))) {
    hcsref_hcn_namespace_resource *items = name_space.resources.items;
    size_t kept = 0;
    for (size_t i = 0; i < name_space.resources.len; i++)
      if (!same_resource(&items[i], &request))
        items[kept++] = items[i];
    name_space.resources.len = kept;
    save(call, &name_space);
  } else {
    sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "The request %q is not supported.", request.request_type);
  }
}

void sim_namespace_query(sim_call *call, sim_handle handle, hcsref_str query_text) {
  hcsref_hcn_namespace name_space;
  hcsref_hcn_query query;
  memset(&query, 0, sizeof(query));
  if (!open_namespace(call, handle, &name_space) ||
      !sim_read_document(call, query_text, &hcsref_type_hcn_query, &query))
    return;
  if (!hcsref_json_encode(&call->arena, &hcsref_type_hcn_namespace, &name_space, &call->document, NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

void sim_namespace_close(sim_call *call, sim_handle handle) {
  char *id = sim_handle_get(call, handle, SIM_NAMESPACE);
  if (id == NULL)
    return;
  sim_handle_free(call->sim, handle);
  free(id);
}

void sim_namespace_delete(sim_call *call, hcsref_guid id) {
  hcsref_hcn_namespace name_space;
  hcsref_str text;
  if (!sim_going(call) || !guid_text(call, id, &text))
    return;
  if (find(call, text, &name_space))
    sim_store_remove(call->sim, "namespaces", text);
  else
    sim_fail(call, NAMESPACE_NOT_FOUND, "There is no namespace %q.", text);
}

static void append_id(void *context, const void *value) {
  hcsref_buf *out = context;
  const hcsref_hcn_namespace *name_space = value;
  if (out->len > 1)
    hcsref_buf_append_char(out, ',');
  hcsref_json_append_string(out, name_space->id);
}

void sim_namespace_enumerate(sim_call *call, hcsref_str query_text) {
  hcsref_hcn_query query;
  hcsref_hcn_namespace name_space;
  hcsref_buf out = {&call->arena, NULL, 0, 0, false};
  memset(&query, 0, sizeof(query));
  if (!sim_going(call) || !sim_read_document(call, query_text, &hcsref_type_hcn_query, &query))
    return;
  hcsref_buf_append_char(&out, '[');
  sim_store_list(call->sim, &call->arena, "namespaces", &hcsref_type_hcn_namespace, &name_space, append_id, &out);
  hcsref_buf_append_char(&out, ']');
  call->document = hcsref_buf_str(&out);
}

bool sim_namespace_exists(sim *s, hcsref_str id) {
  hcsref_hcn_namespace name_space;
  hcsref_arena arena;
  bool found;
  memset(&name_space, 0, sizeof(name_space));
  hcsref_arena_init(&arena, NULL, 0);
  found = s->state == NULL || sim_store_read(s, &arena, "namespaces", id, &hcsref_type_hcn_namespace, &name_space);
  hcsref_arena_free(&arena);
  return found;
}

static void count_one(void *context, const void *value) {
  (void)value;
  ++*(size_t *)context;
}

size_t sim_count_namespaces(sim *s) {
  hcsref_hcn_namespace name_space;
  hcsref_arena arena;
  size_t count = 0;
  hcsref_arena_init(&arena, NULL, 0);
  sim_store_list(s, &arena, "namespaces", &hcsref_type_hcn_namespace, &name_space, count_one, &count);
  hcsref_arena_free(&arena);
  return count;
}

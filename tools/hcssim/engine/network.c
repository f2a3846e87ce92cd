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
    sim_fail(call, HCSREF_WIN32(183), "There is already a namespace %q.", name_space.id);
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

/* An endpoint is asked for as {"EndpointId":ID} and listed as {"ID":ID}; anything else stays as it is. */
static bool read_resource(sim_call *call, const hcsref_hcn_modify_namespace *request,
                          hcsref_hcn_namespace_resource *out) {
  hcsref_hcn_endpoint_settings settings = {{NULL, 0}};
  hcsref_buf data = {&call->arena, NULL, 0, 0, false};
  out->type = request->resource_type;
  out->data = request->settings;
  if (!hcsref_str_equal(out->type, HCSREF_LIT("Endpoint")))
    return true;
  if (!sim_read_document(call, request->settings, &hcsref_type_hcn_endpoint_settings, &settings))
    return false;
  hcsref_buf_append(&data, HCSREF_LIT("{\"ID\":"));
  hcsref_json_append_string(&data, settings.endpoint_id);
  hcsref_buf_append_char(&data, '}');
  out->data = hcsref_buf_str(&data);
  return !data.failed || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

static bool same_resource(const hcsref_hcn_namespace_resource *a, const hcsref_hcn_namespace_resource *b) {
  return hcsref_str_equal(a->type, b->type) && hcsref_str_equal(a->data, b->data);
}

void sim_namespace_modify(sim_call *call, sim_handle handle, hcsref_str request_text) {
  hcsref_hcn_namespace name_space;
  hcsref_hcn_modify_namespace request;
  hcsref_hcn_namespace_resource named, *resource;
  memset(&request, 0, sizeof(request));
  if (!open_namespace(call, handle, &name_space) ||
      !sim_read_document(call, request_text, &hcsref_type_hcn_modify_namespace, &request) ||
      !read_resource(call, &request, &named))
    return;
  if (hcsref_str_equal(request.request_type, HCSREF_LIT("Add"))) {
    resource = hcsref_slice_push(&call->arena, &name_space.resources, sizeof(*resource));
    if (resource == NULL) {
      sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
      return;
    }
    *resource = named;
    save(call, &name_space);
  } else if (hcsref_str_equal(request.request_type, HCSREF_LIT("Remove"))) {
    hcsref_hcn_namespace_resource *items = name_space.resources.items;
    size_t kept = 0;
    for (size_t i = 0; i < name_space.resources.len; i++)
      if (!same_resource(&items[i], &named))
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

/* A list of ids in the making, and what is to be in it: empty fields do not choose. */
typedef struct id_list {
  hcsref_hcn_namespace wanted;
  hcsref_buf text;
} id_list;

static bool chosen(hcsref_str wanted, hcsref_str value) {
  return wanted.len == 0 || hcsref_str_equal_ascii_fold(wanted, value);
}

static void append_id(void *context, const void *value) {
  id_list *out = context;
  const hcsref_hcn_namespace *name_space = value;
  if (!chosen(out->wanted.id, name_space->id) || !chosen(out->wanted.type, name_space->type))
    return;
  if (out->text.len > 1)
    hcsref_buf_append_char(&out->text, ',');
  hcsref_json_append_string(&out->text, name_space->id);
}

/* A query's filter is a JSON text of its own, such as {"ID":"…"}. Source: hcsshim hcn GetNamespaceByID. */
void sim_namespace_enumerate(sim_call *call, hcsref_str query_text) {
  hcsref_hcn_query query;
  hcsref_hcn_namespace name_space;
  id_list list = {.text = {&call->arena, NULL, 0, 0, false}};
  memset(&query, 0, sizeof(query));
  if (!sim_going(call) || !sim_read_document(call, query_text, &hcsref_type_hcn_query, &query) ||
      !sim_read_document(call, query.filter, &hcsref_type_hcn_namespace, &list.wanted))
    return;
  hcsref_buf_append_char(&list.text, '[');
  sim_store_list(call->sim, &call->arena, "namespaces", &hcsref_type_hcn_namespace, &name_space, append_id, &list);
  hcsref_buf_append_char(&list.text, ']');
  call->document = hcsref_buf_str(&list.text);
}

void sim_network_enumerate_nothing(sim_call *call, hcsref_str query_text) {
  hcsref_hcn_query query;
  memset(&query, 0, sizeof(query));
  if (sim_going(call) && sim_read_document(call, query_text, &hcsref_type_hcn_query, &query))
    call->document = HCSREF_LIT("[]");
}

/* Which version a build of Windows answers is not published. Clients ask whether it is at least 9.2. */
static const struct {
  const char *path, *output;
} hns_answers[] = {
    {"/globals/version", "{\"Major\":9,\"Minor\":3}"},
    {"/networks", "[]"},
    {"/endpoints", "[]"},
    {"/policylists", "[]"},
};

static hcsref_str without_slash(hcsref_str path) {
  return path.len > 1 && path.data[path.len - 1] == '/' ? hcsref_str_first(path, path.len - 1) : path;
}

void sim_hns_call(sim_call *call, hcsref_str method, hcsref_str path) {
  hcsref_hns_response response = {false, HCSREF_LIT("The simulated service has no such thing."), HCSREF_LIT("null")};
  if (!sim_going(call))
    return;
  for (size_t i = 0; i < sizeof(hns_answers) / sizeof(hns_answers[0]); i++)
    if (hcsref_str_equal(method, HCSREF_LIT("GET")) &&
        hcsref_str_equal(without_slash(path), hcsref_cstr(hns_answers[i].path))) {
      response.success = true;
      response.error = HCSREF_LIT("");
      response.output = hcsref_cstr(hns_answers[i].output);
    }
  if (!hcsref_json_encode(&call->arena, &hcsref_type_hns_response, &response, &call->document, NULL))
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
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

/* SPDX-License-Identifier: Apache-2.0 */
/* The container's network namespace. Source: hcsshim hcn/hcnnamespace.go. */
#include "hcsref/hcn.h"
#include "live/live.h"

#include <string.h>

#define NOTHING (hcsref_str_from(NULL, 0))
#define VERSION HCSREF_LIT("{\"SchemaVersion\":{\"Major\":2,\"Minor\":0}}")

static void run_create(live_call *call) {
  call->core_text = false;
  call->result = call->api->network->create_namespace(&call->guid, call->document, &call->name_space, &call->text);
}

/* Of the two texts the one that says something is the call's. */
static void keep_answer(live_call *call, hcsref_wchar *answer, hcsref_wchar *error) {
  hcsref_wchar *other = call->result < 0 ? answer : error;
  call->text = call->result < 0 ? error : answer;
  if (other != NULL)
    call->api->free_vm_text(other);
}

static void run_query(live_call *call) {
  hcsref_wchar *answer = NULL, *error = NULL;
  call->core_text = false;
  call->result = call->api->network->query_namespace_properties(call->name_space, call->document, &answer, &error);
  keep_answer(call, answer, error);
}

static void run_modify(live_call *call) {
  call->core_text = false;
  call->result = call->api->network->modify_namespace(call->name_space, call->document, &call->text);
}

static void run_close(live_call *call) {
  call->result = call->api->network->close_namespace(call->name_space);
}

static void run_delete(live_call *call) {
  call->core_text = false;
  call->result = call->api->network->delete_namespace(&call->guid, &call->text);
}

static void run_enumerate(live_call *call) {
  hcsref_wchar *ids = NULL, *error = NULL;
  call->core_text = false;
  call->result = call->api->network->enumerate_namespaces(call->document, &ids, &error);
  keep_answer(call, ids, error);
}

static live_call *namespace_call(hcsref_live *live, hcsref_hcn_handle handle, hcsref_str document) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL || (call->document = hcsref_live_wide(live, document)) == NULL)
    return NULL;
  call->name_space = handle;
  return call;
}

/* Which id it got. */
static bool read_id(hcsref_live *live, hcsref_hcn_handle handle, hcsref_str *id, hcsref_error *err) {
  hcsref_hcn_namespace answer;
  hcsref_str text = NOTHING, quoted;
  hcsref_guid guid;
  memset(&answer, 0, sizeof(answer));
  if (!hcsref_live_quick(live, namespace_call(live, handle, VERSION), "HcnQueryNamespaceProperties", NOTHING, run_query,
                         &text, err))
    return false;
  if (live->settings.dry) {
    *id = HCSREF_LIT("00000000-0000-0000-0000-000000000000");
    return true;
  }
  if (!hcsref_json_decode(&live->arena, text, &hcsref_type_hcn_namespace, HCSREF_JSON_WHOLE, &answer, err) ||
      !hcsref_format(&live->arena, &quoted, "\"%v\"", answer.id) ||
      !hcsref_json_decode(&live->arena, quoted, &hcsref_type_guid, HCSREF_JSON_WHOLE, &guid, err))
    return hcsref_fail(&live->arena, err, "hcs-answer", NOTHING, "HcnQueryNamespaceProperties: no id in %q", text);
  live->name_space = hcsref_guid_to_windows(guid); /* should the service have chosen another */
  *id = answer.id;
  return true;
}

static bool add_endpoint(hcsref_live *live, hcsref_hcn_handle handle, hcsref_str endpoint, hcsref_error *err) {
  hcsref_hcn_modify_namespace request = {HCSREF_LIT("Endpoint"), HCSREF_LIT("Add"), {NULL, 0}};
  hcsref_str text;
  if (!hcsref_format(&live->arena, &request.settings, "{\"EndpointId\":\"%v\"}", endpoint))
    return hcsref_fail_memory(err);
  return hcsref_json_encode(&live->arena, &hcsref_type_hcn_modify_namespace, &request, &text, err) &&
         hcsref_live_quick(live, namespace_call(live, handle, text), "HcnModifyNamespace", text, run_modify, NULL, err);
}

bool hcsref_live_namespace(hcsref_live *live, const hcsref_guid *wanted, const hcsref_str *endpoints, size_t count,
                           hcsref_str *id, hcsref_error *err) {
  live_call *call = namespace_call(live, NULL, VERSION);
  hcsref_hcn_handle handle;
  bool ok;
  if (live->api->network == NULL && !live->settings.dry)
    return hcsref_fail(&live->arena, err, "hcs-missing", NOTHING, "computenetwork.dll is not there");
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->guid = live->name_space = hcsref_guid_to_windows(*wanted);
  if (!hcsref_live_quick(live, call, "HcnCreateNamespace", VERSION, run_create, NULL, err))
    return false;
  live->has_namespace = true;
  handle = call->name_space;
  ok = read_id(live, handle, id, err);
  for (size_t i = 0; ok && i < count; i++)
    ok = add_endpoint(live, handle, endpoints[i], err);
  hcsref_live_quick(live, namespace_call(live, handle, NOTHING), "HcnCloseNamespace", NOTHING, run_close, NULL, NULL);
  return ok;
}

bool hcsref_live_drop_namespace(hcsref_live *live, hcsref_error *err) {
  live_call *call = hcsref_live_call_new(live);
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->guid = live->name_space;
  live->has_namespace = false;
  return hcsref_live_quick(live, call, "HcnDeleteNamespace", NOTHING, run_delete, NULL, err);
}

static const hcsref_type ids_type = {HCSREF_SLICE, "[]string", sizeof(hcsref_slice), &hcsref_type_string, NULL, 0, 0,
                                     NULL,         0};

bool hcsref_live_has_namespace(hcsref_live *live, const hcsref_guid *id, bool *there, hcsref_error *err) {
  hcsref_slice ids = {NULL, 0, 0};
  hcsref_str answer = NOTHING, wanted;
  const hcsref_str *items;
  hcsref_error why = {NULL, {NULL, 0}, {NULL, 0}};
  *there = false;
  if (live->api->network == NULL || live->settings.dry)
    return true;
  if (!hcsref_guid_text(&live->arena, id, &wanted))
    return hcsref_fail_memory(err);
  if (!hcsref_live_quick(live, namespace_call(live, NULL, VERSION), "HcnEnumerateNamespaces", NOTHING, run_enumerate,
                         &answer, err))
    return false;
  if (!hcsref_json_decode(&live->arena, answer, &ids_type, HCSREF_JSON_WHOLE, &ids, &why))
    return hcsref_fail(&live->arena, err, "hcs-answer", NOTHING, "HcnEnumerateNamespaces: %v", why.message);
  items = ids.items;
  for (size_t i = 0; i < ids.len; i++)
    *there = *there || hcsref_str_equal_ascii_fold(items[i], wanted);
  return true;
}

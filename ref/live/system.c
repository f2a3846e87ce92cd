/* SPDX-License-Identifier: Apache-2.0 */
/* A container's life, whichever DLL it goes through. */
#include "live/live.h"

#define NOTHING (hcsref_str_from(NULL, 0))

static live_call *system_call(hcsref_live *live) {
  live_call *call = hcsref_live_call_new(live);
  if (call != NULL) {
    call->system = live->system;
    call->inbox = live->inbox;
  }
  return call;
}

/* An action waits on its own as long as it may; what then has not come back is left alone. computecore.dll's ends wait
 * twice: for the operation and for the exit. */
static bool action(hcsref_live *live, live_call *call, const char *name, hcsref_str argument,
                   void (*run)(live_call *call), hcsref_error *err) {
  return hcsref_live_call(live, call, name, argument, run, live->settings.action_ms * 2 + 2000, NULL, err);
}

bool hcsref_live_create(hcsref_live *live, hcsref_str id, hcsref_str document, hcsref_error *err) {
  live_call *call = system_call(live);
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->id = hcsref_live_wide(live, id);
  call->document = hcsref_live_wide(live, document);
  if (call->id == NULL || call->document == NULL)
    return hcsref_fail_memory(err);
  if (!action(live, call, live->backend->create_name, id, live->backend->create, err)) {
    live->lost = live->abandoned;
    live->id = id;
    return false;
  }
  live->system = call->system;
  live->callback = call->callback;
  live->created = true;
  return true;
}

bool hcsref_live_start(hcsref_live *live, hcsref_error *err) {
  return action(live, system_call(live), "HcsStartComputeSystem", NOTHING, live->backend->start, err);
}

/* Has the container ended before it was told to? Source: hcsshim hcs.IsAlreadyStopped, IsOperationInvalidState. */
static bool is_over(const hcsref_live *live) {
  uint32_t condition = hcsref_hresult_condition(live->last);
  return condition == HCSREF_HCS_ALREADY_STOPPED || condition == HCSREF_HCS_SYSTEM_NOT_FOUND ||
         condition == HCSREF_ERROR_NOT_FOUND;
}

bool hcsref_live_shutdown(hcsref_live *live, hcsref_error *err) {
  if (!action(live, system_call(live), live->backend->shutdown_name, NOTHING, live->backend->shutdown, err) &&
      !is_over(live))
    return false;
  live->stopped = true;
  return true;
}

bool hcsref_live_terminate(hcsref_live *live, hcsref_error *err) {
  if (!action(live, system_call(live), "HcsTerminateComputeSystem", NOTHING, live->backend->terminate, err) &&
      !is_over(live))
    return false;
  live->stopped = true;
  return true;
}

bool hcsref_live_open(hcsref_live *live, hcsref_str id, hcsref_error *err) {
  live_call *call = system_call(live);
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->id = hcsref_live_wide(live, id);
  if (call->id == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_live_quick(live, call, "HcsOpenComputeSystem", id, live->backend->open, NULL, err))
    return false;
  live->system = call->system;
  live->callback = call->callback;
  live->opened = true;
  return true;
}

bool hcsref_live_properties(hcsref_live *live, hcsref_str query, hcsref_str *answer, hcsref_error *err) {
  live_call *call = system_call(live);
  if (call == NULL)
    return hcsref_fail_memory(err);
  call->document = hcsref_live_wide(live, query.len == 0 ? HCSREF_LIT("{}") : query);
  if (call->document == NULL)
    return hcsref_fail_memory(err);
  return hcsref_live_quick(live, call, "HcsGetComputeSystemProperties", query, live->backend->properties, answer, err);
}

static const hcsref_type systems_type = {
    HCSREF_SLICE, "[]hcsschema.Properties", sizeof(hcsref_slice), &hcsref_type_v2_properties, NULL, 0, 0, NULL, 0};

static bool collect(hcsref_live *live, hcsref_str answer, hcsref_str owner, hcsref_slice *ids, hcsref_error *err) {
  hcsref_slice systems = {NULL, 0, 0};
  const hcsref_v2_properties *items;
  hcsref_error why = {NULL, {NULL, 0}, {NULL, 0}};
  if (!hcsref_json_decode(&live->arena, answer, &systems_type, HCSREF_JSON_WHOLE, &systems, &why))
    return hcsref_fail(&live->arena, err, "hcs-answer", NOTHING, "HcsEnumerateComputeSystems: %v", why.message);
  items = systems.items;
  for (size_t i = 0; i < systems.len; i++) {
    hcsref_str *id;
    if (!hcsref_str_equal(items[i].owner, owner))
      continue; /* whatever the query is worth, nobody else's is touched */
    id = hcsref_slice_push(&live->arena, ids, sizeof(*id));
    if (id == NULL)
      return hcsref_fail_memory(err);
    *id = items[i].id;
  }
  return true;
}

bool hcsref_live_list(hcsref_live *live, hcsref_str owner, hcsref_slice *ids, hcsref_error *err) {
  hcsref_v2_system_query query = {{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}};
  hcsref_str text, answer = NOTHING, *entry = hcsref_slice_push(&live->arena, &query.owners, sizeof(*entry));
  live_call *call = hcsref_live_call_new(live);
  if (entry == NULL || call == NULL)
    return hcsref_fail_memory(err);
  *entry = owner;
  if (!hcsref_json_encode(&live->arena, &hcsref_type_v2_system_query, &query, &text, err))
    return false;
  call->document = hcsref_live_wide(live, text);
  if (call->document == NULL)
    return hcsref_fail_memory(err);
  if (!hcsref_live_quick(live, call, "HcsEnumerateComputeSystems", text, live->backend->enumerate, &answer, err))
    return false;
  return live->settings.dry || collect(live, answer, owner, ids, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The operation on updates of running tasks. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/requests.h"
#include "serve/table.h"

#include "hcsref/vm.h"

typedef struct update_task {
  hcsref_str id, kind;
  bool owns_host, linux_;
} update_task;

static const hcsref_field task_fields[] = {
    FIELD(update_task, id, "id", hcsref_type_string),
    FIELD(update_task, kind, "kind", hcsref_type_string),
    FIELD(update_task, owns_host, "owns_host", hcsref_type_bool),
    FIELD(update_task, linux_, "linux", hcsref_type_bool),
};
static const hcsref_type task_type = OBJECT(update_task, "task", task_fields);

typedef struct update_params {
  hcsref_str type, resources, host;
  hcsref_map annotations;
  update_task task;
  hcsref_vm_facts *uvm;
} update_params;

static const hcsref_type facts_type = POINTER(hcsref_type_vm_facts, "*uvm");

static const hcsref_field params_fields[] = {
    FIELD(update_params, type, "type", hcsref_type_string),
    FIELD(update_params, resources, "resources", hcsref_type_raw),
    FIELD(update_params, annotations, "annotations", hcsref_type_string_map),
    FIELD(update_params, task, "task", task_type),
    FIELD(update_params, uvm, "uvm", facts_type),
    FIELD(update_params, host, "host", hcsref_type_raw),
};
static const hcsref_type params_type = OBJECT(update_params, "update-document", params_fields);

/* What may be updated: the name in `type`, and the type of `resources`. */
static const struct {
  const char *name;
  const hcsref_type *type;
} kinds[] = {
    [HCSREF_UPDATE_WINDOWS] = {"windows", &hcsref_type_oci_windows_resources},
    [HCSREF_UPDATE_LINUX] = {"linux", &hcsref_type_oci_linux_resources},
    [HCSREF_UPDATE_POLICY_FRAGMENT] = {"policy-fragment", &hcsref_type_policy_fragment},
    [HCSREF_UPDATE_MOUNT] = {"mount", &hcsref_type_container_mount},
};

static hcsref_update_kind kind_of(hcsref_str name) {
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    if (hcsref_str_equal(name, hcsref_cstr(kinds[i].name)))
      return (hcsref_update_kind)i;
  return HCSREF_UPDATE_OTHER;
}

static bool decode_resources(serve_request *request, const update_params *in, hcsref_update *out) {
  void *resources;
  out->kind = kind_of(in->type);
  if (out->kind == HCSREF_UPDATE_OTHER)
    return true;
  resources = hcsref_arena_alloc(request->arena, kinds[out->kind].type->size);
  if (resources == NULL)
    return hcsref_fail_memory(request->err);
  if (!serve_is_null(in->resources) &&
      !serve_decode_member(request, in->resources, "/resources", kinds[out->kind].type, resources))
    return false;
  out->windows = resources;
  out->linux_ = resources;
  out->mount = resources;
  out->fragment = resources;
  return true;
}

static bool update_document(serve_request *request, const void *params, void *answer) {
  const update_params *in = params;
  hcsref_update update = {.profile = request->profile};
  hcsref_vm_script *script;
  hcsref_vm_host host;
  bool done;
  (void)answer;
  if (!decode_resources(request, in, &update) || !serve_load_vm_host(request, in->host, &script))
    return false;
  host = hcsref_vm_script_host(script);
  update.annotations = &in->annotations;
  update.task_id = in->task.id;
  update.sandbox = hcsref_str_equal(in->task.kind, HCSREF_LIT("sandbox"));
  update.owns_host = in->task.owns_host;
  update.linux_task = in->task.linux_;
  update.vm = in->uvm;
  done = serve_settle_vm(request, hcsref_update_task(request->arena, &update, &host, request->err));
  return done ? serve_append_requests(request, hcsref_vm_script_requests(script), 0)
              : serve_keep_requests(request, hcsref_vm_script_requests(script));
}

static const serve_operation operations[] = {
    {"update-document", SERVE_BY(HCSSHIM), &params_type, NULL, update_document},
};

const serve_operations serve_update_operations = {operations, sizeof(operations) / sizeof(operations[0])};

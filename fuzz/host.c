/* SPDX-License-Identifier: Apache-2.0 */
#include "host.h"

#include <string.h>

/* One path in so many is refused although nothing was said of it. */
#define REFUSED_OF 13

static bool is_refused(hcsref_str path) {
  return path.len % REFUSED_OF == REFUSED_OF - 1;
}

/* The message to ask with: no text has this length, and a call that runs out of memory leaves it. */
static const hcsref_str nothing_said = {NULL, SIZE_MAX};

/* Is what the script said no reason to stop? Want of memory is one. */
static bool goes_on(hcsref_str said, hcsref_str path, hcsref_str *message) {
  if (said.data == NULL && said.len == SIZE_MAX)
    return false;
  *message = said;
  return !is_refused(path);
}

static int32_t processor_count(void *ctx) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->processor_count(h->ctx);
}

static uint32_t os_build(void *ctx) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->os_build(h->ctx);
}

static bool layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id, hcsref_str *message) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  hcsref_str said = nothing_said;
  if (h->ops->layer_id(h->ctx, arena, folder, id, &said))
    return true;
  if (!goes_on(said, folder, message))
    return false;
  for (size_t i = 0; i < sizeof id->data; i++)
    id->data[i] = (unsigned char)(folder.len * 17 + i);
  return true;
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->stat(h->ctx, arena, path, is_dir, message);
}

static bool mkdir_all(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->mkdir_all(h->ctx, arena, path, message);
}

static bool resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                    hcsref_str *message) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  hcsref_str said = nothing_said;
  if (h->ops->resolve(h->ctx, arena, path, mode, target, &said))
    return true;
  if (!goes_on(said, path, message))
    return false;
  *target = path;
  return true;
}

static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->read_file(h->ctx, arena, path, data, message);
}

static bool uvm_folder(void *ctx, hcsref_arena *arena, const hcsref_str *folders, size_t count, hcsref_str *folder,
                       hcsref_str *message, bool *answered) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->uvm_folder(h->ctx, arena, folders, count, folder, message, answered);
}

static bool cim_volume(void *ctx, hcsref_str *volume) {
  const hcsref_host *h = &((fuzz_host *)ctx)->answers;
  return h->ops->cim_volume(h->ctx, volume);
}

static const hcsref_host_ops ops = {processor_count, os_build,  layer_id,   stat_path, mkdir_all,
                                    resolve,         read_file, uvm_folder, cim_volume};

static bool vsmb_path(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *guest_path,
                      hcsref_str *message) {
  const hcsref_hosting_system *vm = &((fuzz_host *)ctx)->scripted_vm;
  hcsref_str said = nothing_said;
  if (vm->ops->vsmb_path(vm->ctx, arena, host_path, read_only, guest_path, &said))
    return true;
  if (!goes_on(said, host_path, message))
    return false;
  *guest_path = host_path;
  return true;
}

static bool add_vsmb(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *message) {
  const hcsref_hosting_system *vm = &((fuzz_host *)ctx)->scripted_vm;
  return vm->ops->add_vsmb(vm->ctx, arena, host_path, read_only, message);
}

static const hcsref_hosting_system_ops vm_ops = {.vsmb_path = vsmb_path, .add_vsmb = add_vsmb};

bool fuzz_host_load(hcsref_arena *arena, hcsref_str host, hcsref_str hosting_system, fuzz_host *out) {
  hcsref_error err = {0};
  memset(out, 0, sizeof *out);
  if (!hcsref_script_load(arena, host, &out->script, &err) ||
      (hosting_system.len != 0 && !hcsref_script_hosting_system(arena, out->script, hosting_system, &out->vm, &err))) {
    fuzz_check_error(&err);
    return false;
  }
  out->answers = hcsref_script_host(out->script);
  out->host.ops = &ops;
  out->host.ctx = out;
  if (out->vm != NULL) {
    out->scripted_vm = *out->vm;
    out->vm->ops = &vm_ops;
    out->vm->ctx = out;
  }
  return true;
}

void fuzz_host_for_cri(fuzz_host *host) {
  host->answers = hcsref_script_cri_host(host->script);
}

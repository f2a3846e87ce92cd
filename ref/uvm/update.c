/* SPDX-License-Identifier: Apache-2.0 */
/* Updates of running tasks. Source: hcsshim cmd/containerd-shim-runhcs-v1/task_hcs.go Update, updateWCOWResources,
 * updateLCOWResources, updateWCOWContainerMount, isMountTypeSupported; task_wcow_podsandbox.go Update;
 * internal/uvm/update_uvm.go Update, memory_update.go, cpulimits_update.go, cpugroups.go; internal/hcsoci
 * ValidateCPUAffinityEntries. */
#include "base/convert.h"
#include "hcsref/path.h"
#include "hcsref/pipeline.h"
#include "host/message.h"
#include "schema/table.h"
#include "uvm/vm.h"

#include <string.h>

#define BYTES_PER_MB 1048576u

/* The first build whose processors can be changed. Source: hcsshim osversion V20H2. */
#define BUILD_CPU_UPDATE 19042u

#define RESOURCES "/resources"
#define CPU_GROUP "io.microsoft.virtualmachine.cpugroup.id"

typedef struct updater {
  hcsref_vm vm;
  const hcsref_update *update;
  hcsref_error *err;
} updater;

/* `where`: in the change that is asked for. */
static bool fail(const updater *u, const char *code, const char *where, const char *format, hcsref_str text) {
  return hcsref_fail(u->vm.arena, u->err, code, hcsref_cstr(where), format, text);
}

/* What the host or a step of the VM said. */
static bool fail_why(const updater *u, const char *code, hcsref_str why) {
  return hcsref_is_no_message(why) ? hcsref_fail_memory(u->err) : fail(u, code, RESOURCES, "%v", why);
}

static bool modify(const updater *u, const char *to, hcsref_str path, const char *request_type, const hcsref_type *type,
                   const void *settings) {
  hcsref_str why;
  return hcsref_vm_modify(&u->vm, to, path, request_type, type, settings, &why) || fail_why(u, "update-failed", why);
}

static uint32_t build_of(const updater *u) {
  const hcsref_host *host = &u->vm.host->base;
  return host->ops->os_build(host->ctx);
}

static bool refuse(const updater *u) {
  return fail(u, "update-refused", RESOURCES, "update resources must be of type *WindowsResources or *LinuxResources",
              HCSREF_LIT(""));
}

/* An even number of MB. */
static uint64_t memory_mb(uint64_t bytes) {
  return (bytes / BYTES_PER_MB + 1) & ~(uint64_t)1;
}

/* ---- a container's memory and processors ---- */

static void append_pointer(hcsref_buf *buf, bool set, uint64_t value) {
  if (set)
    hcsref_buf_append_uint(buf, value);
  else
    hcsref_buf_append(buf, HCSREF_LIT("<nil>"));
}

/* The resources as Go's %v prints them, but for what pointers lead to where Go has their addresses. */
static bool fail_cpu(const updater *u, const hcsref_oci_windows_cpu_resources *cpu) {
  const hcsref_oci_windows_cpu_group_affinity *affinity = cpu->affinity.items;
  hcsref_buf text = {.arena = u->vm.arena};
  hcsref_buf_append(&text, HCSREF_LIT("&{"));
  append_pointer(&text, cpu->count != NULL, cpu->count == NULL ? 0 : *cpu->count);
  hcsref_buf_append_char(&text, ' ');
  append_pointer(&text, cpu->shares != NULL, cpu->shares == NULL ? 0 : *cpu->shares);
  hcsref_buf_append_char(&text, ' ');
  append_pointer(&text, cpu->maximum != NULL, cpu->maximum == NULL ? 0 : *cpu->maximum);
  if (hcsref_has(u->vm.rules, HCSREF_CHANGE_SPEC_CPU_AFFINITY)) {
    hcsref_buf_append(&text, HCSREF_LIT(" ["));
    for (size_t i = 0; i < cpu->affinity.len; i++) {
      hcsref_buf_append(&text, i == 0 ? HCSREF_LIT("{") : HCSREF_LIT(" {"));
      hcsref_buf_append_uint(&text, affinity[i].mask);
      hcsref_buf_append_char(&text, ' ');
      hcsref_buf_append_uint(&text, affinity[i].group);
      hcsref_buf_append_char(&text, '}');
    }
    hcsref_buf_append_char(&text, ']');
  }
  hcsref_buf_append_char(&text, '}');
  if (text.failed)
    return hcsref_fail_memory(u->err);
  return hcsref_fail(u->vm.arena, u->err, "update-cpu", HCSREF_LIT(RESOURCES "/cpu"),
                     "invalid cpu resources request for container %v: %v", u->update->task_id, hcsref_buf_str(&text));
}

/* Exactly one of the three, or affinity alone where that can be changed. */
static bool is_valid(const updater *u, const hcsref_oci_windows_cpu_resources *cpu) {
  const int controls = (cpu->count != NULL) + (cpu->shares != NULL) + (cpu->maximum != NULL);
  return controls == 1 ||
         (controls == 0 && cpu->affinity.len > 0 && hcsref_has(u->vm.rules, HCSREF_CHANGE_CPU_AFFINITY_UPDATE));
}

static bool update_processor(const updater *u, const hcsref_oci_windows_cpu_resources *cpu) {
  hcsref_v2_processor settings = {0};
  const hcsref_host *host = &u->vm.host->base;
  int32_t most;
  if (cpu->count == NULL && cpu->shares == NULL && cpu->maximum == NULL)
    return true;
  if (cpu->count != NULL) {
    most = u->update->vm != NULL ? u->update->vm->processor_count : host->ops->processor_count(host->ctx);
    settings.count = hcsref_to_int32(*cpu->count);
    if (settings.count > most)
      settings.count = most;
  }
  settings.maximum = cpu->maximum == NULL ? 0 : *cpu->maximum;
  settings.weight = cpu->shares == NULL ? 0 : *cpu->shares;
  return modify(u, "container", HCSREF_LIT("Container/Processor"), "Update", &hcsref_type_v2_processor, &settings);
}

/* A job object's affinity: the group is cut to 16 bits. */
typedef struct job_affinity {
  uint64_t mask;
  uint16_t group;
} job_affinity;

static const hcsref_field job_affinity_fields[] = {KEEP(job_affinity, mask, "Mask", hcsref_type_uint64),
                                                   KEEP(job_affinity, group, "Group", hcsref_type_uint16)};
static const hcsref_type job_affinity_type =
    STRUCT(job_affinity, "winapi.JOBOBJECT_CPU_GROUP_AFFINITY", job_affinity_fields);
static const hcsref_type job_affinity_list = SLICE_OF(job_affinity_type, "[]winapi.JOBOBJECT_CPU_GROUP_AFFINITY");

/* The check is that of a container's spec. */
static bool check_affinity(const updater *u, const hcsref_oci_windows_cpu_resources *cpu) {
  hcsref_oci_windows_cpu_resources copy = *cpu;
  hcsref_oci_windows_resources resources = {.cpu = &copy};
  hcsref_oci_windows windows = {.resources = &resources};
  hcsref_oci_spec spec = {.windows = &windows};
  hcsref_slice checked;
  return hcsref_check_cpu_affinity(u->vm.arena, u->vm.rules, &spec, &u->vm.host->base, &checked, u->err);
}

static bool update_affinity(const updater *u, const hcsref_oci_windows_cpu_resources *cpu) {
  const hcsref_slice *affinity = &cpu->affinity;
  const hcsref_oci_windows_cpu_group_affinity *items = affinity->items;
  hcsref_slice settings = {NULL, affinity->len, affinity->len};
  job_affinity *job;
  hcsref_str why;
  if (affinity->len == 0 || !hcsref_has(u->vm.rules, HCSREF_CHANGE_CPU_AFFINITY_UPDATE))
    return true;
  if (!check_affinity(u, cpu))
    return false;
  if (u->update->vm != NULL)
    return fail(u, "update-cpu", RESOURCES "/cpu/affinity",
                "cpu affinity update for hypervisor-isolated containers is not supported: not implemented",
                HCSREF_LIT(""));
  job = hcsref_arena_array(u->vm.arena, affinity->len, sizeof *job);
  if (job == NULL)
    return hcsref_fail_memory(u->err);
  for (size_t i = 0; i < affinity->len; i++) {
    job[i].mask = items[i].mask;
    job[i].group = (uint16_t)(items[i].group & UINT16_MAX);
  }
  settings.items = job;
  return hcsref_vm_send(&u->vm, "affinity", &job_affinity_list, &settings, &why) || fail_why(u, "update-failed", why);
}

static bool update_container(const updater *u, const hcsref_oci_windows_resources *resources) {
  const hcsref_oci_windows_cpu_resources *cpu = resources->cpu;
  uint64_t mb;
  if (resources->memory != NULL && resources->memory->limit != NULL) {
    mb = memory_mb(*resources->memory->limit);
    if (!modify(u, "container", HCSREF_LIT("Container/Memory/SizeInMB"), "Update", &hcsref_type_uint64, &mb))
      return false;
  }
  if (cpu == NULL)
    return true;
  if (!is_valid(u, cpu))
    return fail_cpu(u, cpu);
  if (build_of(u) < BUILD_CPU_UPDATE)
    return fail(u, "update-cpu", RESOURCES "/cpu", "not implemented", HCSREF_LIT(""));
  return update_processor(u, cpu) && update_affinity(u, cpu);
}

/* ---- a container's mounts ---- */

/* Sources that are no folder of the host, and since when each is known for that. */
static const struct {
  const char *prefix;
  hcsref_change since;
} foreign_sources[] = {
    {"sandbox://", HCSREF_CHANGE_NONE},
    {"hugepages://", HCSREF_CHANGE_NONE},
    {"\\\\.\\pipe", HCSREF_CHANGE_NONE},
    {"uvm://", HCSREF_CHANGE_PIPES_BOTH_ENDS},
    {"sandbox-tmp://", HCSREF_CHANGE_VM_SANDBOX_TMP},
};

static bool can_be_mounted(const updater *u, const hcsref_container_mount *mount) {
  for (size_t i = 0; i < sizeof(foreign_sources) / sizeof(foreign_sources[0]); i++)
    if (hcsref_str_has_prefix(mount->host_path, hcsref_cstr(foreign_sources[i].prefix)) &&
        (foreign_sources[i].since == HCSREF_CHANGE_NONE || hcsref_has(u->vm.rules, foreign_sources[i].since)))
      return false;
  return mount->type.len == 0;
}

/* On the host: HCS does not follow a link to a file. */
static bool resolve(const updater *u, const hcsref_container_mount *mount, hcsref_str *path) {
  const hcsref_host *host = &u->vm.host->base;
  hcsref_str message = hcsref_no_message();
  if (host->ops->resolve(host->ctx, u->vm.arena, mount->host_path, HCSREF_RESOLVE_HCS, path, &message))
    return true;
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(u->err);
  return hcsref_fail(u->vm.arena, u->err, "update-mount", HCSREF_LIT(RESOURCES "/HostPath"),
                     "failed to resolve path for hostPath %v: %v", mount->host_path, message);
}

static bool share(updater *u, const hcsref_container_mount *mount, hcsref_str *path) {
  hcsref_vsmb_share *made;
  hcsref_str why;
  if (!hcsref_vm_share(&u->vm, mount->host_path, mount->read_only, false, &made, &why)) {
    hcsref_vm_wrap(&u->vm, "failed to add mount as vSMB share to UVM: ", &why);
    return fail_why(u, "update-mount", why);
  }
  if (hcsref_vm_shared_path(&u->vm, mount->host_path, mount->read_only, path, &why))
    return true;
  hcsref_vm_wrap(&u->vm, "failed to get vsmb path: ", &why);
  return fail_why(u, "update-mount", why);
}

static bool check_mount(const updater *u, const hcsref_container_mount *mount) {
  if (build_of(u) < HCSREF_BUILD_RS5)
    return fail(u, "update-mount", RESOURCES, "hcsschema v1 unsupported", HCSREF_LIT(""));
  if (mount->host_path.len == 0 || mount->container_path.len == 0)
    return fail(u, "update-mount", RESOURCES, "invalid OCI spec - a mount must have both host and container path set",
                HCSREF_LIT(""));
  return can_be_mounted(u, mount) ||
         fail(u, "update-mount", RESOURCES,
              "invalid mount type %v. Currently only host volumes/directories can be mounted to running containers",
              mount->type);
}

static bool update_mount(updater *u, const hcsref_container_mount *mount) {
  const bool hosted = u->update->vm != NULL;
  hcsref_v2_mapped_directory settings = {.container_path = mount->container_path, .read_only = mount->read_only};
  hcsref_str why;
  if (!check_mount(u, mount) ||
      !(hosted ? share(u, mount, &settings.host_path) : resolve(u, mount, &settings.host_path)))
    return false;
  if (hcsref_vm_modify(&u->vm, "container", HCSREF_LIT("Container/MappedDirectories"), "Add",
                       &hcsref_type_v2_mapped_directory, &settings, &why))
    return true;
  hcsref_vm_wrap(&u->vm,
                 hosted ? "failed to add mount to hyperV container: "
                        : "failed to add mount to process isolated container: ",
                 &why);
  return fail_why(u, "update-failed", why);
}

/* ---- the VM ---- */

/* What an update asks of the VM, whichever kind it is. */
typedef struct vm_limits {
  bool memory, cpu;
  uint64_t bytes;
  hcsref_v2_processor_limits processors;
} vm_limits;

static void read_windows(const hcsref_oci_windows_resources *resources, vm_limits *out) {
  const hcsref_oci_windows_cpu_resources *cpu = resources->cpu;
  if (resources->memory != NULL && resources->memory->limit != NULL) {
    out->memory = true;
    out->bytes = *resources->memory->limit;
  }
  if (cpu == NULL)
    return;
  out->cpu = true;
  out->processors.limit = cpu->maximum == NULL ? 0 : *cpu->maximum;
  out->processors.weight = cpu->shares == NULL ? 0 : *cpu->shares;
}

/* Upstream takes a limit of memory for granted. */
static bool read_linux(const updater *u, const hcsref_oci_linux_resources *resources, vm_limits *out) {
  const hcsref_oci_linux_cpu *cpu = resources->cpu;
  if (resources->memory != NULL) {
    if (resources->memory->limit == NULL)
      return fail(u, "update-memory", RESOURCES "/memory/limit", "the Linux memory resources have no limit",
                  HCSREF_LIT(""));
    out->memory = true;
    out->bytes = (uint64_t)*resources->memory->limit;
  }
  if (cpu == NULL)
    return true;
  out->cpu = true;
  out->processors.limit = cpu->quota == NULL ? 0 : (uint64_t)*cpu->quota;
  out->processors.weight = cpu->shares == NULL ? 0 : *cpu->shares;
  return true;
}

static bool update_vm_memory(const updater *u, uint64_t bytes) {
  const uint64_t mb = memory_mb(bytes);
  hcsref_str why;
  if (!modify(u, "hcs", HCSREF_LIT("VirtualMachine/ComputeTopology/Memory/SizeInMB"), "", &hcsref_type_uint64, &mb))
    return false;
  if (!hcsref_str_equal(u->update->vm->os, HCSREF_LIT("linux")) ||
      !hcsref_has(u->vm.rules, HCSREF_CHANGE_VM_CGROUP_LIMIT))
    return true;
  return hcsref_vm_ask_guest(&u->vm, "Update", "PodCgroupMemoryLimit", NULL, NULL, &why) ||
         fail_why(u, "update-failed", why);
}

static bool update_vm_processors(const updater *u, const hcsref_v2_processor_limits *limits) {
  if (!hcsref_has(u->vm.rules, HCSREF_CHANGE_VM_CPU_UPDATE))
    return true;
  if (hcsref_has(u->vm.rules, HCSREF_CHANGE_VM_CPU_UPDATE_BUILD) && build_of(u) < BUILD_CPU_UPDATE)
    return fail(u, "update-cpu", RESOURCES "/cpu", "not implemented", HCSREF_LIT(""));
  return modify(u, "hcs", HCSREF_LIT("VirtualMachine/ComputeTopology/Processor/Limits"), "",
                &hcsref_type_v2_processor_limits, limits);
}

static bool update_cpu_group(const updater *u) {
  const hcsref_map *annotations = u->update->annotations;
  const hcsref_str *id = annotations == NULL ? NULL : hcsref_map_find(annotations, HCSREF_LIT(CPU_GROUP));
  hcsref_v2_cpu_group group;
  if (id == NULL)
    return true;
  if (id->len == 0)
    return fail(u, "update-cpu", "/annotations/" CPU_GROUP,
                "must specify an ID to use when configuring a VM's cpugroup", HCSREF_LIT(""));
  group.id = *id;
  return modify(u, "hcs", HCSREF_LIT("VirtualMachine/ComputeTopology/Processor/CpuGroup"), "",
                &hcsref_type_v2_cpu_group, &group);
}

static bool add_fragment(const updater *u) {
  const hcsref_policy_fragment *fragment = u->update->fragment;
  hcsref_guest_policy_fragment settings = {.fragment = fragment->fragment, .media_type = fragment->media_type};
  hcsref_str why;
  if (!hcsref_str_equal(u->update->vm->os, HCSREF_LIT("linux")) &&
      !hcsref_has(u->vm.rules, HCSREF_CHANGE_VM_POLICY_FRAGMENT))
    return fail(u, "update-refused", RESOURCES, "not supported", HCSREF_LIT(""));
  return hcsref_vm_ask_guest(&u->vm, "Add", "SecurityPolicyFragment", &hcsref_type_guest_policy_fragment, &settings,
                             &why) ||
         fail_why(u, "update-failed", why);
}

static bool refuse_vm_mount(const updater *u, const hcsref_container_mount *mount) {
  return hcsref_fail(u->vm.arena, u->err, "update-mount", HCSREF_LIT(RESOURCES),
                     "invalid resource: &{HostPath:%v ContainerPath:%v ReadOnly:%s Type:%v}", mount->host_path,
                     mount->container_path, mount->read_only ? "true" : "false", mount->type);
}

static bool update_vm(const updater *u) {
  vm_limits limits = {0};
  if (u->update->kind == HCSREF_UPDATE_POLICY_FRAGMENT)
    return add_fragment(u);
  if (u->update->kind == HCSREF_UPDATE_MOUNT)
    return refuse_vm_mount(u, u->update->mount);
  if (u->update->kind == HCSREF_UPDATE_WINDOWS)
    read_windows(u->update->windows, &limits);
  else if (!read_linux(u, u->update->linux_, &limits))
    return false;
  return (!limits.memory || update_vm_memory(u, limits.bytes)) &&
         (!limits.cpu || update_vm_processors(u, &limits.processors)) && update_cpu_group(u);
}

/* ---- who is asked ---- */

/* What a Linux container may use, as its guest is told. Source: hcsshim internal/protocol/guestresource
 * LCOWContainerConstraints. */
typedef struct constraints {
  hcsref_oci_windows_resources windows; /* always empty */
  hcsref_oci_linux_resources linux_;
} constraints;

static const hcsref_field constraints_fields[] = {
    KEEP(constraints, windows, "Windows", hcsref_type_oci_windows_resources),
    KEEP(constraints, linux_, "Linux", hcsref_type_oci_linux_resources),
};
static const hcsref_type constraints_type =
    STRUCT(constraints, "guestresource.LCOWContainerConstraints", constraints_fields);

/* Source: task_hcs.go updateLCOWResources, requestUpdateContainer. */
static bool constrain(const updater *u, const hcsref_oci_linux_resources *resources) {
  const constraints settings = {.linux_ = *resources};
  hcsref_guest_modification change = {.request_type = HCSREF_LIT("Update"),
                                      .resource_type = HCSREF_LIT("ContainerConstraints")};
  hcsref_str why;
  if (!hcsref_json_encode_as(u->vm.arena, u->vm.rules, &constraints_type, &settings, &change.settings, NULL))
    return hcsref_fail_memory(u->err);
  return hcsref_vm_send(&u->vm, "container", &hcsref_type_guest_modification, &change, &why) ||
         fail_why(u, "update-failed", why);
}

static bool update_linux_task(const updater *u) {
  return u->update->kind == HCSREF_UPDATE_LINUX
             ? constrain(u, u->update->linux_)
             : fail(u, "update-refused", RESOURCES,
                    "must have resources be non-nil and type *LinuxResources when updating a lcow container",
                    HCSREF_LIT(""));
}

static bool update_task(updater *u) {
  const hcsref_update *update = u->update;
  if (update->sandbox && update->vm == NULL)
    return fail(u, "update-refused", "", "task is not isolated", HCSREF_LIT(""));
  if (update->kind == HCSREF_UPDATE_OTHER)
    return refuse(u);
  if (update->vm != NULL && (update->sandbox || update->owns_host))
    return update_vm(u);
  if (update->linux_task)
    return update_linux_task(u);
  if (update->kind == HCSREF_UPDATE_WINDOWS)
    return update_container(u, update->windows);
  return update->kind == HCSREF_UPDATE_MOUNT ? update_mount(u, update->mount) : refuse(u);
}

bool hcsref_update_task(hcsref_arena *arena, const hcsref_update *update, const hcsref_vm_host *host,
                        hcsref_error *err) {
  updater u = {.update = update, .err = err};
  u.vm.arena = arena;
  u.vm.facts = update->vm;
  u.vm.host = host;
  u.vm.rules = hcsref_profile_rules(update->profile, HCSREF_PROGRAM_HCSSHIM);
  if (u.vm.rules == NULL || !hcsref_has(u.vm.rules, HCSREF_CHANGE_VM_SIDE))
    return fail(&u, "vm-program", "",
                "nothing is known of updates in this profile: they are recorded from hcsshim 0.11.0 on",
                HCSREF_LIT(""));
  return update_task(&u);
}

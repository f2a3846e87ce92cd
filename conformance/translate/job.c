/* SPDX-License-Identifier: Apache-2.0 */
/* What hcsshim makes of a HostProcess container in place of a document. Source: hcsshim internal/jobcontainers
 * jobcontainer.go Create, CreateProcess, bindSetup, fallbackSetup; oci.go specToLimits; storage.go; mounts.go. What
 * only the host knows (the account's own environment, which program a command line names) is not told. */
#include "translate/work.h"

#include "hcsref/process.h"
#include "serve/table.h"

#include <string.h>

#define ROOTFS_LOCATION HCSREF_LIT("microsoft.com/hostprocess-rootfs-location")
#define INHERIT_USER    HCSREF_LIT("microsoft.com/hostprocess-inherit-user")
#define MOUNT_POINT     "CONTAINER_SANDBOX_MOUNT_POINT"
#define MIB             1048576u
#define MOST_WEIGHT     10000u
#define MOST_COPIED     ((size_t)16 << 20) /* bytes of the root's path in all that names it */

/* The first build whose Windows can bind folders into a silo, as the shim finds out by bindfltapi.dll. */
#define FIRST_BINDING_BUILD 19041u

typedef struct job_limits {
  uint32_t cpu_limit, cpu_weight;
  int64_t max_iops, max_bandwidth;
  uint64_t memory_limit_in_bytes;
} job_limits;

typedef struct job_object {
  hcsref_str name;
  bool silo; /* it has a view of the file system of its own */
  job_limits limits;
} job_object;

typedef struct job_mount {
  hcsref_str source, destination;
  bool read_only;
} job_mount;

typedef struct job_container {
  job_object job;
  hcsref_slice layer_folders; /* []string */
  hcsref_str rootfs_location;
  hcsref_slice mounts; /* []job_mount */
  bool inherit_user;
  hcsref_v2_process_parameters *process;
} job_container;

static const hcsref_field limit_fields[] = {
    OMIT(job_limits, cpu_limit, "CPULimit", hcsref_type_uint32),
    OMIT(job_limits, cpu_weight, "CPUWeight", hcsref_type_uint32),
    OMIT(job_limits, max_iops, "MaxIOPS", hcsref_type_int64),
    OMIT(job_limits, max_bandwidth, "MaxBandwidth", hcsref_type_int64),
    OMIT(job_limits, memory_limit_in_bytes, "MemoryLimitInBytes", hcsref_type_uint64),
};
static const hcsref_type limits_type = OBJECT(job_limits, "jobobject.JobLimits", limit_fields);
static const hcsref_field job_fields[] = {
    FIELD(job_object, name, "Name", hcsref_type_string),
    FIELD(job_object, silo, "Silo", hcsref_type_bool),
    FIELD(job_object, limits, "Limits", limits_type),
};
static const hcsref_type job_type = OBJECT(job_object, "job", job_fields);
static const hcsref_field mount_fields[] = {
    FIELD(job_mount, source, "Source", hcsref_type_string),
    FIELD(job_mount, destination, "Destination", hcsref_type_string),
    OMIT(job_mount, read_only, "ReadOnly", hcsref_type_bool),
};
static const hcsref_type mount_type = OBJECT(job_mount, "mount", mount_fields);
static const hcsref_type mounts_type = LIST(mount_type, "[]mount");
static const hcsref_type process_type = POINTER(hcsref_type_v2_process_parameters, "*hcsschema.ProcessParameters");
static const hcsref_field container_fields[] = {
    FIELD(job_container, job, "Job", job_type),
    FIELD(job_container, layer_folders, "LayerFolders", hcsref_type_strings),
    FIELD(job_container, rootfs_location, "RootfsLocation", hcsref_type_string),
    OMIT(job_container, mounts, "Mounts", mounts_type),
    OMIT(job_container, inherit_user, "InheritUser", hcsref_type_bool),
    FIELD(job_container, process, "Process", process_type),
};
static const hcsref_type container_type = OBJECT(job_container, "job container", container_fields);

/* One job under way. */
typedef struct maker {
  translation_work *w;
  const hcsref_oci_spec *spec;
  bool binds;
  size_t copied; /* bytes of the root's path so far */
  job_container out;
} maker;

static const hcsref_str *annotation(const maker *m, hcsref_str key) {
  return hcsref_map_find(&m->spec->annotations, key);
}

/* ---- the job ---------------------------------------------------------------------------------------------------- */

/* A job knows no number of processors, but a share of all of them in hundredths of a percent; and weights 1 to 9. */
static bool make_limits(maker *m) {
  const translation_work *w = m->w;
  const hcsref_host *host = &w->hosts.stage_2;
  int32_t processors = host->ops->processor_count(host->ctx), bps, iops;
  job_limits *limits = &m->out.job.limits;
  hcsref_cpu_limits cpu;
  if (!hcsref_convert_cpu_limits(w->arena, w->rules, m->spec, processors, &cpu, w->err))
    return false;
  limits->cpu_limit = (uint32_t)cpu.limit;
  limits->cpu_weight = (uint32_t)cpu.weight;
  if (cpu.count != 0 && processors != 0) {
    limits->cpu_limit = (uint32_t)cpu.count * 10000u / (uint32_t)processors;
    limits->cpu_limit += limits->cpu_limit == 0;
  } else if (cpu.weight != 0) {
    limits->cpu_weight = 1 + 8 * (uint32_t)cpu.weight / MOST_WEIGHT;
  }
  limits->memory_limit_in_bytes = hcsref_memory_limit_mb(w->rules, m->spec) * MIB;
  hcsref_storage_limits(w->rules, m->spec, &bps, &iops);
  limits->max_bandwidth = bps;
  limits->max_iops = iops;
  return true;
}

static bool make_job(maker *m) {
  m->out.job.silo = m->binds;
  return make_limits(m) && (hcsref_format(m->w->arena, &m->out.job.name, "JobContainer_%v", m->w->t->id) ||
                            hcsref_fail_memory(m->w->err));
}

/* Each mention of the root is a copy of its path: a small document must not become a huge one. */
static bool count_copy(maker *m, size_t length) {
  if (length > MOST_COPIED - m->copied)
    return hcsref_fail(m->w->arena, m->w->err, "job-too-large", hcsref_cstr(NULL),
                       "the job would name its root file system's path in more than %u bytes of text",
                       (uint64_t)MOST_COPIED);
  m->copied += length;
  return true;
}

/* ---- files ------------------------------------------------------------------------------------------------------ */

/* In a silo each container may have its own C:\hpc; elsewhere the id keeps them apart. */
static bool place_root(maker *m) {
  const hcsref_str *given = annotation(m, ROOTFS_LOCATION);
  const hcsref_str id = m->w->t->id;
  hcsref_str *out = &m->out.rootfs_location;
  if (given != NULL && given->len != 0 && m->binds) {
    *out = *given;
    return true;
  }
  if (given != NULL && given->len != 0) {
    const hcsref_str parts[] = {*given, id};
    return hcsref_path_join(m->w->arena, parts, 2, out) || hcsref_fail_memory(m->w->err);
  }
  *out = HCSREF_LIT("C:\\hpc\\");
  return m->binds || hcsref_format(m->w->arena, out, "C:\\hpc\\%v\\", id) || hcsref_fail_memory(m->w->err);
}

static bool is_read_only(const hcsref_oci_mount *mount) {
  const hcsref_str *options = mount->options.items;
  for (size_t i = 0; i < mount->options.len; i++)
    if (hcsref_str_equal_ascii_fold(options[i], HCSREF_LIT("ro")))
      return true;
  return false;
}

static bool refuse_mount(const maker *m, size_t i, const char *code, const char *why) {
  hcsref_str where;
  return hcsref_format(m->w->arena, &where, "/mounts/%u", (uint64_t)i)
             ? hcsref_fail(m->w->arena, m->w->err, code, where, "%s", why)
             : hcsref_fail_memory(m->w->err);
}

/* The path without its drive, for a link below the root. */
static hcsref_str without_drive(hcsref_str path) {
  if (path.len < 2 || path.data[1] != ':')
    return path;
  return path.len == 2 ? HCSREF_LIT(".") : hcsref_str_skip(path, 2);
}

static bool join_below_root(maker *m, hcsref_str path, hcsref_str *out) {
  const hcsref_str parts[] = {m->out.rootfs_location, without_drive(path)};
  return count_copy(m, parts[0].len) && (hcsref_path_join(m->w->arena, parts, 2, out) || hcsref_fail_memory(m->w->err));
}

static bool place_mount(maker *m, const hcsref_oci_mount *mount, job_mount *out) {
  out->source = mount->source;
  out->destination = mount->destination;
  out->read_only = m->binds && is_read_only(mount);
  return m->binds || join_below_root(m, mount->destination, &out->destination);
}

static bool place_mounts(maker *m) {
  const hcsref_oci_mount *mounts = m->spec->mounts.items;
  for (size_t i = 0; i < m->spec->mounts.len; i++) {
    job_mount *place;
    if (mounts[i].destination.len == 0 || mounts[i].source.len == 0)
      return refuse_mount(m, i, "mount-incomplete",
                          "invalid OCI spec - a mount must have both source and a destination");
    if (hcsref_str_has_prefix(mounts[i].source, HCSREF_LIT("\\\\.\\pipe\\")))
      return refuse_mount(m, i, "mount-pipe",
                          "named pipe mounts not supported for job containers - interact with the pipe directly");
    place = hcsref_slice_push(m->w->arena, &m->out.mounts, sizeof *place);
    if (place == NULL)
      return hcsref_fail_memory(m->w->err);
    if (!place_mount(m, &mounts[i], place))
      return false;
  }
  return true;
}

/* ---- the process ------------------------------------------------------------------------------------------------ */

/* The root's path without its last character, which is a backslash, for every mention of the variable. */
static bool replace_mention(maker *m, hcsref_str text, hcsref_str mention, hcsref_str by, hcsref_str *out) {
  hcsref_buf buf = {.arena = m->w->arena};
  size_t i = 0;
  while (i < text.len) {
    if (hcsref_str_has_prefix(hcsref_str_skip(text, i), mention)) {
      if (!count_copy(m, by.len))
        return false;
      hcsref_buf_append(&buf, by);
      i += mention.len;
    } else {
      hcsref_buf_append_char(&buf, text.data[i++]);
    }
  }
  *out = hcsref_buf_str(&buf);
  return !buf.failed || hcsref_fail_memory(m->w->err);
}

static bool replace_mount_point(maker *m, hcsref_str text, hcsref_str *out) {
  const hcsref_str root = m->out.rootfs_location;
  const hcsref_str by = hcsref_str_first(root, root.len == 0 ? 0 : root.len - 1);
  return replace_mention(m, text, HCSREF_LIT("%" MOUNT_POINT "%"), by, &text) &&
         replace_mention(m, text, HCSREF_LIT("$env:" MOUNT_POINT), by, out);
}

/* Without bindings every folder is one below the root, but for one that names the root itself. */
static bool place_directory(maker *m, hcsref_str given, hcsref_str *out) {
  hcsref_str changed;
  *out = m->out.rootfs_location;
  if (given.len == 0)
    return true;
  if (!replace_mount_point(m, given, &changed))
    return false;
  *out = changed;
  return m->binds || !hcsref_str_equal(changed, given) || join_below_root(m, given, out);
}

/* A program in the silo's own view is found by a process that is in the silo already. */
static bool place_command(maker *m, hcsref_str given, hcsref_str *out) {
  hcsref_str line;
  if (!replace_mount_point(m, given, &line))
    return false;
  *out = line;
  return !m->binds || hcsref_format(m->w->arena, out, "cmd /c %v", line) || hcsref_fail_memory(m->w->err);
}

static bool place_environment(maker *m, hcsref_map *environment) {
  hcsref_string_entry *entries = environment->entries, *place;
  for (size_t i = 0; i < environment->len; i++)
    if (!replace_mount_point(m, entries[i].value, &entries[i].value))
      return false;
  place = hcsref_map_push(m->w->arena, environment, sizeof *place);
  if (place == NULL)
    return hcsref_fail_memory(m->w->err);
  place->key = HCSREF_LIT(MOUNT_POINT);
  place->value = m->out.rootfs_location;
  return true;
}

static bool make_process(maker *m) {
  const hcsref_process_streams streams = {true, true, true};
  const hcsref_str *inherit = annotation(m, INHERIT_USER);
  hcsref_v2_process_parameters *process;
  if (!hcsref_process_document(m->w->arena, m->w->profile, m->spec->process, m->spec, &streams, &process, m->w->err))
    return false;
  m->out.inherit_user = inherit != NULL && hcsref_str_equal(*inherit, HCSREF_LIT("true"));
  m->out.process = process;
  return place_command(m, process->command_line, &process->command_line) &&
         place_directory(m, process->working_directory, &process->working_directory) &&
         place_environment(m, &process->environment);
}

/* ---- where it comes from ---- */

#define CONTAINER_NOTE "io.microsoft.container."

/* A limit is the annotation's before the spec's. */
static void note_limit(const maker *m, const void *field, size_t size, const char *key, const char *place,
                       const char *rule) {
  if (annotation(m, hcsref_cstr(key)) != NULL)
    hcsref_provenance_note(m->w->provenance, field, size, rule, "/annotations/%s", key);
  else
    hcsref_provenance_note(m->w->provenance, field, size, rule, "%s", place);
}

static void note_limits(const maker *m) {
  static const char memory[] = "specToLimits: in bytes", storage[] = "specToLimits: as it is",
                    share[] = "specToLimits: a count is a share of all processors, a limit is as it is",
                    weight[] = "specToLimits: from 1 to 9";
  const job_limits *limits = &m->out.job.limits;
  const hcsref_oci_windows_resources *resources = m->spec->windows == NULL ? NULL : m->spec->windows->resources;
  const bool counted = annotation(m, HCSREF_LIT(CONTAINER_NOTE "processor.count")) != NULL ||
                       (resources != NULL && resources->cpu != NULL && resources->cpu->count != NULL);
  note_limit(m, &limits->cpu_limit, sizeof limits->cpu_limit,
             counted ? CONTAINER_NOTE "processor.count" : CONTAINER_NOTE "processor.limit",
             counted ? "/windows/resources/cpu/count" : "/windows/resources/cpu/maximum", share);
  note_limit(m, &limits->cpu_weight, sizeof limits->cpu_weight, CONTAINER_NOTE "processor.weight",
             "/windows/resources/cpu/shares", weight);
  note_limit(m, &limits->memory_limit_in_bytes, sizeof limits->memory_limit_in_bytes, CONTAINER_NOTE "memory.sizeinmb",
             "/windows/resources/memory/limit", memory);
  note_limit(m, &limits->max_iops, sizeof limits->max_iops, CONTAINER_NOTE "storage.qos.iopsmaximum",
             "/windows/resources/storage/iops", storage);
  note_limit(m, &limits->max_bandwidth, sizeof limits->max_bandwidth, CONTAINER_NOTE "storage.qos.bandwidthmaximum",
             "/windows/resources/storage/bps", storage);
}

static void note_mounts(const maker *m) {
  const job_mount *mounts = m->out.mounts.items;
  for (size_t i = 0; i < m->out.mounts.len; i++) {
    hcsref_provenance_note(m->w->provenance, &mounts[i].source, sizeof mounts[i].source, "bindSetup: as it is",
                           "/mounts/%u/source", (uint64_t)i);
    hcsref_provenance_note(m->w->provenance, &mounts[i].destination, sizeof mounts[i].destination,
                           m->binds ? "bindSetup: as it is" : "fallbackSetup: a link below the root file system",
                           "/mounts/%u/destination", (uint64_t)i);
    hcsref_provenance_note(m->w->provenance, &mounts[i].read_only, sizeof mounts[i].read_only,
                           "bindSetup: ro, in any case, is read-only", "/mounts/%u/options", (uint64_t)i);
  }
}

static bool note_job(maker *m) {
  static const char root[] = "/annotations/microsoft.com~1hostprocess-rootfs-location",
                    inherit[] = "/annotations/microsoft.com~1hostprocess-inherit-user";
  hcsref_provenance *notes;
  if (!translation_begin_notes(m->w))
    return false;
  notes = m->w->provenance;
  if (notes == NULL)
    return true;
  hcsref_provenance_note(notes, &m->out, sizeof m->out, "Create: always there", "");
  hcsref_provenance_note(notes, &m->out.job.name, sizeof m->out.job.name, "Create: JobContainer_ and the id",
                         "option id");
  hcsref_provenance_note(notes, &m->out.job.silo, sizeof m->out.job.silo, "Create: since build 19041", "host os_build");
  hcsref_provenance_note(notes, &m->out.layer_folders, sizeof m->out.layer_folders, "Create: as they are",
                         "/windows/layerFolders");
  hcsref_provenance_note(notes, &m->out.rootfs_location, sizeof m->out.rootfs_location,
                         "Create: the annotation, else below C:\\hpc", "%s",
                         annotation(m, ROOTFS_LOCATION) == NULL ? "" : root);
  hcsref_provenance_note(notes, &m->out.inherit_user, sizeof m->out.inherit_user, "CreateProcess: is it true?", "%s",
                         inherit);
  note_limits(m);
  note_mounts(m);
  translation_note_process(m->w, m->spec->process, m->out.process);
  return true;
}

bool translation_append_job(translation_work *w, hcsref_buf *out) {
  const hcsref_host *host = &w->hosts.stage_2;
  maker m = {.w = w, .spec = translation_decode(w)};
  if (m.spec == NULL)
    return false;
  m.binds = host->ops->os_build(host->ctx) >= FIRST_BINDING_BUILD;
  m.out.layer_folders = m.spec->windows == NULL ? m.out.layer_folders : m.spec->windows->layer_folders;
  return make_job(&m) && place_root(&m) && place_mounts(&m) && make_process(&m) && note_job(&m) &&
         translation_note(w, "",
                          "a HostProcess container also gets the environment of its account, and its PATH gets "
                          "the root file system and the folders of PowerShell: only the host knows those") &&
         translation_append_value(w, &container_type, &m.out, out);
}

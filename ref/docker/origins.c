/* SPDX-License-Identifier: Apache-2.0 */
/* Where the fields of dockerd's documents come from, for those who ask. Source: moby
 * libcontainerd/local/local_windows.go createWindows, Start, Exec. */
#include "hcsref/docker.h"

#define RESOURCES "/windows/resources/"
#define NETWORK   "/windows/network/"

/* A field of a document, and where it comes from. */
typedef struct origin_row {
  size_t offset, size;
  const char *where, *rule;
} origin_row;

#define ROW(type, member, where, rule)                                                                                 \
  { offsetof(type, member), sizeof(((type *)0)->member), where, rule }
#define DOCUMENT(member, where, rule) ROW(hcsref_v1_container_config, member, where, "createWindows: " rule)
#define PROCESS(member, where, rule)  ROW(hcsref_v1_process_config, member, where, rule)

static const origin_row document_rows[] = {
    DOCUMENT(system_type, "", "always Container"),
    DOCUMENT(name, "option id", "the id"),
    DOCUMENT(owner, "", "always docker"),
    DOCUMENT(volume_path, "/root/path", "without its last byte"),
    DOCUMENT(ignore_flushes_during_boot, "/windows/ignoreFlushesDuringBoot", "as it is"),
    DOCUMENT(layer_folder_path, "/windows/layerFolders", "the last one"),
    DOCUMENT(layers, "/windows/layerFolders", "all but the last one"),
    DOCUMENT(credentials, "/windows/credentialSpec", "a string as it is, anything else not at all"),
    DOCUMENT(processor_count, RESOURCES "cpu/count", "at most the host's"),
    DOCUMENT(processor_weight, RESOURCES "cpu/shares", "as it is"),
    DOCUMENT(processor_maximum, RESOURCES "cpu/maximum", "as it is"),
    DOCUMENT(storage_iops_maximum, RESOURCES "storage/iops", "as it is"),
    DOCUMENT(storage_bandwidth_maximum, RESOURCES "storage/bps", "as it is"),
    DOCUMENT(memory_maximum_in_mb, RESOURCES "memory/limit", "bytes / 1048576"),
    DOCUMENT(host_name, "/hostname", "as it is"),
    DOCUMENT(mapped_directories, "/mounts", "what goes to no pipe"),
    DOCUMENT(mapped_pipes, "/mounts", "what goes to a pipe"),
    DOCUMENT(hv_partition, "/windows/hyperv", "is it there?"),
    DOCUMENT(network_shared_container_name, NETWORK "networkSharedContainerName", "as it is"),
    DOCUMENT(endpoint_list, NETWORK "endpointList", "as it is"),
    DOCUMENT(allow_unqualified_dns_query, NETWORK "allowUnqualifiedDNSQuery", "as it is"),
    DOCUMENT(dns_search_list, NETWORK "DNSSearchList", "joined by commas"),
    DOCUMENT(assigned_devices, "/windows/devices", "classes"),
};

/* Both kinds of processes. */
static const origin_row process_rows[] = {
    PROCESS(user, "/user/username", "Start, Exec: as it is"),
    PROCESS(working_directory, "/cwd", "Start, Exec: as it is"),
    PROCESS(environment, "/env", "setupEnvironmentVariables: split at the first =; the last of a name counts"),
    PROCESS(emulate_console, "/terminal", "Start, Exec: as it is"),
    PROCESS(create_std_err_pipe, "/terminal", "Start, Exec: not with a terminal"),
    PROCESS(console_size, "/consoleSize", "Start, Exec: height and width; always written"),
};

static void note_rows(hcsref_provenance *notes, const void *base, const char *above, const origin_row *rows,
                      size_t count) {
  for (size_t i = 0; i < count; i++)
    hcsref_provenance_note(notes, (const char *)base + rows[i].offset, rows[i].size, rows[i].rule, "%s%s", above,
                           rows[i].where);
}

static void note_layers(hcsref_provenance *notes, const hcsref_slice *layers) {
  const hcsref_v1_layer *items = layers->items;
  for (size_t i = 0; i < layers->len; i++) {
    hcsref_provenance_note(notes, &items[i].id, sizeof items[i].id, "NameToGuid: of the folder's last part",
                           "host layer_ids");
    hcsref_provenance_note(notes, &items[i].path, sizeof items[i].path, "createWindows: as it is",
                           "/windows/layerFolders/%u", (uint64_t)i);
  }
}

static void note_directory(hcsref_provenance *notes, const hcsref_v1_mapped_dir *dir, uint64_t index) {
  hcsref_provenance_note(notes, dir, sizeof *dir, "MappedDir: the fields that nothing sets are written too",
                         "/mounts/%u", index);
  hcsref_provenance_note(notes, &dir->host_path, sizeof dir->host_path, "createWindows: as it is", "/mounts/%u/source",
                         index);
  hcsref_provenance_note(notes, &dir->container_path, sizeof dir->container_path, "createWindows: as it is",
                         "/mounts/%u/destination", index);
  hcsref_provenance_note(notes, &dir->read_only, sizeof dir->read_only, "createWindows: ro, in any case, is read-only",
                         "/mounts/%u/options", index);
}

static void note_pipe(hcsref_provenance *notes, const hcsref_v1_mapped_pipe *pipe, uint64_t index) {
  hcsref_provenance_note(notes, &pipe->host_path, sizeof pipe->host_path, "createWindows: as it is",
                         "/mounts/%u/source", index);
  hcsref_provenance_note(notes, &pipe->container_pipe_name, sizeof pipe->container_pipe_name,
                         "createWindows: behind \\\\.\\pipe\\", "/mounts/%u/destination", index);
}

/* Mounts become directories or pipes, each in their order: the name of a pipe is the end of its destination. */
static void note_mounts(hcsref_provenance *notes, const hcsref_oci_spec *spec,
                        const hcsref_v1_container_config *document) {
  const hcsref_oci_mount *mounts = spec->mounts.items;
  const hcsref_v1_mapped_dir *dirs = document->mapped_directories.items;
  const hcsref_v1_mapped_pipe *pipes = document->mapped_pipes.items;
  size_t dir = 0, pipe = 0;
  for (size_t i = 0; i < spec->mounts.len; i++)
    if (hcsref_str_has_prefix(mounts[i].destination, HCSREF_LIT("\\\\.\\pipe\\")) && pipe < document->mapped_pipes.len)
      note_pipe(notes, &pipes[pipe++], i);
    else if (dir < document->mapped_directories.len)
      note_directory(notes, &dirs[dir++], i);
}

static void note_devices(hcsref_provenance *notes, const hcsref_slice *devices) {
  const hcsref_v1_assigned_device *items = devices->items;
  for (size_t i = 0; i < devices->len; i++)
    hcsref_provenance_note(notes, &items[i], sizeof items[i], "createWindows: as it is", "/windows/devices/%u/id",
                           (uint64_t)i);
}

void hcsref_docker_explain(const hcsref_oci_spec *spec, const hcsref_v1_container_config *document,
                           hcsref_provenance *notes) {
  hcsref_provenance_note(notes, document, sizeof *document, "createWindows: never set", "");
  note_rows(notes, document, "", document_rows, sizeof document_rows / sizeof document_rows[0]);
  note_layers(notes, &document->layers);
  note_mounts(notes, spec, document);
  note_devices(notes, &document->assigned_devices);
  if (document->hv_runtime != NULL)
    hcsref_provenance_note(notes, document->hv_runtime, sizeof *document->hv_runtime,
                           "createWindows: UtilityVM in the first layer that has it", "/windows/layerFolders");
}

void hcsref_docker_explain_process(const hcsref_oci_process *from, const char *above,
                                   const hcsref_v1_process_config *process, hcsref_provenance *notes) {
  const bool line = from->command_line.len != 0;
  hcsref_provenance_note(notes, process, sizeof *process, "Start, Exec: always there", "");
  note_rows(notes, process, above, process_rows, sizeof process_rows / sizeof process_rows[0]);
  hcsref_provenance_note(notes, &process->command_line, sizeof process->command_line,
                         line ? "Start, Exec: as it is" : "Start, Exec: escaped and joined by spaces", "%s%s", above,
                         line ? "/commandLine" : "/args");
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What hcsrun's commands share: the service, a container from its spec to its end, and the marks that let
 * `hcsrun cleanup` find what a crash left behind.
 */
#ifndef HCSRUN_SESSION_H
#define HCSRUN_SESSION_H

#include "cli/options.h"
#include "safe_folder.h"

#include "hcsref/hcsref.h"
#include "hcsref/windows.h"

/** Exit statuses beyond a container's own, like docker's. */
enum {
  RUN_OK = 0,
  RUN_FAILED = 1, /* doctor, smoke, cleanup: something is wrong */
  RUN_USAGE = 2,
  RUN_SERVICE = 125,    /* the container could not be run */
  RUN_INTERRUPTED = 130 /* Ctrl-C */
};

/** Options that every command with a container has. */
typedef struct container_options {
  const char *image;
  cli_list layers;
  const char *spec;
  cli_list mounts, pipes, environment;
  const char *hostname, *folder, *user;
  uint64_t cpus, cpu_maximum, cpu_weight, memory;
  bool network;
  const char *api, *root, *profile;
  uint64_t schema, timeout;
  bool verbose;
} container_options;

/** The rows for a table of options; `s` is the command's struct, which has a member `c`. */
#define CONTAINER_OPTIONS(s)                                                                                           \
  {.name = "image",                                                                                                    \
   .kind = CLI_TEXT,                                                                                                   \
   .argument = "IMAGE",                                                                                                \
   .offset = offsetof(s, c.image),                                                                                     \
   .help = "Use the layers of this docker image.",                                                                     \
   .example = "mcr.microsoft.com/windows/nanoserver:ltsc2022"},                                                        \
      {.name = "layers",                                                                                               \
       .kind = CLI_FOLDER,                                                                                             \
       .repeatable = true,                                                                                             \
       .argument = "DIR",                                                                                              \
       .offset = offsetof(s, c.layers),                                                                                \
       .help = "A layer folder, topmost first, the base last. A single folder with a layerchain.json brings its "      \
               "parents with it."},                                                                                    \
      {.name = "api",                                                                                                  \
       .kind = CLI_CHOICE,                                                                                             \
       .argument = "DLL",                                                                                              \
       .choices = "auto|computecore|vmcompute",                                                                        \
       .fallback = "auto",                                                                                             \
       .offset = offsetof(s, c.api),                                                                                   \
       .help = "The DLL to use; auto: computecore.dll where it exists."},                                              \
      {.name = "schema",                                                                                               \
       .kind = CLI_NUMBER,                                                                                             \
       .argument = "1|2",                                                                                              \
       .offset = offsetof(s, c.schema),                                                                                \
       .least = 1,                                                                                                     \
       .most = 2,                                                                                                      \
       .fallback = "2",                                                                                                \
       .help = "Schema of the documents. 1 needs vmcompute.dll; builds before 17763 know no other."},                  \
      {.name = "profile",                                                                                              \
       .kind = CLI_PROFILE,                                                                                            \
       .argument = "NAME",                                                                                             \
       .fallback = "newest",                                                                                           \
       .offset = offsetof(s, c.profile),                                                                               \
       .help = "The releases whose documents are made ('hcsproof profiles' lists them); one that has an hcsshim.",     \
       .example = "hcsshim-0.13.0"},                                                                                   \
      {.name = "root",                                                                                                 \
       .kind = CLI_FOLDER,                                                                                             \
       .argument = "DIR",                                                                                              \
       .offset = offsetof(s, c.root),                                                                                  \
       .help =                                                                                                         \
           "The folder for scratch layers and for the notes that cleanup reads. Default: hcsrun in %ProgramData%."},   \
      {.name = "timeout",                                                                                              \
       .kind = CLI_SECONDS,                                                                                            \
       .argument = "SECONDS",                                                                                          \
       .offset = offsetof(s, c.timeout),                                                                               \
       .least = 100,                                                                                                   \
       .fallback = "240",                                                                                              \
       .help = "Longest time that a call to the service may take."},                                                   \
  {                                                                                                                    \
    .name = "verbose", .short_name = 'v', .kind = CLI_FLAG, .offset = offsetof(s, c.verbose),                          \
    .help = "Show each call of the service on standard error."                                                         \
  }

/** The service and where things go. */
typedef struct session {
  hcsref_arena arena;
  hcsref_windows windows;
  hcsref_live_settings settings;
  safe_folder root, notes, mounts; /* of scratches, notes, folders to mount; a dry session has only root's path */
  hcsref_str owner;                /* of every container; names the root: nobody else's is ever touched */
  hcsref_str *layers;              /* topmost first */
  size_t layer_count;
  const hcsref_profile *profile; /* whose documents are made */
  bool schema1, dry;
} session;

/** Loads the service and finds the layers (`layers`: whether there must be any). `dry`: nothing is made, no folder
 * either. On failure a line is printed and the status returned; else 0. */
int session_open(session *s, const container_options *options, bool layers, bool dry);
/** The root when --root is not given: hcsrun in the folder of all users' data. */
bool session_default_root(hcsref_arena *arena, hcsref_str *out);
void session_close(session *s);

/** What an id stands for: claim.h. */
typedef struct claim {
  hcsref_str id, scratch, mount;
  hcsref_guid name_space;
  hcsref_str name_space_text;
  void *note; /* null: not held */
} claim;

/** A container. */
typedef struct container {
  session *session;
  hcsref_arena arena;
  hcsref_live *live;
  claim claim;
  hcsref_str document, name_space;
  hcsref_error err;
} container;

/** Mounts, translates, creates and starts what `spec` says (its layer folders and root are filled in). False: c->err
 * says why; container_down is needed all the same. */
bool container_up(container *c, session *s, hcsref_oci_spec *spec, bool network);
/** The same, with a document that `change` has changed. */
bool container_up_raw(container *c, session *s, hcsref_oci_spec *spec, bool (*change)(container *c, void *context),
                      void *context);
/** Undoes everything. False: something is left; `*message`, in `arena`, says what. */
bool container_down(container *c, hcsref_arena *arena, hcsref_str *message);

/** An empty spec with what hcsrun always says, in `arena`; null: out of memory. */
hcsref_oci_spec *spec_new(hcsref_arena *arena);
bool spec_add_mount(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str source, hcsref_str destination,
                    bool read_only);
bool spec_annotate(hcsref_arena *arena, hcsref_oci_spec *spec, const char *name, const char *value);

/** The spec that the options describe, in the session's memory; null: a line was printed. */
hcsref_oci_spec *spec_from_options(session *s, const container_options *options);

/** The document that starts a process; `arguments` is joined as Windows reads it. */
typedef struct process_options {
  const hcsref_str *arguments;
  size_t argument_count;
  hcsref_str command_line; /* in place of arguments */
  hcsref_map environment;
  hcsref_str folder, user;
  bool in, terminal;
  const hcsref_oci_box *console; /* its size; null: the service's own choice */
} process_options;
bool process_document(const container *c, hcsref_arena *arena, const process_options *options, hcsref_str *out);

/** docker.c: runs `line`, which begins with "docker" and is split as kit_command_split has it, and keeps what it prints
 * (at most `limit` bytes); its complaints go to standard error. docker is looked for in PATH alone. False: it could not
 * be run, failed, or took longer than half a minute. */
bool docker_ask(hcsref_arena *arena, hcsref_str line, size_t limit, hcsref_str *out);

/** windows.c: what only Windows tells. */
bool system_is_elevated(void);
bool system_is_simulated(void);
/** 0: no, 1: yes, -1: not known. */
int system_has_hypervisor(void);
/** The folder of all users' data, as Windows knows it: not as the environment says. */
bool system_program_data(hcsref_arena *arena, hcsref_str *out);
uint32_t system_process_id(void);
/** The folder of this program. */
bool system_own_folder(hcsref_arena *arena, hcsref_str *out);
/** Makes a file that is not there. */
bool system_write_file(hcsref_str path, hcsref_str text);
/** Calls `each` for the names in a folder. */
void system_list(hcsref_arena *arena, hcsref_str folder, void (*each)(void *context, hcsref_str name), void *context);
/** What this process holds. */
typedef struct usage {
  unsigned handles, threads;
  uint64_t memory; /* private bytes */
} usage;
void system_usage(usage *out);
/** From now on Ctrl-C only sets system_interrupted. */
void system_catch_interrupts(void);
bool system_interrupted(void);

extern const cli_command doctor_command, run_spec_command, smoke_command, create_command, cleanup_command;

#endif

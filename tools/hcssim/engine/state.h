/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The service's own state: what the engine's files share and nobody else sees. All of it is guarded by the monitor.
 */
#ifndef HCSSIM_STATE_H
#define HCSSIM_STATE_H

#include "engine/sim.h"

typedef enum sim_kind {
  SIM_FREE,
  SIM_SYSTEM,
  SIM_PROCESS,
  SIM_OPERATION,
  SIM_SUBSCRIPTION,
  SIM_NAMESPACE,
  SIM_HCN_NETWORK,
  SIM_HCN_ENDPOINT,
  SIM_HCN_BALANCER,
  SIM_HCN_ROUTE
} sim_kind;

typedef struct sim_handle_entry {
  void *object;
  sim_kind kind;
  uint16_t generation;
} sim_handle_entry;

typedef struct sim_planned_fault {
  char *call;   /* "*": any */
  uint64_t nth; /* 0: every time */
  uint64_t seen;
  sim_fault fault;
} sim_planned_fault;

/** Something to do later, on the service's thread. */
typedef struct sim_job {
  struct sim_job *next;
  uint64_t due, serial;
  void (*run)(sim *s, struct sim_job *job);
  sim_action action;
  sim_system *system; /* referenced, as is the process */
  sim_process *process;
  struct sim_source *source;
  sim_operation *operation;
  uint32_t code;
  char *document;
} sim_job;

struct sim {
  os_monitor *monitor;
  char *state, *record;
  os_log *log; /* the recording, once something is in it */
  uint32_t build;
  bool closing, disconnected, dispatcher_runs, no_hypervisor;
  void (*start_guest)(sim *s, sim_system *machine); /* null: machines have no guests */
  hcsref_arena profile;                             /* of the rules */
  const hcsref_rules *rules;                        /* of the newest shim: what documents may have */
  uint32_t answers;                                 /* rules of HCSSIM_RULES that are on, a bit each */
  size_t threads;
  sim_handle_entry *entries;
  size_t entry_count, entry_cap;
  sim_system *systems;
  sim_job *jobs; /* earliest first */
  uint64_t job_serial, call_serial;
  sim_planned_fault *faults;
  size_t fault_count;
  size_t kinds[SIM_SYSTEM + SIM_HANDLE_KINDS]; /* handles of each kind */
};

/** What happened to a system or a process. */
typedef struct sim_event {
  uint32_t notification; /* vmcompute.dll's number; 0: not told there */
  uint32_t event;        /* computecore.dll's number; 0: not told there */
  uint32_t code;
  char *document;
  bool once; /* told to the first who listens, not to all */
  bool told;
} sim_event;

/** Where notifications come from. Kept until somebody listens: a late registration misses nothing. */
typedef struct sim_source {
  sim_event events[SIM_MAX_EVENTS];
  size_t count;
  sim_subscription *subscriptions;
} sim_source;

struct sim_subscription {
  sim_subscription *next;
  sim_source *source; /* null: removed */
  sim_handle owner;   /* the system's or process's handle */
  hcsref_hcs_notification_callback notification;
  hcsref_hcs_event_callback event;
  void *context;
  size_t seen;      /* of the source's events */
  uint64_t runs_on; /* thread of the callback that runs; 0: none */
};

typedef enum sim_state { SIM_CREATED, SIM_RUNNING, SIM_PAUSED, SIM_SAVED, SIM_STOPPED } sim_state;

struct sim_system {
  sim_system *next;
  size_t references; /* handles, processes, jobs */
  size_t handles;
  char *id;
  sim_state state;
  bool busy;    /* an operation is under way */
  bool dead;    /* its creation failed: known to handles only */
  bool foreign; /* another process created it */
  bool known;   /* it is foreign, and its document was read */
  bool stored;  /* other processes can find it */
  bool polled;  /* a job looks whether others ended it */
  bool kept;    /* it runs on without handles: a reference of its own */
  int32_t exit_code;
  const char *exit_type;
  uint64_t started_ms, created_wall_ms, memory_peak;
  hcsref_arena arena;
  hcsref_str document; /* that created it, for other processes; empty: they cannot run anything in it */
  sim_container container;
  sim_source source;
  sim_process *processes;
  size_t process_count;
  os_group *group;
};

struct sim_process {
  sim_process *next; /* of its system */
  size_t references; /* handles, the watcher */
  sim_system *system;
  os_process *process;
  uint32_t number;
  uint64_t started; /* as os_process_started has it */
  uint64_t created_wall_ms;
  bool exited;
  bool foreign; /* another process started it */
  uint32_t exit_code;
  uint64_t user, kernel; /* 100 ns, once it has exited */
  char *image;
  sim_source source;
};

struct sim_operation {
  size_t references; /* the handle, jobs */
  bool started, done, cancelled, has_info, closed;
  sim_api api;
  sim_handle self;
  uint32_t code;
  char *document;
  sim_process_info info;
  const void *context;
  hcsref_hcs_completion callback;
};

/* handle.c */
sim_handle sim_handle_new(sim *s, sim_kind kind, void *object);
/** Null, and the call failed with ERROR_INVALID_HANDLE, when it is none of `kind`. */
void *sim_handle_get(sim_call *call, sim_handle handle, sim_kind kind);
/** The same without a call to fail. */
void *sim_handle_object(const sim *s, sim_handle handle, sim_kind kind);
/** What the handle is, or SIM_FREE. */
sim_kind sim_handle_kind(const sim *s, sim_handle handle);
/** Frees it; with the last one the service's thread ends. */
void sim_handle_free(sim *s, sim_handle handle);
/** Does anybody have a handle? */
bool sim_has_handles(const sim *s);

/* dispatch.c */
/** A copy of `job` runs `delay` ms from now; on failure (out of memory) false. */
bool sim_schedule(sim *s, const sim_job *job, uint32_t delay);
/** Counts a thread of the service; pair with sim_thread_ends on that thread, under the lock. */
bool sim_thread_starts(sim *s, void (*run)(void *context), void *context);
void sim_thread_ends(sim *s);

/* notify.c */
void sim_tell(sim *s, sim_source *source, sim_event event, uint32_t delay);

void sim_unsubscribe_owner(sim_call *call, sim_source *source, sim_handle owner);

/* operation.c */
void sim_operation_end(sim *s, sim_operation *operation, uint32_t code, char *document);
void sim_operation_release(sim *s, sim_operation *operation);
sim_operation *sim_operation_get(sim_call *call, sim_handle handle);

/* lifetime.c */
/** The exit code of a process that was ended: ERROR_PROCESS_ABORTED, as hcsshim's own tests want it
 * (test/functional/container_test.go). */
#define SIM_PROCESS_ABORTED 1067u
/** Gives a reference back; with the last one it is gone, and a VM may be with its last container. */
void sim_system_release(sim *s, sim_system *system);
void sim_process_release(sim *s, sim_process *process);
/** Ends all processes of a system, those that other processes of the simulator started as well. */
void sim_processes_end(sim *s, sim_system *system);

/* system.c */
/** The caller holds a reference. */
void sim_system_stop(sim *s, sim_system *system, uint32_t code, const char *exit_type);
sim_system *sim_system_running(sim_call *call, sim_handle handle);
/** Takes over what other processes did with it. The caller holds a reference. */
void sim_system_refresh(sim *s, sim_system *system);
/** Looks for that every now and then, for as long as others have handles. */
void sim_system_poll(sim *s, sim_system *system);
/** A system of a VM's guest, which nobody else finds, with a handle. Null: the call failed. */
sim_system *sim_system_hidden(sim_call *call, hcsref_str id, sim_system *machine, sim_handle *handle);
/** sim_close_system without a call. */
void sim_close_system_of(sim *s, sim_handle handle);

/* container.c: what changes of a running container share with its creation. `list`s live in `arena`. */
/** The newest schema version 2.x that a build knows; negative: none. */
int32_t sim_newest_minor(uint32_t build);

/* mapping.c: what documents and changes share */
/** The call fails: the value of what `path` names is not valid, and why. */
bool sim_refuse(sim_call *call, uint32_t code, const char *path, hcsref_str value, const char *why);
/** A copy in `arena`; on failure the call fails. */
bool sim_keep(sim_call *call, hcsref_arena *arena, hcsref_str text, hcsref_str *out);
bool sim_path_exists(sim_call *call, hcsref_str path);
bool sim_check_processor(sim_call *call, int64_t count, int64_t maximum, int64_t weight);
bool sim_is_guid(hcsref_str text);
/** A random one. */
bool sim_new_guid(sim_call *call, hcsref_guid *out);
bool sim_add_directory(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str inside, hcsref_str outside,
                       bool read_only);
bool sim_add_pipe(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str name, hcsref_str host);

/* service.c: the service's own settings, as it answers for them */
bool sim_append_cpu_groups(sim_call *call, hcsref_buf *out);
bool sim_append_guards(sim_call *call, hcsref_buf *out);

/* store.c: one small file an object in a folder of the state */
/** A member of a stored structure, and the structure's type, whose fields are `rows`. */
#define SIM_STORED(structure, member, name, type, omit_empty)                                                          \
  { name, sizeof(name) - 1, offsetof(structure, member), &(type), NULL, omit_empty, 0, 0, NULL }
#define SIM_STORED_TYPE(structure, name, rows)                                                                         \
  { HCSREF_STRUCT, name, sizeof(structure), NULL, rows, sizeof(rows) / sizeof((rows)[0]), 0, NULL, 0 }
bool sim_store_read(sim *s, hcsref_arena *arena, const char *kind, hcsref_str key, const hcsref_type *type, void *out);
bool sim_store_write(sim *s, const char *kind, hcsref_str key, const hcsref_type *type, const void *value);
void sim_store_remove(sim *s, const char *kind, hcsref_str key);
/** Calls `each` for every object of the kind with its decoded value, in one buffer that is zeroed each time. */
void sim_store_list(sim *s, hcsref_arena *arena, const char *kind, const hcsref_type *type, void *value,
                    void (*each)(void *context, const void *value), void *context);

/* codes.c */
/** The HRESULT of the call in the form of its DLL. */
hcsref_hresult sim_result_form(const sim_call *call);
const char *sim_message(uint32_t code);
char *sim_text_copy(hcsref_str text);
/** NUL-terminated in the arena; null: out of memory. */
char *sim_c_string(hcsref_arena *arena, hcsref_str text);

/* layer_path.c */
/** A layer's path without \\?\ and without what separates behind it. */
hcsref_str sim_layer_path(hcsref_str path);
/** A bare name as the path of the layer of that name beside `path`; anything else as it is. False: out of memory. */
bool sim_layer_beside(hcsref_arena *arena, hcsref_str path, hcsref_str name, hcsref_str *out);

/* layer.c, namespace.c */
bool sim_layer_is_active(sim_call *call, hcsref_str path);
/** Are they all there? The call fails when one is not. */
bool sim_layer_check_parents(sim_call *call, const hcsref_str *parents, size_t count);
size_t sim_count_layers(sim *s);
/** The folder of what a mounted volume shows; empty when it shows nothing. False: out of memory. */
bool sim_layer_root(sim *s, hcsref_arena *arena, hcsref_str volume, hcsref_str *out);
/** The same of a scratch that a utility VM attaches by itself, active or not. The call fails when there is none. */
bool sim_layer_attach(sim_call *call, hcsref_arena *arena, hcsref_str path, const hcsref_str *parents, size_t count,
                      hcsref_str *out);

/* volume.c */
/** In a scratch's folder: what its volume shows. */
#define SIM_VOLUME_FOLDER "Volume"
bool sim_volume_is_empty(const char *folder);
/** Fills it from the parents, topmost first, when it is empty. The call fails when that is not possible. */
bool sim_volume_fill(sim_call *call, hcsref_str path, const hcsref_str *parents, size_t count);
/** The host's path of one on the container's drive C:, when the volume has it, or is where it would be made. */
bool sim_volume_path(const sim_container *c, hcsref_arena *arena, hcsref_str path, hcsref_str *out);
/** The program that a command's first word means, when the volume has it; `search` is the container's PATH. */
char *sim_volume_program(const sim_container *c, hcsref_arena *arena, hcsref_str search, hcsref_str word);
/** The container's PATH as its processes get it: the folders that the volume has, then all as they are. False: out of
 * memory. */
bool sim_volume_search(const sim_container *c, hcsref_arena *arena, hcsref_str search, hcsref_str *out);
size_t sim_count_namespaces(sim *s);

/* rules.c */
/** False, with a complaint (which may be null): there is no such rule. */
bool sim_rules_load(sim *s, const char *text, char *complaint);
bool sim_has_rule(const sim *s, sim_rule rule);

/* fault.c */
bool sim_faults_load(sim *s, const sim_settings *settings);
sim_fault sim_fault_for(sim *s, const char *call);

/* shared.c: systems of which other processes may have handles */
typedef struct sim_stored_process {
  uint32_t number;
  uint64_t started; /* numbers are used again, and others may have written the file */
  uint32_t of;      /* of what runs: the process that started it, */
  uint64_t created; /* when, by the clock, */
  hcsref_str image; /* and its program's name */
} sim_stored_process;
typedef struct sim_stored_system {
  hcsref_str id, owner, state;
  uint32_t creator; /* process number, and when it began */
  uint64_t creator_started;
  bool terminate_on_last_handle;
  bool named_job;       /* its processes are in the job of its name */
  hcsref_slice running; /* []sim_stored_process */
  hcsref_slice holders; /* []sim_stored_process: who has handles */
  hcsref_str document;  /* that created it; empty: not for others */
} sim_stored_system;
extern const hcsref_type sim_stored_system_type;
/** Writes this process's part of what others may see; removes it all when the system has stopped. True: another process
 * has a handle. */
bool sim_system_store(sim *s, sim_system *system);
/** What others may see of it: does it run, has another process a handle? False: it is not there. */
bool sim_system_look(sim *s, const sim_system *system, bool *running, bool *held);
/** Gives up this process's handles. False: no other process has one, and nothing was written. */
bool sim_system_leave(sim *s, sim_system *system);
/** False, and forgotten, when it ended with the last process that had a handle; also for one of this process's own. */
bool sim_stored_system_lives(sim *s, const sim_stored_system *stored);
/** Ends what other processes run in it. */
void sim_system_end_others(sim *s, const sim_system *system);
/** Appends what other processes of the simulator run in it, whether this one has handles of them or not; it lives in
 * `arena`. False: out of memory. */
bool sim_system_others(sim *s, hcsref_arena *arena, const sim_system *system, hcsref_slice *out);
const char *sim_state_name(const sim_system *system);
/** The system of that id that has not ended, or null. */
sim_system *sim_find_system(const sim *s, hcsref_str id);

#endif

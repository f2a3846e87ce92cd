/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The simulated Host Compute Service: compute systems, processes, operations, notifications, layers and network
 * namespaces, without anything of Windows in it. dll/ puts the real exports in front of it.
 *
 * Every exported function is one call: sim_begin takes the service's lock, applies a planned fault and starts the
 * line of the recording; what the function does follows and stops doing anything once call->code is a failure;
 * sim_end writes the line and gives the lock back. Callbacks run on the service's own thread, never under the lock.
 *
 * Codes inside are those of computecore.dll (0x8037xxxx); sim_end gives vmcompute.dll its own form. What follows a
 * public source says so; where Windows' behaviour is not published, the rule is the simulator's own choice and
 * docs/hcssim.md lists it.
 */
#ifndef HCSSIM_SIM_H
#define HCSSIM_SIM_H

#include "engine/os/os.h"
#include "hcsref/hcsref.h"

/** Limits of the simulator. */
#define SIM_MAX_DOCUMENT  ((size_t)4 << 20) /* bytes of one document */
#define SIM_MAX_HANDLES   ((size_t)65536)
#define SIM_MAX_SYSTEMS   ((size_t)4096)
#define SIM_MAX_PROCESSES ((size_t)1024) /* of one system */
#define SIM_MAX_FAULTS    ((size_t)256)
#define SIM_MAX_EVENTS    ((size_t)16) /* kept for one system or process */
#define SIM_MAX_COMPLAINT 256
#define SIM_MAX_SETTINGS  ((size_t)256) /* CPU groups, and as many credential guards */
#define SIM_MAX_DEPTH     64            /* of a document */

/** HCN_E_INVALID_JSON: what the network service says of a document that it does not accept. */
#define SIM_HCN_INVALID_JSON 0x803B001Bu

typedef struct sim sim;
typedef struct sim_system sim_system;
typedef struct sim_process sim_process;
typedef struct sim_operation sim_operation;
typedef struct sim_subscription sim_subscription;
typedef struct sim_machine sim_machine;

/** How the real service answers where that is not published, as far as its clients report it. */
typedef enum sim_rule {
  SIM_RULE_SHUTDOWN_OPTIONS, /**< computecore.dll shuts nothing down without options */
  SIM_RULE_QUERY_TEXT,       /**< an empty text is no question for properties; without one the answer has no State */
  SIM_RULE_OPEN_ACCESS,      /**< HcsOpenComputeSystem refuses STANDARD_RIGHTS_REQUIRED and all specific rights */
  SIM_RULE_NOT_JSON,         /**< what is no JSON is invalid data, before build 26100 */
  SIM_RULE_DOCUMENT_FORM,    /**< result documents have the codes of vmcompute.dll in every DLL */
  SIM_RULE_NO_HYPERVISOR,    /**< without a hypervisor vmcompute.dll takes a machine's document for invalid JSON */
  SIM_RULE_EVENT_FLAGS       /**< events of computecore.dll's result documents have Flags */
} sim_rule;

/** Which DLL a call came through, or that the guest of a VM was asked: it decides the form of codes and how a long
 * operation ends. */
typedef enum sim_api { SIM_COMPUTECORE, SIM_VMCOMPUTE, SIM_STORAGE, SIM_NETWORK, SIM_GUEST } sim_api;

typedef struct sim_settings {
  const char *state;  /**< folder that outlives the process: layers, namespaces, systems; null: none is kept */
  const char *record; /**< file that every call is written to; null: none */
  const char *faults; /**< file of planned faults; null: none */
  uint32_t build;     /**< OS build that the service is of */
  /** Names that a planned fault may have, null at the end; null: any name. */
  const char *const *calls;
  /** Room for SIM_MAX_COMPLAINT bytes that say what is wrong with the file of faults; null: nobody asks. */
  char *complaint;
  bool no_hypervisor; /**< there are no virtual machines */
  const char *rules;  /**< NAME turns a rule of sim_rule on, -NAME off; commas or blanks between; null: none */
  bool guests;        /**< virtual machines have a guest that their client can speak with */
} sim_settings;

/** A service of its own; null: out of memory, or the file of faults is wrong. Settings are copied. */
sim *sim_open(const sim_settings *settings);
/** Ends every container, waits for the service's threads and frees all. No call may run or come later. */
void sim_close(sim *s);
/** What is there right now: nothing of it may be left when a client has cleaned up. */
typedef struct sim_counts {
  size_t systems, processes, operations, subscriptions, handles, namespaces_open, threads;
  size_t layers_active, namespaces;
} sim_counts;
void sim_count(sim *s, sim_counts *out);
/** Kinds of handles: systems, processes, operations, callbacks, namespaces, networks, endpoints, load balancers,
 * routes. */
#define SIM_HANDLE_KINDS 9
/** Open handles of each kind; takes no lock. */
void sim_open_handles(const sim *s, size_t out[SIM_HANDLE_KINDS]);

/* ---- calls ------------------------------------------------------------------------------------------------ */

typedef enum sim_fault_kind {
  SIM_FAULT_NONE,
  SIM_FAULT_FAIL,       /* the function itself fails */
  SIM_FAULT_FAIL_LATER, /* it starts, and its operation fails */
  SIM_FAULT_HANG,       /* the operation never ends; a function without one never returns */
  SIM_FAULT_LATE,       /* the operation, or the function, takes `ms` longer */
  SIM_FAULT_DISCONNECT, /* the service goes away */
  SIM_FAULT_KILL        /* this process ends */
} sim_fault_kind;

typedef struct sim_fault {
  sim_fault_kind kind;
  uint32_t code, ms;
} sim_fault;

typedef struct sim_call {
  sim *sim;
  sim_api api;
  const char *name;
  hcsref_arena arena;  /* what the call needs until sim_end */
  hcsref_buf in, out;  /* members of the recorded line */
  uint32_t code;       /* 0, a failure or HCSREF_VMCOMPUTE_PENDING */
  hcsref_str document; /* what came back besides: a result document or an answer */
  sim_fault fault;     /* what is planned for the operation that the call starts */
  os_lock *lock;       /* other processes' calls to the network wait for it */
  bool by_guest;       /* documents are read by the guest of a virtual machine */
} sim_call;

/** `deferred`: the function starts something whose end is told later, through an operation or a notification. */
void sim_begin(sim_call *call, sim *s, sim_api api, const char *name, bool deferred);
/** The HRESULT in the form of the call's DLL. The arena lives until sim_finish. */
hcsref_hresult sim_end(sim_call *call);
void sim_finish(sim_call *call);
static inline bool sim_going(const sim_call *call) {
  return call->code == 0;
}

/** Adds an argument (`in`) or a result (`out`) to the recorded line. */
void sim_note_text(sim_call *call, hcsref_buf *members, const char *name, hcsref_str value);
void sim_note_document(sim_call *call, hcsref_buf *members, const char *name, hcsref_str json);
void sim_note_number(sim_call *call, hcsref_buf *members, const char *name, uint64_t value);

/** Makes the call fail with `code` and, for the compute functions, a result document whose event says `format`
 * (as hcsref_format). False, so that `return sim_fail(…)` reads well. */
bool sim_fail(sim_call *call, uint32_t code, const char *format, ...);
/** sim_fail for a document that is not accepted; `path` is a JSON path ("$.Container"). A guest's refusal is
 * HCS_E_INVALID_JSON (hcsshim 2714). */
bool sim_reject(sim_call *call, hcsref_str path);

/* ---- documents ---------------------------------------------------------------------------------------------- */

/** A container as either schema describes it, or a virtual machine. Lives in its system's arena. */
typedef struct sim_container {
  bool schema2;
  hcsref_str owner, hostname, name_space, volume;
  hcsref_str root; /* the folder that the volume shows; empty: it shows nothing */
  bool terminate_on_last_handle;
  uint32_t processors;      /* 0: all */
  uint64_t memory_mb;       /* 0: unlimited */
  hcsref_slice directories; /* of sim_mapping */
  hcsref_slice pipes;       /* of sim_mapping */
  hcsref_slice layers;      /* of hcsref_v2_layer */
  hcsref_slice registry;    /* of hcsref_v2_registry_value */
  sim_machine *machine;     /* a virtual machine; null: a container */
  sim_system *host;         /* the virtual machine that it runs in, which it keeps; null: none */
  hcsref_guid guid;         /* its address on Hyper-V sockets in that machine */
} sim_container;

typedef struct sim_mapping {
  hcsref_str inside, outside; /* pipes: names without \\.\pipe\ */
  bool read_only;
} sim_mapping;

/** Checks a create document strictly and understands it. */
bool sim_read_container(sim_call *call, hcsref_arena *arena, hcsref_str text, sim_container *out);
/** Decodes `text` (empty: an empty object) after a strict check: known names in their exact case, right kinds, numbers
 * in range. */
bool sim_read_document(sim_call *call, hcsref_str text, const hcsref_type *type, void *out);
/** sim_fail for a document that is no JSON, or too long. */
bool sim_reject_text(sim_call *call, hcsref_str why);
/** Is there such a member in the document? False when it is not JSON. */
bool sim_has_member(sim_call *call, hcsref_str text, const char *name);
/** The path as the container's process must name it: container paths, pipes and registry keys that the document maps
 * are replaced by the host's. Null: out of memory. */
char *sim_view(const sim_system *system, hcsref_str text);
/** The container's mapped directories for the programs that follow them by themselves (wine/routes.h); null when out of
 * memory. */
char *sim_view_mapped(const sim_system *system, hcsref_arena *arena);

/* ---- systems ------------------------------------------------------------------------------------------------ */

/** A handle as clients hold it; 0 is none. */
typedef uintptr_t sim_handle;

sim_handle sim_create_system(sim_call *call, hcsref_str id, hcsref_str document, sim_handle operation);
sim_handle sim_open_system(sim_call *call, hcsref_str id);
void sim_close_system(sim_call *call, sim_handle handle);

typedef enum sim_action {
  SIM_CREATE,
  SIM_START,
  SIM_SHUTDOWN,
  SIM_TERMINATE,
  SIM_PAUSE,
  SIM_RESUME,
  SIM_SAVE
} sim_action;
/** Everything but SIM_CREATE. */
void sim_act(sim_call *call, sim_handle handle, sim_action action, sim_handle operation);
/** Answers in call->document. */
void sim_system_properties(sim_call *call, sim_handle handle, hcsref_str query_text);
void sim_enumerate(sim_call *call, hcsref_str query_text);
/** Changes settings of the service itself: CPU groups, credential guards. */
void sim_modify_service(sim_call *call, hcsref_str text);
void sim_service_properties(sim_call *call, hcsref_str query_text);
void sim_modify_system(sim_call *call, sim_handle handle, hcsref_str request);
/** Waits; HCSREF_HCS_TIMEOUT when it takes longer. Answers with SystemExitStatus. */
void sim_wait_system(sim_call *call, sim_handle handle, uint32_t ms);

/* ---- processes ---------------------------------------------------------------------------------------------- */

typedef struct sim_process_info {
  uint32_t number;
  os_stream streams[3];
} sim_process_info;

/** `info` gets the streams, which are then the caller's. */
sim_handle sim_create_process(sim_call *call, sim_handle system_handle, hcsref_str parameters, sim_process_info *info);
sim_handle sim_open_process(sim_call *call, sim_handle system_handle, uint32_t number);
void sim_close_process(sim_call *call, sim_handle handle);
void sim_terminate_process(sim_call *call, sim_handle handle);
void sim_signal_process(sim_call *call, sim_handle handle, hcsref_str options);
void sim_modify_process(sim_call *call, sim_handle handle, hcsref_str settings);
/** Answers with ProcessStatus. */
void sim_process_properties(sim_call *call, sim_handle handle);
void sim_process_number(sim_call *call, sim_handle handle, uint32_t *number);
void sim_wait_process(sim_call *call, sim_handle handle, uint32_t ms);

/* ---- operations and notifications ------------------------------------------------------------------------------- */

sim_handle sim_create_operation(sim_call *call, const void *context, hcsref_hcs_completion callback);
void sim_close_operation(sim_call *call, sim_handle handle);
const void *sim_operation_context(sim_call *call, sim_handle handle);
void sim_cancel_operation(sim_call *call, sim_handle handle);
void sim_set_operation_callback(sim_call *call, sim_handle handle, const void *context, hcsref_hcs_completion callback);
/** The result of an operation, waiting for it `ms`; `info` (may be null) what a process creation left. */
void sim_operation_result(sim_call *call, sim_handle handle, uint32_t ms, bool wait, sim_process_info *info);
/** Marks an operation as started. False: there is none, it is in use, or a planned fault decides its end; the function
 * is not to be performed. */
bool sim_start_operation(sim_call *call, sim_handle handle);
/** What the function did is given to its operation: code, document and `info` (may be null). The call itself has then
 * succeeded. */
void sim_complete_operation(sim_call *call, sim_handle handle, const sim_process_info *info);

/** Registers for what happens to a system or a process; exactly one of the callbacks. */
sim_handle sim_subscribe(sim_call *call, sim_handle target, hcsref_hcs_notification_callback notification,
                         hcsref_hcs_event_callback event, void *context);
/** Waits until its running callback has returned, unless it is called from there. */
void sim_unsubscribe(sim_call *call, sim_handle handle);
/** computecore.dll: one callback a handle; both null removes it. */
void sim_set_callback(sim_call *call, sim_handle target, hcsref_hcs_event_callback event, void *context);

/* ---- storage and network ---- */

hcsref_guid sim_name_to_guid(hcsref_str name);
void sim_layer_create_scratch(sim_call *call, hcsref_str path, const hcsref_str *parents, size_t count);
void sim_layer_activate(sim_call *call, hcsref_str path);
void sim_layer_prepare(sim_call *call, hcsref_str path, const hcsref_str *parents, const hcsref_guid *ids,
                       size_t count);
/** A scratch's volume; another layer's folder. */
void sim_layer_mount_path(sim_call *call, hcsref_str path, hcsref_str *out);
void sim_layer_unprepare(sim_call *call, hcsref_str path);
void sim_layer_deactivate(sim_call *call, hcsref_str path);
/** Only of a folder that has nothing else in it than layers have. */
void sim_layer_destroy(sim_call *call, hcsref_str path);
void sim_layer_create(sim_call *call, hcsref_str path, hcsref_str parent);
void sim_layer_process_base(sim_call *call, hcsref_str path);
void sim_layer_process_utility(sim_call *call, hcsref_str path);
/** From and to a folder in the transport form (engine/layers/transport.h). */
void sim_layer_import(sim_call *call, hcsref_str path, hcsref_str from, const hcsref_str *parents, size_t count);
void sim_layer_export(sim_call *call, hcsref_str path, hcsref_str to, const hcsref_str *parents, size_t count);
void sim_layer_exists(sim_call *call, hcsref_str path, bool *out);
/** Is it the volume of a prepared layer? True when no state is kept. */
bool sim_is_mounted(sim *s, hcsref_str volume);

/** The kinds of objects of the network service, which all are opened, asked, listed and deleted alike. */
typedef struct sim_class sim_class;
extern const sim_class sim_networks, sim_endpoints, sim_namespaces, sim_balancers, sim_routes;

void sim_hcn_open(sim_call *call, const sim_class *class, hcsref_guid id, sim_handle *out);
/** Answers with the object's document. */
void sim_hcn_query(sim_call *call, const sim_class *class, sim_handle handle, hcsref_str query_text);
void sim_hcn_close(sim_call *call, const sim_class *class, sim_handle handle);
void sim_hcn_delete(sim_call *call, const sim_class *class, hcsref_guid id);
/** Answers with a list of ids; the query's filter chooses by text members. */
void sim_hcn_enumerate(sim_call *call, const sim_class *class, hcsref_str query_text);

/** A zero id: the settings' own, else a new one. */
void sim_namespace_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out);
void sim_network_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out);
void sim_endpoint_create(sim_call *call, sim_handle network_handle, hcsref_guid id, hcsref_str settings,
                         sim_handle *out);
void sim_balancer_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out);
void sim_route_create(sim_call *call, hcsref_guid id, hcsref_str settings, sim_handle *out);
void sim_namespace_modify(sim_call *call, sim_handle handle, hcsref_str request_text);
void sim_network_modify(sim_call *call, sim_handle handle, hcsref_str request_text);
void sim_endpoint_modify(sim_call *call, sim_handle handle, hcsref_str request_text);
void sim_balancer_modify(sim_call *call, sim_handle handle, hcsref_str settings);
void sim_route_modify(sim_call *call, sim_handle handle, hcsref_str settings);
/** Answers with the endpoint's statistics. */
void sim_endpoint_stats(sim_call *call, sim_handle handle, hcsref_str query_text);
/** HNSCall of vmcompute.dll: what goes wrong is told in the answer. */
void sim_hns_call(sim_call *call, hcsref_str method, hcsref_str path, hcsref_str text);
bool sim_namespace_exists(sim *s, hcsref_str id);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Stage 3: a document becomes a running container. Everything goes through tables of entry points, so that the same
 * code runs on Windows (hcsref/windows.h) and against the simulated service in tests.
 *
 * A container is brought up step by step (layers, network namespace, create, start) and taken down by one call that
 * undoes in reverse whatever was done. Every call of the service has a time limit: one that never returns is left to
 * its thread, with the memory that it uses.
 *
 * Error codes: "hcs-failed" (the service said no: hcsref_live_last tells its code), "hcs-timeout", "hcs-missing" (a DLL
 * or an export is not there), "hcs-answer" (an answer that cannot be understood), "out-of-memory". The message names
 * the call, the code with its name, and what the result document says.
 */
#ifndef HCSREF_LIVE_H
#define HCSREF_LIVE_H

#include "hcsref/hcsapi.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the live stage needs of the operating system. */
typedef struct hcsref_live_os {
  uint64_t (*now_ms)(void); /* of a clock that only goes forward */
  void (*sleep_ms)(uint32_t ms);
  /** Runs `run(context)` on a thread of its own and waits for its end: false when `ms` milliseconds were not enough.
   * The thread then goes on. Also false, with `*started` false, when no thread could be started. */
  bool (*run_limited)(void (*run)(void *context), void *context, uint32_t ms, bool *started);
  /** A lock with a condition. */
  void *(*monitor_new)(void);
  void (*monitor_free)(void *monitor);
  void (*monitor_enter)(void *monitor);
  void (*monitor_leave)(void *monitor);
  void (*monitor_wait)(void *monitor, uint32_t ms);
  void (*monitor_wake)(void *monitor);
  /** A standard stream of a process: bytes read, 0 at its end, negative on failure. */
  ptrdiff_t (*stream_read)(hcsref_os_handle stream, void *data, size_t size);
  bool (*stream_write)(hcsref_os_handle stream, const void *data, size_t size);
  void (*stream_close)(hcsref_os_handle stream);
  /** Makes a folder that is not there, on Windows for SYSTEM and administrators alone; false when it is there or cannot
   * be made. */
  bool (*folder_make)(hcsref_str path);
  bool (*folder_remove)(hcsref_str path);
} hcsref_live_os;

/** The service as it was found. */
typedef struct hcsref_live_api {
  const hcsref_computecore *core; /**< null: not there, or not to be used */
  const hcsref_vmcompute *vm;     /**< used when `core` is null */
  const hcsref_wclayer *layers;
  const hcsref_computenetwork *network; /**< null: no namespaces */
  void (*free_core_text)(hcsref_wchar *text);
  void (*free_vm_text)(hcsref_wchar *text);
  const hcsref_live_os *os;
} hcsref_live_api;

typedef struct hcsref_live_settings {
  uint32_t call_ms;   /**< limit of a call that is answered at once; 0: 60 000 */
  uint32_t action_ms; /**< limit of create, start, shutdown and terminate; 0: 240 000, hcsshim's */
  bool dry;           /**< calls are traced, not made */
  /** Told before each call: "ActivateLayer C:\\scratch". Null: nobody. */
  void (*trace)(void *ctx, hcsref_str line);
  void *trace_ctx;
} hcsref_live_settings;

typedef struct hcsref_live hcsref_live;
typedef struct hcsref_live_process hcsref_live_process;

/** Nothing is called yet. Null: out of memory. */
HCSREF_API hcsref_live *hcsref_live_new(const hcsref_live_api *api, const hcsref_live_settings *settings);
/** Undoes what was done, in reverse, whatever fails on the way, and frees `live`. False: something is left; `*message`
 * (may be null) is in `arena` and says what. */
HCSREF_API bool hcsref_live_close(hcsref_live *live, hcsref_arena *arena, hcsref_str *message);

/** The HRESULT of the call that failed last; 0 when it was none of the service's. */
HCSREF_API hcsref_hresult hcsref_live_last(const hcsref_live *live);

/** NameToGuid of a layer's name. */
HCSREF_API bool hcsref_live_layer_id(hcsref_live *live, hcsref_str name, hcsref_guid *id, hcsref_error *err);
/** Mounts `scratch` over `parents` (topmost first, base last): makes the scratch when `make` (then it is destroyed in
 * the end), activates and prepares it with upstream's five tries, and gives the volume's path. Source: hcsshim
 * internal/layers/wcow_mount.go, internal/hcsoci/resources_wcow.go. */
HCSREF_API bool hcsref_live_mount(hcsref_live *live, const hcsref_str *parents, size_t count, hcsref_str scratch,
                                  bool make, hcsref_str *volume, hcsref_error *err);
/** Makes a network namespace with these endpoints (GUID texts); its id is `*id`. Where hcsshim asks for the zero id and
 * learns of the chosen one by a query, an id of the caller's own is asked for: a query that fails then leaves nothing
 * that could not be deleted. Source: hcsshim hcn/hcnnamespace.go. */
HCSREF_API bool hcsref_live_namespace(hcsref_live *live, const hcsref_guid *wanted, const hcsref_str *endpoints,
                                      size_t count, hcsref_str *id, hcsref_error *err);
HCSREF_API bool hcsref_live_create(hcsref_live *live, hcsref_str id, hcsref_str document, hcsref_error *err);
HCSREF_API bool hcsref_live_start(hcsref_live *live, hcsref_error *err);
/** The answer to a property query ("" for the plain ones), as the service wrote it. */
HCSREF_API bool hcsref_live_properties(hcsref_live *live, hcsref_str query, hcsref_str *answer, hcsref_error *err);
/** Asks the container to end and waits until it has. */
HCSREF_API bool hcsref_live_shutdown(hcsref_live *live, hcsref_error *err);
/** The same without asking. One that has ended already is fine. */
HCSREF_API bool hcsref_live_terminate(hcsref_live *live, hcsref_error *err);
/** Opens a container that is there (cleanup): closing it then leaves it. */
HCSREF_API bool hcsref_live_open(hcsref_live *live, hcsref_str id, hcsref_error *err);
/** Takes over what an earlier process left, so that hcsref_live_close undoes it: a mounted scratch unless the text is
 * empty, and the namespace `name_space` unless that is null. */
HCSREF_API void hcsref_live_adopt(hcsref_live *live, hcsref_str scratch, const hcsref_guid *name_space);
/** Does the service list a network namespace with this id? Always false where there is no computenetwork.dll. Source:
 * hcsshim hcn/hcnnamespace.go ListNamespaces. */
HCSREF_API bool hcsref_live_has_namespace(hcsref_live *live, const hcsref_guid *id, bool *there, hcsref_error *err);
/** The systems whose owner is `owner`: slice of hcsref_str, ids, in `live`'s memory. */
HCSREF_API bool hcsref_live_list(hcsref_live *live, hcsref_str owner, hcsref_slice *ids, hcsref_error *err);

/** Starts a process from its document (process-v1 or process-v2); the streams that it asks for are in
 * hcsref_live_process_info. The container must stay open as long as the process. */
HCSREF_API bool hcsref_live_run(hcsref_live *live, hcsref_str parameters, hcsref_live_process **out, hcsref_error *err);
HCSREF_API const hcsref_hcs_process_info *hcsref_live_process_info(const hcsref_live_process *process);
/** Tells the service that stdin has ended, and closes our end. */
HCSREF_API bool hcsref_live_close_stdin(hcsref_live_process *process, hcsref_error *err);
HCSREF_API bool hcsref_live_resize(hcsref_live_process *process, uint16_t width, uint16_t height, hcsref_error *err);
/** "CtrlC", "CtrlBreak", "CtrlClose", "CtrlLogOff", "CtrlShutdown". */
HCSREF_API bool hcsref_live_signal(hcsref_live_process *process, hcsref_str signal, hcsref_error *err);
/** One that has ended already is fine. */
HCSREF_API bool hcsref_live_kill(hcsref_live_process *process, hcsref_error *err);
/** Waits `ms` milliseconds for the end. Error "hcs-timeout": it still runs. */
HCSREF_API bool hcsref_live_wait(hcsref_live_process *process, uint32_t ms, uint32_t *exit_code, hcsref_error *err);
/** Ends what we hold of it; the process itself goes on. Null does nothing. */
HCSREF_API void hcsref_live_process_close(hcsref_live_process *process);

/** What a failed call comes to in words: "HcsStartComputeSystem: 0x80370105 (HCS_E_INVALID_STATE): text; event". The
 * document may be empty or anything. False: out of memory. */
HCSREF_API bool hcsref_live_describe(hcsref_arena *arena, hcsref_str call, hcsref_hresult result, hcsref_str document,
                                     hcsref_str *out);

/** Appends `argument` to a command line so that Windows' CommandLineToArgvW gives it back: quoted when it is empty or
 * holds a space or a tab (no other white space counts), each `"` escaped, and the backslashes before a `"` or before
 * the closing quote doubled. Source: Go syscall.EscapeArg, of which golang.org/x/sys/windows has a copy. */
HCSREF_API void hcsref_append_argument(hcsref_buf *buf, hcsref_str argument);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the live stage. */
#ifndef HCSREF_LIVE_LIVE_H
#define HCSREF_LIVE_LIVE_H

#include "hcsref/live.h"

/* Callbacks of vmcompute.dll write here; kept apart from what it is about, for one may come late. */
typedef struct live_inbox {
  void *monitor;
  const hcsref_live_os *os;
  bool created, started, exited, gone; /* gone: the service went away */
  hcsref_hresult status;               /* of the last of them */
} live_inbox;

/* One call of the service: its arguments and its answers. It never uses the container's memory, which another thread
 * may be using by the time it ends. */
typedef struct live_call {
  const hcsref_live_api *api;
  const hcsref_wchar *id, *document;
  hcsref_hcs_system system;
  hcsref_hcs_process process;
  hcsref_hcs_callback callback;
  hcsref_hcs_process_info info;
  live_inbox *inbox;
  uint32_t ms; /* how long the service may take */
  const hcsref_wc_layer *parents;
  size_t count, length;
  hcsref_wchar *buffer;
  hcsref_win_guid guid;
  hcsref_hcn_handle name_space;
  hcsref_hresult result;
  const char *failed; /* the function that did, when it is not the one that gave the call its name */
  hcsref_wchar *text;
  bool core_text; /* text is computecore.dll's */
} live_call;

/* One DLL's way to do what both can. Each runs on a thread of its own, under a limit. */
typedef struct live_backend {
  const char *create_name, *shutdown_name;
  void (*create)(live_call *call);   /* id, document → system, callback */
  void (*start)(live_call *call);    /* system */
  void (*shutdown)(live_call *call); /* system; waits for the end */
  void (*terminate)(live_call *call);
  void (*close)(live_call *call);      /* system, callback */
  void (*open)(live_call *call);       /* id → system */
  void (*properties)(live_call *call); /* system, document → text */
  void (*enumerate)(live_call *call);  /* document → text */
  void (*run)(live_call *call);        /* system, document → process, info, callback */
  void (*wait)(live_call *call);       /* process, ms → text */
  void (*kill)(live_call *call);       /* process */
  void (*signal)(live_call *call);     /* process, document */
  void (*modify)(live_call *call);     /* process, document */
  void (*close_process)(live_call *call);
} live_backend;

extern const live_backend live_core_backend, live_vm_backend;

struct hcsref_live {
  hcsref_arena arena;
  const hcsref_live_api *api;
  const live_backend *backend;
  hcsref_live_settings settings;
  bool abandoned; /* a call still runs: its memory, and so the arena, stays */
  hcsref_hresult last;
  live_inbox *inbox;
  /* what was done, for undoing */
  hcsref_str scratch;
  bool scratch_made, active, prepared;
  bool has_namespace;
  hcsref_win_guid name_space;
  hcsref_hcs_system system;
  hcsref_hcs_callback callback;
  bool created, opened, stopped;
  bool lost; /* its creation was left alone: it may be there, under `id` */
  hcsref_str id;
};

struct hcsref_live_process {
  hcsref_live *live;
  hcsref_hcs_process process;
  hcsref_hcs_callback callback;
  hcsref_hcs_process_info info;
  live_inbox *inbox;
  bool exited;
  uint32_t exit_code;
};

/* call.c */
live_call *hcsref_live_call_new(hcsref_live *live);
/* Makes the call: `name` is what it is called, `argument` what it is about. On success `*answer` (may be null) is its
 * text. */
bool hcsref_live_call(hcsref_live *live, live_call *call, const char *name, hcsref_str argument,
                      void (*run)(live_call *call), uint32_t limit_ms, hcsref_str *answer, hcsref_error *err);
/* The same for the functions that are not an action. */
bool hcsref_live_quick(hcsref_live *live, live_call *call, const char *name, hcsref_str argument,
                       void (*run)(live_call *call), hcsref_str *answer, hcsref_error *err);
const hcsref_wchar *hcsref_live_wide(hcsref_live *live, hcsref_str text);

/* inbox.c */
live_inbox *hcsref_live_inbox_new(const hcsref_live_os *os);
void hcsref_live_inbox_free(live_inbox *inbox);
void HCSREF_WINAPI hcsref_live_notified(uint32_t type, void *context, hcsref_hresult status, const hcsref_wchar *data);
/* Waits until `*flag` of the inbox is set: its status, or HCSREF_HCS_TIMEOUT. A system that exits and a service that
 * goes away end the wait too. Source: hcsshim internal/hcs/waithelper.go. */
hcsref_hresult hcsref_live_inbox_wait(live_inbox *inbox, const bool *flag, uint32_t ms);

/* layers.c, network.c: undo what they did; false when that failed */
bool hcsref_live_unmount(hcsref_live *live, hcsref_error *err);
bool hcsref_live_drop_namespace(hcsref_live *live, hcsref_error *err);

#endif

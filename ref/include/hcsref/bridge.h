/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The bridge between the shim and the guest of a utility VM: frames, the messages in them, and what the shim makes of
 * the answers. Source: hcsshim internal/gcs bridge.go, guestconnection.go, container.go, process.go; internal/gcs/prot.
 */
#ifndef HCSREF_BRIDGE_H
#define HCSREF_BRIDGE_H

#include "hcsref/profile.h"
#include "hcsref/schema2_live.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- frames ---- */

/** Bytes of a frame's header: type and size as little-endian 32-bit numbers, id as a 64-bit one. */
#define HCSREF_FRAME_HEADER 16
/** Most bytes of a frame, with its header. Source: prot MaxMsgSize. */
#define HCSREF_FRAME_LIMIT 0x10000

/** Types of requests; their answers have 0x2… where these have 0x1…. */
typedef enum hcsref_frame_type {
  HCSREF_FRAME_CREATE = 0x10100101,
  HCSREF_FRAME_START = 0x10100201,
  HCSREF_FRAME_SHUTDOWN_GRACEFUL = 0x10100301,
  HCSREF_FRAME_SHUTDOWN_FORCED = 0x10100401,
  HCSREF_FRAME_EXECUTE_PROCESS = 0x10100501,
  HCSREF_FRAME_WAIT_FOR_PROCESS = 0x10100601,
  HCSREF_FRAME_SIGNAL_PROCESS = 0x10100701,
  HCSREF_FRAME_RESIZE_CONSOLE = 0x10100801,
  HCSREF_FRAME_GET_PROPERTIES = 0x10100901,
  HCSREF_FRAME_MODIFY_SETTINGS = 0x10100a01,
  HCSREF_FRAME_NEGOTIATE_PROTOCOL = 0x10100b01,
  HCSREF_FRAME_DUMP_STACKS = 0x10100c01,
  HCSREF_FRAME_DELETE_CONTAINER_STATE = 0x10100d01
} hcsref_frame_type;

typedef struct hcsref_frame {
  uint32_t type;
  uint64_t id;
  hcsref_str payload; /**< JSON, ended by a line feed */
} hcsref_frame;

/** Appends the bytes of a frame. False: its payload is longer than a frame may be; nothing is appended. */
HCSREF_API bool hcsref_frame_append(hcsref_buf *buf, const hcsref_frame *frame);
/** Reads the frame that `bytes` begin with, whose payload is in there; `*used` its length. False with `*used` 0: there
 * is not all of it yet; else error "frame-size", as upstream words it. */
HCSREF_API bool hcsref_frame_read(hcsref_arena *arena, hcsref_str bytes, hcsref_frame *out, size_t *used,
                                  hcsref_error *err);

/* ---- messages ---- */

/** Where frames go. */
typedef struct hcsref_bridge_transport {
  /** Sends a frame and waits for the guest's answer, JSON in `arena`. False: out of memory. */
  bool (*exchange)(void *ctx, hcsref_arena *arena, const hcsref_frame *frame, hcsref_str *answer);
  void *ctx;
} hcsref_bridge_transport;

/** When a time begins to count, as Windows' SYSTEMTIME has it. Source: hcsshim internal/hcs/schema2 SystemTime. */
typedef struct hcsref_v2_system_time {
  int32_t year, month, day_of_week, day, hour, minute, second, milliseconds;
} hcsref_v2_system_time;

/** Of a VM that keeps its host's time. Source: hcsshim internal/hcs/schema2 TimeZoneInformation. */
typedef struct hcsref_v2_time_zone_information {
  int32_t bias; /* minutes */
  hcsref_str standard_name;
  hcsref_v2_system_time *standard_date;
  int32_t standard_bias;
  hcsref_str daylight_name;
  hcsref_v2_system_time *daylight_date;
  int32_t daylight_bias;
} hcsref_v2_time_zone_information;

HCSREF_API extern const hcsref_type hcsref_type_v2_time_zone_information;

/** The shim's end of a bridge. Lives in its arena. */
typedef struct hcsref_bridge hcsref_bridge;

/** Connects: negotiates, and if the guest wants it creates and starts the VM's own system. `timezone` null: none is
 * told. All calls fail with "bridge" and upstream's text, or with "out-of-memory". */
HCSREF_API bool hcsref_bridge_connect(hcsref_arena *arena, const hcsref_profile *profile,
                                      const hcsref_bridge_transport *transport,
                                      const hcsref_v2_time_zone_information *timezone, hcsref_bridge **out,
                                      hcsref_error *err);
/** Creates a container; `config` is the JSON text of its document. */
HCSREF_API bool hcsref_bridge_create(hcsref_bridge *bridge, hcsref_str id, hcsref_str config, hcsref_error *err);
/** Sends a message that has nothing but the container's id: START, SHUTDOWN_GRACEFUL, SHUTDOWN_FORCED, DUMP_STACKS,
 * DELETE_CONTAINER_STATE. A system that is gone need not be shut down. `id` empty: the VM's own, but for
 * DELETE_CONTAINER_STATE, which is sent as it is. */
HCSREF_API bool hcsref_bridge_tell(hcsref_bridge *bridge, hcsref_frame_type type, hcsref_str id, hcsref_error *err);
/** Changes a container's settings, or with an empty `id` the VM's: `request` is JSON text. */
HCSREF_API bool hcsref_bridge_modify(hcsref_bridge *bridge, hcsref_str id, hcsref_str request, hcsref_error *err);
/** Asks for properties of a container; `types` slice of hcsref_str. The answer's are read by the table of schema 2, and
 * not returned. Source: hcsshim internal/gcs container.go PropertiesV2, protocol.go UnmarshalText. */
HCSREF_API bool hcsref_bridge_properties(hcsref_bridge *bridge, hcsref_str id, const hcsref_slice *types,
                                         hcsref_error *err);
/** The same of schema 1. Source: container.go Properties. */
HCSREF_API bool hcsref_bridge_properties_v1(hcsref_bridge *bridge, hcsref_str id, const hcsref_slice *types,
                                            hcsref_error *err);

/** A process that was started over the bridge. */
typedef struct hcsref_bridge_process {
  hcsref_str container_id;
  uint32_t pid;
} hcsref_bridge_process;

/** Starts a process in a container, or with an empty `id` in the VM, and begins to wait for it. `params` is the JSON
 * text of its parameters. */
HCSREF_API bool hcsref_bridge_exec(hcsref_bridge *bridge, hcsref_str id, hcsref_str params, hcsref_bridge_process *out,
                                   hcsref_error *err);
/** Signals it; `options` is JSON text, empty to kill it. A process that is gone is no error. */
HCSREF_API bool hcsref_bridge_signal(hcsref_bridge *bridge, const hcsref_bridge_process *process, hcsref_str options,
                                     hcsref_error *err);
/** Tells it the size of its console. */
HCSREF_API bool hcsref_bridge_resize(hcsref_bridge *bridge, const hcsref_bridge_process *process, uint16_t width,
                                     uint16_t height, hcsref_error *err);

#ifdef __cplusplus
}
#endif

#endif

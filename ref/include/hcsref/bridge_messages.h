/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The messages between the shim and the guest of a utility VM, which bridge.h sends. Source: hcsshim
 * internal/gcs/prot/protocol.go.
 */
#ifndef HCSREF_BRIDGE_MESSAGES_H
#define HCSREF_BRIDGE_MESSAGES_H

#include "hcsref/bridge.h"

#ifdef __cplusplus
extern "C" {
#endif

/** One struct for all requests: each has a table of its own fields. */
typedef struct hcsref_message {
  hcsref_str container_id;
  hcsref_guid activity_id;
  uint32_t minimum_version, maximum_version;
  hcsref_str text; /* what is JSON in a string: a config, parameters, a query */
  hcsref_str raw;  /* JSON text of a request, options */
  uint32_t process_id, timeout_in_ms;
  uint16_t height, width;
  struct hcsref_message_exec {
    hcsref_str parameters;
    struct hcsref_message_relay {
      hcsref_guid *in, *out, *err;
    } * relay;
    struct hcsref_message_ports {
      uint32_t in, out, err;
    } * ports;
  } exec;
} hcsref_message;

HCSREF_API extern const hcsref_type hcsref_message_base, hcsref_message_negotiate, hcsref_message_create,
    hcsref_message_exec_type, hcsref_message_wait, hcsref_message_signal, hcsref_message_resize, hcsref_message_query,
    hcsref_message_modify;

/** An answer: of those that differ, the fields of all. */
typedef struct hcsref_reply {
  int32_t result;
  hcsref_str error_message;
  hcsref_guid activity_id;
  hcsref_slice error_records; /* what the guest noted; nothing reads it */
  uint32_t version, process_id, exit_code;
  hcsref_str guest_stacks;
  hcsref_str properties; /* JSON text */
  struct hcsref_capabilities {
    bool send_host_create_message, send_host_start_message, hv_socket_config_on_startup, send_lifecycle_notifications;
    hcsref_slice supported_schema_versions; /* []Version */
    hcsref_str runtime_os_type;
    hcsref_str guest_defined; /* JSON text */
  } capabilities;
} hcsref_reply;

/** What an answer answers; those that have no type of their own are of the base. */
typedef enum hcsref_reply_kind {
  HCSREF_REPLY_BASE,
  HCSREF_REPLY_NEGOTIATE,
  HCSREF_REPLY_CREATE,
  HCSREF_REPLY_EXECUTE,
  HCSREF_REPLY_WAIT,
  HCSREF_REPLY_STACKS,
  HCSREF_REPLY_PROPERTIES, /* from here on: with properties, in a string */
  HCSREF_REPLY_PROPERTIES_V1
} hcsref_reply_kind;

/** The type of an answer, of hcsref_reply, under the name that it has in the release. */
HCSREF_API const hcsref_type *hcsref_reply_type(const hcsref_rules *rules, hcsref_reply_kind kind);

/** Of an answer its result alone, of hcsref_reply. */
HCSREF_API extern const hcsref_type hcsref_reply_result;

/** Of an answer its properties, as they stand there: of hcsref_str, JSON text, empty without them. */
HCSREF_API extern const hcsref_type hcsref_properties_text;

/** Which of its streams a process has. */
typedef struct hcsref_exec_streams {
  bool in, out, err;
} hcsref_exec_streams;

HCSREF_API extern const hcsref_type hcsref_exec_streams_type;

/** What the VM's own system is created with. */
typedef struct hcsref_uvm_config {
  hcsref_str system_type;
  const hcsref_v2_time_zone_information *timezone; /* null: none */
} hcsref_uvm_config;

HCSREF_API extern const hcsref_type hcsref_uvm_config_type;

#ifdef __cplusplus
}
#endif

#endif

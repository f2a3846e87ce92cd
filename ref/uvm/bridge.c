/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/gcs guestconnection.go connect, CreateContainer, exec; container.go shutdown; process.go
 * Signal, ResizeConsole; bridge.go rpcError. */
#include "hcsref/bridge.h"
#include "hcsref/bridge_messages.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2_live.h"

#include "base/lower.h"
#include "gojson/html.h"
#include "release/changes.h"
#include "uvm/table.h"

#include <string.h>

#define PROTOCOL_VERSION 4
#define NULL_CONTAINER   HCSREF_LIT("00000000-0000-0000-0000-000000000000")

/* HRESULTs that some answers may have. */
#define SYSTEM_IS_GONE  ((int32_t)-1070137074) /* 0xc037010e HCS_E_SYSTEM_NOT_FOUND */
#define PROCESS_IS_GONE ((int32_t)-2147023728) /* 0x80070490 ERROR_NOT_FOUND */

struct hcsref_bridge {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_bridge_transport transport;
  uint64_t next_id;
  uint32_t next_port;
  bool windows;
  hcsref_str broken; /* why nothing more can be asked; empty while it can */
  hcsref_table containers;
};

/* ---- one exchange ---- */

static bool fail(const hcsref_bridge *b, hcsref_error *err, const char *format, hcsref_str text) {
  return hcsref_fail(b->arena, err, "bridge", HCSREF_LIT(""), format, text);
}

static bool encode(const hcsref_bridge *b, const hcsref_type *type, const void *value, hcsref_str *out,
                   hcsref_error *err) {
  return hcsref_json_encode_as(b->arena, b->rules, type, value, out, err);
}

/* The payload: HTML characters as they are, but for those in strings that are JSON themselves. */
static bool write_payload(const hcsref_bridge *b, const hcsref_type *type, const hcsref_message *message,
                          hcsref_str *out, hcsref_error *err) {
  hcsref_str text;
  if (!encode(b, type, message, &text, err))
    return false;
  return (hcsref_json_plain_html(b->arena, text, &text) && hcsref_format(b->arena, out, "%v\n", text)) ||
         hcsref_fail_memory(err);
}

static bool is_memory(const hcsref_error *err) {
  return strcmp(err->code, "out-of-memory") == 0;
}

/* Why an answer cannot be read: the bridge is given up with it. */
static bool fail_answer(hcsref_bridge *b, const hcsref_error *problem, hcsref_error *err) {
  if (is_memory(problem) ||
      !hcsref_format(b->arena, &b->broken, "bridge response unmarshal failed: %v", problem->message))
    return hcsref_fail_memory(err);
  return fail(b, err, "%v", b->broken);
}

/* Upstream's two loops race to tell a later call of it: this is what a caller is told who is not that quick. */
static bool fail_closed(const hcsref_bridge *b, hcsref_error *err) {
  return fail(b, err,
              hcsref_has(b->rules, HCSREF_CHANGE_VM_BRIDGE_CLOSED)
                  ? "bridge closed: use of closed network connection: %v"
                  : "%v",
              b->broken);
}

/* What the properties of an answer are in: JSON in a string, of a struct of one of the two schemas. What is wrong with
 * it ends the reading of the answer, and so is told before what is wrong elsewhere. */
static bool read_properties(hcsref_bridge *b, hcsref_reply_kind kind, hcsref_str answer, hcsref_error *err) {
  const hcsref_json_around around = {
      .holder = hcsref_reply_type(b->rules, kind)->go_name, .field = "Properties", .text = true};
  const bool first = kind == HCSREF_REPLY_PROPERTIES_V1;
  hcsref_v1_container_properties v1 = {0};
  hcsref_v2_properties v2 = {0};
  hcsref_str json = {NULL, 0}, text;
  hcsref_error problem;
  if (!hcsref_json_decode_as(b->arena, b->rules, answer, &hcsref_properties_text, HCSREF_JSON_WHOLE, &json, &problem))
    return !is_memory(&problem) || hcsref_fail_memory(err);
  if (json.len == 0 || json.data[0] != '"')
    return true;
  return (hcsref_json_decode_as(b->arena, b->rules, json, &hcsref_type_string, HCSREF_JSON_WHOLE, &text, &problem) &&
          hcsref_json_decode_part(b->arena, b->rules, &around, text,
                                  first ? &hcsref_type_v1_container_properties : &hcsref_type_v2_properties,
                                  HCSREF_JSON_WHOLE, first ? (void *)&v1 : (void *)&v2, &problem)) ||
         fail_answer(b, &problem, err);
}

/* Where a member has the wrong type, Go reads on: the result is there all the same. */
static bool read_reply(hcsref_bridge *b, hcsref_reply_kind kind, hcsref_str answer, hcsref_reply *reply,
                       hcsref_error *err) {
  hcsref_error problem, ignored;
  if (kind >= HCSREF_REPLY_PROPERTIES && !read_properties(b, kind, answer, err))
    return false;
  if (hcsref_json_decode_as(b->arena, b->rules, answer, hcsref_reply_type(b->rules, kind), HCSREF_JSON_WHOLE, reply,
                            &problem))
    return true;
  (void)hcsref_json_decode_as(b->arena, b->rules, answer, &hcsref_reply_result, HCSREF_JSON_WHOLE, reply, &ignored);
  return fail_answer(b, &problem, err);
}

/* Sends, and reads what comes back, whatever its result. */
static bool exchange(hcsref_bridge *b, hcsref_frame_type type, const hcsref_type *table, const hcsref_message *message,
                     hcsref_reply_kind kind, hcsref_reply *reply, hcsref_error *err) {
  hcsref_frame frame = {.type = (uint32_t)type, .id = b->next_id};
  hcsref_str answer = HCSREF_LIT("");
  if (b->broken.len != 0)
    return fail_closed(b, err);
  if (!write_payload(b, table, message, &frame.payload, err))
    return false;
  b->next_id++;
  if (!b->transport.exchange(b->transport.ctx, b->arena, &frame, &answer))
    return hcsref_fail_memory(err);
  return read_reply(b, kind, answer, reply, err);
}

/* Without words of the guest, Windows' own would be told. */
static bool check(const hcsref_bridge *b, const hcsref_reply *reply, hcsref_error *err) {
  if (reply->result == 0)
    return true;
  if (reply->error_message.len != 0)
    return fail(b, err, "guest RPC failure: %v", reply->error_message);
  return hcsref_fail(b->arena, err, "bridge", HCSREF_LIT(""), "guest RPC failure: winapi error #%d",
                     (int64_t)reply->result);
}

static bool call(hcsref_bridge *b, hcsref_frame_type type, const hcsref_type *table, const hcsref_message *message,
                 hcsref_reply_kind kind, hcsref_reply *reply, hcsref_error *err) {
  return exchange(b, type, table, message, kind, reply, err) && check(b, reply, err);
}

/* A result that says what was asked for is done already: upstream looks at it in an answer that cannot be read, too. */
static bool check_unless_gone(const hcsref_bridge *b, bool was_read, const hcsref_reply *reply, int32_t gone,
                              hcsref_error *err) {
  if (reply->result == gone && (was_read || !is_memory(err)))
    return true;
  return was_read && check(b, reply, err);
}

static hcsref_message message_to(hcsref_str id) {
  hcsref_message message = {.container_id = id.len == 0 ? NULL_CONTAINER : id};
  return message;
}

/* ---- connecting ---- */

static bool is_windows(hcsref_str os) {
  hcsref_str rest;
  return os.len == 0 || (hcsref_lower_has_prefix(os, HCSREF_LIT("windows"), &rest) && rest.len == 0);
}

/* Since 0.13 read by a step of its own, so that there must be something; before, with the answer. */
static bool read_capabilities(hcsref_bridge *b, bool own_step, hcsref_str guest_defined, hcsref_error *err) {
  static const hcsref_json_around answer = {.holder = "gcsCapabilities",
                                            .field = "Capabilities.GuestDefinedCapabilities"},
                                  windows = {.holder = "WCOWGuestDefinedCapabilities",
                                             .embedded = "GuestDefinedCapabilities"},
                                  linux_guest = {.holder = "LCOWGuestDefinedCapabilities",
                                                 .embedded = "GcsGuestCapabilities"};
  hcsref_type type = hcsref_type_v1_guest_defined_capabilities;
  hcsref_v1_guest_defined_capabilities capabilities = {0};
  hcsref_error problem;
  if (!own_step && guest_defined.len == 0)
    return true;
  if (own_step)
    type.go_name = b->windows ? "gcs.WCOWGuestDefinedCapabilities" : "gcs.LCOWGuestDefinedCapabilities";
  if (hcsref_json_decode_part(b->arena, b->rules,
                              !own_step    ? &answer
                              : b->windows ? &windows
                                           : &linux_guest,
                              guest_defined, &type, HCSREF_JSON_WHOLE, &capabilities, &problem))
    return true;
  if (!own_step || is_memory(&problem))
    return fail_answer(b, &problem, err);
  return hcsref_fail(b->arena, err, "bridge", HCSREF_LIT(""),
                     "unmarshalGuestCapabilities: unmarshal returned GuestDefinedCapabilities for %s: %v",
                     b->windows ? "windows" : "lcow", problem.message);
}

static bool negotiate(hcsref_bridge *b, hcsref_reply *reply, hcsref_error *err) {
  hcsref_message message = {.minimum_version = PROTOCOL_VERSION, .maximum_version = PROTOCOL_VERSION};
  const bool own_step = hcsref_has(b->rules, HCSREF_CHANGE_VM_CAPABILITIES);
  const hcsref_str *guest_defined = &reply->capabilities.guest_defined;
  if (!exchange(b, HCSREF_FRAME_NEGOTIATE_PROTOCOL, &hcsref_message_negotiate, &message, HCSREF_REPLY_NEGOTIATE, reply,
                err) ||
      (!own_step && !read_capabilities(b, false, *guest_defined, err)) || !check(b, reply, err))
    return false;
  if (reply->version != PROTOCOL_VERSION)
    return hcsref_fail(b->arena, err, "bridge", HCSREF_LIT(""), "unexpected version %u returned",
                       (uint64_t)reply->version);
  b->windows = is_windows(reply->capabilities.runtime_os_type);
  return !own_step || read_capabilities(b, true, *guest_defined, err);
}

/* The VM's own system. */
static bool create_own(hcsref_bridge *b, const hcsref_v2_time_zone_information *timezone, bool start,
                       hcsref_error *err) {
  hcsref_uvm_config config = {.system_type = HCSREF_LIT("Container"), .timezone = timezone};
  hcsref_message message = message_to(HCSREF_LIT(""));
  hcsref_reply reply = {0};
  if (!encode(b, &hcsref_uvm_config_type, &config, &message.text, err) ||
      !call(b, HCSREF_FRAME_CREATE, &hcsref_message_create, &message, HCSREF_REPLY_BASE, &reply, err))
    return false;
  return !start || call(b, HCSREF_FRAME_START, &hcsref_message_base, &message, HCSREF_REPLY_BASE, &reply, err);
}

bool hcsref_bridge_connect(hcsref_arena *arena, const hcsref_profile *profile, const hcsref_bridge_transport *transport,
                           const hcsref_v2_time_zone_information *timezone, hcsref_bridge **out, hcsref_error *err) {
  hcsref_bridge *b = hcsref_arena_alloc(arena, sizeof *b);
  hcsref_reply reply = {0};
  if (b == NULL)
    return hcsref_fail_memory(err);
  b->arena = arena;
  b->rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_HCSSHIM);
  b->transport = *transport;
  b->next_port = 1;
  if (b->rules == NULL || !hcsref_has(b->rules, HCSREF_CHANGE_VM_SIDE))
    return hcsref_fail(arena, err, "vm-program", HCSREF_LIT(""),
                       "nothing is known of the bridge in this profile: it is recorded from hcsshim 0.11.0 on");
  if (!negotiate(b, &reply, err))
    return false;
  if (reply.capabilities.send_host_create_message &&
      !create_own(b, timezone, reply.capabilities.send_host_start_message, err))
    return false;
  *out = b;
  return true;
}

/* ---- containers ---- */

/* An id counts as taken even when the guest refuses the container. */
bool hcsref_bridge_create(hcsref_bridge *b, hcsref_str id, hcsref_str config, hcsref_error *err) {
  hcsref_message message = {.container_id = id};
  hcsref_reply reply = {0};
  hcsref_str kept;
  if (b->broken.len != 0)
    return hcsref_fail(b->arena, err, "bridge", HCSREF_LIT(""), "guest connection closed");
  if (hcsref_table_find(&b->containers, id) != NULL)
    return fail(b, err, "container %v already exists", id);
  if (!hcsref_str_copy(b->arena, id, &kept) || !hcsref_table_put(b->arena, &b->containers, kept, b))
    return hcsref_fail_memory(err);
  return encode(b, &hcsref_type_raw, &config, &message.text, err) &&
         call(b, HCSREF_FRAME_CREATE, &hcsref_message_create, &message, HCSREF_REPLY_CREATE, &reply, err);
}

bool hcsref_bridge_tell(hcsref_bridge *b, hcsref_frame_type type, hcsref_str id, hcsref_error *err) {
  const bool ends = type == HCSREF_FRAME_SHUTDOWN_GRACEFUL || type == HCSREF_FRAME_SHUTDOWN_FORCED;
  const hcsref_reply_kind kind = type == HCSREF_FRAME_DUMP_STACKS ? HCSREF_REPLY_STACKS : HCSREF_REPLY_BASE;
  hcsref_message message = message_to(id);
  hcsref_reply reply = {0};
  bool was_read;
  if (type == HCSREF_FRAME_DELETE_CONTAINER_STATE)
    message.container_id = id;
  was_read = exchange(b, type, &hcsref_message_base, &message, kind, &reply, err);
  return ends ? check_unless_gone(b, was_read, &reply, SYSTEM_IS_GONE, err) : was_read && check(b, &reply, err);
}

bool hcsref_bridge_modify(hcsref_bridge *b, hcsref_str id, hcsref_str request, hcsref_error *err) {
  hcsref_message message = message_to(id);
  hcsref_reply reply = {0};
  message.raw = request;
  return call(b, HCSREF_FRAME_MODIFY_SETTINGS, &hcsref_message_modify, &message, HCSREF_REPLY_BASE, &reply, err);
}

static bool ask_properties(hcsref_bridge *b, hcsref_reply_kind kind, hcsref_str id, const hcsref_slice *types,
                           hcsref_error *err) {
  hcsref_v2_property_query query = {.property_types = *types};
  hcsref_message message = message_to(id);
  hcsref_reply reply = {0};
  return encode(b, &hcsref_type_v2_property_query, &query, &message.text, err) &&
         call(b, HCSREF_FRAME_GET_PROPERTIES, &hcsref_message_query, &message, kind, &reply, err);
}

bool hcsref_bridge_properties(hcsref_bridge *b, hcsref_str id, const hcsref_slice *types, hcsref_error *err) {
  return ask_properties(b, HCSREF_REPLY_PROPERTIES, id, types, err);
}

bool hcsref_bridge_properties_v1(hcsref_bridge *b, hcsref_str id, const hcsref_slice *types, hcsref_error *err) {
  return ask_properties(b, HCSREF_REPLY_PROPERTIES_V1, id, types, err);
}

/* ---- processes ---- */

/* The service of a port: 0000000N-facb-11e6-bd58-64006a7986d3 with the bit that upstream sets. Source: go-winio
 * VsockServiceID, hcsshim internal/gcs firstIoChannelVsockPort. */
static const unsigned char service_tail[12] = {0xfa, 0xcb, 0x11, 0xe6, 0xbd, 0x58, 0x64, 0x00, 0x6a, 0x79, 0x86, 0xd3};
#define FIRST_PORT 0x40000000u

typedef struct stream_services {
  struct hcsref_message_relay relay;
  struct hcsref_message_ports ports;
  hcsref_guid ids[3];
} stream_services;

static uint32_t name_service(hcsref_bridge *b, hcsref_guid *id) {
  const uint32_t port = FIRST_PORT + b->next_port++;
  for (size_t i = 0; i < 4; i++)
    id->data[i] = (unsigned char)(port >> (24 - 8 * i) & 0xff);
  memcpy(id->data + 4, service_tail, sizeof service_tail);
  return port;
}

static void open_streams(hcsref_bridge *b, const hcsref_exec_streams *streams, stream_services *out) {
  if (streams->in) {
    out->ports.in = name_service(b, &out->ids[0]);
    out->relay.in = &out->ids[0];
  }
  if (streams->out) {
    out->ports.out = name_service(b, &out->ids[1]);
    out->relay.out = &out->ids[1];
  }
  if (streams->err) {
    out->ports.err = name_service(b, &out->ids[2]);
    out->relay.err = &out->ids[2];
  }
}

static bool read_streams(const hcsref_bridge *b, hcsref_str params, hcsref_exec_streams *out, hcsref_error *err) {
  return hcsref_json_decode_as(b->arena, b->rules, params, &hcsref_exec_streams_type, HCSREF_JSON_WHOLE, out, err);
}

static bool start(hcsref_bridge *b, hcsref_str id, hcsref_str params, hcsref_reply *reply, hcsref_error *err) {
  hcsref_message message = message_to(id);
  hcsref_exec_streams streams = {false, false, false};
  stream_services services = {0};
  if (!read_streams(b, params, &streams, err) || !encode(b, &hcsref_type_raw, &params, &message.exec.parameters, err))
    return false;
  open_streams(b, &streams, &services);
  if (b->windows)
    message.exec.relay = &services.relay;
  else
    message.exec.ports = &services.ports;
  return call(b, HCSREF_FRAME_EXECUTE_PROCESS, &hcsref_message_exec_type, &message, HCSREF_REPLY_EXECUTE, reply, err);
}

/* The answer to the second message only comes when the process ends. */
bool hcsref_bridge_exec(hcsref_bridge *b, hcsref_str id, hcsref_str params, hcsref_bridge_process *out,
                        hcsref_error *err) {
  hcsref_message message = message_to(id);
  hcsref_reply reply = {0};
  if (!start(b, id, params, &reply, err))
    return false;
  message.process_id = reply.process_id;
  message.timeout_in_ms = UINT32_MAX;
  if (!exchange(b, HCSREF_FRAME_WAIT_FOR_PROCESS, &hcsref_message_wait, &message, HCSREF_REPLY_WAIT, &reply, err))
    return false;
  out->container_id = message.container_id;
  out->pid = message.process_id;
  return true;
}

bool hcsref_bridge_signal(hcsref_bridge *b, const hcsref_bridge_process *process, hcsref_str options,
                          hcsref_error *err) {
  hcsref_message message = message_to(process->container_id);
  hcsref_reply reply = {0};
  bool was_read;
  message.process_id = process->pid;
  message.raw = options;
  was_read = exchange(b, HCSREF_FRAME_SIGNAL_PROCESS, &hcsref_message_signal, &message, HCSREF_REPLY_BASE, &reply, err);
  return check_unless_gone(b, was_read, &reply, PROCESS_IS_GONE, err);
}

bool hcsref_bridge_resize(hcsref_bridge *b, const hcsref_bridge_process *process, uint16_t width, uint16_t height,
                          hcsref_error *err) {
  hcsref_message message = message_to(process->container_id);
  hcsref_reply reply = {0};
  message.process_id = process->pid;
  message.width = width;
  message.height = height;
  return call(b, HCSREF_FRAME_RESIZE_CONSOLE, &hcsref_message_resize, &message, HCSREF_REPLY_BASE, &reply, err);
}

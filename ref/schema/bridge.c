/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the bridge's messages. Source: hcsshim internal/gcs/prot/protocol.go. */
#include "hcsref/bridge_messages.h"

#include "release/changes.h"

#define ROW(s, member, name, type, omit)                                                                               \
  { name, sizeof(name) - 1, offsetof(s, member), &(type), NULL, omit, 0, 0, NULL }
#define FIELD(member, name, type) ROW(hcsref_message, member, name, type, false)
#define TABLE(s, go_name, fields)                                                                                      \
  { HCSREF_STRUCT, go_name, sizeof(s), NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }
#define POINTER(type, go_name)                                                                                         \
  { HCSREF_POINTER, go_name, sizeof(void *), &(type), NULL, 0, 0, NULL, 0 }

/* What every request begins with. The trace of a span, which may follow, is random: it is left out. */
#define BASE FIELD(container_id, "ContainerId", hcsref_type_string), FIELD(activity_id, "ActivityId", hcsref_type_guid)

static const hcsref_type guid_ptr = POINTER(hcsref_type_guid, "*guid.GUID");

static const hcsref_field base_fields[] = {BASE};
const hcsref_type hcsref_message_base = TABLE(hcsref_message, "prot.RequestBase", base_fields);

static const hcsref_field negotiate_fields[] = {BASE, FIELD(minimum_version, "MinimumVersion", hcsref_type_uint32),
                                                FIELD(maximum_version, "MaximumVersion", hcsref_type_uint32)};
const hcsref_type hcsref_message_negotiate = TABLE(hcsref_message, "prot.NegotiateProtocolRequest", negotiate_fields);

static const hcsref_field create_fields[] = {BASE, FIELD(text, "ContainerConfig", hcsref_type_string)};
const hcsref_type hcsref_message_create = TABLE(hcsref_message, "prot.ContainerCreate", create_fields);

static const hcsref_field relay_fields[] = {
    ROW(struct hcsref_message_relay, in, "StdIn", guid_ptr, true),
    ROW(struct hcsref_message_relay, out, "StdOut", guid_ptr, true),
    ROW(struct hcsref_message_relay, err, "StdErr", guid_ptr, true),
};
static const hcsref_type relay_type =
    TABLE(struct hcsref_message_relay, "prot.ExecuteProcessStdioRelaySettings", relay_fields);
static const hcsref_type relay_ptr = POINTER(relay_type, "*prot.ExecuteProcessStdioRelaySettings");

static const hcsref_field port_fields[] = {
    ROW(struct hcsref_message_ports, in, "StdIn", hcsref_type_uint32, true),
    ROW(struct hcsref_message_ports, out, "StdOut", hcsref_type_uint32, true),
    ROW(struct hcsref_message_ports, err, "StdErr", hcsref_type_uint32, true),
};
static const hcsref_type ports_type =
    TABLE(struct hcsref_message_ports, "prot.ExecuteProcessVsockStdioRelaySettings", port_fields);
static const hcsref_type ports_ptr = POINTER(ports_type, "*prot.ExecuteProcessVsockStdioRelaySettings");

static const hcsref_field settings_fields[] = {
    ROW(struct hcsref_message_exec, parameters, "ProcessParameters", hcsref_type_string, false),
    ROW(struct hcsref_message_exec, relay, "StdioRelaySettings", relay_ptr, true),
    ROW(struct hcsref_message_exec, ports, "VsockStdioRelaySettings", ports_ptr, true),
};
static const hcsref_type settings_type =
    TABLE(struct hcsref_message_exec, "prot.ExecuteProcessSettings", settings_fields);
static const hcsref_field exec_fields[] = {BASE, FIELD(exec, "Settings", settings_type)};
const hcsref_type hcsref_message_exec_type = TABLE(hcsref_message, "prot.ContainerExecuteProcess", exec_fields);

static const hcsref_field wait_fields[] = {BASE, FIELD(process_id, "ProcessId", hcsref_type_uint32),
                                           FIELD(timeout_in_ms, "TimeoutInMs", hcsref_type_uint32)};
const hcsref_type hcsref_message_wait = TABLE(hcsref_message, "prot.ContainerWaitForProcess", wait_fields);

static const hcsref_field signal_fields[] = {BASE, FIELD(process_id, "ProcessId", hcsref_type_uint32),
                                             ROW(hcsref_message, raw, "Options", hcsref_type_raw, true)};
const hcsref_type hcsref_message_signal = TABLE(hcsref_message, "prot.ContainerSignalProcess", signal_fields);

static const hcsref_field resize_fields[] = {BASE, FIELD(process_id, "ProcessId", hcsref_type_uint32),
                                             FIELD(height, "Height", hcsref_type_uint16),
                                             FIELD(width, "Width", hcsref_type_uint16)};
const hcsref_type hcsref_message_resize = TABLE(hcsref_message, "prot.ContainerResizeConsole", resize_fields);

static const hcsref_field query_fields[] = {BASE, FIELD(text, "Query", hcsref_type_string)};
const hcsref_type hcsref_message_query = TABLE(hcsref_message, "prot.ContainerGetProperties", query_fields);

static const hcsref_field modify_fields[] = {BASE, FIELD(raw, "Request", hcsref_type_raw)};
const hcsref_type hcsref_message_modify = TABLE(hcsref_message, "prot.ContainerModifySettings", modify_fields);

/* ---- answers ---- */

/* An answer has the names of its Go types: exported ones since 0.14, which are in a package of their own. */
#define INNER(base, member, name, type, omit)                                                                          \
  { name, sizeof(name) - 1, offsetof(hcsref_reply, member), &(type), NULL, omit, 0, 0, base }

/* What went wrong in the guest, for its log. */
typedef struct error_record {
  int32_t result;
  hcsref_str message, stack_trace, module_name, file_name, function_name;
  uint32_t line;
} error_record;

static const hcsref_field record_fields[] = {
    ROW(error_record, result, "Result", hcsref_type_int32, false),
    ROW(error_record, message, "Message", hcsref_type_string, false),
    ROW(error_record, stack_trace, "StackTrace", hcsref_type_string, true),
    ROW(error_record, module_name, "ModuleName", hcsref_type_string, false),
    ROW(error_record, file_name, "FileName", hcsref_type_string, false),
    ROW(error_record, line, "Line", hcsref_type_uint32, false),
    ROW(error_record, function_name, "FunctionName", hcsref_type_string, true),
};
static const hcsref_type version_list = {
    HCSREF_SLICE, "[]hcsschema.Version", sizeof(hcsref_slice), &hcsref_type_v2_version, NULL, 0, 0, NULL, 0};

static const hcsref_field capability_fields[] = {
    ROW(struct hcsref_capabilities, send_host_create_message, "SendHostCreateMessage", hcsref_type_bool, false),
    ROW(struct hcsref_capabilities, send_host_start_message, "SendHostStartMessage", hcsref_type_bool, false),
    ROW(struct hcsref_capabilities, hv_socket_config_on_startup, "HvSocketConfigOnStartup", hcsref_type_bool, false),
    ROW(struct hcsref_capabilities, send_lifecycle_notifications, "SendLifecycleNotifications", hcsref_type_bool,
        false),
    ROW(struct hcsref_capabilities, supported_schema_versions, "SupportedSchemaVersions", version_list, false),
    ROW(struct hcsref_capabilities, runtime_os_type, "RuntimeOsType", hcsref_type_string, false),
    ROW(struct hcsref_capabilities, guest_defined, "GuestDefinedCapabilities", hcsref_type_raw, false),
};

#define BASE_OF(set, base)                                                                                             \
  INNER(base, result, "Result", hcsref_type_int32, false),                                                             \
      INNER(base, error_message, "ErrorMessage", hcsref_type_string, true),                                            \
      INNER(base, activity_id, "ActivityId", hcsref_type_guid, true),                                                  \
      INNER(base, error_records, "ErrorRecords", set##_records, true)
#define OWN(member, name, type, omit) INNER(NULL, member, name, type, omit)

/* The tables of one naming: the packages of the answers and of error records, and the first letters of the types whose
 * case differs. */
#define ANSWERS(set, package, records, e, b, n, c, d, g)                                                               \
  static const hcsref_type set##_record = TABLE(error_record, records "." e "rrorRecord", record_fields);              \
  static const hcsref_type set##_records = {                                                                           \
      HCSREF_SLICE, "[]" records "." e "rrorRecord", sizeof(hcsref_slice), &set##_record, NULL, 0, 0, NULL, 0};        \
  static const hcsref_type set##_capabilities =                                                                        \
      TABLE(struct hcsref_capabilities, package "." g "csCapabilities", capability_fields);                            \
  static const hcsref_type set##_properties = {                                                                        \
      HCSREF_STRING, package "." c "ontainerPropertiesV2", sizeof(hcsref_str), NULL, NULL, 0, 0, NULL, 0};             \
  static const hcsref_type set##_properties_v1 = {                                                                     \
      HCSREF_STRING, package "." c "ontainerProperties", sizeof(hcsref_str), NULL, NULL, 0, 0, NULL, 0};               \
  static const hcsref_field set##_base[] = {BASE_OF(set, NULL)};                                                       \
  static const hcsref_field set##_negotiate[] = {BASE_OF(set, b "esponseBase"),                                        \
                                                 OWN(version, "Version", hcsref_type_uint32, true),                    \
                                                 OWN(capabilities, "Capabilities", set##_capabilities, true)};         \
  static const hcsref_field set##_create[] = {BASE_OF(set, b "esponseBase")};                                          \
  static const hcsref_field set##_execute[] = {BASE_OF(set, b "esponseBase"),                                          \
                                               OWN(process_id, "ProcessId", hcsref_type_uint32, false)};               \
  static const hcsref_field set##_wait[] = {BASE_OF(set, b "esponseBase"),                                             \
                                            OWN(exit_code, "ExitCode", hcsref_type_uint32, false)};                    \
  static const hcsref_field set##_stacks[] = {BASE_OF(set, b "esponseBase"),                                           \
                                              OWN(guest_stacks, "GuestStacks", hcsref_type_string, false)};            \
  static const hcsref_field set##_query[] = {BASE_OF(set, b "esponseBase"),                                            \
                                             OWN(properties, "Properties", set##_properties, false)};                  \
  static const hcsref_field set##_query_v1[] = {BASE_OF(set, b "esponseBase"),                                         \
                                                OWN(properties, "Properties", set##_properties_v1, false)};            \
  static const hcsref_type set##_answers[] = {                                                                         \
      [HCSREF_REPLY_BASE] = TABLE(hcsref_reply, package "." b "esponseBase", set##_base),                              \
      [HCSREF_REPLY_NEGOTIATE] = TABLE(hcsref_reply, package "." n "egotiateProtocolResponse", set##_negotiate),       \
      [HCSREF_REPLY_CREATE] = TABLE(hcsref_reply, package "." c "ontainerCreateResponse", set##_create),               \
      [HCSREF_REPLY_EXECUTE] = TABLE(hcsref_reply, package "." c "ontainerExecuteProcessResponse", set##_execute),     \
      [HCSREF_REPLY_WAIT] = TABLE(hcsref_reply, package "." c "ontainerWaitForProcessResponse", set##_wait),           \
      [HCSREF_REPLY_STACKS] = TABLE(hcsref_reply, package "." d "umpStacksResponse", set##_stacks),                    \
      [HCSREF_REPLY_PROPERTIES] = TABLE(hcsref_reply, package "." c "ontainerGetPropertiesResponseV2", set##_query),   \
      [HCSREF_REPLY_PROPERTIES_V1] =                                                                                   \
          TABLE(hcsref_reply, package "." c "ontainerGetPropertiesResponse", set##_query_v1),                          \
  }

ANSWERS(until_13, "gcs", "gcs", "e", "r", "n", "c", "d", "g");
ANSWERS(since_14, "prot", "commonutils", "E", "R", "N", "C", "D", "G");

const hcsref_type *hcsref_reply_type(const hcsref_rules *rules, hcsref_reply_kind kind) {
  return hcsref_has(rules, HCSREF_CHANGE_VM_MESSAGE_NAMES) ? &since_14_answers[kind] : &until_13_answers[kind];
}

static const hcsref_field result_fields[] = {OWN(result, "Result", hcsref_type_int32, false)};
const hcsref_type hcsref_reply_result = TABLE(hcsref_reply, "ResponseBase", result_fields);

/* ---- what is in strings ---- */

static const hcsref_field properties_fields[] = {
    {"Properties", sizeof "Properties" - 1, 0, &hcsref_type_raw, NULL, false, 0, 0, NULL}};
const hcsref_type hcsref_properties_text = {
    HCSREF_STRUCT, "Properties", sizeof(hcsref_str), NULL, properties_fields, 1, 0, NULL, 0};

static const hcsref_field stream_fields[] = {
    ROW(hcsref_exec_streams, in, "CreateStdInPipe", hcsref_type_bool, false),
    ROW(hcsref_exec_streams, out, "CreateStdOutPipe", hcsref_type_bool, false),
    ROW(hcsref_exec_streams, err, "CreateStdErrPipe", hcsref_type_bool, false),
};
const hcsref_type hcsref_exec_streams_type = TABLE(hcsref_exec_streams, "gcs.baseProcessParams", stream_fields);

#define TIME(member, name) ROW(hcsref_v2_system_time, member, name, hcsref_type_int32, true)
static const hcsref_field time_fields[] = {
    TIME(year, "Year"), TIME(month, "Month"),   TIME(day_of_week, "DayOfWeek"), TIME(day, "Day"),
    TIME(hour, "Hour"), TIME(minute, "Minute"), TIME(second, "Second"),         TIME(milliseconds, "Milliseconds")};
static const hcsref_type time_type = TABLE(hcsref_v2_system_time, "hcsschema.SystemTime", time_fields);
static const hcsref_type time_ptr = POINTER(time_type, "*hcsschema.SystemTime");

#define ZONE(member, name, type) ROW(hcsref_v2_time_zone_information, member, name, type, true)
static const hcsref_field zone_fields[] = {ZONE(bias, "Bias", hcsref_type_int32),
                                           ZONE(standard_name, "StandardName", hcsref_type_string),
                                           ZONE(standard_date, "StandardDate", time_ptr),
                                           ZONE(standard_bias, "StandardBias", hcsref_type_int32),
                                           ZONE(daylight_name, "DaylightName", hcsref_type_string),
                                           ZONE(daylight_date, "DaylightDate", time_ptr),
                                           ZONE(daylight_bias, "DaylightBias", hcsref_type_int32)};
const hcsref_type hcsref_type_v2_time_zone_information =
    TABLE(hcsref_v2_time_zone_information, "hcsschema.TimeZoneInformation", zone_fields);
static const hcsref_type zone_ptr = POINTER(hcsref_type_v2_time_zone_information, "*hcsschema.TimeZoneInformation");

static const hcsref_field config_fields[] = {
    ROW(hcsref_uvm_config, system_type, "SystemType", hcsref_type_string, false),
    ROW(hcsref_uvm_config, timezone, "TimeZoneInformation", zone_ptr, false),
};
const hcsref_type hcsref_uvm_config_type = TABLE(hcsref_uvm_config, "prot.UvmConfig", config_fields);

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The binary interface of Windows' Host Compute Service in types that need no Windows header, so that the live stage
 * and the simulated service compile, and can be tested together, on any system. The DLLs are never linked: their
 * functions are found by name (hcsref_api_computecore … list the names) and called through the tables below.
 *
 * computecore.dll (Windows 10 1809, Server 2019 and later) and vmcompute.dll (all) export functions of the same names
 * with different signatures. Sources: hcsshim 0af576d29 internal/vmcompute, internal/wclayer, hcn/zsyscall_windows.go;
 * hcsshim 7c9ff7f48 internal/computecore; Windows' own reference of computecore.dll.
 */
#ifndef HCSREF_HCSAPI_H
#define HCSREF_HCSAPI_H

#include "hcsref/json.h"
#include "hcsref/schema2_live.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && !defined(_WIN64)
#define HCSREF_WINAPI __stdcall
#else
#define HCSREF_WINAPI
#endif

/** HRESULT: negative is a failure. */
typedef int32_t hcsref_hresult;
/** A UTF-16 code unit (WCHAR). Texts are NUL-terminated. */
typedef uint16_t hcsref_wchar;
/** An operating system handle: HANDLE. */
typedef void *hcsref_os_handle;

typedef struct hcsref_hcs_system_tag *hcsref_hcs_system;
typedef struct hcsref_hcs_process_tag *hcsref_hcs_process;
typedef struct hcsref_hcs_operation_tag *hcsref_hcs_operation;
typedef struct hcsref_hcs_callback_tag *hcsref_hcs_callback;
typedef struct hcsref_hcn_handle_tag *hcsref_hcn_handle;

/** HCS_PROCESS_INFORMATION. */
typedef struct hcsref_hcs_process_info {
  uint32_t process_id, reserved;
  hcsref_os_handle std_input, std_output, std_error;
} hcsref_hcs_process_info;

/** HCS_EVENT. */
typedef struct hcsref_hcs_event {
  uint32_t type;
  const hcsref_wchar *data;
  hcsref_hcs_operation operation;
} hcsref_hcs_event;

/** GUID as Windows lays it out in memory. */
typedef struct hcsref_win_guid {
  uint32_t data1;
  uint16_t data2, data3;
  uint8_t data4[8];
} hcsref_win_guid;

/** WC_DRIVER_INFO: `flavour` 1 is the filter driver; `home` may be empty when layer ids are whole paths. */
typedef struct hcsref_wc_driver {
  uint32_t flavour;
  const hcsref_wchar *home;
} hcsref_wc_driver;

/** WC_LAYER_DESCRIPTOR: a parent layer. */
typedef struct hcsref_wc_layer {
  hcsref_win_guid id;
  uint32_t flags;
  const hcsref_wchar *path;
} hcsref_wc_layer;

typedef void(HCSREF_WINAPI *hcsref_hcs_completion)(hcsref_hcs_operation operation, void *context);
typedef void(HCSREF_WINAPI *hcsref_hcs_event_callback)(hcsref_hcs_event *event, void *context);
typedef void(HCSREF_WINAPI *hcsref_hcs_notification_callback)(uint32_t type, void *context, hcsref_hresult status,
                                                              const hcsref_wchar *data);

/* ---- numbers -------------------------------------------------------------------------------------------- */

/** Results that decide something. computecore.dll has 0x8037xxxx, vmcompute.dll 0xC037xxxx for the same condition
 * (hcsref_hresult_condition makes them one). Source: the HCS reference, HCSHResult; hcsshim internal/hcs/errors.go. */
#define HCSREF_HCS_TERMINATED_DURING_START 0x80370100u
#define HCSREF_HCS_UNEXPECTED_EXIT         0x80370106u
#define HCSREF_HCS_INVALID_STATE           0x80370105u
#define HCSREF_HCS_TERMINATED              0x80370107u
#define HCSREF_HCS_INVALID_JSON            0x8037010Du
#define HCSREF_HCS_SYSTEM_NOT_FOUND        0x8037010Eu
#define HCSREF_HCS_SYSTEM_ALREADY_EXISTS   0x8037010Fu
#define HCSREF_HCS_ALREADY_STOPPED         0x80370110u
#define HCSREF_HCS_INVALID_LAYER           0x80370112u
#define HCSREF_HCS_NOT_STARTED             0x80370115u
#define HCSREF_HCS_ALREADY_STARTED         0x80370116u
#define HCSREF_HCS_PENDING                 0x80370117u
#define HCSREF_HCS_TIMEOUT                 0x80370118u
#define HCSREF_HCS_CALLBACK_ALREADY_SET    0x80370119u
#define HCSREF_HCS_ACCESS_DENIED           0x8037011Bu
#define HCSREF_HCS_NO_PROCESS_INFO         0x8037011Du
#define HCSREF_HCS_SERVICE_DISCONNECT      0x8037011Eu
#define HCSREF_HCS_PROCESS_ALREADY_STOPPED 0x8037011Fu
/** vmcompute.dll: started; the end comes as a notification. */
#define HCSREF_VMCOMPUTE_PENDING 0xC0370103u

/** 0x8007xxxx of a Win32 error. */
#define HCSREF_WIN32(code)             (0x80070000u | (uint32_t)(code))
#define HCSREF_ERROR_FILE_NOT_FOUND    HCSREF_WIN32(2)
#define HCSREF_ERROR_PATH_NOT_FOUND    HCSREF_WIN32(3)
#define HCSREF_ERROR_ACCESS_DENIED     HCSREF_WIN32(5)
#define HCSREF_ERROR_INVALID_HANDLE    HCSREF_WIN32(6)
#define HCSREF_ERROR_INVALID_DATA      HCSREF_WIN32(13)
#define HCSREF_ERROR_OUT_OF_MEMORY     HCSREF_WIN32(14)
#define HCSREF_ERROR_NOT_READY         HCSREF_WIN32(21)
#define HCSREF_ERROR_SHARING_VIOLATION HCSREF_WIN32(32)
#define HCSREF_ERROR_NOT_SUPPORTED     HCSREF_WIN32(50)
#define HCSREF_ERROR_FILE_EXISTS       HCSREF_WIN32(80)
#define HCSREF_ERROR_INVALID_PARAMETER HCSREF_WIN32(87)
#define HCSREF_ERROR_DIRECTORY         HCSREF_WIN32(267)
#define HCSREF_ERROR_NOT_CONNECTED     HCSREF_WIN32(1167)
#define HCSREF_ERROR_NOT_FOUND         HCSREF_WIN32(1168)

/** Notifications of vmcompute.dll. */
enum {
  HCSREF_NOTIFY_SYSTEM_EXITED = 1,
  HCSREF_NOTIFY_CREATE_COMPLETED = 2,
  HCSREF_NOTIFY_START_COMPLETED = 3,
  HCSREF_NOTIFY_PAUSE_COMPLETED = 4,
  HCSREF_NOTIFY_RESUME_COMPLETED = 5,
  HCSREF_NOTIFY_SAVE_COMPLETED = 8,
  HCSREF_NOTIFY_PROCESS_EXITED = 0x10000,
  HCSREF_NOTIFY_SERVICE_DISCONNECT = 0x01000000
};

/** Events of computecore.dll. */
enum {
  HCSREF_EVENT_SYSTEM_EXITED = 1,
  HCSREF_EVENT_PROCESS_EXITED = 0x10000,
  HCSREF_EVENT_OPERATION = 0x01000000,
  HCSREF_EVENT_SERVICE_DISCONNECT = 0x02000000
};

/** The condition behind a result: the 0x8037xxxx form of 0xC037xxxx, everything else as it is. */
HCSREF_API uint32_t hcsref_hresult_condition(hcsref_hresult result);
/** The name of a result ("HCS_E_INVALID_STATE", "ERROR_ACCESS_DENIED") or null. */
HCSREF_API const char *hcsref_hresult_name(hcsref_hresult result);
/** The result of that name, in any case of its letters. False, and `*out` as it was: no result has it. */
HCSREF_API bool hcsref_hresult_named(hcsref_str name, hcsref_hresult *out);

/* ---- text ----------------------------------------------------------------------------------------------- */

/** UTF-8 to NUL-terminated UTF-16 in `arena`; bad bytes become U+FFFD, and the text ends at a NUL. Null: out of
 * memory. */
HCSREF_API hcsref_wchar *hcsref_to_utf16(hcsref_arena *arena, hcsref_str text);
/** NUL-terminated UTF-16 (null: empty) to UTF-8 in `arena`, NUL-terminated; lone surrogates become U+FFFD. False:
 * out of memory. */
HCSREF_API bool hcsref_from_utf16(hcsref_arena *arena, const hcsref_wchar *text, hcsref_str *out);
/** Both forms of a GUID. */
HCSREF_API hcsref_win_guid hcsref_guid_to_windows(hcsref_guid guid);
HCSREF_API hcsref_guid hcsref_guid_from_windows(hcsref_win_guid guid);

/* ---- tables of entry points ------------------------------------------------------------------------------ */

/** computecore.dll. Texts that it returns are freed with LocalFree. */
typedef struct hcsref_computecore {
  hcsref_hcs_operation(HCSREF_WINAPI *create_operation)(const void *context, hcsref_hcs_completion callback);
  void(HCSREF_WINAPI *close_operation)(hcsref_hcs_operation);
  hcsref_hresult(HCSREF_WINAPI *get_operation_result)(hcsref_hcs_operation, hcsref_wchar **document);
  hcsref_hresult(HCSREF_WINAPI *get_operation_result_and_process_info)(hcsref_hcs_operation, hcsref_hcs_process_info *,
                                                                       hcsref_wchar **document);
  hcsref_hresult(HCSREF_WINAPI *wait_for_operation_result)(hcsref_hcs_operation, uint32_t timeout_ms,
                                                           hcsref_wchar **document);
  hcsref_hresult(HCSREF_WINAPI *wait_for_operation_result_and_process_info)(hcsref_hcs_operation, uint32_t timeout_ms,
                                                                            hcsref_hcs_process_info *,
                                                                            hcsref_wchar **document);
  hcsref_hresult(HCSREF_WINAPI *cancel_operation)(hcsref_hcs_operation);
  hcsref_hresult(HCSREF_WINAPI *create_compute_system)(const hcsref_wchar *id, const hcsref_wchar *configuration,
                                                       hcsref_hcs_operation, const void *security_descriptor,
                                                       hcsref_hcs_system *);
  hcsref_hresult(HCSREF_WINAPI *open_compute_system)(const hcsref_wchar *id, uint32_t access, hcsref_hcs_system *);
  void(HCSREF_WINAPI *close_compute_system)(hcsref_hcs_system);
  hcsref_hresult(HCSREF_WINAPI *start_compute_system)(hcsref_hcs_system, hcsref_hcs_operation,
                                                      const hcsref_wchar *options);
  hcsref_hresult(HCSREF_WINAPI *shut_down_compute_system)(hcsref_hcs_system, hcsref_hcs_operation,
                                                          const hcsref_wchar *options);
  hcsref_hresult(HCSREF_WINAPI *terminate_compute_system)(hcsref_hcs_system, hcsref_hcs_operation,
                                                          const hcsref_wchar *options);
  hcsref_hresult(HCSREF_WINAPI *get_compute_system_properties)(hcsref_hcs_system, hcsref_hcs_operation,
                                                               const hcsref_wchar *query);
  hcsref_hresult(HCSREF_WINAPI *enumerate_compute_systems)(const hcsref_wchar *query, hcsref_hcs_operation);
  hcsref_hresult(HCSREF_WINAPI *wait_for_compute_system_exit)(hcsref_hcs_system, uint32_t timeout_ms,
                                                              hcsref_wchar **status);
  hcsref_hresult(HCSREF_WINAPI *create_process)(hcsref_hcs_system, const hcsref_wchar *parameters, hcsref_hcs_operation,
                                                const void *security_descriptor, hcsref_hcs_process *);
  void(HCSREF_WINAPI *close_process)(hcsref_hcs_process);
  hcsref_hresult(HCSREF_WINAPI *terminate_process)(hcsref_hcs_process, hcsref_hcs_operation,
                                                   const hcsref_wchar *options);
  hcsref_hresult(HCSREF_WINAPI *signal_process)(hcsref_hcs_process, hcsref_hcs_operation, const hcsref_wchar *options);
  hcsref_hresult(HCSREF_WINAPI *modify_process)(hcsref_hcs_process, hcsref_hcs_operation, const hcsref_wchar *settings);
  hcsref_hresult(HCSREF_WINAPI *wait_for_process_exit)(hcsref_hcs_process, uint32_t timeout_ms, hcsref_wchar **status);
} hcsref_computecore;

/** The compute part of vmcompute.dll. Texts that it returns are freed with CoTaskMemFree. */
typedef struct hcsref_vmcompute {
  hcsref_hresult(HCSREF_WINAPI *create_compute_system)(const hcsref_wchar *id, const hcsref_wchar *configuration,
                                                       hcsref_os_handle identity, hcsref_hcs_system *,
                                                       hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *open_compute_system)(const hcsref_wchar *id, hcsref_hcs_system *,
                                                     hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *close_compute_system)(hcsref_hcs_system);
  hcsref_hresult(HCSREF_WINAPI *start_compute_system)(hcsref_hcs_system, const hcsref_wchar *options,
                                                      hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *shutdown_compute_system)(hcsref_hcs_system, const hcsref_wchar *options,
                                                         hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *terminate_compute_system)(hcsref_hcs_system, const hcsref_wchar *options,
                                                          hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *get_compute_system_properties)(hcsref_hcs_system, const hcsref_wchar *query,
                                                               hcsref_wchar **properties, hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *enumerate_compute_systems)(const hcsref_wchar *query, hcsref_wchar **systems,
                                                           hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *register_compute_system_callback)(hcsref_hcs_system, hcsref_hcs_notification_callback,
                                                                  void *context, hcsref_hcs_callback *);
  hcsref_hresult(HCSREF_WINAPI *unregister_compute_system_callback)(hcsref_hcs_callback);
  hcsref_hresult(HCSREF_WINAPI *create_process)(hcsref_hcs_system, const hcsref_wchar *parameters,
                                                hcsref_hcs_process_info *, hcsref_hcs_process *, hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *close_process)(hcsref_hcs_process);
  hcsref_hresult(HCSREF_WINAPI *terminate_process)(hcsref_hcs_process, hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *signal_process)(hcsref_hcs_process, const hcsref_wchar *options, hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *get_process_properties)(hcsref_hcs_process, hcsref_wchar **properties,
                                                        hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *modify_process)(hcsref_hcs_process, const hcsref_wchar *settings,
                                                hcsref_wchar **result);
  hcsref_hresult(HCSREF_WINAPI *register_process_callback)(hcsref_hcs_process, hcsref_hcs_notification_callback,
                                                           void *context, hcsref_hcs_callback *);
  hcsref_hresult(HCSREF_WINAPI *unregister_process_callback)(hcsref_hcs_callback);
} hcsref_vmcompute;

/** The storage part of vmcompute.dll. A layer's id is the path of its folder. */
typedef struct hcsref_wclayer {
  hcsref_hresult(HCSREF_WINAPI *name_to_guid)(const hcsref_wchar *name, hcsref_win_guid *);
  hcsref_hresult(HCSREF_WINAPI *create_sandbox_layer)(const hcsref_wc_driver *, const hcsref_wchar *id,
                                                      uintptr_t parent, const hcsref_wc_layer *, size_t count);
  hcsref_hresult(HCSREF_WINAPI *activate_layer)(const hcsref_wc_driver *, const hcsref_wchar *id);
  hcsref_hresult(HCSREF_WINAPI *prepare_layer)(const hcsref_wc_driver *, const hcsref_wchar *id,
                                               const hcsref_wc_layer *, size_t count);
  hcsref_hresult(HCSREF_WINAPI *get_layer_mount_path)(const hcsref_wc_driver *, const hcsref_wchar *id, size_t *length,
                                                      hcsref_wchar *buffer);
  hcsref_hresult(HCSREF_WINAPI *unprepare_layer)(const hcsref_wc_driver *, const hcsref_wchar *id);
  hcsref_hresult(HCSREF_WINAPI *deactivate_layer)(const hcsref_wc_driver *, const hcsref_wchar *id);
  hcsref_hresult(HCSREF_WINAPI *destroy_layer)(const hcsref_wc_driver *, const hcsref_wchar *id);
} hcsref_wclayer;

/** computenetwork.dll, as far as network namespaces go. Texts that it returns are freed with CoTaskMemFree. */
typedef struct hcsref_computenetwork {
  hcsref_hresult(HCSREF_WINAPI *create_namespace)(const hcsref_win_guid *id, const hcsref_wchar *settings,
                                                  hcsref_hcn_handle *, hcsref_wchar **error);
  hcsref_hresult(HCSREF_WINAPI *open_namespace)(const hcsref_win_guid *id, hcsref_hcn_handle *, hcsref_wchar **error);
  hcsref_hresult(HCSREF_WINAPI *modify_namespace)(hcsref_hcn_handle, const hcsref_wchar *settings,
                                                  hcsref_wchar **error);
  hcsref_hresult(HCSREF_WINAPI *query_namespace_properties)(hcsref_hcn_handle, const hcsref_wchar *query,
                                                            hcsref_wchar **properties, hcsref_wchar **error);
  hcsref_hresult(HCSREF_WINAPI *close_namespace)(hcsref_hcn_handle);
  hcsref_hresult(HCSREF_WINAPI *delete_namespace)(const hcsref_win_guid *id, hcsref_wchar **error);
  hcsref_hresult(HCSREF_WINAPI *enumerate_namespaces)(const hcsref_wchar *query, hcsref_wchar **ids,
                                                      hcsref_wchar **error);
} hcsref_computenetwork;

/** An export and its place in a table. */
typedef struct hcsref_api_entry {
  const char *name; /**< as the DLL exports it */
  size_t offset;    /**< of the function pointer in the table's struct */
} hcsref_api_entry;

/** The exports that make up one table. */
typedef struct hcsref_api_table {
  const char *dll; /**< "computecore.dll" */
  const hcsref_api_entry *entries;
  size_t count;
} hcsref_api_table;

HCSREF_API extern const hcsref_api_table hcsref_api_computecore, hcsref_api_vmcompute, hcsref_api_wclayer,
    hcsref_api_computenetwork;

#ifdef __cplusplus
}
#endif

#endif

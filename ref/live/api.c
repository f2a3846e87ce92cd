/* SPDX-License-Identifier: Apache-2.0 */
/* The exports behind each table of entry points. */
#include "hcsref/hcsapi.h"

#define TABLE(dll, entries)                                                                                            \
  { dll, entries, sizeof(entries) / sizeof((entries)[0]) }

#define CORE(name, member)                                                                                             \
  { name, offsetof(hcsref_computecore, member) }
static const hcsref_api_entry core_entries[] = {
    CORE("HcsCreateOperation", create_operation),
    CORE("HcsCloseOperation", close_operation),
    CORE("HcsGetOperationResult", get_operation_result),
    CORE("HcsGetOperationResultAndProcessInfo", get_operation_result_and_process_info),
    CORE("HcsWaitForOperationResult", wait_for_operation_result),
    CORE("HcsWaitForOperationResultAndProcessInfo", wait_for_operation_result_and_process_info),
    CORE("HcsCancelOperation", cancel_operation),
    CORE("HcsCreateComputeSystem", create_compute_system),
    CORE("HcsOpenComputeSystem", open_compute_system),
    CORE("HcsCloseComputeSystem", close_compute_system),
    CORE("HcsStartComputeSystem", start_compute_system),
    CORE("HcsShutDownComputeSystem", shut_down_compute_system),
    CORE("HcsTerminateComputeSystem", terminate_compute_system),
    CORE("HcsGetComputeSystemProperties", get_compute_system_properties),
    CORE("HcsEnumerateComputeSystems", enumerate_compute_systems),
    CORE("HcsWaitForComputeSystemExit", wait_for_compute_system_exit),
    CORE("HcsCreateProcess", create_process),
    CORE("HcsCloseProcess", close_process),
    CORE("HcsTerminateProcess", terminate_process),
    CORE("HcsSignalProcess", signal_process),
    CORE("HcsModifyProcess", modify_process),
    CORE("HcsWaitForProcessExit", wait_for_process_exit),
};
const hcsref_api_table hcsref_api_computecore = TABLE("computecore.dll", core_entries);

#define VM(name, member)                                                                                               \
  { name, offsetof(hcsref_vmcompute, member) }
static const hcsref_api_entry vm_entries[] = {
    VM("HcsCreateComputeSystem", create_compute_system),
    VM("HcsOpenComputeSystem", open_compute_system),
    VM("HcsCloseComputeSystem", close_compute_system),
    VM("HcsStartComputeSystem", start_compute_system),
    VM("HcsShutdownComputeSystem", shutdown_compute_system),
    VM("HcsTerminateComputeSystem", terminate_compute_system),
    VM("HcsGetComputeSystemProperties", get_compute_system_properties),
    VM("HcsEnumerateComputeSystems", enumerate_compute_systems),
    VM("HcsRegisterComputeSystemCallback", register_compute_system_callback),
    VM("HcsUnregisterComputeSystemCallback", unregister_compute_system_callback),
    VM("HcsCreateProcess", create_process),
    VM("HcsCloseProcess", close_process),
    VM("HcsTerminateProcess", terminate_process),
    VM("HcsSignalProcess", signal_process),
    VM("HcsGetProcessProperties", get_process_properties),
    VM("HcsModifyProcess", modify_process),
    VM("HcsRegisterProcessCallback", register_process_callback),
    VM("HcsUnregisterProcessCallback", unregister_process_callback),
};
const hcsref_api_table hcsref_api_vmcompute = TABLE("vmcompute.dll", vm_entries);

#define LAYER(name, member)                                                                                            \
  { name, offsetof(hcsref_wclayer, member) }
static const hcsref_api_entry layer_entries[] = {
    LAYER("NameToGuid", name_to_guid),
    LAYER("CreateSandboxLayer", create_sandbox_layer),
    LAYER("ActivateLayer", activate_layer),
    LAYER("PrepareLayer", prepare_layer),
    LAYER("GetLayerMountPath", get_layer_mount_path),
    LAYER("UnprepareLayer", unprepare_layer),
    LAYER("DeactivateLayer", deactivate_layer),
    LAYER("DestroyLayer", destroy_layer),
};
const hcsref_api_table hcsref_api_wclayer = TABLE("vmcompute.dll", layer_entries);

#define NETWORK(name, member)                                                                                          \
  { name, offsetof(hcsref_computenetwork, member) }
static const hcsref_api_entry network_entries[] = {
    NETWORK("HcnCreateNamespace", create_namespace),
    NETWORK("HcnOpenNamespace", open_namespace),
    NETWORK("HcnModifyNamespace", modify_namespace),
    NETWORK("HcnQueryNamespaceProperties", query_namespace_properties),
    NETWORK("HcnCloseNamespace", close_namespace),
    NETWORK("HcnDeleteNamespace", delete_namespace),
    NETWORK("HcnEnumerateNamespaces", enumerate_namespaces),
};
const hcsref_api_table hcsref_api_computenetwork = TABLE("computenetwork.dll", network_entries);

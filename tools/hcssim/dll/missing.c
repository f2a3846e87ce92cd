/* SPDX-License-Identifier: Apache-2.0 */
/* The exports that the simulator does not perform: they are recorded, and answer E_NOTIMPL, or no handle. What they are
 * called with is not looked at: on 64-bit Windows the number of arguments does not matter to the stack. */
#include "dll/shim.h"

#define NOT_IMPLEMENTED 0x80004001u

static hcsref_hresult not_implemented(sim_api api, const char *name) {
  sim_call call;
  shim_begin(&call, api, name, false);
  sim_fail(&call, NOT_IMPLEMENTED, "The simulated service does not perform %s.", name);
  return shim_end(&call, NULL);
}

#define MISSING(dll, name, api)                                                                                        \
  hcsref_hresult HCSREF_WINAPI dll##_##name(void);                                                                     \
  hcsref_hresult HCSREF_WINAPI dll##_##name(void) {                                                                    \
    return not_implemented(api, #name);                                                                                \
  }

#define NOTHING(dll, name, api)                                                                                        \
  void *HCSREF_WINAPI dll##_##name(void);                                                                              \
  void *HCSREF_WINAPI dll##_##name(void) {                                                                             \
    not_implemented(api, #name);                                                                                       \
    return NULL;                                                                                                       \
  }

MISSING(core, HcsAddResourceToOperation, SIM_COMPUTECORE)
MISSING(core, HcsCrashComputeSystem, SIM_COMPUTECORE)
MISSING(core, HcsCreateComputeSystemInNamespace, SIM_COMPUTECORE)
MISSING(core, HcsCreateEmptyGuestStateFile, SIM_COMPUTECORE)
MISSING(core, HcsCreateEmptyRuntimeStateFile, SIM_COMPUTECORE)
NOTHING(core, HcsCreateOperationWithNotifications, SIM_COMPUTECORE)
MISSING(core, HcsEnumerateComputeSystemsInNamespace, SIM_COMPUTECORE)
MISSING(core, HcsEnumerateVmWorkerProcesses, SIM_COMPUTECORE)
MISSING(core, HcsFindVmWorkerProcesses, SIM_COMPUTECORE)
NOTHING(core, HcsGetComputeSystemFromOperation, SIM_COMPUTECORE)
NOTHING(core, HcsGetOperationId, SIM_COMPUTECORE)
MISSING(core, HcsGetOperationProperties, SIM_COMPUTECORE)
MISSING(core, HcsGetOperationType, SIM_COMPUTECORE)
NOTHING(core, HcsGetProcessFromOperation, SIM_COMPUTECORE)
MISSING(core, HcsGetProcessorCompatibilityFromSavedState, SIM_COMPUTECORE)
MISSING(core, HcsGetWorkerProcessJob, SIM_COMPUTECORE)
MISSING(core, HcsGrantVmAccess, SIM_COMPUTECORE)
MISSING(core, HcsGrantVmGroupAccess, SIM_COMPUTECORE)
MISSING(core, HcsOpenComputeSystemInNamespace, SIM_COMPUTECORE)
MISSING(core, HcsRevokeVmAccess, SIM_COMPUTECORE)
MISSING(core, HcsRevokeVmGroupAccess, SIM_COMPUTECORE)
MISSING(core, HcsSetOperationContext, SIM_COMPUTECORE)
MISSING(core, HcsStartVmWorkerProcess, SIM_COMPUTECORE)
MISSING(core, HcsSubmitWerReport, SIM_COMPUTECORE)
MISSING(net, HcnCloseGuestNetworkService, SIM_NETWORK)
MISSING(net, HcnCreateGuestNetworkService, SIM_NETWORK)
MISSING(net, HcnDeleteGuestNetworkService, SIM_NETWORK)
MISSING(net, HcnEnumerateGuestNetworkPortReservations, SIM_NETWORK)
MISSING(net, HcnEnumerateGuestNetworkServices, SIM_NETWORK)
MISSING(net, HcnFreeGuestNetworkPortReservations, SIM_NETWORK)
MISSING(net, HcnModifyGuestNetworkService, SIM_NETWORK)
MISSING(net, HcnOpenGuestNetworkService, SIM_NETWORK)
MISSING(net, HcnQueryGuestNetworkServiceProperties, SIM_NETWORK)
MISSING(net, HcnRegisterGuestNetworkServiceCallback, SIM_NETWORK)
MISSING(net, HcnRegisterNetworkCallback, SIM_NETWORK)
MISSING(net, HcnRegisterServiceCallback, SIM_NETWORK)
MISSING(net, HcnReleaseGuestNetworkServicePortReservationHandle, SIM_NETWORK)
MISSING(net, HcnReserveGuestNetworkServicePort, SIM_NETWORK)
MISSING(net, HcnReserveGuestNetworkServicePortRange, SIM_NETWORK)
MISSING(net, HcnUnregisterGuestNetworkServiceCallback, SIM_NETWORK)
MISSING(net, HcnUnregisterNetworkCallback, SIM_NETWORK)
MISSING(net, HcnUnregisterServiceCallback, SIM_NETWORK)
MISSING(storage, HcsAttachOverlayFilter, SIM_STORAGE)
MISSING(storage, HcsDetachOverlayFilter, SIM_STORAGE)
MISSING(storage, HcsGetLayerVhdMountPath, SIM_STORAGE)
MISSING(vm, CopyLayer, SIM_STORAGE)
MISSING(vm, GetBaseImages, SIM_STORAGE)

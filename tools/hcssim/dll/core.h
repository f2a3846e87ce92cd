/* SPDX-License-Identifier: Apache-2.0 */
/** @file Exports of computecore.dll that no table has, since the live stage does without them: for tests. */
#ifndef HCSSIM_DLL_CORE_H
#define HCSSIM_DLL_CORE_H

#include "dll/shim.h"

hcsref_hresult HCSREF_WINAPI core_HcsModifyComputeSystem(hcsref_hcs_system system, hcsref_hcs_operation operation,
                                                         const hcsref_wchar *configuration, hcsref_os_handle identity);
hcsref_hresult HCSREF_WINAPI core_HcsOpenProcess(hcsref_hcs_system system, uint32_t number, uint32_t access,
                                                 hcsref_hcs_process *process);
hcsref_hresult HCSREF_WINAPI core_HcsGetServiceProperties(const hcsref_wchar *query, hcsref_wchar **result);
hcsref_hresult HCSREF_WINAPI core_HcsModifyServiceSettings(const hcsref_wchar *settings, hcsref_wchar **result);

#endif

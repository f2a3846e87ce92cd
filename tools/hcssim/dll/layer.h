/* SPDX-License-Identifier: Apache-2.0 */
/** @file The exports of vmcompute.dll that make layers, for tests. Source of the signatures: hcsshim internal/wclayer.
 */
#ifndef HCSSIM_DLL_LAYER_H
#define HCSSIM_DLL_LAYER_H

#include "dll/shim.h"

hcsref_hresult HCSREF_WINAPI vm_CreateLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *parent);
hcsref_hresult HCSREF_WINAPI vm_ImportLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *from, const hcsref_wc_layer *descriptors, size_t count);
hcsref_hresult HCSREF_WINAPI vm_ExportLayer(const hcsref_wc_driver *driver, const hcsref_wchar *id,
                                            const hcsref_wchar *to, const hcsref_wc_layer *descriptors, size_t count);
hcsref_hresult HCSREF_WINAPI vm_ProcessBaseImage(const hcsref_wchar *path);
hcsref_hresult HCSREF_WINAPI vm_ProcessUtilityImage(const hcsref_wchar *path);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What Wine 8 does otherwise than Windows, and real container programs stumble over. Each gap is closed in the process
 * that has it, by a function of ours in front of Wine's. Outside of Wine nothing is touched.
 */
#ifndef HCSSIM_WINE_GAPS_H
#define HCSSIM_WINE_GAPS_H

#include <windows.h>
#include <winternl.h>

BOOL gap_is_wine(void);

/** Puts `instead` in front of an export of ntdll that is a plain system call. Returns what calls the system as before;
 * null, and nothing is changed, when the export does not look like one. */
void *gap_before_system_call(const char *name, void *instead);

/** The pipes that go-winio makes: in any letter case, and first instances that nobody is connected to. */
void gap_named_pipes(void);
/** FileDispositionInformationEx, by which Go removes files since 1.26. */
void gap_file_disposition(void);

#endif

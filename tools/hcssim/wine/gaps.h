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

/** Puts `instead` in the place of an export of a loaded DLL. Only for one that Wine has not written yet, which is never
 * called again. False: there is no such export. */
BOOL gap_instead_of(const wchar_t *dll, const char *name, void *instead);
/** Puts `instead` in front of an export of a loaded DLL that begins by keeping all registers that a function must keep.
 * Returns what does as before; null, and nothing is changed, when the export does not begin so. */
void *gap_before_pushes(const wchar_t *dll, const char *name, void *instead);
/** Does the last error say that Wine has not written the function that was just called? */
BOOL gap_is_not_written(void);

/** The pipes that go-winio makes: in any letter case, and first instances that nobody is connected to. */
void gap_named_pipes(void);
/** FileDispositionInformationEx, by which Go removes files since 1.26. */
void gap_file_disposition(void);
/** BackupRead and BackupWrite, through which layers are imported and exported. */
void gap_backup_streams(void);
/** Names of volumes, and of what is mounted and bound (routes.h). */
void gap_file_names(void);
/** The same for what gives a file another name: what NtSetInformationFile is to get in the place of `data`, which is
 * freed; null: the same. False: the new name is where nothing may be written. */
BOOL gap_follow_new_name(int class, const void *data, ULONG size, void **out, ULONG *out_size);
/** And for `path`, which has \??\ in front: where it leads, in the same form and of `out_length` units, which is freed;
 * null: to itself. */
wchar_t *gap_follow_path(const wchar_t *path, size_t length, size_t *out_length);
/** The programs that this one starts: found by names of volumes and of what is bound, and, in a container, with their
 * gaps closed by `dll`, which they load. */
void gap_child_processes(const wchar_t *dll);
/** SetVolumeMountPoint and DeleteVolumeMountPoint. */
void gap_mount_points(void);
/** The job classes of silos and of counted input and output, for HostProcess containers. */
void gap_silo_jobs(void);
/** What a job and its processes use, for the statistics of HostProcess containers. */
void gap_job_statistics(void);
/** What GetProcAddress gives out in the place of Wine's, in the files below. */
void gap_exports(void);
/** Hyper-V sockets, over which shims speak with the guests of VMs. */
void gap_hyperv_sockets(void);
/** What files are asked that are devices on Windows: the length of a scratch's volume, the address of a container. */
void gap_device_control(void);
/* exports.c asks these for an export; `wine` is Wine's own or null. */
/** The network compartment of a thread, which dockerd asks for. */
FARPROC gap_set_compartment(FARPROC wine);
FARPROC gap_get_compartment(FARPROC wine);
/** The account of a HostProcess container. */
FARPROC gap_group_info(FARPROC wine);
FARPROC gap_log_on(FARPROC wine);
/** Winsock's listen, connect and WSAIoctl, for Hyper-V sockets. */
FARPROC gap_listen(FARPROC wine);
FARPROC gap_connect(FARPROC wine);
FARPROC gap_socket_control(FARPROC wine);

#endif

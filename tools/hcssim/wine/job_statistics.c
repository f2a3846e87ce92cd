/* SPDX-License-Identifier: Apache-2.0 */
/* What a job and its processes use. Source of the questions: hcsshim internal/jobobject (QueryMemoryStats,
 * QueryProcessorStats, QueryStorageStats, QueryPrivateWorkingSet), by which a HostProcess container has statistics.
 * Wine does not know the classes, or answers no times: the processes that are in the job now are added up. Storage is
 * not counted, and a peak is what is used now. */
#include "wine/gaps.h"

#include <psapi.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_USAGE     28 /* JobObjectMemoryUsageInformation */
#define IO_ATTRIBUTION   42 /* JobObjectIoAttribution */
#define VM_COUNTERS      3  /* ProcessVmCounters */
#define LENGTH_MISMATCH  ((NTSTATUS)0xC0000004)
#define ACCESS_IS_DENIED ((NTSTATUS)0xC0000022)
#define MOST_PROCESSES   1024

typedef NTSTATUS(NTAPI *query_job)(HANDLE, int, PVOID, ULONG, PULONG);
typedef NTSTATUS(NTAPI *query_process)(HANDLE, int, PVOID, ULONG, PULONG);

typedef NTSTATUS(NTAPI *is_in_job)(HANDLE, HANDLE);

static query_job wine_query_job;
static is_in_job wine_is_in_job;
static query_process wine_query_process;

typedef struct memory_usage {
  ULONGLONG now, peak;
} memory_usage;

/* JOBOBJECT_IO_ATTRIBUTION_INFORMATION */
typedef struct io_attribution {
  ULONG flags;
  ULONGLONG of_reads[4], of_writes[4];
} io_attribution;

/* VM_COUNTERS_EX2: numbers of which the fifth is the working set, and two more at the end. */
typedef struct vm_counters {
  ULONGLONG known[12];
  ULONGLONG private_working_set, shared_commit;
} vm_counters;
#define WORKING_SET 4

typedef struct totals {
  ULONGLONG memory, user, kernel;
} totals;

static ULONGLONG number(FILETIME time) {
  return ((ULONGLONG)time.dwHighDateTime << 32) | time.dwLowDateTime;
}

static void add_process(DWORD id, totals *out) {
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
  PROCESS_MEMORY_COUNTERS counters;
  FILETIME created, ended, kernel, user;
  memset(&counters, 0, sizeof counters);
  if (process == NULL)
    return;
  if (K32GetProcessMemoryInfo(process, &counters, sizeof counters))
    out->memory += counters.WorkingSetSize;
  if (GetProcessTimes(process, &created, &ended, &kernel, &user)) {
    out->kernel += number(kernel);
    out->user += number(user);
  }
  CloseHandle(process);
}

static BOOL add_up(HANDLE job, totals *out) {
  const ULONG size = sizeof(JOBOBJECT_BASIC_PROCESS_ID_LIST) + MOST_PROCESSES * sizeof(ULONG_PTR);
  JOBOBJECT_BASIC_PROCESS_ID_LIST *list = calloc(1, size);
  BOOL ok = list != NULL && wine_query_job(job, JobObjectBasicProcessIdList, list, size, NULL) >= 0;
  memset(out, 0, sizeof *out);
  for (DWORD i = 0; ok && i < list->NumberOfProcessIdsInList; i++)
    add_process((DWORD)list->ProcessIdList[i], out);
  free(list);
  return ok;
}

static void add_times(HANDLE job, JOBOBJECT_BASIC_ACCOUNTING_INFORMATION *out) {
  totals all;
  if (out->TotalUserTime.QuadPart != 0 || out->TotalKernelTime.QuadPart != 0 || !add_up(job, &all))
    return;
  out->TotalUserTime.QuadPart = (LONGLONG)all.user;
  out->TotalKernelTime.QuadPart = (LONGLONG)all.kernel;
}

static NTSTATUS NTAPI query_information_job(HANDLE job, int class, PVOID data, ULONG size, PULONG returned) {
  NTSTATUS code = wine_query_job(job, class, data, size, returned);
  memory_usage usage = {0, 0};
  totals all;
  if (code >= 0 && class == JobObjectBasicAccountingInformation &&
      size >= sizeof(JOBOBJECT_BASIC_ACCOUNTING_INFORMATION))
    add_times(job, data);
  if (code >= 0 || job == NULL || data == NULL)
    return code;
  if (class == MEMORY_USAGE && size == sizeof usage && add_up(job, &all)) {
    usage.now = usage.peak = all.memory;
    memcpy(data, &usage, sizeof usage);
    return 0;
  }
  if (class == IO_ATTRIBUTION && size == sizeof(io_attribution)) {
    const ULONG flags = ((const io_attribution *)data)->flags;
    memset(data, 0, size);
    ((io_attribution *)data)->flags = flags;
    return 0;
  }
  return code;
}

static NTSTATUS NTAPI query_information_process(HANDLE process, int class, PVOID data, ULONG size, PULONG returned) {
  NTSTATUS code = wine_query_process(process, class, data, size, returned);
  vm_counters *counters = data;
  if (code != LENGTH_MISMATCH || class != VM_COUNTERS || size != sizeof *counters || data == NULL)
    return code;
  code = wine_query_process(process, class, counters->known, sizeof counters->known, NULL);
  if (code < 0)
    return code;
  counters->private_working_set = counters->known[WORKING_SET];
  counters->shared_commit = 0;
  if (returned != NULL)
    *returned = size;
  return code;
}

/* Wine wants more access to the process than Windows does, and than hcsshim has. */
static NTSTATUS NTAPI is_process_in_job(HANDLE process, HANDLE job) {
  NTSTATUS code = wine_is_in_job(process, job);
  HANDLE again = code == ACCESS_IS_DENIED ? OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, GetProcessId(process)) : NULL;
  if (again == NULL)
    return code;
  code = wine_is_in_job(again, job);
  CloseHandle(again);
  return code;
}

void gap_job_statistics(void) {
  union {
    is_in_job function;
    void *address;
  } in_job = {.function = is_process_in_job};
  union {
    query_job function;
    void *address;
  } job = {.function = query_information_job}, process = {.function = query_information_process};
  job.address = gap_before_system_call("NtQueryInformationJobObject", job.address);
  wine_query_job = job.function;
  process.address = gap_before_system_call("NtQueryInformationProcess", process.address);
  wine_query_process = process.function;
  in_job.address = gap_before_system_call("NtIsProcessInJob", in_job.address);
  wine_is_in_job = in_job.function;
}

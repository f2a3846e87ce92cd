/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: hcsshim internal/jobobject (SetIOTracking, PromoteToSilo), which HostProcess containers need.
 * Wine knows neither class. What they ask for is not done: nothing is counted, and the job has no silo. */
#include "wine/gaps.h"

#define CREATE_SILO    35 /* JobObjectCreateSilo */
#define IO_ATTRIBUTION 42 /* JobObjectIoAttribution */

typedef NTSTATUS(NTAPI *set_information)(HANDLE, int, PVOID, ULONG);

static set_information wine_set;

static NTSTATUS NTAPI set_information_job(HANDLE job, int class, PVOID data, ULONG size) {
  NTSTATUS code = wine_set(job, class, data, size);
  return code < 0 && job != NULL && (class == CREATE_SILO || class == IO_ATTRIBUTION) ? 0 : code;
}

void gap_silo_jobs(void) {
  union {
    set_information function;
    void *address;
  } ours, theirs;
  ours.function = set_information_job;
  theirs.address = gap_before_system_call("NtSetInformationJobObject", ours.address);
  wine_set = theirs.function;
}

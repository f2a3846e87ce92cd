/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a VM and its guest have after the requests so far, to see that each request is possible: a disk has a place of
 * its own on the one controller, what stands on something comes after it and goes before it, a container's layers are
 * shared before they are combined, and what was done last is undone first.
 */
#ifndef FUZZ_VM_STATE_H
#define FUZZ_VM_STATE_H

#include "support.h"

/** The one SCSI controller of a Windows VM. Source: hcsshim internal/protocol/guestrequest ScsiControllerGuids. */
#define VM_CONTROLLER "df6d0690-79e5-55b6-a5ec-c1e2f77f580a"

typedef struct vm_state vm_state;

/** An empty VM, in `arena`. */
vm_state *vm_state_new(hcsref_arena *arena);
/** Performs a request; one that is not possible breaks a property. */
void vm_state_apply(vm_state *state, const hcsref_vm_request *request);
/** How many disks are attached. */
size_t vm_state_disks(const vm_state *state);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The guest's end of the bridge: a VM whose document has no GuestConnection is spoken with by its client itself, over a
 * Hyper-V socket. Wine has none: whoever listens on one notes a port of the loopback in the state's folder `sockets`,
 * in a file VM-SERVICE, and the guest connects there. Source of the messages: hcsshim internal/gcs, and ref/uvm.
 */
#ifndef HCSSIM_BRIDGE_H
#define HCSSIM_BRIDGE_H

#include "engine/os/socket.h"
#include "engine/vm/machine.h"
#include "hcsref/bridge.h"
#include "hcsref/bridge_messages.h"

typedef struct sim_guest_process sim_guest_process;

/** One of the guest's containers, or the VM's own system. */
typedef struct sim_guest_system {
  struct sim_guest_system *next;
  sim_system *system; /* known to nobody but the guest */
  sim_handle handle;
  hcsref_str id;
} sim_guest_system;

typedef struct sim_bridge {
  sim *sim;
  sim_system *machine; /* referenced */
  os_socket *socket;   /* null until somebody listens */
  os_monitor *writing; /* one frame at a time */
  size_t senders;      /* threads that write a frame besides the one that answers */
  hcsref_str vm;       /* the machine's runtime id */
  sim_guest_system *systems;
  sim_guest_process *processes;
} sim_bridge;

/** A question of the client, while it is answered. */
typedef struct sim_question {
  sim_bridge *bridge;
  sim_call call;
  const hcsref_frame *frame;
  hcsref_message message;
  hcsref_str answer; /* members of the answer, each with a comma before it */
} sim_question;

/* bridge.c */
/** Under the lock: a machine has started. */
void sim_bridge_start(sim *s, sim_system *machine);

/* bridge_link.c */
bool sim_bridge_is_over(const sim_bridge *bridge);
/** Waits for the next frame; false at the end, or when it is none. */
bool sim_bridge_read(sim_bridge *bridge, hcsref_arena *arena, hcsref_frame *out);
/** Connects to who listens for a service; null when nobody did within `ms`. */
os_socket *sim_bridge_connect(const sim_bridge *bridge, hcsref_str service, uint32_t ms);
/** Never under the service's lock: the client may not read. Sends a frame whose payload is
 * `{"ContainerId":ID,"ActivityId":ZERO MEMBERS}`, without an id that is empty. */
void sim_bridge_send(sim_bridge *bridge, uint32_t type, uint64_t number, hcsref_str id, hcsref_str members);

/* bridge_process.c; under the lock */
void sim_guest_execute(sim_question *q, const sim_guest_system *system);
/** Answers now, or once the process has ended: then false. */
bool sim_guest_wait(sim_question *q);
void sim_guest_signal(sim_question *q);
/** No process is waited for any more. */
void sim_guest_forget(sim_bridge *bridge);

#endif

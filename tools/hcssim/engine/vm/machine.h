/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Utility VMs: what the service keeps of one, and what its guest has been told. Lists live in the system's arena.
 */
#ifndef HCSSIM_MACHINE_H
#define HCSSIM_MACHINE_H

#include "engine/os/socket.h"
#include "engine/state.h"
#include "hcsref/schema2_guest.h"

/** Most of what one VM may have of a kind, and the last place on a SCSI controller. */
#define SIM_MAX_SHARES 1024
#define SIM_MAX_DISKS  256
#define SIM_MAX_LUN    63
/* HCS_E_CONNECTION_CLOSED: nobody speaks with the guest. */
#define SIM_CONNECTION_CLOSED 0x8037010Au

typedef struct sim_disk {
  hcsref_str controller, lun, path;
  bool read_only;
} sim_disk;

/** Something with a name of its own: a share and its path, a network adapter and its endpoint, a socket's service. */
typedef struct sim_named {
  hcsref_str name, value;
} sim_named;

struct sim_machine {
  os_socket *guest; /* over which its client speaks with the guest; null: it does not */
  bool guest_over;  /* nobody is to speak with it any more */
  uint64_t memory_mb;
  uint32_t processors;
  hcsref_guid runtime_id;  /* its address on Hyper-V sockets */
  bool guest_connection;   /* the service speaks with the guest itself */
  hcsref_slice disks;      /* of sim_disk */
  hcsref_slice shares;     /* of sim_named */
  hcsref_slice adapters;   /* of sim_named */
  hcsref_slice services;   /* of sim_named */
  hcsref_slice pipes;      /* of sim_named */
  hcsref_slice devices;    /* of sim_named */
  hcsref_slice mounts;     /* of sim_named: what the guest has disks at; the value is the LUN */
  hcsref_slice roots;      /* of sim_named: what the guest combined layers at */
  hcsref_slice networks;   /* of sim_named: the guest's adapters */
  hcsref_slice namespaces; /* of sim_named: the guest's network namespaces */
};

/** What a change is to do; neither: Update. */
typedef struct sim_change {
  sim_call *call;
  sim_system *system;
  bool add, remove;
} sim_change;

/* machine.c: the document, and what its devices share with later changes. */
/** Checks a VM's document and understands it. */
bool sim_read_machine(sim_call *call, hcsref_arena *arena, const hcsref_v2_virtual_machine *in, sim_container *out);
bool sim_check_vm_memory(sim_call *call, uint64_t megabytes);
bool sim_check_vm_limits(sim_call *call, uint64_t limit, uint64_t weight);
bool sim_check_cpu_group(sim_call *call, const hcsref_v2_cpu_group *group);
bool sim_check_socket(sim_call *call, const hcsref_v2_hv_socket_service_config *service);

/* machine_device.c */
bool sim_add_disk(sim_call *call, hcsref_arena *arena, sim_machine *machine, hcsref_str controller, hcsref_str lun,
                  const hcsref_v2_attachment *disk);
bool sim_add_share(sim_call *call, hcsref_arena *arena, sim_machine *machine, const hcsref_v2_virtual_smb_share *share);
bool sim_add_adapter(sim_call *call, hcsref_arena *arena, sim_machine *machine, hcsref_str id,
                     const hcsref_v2_network_adapter *adapter);
/** Adds a name that is not there yet; the call fails otherwise. `what` begins the message. */
bool sim_add_named(sim_call *call, hcsref_arena *arena, hcsref_slice *list, const char *what, hcsref_str name,
                   hcsref_str value);
/** The entry of that name, or null. */
sim_named *sim_find_named(const hcsref_slice *list, hcsref_str name);
bool sim_remove_named(sim_call *call, hcsref_slice *list, const char *what, hcsref_str name);
sim_disk *sim_find_disk(const sim_machine *machine, hcsref_str controller, hcsref_str lun);
bool sim_remove_disk(sim_call *call, sim_machine *machine, hcsref_str controller, hcsref_str lun);
/** Are its folder and files there? */
bool sim_check_share(sim_call *call, const hcsref_v2_virtual_smb_share *share);

/* machine_change.c */
/** Performs a request of HcsModifyComputeSystem; `settings` is JSON text. */
bool sim_change_machine(sim_change *change, const hcsref_v2_modify_setting_request *request, hcsref_str settings);

/* guest.c */
/** Performs what the guest is asked; `text` is JSON of a guest's ModificationRequest. */
bool sim_ask_guest(sim_call *call, sim_system *machine, hcsref_str text);
/** Is the container's root combined, and are its layers and folders shared with the VM? */
bool sim_read_hosted(sim_call *call, hcsref_arena *arena, const sim_system *machine, const hcsref_v2_container *in,
                     sim_container *out);
/** The host's path of one that the guest sees through a share; null: it is none. In `arena`. */
bool sim_shared_path(const sim_machine *machine, hcsref_arena *arena, hcsref_str path, hcsref_str *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The OCI runtime spec, version 1.1.0 as hcsshim 0af576d29 vendors it, field by field. Declaration order is
 * output order. Fields marked "1.1.0 only" are not in the 1.0.2-dev that containerd 2bc77b8a2 vendors
 * (hcsref_type_oci_spec_cri). A pointer is null, a slice or map nil, where the JSON has no such key.
 * Source: opencontainers/runtime-spec specs-go/config.go.
 */
#ifndef HCSREF_OCI_H
#define HCSREF_OCI_H

#include "hcsref/json.h"
#include "hcsref/oci_linux.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_oci_spec hcsref_oci_spec;
typedef struct hcsref_oci_scheduler hcsref_oci_scheduler;
typedef struct hcsref_oci_process hcsref_oci_process;
typedef struct hcsref_oci_box hcsref_oci_box;
typedef struct hcsref_oci_user hcsref_oci_user;
typedef struct hcsref_oci_root hcsref_oci_root;
typedef struct hcsref_oci_mount hcsref_oci_mount;
typedef struct hcsref_oci_hook hcsref_oci_hook;
typedef struct hcsref_oci_hooks hcsref_oci_hooks;
typedef struct hcsref_oci_posix_rlimit hcsref_oci_posix_rlimit;
typedef struct hcsref_oci_solaris hcsref_oci_solaris;
typedef struct hcsref_oci_solaris_capped_cpu hcsref_oci_solaris_capped_cpu;
typedef struct hcsref_oci_solaris_capped_memory hcsref_oci_solaris_capped_memory;
typedef struct hcsref_oci_solaris_anet hcsref_oci_solaris_anet;
typedef struct hcsref_oci_windows hcsref_oci_windows;
typedef struct hcsref_oci_windows_device hcsref_oci_windows_device;
typedef struct hcsref_oci_windows_resources hcsref_oci_windows_resources;
typedef struct hcsref_oci_windows_memory_resources hcsref_oci_windows_memory_resources;
typedef struct hcsref_oci_windows_cpu_group_affinity hcsref_oci_windows_cpu_group_affinity;
typedef struct hcsref_oci_windows_cpu_resources hcsref_oci_windows_cpu_resources;
typedef struct hcsref_oci_windows_storage_resources hcsref_oci_windows_storage_resources;
typedef struct hcsref_oci_windows_network hcsref_oci_windows_network;
typedef struct hcsref_oci_windows_hyper_v hcsref_oci_windows_hyper_v;
typedef struct hcsref_oci_vm hcsref_oci_vm;
typedef struct hcsref_oci_vm_hypervisor hcsref_oci_vm_hypervisor;
typedef struct hcsref_oci_vm_kernel hcsref_oci_vm_kernel;
typedef struct hcsref_oci_vm_image hcsref_oci_vm_image;
typedef struct hcsref_oci_zos hcsref_oci_zos;
typedef struct hcsref_oci_zos_device hcsref_oci_zos_device;
/* hcsref/oci_recent.h */
typedef struct hcsref_oci_cpu_affinity hcsref_oci_cpu_affinity;
typedef struct hcsref_oci_freebsd hcsref_oci_freebsd;
typedef struct hcsref_oci_hw_config hcsref_oci_hw_config;

/** The whole config.json. */
struct hcsref_oci_spec {
  hcsref_str oci_version;
  hcsref_oci_process *process;
  hcsref_oci_root *root;
  hcsref_str hostname;
  hcsref_str domainname; /* since 1.1.0 */
  hcsref_slice mounts;   /* []Mount */
  hcsref_oci_hooks *hooks;
  hcsref_map annotations; /* map[string]string */
  hcsref_oci_linux *linux_;
  hcsref_oci_solaris *solaris;
  hcsref_oci_windows *windows;
  hcsref_oci_vm *vm;
  hcsref_oci_zos *zos;         /* since 1.1.0 */
  hcsref_oci_freebsd *freebsd; /* since 1.3.0 */
};

/** How Linux schedules the process. */
struct hcsref_oci_scheduler {
  hcsref_str policy;
  int32_t nice;
  int32_t priority;
  hcsref_slice flags; /* []LinuxSchedulerFlag */
  uint64_t runtime;
  uint64_t deadline;
  uint64_t period;
};

/** Who the process runs as. Windows uses `username` alone; uid and gid are written all the same. */
struct hcsref_oci_user {
  uint32_t uid;
  uint32_t gid;
  uint32_t *umask;
  hcsref_slice additional_gids; /* []uint32 */
  hcsref_str username;
};

/** What runs in the container. */
struct hcsref_oci_process {
  bool terminal;
  hcsref_oci_box *console_size;
  hcsref_oci_user user;
  hcsref_slice args;       /* []string */
  hcsref_str command_line; /* Windows: used verbatim instead of args */
  hcsref_slice env;        /* []string */
  hcsref_str cwd;
  hcsref_oci_linux_capabilities *capabilities;
  hcsref_slice rlimits; /* []POSIXRlimit */
  bool no_new_privileges;
  hcsref_str apparmor_profile;
  int64_t *oom_score_adj;
  hcsref_oci_scheduler *scheduler; /* 1.1.0 only */
  hcsref_str selinux_label;
  hcsref_oci_linux_io_priority *io_priority;  /* 1.1.0 only */
  hcsref_oci_cpu_affinity *exec_cpu_affinity; /* since 1.2.1 */
};

/** Size of the console, in characters. */
struct hcsref_oci_box {
  uint64_t height;
  uint64_t width;
};

/** The root file system. On Windows `path` is a volume GUID path, or empty for the runtime to fill in. */
struct hcsref_oci_root {
  hcsref_str path;
  bool readonly;
};

/** One mount. */
struct hcsref_oci_mount {
  hcsref_str destination; /* path in the container */
  hcsref_str type;
  hcsref_str source;         /* path on the host, or a named pipe */
  hcsref_slice options;      /* []string */
  hcsref_slice uid_mappings; /* []LinuxIDMapping: 1.1.0 only */
  hcsref_slice gid_mappings; /* []LinuxIDMapping: 1.1.0 only */
};

/** A program that is run at a point of the container's life. */
struct hcsref_oci_hook {
  hcsref_str path;
  hcsref_slice args; /* []string */
  hcsref_slice env;  /* []string */
  int64_t *timeout;  /* seconds */
};

/** Programs to run, by point of the container's life. */
struct hcsref_oci_hooks {
  hcsref_slice prestart;         /* []Hook */
  hcsref_slice create_runtime;   /* []Hook */
  hcsref_slice create_container; /* []Hook */
  hcsref_slice start_container;  /* []Hook */
  hcsref_slice poststart;        /* []Hook */
  hcsref_slice poststop;         /* []Hook */
};

/** One setrlimit(2) limit of the process. */
struct hcsref_oci_posix_rlimit {
  hcsref_str type;
  uint64_t hard;
  uint64_t soft;
};

/** The Solaris section; no stage reads it. */
struct hcsref_oci_solaris {
  hcsref_str milestone;
  hcsref_str limitpriv;
  hcsref_str max_shm_memory;
  hcsref_slice anet; /* []SolarisAnet */
  hcsref_oci_solaris_capped_cpu *capped_cpu;
  hcsref_oci_solaris_capped_memory *capped_memory;
};

/** CPU cap of a Solaris zone. */
struct hcsref_oci_solaris_capped_cpu {
  hcsref_str ncpus;
};

/** Memory caps of a Solaris zone. */
struct hcsref_oci_solaris_capped_memory {
  hcsref_str physical;
  hcsref_str swap;
};

/** An automatic network of a Solaris zone. */
struct hcsref_oci_solaris_anet {
  hcsref_str linkname;
  hcsref_str lower_link;
  hcsref_str allowed_address;
  hcsref_str configure_allowed_address;
  hcsref_str defrouter;
  hcsref_str link_protection;
  hcsref_str mac_address;
};

/** The Windows section. */
struct hcsref_oci_windows {
  hcsref_slice layer_folders; /* []string: top layer first, base last but one, scratch last; nil is written as null */
  hcsref_slice devices;       /* []WindowsDevice */
  hcsref_oci_windows_resources *resources;
  hcsref_value credential_spec; /* gMSA credential spec: a string is used, anything else is ignored */
  bool servicing;
  bool ignore_flushes_during_boot;
  hcsref_oci_windows_hyper_v *hyperv;
  hcsref_oci_windows_network *network;
};

/** A device to give to the container. */
struct hcsref_oci_windows_device {
  hcsref_str id;
  hcsref_str id_type; /* "class", "vpci-class-guid", "vpci-location-path", … */
};

/** Limits of a Windows container. */
struct hcsref_oci_windows_resources {
  hcsref_oci_windows_memory_resources *memory;
  hcsref_oci_windows_cpu_resources *cpu;
  hcsref_oci_windows_storage_resources *storage;
};

/** Memory limit. */
struct hcsref_oci_windows_memory_resources {
  uint64_t *limit; /* bytes */
};

/** The processors of one group that a container may use. */
struct hcsref_oci_windows_cpu_group_affinity {
  uint64_t mask;  /* a bit a processor */
  uint32_t group; /* number of the processor group */
};

/** CPU limits; HCS takes one of the three only. */
struct hcsref_oci_windows_cpu_resources {
  uint64_t *count;       /* processors */
  uint16_t *shares;      /* relative weight, 1 to 10000 */
  uint16_t *maximum;     /* hundredths of a percent, 1 to 10000 */
  hcsref_slice affinity; /* []WindowsCPUGroupAffinity: since 1.2.1 */
};

/** Limits on the system drive. */
struct hcsref_oci_windows_storage_resources {
  uint64_t *iops;         /* operations a second */
  uint64_t *bps;          /* bytes a second */
  uint64_t *sandbox_size; /* bytes; never consumed */
};

/** How the container is attached to networks. */
struct hcsref_oci_windows_network {
  hcsref_slice endpoint_list; /* []string: HNS endpoint ids */
  bool allow_unqualified_dns_query;
  hcsref_slice dns_search_list; /* []string */
  hcsref_str network_shared_container_name;
  hcsref_str network_namespace; /* GUID of an HCN namespace */
};

/** Hypervisor isolation; its presence asks for a utility VM. */
struct hcsref_oci_windows_hyper_v {
  hcsref_str utility_vm_path; /* folder of the utility VM image; empty: looked for in the layers */
};

/** The hypervisor program of a virtual machine. */
struct hcsref_oci_vm_hypervisor {
  hcsref_str path;
  hcsref_slice parameters; /* []string */
};

/** The kernel of a virtual machine. */
struct hcsref_oci_vm_kernel {
  hcsref_str path;
  hcsref_slice parameters; /* []string */
  hcsref_str initrd;
};

/** The disk image of a virtual machine. */
struct hcsref_oci_vm_image {
  hcsref_str path;
  hcsref_str format;
};

/** A container that is a virtual machine; no stage reads it. */
struct hcsref_oci_vm {
  hcsref_oci_vm_hypervisor hypervisor;
  hcsref_oci_vm_kernel kernel;
  hcsref_oci_vm_image image;
  hcsref_oci_hw_config *hw_config; /* since 1.3.0 */
};

/** The z/OS section; no stage reads it. */
struct hcsref_oci_zos {
  hcsref_slice devices;    /* []ZOSDevice: up to 1.2.0 */
  hcsref_slice namespaces; /* []ZOSNamespace: since 1.2.1 */
};

/** A device node of a z/OS container. */
struct hcsref_oci_zos_device {
  hcsref_str path;
  hcsref_str type;
  int64_t major;
  int64_t minor;
  uint32_t *file_mode;
  uint32_t *uid;
  uint32_t *gid;
};

HCSREF_API extern const hcsref_type hcsref_type_oci_spec;
HCSREF_API extern const hcsref_type hcsref_type_oci_scheduler;
HCSREF_API extern const hcsref_type hcsref_type_oci_process;
HCSREF_API extern const hcsref_type hcsref_type_oci_box;
HCSREF_API extern const hcsref_type hcsref_type_oci_user;
HCSREF_API extern const hcsref_type hcsref_type_oci_root;
HCSREF_API extern const hcsref_type hcsref_type_oci_mount;
HCSREF_API extern const hcsref_type hcsref_type_oci_hook;
HCSREF_API extern const hcsref_type hcsref_type_oci_hooks;
HCSREF_API extern const hcsref_type hcsref_type_oci_posix_rlimit;
HCSREF_API extern const hcsref_type hcsref_type_oci_solaris;
HCSREF_API extern const hcsref_type hcsref_type_oci_solaris_capped_cpu;
HCSREF_API extern const hcsref_type hcsref_type_oci_solaris_capped_memory;
HCSREF_API extern const hcsref_type hcsref_type_oci_solaris_anet;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_resources;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_memory_resources;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_cpu_group_affinity;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_cpu_resources;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_storage_resources;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_network;
HCSREF_API extern const hcsref_type hcsref_type_oci_windows_hyper_v;
HCSREF_API extern const hcsref_type hcsref_type_oci_vm;
HCSREF_API extern const hcsref_type hcsref_type_oci_vm_hypervisor;
HCSREF_API extern const hcsref_type hcsref_type_oci_vm_kernel;
HCSREF_API extern const hcsref_type hcsref_type_oci_vm_image;
HCSREF_API extern const hcsref_type hcsref_type_oci_zos;
HCSREF_API extern const hcsref_type hcsref_type_oci_zos_device;

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the OCI runtime spec has had since 1.2.1 and 1.3.0, and no stage reads: it must have the right types all the
 * same. Source: opencontainers/runtime-spec specs-go/config.go.
 */
#ifndef HCSREF_OCI_RECENT_H
#define HCSREF_OCI_RECENT_H

#include "hcsref/oci.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hcsref_oci_freebsd_device hcsref_oci_freebsd_device;
typedef struct hcsref_oci_freebsd_jail hcsref_oci_freebsd_jail;
typedef struct hcsref_oci_freebsd_jail_allow hcsref_oci_freebsd_jail_allow;
typedef struct hcsref_oci_io_mems hcsref_oci_io_mems;
typedef struct hcsref_oci_linux_net_device hcsref_oci_linux_net_device;
typedef struct hcsref_oci_zos_namespace hcsref_oci_zos_namespace;

/** The processors of a process that is run later. Since 1.2.1. */
struct hcsref_oci_cpu_affinity {
  hcsref_str initial;
  hcsref_str final_;
};

/** A namespace of a z/OS container. Since 1.2.1. */
struct hcsref_oci_zos_namespace {
  hcsref_str type;
  hcsref_str path;
};

/** A network device that is moved into a Linux container. Since 1.3.0. */
struct hcsref_oci_linux_net_device {
  hcsref_str name;
};

/** The value of a map[string]LinuxNetDevice. */
typedef struct hcsref_oci_linux_net_device_entry {
  hcsref_str key;
  hcsref_oci_linux_net_device value;
} hcsref_oci_linux_net_device_entry;

/** Where the memory of a Linux container comes from. Since 1.3.0. */
struct hcsref_oci_linux_memory_policy {
  hcsref_str mode;
  hcsref_str nodes;
  hcsref_slice flags; /* []MemoryPolicyFlagType */
};

/** Memory of the host that a virtual machine sees. Since 1.3.0. */
struct hcsref_oci_io_mems {
  uint64_t *first_gfn;
  uint64_t *first_mfn;
  uint64_t *nr_mfns;
};

/** The hardware of a virtual machine. Since 1.3.0. */
struct hcsref_oci_hw_config {
  hcsref_str device_tree;
  uint32_t *vcpus;
  uint64_t *memory;
  hcsref_slice dt_devs; /* []string */
  hcsref_slice io_mems; /* []IOMems */
  hcsref_slice irqs;    /* []uint32 */
};

/** A device node of a FreeBSD container. Since 1.3.0, as all of FreeBSD. */
struct hcsref_oci_freebsd_device {
  hcsref_str path;
  uint32_t *mode;
};

/** What a jail may do. */
struct hcsref_oci_freebsd_jail_allow {
  bool set_hostname;
  bool raw_sockets;
  bool chflags;
  hcsref_slice mount; /* []string */
  bool quotas;
  bool socket_af;
  bool mlock;
  bool reserved_ports;
  bool suser;
};

/** The jail of a FreeBSD container. */
struct hcsref_oci_freebsd_jail {
  hcsref_str parent;
  hcsref_str host;
  hcsref_str ip4;
  hcsref_slice ip4_addr; /* []string */
  hcsref_str ip6;
  hcsref_slice ip6_addr; /* []string */
  hcsref_str vnet;
  hcsref_str interface_;
  hcsref_slice vnet_interfaces; /* []string */
  hcsref_str sysvmsg;
  hcsref_str sysvsem;
  hcsref_str sysvshm;
  int64_t *enforce_statfs;
  hcsref_oci_freebsd_jail_allow *allow;
};

/** The FreeBSD section. */
struct hcsref_oci_freebsd {
  hcsref_slice devices; /* []FreeBSDDevice */
  hcsref_oci_freebsd_jail *jail;
};

HCSREF_API extern const hcsref_type hcsref_type_oci_cpu_affinity;
HCSREF_API extern const hcsref_type hcsref_type_oci_zos_namespace;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_net_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_linux_memory_policy;
HCSREF_API extern const hcsref_type hcsref_type_oci_io_mems;
HCSREF_API extern const hcsref_type hcsref_type_oci_hw_config;
HCSREF_API extern const hcsref_type hcsref_type_oci_freebsd;
HCSREF_API extern const hcsref_type hcsref_type_oci_freebsd_device;
HCSREF_API extern const hcsref_type hcsref_type_oci_freebsd_jail;
HCSREF_API extern const hcsref_type hcsref_type_oci_freebsd_jail_allow;

#ifdef __cplusplus
}
#endif

#endif

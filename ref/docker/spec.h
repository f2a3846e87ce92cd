/* SPDX-License-Identifier: Apache-2.0 */
/* The making of a spec: what its steps share, and the steps in their order. */
#ifndef HCSREF_DOCKER_SPEC_H
#define HCSREF_DOCKER_SPEC_H

#include "hcsref/docker.h"
#include "release/changes.h"

/* A mount as the daemon keeps it. */
typedef struct hcsref_docker_mount_point {
  hcsref_str source, destination;
  bool writable;
} hcsref_docker_mount_point;

/* One call. The two configs are copies that the steps change, as upstream's do. */
typedef struct hcsref_docker_maker {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_docker_host *host;
  const hcsref_docker_input *in;
  hcsref_error *err;
  hcsref_docker_config config;
  hcsref_docker_host_config host_config;
  bool hyperv;
  hcsref_slice warnings;     /* of hcsref_str */
  hcsref_slice mount_points; /* of hcsref_docker_mount_point */
  hcsref_str path;           /* of the program */
  hcsref_slice args;         /* of hcsref_str */
  hcsref_oci_spec *spec;
} hcsref_docker_maker;

/* Fails with a fixed text. */
bool hcsref_docker_refuse(const hcsref_docker_maker *m, const char *code, const char *where, const char *message);

/* Is the network that of another container? */
bool hcsref_docker_shares_network(hcsref_str network_mode);
/* The environment variable of an entry: what is before the first '='. */
hcsref_str hcsref_docker_variable(hcsref_str entry);

/* Is it one of the words, in any case? Blanks stand between those. */
bool hcsref_docker_is_word_of(hcsref_str text, const char *words);

/* What a path looks like on Windows: each '/' a backslash. False: out of memory. */
bool hcsref_docker_backslashes(hcsref_arena *arena, hcsref_str path, hcsref_str *out);

bool hcsref_docker_check_capabilities(const hcsref_docker_maker *m);
bool hcsref_docker_check_extra_hosts(const hcsref_docker_maker *m);
bool hcsref_docker_check_ports(const hcsref_docker_maker *m);
bool hcsref_docker_validate(hcsref_docker_maker *m);
bool hcsref_docker_settle(hcsref_docker_maker *m);
bool hcsref_docker_settle_resources(hcsref_docker_maker *m);
bool hcsref_docker_merge_image(hcsref_docker_maker *m);
bool hcsref_docker_register_mounts(hcsref_docker_maker *m);
bool hcsref_docker_make_spec(hcsref_docker_maker *m);
bool hcsref_docker_make_network(hcsref_docker_maker *m, hcsref_oci_windows *windows);
bool hcsref_docker_make_resources(hcsref_docker_maker *m, hcsref_oci_windows *windows);
bool hcsref_docker_make_credentials(hcsref_docker_maker *m, hcsref_oci_windows *windows);
bool hcsref_docker_make_devices(hcsref_docker_maker *m, hcsref_oci_windows *windows);

#endif

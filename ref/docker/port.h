/* SPDX-License-Identifier: Apache-2.0 */
/* Ports as docker's API has read them since 29. Source: moby api/types/network/port.go. */
#ifndef HCSREF_DOCKER_PORT_H
#define HCSREF_DOCKER_PORT_H

#include "hcsref/base.h"

/* A port of a container; an empty text gives none. */
typedef struct hcsref_docker_port {
  bool given;
  uint32_t number;
  hcsref_str protocol; /* as it was written; empty: tcp */
} hcsref_docker_port;

/* Null, or what is wrong with the text: Go's words for a number of 16 bits. Source: parsePortNumber. */
const char *hcsref_docker_port_number(hcsref_str text, uint32_t *number);
/* Null, or what is wrong with the number that is before the first '/', `*number`. Source: ParsePort. */
const char *hcsref_docker_parse_port(hcsref_str text, hcsref_docker_port *port, hcsref_str *number);
/* A port that can be parsed, and how it is written: "80/tcp". False: out of memory. Source: Port.String. */
bool hcsref_docker_read_port(hcsref_arena *arena, hcsref_str text, hcsref_docker_port *port, hcsref_str *written);
/* Is it one port, or two with a dash between them, perhaps with a protocol? Source: ParsePortRange. */
bool hcsref_docker_is_port_range(hcsref_str text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What a recording says of the host that it was made on: the facts that a container's document depends on, besides
 * its specification.
 */
#ifndef KIT_CHECK_RECORDING_FACTS_H
#define KIT_CHECK_RECORDING_FACTS_H

#include "compare/tree.h"

#include "hcsref/hcsref.h"

/** Of each kind of fact the newest so many are kept, so that asking for one takes bounded time. */
#define FACTS_KEPT 1024u

/** A layer as it was prepared and mounted. */
typedef struct fact_layer {
  uint64_t process; /**< that prepared it */
  hcsref_str scratch, volume;
  hcsref_str *parents; /**< topmost first */
  size_t parent_count;
} fact_layer;

typedef struct fact_id {
  hcsref_str name; /**< of a layer's folder */
  hcsref_guid id;
} fact_id;

typedef struct fact_namespace {
  uint64_t process; /**< that asked for it */
  hcsref_str id;
} fact_namespace;

/** What the service made of a container's credential spec. */
typedef struct fact_credential {
  hcsref_str id; /**< of the container */
  hcsref_v2_container_credential_guard_state state;
} fact_credential;

/** Start as zero bytes, with `arena`, which outlives the lines. */
typedef struct facts {
  hcsref_arena *arena;
  uint32_t build, processors; /**< 0: not told */
  hcsref_slice layers;        /**< of fact_layer; like the next three, it grows to FACTS_KEPT and then begins anew */
  hcsref_slice ids;           /**< of fact_id */
  hcsref_slice namespaces;    /**< of fact_namespace */
  hcsref_slice credentials;   /**< of fact_credential */
  uint64_t layer_count, id_count, namespace_count, credential_count; /**< all that were seen */
} facts;

/** Learns from a line of the recording, a whole object. False: out of memory. */
bool facts_learn(facts *f, const kit_json *line);
/** The layer with that mount path, or else with that scratch folder, or else the newest that `process` prepared; null:
 * none. A final backslash does not matter. */
const fact_layer *facts_layer(const facts *f, uint64_t process, hcsref_str volume, hcsref_str scratch);
/** The network namespace that `process` asked for last; empty: none. */
hcsref_str facts_namespace(const facts *f, uint64_t process);

/** What the service made of that container's credential spec last; null: the recording does not tell. */
const hcsref_v2_container_credential_guard_state *facts_credential(const facts *f, hcsref_str id);

/** What NameToGuid gave for the name of the folder last; null: the recording does not tell. */
const hcsref_guid *facts_layer_id(const facts *f, hcsref_str folder);
/** A GUID as documents have it. False: it is none. */
bool facts_read_guid(const facts *f, const kit_json *node, hcsref_guid *out);

/** A host that answers with the facts. What the recording does not tell is the default host's answer, but that a
 * mount's source leads where the document `mapped` (a list of MappedDirectories, or null) says: to the same path by the
 * name of its volume. */
typedef struct facts_host {
  const facts *facts;
  const kit_json *mapped;
} facts_host;
hcsref_host facts_as_host(facts_host *host);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Defaults and the schema version. Source: hcsshim internal/hcsoci/create.go initializeCreateOptions, CreateContainer;
 * internal/schemaversion/schemaversion.go DetermineSchemaVersion. */
#include "hcs/options.h"

#include "hcs/kind.h"
#include "release/changes.h"

/* Schema versions that can be asked for, the first OS build that has each, and the change that brought it. Source:
 * hcsshim internal/schemaversion/schemaversion.go IsSupported. */
static const struct {
  hcsref_v2_version version;
  uint32_t first_build;
  hcsref_change change;
} schemas[] = {
    {{1, 0}, 0, HCSREF_CHANGE_NONE},
    {{2, 1}, HCSREF_BUILD_RS5, HCSREF_CHANGE_NONE},
    {{2, 5}, HCSREF_BUILD_LTSC2022, HCSREF_CHANGE_SCHEMA_2_5},
};
#define SCHEMAS (sizeof schemas / sizeof *schemas)

static bool is_supported(const hcsref_rules *rules, const hcsref_v2_version *version, uint32_t build) {
  for (size_t i = 0; i < SCHEMAS; i++)
    if (hcsref_is_schema(version, schemas[i].version.major, schemas[i].version.minor))
      return build >= schemas[i].first_build &&
             (schemas[i].change == HCSREF_CHANGE_NONE || hcsref_has(rules, schemas[i].change));
  return false;
}

/* DetermineSchemaVersion: the version asked for if this build has it; upstream only warns when it has not. */
static hcsref_v2_version choose_schema(const hcsref_rules *rules, const hcsref_create_options *options,
                                       uint32_t build) {
  const hcsref_v2_version v1 = {1, 0}, v2 = {2, 1};
  if (options->hosting_system != NULL)
    return v2;
  if (options->has_schema && is_supported(rules, &options->schema, build))
    return options->schema;
  return build >= HCSREF_BUILD_RS5 ? v2 : v1;
}

hcsref_str hcsref_actual_id(const hcsref_create_options *options) {
  return options->actual_id.len != 0 ? options->actual_id : options->id;
}

hcsref_str hcsref_actual_owner(const hcsref_create_options *options) {
  return options->actual_owner.len != 0 ? options->actual_owner : options->owner;
}

/* Upstream makes up an id and takes the program's name as the owner; a library has neither. A namespace is for
 * schema 2.1 only, and one that upstream would have made now is left to the caller. */
bool hcsref_complete_options(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_create_options *options,
                             const hcsref_host *host, hcsref_create_options *out, hcsref_error *err) {
  hcsref_create_options complete = *options;
  complete.actual_id = hcsref_actual_id(options);
  complete.actual_owner = hcsref_actual_owner(options);
  if (complete.actual_id.len == 0)
    return hcsref_fail(arena, err, "id-required", HCSREF_LIT(""), "a container id is required");
  if (complete.actual_owner.len == 0)
    return hcsref_fail(arena, err, "owner-required", HCSREF_LIT(""), "an owner is required");
  if (!options->schema_is_final)
    complete.schema = choose_schema(rules, options, host->ops->os_build(host->ctx));
  if (!hcsref_is_schema(&complete.schema, 2, 1))
    complete.network_namespace = HCSREF_LIT("");
  *out = complete;
  return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Table of an image's config. Source: opencontainers/image-spec specs-go/v1/config.go. */
#include "hcsref/cri_spec.h"
#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type nothing = {HCSREF_STRUCT, "struct {}", sizeof(hcsref_nothing), NULL, NULL, 0, 0, NULL, 0};
static const hcsref_type nothing_map = MAP_TO(nothing, hcsref_nothing_entry, NULL, "map[string]struct {}");

static const hcsref_field image_config_fields[] = {
    OMIT(hcsref_image_config, user, "User", hcsref_type_string),
    OMIT(hcsref_image_config, exposed_ports, "ExposedPorts", nothing_map),
    OMIT(hcsref_image_config, env, "Env", hcsref_type_strings),
    OMIT(hcsref_image_config, entrypoint, "Entrypoint", hcsref_type_strings),
    OMIT(hcsref_image_config, cmd, "Cmd", hcsref_type_strings),
    OMIT(hcsref_image_config, volumes, "Volumes", nothing_map),
    OMIT(hcsref_image_config, working_dir, "WorkingDir", hcsref_type_string),
    OMIT(hcsref_image_config, labels, "Labels", hcsref_type_string_map),
    OMIT(hcsref_image_config, stop_signal, "StopSignal", hcsref_type_string),
    SINCE(hcsref_image_config, args_escaped, "ArgsEscaped", hcsref_type_bool, true,
          HCSREF_CHANGE_SANDBOX_ERROR_ARGS_ESCAPED),
};
const hcsref_type hcsref_type_image_config = STRUCT(hcsref_image_config, "v1.ImageConfig", image_config_fields);

/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/cri_shared.h"

#include "hcsref/cri.h"

ALIAS(hostId);
ALIAS(containerId);

static const hcsref_field id_mapping_fields[] = {
    ALIASED(hcsref_cri_id_mapping, host_id, "host_id", hostId, hcsref_type_uint32),
    ALIASED(hcsref_cri_id_mapping, container_id, "container_id", containerId, hcsref_type_uint32),
    OMIT(hcsref_cri_id_mapping, length, "length", hcsref_type_uint32),
};
const hcsref_type hcsref_type_cri_id_mapping = STRUCT(hcsref_cri_id_mapping, "v1.IDMapping", id_mapping_fields);

static const hcsref_type id_mapping_ptr = POINTER_TO(hcsref_type_cri_id_mapping, "*v1.IDMapping");
const hcsref_type hcsref_cri_id_mapping_ptr_list = SLICE_OF(id_mapping_ptr, "[]*v1.IDMapping");
const hcsref_type hcsref_cri_namespace_mode = NAMED(HCSREF_INT32, int32_t, "v1.NamespaceMode");

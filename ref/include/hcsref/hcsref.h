/* SPDX-License-Identifier: Apache-2.0 */
/** @file The whole public API of libhcsref. */
#ifndef HCSREF_HCSREF_H
#define HCSREF_HCSREF_H

#include "hcsref/base.h"
#include "hcsref/bridge.h"
#include "hcsref/cri.h"
#include "hcsref/cri_spec.h"
#include "hcsref/docker.h"
#include "hcsref/docker_api.h"
#include "hcsref/docker_script.h"
#include "hcsref/hcn.h"
#include "hcsref/hcn_endpoint.h"
#include "hcsref/hcn_network.h"
#include "hcsref/hcn_policy.h"
#include "hcsref/hcsapi.h"
#include "hcsref/hns.h"
#include "hcsref/host.h"
#include "hcsref/json.h"
#include "hcsref/live.h"
#include "hcsref/oci.h"
#include "hcsref/oci_recent.h"
#include "hcsref/path.h"
#include "hcsref/pipeline.h"
#include "hcsref/process.h"
#include "hcsref/profile.h"
#include "hcsref/schema.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"
#include "hcsref/schema2_guest.h"
#include "hcsref/schema2_live.h"
#include "hcsref/schema2_vm.h"
#include "hcsref/script.h"
#include "hcsref/uvm.h"
#include "hcsref/vm.h"
#include "hcsref/vm_host.h"

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* NUMA nodes of the VM, since 0.13. Source: hcsshim internal/uvm/create.go prepareVNumaTopology, later
 * internal/vm/vmutils/numa.go PrepareVNumaTopology, validate, ValidateNumaForVM. */
#include "uvm/document.h"
#include "uvm/origins.h"

/* The first build whose HCS knows NUMA nodes. Source: hcsshim osversion V25H1Server. */
#define BUILD_NUMA 26100u

#define ANY_PHYSICAL_NODE   255u
#define MOST_VIRTUAL_NODE   64u
#define MOST_PHYSICAL_NODES 64u

/* `option` is the one that is wrong, of those that are set. */
static bool fail_number(const hcsref_vm_builder *b, const void *option, const char *format, uint64_t first,
                        uint64_t second) {
  return hcsref_fail(b->call->arena, b->call->err, "vm-numa", hcsref_cstr(hcsref_vm_option_place(b->call, option)),
                     format, first, second);
}

static bool fail(const hcsref_vm_builder *b, const void *option, const char *message) {
  return hcsref_vm_fail(b, "vm-numa", hcsref_vm_option_place(b->call, option), message);
}

#define PREFIX "error in preparing config doc: "

static bool check_node(const hcsref_vm_builder *b, const hcsref_v2_numa_setting *node, bool any_node) {
  const hcsref_uvm_options *o = b->options;
  const uint32_t physical = node->physical_node_number;
  if (node->virtual_node_number > MOST_VIRTUAL_NODE)
    return fail_number(b, &o->numa_mapped_physical_nodes,
                       PREFIX "vNUMA virtual node number %u exceeds maximum allowed value %u",
                       node->virtual_node_number, MOST_VIRTUAL_NODE);
  if (physical != ANY_PHYSICAL_NODE && physical >= MOST_PHYSICAL_NODES)
    return fail_number(b, &o->numa_mapped_physical_nodes,
                       PREFIX "vNUMA physical node number %u exceeds maximum allowed value %u", physical,
                       MOST_PHYSICAL_NODES);
  if (any_node != (physical == ANY_PHYSICAL_NODE))
    return fail_number(b, &o->numa_mapped_physical_nodes,
                       PREFIX "vNUMA has a mix of wildcard (%u) and non-wildcard (%u) physical node numbers",
                       ANY_PHYSICAL_NODE, physical);
  return node->count_of_memory_blocks != 0 ||
         fail(b, &o->numa_memory_blocks_counts, "vNUMA nodes with no memory are not allowed");
}

/* Sums as Go has them: they wrap around. */
typedef struct numa_totals {
  uint32_t processors;
  uint64_t memory;
} numa_totals;

static numa_totals add_up(const hcsref_v2_numa *numa) {
  const hcsref_v2_numa_setting *nodes = numa->settings.items;
  numa_totals totals = {0, 0};
  for (size_t i = 0; i < numa->settings.len; i++) {
    totals.processors += nodes[i].count_of_processors;
    totals.memory += nodes[i].count_of_memory_blocks;
  }
  return totals;
}

static bool check_nodes(const hcsref_vm_builder *b, const hcsref_v2_numa *numa) {
  const hcsref_uvm_options *o = b->options;
  const hcsref_v2_numa_setting *nodes = numa->settings.items;
  const bool any_node = nodes[0].physical_node_number == ANY_PHYSICAL_NODE;
  const numa_totals totals = add_up(numa);
  for (size_t i = 0; i < numa->settings.len; i++)
    if (!check_node(b, &nodes[i], any_node))
      return false;
  if ((totals.memory == 0) != (totals.processors == 0))
    return fail(b, totals.memory == 0 ? &o->numa_memory_blocks_counts : &o->numa_processor_counts,
                "partial resource allocation is not allowed");
  return totals.memory != 0 || !any_node ||
         fail(b, &o->numa_memory_blocks_counts, "completely empty topology is not allowed");
}

/* Each node by three lists. */
static bool name_nodes(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  const size_t count = o->numa_mapped_physical_nodes.len;
  hcsref_v2_numa *numa = &b->parts->numa;
  hcsref_v2_numa_setting *nodes;
  if (count != o->numa_processor_counts.len || count != o->numa_memory_blocks_counts.len)
    return fail(b, count != o->numa_processor_counts.len ? &o->numa_processor_counts : &o->numa_memory_blocks_counts,
                "mismatch in number of physical numa nodes and the corresponding processor and memory blocks count");
  nodes = hcsref_arena_array(b->call->arena, count, sizeof *nodes);
  if (nodes == NULL)
    return hcsref_fail_memory(b->call->err);
  for (size_t i = 0; i < count; i++) {
    nodes[i].virtual_node_number = nodes[i].virtual_socket_number = (uint32_t)i;
    nodes[i].physical_node_number = ((const uint32_t *)o->numa_mapped_physical_nodes.items)[i];
    nodes[i].count_of_processors = ((const uint32_t *)o->numa_processor_counts.items)[i];
    nodes[i].count_of_memory_blocks = ((const uint64_t *)o->numa_memory_blocks_counts.items)[i];
    nodes[i].memory_backing_type = HCSREF_LIT("Physical");
  }
  numa->virtual_node_count = (uint8_t)(count & UINT8_MAX);
  numa->settings.items = nodes;
  numa->settings.len = numa->settings.cap = count;
  return check_nodes(b, numa);
}

/* How large nodes may become; Windows makes them. */
static bool bound_nodes(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  if (o->max_memory_size_per_numa_node == 0)
    return fail(b, &o->max_processors_per_numa_node,
                "max size per node must be set when max processors per numa node is set");
  b->parts->numa_processors.count_per_node.max = o->max_processors_per_numa_node;
  b->parts->processor.numa_processors_settings = &b->parts->numa_processors;
  b->parts->numa.max_size_per_node = o->max_memory_size_per_numa_node;
  return true;
}

static bool prefer_nodes(hcsref_vm_builder *b) {
  const hcsref_slice *preferred = &b->options->preferred_physical_numa_nodes;
  int64_t *nodes = hcsref_arena_array(b->call->arena, preferred->len, sizeof *nodes);
  if (nodes == NULL)
    return hcsref_fail_memory(b->call->err);
  for (size_t i = 0; i < preferred->len; i++)
    nodes[i] = ((const uint32_t *)preferred->items)[i];
  b->parts->numa.preferred_physical_nodes.items = nodes;
  b->parts->numa.preferred_physical_nodes.len = b->parts->numa.preferred_physical_nodes.cap = preferred->len;
  return true;
}

/* What the nodes have together must be what the VM has; a sum of 0 says nothing. */
static bool compare_with_vm(const hcsref_vm_builder *b) {
  const numa_totals totals = add_up(&b->parts->numa);
  const uint32_t processors = b->parts->processor.count;
  if (totals.processors != 0 && totals.processors != processors)
    return fail_number(b, &b->options->numa_processor_counts,
                       PREFIX "failed to validate vNUMA settings: vNUMA total processor count %u does not match UVM "
                              "processor count %u",
                       totals.processors, processors);
  return totals.memory == 0 || totals.memory == b->memory_mb ||
         fail_number(b, &b->options->numa_memory_blocks_counts,
                     PREFIX "failed to validate vNUMA settings: vNUMA total memory %u does not match UVM memory %u",
                     totals.memory, b->memory_mb);
}

bool hcsref_vm_build_numa(hcsref_vm_builder *b) {
  const hcsref_uvm_options *o = b->options;
  const hcsref_host *host = &b->call->host->base;
  const uint32_t build = host->ops->os_build(host->ctx);
  const bool bounded = o->max_processors_per_numa_node != 0;
  const void *asked = bounded ? (const void *)&o->max_processors_per_numa_node : &o->numa_mapped_physical_nodes;
  if (!bounded && o->numa_mapped_physical_nodes.len == 0)
    return true;
  if (build < BUILD_NUMA)
    return fail_number(b, asked, PREFIX "vNUMA topology is not supported on %u version of Windows", build, 0);
  if (!prefer_nodes(b) || !(bounded ? bound_nodes(b) : name_nodes(b)))
    return false;
  b->parts->topology.numa = &b->parts->numa;
  b->parts->slit_type = HCSREF_LIT("FirmwareFallbackMeasured");
  b->parts->memory.slit_type = &b->parts->slit_type;
  if (o->allow_overcommit)
    return fail(b, *hcsref_vm_option_place(b->call, &o->allow_overcommit) != '\0' ? &o->allow_overcommit : asked,
                "vNUMA supports only Physical memory backing type");
  return compare_with_vm(b);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Named pipes: the first byte says whether there is a utility VM, then two lines, source and destination. */
#include "support.h"

#define PIPE    HCSREF_LIT("\\\\.\\pipe\\")
#define VM_PIPE HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\\IPC$\\")

static hcsref_str without_prefix(hcsref_str path) {
  return hcsref_is_named_pipe(path) ? hcsref_str_skip(path, PIPE.len) : path;
}

static void check_mapping(bool hosted, hcsref_str source, hcsref_str destination) {
  const hcsref_hosting_system vm = {.os = HCSREF_LIT("windows")};
  hcsref_named_pipe pipe;
  hcsref_str host_path;
  bool is_pipe = false;
  REQUIRE(
      hcsref_map_named_pipe(fuzz_arena(FUZZ_FRESH), NULL, hosted ? &vm : NULL, source, destination, &is_pipe, &pipe),
      "memory");
  host_path = pipe.host_path;
  REQUIRE(is_pipe && !pipe.in_vm, "every mount is taken for a pipe of the host");
  REQUIRE_SAME(pipe.container_pipe, without_prefix(destination), "the pipe of the container has no prefix");
  if (!hosted) {
    REQUIRE_SAME(host_path, source, "without a VM the source is the pipe");
    return;
  }
  REQUIRE(hcsref_str_has_prefix(host_path, VM_PIPE), "%q is not seen through the VM", host_path);
  REQUIRE_SAME(hcsref_str_skip(host_path, VM_PIPE.len), without_prefix(source), "the name of the pipe is kept");
}

static void check_clean_mount(hcsref_str path) {
  hcsref_str clean, again;
  REQUIRE(hcsref_clean_mount_path(fuzz_arena(FUZZ_USUAL), path, &clean), "memory");
  REQUIRE(hcsref_clean_mount_path(fuzz_arena(FUZZ_FRESH), clean, &again), "memory");
  if (hcsref_is_named_pipe(path))
    REQUIRE_SAME(clean, path, "a pipe stays as it is");
  else
    REQUIRE(clean.len != 0, "the clean form of %q is empty", path);
  if (hcsref_is_named_pipe(path) == hcsref_is_named_pipe(clean) && !hcsref_str_has_prefix(clean, HCSREF_LIT(".\\")))
    REQUIRE_SAME(again, clean, "cleaning a mount path is idempotent");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str rest = fuzz_text(data, size), source, destination;
  bool hosted = (fuzz_byte(&rest) & 1) != 0;
  source = fuzz_line(&rest);
  destination = fuzz_line(&rest);
  REQUIRE(hcsref_is_named_pipe(source) == hcsref_str_has_prefix(source, PIPE), "%q", source);
  check_mapping(hosted, source, destination);
  check_clean_mount(source);
  check_clean_mount(destination);
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Device extension files: the params of a case "device-extensions", in which the files are. */
#include "params.h"

static const hcsref_type definition = {HCSREF_POINTER,
                                       "*hcsschema.ContainerDefinitionDevice",
                                       sizeof(void *),
                                       &hcsref_type_v2_container_definition_device,
                                       NULL,
                                       0,
                                       0,
                                       NULL,
                                       0};

static hcsref_str read_extensions(int which, hcsref_str input, const extensions_params *in, hcsref_str host_text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_v2_container_definition_device marker, *out = &marker;
  hcsref_slice names;
  hcsref_error err = {0};
  fuzz_host host;
  bool ok;
  if (!fuzz_host_load(arena, host_text, HCSREF_LIT(""), &host))
    return hcsref_str_from(NULL, 0);
  fuzz_tighten(arena, input);
  ok = hcsref_device_extensions(arena, &in->annotations, &host.host, &out, &err);
  fuzz_loosen(arena);
  if (!ok) {
    fuzz_check_error(&err);
    REQUIRE(out == &marker, "a failure leaves the extensions untouched");
    return err.message;
  }
  REQUIRE(hcsref_annotation_list(arena, &in->annotations, HCSREF_LIT("io.microsoft.container.wcow.deviceextensions"),
                                 &names),
          "memory");
  REQUIRE((out == NULL) == (names.len == 0) && (out == NULL || out->device_extension.len == names.len),
          "an extension for each of %u files", (uint64_t)names.len);
  return fuzz_encode(arena, &definition, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  const extensions_params *in = params_read(arena, fuzz_text(data, size), &params_extensions);
  hcsref_str text = fuzz_text(data, size), host, first, second;
  if (in == NULL)
    return 0;
  REQUIRE(hcsref_format(arena, &host, "{\"files\":%v,\"os_build\":%u}",
                        in->files.len == 0 ? HCSREF_LIT("null") : in->files,
                        in->os_build == NULL ? (uint64_t)HCSREF_BUILD_LTSC2022 : (uint64_t)*in->os_build),
          "memory");
  first = read_extensions(FUZZ_SCRATCH, text, in, host);
  second = read_extensions(FUZZ_FRESH, text, in, host);
  REQUIRE_SAME(second, first, "memory does not show");
  if (!fuzz_is_lean(text))
    return 0;
  second = read_extensions(FUZZ_LEAN, text, in, host);
  if (!hcsref_str_equal(second, HCSREF_LIT("out of memory")))
    REQUIRE_SAME(second, first, "without memory");
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a program says of itself: the first byte chooses between Go's build information and a version resource. What is
 * found lies in the bytes, and the recording's first line is JSON with it. */
#include "support.h"

#include "engine/program.h"

static void check_inside(hcsref_str image, hcsref_str part) {
  REQUIRE(part.len == 0 || (part.data >= image.data && part.data + part.len <= image.data + image.len), "outside");
}

static void check_line(hcsref_arena *arena, const char *version, const sim_go_program *go) {
  hcsref_buf line = {.arena = arena};
  hcsref_buf_append(&line, HCSREF_LIT("{\"process\":1"));
  sim_program_append(&line, HCSREF_LIT("C:\\x.exe"), version, go);
  hcsref_buf_append_char(&line, '}');
  REQUIRE(!line.failed && hcsref_json_valid(arena, hcsref_buf_str(&line), HCSREF_JSON_WHOLE, NULL, NULL), "no JSON: %q",
          hcsref_buf_str(&line));
}

static void check_go(hcsref_arena *arena, hcsref_str image) {
  sim_go_program go;
  if (!sim_go_find(image, &go))
    return;
  check_inside(image, go.version);
  check_inside(image, go.path);
  check_inside(image, go.revision);
  REQUIRE(go.version.len > 0 && go.module_count <= SIM_MAX_MODULES, "%u modules", (uint64_t)go.module_count);
  for (size_t i = 0; i < go.module_count; i++) {
    check_inside(image, go.modules[i].path);
    check_inside(image, go.modules[i].version);
  }
  check_line(arena, "", &go);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_USUAL);
  hcsref_str text = fuzz_text(data, size);
  const sim_go_program none = {.module_count = 0};
  char version[SIM_VERSION_SIZE];
  if (fuzz_byte(&text) % 2 == 0)
    check_go(arena, text);
  else if (sim_version_find(text, version))
    check_line(arena, version, &none);
  return 0;
}

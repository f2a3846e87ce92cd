/* SPDX-License-Identifier: Apache-2.0 */
/* Where the layers of an image are: after a byte that is odd for the answer of `docker image inspect`, and even for a
 * layerchain.json, its text. */
#include "support.h"

#include "layer_list.h"

#include <string.h>

static bool is_folder_name(hcsref_str folder) {
  return folder.len > 0 && memchr(folder.data, '\0', folder.len) == NULL;
}

/* The folders again as the text that they came from. */
static hcsref_str write_chain(hcsref_arena *arena, const hcsref_slice *chain) {
  return fuzz_encode(arena, &hcsref_type_strings, chain);
}

static hcsref_str read_chain(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_slice chain = {0}, again = {0};
  hcsref_error err = {0};
  const hcsref_str *folders;
  hcsref_str written;
  bool ok;
  fuzz_tighten(arena, text);
  ok = layer_list_chain(arena, text, &chain, &err);
  fuzz_loosen(arena);
  if (!ok) {
    fuzz_check_error(&err);
    REQUIRE(chain.items == NULL && chain.len == 0, "a failure leaves the list untouched");
    return err.message;
  }
  folders = chain.items;
  for (size_t i = 0; i < chain.len; i++)
    REQUIRE(is_folder_name(folders[i]), "%q is no folder", folders[i]);
  written = write_chain(arena, &chain);
  REQUIRE(layer_list_chain(arena, written, &again, &err), "%v in %v", err.message, written);
  REQUIRE_SAME(write_chain(arena, &again), written, "the list comes back");
  return written;
}

static hcsref_str read_docker(int which, hcsref_str text) {
  hcsref_arena *arena = fuzz_arena(which);
  hcsref_str folder = {0};
  hcsref_error err = {0};
  bool ok;
  fuzz_tighten(arena, text);
  ok = layer_list_docker(arena, text, HCSREF_LIT("image"), &folder, &err);
  fuzz_loosen(arena);
  if (ok) {
    REQUIRE(is_folder_name(folder), "%q is no folder", folder);
    return folder;
  }
  fuzz_check_error(&err);
  REQUIRE(folder.data == NULL, "a failure leaves the folder untouched");
  return err.message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size), usual;
  hcsref_str (*read)(int which, hcsref_str text) = fuzz_byte(&text) % 2 != 0 ? read_docker : read_chain;
  usual = read(FUZZ_USUAL, text);
  REQUIRE_SAME(read(FUZZ_FRESH, text), usual, "memory does not show");
  fuzz_lean_too(read, text, usual);
  return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The host of a case: the input is its JSON, or on two lines that of the host and of the utility VM. */
#include "host.h"

/* No text has this length. */
static const hcsref_str nothing_said = {NULL, SIZE_MAX};

/* What fails says why, unless there is too little memory for it. */
static void need_words(bool ok, hcsref_str *message, bool lean) {
  REQUIRE(ok || lean || message->len != SIZE_MAX, "a failure without a message");
  *message = nothing_said;
}

static void ask(const hcsref_host *host, hcsref_arena *arena, hcsref_str path, bool lean) {
  hcsref_str text = {0}, message = nothing_said;
  hcsref_guid id;
  bool answered = false;
  need_words(host->ops->layer_id(host->ctx, arena, path, &id, &message), &message, lean);
  need_words(host->ops->stat(host->ctx, arena, path, NULL, &message) == HCSREF_PATH_OK, &message, lean);
  need_words(host->ops->mkdir_all(host->ctx, arena, path, &message), &message, lean);
  need_words(host->ops->resolve(host->ctx, arena, path, HCSREF_RESOLVE_CRI, &text, &message), &message, lean);
  need_words(host->ops->resolve(host->ctx, arena, path, HCSREF_RESOLVE_HCS, &text, &message), &message, lean);
  need_words(host->ops->read_file(host->ctx, arena, path, &text, &message), &message, lean);
  need_words(host->ops->uvm_folder(host->ctx, arena, &path, 1, &text, &message, &answered), &message, lean);
}

/* Reading it without memory. */
static void check_lean(hcsref_str input, hcsref_str first, hcsref_str second) {
  hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
  hcsref_script *script = NULL;
  hcsref_hosting_system *vm = NULL;
  hcsref_host host;
  hcsref_error err = {0};
  fuzz_tighten(arena, input);
  if (!hcsref_script_load(arena, first, &script, &err))
    return;
  host = hcsref_script_host(script);
  ask(&host, arena, HCSREF_LIT("C:\\layers\\1"), true);
  if (!hcsref_script_hosting_system(arena, script, second, &vm, &err))
    REQUIRE(err.message.len > 0, "an error has words");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  hcsref_str rest = fuzz_text(data, size), first = fuzz_line(&rest), guest = {0}, message = {0};
  fuzz_host host;
  if (fuzz_is_lean(fuzz_text(data, size)))
    check_lean(fuzz_text(data, size), first, rest);
  if (!fuzz_host_load(arena, first, rest, &host))
    return 0;
  ask(&host.host, arena, HCSREF_LIT("C:\\layers\\1"), false);
  ask(&host.host, arena, HCSREF_LIT(""), false);
  fuzz_host_for_cri(&host);
  ask(&host.host, arena, HCSREF_LIT("C:\\p"), false);
  if (host.vm != NULL)
    (void)host.vm->ops->vsmb_path(host.vm->ctx, arena, HCSREF_LIT("C:\\a\\b.txt"), true, &guest, &message);
  REQUIRE(hcsref_script_made(host.script)->len <= 3, "no more folders than were asked for");
  return 0;
}

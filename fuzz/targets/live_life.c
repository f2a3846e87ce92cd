/* SPDX-License-Identifier: Apache-2.0 */
/* The live stage on the simulated service: a container's life under a plan of faults. The first byte chooses the DLL
 * and what happens on the way; the rest is the plan. Whatever fails, there is an error with words, and what the end
 * says is undone is gone. */
#include "sim/world.h"

#include "engine/network/network.h"

#include "live/live.h"

#include <string.h>

enum {
  WITH_VM = 1,
  WITH_NETWORK = 2,
  WITH_SIGNALS = 4,
  WITH_SCHEMA1 = 8,
  WITH_TERMINATE = 16,
  WITH_LIST = 32,
  DRY = 64
};

#define ENDPOINT "4f4e4d4c-4b4a-4938-8736-353433323130"
#define ID       HCSREF_LIT("one")
#define MOST_MS  1500u

/* It lives 22 seconds: longer than everything that is done to it. */
#define COMMAND_LINE "ping -n 22 192.0.2.100"

static const hcsref_guid name_space = {{0x6e, 0x0c, 0x2b, 0x3a, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};

/* Functions whose work goes on after they have returned: only these can hang and still be waited for. */
static bool goes_on(const char *call) {
  static const char *const names[] = {"HcsCreateComputeSystem", "HcsStartComputeSystem", "HcsShutDownComputeSystem",
                                      "HcsShutdownComputeSystem", "HcsTerminateComputeSystem"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (strcmp(call, names[i]) == 0)
      return true;
  return false;
}

/* Leaves out what would end the program or never return. */
static void tame(sim *service) {
  for (size_t i = 0; i < service->fault_count; i++) {
    sim_fault *fault = &service->faults[i].fault;
    if (fault->kind == SIM_FAULT_KILL)
      fault->kind = SIM_FAULT_FAIL;
    if (fault->kind == SIM_FAULT_HANG && !goes_on(service->faults[i].call))
      fault->kind = SIM_FAULT_LATE;
    fault->ms %= MOST_MS;
    /* A failure is one. */
    if (fault->kind == SIM_FAULT_FAIL || fault->kind == SIM_FAULT_FAIL_LATER)
      fault->code |= 0x80000000u;
  }
}

/* ---- a life ------------------------------------------------------------------------------------------------- */

typedef struct life {
  hcsref_live *live;
  hcsref_arena *arena;
  hcsref_error err;
  uint8_t choice;
} life;

static bool mount(life *l, hcsref_str *volume) {
  hcsref_str parent = HCSREF_LIT(WORLD_BASE), endpoint = HCSREF_LIT(ENDPOINT), id;
  return hcsref_live_mount(l->live, &parent, 1, HCSREF_LIT(WORLD_SCRATCH), true, volume, &l->err) &&
         ((l->choice & WITH_NETWORK) == 0 || hcsref_live_namespace(l->live, &name_space, &endpoint, 1, &id, &l->err));
}

static bool tell(life *l, hcsref_live_process *process) {
  return hcsref_live_resize(process, 80, 25, &l->err) && hcsref_live_signal(process, HCSREF_LIT("CtrlC"), &l->err) &&
         hcsref_live_kill(process, &l->err);
}

static bool run(life *l) {
  hcsref_str parameters =
      HCSREF_LIT("{\"CommandLine\":\"" COMMAND_LINE "\",\"CreateStdInPipe\":true,\"CreateStdOutPipe\":true,"
                 "\"CreateStdErrPipe\":true,\"Environment\":{\"A\":\"b\"}}");
  hcsref_live_process *process = NULL;
  uint32_t code = 0;
  bool ok;
  if (!hcsref_live_run(l->live, parameters, &process, &l->err))
    return false;
  REQUIRE(hcsref_live_process_info(process) != NULL, "a process has its streams");
  ok = ((l->choice & WITH_SIGNALS) == 0 || tell(l, process)) && hcsref_live_close_stdin(process, &l->err) &&
       hcsref_live_wait(process, 60000, &code, &l->err);
  if (ok && (l->choice & (WITH_SIGNALS | DRY)) == 0)
    REQUIRE(code == sizeof(COMMAND_LINE) - 1, "the exit code is %u", (uint64_t)code);
  hcsref_live_process_close(process);
  return ok;
}

static bool look(life *l) {
  hcsref_slice ids = {0};
  hcsref_str answer;
  if (!hcsref_live_properties(l->live, HCSREF_LIT("{\"PropertyTypes\":[\"Statistics\"]}"), &answer, &l->err))
    return false;
  if ((l->choice & WITH_LIST) == 0)
    return true;
  if (!hcsref_live_list(l->live, HCSREF_LIT(WORLD_OWNER), &ids, &l->err))
    return false;
  REQUIRE(ids.len == ((l->choice & DRY) == 0), "%u systems of ours", (uint64_t)ids.len);
  return true;
}

static bool live_through(life *l) {
  hcsref_str volume = {0};
  bool schema1 = (l->choice & WITH_SCHEMA1) != 0 && (l->choice & WITH_VM) != 0;
  return mount(l, &volume) && hcsref_live_create(l->live, ID, world_document(l->arena, volume, !schema1), &l->err) &&
         hcsref_live_start(l->live, &l->err) && look(l) && run(l) &&
         ((l->choice & WITH_TERMINATE) != 0 ? hcsref_live_terminate(l->live, &l->err)
                                            : hcsref_live_shutdown(l->live, &l->err));
}

static void count_line(void *ctx, hcsref_str line) {
  size_t *count = ctx;
  REQUIRE(line.len > 0, "a traced line says which call");
  ++*count;
}

static hcsref_live *open_live(uint8_t choice, size_t *traced) {
  hcsref_live_settings settings = {MOST_MS, MOST_MS, (choice & DRY) != 0, count_line, NULL};
  hcsref_live *live;
  settings.trace_ctx = traced;
  live = hcsref_live_new((choice & WITH_VM) != 0 ? &world_vm : &world_core, &settings);
  REQUIRE(live != NULL, "memory");
  return live;
}

/* A handle whose closing was to fail stays. */
static bool may_keep_handles(const sim *service) {
  for (size_t i = 0; i < service->fault_count; i++)
    if (strstr(service->faults[i].call, "Close") != NULL || strstr(service->faults[i].call, "Unregister") != NULL ||
        strcmp(service->faults[i].call, "*") == 0)
      return true;
  return false;
}

static void check_nothing_left(sim *service) {
  sim_counts counts;
  sim_count(service, &counts);
  REQUIRE(counts.handles == 0 || may_keep_handles(service), "%u handles are left", (uint64_t)counts.handles);
  REQUIRE(counts.layers_active == 0 && counts.namespaces == 0, "%u layers and %u namespaces are left",
          (uint64_t)counts.layers_active, (uint64_t)counts.namespaces);
  REQUIRE(!os_path_exists(WORLD_SCRATCH), "the scratch is left");
}

/* Undoes what the first life could not, as `hcsrun cleanup` does in a later process. */
static void clean_up(sim *service, hcsref_arena *arena, uint8_t choice) {
  size_t traced = 0;
  hcsref_live *live = open_live(choice, &traced);
  hcsref_error err = {0};
  for (size_t i = 0; i < service->fault_count; i++)
    service->faults[i].fault.kind = SIM_FAULT_NONE;
  if (hcsref_live_open(live, ID, &err))
    (void)hcsref_live_terminate(live, &err);
  hcsref_live_adopt(live, HCSREF_LIT(WORLD_SCRATCH), &name_space);
  (void)hcsref_live_close(live, arena, NULL);
}

/* What the namespace is given: no call makes it, so that the planned faults stay those of the life. */
static void plant_endpoint(sim *service) {
  sim_endpoint endpoint;
  memset(&endpoint, 0, sizeof(endpoint));
  endpoint.document.id = HCSREF_LIT(ENDPOINT);
  REQUIRE(sim_store_write(service, sim_endpoints.folder, endpoint.document.id, sim_endpoints.stored, &endpoint),
          "an endpoint");
}

/* The error's words, or what the end says. */
static hcsref_str live_and_die(sim *service, hcsref_arena *arena, uint8_t choice, bool faults) {
  size_t traced = 0;
  life l = {open_live(choice, &traced), arena, {0}, choice};
  hcsref_str said = HCSREF_LIT("well"), message = {0};
  bool ok;
  plant_endpoint(service);
  ok = live_through(&l);
  if (!ok) {
    fuzz_check_error(&l.err);
    REQUIRE(l.err.message.len > 0, "an error has words");
    REQUIRE(hcsref_str_copy(arena, l.err.message, &said), "memory");
  }
  REQUIRE(ok || faults, "%s: %v", l.err.code, l.err.message);
  REQUIRE(!l.live->abandoned, "no call is left alone");
  if (hcsref_live_close(l.live, arena, &message))
    check_nothing_left(service);
  else
    REQUIRE(faults && message.len > 0, "what is left is told");
  REQUIRE(traced > 0, "calls are told");
  return said;
}

static hcsref_str play(int which, uint8_t choice, hcsref_str plan) {
  hcsref_arena *arena = fuzz_arena(which);
  sim *service = world_open(plan);
  hcsref_str said, recording, all = {0};
  bool faults;
  if (service == NULL)
    return all;
  tame(service);
  faults = service->fault_count > 0;
  said = live_and_die(service, arena, choice, faults);
  if (faults)
    clean_up(service, arena, choice & WITH_VM);
  recording = world_close(service, arena);
  REQUIRE(hcsref_format(arena, &all, "%v\n%v", said, recording), "memory");
  return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str plan = fuzz_text(data, size), usual;
  uint8_t choice = fuzz_byte(&plan);
  usual = play(FUZZ_USUAL, choice, plan);
  REQUIRE_SAME(play(FUZZ_FRESH, choice, plan), usual, "a life is the same twice");
  return 0;
}

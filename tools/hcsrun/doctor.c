/* SPDX-License-Identifier: Apache-2.0 */
/* hcsrun doctor: is everything there that a container needs? */
#include "console.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

#define CONTAINERS "Install-WindowsFeature -Name Containers, then restart"

/* Reports; needed things that are not there make the whole sick. */
static bool report(const char *what, bool ok, bool needed, hcsref_str detail, const char *mend) {
  char head[40];
  snprintf(head, sizeof head, "%-8s %-22s", ok ? "ok" : needed ? "MISSING" : "absent", what);
  print("%s %v", head, detail);
  if (!ok && mend != NULL)
    print("         -> %s", mend);
  return ok || !needed;
}

static bool check_build(void) {
  char text[96];
  uint32_t build = hcsref_windows_build();
  snprintf(text, sizeof text, "build %lu, documents of schema %s", (unsigned long)build,
           build >= HCSREF_BUILD_RS5 ? "2" : "1");
  return report("Windows", build >= 14393, true, hcsref_cstr(text),
                "containers need Windows Server 2016 or Windows 10 1607");
}

static bool check_table(const hcsref_api_table *table, const char *what, bool needed, const char *mend) {
  char text[160];
  const char *missing = NULL;
  size_t found = 0;
  bool there = hcsref_windows_probe(table, &found, &missing);
  if (!there)
    snprintf(text, sizeof text, "%s is not in System32", table->dll);
  else if (missing != NULL)
    snprintf(text, sizeof text, "%s: %lu of %lu exports, no %s", table->dll, (unsigned long)found,
             (unsigned long)table->count, missing);
  else
    snprintf(text, sizeof text, "%s: all %lu exports", table->dll, (unsigned long)found);
  return report(what, there && missing == NULL, needed, hcsref_cstr(text), mend);
}

static bool check_service(void) {
  const hcsref_live_settings settings = {10000, 10000, false, NULL, NULL};
  hcsref_windows windows;
  hcsref_live *live = NULL;
  hcsref_arena arena;
  hcsref_slice ids = {NULL, 0, 0};
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_str text = HCSREF_LIT("answers");
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = hcsref_windows_load(&windows, false, &arena, &err);
  if (ok) {
    live = hcsref_live_new(&windows.api, &settings);
    ok = live != NULL && hcsref_live_list(live, HCSREF_LIT("hcsproof.hcsrun"), &ids, &err);
  }
  ok = report("service", ok, true, ok ? text : err.message, CONTAINERS);
  hcsref_live_close(live, &arena, NULL);
  hcsref_arena_free(&arena);
  return ok;
}

/* Could hcsrun use its root? One that is not there yet, it makes. */
static bool check_root(void) {
  hcsref_arena arena;
  hcsref_str root, why, text = HCSREF_LIT("Windows does not say where it is");
  folder_state state = FOLDER_REFUSED;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  if (session_default_root(&arena, &root)) {
    state = safe_folder_look(&arena, root, &why);
    hcsref_format(&arena, &text, state == FOLDER_REFUSED ? "%v: %v" : "%v%v", root,
                  state == FOLDER_REFUSED ? why : hcsref_str_from(NULL, 0));
  }
  ok = report("root folder", state != FOLDER_REFUSED, true, text,
              "remove the folder, because others may have put something there, or use --root");
  hcsref_arena_free(&arena);
  return ok;
}

/* Which images docker has; hcsrun can do without when it is given layers. */
static void check_images(void) {
  hcsref_arena arena;
  hcsref_str answer = {NULL, 0}, text = HCSREF_LIT("docker is not in PATH, or not running");
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = docker_ask(&arena, HCSREF_LIT("docker image ls --format {{.Repository}}:{{.Tag}}"), 65536, &answer);
  for (size_t i = 0; i < answer.len && ok; i++)
    if (answer.data[i] == '\n' || answer.data[i] == '\r')
      ((char *)(uintptr_t)answer.data)[i] = ' ';
  if (ok)
    text =
        answer.len == 0 ? HCSREF_LIT("docker has none") : hcsref_str_first(answer, answer.len > 200 ? 200 : answer.len);
  report("base images", ok && answer.len > 0, false, text,
         "docker pull mcr.microsoft.com/windows/nanoserver:ltsc2022, or give hcsrun --layers");
  hcsref_arena_free(&arena);
}

static int run(const cli_invocation *invocation) {
  bool all_well = true;
  (void)invocation;
  if (system_is_simulated())
    printf("note     this is the simulated service, not Windows' own\n");
  all_well = check_build() && all_well;
  all_well = report("elevation", system_is_elevated(), true,
                    system_is_elevated() ? HCSREF_LIT("administrator") : HCSREF_LIT("an ordinary user"),
                    "start it as administrator") &&
             all_well;
  all_well = check_table(&hcsref_api_vmcompute, "containers (old)", true, CONTAINERS) && all_well;
  all_well = check_table(&hcsref_api_wclayer, "layers", true, CONTAINERS) && all_well;
  all_well = check_table(&hcsref_api_computecore, "containers", hcsref_windows_build() >= HCSREF_BUILD_RS5,
                         "older than 1809: hcsrun uses vmcompute.dll") &&
             all_well;
  check_table(&hcsref_api_computenetwork, "network namespaces", false, "needed with --network only");
  all_well = check_service() && all_well;
  all_well = check_root() && all_well;
  report("Hyper-V", system_has_hypervisor() == 1, false,
         system_has_hypervisor() == 1 ? HCSREF_LIT("installed") : HCSREF_LIT("not installed"),
         "process isolation, which hcsrun uses, does not need it");
  check_images();
  printf("%s\n", all_well ? "Containers can be run here." : "Something that containers need is missing.");
  return all_well ? RUN_OK : RUN_FAILED;
}

static const cli_example examples[] = {
    {"hcsrun doctor", "Checks Windows, the service's DLLs and what is installed."},
};
static const cli_status statuses[] = {
    {RUN_OK, "containers can be run here"},
    {RUN_FAILED, "something that containers need is missing"},
};

const cli_command doctor_command = {
    .name = "doctor",
    .summary = "check that the host has what containers need",
    .description = "Checks the build of Windows, the rights of the user, the DLLs of the Host Compute Service and "
                   "their exports, the service itself, the root folder, Hyper-V and the base images. Each line that is "
                   "not ok says how to fix it.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};

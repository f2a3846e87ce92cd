/* SPDX-License-Identifier: Apache-2.0 */
/* The scenarios. Each asserts something that the document promised, seen from inside the container or in the service's
 * own answers. */
#include "scene.h"

#include "platform/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static bool is(hcsref_str text, const char *expected) {
  return hcsref_str_equal(text, hcsref_cstr(expected));
}

static bool holds(hcsref_str text, const char *part) {
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= text.len; i++)
    if (memcmp(text.data + i, part, length) == 0)
      return true;
  return false;
}

/* ---- processes ----------------------------------------------------------------------------------------------------
 */

static void exit_code(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "42"))
    return;
  EXPECT(s, o.exit_code == 42, "exit code %u instead of 42", (uint64_t)o.exit_code);
}

static void streams(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "out", "to stdout"))
    return;
  EXPECT(s, is(o.out, "to stdout") && o.err.len == 0, "stdout %q, stderr %q", o.out, o.err);
  if (!PROBE(s, &o, "err", "to stderr"))
    return;
  EXPECT(s, is(o.err, "to stderr") && o.out.len == 0, "stdout %q, stderr %q", o.out, o.err);
}

static void standard_input(scene *s) {
  static const char *const cat[] = {"cat", NULL};
  outcome o;
  if (!scene_up(s, false) || !scene_probe_more(s, &o, cat, "first\nsecond\n", NULL))
    return;
  EXPECT(s, is(o.out, "first\nsecond\n"), "it read %q", o.out);
}

static void large_output(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "flood", "1000000"))
    return;
  EXPECT(s, o.out.len == 1000000, "%u bytes instead of 1000000", (uint64_t)o.out.len);
}

static void environment(scene *s) {
  static const char *const env[] = {"env", "HCSRUN_GREETING", NULL};
  process_options more;
  hcsref_string_entry entry = {HCSREF_LIT("HCSRUN_GREETING"), HCSREF_LIT("good day")};
  outcome o;
  memset(&more, 0, sizeof more);
  more.environment.entries = &entry;
  more.environment.len = more.environment.cap = 1;
  if (!scene_up(s, false) || !scene_probe_more(s, &o, env, NULL, &more))
    return;
  EXPECT(s, is(o.out, "good day"), "the variable is %q", o.out);
}

static void arguments(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "args", "plain", "two words", "", "q\"q", "end\\", "a b\\"))
    return;
  EXPECT(s, is(o.out, "[plain]\n[two words]\n[]\n[q\"q]\n[end\\]\n[a b\\]\n"), "it got %q", o.out);
}

static void working_folder(scene *s) {
  static const char *const exists[] = {"exists", "hcsprobe.exe", NULL};
  process_options more;
  outcome o;
  memset(&more, 0, sizeof more);
  more.folder = HCSREF_LIT("C:\\hcsprobe");
  if (!scene_up(s, false) || !scene_probe_more(s, &o, exists, NULL, &more))
    return;
  EXPECT(s, o.exit_code == 0, "a file of the working folder is not there: %q", o.err);
}

static void hostname(scene *s) {
  outcome o;
  s->spec->hostname = HCSREF_LIT("hcsproof-host");
  if (!scene_up(s, false) || !PROBE(s, &o, "hostname"))
    return;
  EXPECT(s, hcsref_str_equal_ascii_fold(o.out, HCSREF_LIT("hcsproof-host")), "its name is %q", o.out);
}

static void missing_program(scene *s) {
  hcsref_live_process *process = NULL;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  if (hcsref_live_run(s->c.live, HCSREF_LIT("{\"CommandLine\":\"C:\\\\no\\\\such\\\\program.exe\"}"), &process, &err)) {
    hcsref_live_process_close(process);
    scene_fail(s, "a program that is not there was started");
    return;
  }
  hcsref_str_copy(&s->arena, err.message, &s->log);
  EXPECT(s, hcsref_live_last(s->c.live) < 0, "no code: %v", err.message);
}

/* ---- mounts and pipes
 * ------------------------------------------------------------------------------------------------ */

static bool remove_tree(scene *s, hcsref_str folder, const char *file) {
  hcsref_str path;
  return hcsref_format(&s->arena, &path, "%v\\%s", folder, file) && (system_remove_file(path) || true) &&
         s->s->windows.api.os->folder_remove(folder);
}

static void mount_read_write(scene *s) {
  hcsref_str folder, path, data = {NULL, 0}, message = {NULL, 0};
  hcsref_host host = hcsref_windows_host(NULL);
  outcome o;
  if (!scene_folder(s, "rw", &folder))
    return;
  if (spec_add_mount(&s->arena, s->spec, folder, HCSREF_LIT("C:\\data"), false) && scene_up(s, false) &&
      PROBE(s, &o, "write", "C:\\data\\from-inside", "hello") &&
      hcsref_format(&s->arena, &path, "%v\\from-inside", folder)) {
    if (o.exit_code != 0)
      scene_fail(s, "writing failed: %q", o.err);
    else if (!host.ops->read_file(host.ctx, &s->arena, path, &data, &message) || !is(data, "hello"))
      scene_fail(s, "the host sees %q (%v)", data, message);
    else if (PROBE(s, &o, "read", "C:\\data\\from-inside") && !is(o.out, "hello"))
      scene_fail(s, "the container sees %q", o.out);
  }
  scene_down(s);
  remove_tree(s, folder, "from-inside");
}

static void mount_read_only(scene *s) {
  hcsref_str folder;
  outcome o;
  if (!scene_folder(s, "ro", &folder))
    return;
  if (spec_add_mount(&s->arena, s->spec, folder, HCSREF_LIT("C:\\data"), true) && scene_up(s, false) &&
      PROBE(s, &o, "write", "C:\\data\\from-inside", "hello") && o.exit_code == 0)
    scene_fail(s, "a file could be written");
  scene_down(s);
  remove_tree(s, folder, "from-inside");
}

static bool has_file(scene *s, hcsref_str path) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message;
  return host.ops->stat(host.ctx, &s->arena, path, NULL, &message) == HCSREF_PATH_OK;
}

static void mount_file_link(scene *s) {
  hcsref_str folder, file, link;
  outcome o;
  bool linked;
  if (!scene_folder(s, "link", &folder))
    return;
  if (!hcsref_format(&s->arena, &file, "%v\\real", folder) || !hcsref_format(&s->arena, &link, "%v\\link", folder) ||
      !system_write_file(file, HCSREF_LIT("through the link"))) {
    scene_fail(s, "no file could be made");
    return;
  }
  linked = CreateSymbolicLinkW((const wchar_t *)hcsref_to_utf16(&s->arena, link),
                               (const wchar_t *)hcsref_to_utf16(&s->arena, file), 0);
  if (!linked || !has_file(s, link))
    scene_skip(s, "this host makes no symbolic links");
  else if (spec_add_mount(&s->arena, s->spec, link, HCSREF_LIT("C:\\linked"), false) && scene_up(s, false) &&
           PROBE(s, &o, "read", "C:\\linked") && !is(o.out, "through the link"))
    scene_fail(s, "the container sees %q", o.out);
  scene_down(s);
  system_remove_file(link);
  remove_tree(s, folder, "real");
}

/* Through stage 1, as a pod's mount comes: forward slashes and no drive. */
static void path_cleaning(scene *s) {
  hcsref_str folder, file;
  hcsref_host host = hcsref_windows_host(&s->s->windows);
  hcsref_cri_container_config config;
  hcsref_cri_mount mount, *list = &mount;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  outcome o;
  memset(&config, 0, sizeof config);
  memset(&mount, 0, sizeof mount);
  if (!scene_folder(s, "clean", &folder))
    return;
  mount.host_path = folder;
  mount.container_path = HCSREF_LIT("/srv//site/./www");
  config.mounts.items = &list;
  config.mounts.len = 1;
  if (!hcsref_format(&s->arena, &file, "%v\\page", folder) || !system_write_file(file, HCSREF_LIT("a page")))
    scene_fail(s, "no file could be made");
  else if (!hcsref_cri_mounts(&s->arena, s->spec, &config, NULL, &host, &err))
    scene_fail(s, "%v", err.message);
  else if (!has_file(s, ((const hcsref_oci_mount *)s->spec->mounts.items)[0].source))
    scene_skip(s, "this host opens no paths with volume names, as Wine does not");
  else if (scene_up(s, false) && PROBE(s, &o, "read", "C:\\srv\\site\\www\\page") && !is(o.out, "a page"))
    scene_fail(s, "the container sees %q (%q)", o.out, o.err);
  scene_down(s);
  remove_tree(s, folder, "page");
}

typedef struct pipe_server {
  HANDLE pipe;
  char heard[64];
} pipe_server;

/* Reads what the container says and answers with it, doubled. */
static void serve_pipe(void *context) {
  pipe_server *server = context;
  char answer[160];
  DWORD got = 0, put;
  ConnectNamedPipe(server->pipe, NULL);
  if (!ReadFile(server->pipe, server->heard, sizeof server->heard - 1, &got, NULL))
    return;
  server->heard[got] = '\0';
  snprintf(answer, sizeof answer, "%s and %s", server->heard, server->heard);
  WriteFile(server->pipe, answer, (DWORD)strlen(answer), &put, NULL);
  FlushFileBuffers(server->pipe);
}

static void named_pipe(scene *s) {
  pipe_server server;
  platform_thread *thread;
  hcsref_str name;
  hcsref_guid guid;
  outcome o;
  if (hcsref_windows_build() < HCSREF_BUILD_RS3) {
    scene_skip(s, "builds before 16299 know no pipes of containers");
    return;
  }
  memset(&server, 0, sizeof server);
  if (!hcsref_windows_guid(&guid) ||
      !hcsref_format(&s->arena, &name, "\\\\.\\pipe\\hcsrun-%u-%u", (uint64_t)system_process_id(),
                     (uint64_t)guid.data[0] << 8 | guid.data[1]))
    return;
  server.pipe = CreateNamedPipeW((const wchar_t *)hcsref_to_utf16(&s->arena, name), PIPE_ACCESS_DUPLEX,
                                 PIPE_TYPE_BYTE | PIPE_WAIT, 1, 4096, 4096, 0, NULL);
  EXPECT(s, server.pipe != INVALID_HANDLE_VALUE, "no pipe could be made");
  thread = platform_thread_start(serve_pipe, &server);
  if (spec_add_mount(&s->arena, s->spec, name, HCSREF_LIT("\\\\.\\pipe\\inside"), false) && scene_up(s, false) &&
      PROBE(s, &o, "pipe", "\\\\.\\pipe\\inside", "ping") && !is(o.out, "ping and ping"))
    scene_fail(s, "the container heard %q (%q), the host %q", o.out, o.err, hcsref_cstr(server.heard));
  if (server.heard[0] == '\0') { /* nobody came: let the server go */
    HANDLE client = CreateFileW((const wchar_t *)hcsref_to_utf16(&s->arena, name), GENERIC_READ | GENERIC_WRITE, 0,
                                NULL, OPEN_EXISTING, 0, NULL);
    if (client != INVALID_HANDLE_VALUE)
      CloseHandle(client);
  }
  platform_thread_join(thread);
  CloseHandle(server.pipe);
}

/* ---- resources
 * -------------------------------------------------------------------------------------------------------- */

static hcsref_oci_windows_resources *resources(scene *s) {
  hcsref_oci_windows_resources *r = hcsref_arena_alloc(&s->arena, sizeof(*r));
  if (r != NULL) {
    r->cpu = hcsref_arena_alloc(&s->arena, sizeof(*r->cpu));
    r->memory = hcsref_arena_alloc(&s->arena, sizeof(*r->memory));
    r->storage = hcsref_arena_alloc(&s->arena, sizeof(*r->storage));
    if (r->cpu == NULL || r->memory == NULL || r->storage == NULL)
      r = NULL;
  }
  if (r == NULL)
    scene_fail(s, "out of memory");
  s->spec->windows->resources = r;
  return r;
}

/* Processor time that two busy threads get in a second, in milliseconds. */
static bool spin(scene *s, long *used) {
  outcome o;
  char text[32];
  if (!PROBE(s, &o, "spin", "1000", "2") || o.out.len == 0 || o.out.len >= sizeof text) {
    scene_fail(s, "the processor time could not be measured: %q", o.err);
    return false;
  }
  memcpy(text, o.out.data, o.out.len);
  text[o.out.len] = '\0';
  *used = strtol(text, NULL, 10);
  return true;
}

static void cpu_count(scene *s) {
  static uint64_t one = 1;
  hcsref_oci_windows_resources *r = resources(s);
  long used;
  if (r == NULL)
    return;
  r->cpu->count = &one;
  if (!scene_up(s, false) || !spin(s, &used))
    return;
  EXPECT(s, used > 0 && used <= 1300, "with one processor it used %d ms in a second", (int64_t)used);
}

static void cpu_limit(scene *s) {
  static uint16_t tenth = 1000;
  hcsref_oci_windows_resources *r = resources(s);
  long used, most = (long)platform_cpu_count() * 100 * 2;
  if (r == NULL)
    return;
  r->cpu->maximum = &tenth;
  if (!scene_up(s, false) || !spin(s, &used))
    return;
  EXPECT(s, used <= most, "with a tenth of the processors it used %d ms in a second", (int64_t)used);
}

static void cpu_weight(scene *s) {
  static uint16_t weight = 500;
  hcsref_oci_windows_resources *r = resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->cpu->shares = &weight;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, holds(s->c.document, "500"), "the document has no weight: %v", s->c.document);
}

static void memory_limit(scene *s) {
  static uint64_t limit = (uint64_t)256 << 20;
  hcsref_oci_windows_resources *r = resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->memory->limit = &limit;
  if (!scene_up(s, false) || !PROBE(s, &o, "alloc", "2048"))
    return;
  EXPECT(s, !is(o.out, "2048"), "it got 2048 MB of 256");
}

static void storage_qos(scene *s) {
  static uint64_t iops = 1000, bps = (uint64_t)50 << 20;
  hcsref_oci_windows_resources *r = resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->storage->iops = &iops;
  r->storage->bps = &bps;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, holds(s->c.document, "1000"), "the document has no limit: %v", s->c.document);
}

/* ---- registry
 * ------------------------------------------------------------------------------------------------------------ */

#define DUMPS "HKLM\\Software\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps"

static void dump_settings(scene *s) {
  outcome o;
  char folder[160];
  if (!spec_annotate(&s->arena, s->spec, "io.microsoft.container.processdumplocation", "C:\\dumps\\{container_id}") ||
      !spec_annotate(&s->arena, s->spec, "io.microsoft.wcow.processdumptype", "mini") ||
      !spec_annotate(&s->arena, s->spec, "io.microsoft.wcow.processdumpcount", "7") || !scene_up(s, false))
    return;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no registry values");
    return;
  }
  snprintf(folder, sizeof folder, "string C:\\dumps\\%.*s", (int)s->c.id.len, s->c.id.data);
  if (!PROBE(s, &o, "registry", DUMPS, "DumpFolder"))
    return;
  EXPECT(s, is(o.out, folder), "DumpFolder is %q (%q) instead of %q", o.out, o.err, hcsref_cstr(folder));
  if (!PROBE(s, &o, "registry", DUMPS, "DumpType"))
    return;
  EXPECT(s, is(o.out, "dword 1"), "DumpType is %q", o.out);
  if (!PROBE(s, &o, "registry", DUMPS, "DumpCount"))
    return;
  EXPECT(s, is(o.out, "dword 7"), "DumpCount is %q", o.out);
}

static void kill_timeout(scene *s) {
  outcome o;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no registry values");
    return;
  }
  if (!scene_up(s, false) ||
      !PROBE(s, &o, "registry", "HKLM\\System\\ControlSet001\\Control", "WaitToKillServiceTimeout"))
    return;
  EXPECT(s, is(o.out, "string 2147483647"), "WaitToKillServiceTimeout is %q (%q)", o.out, o.err);
}

static void device_class(scene *s) {
  hcsref_oci_windows_device *device = hcsref_slice_push(&s->arena, &s->spec->windows->devices, sizeof(*device));
  outcome o;
  if (device == NULL)
    return;
  device->id = HCSREF_LIT("86E0D1E0-8089-11D0-9CE4-08003E301F73"); /* serial ports */
  device->id_type = HCSREF_LIT("class");
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no such devices");
    return;
  }
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, holds(s->c.document, "86E0D1E0-8089-11D0-9CE4-08003E301F73"), "the document has no device");
}

/* ---- network
 * -------------------------------------------------------------------------------------------------------------- */

static void network_attached(scene *s) {
  outcome o;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 name endpoints, not namespaces");
    return;
  }
  if (s->s->windows.api.network == NULL) {
    scene_skip(s, "computenetwork.dll is not there");
    return;
  }
  if (!scene_up(s, true) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, s->c.name_space.len > 0 && holds(s->c.document, "\"Namespace\""), "the document has no namespace");
}

static void network_absent(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, !holds(s->c.document, "\"Namespace\""), "the document has a namespace");
}

/* ---- lives
 * ------------------------------------------------------------------------------------------------------------------ */

static void graceful_shutdown(scene *s) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  EXPECT(s, hcsref_live_shutdown(s->c.live, &err), "%v", err.message);
}

static void kill_process(scene *s) {
  static const char *const forever[] = {"sleep", "600000", NULL};
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!scene_up(s, false) || !scene_start(s, forever, &process))
    return;
  if (hcsref_live_wait(process, 300, &code, &err))
    scene_fail(s, "it ended by itself, with %u", (uint64_t)code);
  else if (!hcsref_live_kill(process, &err) || !hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "%v", err.message);
  hcsref_live_process_close(process);
}

static void signal_process(scene *s) {
  static const char *const forever[] = {"sleep", "600000", NULL};
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!scene_up(s, false) || !scene_start(s, forever, &process))
    return;
  if (!hcsref_live_signal(process, HCSREF_LIT("CtrlC"), &err) || !hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "%v", err.message);
  hcsref_live_process_close(process);
}

static void terminate_with_process(scene *s) {
  static const char *const forever[] = {"sleep", "600000", NULL};
  hcsref_live_process *process;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  uint32_t code = 0;
  if (!scene_up(s, false) || !scene_start(s, forever, &process))
    return;
  if (!hcsref_live_terminate(s->c.live, &err))
    scene_fail(s, "%v", err.message);
  else if (!hcsref_live_wait(process, s->timeout_ms, &code, &err))
    scene_fail(s, "the process outlived its container: %v", err.message);
  hcsref_live_process_close(process);
}

static void two_at_once(scene *s) {
  container other;
  hcsref_oci_spec *spec = spec_new(&s->arena);
  hcsref_str message = {NULL, 0};
  outcome o;
  if (spec == NULL || !scene_up(s, false))
    return;
  if (!container_up(&other, s->s, spec, false))
    scene_fail(s, "the second: %v", other.err.message);
  else if (PROBE(s, &o, "exit", "5") && o.exit_code != 5)
    scene_fail(s, "exit code %u in the first, beside the second", (uint64_t)o.exit_code);
  else if (hcsref_str_equal(other.id, s->c.id))
    scene_fail(s, "both have one id");
  if (!container_down(&other, &s->arena, &message))
    scene_fail(s, "the second could not be undone: %v", message);
}

/* A second container on a scratch that one has been on. */
static void restart_on_scratch(scene *s) {
  hcsref_live *live;
  hcsref_str scratch, copy;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false))
    return;
  scratch = s->c.scratch;
  if (!hcsref_live_shutdown(s->c.live, &err) || !hcsref_str_copy(&s->arena, s->c.document, &copy)) {
    scene_fail(s, "%v", err.message);
    return;
  }
  live = hcsref_live_new(&s->s->windows.api, &s->s->settings);
  if (live == NULL || !hcsref_live_create(live, s->c.id, copy, &err) || !hcsref_live_start(live, &err))
    scene_fail(s, "again on %v: %v", scratch, err.message);
  hcsref_live_close(live, &s->arena, NULL);
}

static void statistics(scene *s) {
  hcsref_str answer;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_v2_properties properties;
  memset(&properties, 0, sizeof properties);
  if (!scene_up(s, false))
    return;
  Sleep(20);
  EXPECT(s, hcsref_live_properties(s->c.live, HCSREF_LIT("{\"PropertyTypes\":[\"Statistics\"]}"), &answer, &err), "%v",
         err.message);
  EXPECT(s, hcsref_json_decode(&s->arena, answer, &hcsref_type_v2_properties, HCSREF_JSON_WHOLE, &properties, &err),
         "%v", err.message);
  EXPECT(s, properties.statistics != NULL && properties.statistics->uptime_100ns > 0, "no statistics: %v", answer);
  EXPECT(s, is(properties.owner, OWNER), "its owner is %q", properties.owner);
}

static void process_list(scene *s) {
  static const char *const forever[] = {"sleep", "600000", NULL};
  hcsref_live_process *process;
  hcsref_str answer, number;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  if (!scene_up(s, false) || !scene_start(s, forever, &process))
    return;
  if (!hcsref_live_properties(s->c.live, HCSREF_LIT("{\"PropertyTypes\":[\"ProcessList\"]}"), &answer, &err))
    scene_fail(s, "%v", err.message);
  else if (hcsref_format(&s->arena, &number, "\"ProcessId\":%u",
                         (uint64_t)hcsref_live_process_info(process)->process_id)) {
    char text[40];
    snprintf(text, sizeof text, "%.*s", (int)number.len, number.data);
    if (!holds(answer, text))
      scene_fail(s, "%v is not in %v", number, answer);
  }
  hcsref_live_kill(process, &err);
  hcsref_live_process_close(process);
}

/* ---- refusals
 * ---------------------------------------------------------------------------------------------------------------- */

typedef struct change {
  const char *from, *to; /* in the document, once */
  char until;            /* what follows `from` goes up to this character; 0: nothing does */
} change;

static bool apply_change(container *c, void *context) {
  const change *wanted = context;
  size_t length = strlen(wanted->from);
  hcsref_buf out = {&c->arena, NULL, 0, 0, false};
  for (size_t i = 0; i + length <= c->document.len; i++) {
    size_t end = i + length;
    if (memcmp(c->document.data + i, wanted->from, length) != 0)
      continue;
    while (wanted->until != '\0' && end < c->document.len && c->document.data[end] != wanted->until)
      end++;
    hcsref_buf_append(&out, hcsref_str_first(c->document, i));
    hcsref_buf_append(&out, hcsref_cstr(wanted->to));
    hcsref_buf_append(&out, hcsref_str_skip(c->document, end));
    c->document = hcsref_buf_str(&out);
    return !out.failed;
  }
  return hcsref_fail(&c->arena, &c->err, "document", hcsref_str_from(NULL, 0), "no %s in %v", wanted->from,
                     c->document);
}

/* The service is to refuse the changed document; what it said is kept for the report. */
static void refused(scene *s, const char *from, const char *to, char until) {
  change wanted = {from, to, until};
  bool up;
  s->up = true;
  up = container_up_raw(&s->c, s->s, s->spec, apply_change, &wanted);
  EXPECT(s, !up, "it was accepted: %v", s->c.document);
  hcsref_str_copy(&s->arena, s->c.err.message, &s->log);
  EXPECT(s, hcsref_live_last(s->c.live) < 0, "no refusal of the service: %v", s->c.err.message);
  s->refused.code = hcsref_live_last(s->c.live);
  s->refused.said = s->log;
  hcsref_str_copy(&s->arena, s->c.document, &s->refused.document);
}

static void refuses_unknown_field(scene *s) {
  refused(s, "{", "{\"Nonsense\":1,", '\0');
}

static void refuses_bad_json(scene *s) {
  refused(s, "{", "{{", '\0');
}

static void refuses_no_layers(scene *s) {
  refused(s, "\"Layers\":[", "\"Layers\":[", ']');
}

static void refuses_exclusive_cpu(scene *s) {
  static uint64_t one = 1;
  hcsref_oci_windows_resources *r = resources(s);
  if (r == NULL)
    return;
  r->cpu->count = &one;
  if (s->s->schema1)
    refused(s, "\"ProcessorCount\":1", "\"ProcessorCount\":1,\"ProcessorWeight\":100", '\0');
  else
    refused(s, "\"Count\":1", "\"Count\":1,\"Weight\":100", '\0');
}

static void refuses_missing_mount(scene *s) {
  if (s->s->schema1)
    refused(s, "{", "{\"MappedDirectories\":[{\"HostPath\":\"C:\\\\no\\\\such\",\"ContainerPath\":\"C:\\\\m\"}],",
            '\0');
  else
    refused(s, "\"Container\":{",
            "\"Container\":{\"MappedDirectories\":[{\"HostPath\":\"C:\\\\no\\\\such\",\"ContainerPath\":\"C:\\\\m\"}],",
            '\0');
}

#define OWN_FILES "a plain process shares the host's files: it can write wherever hcsrun can"

const scenario scenarios[] = {
    {"process/exit-code", "A process's exit code comes back", "everything else is told by it", NULL, exit_code},
    {"process/streams", "stdout and stderr are kept apart", "logs are read from them", NULL, streams},
    {"process/stdin", "stdin reaches the process and ends", "interactive use", NULL, standard_input},
    {"process/large-output", "A megabyte of output arrives whole", "pipes that fill up block the process", NULL,
     large_output},
    {"process/environment", "A variable is set", "configuration comes that way", NULL, environment},
    {"process/arguments", "Arguments arrive as they were given", "quotes and backslashes at the end of an argument",
     NULL, arguments},
    {"process/working-folder", "The working folder is set", "relative paths depend on it", NULL, working_folder},
    {"process/missing-program", "A program that is not there is an error", "it must not look like an exit code", NULL,
     missing_program},
    {"guest/hostname", "The container has its name", "GuestOs.HostName", NULL, hostname},
    {"mount/read-write", "A folder is shared both ways", "MappedDirectories", NULL, mount_read_write},
    {"mount/read-only", "Writing to a read-only mount fails", "ReadOnly is a promise", OWN_FILES, mount_read_only},
    {"mount/file-link", "A file is mounted through a symbolic link", "kubelet's subPath and config maps", NULL,
     mount_file_link},
    {"mount/path-cleaning", "A destination with forward slashes and no drive works", "pods say /srv", NULL,
     path_cleaning},
    {"mount/named-pipe", "A named pipe works both ways", "MappedPipes", NULL, named_pipe},
    {"cpu/count", "One processor is one processor", "Processor.Count", NULL, cpu_count},
    {"cpu/limit", "A limit in hundredths of a percent holds", "Processor.Maximum",
     "Wine does not enforce a job's processor rate", cpu_limit},
    {"cpu/weight", "A weight is accepted", "Processor.Weight", NULL, cpu_weight},
    {"cpu/exclusive", "Count and weight together are refused", "they exclude each other", NULL, refuses_exclusive_cpu},
    {"memory/limit", "The memory limit is reached", "Memory.SizeInMB", "Wine does not enforce a job's memory",
     memory_limit},
    {"storage/qos", "Storage limits are accepted", "Storage.QoS", NULL, storage_qos},
    {"registry/dumps", "Dump settings are in the registry", "type, count and folder with the container's id", NULL,
     dump_settings},
    {"registry/kill-timeout", "WaitToKillServiceTimeout is set", "services are given time to end", NULL, kill_timeout},
    {"device/class", "A device class is accepted", "AssignedDevices", NULL, device_class},
    {"network/attached", "A container joins a namespace", "Networking.Namespace", NULL, network_attached},
    {"network/absent", "A container runs without a network", "no Networking section", NULL, network_absent},
    {"life/shutdown", "A shutdown ends the container", "services end in order", NULL, graceful_shutdown},
    {"life/kill", "A process is killed", "docker kill", NULL, kill_process},
    {"life/signal", "Ctrl-C ends a process", "docker stop", NULL, signal_process},
    {"life/terminate", "Terminating takes the processes along", "nothing outlives its container", NULL,
     terminate_with_process},
    {"life/two-at-once", "Two containers run side by side", "they share the base layers", NULL, two_at_once},
    {"life/same-scratch", "A scratch is used a second time", "docker start", NULL, restart_on_scratch},
    {"properties/statistics", "Statistics count up", "kubelet asks for them", NULL, statistics},
    {"properties/processes", "The list of processes has ours", "docker top", NULL, process_list},
    {"refused/unknown-field", "An unknown field is refused", "a misspelt setting must not be lost", NULL,
     refuses_unknown_field},
    {"refused/bad-json", "What is not JSON is refused", "the error must say so", NULL, refuses_bad_json},
    {"refused/no-layers", "A container without layers is refused", "there is nothing to run on", NULL,
     refuses_no_layers},
    {"refused/missing-mount", "A mount of what is not there is refused", "the error must say so", NULL,
     refuses_missing_mount},
};
const size_t scenario_count = sizeof(scenarios) / sizeof(scenarios[0]);

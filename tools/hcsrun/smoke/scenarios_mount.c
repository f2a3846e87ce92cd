/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: folders, files and pipes that the host shares with the container. */
#include "smoke/scenarios.h"

#include "platform/platform.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

void scenario_mount_read_write(scene *s) {
  hcsref_str folder, path, data = {NULL, 0}, message = {NULL, 0};
  hcsref_host host = hcsref_windows_host(NULL);
  outcome o;
  if (!scene_folder(s, &folder))
    return;
  if (spec_add_mount(&s->arena, s->spec, folder, HCSREF_LIT("C:\\data"), false) && scene_up(s, false) &&
      PROBE(s, &o, "write", "C:\\data\\from-inside", "hello") &&
      hcsref_format(&s->arena, &path, "%v\\from-inside", folder)) {
    if (o.exit_code != 0)
      scene_fail(s, "writing failed: %q", o.err);
    else if (!host.ops->read_file(host.ctx, &s->arena, path, &data, &message) || !text_is(data, "hello"))
      scene_fail(s, "the host sees %q (%v)", data, message);
    else if (PROBE(s, &o, "read", "C:\\data\\from-inside") && !text_is(o.out, "hello"))
      scene_fail(s, "the container sees %q", o.out);
  }
}

void scenario_mount_read_only(scene *s) {
  hcsref_str folder;
  outcome o;
  if (!scene_folder(s, &folder))
    return;
  if (spec_add_mount(&s->arena, s->spec, folder, HCSREF_LIT("C:\\data"), true) && scene_up(s, false) &&
      PROBE(s, &o, "write", "C:\\data\\from-inside", "hello") && o.exit_code == 0)
    scene_fail(s, "a file could be written");
}

static bool has_file(scene *s, hcsref_str path) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str message;
  return host.ops->stat(host.ctx, &s->arena, path, NULL, &message) == HCSREF_PATH_OK;
}

void scenario_mount_file_link(scene *s) {
  hcsref_str folder, file, link;
  outcome o;
  bool linked;
  if (!scene_folder(s, &folder))
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
           PROBE(s, &o, "read", "C:\\linked") && !text_is(o.out, "through the link"))
    scene_fail(s, "the container sees %q", o.out);
}

/* Through stage 1, as a pod's mount comes: forward slashes and no drive. */
void scenario_path_cleaning(scene *s) {
  hcsref_str folder, file;
  hcsref_host host = hcsref_windows_host(&s->s->windows);
  hcsref_cri_container_config config;
  hcsref_cri_mount mount, *list = &mount;
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  outcome o;
  memset(&config, 0, sizeof config);
  memset(&mount, 0, sizeof mount);
  if (!scene_folder(s, &folder))
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
  else if (scene_up(s, false) && PROBE(s, &o, "read", "C:\\srv\\site\\www\\page") && !text_is(o.out, "a page"))
    scene_fail(s, "the container sees %q (%q)", o.out, o.err);
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

void scenario_named_pipe(scene *s) {
  pipe_server server;
  platform_thread *thread;
  hcsref_str name, text;
  hcsref_guid guid;
  outcome o;
  if (hcsref_windows_build() < HCSREF_BUILD_RS3) {
    scene_skip(s, "builds before 16299 have no container pipes");
    return;
  }
  memset(&server, 0, sizeof server);
  EXPECT(s,
         hcsref_windows_guid(&guid) && hcsref_guid_text(&s->arena, &guid, &text) &&
             hcsref_format(&s->arena, &name, "\\\\.\\pipe\\hcsrun-%v", text),
         "no name for a pipe could be made");
  server.pipe = CreateNamedPipeW((const wchar_t *)hcsref_to_utf16(&s->arena, name),
                                 PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE,
                                 PIPE_TYPE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, 4096, 4096, 0, NULL);
  EXPECT(s, server.pipe != INVALID_HANDLE_VALUE, "no pipe could be made");
  thread = platform_thread_start(serve_pipe, &server);
  if (spec_add_mount(&s->arena, s->spec, name, HCSREF_LIT("\\\\.\\pipe\\inside"), false) && scene_up(s, false) &&
      PROBE(s, &o, "pipe", "\\\\.\\pipe\\inside", "ping") && !text_is(o.out, "ping and ping"))
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

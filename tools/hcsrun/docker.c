/* SPDX-License-Identifier: Apache-2.0 */
/* docker's own program, which knows the layers of its images. */
#include "session.h"

#include "console.h"

#include "run/testee/process.h"

/* Longest that it may take, and most that is kept of what it complains about. */
#define LONGEST_MS 30000u
#define MOST_SAID  ((size_t)4096)

/* Keeps what is there, up to about `limit` bytes. False: nothing will come any more. */
static bool take(kit_process *docker, kit_stream stream, size_t limit, hcsref_buf *text) {
  char data[4096];
  ptrdiff_t got;
  while ((got = kit_process_read(docker, stream, data, sizeof data)) > 0)
    if (text->len < limit)
      hcsref_buf_append(text, hcsref_str_from(data, (size_t)got));
  return got == 0;
}

/* Until it has ended, well or not. */
static bool hear(kit_process *docker, size_t limit, hcsref_buf *answer, hcsref_buf *said) {
  const kit_interest interest = {docker, false};
  const uint64_t end = kit_now() + LONGEST_MS;
  kit_exit how;
  for (uint64_t now = kit_now(); now < end; now = kit_now()) {
    bool answers = take(docker, KIT_STDOUT, limit, answer);
    bool speaks = take(docker, KIT_STDERR, MOST_SAID, said);
    if (!answers && !speaks && kit_process_ended(docker, &how))
      return how.code == 0;
    kit_process_wait(&interest, 1, end - now);
  }
  return false;
}

/* Its complaints, a line each. */
static void pass_on(hcsref_str said) {
  while (said.len > 0) {
    size_t length = 0;
    while (length < said.len && said.data[length] != '\n' && said.data[length] != '\r')
      length++;
    if (length > 0)
      tell("docker: %v", hcsref_str_first(said, length));
    said = hcsref_str_skip(said, length < said.len ? length + 1 : length);
  }
}

bool docker_ask(hcsref_arena *arena, hcsref_str line, size_t limit, hcsref_str *out) {
  char why_not[200];
  kit_command command;
  const kit_spawn spawn = {.command = &command};
  hcsref_buf answer = {.arena = arena}, said = {.arena = arena};
  kit_process *docker = NULL;
  bool ok;
  if (kit_command_split(arena, line, &command, NULL))
    docker = kit_process_start(&spawn, why_not, sizeof why_not);
  if (docker == NULL)
    return false;
  kit_process_close_input(docker);
  ok = hear(docker, limit, &answer, &said);
  kit_process_free(docker);
  pass_on(hcsref_buf_str(&said));
  *out = hcsref_buf_str(&answer);
  return ok && !answer.failed && answer.len < limit;
}

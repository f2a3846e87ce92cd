/* SPDX-License-Identifier: Apache-2.0 */
/* WebAssembly starts no programs: a testee is refused, and no process is ever there to be asked about. */
#include "run/testee/process.h"

#include <stdio.h>
#include <time.h>

kit_process *kit_process_start(const kit_spawn *spawn, char *message, size_t size) {
  (void)spawn;
  snprintf(message, size, "WebAssembly cannot start programs");
  return NULL;
}

void kit_process_free(kit_process *process) {
  (void)process;
}

ptrdiff_t kit_process_write(kit_process *process, const char *data, size_t size) {
  (void)process;
  (void)data;
  (void)size;
  return -1;
}

void kit_process_close_input(kit_process *process) {
  (void)process;
}

ptrdiff_t kit_process_read(kit_process *process, kit_stream stream, char *data, size_t size) {
  (void)process;
  (void)stream;
  (void)data;
  (void)size;
  return -1;
}

bool kit_process_ended(kit_process *process, kit_exit *out) {
  (void)process;
  out->by_signal = false;
  out->code = 0;
  return true;
}

void kit_process_wait(const kit_interest *interests, size_t count, uint64_t milliseconds) {
  (void)interests;
  (void)count;
  (void)milliseconds;
}

uint64_t kit_now(void) {
  return kit_now_precise() / 1000;
}

uint64_t kit_now_precise(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void kit_process_end_strays(void) {
}

void kit_catch_interrupts(void) {
}

int kit_interrupted(void) {
  return 0;
}

void kit_exit_describe(kit_exit how, char *text, size_t size) {
  snprintf(text, size, "exited with status %d", how.code);
}

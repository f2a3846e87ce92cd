/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/pipe_ring_windows.h"

#include <stdlib.h>
#include <string.h>

/* What one pipe holds between its thread and us. */
#define PIPE_ROOM ((size_t)1 << 17)

/* A ring that one side fills and the other empties. */
struct pipe_ring {
  HANDLE pipe;
  HANDLE thread;
  HANDLE moved; /* event: something was filled in or taken out, or it is over */
  CRITICAL_SECTION lock;
  HANDLE news; /* event of the process: wait here for anything */
  char data[PIPE_ROOM];
  size_t first, count;
  bool over; /* reading: the end was reached; writing: nobody reads, or nothing more is to come */
};

static size_t put_locked(pipe_ring *r, const char *data, size_t size) {
  size_t put = 0;
  while (put < size && r->count < PIPE_ROOM) {
    size_t at = (r->first + r->count) % PIPE_ROOM;
    size_t run = at < r->first ? r->first - at : PIPE_ROOM - at;
    size_t n = size - put < run ? size - put : run;
    if (n > PIPE_ROOM - r->count)
      n = PIPE_ROOM - r->count;
    memcpy(r->data + at, data + put, n);
    r->count += n;
    put += n;
  }
  return put;
}

static size_t take_locked(pipe_ring *r, char *data, size_t size) {
  size_t taken = 0;
  while (taken < size && r->count > 0) {
    size_t run = PIPE_ROOM - r->first;
    size_t n = size - taken < run ? size - taken : run;
    if (n > r->count)
      n = r->count;
    memcpy(data + taken, r->data + r->first, n);
    r->first = (r->first + n) % PIPE_ROOM;
    r->count -= n;
    taken += n;
  }
  return taken;
}

static DWORD WINAPI read_thread(void *context) {
  pipe_ring *r = context;
  char chunk[16384];
  DWORD got;
  while (ReadFile(r->pipe, chunk, sizeof(chunk), &got, NULL) && got > 0) {
    size_t done = 0;
    while (done < got) {
      EnterCriticalSection(&r->lock);
      done += put_locked(r, chunk + done, got - done);
      LeaveCriticalSection(&r->lock);
      SetEvent(r->news);
      if (done < got)
        WaitForSingleObject(r->moved, INFINITE);
    }
  }
  EnterCriticalSection(&r->lock);
  r->over = true;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->news);
  return 0;
}

static DWORD WINAPI write_thread(void *context) {
  pipe_ring *r = context;
  char chunk[16384];
  bool over = false;
  while (!over) {
    size_t size;
    DWORD put;
    EnterCriticalSection(&r->lock);
    size = take_locked(r, chunk, sizeof(chunk));
    over = size == 0 && r->over;
    LeaveCriticalSection(&r->lock);
    SetEvent(r->news);
    if (size > 0 && !WriteFile(r->pipe, chunk, (DWORD)size, &put, NULL)) {
      EnterCriticalSection(&r->lock);
      over = r->over = true;
      LeaveCriticalSection(&r->lock);
    } else if (size == 0 && !over) {
      WaitForSingleObject(r->moved, INFINITE);
    }
  }
  CloseHandle(r->pipe);
  r->pipe = NULL;
  SetEvent(r->news);
  return 0;
}

static pipe_ring *start(HANDLE pipe, HANDLE news, LPTHREAD_START_ROUTINE run) {
  pipe_ring *r = calloc(1, sizeof(*r));
  if (r == NULL) {
    CloseHandle(pipe);
    return NULL;
  }
  r->pipe = pipe;
  r->news = news;
  r->moved = CreateEventW(NULL, FALSE, FALSE, NULL);
  InitializeCriticalSection(&r->lock);
  r->thread = CreateThread(NULL, 0, run, r, 0, NULL);
  return r;
}

pipe_ring *pipe_ring_read_from(HANDLE pipe, HANDLE news) {
  return start(pipe, news, read_thread);
}

pipe_ring *pipe_ring_write_to(HANDLE pipe, HANDLE news) {
  return start(pipe, news, write_thread);
}

/* The process has ended, so its pipes are closed and the thread ends once nothing holds it up. */
void pipe_ring_free(pipe_ring *r) {
  if (r == NULL)
    return;
  EnterCriticalSection(&r->lock);
  r->over = true;
  r->count = r->first = 0;
  LeaveCriticalSection(&r->lock);
  while (r->thread != NULL && WaitForSingleObject(r->thread, 10) == WAIT_TIMEOUT) {
    EnterCriticalSection(&r->lock);
    r->count = r->first = 0;
    LeaveCriticalSection(&r->lock);
    CancelSynchronousIo(r->thread);
    SetEvent(r->moved);
  }
  if (r->thread != NULL)
    CloseHandle(r->thread);
  if (r->pipe != NULL)
    CloseHandle(r->pipe);
  CloseHandle(r->moved);
  DeleteCriticalSection(&r->lock);
  free(r);
}

ptrdiff_t pipe_ring_put(pipe_ring *r, const char *data, size_t size) {
  size_t put;
  bool over;
  EnterCriticalSection(&r->lock);
  over = r->over;
  put = over ? 0 : put_locked(r, data, size);
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
  return over ? -1 : (ptrdiff_t)put;
}

void pipe_ring_finish(pipe_ring *r) {
  EnterCriticalSection(&r->lock);
  r->over = true;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
}

ptrdiff_t pipe_ring_take(pipe_ring *r, char *data, size_t size) {
  size_t taken;
  bool over;
  EnterCriticalSection(&r->lock);
  taken = take_locked(r, data, size);
  over = r->over;
  LeaveCriticalSection(&r->lock);
  SetEvent(r->moved);
  return taken > 0 ? (ptrdiff_t)taken : over ? -1 : 0;
}

bool pipe_ring_is_over(pipe_ring *r) {
  bool over;
  EnterCriticalSection(&r->lock);
  over = r->over;
  LeaveCriticalSection(&r->lock);
  return over;
}

/* SPDX-License-Identifier: Apache-2.0 */
/** @file A pipe to or from a child, with a ring of bytes and a thread: an anonymous pipe cannot be read or written
 * without waiting. */
#ifndef KIT_RUN_TESTEE_PIPE_RING_WINDOWS_H
#define KIT_RUN_TESTEE_PIPE_RING_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

typedef struct pipe_ring pipe_ring;

/** Begins to read from `pipe` into the ring, and sets the event `news` whenever there is something. The pipe is the
 * ring's from then on. Null: out of memory. */
pipe_ring *pipe_ring_read_from(HANDLE pipe, HANDLE news);
/** Begins to write to `pipe` what is put into the ring. */
pipe_ring *pipe_ring_write_to(HANDLE pipe, HANDLE news);
/** Puts what fits; -1 when nobody will ever read. */
ptrdiff_t pipe_ring_put(pipe_ring *ring, const char *data, size_t size);
/** Takes what is there; -1 at the end. */
ptrdiff_t pipe_ring_take(pipe_ring *ring, char *data, size_t size);
/** Nothing more is to be written: the pipe is closed when the ring is empty. */
void pipe_ring_finish(pipe_ring *ring);
/** Has the end of the pipe been reached? */
bool pipe_ring_is_over(pipe_ring *ring);
/** Once the process at the other end has ended. Null is fine. */
void pipe_ring_free(pipe_ring *ring);

#endif

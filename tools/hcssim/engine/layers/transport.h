/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The form in which files of a layer are handed to ImportLayer and come from ExportLayer: 4 bytes of attributes, then a
 * Win32 backup stream. Source: hcsshim internal/wclayer/legacy.go; the stream is that of BackupWrite (WIN32_STREAM_ID).
 */
#ifndef HCSSIM_TRANSPORT_H
#define HCSSIM_TRANSPORT_H

#include "hcsref/base.h"

/** Behind the name of a folder: the file that has the folder's own stream. */
#define SIM_FOLDER_SUFFIX ".$wcidirs$"

/** Bytes between the sparse blocks of one file: they are written out as zeros. */
#define SIM_TRANSPORT_MAX_HOLES ((uint64_t)16 << 20)

/** Takes a file apart: its attributes, and its data in `arena`. False: it is cut short, or not of this form, or there
 * is no memory, or its holes are larger than the limit; outputs are then untouched. Streams other than data and sparse
 * blocks are skipped. */
bool sim_transport_read(hcsref_arena *arena, hcsref_str file, uint32_t *attributes, hcsref_str *data);
/** The file with these attributes and one stream of data. False: out of memory. */
bool sim_transport_write(hcsref_arena *arena, uint32_t attributes, hcsref_str data, hcsref_str *file);

/** Is this the text of a tombstones.txt, with every line a path that stays inside the layer? */
bool sim_tombstones_check(hcsref_str text);
/** Calls `each` with every path of a tombstones.txt, \\name, until it returns false; with none of a text that is not
 * one. */
void sim_tombstones_list(hcsref_str text, bool (*each)(void *context, hcsref_str path), void *context);

#endif

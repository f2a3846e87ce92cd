/* SPDX-License-Identifier: Apache-2.0 */
/** @file Cases on their way through a worker, in order. A ticket is in one list at a time, and no list owns it. */
#ifndef KIT_RUN_PLAY_TICKET_LIST_H
#define KIT_RUN_PLAY_TICKET_LIST_H

#include "run/play/worker.h"

typedef struct ticket_list {
  kit_ticket *first, *last;
  size_t count;
} ticket_list;

void ticket_list_push(ticket_list *list, kit_ticket *ticket);
/** Null: it is empty. */
kit_ticket *ticket_list_pop(ticket_list *list);
/** Takes out the ticket with this id; null: it is not there. */
kit_ticket *ticket_list_remove(ticket_list *list, uint64_t id);

#endif

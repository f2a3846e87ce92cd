/* SPDX-License-Identifier: Apache-2.0 */
#include "run/play/ticket_list.h"

void ticket_list_push(ticket_list *list, kit_ticket *t) {
  t->next = NULL;
  if (list->last == NULL)
    list->first = t;
  else
    list->last->next = t;
  list->last = t;
  list->count++;
}

kit_ticket *ticket_list_pop(ticket_list *list) {
  kit_ticket *t = list->first;
  if (t == NULL)
    return NULL;
  list->first = t->next;
  if (list->first == NULL)
    list->last = NULL;
  list->count--;
  return t;
}

kit_ticket *ticket_list_remove(ticket_list *list, uint64_t id) {
  kit_ticket *before = NULL, *t;
  for (t = list->first; t != NULL && t->id != id; t = t->next)
    before = t;
  if (t == NULL)
    return NULL;
  if (before == NULL)
    return ticket_list_pop(list);
  before->next = t->next;
  if (list->last == t)
    list->last = before;
  list->count--;
  return t;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* An AA tree: A. Andersson, "Balanced search trees made simple" (1993). */
#include "uvm/table.h"

struct hcsref_table_node {
  hcsref_str name;
  void *thing;
  struct hcsref_table_node *left, *right;
  unsigned level;
};

void *hcsref_table_find(const hcsref_table *table, hcsref_str name) {
  const struct hcsref_table_node *node = table->root;
  while (node != NULL) {
    int order = hcsref_str_compare(name, node->name);
    if (order == 0)
      return node->thing;
    node = order < 0 ? node->left : node->right;
  }
  return NULL;
}

/* A left child of the same level goes to the right. */
static struct hcsref_table_node *skew(struct hcsref_table_node *node) {
  struct hcsref_table_node *left = node->left;
  if (left == NULL || left->level != node->level)
    return node;
  node->left = left->right;
  left->right = node;
  return left;
}

/* Of three in a row on one level the middle one goes up. */
static struct hcsref_table_node *split(struct hcsref_table_node *node) {
  struct hcsref_table_node *right = node->right;
  if (right == NULL || right->right == NULL || right->right->level != node->level)
    return node;
  node->right = right->left;
  right->left = node;
  right->level++;
  return right;
}

/* As deep as the tree, which is at most twice the logarithm of its size. */
// NOLINTNEXTLINE(misc-no-recursion): as above
static struct hcsref_table_node *insert(struct hcsref_table_node *node, struct hcsref_table_node *added) {
  if (node == NULL)
    return added;
  if (hcsref_str_compare(added->name, node->name) < 0)
    node->left = insert(node->left, added);
  else
    node->right = insert(node->right, added);
  return split(skew(node));
}

bool hcsref_table_put(hcsref_arena *arena, hcsref_table *table, hcsref_str name, void *thing) {
  struct hcsref_table_node *node = hcsref_arena_alloc(arena, sizeof *node);
  if (node == NULL)
    return false;
  node->name = name;
  node->thing = thing;
  node->level = 1;
  table->root = insert(table->root, node);
  return true;
}

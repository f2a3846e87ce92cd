/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HCSREF_HCS_UVM_FOLDER_H
#define HCSREF_HCS_UVM_FOLDER_H

#include "hcs/document.h"

/* The folder of the utility VM's image: `folder`\UtilityVM of the first layer folder that has one. Errors
 * "uvm-folder-missing": none has; "uvm-folder": the host could not tell. */
bool hcsref_locate_uvm_image(hcsref_builder *b, hcsref_str *image);

#endif

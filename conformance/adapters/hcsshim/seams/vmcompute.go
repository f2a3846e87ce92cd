//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package vmcompute

import (
	"unsafe"

	"golang.org/x/sys/windows"

	"github.com/Microsoft/hcsshim/internal/interop"
)

// HcsproofModify is told of each request that a system is to be modified.
var HcsproofModify func(request string)

// HcsproofCreate is told of each document that a system is to be made of; none is made.
var HcsproofCreate func(document string)

// aborted is E_ABORT.
const aborted = 0x80004004

func init() {
	procHcsCreateComputeSystem = interop.HcsproofEntry("HcsCreateComputeSystem", func(_, document *uint16, _ uintptr, _,
		_ unsafe.Pointer) uintptr {
		HcsproofCreate(windows.UTF16PtrToString(document))
		return aborted
	})
	procHcsModifyComputeSystem = interop.HcsproofEntry("HcsModifyComputeSystem", func(_ uintptr, request *uint16, _ unsafe.Pointer) uintptr {
		HcsproofModify(windows.UTF16PtrToString(request))
		return 0
	})
}

//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package vmcompute

import (
	"unsafe"

	"golang.org/x/sys/windows"

	"github.com/Microsoft/hcsshim/internal/hcsproof"
)

// HcsproofModify is told of each request that a system is to be modified.
var HcsproofModify func(request string)

func init() {
	procHcsModifyComputeSystem = hcsproof.Entry("HcsModifyComputeSystem", func(_ uintptr, request *uint16, _ unsafe.Pointer) uintptr {
		HcsproofModify(windows.UTF16PtrToString(request))
		return 0
	})
}

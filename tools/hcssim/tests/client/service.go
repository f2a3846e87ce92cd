// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"
	"unsafe"
)

// Settings of the service (hcsshim internal/cpugroup, internal/credentials).

func overService(core, vm dll) {
	const group = "3c9ef7f4-8a1d-4a53-9f0e-64a1c0de5e77"
	modify := func(settings string, wanted uint32) {
		for _, from := range []dll{core, vm} {
			var result *uint16
			if code := from.call("HcsModifyServiceSettings", at(settings), ref(unsafe.Pointer(&result))); code != wanted {
				fail("%s: %#x %s", settings, code, text(result))
			}
			wanted = map[uint32]uint32{0: 0x800700B7, 0x80070490: 0x80070490}[wanted]
			if strings.Contains(settings, "Delete") || strings.Contains(settings, "Remove") {
				wanted = 0x80070490 // what the first one took away
			}
		}
	}
	ask := func(property string) string {
		var result, answer *uint16
		core.must("HcsGetServiceProperties", at(`{"PropertyTypes":["`+property+`"]}`), ref(unsafe.Pointer(&result)))
		words := taken(result, local)
		vm.must("HcsGetServiceProperties", at(`{"PropertyTypes":["`+property+`"]}`), ref(unsafe.Pointer(&answer)), ref(unsafe.Pointer(&result)))
		if other := taken(answer, taskFree); other != words {
			fail("%s and %s", words, other)
		}
		return words
	}
	request := func(property, operation, details string) string {
		return `{"PropertyType":"` + property + `","Settings":{"Operation":"` + operation + `","OperationDetails":{` + details + `}}}`
	}
	modify(request("CpuGroup", "CreateGroup", `"GroupId":"`+group+`","LogicalProcessorCount":1,"LogicalProcessors":[0]`), 0)
	contains(ask("CpuGroup"), `{"GroupId":"`+group+`","Affinity":{"LogicalProcessorCount":1,"LogicalProcessors":[0]}`)
	modify(request("CpuGroup", "DeleteGroup", `"GroupId":"`+group+`"`), 0)
	modify(request("ContainerCredentialGuard", "AddInstance", `"Id":"go","CredentialSpec":"{}","Transport":"LRPC"`), 0)
	contains(ask("ContainerCredentialGuard"), `{"Id":"go","CredentialGuard":{"Cookie":"`)
	modify(request("ContainerCredentialGuard", "RemoveInstance", `"Id":"go"`), 0)
	fmt.Println("ok service")
}

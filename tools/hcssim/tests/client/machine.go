// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unsafe"
)

// A container in a virtual machine of its own, as hcsshim makes it (internal/uvm, internal/gcs, internal/hcsoci): the
// client listens for the machine's guest on a Hyper-V socket, and speaks with it over the bridge.

const (
	hyperV       = 34
	nobody       = "00000000-0000-0000-0000-000000000000"
	guestService = "acef5661-84a1-4e44-856b-6245e69f4620"
	disk         = `"ResourcePath":"VirtualMachine/Devices/Scsi/df6d0690-79e5-55b6-a5ec-c1e2f77f580a/Attachments/1"`
	adapter      = `"ResourcePath":"VirtualMachine/Devices/NetworkAdapters/` + adapterID + `"`
	adapterID    = "6e0c2b3a-0000-4000-8000-000000000003"
	inGuest      = `\\?\VMSMB\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}\s1`
	root         = `c:\mounts\1`
)

// What a host is asked.
type host struct {
	ask, modify func(document string) string
	start, end  func()
}

type guest struct {
	winsock dll
	vm      [16]byte
	socket  uintptr
	last    uint64
	streams uint32
}

func (g *guest) listen(service string) uintptr {
	address := struct {
		family, reserved uint16
		vm, service      [16]byte
	}{hyperV, 0, g.vm, parsed(service)}
	socket := uintptr(g.winsock.call("socket", hyperV, 1, 1))
	g.winsock.must("bind", socket, ref(unsafe.Pointer(&address)), unsafe.Sizeof(address))
	g.winsock.must("listen", socket, 16)
	return socket
}

// Whoever connects; nobody else can afterwards.
func (g *guest) accept(listener uintptr) uintptr {
	socket := uintptr(g.winsock.call("accept", listener, 0, 0))
	g.winsock.must("closesocket", listener)
	return socket
}

// Less than was asked for at the end alone.
func (g *guest) read(socket uintptr, size int) []byte {
	data := make([]byte, size+1)
	used := 0
	for used < size {
		got := int32(g.winsock.call("recv", socket, ref(unsafe.Pointer(&data[used])), uintptr(size-used), 0))
		if got <= 0 {
			break
		}
		used += int(got)
	}
	return data[:used]
}

func (g *guest) write(socket uintptr, data []byte) {
	if put := g.winsock.call("send", socket, ref(unsafe.Pointer(&data[0])), uintptr(len(data)), 0); int(put) != len(data) {
		fail("send: %d of %d", put, len(data))
	}
}

// Sends a message (internal/gcs/prot: its type, size and number, and JSON), and waits for the answer to it.
func (g *guest) ask(kind uint32, container, members string) string {
	payload := `{"ContainerId":"` + container + `","ActivityId":"` + nobody + `"` + members + "}\n"
	header := make([]byte, 16)
	g.last++
	binary.LittleEndian.PutUint32(header, 0x10100001|kind<<8)
	binary.LittleEndian.PutUint32(header[4:], uint32(len(header)+len(payload)))
	binary.LittleEndian.PutUint64(header[8:], g.last)
	g.write(g.socket, append(header, payload...))
	for {
		if header = g.read(g.socket, 16); len(header) < 16 {
			fail("%s: the guest is gone", payload)
		}
		answer := string(g.read(g.socket, int(binary.LittleEndian.Uint32(header[4:]))-16))
		if binary.LittleEndian.Uint32(header)>>28 == 2 && binary.LittleEndian.Uint64(header[8:]) == g.last {
			contains(answer, `"Result":0`)
			return answer
		}
	}
}

func (g *guest) modify(kind, resource, settings string) {
	g.ask(10, nobody, `,"Request":{"RequestType":"`+kind+`","ResourceType":"`+resource+`","Settings":`+settings+`}`)
}

// Starts a program, whose streams the guest connects; its number.
func (g *guest) execute(container, parameters string) (pid string, streams [3]uintptr) {
	var relays []string
	for i, name := range []string{"StdIn", "StdOut", "StdErr"} {
		g.streams++
		service := fmt.Sprintf("%08x-facb-11e6-bd58-64006a7986d3", 0x40000000+g.streams)
		streams[i] = g.listen(service)
		relays = append(relays, `"`+name+`":"`+service+`"`)
	}
	answer := g.ask(5, container, `,"Settings":{"ProcessParameters":`+strconv.Quote(parameters)+`,"StdioRelaySettings":{`+
		strings.Join(relays, ",")+`}}`)
	for i, listener := range streams {
		streams[i] = g.accept(listener)
	}
	return valueOf(answer, `"ProcessId":`), streams
}

// What a program said, and its exit code.
func (g *guest) finish(container, pid string, streams [3]uintptr) (said, status string) {
	g.winsock.must("shutdown", streams[0], 1)
	for i, stream := range streams {
		if i > 0 {
			said += string(g.read(stream, 1<<16))
		}
		g.winsock.must("closesocket", stream)
	}
	answer := g.ask(6, container, `,"ProcessId":`+pid+`,"TimeoutInMs":4294967295`)
	return strings.TrimSpace(said), valueOf(answer, `"ExitCode":`)
}

// One that is spoken with, and one that is ended.
func (g *guest) programs(container string) {
	pid, streams := g.execute(container, command)
	g.ask(8, container, `,"ProcessId":`+pid+`,"Height":25,"Width":80`)
	g.write(streams[0], []byte("hello\r\n"))
	if said, status := g.finish(container, pid, streams); said != "GO hello" || status != "7" {
		fail("it said %q and ended with %s", said, status)
	}
	pid, streams = g.execute(container, `{"CommandLine":"cmd /c set /p line=","CreateStdInPipe":true,`+
		`"CreateStdOutPipe":true,"CreateStdErrPipe":true}`)
	contains(g.ask(9, container, `,"Query":"{\"PropertyTypes\":[\"ProcessList\",\"Statistics\"]}"`), `\"ProcessId\":`)
	g.ask(7, container, `,"ProcessId":`+pid)
	g.finish(container, pid, streams)
}

func machineDocument(base, scratch string) string {
	return `{"Owner":"client","SchemaVersion":{"Major":2,"Minor":1},"VirtualMachine":{"StopOnReset":true,"Chipset":{"Uefi":` +
		`{"BootThis":{"DeviceType":"VmbFs","DevicePath":"\\EFI\\Microsoft\\Boot\\bootmgfw.efi"}}},"ComputeTopology":{"Memory":` +
		`{"SizeInMB":1024,"AllowOvercommit":true},"Processor":{"Count":1}},"Devices":{"Scsi":{` +
		`"df6d0690-79e5-55b6-a5ec-c1e2f77f580a":{"Attachments":{"0":{"Type":"VirtualDisk","Path":` + quoted(scratch) + `}}}},` +
		`"HvSocket":{"HvSocketConfig":{"DefaultBindSecurityDescriptor":"D:P(A;;FA;;;SY)(A;;FA;;;BA)"}},"VirtualSmb":{"Shares":` +
		`[{"Name":"os","Path":` + quoted(base) + `,"Options":{"ReadOnly":true}}],"DirectFileMappingInMB":1024}}},` +
		`"ShouldTerminateOnLastHandleClosed":true}`
}

func (g *guest) connect(m host) {
	var data [512]byte
	g.vm = parsed(valueOf(m.ask("{}"), `"RuntimeId":"`))
	g.winsock.must("WSAStartup", 0x202, ref(unsafe.Pointer(&data)))
	listener := g.listen(guestService)
	m.start()
	g.socket = g.accept(listener)
	g.ask(11, nobody, `,"MinimumVersion":4,"MaximumVersion":4`)
	g.ask(1, nobody, `,"ContainerConfig":"{\"SystemType\":\"Container\"}"`)
	g.ask(2, nobody, "")
}

// The namespace's endpoint becomes an adapter; how to take it away.
func (g *guest) attach(m host, vm dll, space string) func() {
	endpoint := valueOf(hns(vm, "GET", "/namespaces/"+space, ""), `"Data":{"ID":"`)
	g.modify("Add", "NetworkNamespace", `{"ID":"`+space+`"}`)
	g.modify("Add", "Network", `{"AdapterId":"`+adapterID+`","RequestType":"PreAdd","Settings":{}}`)
	m.modify(`{` + adapter + `,"RequestType":"Add","Settings":{"EndpointId":"` + endpoint + `","MacAddress":"00-15-5D-00-00-01"}}`)
	g.modify("Add", "Network", `{"AdapterId":"`+adapterID+`","RequestType":"Add"}`)
	return func() {
		g.modify("Remove", "Network", `{"AdapterId":"`+adapterID+`","RequestType":"Remove"}`)
		m.modify(`{` + adapter + `,"RequestType":"Remove","Settings":{"EndpointId":"` + endpoint + `"}}`)
		g.modify("Remove", "NetworkNamespace", `{"ID":"`+space+`"}`)
	}
}

// The layers are put together in the guest; how to undo it.
func (g *guest) mount(m host, id [16]byte, base, scratch string) func() {
	const shares = `{"ResourcePath":"VirtualMachine/Devices/VirtualSmb/Shares",`
	m.modify(shares + `"RequestType":"Add","Settings":{"Name":"s1","Path":` + quoted(base) + `,"Options":{"ReadOnly":true}}}`)
	m.modify(`{` + disk + `,"RequestType":"Add","Settings":{"Type":"VirtualDisk","Path":` + quoted(filepath.Join(scratch, "sandbox.vhdx")) + `}}`)
	g.modify("Add", "MappedVirtualDisk", `{"ContainerPath":`+quoted(root)+`,"Lun":1}`)
	g.modify("Add", "CombinedLayers", `{"ContainerRootPath":`+quoted(root)+`,"Layers":[`+inside(id)+`]}`)
	return func() {
		g.modify("Remove", "CombinedLayers", `{"ContainerRootPath":`+quoted(root)+`}`)
		g.modify("Remove", "MappedVirtualDisk", `{"ContainerPath":`+quoted(root)+`,"Lun":1}`)
		m.modify(`{` + disk + `,"RequestType":"Remove"}`)
		m.modify(shares + `"RequestType":"Remove","Settings":{"Name":"s1"}}`)
	}
}

func inside(id [16]byte) string { return `{"Id":"` + guid(id) + `","Path":` + quoted(inGuest) + `}` }

// The life of a container in a machine that is there and not yet started.
func live(m host, vm, net dll, base, scratch string) {
	var id [16]byte
	g := guest{winsock: open("ws2_32.dll")}
	info := driver{flavour: 1, home: wide("")}
	vm.must("NameToGuid", at(filepath.Base(base)), ref(unsafe.Pointer(&id)))
	parents := []layer{{id: id, path: wide(base)}}
	d := ref(unsafe.Pointer(&info))
	vm.must("CreateSandboxLayer", d, at(scratch), 0, ref(unsafe.Pointer(&parents[0])), 1)
	space, forget := namespace(vm, net)
	g.connect(m)
	detach := g.attach(m, vm, space)
	unmount := g.mount(m, id, base, scratch)
	g.ask(1, "web", `,"ContainerConfig":`+strconv.Quote(`{"SchemaVersion":{"Major":2,"Minor":1},"Container":{"GuestOs":{"HostName":"go"},`+
		`"Storage":{"Layers":[`+inside(id)+`],"Path":`+quoted(root)+`},"Networking":{"Namespace":"`+space+`"}}}`))
	g.ask(2, "web", "")
	g.programs("web")
	g.ask(4, "web", "")
	unmount()
	detach()
	g.winsock.must("closesocket", g.socket)
	m.end()
	forget()
	vm.must("DestroyLayer", d, at(scratch))
}

func machineOfCore(core dll, document string) host {
	var system uintptr
	operate := operations(core)
	act := func(name string, more ...uintptr) string {
		return operate(name, nil, func(o uintptr) uint32 { return core.call(name, append([]uintptr{system, o}, more...)...) })
	}
	operate("HcsCreateComputeSystem", nil, func(o uintptr) uint32 {
		return core.call("HcsCreateComputeSystem", at("go@vm"), at(document), o, 0, ref(unsafe.Pointer(&system)))
	})
	core.must("HcsSetComputeSystemCallback", system, 4, 1, eventCallback())
	return host{
		ask:    func(query string) string { return act("HcsGetComputeSystemProperties", at(query)) },
		modify: func(request string) string { return act("HcsModifyComputeSystem", at(request), 0) },
		start:  func() { act("HcsStartComputeSystem", 0) },
		end: func() {
			act("HcsTerminateComputeSystem", 0)
			wait(systemExited)
			core.call("HcsCloseComputeSystem", system)
		},
	}
}

func machineOfVmcompute(vm dll, document string) host {
	var system, registration uintptr
	var result, answer *uint16
	r := ref(unsafe.Pointer(&result))
	started := func(name string, code uint32, ended uint32) {
		if code != pending && code != 0 {
			fail("%s: %#x %s", name, code, text(result))
		}
		wait(ended)
	}
	code := vm.call("HcsCreateComputeSystem", at("go@vm"), at(document), 0, ref(unsafe.Pointer(&system)), r)
	vm.must("HcsRegisterComputeSystemCallback", system, callback(), 1, ref(unsafe.Pointer(&registration)))
	started("HcsCreateComputeSystem", code, createCompleted)
	return host{
		ask: func(query string) string {
			vm.must("HcsGetComputeSystemProperties", system, at(query), ref(unsafe.Pointer(&answer)), r)
			return taken(answer, taskFree)
		},
		modify: func(request string) string {
			if code := vm.call("HcsModifyComputeSystem", system, at(request), r); code != 0 {
				fail("%s: %#x %s", request, code, text(result))
			}
			return ""
		},
		start: func() { started("start", vm.call("HcsStartComputeSystem", system, at(""), r), startCompleted) },
		end: func() {
			started("terminate", vm.call("HcsTerminateComputeSystem", system, at(""), r), systemExited)
			vm.must("HcsUnregisterComputeSystemCallback", registration)
			vm.must("HcsCloseComputeSystem", system)
		},
	}
}

func overMachine(core, vm, net dll, base, scratch string) {
	var result *uint16
	disk := filepath.Join(scratch+"-machine", "sandbox.vhdx")
	if os.MkdirAll(filepath.Dir(disk), 0o700) != nil || os.WriteFile(disk, nil, 0o600) != nil {
		fail("no %s", disk)
	}
	core.must("HcsGetServiceProperties", at(`{"PropertyTypes":["ProcessorTopology"]}`), ref(unsafe.Pointer(&result)))
	contains(taken(result, local), `"LogicalProcessors":[`)
	live(machineOfCore(core, machineDocument(base, disk)), vm, net, base, scratch)
	live(machineOfVmcompute(vm, machineDocument(base, disk)), vm, net, base, scratch)
	os.RemoveAll(filepath.Dir(disk))
	fmt.Println("ok machine")
}

//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The operations of the shim itself: what it makes of a pod's spec for its VM, of a process, and of an update. For
// hcsshim 0.11.0 and later.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"

	runhcsopts "github.com/Microsoft/hcsshim/cmd/containerd-shim-runhcs-v1/options"
	"github.com/Microsoft/hcsshim/internal/cmd"
	"github.com/Microsoft/hcsshim/internal/cow"
	"github.com/Microsoft/hcsshim/internal/hcs"
	"github.com/Microsoft/hcsshim/internal/hcsoci"
	"github.com/Microsoft/hcsshim/internal/interop"
	"github.com/Microsoft/hcsshim/internal/oci"
	"github.com/Microsoft/hcsshim/internal/uvm"
	"github.com/Microsoft/hcsshim/internal/vmcompute"
	"github.com/Microsoft/hcsshim/osversion"
	"github.com/Microsoft/hcsshim/pkg/ctrdtaskapi"
)

func init() {
	operations["oci-to-uvm-options"] = askOptions
	operations["process-document"] = askProcess
	operations["update-document"] = askUpdate
}

// unsupported is what the shim cannot be asked without a host.
type unsupported string

func (u unsupported) Error() string { return string(u) }

func (u unsupported) Unsupported() {}

// ---- process-document

// errAsked ends what would go on with a real process.
var errAsked = errors.New("asked")

// processHost takes the document that a process is to be made of.
type processHost struct {
	document interface{}
}

func (h *processHost) CreateProcess(_ context.Context, document interface{}) (cow.Process, error) {
	h.document = document
	return nil, errAsked
}

func (*processHost) OS() string { return "windows" }

func (*processHost) IsOCI() bool { return false }

func askProcess(raw json.RawMessage) (interface{}, []string, error) {
	var p struct {
		Process *specs.Process
		Spec    *specs.Spec
		Options struct{ Stdin, Stdout, Stderr bool }
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, nil, err
	}
	if p.Spec != nil && oci.IsJobContainer(p.Spec) {
		return nil, nil, unsupported("the shim changes the process of a HostProcess container while it creates the container")
	}
	host := &processHost{}
	command := &cmd.Cmd{Host: host, Spec: p.Process}
	if p.Options.Stdin {
		command.Stdin = &bytes.Buffer{}
	}
	if p.Options.Stdout {
		command.Stdout = io.Discard
	}
	if p.Options.Stderr {
		command.Stderr = io.Discard
	}
	if err := command.Start(); !errors.Is(err, errAsked) {
		return nil, nil, err
	}
	return host.document, nil, nil
}

// ---- oci-to-uvm-options

type optionsParams struct {
	Spec    *specs.Spec
	Options struct {
		ID     string
		Kind   string
		Shim   *runhcsopts.Options
		Rootfs []struct{ Type, Target string }
		// Set after the annotations were read, as a user of package uvm would.
		Overrides map[string]json.RawMessage
	}
	Host struct {
		hcsoci.HcsproofMachine
		CPUs     int
		ShimPath string `json:"shim_path"`
	}
}

// plainLayers is whether no release would refuse the layers: either folders or one ordinary mount.
func (p *optionsParams) plainLayers(folders int) bool {
	mounts := p.Options.Rootfs
	if len(mounts) == 0 {
		return folders >= 2
	}
	return len(mounts) == 1 && mounts[0].Type == "windows-layer" && mounts[0].Target == "" && folders == 0
}

// processAnnotations calls the function by either of its two types.
func processAnnotations(ctx context.Context, spec *specs.Spec) error {
	switch process := interface{}(oci.ProcessAnnotations).(type) {
	case func(context.Context, *specs.Spec) error:
		return process(ctx, spec)
	case func(context.Context, map[string]string) error:
		return process(ctx, spec.Annotations)
	default:
		return unsupported(fmt.Sprintf("ProcessAnnotations is a %T", process))
	}
}

// askOptions goes the shim's way from its create call to the VM's options, but for checks that it makes between.
func askOptions(raw json.RawMessage) (interface{}, []string, error) {
	p := &optionsParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, err
	}
	p.Host.Use()
	spec := *p.Spec
	if p.Options.Shim != nil {
		spec = oci.UpdateSpecFromOptions(spec, p.Options.Shim)
	}
	ctx := context.Background()
	if err := processAnnotations(ctx, &spec); err != nil {
		return nil, nil, fmt.Errorf("unable to process OCI Spec annotations: %w", err)
	}
	if p.Options.Shim != nil && p.Options.Shim.SandboxIsolation == runhcsopts.Options_HYPERVISOR {
		if spec.Windows == nil {
			spec.Windows = &specs.Windows{}
		}
		if spec.Windows.HyperV == nil {
			spec.Windows.HyperV = &specs.WindowsHyperV{}
		}
	}
	if err := p.check(&spec); err != nil {
		return nil, nil, err
	}
	if !oci.IsIsolated(&spec) {
		return nil, nil, nil
	}
	if p.Host.ShimPath == "" {
		p.Host.ShimPath = `C:\Program Files\containerd\containerd-shim-runhcs-v1.exe`
	}
	os.Args[0] = p.Host.ShimPath
	options, err := oci.SpecToUVMCreateOpts(ctx, &spec, p.Options.ID+"@vm", filepath.Base(os.Args[0]))
	if err != nil {
		return nil, nil, err
	}
	if err := override(options, p.Options.Overrides); err != nil {
		return nil, nil, err
	}
	flat := map[string]interface{}{}
	flatten(reflect.ValueOf(options).Elem(), flat)
	return flat, nil, nil
}

// check has what the shim looks at before the options, in code that goes on to create: questions that it would refuse
// cannot be put to it.
func (p *optionsParams) check(spec *specs.Spec) error {
	kind, sandbox, err := oci.GetSandboxTypeAndID(spec.Annotations)
	if err != nil {
		return err
	}
	task := p.Options.Kind == "task"
	shim := p.Options.Shim
	processors := 4
	if p.Host.ProcessorCount != nil {
		processors = int(*p.Host.ProcessorCount)
	}
	if p.Host.CPUs != 0 {
		processors = p.Host.CPUs
	}
	switch {
	case spec.Windows == nil || spec.Linux != nil:
		return unsupported("a spec that is not Windows'")
	case osversion.Build() < osversion.RS5:
		return unsupported("the shim's check of the build is part of creating a pod")
	case task != (kind == oci.KubernetesContainerTypeNone), !task && (kind != oci.KubernetesContainerTypeSandbox || sandbox != p.Options.ID):
		return unsupported("the shim's check of a pod's annotations is part of creating it")
	case shim != nil && !strings.HasPrefix(shim.SandboxPlatform+"/", "windows/") && shim.SandboxPlatform != "":
		return unsupported("the shim's check of the platform is part of its create call")
	case shim != nil && shim.SandboxIsolation != runhcsopts.Options_HYPERVISOR && oci.IsIsolated(spec):
		return unsupported("the shim's check of the isolation is part of its create call")
	case layersFirst && !p.plainLayers(len(spec.Windows.LayerFolders)):
		return unsupported("the layers are looked at where the VM is created")
	case (processors == 1) != (runtime.NumCPU() == 1):
		return unsupported("the default number of processors is Go's count of this machine's")
	}
	return nil
}

func override(options interface{}, members map[string]json.RawMessage) error {
	for name, value := range members {
		field := reflect.ValueOf(options).Elem().FieldByName(name)
		if !field.IsValid() {
			return unsupported("the adapter has no option " + strconv.Quote(name))
		}
		if err := json.Unmarshal(value, field.Addr().Interface()); err != nil {
			return err
		}
	}
	return nil
}

// flatten collects the members that are set, those of embedded structures among them.
func flatten(structure reflect.Value, into map[string]interface{}) {
	for i := 0; i < structure.NumField(); i++ {
		field, value := structure.Type().Field(i), structure.Field(i)
		if field.Anonymous {
			if value.Kind() == reflect.Ptr {
				value = value.Elem()
			}
			flatten(value, into)
			continue
		}
		kind := value.Kind()
		empty := value.IsZero() || ((kind == reflect.Slice || kind == reflect.Map) && value.Len() == 0)
		if field.PkgPath == "" && kind != reflect.Func && !empty {
			into[field.Name] = value.Interface()
		}
	}
}

// ---- update-document

// request is one that an update made, and whom it was made to.
type request struct {
	To      string          `json:"to"`
	Request json.RawMessage `json:"request"`
}

// requests are those of a question, and the error that comes after them.
type requests struct {
	error
	made []request
}

func (r requests) Requests() interface{} { return r.made }

// container takes what is asked of a container. Its other methods are not called.
type container struct {
	cow.Container
	made   *[]request
	errors map[string]string
}

func (c container) take(to string, settings interface{}) error {
	data, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	index := strconv.Itoa(len(*c.made))
	*c.made = append(*c.made, request{to, data})
	if text, found := c.errors[index]; found {
		return errors.New(text)
	}
	return nil
}

func (c container) Modify(_ context.Context, settings interface{}) error {
	return c.take("container", settings)
}

type updateParams struct {
	Type        string
	Resources   json.RawMessage
	Annotations map[string]string
	Task        struct {
		ID, Kind string
		OwnsHost bool `json:"owns_host"`
		Linux    bool
	}
	UVM *struct {
		ID, OS         string
		ProcessorCount int32 `json:"processor_count"`
	}
	Host struct {
		hcsoci.HcsproofMachine
		ModifyErrors map[string]string `json:"modify_errors"`
	}
}

func (p *updateParams) resources() (interface{}, error) {
	var data interface{}
	switch p.Type {
	case "windows":
		data = &specs.WindowsResources{}
	case "linux":
		data = &specs.LinuxResources{}
	case "policy-fragment":
		data = &ctrdtaskapi.PolicyFragment{}
	case "mount":
		data = &ctrdtaskapi.ContainerMount{}
	default:
		return &struct{}{}, nil
	}
	return data, json.Unmarshal(p.Resources, data)
}

// modifies is whether the systems of VMs are those whose DLL the adapter answers for.
func modifies() bool {
	member, _ := reflect.TypeOf(uvm.UtilityVM{}).FieldByName("hcsSystem")
	return member.Type == reflect.TypeOf(&hcs.System{})
}

// vm is a utility VM that writes down what is asked of it.
func (p *updateParams) vm() *uvm.UtilityVM {
	if p.UVM == nil {
		return nil
	}
	system, vm := &hcs.System{}, &uvm.UtilityVM{}
	interop.HcsproofSet(system, "handle", vmcompute.HcsSystem(1))
	interop.HcsproofSet(system, "id", p.UVM.ID)
	interop.HcsproofSet(vm, "hcsSystem", system)
	interop.HcsproofSet(vm, "id", p.UVM.ID)
	interop.HcsproofSet(vm, "operatingSystem", p.UVM.OS)
	interop.HcsproofSet(vm, "processorCount", p.UVM.ProcessorCount)
	return vm
}

func askUpdate(raw json.RawMessage) (interface{}, []string, error) {
	p := &updateParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, err
	}
	data, err := p.resources()
	if err != nil {
		return nil, nil, err
	}
	switch {
	case p.Type == "mount":
		return nil, nil, unsupported("a mount's source is resolved on this machine")
	case p.UVM != nil && p.Type == "policy-fragment":
		return nil, nil, unsupported("a policy is sent to the guest of a VM that runs")
	case p.UVM != nil && !modifies():
		return nil, nil, unsupported("this release asks HCS through another DLL")
	case p.UVM != nil && len(p.Host.ModifyErrors) != 0:
		return nil, nil, unsupported("Windows' own texts cannot be chosen")
	}
	p.Host.Use()
	made := []request{}
	vmcompute.HcsproofModify = func(text string) { made = append(made, request{"hcs", json.RawMessage(text)}) }
	if err := p.update(data, taskContainer(container{made: &made, errors: p.Host.ModifyErrors})); err != nil {
		return nil, nil, requests{err, made}
	}
	return made, nil, nil
}

// update does what the task's Update does with resources that are decoded.
func (p *updateParams) update(data interface{}, of cow.Container) error {
	ctx, vm := context.Background(), p.vm()
	sandbox := p.Task.Kind == "sandbox"
	if sandbox && vm == nil {
		return errTaskNotIsolated
	}
	if err := verifyTaskUpdateResourcesType(data); err != nil {
		return err
	}
	if vm != nil && (sandbox || p.Task.OwnsHost) {
		return vm.Update(ctx, data, p.Annotations)
	}
	task := &hcsTask{id: p.Task.ID, isWCOW: !p.Task.Linux, c: of, host: vm}
	return task.updateTaskContainerResources(ctx, data, p.Annotations)
}

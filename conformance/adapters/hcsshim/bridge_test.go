//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The messages between the shim and the guest of a VM: the shim's side of the bridge is connected to a guest that
// answers from the question. For hcsshim 0.11.0 and later.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/Microsoft/hcsshim/internal/cow"
	"github.com/Microsoft/hcsshim/internal/gcs"
	"github.com/Microsoft/hcsshim/internal/hcs/schema1"
	hcsschema "github.com/Microsoft/hcsshim/internal/hcs/schema2"
)

func init() {
	operations["bridge-messages"] = askBridge
}

// Types of messages, and what that of an answer has more than its question's.
const (
	bridgeAnswer    = 0x10000000
	bridgeExecute   = 0x10100501
	bridgeWait      = 0x10100601
	bridgeNegotiate = 0x10100b01
)

const firstProcess = 101

type bridgeFrame struct {
	Type    string `json:"type"`
	ID      uint64 `json:"id"`
	Payload string `json:"payload"`
	kind    uint32
}

type bridgeResult struct {
	Step   string        `json:"step"`
	Frames []bridgeFrame `json:"frames"`
	Error  string        `json:"error,omitempty"`
}

type bridgeStep struct {
	Do            string
	ID            string
	Config        json.RawMessage
	Params        hcsschema.ProcessParameters
	Request       json.RawMessage
	Options       json.RawMessage
	Types         []string
	Width, Height uint16
	Reply         json.RawMessage
}

type bridgeParams struct {
	Capabilities json.RawMessage
	Version      *uint32
	Timezone     *hcsschema.TimeZoneInformation
	Steps        []bridgeStep
}

// ---- the guest

// Spans of traces, random by nature, are no part of a message.
var bridgeSpan = regexp.MustCompile(`,"(ocsc|otsc)":\{[^{}]*\}`)

// bridgeGuest reads messages and answers each. It is told of a step before the step's first message.
type bridgeGuest struct {
	conn      net.Conn
	params    *bridgeParams
	frames    chan bridgeFrame
	replies   chan json.RawMessage
	processes uint32
}

func (g *bridgeGuest) read() (kind uint32, id uint64, payload []byte, err error) {
	var header [16]byte
	if _, err = io.ReadFull(g.conn, header[:]); err != nil {
		return
	}
	payload = make([]byte, binary.LittleEndian.Uint32(header[4:])-16)
	_, err = io.ReadFull(g.conn, payload)
	return binary.LittleEndian.Uint32(header[:]), binary.LittleEndian.Uint64(header[8:]), payload, err
}

func (g *bridgeGuest) write(kind uint32, id uint64, payload []byte) error {
	message := make([]byte, 16, 16+len(payload))
	binary.LittleEndian.PutUint32(message, kind)
	binary.LittleEndian.PutUint32(message[4:], uint32(16+len(payload)))
	binary.LittleEndian.PutUint64(message[8:], id)
	_, err := g.conn.Write(append(message, payload...))
	return err
}

func (g *bridgeGuest) answer(kind uint32) []byte {
	if kind == bridgeNegotiate {
		version, capabilities := uint32(4), g.params.Capabilities
		if g.params.Version != nil {
			version = *g.params.Version
		}
		if len(capabilities) == 0 {
			capabilities = json.RawMessage("{}")
		}
		return []byte(fmt.Sprintf(`{"Result":0,"Version":%d,"Capabilities":%s}`, version, capabilities))
	}
	select {
	case reply := <-g.replies:
		return reply
	default:
	}
	if kind == bridgeExecute {
		g.processes++
		return []byte(fmt.Sprintf(`{"ProcessId":%d}`, firstProcess+g.processes-1))
	}
	return []byte("{}")
}

// serve ends with the connection. A wait for a process is not answered: the process goes on.
func (g *bridgeGuest) serve() {
	for {
		kind, id, payload, err := g.read()
		if err != nil {
			return
		}
		g.frames <- bridgeFrame{fmt.Sprintf("0x%08x", kind), id, bridgeSpan.ReplaceAllString(string(payload), ""), kind}
		if kind != bridgeWait && g.write(kind+bridgeAnswer, id, g.answer(kind)) != nil {
			return
		}
	}
}

// ---- the shim's side

// deafListener is of a stream that no guest connects to.
type deafListener struct {
	closed chan struct{}
	once   sync.Once
}

func (l *deafListener) Accept() (net.Conn, error) {
	<-l.closed
	return nil, errors.New("closed")
}

func (l *deafListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (*deafListener) Addr() net.Addr { return &net.UnixAddr{} }

type bridgeRun struct {
	connection *gcs.GuestConnection
	containers map[string]*gcs.Container
	process    cow.Process
}

// keep makes a process that was started the one that later steps mean.
func (r *bridgeRun) keep(process cow.Process, err error) error {
	if err == nil {
		r.process = process
	}
	return err
}

// doVM does what needs neither a container nor a process, if the step is such.
func (r *bridgeRun) doVM(ctx context.Context, s *bridgeStep) (known bool, err error) {
	switch s.Do {
	case "create-container":
		container, err := r.connection.CreateContainer(ctx, s.ID, s.Config)
		if err == nil {
			r.containers[s.ID] = container
		}
		return true, err
	case "modify":
		return true, r.connection.Modify(ctx, s.Request)
	case "dump-stacks":
		_, err = r.connection.DumpStacks(ctx)
		return true, err
	case "delete-state":
		return true, r.connection.DeleteContainerState(ctx, s.ID)
	case "exec-in-vm":
		return true, r.keep(r.connection.CreateProcess(ctx, &s.Params))
	}
	return false, nil
}

// doProcess does what needs the last process, if the step is such.
func (r *bridgeRun) doProcess(ctx context.Context, s *bridgeStep) (known bool, err error) {
	if s.Do != "signal" && s.Do != "kill" && s.Do != "resize" {
		return false, nil
	}
	if r.process == nil {
		return true, unsupported("no process was started before")
	}
	switch {
	case s.Do == "resize":
		err = r.process.ResizeConsole(ctx, s.Width, s.Height)
	case s.Do == "signal" && len(s.Options) > 0:
		_, err = r.process.Signal(ctx, s.Options)
	default:
		_, err = r.process.Kill(ctx)
	}
	return true, err
}

func (r *bridgeRun) doContainer(ctx context.Context, s *bridgeStep) error {
	container := r.containers[s.ID]
	if container == nil {
		return unsupported("no container " + s.ID + " was created before")
	}
	switch s.Do {
	case "start":
		return container.Start(ctx)
	case "shutdown":
		return container.Shutdown(ctx)
	case "terminate":
		return container.Terminate(ctx)
	case "modify-container":
		return container.Modify(ctx, s.Request)
	case "exec":
		return r.keep(container.CreateProcess(ctx, &s.Params))
	case "properties":
		types := []schema1.PropertyType{}
		for _, name := range s.Types {
			types = append(types, schema1.PropertyType(name))
		}
		_, err := container.Properties(ctx, types...)
		return err
	case "properties-v2":
		types := []hcsschema.PropertyType{}
		for _, name := range s.Types {
			types = append(types, hcsschema.PropertyType(name))
		}
		_, err := container.PropertiesV2(ctx, types...)
		return err
	}
	return unsupported("no step " + s.Do)
}

func (r *bridgeRun) do(ctx context.Context, s *bridgeStep) error {
	known, err := r.doVM(ctx, s)
	if !known {
		known, err = r.doProcess(ctx, s)
	}
	if !known {
		err = r.doContainer(ctx, s)
	}
	return err
}

// collect takes the messages of a step that is over. After a process was started there is one more to come: the wait
// for it.
func (g *bridgeGuest) collect(started bool) []bridgeFrame {
	frames := []bridgeFrame{}
	for started {
		frame := <-g.frames
		frames = append(frames, frame)
		started = frame.kind != bridgeWait
	}
	for {
		select {
		case frame := <-g.frames:
			frames = append(frames, frame)
		default:
			return frames
		}
	}
}

func (g *bridgeGuest) result(name string, started bool, err error) bridgeResult {
	result := bridgeResult{Step: name, Frames: g.collect(started && err == nil)}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

func (g *bridgeGuest) play(ctx context.Context, r *bridgeRun) ([]bridgeResult, error) {
	results := []bridgeResult{g.result("connect", false, nil)}
	for i := range g.params.Steps {
		s := &g.params.Steps[i]
		if len(s.Reply) > 0 {
			g.replies <- s.Reply
		}
		err := r.do(ctx, s)
		var refused refusal
		if errors.As(err, &refused) {
			return nil, err
		}
		select {
		case <-g.replies: // of a step that sent nothing
		default:
		}
		results = append(results, g.result(s.Do, s.Do == "exec" || s.Do == "exec-in-vm", err))
	}
	return results, nil
}

func askBridge(raw json.RawMessage) (interface{}, []string, error) {
	const mostFrames = 1024
	p := &bridgeParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, unsupported("params: " + err.Error())
	}
	ctx := context.Background()
	host, guest := net.Pipe()
	g := &bridgeGuest{conn: guest, params: p, frames: make(chan bridgeFrame, mostFrames), replies: make(chan json.RawMessage, 1)}
	defer guest.Close()
	go g.serve()
	config := gcs.GuestConnectionConfig{
		Conn:           host,
		Log:            logrus.NewEntry(logrus.StandardLogger()),
		IoListen:       func(uint32) (net.Listener, error) { return &deafListener{closed: make(chan struct{})}, nil },
		InitGuestState: &gcs.InitialGuestState{Timezone: p.Timezone},
	}
	connection, err := config.Connect(ctx, true)
	if err != nil {
		return []bridgeResult{g.result("connect", false, err)}, nil, nil
	}
	defer connection.Close()
	results, err := g.play(ctx, &bridgeRun{connection: connection, containers: map[string]*gcs.Container{}})
	if err != nil {
		return nil, nil, err
	}
	return results, nil, nil
}

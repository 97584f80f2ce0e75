package main

import (
	"encoding/json"
	"io"
	"sync"
	"time"
)

// Logger writes one JSON object a line.
type Logger struct {
	mu  sync.Mutex
	out io.Writer
}

// NewLogger returns a Logger that writes to out.
func NewLogger(out io.Writer) *Logger {
	return &Logger{out: out}
}

// Log writes one line with the time, the level, the message and the fields.
func (l *Logger) Log(level, message string, fields map[string]any) {
	line := map[string]any{
		"time":    time.Now().UTC().Format(time.RFC3339Nano),
		"level":   level,
		"message": message,
	}
	for key, value := range fields {
		line[key] = value
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = json.NewEncoder(l.out).Encode(line)
}

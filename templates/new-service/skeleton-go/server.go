package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Service answers the HTTP requests.
type Service struct {
	name    string
	version string
	log     *Logger
	ready   atomic.Bool

	mu       sync.Mutex
	requests map[int]int
}

// NewService returns a Service that is ready.
func NewService(name, version string, log *Logger) *Service {
	s := &Service{name: name, version: version, log: log, requests: map[int]int{}}
	s.ready.Store(true)
	return s
}

// StopTakingTraffic makes /readyz answer 503; everything else goes on.
func (s *Service) StopTakingTraffic() {
	s.ready.Store(false)
}

// Handler returns the routes, each request logged and counted.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.root)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "alive"})
	})
	mux.HandleFunc("/readyz", s.readiness)
	mux.HandleFunc("/metrics", s.metrics)
	return s.observe(readOnly(mux))
}

func (s *Service) root(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		writeJSON(w, http.StatusNotFound, map[string]string{"error": "There is nothing at this path."})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"name": s.name, "version": s.version})
}

func (s *Service) readiness(w http.ResponseWriter, _ *http.Request) {
	if !s.ready.Load() {
		writeJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "stopping"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"status": "ready"})
}

func (s *Service) metrics(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	lines := make([]string, 0, len(s.requests))
	for status, count := range s.requests {
		lines = append(lines, fmt.Sprintf("http_requests_total{status=\"%d\"} %d\n", status, count))
	}
	s.mu.Unlock()
	sort.Strings(lines)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprint(w, "# HELP http_requests_total Requests answered, by status.\n"+
		"# TYPE http_requests_total counter\n"+strings.Join(lines, ""))
}

func (s *Service) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r)
		s.mu.Lock()
		s.requests[recorder.status]++
		s.mu.Unlock()
		s.log.Log("info", "request", map[string]any{
			"method":       r.Method,
			"path":         r.URL.RequestURI(),
			"status":       recorder.status,
			"milliseconds": time.Since(started).Milliseconds(),
		})
	})
}

func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "Only GET is served here."})
			return
		}
		next.ServeHTTP(w, r)
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func writeJSON(w http.ResponseWriter, status int, body map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
